"""What must hold of Paxos Commit, and what breaks without each of its safeguards. `paxos_committing` has the nodes.

The conditions are those of two-phase commit. They hold whatever is late, lost, cut off or crashed. That it comes to an
end takes a majority of the acceptors, and managers that come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Network, Node, Scenario
from course_lib.transactions.committing import Record, Writes, state_of
from course_lib.transactions.for_good import crashes_for_good, is_up
from course_lib.transactions.paxos import Slot
from course_lib.transactions.paxos_committing import (
    COORDINATOR,
    TXN,
    Acceptor,
    Manager,
    Phase2a,
    Phase2b,
    Votes,
)
from course_lib.transactions.two_phase import INVARIANTS as OF_TWO_PHASE
from course_lib.transactions.two_phase import KEY, PARTICIPANTS

ACCEPTORS = (COORDINATOR, "a2", "a3", "a4", "a5")


def as_it_was_told(world: Any) -> bool | str:
    """AC1 with those who decide: no two leaders know of different outcomes, and no manager has another."""
    outcomes = {name: state_of(world.nodes[name], TXN) for name in PARTICIPANTS if name in world.nodes}
    outcomes |= {
        name: _told(world.nodes[name]) for name in ACCEPTORS if name in world.nodes and world.alive(name)
    }
    committed = [name for name, outcome in outcomes.items() if outcome == "committed"]
    aborted = [name for name, outcome in outcomes.items() if outcome == "aborted"]
    if committed and aborted:
        return f"{committed[0]} has committed {TXN}, and {aborted[0]} has aborted it"
    return True


def nobody_in_doubt(world: Any) -> bool:
    """AC5, liveness: of the managers that are up nobody is in doubt. It can always still come to this."""
    up = [name for name in PARTICIPANTS if name in world.nodes and is_up(world, name)]
    return all(state_of(world.nodes[name], TXN) != "prepared" for name in up)


def _told(acceptor: Any) -> str | None:
    outcome = getattr(acceptor, "outcome", None)
    return None if outcome is None else "committed" if outcome else "aborted"


INVARIANTS = (*OF_TWO_PHASE, as_it_was_told)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "the vote on disk first": "a manager that crashes does not forget what it proposed",
    "all managers": "nothing is committed that one of them has not promised",
    "a majority of acceptors": "what one leader has seen chosen the next one sees, too",
    "keeps its promise": "a vote that comes late gets no majority behind the new leader's",
    "the promise on disk": "an acceptor that crashes keeps its promise",
    "the vote on disk before it is told": "what an acceptor has told is still so when it is back",
    "proposes what was accepted": "a new leader does not change what may have been chosen",
    "aborts where nobody voted": "a new leader promises nothing in the name of a manager",
}
ALL = frozenset(SAFEGUARDS)


class ProposesFirst(Manager):
    def vote(self, txn: str, writes: Writes, others: frozenset[str]) -> None:
        if state_of(self, txn) is None and self.willing:
            for acceptor in self.acceptors:
                self.send(acceptor, Phase2a(0, ((self.name, "prepared"),)))
            self.disk[txn] = Record("prepared", writes, others)
            self.wait()
        else:
            super().vote(txn, writes, others)


class MajorityOfManagers(Acceptor):
    def learn(self) -> None:
        prepared = [name for name in self.managers if self.is_chosen(name, "prepared")]
        if 2 * len(prepared) > len(self.managers):
            self.settle(True)
        else:
            super().learn()


class OneIsEnough(Acceptor):
    def has(self, some: Any) -> bool:
        return bool(set(some))


class BreaksItsPromise(Acceptor):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Phase2a) and message.ballot < self.promised():
            self.accept(message.ballot, message.votes)
            self.tell_accepted(COORDINATOR if message.ballot == 0 else sender, message.ballot)
        else:
            super().on_message(sender, message)


class PromisesInMemory(Acceptor):
    def promised(self) -> int:
        return max(super().promised(), getattr(self, "held", 0))

    def keep(self, slots: dict[str, Slot]) -> None:
        self.held = max(slot.promised for slot in slots.values())
        written = {name: replace(slot, promised=max(slot.ballot, 0)) for name, slot in slots.items()}
        if written != self.slots():
            super().keep(written)


class TellsFirst(Acceptor):
    def accept(self, ballot: int, votes: Votes) -> None:
        self.late = {**self.slots(), **{name: Slot(ballot, ballot, vote) for name, vote in votes}}

    def tell_accepted(self, leader: str, ballot: int) -> None:
        told = tuple((name, slot.value) for name, slot in self.late.items() if slot.ballot == ballot)
        if len(told) == len(self.managers):
            self.tell(leader, Phase2b(ballot, told))
        self.keep(self.late)


class StartsAnew(Acceptor):
    def choose(self, slots: list[Slot]) -> str:
        return "aborted"


class PromisesForOthers(Acceptor):
    def choose(self, slots: list[Slot]) -> str:
        return max(slots, key=lambda slot: slot.ballot).value or "prepared"


WITHOUT: dict[str, type[Node]] = {
    "the vote on disk first": ProposesFirst,
    "all managers": MajorityOfManagers,
    "a majority of acceptors": OneIsEnough,
    "keeps its promise": BreaksItsPromise,
    "the promise on disk": PromisesInMemory,
    "the vote on disk before it is told": TellsFirst,
    "proposes what was accepted": StartsAnew,
    "aborts where nobody voted": PromisesForOthers,
}


def scenario(
    participants: int = 3,
    failures: int = 1,
    safeguards: frozenset[str] = ALL,
    *,
    unwilling: Iterable[str] = (),
    comes_back: bool = True,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
) -> Scenario:
    """Resource managers "p1", "p2", ..., and 2F + 1 acceptors, the first of them the node "coordinator".

    Args:
        participants: how many managers.
        failures: F, how many acceptors may be down and it still comes to an end. With 0 it is two-phase commit.
        safeguards: those that are on; one may be off.
        unwilling: managers that vote to abort.
        comes_back: whether a node may outlive a crash.

    Raises ValueError for an unknown safeguard, more than one that is off, a participant that is not there, another
    number of participants than 1 to 5, and of failures than 0 to 2.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    if participants not in range(1, len(PARTICIPANTS) + 1):
        raise ValueError(f"there are 1 to {len(PARTICIPANTS)} participants, not {participants!r}")
    if failures not in range(3):
        raise ValueError(f"failures is 0, 1 or 2, not {failures!r}")
    managers, acceptors = PARTICIPANTS[:participants], ACCEPTORS[: 2 * failures + 1]
    if unknown := sorted(set(unwilling) - set(managers)):
        raise ValueError(f"the participants are {', '.join(managers)}; {unknown[0]!r} is none of them")
    acceptor, manager = (variant(kind, WITHOUT, off) for kind in (Acceptor, Manager))
    nodes: dict[str, Callable[[], Node]] = {
        name: lambda: acceptor(acceptors, managers, ((KEY, 1),)) for name in acceptors
    }
    for name in managers:
        nodes[name] = (lambda willing: lambda: manager(acceptors, willing))(name not in unwilling)
    system = Scenario(nodes, network=network, seed=seed, invariants=invariants)
    return system if comes_back else crashes_for_good(system)


def without(safeguard: str) -> str:
    """Explores the smallest system that needs the safeguard, with it switched off; what broke. KeyError if unknown."""
    lacking = of_safeguard(WITHOUT, safeguard)
    of_managers = lacking in (ProposesFirst, MajorityOfManagers, PromisesForOthers)
    participants = 3 if lacking is MajorityOfManagers else 2 if of_managers else 1
    failures = 0 if of_managers or lacking is TellsFirst else 1
    crashes = int(lacking in (ProposesFirst, TellsFirst, PromisesInMemory))
    unwilling = ("p3",) if lacking is MajorityOfManagers else ()
    system = scenario(participants, failures, ALL - {safeguard}, unwilling=unwilling)
    return what_broke(system.explore(crashes=crashes, timeouts=1))
