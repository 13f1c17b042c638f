"""The balancer of 09.eject as it should be, and as learners write it by mistake: one thing differs each time."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from course_lib.checks.load_balancing.given import Server

Servers = Sequence[Server]


class Model:
    """Of each server the last answers, and until when it is ejected."""

    def __init__(self, window: int, share: float, cooldown: float, panic: float) -> None:
        self.window, self.share, self.cooldown, self.panic = window, share, cooldown, panic
        self.answers: dict[int, list[bool]] = {}
        self.until: dict[int, float] = {}

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if not self.counts(server.index, now):
            return
        self.answers.setdefault(server.index, []).append(ok)
        self.trim(self.answers[server.index])
        if self.is_bad(self.answers[server.index]):
            self.until[server.index] = self.back_at(now)
            self.forget(self.answers[server.index])

    def counts(self, index: int, now: float) -> bool:
        """Whether an answer is looked at."""
        return not self.is_ejected(index, now)

    def trim(self, answers: list[bool]) -> None:
        del answers[: -self.window]

    def is_bad(self, answers: list[bool]) -> bool:
        return self.is_enough(answers) and self.failures(answers) >= self.share * len(answers)

    def is_enough(self, answers: list[bool]) -> bool:
        return len(answers) >= self.window

    def failures(self, answers: list[bool]) -> int:
        return answers.count(False)

    def back_at(self, now: float) -> float:
        return now + self.cooldown

    def forget(self, answers: list[bool]) -> None:
        answers.clear()

    def is_ejected(self, index: int, now: float) -> bool:
        return now < self.until.get(index, float("-inf"))

    def left(self, servers: Servers, now: float) -> list[int]:
        return [place for place, one in enumerate(servers) if not self.is_ejected(one.index, now)]

    def usable(self, servers: Servers, now: float) -> Any:
        left = self.left(servers, now)
        return list(range(len(servers))) if self.is_panic(left, servers, now) else left

    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return not left or len(left) < self.panic * len(servers)

    def choose(self, servers: Servers, request: Any) -> Any:
        return min(self.usable(servers, request.time), key=lambda place: servers[place].outstanding)


class NoPanic(Model):
    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return not left


class NoPanicAtAll(Model):
    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return False


class NobodyIsLeft(Model):
    """Where panic is 0, the list may be empty."""

    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return len(left) < self.panic * len(servers)


class PanicsTooEarly(Model):
    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return not left or len(left) <= self.panic * len(servers)


class PanicsByEjected(Model):
    """The share is taken for that of the ejected."""

    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return not left or len(servers) - len(left) >= self.panic * len(servers)


class FillsUp(Model):
    """As many of the ejected as are missing are let in again, those first that come back first."""

    def usable(self, servers: Servers, now: float) -> Any:
        left = self.left(servers, now)
        out = sorted(
            (place for place in range(len(servers)) if place not in left),
            key=lambda place: self.until[servers[place].index],
        )
        while out and (not left or len(left) < self.panic * len(servers)):
            left.append(out.pop(0))
        return sorted(left)


class StopsEjecting(Model):
    """Nobody more is ejected when too few would be left; who is out stays out. Knows only those that answered."""

    def is_bad(self, answers: list[bool]) -> bool:
        now = len([index for index in self.answers if index not in self.until])
        return super().is_bad(answers) and now - 1 >= self.panic * len(self.answers)

    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        return not left


class FirstOfAll(Model):
    """In a panic somebody is tried: the first."""

    def usable(self, servers: Servers, now: float) -> Any:
        left = self.left(servers, now)
        return [0] if self.is_panic(left, servers, now) else left


class TooFew(Model):
    def is_enough(self, answers: list[bool]) -> bool:
        return True


class AllTime(Model):
    def trim(self, answers: list[bool]) -> None:
        pass


class AllErrors(AllTime):
    """All errors since the last ejection, in the share of one window."""

    def is_bad(self, answers: list[bool]) -> bool:
        return self.is_enough(answers) and self.failures(answers) >= self.share * self.window


class InBlocks(Model):
    """When the window is full it is judged, and another one begun."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        super().finished(server, took, ok, now)
        if len(self.answers.get(server.index, [])) >= self.window:
            self.answers[server.index].clear()


class InARow(Model):
    """`window` failures in a row."""

    def is_bad(self, answers: list[bool]) -> bool:
        return self.is_enough(answers) and not any(answers)


class ShareInARow(Model):
    """So many failures in a row as make up the share."""

    def is_bad(self, answers: list[bool]) -> bool:
        number = max(1, ceil(self.share * self.window))
        return len(answers) >= number and not any(answers[-number:])


class Number(Model):
    """The share is compared with the number of failures: one is enough."""

    def is_bad(self, answers: list[bool]) -> bool:
        return self.is_enough(answers) and self.failures(answers) >= self.share


class NumberAnyTime(Model):
    def is_bad(self, answers: list[bool]) -> bool:
        return self.failures(answers) >= self.share * self.window


class OnTheMean(Model):
    """Bad is who fails clearly more often than all do together, or more often and at least as much as the share."""

    times, by_server, with_share, forgets = 1.5, False, False, True

    def is_bad(self, answers: list[bool]) -> bool:
        if not self.is_enough(answers):
            return False
        share = answers.count(False) / len(answers)
        is_share = share >= self.share or not self.with_share
        return share > self.times * self.mean() and is_share

    def mean(self) -> float:
        each = [answers for answers in self.answers.values() if answers]
        if self.by_server:
            return sum(answers.count(False) / len(answers) for answers in each) / len(each)
        return sum(answers.count(False) for answers in each) / sum(map(len, each))

    def forget(self, answers: list[bool]) -> None:
        if self.forgets:
            answers.clear()


