"""The replica of 10.primary, mistaken in what it keeps."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Log, Model
from course_lib.replication.logs import Entry
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View


class LogInMemory(Model):
    def on_start(self) -> None:
        self.entries: Log = ()
        super().on_start()

    @property
    def log(self) -> Log:
        return self.entries

    def take(self, log: Log) -> None:
        self.entries = log

    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            self.entries = (*self.entries, entry)
        self.waiting |= {entry}
        self.share()
        self.answer()


class ForgetsTheLog(Model):
    def on_start(self) -> None:
        self.disk["log"] = ()
        super().on_start()


class SaysFirst(Model):
    """Says that it has the log, and then writes it."""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if self.follows(view):
            if view.number > self.view.number:
                self.enter(view)
            self.send(sender, Have(view.number, len(log)))
            self.take(log)


class SharesFirst(Model):
    """Sends the log with the new entry, and then writes it."""

    def serve(self, entry: Entry) -> None:
        log = (*self.log, entry) if self.is_new(entry) else self.log
        for name in self.backups:
            self.send(name, Copy(self.view, log))
        self.disk["log"] = log
        self.waiting |= {entry}
        self.answer()


class KeepsTheLonger(Model):
    def take(self, log: Log) -> None:
        if len(log) > len(self.log):
            self.disk["log"] = log


class KeepsTheLongerInItsView(Model):
    """The same, unless a Copy is the first that it hears of its view."""

    def copy(self, sender: str, view: View, log: Log) -> None:
        if view == self.view and len(log) < len(self.log):
            self.acknowledge(sender, view)
        else:
            super().copy(sender, view, log)


class Merges(Model):
    """Adds to its log what it does not have."""

    def take(self, log: Log) -> None:
        self.disk["log"] = (*self.log, *(entry for entry in log if entry not in self.log))


class AddsTheEnd(Model):
    """Adds what is beyond the length of its own log, and does not look at what is before."""

    def take(self, log: Log) -> None:
        self.disk["log"] = (*self.log, *log[len(self.log) :])


class AddsTheEndOrCuts(AddsTheEnd):
    """The same, and a log that is shorter it takes."""

    def take(self, log: Log) -> None:
        super().take(log)
        if len(log) < len(self.log):
            self.disk["log"] = log


class EmptiesItsLog(Model):
    """A new view begins with an empty log, and with a Copy."""

    def enter(self, view: View) -> None:
        super().enter(view)
        if self.empties():
            self.disk["log"] = ()

    def empties(self) -> bool:
        return True


class EmptiesItsLogAsABackup(EmptiesItsLog):
    def empties(self) -> bool:
        return not self.leads()


class EmptiesItsLogAsALeader(EmptiesItsLog):
    def empties(self) -> bool:
        return self.leads()


MISTAKES = [
    ("log-in-memory", LogInMemory),
    ("log-in-memory", ForgetsTheLog),
    ("says-first", SaysFirst),
    ("shares-first", SharesFirst),
    ("keeps-its-own", KeepsTheLonger),
    ("keeps-its-own", KeepsTheLongerInItsView),
    ("keeps-its-own", Merges),
    ("keeps-its-own", AddsTheEnd),
    ("keeps-its-own", AddsTheEndOrCuts),
    ("gives-up-its-log", EmptiesItsLog),
    ("gives-up-its-log", EmptiesItsLogAsABackup),
    ("gives-up-its-log", EmptiesItsLogAsALeader),
]
