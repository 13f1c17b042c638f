"""Histories as learners write them: tuples (process, kind, value, start, end) on one register, at first 0."""

from collections.abc import Iterable
from typing import Any

from course_lib.consistency import History, Operation

Tuple = tuple[str, str, Any, float, float | None]
"""`value` is what was written, or what the read returned; an `end` of None is an unknown outcome."""


def history_of(operations: Iterable[Tuple]) -> History:
    """The history that the judges take. Raises TypeError or ValueError for what is none."""
    return History(map(_operation, operations))


def _operation(one: Tuple) -> Operation:
    process, kind, value, start, end = one
    if kind == "write":
        return Operation(process, kind, value, start=start, end=end)
    return Operation(process, kind, result=value if end is not None else None, start=start, end=end)
