"""The replica of 10.primary, mistaken in what it keeps, and in which request is which."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Log, Model
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Reply


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


class Merges(Model):
    """Adds to its log what it does not have."""

    def take(self, log: Log) -> None:
        self.disk["log"] = (*self.log, *(entry for entry in log if entry not in self.log))


class AddsTheEnd(Model):
    """Adds what is beyond the length of its own log, and does not look at what is before."""

    def take(self, log: Log) -> None:
        self.disk["log"] = (*self.log, *log[len(self.log) :])


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


class Twice(Model):
    """What is asked for again is done again."""

    def is_new(self, entry: Entry) -> bool:
        return True


# Which request is which


class IdAlone(Model):
    """The request of that number is in the log already, it thinks, and another client's is meant."""

    def is_new(self, entry: Entry) -> bool:
        return all(one.id != entry.id for one in self.log)


class IdAloneAnswersTheFirst(IdAlone):
    """The same, and it answers the client whose entry it has found."""

    def serve(self, entry: Entry) -> None:
        super().serve(next((one for one in self.log if one.id == entry.id), entry))


class IdAloneAnswersTheLast(IdAlone):
    """The same, and who has asked last is answered with what it has found."""

    def begin(self) -> None:
        super().begin()
        self.askers: dict[int, str] = {}

    def serve(self, entry: Entry) -> None:
        self.askers[entry.id] = entry.client
        super().serve(next((one for one in self.log if one.id == entry.id), entry))

    def reply(self, entry: Entry, position: int) -> None:
        self.send(self.askers[entry.id], Reply(entry.id, result_of(self.log, position)))


class WaitersById(Model):
    """Its log is right; who waits is remembered by the number of the request."""

    def begin(self) -> None:
        super().begin()
        self.askers: dict[int, str] = {}

    def serve(self, entry: Entry) -> None:
        self.askers[entry.id] = entry.client
        super().serve(entry)

    def answer(self) -> None:
        for position, entry in enumerate(self.log[: self.everywhere()], 1):
            if entry.id in self.askers:
                self.send(self.askers.pop(entry.id), Reply(entry.id, result_of(self.log, position)))


class ByOperation(Model):
    """What the same client has asked for before is the same request, it thinks."""

    def is_new(self, entry: Entry) -> bool:
        return all((one.client, one.operation) != (entry.client, entry.operation) for one in self.log)


class ByOperationAlone(Model):
    """The same, whoever asks."""

    def is_new(self, entry: Entry) -> bool:
        return all(one.operation != entry.operation for one in self.log)


MISTAKES = [
    ("log-in-memory", LogInMemory),
    ("log-in-memory", ForgetsTheLog),
    ("says-first", SaysFirst),
    ("shares-first", SharesFirst),
    ("keeps-its-own", KeepsTheLonger),
    ("keeps-its-own", Merges),
    ("keeps-its-own", AddsTheEnd),
    ("gives-up-its-log", EmptiesItsLog),
    ("gives-up-its-log", EmptiesItsLogAsABackup),
    ("gives-up-its-log", EmptiesItsLogAsALeader),
    ("twice", Twice),
    ("id-alone", IdAlone),
    ("id-alone", IdAloneAnswersTheFirst),
    ("id-alone", IdAloneAnswersTheLast),
    ("id-alone", WaitersById),
    ("by-operation", ByOperation),
    ("by-operation", ByOperationAlone),
]
