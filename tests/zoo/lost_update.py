"""Two clients read a number and write it back, one higher: one of the two increments is lost.

Shortest: two reads, two answers, two writes.
The twin writes only over the value that was read, and reads again where it was another.
"""

from dataclasses import dataclass

from course_lib.sim import Node, Scenario
from zoo import Expect


@dataclass(frozen=True)
class Read:
    pass


@dataclass(frozen=True)
class Value:
    value: int


@dataclass(frozen=True)
class Write:
    value: int
    over: int


@dataclass(frozen=True)
class Refused:
    value: int


class Server(Node):
    compares = False

    def on_start(self):
        self.value = self.writes = 0

    def on_message(self, sender, message):
        match message:
            case Read():
                self.send(sender, Value(self.value))
            case Write(_, over) if self.compares and over != self.value:
                self.send(sender, Refused(self.value))
            case Write(value, _):
                self.value = value
                self.writes += 1


class Comparing(Server):
    compares = True


class Client(Node):
    def on_start(self):
        self.send("s", Read())

    def on_message(self, sender, message):
        self.send("s", Write(message.value + 1, message.value))


def every_write_counts(world):
    server = world.nodes["s"]
    return server.value == server.writes or f"{server.writes} writes made {server.value}"


def scenario(server=Server):
    return Scenario({"a": Client, "b": Client, "s": server}, invariants=[every_write_counts])


def twin():
    return scenario(Comparing)


EXPECT = Expect({}, "every_write_counts", 6)
TWIN = Expect({}, states=22)
