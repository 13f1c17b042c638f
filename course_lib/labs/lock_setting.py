"""What a reader sets in the lock lab, how far each may go, and the run that it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from course_lib.labs.guard import Refused
from course_lib.locks import leases
from course_lib.sim import Pause, Trace

FENCING = {"off": {"fenced writes"}, "writes": {"fenced reads"}, "reads and writes": set[str]()}
"""The safeguards that are off."""
TTL, WORK, PAUSE = (0.1, 30.0), (0.0, 10.0), (0.0, 30.0)  # seconds, within which the picture stays legible
SHORTEST = 0.1  # seconds of a pause
PARTS = ("ttl", "pause", "pause start", "pause end")


@dataclass(frozen=True)
class Setting:
    """Times are seconds; `pause` is when ann stands still, from and until, or None."""

    ttl: float = leases.TTL
    work: float = leases.WORK
    pause: tuple[float, float] | None = (2.0, 15.0)
    fencing: str = "off"

    def checked(self) -> Setting:
        """The same, in hundredths of a second. Raises Refused for what the lab cannot play."""
        if self.fencing not in list(FENCING):  # it may be anything, a list too
            raise Refused(f"Fencing is {', '.join(map(repr, FENCING))}, not {self.fencing!r}.")
        ttl, work = seconds("The TTL", self.ttl, TTL), seconds("The work", self.work, WORK)
        return replace(self, ttl=ttl, work=work, pause=_pause(self.pause))

    def moved(self, part: str, to: float, end: float) -> Setting:
        """With one of `PARTS` moved towards a time, as far as there is room; `end` is the last moment that is shown."""
        self.place(part)
        if isinstance(to, bool) or not isinstance(to, int | float) or not isfinite(to):
            raise Refused(f"It moves to a number of seconds, not {to!r}.")
        if part == "ttl":
            return replace(self, ttl=_within(to, TTL[0], min(TTL[1], end))).checked()
        if self.pause is None:
            raise Refused("ann does not pause: tick it first.")
        start, stop = self.pause
        last = max(min(PAUSE[1], end), stop)
        if part == "pause":
            start = _within(to, PAUSE[0], last - (stop - start))
            stop = start + self.pause[1] - self.pause[0]
        elif part == "pause start":
            start = _within(to, PAUSE[0], stop - SHORTEST)
        else:
            stop = _within(to, start + SHORTEST, last)
        return replace(self, pause=(start, stop)).checked()

    def place(self, part: str) -> float:
        """Where one of `PARTS` is now, in seconds. Raises Refused for another."""
        if part not in PARTS:
            raise Refused(f"One can move {', '.join(map(repr, PARTS))}, not {part!r}.")
        start, stop = self.pause or (0.0, 0.0)
        return {"ttl": self.ttl, "pause": start, "pause start": start, "pause end": stop}[part]

    def run(self) -> Trace:
        """The run. It does not stop where something breaks: a reader sees what becomes of it."""
        safeguards = leases.ALL - FENCING[self.fencing]
        scenario = leases.scenario(safeguards, ttl=self.ttl, work=self.work, invariants=[])
        return scenario.run([] if self.pause is None else [Pause("ann", *self.pause)])

    def code(self) -> str:
        """Python that makes the run."""
        off = FENCING[self.fencing]
        safeguards = "leases.ALL" + (f" - {off!r}" if off else "")
        faults = "" if self.pause is None else repr(Pause("ann", *self.pause))
        needed = "from course_lib.sim import Pause\n" if faults else ""
        return (
            f"from course_lib.locks import leases\n{needed}\n"
            f"scenario = leases.scenario({safeguards}, ttl={self.ttl!r}, work={self.work!r}, invariants=[])\n"
            f"trace = scenario.run([{faults}])\n"
        )

    def changes(self, other: Setting) -> str:
        """What is other than in another setting, in words."""
        told = []
        if self.ttl != other.ttl:
            told.append(f"TTL {self.ttl:g} s")
        if self.work != other.work:
            told.append(f"work {self.work:g} s")
        if self.pause != other.pause:
            words = "ann does not pause" if self.pause is None else "ann pauses from {:g} s to {:g} s"
            told.append(words.format(*self.pause or ()))
        if self.fencing != other.fencing:
            told.append(f"fencing {self.fencing}")
        return ", ".join(told)


def seconds(what: str, value: Any, limits: tuple[float, float]) -> float:
    """A number of seconds that lies within the limits, in hundredths. Raises Refused."""
    low, high = limits
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Refused(f"{what} is a number of seconds from {low:g} to {high:g}, not {value!r}.")
    return round(float(value), 2)


def _pause(given: Any) -> tuple[float, float] | None:
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Iterable) or len(pair := list(given)) != 2:
        raise Refused(f"A pause is two times, as (2.0, 15.0), or None, not {given!r}.")
    start, stop = (
        seconds(what, each, PAUSE)
        for what, each in zip(("The pause's beginning", "Its end"), pair, strict=True)
    )
    if round(stop - start, 2) < SHORTEST:
        raise Refused(
            f"The pause ends at {stop:g} s; it begins at {start:g} s, and takes {SHORTEST} s or more."
        )
    return start, stop


def _within(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))
