"""Two-phase commit in which a participant says yes before it has written so down.

Shortest: p votes and crashes before the record; p comes back, knows of nothing and gives up waiting; q votes; both
votes arrive.
"""

from dataclasses import dataclass

from course_lib.sim import Node, Scenario
from zoo import Expect


@dataclass(frozen=True)
class Prepare:
    pass


@dataclass(frozen=True)
class Vote:
    pass


@dataclass(frozen=True)
class Decision:
    commit: bool


class Coordinator(Node):
    def on_start(self):
        self.votes = set()
        if "state" in self.disk:
            self.tell()
        elif "begun" in self.disk:
            self.decide("aborted")
        else:
            self.disk["begun"] = True
            for peer in self.peers:
                self.send(peer, Prepare())

    def decide(self, outcome):
        self.disk["state"] = outcome
        self.tell()

    def tell(self):
        for peer in self.peers:
            self.send(peer, Decision(self.disk["state"] == "committed"))

    def on_message(self, sender, message):
        self.votes.add(sender)
        if len(self.votes) == len(self.peers) and "state" not in self.disk:
            self.decide("committed")


class Hasty(Node):
    def on_start(self):
        if "state" not in self.disk:
            self.set_timer("nobody asks", 1)

    def vote(self, sender):
        self.send(sender, Vote())
        self.disk["state"] = "prepared"

    def on_message(self, sender, message):
        match message:
            case Prepare():
                if "state" not in self.disk:
                    self.cancel_timer("nobody asks")
                    self.vote(sender)
            case Decision(commit):
                self.disk["state"] = "committed" if commit else "aborted"
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name):
        self.disk["state"] = "aborted"


class Careful(Hasty):
    def vote(self, sender):
        self.disk["state"] = "prepared"
        self.send(sender, Vote())


def one_outcome(world):
    outcomes = {node.disk.get("state") for node in world.nodes.values()}
    return not {"committed", "aborted"} <= outcomes or "some committed and some aborted"


def never_another(before, after):
    for name, node in after.nodes.items():
        old, new = before.nodes[name].disk.get("state"), node.disk.get("state")
        if old in ("committed", "aborted") and new != old:
            return f"{name} had {old}, and now {new}"
    return True


def scenario(participant=Hasty):
    nodes = {"c": Coordinator, "p": participant, "q": participant}
    return Scenario(nodes, invariants=[one_outcome, never_another])


def twin():
    return scenario(Careful)


EXPECT = Expect({"crashes": 1}, "one_outcome", 6)
TWIN = Expect({"crashes": 1}, states=368)
