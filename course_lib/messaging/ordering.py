"""Order over a network that reorders and repeats: numbers on the items, and a buffer for those that come early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Item:
    """A sender's item; each numbers its own from 1."""

    number: int
    text: str


class Sender(Node):
    """Sends all its items at once, and forgets them."""

    def __init__(self, to: str, texts: tuple[str, ...]) -> None:
        self.to, self.texts = to, texts

    def on_start(self) -> None:
        for number, text in enumerate(self.texts, start=1):
            self.send(self.to, Item(number, text))


class AsTheyCome(Node):
    """Hands over each item when it arrives."""

    def on_message(self, sender: str, message: Any) -> None:
        self.report((sender, message.text))


class InOrder(Node):
    """Hands over each sender's items in the order of their numbers, each once: FIFO delivery.

    It assumes that nothing is lost: behind a gap that nobody fills, everything waits.
    """

    def on_start(self) -> None:
        self.next: dict[str, int] = {}  # the number that each sender's next item has
        self.early: dict[str, dict[int, str]] = {}  # items that wait for one before them

    def on_message(self, sender: str, message: Any) -> None:
        number = self.next.setdefault(sender, 1)
        waiting = self.early.setdefault(sender, {})
        if message.number >= number:  # a smaller one is a repeat
            waiting[message.number] = message.text
        while self.next[sender] in waiting:
            self.report((sender, waiting.pop(self.next[sender])))
            self.next[sender] += 1


def in_order(world: Any) -> bool | str:
    """Safety: what was handed over is a beginning of what was sent, for each sender."""
    for name in ("ann", "bob"):
        texts = [text for _, (sender, text) in world.reports if sender == name]
        sent = list(TEXTS[name])
        if texts != sent[: len(texts)]:
            return f"{name} sent {', '.join(sent)}, and {', '.join(texts)} was handed over"
    return True


TEXTS = {"ann": ("a1", "a2", "a3"), "bob": ("b1", "b2")}


def scenario(receiver: type[Node] = InOrder, network: Network | None = None, seed: int | str = 0) -> Scenario:
    """Two senders and a receiver."""
    return Scenario(
        {
            "ann": lambda: Sender("desk", TEXTS["ann"]),
            "bob": lambda: Sender("desk", TEXTS["bob"]),
            "desk": receiver,
        },
        network=network or Network(jitter=0.05),
        seed=seed,
        invariants=[in_order],
    )
