"""The world of 01.twice: a server that acts first and remembers afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.sim import Node, Scenario


@dataclass(frozen=True)
class Job:
    id: int
    text: str


@dataclass(frozen=True)
class Print:
    text: str


@dataclass(frozen=True)
class Done:
    id: int


class Client(Node):
    """Wants two letters printed, one after the other, and asks again each second until it hears that it is done."""

    def on_start(self) -> None:
        self.ask(1)

    def ask(self, id: int) -> None:
        self.id = id
        self.send("server", Job(id, f"letter {id}"))
        self.set_timer("again", 1)

    def on_timer(self, name: str) -> None:
        self.ask(self.id)

    def on_message(self, sender: str, message: Any) -> None:
        if message.id == self.id:
            self.cancel_timer("again")
            if self.id < 2:
                self.ask(self.id + 1)


class Server(Node):
    """Has each job printed, and remembers on disk that it did."""

    def on_message(self, sender: str, message: Any) -> None:
        if message.id not in self.disk:
            self.send("printer", Print(message.text))
            self.disk[message.id] = "printed"
        self.send(sender, Done(message.id))


class Printer(Node):
    def on_message(self, sender: str, message: Any) -> None:
        self.report(message.text)


office = Scenario({"client": Client, "server": Server, "printer": Printer}, until=20)
