"""What came of a simulation: how long requests took, and how the work was spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from course_lib.balancing.servers import Server


class Report:
    """Times are in the unit in which work was given. Requests of the warm-up are left out, but for `servers`.

    Attributes:
        times: when each request came. latencies: how long it took. chosen: the index of its server. failed: whether it
            failed. (Arrays of the same length; of the latencies below, only those that did not fail count.)
        servers: as they are at the end, with `served` and `busy`, from the very beginning.
    """

    def __init__(
        self,
        times: np.ndarray,
        ends: np.ndarray,
        chosen: np.ndarray,
        failed: np.ndarray,
        servers: list[Server],
        warmup: float,
    ) -> None:
        kept = slice(min(round(len(times) * warmup), len(times) - 1), None)
        self.times, self.chosen, self.failed = times[kept], chosen[kept], failed[kept]
        self.latencies = ends[kept] - self.times
        self.servers, self.duration = servers, float(ends.max())
        self._answered = np.sort(self.latencies[~self.failed])

    def latency(self, q: float) -> float:
        """The time within which a share q of the requests was answered: `latency(0.99)` is the p99.

        Raises ValueError for a q that is no share, and where all failed.
        """
        if not 0 <= q <= 1:
            raise ValueError(f"q is a share, such as 0.99 for the p99, not {q!r}")
        if not len(self._answered):
            raise ValueError("all requests failed, so there is no latency")
        rank = int(np.ceil(round(q * len(self._answered), 6)))  # 0.07 * 100 is a little above 7
        return float(self._answered[max(rank, 1) - 1])

    @property
    def mean(self) -> float:
        """Of the latencies. NaN where all requests failed."""
        return float(self._answered.mean()) if len(self._answered) else float("nan")

    @property
    def errors(self) -> float:
        """The share that failed."""
        return float(self.failed.mean())

    @property
    def utilisations(self) -> list[float]:
        """The share of the time that each server worked."""
        return [server.busy / self.duration for server in self.servers]

    @property
    def utilisation(self) -> float:
        """The mean of `utilisations`."""
        return float(np.mean(self.utilisations))

    @property
    def imbalance(self) -> float:
        """How long the busiest server worked, divided by the mean: 1 is perfect."""
        return max(self.utilisations) / self.utilisation if self.utilisation else 1.0

    def __repr__(self) -> str:
        told = f"{len(self.times):,} requests: mean {self.mean:.2f}"
        if len(self._answered):
            told += f", p50 {self.latency(0.5):.2f}, p99 {self.latency(0.99):.2f}"
        return (
            told
            + f", imbalance {self.imbalance:.2f}"
            + (f", {self.errors:.1%} failed" if self.errors else "")
        )
