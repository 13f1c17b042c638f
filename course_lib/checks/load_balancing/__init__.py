"""Chapter 09, load balancing: one module a question, and beside it the right answer and the known mistakes."""

from course_lib.checks.load_balancing import break_it, eject, ewma, hedge, smooth, two

QUESTIONS = [module.QUESTION for module in (smooth, two, ewma, eject, hedge, break_it)]
