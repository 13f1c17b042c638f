"""What must hold of chain replication, and what breaks without each of its safeguards. `chaining` has the nodes.

What must hold is what clients can tell: `customers` has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any

from course_lib.replication.chaining import ChainReplica
from course_lib.replication.customers import (
    Clients,
    Customer,
    Trial,
    cast,
    linearizable,
    nothing_acknowledged_is_lost,
    what_went_wrong,
)
from course_lib.replication.grey import grey_from
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Append, Copy, Member
from course_lib.replication.primary_backup import AnyView, TrustsPings
from course_lib.replication.views import VIEWS, View, ViewService
from course_lib.safeguards import of_safeguard, switched_off, variant
from course_lib.sim import Crash, Network, Node, Partition, Reply, Scenario

REPLICAS = ("s1", "s2", "s3", "s4", "s5")
INVARIANTS = (nothing_acknowledged_is_lost, linearizable)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "the tail answers writes": "what was acknowledged is everywhere, so it outlives any of them",
    "the tail answers reads": "nobody reads what may be lost yet, or what is old",
    "the tail asks first": "a tail that was left out does not answer out of its old log",
    "refuses an older view": "a head that was left out gets nothing acknowledged any more",
    "remembers its view": "a crash does not make a node follow one that was left out",
    "on disk before it goes on": "what is at the tail is on the disks before it, whatever crashes",
    "copies its log first": "who joins, or follows after a failure, has what was there before",
    "in the head's order": "all do the same things in the same order",
    "in place of its own log": "who comes back forgets what nobody else has",
    "knows a retry again": "what is asked for twice is done once",
    "one view at a time": "who has just joined is not the only one left before it has the log",
    "a ping shows that it works": "a node that sends pings and does nothing else is left out",
}
ALL = frozenset(SAFEGUARDS)


class AnswersAtTheHead(ChainReplica):
    def write(self, entry: Entry) -> None:
        super().write(entry)
        if self.leads():
            self.send(entry.client, Reply(entry.id, result_of(self.log, self.place(entry))))


class ReadsAnywhere(ChainReplica):
    def ask(self, entry: Entry) -> None:
        if entry.operation[0] == "read":
            self.send(entry.client, Reply(entry.id, self.value(entry.operation)))
        else:
            super().ask(entry)


class ReadsAlone(ChainReplica):
    def read(self, client: str, id: int) -> None:
        self.answer_read(client, id)


class TakesFromAnybody(ChainReplica):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Append) and message.view < self.view.number:
            position, entry = message.position, message.entry
            Member.append(self, position, entry)
            self.pass_on(message)
            if not self.followers():
                self.send(entry.client, Reply(entry.id, result_of(self.log, position)))
        else:
            super().on_message(sender, message)


class ForgetsTheView(ChainReplica):
    def on_start(self) -> None:
        if "view" in self.disk:
            # Of which view its log is it does not know either: so it takes whatever comes in the first.
            self.disk.update(view=self.first, copy=Copy(View(0, ()), self.log))
        super().on_start()


class GoesOnFirst(ChainReplica):
    def append(self, position: int, entry: Entry) -> None:
        if position == len(self.log) + 1 and self.followers():
            self.pass_on(Append(self.view.number, position, entry))
            Member.append(self, position, entry)
        else:
            super().append(position, entry)


class JoinsEmpty(ChainReplica):
    def learn(self, view: View) -> None:
        super().learn(view)
        self.store(self.log)  # as if it were the log of this view
        self.have = dict.fromkeys(self.followers(), len(self.log))

    def begin(self) -> None:
        self.store(self.log)
        self.have = dict.fromkeys(self.followers(), len(self.log))
        self.ping()


class AsItComes(ChainReplica):
    def append(self, position: int, entry: Entry) -> None:
        if not self.place(entry):
            self.store((*self.log, entry))
        self.go_on(self.place(entry))


class KeepsItsOwn(ChainReplica):
    def take(self, log: tuple[Entry, ...]) -> None:
        super().take(max(self.log, log, key=len))


class DoesItAgain(ChainReplica):
    def place(self, entry: Entry) -> int:
        return 0


WITHOUT: dict[str, type[Node]] = {
    "the tail answers writes": AnswersAtTheHead,
    "the tail answers reads": ReadsAnywhere,
    "the tail asks first": ReadsAlone,
    "refuses an older view": TakesFromAnybody,
    "remembers its view": ForgetsTheView,
    "on disk before it goes on": GoesOnFirst,
    "copies its log first": JoinsEmpty,
    "in the head's order": AsItComes,
    "in place of its own log": KeepsItsOwn,
    "knows a retry again": DoesItAgain,
    "one view at a time": AnyView,
    "a ping shows that it works": TrustsPings,
}

WRITE, READ = ("write", "x", 1), ("read", "x")
ANN: Clients = {"ann": (("s1",), (WRITE,))}
TWO_WRITERS: Clients = {**ANN, "bob": (("s2",), (("write", "x", 2),))}
SHOWN: dict[str, tuple[dict[str, Any], Trial]] = {
    "the tail answers writes": ({"clients": ANN}, {"timeouts": 1}),
    "the tail answers reads": (
        {"clients": {**ANN, "bob": (("s1",), (READ,)), "cem": (("s2",), (READ, READ))}},
        {"timeouts": 0},
    ),
    "the tail asks first": ({"clients": {**ANN, "bob": (("s2",), (READ, READ))}}, {"timeouts": 1}),
    "refuses an older view": ({"clients": TWO_WRITERS}, {"timeouts": 1}),
    "remembers its view": (
        {
            "clients": {"ann": (("s1",), (WRITE, WRITE)), "bob": (("s2",), (("write", "x", 2),))},
            "retries": 9,
            "think": 1.0,
        },
        (
            Partition({"s1"}, {VIEWS}, at=0.0),
            Partition({"s2"}, {VIEWS}, at=1.5),
            Crash("s2", at=1.6, until=1.7),
        ),
    ),
    "on disk before it goes on": ({"clients": ANN, "replicas": 3}, {"timeouts": 1, "crashes": 1}),
    "copies its log first": ({"clients": ANN, "joined": 1}, {"timeouts": 1}),
    "in the head's order": (
        {
            "clients": {
                "ann": (("s1",), (("cas", "x", None, 1),)),
                "bob": (("s1",), (("cas", "x", None, 2), READ)),
            }
        },
        {"timeouts": 1},
    ),
    "in place of its own log": (
        {"clients": TWO_WRITERS, "retries": 9},
        (Partition({"s1", "ann"}, {"s2", VIEWS}, at=0.0, until=1.5), Crash("s2", at=3.0)),
    ),
    "knows a retry again": (
        {"clients": {"ann": (("s1",), (("cas", "x", None, 1),))}, "retries": 1},
        {"timeouts": 1},
    ),
    "one view at a time": ({"clients": ANN, "joined": 1}, {"timeouts": 1}),
    "a ping shows that it works": (
        {"clients": {"ann": (("s1", "s2"), (WRITE,))}, "grey": {"s1": 0.0}, "retries": 99},
        (),
    ),
}
"""Of each safeguard a system that needs it, and how it shows: by an exploration, or by a run with faults."""


def scenario(
    replicas: int = 2,
    safeguards: Collection[str] = ALL,
    *,
    clients: Clients = ANN,
    joined: int | None = None,
    grey: Mapping[str, float] | None = None,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
    until: float = 60.0,
    **options: Any,
) -> Scenario:
    """A view service "views", a chain "s1", the first head, "s2", ..., and clients: they read from the last they know.

    Args are those of `primary_backup.scenario`, without the mode. Raises ValueError as that does.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    those = cast(REPLICAS, replicas, joined, clients, grey)
    replica, service = (variant(kind, WITHOUT, off) for kind in (ChainReplica, ViewService))
    nodes: dict[str, Callable[[], Node]] = {VIEWS: partial(service, those.names, those.first)}
    for name in those.names:
        kind = grey_from(replica, those.grey[name]) if name in those.grey else replica
        nodes[name] = partial(kind, those.first)
    for name, (servers, operations) in those.clients.items():
        nodes[name] = partial(Customer, operations, servers, tuple(reversed(servers)), **options)
    return Scenario(nodes, network=network, seed=seed, invariants=invariants, until=until)


def without(safeguard: str) -> str:
    """Explores or runs a system that needs that safeguard, without it; what broke. KeyError for an unknown one."""
    options, trial = of_safeguard(SHOWN, safeguard)
    return what_went_wrong(scenario(safeguards=ALL - {safeguard}, **options), trial)
