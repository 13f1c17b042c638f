"""The participant of 07.participant as it should be; and mistaken in what it records, and in what it decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import TXN, Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Model(Node):
    """Follows, and never leads. What it knows of the transaction is `self.disk[TXN]`, a Record."""

    def __init__(self, willing: bool) -> None:
        self.willing = willing

    def on_start(self) -> None:
        self.was_down = TXN in self.disk
        self.leader = "coordinator"
        if self.in_doubt():
            self.ask()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare(_, writes, _):
                if self.state() is None:
                    self.vote(sender, Record("prepared" if self.willing else "aborted", writes))
                else:
                    self.vote_again(sender)
            case PreCommit():
                self.precommit(sender)
            case WhichState():
                self.tell(sender)
            case Decision(_, commit):
                self.decide(commit)
            case Ask():
                self.help(sender)

    def on_timer(self, name: str) -> None:
        if self.in_doubt():
            self.on_silence()

    def state(self) -> str | None:
        return self.disk[TXN].state if TXN in self.disk else None

    def in_doubt(self) -> bool:
        return self.state() in ("prepared", "precommitted")

    def write(self, state: str) -> None:
        self.disk[TXN] = replace(self.disk.get(TXN, Record(state)), state=state)

    def wait(self) -> None:
        self.set_timer("silence", 1)

    # The phases

    def vote(self, sender: str, record: Record) -> None:
        self.disk[TXN] = record
        self.send(sender, Vote(TXN, record.state == "prepared"))
        self.wait()

    def vote_again(self, sender: str) -> None:
        self.send(sender, Vote(TXN, self.state() != "aborted"))

    def precommit(self, sender: str) -> None:
        if self.in_doubt() and not self.was_down and self.follows(sender):
            self.move(sender)

    def follows(self, sender: str) -> bool:
        return sender >= self.leader  # the coordinator, then p1, then p3

    def move(self, sender: str) -> None:
        self.write("precommitted")
        self.send(sender, Acknowledge(TXN))

    def decide(self, commit: bool) -> None:
        if self.state() not in ("committed", "aborted"):
            self.write("committed" if commit else "aborted")

    # What others ask

    def tell(self, sender: str) -> None:
        if self.was_down or not self.in_doubt():
            self.answer(sender)
        else:
            self.leader = sender
            self.send(sender, InState(TXN, str(self.state())))

    def help(self, sender: str) -> None:
        self.answer(sender)

    def answer(self, sender: str) -> None:
        if self.state() is None:
            self.write("aborted")
        if not self.in_doubt():
            self.send(sender, Decision(TXN, self.state() == "committed"))

    # Nobody says anything

    def on_silence(self) -> None:
        self.ask()

    def ask(self) -> None:
        for name in self.peers:
            self.send(name, Ask(TXN))
        self.wait()


class VotesFirst(Model):
    def vote(self, sender: str, record: Record) -> None:
        self.send(sender, Vote(TXN, record.state == "prepared"))
        self.disk[TXN] = record
        self.wait()


class AcknowledgesFirst(Model):
    def move(self, sender: str) -> None:
        self.send(sender, Acknowledge(TXN))
        self.write("precommitted")


class MovesInMemory(Model):
    """It tells the state from memory, and the disk says prepared."""

    def on_start(self) -> None:
        self.moved = False
        super().on_start()

    def move(self, sender: str) -> None:
        self.moved = True
        self.send(sender, Acknowledge(TXN))

    def tell(self, sender: str) -> None:
        if self.moved and self.in_doubt():
            self.leader = sender
            self.send(sender, InState(TXN, "precommitted"))
        else:
            super().tell(sender)


class OnlyAcknowledges(Model):
    def move(self, sender: str) -> None:
        self.send(sender, Acknowledge(TXN))


class NeverAcknowledges(Model):
    def move(self, sender: str) -> None:
        self.write("precommitted")


class IgnoresPreCommit(Model):
    def move(self, sender: str) -> None:
        pass


class CommitsAtPreCommit(Model):
    def move(self, sender: str) -> None:
        self.write("committed")
        self.send(sender, Acknowledge(TXN))


class MovesWhatIsDecided(Model):
    """Whatever it has decided, it moves back to precommitted."""

    def precommit(self, sender: str) -> None:
        if self.state() and self.follows(sender):
            self.move(sender)


class MovesWhateverItIs(Model):
    def precommit(self, sender: str) -> None:
        self.move(sender)


class MovesUnlessCommitted(Model):
    def precommit(self, sender: str) -> None:
        if self.state() != "committed":
            self.move(sender)


class HeedsTheDead(Model):
    def follows(self, sender: str) -> bool:
        return True


class HeedsAllButTheCoordinator(Model):
    """Once a participant leads."""

    def follows(self, sender: str) -> bool:
        return sender != "coordinator" or self.leader == "coordinator"


class MovesWhenBack(Model):
    def precommit(self, sender: str) -> None:
        if self.in_doubt() and self.follows(sender):
            self.move(sender)


class Decides(Model):
    """Alone, when it hears nothing: by its state."""

    outcomes: ClassVar = {"prepared": False, "precommitted": True}

    def on_silence(self) -> None:
        outcome = self.outcomes.get(str(self.state()))
        if outcome is None or self.was_down:
            self.ask()
        else:
            self.decide(outcome)


class AbortsThePrecommitted(Decides):
    outcomes: ClassVar = {"precommitted": False}


class AbortsAlways(Decides):
    outcomes: ClassVar = {"prepared": False, "precommitted": False}


class CommitsThePrepared(Decides):
    outcomes: ClassVar = {"prepared": True}


class CommitsAlways(Decides):
    outcomes: ClassVar = {"prepared": True, "precommitted": True}


class AbortsThePrepared(Decides):
    outcomes: ClassVar = {"prepared": False}


class CommitsThePrecommitted(Decides):
    outcomes: ClassVar = {"precommitted": True}


class DecidesWhenBack(Model):
    """At once, by its state."""

    outcomes: ClassVar = {"prepared": False, "precommitted": True}

    def on_start(self) -> None:
        super().on_start()
        outcome = self.outcomes.get(str(self.state()))
        if outcome is not None:
            self.decide(outcome)


class AbortsWhenBack(DecidesWhenBack):
    outcomes: ClassVar = {"prepared": False}


class AbortsAllWhenBack(DecidesWhenBack):
    outcomes: ClassVar = {"prepared": False, "precommitted": False}


class CommitsWhenBack(DecidesWhenBack):
    outcomes: ClassVar = {"precommitted": True}


class DecidesAfterAWhileWhenBack(Model):
    """It asks as it is back, and decides by its state when nobody says anything."""

    def on_silence(self) -> None:
        if self.was_down:
            self.decide(self.state() == "precommitted")
        else:
            self.ask()


MISTAKES = [
    ("vote-first", VotesFirst),
    ("acknowledges-first", AcknowledgesFirst),
    ("moves-in-memory", MovesInMemory),
    ("moves-in-memory", OnlyAcknowledges),
    ("no-acknowledgement", NeverAcknowledges),
    ("no-acknowledgement", IgnoresPreCommit),
    ("commits-at-precommit", CommitsAtPreCommit),
    ("late-precommit", MovesWhatIsDecided),
    ("late-precommit", MovesWhateverItIs),
    ("late-precommit", MovesUnlessCommitted),
    ("heeds-the-dead", HeedsTheDead),
    ("heeds-the-dead", HeedsAllButTheCoordinator),
    ("moves-when-back", MovesWhenBack),
    ("aborts-the-precommitted", AbortsThePrecommitted),
    ("aborts-the-precommitted", AbortsAlways),
    ("commits-the-prepared", CommitsThePrepared),
    ("commits-the-prepared", CommitsAlways),
    ("decides-alone", Decides),
    ("decides-alone", AbortsThePrepared),
    ("decides-alone", CommitsThePrecommitted),
    ("decides-when-back", DecidesWhenBack),
    ("decides-when-back", AbortsWhenBack),
    ("decides-when-back", AbortsAllWhenBack),
    ("decides-when-back", CommitsWhenBack),
    ("decides-when-back", DecidesAfterAWhileWhenBack),
]
