"""Linearizability: each operation seems to take effect at one moment between its call and its return.

M. Herlihy and J. Wing, "Linearizability: A Correctness Condition for Concurrent Objects", ACM TOPLAS 12(3), 1990.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import accumulate
from math import inf

from course_lib.consistency.history import History, Operation
from course_lib.consistency.search import MOST, Found, in_real_time, search
from course_lib.consistency.shrink import as_seen, opened, shrunk, until
from course_lib.consistency.specs import Specification, fitting
from course_lib.consistency.verdict import Verdict
from course_lib.consistency.words import gave_up, why_not_linearizable

LEVEL = "linearizable"
PATIENCE = 20_000  # states a search may take where it is one of many
Parts = dict[Hashable, tuple[History, Specification]]
"""Objects, each with what happened to it and its own specification."""


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
    verdict = _judged(history, _objects(history, spec), most)
    if verdict.order is not None and not _keeps_processes(verdict.order):
        # Equal times overlap, but not within a process. So intervals that touch need not be local: judge them whole.
        return _judged(history, {None: (history, spec)}, most)
    return verdict


def _judged(history: History, parts: Parts, most: int) -> Verdict:
    """Object by object."""
    found = {name: search(in_real_time(part, own), own, most) for name, (part, own) in parts.items()}
    states = sum(one.states for one in found.values())
    bad = {name: one.blocked for name, one in found.items() if one.blocked}
    if bad:
        patience = PATIENCE + states  # a part may be as hard as the whole
        moments = {name: _first_moment(*parts[name], reached, patience) for name, reached in bad.items()}
        name = min(moments, key=moments.__getitem__)
        return _no(history, *parts[name], moments[name], bad[name], states)
    if not all(one.complete for one in found.values()):
        return Verdict(LEVEL, None, gave_up(states), history, states=states)
    order = _merged([one.order or () for one in found.values()])
    return Verdict(LEVEL, True, "", history, order=order, states=states)


def _objects(history: History, spec: Specification) -> Parts:
    parts: dict[Hashable, tuple[list[Operation], Specification]] = {}
    for one in history:
        name, own = spec.partition(one)
        parts.setdefault(name, ([], own))[0].append(one)
    return {name: (History(operations), own) for name, (operations, own) in parts.items()}


def _first_moment(part: History, spec: Specification, reached: Operation, patience: int) -> float:
    """The first return at which one could tell. `reached` is the first that the search could not explain; it knew
    results that came later. So it is that, or after it."""
    returns = sorted({one.ended for one in part if one.known and one.ended >= reached.ended})
    if _fails(until(part, returns[0]), spec, patience):
        return returns[0]
    first = bisect_left(returns, True, key=lambda time: _fails(until(part, time), spec, patience))
    return returns[min(first, len(returns) - 1)]


def _no(
    whole: History, part: History, spec: Specification, time: float, reached: Operation, states: int
) -> Verdict:
    """No order takes all that had happened to one object by `time`."""
    patience = PATIENCE + states
    small = shrunk(until(part, time), spec, lambda rest: _fails(rest, spec, patience))
    found = _search(small, spec, patience)
    blocked = found.blocked or reached
    guilty = tuple(one for one in part if as_seen(one, time) in small)
    why = why_not_linearizable(whole, spec, blocked, small, found.possible)
    prefix = _prefix(whole, time)
    return Verdict(LEVEL, False, why, whole, guilty, smallest=History(small), prefix=prefix, states=states)


def _search(operations: Sequence[Operation], spec: Specification, patience: int) -> Found:
    return search(in_real_time(History(operations), spec), spec, patience)


def _fails(operations: Sequence[Operation], spec: Specification, patience: int) -> bool:
    return _search(operations, spec, patience).blocked is not None


def _prefix(history: History, time: float) -> History:
    """All that began before `time`; what had not returned before it is unknown."""
    return History(one if one.ended < time else opened(one) for one in history if one.begun < time)


def points(order: Sequence[Operation]) -> list[float]:
    """A moment for each operation of an order that keeps to real time: as early as it can have taken effect."""
    return list(accumulate((one.begun for one in order), max))


def _keeps_processes(order: Sequence[Operation]) -> bool:
    """Whether no operation comes before one that its process had done first."""
    latest: dict[Hashable, float] = {}
    for one in order:
        if one.ended <= latest.get(one.process, -inf):
            return False
        latest[one.process] = max(latest.get(one.process, -inf), one.begun)
    return True


def _merged(orders: Sequence[Sequence[Operation]]) -> tuple[Operation, ...]:
    """One order of all objects' operations that keeps each object's own."""
    moments = [
        (moment, part, index, one)
        for part, order in enumerate(orders)
        for index, (moment, one) in enumerate(zip(points(order), order, strict=True))
    ]
    return tuple(one for *_, one in sorted(moments, key=lambda entry: entry[:3]))
