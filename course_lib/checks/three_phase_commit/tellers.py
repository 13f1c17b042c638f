"""The participant of 07.participant, mistaken in what it tells, in whom it asks, and in what it is."""

from __future__ import annotations

from dataclasses import replace

from course_lib.checks.three_phase_commit.followers import Model
from course_lib.transactions.committing import Ask, Decision, Record, Vote
from course_lib.transactions.precommitting import TXN
from course_lib.transactions.succeeding import InState


class TellsWhenBack(Model):
    def tell(self, sender: str) -> None:
        if self.in_doubt():
            self.leader = sender
            self.send(sender, InState(TXN, str(self.state())))
        else:
            super().tell(sender)


class ForgetsThatItWasDown(TellsWhenBack):
    def precommit(self, sender: str) -> None:
        if self.in_doubt() and self.follows(sender):
            self.move(sender)


class SilentToSuccessors(Model):
    def tell(self, sender: str) -> None:
        pass


class TellsNoDecision(Model):
    """It tells its state while it is in doubt, and nothing else."""

    def tell(self, sender: str) -> None:
        if self.in_doubt() and not self.was_down:
            super().tell(sender)


class SilentWhenDecided(Model):
    def tell(self, sender: str) -> None:
        if self.state() not in ("committed", "aborted"):
            super().tell(sender)


class NeverAsks(Model):
    def ask(self) -> None:
        pass


class NeverAsksWhenBack(Model):
    def on_start(self) -> None:
        super().on_start()
        self.cancel_timer("silence")

    def ask(self) -> None:
        if not self.was_down:
            super().ask()


class AsksOnlyWhenBack(Model):
    def on_silence(self) -> None:
        if self.was_down:
            self.ask()


class AsksOnce(Model):
    def ask(self) -> None:
        for name in self.peers:
            self.send(name, Ask(TXN))


class AsksOnceWhenBack(Model):
    def ask(self) -> None:
        super().ask()
        if self.was_down:
            self.cancel_timer("silence")


class AsksForEver(Model):
    def on_timer(self, name: str) -> None:
        self.ask()


class AsksTheCoordinator(Model):
    def ask(self) -> None:
        self.send("coordinator", Ask(TXN))
        self.wait()


class AsksP1(Model):
    """The coordinator is dead, it thinks."""

    def ask(self) -> None:
        self.send("p1", Ask(TXN))
        self.wait()


class AsksTheLeader(Model):
    def ask(self) -> None:
        self.send(self.leader, Ask(TXN))
        self.wait()


class HelpsNobody(Model):
    """It answers who leads, and nobody else."""

    def help(self, sender: str) -> None:
        pass


class RefusesNobody(Model):
    """Without a record it has nothing to say, it thinks."""

    def help(self, sender: str) -> None:
        if self.state() is not None:
            super().help(sender)


class SilentWithoutARecord(Model):
    def answer(self, sender: str) -> None:
        if self.state() is not None:
            super().answer(sender)


class HelpsAndForgets(Model):
    def answer(self, sender: str) -> None:
        if self.state() is None:
            self.send(sender, Decision(TXN, False))
        else:
            super().answer(sender)


class Guesses(Model):
    def help(self, sender: str) -> None:
        if self.in_doubt():
            self.send(sender, Decision(TXN, self.state() == "precommitted"))
        else:
            super().help(sender)


class GuessesAborted(Model):
    """Not committed is as good as aborted, it thinks."""

    def help(self, sender: str) -> None:
        if self.state() is None:
            self.write("aborted")
        self.send(sender, Decision(TXN, self.state() == "committed"))


class VotesNoTheSecondTime(Model):
    """It has voted, it thinks: that is not a yes."""

    def vote_again(self, sender: str) -> None:
        self.send(sender, Vote(TXN, False))


class VotesOnlyOnce(Model):
    def vote_again(self, sender: str) -> None:
        pass


class PromisesAnyway(Model):
    def vote(self, sender: str, record: Record) -> None:
        super().vote(sender, replace(record, state="prepared"))


class InWords(Model):
    """The state as a text, where a Record is due."""

    def vote(self, sender: str, record: Record) -> None:
        self.disk[TXN] = record.state
        self.send(sender, Vote(TXN, record.state == "prepared"))


MISTAKES = [
    ("tells-when-back", TellsWhenBack),
    ("tells-when-back", ForgetsThatItWasDown),
    ("silent-to-successors", SilentToSuccessors),
    ("silent-to-successors", TellsNoDecision),
    ("silent-to-successors", SilentWhenDecided),
    ("never-asks", NeverAsks),
    ("never-asks", NeverAsksWhenBack),
    ("never-asks", AsksOnlyWhenBack),
    ("asks-once", AsksOnce),
    ("asks-once", AsksOnceWhenBack),
    ("asks-for-ever", AsksForEver),
    ("asks-one", AsksTheCoordinator),
    ("asks-one", AsksTheLeader),
    ("asks-one", AsksP1),
    ("helps-nobody", HelpsNobody),
    ("helps-nobody", RefusesNobody),
    ("helps-nobody", SilentWithoutARecord),
    ("helps-and-forgets", HelpsAndForgets),
    ("guesses", Guesses),
    ("guesses", GuessesAborted),
    ("another-vote", VotesNoTheSecondTime),
    ("another-vote", VotesOnlyOnce),
    ("promises-anyway", PromisesAnyway),
    ("not-a-record", InWords),
]
