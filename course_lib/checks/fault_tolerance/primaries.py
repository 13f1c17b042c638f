"""The replica of 10.primary as it should be; the modules that build on it have its mistakes."""

from __future__ import annotations

from typing import Any

from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request

Log = tuple[Entry, ...]


class Model(Node):
    """Sends its backups the whole log each time, and answers when all of them have it."""

    def __init__(self, first: View) -> None:
        self.first = first

    def on_start(self) -> None:
        self.disk.setdefault("view", self.first)
        self.disk.setdefault("log", ())
        self.begin()

    @property
    def view(self) -> View:
        view: View = self.disk["view"]
        return view

    @property
    def log(self) -> Log:
        log: Log = self.disk["log"]
        return log

    @property
    def backups(self) -> tuple[str, ...]:
        return self.view.members[1:]

    def leads(self) -> bool:
        return self.view.leader == self.name

    def begin(self) -> None:
        """Nobody has said anything in this view yet."""
        self.have: dict[str, int] = {}
        self.waiting: frozenset[Entry] = frozenset()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case View():
                self.learn(message)
            case Request(id, operation):
                self.ask(Entry(sender, id, operation))
            case Copy(view, log):
                self.copy(sender, view, log)
            case Have(number, length):
                self.has(sender, number, length)

    def learn(self, view: View) -> None:
        if view.number > self.view.number:
            self.enter(view)

    def enter(self, view: View) -> None:
        self.disk["view"] = view
        self.begin()

    def ask(self, entry: Entry) -> None:
        if self.leads():
            self.serve(entry)

    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            self.disk["log"] = (*self.log, entry)
        self.waiting |= {entry}
        self.share()
        self.answer()

    def is_new(self, entry: Entry) -> bool:
        return entry not in self.log

    def share(self) -> None:
        for name in self.backups:
            self.send(name, Copy(self.view, self.log))

    def copy(self, sender: str, view: View, log: Log) -> None:
        if self.follows(view):
            if view.number > self.view.number:
                self.enter(view)
            self.take(log)
            self.acknowledge(sender, view)

    def follows(self, view: View) -> bool:
        return view.number > self.view.number or view == self.view

    def take(self, log: Log) -> None:
        self.disk["log"] = log

    def acknowledge(self, sender: str, view: View) -> None:
        self.send(sender, Have(view.number, len(self.log)))

    def has(self, sender: str, number: int, length: int) -> None:
        if number == self.view.number:
            self.have[sender] = length
            self.answer()

    def everywhere(self) -> int:
        """How many entries all backups have."""
        return min([self.have.get(name, 0) for name in self.backups], default=len(self.log))

    def answer(self) -> None:
        for position, entry in enumerate(self.log[: self.everywhere()], 1):
            if entry in self.waiting:
                self.waiting -= {entry}
                self.reply(entry, position)

    def reply(self, entry: Entry, position: int) -> None:
        self.send(entry.client, Reply(entry.id, result_of(self.log, position)))
