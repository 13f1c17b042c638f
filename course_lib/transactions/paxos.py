"""Single-decree Paxos: some acceptors choose one value, once and for all, as long as a majority of them answers.

L. Lamport, "Paxos Made Simple", ACM SIGACT News 32(4), 2001. It is safe whatever is late, lost, repeated or crashed. It
comes to an end when one proposer is left alone for two round trips: proposers that begin anew too soon go on for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Crash, Drop, Network, Node, Scenario


@dataclass(frozen=True)
class Prepare:
    """Phase 1a: promise me to take part in no lower ballot any more. What have you accepted?"""

    ballot: int


@dataclass(frozen=True)
class Slot:
    """What an acceptor has promised, and what it has accepted last: the ballot, -1 for none, and the value."""

    promised: int = 0
    ballot: int = -1
    value: str = ""


@dataclass(frozen=True)
class Promise:
    """Phase 1b."""

    ballot: int
    slot: Slot


@dataclass(frozen=True)
class Accept:
    """Phase 2a."""

    ballot: int
    value: str


@dataclass(frozen=True)
class Accepted:
    """Phase 2b. A value is chosen when a majority has accepted it in one ballot."""

    ballot: int


def to_propose(slots: Iterable[Slot], own: str) -> str:
    """The value to propose, after a majority has promised: what may have been chosen already is not changed.

    A majority that had accepted another value has a member among these; the highest ballot knew of all before it.
    """
    latest = max(slots, key=lambda slot: slot.ballot)
    return latest.value if latest.ballot >= 0 else own


def is_majority(some: Iterable[str], of: Iterable[str]) -> bool:
    return 2 * len(set(some)) > len(set(of))


ACCEPTORS = ("a1", "a2", "a3", "a4", "a5")
PROPOSERS = ("ann", "bob", "cem")
PATIENCE = 1.0  # seconds; two round trips take 0.04


class Acceptor(Node):
    """Its promises and what it accepted are on its disk before anyone hears of them."""

    def on_message(self, sender: str, message: Any) -> None:
        slot = self.slot()
        match message:
            case Prepare(ballot) if ballot > slot.promised:
                self.keep(replace(slot, promised=ballot))
                self.send(sender, Promise(ballot, slot))
            case Accept(ballot, value) if ballot >= slot.promised:
                self.keep(Slot(ballot, ballot, value))
                self.send(sender, Accepted(ballot))
            case Prepare() | Accept():
                pass  # it has promised not to
            case _:
                self.unexpected(sender, message)

    def slot(self) -> Slot:
        slot: Slot = self.disk.get("slot", Slot())
        return slot

    def keep(self, slot: Slot) -> None:
        self.disk["slot"] = slot


class Proposer(Node):
    """Wants its value chosen, and takes another's where one may have been."""

    def __init__(self, value: str, number: int, proposers: int) -> None:
        self.value, self.number, self.proposers = value, number, proposers

    def on_start(self) -> None:
        self.ballot = 0
        if "chosen" not in self.disk:
            self.begin()

    def begin(self) -> None:
        self.disk["ballot"] = self.ballot = self.next_ballot()  # before anyone hears of it: it is used once
        self.promises: dict[str, Slot] = {}
        self.accepted: frozenset[str] = frozenset()
        self.tell(Prepare(self.ballot))
        self.set_timer("patience", PATIENCE)

    def next_ballot(self) -> int:
        """A ballot that is nobody else's: with two proposers 1, 3, 5 and 2, 4, 6."""
        ballot: int = self.disk.get("ballot", self.number - self.proposers)
        return ballot + self.proposers

    def tell(self, message: Any) -> None:
        for name in self.acceptors():
            self.send(name, message)

    def acceptors(self) -> list[str]:
        return [name for name in self.peers if name in ACCEPTORS]

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Promise(ballot, slot) if ballot == self.ballot and not self.has(self.promises):
                self.promises = dict(sorted({**self.promises, sender: slot}.items()))
                if self.has(self.promises):
                    self.proposed = self.choose(list(self.promises.values()))
                    self.tell(Accept(ballot, self.proposed))
            case Accepted(ballot) if ballot == self.ballot and not self.has(self.accepted):
                self.accepted |= {sender}
                if self.has(self.accepted):
                    self.disk["chosen"] = self.proposed
                    self.cancel_timer("patience")
            case Promise() | Accepted():
                pass  # of an earlier ballot, or after the majority
            case _:
                self.unexpected(sender, message)

    def choose(self, slots: list[Slot]) -> str:
        return to_propose(slots, self.value)

    def has(self, some: Iterable[str]) -> bool:
        return is_majority(some, self.acceptors())

    def on_timer(self, name: str) -> None:
        self.begin()


