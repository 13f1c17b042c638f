"""Chapter 04, a lock on Redis: one module a question, and the Redis that functions of commands run on."""

from course_lib.checks.redis_lock import (
    acquire,
    break_it,
    fenced,
    keep_alive,
    lost_update,
    release,
    validity,
)

QUESTIONS = [
    module.QUESTION for module in (acquire, release, fenced, keep_alive, validity, break_it, lost_update)
]
