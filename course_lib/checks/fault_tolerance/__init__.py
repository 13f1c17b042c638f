"""Chapter 10, fault tolerance: one module a question, and the worlds that the questions' scripts and nodes live in."""

from course_lib.checks.fault_tolerance import (
    available,
    heartbeat,
    lose_a_write,
    phi,
    primary,
    refute,
    semi_sync,
    two_primaries,
)

QUESTIONS = [
    module.QUESTION
    for module in (heartbeat, phi, primary, semi_sync, refute, available, lose_a_write, two_primaries)
]