# What must hold


def one_value(world: Any) -> bool | str:
    """Safety: no two proposers see different values chosen. What is on a disk counts, also while the node is down."""
    chosen = _chosen(world)
    for name, value in chosen.items():
        for other, another in chosen.items():
            if value != another:
                return f"{name} has seen {value} chosen, and {other} {another}"
    return True


def somebody_knows(world: Any) -> bool:
    """Liveness: it can always still come to this."""
    return bool(_chosen(world))


def _chosen(world: Any) -> dict[str, str]:
    disks = {name: world.nodes[name].disk for name in PROPOSERS if name in world.nodes}
    return {name: disk["chosen"] for name, disk in disks.items() if "chosen" in disk}


INVARIANTS = (one_value,)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "keeps its promise": "an old ballot gets no majority behind a new one",
    "its slot on disk": "an acceptor that crashes forgets no promise, and nothing that it accepted",
    "proposes what was accepted": "what may have been chosen is not changed",
    "a majority": "any two ballots have an acceptor in common",
}
ALL = frozenset(SAFEGUARDS)


class BreaksItsPromise(Acceptor):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Accept) and message.ballot < self.slot().promised:
            self.keep(replace(self.slot(), ballot=message.ballot, value=message.value))
            self.send(sender, Accepted(message.ballot))
        else:
            super().on_message(sender, message)


class InMemory(Acceptor):
    def slot(self) -> Slot:
        return getattr(self, "held", Slot())

    def keep(self, slot: Slot) -> None:
        self.held = slot


class ItsOwnValue(Proposer):
    def choose(self, slots: list[Slot]) -> str:
        return self.value


class OneIsEnough(Proposer):
    def has(self, some: Iterable[str]) -> bool:
        return bool(set(some))


WITHOUT: dict[str, type[Node]] = {
    "keeps its promise": BreaksItsPromise,
    "its slot on disk": InMemory,
    "proposes what was accepted": ItsOwnValue,
    "a majority": OneIsEnough,
}

FORGETFUL = (Drop("bob>a1#1"), Crash("a2", at=0.015, until=0.016))
"""a2 promises ann and then bob, is down for a moment, and is asked to accept by both."""


def scenario(
    acceptors: int = 3,
    proposers: int = 2,
    safeguards: frozenset[str] = ALL,
    *,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
) -> Scenario:
    """Acceptors "a1", "a2", ... and proposers "ann", "bob", "cem", each of whom wants its own name chosen.

    Raises ValueError for an unknown safeguard, more than one that is off, and another number than 1 to 5 and 1 to 3.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    for what, number, names in (("acceptors", acceptors, ACCEPTORS), ("proposers", proposers, PROPOSERS)):
        if number not in range(1, len(names) + 1):
            raise ValueError(f"there are 1 to {len(names)} {what}, not {number!r}")
    acceptor, proposer = (variant(kind, WITHOUT, off) for kind in (Acceptor, Proposer))
    nodes: dict[str, Callable[[], Node]] = dict.fromkeys(ACCEPTORS[:acceptors], acceptor)
    for number, name in enumerate(PROPOSERS[:proposers], 1):
        nodes[name] = partial(proposer, name, number, proposers)
    return Scenario(nodes, network=network, seed=seed, invariants=invariants)


def without(safeguard: str) -> str:
    """Explores or runs two proposers with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking = of_safeguard(WITHOUT, safeguard)
    system = scenario(safeguards=ALL - {safeguard})
    if lacking is InMemory:
        trace = system.run(FORGETFUL)
        return (
            f"{trace.violated}: {trace.reason} (run with {len(FORGETFUL)} faults)" if trace.violated else ""
        )
    return what_broke(system.explore(timeouts=0))
