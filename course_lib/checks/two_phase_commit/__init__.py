"""Chapter 06, two-phase commit: one module a question, and the worlds that the questions' nodes live in."""

from course_lib.checks.two_phase_commit import (
    break_it,
    deadlock,
    decide,
    invariant,
    promise,
    recover,
    terminate,
)

QUESTIONS = [
    module.QUESTION for module in (decide, promise, recover, terminate, deadlock, invariant, break_it)
]
