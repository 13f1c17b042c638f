"""The detector of 10.phi as it should be, and as learners write it by mistake: one thing differs each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import erf, erfc, inf, log, log10, sqrt
from statistics import fmean, median, pstdev, stdev
from typing import Any

LEAST_CHANCE = 1e-300


class Model:
    """The last gaps, and when the last heartbeat arrived."""

    def __init__(self, window: int, least: float) -> None:
        self.window, self.least = window, least
        self.gaps: list[float] = []
        self.last: float | None = self.begin()

    def begin(self) -> float | None:
        return None

    def heartbeat(self, now: float) -> None:
        if self.last is not None:
            self.gaps = self.kept([*self.gaps, now - self.last])
        self.last = now

    def kept(self, gaps: list[float]) -> list[float]:
        return gaps[-self.window :]

    def phi(self, now: float) -> float:
        if not self.is_enough():
            return 0.0
        gaps = self.compared(now)
        return self.of((self.waited(now) - self.mean(gaps)) / (self.deviation(gaps) * sqrt(2)))

    def is_enough(self) -> bool:
        return len(self.gaps) >= 2

    def compared(self, now: float) -> list[float]:
        """The gaps that the wait is compared with."""
        return self.gaps

    def waited(self, now: float) -> float:
        return now - (self.last or 0.0)

    def mean(self, gaps: Sequence[float]) -> float:
        return fmean(gaps)

    def deviation(self, gaps: Sequence[float]) -> float:
        return max(pstdev(gaps), self.least)

    def of(self, x: float) -> float:
        return -log10(max(self.chance(x), LEAST_CHANCE))

    def chance(self, x: float) -> float:
        return erfc(x) / 2


class OneMinusCdf(Model):
    def chance(self, x: float) -> float:
        return 1 - (1 + erf(x)) / 2


class OneMinusCdfAndLogOfZero(OneMinusCdf):
    def of(self, x: float) -> float:
        return -log10(self.chance(x))


class OneMinusCdfIsInfinite(OneMinusCdf):
    def of(self, x: float) -> float:
        return -log10(self.chance(x)) if self.chance(x) > 0 else inf


class OnePlusErf(Model):
    """The same tail by the other end, where erf is nearly -1. In Python 3.11 NormalDist.cdf does that."""

    def chance(self, x: float) -> float:
        return (1 + erf(-x)) / 2


class OnePlusErfIsInfinite(OnePlusErf):
    def of(self, x: float) -> float:
        return -log10(self.chance(x)) if self.chance(x) > 0 else inf


class LogOfZero(Model):
    def of(self, x: float) -> float:
        return -log10(self.chance(x))


class Infinite(Model):
    def of(self, x: float) -> float:
        return -log10(self.chance(x)) if self.chance(x) > 0 else inf


class CapsOnlyZero(Model):
    """The least chance in place of 0, and only there."""

    def of(self, x: float) -> float:
        return -log10(self.chance(x) or LEAST_CHANCE)


class NotTheTail(Model):
    """The chance that a gap is shorter."""

    def chance(self, x: float) -> float:
        return erfc(-x) / 2


class NotTheTailByErf(Model):
    def chance(self, x: float) -> float:
        return (1 + erf(x)) / 2


class TwoSided(Model):
    """erfc is twice the tail."""

    def chance(self, x: float) -> float:
        return erfc(x)


class NoRootOfTwo(Model):
    """erfc as if it counted in deviations."""

    def chance(self, x: float) -> float:
        return erfc(x * sqrt(2)) / 2


class NaturalLog(Model):
    def of(self, x: float) -> float:
        return -log(max(self.chance(x), LEAST_CHANCE))


class Exponential(Model):
    """The other law, of which only the mean counts."""

    def phi(self, now: float) -> float:
        return self.waited(now) / fmean(self.gaps) / log(10) if self.is_enough() else 0.0


class NoLeast(Model):
    def deviation(self, gaps: Sequence[float]) -> float:
        return pstdev(gaps)


class LeastForZero(Model):
    """The least deviation where there is none at all, and only there."""

    def deviation(self, gaps: Sequence[float]) -> float:
        return pstdev(gaps) or self.least


class ZeroIsCertain(Model):
    """Where all gaps are alike, a longer one is impossible."""

    def phi(self, now: float) -> float:
        if self.is_enough() and pstdev(self.gaps) == 0:
            return 0.0 if self.waited(now) <= fmean(self.gaps) else inf
        return super().phi(now)


class ZeroIsNothing(Model):
    def phi(self, now: float) -> float:
        return 0.0 if self.is_enough() and pstdev(self.gaps) == 0 else super().phi(now)


class AddsTheLeast(Model):
    def deviation(self, gaps: Sequence[float]) -> float:
        return pstdev(gaps) + self.least


class SampleDeviation(Model):
    def deviation(self, gaps: Sequence[float]) -> float:
        return max(stdev(gaps), self.least)


class RootOfLessThanNothing(Model):
    """Takes the square of the mean from the mean of the squares, and the root of what is left."""

    def deviation(self, gaps: Sequence[float]) -> float:
        return max(sqrt(self.mean([gap * gap for gap in gaps]) - self.mean(gaps) ** 2), self.least)


class RootOfLessThanNothingBySums(RootOfLessThanNothing):
    """The same in other sums: it comes out below 0 for other gaps."""

    def mean(self, gaps: Sequence[float]) -> float:
        return sum(gaps) / len(gaps)


class Variance(Model):
    def deviation(self, gaps: Sequence[float]) -> float:
        return max(pstdev(gaps) ** 2, self.least)


class Middle(Model):
    def mean(self, gaps: Sequence[float]) -> float:
        return median(gaps)


class OutageCounts(Model):
    """The wait is one of the gaps before it is over."""

    def compared(self, now: float) -> list[float]:
        return self.kept([*self.gaps, self.waited(now)])


class OutageStays(Model):
    """Each question puts the wait among the gaps."""

    def compared(self, now: float) -> list[float]:
        self.gaps = self.kept([*self.gaps, self.waited(now)])
        return self.gaps


class WholeHistory(Model):
    def kept(self, gaps: list[float]) -> list[float]:
        return gaps


class TheFirst(Model):
    """When the window is full, nothing is learnt any more."""

    def kept(self, gaps: list[float]) -> list[float]:
        return gaps[: self.window]


class CountsHeartbeats(Model):
    """So many heartbeats make one gap less."""

    def kept(self, gaps: list[float]) -> list[float]:
        return gaps[-(self.window - 1) :]


class GapFromZero(Model):
    """The first heartbeat ends a gap, too."""

    def begin(self) -> float:
        return 0.0


class NothingAtZero(Model):
    """Asks whether the time of the last heartbeat is true, and 0 is false."""

    def heartbeat(self, now: float) -> None:
        self.last = self.last or None
        super().heartbeat(now)


class GapOfNothing(Model):
    """The first heartbeat ends a gap of 0."""

    def heartbeat(self, now: float) -> None:
        if self.last is None:
            self.last = now
        super().heartbeat(now)


class OneGap(Model):
    """One gap has a mean, and the least deviation."""

    def is_enough(self) -> bool:
        return len(self.gaps) >= 1


class NoGap(Model):
    """Does not look whether there are gaps."""

    def is_enough(self) -> bool:
        return True


class WaitsForAFullWindow(Model):
    def is_enough(self) -> bool:
        return len(self.gaps) >= self.window


MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("one-minus-cdf", OneMinusCdf),
    ("one-minus-cdf", OneMinusCdfAndLogOfZero),
    ("one-minus-cdf", OneMinusCdfIsInfinite),
    ("one-minus-cdf", OnePlusErf),
    ("one-minus-cdf", OnePlusErfIsInfinite),
    ("log-of-zero", LogOfZero),
    ("log-of-zero", Infinite),
    ("caps-only-zero", CapsOnlyZero),
    ("not-the-tail", NotTheTail),
    ("not-the-tail", NotTheTailByErf),
    ("two-sided", TwoSided),
    ("no-root-of-two", NoRootOfTwo),
    ("natural-log", NaturalLog),
    ("exponential", Exponential),
    ("zero-deviation", NoLeast),
    ("zero-deviation", LeastForZero),
    ("zero-deviation", ZeroIsCertain),
    ("zero-deviation", ZeroIsNothing),
    ("adds-the-least", AddsTheLeast),
    ("sample-deviation", SampleDeviation),
    ("root-of-less-than-0", RootOfLessThanNothing),
    ("root-of-less-than-0", RootOfLessThanNothingBySums),
    ("another-measure", Variance),
    ("another-measure", Middle),
    ("outage-in-window", OutageCounts),
    ("outage-in-window", OutageStays),
    ("whole-history", WholeHistory),
    ("whole-history", TheFirst),
    ("counts-heartbeats", CountsHeartbeats),
    ("nothing-at-0", NothingAtZero),
    ("gap-from-zero", GapFromZero),
    ("gap-from-zero", GapOfNothing),
    ("too-few", OneGap),
    ("too-few", NoGap),
    ("too-few", WaitsForAFullWindow),
]
