"""A view service: it says who the replicas of the moment are, and who leads them. Each such view has a number.

After the view service of MIT's course 6.824, lab 2 (2012 to 2015). It alone makes views, so there is one of each
number: an epoch. Here it is one node, which has to come back after a crash. In earnest it is a majority of several, as
chapter 11 has them.

It only suspects: who is not heard of for a while may be dead, slow or cut off. So what it decides must do no harm where
it is wrong; that is what the numbers are for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Node

VIEWS = "views"  # the name of the view service
PING = 0.1  # seconds from one sign of life to the next
PATIENCE = 0.5  # seconds after which the service suspects who gave none
APART = 5.0  # seconds for which a backup that its primary complained of stays out


@dataclass(frozen=True)
class View:
    """To the replicas: this is how things stand. The first member leads: the primary, or the head of a chain."""

    number: int
    members: tuple[str, ...]

    @property
    def leader(self) -> str:
        return self.members[0]

    def __str__(self) -> str:
        return f"view {self.number}: {' '.join(self.members)}"


@dataclass(frozen=True)
class Ping:
    """From a replica: I am here, and know of the view of this number.

    Args:
        begun: as its leader I have seen all its members have my log.
        works: since my last ping I have handled a message of yours.
        missing: members that do not answer me.
    """

    view: int
    begun: bool = False
    works: bool = True
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In short, as a lab shows it."""
        told = [f"ping, view {self.view}"]
        told += ["begun"] * self.begun + ["idle"] * (not self.works)
        return ", ".join([*told, *(f"no {name}" for name in self.missing)])


@dataclass(frozen=True)
class Close:
    """To a member: the view of this number is over. Take nothing in it any more; how far have you come?"""

    view: int


@dataclass(frozen=True)
class Closed:
    """The answer: so many entries."""

    view: int
    length: int


@dataclass(frozen=True)
class Which:
    """From the tail of a chain: is the view of this number still the newest? A client's read waits for it."""

    view: int
    client: str
    id: int


@dataclass(frozen=True)
class Newest:
    """It is."""

    view: int
    client: str
    id: int


class ViewService(Node):
    """Makes the next view when a member falls silent or another replica comes.

    One view at a time is the rule of MIT's lab: the next one waits until the leader of this one has acknowledged it.
    Here it does so when all members have its log. Until then, only the leader is sure to have what was acknowledged,
    and nobody is promoted. (Members under one leader may change sooner: it has all.) The price: if that leader dies
    first, or is dead already and not yet suspected, all wait until it is back.
    """

    def __init__(self, replicas: Iterable[str], first: View) -> None:
        self.replicas, self.first = tuple(replicas), first

    def on_start(self) -> None:
        if "view" not in self.disk:
            self.disk.update(view=self.first, begun=self.first.number)
        self.here = frozenset(self.view.members)  # those that are not suspected
        self.apart: frozenset[str] = frozenset()
        for name in self.view.members:
            self.set_timer(name, PATIENCE)

    def __str__(self) -> str:
        return str(self.view)

    @property
    def view(self) -> View:
        view: View = self.disk["view"]
        return view

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Ping():
                self.hear(sender, message)
            case Which(number, client, id):
                if number == self.view.number:
                    self.send(sender, Newest(number, client, id))
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name in self.replicas:
            self.here -= {name}
            self.change()
        else:
            self.apart -= {name.removeprefix("apart ")}

    def hear(self, sender: str, ping: Ping) -> None:
        if self.is_alive(ping):
            self.see(sender)
        if sender == self.view.leader and ping.view == self.view.number:
            if ping.begun and self.disk["begun"] < ping.view:
                self.disk["begun"] = ping.view
            self.set_apart(ping.missing)
        before = self.view
        self.change()
        if self.view == before or sender not in self.view.members:  # else it has just been told
            self.answer(sender)

    def see(self, name: str) -> None:
        if name not in self.apart:
            self.here |= {name}
            self.set_timer(name, PATIENCE)

    def is_alive(self, ping: Ping) -> bool:
        """A node whose work stands still may go on to send pings: so a ping tells whether it works."""
        return ping.works

    def set_apart(self, missing: Iterable[str]) -> None:
        for name in missing:
            self.here -= {name}
            self.apart |= {name}
            self.set_timer(f"apart {name}", APART)

    def answer(self, sender: str) -> None:
        self.send(sender, self.view)

    def change(self) -> None:
        """The next view, if one is due and may be made."""
        if self.view.leader in self.here:
            self.announce(self.view.leader)
        elif self.has_begun():
            self.promote()

    def has_begun(self) -> bool:
        return bool(self.disk["begun"] == self.view.number)

    def promote(self) -> None:
        """Any member that is left will do, where what was acknowledged is at all of them."""
        left = [name for name in self.view.members if name in self.here]
        if left:
            self.announce(left[0])

    def announce(self, leader: str) -> None:
        members = self.under(leader)
        if members != self.view.members:
            self.make(members)

    def under(self, leader: str) -> tuple[str, ...]:
        """Who would be members: the leader, the others in the order that they had, then those who are new."""
        old = [name for name in self.view.members if name in self.here]
        new = sorted(self.here - set(old))
        return (leader, *(name for name in old + new if name != leader))

    def make(self, members: tuple[str, ...]) -> None:
        self.disk["view"] = View(self.view.number + 1, members)  # before anyone hears of it
        for name in members:
            self.send(name, self.view)


class CarefulService(ViewService):
    """For semi-synchronous replication, where not all have what was acknowledged: asks first who is how far.

    Who has answered takes nothing in that view any more. An entry is acknowledged when `acks` backups have it. So of
    all backups but `acks` - 1 at least one has it; and whoever of them has come farthest has all such entries. Or the
    leader answers, which has everything. The price, where `acks` is 1: while the leader and one backup are silent,
    nobody is promoted.
    """

    def __init__(self, replicas: Iterable[str], first: View, acks: int) -> None:
        super().__init__(replicas, first)
        self.acks = acks

    def on_start(self) -> None:
        super().on_start()
        self.far: dict[str, int] = {}

    def is_closed(self) -> bool:
        return bool(self.disk.get("closed", 0) == self.view.number)

    def change(self) -> None:
        if not self.is_closed():
            super().change()

    def promote(self) -> None:
        self.disk["closed"] = self.view.number
        self.far = {}
        for name in self.view.members:
            self.send(name, Close(self.view.number))

    def answer(self, sender: str) -> None:
        if self.is_closed() and sender in self.view.members:
            self.send(sender, Close(self.view.number))
        else:
            super().answer(sender)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Closed(number, length) if number == self.view.number:
                self.far[sender] = length
                self.see(sender)
                if self.is_enough():
                    leader = self.farthest()
                    self.apart -= {leader}
                    self.see(leader)
                    self.make(self.under(leader))
            case Closed():
                pass  # of a view before this
            case _:
                super().on_message(sender, message)

    def is_enough(self) -> bool:
        """The leader has everything by itself; of the backups it takes all but `acks` - 1."""
        leader, *backups = self.view.members
        acks = min(self.acks, len(backups))
        heard = [name for name in backups if name in self.far]
        return leader in self.far or (acks > 0 and len(heard) > len(backups) - acks)

    def farthest(self) -> str:
        return max((name for name in self.view.members if name in self.far), key=self.far.__getitem__)
