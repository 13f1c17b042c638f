"""The coordinator of 06.recover, mistaken in how long it keeps a decision, and tells it."""

from typing import Any

from course_lib.checks.two_phase_commit.coordinators import Model
from course_lib.sim import Node
from course_lib.transactions.committing import Decision


class ForgetsAtTheFirst(Model):
    def done(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.disk[txn] = frozenset()


class ForgetsWhenTold(Model):
    """The record goes when all have been told."""

    def tell(self, txn: str) -> None:
        super().tell(txn)
        self.disk[txn] = frozenset()


class ForgetsWhenToldAgain(Model):
    """The record goes when all have been told once more after a restart."""

    def recover(self) -> None:
        super().recover()
        for txn in self.commits():
            del self.disk[txn]


def forgets_after(times: int) -> type[Node]:
    """The record goes when it has been told so often."""

    class ForgetsAfter(Model):
        def tell(self, txn: str) -> None:
            self.told = getattr(self, "told", 0) + 1
            if self.told > times:
                del self.disk[txn]
            else:
                super().tell(txn)

    return ForgetsAfter


def tells_only(times: int) -> type[Node]:
    """The record stays, and is not told any more."""

    class TellsOnly(Model):
        def tell(self, txn: str) -> None:
            self.told = getattr(self, "told", 0) + 1
            if self.told <= times:
                super().tell(txn)

    return TellsOnly


class TellsEach4s(Model):
    def set_timer(self, name: str, delay: float) -> None:
        super().set_timer(name, 4 if name == "again" else delay)


class AnyDone(Model):
    """Who has said Done has done everything, it thinks."""

    def done(self, sender: str, txn: str) -> None:
        for each in self.commits():
            super().done(sender, each)


class AnyDoneTellsAll(AnyDone):
    """The same; and a commit is an occasion to tell all others once more."""

    def commit(self) -> None:
        self.write(self.close())
        self.again()


class OneSlot(Model):
    """One place on the disk, and the last commit in it."""

    def write(self, txn: str) -> None:
        for each in self.commits():
            del self.disk[each]
        super().write(txn)


class CountsDone(Model):
    """Two have said Done, it thinks, when one has said so twice."""

    def done(self, sender: str, txn: str) -> None:
        self.number = getattr(self, "number", 0) + 1
        if self.waits(txn) and self.number == len(self.peers):
            self.disk[txn] = frozenset()


class CountsDoneOnDisk(Model):
    """The same, with the number on the disk."""

    def done(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.disk[txn] = frozenset(sorted(self.disk[txn])[1:])


class CountsDoneAndTellsAll(CountsDoneOnDisk):
    """Only the number is kept, so all are told until it is right."""

    def tell(self, txn: str) -> None:
        if self.waits(txn):
            for name in self.peers:
                self.send(name, Decision(txn, True))
        self.set_timer("again", 1)


class CountsDoneAndTellsAllAgain(CountsDoneAndTellsAll):
    def commit(self) -> None:
        self.write(self.close())
        self.again()


class RemembersAborts(Model):
    def commits(self) -> list[str]:
        return [txn for txn in self.disk if txn != "lives" and not isinstance(self.disk[txn], str)]

    def waits(self, txn: str) -> Any:
        return () if self.disk.get(txn) == "aborted" else super().waits(txn)

    def abort(self) -> None:
        self.disk[str(self.txn)] = "aborted"
        super().abort()


class WaitsForDoneOfAborts(Model):
    """Tells an abort again until all have said Done, which nobody does."""

    def abort(self) -> None:
        self.aborted = self.txn
        super().abort()
        self.set_timer("aborts", 1)

    def on_timer(self, name: str) -> None:
        if name == "aborts":
            for peer in self.peers:
                self.send(peer, Decision(str(self.aborted), False))
            self.set_timer("aborts", 1)
        else:
            super().on_timer(name)


class WritesAndWaits(RemembersAborts):
    """The same, with a record on the disk."""

    def abort(self) -> None:
        super().abort()
        self.set_timer("aborts", 1)

    def on_timer(self, name: str) -> None:
        if name == "aborts":
            for txn in self.disk:
                if self.disk[txn] == "aborted":
                    for peer in self.peers:
                        self.send(peer, Decision(txn, False))
            self.set_timer("aborts", 1)
        else:
            super().on_timer(name)


class TellsForEver(Model):
    """No Done is counted."""

    def done(self, sender: str, txn: str) -> None:
        pass


MISTAKES = [
    ("forgets-too-soon", ForgetsAtTheFirst),
    ("forgets-too-soon", ForgetsWhenTold),
    ("forgets-too-soon", ForgetsWhenToldAgain),
    *(("forgets-too-soon", forgets_after(times)) for times in (3, 100)),
    ("not-told-again", tells_only(3)),
    ("not-told-again", TellsEach4s),
    ("any-done", AnyDone),
    ("any-done", AnyDoneTellsAll),
    ("one-slot", OneSlot),
    ("counts-done", CountsDone),
    ("counts-done", CountsDoneOnDisk),
    ("counts-done", CountsDoneAndTellsAll),
    ("counts-done", CountsDoneAndTellsAllAgain),
    ("remembers-aborts", RemembersAborts),
    ("waits-for-done-of-aborts", WaitsForDoneOfAborts),
    ("waits-for-done-of-aborts", WritesAndWaits),
    ("tells-for-ever", TellsForEver),
]
