"""The receiver of 01.in_order as it should be, and as learners write it by mistake."""

from typing import Any

from course_lib.sim import Node


class Model(Node):
    """A count and a buffer for each sender."""

    def on_start(self) -> None:
        self.next: dict[str, int] = {}
        self.early: dict[str, dict[int, str]] = {}

    def who(self, sender: str) -> str:
        return sender

    def on_message(self, sender: str, message: Any) -> None:
        who = self.who(sender)
        self.next.setdefault(who, 1)
        waiting = self.early.setdefault(who, {})
        if self.keeps(message.number, self.next[who]):
            waiting[message.number] = message.text
        self.drain(sender, who, waiting)

    def keeps(self, number: int, next: int) -> bool:
        return number >= next

    def drain(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        while self.next[who] in waiting:
            self.hand_over(sender, who, waiting)

    def hand_over(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        self.report((sender, waiting.pop(self.next[who])))
        self.next[who] += 1


class ByArrival(Node):
    def on_message(self, sender: str, message: Any) -> None:
        self.report((sender, message.text))


class ByArrivalOnce(Model):
    """Each once, but in the order of arrival."""

    def on_message(self, sender: str, message: Any) -> None:
        seen = self.early.setdefault(sender, {})
        if message.number not in seen:
            seen[message.number] = ""
            self.report((sender, message.text))


class Newer(Model):
    """Whatever has a larger number than the last; what comes too late is dropped."""

    def on_message(self, sender: str, message: Any) -> None:
        if message.number >= self.next.setdefault(sender, 1):
            self.report((sender, message.text))
            self.next[sender] = message.number + 1


class IfForWhile(Model):
    def drain(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        if self.next[who] in waiting:
            self.hand_over(sender, who, waiting)


class DirectlyThenIf(Model):
    """The item that is due is handed over, and one that has waited."""

    def on_message(self, sender: str, message: Any) -> None:
        super().on_message(sender, message)
        if self.next[sender] in self.early[sender]:
            self.hand_over(sender, sender, self.early[sender])

    def drain(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        if self.next[who] in waiting:
            self.hand_over(sender, who, waiting)


class OneCount(Model):
    def who(self, sender: str) -> str:
        return "anybody"


class OneCountManyBuffers(Model):
    def on_message(self, sender: str, message: Any) -> None:
        self.next.setdefault("", 1)
        waiting = self.early.setdefault(sender, {})
        if message.number >= self.next[""]:
            waiting[message.number] = message.text
        self.drain(sender, "", waiting)


class HandsOverRepeats(Model):
    """A number that is not above the next one is handed over."""

    def on_message(self, sender: str, message: Any) -> None:
        if message.number < self.next.get(sender, 1):
            self.report((sender, message.text))
        else:
            super().on_message(sender, message)


class DropsTheEarly(Model):
    def keeps(self, number: int, next: int) -> bool:
        return number == next


class KeepsAll(Model):
    def hand_over(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        self.report((sender, waiting[self.next[who]]))
        self.next[who] += 1


class KeepsAllOnDisk(Model):
    def hand_over(self, sender: str, who: str, waiting: dict[int, str]) -> None:
        self.disk[f"{sender} {self.next[who]}"] = waiting[self.next[who]]
        super().hand_over(sender, who, waiting)


class KeepsRepeats(Model):
    def keeps(self, number: int, next: int) -> bool:
        return True


MISTAKES = [
    ("by-arrival", ByArrival),
    ("by-arrival", ByArrivalOnce),
    ("skips", Newer),
    ("if-for-while", IfForWhile),
    ("if-for-while", DirectlyThenIf),
    ("one-count-for-all", OneCount),
    ("one-count-for-all", OneCountManyBuffers),
    ("hands-over-repeats", HandsOverRepeats),
    ("drops-the-early", DropsTheEarly),
    ("keeps-what-is-done", KeepsAll),
    ("keeps-what-is-done", KeepsAllOnDisk),
    ("keeps-what-is-done", KeepsRepeats),
]
