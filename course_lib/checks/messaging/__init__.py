"""Chapter 01, nodes and messages: one module a question, and the worlds that the questions' nodes live in."""

from course_lib.checks.messaging import at_most_once, caller, exactly_once, in_order, timeout, twice

QUESTIONS = [module.QUESTION for module in (timeout, caller, at_most_once, in_order, exactly_once, twice)]
