"""What must hold of transactions that lock, and what breaks without each safeguard. `isolating` has the nodes.

Two stores keep an account each, "a" and "b", with 100 in both together. That a transfer is committed at both or at none
does not say that nobody sees half of it, nor that two transfers do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Network, Node, Scenario
from course_lib.transactions.isolating import Client, Lock, Step, Store, Txn

STORES = {"s1": {"a": 50}, "s2": {"b": 50}}
TOTAL = 100
TRANSFER = (Step("s1", "a", -10), Step("s2", "b", +10))
BACK = (Step("s2", "b", -10), Step("s1", "a", +10))
READER = (Step("s1", "a"), Step("s2", "b"))
CLIENTS = ("t1", "t2", "t3", "t4", "t5")


def the_sum_is_seen(world: Any) -> bool | str:
    """Isolation: whoever reads both accounts sees 100 in all, never one before a transfer and the other after it."""
    for name in _clients(world):
        client = world.nodes[name]
        for seen in client.seen:
            if len(client.plan) == len(STORES) and seen != TOTAL:
                return f"{name} has read {seen} in both accounts together, where there are always {TOTAL}"
    return True


def the_sum_is_kept(world: Any) -> bool | str:
    """Atomicity: when all is over, 100 are there."""
    if world.messages or not all_done(world):
        return True
    balances = {key: value for name in STORES for key, value in world.nodes[name].balances.items()}
    told = " and ".join(f"{value} in {key}" for key, value in balances.items())
    return sum(balances.values()) == TOTAL or f"in the end there are {told}, {sum(balances.values())} in all"


def nobody_starves(world: Any) -> bool | str:
    """What is wounded is so by something older, of which there is ever less: a bound that no newcomer raises.

    Ages are the numbers from 1 on, so n = age - 1 are older at the most. Each request of theirs wounds it once at the
    most, in each of their own attempts; of these there is one for the oldest, and (1 + locks) times as many with each
    that is younger. So it is wounded (1 + locks) ** n - 1 times at the most.
    """
    for name in _clients(world):
        client = world.nodes[name]
        most = (1 + len(STORES)) ** (client.born - 1) - 1
        if client.wounds > most:
            told = f"{client.wounds} time{'s' * (client.wounds != 1)}"
            return f"{name}, which began at {client.born}, was wounded {told}; {most} should be the most"
    return True


def all_done(world: Any) -> bool:
    """Liveness: it can always still come to this, unless some wait for each other."""
    return all(world.nodes[name].left == 0 for name in _clients(world))


def waits_for(*stores: Any) -> Any:
    """Who waits for whom, as a networkx DiGraph: of one store what it can see by itself, of several the union.

    Transactions go by their clients' names. An edge leads from who waits to who is in the way; its `key` is what they
    want. A cycle is a deadlock. Give it nodes as a trace ends, `trace.nodes["s1"]`, or as an invariant sees them.
    """
    import networkx as nx

    graph = nx.DiGraph()
    for store in stores:
        for request in store.locks.requests:
            graph.add_node(request.txn.client)
            for other in store.locks.in_the_way(request):
                if other.txn.client != request.txn.client:  # its own earlier attempt goes by itself
                    graph.add_edge(request.txn.client, other.txn.client, key=request.key)
    return graph


def deadlocked(world: Any) -> bool:
    """To be reached, where nobody is wounded: some wait for each other in a circle that no store sees by itself."""
    import networkx as nx

    stores = [world.nodes[name] for name in STORES]
    return not nx.is_directed_acyclic_graph(waits_for(*stores)) and all(
        nx.is_directed_acyclic_graph(waits_for(store)) for store in stores
    )


def _clients(world: Any) -> list[str]:
    return [name for name in CLIENTS if name in world.nodes]


INVARIANTS = (the_sum_is_seen, the_sum_is_kept, nobody_starves)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "read locks until the decision": "nobody sees one account before a transfer and the other after it",
    "write locks until the decision": "what somebody has promised to write is not read as it was",
    "the reader asks for votes": "who was wounded after it had read does not believe what it has read",
    "a number for each attempt": "a lock that an earlier attempt had is not taken for one that this has",
    "the older wounds": "two that wait for each other do not wait for ever",
    "the younger waits": "whoever comes does not wound who was there",
    "keeps its age": "who was wounded becomes the oldest in the end, and nobody wounds it any more",
    "a promise is not wounded": "who has voted yes can still commit",
}
ALL = frozenset(SAFEGUARDS)


class ShortReads(Store):
    def after_reading(self, request: Lock) -> None:
        if not request.exclusive:
            self.change(self.locks.release(request.txn))

    def vote(self, txn: Txn, locked: frozenset[str], writes: tuple[tuple[str, int], ...]) -> None:
        super().vote(txn, locked if writes else frozenset(), writes)


class ShortWrites(Store):
    def vote(self, txn: Txn, locked: frozenset[str], writes: tuple[tuple[str, int], ...]) -> None:
        super().vote(txn, locked, writes)
        self.change(self.locks.release(txn))


class AsksForNoVotes(Client):
    def all_locked(self) -> None:
        if any(step.change for step in self.plan):
            super().all_locked()
        else:
            self.commit()


class SameNumber(Client):
    def number(self) -> int:
        return 0


class OnlyWaits(Store):
    def wounds(self, asking: Txn, other: Txn) -> bool:
        return False


class TheYoungerWounds(Store):
    def wounds(self, asking: Txn, other: Txn) -> bool:
        return asking > other


class NewAge(Client):
    def wounded(self) -> None:
        self.age += self.clients
        super().wounded()


class WoundsAll(Store):
    def may_abort(self, txn: Txn) -> bool:
        return True


WITHOUT: dict[str, type[Node]] = {
    "read locks until the decision": ShortReads,
    "write locks until the decision": ShortWrites,
    "the reader asks for votes": AsksForNoVotes,
    "a number for each attempt": SameNumber,
    "the older wounds": OnlyWaits,
    "the younger waits": TheYoungerWounds,
    "keeps its age": NewAge,
    "a promise is not wounded": WoundsAll,
}


def scenario(
    plans: Iterable[tuple[Step, ...]] = (TRANSFER, BACK),
    safeguards: frozenset[str] = ALL,
    *,
    times: int = 1,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
) -> Scenario:
    """Two stores, "s1" and "s2", and for each plan a client that carries it out: "t1", the oldest, "t2", ...

    Args:
        plans: TRANSFER, BACK, READER, or others of `Step`s on these stores; a step that changes asks for an exclusive
            lock.
        safeguards: those that are on; one may be off.
        times: how many transactions t1 carries out, one after the other.

    Raises ValueError for an unknown safeguard, more than one that is off, another number of plans than 1 to 5, a step
    to an account that is not there, and an account that stands in one plan twice.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    plans = tuple(plans)
    _check(plans, times)
    store, client = (variant(kind, WITHOUT, off) for kind in (Store, Client))

    nodes: dict[str, Callable[[], Node]] = {
        name: partial(store, balances) for name, balances in STORES.items()
    }
    for number, (name, plan) in enumerate(zip(CLIENTS, plans, strict=False), 1):
        nodes[name] = partial(client, plan, number, len(plans), times if number == 1 else 1)
    # A connection is TCP: what is sent first arrives first.
    return Scenario(nodes, network=network or Network(fifo=True), seed=seed, invariants=invariants)


