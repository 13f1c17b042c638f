"""SWIM: a group whose members find the dead among them, at a cost to each that does not grow with the group.

A. Das, I. Gupta and A. Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership Protocol",
DSN 2002. In each period a member pings one other. If no answer comes, it asks a few helpers to ping it too; if none
comes through them either, it suspects it. News of the suspicion travels on pings and answers, the suspect hears of it,
and refutes it with a higher incarnation number. If it does not within some periods, it is dead.

That a member who is buried stops, and that a message first says what its receiver is accused of, is ours: the paper
leaves both open. `swim` has what must hold, and what breaks without each safeguard.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log2
from typing import Any

from course_lib.sim import Node

ALIVE, SUSPECT, DEAD = "alive", "suspect", "dead"


@dataclass(frozen=True)
class News:
    """What is said of a member in its incarnation `number`. Reported, too, where somebody changes its mind."""

    member: str
    status: str
    number: int


@dataclass(frozen=True)
class Ping:
    """Are you there? `asker` wants to know, in its period `round`; it is not the sender where a helper pings."""

    round: int
    asker: str
    news: tuple[News, ...] = ()


@dataclass(frozen=True)
class PingFor:
    """Ping `target` for me, please."""

    round: int
    target: str
    news: tuple[News, ...] = ()


@dataclass(frozen=True)
class Ack:
    """`member` is there: the answer to that asker's ping of that round."""

    round: int
    asker: str
    member: str
    news: tuple[News, ...] = ()


PERIOD = 1.0  # seconds
PATIENCE = 0.3  # seconds until helpers are asked; a round trip takes 0.02, and one through a helper 0.04
ON_A_MESSAGE = 6  # news, at the most
FACTOR = 3  # times log2 of the group: periods a suspicion lasts, and messages that news is told on


def overrides(new: News, old: News) -> bool:
    """Whether news replaces what was known of a member: the paper's order, section 4.2.

    Death is final. A higher number wins; at the same number, a suspicion wins over "alive".
    """
    if DEAD in (new.status, old.status):
        return old.status != DEAD
    return (new.number, new.status == SUSPECT) > (old.number, old.status == SUSPECT)


