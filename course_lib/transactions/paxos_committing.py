"""Paxos Commit: each resource manager's vote is chosen by Paxos, so that no vote dies with one coordinator.

J. Gray and L. Lamport, "Consensus on Transaction Commit", ACM TODS 31(1), 2006. Each manager has an instance of Paxos.
In its ballot 0 only the manager may propose, "prepared" or "aborted". A leader that takes over finds out what may have
been chosen, and proposes "aborted" where nothing was. The transaction is committed if "prepared" is chosen in every
instance. `paxos` has the rules of one instance; here the messages of a leader are about all of them at once, as in the
paper. `paxos_commit` has what must hold, and what breaks without each safeguard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from course_lib.sim import Node
from course_lib.transactions.committing import (
    PATIENCE,
    Ask,
    Decision,
    Done,
    Participant,
    Prepare,
    Record,
    Writes,
    state_of,
)
from course_lib.transactions.paxos import Slot, is_majority, to_propose

TXN = "t1"
COORDINATOR = "coordinator"  # the first acceptor, which begins the transaction
Votes = tuple[tuple[str, str], ...]
"""Manager and vote, "prepared" or "aborted"."""


@dataclass(frozen=True)
class Phase1a:
    """Promise me to take part in no lower ballot any more. What have you accepted?"""

    ballot: int


@dataclass(frozen=True)
class Phase1b:
    ballot: int
    slots: tuple[tuple[str, Slot], ...]
    """Manager and what the acceptor has of its instance."""


@dataclass(frozen=True)
class Phase2a:
    """Accept these votes. In ballot 0 a manager proposes its own."""

    ballot: int
    votes: Votes


@dataclass(frozen=True)
class Phase2b:
    """I have accepted these votes."""

    ballot: int
    votes: Votes


class Manager(Participant):
    """A resource manager: the participant of two-phase commit, which tells its vote to all acceptors.

    It keeps its promise as there. In doubt it asks one acceptor after the other, the coordinator last, and whom it asks
    finds out.
    """

    def __init__(self, acceptors: tuple[str, ...], willing: bool = True) -> None:
        super().__init__(willing)
        self.acceptors = acceptors

    def on_start(self) -> None:
        self.asked = 0
        self.ask_the_next()

    def on_timer(self, name: str) -> None:
        self.ask_the_next()

    def vote(self, txn: str, writes: Writes, others: frozenset[str]) -> None:
        if state_of(self, txn) is None:  # once: in one ballot it proposes one value
            if self.willing:
                self.promise(txn, Record("prepared", writes, others))
                self.wait()
            else:
                self.disk[txn] = Record("aborted")
            self.propose(txn)

    def propose(self, txn: str) -> None:
        for acceptor in self.acceptors:
            self.send(acceptor, Phase2a(0, ((self.name, self.disk[txn].state),)))

    def ask_the_next(self) -> None:
        if self.in_doubt():
            self.asked = (self.asked + 1) % len(self.acceptors)
            self.send(self.acceptors[self.asked], Ask(TXN))
            self.wait()


class Acceptor(Node):
    """Remembers votes. Asked what became of the transaction, it leads: it has a majority choose what is open."""

    def __init__(self, acceptors: tuple[str, ...], managers: tuple[str, ...], writes: Writes) -> None:
        self.acceptors, self.managers, self.writes = acceptors, managers, writes

    def on_start(self) -> None:
        self.outcome: bool | None = None
        self.ballot: int | None = None  # the one that it leads
        self.promises: dict[str, tuple[tuple[str, Slot], ...]] = {}
        self.told: dict[str, Votes] = {}
        if self.name == COORDINATOR and "begun" not in self.disk:
            self.disk["begun"] = True
            self.ballot = 0
            for name in self.managers:
                self.send(name, Prepare(TXN, self.writes, frozenset(self.managers) - {name}))
            self.set_timer("patience", PATIENCE)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Phase1a(ballot) if ballot > self.promised():
                slots = self.slots()
                self.keep({name: replace(slot, promised=ballot) for name, slot in slots.items()})
                self.tell(sender, Phase1b(ballot, tuple(slots.items())))
            case Phase2a(0, _) if self.outcome is not None:
                self.answer(sender)  # a vote that comes after the decision
            case Phase2a(ballot, votes) if ballot >= self.promised():
                self.accept(ballot, votes)
                self.tell_accepted(COORDINATOR if ballot == 0 else sender, ballot)
            case Phase1b(ballot, slots) if ballot == self.ballot and not self.has(self.promises):
                self.promises = dict(sorted({**self.promises, sender: slots}.items()))
                if self.has(self.promises):
                    self.tell_all(Phase2a(ballot, self.open_votes()))
            case Phase2b(ballot, votes) if ballot == self.ballot:
                self.told = dict(sorted({**self.told, sender: votes}.items()))
                self.learn()
            case Ask() if self.outcome is not None:
                self.answer(sender)
            case Ask() if self.ballot is None:
                self.lead()
            case Ask() | Done() | Phase1a() | Phase1b() | Phase2a() | Phase2b():
                pass  # it leads already; it has promised not to; an earlier ballot
            case _:
                self.unexpected(sender, message)

    # It remembers

    def slots(self) -> dict[str, Slot]:
        """Its part in each manager's instance."""
        slots: dict[str, Slot] = self.disk.get("slots", dict.fromkeys(self.managers, Slot()))
        return slots

    def promised(self) -> int:
        return max(slot.promised for slot in self.slots().values())

    def keep(self, slots: dict[str, Slot]) -> None:
        self.disk["slots"] = slots

    def accept(self, ballot: int, votes: Votes) -> None:
        self.keep({**self.slots(), **{name: Slot(ballot, ballot, vote) for name, vote in votes}})

    def tell_accepted(self, leader: str, ballot: int) -> None:
        """Once it has all votes, or one that aborts: the leader has no use for less."""
        votes = tuple((name, slot.value) for name, slot in self.slots().items() if slot.ballot == ballot)
        if len(votes) == len(self.managers) or "aborted" in dict(votes).values():
            self.tell(leader, Phase2b(ballot, votes))

    # It leads

    def lead(self) -> None:
        """In a ballot of its own, above all that it has promised: with three acceptors 1, 4, 7; 2, 5, 8; 3, 6, 9."""
        number, step = self.acceptors.index(self.name) + 1, len(self.acceptors)
        rounds = max(0, self.promised() - number + step) // step
        self.ballot, self.promises, self.told = number + rounds * step, {}, {}
        self.set_timer("patience", PATIENCE)
        self.tell_all(Phase1a(self.ballot))

    def on_timer(self, name: str) -> None:
        """Not all votes came, or another leader was faster."""
        self.lead()

    def open_votes(self) -> Votes:
        """Of each instance what may have been chosen; where a majority knows of nothing, "aborted"."""
        instances: dict[str, list[Slot]] = {name: [] for name in self.managers}
        for slots in self.promises.values():
            for name, slot in slots:
                instances[name].append(slot)
        return tuple((name, self.choose(slots)) for name, slots in instances.items())

    def choose(self, slots: list[Slot]) -> str:
        return to_propose(slots, "aborted")

    def learn(self) -> None:
        """It commits if in all instances "prepared" is chosen, and aborts if in one "aborted" is."""
        if all(self.is_chosen(name, "prepared") for name in self.managers):
            self.settle(True)
        elif any(self.is_chosen(name, "aborted") for name in self.managers):
            self.settle(False)

    def is_chosen(self, manager: str, vote: str) -> bool:
        return self.has(name for name, votes in self.told.items() if (manager, vote) in votes)

    def has(self, some: Any) -> bool:
        return is_majority(some, self.acceptors)

    def answer(self, manager: str) -> None:
        self.send(manager, Decision(TXN, bool(self.outcome)))

    def settle(self, commit: bool) -> None:
        self.outcome, self.ballot, self.promises, self.told = commit, None, {}, {}
        self.cancel_timer("patience")
        for name in self.managers:
            self.send(name, Decision(TXN, commit))

    # Who leads is an acceptor too: what it tells itself is no message

    def tell_all(self, message: Any) -> None:
        """Itself first: its own promise is on its disk before others hear of the ballot."""
        for name in (self.name, *(other for other in self.acceptors if other != self.name)):
            self.tell(name, message)

    def tell(self, name: str, message: Any) -> None:
        if name == self.name:
            self.on_message(name, message)
        else:
            self.send(name, message)
