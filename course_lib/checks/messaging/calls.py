"""The world of 01.caller: a server that answers, over a network that may lose, delay and repeat messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Ask:
    """A question to the server."""

    id: int
    text: str


@dataclass(frozen=True)
class Answer:
    """The server's answer to the question of that id."""

    id: int
    text: str


class Server(Node):
    """Answers whatever it is asked, at once and in capitals."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Ask(int(id), str(text)):
                self.send(sender, Answer(id, text.upper()))
            case _:
                self.unexpected(sender, message)


def calls(
    caller: Callable[[str, list[str]], Node],
    texts: Sequence[str],
    network: Network | None = None,
    until: float = 15.0,
) -> Scenario:
    """The node "client", which is `caller("server", texts)`, and the node "server"."""

    def reports_in_order(world: Any) -> bool | str:
        said = [value for node, value in world.reports if node == "client"]
        for number, value in enumerate(said):
            if number == len(texts):
                return f"the client reported {value!r} after it had reported all {len(texts)} answers"
            if type(value) is not str or value != texts[number].upper():
                return f"the client reported {value!r} for {texts[number]!r}; it had to be {texts[number].upper()!r}"
        return True

    nodes: dict[str, Callable[[], Node]] = {"client": lambda: caller("server", list(texts)), "server": Server}
    return Scenario(nodes, network=network, invariants=[reports_in_order], until=until)
