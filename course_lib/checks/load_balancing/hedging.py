"""The two functions of 09.hedge as they should be, and as learners write them by mistake."""

from collections.abc import Callable, Sequence
from math import ceil, floor
from statistics import mean
from typing import Any

Latencies = Sequence[float]
Requests = Sequence[tuple[float, float, bool]]
"""How long the first copy takes, how long a second one, and whether it may be carried out twice."""


def ranked(latencies: Latencies, percent: float) -> float:
    """The smallest latency within which so many per cent were answered."""
    rank = -(-percent * len(latencies) // 100)  # rounded up
    return sorted(latencies)[int(rank) - 1]


def percentile(servers: Sequence[Latencies], percent: int) -> Any:
    return ranked([one for server in servers for one in server], percent)


# Mistaken


def of_all(rule: Callable[[Latencies, float], Any]) -> Callable[..., Any]:
    """Another rule, for the latencies of all servers."""
    return lambda servers, percent: rule([one for server in servers for one in server], percent)


def of_each(together: Callable[[list[float]], Any], skips: bool = True) -> Callable[..., Any]:
    """Each server's own percentile, put together in some way."""

    def mistaken(servers: Sequence[Latencies], percent: int) -> Any:
        return together([ranked(server, percent) for server in servers if server or not skips])

    return mistaken


def unsorted(latencies: Latencies, percent: float) -> float:
    return latencies[int(-(-percent * len(latencies) // 100)) - 1]


def rank_too_high(latencies: Latencies, percent: float) -> float:
    """int(n * p / 100) as a place from 0."""
    return sorted(latencies)[int(percent * len(latencies) / 100)]


def rank_too_high_capped(latencies: Latencies, percent: float) -> float:
    return sorted(latencies)[min(int(percent * len(latencies) / 100), len(latencies) - 1)]


def rank_too_low(latencies: Latencies, percent: float) -> float:
    return sorted(latencies)[floor(percent * len(latencies) / 100) - 1]


def rank_too_low_capped(latencies: Latencies, percent: float) -> float:
    return sorted(latencies)[max(floor(percent * len(latencies) / 100) - 1, 0)]


def rank_rounded(latencies: Latencies, percent: float) -> float:
    return sorted(latencies)[max(round(percent * len(latencies) / 100) - 1, 0)]


def rank_of_the_rest(latencies: Latencies, percent: float) -> float:
    """int((n - 1) * p / 100), as with interpolation but without it."""
    return sorted(latencies)[int(percent * (len(latencies) - 1) / 100)]


def rank_in_floats(latencies: Latencies, percent: float) -> float:
    """The share first: 0.07 * 100 is a little above 7."""
    return sorted(latencies)[ceil(percent / 100 * len(latencies)) - 1]


def interpolated(latencies: Latencies, percent: float) -> float:
    """As numpy does."""
    spot = percent / 100 * (len(latencies) - 1)
    below = sorted(latencies)[int(spot)]
    above = sorted(latencies)[min(int(spot) + 1, len(latencies) - 1)]
    return below + (above - below) * (spot - int(spot))


PERCENTILE_MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("no-return", lambda *case: None),
    ("mean-of-percentiles", of_each(mean)),
    ("mean-of-percentiles", of_each(mean, skips=False)),
    ("mean-of-percentiles", of_each(lambda each: sorted(each)[len(each) // 2])),
    ("worst-of-percentiles", of_each(max)),
    ("worst-of-percentiles", of_each(max, skips=False)),
    ("not-sorted", of_all(unsorted)),
    ("rank-too-high", of_all(rank_too_high)),
    ("rank-too-high", of_all(rank_too_high_capped)),
    ("rank-too-low", of_all(rank_too_low)),
    ("rank-too-low", of_all(rank_too_low_capped)),
    ("rank-too-low", of_all(rank_rounded)),
    ("rank-too-low", of_all(rank_of_the_rest)),
    ("share-in-floats", of_all(rank_in_floats)),
    ("interpolates", of_all(interpolated)),
    ("takes-a-share", of_all(lambda latencies, percent: ranked(latencies, 100 * percent))),
    ("a-mean", of_all(lambda latencies, percent: mean(latencies))),
]


def hedge(
    requests: Requests,
    after: float,
    *,
    is_hedged: Callable[[float, float, bool], bool] = lambda first, after, safe: first > after and safe,
    end: Callable[[float, float, float], float] = lambda first, second, after: min(first, after + second),
    work: Callable[..., float] = lambda first, second, after, end: end + (end - after),
    tells: Callable[[float, float, float], list[float]] | None = None,
    counted: Callable[[int, int], Any] = lambda copies, requests: copies,
) -> Any:
    """The rule. Mistaken with another condition, another end, other work, or more than one latency a request."""
    latencies: list[float] = []
    copies, worked = 0, 0.0
    for first, second, safe in requests:
        if not is_hedged(first, after, safe):
            latencies.append(first)
            worked += first
            continue
        copies += 1
        over = end(first, second, after)
        latencies += tells(first, second, after) if tells else [over]
        worked += work(first, second, after, over)
    return latencies, counted(copies, len(requests)), worked


def mistaken(**change: Any) -> Callable[..., Any]:
    return lambda *case: hedge(*case, **change)


def at_once(safe_only: bool) -> Callable[..., Any]:
    """Two copies from the beginning."""

    def copies(requests: Requests, after: float) -> Any:
        return hedge(requests, 0, is_hedged=lambda first, after, safe: safe or not safe_only)

    return copies


def in_turn(requests: Requests, after: float) -> Any:
    """The work is that of the latencies: the copy is forgotten."""
    latencies, copies, _ = hedge(requests, after)
    return latencies, copies, sum(latencies)


def only_latencies(requests: Requests, after: float) -> Any:
    return hedge(requests, after)[0]


def only_two(requests: Requests, after: float) -> Any:
    return hedge(requests, after)[:2]


HEDGE_MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("no-return", lambda *case: None),
    ("hedges-at-once", at_once(safe_only=True)),
    ("hedges-at-once", at_once(safe_only=False)),
    ("hedges-the-quick", mistaken(is_hedged=lambda first, after, safe: first >= after and safe)),
    ("hedges-the-quick", mistaken(is_hedged=lambda first, after, safe: safe)),
    ("hedges-unsafe", mistaken(is_hedged=lambda first, after, safe: first > after)),
    ("copy-starts-at-zero", mistaken(end=lambda first, second, after: min(first, second))),
    (
        "copy-starts-at-zero",
        mistaken(
            end=lambda first, second, after: min(first, second),
            work=lambda first, second, after, end: 2 * end,
        ),
    ),
    ("waits-for-the-copy", mistaken(end=lambda first, second, after: after + second)),
    ("waits-for-both", mistaken(end=lambda first, second, after: max(first, after + second))),
    ("counts-both", mistaken(tells=lambda first, second, after: [first, after + second])),
    ("counts-both", mistaken(tells=lambda first, second, after: [first, second])),
    (
        "counts-both",
        mistaken(
            tells=lambda first, second, after: [first, after + second],
            work=lambda first, second, after, end: first + second,
        ),
    ),
    ("no-cancel", mistaken(work=lambda first, second, after, end: first + second)),
    ("no-cancel", mistaken(work=lambda first, second, after, end: end + second)),
    ("no-cancel", mistaken(work=lambda first, second, after, end: first + end - after)),
    ("no-cancel", mistaken(work=lambda first, second, after, end: first + after + second)),
    ("forgets-the-copy", in_turn),
    ("forgets-the-copy", mistaken(work=lambda first, second, after, end: first)),
    ("copy-works-from-zero", mistaken(work=lambda first, second, after, end: 2 * end)),
    ("counts-all", mistaken(counted=lambda copies, requests: requests + copies)),
    ("counts-all", mistaken(counted=lambda copies, requests: requests)),
    ("a-share-of-copies", mistaken(counted=lambda copies, requests: copies / requests if requests else 0)),
    ("a-share-of-copies", mistaken(counted=lambda copies, requests: copies / requests)),
    ("not-three", only_latencies),
    ("not-three", only_two),
]
