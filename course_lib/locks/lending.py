"""The lock as a protocol: a server that lends it for a time, workers that count under it, and the counter.

A lock that expires is a **lease**: its holder may die, and the lock comes back by itself. The price is that a holder
who is late believes in a lock that another has. C. Gray and D. Cheriton, "Leases", SOSP 1989; a number that the
resource checks, here the fence, is the sequencer of M. Burrows, "The Chubby lock service", OSDI 2006, section 2.4.
`leases` has what must hold, and what breaks without each safeguard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from course_lib.sim import Node


@dataclass(frozen=True)
class Take:
    """To the lock server: set the lock to my token, if nobody has it."""

    token: str


@dataclass(frozen=True)
class Taken:
    """It is yours. `fence` is higher than any that was given before."""

    token: str
    fence: int


@dataclass(frozen=True)
class Busy:
    """Another has it."""

    token: str


@dataclass(frozen=True)
class Look:
    """Whose token is there?"""


@dataclass(frozen=True)
class Seen:
    """This one, or None."""

    token: str | None


@dataclass(frozen=True)
class Delete:
    """Delete the lock, whoever has it."""


@dataclass(frozen=True)
class Release:
    """Delete the lock if this token is there: comparison and deletion are one step."""

    token: str


@dataclass(frozen=True)
class Read:
    """To the counter: tell me its value."""

    fence: int


@dataclass(frozen=True)
class Value:
    fence: int
    value: int


@dataclass(frozen=True)
class Write:
    fence: int
    value: int


@dataclass(frozen=True)
class Written:
    fence: int
    value: int


@dataclass(frozen=True)
class Stale:
    """Refused: an operation of a higher fence was here before."""

    fence: int
    highest: int


TTL = 10.0  # seconds until a lock that nobody gave back is free again
WORK = 4.0  # seconds that a worker thinks between its read and its write
AGAIN = 1.0  # seconds until a worker that found the lock busy asks again


class LockServer(Node):
    """Lends the lock to one token at a time, and takes it back when its time is over. Its disk knows who has it."""

    def __init__(self, ttl: float | None = TTL) -> None:
        self.ttl = ttl

    def on_start(self) -> None:
        self.disk.setdefault("token", None)
        self.disk.setdefault("fence", 0)
        self.disk.setdefault("robbed", None)  # whose lock was deleted by another: what must not happen
        self.start_the_clock()

    def start_the_clock(self) -> None:
        # After a crash it counts from the beginning again: a lease may last longer, never shorter.
        if not self.is_free() and self.ttl is not None:
            self.set_timer("expiry", self.ttl)

    def on_timer(self, name: str) -> None:
        self.free()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Take(token) if self.is_free():
                self.lend(sender, token)
            case Take(token):
                self.send(sender, Busy(token))
            case Look():
                self.send(sender, Seen(self.disk["token"]))
            case Release(token):
                if token == self.disk["token"]:
                    self.free()
            case Delete():
                if not self.is_free() and owner(self.disk["token"]) != sender:
                    self.disk["robbed"] = owner(self.disk["token"])
                self.free()
            case _:
                self.unexpected(sender, message)

    def is_free(self) -> bool:
        return self.disk["token"] is None

    def lend(self, worker: str, token: str) -> None:
        self.disk["fence"] += 1
        self.disk["token"] = token
        self.start_the_clock()
        self.send(worker, Taken(token, self.disk["fence"]))

    def free(self) -> None:
        self.disk["token"] = None
        self.cancel_timer("expiry")


@dataclass(frozen=True)
class Book:
    """What the counter keeps, in one write to its disk."""

    value: int = 0
    writes: int = 0
    highest: int = 0
    accepted: tuple[int, ...] = ()
    """The fences of the operations that it took, in order."""


class Counter(Node):
    """The resource: one number. It takes operations in the order of their fences, and refuses those that come late."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Read(fence) if self.admits_read(fence):
                self.take(fence)
                self.send(sender, Value(fence, book_of(self).value))
            case Write(fence, value) if self.admits_write(fence):
                self.take(fence, value=value, writes=book_of(self).writes + 1)
                self.send(sender, Written(fence, value))
            case Read(fence) | Write(fence, _):
                self.send(sender, Stale(fence, book_of(self).highest))
            case _:
                self.unexpected(sender, message)

    def admits_read(self, fence: int) -> bool:
        return fence >= book_of(self).highest

    def admits_write(self, fence: int) -> bool:
        return fence >= book_of(self).highest

    def take(self, fence: int, **changes: int) -> None:
        """A read raises the highest fence as well: from now on, nobody who came before may write."""
        book = book_of(self)
        highest, accepted = max(fence, book.highest), (*book.accepted, fence)
        self.disk["book"] = replace(book, highest=highest, accepted=accepted, **changes)


class Worker(Node):
    """Asks for the lock until it has it, adds one to the counter by a read and a write, and gives the lock back."""

    def __init__(self, work: float = WORK) -> None:
        self.work = work

    def on_start(self) -> None:
        # A token that nobody ever had: after a crash the old one is a stranger's.
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.token = f"{self.name} {self.disk['lives']}"
        self.believes = False  # that the lock is its own
        self.fence = 0  # of the lock that it had last
        self.send("lock", Take(self.token))

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Taken(token, fence) if token == self.token:
                self.believes, self.fence = True, fence
                self.report(f"has the lock, fence {fence}")
                self.send("counter", Read(fence))
            case Busy(token) if token == self.token:
                self.set_timer("again", AGAIN)
            case Value(fence, value) if fence == self.fence:
                self.value = value
                self.set_timer("work", self.work)
            case Written(fence, value) if fence == self.fence:
                self.report(f"wrote {value}")
                self.give_back()
            case Stale(fence, _) if fence == self.fence:
                self.report("was refused")
                self.give_back()
            case Seen(token):
                self.after_the_look(token)
            case Taken() | Busy() | Value() | Written() | Stale():
                pass  # it answers who this was before a crash
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name == "again":
            self.send("lock", Take(self.token))
        else:
            self.send("counter", Write(self.fence, self.value + 1))

    def give_back(self) -> None:
        self.believes = False
        self.send("lock", Release(self.token))

    def after_the_look(self, token: str | None) -> None:
        """Only asked for where the release is two steps: look, then delete."""
        if token == self.token:
            self.send("lock", Delete())


def owner(token: str) -> str:
    """The worker whose token it is."""
    return token.split()[0]


def book_of(counter: Any) -> Book:
    """What a counter keeps. Its disk says so, even while it is down."""
    book: Book = counter.disk.get("book", Book())
    return book
