"""A mirror that takes the newest to arrive for the newest, on a link that reorders.

Shortest: the second arrives, then the first.
The twin has a fifo link.
"""

from course_lib.sim import Network, Node, Scenario
from zoo import Expect


class Source(Node):
    def on_start(self):
        for value in (1, 2, 3):
            self.send("mirror", value)


class Mirror(Node):
    def on_start(self):
        self.value = 0

    def on_message(self, sender, message):
        self.value = message


def never_back(before, after):
    old, new = before.nodes["mirror"].value, after.nodes["mirror"].value
    return old <= new or f"from {old} back to {new}"


def scenario(network=None):
    return Scenario({"mirror": Mirror, "source": Source}, network=network, invariants=[never_back])


def twin():
    return scenario(Network(fifo=True))


EXPECT = Expect({}, "never_back", 2)
TWIN = Expect({}, states=4)
