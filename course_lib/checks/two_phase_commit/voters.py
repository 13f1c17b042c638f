"""The participant of 06.promise as it should be; and mistaken in what it promises, and in what it has refused."""

from dataclasses import replace
from typing import Any

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Model(Node):
    """Asks the coordinator alone. What it knows of a transaction is `self.disk[txn]`, a Record."""

    def __init__(self, willing: bool) -> None:
        self.willing = willing

    def on_start(self) -> None:
        if self.in_doubt():
            self.ask()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare(txn, writes, _):
                self.prepare(sender, txn, writes)
            case Decision(txn, commit):
                (self.commit if commit else self.abort)(sender, txn)
            case Ask(txn):
                self.help(sender, txn)

    def on_timer(self, name: str) -> None:
        if self.in_doubt():
            self.ask()

    def state(self, txn: str) -> str:
        return self.disk[txn].state if txn in self.disk else ""

    def in_doubt(self) -> list[str]:
        return [
            txn
            for txn, record in self.disk.items()
            if isinstance(record, Record) and record.state == "prepared"
        ]

    def prepare(self, sender: str, txn: str, writes: Any) -> None:
        if not self.state(txn):
            self.decide(sender, txn, writes)
        else:
            self.vote(sender, txn)

    def decide(self, sender: str, txn: str, writes: Any) -> None:
        if self.willing:
            self.promise(sender, txn, writes)
            self.set_timer("ask", 1)
        else:
            self.disk[txn] = Record("aborted")
            self.vote(sender, txn)

    def promise(self, sender: str, txn: str, writes: Any) -> None:
        self.disk[txn] = Record("prepared", writes)
        self.vote(sender, txn)

    def vote(self, sender: str, txn: str) -> None:
        self.send(sender, Vote(txn, self.state(txn) in ("prepared", "committed")))

    def ask(self) -> None:
        for txn in self.in_doubt():
            self.send("coordinator", Ask(txn))
        self.set_timer("ask", 1)

    def commit(self, sender: str, txn: str) -> None:
        if self.state(txn) == "prepared":
            self.carry_out(txn)
        if self.state(txn) == "committed":
            self.send("coordinator", Done(txn))

    def carry_out(self, txn: str) -> None:
        self.write(self.disk[txn].writes)
        self.disk[txn] = replace(self.disk[txn], state="committed")

    def write(self, writes: Any) -> None:
        self.disk["values"] = {**self.disk.get("values", {}), **dict(writes)}

    def abort(self, sender: str, txn: str) -> None:
        if self.state(txn) != "committed":
            self.disk[txn] = Record("aborted")

    def help(self, sender: str, txn: str) -> None:
        if not self.state(txn):
            self.refuse(txn)
        if self.state(txn) != "prepared":
            self.send(sender, Decision(txn, self.state(txn) == "committed"))

    def refuse(self, txn: str) -> None:
        self.disk[txn] = Record("aborted")


class VotesFirst(Model):
    def promise(self, sender: str, txn: str, writes: Any) -> None:
        self.send(sender, Vote(txn, True))
        self.disk[txn] = Record("prepared", writes)


class InMemory(Model):
    """The promise is an attribute; only the decision is written down."""

    def __init__(self, willing: bool) -> None:
        super().__init__(willing)
        self.promised: dict[str, Any] = {}

    def state(self, txn: str) -> str:
        return super().state(txn) or ("prepared" if txn in self.promised else "")

    def in_doubt(self) -> list[str]:
        return [txn for txn in self.promised if not super(InMemory, self).state(txn)]

    def promise(self, sender: str, txn: str, writes: Any) -> None:
        self.promised[txn] = writes
        self.vote(sender, txn)

    def carry_out(self, txn: str) -> None:
        self.write(self.promised[txn])
        self.disk[txn] = Record("committed", self.promised[txn])


class WritesInMemory(Model):
    """That it has promised is on the disk, and what is not."""

    def __init__(self, willing: bool) -> None:
        super().__init__(willing)
        self.writes: dict[str, Any] = {}

    def promise(self, sender: str, txn: str, writes: Any) -> None:
        self.writes[txn] = writes
        self.disk[txn] = Record("prepared")
        self.vote(sender, txn)

    def carry_out(self, txn: str) -> None:
        self.write(self.writes.get(txn, ()))
        self.disk[txn] = Record("committed")


