# %% right: by the least common multiple
from math import lcm

by_hand = 0.909


def moved_share(before, after):
    return 1 - min(before, after) / lcm(before, after)


# %% right: with numpy, as a percentage turned into a share
import numpy as np

by_hand = 1 - 1 / 11


def moved_share(before, after):
    h = np.arange(before * after)
    return np.float64(np.mean(h % before != h % after) * 100) / 100


# %% right: fractions
from fractions import Fraction

by_hand = Fraction(10, 11)


def moved_share(before, after):
    period = before * after
    return Fraction(sum(h % before != h % after for h in range(period)), period)


# %% wrong: ideal-share (by hand)
by_hand = 1 / 11


def moved_share(before, after):
    period = before * after
    return sum(h % before != h % after for h in range(period)) / period


# %% wrong: ideal-share (in code)
by_hand = 10 / 11


def moved_share(before, after):
    return abs(after - before) / max(before, after)


# %% wrong: one-node-of-n
by_hand = 10 / 11


def moved_share(before, after):
    return 1 / before


# %% wrong: old-number
by_hand = 0.9


def moved_share(before, after):
    return 1 - 1 / before


# %% wrong: count-for-share
by_hand = 10 / 11


def moved_share(before, after):
    return sum(h % before != h % after for h in range(before * after))


# %% wrong: percent-for-share
by_hand = 90.9


def moved_share(before, after):
    period = before * after
    return sum(h % before != h % after for h in range(period)) / period


# %% wrong: coprime-only
by_hand = 10 / 11


def moved_share(before, after):
    if before == after:
        return 0
    return 1 - 1 / max(before, after)


# %% wrong: stays-not-moves
by_hand = 10 / 11


def moved_share(before, after):
    period = before * after
    return sum(h % before == h % after for h in range(period)) / period


# %% wrong: by-hand-missing
by_hand = None


def moved_share(before, after):
    period = before * after
    return sum(h % before != h % after for h in range(period)) / period


# %% wrong: some-other-share (counts keys whose node number grows)
by_hand = 10 / 11


def moved_share(before, after):
    period = before * after
    return sum(h % after > h % before for h in range(period)) / period


# %% error: raised (nothing to divide by when nothing changes)
by_hand = 10 / 11


def moved_share(before, after):
    period = before * after if before != after else 0
    return sum(h % before != h % after for h in range(period)) / period
