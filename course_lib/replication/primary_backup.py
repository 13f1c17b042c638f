"""What must hold of primary-backup replication, and what breaks without each of its safeguards.

`replicas` has the nodes, `views` the view service. What must hold is what clients can tell: `customers` has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

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
from course_lib.replication.members import Append, Copy, Have, Member
from course_lib.replication.replicas import Replica
from course_lib.replication.views import VIEWS, CarefulService, Closed, Ping, View, ViewService
from course_lib.safeguards import of_safeguard, switched_off, variant
from course_lib.sim import Crash, Network, Node, Partition, Reply, Scenario

REPLICAS = ("s1", "s2", "s3", "s4", "s5")
INVARIANTS = (nothing_acknowledged_is_lost, linearizable)
MODES: dict[str, int | None] = {"async": 0, "semi-sync": 1, "sync": None}
"""How many backups must have an entry before its client is answered; None is all of them."""


def two_primaries(world: Any) -> bool:
    """To be reached, and no harm by itself: two replicas that are up believe both that they lead."""
    up = [world.nodes[name] for name in REPLICAS if name in world.nodes and world.alive(name)]
    return sum(replica.leads() for replica in up) > 1


# The safeguards, and the same without each of them

SAFEGUARDS = {
    "answers when the backups have it": "what was acknowledged outlives the primary",
    "reads wait as well": "a primary that was replaced does not answer out of its old copy",
    "refuses an older view": "a primary that was replaced gets nothing acknowledged any more",
    "remembers its view": "a crash does not make a replica follow a primary that was replaced",
    "on disk before it says so": "a backup that crashes still has what it said it has",
    "copies its log first": "who joins has what was there before",
    "in the primary's order": "backups do the same things in the same order",
    "in place of its own log": "who comes back forgets what nobody else has",
    "knows a retry again": "what is asked for twice is done once",
    "one view at a time": "who has just joined is not promoted before it has the log",
    "hears all but one": "semi-synchronous: one of those who are heard has the entry",
    "closes before it says": "semi-synchronous: nothing is acknowledged after the count",
    "waits however long": "a backup that is silent does not make the primary answer alone",
    "a ping shows that it works": "a replica that sends pings and does nothing else is replaced",
    "names who does not answer": "a backup that the primary does not reach is left out",
}
ALL = frozenset(SAFEGUARDS)
OF_SEMI_SYNC = ("hears all but one", "closes before it says")
"""Those that the other modes do not have."""


class AnswersAtOnce(Replica):
    def needed(self) -> int:
        return 0


class ReadsAlone(Replica):
    def ask(self, entry: Entry) -> None:
        if self.leads() and entry.operation[0] == "read":
            log = (*self.log, entry)
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
        else:
            super().ask(entry)


class TakesFromAnybody(Replica):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Append) and message.view < self.view.number:
            Member.append(self, message.position, message.entry)
            self.send(sender, Have(message.view, len(self.log)))
        else:
            super().on_message(sender, message)


class ForgetsTheView(Replica):
    def on_start(self) -> None:
        if "view" in self.disk:
            # It takes its log for one of the first view, too.
            self.disk.update(view=self.first, copy=Copy(self.first, self.log), closed=0)
        super().on_start()


class SaysFirst(Replica):
    def append(self, position: int, entry: Entry) -> None:
        if position == len(self.log) + 1:
            self.send(self.view.leader, Have(self.view.number, position))
            Member.append(self, position, entry)
        else:
            super().append(position, entry)


class JoinsEmpty(Replica):
    def learn(self, view: View) -> None:
        super().learn(view)
        self.store(self.log)  # as if it were the log of this view

    def begin(self) -> None:
        self.store(self.log)
        self.have = dict.fromkeys(self.followers(), len(self.log))
        self.ping()


class AsItComes(Replica):
    def append(self, position: int, entry: Entry) -> None:
        if not self.place(entry):
            self.store((*self.log, entry))
        self.acknowledge()


class KeepsItsOwn(Replica):
    def take(self, log: tuple[Entry, ...]) -> None:
        self.store(max(self.log, log, key=len))
        self.acknowledge()


class DoesItAgain(Replica):
    def place(self, entry: Entry) -> int:
        return 0


class AnyView(ViewService):
    def has_begun(self) -> bool:
        return True


class TakesTheFirst(CarefulService):
    def is_enough(self) -> bool:
        return True


class StaysOpen(Replica):
    def close(self, number: int) -> None:
        if number == self.view.number:
            self.send(VIEWS, Closed(number, len(self.log)))


class FallsBack(Replica):
    """As MySQL's semi-synchronous replication does, by default after ten seconds."""

    def again(self) -> None:
        super().again()
        for position in sorted(self.waiting):
            self.reply(position)


class TrustsPings(ViewService):
    def is_alive(self, ping: Ping) -> bool:
        return True


class BearsIt(Replica):
    def missing(self) -> tuple[str, ...]:
        return ()


