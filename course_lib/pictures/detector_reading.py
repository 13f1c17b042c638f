"""What is drawn of a failure detector at work: how its suspicion grows and falls, and when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

from course_lib.replication.detector_trade import Detector, Heard, end_of_warm_up
from course_lib.replication.detectors import (
    ExponentialPhiDetector,
    PhiAccrualDetector,
    exponential_phi,
    normal_phi,
)

Level = Callable[[float], float]
"""The suspicion at a time: phi, or for a timeout the seconds since the last heartbeat."""


class Wait(NamedTuple):
    """From one heartbeat that counts to the next. All times are seconds of the run."""

    start: float
    end: float
    """Infinite after the last one."""
    deadline: float
    """From when on the sender is suspected, if nothing has come."""
    level: Level


@dataclass(frozen=True)
class Reading:
    """A sender's heartbeats, its crash, and what a detector makes of them.

    Args:
        heard: when heartbeats arrive, and their numbers from 0 on.
        sent: how many were sent, one every `interval` seconds from 0 on.
        waits: one after the other.
        crash: when the sender crashes.
        counted: from when on mistakes count: before, the detector learns.
    """

    heard: Sequence[Heard]
    sent: int
    interval: float
    waits: Sequence[Wait]
    crash: float
    counted: float

    @property
    def detected(self) -> float:
        """From when on the sender is suspected for good, though not before its crash."""
        return max(self.crash, self.waits[-1].deadline)

    @cached_property
    def alarms(self) -> list[tuple[float, float]]:
        """When the sender is suspected though it lives, from and until."""
        ends = ((wait.deadline, min(wait.end, self.crash)) for wait in self.waits if wait.end > self.counted)
        return [(start, end) for start, end in ends if start < end]

    @cached_property
    def right(self) -> list[tuple[float, float]]:
        """When it is suspected and is down; a heartbeat that was on its way may end that once more."""
        ends = ((max(wait.deadline, self.crash), wait.end) for wait in self.waits)
        return [(start, end) for start, end in ends if start < end]

    @cached_property
    def lost(self) -> list[int]:
        """The numbers of heartbeats that never arrive."""
        arrived = {number for _, number in self.heard}
        return [number for number in range(self.sent) if number not in arrived]

    @cached_property
    def overtaken(self) -> set[int]:
        """The numbers of those that a later one has overtaken; they count for nothing."""
        newest, found = -1, set()
        for _, number in self.heard:
            if number < newest:
                found.add(number)
            newest = max(newest, number)
        return found


def read(
    detector: Detector, heard: Sequence[Heard], *, sent: int, interval: float, crash: float, warm_up: int
) -> Reading:
    """Shows a new detector all heartbeats of a run. Those with a number below `warm_up` are for learning."""
    waits = []
    start, deadline, level = 0.0, detector.deadline(), level_of(detector)
    for time, number in heard:
        if detector.heartbeat(time, number):
            waits.append(Wait(start, time, deadline, level))
            start, deadline, level = time, detector.deadline(), level_of(detector)
    waits.append(Wait(start, inf, deadline, level))
    first = end_of_warm_up(heard, warm_up)
    counted = heard[first - 1][0] if first else 0.0
    return Reading(heard, sent, interval, waits, crash, counted)


def level_of(detector: Detector) -> Level:
    """The suspicion as it grows from now on, while nothing comes."""
    last = detector.last
    if isinstance(detector, ExponentialPhiDetector):
        mean = detector.mean
        return lambda time: exponential_phi(time - last, mean)
    if isinstance(detector, PhiAccrualDetector):
        mean, deviation = detector.mean, detector.deviation
        return lambda time: normal_phi(time - last, mean, deviation)
    return lambda time: time - last
