"""A long job on a machine that crashes: each checkpoint takes time, and each crash costs what came after the last one.

J. W. Young, "A First Order Approximation to the Optimum Checkpoint Interval", CACM 17(9), 1974.
"""

from __future__ import annotations

from math import inf, sqrt
from random import Random

LONGEST = 12  # times the mean time between failures; such a piece is done in one of 160,000 tries
MOST = 1_000_000  # checkpoints


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

    Raises ValueError for a time that is not above 0, and for a piece of work so much longer than the time between
    failures that it would hardly ever be done.
    """
    for name, value in {"work": work, "cost": cost, "mtbf": mtbf, "restart": restart}.items():
        if not 0 < value < inf:
            raise ValueError(f"{name} is a time above 0, not {value!r}")
    if not every > 0:
        raise ValueError(f"every is a time above 0, or inf for never, not {every!r}")
    piece = min(every, work) + cost
    if piece > LONGEST * mtbf:
        raise ValueError(
            f"{piece:g} from one checkpoint to the next, and a crash every {mtbf:g} on average: the job would hardly "
            "ever end; take a smaller `every`"
        )
    if work > MOST * every:
        raise ValueError(f"{work / every:,.0f} checkpoints are too many to play: take a larger `every`")
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
    """The interval that costs least: so long that checkpoints and lost work cost the same, sqrt(2 * cost * mtbf).

    Raises ValueError for a time that is not above 0.
    """
    if not cost > 0 or not mtbf > 0:
        raise ValueError(f"cost and mtbf are times above 0, not {cost!r} and {mtbf!r}")
    return sqrt(2 * cost * mtbf)
