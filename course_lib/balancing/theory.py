"""What queueing theory says of the same systems, to be put beside the simulation.

Service times are exponential, with mean 1, and times are given in these. `rho` is the load: the rate of requests for
each server, above 0 and below 1.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, isinf, log


def random_mean(rho: float) -> float:
    """Random choice: each server is an M/M/1 queue by itself (L. Kleinrock, "Queueing Systems" I, 1975, 3.2)."""
    return 1 / (1 - _load(rho))


def random_quantile(rho: float, q: float) -> float:
    """The time in an M/M/1 queue is itself exponential."""
    return _logs(q) / (1 - _load(rho))


def round_robin_mean(rho: float, servers: float = inf) -> float:
    """Round robin over many servers: each gets a request at equal intervals, a D/M/1 queue (Kleinrock, 6.4).

    Over n servers each gets every n-th request. Where requests come at random that is exactly an E_n/M/1 queue, after
    Erlang's law.
    """
    return 1 / (1 - _sigma(_load(rho), servers))


def round_robin_quantile(rho: float, q: float, servers: float = inf) -> float:
    return _logs(q) / (1 - _sigma(_load(rho), servers))


def two_choices_mean(rho: float) -> float:
    """Two choices over many servers: a share rho**(2**k - 1) of them has k requests or more (Mitzenmacher 2001)."""
    _load(rho)
    return sum(rho ** (2**k - 2) for k in range(1, 64))


def two_choices_quantile(rho: float, q: float) -> float:
    """By bisection of: who finds k - 1 before itself takes the time of k services."""
    _load(rho)
    _logs(q)

    def later_than(time: float) -> float:
        later, at_most, term = 0.0, 0.0, exp(-time)
        for k in range(1, 64):
            at_most += term  # the chance that fewer than k services end by then
            term *= time / k
            share = rho ** (2**k - 2) - rho ** (2 ** (k + 1) - 2)
            later += share * at_most
            if share < 1e-18:  # the powers fall faster than any other
                break
        return later

    return _root(lambda time: later_than(time) - (1 - q), 0.0, 1e4)


def one_queue_mean(rho: float, servers: int) -> float:
    """One queue before all servers, M/M/c (Erlang C): what no balancer that must choose at once can beat."""
    load, full = _load(rho) * servers, 1.0
    for k in range(1, servers + 1):  # Erlang B, server by server: load**k and k! grow beyond all floats
        full = load * full / (k + load * full)
    waits = full / (1 - rho * (1 - full))
    return 1 + waits / (servers * (1 - rho))


def fullest_bin(balls: int, choices: int) -> float:
    """Of as many bins as balls, the fullest, about: ln n / ln ln n for one choice, ln ln n / ln d for more.

    The second is exact up to a constant (Azar, Broder, Karlin and Upfal, "Balanced Allocations", STOC 1994).
    """
    return log(balls) / log(log(balls)) if choices == 1 else log(log(balls)) / log(choices)


def _sigma(rho: float, servers: float) -> float:
    """The root below 1 of s = exp(-(1 - s) / rho): the share of requests that find a D/M/1 server at work.

    With Erlang's law for what comes between two requests, the exponential is what (1 + x / servers)**-servers tends to.
    """
    if isinf(servers):
        return _root(lambda s: exp(-(1 - s) / rho) - s, 0.0, 1 - 1e-9)
    return _root(lambda s: (1 + (1 - s) / (rho * servers)) ** -servers - s, 0.0, 1 - 1e-9)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that is above 0 at `low` and below it at `high` crosses 0."""
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low


def _logs(q: float) -> float:
    """At q = 0.99 what a p99 is in means of an exponential law."""
    if not 0 <= q < 1:
        raise ValueError(f"q is a share, 0 or more and below 1, such as 0.99 for the p99, not {q!r}")
    return log(1 / (1 - q))


def _load(rho: float) -> float:
    if not 0 < rho < 1:
        raise ValueError(
            f"rho is above 0 and below 1, not {rho!r}: with more, the queues grow for ever ({inf})"
        )
    return rho
