"""Three-phase commit: a phase between the votes and the commit, so that who is left over can decide without the dead.

D. Skeen, "Nonblocking Commit Protocols", SIGMOD 1981. Here a participant that hears no more decides alone, from its own
state; `succeeding` has the version in which it asks the others. `three_phase` has what must hold of both. A Record may
also be "precommitted", and the coordinator's "begun". One transaction, `TXN`, is enough.
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
    Prepare,
    Record,
    Vote,
    Writes,
    state_of,
    values_of,
)

TXN = "t1"
LONGER = (
    3 * PATIENCE
)  # so long the coordinator waits for all; who doubts meanwhile asks it, and is told to wait
COORDINATOR = "coordinator"


@dataclass(frozen=True)
class PreCommit:
    """All have voted yes. Nobody has committed yet, and nobody will abort unless all who know of this are dead."""

    txn: str


@dataclass(frozen=True)
class Acknowledge:
    """I have moved to precommitted."""

    txn: str


@dataclass(frozen=True)
class Wait:
    """I live, and it is not decided yet."""

    txn: str


class Party(Node):
    """What all have in common: a record of the transaction, and what to do for one who asks.

    Who finds a record as it starts was down. What happened meanwhile it does not know, so it decides nothing any more:
    it asks.
    """

    def on_start(self) -> None:
        self.recovered = state_of(self, TXN) is not None
        if self.recovered and not self.has_decided():
            self.ask()

    def ask(self) -> None:
        """Asks what became of it, of all: any of them may have decided."""

    def on_silence(self) -> None:
        """Who should have spoken is silent."""

    def leads(self) -> bool:
        """Whether the others wait for this one to decide."""
        return False

    def wait(self, patience: float = PATIENCE) -> None:
        self.set_timer("silence", patience)

    def on_timer(self, name: str) -> None:
        if self.recovered:
            self.ask()
        else:
            self.on_silence()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Ask() if self.has_decided():
                self.send(sender, Decision(TXN, state_of(self, TXN) == "committed"))
            case Ask() if self.leads() and not self.recovered:
                self.send(sender, Wait(TXN))
            case Decision(_, commit):
                self.decide(commit)
            case Ask() | Wait() | Done():
                pass
            case _:
                self.unexpected(sender, message)

    def has_decided(self) -> bool:
        return state_of(self, TXN) in ("committed", "aborted")

    def decide(self, commit: bool) -> None:
        if not self.has_decided():
            self.cancel_timer("silence")
            record = self.disk.get(TXN, Record("begun"))
            self.disk[TXN] = replace(record, state="committed" if commit else "aborted")

    def settle(self, commit: bool) -> None:
        """Decides for all."""
        self.decide(commit)
        for name in self.line()[1:]:
            if name != self.name:
                self.send(name, Decision(TXN, commit))

    def line(self) -> list[str]:
        """In this order they lead: the coordinator, then the participants."""
        return [COORDINATOR, *sorted({self.name, *self.peers} - {COORDINATOR})]


class Coordinator(Party):
    """Asks for the votes, then moves all to precommitted, and commits when each has acknowledged that or is dead.

    When it was down it answers those who ask, if it had decided. It need not ask itself, since it holds no keys.
    """

    def __init__(self, writes: Writes) -> None:
        self.writes = writes

    def on_start(self) -> None:
        self.heard: frozenset[str] = frozenset()  # who has answered, in this phase
        self.voting = True
        super().on_start()
        if not self.recovered:
            self.disk[TXN] = Record("begun")
            for name in self.peers:
                self.send(name, Prepare(TXN, self.writes, frozenset(self.peers) - {name}))
            self.wait(LONGER)

    def leads(self) -> bool:
        return True

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote() | Acknowledge() if self.recovered or self.has_decided():
                pass
            case Vote(_, False):
                self.settle(False)
            case Vote() if not self.voting:
                pass  # it came twice
            case Vote() | Acknowledge():
                self.hear(sender)
            case _:
                super().on_message(sender, message)

    def hear(self, sender: str) -> None:
        self.heard |= {sender}
        if self.heard == set(self.peers):
            if self.voting:
                self.precommit()
            else:
                self.settle(True)

    def precommit(self) -> None:
        self.voting, self.heard = False, frozenset()
        for name in self.peers:
            self.send(name, PreCommit(TXN))
        self.wait(LONGER)

    def on_silence(self) -> None:
        """Who has not voted may have voted no. Who has not acknowledged is dead, and will ask when it is back."""
        self.settle(not self.voting)

    def decide(self, commit: bool) -> None:
        super().decide(commit)
        self.voting, self.heard = False, frozenset()


class Participant(Party):
    """When it hears no more it decides alone: to abort, or to commit if it is precommitted. This is not safe."""

    def __init__(self, willing: bool = True) -> None:
        self.willing = willing

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare(_, writes, others):
                self.vote(sender, Record("prepared" if self.willing else "aborted", writes, others))
            case PreCommit() if self.recovered or self.has_decided():
                pass
            case PreCommit():
                self.precommit(sender)
            case Decision(_, True) if sender == COORDINATOR:
                self.decide(True)
                self.send(sender, Done(TXN))
            case Ask() if state_of(self, TXN) is None:
                self.refuse(sender)
            case _:
                super().on_message(sender, message)

    def refuse(self, sender: str) -> None:
        """It has not voted, so nobody can have committed. A Prepare that comes now is too late."""
        self.decide(False)
        self.send(sender, Decision(TXN, False))

    def vote(self, sender: str, record: Record) -> None:
        if state_of(self, TXN) is None:
            self.disk[TXN] = record
            if self.willing:
                self.wait()
        self.send(sender, Vote(TXN, state_of(self, TXN) != "aborted"))

    def precommit(self, sender: str) -> None:
        self.move()
        self.send(sender, Acknowledge(TXN))
        self.wait()

    def move(self) -> None:
        self.disk[TXN] = replace(self.disk[TXN], state="precommitted")

    def decide(self, commit: bool) -> None:
        if commit and not self.has_decided():
            self.disk["values"] = {**values_of(self), **dict(self.disk[TXN].writes)}
        super().decide(commit)

    def on_silence(self) -> None:
        self.decide(state_of(self, TXN) == "precommitted")

    def ask(self) -> None:
        for name in self.peers:
            self.send(name, Ask(TXN))
        self.wait()
