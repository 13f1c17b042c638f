"""The client of 01.caller as it should be, and as learners write it by mistake: one method differs each time."""

from typing import Any

from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Model(Node):
    """Asks for one text after the other."""

    def __init__(self, server: str, texts: list[str]) -> None:
        self.server, self.texts = server, texts
        self.at = 0

    def on_start(self) -> None:
        self.go_on()

    def go_on(self) -> None:
        self.at += 1
        if self.at <= len(self.texts):
            self.ask()

    def id(self) -> int:
        return self.at

    def ask(self) -> None:
        self.send(self.server, Ask(self.id(), self.texts[self.at - 1]))
        self.set_timer("again", 1)

    def on_timer(self, name: str) -> None:
        self.ask()

    def awaits(self, id: int) -> bool:
        return id == self.at <= len(self.texts)

    def on_message(self, sender: str, message: Any) -> None:
        if self.awaits(message.id):
            self.cancel_timer("again")
            self.report(message.text)
            self.go_on()


class NeverRetries(Model):
    def on_timer(self, name: str) -> None:
        pass


class RetriesOnce(Model):
    def on_timer(self, name: str) -> None:
        self.ask()
        self.cancel_timer("again")


class GivesUp(Model):
    tries = 3

    def on_start(self) -> None:
        self.left = self.tries
        self.go_on()

    def go_on(self) -> None:
        self.left = self.tries
        super().go_on()

    def on_timer(self, name: str) -> None:
        self.left -= 1
        if self.left:
            self.ask()


class GivesUpLate(GivesUp):
    tries = 12


class FreshId(Model):
    def on_start(self) -> None:
        self.asked = 0
        self.go_on()

    def id(self) -> int:
        self.asked += 1
        return self.asked

    def awaits(self, id: int) -> bool:
        return id == self.asked and self.at <= len(self.texts)


class FreshIdAnyOfThem(FreshId):
    def awaits(self, id: int) -> bool:
        return self.at <= len(self.texts)


class AnyAnswer(Model):
    def awaits(self, id: int) -> bool:
        return self.at <= len(self.texts)


class AnyAnswerEver(Model):
    def awaits(self, id: int) -> bool:
        return True


class AnswerByText(Model):
    def on_message(self, sender: str, message: Any) -> None:
        if self.at <= len(self.texts) and message.text == self.texts[self.at - 1].upper():
            self.cancel_timer("again")
            self.report(message.text)
            self.go_on()


class IdByIndex(Model):
    """Equal texts get one id."""

    def id(self) -> int:
        return self.texts.index(self.texts[self.at - 1]) + 1

    def awaits(self, id: int) -> bool:
        return self.at <= len(self.texts) and id == self.id()


class ReportsTwice(Model):
    """The id of the last text stays the one that is waited for."""

    def go_on(self) -> None:
        if self.at < len(self.texts):
            super().go_on()

    def awaits(self, id: int) -> bool:
        return id == self.at


class LetsItFire(Model):
    """The timer is never cancelled; a new question replaces it, so only the last one shows."""

    def on_message(self, sender: str, message: Any) -> None:
        if self.awaits(message.id):
            self.report(message.text)
            self.go_on()

    def on_timer(self, name: str) -> None:
        if self.at <= len(self.texts):
            self.ask()


class AsksOn(LetsItFire):
    def go_on(self) -> None:
        self.at += 1
        if self.at <= len(self.texts):
            self.ask()

    def on_timer(self, name: str) -> None:
        self.send(self.server, Ask(min(self.at, len(self.texts)), self.texts[-1]))
        self.set_timer("again", 1)


class TimerForEach(Model):
    """A timer of its own for each text, never cancelled."""

    def ask(self) -> None:
        self.send(self.server, Ask(self.at, self.texts[self.at - 1]))
        self.set_timer(f"again {self.at}", 1)

    def on_timer(self, name: str) -> None:
        if self.at <= len(self.texts):
            self.ask()


class OldTimers(TimerForEach):
    """A timer of its own for each text, which asks for that text again as long as it is not cancelled: for ever."""

    def on_timer(self, name: str) -> None:
        number = int(name.split()[1])
        self.send(self.server, Ask(number, self.texts[number - 1]))
        self.set_timer(name, 1)

    def on_message(self, sender: str, message: Any) -> None:
        if self.awaits(message.id):
            self.report(message.text)
            self.go_on()


MISTAKES = [
    ("never-retries", NeverRetries),
    ("retries-once", RetriesOnce),
    ("gives-up", GivesUp),
    ("gives-up", GivesUpLate),
    ("fresh-id", FreshId),
    ("fresh-id", FreshIdAnyOfThem),
    ("answer-not-matched", AnyAnswer),
    ("answer-not-matched", AnyAnswerEver),
    ("answer-not-matched", AnswerByText),
    ("asks-something-else", IdByIndex),
    ("reports-twice", ReportsTwice),
    ("timer-not-cancelled", LetsItFire),
    ("timer-not-cancelled", AsksOn),
    ("timer-not-cancelled", TimerForEach),
    ("timer-not-cancelled", OldTimers),
]
