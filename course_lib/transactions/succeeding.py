"""Three-phase commit in which the next in line succeeds a dead coordinator: it asks those who live, and decides.

The termination protocol of D. Skeen, "Nonblocking Commit Protocols", SIGMOD 1981; also in P. Bernstein, V. Hadzilacos
and N. Goodman, "Concurrency Control and Recovery in Database Systems", 1987, section 7.5. It assumes that nodes crash,
that no message gets lost, and that a live node answers in time: then silence means death. Where that is not so, as
across a partition, it splits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.transactions.committing import Ask, Decision, state_of
from course_lib.transactions.precommitting import (
    COORDINATOR,
    TXN,
    Acknowledge,
    Participant,
    PreCommit,
    Wait,
)


@dataclass(frozen=True)
class Lead:
    """Those before you in the line are dead: it is your turn."""

    txn: str


@dataclass(frozen=True)
class WhichState:
    """I lead now: forget whom you followed, and tell me your state."""

    txn: str


@dataclass(frozen=True)
class InState:
    """Prepared, or precommitted. Who has decided answers with the decision."""

    txn: str
    state: str


class Successor(Participant):
    """When the leader is dead the next in line leads: it gathers the states of those who live, and decides for all."""

    def on_start(self) -> None:
        self.leader = COORDINATOR
        self.doubts = False  # whether the leader was silent, and has been asked
        self.states: dict[str, str] = {}  # while it leads: who has told its state
        self.moved: frozenset[str] | None = None  # and who has acknowledged its PreCommit
        super().on_start()

    def leads(self) -> bool:
        return self.leader == self.name

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Lead() | WhichState() if self.has_decided() or self.recovered:
                super().on_message(sender, Ask(TXN))
            case Lead() | WhichState() if state_of(self, TXN) is None:
                self.refuse(sender)
            case Lead() if self.leads():
                self.send(sender, Wait(TXN))
            case Lead():
                self.take_over()
            case WhichState():
                self.tell(sender)
            case InState(_, state) if self.leads() and self.moved is None and not self.has_decided():
                self.gather(
                    sender, state
                )  # once it moves all, the states of those who come late are not needed
            case Acknowledge() if self.moved is not None:
                self.acknowledged(sender)
            case Decision(_, commit) if self.leads() and not self.has_decided():
                self.settle(commit)  # who has decided is in the line too
            case Wait():
                self.doubts = False
            case InState() | Acknowledge():
                pass  # too late
            case _:
                super().on_message(sender, message)

    def follows(self, sender: str) -> bool:
        """Whether the word of this leader counts. From now on that of those before it in the line does not."""
        if self.line().index(sender) < self.line().index(self.leader):
            return False
        self.leader, self.doubts = sender, False
        return True

    def precommit(self, sender: str) -> None:
        if self.follows(sender):
            super().precommit(sender)

    def tell(self, sender: str) -> None:
        if self.follows(sender):
            self.send(sender, InState(TXN, self.disk[TXN].state))
            self.wait()

    # The leader is silent

    def on_silence(self) -> None:
        if self.leads():
            self.conclude()  # who has not answered is dead
        elif not self.doubts:
            self.doubts = True
            self.send(self.leader, Ask(TXN))  # it may be waiting for another
            self.wait()
        else:
            self.pass_over()

    def pass_over(self) -> None:
        line = [*self.line(), *self.line()[1:]]  # after the last the first participant again
        self.leader = line[line.index(self.leader) + 1]
        if self.leads():
            self.take_over()
        else:
            self.send(self.leader, Lead(TXN))
            self.wait()

    # It leads

    def take_over(self) -> None:
        self.leader = self.name
        self.gather(self.name, self.disk[TXN].state)
        for name in self.line()[1:]:
            if name != self.name:
                self.send(name, WhichState(TXN))

    def gather(self, name: str, state: str) -> None:
        self.states = dict(sorted({**self.states, name: state}.items()))
        self.wait()
        if len(self.states) == len(self.peers):  # all the participants
            self.conclude()

    def conclude(self) -> None:
        if self.moved is not None:
            self.settle(True)
        elif "precommitted" in self.states.values():
            self.move_all()  # before anybody commits: the next leader may not hear of this one's commit
        else:
            self.settle(False)

    def move_all(self) -> None:
        self.move()
        self.moved = frozenset()
        for name in self.states:
            if name != self.name:
                self.send(name, PreCommit(TXN))
        self.wait()
        self.acknowledged(self.name)

    def acknowledged(self, name: str) -> None:
        assert self.moved is not None
        self.moved |= {name}
        if self.moved == set(self.states):
            self.settle(True)

    def decide(self, commit: bool) -> None:
        super().decide(commit)
        self.leader, self.doubts, self.states, self.moved = self.name, False, {}, None
