"""A server that remembers what it did in memory, which a crash loses.

Shortest: the request is done, and the server crashes before it answers; it comes back; the client asks again.
The twin keeps deed and id on disk, written at once.
"""

from course_lib.sim import Scenario
from zoo import Expect
from zoo.executes_twice import Client, Remembering, Reply, once


class AtOnce(Remembering):
    def on_start(self):
        if "done" not in self.disk:
            self.disk = {"done": 0, "seen": set()}

    def on_message(self, sender, message):
        if message.id not in self.disk["seen"]:
            self.disk |= {"done": self.disk["done"] + 1, "seen": self.disk["seen"] | {message.id}}
        self.send(sender, Reply(message.id))


def exactly(world):
    return "done" not in world.nodes["server"].disk or once(world)


def scenario(server=Remembering):
    return Scenario({"client": Client, "server": server}, invariants=[exactly])


def twin():
    return scenario(AtOnce)


EXPECT = Expect({"crashes": 1}, "exactly", 4)
TWIN = Expect({"crashes": 1, "losses": 1}, states=121)
