"""The server of 01.at_most_once as it should be, and as learners write it by mistake."""

from typing import Any

from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Model(Node):
    """Remembers the reply to every request."""

    def on_start(self) -> None:
        self.total = 0
        self.done: dict[Any, Any] = {}

    def key(self, sender: str, message: Any) -> Any:
        return (sender, message.id)

    def on_message(self, sender: str, message: Any) -> None:
        key = self.key(sender, message)
        if key not in self.done:
            self.total += message.amount
            self.done[key] = Total(message.id, self.total)
            self.send(sender, self.done[key])
        else:
            self.repeated(sender, message, self.done[key])

    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.send(sender, reply)


class AddsAgain(Model):
    def on_message(self, sender: str, message: Any) -> None:
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))


class ByPayload(Model):
    def key(self, sender: str, message: Any) -> Any:
        return (sender, message.amount)

    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.send(sender, Total(message.id, reply.total))


class ByPayloadOfAll(ByPayload):
    def key(self, sender: str, message: Any) -> Any:
        return message.amount


class ByIdOnly(Model):
    def key(self, sender: str, message: Any) -> Any:
        return message.id


class ByIdOnlySilent(ByIdOnly):
    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        pass


class ByIdOnlyPresent(ByIdOnly):
    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.send(sender, Total(message.id, self.total))


class Silent(Model):
    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        pass


class PresentTotal(Model):
    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.send(sender, Total(message.id, self.total))


class RemembersAndAdds(Model):
    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.total += message.amount
        self.send(sender, reply)


class OnlyTheLast(Model):
    def on_message(self, sender: str, message: Any) -> None:
        last = self.done.get(sender, Total(0, 0))
        if message.id > last.id:
            self.total += message.amount
            last = self.done[sender] = Total(message.id, self.total)
        if message.id == last.id:
            self.send(sender, last)


class OnlyTheLastForAll(OnlyTheLast):
    def on_message(self, sender: str, message: Any) -> None:
        last = self.done.get(sender, Total(0, 0))
        if message.id > last.id:
            self.total += message.amount
            last = self.done[sender] = Total(message.id, self.total)
        self.send(sender, Total(message.id, last.total))


class NotTheLast(Model):
    def on_message(self, sender: str, message: Any) -> None:
        last = self.done.get(sender, Total(0, 0))
        if message.id != last.id:
            self.total += message.amount
            last = self.done[sender] = Total(message.id, self.total)
        self.send(sender, last)


def remembers(count: int, apart: bool) -> type[Node]:
    """The last few requests, of each customer or of all together."""

    class RemembersAFew(Model):
        def on_message(self, sender: str, message: Any) -> None:
            super().on_message(sender, message)
            mine = [key for key in self.done if key[0] == sender or not apart]
            for key in mine[:-count]:
                del self.done[key]

    return RemembersAFew


class GluedKey(Model):
    def key(self, sender: str, message: Any) -> Any:
        return f"{sender}{message.id}"


class GluedKeyOwnId(GluedKey):
    """What is kept is the total; the reply has the id of the repeat."""

    def repeated(self, sender: str, message: Any, reply: Total) -> None:
        self.send(sender, Total(message.id, reply.total))


class GluedKeyInFront(GluedKey):
    def key(self, sender: str, message: Any) -> Any:
        return f"{message.id}{sender}"


class GluedKeyInFrontOwnId(GluedKeyOwnId):
    def key(self, sender: str, message: Any) -> Any:
        return f"{message.id}{sender}"


class RepliesTwice(Model):
    """A new request gets its reply where it is carried out, and once more at the end."""

    def on_message(self, sender: str, message: Any) -> None:
        if self.key(sender, message) not in self.done:
            super().on_message(sender, message)
        super().on_message(sender, message)


class AlwaysTwice(Model):
    def on_message(self, sender: str, message: Any) -> None:
        super().on_message(sender, message)
        super().on_message(sender, message)


MISTAKES = [
    ("adds-again", AddsAgain),
    ("by-payload", ByPayload),
    ("by-payload", ByPayloadOfAll),
    ("ids-of-all-customers", ByIdOnly),
    ("ids-of-all-customers", ByIdOnlySilent),
    ("ids-of-all-customers", ByIdOnlyPresent),
    ("dropped-silently", Silent),
    ("present-total", PresentTotal),
    ("remembers-and-adds-again", RemembersAndAdds),
    ("only-the-last", OnlyTheLast),
    ("only-the-last", OnlyTheLastForAll),
    ("only-the-last", NotTheLast),
    *(("remembers-a-few", remembers(count, apart)) for count in (2, 3, 8) for apart in (True, False)),
    ("glued-key", GluedKey),
    ("glued-key", GluedKeyOwnId),
    ("glued-key", GluedKeyInFront),
    ("glued-key", GluedKeyInFrontOwnId),
    ("replies-twice", RepliesTwice),
    ("replies-twice", AlwaysTwice),
]
