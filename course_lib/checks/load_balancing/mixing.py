"""The balancer of 09.smooth as it should be, and as learners write it by mistake: one thing differs each time."""

from collections.abc import Sequence
from typing import Any

from course_lib.checks.load_balancing.given import Server, indices

Servers = Sequence[Server]


class Model:
    """All earn, the richest is chosen, it pays. Credit is kept by index."""

    def __init__(self) -> None:
        self.credit: dict[Any, float] = {}
        self.started: Any = None

    def choose(self, servers: Servers, request: Any) -> Any:
        self.look(servers)
        for place, server in enumerate(servers):
            key = self.key(place, server)
            self.credit[key] = self.credit.get(key, 0) + self.weight(server)
        place = self.richest(servers)
        key = self.key(place, servers[place])
        self.credit[key] -= self.price(servers, place)
        return place

    def look(self, servers: Servers) -> None:
        """What is done first of all."""

    def key(self, place: int, server: Server) -> Any:
        return server.index

    def weight(self, server: Server) -> float:
        return server.weight

    def richest(self, servers: Servers) -> int:
        return max(range(len(servers)), key=lambda place: self.credit[self.key(place, servers[place])])

    def price(self, servers: Servers, place: int) -> float:
        return sum(self.weight(server) for server in servers)


class Bursts(Model):
    """A list with each server as often as its weight says, and a counter."""

    def __init__(self) -> None:
        super().__init__()
        self.number = -1

    def choose(self, servers: Servers, request: Any) -> Any:
        slots = [place for place, server in enumerate(servers) for _ in range(int(server.weight))]
        self.number += 1
        return slots[self.number % len(slots)]


class BurstsOfOneList(Bursts):
    """The list is made at the first call."""

    slots: list[int] | None = None

    def choose(self, servers: Servers, request: Any) -> Any:
        if self.slots is None:
            self.slots = [place for place, server in enumerate(servers) for _ in range(int(server.weight))]
        self.number += 1
        return self.slots[self.number % len(self.slots)]


class BurstsByRemainder(Model):
    """The current one again, until its weight is used up."""

    def __init__(self) -> None:
        super().__init__()
        self.place, self.left = -1, 0.0

    def choose(self, servers: Servers, request: Any) -> Any:
        if self.left <= 0 or self.place >= len(servers):
            self.place = (self.place + 1) % len(servers)
            self.left = servers[self.place].weight
        self.left -= 1
        return self.place


class LeastServed(Model):
    """Whoever has got the least for its weight, this one counted or not: over a round right, but in bursts."""

    counts_this = 1

    def choose(self, servers: Servers, request: Any) -> Any:
        def share(place: int) -> float:
            server = servers[place]
            return (self.credit.get(server.index, 0) + self.counts_this) / server.weight

        place = min(range(len(servers)), key=share)
        index = servers[place].index
        self.credit[index] = self.credit.get(index, 0) + 1
        return place


class LeastServedBefore(LeastServed):
    counts_this = 0


class PaysItsWeight(Model):
    def price(self, servers: Servers, place: int) -> float:
        return servers[place].weight


class PaysAll(Model):
    def price(self, servers: Servers, place: int) -> float:
        return self.credit[servers[place].index]


class NeverPays(Model):
    def price(self, servers: Servers, place: int) -> float:
        return 0


class StartsAgain(Model):
    """The credit is gone when anything in the list has changed."""

    def look(self, servers: Servers) -> None:
        if list(servers) != self.started:
            self.started, self.credit = list(servers), {}


class StartsAgainWithOthers(Model):
    """The credit is gone when other servers are there."""

    def look(self, servers: Servers) -> None:
        if set(indices(servers)) != self.started:
            self.started, self.credit = set(indices(servers)), {}


class StartsAgainInNumber(Model):
    """The credit is a list, made anew when it has another length."""

    def look(self, servers: Servers) -> None:
        if len(servers) != self.started:
            self.started, self.credit = len(servers), {}

    def key(self, place: int, server: Server) -> Any:
        return place


class ForgetsTheAbsent(Model):
    def look(self, servers: Servers) -> None:
        self.credit = {index: credit for index, credit in self.credit.items() if index in indices(servers)}


class ForgetsInTime(Model):
    """Who has not been there for a while loses its credit."""

    def look(self, servers: Servers) -> None:
        away = self.started or {}
        self.started = {
            index: away.get(index, 0) + 1 for index in self.credit if index not in indices(servers)
        }
        for index, number in self.started.items():
            if number > 16:
                self.credit[index] = 0


class ByPlace(Model):
    def key(self, place: int, server: Server) -> Any:
        return place


