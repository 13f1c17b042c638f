"""The replica of 10.primary, mistaken in when it answers and what, or silent where an answer is due."""

from __future__ import annotations

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


class ReadsWhatIsEverywhere(Model):
    """Reads at once, but not what a backup may lack."""

    def serve(self, entry: Entry) -> None:
        if entry.operation[0] == "read":
            log = (*self.log[: self.everywhere()], entry)
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
        else:
            super().serve(entry)


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


# When it is silent


class NeverAnswers(Model):
    def reply(self, entry: Entry, position: int) -> None:
        pass


class NoHave(Model):
    def acknowledge(self, sender: str, view: View) -> None:
        pass


class KnowsItAlready(Model):
    """What is asked for again is not answered."""

    def ask(self, entry: Entry) -> None:
        if self.leads() and self.is_new(entry):
            self.serve(entry)


class SharesOnce(Model):
    """What is asked for again is not sent to the backups again."""

    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            super().serve(entry)
        else:
            self.waiting |= {entry}
            self.answer()


class NotAlone(Model):
    """Answers when a Have comes, and alone it gets none."""

    def serve(self, entry: Entry) -> None:
        if self.is_new(entry):
            self.disk["log"] = (*self.log, entry)
        self.waiting |= {entry}
        self.share()


class NeverLeads(Model):
    """Who was a backup once stays one."""

    def leads(self) -> bool:
        return super().leads() and self.name == self.first.leader


MISTAKES = [
    ("answers-first", AnswersFirst),
    ("known-is-done", KnownIsDone),
    ("known-is-done", KnownIsDoneAndNotShared),
    ("reads-alone", ReadsAlone),
    ("reads-alone", ReadsWhatIsEverywhere),
    ("any-have-for-a-read", AnyHaveForARead),
    ("any-replica", AnyReplicaReads),
    ("any-replica", AnyReplica),
    ("any-replica", AnyReplicaAlone),
    ("answers-after-all", AnswersAfterAll),
    ("dirty-results", DirtyResults),
    ("dirty-results", TheLastResult),
    ("silent", NeverAnswers),
    ("silent", NoHave),
    ("knows-it-already", KnowsItAlready),
    ("knows-it-already", SharesOnce),
    ("not-alone", NotAlone),
    ("never-leads", NeverLeads),
]
