"""The slowest few: what a second copy of a late request saves, and what a request to many servers suffers.

J. Dean and L. Barroso, "The Tail at Scale", CACM 56(2), 2013. The delays here do not depend on the load. Where they
come from the load itself, more requests make them longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def stragglers(
    requests: int,
    *,
    usual: float = 6.5,
    share: float = 0.02,
    late: tuple[float, float] = (100.0, 300.0),
    seed: int = 0,
) -> np.ndarray:
    """Delays in ms: exponential with mean `usual`, but for a share of stragglers, which take from `late` to `late`."""
    _share("share", share)
    generator = np.random.default_rng(seed)
    delays = generator.exponential(usual, requests)
    is_late = generator.random(requests) < share
    delays[is_late] = generator.uniform(*late, is_late.sum())
    return delays


@dataclass(frozen=True)
class Hedged:
    """Latencies, as they are with hedging, and the copies that were sent for one request, on average."""

    latencies: np.ndarray
    more_load: float


def hedge(first: np.ndarray, second: np.ndarray, after: float) -> Hedged:
    """Sends a second copy of each request that is not answered after so long, and takes the answer that comes first.

    Both answer, so a request must do no harm if it is carried out twice. `first` and `second` are the delays of the
    copies, of the same length.
    """
    if len(first) != len(second):
        raise ValueError(f"each request has two delays, but there are {len(first)} and {len(second)}")
    if after < 0:
        raise ValueError(f"after is a time, 0 or more, not {after!r}")
    hedged = first > after
    latencies = np.where(hedged, np.minimum(first, after + second), first)
    return Hedged(latencies, float(hedged.mean()))


def slowest_of(delays: np.ndarray, servers: int) -> np.ndarray:
    """Requests that are answered when all of so many servers have answered their part."""
    if type(servers) is not int or not 1 <= servers <= len(delays):
        raise ValueError(
            f"servers is 1 or more, and at most the {len(delays)} delays that there are, not {servers!r}"
        )
    return delays[: len(delays) // servers * servers].reshape(-1, servers).max(axis=1)


def _share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is a share, 0 to 1, not {value!r}")
