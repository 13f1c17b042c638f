"""The balancer of 09.two as it should be, and as learners write it by mistake. What counts is how often it chooses whom."""

import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.load_balancing.given import Server
from course_lib.checks.load_balancing.sending import REQUESTS, sent

NO_PLACE = "no place"
Servers = Sequence[Server]


def exact(loads: Sequence[int], ok: bool, old: int, place: int) -> float:
    """The share of requests that has to go to `place`: all pairs of different places are alike."""
    if len(loads) == 1:
        return 1.0
    pairs = [(one, other) for one in range(len(loads)) for other in range(len(loads)) if one != other]
    chosen = [one if loads[one] <= loads[other] else other for one, other in pairs]
    return chosen.count(place) / len(pairs)


def share(make: Callable[..., Any], loads: tuple[int, ...], ok: bool, old: int, place: int) -> Any:
    """The share of requests that a policy sends to `place`; each is answered before the next one comes."""
    known = make.known if isinstance(make, Answer) else {}
    if (loads, ok, old) not in known:
        known[loads, ok, old] = (sent if isinstance(make, Answer) else _sent)(make, loads, ok, old)
    places = known[loads, ok, old]
    odd = [one for one in places if type(one) is not int or not 0 <= one < len(loads)]
    if odd:
        known["odd"] = odd[0]
        return NO_PLACE
    return places.count(place) / REQUESTS


@cache
def _sent(make: Callable[..., Any], loads: tuple[int, ...], ok: bool, old: int) -> list[Any]:
    return sent(make, loads, ok, old)


class Model:
    """Two different places, and the one with fewer requests, of equals the first."""

    looks = 2

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def choose(self, servers: Servers, request: Any) -> Any:
        return self.better(self.drawn(len(servers)), servers)

    def drawn(self, size: int) -> list[int]:
        return self.random.sample(range(size), min(self.looks, size))

    def better(self, places: Sequence[int], servers: Servers) -> Any:
        return min(places, key=lambda place: self.load(servers[place]))

    def load(self, server: Server) -> float:
        return server.outstanding


class WithReplacement(Model):
    def drawn(self, size: int) -> list[int]:
        return [self.random.randrange(size) for _ in range(2)]


class NeverOne(Model):
    """`sample(range(n), 2)`, whatever n is."""

    def drawn(self, size: int) -> list[int]:
        return self.random.sample(range(size), 2)


class NeverOneByIndex(Model):
    """`shuffled[:2]` of one has no second."""

    def drawn(self, size: int) -> list[int]:
        shuffled = list(range(size))
        self.random.shuffle(shuffled)
        return [shuffled[0], shuffled[1]]


class Worse(Model):
    def load(self, server: Server) -> float:
        return -server.outstanding


class OneChoice(Model):
    looks = 1


class ThreeChoices(Model):
    looks = 3


class Best(Model):
    def drawn(self, size: int) -> list[int]:
        return list(range(size))


class BestAtRandom(Model):
    """Of all, and among equals at random."""

    looks = 1000


class CountsServed(Model):
    """Counts what it sent, and forgets that it is over."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.sent: dict[int, int] = {}

    def choose(self, servers: Servers, request: Any) -> Any:
        place = super().choose(servers, request)
        index = servers[place].index
        self.sent[index] = self.sent.get(index, 0) + 1
        return place

    def load(self, server: Server) -> float:
        return self.sent.get(server.index, 0)


class Leaks(CountsServed):
    """Counts what is in flight, but an error is not taken off."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if ok:
            self.sent[server.index] -= 1


class NeverTakenOff(CountsServed):
    """It hears of answers, and does nothing."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        pass


class FavoursTheFirst(Model):
    def drawn(self, size: int) -> list[int]:
        return sorted(super().drawn(size))


class FavoursTheLast(Model):
    def drawn(self, size: int) -> list[int]:
        return sorted(super().drawn(size), reverse=True)


class FavoursTheFirstIdle(Model):
    """Only where both are idle does the smaller place win."""

    def better(self, places: Sequence[int], servers: Servers) -> Any:
        is_idle = not any(servers[place].outstanding for place in places)
        return min(places) if is_idle else super().better(places, servers)


class GivesServer(Model):
    def better(self, places: Sequence[int], servers: Servers) -> Any:
        return servers[super().better(places, servers)]


class Neighbours(Model):
    """The second is the one after the first."""

    def drawn(self, size: int) -> list[int]:
        one = self.random.randrange(size)
        return [one, (one + 1) % size]


MISTAKES = [
    ("with-replacement", WithReplacement),
    ("one-server", NeverOne),
    ("one-server", NeverOneByIndex),
    ("the-worse-of-two", Worse),
    ("one-choice", OneChoice),
    ("three-choices", ThreeChoices),
    ("looks-at-all", Best),
    ("looks-at-all", BestAtRandom),
    ("counts-served", CountsServed),
    ("counts-served", NeverTakenOff),
    ("leaks", Leaks),
    ("favours-the-first", FavoursTheFirst),
    ("favours-the-first", FavoursTheLast),
    ("favours-the-first", FavoursTheFirstIdle),
    ("not-a-place", GivesServer),
    ("not-all-pairs", Neighbours),
]
