"""Stores to judge: the same keys and values behind the same requests, kept in one place or in several.

Clients send the `Request`s of `course_lib.sim.Client`: ("read", key), ("write", key, value) and ("cas", key, expected,
new).
What none of these stores has is a cure for lost messages: that is chapter 01's subject, and 11's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from random import Random
from typing import Any

from course_lib.sim import Client, Network, Node, Reply, Request, Scenario


@dataclass(frozen=True)
class Copy:
    """From replica to replica: this value was written. `stamp` tells newer from older, where the store does."""

    key: str
    value: Any
    stamp: tuple[float, str] = (0.0, "")


@dataclass(frozen=True)
class Forward:
    """To the primary: a client of mine wants this."""

    client: str
    id: int
    operation: Any


@dataclass(frozen=True)
class Answer:
    """From the primary: tell your client."""

    client: str
    id: int
    result: Any


class SingleCopy(Node):
    """Every operation at one place, one after the other. What the others would like to look like."""

    def __init__(self, replicas: Sequence[str] = ()) -> None:
        self.replicas = tuple(replicas)

    def on_start(self) -> None:
        self.values: dict[str, Any] = {}

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Request(id, operation):
                self.send(sender, Reply(id, self.perform(operation)))
            case Copy(key, value, stamp):
                self.learn(key, value, stamp)
            case _:
                self.unexpected(sender, message)

    def perform(self, operation: tuple[Any, ...]) -> Any:
        """What the operation returns; its effect is here, and on its way to the others."""
        match operation:
            case ("read", key):
                return self.values.get(key)
            case ("write", key, value):
                self.write(key, value)
                return None
            case ("cas", key, expected, new):
                if self.values.get(key) != expected:
                    return False
                self.write(key, new)
                return True
        raise ValueError(f"a store knows read, write and cas, not {operation!r}")

    def write(self, key: str, value: Any) -> None:
        self.values[key] = value
        self.tell_others(Copy(key, value))

    def tell_others(self, copy: Copy) -> None:
        for replica in self.replicas:
            if replica != self.name:
                self.send(replica, copy)

    def learn(self, key: str, value: Any, stamp: tuple[float, str]) -> None:
        self.values[key] = value


class Anywhere(SingleCopy):
    """Each replica reads and writes by itself and tells the others afterwards: whatever comes last stays."""


class LastWriterWins(Anywhere):
    """The same, but a write has a time, by its replica's own clock, and the later time stays everywhere."""

    def on_start(self) -> None:
        super().on_start()
        self.stamps: dict[str, tuple[float, str]] = {}

    def write(self, key: str, value: Any) -> None:
        stamp = (self.now, self.name)  # the name decides between equal times
        self.learn(key, value, stamp)
        self.tell_others(Copy(key, value, stamp))

    def learn(self, key: str, value: Any, stamp: tuple[float, str]) -> None:
        if stamp > self.stamps.get(key, (float("-inf"), "")):
            self.values[key], self.stamps[key] = value, stamp


class PrimaryAndBackups(SingleCopy):
    """The first replica is the primary: it takes all writes, answers, and then tells the others, who answer reads."""

    here: tuple[str, ...] = ("read",)
    """What a backup answers by itself."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Request(id, operation) if self.name != self.replicas[0] and operation[0] not in self.here:
                self.ask_primary(Forward(sender, id, operation))
            case Forward(client, id, operation):
                self.send(sender, Answer(client, id, self.perform(operation)))
            case Answer(client, id, result):
                self.answer(client, id, result)
            case _:
                super().on_message(sender, message)

    def ask_primary(self, forward: Forward) -> None:
        self.send(self.replicas[0], forward)

    def answer(self, client: str, id: int, result: Any) -> None:
        self.send(client, Reply(id, result))


class Consistent(PrimaryAndBackups):
    """Reads go to the primary too. A backup that cannot reach it has no answer: it chooses consistency."""

    here = ()


class Available(Consistent):
    """The same, but a backup that hears nothing for a while answers out of its own copy: it chooses availability."""

    patience = 0.1  # seconds; a round trip takes 0.02

    def on_start(self) -> None:
        super().on_start()
        self.open: dict[str, Forward] = {}

    def ask_primary(self, forward: Forward) -> None:
        super().ask_primary(forward)
        self.open[f"{forward.client} {forward.id}"] = forward
        self.set_timer(f"{forward.client} {forward.id}", self.patience)

    def answer(self, client: str, id: int, result: Any) -> None:
        if self.open.pop(f"{client} {id}", None):  # else it came too late: the client has an answer
            self.cancel_timer(f"{client} {id}")
            super().answer(client, id, result)

    def on_timer(self, name: str) -> None:
        forward = self.open.pop(name)
        super().answer(forward.client, forward.id, self.perform(forward.operation))


REPLICAS = ("east", "west", "north")

Build = Callable[[Sequence[str]], Node]


def scenario(
    store: Build,
    clients: Mapping[str, tuple[str | Sequence[str], Sequence[tuple[Any, ...]]]],
    *,
    replicas: Sequence[str] = REPLICAS[:2],
    network: Network | None = None,
    seed: int | str = 0,
    **options: Any,
) -> Scenario:
    """Clients of a store: {name: (the servers it asks, its operations)}; `options` are those of each `Client`.

    Raises ValueError for a client that asks a server that is no replica.
    """
    for name, (servers, _) in clients.items():
        strangers = {servers} if isinstance(servers, str) else set(servers)
        if strangers := strangers - set(replicas):
            raise ValueError(f"{name} asks {sorted(strangers)}; the replicas are {', '.join(replicas)}")
    nodes: dict[str, Callable[[], Node]] = {name: lambda: store(tuple(replicas)) for name in replicas}
    for name, (servers, operations) in clients.items():
        nodes[name] = lambda servers=servers, operations=operations: Client(operations, servers, **options)  # type: ignore[misc]
    return Scenario(nodes, network=network, seed=seed)


def far_apart(jitter: float = 0.1, fifo: bool = True, replicas: Sequence[str] = REPLICAS) -> Network:
    """A client is near its replica, 10 ms; between replicas a message takes up to `jitter` seconds more."""
    return Network(fifo=fifo, links={link: {"jitter": jitter} for link in permutations(replicas, 2)})


def busy(
    seed: int,
    clients: Sequence[str] = ("ann", "bob", "cem"),
    operations: int = 10,
    keys: Sequence[str] = ("x", "y"),
    looks: int = 5,
) -> dict[str, list[tuple[Any, ...]]]:
    """Operations for each client: reads and writes by chance, no value twice; then `looks` times a read of each key, so
    that the last are read when nobody writes any more."""
    random, value, work = Random(f"busy {seed}"), 0, {}
    for name in clients:
        mine: list[tuple[Any, ...]] = []
        for _ in range(operations):
            key = random.choice(list(keys))
            if random.random() < 0.4:
                value += 1
                mine.append(("write", key, value))
            else:
                mine.append(("read", key))
        work[name] = mine + [("read", key) for key in keys] * looks
    return work
