"""The replica of 02.causal_store as it should be, and as learners write it by mistake."""

from collections.abc import Sequence
from typing import Any

from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class Model(Node):
    """A count for each replica, and a list of what waits."""

    def __init__(self, replicas: Sequence[str]) -> None:
        self.replicas = tuple(replicas)

    def on_start(self) -> None:
        self.values: dict[str, Any] = {}
        self.applied = [0] * len(self.replicas)
        self.waiting: list[tuple[str, Update]] = []

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.values.get(key)))
            case Request(id, ("write", key, value)):
                self.apply(self.name, Update(key, value, ()))
                self.tell(Update(key, value, self.clock()))
                self.send(sender, Reply(id, None))
            case Update():
                self.receive(sender, message)

    def clock(self) -> tuple[int, ...]:
        return tuple(self.applied)

    def tell(self, update: Update) -> None:
        for other in self.replicas:
            if other != self.name:
                self.send(other, update)

    def receive(self, writer: str, update: Update) -> None:
        self.waiting.append((writer, update))
        self.look_again()

    def look_again(self) -> None:
        while ready := [entry for entry in self.waiting if self.is_ready(*entry)]:
            self.waiting.remove(ready[0])
            self.apply(*ready[0])

    def is_ready(self, writer: str, update: Update) -> bool:
        return self.is_next(writer, update) and self.has_the_rest(writer, update)

    def is_next(self, writer: str, update: Update) -> bool:
        place = self.replicas.index(writer)
        return update.clock[place] == self.applied[place] + 1

    def has_the_rest(self, writer: str, update: Update) -> bool:
        return all(
            due <= done
            for name, due, done in zip(self.replicas, update.clock, self.applied, strict=True)
            if name != writer
        )

    def apply(self, writer: str, update: Update) -> None:
        self.values[update.key] = update.value
        self.applied[self.replicas.index(writer)] += 1


class AsItComes(Model):
    def receive(self, writer: str, update: Update) -> None:
        self.apply(writer, update)


class SenderOnly(Model):
    def has_the_rest(self, writer: str, update: Update) -> bool:
        return True


class OthersOnly(Model):
    def is_next(self, writer: str, update: Update) -> bool:
        return True


class SameClocks(Model):
    """Who has applied more than the writer had does not apply it."""

    def has_the_rest(self, writer: str, update: Update) -> bool:
        pairs = zip(self.replicas, update.clock, self.applied, strict=True)
        return all(due == done for name, due, done in pairs if name != writer)


class ForgetsReads(Model):
    """The clock has the replica's own writes only."""

    def clock(self) -> tuple[int, ...]:
        pairs = zip(self.replicas, self.applied, strict=True)
        return tuple(count if name == self.name else 0 for name, count in pairs)


class LeavesItselfOut(Model):
    """The clock of a write is that of the moment before it."""

    def clock(self) -> tuple[int, ...]:
        pairs = zip(self.replicas, self.applied, strict=True)
        return tuple(count - (name == self.name) for name, count in pairs)


class LooksOnce(Model):
    """Only what has just come is looked at."""

    def look_again(self) -> None:
        if self.is_ready(*self.waiting[-1]):
            self.apply(*self.waiting.pop())


class OneMore(Model):
    """One at each message, the oldest that is ready."""

    def look_again(self) -> None:
        ready = next((entry for entry in self.waiting if self.is_ready(*entry)), None)
        if ready:
            self.waiting.remove(ready)
            self.apply(*ready)


class OnePass(Model):
    """Once through the list, from the front."""

    def look_again(self) -> None:
        for entry in list(self.waiting):
            if self.is_ready(*entry):
                self.waiting.remove(entry)
                self.apply(*entry)


class OneWriter(Model):
    """Again and again, but only at what the same writer sent."""

    def look_again(self) -> None:
        came = self.waiting[-1][0]
        while ready := [entry for entry in self.waiting if entry[0] == came and self.is_ready(*entry)]:
            self.waiting.remove(ready[0])
            self.apply(*ready[0])


class MergesOnReceipt(Model):
    """The clock of what comes is taken over at once, before it is decided whether it has to wait."""

    def receive(self, writer: str, update: Update) -> None:
        self.merge(update)
        super().receive(writer, update)

    def merge(self, update: Update) -> None:
        self.applied = [max(pair) for pair in zip(self.applied, update.clock, strict=True)]


class MergesAfterAsking(MergesOnReceipt):
    """The same, when it is decided; nothing is counted when it is applied."""

    def receive(self, writer: str, update: Update) -> None:
        ready = self.is_ready(writer, update)
        self.merge(update)
        if ready:
            self.values[update.key] = update.value
        else:
            self.waiting.append((writer, update))
        self.look_again()


class MergesAndApplies(MergesOnReceipt):
    """Ready is what is covered by the merged clock: everything."""

    def is_ready(self, writer: str, update: Update) -> bool:
        return all(due <= done for due, done in zip(update.clock, self.applied, strict=True))

    def apply(self, writer: str, update: Update) -> None:
        self.values[update.key] = update.value
        if writer == self.name:
            self.applied[self.replicas.index(writer)] += 1


class DropsTheEarly(Model):
    def receive(self, writer: str, update: Update) -> None:
        if self.is_ready(writer, update):
            self.apply(writer, update)


class ToItself(Model):
    """Its own updates come back, and are applied again."""

    def tell(self, update: Update) -> None:
        for other in self.replicas:
            self.send(other, update)

    def is_next(self, writer: str, update: Update) -> bool:
        return writer == self.name or super().is_next(writer, update)


class ToItselfUncounted(ToItself):
    """The same, but each is counted only once."""

    def apply(self, writer: str, update: Update) -> None:
        super().apply(writer, update)
        if writer == self.name and update.clock:
            self.applied[self.replicas.index(writer)] -= 1


class SaysNothing(Model):
    """Nobody else hears of a write."""

    def tell(self, update: Update) -> None:
        pass


MISTAKES = [
    ("as-it-comes", AsItComes),
    ("sender-only", SenderOnly),
    ("not-in-the-writers-order", OthersOnly),
    ("same-clocks", SameClocks),
    ("forgets-what-was-read", ForgetsReads),
    ("leaves-itself-out", LeavesItselfOut),
    ("looks-once", LooksOnce),
    ("looks-once", OneMore),
    ("looks-once", OnePass),
    ("looks-once", OneWriter),
    ("counts-on-receipt", MergesOnReceipt),
    ("counts-on-receipt", MergesAfterAsking),
    ("counts-on-receipt", MergesAndApplies),
    ("drops-the-early", DropsTheEarly),
    ("own-write-twice", ToItself),
    ("own-write-twice", ToItselfUncounted),
    ("tells-nobody", SaysNothing),
]
