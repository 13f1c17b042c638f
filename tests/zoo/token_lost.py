"""A token goes round; one loss, and nobody ever enters again.

Shortest: a passes it on; it is lost.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Member(Node):
    def on_start(self):
        self.has = False
        if self.name == "a":
            self.enter()

    def enter(self):
        self.has = True
        self.set_timer("leave", 1)

    def on_timer(self, name):
        self.has = False
        around = sorted([self.name, *self.peers])
        self.send(around[(around.index(self.name) + 1) % len(around)], "token")

    def on_message(self, sender, message):
        self.enter()


def one_at_a_time(world):
    inside = [name for name in world.nodes if world.nodes[name].has]
    return len(inside) <= 1 or f"{inside} are inside"


def b_enters(world):
    return world.nodes["b"].has


def scenario():
    return Scenario(dict.fromkeys("abc", Member), invariants=[one_at_a_time])


def twin():
    return scenario()


EXPECT = Expect({"losses": 1, "always_possible": b_enters}, "b_enters", 2, 7)  # the six below, and lost
TWIN = Expect({"always_possible": b_enters}, states=6)  # three places, inside or on its way
