"""The balancer of 09.ewma as it should be, and as learners write it by mistake: one thing differs each time."""

from collections.abc import Sequence
from math import exp, inf
from typing import Any

from course_lib.checks.load_balancing.given import Server


class Model:
    """Of each server the mean, and when it was set."""

    def __init__(self, decay: float, first: float) -> None:
        self.decay, self.first = decay, first
        self.means: dict[int, tuple[float, float]] = {}

    def kept(self, passed: float) -> float:
        return exp(-passed / self.decay)

    def mean(self, server: Server, now: float) -> float:
        if server.index not in self.means:
            return self.unknown()
        mean, then = self.means[server.index]
        return mean * self.kept(now - then)

    def unknown(self) -> float:
        return self.first

    def cost(self, server: Server, now: float) -> float:
        return self.with_queue(self.mean(server, now), server.outstanding)

    def with_queue(self, mean: float, outstanding: int) -> float:
        return mean * (outstanding + 1)

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if server.index not in self.means:
            self.means[server.index] = self.first_answer(took), now
        else:
            mean, then = self.means[server.index]
            self.means[server.index] = self.mixed(mean, took, self.kept(now - then)), now

    def first_answer(self, took: float) -> float:
        return took

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, kept * mean + (1 - kept) * took)

    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


class RemembersForEver(Model):
    def mean(self, server: Server, now: float) -> float:
        return self.means[server.index][0] if server.index in self.means else self.unknown()


class PerRequest(RemembersForEver):
    """A fixed share of the old mean is kept."""

    share = 0.9

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, self.share * mean + (1 - self.share) * took)


class PerRequestHalf(PerRequest):
    share = 0.5


class PerRequestAndDecay(Model):
    """A fixed share when an answer comes, and decay where it is asked for."""

    share = 0.9

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, self.share * mean + (1 - self.share) * took)


class PerRequestHalfAndDecay(PerRequestAndDecay):
    share = 0.5


class ColdStartZero(Model):
    def unknown(self) -> float:
        return 0.0


class NeverTried(Model):
    def unknown(self) -> float:
        return inf


class IgnoresInFlight(Model):
    def with_queue(self, mean: float, outstanding: int) -> float:
        return mean


class IdleCostsNothing(Model):
    def with_queue(self, mean: float, outstanding: int) -> float:
        return mean * outstanding


class AddsInFlight(Model):
    def with_queue(self, mean: float, outstanding: int) -> float:
        return mean + outstanding


class AddsOneMore(Model):
    def with_queue(self, mean: float, outstanding: int) -> float:
        return mean + outstanding + 1


class ClimbsSlowly(Model):
    def mixed(self, mean: float, took: float, kept: float) -> float:
        return kept * mean + (1 - kept) * took


class OnlyPeaks(Model):
    """The highest that ever was."""

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, mean)


class OnlyDecays(Model):
    """The highest, which fades; a fast answer is not mixed in."""

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, mean * kept)


class OnlyTheLast(Model):
    def mixed(self, mean: float, took: float, kept: float) -> float:
        return took


class HalfLife(Model):
    def kept(self, passed: float) -> float:
        return float(2 ** (-passed / self.decay))


class Linear(Model):
    def kept(self, passed: float) -> float:
        return max(0.0, 1 - passed / self.decay)


class TimesDecay(Model):
    def kept(self, passed: float) -> float:
        return exp(-passed * self.decay)


class MixedTheOtherWay(Model):
    """The weights are swapped."""

    def mixed(self, mean: float, took: float, kept: float) -> float:
        return max(took, (1 - kept) * mean + kept * took)


class FirstIsMixed(Model):
    """The guess is taken for an observation: an answer below it changes nothing."""

    def first_answer(self, took: float) -> float:
        return max(took, self.first)


class FirstIsOld(Model):
    """The guess is an observation made at time 0."""

    def mean(self, server: Server, now: float) -> float:
        mean, then = self.means.get(server.index, (self.first, 0.0))
        return mean * self.kept(now - then)

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        self.means.setdefault(server.index, (self.first, 0.0))
        super().finished(server, took, ok, now)


