"""What is drawn of a policy's run: the queues at many moments, percentiles so far, and what theory says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from course_lib.balancing import Report

SAMPLES, CHECKS = (
    2000,
    100,
)  # moments at which queues are counted; of these, at so many the percentiles so far
ENOUGH = 100  # answers, before which a p99 would be the maximum of a few


class Theory(NamedTuple):
    """What queueing theory says of latencies: the queue's name, their mean, and a function from 0.99 to the p99."""

    name: str
    mean: float
    quantile: Callable[[float], float]


@dataclass(frozen=True)
class Side:
    """A policy and its run. `whole` begins with empty servers; `warmup` is the share that percentiles leave out."""

    name: str
    whole: Report
    theory: Theory | None = None
    warmup: float = 0.1

    @cached_property
    def report(self) -> Report:
        """Without the warm-up."""
        whole = self.whole
        ends = whole.times + whole.latencies
        return Report(whole.times, ends, whole.chosen, whole.failed, whole.servers, self.warmup)

    @property
    def end(self) -> float:
        """When the last request comes."""
        return float(self.whole.times[-1])

    @property
    def began(self) -> float:
        """From when on requests count."""
        return float(self.report.times[0])

    @cached_property
    def moments(self) -> np.ndarray:
        """The times of the samples."""
        return np.linspace(0, self.end, SAMPLES)

    @cached_property
    def queues(self) -> np.ndarray:
        """How many requests each server has, [server, sample]."""
        whole = self.whole
        counted = []
        for server in whole.servers:
            mine = whole.chosen == server.index
            came, ends = whole.times[mine], np.sort(whole.times[mine] + whole.latencies[mine])
            here = (
                np.searchsorted(came, self.moments, "right"),
                np.searchsorted(ends, self.moments, "right"),
            )
            counted.append(here[0] - here[1])
        return np.array(counted)

    @cached_property
    def busy(self) -> list[float]:
        """The share of the samples at which each server had something to do."""
        return [float(share) for share in (self.queues > 0).mean(axis=1)]

    @cached_property
    def so_far(self) -> list[str]:
        """At each check, the percentiles of what came after the warm-up and has been answered by then."""
        report = self.report
        answered = ~report.failed
        ends = report.times[answered] + report.latencies[answered]
        order = np.argsort(ends, kind="stable")
        latencies = report.latencies[answered][order]
        counts = np.searchsorted(ends[order], np.linspace(0, self.end, CHECKS + 1), "right")
        return [_percentiles(latencies[:count]) for count in counts]

    def told(self, sample: int) -> str:
        """The words below the name, at a sample."""
        return f"{self.queues[:, sample].sum():,} here; {self.so_far[check(sample)]}"

    def latency(self, q: float) -> float | None:
        """None where all requests failed."""
        return None if self.report.failed.all() else self.report.latency(q)

    @property
    def mean(self) -> float | None:
        return None if self.report.failed.all() else self.report.mean


def check(sample: int) -> int:
    """The last check at a sample or before it."""
    return sample * CHECKS // (SAMPLES - 1)


def number(value: float | None) -> str:
    """A time in as many digits as one compares."""
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 99.95 else f"{value:,.0f}"


def _percentiles(latencies: np.ndarray) -> str:
    """By the same rule as Report.latency, but without sorting all that there is each time."""
    count = len(latencies)
    if count < ENOUGH:
        return "warming up"
    ranks = [-(-count * percent // 100) - 1 for percent in (50, 99)]
    p50, p99 = np.partition(latencies, ranks)[ranks]
    return f"answered so far: p50 {number(float(p50))}, p99 {number(float(p99))}"