WITHOUT: dict[str, type[Node]] = {
    "answers when the backups have it": AnswersAtOnce,
    "reads wait as well": ReadsAlone,
    "refuses an older view": TakesFromAnybody,
    "remembers its view": ForgetsTheView,
    "on disk before it says so": SaysFirst,
    "copies its log first": JoinsEmpty,
    "in the primary's order": AsItComes,
    "in place of its own log": KeepsItsOwn,
    "knows a retry again": DoesItAgain,
    "one view at a time": AnyView,
    "hears all but one": TakesTheFirst,
    "closes before it says": StaysOpen,
    "waits however long": FallsBack,
    "a ping shows that it works": TrustsPings,
    "names who does not answer": BearsIt,
}

WRITE, READ = ("write", "x", 1), ("read", "x")
ANN: Clients = {"ann": (("s1",), (WRITE,))}
ANN_AND_BOB: Clients = {**ANN, "bob": (("s2",), (READ,))}
TWO_WRITERS: Clients = {**ANN, "bob": (("s2",), (("write", "x", 2),))}
SHOWN: dict[str, tuple[dict[str, Any], Trial]] = {
    "answers when the backups have it": ({"clients": ANN}, {"timeouts": 1}),
    "reads wait as well": (
        {"clients": {"ann": (("s1",), (READ, READ)), "bob": (("s2",), (WRITE,))}},
        {"timeouts": 1},
    ),
    "refuses an older view": ({"clients": ANN_AND_BOB}, {"timeouts": 1}),
    "remembers its view": ({"clients": ANN_AND_BOB}, {"timeouts": 1, "crashes": 1}),
    "on disk before it says so": ({"clients": ANN}, {"timeouts": 1, "crashes": 1}),
    "copies its log first": ({"clients": ANN, "joined": 1}, {"timeouts": 1}),
    "in the primary's order": (
        {"clients": {**ANN, "bob": (("s1",), (("write", "x", 2), READ))}},
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
    "hears all but one": ({"clients": ANN, "replicas": 3, "mode": "semi-sync"}, {"timeouts": 1}),
    "closes before it says": ({"clients": ANN, "replicas": 3, "mode": "semi-sync"}, {"timeouts": 1}),
    "waits however long": ({"clients": ANN}, {"timeouts": 2}),
    "a ping shows that it works": (
        {"clients": {"ann": (("s1", "s2"), (WRITE,))}, "grey": {"s1": 0.0}, "retries": 99},
        (),
    ),
    "names who does not answer": (
        {"clients": ANN, "retries": 99},
        (Partition({"s1"}, {"s2"}, at=0.0, oneway=True),),
    ),
}
"""Of each safeguard a system that needs it, and how it shows: by an exploration, or by a run with faults."""


def scenario(
    replicas: int = 2,
    safeguards: Collection[str] = ALL,
    *,
    mode: str = "sync",
    clients: Clients = ANN_AND_BOB,
    joined: int | None = None,
    grey: Mapping[str, float] | None = None,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
    until: float = 60.0,
    **options: Any,
) -> Scenario:
    """A view service "views", replicas "s1", the first primary, "s2", ..., and clients.

    Args:
        safeguards: those that are on; one may be off.
        mode: "async", "semi-sync" or "sync".
        clients: of each its name, whom it asks in this order, and its operations, as `logs.perform` knows them.
        joined: how many replicas are in the first view; the others ask to join. All, where it is not given.
        grey: of some replicas the second from which on they ping and do nothing else. Cannot be explored.
        until: when a run ends at the latest, in seconds.
        options: those of each `Client`: timeout, retries, think.

    Raises ValueError for an unknown safeguard or mode, more than one that is off, one that the mode does not have,
    what is not among the replicas, and a client with the name of one.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    if mode not in MODES:
        raise ValueError(f"the modes are {', '.join(MODES)}; {mode!r} is none of them")
    for name in off:
        if name in OF_SEMI_SYNC and mode != "semi-sync":
            raise ValueError(f"only semi-sync has the safeguard {name!r}: give mode='semi-sync'")
    those = cast(REPLICAS, replicas, joined, clients, grey)
    replica = variant(Replica, WITHOUT, off)
    nodes: dict[str, Callable[[], Node]] = {VIEWS: _service(mode, off, those.names, those.first)}
    for name in those.names:
        kind = grey_from(replica, those.grey[name]) if name in those.grey else replica
        nodes[name] = partial(kind, those.first, MODES[mode])
    for name, (servers, operations) in those.clients.items():
        nodes[name] = partial(Customer, operations, servers, **options)
    return Scenario(nodes, network=network, seed=seed, invariants=invariants, until=until)


def _service(mode: str, off: Collection[str], names: Sequence[str], first: View) -> Callable[[], Node]:
    weak: list[type] = [WITHOUT[name] for name in off if issubclass(WITHOUT[name], ViewService)]
    if mode != "semi-sync":
        kind: Any = weak[0] if weak else ViewService
        return partial(kind, names, first)
    kinds = tuple(dict.fromkeys([*weak, CarefulService]))
    kind = kinds[0] if issubclass(kinds[0], CarefulService) else type(kinds[0].__name__, kinds, {})
    return partial(kind, names, first, MODES[mode])


def without(safeguard: str) -> str:
    """Explores or runs a system that needs that safeguard, without it; what broke. KeyError for an unknown one."""
    options, trial = of_safeguard(SHOWN, safeguard)
    return what_went_wrong(scenario(safeguards=ALL - {safeguard}, **options), trial)