def on_the_mean(**change: Any) -> type[OnTheMean]:
    return type("OnAnotherMean", (OnTheMean,), change)


MEANS = [
    on_the_mean(times=times, by_server=by_server, with_share=times == 1, forgets=forgets)
    for times in (1, 1.5, 2)
    for by_server in (False, True)
    for forgets in (False, True)
]


class GoodForBad(Model):
    def failures(self, answers: list[bool]) -> int:
        return answers.count(True)


class NeverReturns(Model):
    def back_at(self, now: float) -> float:
        return float("inf")


class Remembers(Model):
    def forget(self, answers: list[bool]) -> None:
        pass


class RemembersLate(Remembers):
    """And it goes on counting meanwhile."""

    def counts(self, index: int, now: float) -> bool:
        return True


class LateCount(Model):
    def counts(self, index: int, now: float) -> bool:
        return True


class LateGoodReturns(Model):
    """A right answer ends the cooldown."""

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if ok:
            self.until.pop(server.index, None)
        super().finished(server, took, ok, now)


class LateAreKept(Model):
    """They do not eject it again meanwhile, but are there when it returns."""

    def counts(self, index: int, now: float) -> bool:
        return True

    def finished(self, server: Server, took: float, ok: bool, now: float) -> None:
        if self.is_ejected(server.index, now):
            self.answers[server.index].append(ok)
            self.trim(self.answers[server.index])
        else:
            super().finished(server, took, ok, now)


class FromZero(Model):
    def back_at(self, now: float) -> float:
        return self.cooldown


class MoreThanShare(Model):
    def is_bad(self, answers: list[bool]) -> bool:
        return self.is_enough(answers) and self.failures(answers) > self.share * len(answers)


class BackAfter(Model):
    def is_ejected(self, index: int, now: float) -> bool:
        return now <= self.until.get(index, float("-inf"))


class PlaceAmongUsable(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        usable = self.usable(servers, request.time)
        loads = [servers[place].outstanding for place in usable]
        return loads.index(min(loads))


class FirstUsable(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        return self.usable(servers, request.time)[0]


class LeastOfAll(Model):
    """Whoever has the fewest, usable or not."""

    def choose(self, servers: Servers, request: Any) -> Any:
        return min(range(len(servers)), key=lambda place: servers[place].outstanding)


class Busiest(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        return max(self.usable(servers, request.time), key=lambda place: servers[place].outstanding)


class LastOfEquals(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        usable = self.usable(servers, request.time)
        return min(reversed(usable), key=lambda place: servers[place].outstanding)


class GivesIndices(Model):
    def usable(self, servers: Servers, now: float) -> Any:
        return [servers[place].index for place in super().usable(servers, now)]

    def choose(self, servers: Servers, request: Any) -> Any:
        usable = Model.usable(self, servers, request.time)
        return min(usable, key=lambda place: servers[place].outstanding)


class ChoosesIndex(Model):
    def choose(self, servers: Servers, request: Any) -> Any:
        return servers[super().choose(servers, request)].index


class GivesIndicesAlways(GivesIndices):
    def choose(self, servers: Servers, request: Any) -> Any:
        return servers[super().choose(servers, request)].index


class CountsTheAbsent(Model):
    """The ejected are counted wherever they are."""

    def is_panic(self, left: list[int], servers: Servers, now: float) -> bool:
        out = sum(now < until for until in self.until.values())
        return not left or len(servers) - out < self.panic * len(servers)


MISTAKES = [
    ("no-panic", NoPanic),
    ("no-panic", NoPanicAtAll),
    ("nobody-is-left", NobodyIsLeft),
    ("panics-too-early", PanicsTooEarly),
    ("panics-too-early", PanicsByEjected),
    ("panic-still-ejects", FillsUp),
    ("panic-still-ejects", StopsEjecting),
    ("panic-still-ejects", FirstOfAll),
    ("too-few", TooFew),
    ("all-time", AllTime),
    ("all-time", AllErrors),
    ("in-blocks", InBlocks),
    ("in-a-row", InARow),
    ("in-a-row", ShareInARow),
    ("number-not-share", Number),
    ("too-few", NumberAnyTime),
    *(("on-the-mean", kind) for kind in MEANS),
    ("takes-good-for-bad", GoodForBad),
    ("never-returns", NeverReturns),
    ("remembers-old-sins", Remembers),
    ("remembers-old-sins", RemembersLate),
    ("late-answers-count", LateCount),
    ("late-answers-count", LateGoodReturns),
    ("late-answers-count", LateAreKept),
    ("cooldown-counts-from-zero", FromZero),
    ("at-the-limit", MoreThanShare),
    ("at-the-limit", BackAfter),
    ("place-among-the-usable", PlaceAmongUsable),
    ("ignores-load", FirstUsable),
    ("ignores-load", LeastOfAll),
    ("ignores-load", Busiest),
    ("ties", LastOfEquals),
    ("index-not-place", GivesIndices),
    ("index-not-place", ChoosesIndex),
    ("index-not-place", GivesIndicesAlways),
    ("counts-the-absent", CountsTheAbsent),
]
