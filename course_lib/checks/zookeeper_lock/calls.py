"""Functions of requests as nodes: each `yield` is a message to the service, and each reply lets the function go on.

A world copies the states of its nodes, and a generator cannot be copied. But it can be run again: what it does next
follows from what it has heard. So all that was ever heard is kept in a tree, and a node's state is a place in it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

from course_lib.checks.answer import Answer, Steps
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Wrong
from course_lib.checks.zookeeper_lock.requests import ERRORS, read
from course_lib.checks.zookeeper_lock.service import Ask, Event, Refusal, Reply
from course_lib.sim import Node

BUSY = 40  # who sends so many requests without a wait asks on and on
BREAKS = 1.0  # seconds without a reply after which the connection is taken for broken
LETS_OUT = {"ConnectionLoss": "lets-the-loss-out", "NoNode": "lets-no-node-out"}
BROKE = "the connection broke: the request was carried out, or it was not"


class Heard(NamedTuple):
    """What came at a `yield`: a "reply", or an error's name and its text. The first of a call is the call itself."""

    place: int | None
    """Where the call was before."""
    kind: str
    value: Any


class Calls:
    """All calls of some functions so far. A function is run as seldom as can be."""

    def __init__(self, *functions: Callable[..., Any], most: int = BUSY) -> None:
        self.most = most
        """Requests without a wait, after which a caller is stopped."""
        self.answers = [
            function if isinstance(function, Answer) else Answer(function, function.__name__)
            for function in functions
        ]
        self._tree: list[Heard] = []
        self._places: dict[Heard, int] = {}
        self._next: dict[int, tuple[str, Any]] = {}
        self._running: dict[int, Steps] = {}

    def begin(self, which: int, *args: Any) -> int:
        """The place where a function is called."""
        return self._at(Heard(None, "call", (which, args)))

    def hear(self, place: int, kind: str, value: Any) -> int:
        """The place after one more reply or error."""
        return self._at(Heard(place, kind, value))

    def next(self, place: int) -> tuple[str, Any]:
        """("asks", request) or ("returns", value). Raises Wrong for what is no request, Failed where the code fails."""
        if place not in self._next:
            self._next[place] = self._found(place)
        return self._next[place]

    def requests(self, place: int) -> list[tuple[tuple[Any, ...], Any]]:
        """Each request of the call that was answered, and the reply, or the error's text."""
        path = self._path(place)
        return [(self.next(before)[1], self._tree[after].value) for before, after in pairwise(path)]

    def source(self, place: int) -> str:
        """The call as Python."""
        which, args = self._tree[self._path(place)[0]].value
        return self.answers[which].call(args, repr)

    def close(self) -> None:
        """No call goes on any more."""
        while self._running:
            self._running.popitem()[1].close()

    def _at(self, heard: Heard) -> int:
        if heard not in self._places:
            self._places[heard] = len(self._tree)
            self._tree.append(heard)
        return self._places[heard]

    def _path(self, place: int) -> list[int]:
        path = [place]
        while (before := self._tree[path[-1]].place) is not None:
            path.append(before)
        return path[::-1]

    def _found(self, place: int) -> tuple[str, Any]:
        steps, over, value = self._run_to(place)
        if over:
            return "returns", value
        self._running[place] = steps
        try:
            return "asks", read(value)
        except ValueError as error:
            said = f"{self.source(place)} yielded {short(value)}: {error}."
            raise Wrong("not-a-request", said) from error

    def _run_to(self, place: int) -> tuple[Steps, bool, Any]:
        """Lets a function that is there go on, or runs one from its beginning."""
        before = self._tree[place].place
        if before in self._running:
            steps = self._running.pop(before)
            return steps, *self._told(steps, place)
        first, *rest = self._path(place)
        which, args = self._tree[first].value
        steps = self.answers[which].steps(*args)
        over, value = steps.send(None)
        for heard in rest:
            over, value = self._told(steps, heard)
        return steps, over, value

    def _told(self, steps: Steps, place: int) -> tuple[bool, Any]:
        _, kind, value = self._tree[place]
        if kind == "reply":
            return steps.send(list(value) if isinstance(value, tuple) else value)
        try:
            return steps.throw(ERRORS[kind](value))
        except Failed as failure:
            if kind not in failure.kinds:
                raise
            said = f"{kind} was raised at a `yield` of {self.source(place)}, and came out of it."
            raise Wrong(LETS_OUT[kind], said) from failure


class Caller(Node):
    """A process that calls functions. A subclass has the `calls`, since they are no state."""

    calls: Calls
    breaks = False
    """Whether a reply that does not come means that the connection broke."""

    def __init__(self) -> None:
        self.place = 0  # in the tree of calls
        self.asked = self.busy = 0  # requests of this call, and since its last wait
        self.woken = self.is_timed = self.is_late = False
        self.phase = "away"

    def call(self, which: int, *args: Any) -> None:
        self.place = self.calls.begin(which, *args)
        self.asked, self.busy, self.woken, self.is_late = 0, 0, False, False
        self.go_on()

    def go_on(self) -> None:
        kind, value = self.calls.next(self.place)
        if kind == "returns":
            self.phase = "returned"
            self.returned(value)
        elif value[0] == "wait":
            self.wait(value[1])
        else:
            self.ask(value)

    def ask(self, request: tuple[str, ...]) -> None:
        self.phase = "asks"
        if self.busy == self.calls.most:
            said = (
                f"{self.source()} had sent {self.busy} requests without a wait between them, and was stopped."
            )
            raise Wrong("asks-on", said)
        self.busy += 1
        self.asked += 1
        self.send("zookeeper", Ask(self.asked, request))
        if self.breaks:
            self.set_timer("connection", BREAKS)

    def wait(self, seconds: float | None) -> None:
        self.phase, self.busy, self.is_timed = "waits", 0, False
        if self.woken:
            self.woken = False
            self.hear("reply", True)
        elif seconds is not None:
            self.is_timed = True
            self.set_timer("patience", seconds)

    def hear(self, kind: str, value: Any) -> None:
        self.place = self.calls.hear(self.place, kind, value)
        self.go_on()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Reply(number, value) if self.awaits(number):
                self.cancel_timer("connection")
                self.hear("reply", value)
            case Refusal(number, path) if self.awaits(number):
                self.cancel_timer("connection")
                self.hear("NoNode", f"there is no {path}")
            case Event() if self.phase == "waits":
                self.cancel_timer("patience")
                self.hear("reply", True)
            case Event():
                self.woken = True
            case _:
                pass  # late: nobody listens any more

    def awaits(self, number: int) -> bool:
        return self.phase == "asks" and number == self.asked

    def on_timer(self, name: str) -> None:
        if name == "connection":
            self.hear("ConnectionLoss", BROKE)
        elif name == "patience":
            self.is_late = True
            self.hear("reply", False)

    def returned(self, value: Any) -> None:
        """The function has returned."""

    def requests(self) -> list[tuple[tuple[Any, ...], Any]]:
        return self.calls.requests(self.place)

    def source(self) -> str:
        return self.calls.source(self.place)
