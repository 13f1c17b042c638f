"""The replica of 10.primary, silent where an answer is due."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Model
from course_lib.replication.logs import Entry
from course_lib.replication.views import View


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
    ("silent", NeverAnswers),
    ("silent", NoHave),
    ("knows-it-already", KnowsItAlready),
    ("knows-it-already", SharesOnce),
    ("not-alone", NotAlone),
    ("never-leads", NeverLeads),
]