class WritesForgotten(WritesInMemory):
    """The same, and it does not even try without them."""

    def carry_out(self, txn: str) -> None:
        if txn in self.writes:
            super().carry_out(txn)
        else:
            self.disk[txn] = Record("committed")


class NoTombstone(Model):
    """What is aborted is taken off the disk."""

    def abort(self, sender: str, txn: str) -> None:
        if self.state(txn) == "prepared":
            del self.disk[txn]


class NoTombstoneNeverHeard(Model):
    """Of what it never heard of it keeps no record when it is aborted."""

    def abort(self, sender: str, txn: str) -> None:
        if txn in self.disk:
            super().abort(sender, txn)


class HelpsAndForgets(Model):
    def help(self, sender: str, txn: str) -> None:
        if self.state(txn) != "prepared":
            self.send(sender, Decision(txn, self.state(txn) == "committed"))


class HelpsFirst(Model):
    """It tells, and then it writes."""

    def help(self, sender: str, txn: str) -> None:
        if self.state(txn) != "prepared":
            self.send(sender, Decision(txn, self.state(txn) == "committed"))
        if not self.state(txn):
            self.disk[txn] = Record("aborted")


class ForgetsAll(HelpsAndForgets, NoTombstone):
    pass


class ForgetsNos(NoTombstone):
    """A no is said, and not written down either."""

    def decide(self, sender: str, txn: str, writes: Any) -> None:
        if self.willing:
            super().decide(sender, txn, writes)
        else:
            self.send(sender, Vote(txn, False))


class PreparesAgain(Model):
    """Each Prepare is taken for the first."""

    def prepare(self, sender: str, txn: str, writes: Any) -> None:
        self.decide(sender, txn, writes)


class PreparesAgainUnlessAborted(Model):
    def prepare(self, sender: str, txn: str, writes: Any) -> None:
        if self.state(txn) == "aborted":
            self.vote(sender, txn)
        else:
            self.decide(sender, txn, writes)


class NoToCopies(Model):
    """What is known already is refused."""

    def prepare(self, sender: str, txn: str, writes: Any) -> None:
        if self.state(txn):
            self.send(sender, Vote(txn, False))
        else:
            self.decide(sender, txn, writes)


class SilentOnCopies(Model):
    def prepare(self, sender: str, txn: str, writes: Any) -> None:
        if not self.state(txn):
            self.decide(sender, txn, writes)


class WritesAtOnce(Model):
    """The values are written with the promise."""

    def promise(self, sender: str, txn: str, writes: Any) -> None:
        self.write(writes)
        super().promise(sender, txn, writes)

    def carry_out(self, txn: str) -> None:
        self.disk[txn] = replace(self.disk[txn], state="committed")


class Refuses(Model):
    """Says no to all."""

    def decide(self, sender: str, txn: str, writes: Any) -> None:
        self.disk[txn] = Record("aborted")
        self.vote(sender, txn)


class TurnedRound(Model):
    """`if willing` the wrong way round."""

    def __init__(self, willing: bool) -> None:
        super().__init__(not willing)


class PromisesAnyway(Model):
    """Who is not willing votes yes."""

    def decide(self, sender: str, txn: str, writes: Any) -> None:
        self.promise(sender, txn, writes)
        self.set_timer("ask", 1)


MISTAKES = [
    ("vote-first", VotesFirst),
    ("promise-in-memory", InMemory),
    ("without-the-writes", WritesInMemory),
    ("without-the-writes", WritesForgotten),
    ("no-tombstone", NoTombstone),
    ("no-tombstone", NoTombstoneNeverHeard),
    ("no-tombstone", ForgetsNos),
    ("no-tombstone", ForgetsAll),
    ("helps-and-forgets", HelpsAndForgets),
    ("helps-and-forgets", HelpsFirst),
    ("prepares-again", PreparesAgain),
    ("prepares-again", PreparesAgainUnlessAborted),
    ("another-vote", NoToCopies),
    ("silent-on-copies", SilentOnCopies),
    ("writes-at-once", WritesAtOnce),
    ("promises-anyway", PromisesAnyway),
    ("refuses", Refuses),
    ("refuses", TurnedRound),
]
