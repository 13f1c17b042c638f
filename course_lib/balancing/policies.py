"""Who gets the next request: each policy is a few lines behind `choose(servers, request) -> index`.

A server has `.outstanding`, the number of requests that were sent to it and not answered yet, and `.weight`; its
`.index` tells it apart where the list changes. A request has `.key` and `.time`. A policy may also have
`finished(server, took, ok, now)`, which hears of each answer, and of which server by its `.index`.

Of weights know `SmoothWeightedRoundRobin` and `LeastRequest`; so it is these that slow start holds back.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, exp
from random import Random
from typing import Any, Protocol

from course_lib.hashing import HashRing


class Policy(Protocol):
    def choose(self, servers: Sequence[Any], request: Any) -> int:
        """The place in `servers` of the one that gets the request. There is at least one; they may change."""


class RoundRobin:
    """One after the other. It sees neither load nor speed nor cost."""

    def __init__(self) -> None:
        self.last = -1

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        self.last = (self.last + 1) % len(servers)
        return self.last


class RandomChoice:
    def __init__(self, seed: int = 0) -> None:
        self.random = Random(seed).random

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        return int(self.random() * len(servers))


class SmoothWeightedRoundRobin:
    """By weight, and evenly mixed: 5, 1, 1 gives a a b a c a a, not a a a a a b c. As in nginx since 1.3.

    Each server gets its weight as credit; the richest is chosen, and pays the sum of all weights.
    """

    def __init__(self) -> None:
        self.credit: dict[int, float] = {}

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        credit = self.credit
        for index, server in enumerate_servers(servers):
            credit[index] = credit.get(index, 0) + server.weight
        indices = [index for index, _ in enumerate_servers(servers)]
        richest = max(indices, key=credit.__getitem__)
        credit[richest] -= sum(server.weight for server in servers)
        return indices.index(richest)


class LeastRequest:
    """The server with the fewest outstanding requests for its weight. Among equals, the next in turn."""

    def __init__(self) -> None:
        self.last = -1

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        loads = [server.outstanding / server.weight for server in servers]
        least = min(loads)
        try:
            self.last = loads.index(least, self.last + 1)
        except ValueError:
            self.last = loads.index(least)
        return self.last


class PowerOfTwoChoices:
    """The better of two at random. M. Mitzenmacher, "The Power of Two Choices", IEEE TPDS 12(10), 2001."""

    def __init__(self, seed: int = 0) -> None:
        self.random = Random(seed).random

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        one, other = two_places(self.random, len(servers))
        return one if servers[one].outstanding <= servers[other].outstanding else other


def index_of(server: Any, place: int) -> int:
    """What tells a server apart: its index, or its place where it has none."""
    index: int = getattr(server, "index", place)
    return index


def enumerate_servers(servers: Sequence[Any]) -> list[tuple[int, Any]]:
    return [(index_of(server, place), server) for place, server in enumerate(servers)]


def two_places(random: Any, size: int) -> tuple[int, int]:
    """Two different places of `size` at random; of one, twice the same."""
    one = int(random() * size)
    other = int(random() * (size - 1))
    return one, (other + (other >= one)) % size


class PeakEWMA:
    """The better of two by expected time: a mean of the latest times that jumps up and decays, by what is in flight.

    As in Finagle and Linkerd. A server that was slow once is tried again when its mean has decayed, which it also does
    while nothing is sent there.

    Args:
        decay: after so much time an old observation counts 1/e.
        first: the expected time of a server of which nothing is known, so that it does not get everything at once.
    """

    def __init__(self, decay: float = 10.0, first: float = 1.0, seed: int = 0) -> None:
        for name, value in {"decay": decay, "first": first}.items():
            if not value > 0:
                raise ValueError(f"{name} is a time above 0, not {value!r}")
        self.decay, self.first, self.random = decay, first, Random(seed).random
        self.means: dict[int, tuple[float, float]] = {}  # of each server: the mean, and when it was set

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        places = two_places(self.random, len(servers))
        return min(places, key=lambda place: self.cost(place, servers[place], request.time))

    def cost(self, place: int, server: Any, now: float) -> float:
        mean = self.first
        if (known := self.means.get(index_of(server, place))) is not None:
            mean = known[0] * exp((known[1] - now) / self.decay)
        return mean * (server.outstanding + 1)

    def finished(self, server: Any, took: float, ok: bool, now: float) -> None:
        mean, then = self.means.get(server.index, (0.0, now))
        kept = exp((then - now) / self.decay)
        self.means[server.index] = (max(took, mean * kept + took * (1 - kept)), now)


class BoundedHash:
    """The same key to the same server, unless that has more than its share: then to the next on the ring.

    V. Mirrokni, M. Thorup and M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018. A server takes at
    most 1 + epsilon times the mean of the requests outstanding.
    """

    def __init__(self, epsilon: float = 0.25, vnodes: int = 100) -> None:
        if not epsilon > 0:
            raise ValueError(f"epsilon is above 0, such as 0.25, not {epsilon!r}: some server must have room")
        self.epsilon, self.vnodes = epsilon, vnodes
        self.rings: dict[tuple[int, ...], HashRing] = {}

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        members = tuple(index for index, _ in enumerate_servers(servers))
        if members not in self.rings:
            self.rings[members] = HashRing([f"s{index}" for index in members], self.vnodes)
        places = {f"s{index}": place for place, index in enumerate(members)}
        loads = [server.outstanding for server in servers]
        capacity = ceil((1 + self.epsilon) * (sum(loads) + 1) / len(loads))
        in_line = (places[name] for name in self.rings[members].preference_list(f"{request.key}", len(loads)))
        return next(place for place in in_line if loads[place] < capacity)
