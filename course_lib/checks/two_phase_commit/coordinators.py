"""The coordinator of 06.recover as it should be; and mistaken in where a decision stands, and in what is told after a restart."""

from collections.abc import Sequence
from typing import Any

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote, Writes


class Model(Node):
    """On the disk: how many lives there were, and for each commit those who have not said Done."""

    def __init__(self, plans: Sequence[Writes]) -> None:
        self.plans = tuple(plans)

    def on_start(self) -> None:
        self.count_life()
        self.txn: str | None = None  # the one that is being voted on
        self.votes: set[str] = set()
        self.recover()
        if self.life() <= len(self.plans):
            self.begin(self.new_id())

    # Ids

    def count_life(self) -> None:
        self.disk["lives"] = self.disk.get("lives", 0) + 1

    def life(self) -> int:
        lives: int = self.disk["lives"]
        return lives

    def new_id(self) -> str:
        return f"t{self.life()}"

    # The vote

    def begin(self, txn: str) -> None:
        self.txn = txn
        for name in self.peers:
            self.send(name, Prepare(txn, self.plans[self.life() - 1], frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.count(sender)
                else:
                    self.abort()
            case Vote(txn, _) | Ask(txn):
                self.answer(sender, txn)
            case Done(txn):
                self.done(sender, txn)

    def count(self, sender: str) -> None:
        self.votes = self.votes | {sender}
        if self.votes == set(self.peers):
            self.commit()

    def on_timer(self, name: str) -> None:
        if name == "votes":
            if self.txn:
                self.abort()
        else:
            self.again()

    # The decision

    def commit(self) -> None:
        txn = self.close()
        self.write(txn)
        self.tell(txn)

    def abort(self) -> None:
        txn = self.close()
        for name in self.peers:
            self.send(name, Decision(txn, False))

    def close(self) -> str:
        txn, self.txn = self.txn, None
        self.cancel_timer("votes")
        return str(txn)

    def write(self, txn: str) -> None:
        self.disk[txn] = frozenset(self.peers)

    def waits(self, txn: str) -> Any:
        return self.disk.get(txn, ())

    def commits(self) -> list[str]:
        return [txn for txn in self.disk if txn != "lives"]

    def tell(self, txn: str) -> None:
        for name in sorted(self.waits(txn)):
            self.send(name, Decision(txn, True))
        self.set_timer("again", 1)

    def again(self) -> None:
        for txn in self.commits():
            if self.waits(txn):
                self.tell(txn)

    def recover(self) -> None:
        self.again()

    def answer(self, sender: str, txn: str) -> None:
        if txn != self.txn:
            self.send(sender, Decision(txn, bool(self.waits(txn))))

    def done(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.disk[txn] = self.disk[txn] - {sender}


class TellsFirst(Model):
    def commit(self) -> None:
        txn = self.close()
        for name in self.peers:
            self.send(name, Decision(txn, True))
        self.write(txn)
        self.set_timer("again", 1)


class InMemory(Model):
    """The decision is an attribute."""

    def on_start(self) -> None:
        self.kept: dict[str, Any] = {}
        super().on_start()

    def write(self, txn: str) -> None:
        self.kept[txn] = frozenset(self.peers)

    def waits(self, txn: str) -> Any:
        return self.kept.get(txn, ())

    def commits(self) -> list[str]:
        return list(self.kept)

    def done(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.kept[txn] = self.kept[txn] - {sender}


class AbortsAll(Model):
    """After a restart everything that was begun is aborted, it thinks."""

    def recover(self) -> None:
        for txn in self.commits() or [f"t{self.life() - 1}"]:
            self.disk.pop(txn, None)
            for name in self.peers:
                self.send(name, Decision(txn, False))


class AbortsAllAndKeeps(Model):
    def recover(self) -> None:
        for txn in self.commits() or [f"t{self.life() - 1}"]:
            for name in self.peers:
                self.send(name, Decision(txn, False))


class AbortsWhatIsCommitted(Model):
    def recover(self) -> None:
        for txn in self.commits():
            del self.disk[txn]
            for name in self.peers:
                self.send(name, Decision(txn, False))


class TellsNobody(Model):
    """Whoever wants to know will ask, it thinks."""

    def recover(self) -> None:
        pass


class TellsOnce(Model):
    def tell(self, txn: str) -> None:
        for name in sorted(self.waits(txn)):
            self.send(name, Decision(txn, True))


class TellsOnceAndNeverAgain(TellsOnce):
    def recover(self) -> None:
        pass


class PresumesCommit(Model):
    """Of what it knows nothing it says that it was committed."""

    def answer(self, sender: str, txn: str) -> None:
        if txn != self.txn:
            self.send(sender, Decision(txn, True))


class SaysNothing(Model):
    """Of what it knows nothing it says nothing."""

    def answer(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.send(sender, Decision(txn, True))


class SilentToAsks(Model):
    def answer(self, sender: str, txn: str) -> None:
        pass


MISTAKES = [
    ("tell-first", TellsFirst),
    ("decision-in-memory", InMemory),
    ("aborts-after-restart", AbortsAll),
    ("aborts-after-restart", AbortsAllAndKeeps),
    ("aborts-after-restart", AbortsWhatIsCommitted),
    ("not-told-again", TellsNobody),
    ("not-told-again", TellsOnce),
    ("not-told-again", TellsOnceAndNeverAgain),
    ("presumes-commit", PresumesCommit),
    ("says-nothing", SaysNothing),
    ("says-nothing", SilentToAsks),
]
