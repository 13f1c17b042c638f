"""Bulkheads: what hangs may take its own workers, and not those of everything else.

M. Nygard, "Release It!", 2nd edition, 2018, chapter 5. Named after the walls that divide a ship's hull.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from math import inf
from random import Random

TIMEOUT = 10.0  # seconds after which a call that hangs is given up
WORK = 0.1  # seconds of a call that does not hang
PATIENCE = 1.0  # seconds after which whoever asked has gone


def answered(
    pools: Mapping[str, int],
    *,
    rate: float = 50.0,
    hangs: str = "ads",
    seconds: float = 60.0,
    seed: int = 0,
) -> dict[str, float]:
    """The share of requests that are answered in time, by what they need.

    A service calls others: "orders" and "ads", say. Each call keeps a worker until it ends. One of the others hangs
    from the first second to the last.

    Args:
        pools: workers by what they are for, in names joined by "+": {"orders+ads": 20}, or {"orders": 10, "ads": 10}.
        rate: requests a second for each, at random moments.
        hangs: which one hangs; "" for none.
        seconds: how long the requests come.

    Raises ValueError for a pool without workers, a name that is missing or there twice, one that hangs and is in no
    pool, and a rate or time that is not above 0.
    """
    if not 0 < rate < inf or not 0 < seconds < inf:
        raise ValueError(f"rate and seconds are above 0, not {rate!r} and {seconds!r}")
    for names, workers in pools.items():
        if type(workers) is not int or workers < 1:
            raise ValueError(f"a pool has 1 worker or more, not {workers!r} for {names!r}")
    named = {names: [name.strip() for name in names.split("+")] for names in pools}
    known = [name for names in named.values() for name in names]
    if "" in known or len(set(known)) < len(known):
        raise ValueError(
            f"each pool needs names, and each name is in one pool, not {', '.join(map(repr, pools))}"
        )
    if hangs and hangs not in known:
        raise ValueError(
            f'the pools are for {", ".join(known)}; {hangs!r} is none of them, and "" lets nobody hang'
        )
    shares: dict[str, float] = {}
    for names, workers in pools.items():
        shares |= _pool(named[names], workers, rate, hangs, seconds, seed)
    return shares


def _pool(
    names: list[str], workers: int, rate: float, hangs: str, seconds: float, seed: int
) -> dict[str, float]:
    """First come, first served. Whoever has waited too long is gone, and takes no worker."""
    arrivals = sorted((moment, name) for name in names for moment in _moments(name, rate, seconds, seed))
    free = [0.0] * workers  # when each worker is free
    heapify(free)
    asked, served = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for moment, name in arrivals:
        asked[name] += 1
        begins = max(moment, free[0])
        takes = TIMEOUT if name == hangs else WORK
        if begins + WORK <= moment + PATIENCE:
            heappop(free)
            heappush(free, begins + takes)
            served[name] += name != hangs
    return {name: served[name] / asked[name] for name in names if asked[name]}


def _moments(name: str, rate: float, seconds: float, seed: int) -> list[float]:
    random, moments = Random(f"{name}/{seed}"), []
    now = random.expovariate(rate)
    while now < seconds:
        moments.append(now)
        now += random.expovariate(rate)
    return moments
