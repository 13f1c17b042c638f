"""An election in which a candidate counts votes, not voters: a copy of a vote makes a second leader.

Shortest: a's vote from c is copied and arrives twice (ask, copy, vote, vote); d and e vote for b (two asks, two votes).
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Candidate(Node):
    def on_start(self):
        self.votes = 0
        self.leads = False
        for voter in "cde":
            self.send(voter, "vote for me")

    def on_message(self, sender, message):
        self.count(sender)
        self.leads = self.number() >= 2

    def count(self, sender):
        self.votes = min(self.votes + 1, 2)

    def number(self):
        return self.votes


class OfVoters(Candidate):
    def on_start(self):
        super().on_start()
        self.votes = set()

    def count(self, sender):
        self.votes.add(sender)

    def number(self):
        return len(self.votes)


class Voter(Node):
    def on_start(self):
        self.chosen = None

    def on_message(self, sender, message):
        if self.chosen in (None, sender):
            self.chosen = sender
            self.send(sender, "yes")


def one_leader(world):
    leaders = [name for name in "ab" if world.nodes[name].leads]
    return len(leaders) < 2 or f"{leaders} lead"


def scenario(candidate=Candidate):
    nodes = {"a": candidate, "b": candidate, "c": Voter, "d": Voter, "e": Voter}
    return Scenario(nodes, invariants=[one_leader])


def twin():
    return scenario(OfVoters)


EXPECT = Expect({"duplicates": 1}, "one_leader", 8)
TWIN = Expect({"duplicates": 1}, states=6803)
