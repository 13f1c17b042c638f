"""How often enough machines are up: each fails by itself and is repaired, and now and then something takes all of them.

No formula in here: machines run for years of simulated time, and one looks how long enough of them were up at once. The
formulas are what the runs are to be compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from random import Random


def share_up(
    machines: Sequence[float],
    needed: int,
    *,
    shared: float = 1.0,
    repair: float = 1.0,
    time: float = 100_000.0,
    seed: int = 0,
) -> float:
    """The share of the time for which at least `needed` of the machines are up, 0 to 1.

    Args:
        machines: of each its availability, the share of the time for which it is up, above 0 and up to 1.
        shared: the availability of something that all need: a power supply, a release, a certificate.
        repair: how long a repair takes on average. Times to failure and repairs are exponential.
        time: how long the run lasts, in the same unit.

    Raises ValueError for an availability out of that range, for more machines needed than there are, and for times that
    are not above 0.
    """
    if not 0 < repair < inf or not 0 < time < inf:
        raise ValueError(f"repair and time are times above 0, not {repair!r} and {time!r}")
    if type(needed) is not int or not 0 <= needed <= len(machines):
        raise ValueError(f"of {len(machines)} machines 0 to {len(machines)} can be needed, not {needed!r}")
    for availability in (*machines, shared):
        if not 0 < availability <= 1:
            raise ValueError(f"an availability is above 0 and up to 1, not {availability!r}")
    changes = [(0.0, len(machines)), (time, 0)]
    for number, availability in enumerate(machines):
        changes += _changes(1, failures(availability, repair, time, Random(f"{seed}/{number}")))
    # What takes all takes one more than there are: with it, never are enough up, not even 0.
    changes += _changes(len(machines) + 1, failures(shared, repair, time, Random(f"{seed}/shared")))
    return _time_with(needed, sorted(changes)) / time


def failures(
    availability: float, repair: float, time: float, random: Random
) -> Iterator[tuple[float, float]]:
    """From when to when a machine is down, again and again until `time`."""
    if availability == 1:
        return
    lives = repair * availability / (1 - availability)  # on average
    now = random.expovariate(1 / lives)
    while now < time:
        until = min(time, now + random.expovariate(1 / repair))
        yield now, until
        now = until + random.expovariate(1 / lives)


def _changes(how_many: int, downs: Iterable[tuple[float, float]]) -> Iterator[tuple[float, int]]:
    for begins, ends in downs:
        yield begins, -how_many
        yield ends, how_many


def _time_with(needed: int, changes: Iterable[tuple[float, int]]) -> float:
    """How long the running sum of the changes was at least `needed`."""
    up, total = 0, 0.0
    for (moment, change), (following, _) in pairwise(changes):
        up += change
        total += (following - moment) * (up >= needed)
    return total