class AskingChanges(Model):
    def mean(self, server: Server, now: float) -> float:
        mean = super().mean(server, now)
        if server.index in self.means:
            self.means[server.index] = mean, now
        return mean


class AskingSetsTheTime(Model):
    """The time is set by whoever asks, and the mean is not."""

    def mean(self, server: Server, now: float) -> float:
        mean = super().mean(server, now)
        if server.index in self.means:
            self.means[server.index] = self.means[server.index][0], now
        return mean


class KeepsTheFirstTime(Model):
    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        then = self.means.get(server.index, (0, now))[1]
        super().finished(server, took, ok, now)
        self.means[server.index] = self.means[server.index][0], then


class ErrorsDoNotCount(Model):
    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if ok:
            super().finished(server, took, ok, now)


class ByWeight(Model):
    def cost(self, server: Server, now: float) -> float:
        return super().cost(server, now) / server.weight


class ZeroIsNothing(Model):
    """`if mean`: a mean of 0 is taken for none where it is asked for."""

    def mean(self, server: Server, now: float) -> float:
        return super().mean(server, now) or self.first


class ZeroIsNothingHere(ZeroIsNothing):
    """And where an answer comes."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if not self.means.get(server.index, (0.0, now))[0]:
            self.means.pop(server.index, None)
        super().finished(server, took, ok, now)


class ZeroIsNoAnswer(Model):
    """`if took`: an answer that took 0 s is not looked at."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if took:
            super().finished(server, took, ok, now)


class Dearest(Model):
    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return max(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


class LastOfEquals(Model):
    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return min(reversed(range(len(servers))), key=lambda place: self.cost(servers[place], request.time))


class LowestOfEquals(Model):
    """Of equals the one with the smaller index."""

    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return min(
            range(len(servers)),
            key=lambda place: (self.cost(servers[place], request.time), servers[place].index),
        )


class GivesIndex(Model):
    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return servers[super().choose(servers, request)].index


class GivesServer(Model):
    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return servers[super().choose(servers, request)]


class GivesCost(Model):
    def choose(self, servers: Sequence[Server], request: Any) -> Any:
        return min(self.cost(server, request.time) for server in servers)


MISTAKES = [
    ("remembers-for-ever", RemembersForEver),
    ("per-request", PerRequest),
    ("per-request", PerRequestHalf),
    ("per-request", PerRequestAndDecay),
    ("per-request", PerRequestHalfAndDecay),
    ("cold-start-zero", ColdStartZero),
    ("never-tried", NeverTried),
    ("ignores-in-flight", IgnoresInFlight),
    ("idle-costs-nothing", IdleCostsNothing),
    ("adds-in-flight", AddsInFlight),
    ("adds-in-flight", AddsOneMore),
    ("climbs-slowly", ClimbsSlowly),
    ("only-peaks", OnlyPeaks),
    ("only-peaks", OnlyDecays),
    ("only-the-last", OnlyTheLast),
    ("another-decay", HalfLife),
    ("another-decay", Linear),
    ("another-decay", TimesDecay),
    ("mixed-the-other-way", MixedTheOtherWay),
    ("first-is-no-answer", FirstIsMixed),
    ("first-is-no-answer", FirstIsOld),
    ("asking-changes", AskingChanges),
    ("asking-changes", AskingSetsTheTime),
    ("keeps-the-first-time", KeepsTheFirstTime),
    ("ok-is-not-asked", ErrorsDoNotCount),
    ("weights-are-not-asked", ByWeight),
    ("zero-is-an-answer", ZeroIsNothing),
    ("zero-is-an-answer", ZeroIsNothingHere),
    ("zero-is-an-answer", ZeroIsNoAnswer),
    ("the-dearest", Dearest),
    ("ties", LastOfEquals),
    ("ties", LowestOfEquals),
    ("index-not-place", GivesIndex),
    ("not-a-place", GivesServer),
    ("not-a-place", GivesCost),
]
