"""Three philosophers, each of whom takes the left fork first: all may hold one and wait for the other.

Shortest: the three requests for left forks arrive; from then on nobody will eat.
The twin: one of them takes the right fork first.
"""

from course_lib.sim import Node, Scenario
from zoo import Expect

FORKS = {"p": ("f", "g"), "q": ("g", "h"), "r": ("h", "f")}


class Fork(Node):
    def on_start(self):
        self.holder = ""
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case "take" if not self.holder:
                self.holder = sender
                self.send(sender, "yours")
            case "take":
                self.waiting.append(sender)
            case "back":
                self.holder = self.waiting.pop(0) if self.waiting else ""
                if self.holder:
                    self.send(self.holder, "yours")


class Philosopher(Node):
    def order(self):
        return FORKS[self.name]

    def on_start(self):
        self.held = 0
        self.eaten = False
        self.send(self.order()[0], "take")

    def on_message(self, sender, message):
        self.held += 1
        if self.held < 2:
            self.send(self.order()[1], "take")
        else:
            self.eaten = True
            for fork in self.order():
                self.send(fork, "back")


class InOrder(Philosopher):
    def order(self):
        return tuple(sorted(FORKS[self.name]))


def all_have_eaten(world):
    return all(world.nodes[name].eaten for name in FORKS)


def scenario(philosopher=Philosopher):
    return Scenario({**dict.fromkeys("fgh", Fork), **dict.fromkeys("pqr", philosopher)})


def twin():
    return scenario(InOrder)


EXPECT = Expect({"always_possible": all_have_eaten}, "all_have_eaten", 3)
TWIN = Expect({"always_possible": all_have_eaten}, states=328)
