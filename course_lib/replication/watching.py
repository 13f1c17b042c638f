"""Nodes that send each other heartbeats, each with a detector for each of the others.

Nobody polls: a heartbeat sets a timer to the moment from which on its sender is suspected. What a node reports is its
opinion, and two nodes may have two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from course_lib.replication.detectors import HeartbeatDetector, PhiAccrualDetector
from course_lib.sim import Network, Node, Scenario

Detector = HeartbeatDetector | PhiAccrualDetector


@dataclass(frozen=True)
class Heartbeat:
    """I am alive. `life` counts the sender's starts, `number` its heartbeats since the last one."""

    life: int
    number: int


@dataclass(frozen=True)
class Suspects:
    """Reported: from now on this node takes `member` for dead."""

    member: str


@dataclass(frozen=True)
class Trusts:
    """Reported: a heartbeat came after all."""

    member: str


INTERVAL = 1.0  # seconds between two heartbeats
TIMEOUT = 3.0  # seconds: two heartbeats in a row may be lost


class Watcher(Node):
    """Sends heartbeats to all others, and suspects of them whom its detectors suspect."""

    def __init__(self, timeout: float = TIMEOUT, interval: float = INTERVAL) -> None:
        self.bound, self.interval = timeout, interval

    def detector(self) -> Detector:
        """A new detector, as it is before the first heartbeat."""
        return HeartbeatDetector(self.bound, since=self.now)

    def on_start(self) -> None:
        # On the disk, since heartbeats of an earlier life may still be on their way.
        self.disk["life"] = self.disk.get("life", 0) + 1
        self.number = 0
        self.suspected: set[str] = set()
        self.watched: dict[str, dict[str, Any]] = {}  # each peer's detector, as plain values
        for peer in self.peers:
            self.watch(peer, self.detector(), self.now)
        self.beat()

    def beat(self) -> None:
        self.number += 1
        for peer in self.peers:
            self.send(peer, Heartbeat(self.disk["life"], self.number))
        self.set_timer("beat", self.interval)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Heartbeat(life, number):
                detector = self.detector()
                vars(detector).update(self.watched[sender])
                now = max(self.now, detector.last)  # a clock that was set back stands still for a while
                if detector.heartbeat(now, (life, number)):
                    self.watch(sender, detector, now)
                    self.trust(sender)
            case _:
                self.unexpected(sender, message)

    def watch(self, peer: str, detector: Detector, now: float) -> None:
        self.watched[peer] = dict(vars(detector))
        self.set_timer(f"no word from {peer}", max(0.0, detector.deadline() - now))

    def trust(self, peer: str) -> None:
        if peer in self.suspected:
            self.suspected.remove(peer)
            self.report(Trusts(peer))

    def on_timer(self, name: str) -> None:
        if name == "beat":
            self.beat()
        else:
            peer = name.removeprefix("no word from ")
            self.suspected.add(peer)
            self.report(Suspects(peer))


class PhiWatcher(Watcher):
    """The same, with a detector that learns how regular the heartbeats are. Its bound is a phi."""

    def detector(self) -> Detector:
        return PhiAccrualDetector(self.bound, interval=self.interval, since=self.now)


def scenario(
    nodes: int = 3,
    *,
    timeout: float = TIMEOUT,
    phi: float | None = None,
    interval: float = INTERVAL,
    network: Network | None = None,
    seed: int = 0,
    until: float = 60.0,
) -> Scenario:
    """Nodes "n1", "n2", ... that watch each other, by a timeout in seconds, or where it is given by a threshold of phi.

    Raises ValueError for fewer than 2 nodes, and for a timeout, phi or interval that is none.
    """
    if type(nodes) is not int or nodes < 2:
        raise ValueError(f"2 nodes or more watch each other, not {nodes!r}")
    HeartbeatDetector(timeout)  # these two refuse what is no timeout, phi or interval
    PhiAccrualDetector(8.0 if phi is None else phi, interval=interval)
    made: Callable[[], Node] = (
        partial(Watcher, timeout, interval) if phi is None else partial(PhiWatcher, phi, interval)
    )
    names = [f"n{number}" for number in range(1, nodes + 1)]
    return Scenario(dict.fromkeys(names, made), network=network, seed=seed, until=until)
