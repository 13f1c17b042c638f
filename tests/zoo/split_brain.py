"""A backup that takes over when the primary does not answer. In a partition there are two primaries.

Shortest: the cut; the backup asks, in vain; it takes over.
The twin has no partition: where timeouts never lie, who does not answer is dead.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Primary(Node):
    def on_start(self):
        self.leads = True

    def on_message(self, sender, message):
        self.send(sender, "here")


class Backup(Node):
    def on_start(self):
        self.leads = False
        self.set_timer("look", 1)

    def on_timer(self, name):
        match name:
            case "look":
                self.send("a", "still there?")
                self.set_timer("no answer", 1)
            case "no answer":
                self.leads = True

    def on_message(self, sender, message):
        self.cancel_timer("no answer")
        self.set_timer("look", 1)


def one_primary(world):
    return not (world.nodes["a"].leads and world.nodes["b"].leads) or "both lead"


def scenario():
    return Scenario({"a": Primary, "b": Backup}, invariants=[one_primary])


def twin():
    return scenario()


EXPECT = Expect({"partitions": 1, "timing": "synchronous"}, "one_primary", 3)
TWIN = Expect({"timing": "synchronous"}, states=3)  # looking, asking, answering
