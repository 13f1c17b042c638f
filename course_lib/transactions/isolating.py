"""Two-phase locking beside two-phase commit: stores that lock what is read and written, and transactions over them.

The two meet in one place: a lock is held until the transaction is decided. K. Eswaran, J. Gray, R. Lorie and
I. Traiger, "The Notions of Consistency and Predicate Locks in a Database System", CACM 19(11), 1976. Age settles who
waits, and for whom, wound-wait: D. Rosenkrantz, R. Stearns and P. Lewis, "System Level Concurrency Control for
Distributed Database Systems", ACM TODS 3(2), 1978. `locking` has what must hold, and what breaks without each of the
safeguards.

Nothing is on disk here, and nobody crashes: that is the matter of `committing`. Isolation is lost without any fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from course_lib.sim import Node


@dataclass(frozen=True, order=True)
class Txn:
    """One attempt of a transaction. Of two, the smaller is the older: the age counts first, then the client's name."""

    age: int
    client: str
    attempt: int


@dataclass(frozen=True)
class Lock:
    """Lock that key for me, then tell me its value. Shared: nobody writes it; exclusive: nobody else reads it."""

    txn: Txn
    key: str
    exclusive: bool

    def conflicts_with(self, other: Lock) -> bool:
        """Whether two transactions ask for what they cannot both have."""
        return self.key == other.key and self.txn != other.txn and (self.exclusive or other.exclusive)


@dataclass(frozen=True)
class Granted:
    txn: Txn
    key: str
    value: int


@dataclass(frozen=True)
class Wounded:
    """An older transaction needs a lock of yours: you are aborted here."""

    txn: Txn


@dataclass(frozen=True)
class Prepare:
    """Are these keys still locked for me, and will they be until I have decided? If I commit, write these values."""

    txn: Txn
    locked: frozenset[str]
    writes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Vote:
    txn: Txn
    yes: bool


@dataclass(frozen=True)
class Decision:
    """The end of an attempt, and of its locks."""

    txn: Txn
    commit: bool


@dataclass(frozen=True)
class LockTable:
    """All requests for locks, in the order in which they came: first come, first served.

    A request has its lock when none before it is in its way. There is nothing more to keep.
    """

    requests: tuple[Lock, ...] = ()

    def ask(self, request: Lock) -> LockTable:
        """The table with one more request, at its end.

        Raises ValueError for an upgrade: two that read and then want to write would wait for each other.
        """
        for mine in self.requests:
            if (mine.txn, mine.key) == (request.txn, request.key):
                if request.exclusive and not mine.exclusive:
                    raise ValueError(
                        f"{request.txn.client} has {request.key} locked shared and asks for it exclusive; who is "
                        "going to write asks for the exclusive lock at once"
                    )
                return self
        return replace(self, requests=(*self.requests, request))

    def release(self, txn: Txn) -> LockTable:
        """The table without a transaction: without its locks, and without what it waits for."""
        return replace(self, requests=tuple(one for one in self.requests if one.txn != txn))

    def in_the_way(self, request: Lock) -> list[Lock]:
        """The requests that this one waits for: those before it, granted or not, that conflict with it."""
        before = self.requests[: self.requests.index(request)]
        return [other for other in before if other.conflicts_with(request)]

    def held(self) -> list[Lock]:
        return [request for request in self.requests if not self.in_the_way(request)]


