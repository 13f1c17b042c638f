# %% right: unanswered calls as infinite waits, and a place in the sorted list
from math import floor, inf


def choose_timeout(waits, share):
    everybody = sorted(inf if wait is None else wait for wait in waits) or [inf]
    place = len(everybody) - 1 - floor(share * len(everybody))
    chosen = everybody[max(place, 0)]
    return None if chosen == inf else chosen


# %% right: counts for every candidate
def choose_timeout(waits, share):
    good = []
    for t in waits:
        if t is not None:
            longer = [w for w in waits if w is None or w > t]
            if len(longer) / len(waits) <= share:
                good.append(t)
    return min(good) if good else None


# %% wrong: mean-plus-deviation (as TCP's textbooks do)
from statistics import mean, stdev


def choose_timeout(waits, share):
    known = [w for w in waits if w is not None]
    if len(known) < 2:
        return None
    return mean(known) + 2 * stdev(known)


# %% wrong: mean-plus-deviation (three of them)
import numpy as np


def choose_timeout(waits, share):
    known = np.array([w for w in waits if w is not None])
    return known.mean() + 3 * known.std() if len(known) > 1 else None


# %% wrong: forgets-the-unanswered
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    for t in known:
        if sum(w > t for w in known) <= share * len(known):
            return t


# %% wrong: unanswered-as-zero
def choose_timeout(waits, share):
    filled = [0.0 if w is None else w for w in waits]
    for t in sorted(w for w in waits if w is not None):
        if len([w for w in filled if w > t]) <= share * len(filled):
            return t
    return None


# %% wrong: the-maximum
def choose_timeout(waits, share):
    return max([w for w in waits if w is not None], default=None)


# %% wrong: off-by-one (one place too far)
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    place = int((1 - share) * len(waits))
    return known[place] if place < len(known) else None


# %% wrong: off-by-one (strictly fewer)
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    for t in known:
        if len(waits) - sum(w <= t for w in known) < share * len(waits):
            return t
    return None


# %% wrong: wraps-round
from math import inf


def choose_timeout(waits, share):
    everybody = sorted(inf if wait is None else wait for wait in waits)
    if not everybody:
        return None
    chosen = everybody[len(everybody) - 1 - int(share * len(everybody))]
    return None if chosen == inf else chosen


# %% wrong: wraps-round (and an empty list is not thought of)
from math import inf


def choose_timeout(waits, share):
    everybody = sorted(waits, key=lambda wait: inf if wait is None else wait)
    return everybody[len(waits) - 1 - int(share * len(waits))]


# %% wrong: interpolates
import numpy as np


def choose_timeout(waits, share):
    known = [w for w in waits if w is not None]
    return float(np.percentile(known, 100 * (1 - share))) if known else None


# %% wrong: wrong-tail
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    for t in known:
        if sum(w is None or w > t for w in waits) <= (1 - share) * len(waits):
            return t
    return None


# %% wrong: guesses
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    for t in known:
        if sum(w is None or w > t for w in waits) <= share * len(waits):
            return t
    return known[-1] if known else None


# %% wrong: another-timeout (the middle, whatever the share)
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    return known[len(known) // 2] if known else None


# %% wrong: no-return
def choose_timeout(waits, share):
    known = sorted(w for w in waits if w is not None)
    for t in known:
        if sum(w is None or w > t for w in waits) <= share * len(waits):
            print(t)
            break


# %% error: raised (sorts numbers and None together)
def choose_timeout(waits, share):
    waits = sorted(waits)
    return next(t for t in waits if sum(w > t for w in waits) <= share * len(waits))


# %% error: raised (an empty list is not thought of)
from math import inf


def choose_timeout(waits, share):
    everybody = sorted(inf if wait is None else wait for wait in waits)
    chosen = everybody[max(len(everybody) - 1 - int(share * len(everybody)), 0)]
    return None if chosen == inf else chosen
