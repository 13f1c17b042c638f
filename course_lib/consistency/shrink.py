"""Making a bad history smaller: the part that fails is what one can read.

Only what keeps the verdict honest may be left out: an operation together with all that read what it wrote. A write
that is dropped alone would leave its readers with a value from nowhere, and any history would fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from course_lib.consistency.history import Operation
from course_lib.consistency.specs import Specification

EFFORT = 200_000  # operations, of all tries together: a reader does not wait for more
Fails = Callable[[Sequence[Operation]], bool]


def until(operations: Iterable[Operation], time: float) -> list[Operation]:
    """The operations that began by `time`, each as one sees it just then: what has not returned is unknown.

    A beginning of a linearizable history is linearizable: what happens later cannot help.
    """
    return [as_seen(one, time) for one in operations if one.begun <= time]


def as_seen(one: Operation, time: float) -> Operation:
    """What is known of an operation at that time."""
    return one if one.ended <= time else opened(one)


def opened(one: Operation) -> Operation:
    """An operation of which it is not known what became of it."""
    return replace(one, result=None, end=None)


def shrunk(operations: Iterable[Operation], spec: Specification, fails: Fails) -> list[Operation]:
    """A part that still fails, and of which nothing more can be left out (unless it was so long that trying was given
    up, after some 200,000 operations in all).

    Half of it at a time, then a quarter, down to single operations, as in A. Zeller and R. Hildebrandt, "Simplifying
    and Isolating Failure-Inducing Input", IEEE TSE 28(2), 2002.
    """
    kept = list(operations)
    size = max(1, len(kept) // 2)
    left = EFFORT
    while True:
        before = len(kept)
        for at in reversed(range(0, len(kept), size)):
            gone = with_readers(kept[at : at + size], kept, spec)
            rest = [one for one in kept if one not in gone]
            left -= len(rest)
            if left < 0:
                return kept
            if gone and fails(rest):
                kept = rest
        if size > 1:
            size //= 2
        elif len(kept) == before:
            return kept


def with_readers(
    chosen: Iterable[Operation], operations: Iterable[Operation], spec: Specification
) -> set[Operation]:
    """These operations, and all that depend on what they wrote, directly or through others."""
    gone = set(chosen)
    reads = {one: spec.reads(one) for one in operations if one not in gone}
    written = {name for one in gone for name in spec.writes(one)}
    while written:
        orphans = [
            one for one, names in reads.items() if names and (... in written | names or names & written)
        ]
        gone.update(orphans)
        written = {name for one in orphans for name in spec.writes(one)}
        for one in orphans:
            del reads[one]
    return gone