class Store(Node):
    """Some accounts, their locks, and what transactions have promised to write: a participant of two-phase commit."""

    def __init__(self, balances: dict[str, int]) -> None:
        self.balances = dict(balances)
        self.locks = LockTable()
        self.prepared: dict[Txn, tuple[tuple[str, int], ...]] = {}

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Lock():
                self.ask(message)
            case Prepare(txn, locked, writes):
                self.vote(txn, locked, writes)
            case Decision(txn, commit):
                self.decided(txn, commit)
            case _:
                self.unexpected(sender, message)

    def ask(self, request: Lock) -> None:
        asked = self.locks.ask(request)
        self.change(asked)
        for other in asked.in_the_way(request):
            if self.wounds(request.txn, other.txn) and self.may_abort(other.txn):
                self.send(other.txn.client, Wounded(other.txn))
                self.change(self.locks.release(other.txn))

    def wounds(self, asking: Txn, other: Txn) -> bool:
        """The older wounds the younger. So who waits is younger than those it waits for, or they wait for nobody."""
        return asking < other

    def may_abort(self, txn: Txn) -> bool:
        """Not one that has voted yes. It has all its locks, so it waits for nobody, and the older waits for it."""
        return txn not in self.prepared

    def change(self, locks: LockTable) -> None:
        """Changes the table, and tells those who have got their lock by it."""
        before, self.locks = self.locks.held(), locks
        for request in locks.held():
            if request not in before:
                self.send(request.txn.client, Granted(request.txn, request.key, self.balances[request.key]))
                self.after_reading(request)

    def after_reading(self, request: Lock) -> None:
        """Nothing: the lock is kept until the decision, also by those who only read."""

    def vote(self, txn: Txn, locked: frozenset[str], writes: tuple[tuple[str, int], ...]) -> None:
        """Yes, unless it was wounded meanwhile."""
        yes = locked <= {request.key for request in self.locks.held() if request.txn == txn}
        if yes:
            self.prepared[txn] = writes
        self.send(txn.client, Vote(txn, yes))

    def decided(self, txn: Txn, commit: bool) -> None:
        writes = self.prepared.pop(txn, ())
        if commit:
            self.balances.update(writes)
        self.change(self.locks.release(txn))


@dataclass(frozen=True)
class Step:
    """One account that a transaction locks and reads, and what it adds to it: 0 for reading only."""

    store: str
    key: str
    change: int = 0


class Client(Node):
    """Carries out a plan in a transaction: locks step by step, then two-phase commit; and again, `times` in all.

    Its ages are its own: each clients-th number. An attempt that is wounded begins again, with the age it had.
    """

    def __init__(self, plan: tuple[Step, ...], first: int, clients: int, times: int = 1) -> None:
        self.plan, self.age, self.clients, self.left = plan, first, clients, times
        self.seen: tuple[int, ...] = ()  # what each of its transactions read, summed up

    def on_start(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.wounds = 0
        self.born = self.age
        self.attempt()

    def attempt(self) -> None:
        self.txn: Any = Txn(self.age, self.name, self.number())  # None when nothing is left to do
        self.values: dict[str, int] = {}
        self.votes: frozenset[str] = frozenset()
        self.ask()

    def number(self) -> int:
        """Of the attempt, so that an answer to an earlier one is not taken for one to this."""
        return self.wounds

    def ask(self) -> None:
        step = self.plan[len(self.values)]
        self.send(step.store, Lock(self.txn, step.key, step.change != 0))

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Granted(txn, key, value) if txn == self.txn:
                self.values[key] = value
                self.ask() if len(self.values) < len(self.plan) else self.all_locked()
            case Vote(txn, True) if txn == self.txn:
                self.votes |= {sender}
                if self.votes == {step.store for step in self.plan}:
                    self.commit()
            case Vote(txn) | Wounded(txn) if txn == self.txn:
                self.wounded()
            case Granted() | Vote() | Wounded():
                pass  # of an attempt that is over
            case _:
                self.unexpected(sender, message)

    def all_locked(self) -> None:
        for store in self.asked():
            here = [step for step in self.plan if step.store == store]
            writes = tuple((step.key, self.values[step.key] + step.change) for step in here if step.change)
            locked = frozenset(step.key for step in here)
            self.send(store, Prepare(self.txn, locked, writes))

    def commit(self) -> None:
        self.tell(True)
        self.seen += (sum(self.values.values()),)
        self.report(f"has read {self.seen[-1]} in all")
        self.txn, self.left = None, self.left - 1
        if self.left:
            self.age += self.clients
            self.begin()

    def wounded(self) -> None:
        self.tell(False)
        self.wounds += 1
        self.attempt()

    def tell(self, commit: bool) -> None:
        for store in self.asked():
            self.send(store, Decision(self.txn, commit))

    def asked(self) -> list[str]:
        """The stores that know of this attempt."""
        return sorted({step.store for step in self.plan[: len(self.values) + 1]})