class Swim(Node):
    """A member of the group, which consists of all nodes of the scenario.

    Args:
        helpers: how many are asked to ping a member that does not answer.
        suspicion: for how many of its own periods a member suspects, before it declares dead; None for a number that
            grows with the logarithm of the group, as the time does that a suspicion and its refutation travel.
    """

    def __init__(self, helpers: int = 3, suspicion: int | None = None) -> None:
        self.helpers, self.suspicion = helpers, suspicion

    def on_start(self) -> None:
        # The incarnation: it rises at each start, and is on the disk, so that it never falls.
        self.disk["number"] = self.first_number()
        # Status and number of those of whom there is news. All others are alive, at 0.
        self.known: dict[str, tuple[str, int]] = {}
        self.to_tell: dict[str, int] = {}  # of whom there is news to tell, and on how many messages more
        self.verdicts: dict[str, int] = {}  # of the suspects: the round at whose end they are dead
        self.round, self.turn = 0, 0
        self.order: tuple[str, ...] = ()
        self.waits_for: str | None = None  # who was pinged, and has not answered
        self.buried = False
        self.usual = FACTOR * ceil(log2(len(self.peers) + 2))
        if self.disk["number"]:
            self.spread(self.name)
        self.begin_period()

    def first_number(self) -> int:
        number: int = self.disk.get("number", -1) + 1
        return number

    # A period

    def begin_period(self) -> None:
        self.round += 1
        self.waits_for = self.next_target()
        if self.waits_for:
            self.send(self.waits_for, Ping(self.round, self.name, self.news_for(self.waits_for)))
        self.set_timer("patience", PATIENCE)

    def on_timer(self, name: str) -> None:
        if name == "patience":
            if self.waits_for:
                self.ask_others(self.waits_for)
            self.set_timer("period", PERIOD - PATIENCE)
        else:
            if self.waits_for:
                self.no_answer(self.waits_for)
            self.pass_verdicts()
            self.begin_period()

    def next_target(self) -> str | None:
        """All in turn, in an order drawn anew for each round trip of the group: nobody is forgotten for long."""
        for _ in range(2):
            while self.turn < len(self.order):
                self.turn += 1
                if self.view(self.order[self.turn - 1]).status != DEAD:
                    return self.order[self.turn - 1]
            others = self.others()
            self.random.shuffle(others)
            self.order, self.turn = tuple(others), 0
        return None

    def others(self) -> list[str]:
        """All but this one and the dead."""
        dead = {member for member, (status, _) in self.known.items() if status == DEAD}
        return [peer for peer in self.peers if peer not in dead]

    def ask_others(self, target: str) -> None:
        candidates = [other for other in self.others() if other != target]
        for helper in self.random.sample(candidates, min(self.helpers, len(candidates))):
            self.send(helper, PingFor(self.round, target, self.news_for(helper)))

    def no_answer(self, target: str) -> None:
        self.learn(News(target, SUSPECT, self.view(target).number))

    def pass_verdicts(self) -> None:
        for member, due in list(self.verdicts.items()):
            if self.round >= due:
                self.learn(News(member, DEAD, self.view(member).number))

    # What comes in

    def on_message(self, sender: str, message: Any) -> None:
        if not isinstance(message, Ping | PingFor | Ack):
            self.unexpected(sender, message)
        for news in message.news:
            self.learn(news)
        if self.buried:
            return
        match message:
            case Ping(round, asker):
                self.send(sender, Ack(round, asker, self.name, self.news_for(sender)))
            case PingFor(round, target):
                self.send(target, Ping(round, sender, self.news_for(target)))
            case Ack(round, asker, member) if asker != self.name:
                self.send(asker, Ack(round, asker, member, self.news_for(asker)))
            case Ack(round, _, member) if (round, member) == (self.round, self.waits_for):
                self.waits_for = None  # an answer to an earlier ping says nothing of now

    # News

    def view(self, member: str) -> News:
        """What this member holds of one, itself included."""
        if member == self.name:
            return News(member, DEAD if self.buried else ALIVE, self.disk["number"])
        return News(member, *self.known.get(member, (ALIVE, 0)))

    def learn(self, news: News) -> None:
        """Changes its mind, if the news overrides what it holds, and passes it on."""
        if self.buried:
            return
        if news.member == self.name:
            self.hear_of_itself(news)
        elif self.is_newer(news):
            self.known[news.member] = (news.status, news.number)
            self.report(news)
            self.spread(news.member)
            self.verdicts.pop(news.member, None)
            if news.status == SUSPECT:
                self.verdicts[news.member] = self.round + (self.suspicion or self.usual)

    def is_newer(self, news: News) -> bool:
        return overrides(news, self.view(news.member))

    def hear_of_itself(self, news: News) -> None:
        if news.status == DEAD:
            self.stop()
        elif news.status == SUSPECT:
            self.refute(news.number)

    def refute(self, number: int) -> None:
        """Nobody else raises the number: so one that is higher proves that the member itself has spoken since."""
        if number == self.disk["number"]:
            self.disk["number"] += 1
        self.spread(self.name)  # also where the suspicion is an old one: whoever said so has not heard

    def stop(self) -> None:
        """The group has buried it, and the group's word is final: so it makes it true. It may join by a new name."""
        if not self.buried:
            self.buried = True
            self.report(self.view(self.name))
            self.cancel_timer("patience")
            self.cancel_timer("period")

    def spread(self, member: str) -> None:
        self.to_tell[member] = self.usual

    def news_for(self, to: str) -> tuple[News, ...]:
        """What a message to that member says: first what it is accused of, then what was told the least so far."""
        told = sorted((name for name in self.to_tell if name != to), key=lambda name: -self.to_tell[name])
        told = told[:ON_A_MESSAGE]
        for name in told:
            self.to_tell[name] -= 1
            if not self.to_tell[name]:
                del self.to_tell[name]
        accused = [to] if self.view(to).status != ALIVE else []
        return tuple(self.view(name) for name in accused + told)
