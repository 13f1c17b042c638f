"""The participant of 06.promise, mistaken in what it does in doubt, and when it learns the decision."""

from dataclasses import replace
from typing import Any

from course_lib.checks.two_phase_commit.voters import Model
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Record


class AbortsAfterRestart(Model):
    def on_start(self) -> None:
        for txn in self.in_doubt():
            self.disk[txn] = Record("aborted")


class CommitsAfterRestart(Model):
    def on_start(self) -> None:
        for txn in self.in_doubt():
            self.commit("coordinator", txn)


class AbortsAlone(Model):
    def on_timer(self, name: str) -> None:
        for txn in self.in_doubt():
            self.disk[txn] = Record("aborted")


class CommitsAlone(Model):
    def on_timer(self, name: str) -> None:
        for txn in self.in_doubt():
            self.commit("coordinator", txn)


def aborts_after(questions: int, commit: bool = False) -> type[Node]:
    """So many questions, and then it has waited long enough; or commits, since it has promised."""

    class AsksThenAborts(Model):
        def ask(self) -> None:
            self.asked = getattr(self, "asked", 0) + 1
            if self.asked <= questions:
                super().ask()
            else:
                for txn in self.in_doubt():
                    (self.commit if commit else self.abort)("coordinator", txn)

    return AsksThenAborts


class UndoesACommit(Model):
    """Aborts what it is told to, also after a commit."""

    def abort(self, sender: str, txn: str) -> None:
        self.disk[txn] = Record("aborted")


class UndoesACommitAndItsValues(UndoesACommit):
    def abort(self, sender: str, txn: str) -> None:
        super().abort(sender, txn)
        self.disk["values"] = {}


class GuessesAbort(Model):
    """In doubt itself, it tells another what it thinks."""

    def help(self, sender: str, txn: str) -> None:
        if not self.state(txn):
            self.refuse(txn)
        self.send(sender, Decision(txn, self.state(txn) == "committed"))


class GuessesCommit(Model):
    def help(self, sender: str, txn: str) -> None:
        if not self.state(txn):
            self.refuse(txn)
        self.send(sender, Decision(txn, self.state(txn) in ("prepared", "committed")))


class HelpsNobody(Model):
    def help(self, sender: str, txn: str) -> None:
        pass


class HelpsWhereItKnows(Model):
    """Says nothing of what it never heard of."""

    def help(self, sender: str, txn: str) -> None:
        if self.state(txn) in ("committed", "aborted"):
            self.send(sender, Decision(txn, self.state(txn) == "committed"))


class NeverAsks(Model):
    def ask(self) -> None:
        pass


class AsksOnlyAfterRestart(Model):
    def on_timer(self, name: str) -> None:
        pass


class AsksOnlyWhileUp(Model):
    """No timer is set after a restart."""

    def on_start(self) -> None:
        pass


class AsksOnce(Model):
    def ask(self) -> None:
        for txn in self.in_doubt():
            self.send("coordinator", Ask(txn))


class AsksOfT1(Model):
    """It knows of one transaction only."""

    def in_doubt(self) -> list[str]:
        return [txn for txn in super().in_doubt() if txn == "t1"]


class AsksLateAfterRestart(Model):
    """A second has to pass first, it thinks."""

    def on_start(self) -> None:
        if self.in_doubt():
            self.set_timer("ask", 1)


def asks_each(seconds: float) -> type[Node]:
    class AsksEach(Model):
        def set_timer(self, name: str, delay: float) -> None:
            super().set_timer(name, seconds)

    return AsksEach


class AsksLessAndLess(Model):
    """Twice as long each time."""

    def set_timer(self, name: str, delay: float) -> None:
        self.delay = 2 * getattr(self, "delay", 0.5)
        super().set_timer(name, self.delay)


class AsksForEver(Model):
    """Also when nothing is in doubt any more."""

    def on_timer(self, name: str) -> None:
        self.ask()


class NoDoneForCopies(Model):
    def commit(self, sender: str, txn: str) -> None:
        if self.state(txn) == "prepared":
            self.carry_out(txn)
            self.send("coordinator", Done(txn))


class NoDone(Model):
    def commit(self, sender: str, txn: str) -> None:
        if self.state(txn) == "prepared":
            self.carry_out(txn)


class DoneOfAborts(Model):
    """Each Decision gets a Done."""

    def abort(self, sender: str, txn: str) -> None:
        super().abort(sender, txn)
        self.send("coordinator", Done(txn))


class DoneOfWhatIsOver(Model):
    """A Done for whatever Decision comes, and before the record of an abort."""

    def abort(self, sender: str, txn: str) -> None:
        self.send("coordinator", Done(txn))
        super().abort(sender, txn)


class DoneFirst(Model):
    def commit(self, sender: str, txn: str) -> None:
        self.send("coordinator", Done(txn))
        if self.state(txn) == "prepared":
            self.carry_out(txn)


class RecordFirst(Model):
    """Committed, it says on the disk; and then the values are written."""

    def carry_out(self, txn: str) -> None:
        writes = self.disk[txn].writes
        self.disk[txn] = replace(self.disk[txn], state="committed")
        self.write(writes)


class WritesAgain(Model):
    """Each Decision to commit is carried out."""

    def commit(self, sender: str, txn: str) -> None:
        if self.state(txn) in ("prepared", "committed"):
            self.carry_out(txn)
            self.send("coordinator", Done(txn))


class OverwritesValues(Model):
    """Only the last transaction's keys are left."""

    def write(self, writes: Any) -> None:
        self.disk["values"] = dict(writes)


class NoEffect(Model):
    def write(self, writes: Any) -> None:
        pass


MISTAKES = [
    ("aborts-after-restart", AbortsAfterRestart),
    ("decides-alone", AbortsAlone),
    ("decides-alone", CommitsAlone),
    *(("decides-alone", aborts_after(questions)) for questions in (1, 2, 5, 60)),
    *(("decides-alone", aborts_after(questions, commit=True)) for questions in (1, 60)),
    ("decides-alone", CommitsAfterRestart),
    ("undoes-a-commit", UndoesACommit),
    ("undoes-a-commit", UndoesACommitAndItsValues),
    ("guesses", GuessesAbort),
    ("guesses", GuessesCommit),
    ("helps-nobody", HelpsNobody),
    ("helps-nobody", HelpsWhereItKnows),
    ("never-asks", NeverAsks),
    ("never-asks", AsksOnlyAfterRestart),
    ("never-asks", AsksOnlyWhileUp),
    ("asks-once", AsksOnce),
    ("asks-for-one", AsksOfT1),
    ("asks-too-rarely", AsksLateAfterRestart),
    *(("asks-too-rarely", asks_each(seconds)) for seconds in (2, 3)),
    ("asks-too-rarely", AsksLessAndLess),
    ("asks-for-ever", AsksForEver),
    ("no-done", NoDoneForCopies),
    ("no-done", NoDone),
    ("done-of-an-abort", DoneOfAborts),
    ("done-of-an-abort", DoneOfWhatIsOver),
    ("done-first", DoneFirst),
    ("record-before-effect", RecordFirst),
    ("writes-again", WritesAgain),
    ("overwrites-values", OverwritesValues),
    ("no-effect", NoEffect),
]
