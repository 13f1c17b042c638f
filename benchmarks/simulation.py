"""Deliveries a second of a ping-pong, trace kept: ours beside SimPy's Stores and a bare heap."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Any

from benchmarks.timing import best, report
from course_lib.sim import Node, Scenario

ROUNDS = 100_000
DELIVERIES = 2 * ROUNDS


class Ping(Node):
    def on_start(self) -> None:
        self.left = ROUNDS
        self.send("b", 0)

    def on_message(self, sender: str, message: int) -> None:
        self.left -= 1
        if self.left:
            self.send(sender, message + 1)


class Pong(Node):
    def on_message(self, sender: str, message: int) -> None:
        self.send(sender, message)


def main() -> None:
    system = Scenario({"a": Ping, "b": Pong}, until=1e9)
    assert len(system.run()) == 2 * DELIVERIES + 2
    ours = best(system.run, 9)
    heap = best(bare_heap, 5)
    rows = [
        ("Scenario.run, trace kept", ours / DELIVERIES, f"{DELIVERIES / ours:,.0f} deliveries a second"),
        ("a bare heap, nothing kept", heap / DELIVERIES, f"a run takes {ours / heap:.1f} times as long"),
    ]
    try:
        import simpy  # noqa: F401
    except ImportError:
        rows.append(("SimPy is not installed: python3 start.py bench installs it", 0.0, ""))
    else:
        for words, exchange in (
            ("a process for each message on its way", cable),
            ("no link, the sender sleeps", sleeping),
        ):
            theirs = best(exchange, 5)
            rows.append(
                (f"SimPy Stores, {words}", theirs / DELIVERIES, f"a run is {theirs / ours:.1f} times as fast")
            )
    report(rows, f"ping-pong, {DELIVERIES:,} deliveries")


def bare_heap() -> None:
    """What no simulator can do without: an agenda."""
    agenda, number, left = [(10_000, 1, "b", 0)], 1, DELIVERIES
    while agenda:
        time, _, to, message = heappop(agenda)
        left -= 1
        if left:
            number += 1
            heappush(agenda, (time + 10_000, number, "a" if to == "b" else "b", message))


def cable() -> None:
    """As SimPy's documentation models a link ("Event latency"): each message is a process that sleeps, then puts."""
    import simpy

    world = simpy.Environment()
    to_a, to_b = simpy.Store(world), simpy.Store(world)

    def carry(box: Any, message: int) -> Iterator[Any]:
        yield world.timeout(0.01)
        yield box.put(message)

    def ping() -> Iterator[Any]:
        for number in range(ROUNDS):
            world.process(carry(to_b, number))
            yield to_a.get()

    def pong() -> Iterator[Any]:
        while True:
            world.process(carry(to_a, (yield to_b.get())))

    world.process(pong())
    world.run(world.process(ping()))


def sleeping() -> None:
    """The leanest way: the sender itself sleeps for the time of the flight, and could do nothing else meanwhile."""
    import simpy

    world = simpy.Environment()
    to_a, to_b = simpy.Store(world), simpy.Store(world)

    def ping() -> Iterator[Any]:
        for number in range(ROUNDS):
            yield world.timeout(0.01)
            to_b.put(number)
            yield to_a.get()

    def pong() -> Iterator[Any]:
        while True:
            message = yield to_b.get()
            yield world.timeout(0.01)
            to_a.put(message)

    world.process(pong())
    world.run(world.process(ping()))
