"""The server of 01.exactly_once as it should be, and as learners write it by mistake."""

from typing import Any

from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Model(Node):
    """The record is (total, last), and last goes from a customer to its last id and the total after it."""

    def on_start(self) -> None:
        self.load()

    def load(self) -> None:
        self.total, self.last = self.disk.get("bank", (0, {}))
        self.last = dict(self.last)

    def save(self, sender: str, id: int, amount: int) -> None:
        self.total += amount
        self.last[sender] = (id, self.total)
        self.disk["bank"] = (self.total, dict(self.last))

    def who(self, sender: str) -> str:
        return sender

    def is_new(self, id: int, last: int) -> bool:
        return id > last

    def on_message(self, sender: str, message: Any) -> None:
        who = self.who(sender)
        if self.is_new(message.id, self.last.get(who, (0, 0))[0]):
            self.carry_out(sender, message)
        elif message.id == self.last[who][0]:
            self.repeated(sender, Total(*self.last[who]))

    def carry_out(self, sender: str, message: Any) -> None:
        self.save(self.who(sender), message.id, message.amount)
        self.send(sender, Total(message.id, self.total))

    def repeated(self, sender: str, reply: Total) -> None:
        self.send(sender, reply)


class RunsTwice(Model):
    def is_new(self, id: int, last: int) -> bool:
        return True


class InTwoWrites(Model):
    """Total and table are two entries of the disk."""

    def load(self) -> None:
        self.total, self.last = self.disk.get("total", 0), dict(self.disk.get("last", {}))

    def save(self, sender: str, id: int, amount: int) -> None:
        self.total += amount
        self.last[sender] = (id, self.total)
        self.write()

    def write(self) -> None:
        self.disk["last"] = self.last
        self.disk["total"] = self.total


class EffectFirst(InTwoWrites):
    def write(self) -> None:
        self.disk["total"] = self.total
        self.disk["last"] = self.last


class InPlace(Model):
    """A change inside what the disk holds, and then another: two writes."""

    def save(self, sender: str, id: int, amount: int) -> None:
        book = self.disk.setdefault("book", {"total": 0, "last": {}})
        book["total"] += amount
        book["last"][sender] = (id, book["total"])

    def load(self) -> None:
        pass

    def on_message(self, sender: str, message: Any) -> None:
        self.last = self.disk.get("book", {"last": {}})["last"]
        self.total = self.disk.get("book", {"total": 0})["total"] + message.amount
        super().on_message(sender, message)


class TableInMemory(InTwoWrites):
    def load(self) -> None:
        self.total, self.last = self.disk.get("total", 0), {}

    def write(self) -> None:
        self.disk["total"] = self.total


class TotalInMemory(InTwoWrites):
    def load(self) -> None:
        self.total, self.last = 0, dict(self.disk.get("last", {}))

    def write(self) -> None:
        self.disk["last"] = self.last


class AllInMemory(InTwoWrites):
    def load(self) -> None:
        self.total, self.last = 0, {}

    def write(self) -> None:
        pass


class NotEqual(Model):
    def is_new(self, id: int, last: int) -> bool:
        return id != last


class RemembersAll(Model):
    """A line for each request."""

    def on_message(self, sender: str, message: Any) -> None:
        if (sender, message.id) in self.last:
            self.send(sender, Total(message.id, self.last[sender, message.id]))
        else:
            self.total += message.amount
            self.last[sender, message.id] = self.total
            self.trim()
            self.disk["bank"] = (self.total, dict(self.last))
            self.send(sender, Total(message.id, self.total))

    def trim(self) -> None:
        pass


def remembers(count: int) -> type[Node]:
    """The last few requests of all customers together."""

    class RemembersAFew(RemembersAll):
        def trim(self) -> None:
            while len(self.last) > count:
                del self.last[next(iter(self.last))]

    return RemembersAFew


class RepliesFirst(Model):
    def carry_out(self, sender: str, message: Any) -> None:
        self.send(sender, Total(message.id, self.total + message.amount))
        self.save(sender, message.id, message.amount)


class Silent(Model):
    def repeated(self, sender: str, reply: Total) -> None:
        pass


class PresentTotal(Model):
    """Of a customer's last request only the id counts."""

    def repeated(self, sender: str, reply: Total) -> None:
        self.send(sender, Total(reply.id, self.total))


class OldCopiesToo(Model):
    """Whatever is not new gets the present total."""

    def on_message(self, sender: str, message: Any) -> None:
        if self.is_new(message.id, self.last.get(sender, (0, 0))[0]):
            self.carry_out(sender, message)
        else:
            self.send(sender, Total(message.id, self.total))


class OldCopiesAlone(Model):
    """The last request gets its reply again, but an old copy gets a false one."""

    def on_message(self, sender: str, message: Any) -> None:
        if message.id < self.last.get(sender, (0, 0))[0]:
            self.send(sender, Total(message.id, self.total))
        else:
            super().on_message(sender, message)


class RepliesInMemory(Model):
    """After a restart it knows the ids, and no longer the replies."""

    def load(self) -> None:
        super().load()
        self.last = {who: (id, self.total) for who, (id, _) in self.last.items()}


class OneForAll(Model):
    def who(self, sender: str) -> str:
        return "anybody"


MISTAKES = [
    ("runs-twice", RunsTwice),
    ("record-first", InTwoWrites),
    ("effect-first", EffectFirst),
    ("effect-first", InPlace),
    ("table-in-memory", TableInMemory),
    ("forgets-in-a-crash", TotalInMemory),
    ("forgets-in-a-crash", AllInMemory),
    ("not-larger", NotEqual),
    ("remembers-all", RemembersAll),
    *(("remembers-a-few", remembers(count)) for count in (1, 2, 3, 5, 8)),
    ("reply-before-write", RepliesFirst),
    ("dropped-silently", Silent),
    ("present-total", PresentTotal),
    ("present-total", OldCopiesToo),
    ("present-total", OldCopiesAlone),
    ("present-total", RepliesInMemory),
    ("ids-of-all-customers", OneForAll),
]
