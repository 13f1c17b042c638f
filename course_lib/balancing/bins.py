"""Balls into bins: the smallest picture of what a second choice does.

Y. Azar, A. Broder, A. Karlin and E. Upfal, "Balanced Allocations", STOC 1994.
"""

from __future__ import annotations

import numpy as np


def throw(balls: int, choices: int = 1, *, seed: int = 0) -> list[int]:
    """Throws balls into as many bins, each into the least full of so many at random; how many each bin has.

    Raises ValueError where one of the numbers is below 1.
    """
    for name, value in {"balls": balls, "choices": choices}.items():
        if type(value) is not int or value < 1:
            raise ValueError(f"{name} is a whole number, 1 or more, not {value!r}")
    drawn = np.random.default_rng(seed).integers(balls, size=(balls, choices)).tolist()
    bins = [0] * balls
    for places in drawn:
        bins[min(places, key=bins.__getitem__)] += 1
    return bins
