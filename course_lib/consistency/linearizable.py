"""Linearizability: each operation seems to take effect at one moment between its call and its return.

M. Herlihy and J. Wing, "Linearizability: A Correctness Condition for Concurrent Objects", ACM TOPLAS 12(3), 1990.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import accumulate

from course_lib.consistency.history import History, Operation
from course_lib.consistency.search import MOST, Found, in_real_time, search
from course_lib.consistency.shrink import shrunk, until
from course_lib.consistency.specs import Specification, fitting
from course_lib.consistency.verdict import Verdict
from course_lib.consistency.words import gave_up, why_not_linearizable

LEVEL = "linearizable"
PATIENCE = 20_000  # states a search may take where it is one of many


def is_linearizable(history: History, spec: Specification, most: int = MOST) -> Verdict:
    """Whether there is an order of all operations that the specification accepts and that keeps to real time: what had
    returned before another was called comes before it.

    Complete and sound. An operation of unknown outcome may be taken at any time after its call, or left out. Objects
    that are independent (the keys of `KeyValue`) are judged one by one: linearizability is local (Herlihy and Wing,
    theorem 1), which the models below it are not.

    After `most` situations the search is given up, and the verdict is unknown. Raises ValueError for an operation that
    the specification does not know.
    """
    history = fitting(history, spec)
    parts = _objects(history, spec)
    found = {name: search(in_real_time(part, own), own, most) for name, (part, own) in parts.items()}
    states = sum(one.states for one in found.values())
    bad = [name for name, one in found.items() if one.blocked]
    if bad:
        name = min(bad, key=lambda name: _blocked(found[name]).ended)
        return _no(history, *parts[name], _blocked(found[name]), states)
    if not all(one.complete for one in found.values()):
        return Verdict(LEVEL, None, gave_up(states), history, states=states)
    order = _merged([one.order or () for one in found.values()])
    return Verdict(LEVEL, True, "", history, order=order, states=states)


def _blocked(found: Found) -> Operation:
    assert found.blocked is not None
    return found.blocked


def _objects(history: History, spec: Specification) -> dict[Hashable, tuple[History, Specification]]:
    parts: dict[Hashable, tuple[list[Operation], Specification]] = {}
    for one in history:
        name, own = spec.partition(one)
        parts.setdefault(name, ([], own))[0].append(one)
    return {name: (History(operations), own) for name, (operations, own) in parts.items()}


def _no(whole: History, part: History, spec: Specification, reached: Operation, states: int) -> Verdict:
    """No order takes all; `reached` is the first return that the search could not explain.

    It knew results that came later. So the first moment at which one could tell is there, or after it.
    """
    returns = sorted({one.ended for one in part if one.known and one.ended >= reached.ended})
    first = bisect_left(returns, True, key=lambda time: _fails(until(part, time), spec))
    time = returns[min(first, len(returns) - 1)]
    small = shrunk(until(part, time), spec, lambda rest: _fails(rest, spec))
    found = _search(small, spec)
    blocked = found.blocked or reached
    guilty = tuple(one for one in part if one in small or _opened(one) in small)
    why = why_not_linearizable(whole, spec, blocked, small, found.possible)
    prefix = _prefix(whole, time)
    return Verdict(LEVEL, False, why, whole, guilty, smallest=History(small), prefix=prefix, states=states)


def _search(operations: Sequence[Operation], spec: Specification) -> Found:
    return search(in_real_time(History(operations), spec), spec, PATIENCE)


def _fails(operations: Sequence[Operation], spec: Specification) -> bool:
    return _search(operations, spec).blocked is not None


def _opened(one: Operation) -> Operation:
    return replace(one, result=None, end=None)


def _prefix(history: History, time: float) -> History:
    """All that began before `time`; what had not returned before it is unknown."""
    return History(one if one.ended < time else _opened(one) for one in history if one.begun < time)


def points(order: Sequence[Operation]) -> list[float]:
    """A moment for each operation of an order that keeps to real time: as early as it can have taken effect."""
    return list(accumulate((one.begun for one in order), max))


def _merged(orders: Sequence[Sequence[Operation]]) -> tuple[Operation, ...]:
    """One order of all objects' operations that keeps each object's own."""
    moments = [
        (moment, part, index, one)
        for part, order in enumerate(orders)
        for index, (moment, one) in enumerate(zip(points(order), order, strict=True))
    ]
    return tuple(one for *_, one in sorted(moments, key=lambda entry: entry[:3]))
