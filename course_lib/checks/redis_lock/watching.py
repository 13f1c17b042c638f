"""A minute of 04.keep_alive: somebody looks each second whether the lock is to be extended."""

from typing import Any

from course_lib.checks.answer import Instance


def watch(renewal: Any, begin: int, end: int, stuck: int) -> list[int]:
    """The seconds, of those from `begin` to before `end`, at which it was due, and was extended.

    The work gets on each second until `stuck`.
    """
    times = []
    for now in range(begin, end):
        if now < stuck:
            tell_it(renewal, "progress", now)
        if renewal.due(now):
            tell_it(renewal, "extended", now, True)
            times.append(now)
    return times


def tell_it(renewal: Any, act: str, *arguments: Any) -> None:
    """Calls a method for its effect, of an object itself or of one that a check sees through an `Answer`."""
    if isinstance(renewal, Instance):
        renewal.do(act, *arguments)
    else:
        getattr(renewal, act)(*arguments)
