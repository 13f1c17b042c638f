"""The replica of 10.primary, mistaken in when it answers and what."""

from __future__ import annotations

from typing import Any

from course_lib.checks.fault_tolerance.primaries import Model
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.views import View
from course_lib.sim import Reply


class AnswersFirst(Model):
    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            self.disk["log"] = (*self.log, entry)
        self.reply(entry, self.log.index(entry) + 1)
        self.share()


class KnownIsDone(Model):
    """What is asked for again is in its log already, so it is answered at once."""

    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            super().serve(entry)
        else:
            self.share()
            self.reply(entry, self.log.index(entry) + 1)


class KnownIsDoneAndNotShared(Model):
    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            super().serve(entry)
        else:
            self.reply(entry, self.log.index(entry) + 1)


class ReadsAlone(Model):
    def serve(self, entry: Entry) -> None:
        if entry.operation[0] == "read":
            log = (*self.log, entry)
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
        else:
            super().serve(entry)


class ReadsItAgain(Model):
    """Reads alone where its last entry is the same read: nothing has changed since, it thinks."""

    def serve(self, entry: Entry) -> None:
        known = self.log[self.everywhere() - 1 :]
        if self.is_new(entry) and known and entry.operation == known[-1].operation == ("read", "x"):
            self.reply(entry, len(self.log))
        else:
            super().serve(entry)


class ReadsWhatIsEverywhere(Model):
    """Reads at once, but not what a backup may lack."""

    def serve(self, entry: Entry) -> None:
        if entry.operation[0] == "read":
            log = (*self.log[: self.everywhere()], entry)
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
        else:
            super().serve(entry)


class ChangesNothing(Model):
    """Answers at once what would leave everything as it is."""

    def serve(self, entry: Entry) -> None:
        log = (*self.log, entry)
        if self.is_new(entry) and self.changes_nothing(entry.operation):
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
        else:
            super().serve(entry)

    def value(self, key: Any) -> Any:
        return result_of((*self.log, Entry("", 0, ("read", key))), len(self.log) + 1)

    def changes_nothing(self, operation: Any) -> bool:
        return self.fails(operation) or self.writes_the_same(operation)

    def fails(self, operation: Any) -> bool:
        return bool(operation[0] == "cas" and self.value(operation[1]) != operation[2])

    def writes_the_same(self, operation: Any) -> bool:
        return bool(operation[0] == "write" and self.value(operation[1]) == operation[2])


class CasAlone(ChangesNothing):
    """The same, of a cas that fails."""

    def changes_nothing(self, operation: Any) -> bool:
        return self.fails(operation)


class TheSameValueAlone(ChangesNothing):
    """The same, of a write of the value that is there."""

    def changes_nothing(self, operation: Any) -> bool:
        return self.writes_the_same(operation)


class AnyHaveForARead(Model):
    """Shares its log at a read, and the next Have answers it: one that was on its way before, it may be."""

    def begin(self) -> None:
        super().begin()
        self.reads: tuple[tuple[Entry, int], ...] = ()

    def serve(self, entry: Entry) -> None:
        if entry.operation[0] != "read":
            super().serve(entry)
            return
        self.reads += ((entry, len(self.log)),)
        self.share()
        if not self.backups:
            self.read()

    def has(self, sender: str, number: int, length: int) -> None:
        super().has(sender, number, length)
        self.read()

    def read(self) -> None:
        for entry, length in self.reads:
            if min([self.have.get(name, -1) for name in self.backups], default=length) >= length:
                self.reads = tuple(one for one in self.reads if one != (entry, length))
                log = (*self.log[:length], entry)
                self.send(entry.client, Reply(entry.id, result_of(log, len(log))))


class AnyReplicaReads(ReadsAlone):
    """Reads at a backup, too."""

    def ask(self, entry: Entry) -> None:
        if self.leads() or entry.operation[0] == "read":
            self.serve(entry)


class AnyReplica(Model):
    """Does not look whether it leads."""

    @property
    def backups(self) -> tuple[str, ...]:
        return tuple(name for name in self.view.members if name != self.name)

    def ask(self, entry: Entry) -> None:
        self.serve(entry)


class AnyReplicaAlone(AnyReplica):
    """Nor whether there is anybody to ask."""

    @property
    def backups(self) -> tuple[str, ...]:
        return tuple(name for name in self.view.members[1:] if name != self.name)


class AnswersAfterAll(Model):
    """When it has been replaced it has no backups to wait for any more."""

    def enter(self, view: View) -> None:
        self.disk["view"] = view
        self.have = {}
        self.answer()


class DirtyResults(Model):
    """Answers out of the whole log, and the end of it may be nowhere else yet."""

    def reply(self, entry: Entry, position: int) -> None:
        log = self.log if entry.operation[0] == "read" else self.log[:position]
        result = (
            result_of((*log, entry), len(log) + 1)
            if entry.operation[0] == "read"
            else result_of(log, position)
        )
        self.send(entry.client, Reply(entry.id, result))


class TheLastResult(Model):
    """Whatever is asked, it answers what the last entry of its log gives."""

    def reply(self, entry: Entry, position: int) -> None:
        self.send(entry.client, Reply(entry.id, result_of(self.log, len(self.log))))


MISTAKES = [
    ("answers-first", AnswersFirst),
    ("known-is-done", KnownIsDone),
    ("known-is-done", KnownIsDoneAndNotShared),
    ("reads-alone", ReadsAlone),
    ("reads-alone", ReadsItAgain),
    ("reads-alone", ReadsWhatIsEverywhere),
    ("changes-nothing", ChangesNothing),
    ("changes-nothing", CasAlone),
    ("changes-nothing", TheSameValueAlone),
    ("any-have-for-a-read", AnyHaveForARead),
    ("any-replica", AnyReplicaReads),
    ("any-replica", AnyReplica),
    ("any-replica", AnyReplicaAlone),
    ("answers-after-all", AnswersAfterAll),
    ("dirty-results", DirtyResults),
    ("dirty-results", TheLastResult),
]
