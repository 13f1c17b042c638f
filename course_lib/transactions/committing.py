"""Two-phase commit over a small key-value store: a coordinator, and participants that keep their promises.

J. Gray, "Notes on Data Base Operating Systems", 1978; presumed abort: C. Mohan, B. Lindsay and R. Obermarck,
"Transaction Management in the R* Distributed Database Management System", ACM TODS 11(4), 1986; cooperative
termination: P. Bernstein, V. Hadzilacos and N. Goodman, "Concurrency Control and Recovery in Database Systems", 1987,
chapter 7. `two_phase` has what must hold, and what breaks without each safeguard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from course_lib.sim import Node

Writes = tuple[tuple[str, int], ...]
"""Keys and their new values."""


@dataclass(frozen=True)
class Prepare:
    """Can you carry out these writes, whatever happens from now on? `others` take part as well."""

    txn: str
    writes: Writes
    others: frozenset[str]


@dataclass(frozen=True)
class Vote:
    """Yes is a promise: to carry it out if so decided, also after a crash, and to wait until it is decided."""

    txn: str
    yes: bool


@dataclass(frozen=True)
class Decision:
    txn: str
    commit: bool


@dataclass(frozen=True)
class Done:
    """I have carried out the commit."""

    txn: str


@dataclass(frozen=True)
class Ask:
    """What became of it?"""

    txn: str


PATIENCE = 1.0  # seconds; a round trip takes 0.02


class Coordinator(Node):
    """Commits a transaction if all vote yes. The commit point is the one write of `committed` to its disk.

    Presumed abort: of what is not committed it keeps no record, and who asks is told that it was aborted.
    """

    def __init__(self, plans: tuple[Writes, ...]) -> None:
        self.plans = plans  # a transaction for each of its first lives

    def on_start(self) -> None:
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.open: str | None = None  # the transaction that is being voted on
        self.votes: frozenset[str] = frozenset()
        for txn in self.unfinished():
            self.tell(txn)
        if self.disk["lives"] <= len(self.plans):
            self.begin()

    def begin(self) -> None:
        self.open = self.new_id()
        for participant in self.peers:
            others = frozenset(self.peers) - {participant}
            self.send(participant, Prepare(self.open, self.plans[self.disk["lives"] - 1], others))
        self.set_timer("votes", PATIENCE)

    def new_id(self) -> str:
        """An id that no life of this coordinator had before, so that an old vote is not taken for a new one."""
        return f"t{self.disk['lives']}"

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote(txn, True) if txn == self.open:
                self.votes |= {sender}
                if self.all_voted_yes():
                    self.commit(txn)
            case Vote(txn, False) if txn == self.open:
                self.abort(txn)
            case Vote(txn, _) | Ask(txn):
                self.answer(sender, txn)
            case Done(txn):
                self.done(sender, txn)
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name == "votes" and self.open:
            self.abort(self.open)
        for txn in self.unfinished():
            self.tell(txn)

    def all_voted_yes(self) -> bool:
        return self.votes == set(self.peers)

    def commit(self, txn: str) -> None:
        self.close()
        # Those who have not said that it is done. It is on the disk before anyone hears of it.
        self.disk[txn] = frozenset(self.peers)
        self.tell(txn)

    def abort(self, txn: str) -> None:
        self.close()
        for participant in self.peers:
            self.send(participant, Decision(txn, False))

    def close(self) -> None:
        self.cancel_timer("votes")
        self.open = None

    def tell(self, txn: str) -> None:
        for participant in sorted(self.disk[txn]):
            self.send(participant, Decision(txn, True))
        self.set_timer("acknowledgements", PATIENCE)

    def answer(self, sender: str, txn: str) -> None:
        if txn != self.open:  # while the votes come in, nobody knows
            self.send(sender, Decision(txn, self.has_committed(txn)))

    def has_committed(self, txn: str) -> bool:
        return bool(self.disk.get(txn))

    def done(self, participant: str, txn: str) -> None:
        """A commit may be forgotten when all have carried it out: then nobody will ask any more."""
        if self.has_committed(txn):
            self.disk[txn] = self.disk[txn] - {participant}
            if not self.unfinished():
                self.cancel_timer("acknowledgements")

    def unfinished(self) -> list[str]:
        return [txn for txn, waits in self.disk.items() if txn.startswith("t") and waits]


@dataclass(frozen=True)
class Record:
    """What a participant's disk says of a transaction: "prepared", "committed" or "aborted"."""

    state: str
    writes: Writes = ()
    others: frozenset[str] = frozenset()


