"""A node that talks to everybody each second, for faults to interfere with."""

from course_lib.sim import Network, Node, Scenario


class Chatty(Node):
    """Sends a number to everybody each second, from 1 s to `last`; counts on disk and in memory what it got."""

    last = 5

    def on_start(self):
        self.got = []
        self.rounds = 0
        self.disk["starts"] = self.disk.get("starts", 0) + 1
        self.set_timer("round", 1)

    def on_timer(self, name):
        self.rounds += 1
        for peer in self.peers:
            self.send(peer, self.rounds)
        if self.rounds < self.last:
            self.set_timer("round", 1)

    def on_message(self, sender, message):
        self.got.append((sender, message))
        self.disk["heard"] = self.disk.get("heard", 0) + 1


def chatty(names: str = "ab", **network) -> Scenario:
    return Scenario(dict.fromkeys(names, Chatty), network=Network(**{"latency": 0.5, **network}))
