"""A client that asks again after a timeout, and a server that does whatever it is asked.

Shortest: the request arrives; the timeout, though slow is not dead; it arrives again.
The twin remembers the ids of what it did.
"""

from dataclasses import dataclass

from course_lib.sim import Node, Scenario
from zoo import Expect


@dataclass(frozen=True)
class Request:
    id: int


@dataclass(frozen=True)
class Reply:
    id: int


class Client(Node):
    def on_start(self):
        self.tries = 0
        self.ask()

    def ask(self):
        self.tries += 1
        self.send("server", Request(1))
        if self.tries < 3:
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        self.cancel_timer("again")

    def on_timer(self, name):
        self.ask()


class Server(Node):
    def on_start(self):
        self.disk.setdefault("done", 0)

    def on_message(self, sender, message):
        self.disk["done"] += 1
        self.send(sender, Reply(message.id))


class Remembering(Server):
    def on_start(self):
        super().on_start()
        self.seen = set()

    def on_message(self, sender, message):
        if message.id not in self.seen:
            self.seen.add(message.id)
            self.disk["done"] += 1
        self.send(sender, Reply(message.id))


def once(world):
    done = world.nodes["server"].disk["done"]
    return done <= 1 or f"done {done} times"


def scenario(server=Server):
    return Scenario({"client": Client, "server": server}, invariants=[once])


def twin():
    return scenario(Remembering)


EXPECT = Expect({}, "once", 3)
TWIN = Expect({"losses": 1, "duplicates": 1}, states=85)
