"""The world of 05.create: one process that wants a place in the queue, a connection that breaks, and others who come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from course_lib.checks.zookeeper_lock.calls import Caller, Calls
from course_lib.checks.zookeeper_lock.contest import nobody_robbed
from course_lib.checks.zookeeper_lock.service import Ask, Service
from course_lib.sim import Network, Node, Scenario

ME = "ann"
MANY = 100  # requests and waits after which nobody who is not done will ever be
HOUR = 3600  # seconds of a run: for who waits longer after each loss


class Entrant(Caller):
    """Calls the function once. Without a reply for a second the connection counts as broken, and is there again at once."""

    breaks = True

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder, self.got, self.steps = folder, None, 0

    def on_start(self) -> None:
        self.call(0, self.folder, self.name)

    def go_on(self) -> None:
        self.steps += 1
        super().go_on()

    def returned(self, value: Any) -> None:
        self.got = value
        self.report(value)


class Other(Node):
    """Makes its znode when its time has come, and stays."""

    def __init__(self, folder: str, comes: float) -> None:
        self.folder, self.comes = folder, comes

    def on_start(self) -> None:
        self.set_timer("comes", self.comes)

    def on_timer(self, name: str) -> None:
        self.send("zookeeper", Ask(1, ("create", f"{self.folder}/{self.name}-")))

    def on_message(self, sender: str, message: Any) -> None:
        pass


def entrance(
    enter: Callable[..., Any], others: Mapping[str, float] | None = None, folder: str = "/lock"
) -> Scenario:
    """The nodes "zookeeper", "ann", who calls `enter`, and others, who come after so many seconds: `{"bob": 0.5}`."""
    return entrance_of(Calls(enter), others or {}, folder)


def entrance_of(calls: Calls, others: Mapping[str, float], folder: str) -> Scenario:
    """The same with calls that can be looked at afterwards."""
    kind = type("Entrant", (Entrant,), {"calls": calls})
    nodes: dict[str, Callable[[], Node]] = {"zookeeper": lambda: Service(folder), ME: lambda: kind(folder)}
    nodes |= {name: partial(Other, folder, comes) for name, comes in others.items()}
    return Scenario(nodes, network=Network(fifo=True), invariants=INVARIANTS, until=HOUR)


# What must hold


def own(world: Any) -> list[str]:
    """The names of ann's znodes."""
    return [name for name, owner in world.nodes["zookeeper"].queue if owner == ME]


def one_at_most(world: Any) -> bool | str:
    """Safety: two znodes are one too many."""
    return len(own(world)) < 2 or f"ann has {len(own(world))} znodes, {' and '.join(own(world))}"


def stays_in_line(world: Any) -> bool | str:
    """Safety: who has a place keeps it."""
    ann = world.nodes[ME]
    deleted = [request[1] for request, reply in ann.requests() if request[0] == "delete" and reply is None]
    return not deleted or f"ann has deleted {deleted[0]}"


def knows_its_name(world: Any) -> bool | str:
    """Safety: what is returned is the name of a znode that is there, and ann's."""
    ann = world.nodes[ME]
    if ann.phase != "returned" or [ann.got] == own(world):
        return True
    is_there = " and ".join(own(world)) or "no znode"
    return f"{ann.source()} returned {ann.got!r}, and ann has {is_there}"


def returns(world: Any) -> bool | str:
    """Liveness: when nothing is left to happen, the function has returned."""
    ann = world.nodes[ME]
    waits = ann.phase == "waits" and not ann.is_timed and not world.messages
    return not waits or "ann waits for ever"


def comes_to_an_end(world: Any) -> bool | str:
    """Liveness again: not on and on."""
    ann = world.nodes[ME]
    return ann.phase == "returned" or ann.steps <= MANY or f"after {MANY} requests and waits ann is not done"


INVARIANTS = (nobody_robbed, one_at_most, stays_in_line, knows_its_name, returns, comes_to_an_end)
