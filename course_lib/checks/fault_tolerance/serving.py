"""The worlds of 10.primary: replicas of the learner's class, a view service that suspects whom it likes, and clients."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any

from course_lib.checks.plain import HANDED
from course_lib.replication.customers import Clients, Customer, linearizable
from course_lib.replication.logs import Entry
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import VIEWS, View, ViewService
from course_lib.sim import Network, Node, Returned, Scenario, Trace, calls

REPLICAS = ("s1", "s2", "s3")
WRITE, READ = ("write", "x", 1), ("read", "x")
ANN: Clients = {"ann": (("s1", "s2"), (WRITE,))}
HANDED.add(View)  # a replica is made with the first one
Said = Sequence[tuple[str, Any]]
"""Who says what to s2, a second apart."""


class Suspicious(ViewService):
    """Suspects whom it is told to, at that time, dead or not. Who is left out stays out.

    So all members of a view were members of those before it, and have what was acknowledged: any of them may lead, and
    no view has to wait until the one before it has begun. Each view is told to all replicas, once.
    """

    def __init__(self, first: View, suspects: Mapping[str, float]) -> None:
        super().__init__(first.members, first)
        self.suspects = tuple(suspects.items())

    def on_start(self) -> None:
        super().on_start()
        for name in self.replicas:
            self.cancel_timer(name)
        for name, after in self.suspects:
            self.set_timer(name, after)

    def on_message(self, sender: str, message: Any) -> None:
        pass  # it needs no signs of life

    def has_begun(self) -> bool:
        return True

    def make(self, members: tuple[str, ...]) -> None:
        self.disk["view"] = View(self.view.number + 1, members)  # before anyone hears of it
        for name in self.replicas:
            self.send(name, self.view)


class Patient(Customer):
    """Asks once, and waits for as long as it takes: one timer less to explore."""

    def _try(self) -> None:
        super()._try()
        self.cancel_timer("timeout")


def serving(
    replica: Callable[[View], Node],
    clients: Clients = ANN,
    replicas: int = 2,
    suspects: Mapping[str, float] | None = None,
    retries: int = 0,
    think: float = 0.0,
    until: float = 12.0,
) -> Scenario:
    """The nodes "s1", the first primary, "s2" and so on, each of which is `replica(first)`; "views"; and the clients.

    Args:
        clients: of each its name, whom it asks in this order, and its operations.
        suspects: whom the view service suspects, and after how many seconds; s1 after 1 s, where nothing is given.
        retries: how often a client asks again that has waited for 1 s, the next in its list; with 0 it asks once, and
            waits.
        think: seconds from an answer to the client's next operation.

    What one replica sends another arrives in the order in which it was sent, if it arrives.
    """
    names = REPLICAS[:replicas]
    first = View(1, names)
    nodes: dict[str, Callable[[], Node]] = {
        VIEWS: partial(Suspicious, first, {"s1": 1.0} if suspects is None else suspects),
        **{name: partial(replica, first) for name in names},
    }
    for name, (servers, operations) in clients.items():
        kind = Customer if retries else Patient
        nodes[name] = partial(kind, operations, servers, retries=retries, think=think)
    in_order = {pair: {"fifo": True} for pair in permutations(names, 2)}
    return Scenario(nodes, network=Network(links=in_order), invariants=INVARIANTS, until=until)


def readable(world: Any) -> bool | str:
    """The log is where it was asked for."""
    for name in REPLICAS:
        log = world.nodes[name].disk.get("log", ()) if name in world.nodes else ()
        if not isinstance(log, tuple) or not all(isinstance(entry, Entry) for entry in log):
            return f"{name}'s disk has {log!r} under 'log'; it had to be a tuple of Entry"
    return True


def kept(world: Any) -> bool | str:
    """What a client was told is written is on the disk of whoever leads the newest view, up or down."""
    if "view" not in world.nodes[VIEWS].disk:
        return True  # it has crashed before it began
    leader = world.nodes[VIEWS].disk["view"].leader
    has = {(entry.client, entry.id) for entry in world.nodes[leader].disk.get("log", ())}
    for client, report in world.reports:
        if isinstance(report, Returned) and report.operation[0] == "write" and (client, report.id) not in has:
            return (
                f"{client} was answered that {report.operation!r}, its request {report.id}, is done; "
                f"{leader} leads, and has no such entry in its log"
            )
    return True


def one_copy(world: Any) -> bool | str:
    """What clients saw is linearizable. The times that the judge tells are numbers of reports, and no seconds."""
    said = linearizable(world)
    if not isinstance(said, str):
        return said
    return re.sub(r" at \d+", "", said[0].lower() + said[1:]).rstrip(".")


def of_the_service(world: Any) -> bool | str:
    """Each Copy is of a view that the view service makes: with one member less each time."""
    size = sum(name in REPLICAS for name in world.nodes)
    return _copied(world, lambda view: view.number + len(view.members) == 1 + size)


def _copied(world: Any, is_made: Callable[[View], bool]) -> bool | str:
    for sender, to, message in world.messages:
        view = message.view if isinstance(message, Copy) else None
        if isinstance(view, View) and not is_made(view):
            return f"{sender} sent {to} a Copy of {view!r}, and the view service makes no such view"
    return True


INVARIANTS = (readable, kept, one_copy, of_the_service)


def answered(trace: Trace, *_: Any) -> bool | str:
    """Liveness: all that clients asked for."""
    for call in calls(trace):
        if not call.answered:
            return f"the run ends at {trace.end:g} s, and {call.client} has no answer to {call.operation!r}"
    return True


# One that is talked to


class Speaker(Node):
    """Says its part, and listens."""

    def __init__(self, part: Sequence[tuple[int, Any]]) -> None:
        self.part = tuple(part)

    def on_start(self) -> None:
        for second, _ in self.part:
            self.set_timer(str(second), second)

    def on_timer(self, name: str) -> None:
        for second, message in self.part:
            if second == int(name):
                self.send("s2", message)

    def on_message(self, sender: str, message: Any) -> None:
        pass


def talking(replica: Callable[[View], Node], said: Said) -> Scenario:
    """The node "s2", which is `replica(View(1, ("s1", "s2", "s3")))`, and those who talk to it, a second apart."""
    parts: dict[str, list[tuple[int, Any]]] = {name: [] for name in (VIEWS, "s1", "s3")}
    made = [View(1, REPLICAS)]
    for second, (name, message) in enumerate(said, start=1):
        if name == "s2":
            raise ValueError(f"s2 is talked to, and says nothing itself: who else says {message!r}?")
        parts.setdefault(name, []).append((second, message))
        made.append(message.view if isinstance(message, Copy) else message)

    def of_the_service(world: Any) -> bool | str:  # the name of the other one: it is the same mistake
        return _copied(world, lambda view: view in made)

    nodes: dict[str, Callable[[], Node]] = {"s2": partial(replica, View(1, REPLICAS))}
    nodes |= {name: partial(Speaker, part) for name, part in parts.items()}
    return Scenario(nodes, invariants=[readable, of_the_service], until=len(said) + 1.0)


def _heard(trace: Trace) -> Iterator[tuple[Any, View, str]]:
    """Each Copy that s2 got, the newest view that it knew then, and what it did: nothing, where it did not take it."""
    view = View(1, REPLICAS)
    for number, event in enumerate(trace.events, start=1):
        if event.kind != "deliver" or event.node != "s2":
            continue
        if isinstance(event.message, View) and event.message.number > view.number:
            view = event.message
        if isinstance(event.message, Copy):
            yield event, view, _did(trace, number)
            if event.message.view.number > view.number:
                view = event.message.view


def _did(trace: Trace, number: int) -> str:
    """What s2 did when it had got the message of that event."""
    end = number
    while end < len(trace.events) and trace.events[end].kind in ("send", "report"):
        end += 1
    if any(isinstance(event.message, Have) for event in trace.events[number:end]):
        return "answered that it has it"
    before, after = (trace.states_after(events)["s2"].disk.get("log") for events in (number - 1, end))
    return f"took its log: {before!r} became {after!r}" if before != after else ""


def takes_nothing_older(trace: Trace, *_: Any) -> bool | str:
    """It takes no Copy of a view that is older than the newest that it knows."""
    return _takes(trace, lambda copied, known: copied.number < known.number)


def follows_one(trace: Trace, *_: Any) -> bool | str:
    """Of two views of one number it takes nothing of the second."""
    return _takes(trace, lambda copied, known: copied.number == known.number and copied != known)


def _takes(trace: Trace, is_wrong: Callable[[View, View], bool]) -> bool | str:
    for event, known, did in _heard(trace):
        copied = event.message.view
        if did and is_wrong(copied, known):
            return f"at {event.time:g} s s2 was in {known!r}, got a Copy of {copied!r} from {event.peer}, and {did}"
    return True
