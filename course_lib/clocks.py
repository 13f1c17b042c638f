"""Clocks that order events: counts, vectors of counts, counts mixed with time, and time that knows its own error.

All are values: a tick gives a new clock. So one can be a node's attribute, travel in a message, and be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course_lib.sim import Trace


@dataclass(frozen=True, order=True)
class LamportClock:
    """A count that is greater at an effect than at its cause (L. Lamport, CACM 21(7), 1978).

    A smaller number does not make a cause: the numbers cannot tell that two events are concurrent.
    """

    time: int = 0

    def tick(self) -> LamportClock:
        """Something happens here, or a message leaves with the new time."""
        return LamportClock(self.time + 1)

    def receive(self, stamp: LamportClock) -> LamportClock:
        """A message arrives that was stamped when it left."""
        return LamportClock(max(self.time, stamp.time) + 1)


@dataclass(frozen=True, init=False)
class VectorClock:
    """How many events of each node are known: `VectorClock(a=2, b=1)` or `VectorClock({"a": 2, "b": 1})`.

    `<=` says "happened before, or the same"; two clocks neither of which is `<=` the other are concurrent. After
    C. Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial Ordering", 1988, and F. Mattern, "Virtual
    Time and Global States of Distributed Systems", 1989.

    Raises ValueError for a count that is no whole number of 0 or more.
    """

    entries: tuple[tuple[str, int], ...]
    """Sorted by name; a count of 0 is left out, so that equal clocks are equal."""

    def __init__(self, counts: Mapping[str, int] | None = None, /, **named: int) -> None:
        counts = {**(counts or {}), **named}
        for name, count in counts.items():
            if type(count) is not int or count < 0:
                raise ValueError(f"{name!r} has the count {count!r}; a count is a whole number, 0 or more")
        object.__setattr__(self, "entries", tuple(sorted(entry for entry in counts.items() if entry[1])))

    def __getitem__(self, name: str) -> int:
        return dict(self.entries).get(name, 0)

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.entries))

    def tick(self, name: str) -> VectorClock:
        """Something happens at that node."""
        return VectorClock({**dict(self.entries), name: self[name] + 1})

    def merge(self, other: VectorClock) -> VectorClock:
        """All that either knows."""
        return VectorClock({name: max(self[name], other[name]) for name in {*self, *other}})

    def __le__(self, other: VectorClock) -> bool:
        return all(count <= other[name] for name, count in self.entries)

    def __lt__(self, other: VectorClock) -> bool:
        return self <= other and self != other

    def concurrent(self, other: VectorClock) -> bool:
        """Whether neither knows all that the other knows."""
        return not self <= other and not other <= self

    def __repr__(self) -> str:
        if all(name.isidentifier() for name in self):
            return f"VectorClock({', '.join(f'{name}={count}' for name, count in self.entries)})"
        return f"VectorClock({dict(self.entries)!r})"


def compare(one: VectorClock, other: VectorClock) -> str:
    """ "before", "after", "equal" or "concurrent"."""
    if one == other:
        return "equal"
    return "before" if one < other else "after" if other < one else "concurrent"


@dataclass(frozen=True, order=True)
class HybridClock:
    """A Lamport clock that stays close to real time: (time, count), compared in that order.

    `time` is the latest physical time that is known of, in whole microseconds (floats would round, and equal times are
    what `count` is for); `count` tells events of one `time` apart. After S. Kulkarni and others, "Logical Physical
    Clocks", OPODIS 2014, figure 5.
    """

    time: int = 0
    count: int = 0

    def tick(self, now: int) -> HybridClock:
        """Something happens here, or a message leaves, when the node's own clock reads `now`."""
        return HybridClock(now) if now > self.time else HybridClock(self.time, self.count + 1)

    def receive(self, stamp: HybridClock, now: int) -> HybridClock:
        """A message arrives that was stamped when it left."""
        time = max(self.time, stamp.time, now)
        counts = [clock.count for clock in (self, stamp) if clock.time == time]
        return HybridClock(time, max(counts) + 1 if counts else 0)


@dataclass(frozen=True)
class Interval:
    """The true time is in here, both ends included; in seconds."""

    earliest: float
    latest: float


@dataclass(frozen=True)
class IntervalClock:
    """A clock that knows how wrong it may be: Spanner's TrueTime (J. Corbett and others, OSDI 2012, section 3).

    `bound` is the greatest error of a reading, in seconds. What follows from it is true only as long as the bound is.
    Raises ValueError for a bound below 0.
    """

    bound: float

    def __post_init__(self) -> None:
        if not self.bound >= 0:
            raise ValueError(f"the bound is a time in seconds, 0 or more, not {self.bound!r}")

    def now(self, reading: float) -> Interval:
        """Where the true time lies when the node's clock shows `reading`."""
        return Interval(reading - self.bound, reading + self.bound)

    def after(self, time: float, reading: float) -> bool:
        """Whether `time` has passed for certain."""
        return self.now(reading).earliest > time

    def before(self, time: float, reading: float) -> bool:
        """Whether `time` has not come yet, for certain."""
        return self.now(reading).latest < time


def lamport_times(trace: Trace) -> tuple[int, ...]:
    """The Lamport time of each event of a trace."""
    clocks: dict[str, LamportClock] = {}
    sent: dict[str, LamportClock] = {}
    times = []
    for event in trace.events:
        clock = clocks.get(event.node, LamportClock())
        came = sent.get(event.id or "") if event.kind == "deliver" else None
        clock = clocks[event.node] = clock.receive(came) if came else clock.tick()
        if event.kind == "send":
            sent[event.id or ""] = clock
        times.append(clock.time)
    return tuple(times)


def vector_times(trace: Trace) -> tuple[VectorClock, ...]:
    """The vector clock of each event of a trace: of each node, how many of its events are before this one, or this."""
    clocks: dict[str, VectorClock] = {}
    sent: dict[str, VectorClock] = {}
    times = []
    for event in trace.events:
        clock = clocks.get(event.node, VectorClock())
        if event.kind == "deliver" and event.id in sent:
            clock = clock.merge(sent[event.id])
        clock = clocks[event.node] = clock.tick(event.node)
        if event.kind == "send":
            sent[event.id or ""] = clock
        times.append(clock)
    return tuple(times)


def happened_before(trace: Trace, first: int, then: int) -> bool:
    """Whether the event of number `first` may have caused that of number `then`. IndexError for none of that number."""
    times = vector_times(trace)
    return times[first] < times[then]
