"""The servers of the simulation: each works on one request at a time, first come, first served."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any


@dataclass(frozen=True)
class Backend:
    """What a server is like.

    Args:
        speed: work that it does in a unit of time; a number, or a function of time.
        weight: what policies that use weights are told.
        errors: the share of its requests that fail; they fail after `error_time`, without any work.
        joins: the time from which on requests are sent to it.
        leaves: the time at which it is taken out. What it has then it finishes.
    """

    speed: float | Callable[[float], float] = 1.0
    weight: float = 1.0
    errors: float = 0.0
    error_time: float = 0.01
    joins: float = 0.0
    leaves: float = inf

    def __post_init__(self) -> None:
        if not callable(self.speed) and not self.speed > 0:
            raise ValueError(f"speed is above 0, not {self.speed!r}; leaves=... takes a server out")
        if not self.weight > 0:
            raise ValueError(f"weight is above 0, not {self.weight!r}")
        if not 0 <= self.errors <= 1:
            raise ValueError(f"errors is a share, 0 to 1, not {self.errors!r}")
        if not self.error_time > 0:
            raise ValueError(f"error_time is above 0, not {self.error_time!r}")
        if not 0 <= self.joins < self.leaves:
            raise ValueError(
                f"a server joins, at 0 or later, and leaves after that: {self.joins!r}, {self.leaves!r}"
            )


class Clock:
    """The time of the simulation, which all servers look at."""

    def __init__(self) -> None:
        self.now = 0.0


class Server:
    """A server at work.

    When a request is accepted it is known when it will be finished, since who comes first is served first. So there are
    no events: whoever asks for `outstanding` first drops what has been finished by now.
    """

    def __init__(self, index: int, backend: Backend, clock: Clock) -> None:
        self.index, self.backend, self.clock = index, backend, clock
        self.weight = backend.weight
        self.speed: Any = None if callable(backend.speed) else backend.speed
        self.ends: deque[float] = deque()  # of what is here, in order
        self.free = self.busy = (
            0.0  # the time from which on it has nothing to do; how long it has worked in all
        )
        self.served = 0

    @property
    def outstanding(self) -> int:
        ends, now = self.ends, self.clock.now
        while ends and ends[0] <= now:
            ends.popleft()
        return len(ends)

    def accept(self, work: float) -> float:
        """Takes a request that came now; when it will be finished."""
        now, ends = self.clock.now, self.ends
        while ends and ends[0] <= now:
            ends.popleft()
        begin = self.free if self.free > now else now
        took = work / (self.speed or self._speed_at(begin))
        self.free = end = begin + took
        self.busy += took
        self.served += 1
        if ends and ends[-1] > end:  # one that fails later
            self._insert(end)
        else:
            ends.append(end)
        return end

    def _speed_at(self, time: float) -> float:
        speed: float = self.backend.speed(time)  # type: ignore[operator]
        if not speed > 0:
            raise ValueError(f"the speed of server {self.index} at {time:g} is above 0, not {speed!r}")
        return speed

    def fail(self, after: float) -> float:
        """A request that came now and fails soon, whatever else waits here; when."""
        end = self.clock.now + after
        self.served += 1
        self._insert(end)
        return end

    def _insert(self, end: float) -> None:
        ends = self.ends
        place = len(ends)
        while place and ends[place - 1] > end:
            place -= 1
        ends.insert(place, end)


class LastSeen:
    """A server as it was at the last refresh: what a balancer knows whose load information is old."""

    def __init__(self, server: Server) -> None:
        self._server, self.index = server, server.index
        self.refresh()

    def refresh(self) -> None:
        self.outstanding, self.weight = self._server.outstanding, self._server.weight
