"""The world of 01.at_most_once and 01.exactly_once: customers who add amounts, and ask again until the total comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from course_lib.sim import Network, Node, Scenario, Trace

Orders = Mapping[str, Sequence[int]]
"""The amounts of each customer. Powers of ten: then a total shows what was added, and how often."""


@dataclass(frozen=True)
class Add:
    """A customer's request to add an amount."""

    id: int
    amount: int


@dataclass(frozen=True)
class Total:
    """The reply to the request of that id: the total after it."""

    id: int
    total: int


class Customer(Node):
    """Adds one amount after the other, or all `at_once`, and repeats a request each second until its Total comes.

    What it has begun and heard is on its disk: after a crash it goes on with the ids that it had.
    """

    def __init__(self, amounts: Sequence[int], at_once: bool = False) -> None:
        self.amounts, self.at_once = tuple(amounts), at_once

    def on_start(self) -> None:
        for id in range(1, begun(self) + 1):
            if id not in heard(self):
                self.ask(id)
        self.go_on()

    def go_on(self) -> None:
        while begun(self) < len(self.amounts) and (self.at_once or begun(self) == len(heard(self))):
            self.disk["begun"] = begun(self) + 1
            self.ask(begun(self))

    def ask(self, id: int) -> None:
        self.send("server", Add(id, self.amounts[id - 1]))
        self.set_timer(f"ask {id} again", 1)

    def on_timer(self, name: str) -> None:
        self.ask(int(name.split()[1]))

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Total(int(id), int(total)) if 1 <= id <= begun(self):
                if id not in heard(self):
                    self.disk["heard"] = {**heard(self), id: total}
                    self.cancel_timer(f"ask {id} again")
                    self.report((id, total))
                    self.go_on()
            case _:
                self.unexpected(sender, message)


def begun(customer: Any) -> int:
    """How many requests a customer has sent."""
    return customer.disk.get("begun", 0)


def heard(customer: Any) -> dict[int, int]:
    """The total that came for each request."""
    return customer.disk.get("heard", {})


def counting(
    server: Callable[[], Node],
    orders: Orders,
    at_once: bool = False,
    network: Network | None = None,
    until: float = 10.0,
) -> Scenario:
    """The node "server", which is `server()`, and a customer for each name in `orders`.

    {"ann": (1, 10)}: ann adds 1, and then, or `at_once`, 10.
    """
    sums = {name: list(accumulate(amounts)) for name, amounts in orders.items()}

    def added_once(world: Any) -> bool | str:
        """Safety: no total has more in it than was asked for."""
        for name, id, total in all_heard(world):
            sent = [amount for other in orders for amount in orders[other][: begun(world.nodes[other])]]
            if total > least(name, id) and total not in possible(world, name, id):
                return f"{name} heard {Total(id, total)!r}; it is no sum of {_and(sent)}, each added once at most"
        return True

    def nothing_lost(world: Any) -> bool | str:
        """Safety: a total has in it all that its customer had added."""
        for name, id, total in all_heard(world):
            if total < least(name, id):
                own = orders[name][id - 1 : id] if at_once else orders[name][:id]
                return f"{name} heard {Total(id, total)!r}; it had to have {_and(own)} in it"
        return True

    def all_heard(world: Any) -> list[tuple[str, int, int]]:
        return [(name, id, total) for name in orders for id, total in heard(world.nodes[name]).items()]

    def least(name: str, id: int) -> int:
        """What a total has in it at least: the request itself, and those that were answered before it was sent."""
        return orders[name][id - 1] if at_once else sums[name][id - 1]

    def possible(world: Any, name: str, id: int) -> set[int]:
        """The totals that the reply to a request may show: what is certain, and any of the other requests so far."""
        own = orders[name][: begun(world.nodes[name])]
        amounts = [*own[: id - 1], *own[id:]] if at_once else []
        for other in set(orders) - {name}:
            amounts += orders[other][: begun(world.nodes[other])]
        found = {least(name, id)}
        for amount in amounts:
            found |= {known + amount for known in found}
        return found

    nodes: dict[str, Callable[[], Node]] = {
        name: partial(Customer, tuple(amounts), at_once) for name, amounts in orders.items()
    }
    return Scenario(
        {**nodes, "server": server}, network=network, invariants=[added_once, nothing_lost], until=until
    )


def _and(amounts: Sequence[int]) -> str:
    """`1, 10 and 100`; of many, only some."""
    words = list(map(str, amounts))
    if len(words) > 8:
        words = [*words[:3], "...", words[-1]]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


# What has to hold when all is over


def all_answered(trace: Trace, orders: Orders) -> bool | str:
    """Liveness: every customer has got every total."""
    for name, amounts in orders.items():
        got = {value[0] for node, value in trace.reports if node == name}
        waiting = [id for id in range(1, len(amounts) + 1) if id not in got]
        if waiting:
            asked = sum(
                e.kind == "send" and e.node == name and e.message.id == waiting[0] for e in trace.events
            )
            times = "once" if asked == 1 else f"{asked} times"
            return (
                f"at {trace.end:g} s {name} still waits for the Total of {Add(waiting[0], amounts[waiting[0] - 1])!r}, "
                f"sent {times}"
            )
    return True


def same_reply(trace: Trace, orders: Orders) -> bool | str:
    """A repeated request gets the reply that it got before."""
    first: dict[tuple[Any, int], Total] = {}
    for event in trace.events:
        if event.kind == "send" and isinstance(event.message, Total):
            before = first.setdefault((event.peer, event.message.id), event.message)
            if before != event.message:
                return (
                    f"at {event.time:g} s {event.peer} was sent {event.message!r}, and before that {before!r}"
                )
    return True


def one_reply_each(trace: Trace, orders: Orders) -> bool | str:
    """The server sends one reply for each request that reaches it."""
    for name in orders:
        came = sum((e.kind, e.node, e.peer) == ("deliver", "server", name) for e in trace.events)
        sent = sum((e.kind, e.node, e.peer) == ("send", "server", name) for e in trace.events)
        if sent > came:
            return f"{came} requests of {name} came, and the server sent {sent} replies"
    return True


def sum_is_right(trace: Trace, orders: Orders) -> bool | str:
    """The largest total that was heard is the sum of all amounts."""
    right = sum(sum(amounts) for amounts in orders.values())
    got = max((value[1] for node, value in trace.reports if node in orders), default=0)
    return got == right or f"the last total is {got}; it had to be {right}"
