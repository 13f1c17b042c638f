"""A client that works through a list of operations, and writes down what it saw: a history, for a judge to judge.

A server answers a `Request` with a `Reply` of the same id. Every operation begins with `Invoked` in the trace and ends
with `Returned`, or with `Unknown`: a timeout says nothing about whether the operation took place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from course_lib.sim.node import Node
from course_lib.sim.trace import Trace


@dataclass(frozen=True)
class Request:
    """Do `operation`. The id is the same in every retry, so a server can know it again; with the client's name it is
    unique."""

    id: int
    operation: Any


@dataclass(frozen=True)
class Reply:
    """The result of the request of that id."""

    id: int
    result: Any


@dataclass(frozen=True)
class Invoked:
    """Reported when an operation begins."""

    id: int
    operation: Any


@dataclass(frozen=True)
class Returned:
    """Reported when its reply has come."""

    id: int
    operation: Any
    result: Any


@dataclass(frozen=True)
class Unknown:
    """Reported when the last try has timed out: the operation may have taken place, may yet, or never will."""

    id: int
    operation: Any


class Client(Node):
    """One operation after the other; ids count from 1.

    Args:
        operations: plain values, `("write", "x", 1)`, whatever the servers understand.
        servers: names; the first is asked first, and each retry asks the next.
        timeout: seconds until a try is given up.
        retries: how many more tries an operation has.
        think: seconds from the end of one operation to the begin of the next.
        roam: whether each operation asks the next server first.
    """

    def __init__(
        self,
        operations: Iterable[Any],
        servers: str | Sequence[str],
        timeout: float = 1.0,
        retries: int = 0,
        think: float = 0.0,
        roam: bool = False,
    ) -> None:
        self.operations = tuple(operations)
        self.servers = (servers,) if isinstance(servers, str) else tuple(servers)
        self.timeout, self.retries, self.think, self.roam = timeout, retries, think, roam
        if not self.servers:
            raise ValueError("a client needs a server to ask; servers is empty")
        if not timeout > 0:
            raise ValueError(f"timeout is a time in seconds, above 0, not {timeout!r}")
        if type(retries) is not int or retries < 0:
            raise ValueError(f"retries is how many more tries there are, 0 or more, not {retries!r}")
        if not think >= 0:
            raise ValueError(f"think is a time in seconds, 0 or more, not {think!r}")

    def on_start(self) -> None:
        # A client that comes back does not know what became of its operation, and must not use its id again.
        self.id, self.waiting = self.disk.get("id", 0), False
        if self.id > self.disk.get("done", 0):
            self._end(Unknown(self.id, self.operations[self.id - 1]))
        else:
            self._next()

    def _next(self) -> None:
        if self.id == len(self.operations):
            return
        self.id += 1
        self.disk["id"] = self.id
        self.tries = 0
        self.report(Invoked(self.id, self.operations[self.id - 1]))
        self._try()

    def _try(self) -> None:
        first = self.id - 1 if self.roam else 0
        server = self.servers[(first + self.tries) % len(self.servers)]
        self.send(server, Request(self.id, self.operations[self.id - 1]))
        self.set_timer("timeout", self.timeout)
        self.waiting = True

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Reply(id, result) if id == self.id and self.waiting:
                self.waiting = False
                self.cancel_timer("timeout")
                self._end(Returned(id, self.operations[id - 1], result))
            case Reply():
                pass  # late: a retry was answered already, or the operation was given up
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name == "think":
            self._next()
            return
        self.waiting = False
        if self.tries < self.retries:
            self.tries += 1
            self._try()
        else:
            self._end(Unknown(self.id, self.operations[self.id - 1]))

    def _end(self, how: Returned | Unknown) -> None:
        self.disk["done"] = self.id  # before the world hears of it
        self.report(how)
        if self.think and self.id < len(self.operations):
            self.set_timer("think", self.think)
        else:
            self._next()


class Call(NamedTuple):
    """One operation as its client saw it; times in seconds."""

    client: str
    id: int
    operation: Any
    begun: float
    ended: float | None
    """None where the run ended first."""
    answered: bool
    """False: nobody knows whether it took place."""
    result: Any = None

    @property
    def took(self) -> float:
        """From the first try to the reply, or to giving up; infinite where neither came."""
        return float("inf") if self.ended is None else self.ended - self.begun


def calls(trace: Trace) -> list[Call]:
    """The operations of all clients of a trace, in the order in which they began."""
    found: dict[tuple[str, int], Call] = {}
    for event in trace.events:
        if event.kind != "report":
            continue
        match event.message:
            case Invoked(id, operation):
                found[event.node, id] = Call(event.node, id, operation, event.time, None, False)
            case Returned(id, _, result):
                begun = found[event.node, id]
                found[event.node, id] = begun._replace(ended=event.time, answered=True, result=result)
            case Unknown(id, _):
                found[event.node, id] = found[event.node, id]._replace(ended=event.time)
    return list(found.values())
