"""The acceptor of 07.acceptor as it should be, and as learners write it by mistake."""

from __future__ import annotations

from typing import Any

from course_lib.sim import Node
from course_lib.transactions.paxos import Accept, Accepted, Prepare, Promise, Slot


class Model(Node):
    """On the disk: the ballot that it has promised, and the ballot and value that it has accepted."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare(ballot):
                if self.may_promise(ballot):
                    self.promise(sender, ballot, self.accepted())
            case Accept(ballot, value):
                if self.may_accept(ballot):
                    self.accept(sender, ballot, value)

    def promised(self) -> int:
        return int(self.disk.get("promised", 0))

    def accepted(self) -> Any:
        return self.disk.get("accepted", (-1, ""))

    def may_promise(self, ballot: int) -> bool:
        return ballot > self.promised()

    def may_accept(self, ballot: int) -> bool:
        return ballot >= self.promised()

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        self.keep_promise(ballot)
        self.send(sender, Promise(ballot, Slot(ballot, *accepted)))

    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.keep_promise(ballot)
        self.keep_value(ballot, value)
        self.send(sender, Accepted(ballot))

    def keep_promise(self, ballot: int) -> None:
        self.disk["promised"] = ballot

    def keep_value(self, ballot: int, value: str) -> None:
        self.disk["accepted"] = (ballot, value)


class AcceptsLower(Model):
    def may_accept(self, ballot: int) -> bool:
        return True


class AcceptsLowerAndStaysPromised(AcceptsLower):
    def keep_promise(self, ballot: int) -> None:
        super().keep_promise(max(ballot, self.promised()))


class AcceptsAboveTheLastAccepted(Model):
    """Compares with the ballot that it has accepted, not with the one that it has promised."""

    def may_accept(self, ballot: int) -> bool:
        return bool(ballot >= self.accepted()[0])


class PromisesLower(Model):
    def may_promise(self, ballot: int) -> bool:
        return True


class AnswersLower(PromisesLower):
    """It answers every Prepare, and remembers the highest."""

    def keep_promise(self, ballot: int) -> None:
        super().keep_promise(max(ballot, self.promised()))


class PromisesAboveTheLastAccepted(Model):
    def may_promise(self, ballot: int) -> bool:
        return bool(ballot > self.accepted()[0])


class AcceptIsNoPromise(Model):
    """What it accepts does not raise what it has promised."""

    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.keep_value(ballot, value)
        self.send(sender, Accepted(ballot))


class OnlyWhatItPromised(Model):
    def may_accept(self, ballot: int) -> bool:
        return ballot == self.promised()


class OnlyAbove(Model):
    """`>` in place of `>=`: what it has promised it refuses."""

    def may_accept(self, ballot: int) -> bool:
        return ballot > self.promised()


class OnlyOnce(Model):
    """It has one vote, it thinks."""

    def may_accept(self, ballot: int) -> bool:
        return super().may_accept(ballot) and "accepted" not in self.disk


class KeepsTheFirst(Model):
    def keep_value(self, ballot: int, value: str) -> None:
        if "accepted" not in self.disk:
            super().keep_value(ballot, value)


class KeepsTheFirstValue(Model):
    """In the newest ballot."""

    def keep_value(self, ballot: int, value: str) -> None:
        super().keep_value(ballot, self.accepted()[1] or value)


class TellsNothing(Model):
    def accepted(self) -> Any:
        return -1, ""


class ForgetsAtAPromise(Model):
    def keep_promise(self, ballot: int) -> None:
        super().keep_promise(ballot)
        self.disk.pop("accepted", None)


class TellsThePromise(Model):
    """The ballot of the promise stands where that of the value should."""

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        value = accepted[1]
        super().promise(sender, ballot, (ballot if value else -1, value))


class TellsTheNewBallot(Model):
    """Also where it has accepted nothing."""

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        super().promise(sender, ballot, (ballot, accepted[1]))


class TellsZeroForNothing(Model):
    def accepted(self) -> Any:
        return self.disk.get("accepted", (0, ""))


class TellsTheLastPromise(Model):
    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        value = accepted[1]
        super().promise(sender, ballot, (self.promised() if value else -1, value))


class TellsTheValueOnly(Model):
    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        super().promise(sender, ballot, (0 if accepted[1] else -1, accepted[1]))


class PromiseInMemory(Model):
    def on_start(self) -> None:
        self.held = 0

    def promised(self) -> int:
        return self.held

    def keep_promise(self, ballot: int) -> None:
        self.held = ballot


class PromiseInMemoryOnly(PromiseInMemory):
    """After a crash it goes by what it has accepted."""

    def on_start(self) -> None:
        self.held = max(self.accepted()[0], 0)


class ImpliedInMemory(Model):
    """On the disk it promises only at a Prepare."""

    def on_start(self) -> None:
        self.held = super().promised()

    def promised(self) -> int:
        return self.held

    def keep_promise(self, ballot: int) -> None:
        self.held = ballot

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        super().keep_promise(ballot)
        super().promise(sender, ballot, accepted)


class ValueInMemory(Model):
    def on_start(self) -> None:
        self.value: Any = (-1, "")

    def accepted(self) -> Any:
        return self.value

    def keep_value(self, ballot: int, value: str) -> None:
        self.value = (ballot, value)


class AllInMemory(PromiseInMemory):
    def on_start(self) -> None:
        super().on_start()
        self.value: Any = (-1, "")

    def accepted(self) -> Any:
        return self.value

    def keep_value(self, ballot: int, value: str) -> None:
        self.value = (ballot, value)


class PromisesFirst(Model):
    """The word goes out, and then it is written."""

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        self.send(sender, Promise(ballot, Slot(ballot, *accepted)))
        self.keep_promise(ballot)


class TellsFirst(PromisesFirst):
    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.send(sender, Accepted(ballot))
        self.keep_promise(ballot)
        self.keep_value(ballot, value)


class AcceptsFirst(Model):
    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.send(sender, Accepted(ballot))
        self.keep_promise(ballot)
        self.keep_value(ballot, value)


class AcceptsBetween(Model):
    """The promise is written, the word goes out, and then the value is written."""

    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.keep_promise(ballot)
        self.send(sender, Accepted(ballot))
        self.keep_value(ballot, value)


class Torn(Model):
    """Ballot and value are two writes."""

    def accepted(self) -> Any:
        return self.disk.get("ballot", -1), self.disk.get("value", "")

    def keep_value(self, ballot: int, value: str) -> None:
        self.disk["ballot"] = ballot
        self.disk["value"] = value


class TornTheOtherWay(Torn):
    def keep_value(self, ballot: int, value: str) -> None:
        self.disk["value"] = value
        self.disk["ballot"] = ballot


class AnswersARefused(Model):
    """With a no of its own making."""

    def on_message(self, sender: str, message: Any) -> None:
        if message.ballot < self.promised():
            self.refuse(sender, message.ballot)
        super().on_message(sender, message)

    def refuse(self, sender: str, ballot: int) -> None:
        self.send(sender, Accepted(-ballot))


class PromisesToARefused(AnswersARefused):
    """It tells what it has promised."""

    def refuse(self, sender: str, ballot: int) -> None:
        self.send(sender, Promise(self.promised(), Slot(self.promised(), *self.accepted())))


class TellsAPair(Model):
    """Ballot and value, where a Slot is due."""

    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        self.keep_promise(ballot)
        self.send(sender, Promise(ballot, accepted))


class SilentToPrepare(Model):
    def promise(self, sender: str, ballot: int, accepted: Any) -> None:
        self.keep_promise(ballot)


class SilentToAccept(Model):
    def accept(self, sender: str, ballot: int, value: str) -> None:
        self.keep_promise(ballot)
        self.keep_value(ballot, value)


class NeverAccepts(Model):
    def may_accept(self, ballot: int) -> bool:
        return False


MISTAKES = [
    ("accepts-lower", AcceptsLower),
    ("accepts-lower", AcceptsLowerAndStaysPromised),
    ("accepts-lower", AcceptsAboveTheLastAccepted),
    ("promises-lower", PromisesLower),
    ("promises-lower", AnswersLower),
    ("promises-lower", PromisesAboveTheLastAccepted),
    ("accept-is-a-promise", AcceptIsNoPromise),
    ("too-strict", OnlyWhatItPromised),
    ("too-strict", OnlyAbove),
    ("only-once", OnlyOnce),
    ("keeps-the-first", KeepsTheFirst),
    ("keeps-the-first", KeepsTheFirstValue),
    ("tells-nothing", TellsNothing),
    ("tells-nothing", ForgetsAtAPromise),
    ("answers-the-refused", AnswersARefused),
    ("answers-the-refused", PromisesToARefused),
    ("ballot-without-value", TellsTheNewBallot),
    ("ballot-without-value", TellsZeroForNothing),
    ("another-ballot", TellsThePromise),
    ("another-ballot", TellsTheLastPromise),
    ("another-ballot", TellsTheValueOnly),
    ("promise-in-memory", PromiseInMemory),
    ("promise-in-memory", PromiseInMemoryOnly),
    ("implied-in-memory", ImpliedInMemory),
    ("torn", Torn),
    ("torn", TornTheOtherWay),
    ("value-in-memory", ValueInMemory),
    ("value-in-memory", AllInMemory),
    ("tells-first", PromisesFirst),
    ("tells-first", TellsFirst),
    ("tells-first", AcceptsFirst),
    ("tells-first", AcceptsBetween),
    ("not-a-slot", TellsAPair),
    ("silent", SilentToPrepare),
    ("silent", SilentToAccept),
    ("silent", NeverAccepts),
]
