"""A long job on a machine that crashes: each checkpoint takes time, and each crash costs what came after the last one.

J. W. Young, "A First Order Approximation to the Optimum Checkpoint Interval", CACM 17(9), 1974.
"""

from __future__ import annotations

from math import inf, sqrt
from random import Random


def time_taken(
    work: float,
    *,
    every: float = inf,
    cost: float = 0.1,
    mtbf: float = 24.0,
    restart: float = 0.1,
    seed: int = 0,
) -> float:
    """How long a job takes that would take `work` if nothing crashed. All in one unit, hours for instance.

    Args:
        every: how much work lies between two checkpoints.
        cost: how long it takes to write one.
        mtbf: the mean time between failures. They come at random moments.
        restart: how long it takes to be at work again.

    Raises ValueError for a time that is not above 0.
    """
    for name, value in {"work": work, "every": every, "cost": cost, "mtbf": mtbf, "restart": restart}.items():
        if not value > 0:
            raise ValueError(f"{name} is a time above 0, not {value!r}")
    random = Random(f"crashes/{seed}")
    now, saved, crash = 0.0, 0.0, random.expovariate(1 / mtbf)
    while saved < work:
        piece = min(every, work - saved)
        ends = now + piece + (cost if saved + piece < work else 0.0)
        if ends <= crash:
            now, saved = ends, saved + piece
        else:
            now = crash + restart
            crash = now + random.expovariate(1 / mtbf)
    return now


def young(cost: float, mtbf: float) -> float:
    """The interval that costs least: so long that checkpoints and lost work cost the same, sqrt(2 * cost * mtbf)."""
    return sqrt(2 * cost * mtbf)
