"""What happened to a lock, as data and in sentences: who believed when, who had it, what the counter was asked.

`lease_reading` reads it from a trace, `lease` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Stretch(NamedTuple):
    """From when to when a node was in a state: "paused", "down", or of a worker "believes"."""

    node: str
    state: str
    start: float
    end: float
    open: bool
    """Whether it lasted when the run ended."""
    fence: int = 0


class Lease(NamedTuple):
    """Who had the lock, by the server. `ending` is "expired", "given back" or "deleted by bob"; "" where it lasted."""

    worker: str
    fence: int
    start: float
    end: float
    ending: str


class Operation(NamedTuple):
    """A worker's read or write of the counter. `arrives` is None where it was lost, or on its way at the end."""

    worker: str
    kind: str
    fence: int
    value: int | None
    sent: float
    arrives: float | None
    refused: bool = False
    after: int = 0
    """Of one that was refused, or accepted out of order: the higher fence that was there before."""
    loses: bool = False
    """Whether it wrote over an update."""


class Together(NamedTuple):
    """From when to when several workers believed that they had the lock."""

    workers: tuple[str, ...]
    start: float
    end: float
    open: bool


@dataclass(frozen=True)
class Story:
    """All of it, in order of time. Times are seconds; of a trace that exploration found, steps."""

    workers: tuple[str, ...]
    beliefs: tuple[Stretch, ...]
    troubles: tuple[Stretch, ...]
    leases: tuple[Lease, ...]
    operations: tuple[Operation, ...]
    asks: tuple[tuple[str, float], ...]
    """Who asked for the lock, and when."""
    together: tuple[Together, ...]
    end: float
    steps: bool
    broken: str
    """What ended the run before its time: an invariant, and how it broke."""

    @property
    def accepted(self) -> list[Operation]:
        """The writes that the counter took."""
        writes = [one for one in self.operations if one.kind == "write" and one.arrives is not None]
        return [one for one in writes if not one.refused]

    @property
    def value(self) -> int:
        """The counter at the end."""
        return (self.accepted[-1].value or 0) if self.accepted else 0

    def when(self, time: float, digits: int = 1) -> str:
        """A moment in words."""
        return f"step {time:.0f}" if self.steps else f"{time:.{digits}f} s"

    def sentences(self) -> list[str]:
        """What happened, and what became of the counter."""
        told = [self._both(one) for one in self.together[:3]]
        if not told and len(self.workers) > 1:
            told = ["At no time do two workers believe that they have the lock."]
        told += [
            *self._deaths(),
            *self._thefts(),
            *filter(None, map(_unusual, self.operations)),
            self._count(),
        ]
        return [*told, f"The run ends there: {self.broken}."] if self.broken else told

    def _both(self, one: Together) -> str:
        who, all_of = listed(one.workers), "both" if len(one.workers) == 2 else "all"
        return f"{self.span(one)} {who} {all_of} believe that they have the lock."

    def span(self, one: Together) -> str:
        """From when to when, with as many digits as tell the two apart."""
        digits = 1 if f"{one.start:.1f}" != f"{one.end:.1f}" else 2
        end = "on" if one.open else f"to {self.when(one.end, digits)}"
        return f"From {self.when(one.start, digits)} {end}"

    def _deaths(self) -> list[str]:
        """Workers that crashed while they had the lock."""
        told = []
        for one in self.troubles:
            for lease in self.leases:
                if (one.node, one.state) == (lease.worker, "down") and lease.start <= one.start < lease.end:
                    free = (
                        f"free again at {self.when(lease.end)}"
                        if lease.ending
                        else "still not free at the end"
                    )
                    told.append(f"{one.node} crashes at {self.when(one.start)} with the lock: it is {free}.")
        return told

    def _thefts(self) -> list[str]:
        """Leases that were ended by another worker."""
        stolen = [lease for lease in self.leases if " by " in lease.ending]
        return [f"The lock of {one.worker} is {one.ending} at {self.when(one.end)}." for one in stolen]

    def _count(self) -> str:
        writes, lost = len(self.accepted), len(self.accepted) - self.value
        if lost:
            what = "an update is lost" if lost == 1 else f"{lost} updates are lost"
            return f"{writes} writes were accepted and the counter is {self.value}: {what}."
        return f"The counter is {self.value} after {writes} write{'s' * (writes != 1)}."


def listed(names: tuple[str, ...]) -> str:
    """The names in words: "ann, bob and cat"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _unusual(one: Operation) -> str:
    """Of an operation that did not go as others do, a sentence."""
    whose = f"{one.worker}'s {one.kind} with fence {one.fence}"
    if one.refused:
        return f"{whose} is refused: the counter has seen {one.after}."
    if one.arrives is None:
        return f"{whose} does not arrive."
    return f"{whose} is accepted, after one with fence {one.after}." if one.after else ""
