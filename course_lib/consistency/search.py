"""The search behind three models: put all operations into one order that the specification accepts.

The models differ only in which order must be kept: that of real time (linearizable), that of each process (sequential),
or none (serializable). Depth first, with a memory of the situations already seen: J. Wing and C. Gong, "Testing and
Verifying Concurrent Objects", JPDC 17, 1993; the memory is G. Lowe's, "Testing for linearizability", CCPE 29(4), 2017.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import inf
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from course_lib.consistency.history import History, Operation
from course_lib.consistency.specs import Specification

MOST = 1_000_000
"""Situations after which a search is given up: deciding is exponential in the number of open operations."""


class Item(NamedTuple):
    """An operation as the search sees it."""

    operation: Operation
    start: float = -inf
    end: float = inf
    """It must come after all that end before `start`, and before all that start after `end`."""
    lane: int = 0
    waits: int = 0
    """And after the first `waits` items of that lane."""


Lanes = list[list[Item]]
"""Items that come one after the other in each lane. So a number a lane says what has been done."""


@dataclass
class Found:
    """What a search came to."""

    order: tuple[Operation, ...] | None
    """The order that is accepted, or None."""
    complete: bool
    """False where it was given up."""
    states: int
    blocked: Operation | None = None
    """The first whose return nothing explains: the operations that returned before it can be ordered."""
    possible: frozenset[Any] = frozenset()
    """What that one could have returned instead."""


def in_real_time(history: History, spec: Specification) -> Lanes:
    """What ended before another began comes before it, and so does what one process did first.

    Of operations that are alike and whose outcome is unknown, those that began earlier may as well come first: they
    share a lane. Without that, k of them would be tried in 2^k ways.
    """
    lanes = _by_process(history)
    alike = defaultdict(list)
    for one in _unknown(history, spec):
        # Equal times overlap, but not within a process: only there its lane has to be looked at.
        touches = any(other.ended == one.begun for other in lanes.get(one.process, ()))
        group = (spec.alike(one), one.process if touches else ())
        alike[group].append(_own_lane(one, lanes)._replace(start=one.begun))
    return [[Item(one, one.begun, one.ended) for one in lane] for lane in lanes.values()] + list(
        alike.values()
    )


def in_process_order(history: History, spec: Specification) -> Lanes:
    """What a process did first comes before what it did later; between processes there is no order.

    An operation whose outcome is unknown comes after those before it, but what its process did next need not wait.
    """
    lanes = _by_process(history)
    alone = [[_own_lane(one, lanes)] for one in _unknown(history, spec)]
    return [[Item(one) for one in lane] for lane in lanes.values()] + alone


def _own_lane(one: Operation, lanes: dict[Hashable, list[Operation]]) -> Item:
    """It comes after what its process had done before."""
    before = sum(other.ended <= one.begun for other in lanes.get(one.process, ()))
    return Item(one, lane=list(lanes).index(one.process) if before else 0, waits=before)


def in_any_order(history: History, spec: Specification) -> Lanes:
    """No operation has to wait for another."""
    return [[Item(one)] for one in (*_known(history), *_unknown(history, spec))]


def search(lanes: Lanes, spec: Specification, most: int = MOST) -> Found:
    """An order of all operations with a known outcome, and of as many of the others as are wanted."""
    return _Search(lanes, spec, most).run()


class _Search:
    def __init__(self, lanes: Lanes, spec: Specification, most: int) -> None:
        self.spec, self.most = spec, most
        self.lanes = [[*lane, Item(NOTHING, inf)] for lane in lanes or [[]]]
        # `done` is one number: a digit a lane, which counts the items done.
        self.digit = [1]
        for lane in lanes[:-1]:
            self.digit.append(self.digit[-1] * (len(lane) + 1))
        # What changes nothing whatever the state is taken as soon as it fits: nothing is lost by that.
        self.harmless = {item.operation for lane in lanes for item in lane if not spec.writes(item.operation)}
        self.left = sum(item.operation.known for lane in lanes for item in lane)
        self.furthest: tuple[float, Operation | None] = -inf, None
        self.refused: dict[Operation, set[Any]] = defaultdict(set)

    def run(self) -> Found:
        """Goes forward as long as something fits, else a step back."""
        position = [0] * len(self.lanes)
        state, done = self.spec.initial, 0
        seen = {(done, state)}
        way: list[
            tuple[int, Hashable, list[tuple[int, Hashable]]]
        ] = []  # (lane, state before, other choices)
        choices = self.choices(position, state)
        while self.left:
            if choices:
                lane, after = choices.pop()
                if (situation := (done + self.digit[lane], after)) in seen:
                    continue
                if len(seen) >= self.most:
                    return Found(None, False, len(seen))
                seen.add(situation)
                way.append((lane, state, choices))
                self.left -= self.lanes[lane][position[lane]].operation.known
                done, state = situation
                position[lane] += 1
                choices = self.choices(position, state)
            elif way:
                lane, state, choices = way.pop()
                position[lane] -= 1
                done -= self.digit[lane]
                self.left += self.lanes[lane][position[lane]].operation.known
            else:
                blocked = self.blocked()
                possible = frozenset(self.refused[blocked]) if blocked else frozenset()
                return Found(None, True, len(seen), blocked, possible)
        return Found(self.order(lane for lane, _, _ in way), True, len(seen))

    def choices(self, position: list[int], state: Hashable) -> list[tuple[int, Hashable]]:
        """(lane, state after) of what may come next, the most urgent last."""
        heads = [lane[at] for lane, at in zip(self.lanes, position, strict=True)]
        horizon = min(heads, key=by_end)
        if horizon.end > self.furthest[0] and horizon.end < inf:
            self.furthest = horizon.end, horizon.operation
        fits = []
        for lane, item in enumerate(heads):
            if item.start > horizon.end or position[item.lane] < item.waits or item.operation is NOTHING:
                continue
            operation = item.operation
            result, after = self.spec.apply(state, operation)
            if operation.known and result != operation.result:
                self.refused[operation].add(result)
            elif operation in self.harmless:
                return [(lane, after)]
            else:
                fits.append((-item.end, lane, after))
        fits.sort(key=by_urgency)
        return [(lane, after) for _, lane, after in fits]

    def blocked(self) -> Operation | None:
        """Of those that return at the furthest moment one that was refused."""
        end, first = self.furthest
        return next((one for one in self.refused if one.ended == end), first)

    def order(self, way: Iterable[int]) -> tuple[Operation, ...]:
        rest = [iter(lane) for lane in self.lanes]
        return tuple(next(rest[lane]).operation for lane in way)


NOTHING = Operation("nobody", "nothing", start=0)
"""Stands at the end of each lane."""
by_end, by_urgency = attrgetter("end"), itemgetter(0)


def _known(history: Iterable[Operation]) -> list[Operation]:
    return [one for one in history if one.known]


def _unknown(history: Iterable[Operation], spec: Specification) -> list[Operation]:
    """Those that may matter: a read of unknown outcome says nothing."""
    return [one for one in history if not one.known and spec.writes(one)]


def _by_process(history: History) -> dict[Hashable, list[Operation]]:
    lanes: dict[Hashable, list[Operation]] = {}
    for one in _known(history):
        lanes.setdefault(one.process, []).append(one)
    return lanes
