"""The replica of 10.primary, mistaken in which request is which: one that comes again is done once."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Log, Model
from course_lib.replication.logs import Entry, result_of
from course_lib.sim import Reply


class Twice(Model):
    """What is asked for again is done again."""

    def is_new(self, entry: Entry) -> bool:
        return True


class TwiceAfterAFew(Model):
    """Looks for it among the last entries of the log, and no further back."""

    def is_new(self, entry: Entry) -> bool:
        return entry not in self.log[-3:]


class SeenInMemory(Model):
    """Remembers in memory what it has been asked for, and what came with a Copy."""

    def on_start(self) -> None:
        self.seen: frozenset[Entry] = frozenset()
        super().on_start()

    def is_new(self, entry: Entry) -> bool:
        return entry not in self.seen

    def serve(self, entry: Entry) -> None:
        super().serve(entry)
        self.seen |= {entry}

    def take(self, log: Log) -> None:
        super().take(log)
        self.seen = frozenset(log)


class SeenByItself(Model):
    """Remembers what it has been asked for itself."""

    def on_start(self) -> None:
        super().on_start()
        self.seen: frozenset[Entry] = self.disk.get("seen", frozenset())

    def is_new(self, entry: Entry) -> bool:
        return entry not in self.seen

    def serve(self, entry: Entry) -> None:
        super().serve(entry)
        self.seen |= {entry}
        self.disk["seen"] = self.seen


class SeenByItselfInMemory(SeenByItself):
    """The same, and a crash takes it."""

    def on_start(self) -> None:
        super().on_start()
        self.seen = frozenset()


class IdAlone(Model):
    """The request of that number is in the log already, it thinks, and another client's is meant."""

    def is_new(self, entry: Entry) -> bool:
        return all(one.id != entry.id for one in self.log)


class IdAloneAnswersTheFirst(IdAlone):
    """The same, and it answers the client whose entry it has found."""

    def serve(self, entry: Entry) -> None:
        super().serve(next((one for one in self.log if one.id == entry.id), entry))


class RemembersById(Model):
    """Remembers who has asked by the number of the request."""

    def begin(self) -> None:
        super().begin()
        self.askers: dict[int, str] = {}

    def serve(self, entry: Entry) -> None:
        self.askers[entry.id] = entry.client
        super().serve(entry)


class IdAloneAnswersTheLast(RemembersById, IdAloneAnswersTheFirst):
    """It answers who has asked last with what it has found."""

    def reply(self, entry: Entry, position: int) -> None:
        self.send(self.askers[entry.id], Reply(entry.id, result_of(self.log, position)))


class WaitersById(RemembersById):
    """Its log is right, and who waits is told by the number alone."""

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
    ("twice", Twice),
    ("twice", TwiceAfterAFew),
    ("seen-in-memory", SeenInMemory),
    ("seen-by-itself", SeenByItself),
    ("seen-by-itself", SeenByItselfInMemory),
    ("id-alone", IdAlone),
    ("id-alone", IdAloneAnswersTheFirst),
    ("id-alone", IdAloneAnswersTheLast),
    ("id-alone", WaitersById),
    ("by-operation", ByOperation),
    ("by-operation", ByOperationAlone),
]