class Participant(Node):
    """Keeps its promise: what it voted, and for what, is on its disk before anyone hears of it.

    Until it has voted yes it may abort alone. From then on it waits, with its keys locked, and asks.
    """

    coordinator = "coordinator"

    def __init__(self, willing: bool = True) -> None:
        self.willing = willing

    def on_start(self) -> None:
        # What was prepared before a crash is in doubt after it; its locks are held again, since they are its record.
        self.ask({self.coordinator})

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare(txn, writes, others):
                self.vote(txn, writes, others)
            case Decision(txn, commit) if commit:
                self.commit(txn)
            case Decision(txn, _):
                self.abort(txn)
            case Ask(txn):
                self.help(sender, txn)
            case _:
                self.unexpected(sender, message)

    def vote(self, txn: str, writes: Writes, others: frozenset[str]) -> None:
        if state_of(self, txn) is None:
            if self.willing and not self.locked() & dict(writes).keys():
                self.promise(txn, Record("prepared", writes, others))
                self.wait()
            else:
                self.disk[txn] = Record("aborted")
        self.send(self.coordinator, Vote(txn, state_of(self, txn) in ("prepared", "committed")))

    def promise(self, txn: str, record: Record) -> None:
        self.disk[txn] = record

    def wait(self) -> None:
        self.set_timer("in doubt", PATIENCE)

    def on_timer(self, name: str) -> None:
        # No word from the coordinator: one of the others may know, or may not have voted and so can abort.
        self.ask({self.coordinator, *self.peers})

    def ask(self, whom: set[str]) -> None:
        for txn in self.in_doubt():
            for name in sorted(whom & {self.coordinator, *self.disk[txn].others}):
                self.send(name, Ask(txn))
            self.wait()

    def help(self, sender: str, txn: str) -> None:
        if state_of(self, txn) is None:
            self.disk[txn] = Record("aborted")  # and a Prepare that comes now is refused
        if (state := state_of(self, txn)) != "prepared":
            self.send(sender, Decision(txn, state == "committed"))

    def commit(self, txn: str) -> None:
        if state_of(self, txn) == "prepared":
            record = self.disk[txn]
            # A crash between the two leaves it prepared, and it is done again: that has the same effect.
            self.disk["values"] = {**values_of(self), **dict(record.writes)}
            self.disk[txn] = replace(record, state="committed")
        if state_of(self, txn) == "committed":
            self.send(self.coordinator, Done(txn))

    def abort(self, txn: str) -> None:
        if state_of(self, txn) in (None, "prepared"):
            self.disk[txn] = Record("aborted")

    def in_doubt(self) -> list[str]:
        return [txn for txn in transactions(self) if state_of(self, txn) == "prepared"]

    def locked(self) -> set[str]:
        return {key for txn in self.in_doubt() for key, _ in self.disk[txn].writes}


def transactions(participant: Any) -> list[str]:
    """Those that its disk knows of. It can be read while the node is down."""
    return [txn for txn, record in participant.disk.items() if isinstance(record, Record)]


def state_of(participant: Any, txn: str) -> str | None:
    """What its disk says of a transaction; None: it has not voted."""
    record: Record | None = participant.disk.get(txn)
    return record.state if record else None


def values_of(participant: Any) -> dict[str, int]:
    """The store, as far as it is committed."""
    values: dict[str, int] = participant.disk.get("values", {})
    return values