def _check(plans: tuple[tuple[Step, ...], ...], times: int) -> None:
    if len(plans) not in range(1, len(CLIENTS) + 1):
        raise ValueError(f"there are 1 to {len(CLIENTS)} plans, each a client's, not {len(plans)}")
    if type(times) is not int or times < 1:
        raise ValueError(f"times is how many transactions t1 carries out, 1 or more, not {times!r}")
    accounts = {(store, key) for store, balances in STORES.items() for key in balances}
    for plan in plans:
        places = [(step.store, step.key) for step in plan]
        if not plan or not accounts.issuperset(places) or len(set(places)) < len(places):
            raise ValueError(f"a plan goes to a at s1 and to b at s2, to each once at the most, not {plan!r}")


def without(safeguard: str) -> str:
    """Explores two clients with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking, rest = of_safeguard(WITHOUT, safeguard), ALL - {safeguard}
    if lacking is OnlyWaits:
        reached = scenario(safeguards=rest).explore(goal=deadlocked).reached
        return "" if reached is None else f"t1 and t2 wait for each other for ever ({reached.in_steps})"
    plans = (TRANSFER, READER) if lacking in (ShortReads, ShortWrites, AsksForNoVotes) else (TRANSFER, BACK)
    times = 2 if lacking is NewAge else 1
    invariants = (the_sum_is_seen,) if lacking is SameNumber else INVARIANTS
    return what_broke(scenario(plans, rest, times=times, invariants=invariants).explore())


def most_wounds(safeguards: frozenset[str] = ALL, times: int = 1) -> int:
    """How often t2 is wounded at the most, in any schedule, while t1 changes the same account so many times."""
    system = scenario([TRANSFER[:1]] * 2, safeguards, times=times, invariants=())
    most = 0
    while system.explore(goal=lambda world, most=most: world.nodes["t2"].wounds > most).reached:
        most += 1
    return most
