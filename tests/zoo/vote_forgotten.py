"""An election in which a voter keeps its vote in memory: after a crash it votes again.

Shortest: c votes for a, which hears of it; c crashes and comes back; c votes for b, which hears of it.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Candidate(Node):
    """Votes for itself; one more vote of three is a majority."""

    def on_start(self):
        self.leads = False
        self.send("c", "vote for me")

    def on_message(self, sender, message):
        self.leads = True


class Forgetful(Node):
    def on_start(self):
        self.memory = {}

    def voted(self):
        return self.memory

    def on_message(self, sender, message):
        if self.voted().setdefault("for", sender) == sender:
            self.send(sender, "yes")


class Durable(Forgetful):
    def voted(self):
        return self.disk


def one_leader(world):
    leaders = [name for name in "ab" if world.alive(name) and world.nodes[name].leads]
    return len(leaders) < 2 or f"{leaders} lead"


def scenario(voter=Forgetful):
    return Scenario({"a": Candidate, "b": Candidate, "c": voter}, invariants=[one_leader])


def twin():
    return scenario(Durable)


EXPECT = Expect({"crashes": 1}, "one_leader", 6)
TWIN = Expect({"crashes": 1, "duplicates": 1}, states=308)
