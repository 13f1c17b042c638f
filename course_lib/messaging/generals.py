"""Two generals who must attack together, and can only send messengers, who may be caught.

E. Akkoyunlu, K. Ekanadham and R. Huber, Some Constraints and Tradeoffs in the Design of Network Communications, 1975;
J. Gray, Notes on Data Base Operating Systems, 1978. Whatever the number of messages, the last one may be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Message:
    """The first says "at dawn"; each further one says that the one before has arrived."""

    number: int


class General(Node):
    """Answers each message with the next, up to `last`, and attacks when the last one for him has come.

    The one who sends the last message cannot wait for an answer: he attacks as he sends it.
    """

    def __init__(self, other: str, last: int, begins: bool) -> None:
        self.other, self.last, self.begins = other, last, begins
        self.attacks = False

    def on_start(self) -> None:
        if self.begins:
            self.say(1)

    def on_message(self, sender: str, message: Any) -> None:
        if message.number < self.last:
            self.say(message.number + 1)
        else:
            self.attacks = True

    def say(self, number: int) -> None:
        self.send(self.other, Message(number))
        if number == self.last:
            self.attacks = True


def together(world: Any) -> bool:
    """Both attack, or neither."""
    one, other = world.nodes["east"], world.nodes["west"]
    return bool(one.attacks == other.attacks)


def scenario(messages: int, loss: float = 0.0, seed: int | str = 0) -> Scenario:
    """Generals who agree that so many messages are enough."""
    return Scenario(
        {
            "east": lambda: General("west", messages, begins=True),
            "west": lambda: General("east", messages, begins=False),
        },
        network=Network(loss=loss),
        seed=seed,
    )
