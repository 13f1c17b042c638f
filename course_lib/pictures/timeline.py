"""A time axis, and the moments at which the operations of a linearization can have taken effect."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby
from math import floor, log10

from course_lib.consistency.history import Operation


def moments(order: Sequence[Operation], last: float) -> list[float]:
    """A moment for each operation of a linearization, each within its operation, each after the one before."""
    earliest = list(accumulate((one.begun for one in order), max))
    latest = list(accumulate((min(one.ended, last) for one in reversed(order)), min))[::-1]
    middle = [(low + max(low, high)) / 2 for low, high in zip(earliest, latest, strict=True)]
    found = []
    for at, group in groupby(range(len(order)), key=middle.__getitem__):
        same = list(
            group
        )  # they have the same limits too, and share the room up to half the way to their neighbours
        low, high = earliest[same[0]], max(earliest[same[0]], latest[same[0]])
        if same[0] > 0:
            low = max(low, (middle[same[0] - 1] + at) / 2)
        if same[-1] + 1 < len(order):
            high = min(high, (at + middle[same[-1] + 1]) / 2)
        found += [low + (high - low) * (rank + 1) / (len(same) + 1) for rank in range(len(same))]
    return found


def ticks(first: float, last: float) -> list[float]:
    """Six or so round numbers."""
    rough = (last - first) / 6
    power = 10.0 ** floor(log10(rough))
    step = min((power * factor for factor in (1, 2, 5, 10)), key=lambda size: abs(size - rough))
    start = -(-first // step)
    count = int((last - start * step) / step + 1e-9) + 1
    return [round((start + number) * step, 10) for number in range(count)]
