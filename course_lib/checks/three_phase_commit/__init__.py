"""Chapter 07, three-phase commit and the way out: one module a question, and the worlds that the questions' nodes live in."""

from course_lib.checks.three_phase_commit import acceptor, break_it, outcome, participant, terminate

QUESTIONS = [module.QUESTION for module in (terminate, participant, acceptor, outcome, break_it)]
