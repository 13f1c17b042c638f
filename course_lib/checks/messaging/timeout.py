"""01.timeout: how long to wait for a reply, from a sample of waits that were cut off."""

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import ceil, floor
from statistics import fmean, pstdev, stdev
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question

Waits = Sequence[float | None]

QUESTION = Question(
    "01.timeout",
    title="Choose a timeout",
    names=("choose_timeout",),
    signature="choose_timeout(waits: list[float | None], share: float) -> float | None",
    points=2,
    minutes=10,
    hints=(
        "Say of one candidate T how many calls would have waited longer. A call whose reply had not come when the old timeout ended it waited longer than every measured one.",
        "With n calls at most share * n may wait longer than T. Sort the measured waits and try them from the smallest.",
        "For T in sorted(measured): longer = (number of None) + (number of measured waits above T). Return the first T with longer <= share * len(waits); if there is none, return None.",
    ),
    misconceptions={
        "mean-plus-deviation": "Mean and standard deviation describe a bell. Waits have a long tail on one side, so count the calls instead.",
        "forgets-the-unanswered": "The unanswered calls were left out. They are the slowest of all: a percentile of the successes alone is too short, and worse the more calls failed.",
        "unanswered-as-zero": "None is not 0 seconds: the unanswered calls waited longer than all others.",
        "the-maximum": "That is the longest wait that was measured. The share that may wait longer allows less.",
        "off-by-one": "The rank is off by one. Count: how many of all calls waited longer than T, and how many may?",
        "wraps-round": "With this share the place in the list comes out as -1, and in Python that is the last: the longest wait. The place is 0 at least.",
        "interpolates": "That lies between two waits. Of the measured ones, take the smallest that will do.",
        "wrong-tail": "`share` of the calls may wait longer; here about that many wait less.",
        "guesses": "With more unanswered calls than `share` allows, the sample cannot tell: the right timeout is longer than the old one, and nobody has measured how much. Return None.",
        "another-timeout": "Take one candidate and count by hand how many of all calls would have waited longer.",
    },
    right=(
        "A timeout is a percentile of all calls, and what was cut off must be counted, else the timeout shrinks each time it is chosen anew. "
        "Think of next: it is right for this sample only. What happens to the false alarms, and to the load, when the server slows down and everybody retries?"
    ),
)


def model(waits: Waits, share: float) -> float | None:
    """The smallest measured wait that at most `share` of all calls would exceed."""
    return _smallest(waits, share * len(waits))


def _measured(waits: Waits) -> list[float]:
    return sorted(wait for wait in waits if wait is not None)


def _smallest(waits: Waits, allowed: float) -> float | None:
    measured = _measured(waits)
    good = (t for t in measured if len(waits) - bisect_right(measured, t) <= allowed)
    return next(good, None)


def _or_longest(waits: Waits, share: float) -> float | None:
    found = model(waits, share)
    return max(_measured(waits), default=None) if found is None else found


def _ranked(rank: Callable[[float], int], shift: int) -> Callable[[Waits, float], float | None]:
    """A place in the sorted list of all, with the unanswered at the end."""

    def choose(waits: Waits, share: float) -> float | None:
        everybody = [*_measured(waits), *[None] * sum(wait is None for wait in waits)]
        place = rank((1 - share) * len(waits)) + shift
        return everybody[place] if 0 <= place < len(everybody) else None

    return choose


def _from_the_end(waits: Waits, share: float) -> float | None:
    """The right place, but it may be -1."""
    everybody = [*_measured(waits), *[None] * sum(wait is None for wait in waits)]
    return everybody[len(everybody) - 1 - int(share * len(everybody))] if everybody else None


def _of_successes(waits: Waits, share: float) -> float | None:
    measured = _measured(waits)
    return _smallest(measured, share * len(measured))


def _place_of_successes(waits: Waits, share: float) -> float | None:
    measured = _measured(waits)
    return measured[min(int((1 - share) * len(measured)), len(measured) - 1)] if measured else None


def _between(values: Sequence[float], share: float) -> float | None:
    """numpy's percentile: a point between two values."""
    if not values:
        return None
    place = (1 - share) * (len(values) - 1)
    low = floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def _bell(
    width: float, deviation: Callable[[Sequence[float]], float]
) -> Callable[[Waits, float], float | None]:
    def choose(waits: Waits, share: float) -> float | None:
        measured = _measured(waits)
        return fmean(measured) + width * deviation(measured) if len(measured) > 1 else None

    return choose


def _zero(waits: Waits) -> list[float]:
    return [wait or 0.0 for wait in waits]


MISTAKES = [
    *(("mean-plus-deviation", _bell(width, how)) for width in (1, 2, 3) for how in (pstdev, stdev)),
    ("forgets-the-unanswered", _of_successes),
    ("forgets-the-unanswered", _place_of_successes),
    ("unanswered-as-zero", lambda waits, share: model(_zero(waits), share)),
    ("the-maximum", lambda waits, share: max(_measured(waits), default=None)),
    ("off-by-one", lambda waits, share: _smallest(waits, share * len(waits) + 1)),
    ("off-by-one", lambda waits, share: _smallest(waits, share * len(waits) - 1)),
    ("off-by-one", _ranked(floor, 0)),
    ("off-by-one", _ranked(ceil, 0)),
    ("wraps-round", _from_the_end),
    ("interpolates", lambda waits, share: _between(_measured(waits), share)),
    ("wrong-tail", lambda waits, share: model(waits, 1 - share)),
    ("guesses", _or_longest),
]


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single result."""
    waits, _ = case
    if got is not None and expected is None:
        return "guesses"
    return "interpolates" if isinstance(got, float) and got not in waits else "another-timeout"


def sample(seed: int, answered: int, unanswered: int) -> list[float | None]:
    """Waits with a long tail, cut off at 2 s."""
    chance = random.Random(seed)
    waits: list[float | None] = [round(0.02 + min(chance.expovariate(6), 1.9), 3) for _ in range(answered)]
    waits += [None] * unanswered
    chance.shuffle(waits)
    return waits


TEN = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.9]

Comparison(model, MISTAKES, otherwise).add_rungs(
    QUESTION,
    {
        "all calls answered": [
            (TEN, 0.25),
            (TEN, 0.1),
            (TEN[::-1], 0.5),
            ([0.3], 0.5),
            (TEN, 0.0),
            ([0.1, 0.2], 1.0),
        ],
        "waits that are equal": [([0.2, 0.1, 0.2, 0.2, 0.9], 0.25), ([0.5, 0.5, 0.1, 0.5], 0.75)],
        "some calls unanswered": [
            ([None, 0.4, 0.1, 0.3, None, 0.2, 0.5, 0.6], 0.5),
            ([0.4, None, 0.3, 0.1], 0.25),
            ([0.4, None, 0.3, 0.1, 0.2], 0.5),
        ],
        "too many unanswered": [
            ([0.4, None, 0.3, None], 0.25),
            ([None, None], 0.5),
            ([0.1, None, 0.2], 0.0),
            ([None], 1.0),
            ([], 0.5),
        ],
        "400 calls": [
            (sample(1, 398, 2), 0.01),
            (sample(2, 400, 0), 0.0625),
            (sample(3, 384, 16), 0.125),
            (sample(4, 384, 16), 0.03125),
        ],
    },
)
