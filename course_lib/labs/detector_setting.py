"""What a reader sets in the detector lab, how far each may go, and the Python that measures the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from course_lib.labs.guard import Refused
from course_lib.replication import ExponentialPhiDetector, HeartbeatDetector, PhiAccrualDetector
from course_lib.replication.detector_trade import LAWS, Detector

MEAN, LOSS, INTERVAL = (0.01, 5.0), (0.0, 0.5), (0.1, 10.0)
"""Seconds of delay, a share of the heartbeats, seconds between two of them."""
PHI, TIMEOUT = (0.5, 12.0), (0.05, 100.0)  # thresholds
POINTS = 18  # thresholds on a curve
CLOSE, FAR = 0.6, 10.0  # timeouts on the curve, in intervals


class Kind(NamedTuple):
    """A detector that one can choose."""

    name: str
    unit: str
    first: float
    """The threshold that it has at first."""
    limits: tuple[float, float]

    @property
    def is_phi(self) -> bool:
        return self.unit == "phi"

    def told(self, threshold: float) -> str:
        """A threshold in words."""
        return f"phi {threshold:g}" if self.is_phi else f"{threshold:g} s"


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("timeout", "s", 3.0, TIMEOUT),
        Kind("phi normal", "phi", 8.0, PHI),
        Kind("phi exponential", "phi", 8.0, PHI),
    )
}


@dataclass(frozen=True)
class Setting:
    """`thresholds` has one for each of `KINDS`, in their order. Times are seconds."""

    detector: str = "phi normal"
    thresholds: tuple[float, ...] = tuple(kind.first for kind in KINDS.values())
    law: str = "exponential"
    mean: float = 0.3
    loss: float = 0.0
    interval: float = 1.0
    seed: int = 1

    def checked(self) -> Setting:
        """The same in the lab's own form. Raises Refused for what the lab cannot play."""
        _one_of("The detector", self.detector, KINDS)
        _one_of("The law of delays", self.law, LAWS)
        if type(self.seed) is not int or not 0 <= self.seed <= 10**9:
            raise Refused(f"The seed: a whole number from 0 to 1,000,000,000, not {self.seed!r}.")
        return replace(
            self,
            thresholds=tuple(
                _number(f"The threshold of {kind.name}", threshold, kind.limits, kind.unit)
                for kind, threshold in zip(KINDS.values(), self.thresholds, strict=True)
            ),
            mean=_number("The mean delay", self.mean, MEAN, "s"),
            loss=_number("The share that is lost", self.loss, LOSS),
            interval=_number("The interval", self.interval, INTERVAL, "s"),
        )

    # The detector

    @property
    def kind(self) -> Kind:
        return KINDS[self.detector]

    @property
    def threshold(self) -> float:
        """Of the detector that is chosen."""
        return self.threshold_of(self.detector)

    def threshold_of(self, detector: str) -> float:
        return self.thresholds[list(KINDS).index(detector)]

    def with_threshold(self, threshold: Any) -> Setting:
        place = list(KINDS).index(self.detector)
        return replace(self, thresholds=(*self.thresholds[:place], threshold, *self.thresholds[place + 1 :]))

    def make(self, detector: str) -> Callable[[float], Detector]:
        """What makes a detector of a threshold."""
        if detector == "timeout":
            return HeartbeatDetector
        made = PhiAccrualDetector if detector == "phi normal" else ExponentialPhiDetector
        return lambda threshold: made(threshold, interval=self.interval, least_deviation=self.least_deviation)

    @property
    def least_deviation(self) -> float:
        """A tenth of the interval, as the detector has it at first, where heartbeats come every second."""
        return round(self.interval / 10, 6)

    def curve(self, detector: str) -> list[float]:
        """The thresholds that its curve shows, rising."""
        low, high = (CLOSE * self.interval, FAR * self.interval) if detector == "timeout" else PHI
        return [float(threshold) for threshold in np.geomspace(low, high, POINTS)]

    def hears_the_same(self, other: Setting) -> bool:
        """Whether the heartbeats are the same: who watches them is another matter."""
        return replace(self, detector=other.detector, thresholds=other.thresholds) == other

    # In words

    def caption(self) -> str:
        """What the heartbeats are like."""
        lost = f", {percent(self.loss)} lost" if self.loss else ""
        return f"one every {self.interval:g} s; {self.law} delays, {self.mean:g} s on average{lost}"

    def changes(self, other: Setting) -> str:
        """What is other than in another setting."""
        told = []
        if (self.detector, self.threshold) != (other.detector, other.threshold_of(self.detector)):
            told.append(f"{self.detector} at {self.kind.told(self.threshold)}")
        if (self.law, self.mean) != (other.law, other.mean):
            told.append(f"{self.law} delays of {self.mean:g} s")
        if self.loss != other.loss:
            told.append(f"{percent(self.loss)} lost")
        if self.interval != other.interval:
            told.append(f"a heartbeat every {self.interval:g} s")
        if self.seed != other.seed:
            told.append(f"seed {self.seed}")
        return ", ".join(told)

    def code(self) -> str:
        """Python that measures the point that is shown."""
        kind = "HeartbeatDetector" if self.detector == "timeout" else self.make(self.detector)(1.0)
        name = kind if isinstance(kind, str) else type(kind).__name__
        options = f"interval={self.interval!r}, least_deviation={self.least_deviation!r}"
        made = f"{name}(threshold)" if self.detector == "timeout" else f"{name}(threshold, {options})"
        return (
            f"from course_lib.replication import {name}\n"
            "from course_lib.replication.detector_trade import LAWS, trade\n\n"
            "def detector(threshold):\n"
            f"    return {made}\n\n"
            f"law = LAWS[{self.law!r}]({self.mean!r})\n"
            f"[point] = trade(detector, law, [{self.threshold!r}], interval={self.interval!r}, "
            f"loss={self.loss!r}, seed={self.seed})\n"
        )


def percent(share: float) -> str:
    return f"{100 * share:g} %"


def _one_of(what: str, value: Any, names: Iterable[str]) -> None:
    if value not in list(names):  # it may be anything, a list too
        raise Refused(f"{what} is {', '.join(map(repr, names))}, not {value!r}.")


def _number(what: str, value: Any, limits: tuple[float, float], unit: str = "") -> float:
    low, high = limits
    fits = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if not fits or not low <= value <= high:
        of = f" of {'seconds' if unit == 's' else unit}" if unit else ""
        raise Refused(f"{what} is a number{of} from {low:g} to {high:g}, not {value!r}.")
    return round(float(value), 4)
