"""What replicas have in common: a log on their disk, the view that they work in, and signs of life.

A leader copies its whole log to its followers when its view begins, then entry by entry. Who follows whom is what tells
primary-backup (`replicas`) from a chain (`chaining`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.replication.logs import Entry
from course_lib.replication.views import PING, VIEWS, Close, Closed, Ping, View
from course_lib.sim import Node, Request

AGAIN = 0.2  # seconds after which a leader sends its log again to a follower that has come no farther


@dataclass(frozen=True)
class Append:
    """To a follower: in this view, this entry stands at this position. Positions count from 1."""

    view: int
    position: int
    entry: Entry

    def __str__(self) -> str:
        return f"{self.entry} at {self.position}, view {self.view}"


@dataclass(frozen=True)
class Copy:
    """To a follower: in this view, this is the whole log. A disk keeps its log like this, with the view it is of."""

    view: View
    log: tuple[Entry, ...] = ()

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.log))}] of view {self.view.number}"


@dataclass(frozen=True)
class Have:
    """From a follower: in this view I have so many entries, all on my disk."""

    view: int
    length: int

    def __str__(self) -> str:
        return f"has {self.length}, view {self.view}"


class Member(Node):
    """A replica. What it has promised is on its disk: the newest view that it knows, and its log."""

    def __init__(self, first: View) -> None:
        self.first = first

    def __str__(self) -> str:
        """What it believes to be, as a lab shows it."""
        number, leader = self.view.number, self.view.leader
        if not self.is_open():
            return f"view {number} is closed"
        if self.leads():
            return f"leads view {number}"
        return (
            f"follows {leader} in view {number}"
            if self.name in self.view.members
            else f"not in view {number}"
        )

    def on_start(self) -> None:
        self.works = True  # it has handled a message of the view service since its last ping
        # The positions of entries whose clients wait for its answer.
        self.waiting: frozenset[int] = frozenset()
        self.have: dict[str, int] = {}  # how many entries each follower has, as far as it said
        self.forget()
        if "view" not in self.disk:
            self.join()
        elif self.leads():
            self.begin()
        else:
            self.ping()

    def join(self) -> None:
        """Starts for the first time: as a member of the first view, where all logs are empty, or it asks to join."""
        self.disk.update(view=self.first, copy=Copy(self.first))
        self.have = dict.fromkeys(self.followers(), 0)
        if self.name in self.view.members:
            self.set_timer("ping", PING)
        else:
            self.ping()

    def forget(self) -> None:
        """What it knows of its followers is of one view only."""
        self.have = {}
        self.late: dict[str, int] = {}  # how often in a row each of them had come no farther
        self.seen: dict[str, int] | None = None  # how far they were when the timer was set
        self.cancel_timer("again")

    # What is on the disk

    @property
    def view(self) -> View:
        view: View = self.disk["view"]
        return view

    @property
    def log(self) -> tuple[Entry, ...]:
        return log_of(self)

    def store(self, log: tuple[Entry, ...]) -> None:
        self.disk["copy"] = Copy(self.view, log)

    # Which view it works in

    def is_open(self) -> bool:
        """Whether the newest view that it knows has not been closed."""
        return bool(self.view.number > self.disk.get("closed", 0))

    def leads(self) -> bool:
        return self.name == self.view.leader and self.is_open()

    def admits(self, number: int) -> bool:
        """Whether it takes what comes in a view: in none but the newest it knows, and with the log of that view."""
        return bool(number == self.view.number == self.disk["copy"].view.number) and self.is_open()

    def learn(self, view: View) -> None:
        if view.number > self.view.number:
            self.disk["view"] = view
            self.forget()
            if self.leads():
                self.begin()
            else:
                self.waiting = frozenset()

    def begin(self) -> None:
        """As the leader: its log is the log of this view."""
        self.store(self.log)
        self.pass_on(Copy(self.view, self.log))
        self.ping()

    def close(self, number: int) -> None:
        if number == self.view.number:
            self.disk["closed"] = number
            self.send(VIEWS, Closed(number, len(self.log)))

    # What comes

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case View():
                self.works = True
                self.learn(message)
            case Close(number):
                self.works = True
                self.close(number)
            case Request(id, operation):
                self.ask(Entry(sender, id, operation))
            case Append(number, position, entry):
                if self.admits(number):
                    self.append(position, entry)
            case Copy(view, log):
                self.learn(view)
                if view == self.view and self.is_open():
                    self.take(log)
            case Have(number, length):
                if self.admits(number):
                    self.has(sender, length)
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        if name == "ping":
            self.ping()
        else:
            self.again()

    def ask(self, entry: Entry) -> None:
        """A client wants this."""
        raise NotImplementedError

    def append(self, position: int, entry: Entry) -> None:
        """Takes the entries in their order. One that comes too early is not taken: the log will be sent again."""
        if position == len(self.log) + 1:
            self.store((*self.log, entry))

    def take(self, log: tuple[Entry, ...]) -> None:
        """Takes a whole log in place of its own; of one view the longer one is the newer one."""
        if self.disk["copy"].view != self.view or len(log) > len(self.log):
            self.store(log)

    def place(self, entry: Entry) -> int:
        """Where that client's request of that id stands in the log already, since it was sent again; 0: nowhere."""
        known = ((one.client, one.id) for one in self.log)
        return next((n for n, key in enumerate(known, 1) if key == (entry.client, entry.id)), 0)

    # Followers

    def followers(self) -> tuple[str, ...]:
        """To whom it passes on what it has."""
        raise NotImplementedError

    def pass_on(self, message: Append | Copy) -> None:
        for name in self.followers():
            self.send(name, message)
        self.chase()

    def has(self, follower: str, length: int) -> None:
        if follower not in self.followers():
            return
        begun = self.has_begun()
        self.have[follower] = max(length, self.have.get(follower, 0))
        if self.has_begun() and not begun:
            self.ping()
        if not self.behind():
            self.seen, self.late = None, {}
            self.cancel_timer("again")

    def behind(self) -> list[str]:
        return [name for name in self.followers() if self.have.get(name, -1) < len(self.log)]

    def chase(self) -> None:
        """Sets a time after which those that lag and have come no farther are sent the log again."""
        if self.seen is None and self.behind():
            self.seen = dict(self.have)
            self.set_timer("again", AGAIN)

    def again(self) -> None:
        seen = self.seen or {}
        stuck = [name for name in self.behind() if self.have.get(name) == seen.get(name)]
        for name in stuck:
            self.send(name, Copy(self.view, self.log))
        self.late = {name: self.late.get(name, 0) + 1 for name in stuck}
        self.seen = None
        self.chase()

    # Signs of life

    def ping(self) -> None:
        self.send(VIEWS, Ping(self.view.number, self.has_begun(), self.works, self.missing()))
        self.works = False
        self.set_timer("ping", PING)

    def has_begun(self) -> bool:
        """Whether it leads, and all its followers have said that they have its log."""
        return self.leads() and set(self.have) == set(self.followers())

    def missing(self) -> tuple[str, ...]:
        """Members that it complains of."""
        return ()


def log_of(member: Any) -> tuple[Entry, ...]:
    """A replica's log. Its disk says so, also while it is down."""
    copy: Copy | None = member.disk.get("copy")
    return copy.log if copy else ()
