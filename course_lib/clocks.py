"""Clocks that order events: counts, vectors of counts, counts mixed with time, and time that knows its own error.

All are values: a tick gives a new clock. So one can be a node's attribute, travel in a message, and be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from keyword import iskeyword
from typing import Literal, TypeVar

from course_lib.sim import Trace

Order = Literal["before", "after", "equal", "concurrent"]
Clock = TypeVar("Clock")


@dataclass(frozen=True, order=True)
class LamportClock:
    """A count that is greater at an effect than at its cause (L. Lamport, CACM 21(7), 1978).

    A smaller number does not make a cause: the numbers cannot tell that two events are concurrent. Equal ones are put
    in order by the names of their nodes. Raises ValueError for a time that is no whole number of 0 or more.
    """

    time: int = 0

    def __post_init__(self) -> None:
        _count("the time of a Lamport clock", self.time)

    def tick(self) -> LamportClock:
        """Something happens here, or a message leaves with the new time."""
        return LamportClock(self.time + 1)

    def receive(self, stamp: LamportClock) -> LamportClock:
        """A message arrives that was stamped when it left."""
        return LamportClock(max(self.time, _same(self, stamp).time) + 1)


@dataclass(frozen=True, init=False)
class VectorClock:
    """How many events of each node are known: `VectorClock(a=2, b=1)` or `VectorClock({"a": 2, "b": 1})`.

    `<=` says "happened before, or the same"; two clocks neither of which is `<=` the other are concurrent. After
    C. Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial Ordering", 1988, and F. Mattern, "Virtual
    Time and Global States of Distributed Systems", 1989.

    Raises ValueError for a count that is no whole number of 0 or more, TypeError for a name that is no str.
    """

    entries: tuple[tuple[str, int], ...]
    """Sorted by name; a count of 0 is left out, so that equal clocks are equal."""

    def __init__(self, counts: Mapping[str, int] | None = None, /, **named: int) -> None:
        counts = {**(counts or {}), **named}
        for name, count in counts.items():
            if type(name) is not str:
                raise TypeError(f"a vector clock counts by the names of nodes, str, not by {name!r}")
            _count(f"the count of {name!r}", count)
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
        return VectorClock({name: max(self[name], other[name]) for name in {*self, *_same(self, other)}})

    def __le__(self, other: VectorClock) -> bool:
        if not isinstance(other, VectorClock):
            return NotImplemented
        return all(count <= other[name] for name, count in self.entries)

    def __lt__(self, other: VectorClock) -> bool:
        return self <= other and self != other

    def concurrent(self, other: VectorClock) -> bool:
        """Whether neither knows all that the other knows."""
        return not self <= other and not other <= self

    def __repr__(self) -> str:
        if all(name.isidentifier() and not iskeyword(name) for name in self):
            return f"VectorClock({', '.join(f'{name}={count}' for name, count in self.entries)})"
        return f"VectorClock({dict(self.entries)!r})"


def compare(one: VectorClock, other: VectorClock) -> Order:
    """How the first stands to the second: "before", "after", "equal" or "concurrent"."""
    if one == other:
        return "equal"
    return "before" if one < other else "after" if other < one else "concurrent"


@dataclass(frozen=True, order=True)
class HybridClock:
    """A Lamport clock that stays close to real time: (time, count), compared in that order.

    `time` is the latest physical time that is known of, in whole microseconds: `count` tells events of one time apart,
    and whether two times are one must not hang on how a float was rounded. After S. Kulkarni, M. Demirbas, D. Madappa,
    B. Avva and M. Leone, "Logical Physical Clocks", OPODIS 2014, figure 5.

    Raises ValueError for a time or count that is no whole number of 0 or more.
    """

    time: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        _count("the time of a hybrid clock, in microseconds,", self.time)
        _count("the count of a hybrid clock", self.count)

    def tick(self, now: int) -> HybridClock:
        """Something happens here, or a message leaves, when the node's own clock reads `now`, in microseconds."""
        _reading(now)
        return HybridClock(now) if now > self.time else HybridClock(self.time, self.count + 1)

    def receive(self, stamp: HybridClock, now: int) -> HybridClock:
        """A message arrives that was stamped when it left."""
        time = max(self.time, _same(self, stamp).time, _reading(now))
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
        if type(self.bound) not in (int, float) or not self.bound >= 0:
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
    """The Lamport time of each event of a trace.

    A crash and a restart are events of their node, which counts on. A loss is no event of any node, for nobody notices
    it: its time is that of the message.
    """
    stamps = _stamps(trace, LamportClock(), lambda clock, node, came: clock.receive(came))
    return tuple(clock.time for clock in stamps)


def vector_times(trace: Trace) -> tuple[VectorClock, ...]:
    """The vector clock of each event of a trace: of each node, how many of its events are before this one, or this.

    Crashes, restarts and losses are taken as by `lamport_times`.
    """
    return tuple(_stamps(trace, VectorClock(), lambda clock, node, came: clock.merge(came).tick(node)))


def _stamps(trace: Trace, zero: Clock, advance: Callable[[Clock, str, Clock], Clock]) -> Iterator[Clock]:
    """The clock at each event; `advance(clock, node, came)` is told what came with a message, zero where none did.

    A trace taken while real processes run may have an arrival and not yet its sending; nothing is known to cause it.
    """
    clocks = dict.fromkeys(trace.names, zero)
    sent: dict[str | None, Clock] = {}
    for event in trace.events:
        if event.kind != "drop":
            came = sent.get(event.id, zero) if event.kind == "deliver" else zero
            clocks[event.node] = advance(clocks[event.node], event.node, came)
        if event.kind == "send":
            sent[event.id] = clocks[event.node]
        yield sent.get(event.id, zero) if event.kind == "drop" else clocks[event.node]


def happened_before(trace: Trace, first: int, then: int) -> bool:
    """Whether the event of number `first`, from 0, may have caused that of number `then`.

    Raises IndexError for a number that no event has. For all pairs of a long trace, compare `vector_times`.
    """
    for number in (first, then):
        if not 0 <= number < len(trace):
            raise IndexError(f"no event has the number {number}; this trace has {len(trace)}, from 0 on")
    times, kinds = vector_times(trace), [event.kind for event in trace.events]
    if kinds[first] == "drop":  # nothing comes of a loss
        return False
    # A loss has its message's own time, and comes after the sending.
    return times[first] <= times[then] if kinds[then] == "drop" else times[first] < times[then]


def _count(what: str, value: int) -> None:
    if type(value) is not int or value < 0:
        raise ValueError(f"{what} is {value!r}; it has to be a whole number, 0 or more")


def _reading(now: int) -> int:
    if type(now) is not int or now < 0:
        raise ValueError(
            f"the node's clock reads {now!r}; give whole microseconds, round(seconds * 1_000_000), 0 or more"
        )
    return now


def _same(clock: Clock, stamp: Clock) -> Clock:
    """The stamp, if it is of the clock's kind."""
    if type(stamp) is not type(clock):
        raise TypeError(f"a {type(clock).__name__} takes the stamp of another one, not {stamp!r}")
    return stamp
