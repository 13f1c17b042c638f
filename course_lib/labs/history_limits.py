"""What fits the history lab, and where an operation stands after it has moved. Times are whole units here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.consistency import History, Operation
from course_lib.labs.guard import Refused

MOST, LONGEST = 24, 40  # operations, and units of time, that fit a lab
WIDTH = 720  # pixels of its picture: the ladder stands beside it


def units(by: Any) -> int:
    if not isinstance(by, int) or isinstance(by, bool) or abs(by) > LONGEST:
        raise Refused(f"Operations move by whole units, up to {LONGEST}; not by {by!r}.")
    return by


def moved(one: Operation, part: str, by: int) -> dict[str, float | None]:
    """The new times of an operation of which the "start", the "end" or the "whole" moves."""
    units(by)
    if part == "start":
        return {"start": one.begun + by}
    if part == "whole":
        return {"start": one.begun + by, "end": None if one.end is None else one.end + by}
    if part != "end":
        raise Refused(f"An operation has a start, an end and the whole of it, not {part!r}.")
    if one.end is None:
        raise Refused(f"{one} has no end: its outcome is unknown.")
    return {"end": one.end + by}


def checked(operations: Iterable[Operation]) -> History:
    """A history that the lab can show. Raises Refused."""
    try:
        history = History(operations)
    except (TypeError, ValueError) as error:
        raise Refused(f"{error}.") from error
    if not history or len(history) > MOST:
        raise Refused(f"A lab shows 1 to {MOST} operations; here are {len(history)}.")
    for one in history:
        if one.kind not in ("read", "write"):
            raise Refused(f"The lab knows reads and writes; {one} is neither.")
        if one.begun < 0 or (one.known and one.ended > LONGEST) or one.begun > LONGEST:
            raise Refused(f"The lab's time goes from 0 to {LONGEST}; {one} would leave it.")
    return history
