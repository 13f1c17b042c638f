"""Three-phase commit in which each node goes by its own timeout: it aborts before pre-commit, and commits after it.

One crash of the coordinator splits it, also where timeouts never lie. Shortest: two votes asked for and given; at the
second the coordinator tells p to pre-commit and crashes before it tells q; p hears of it; p commits, q aborts.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect


class Coordinator(Node):
    def on_start(self):
        self.yes, self.acks = set(), set()
        if not self.disk:
            self.disk["begun"] = True
            self.tell("can you commit?")

    def tell(self, what):
        for peer in self.peers:
            self.send(peer, what)

    def on_message(self, sender, message):
        match message:
            case "yes":
                self.yes.add(sender)
                if len(self.yes) == len(self.peers):
                    self.tell("pre-commit")
            case "ack":
                self.acks.add(sender)
                if len(self.acks) == len(self.peers):
                    self.tell("commit")


class Participant(Node):
    def on_start(self):
        self.state = "waiting"

    def on_message(self, sender, message):
        match message:
            case "can you commit?":
                self.send(sender, "yes")
                self.set_timer("timeout", 1)
            case "pre-commit" if self.state == "waiting":
                self.state = "pre-committed"
                self.set_timer("timeout", 1)
                self.send(sender, "ack")
            case "commit":
                self.cancel_timer("timeout")
                self.state = "committed"

    def on_timer(self, name):
        self.state = "committed" if self.state == "pre-committed" else "aborted"


def one_outcome(world):
    states = {world.nodes[name].state for name in ("p", "q") if world.alive(name)}
    return not {"committed", "aborted"} <= states or "some committed and some aborted"


def scenario():
    return Scenario({"c": Coordinator, "p": Participant, "q": Participant}, invariants=[one_outcome])


def twin():
    return scenario()


EXPECT = Expect({"crashes": 1, "timing": "synchronous"}, "one_outcome", 7)
TWIN = Expect({"timing": "synchronous"}, states=20)  # without a crash, where timeouts never lie
