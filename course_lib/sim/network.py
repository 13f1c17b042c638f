"""The links between nodes: how long a message takes, and whether it is lost, repeated or overtaken.

Chance is drawn per link, and each message takes the same number of draws from its link's own stream, used or not. So a
fault, or a message more on another link, changes nothing here but what it causes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

SECOND = 1_000_000  # microseconds: virtual time is whole microseconds, so that it adds up the same everywhere
Latency = float | Callable[[float], float]


class Flight(NamedTuple):
    """What a link does with one message: when it arrives after its sending, in microseconds; None where it is lost."""

    arrives: int | None
    again: int | None
    """When a second copy arrives, if there is one."""


class Link:
    """One direction between two nodes, in one run."""

    def __init__(self, sender: str, to: str, options: Mapping[str, Any], seed: object) -> None:
        self.sender, self.to, self.name = sender, to, f"{sender}>{to}"
        self.latency: Latency = options["latency"]
        self.jitter, self.loss, self.duplicate = options["jitter"], options["loss"], options["duplicate"]
        self.fifo: bool = options["fifo"]
        self.sent = 0
        self.newest = 0  # when the last message arrives: in a fifo link none comes before it
        self.place: Any = None  # the site where it ends
        self.plain = False  # nothing but its latency befalls a message here
        self.marks: dict[int, list[Any]] | None = None  # faults by a message's number
        self.steady = 0  # where it has no chance in it, what every message takes
        self.certain: Flight | None = None
        if not (callable(self.latency) or self.jitter or self.loss or self.duplicate):
            self.steady = _microseconds(self.latency)
            self.certain = Flight(self.steady, None)
        else:
            self.draw = random.Random(f"{seed}/{self.name}").random

    def flight(self) -> Flight:
        """The fate of the next message."""
        if self.certain:
            return self.certain
        lost, first, second, repeated, other, again = (self.draw() for _ in range(6))
        if lost < self.loss:
            return Flight(None, None)
        copy = self._takes(other, again) if repeated < self.duplicate else None
        return Flight(self._takes(first, second), copy)

    def _takes(self, u: float, v: float) -> int:
        latency = self.latency(u) if callable(self.latency) else self.latency
        takes = latency + self.jitter * v
        if not 0 <= takes < float("inf"):
            raise ValueError(
                f"the latency of {self.name} for u={u} is {latency!r}; it is a number of seconds, 0 or more"
            )
        return _microseconds(takes)


class Network:
    """Which nodes are linked, and how each link behaves.

    Args:
        graph: a networkx Graph or DiGraph of node names; None links everybody with everybody. Attributes of its
            edges (`latency=0.2`) hold for that link.
        latency: seconds, or a function from u in [0, 1), drawn evenly, to seconds.
        jitter: up to so many seconds more, drawn evenly.
        loss: the chance that a message is lost.
        duplicate: the chance that it arrives twice.
        fifo: whether messages of one link arrive in the order in which they were sent.
        links: other values for single links, {("a", "b"): {"loss": 0.5}} for messages from a to b.

    Raises ValueError for a probability outside [0, 1] and for a negative time.
    """

    def __init__(
        self,
        graph: nx.Graph | None = None,
        latency: Latency = 0.01,
        jitter: float = 0.0,
        loss: float = 0.0,
        duplicate: float = 0.0,
        fifo: bool = False,
        links: Mapping[tuple[str, str], Mapping[str, Any]] | None = None,
    ) -> None:
        self.graph = graph
        self.options = {
            "latency": latency,
            "jitter": jitter,
            "loss": loss,
            "duplicate": duplicate,
            "fifo": fifo,
        }
        self.single = dict(links or {})
        _check(self.options, "the network")
        for pair, options in self.single.items():
            _check(options, f"link {pair}")

    def reached(self, nodes: Iterable[str]) -> dict[str, list[str]]:
        """To whom each of `nodes` has a link, itself included, all in the order of names. ValueError for strangers."""
        names = sorted(nodes)
        if self.graph is None:
            found = dict.fromkeys(names, names)
        else:
            _check_names(self.graph.nodes, names, "the network's graph")
            for one, other in self.graph.edges:
                self.behaviour(one, other)  # what a link cannot be is told before the run
            found = {name: sorted({name, *self.graph.adj.get(name, ())}) for name in names}
        for pair in self.single:
            _check_names(pair, names, f"the network's link {pair}")
            if pair[1] not in found[pair[0]]:
                raise ValueError(f"the network sets the link {pair}, which its graph does not have")
        return found

    def pairs(self, nodes: Iterable[str]) -> list[tuple[str, str]]:
        """The links among `nodes`, (sender, to), in their order. ValueError for strangers."""
        return [(sender, to) for sender, reached in self.reached(nodes).items() for to in reached]

    def behaviour(self, sender: str, to: str) -> dict[str, Any]:
        """The options of one link."""
        edge = {} if self.graph is None or sender == to else self.graph.edges[sender, to]
        known = {name: value for name, value in edge.items() if name in self.options}
        options = {**self.options, **known, **self.single.get((sender, to), {})}
        _check(options, f"link {sender}>{to}")
        return options

    def without_chance(self) -> Network:
        """The same network, in which nothing is lost or repeated by chance; what it draws for times stays the same."""
        return _Calm(self)

    def __repr__(self) -> str:
        usual = {"latency": 0.01, "jitter": 0.0, "loss": 0.0, "duplicate": 0.0, "fifo": False}
        words = [f"{name}={value!r}" for name, value in self.options.items() if value != usual[name]]
        return f"Network({', '.join(words)})"


class _Calm(Network):
    def __init__(self, network: Network) -> None:
        self.graph, self.single = network.graph, network.single
        self.options = network.options

    def behaviour(self, sender: str, to: str) -> dict[str, Any]:
        return super().behaviour(sender, to) | {"loss": 0.0, "duplicate": 0.0}


def _microseconds(seconds: float) -> int:
    return round(seconds * SECOND)


def _check(options: Mapping[str, Any], where: str) -> None:
    for name, value in options.items():
        if name in ("loss", "duplicate"):
            if not _is_number(value) or not 0 <= value <= 1:
                raise ValueError(f"{where}: {name} is a probability, 0 to 1, not {value!r}")
        elif name == "jitter" or (name == "latency" and not callable(value)):
            if not _is_number(value) or not 0 <= value < float("inf"):
                raise ValueError(f"{where}: {name} is a number of seconds, 0 or more, not {value!r}")
        elif name not in ("latency", "fifo"):
            raise ValueError(f"{where}: {name!r} is none of latency, jitter, loss, duplicate, fifo")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_names(names: Iterable[str], nodes: list[str], where: str) -> None:
    for name in names:
        if name not in nodes:
            raise ValueError(f"{where} names {name!r}; the nodes are {', '.join(nodes)}")
