"""A store that says "kept" before it has written: an acknowledged write can be lost.

Shortest: the write is acknowledged, and the store crashes before it is on disk; the client hears that it is kept.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Client(Node):
    def on_start(self):
        self.send("store", "x")

    def on_message(self, sender, message):
        self.report(("kept", message))


class Store(Node):
    def on_message(self, sender, message):
        self.send(sender, message)
        self.disk[message] = True


class Writing(Store):
    def on_message(self, sender, message):
        self.disk[message] = True
        self.send(sender, message)


def no_acknowledged_write_lost(world):
    for _, (_, key) in world.reports:
        if key not in world.nodes["store"].disk:
            return f"{key} is lost, and was acknowledged"
    return True


def scenario(store=Store):
    return Scenario({"client": Client, "store": store}, invariants=[no_acknowledged_write_lost])


def twin():
    return scenario(Writing)


EXPECT = Expect({"crashes": 1}, "no_acknowledged_write_lost", 2)
TWIN = Expect({"crashes": 2}, states=61)
