"""The world of 05.break_it: a leader is elected by sessions that end by silence, and writes into a store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Join:
    """A session, please, and a znode at the end of the queue."""


@dataclass(frozen=True)
class Beat:
    """I am alive. Sent each second."""


@dataclass(frozen=True)
class Alive:
    """Your session lives on."""


@dataclass(frozen=True)
class Expired:
    """Your session has ended, and your znode with it."""


@dataclass(frozen=True)
class Elected:
    """Your znode is the first: you lead. `czxid` is the number of the write that made it."""

    czxid: int


@dataclass(frozen=True)
class Write:
    """To the store, from who leads."""

    czxid: int


BEAT = 1.0  # seconds between two signs of life, and between two writes of a leader
SUSPENDED = 4.0  # seconds of silence after which a candidate does not trust its connection: it stops
SESSION = 6.0  # seconds of silence after which a session ends


class Service(Node):
    """Sessions and the queue, on disk. Who is silent for SESSION seconds loses its place."""

    def on_start(self) -> None:
        self.disk.setdefault("made", 0)
        self.disk.setdefault("queue", ())
        for candidate, _ in self.disk["queue"]:
            self.set_timer(candidate, SESSION)

    def on_message(self, sender: str, message: Any) -> None:
        has_session = sender in dict(self.disk["queue"])
        match message:
            case Join() if not has_session:
                self.disk["made"] += 1
                self.disk["queue"] += ((sender, self.disk["made"]),)
                self.heard(sender)
                if self.disk["queue"][0][0] == sender:
                    self.elect()
            case Beat() | Join() if has_session:
                self.heard(sender)
            case Beat():
                self.send(sender, Expired())
            case _:
                self.unexpected(sender, message)

    def heard(self, candidate: str) -> None:
        self.set_timer(candidate, SESSION)
        self.send(candidate, Alive())

    def on_timer(self, name: str) -> None:
        """The session of that candidate ends."""
        leader = self.disk["queue"][0][0]
        self.disk["queue"] = tuple(one for one in self.disk["queue"] if one[0] != name)
        self.report(f"the session of {name} ends")
        if leader == name and self.disk["queue"]:
            self.elect()

    def elect(self) -> None:
        leader, czxid = self.disk["queue"][0]
        self.send(leader, Elected(czxid))


class Candidate(Node):
    """Leads when it is elected, and then writes each second; but not while it is suspended, and not when it has expired."""

    def on_start(self) -> None:
        self.czxid = 0  # 0: it does not lead
        self.connected = False
        self.send("zookeeper", Join())
        self.set_timer("beat", BEAT)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Alive():
                self.connected = True
                self.set_timer("suspended", SUSPENDED)
            case Elected(czxid):
                self.czxid = czxid
                self.report("leads")
                self.set_timer("work", BEAT)
            case Expired():
                if self.czxid:
                    self.report("leads no longer")
                self.czxid = 0
                self.cancel_timer("work")
                self.send("zookeeper", Join())
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name == "beat":
            self.send("zookeeper", Beat())
            self.set_timer("beat", BEAT)
        elif name == "suspended":
            self.connected = False
            self.report("is suspended")
        else:
            if self.connected:
                self.send("store", Write(self.czxid))
            self.set_timer("work", BEAT)


class Store(Node):
    """Takes what leaders write. With `fenced`, nothing of a leader whose successor has been here."""

    def __init__(self, fenced: bool) -> None:
        self.fenced = fenced

    def on_start(self) -> None:
        self.highest = 0
        self.late: str | None = None  # who wrote after its successor, and was taken

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Write(czxid) if czxid >= self.highest:
                self.highest = czxid
                self.report(f"takes a write of {sender}")
            case Write() if self.fenced:
                self.report(f"refuses a write of {sender}")
            case Write():
                self.late = sender
                self.report(f"takes a write of {sender}")
            case _:
                self.unexpected(sender, message)


def no_leader_too_many(world: Any) -> bool | str:
    """Safety: nothing of a leader is taken once something of its successor was."""
    late = world.nodes["store"].late
    return late is None or f"the store has taken a write of {late}, after one of the leader that followed it"


def leaders(fenced: bool = False) -> Scenario:
    """The nodes "zookeeper", "store", and the candidates "ann", who comes first, and "bob"."""
    nodes: dict[str, Callable[[], Node]] = {"zookeeper": Service, "store": lambda: Store(fenced)}
    nodes |= {"ann": Candidate, "bob": Candidate}
    return Scenario(nodes, network=Network(fifo=True), invariants=[no_leader_too_many], until=30)