class ByListOfPlaces(Model):
    """A list that is made at the first call, and too short for a longer one."""

    def choose(self, servers: Servers, request: Any) -> Any:
        self.started = self.started or [0.0] * len(servers)
        for place, server in enumerate(servers):
            self.started[place] += server.weight
        richest: int = max(range(len(servers)), key=self.started.__getitem__)
        self.started[richest] -= sum(server.weight for server in servers)
        return richest


class OldWeights(Model):
    def weight(self, server: Server) -> float:
        self.started = self.started or {}
        weight: float = self.started.setdefault(server.index, server.weight)
        return weight


class OldSum(Model):
    """The sum of the first list is what is paid ever after."""

    def price(self, servers: Servers, place: int) -> float:
        self.started = self.started or sum(server.weight for server in servers)
        price: float = self.started
        return price


class MadeOnce(Model):
    """The order of the first list, over and over."""

    def choose(self, servers: Servers, request: Any) -> Any:
        if self.started is None:
            self.started = [Model.choose(self, servers, None) for _ in range(100)]
            self.number = -1
        self.number += 1
        return self.started[self.number % 100]


class AwayCount(Model):
    """Everybody ever seen is in the sum."""

    def price(self, servers: Servers, place: int) -> float:
        self.started = {**(self.started or {}), **{server.index: server.weight for server in servers}}
        return sum(self.started.values())


class AwayEarn(Model):
    """Everybody ever seen earns."""

    def look(self, servers: Servers) -> None:
        self.started = {**(self.started or {}), **{server.index: server.weight for server in servers}}
        for index in self.started.keys() - set(indices(servers)):
            self.credit[index] += self.started[index]


class AwayAreChosen(Model):
    """The richest of all that were ever seen."""

    def choose(self, servers: Servers, request: Any) -> Any:
        for server in servers:
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
        richest = max(self.credit, key=self.credit.__getitem__)
        self.credit[richest] -= sum(server.weight for server in servers)
        return indices(servers).index(richest)


class LastOfEquals(Model):
    def richest(self, servers: Servers) -> int:
        return max(
            reversed(range(len(servers))), key=lambda place: self.credit[self.key(place, servers[place])]
        )


class FirstSeenOfEquals(Model):
    """The order of a dict decides: who was seen first, wherever it stands now."""

    def richest(self, servers: Servers) -> int:
        here = indices(servers)
        return here.index(max((index for index in self.credit if index in here), key=self.credit.__getitem__))


class LowestOfEquals(Model):
    def richest(self, servers: Servers) -> int:
        here = indices(servers)
        return here.index(max(sorted(here), key=self.credit.__getitem__))


class GivesIndex(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        return servers[super().choose(servers, request)].index


class GivesServer(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        return servers[super().choose(servers, request)]


class AllEarnOne(Model):
    def weight(self, server: Server) -> float:
        return 1


class WholeWeights(Model):
    """What is behind the point is cut off."""

    def weight(self, server: Server) -> float:
        return int(server.weight)


class HalfWeights(Model):
    def weight(self, server: Server) -> float:
        return int(2 * server.weight)


class RoundWeights(Model):
    def weight(self, server: Server) -> float:
        return round(server.weight)


class FrozenInstanceError(Exception):
    """Like that of dataclasses in name alone: that one is an AttributeError, as every slip of the pen is."""


class Writes(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        raise FrozenInstanceError


MISTAKES = [
    ("bursts", Bursts),
    ("bursts", BurstsOfOneList),
    ("bursts", BurstsByRemainder),
    ("bursts", LeastServed),
    ("bursts", LeastServedBefore),
    ("pays-its-weight", PaysItsWeight),
    ("pays-all", PaysAll),
    ("never-pays", NeverPays),
    ("starts-again", StartsAgain),
    ("starts-again", StartsAgainWithOthers),
    ("starts-again", StartsAgainInNumber),
    ("forgets-the-absent", ForgetsTheAbsent),
    ("forgets-the-absent", ForgetsInTime),
    ("by-place", ByPlace),
    ("by-place", ByListOfPlaces),
    ("old-weights", OldWeights),
    ("old-weights", OldSum),
    ("made-once", MadeOnce),
    ("who-is-away", AwayCount),
    ("who-is-away", AwayEarn),
    ("who-is-away", AwayAreChosen),
    ("ties", LastOfEquals),
    ("ties", FirstSeenOfEquals),
    ("ties", LowestOfEquals),
    ("index-not-place", GivesIndex),
    ("not-a-place", GivesServer),
    ("ignores-weights", AllEarnOne),
    ("whole-weights", WholeWeights),
    ("whole-weights", HalfWeights),
    ("whole-weights", RoundWeights),
    ("writes-on-servers", Writes),
]
