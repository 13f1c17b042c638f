"""A lock with a lease, whose holder writes when it gets round to it: perhaps after the lease has run out.

Shortest: a asks and is granted; the lease runs out; b asks and is granted; b writes, then a.
The twin is a store that knows the newest token and refuses older ones.
"""

from dataclasses import dataclass

from course_lib.sim import Node, Scenario
from zoo import Expect


@dataclass(frozen=True)
class Ask:
    pass


@dataclass(frozen=True)
class Granted:
    token: int


@dataclass(frozen=True)
class Write:
    token: int


class Server(Node):
    def on_start(self):
        self.token, self.held, self.waiting = 0, False, []

    def on_message(self, sender, message):
        self.waiting.append(sender)
        self.serve()

    def serve(self):
        if self.waiting and not self.held:
            self.held = True
            self.token += 1
            self.send(self.waiting.pop(0), Granted(self.token))
            self.set_timer("lease", 10)

    def on_timer(self, name):
        self.held = False
        self.serve()


class Holder(Node):
    def on_start(self):
        self.send("server", Ask())

    def on_message(self, sender, message):
        self.token = message.token
        self.set_timer("work", 1)

    def on_timer(self, name):
        self.send("store", Write(self.token))


class Store(Node):
    fenced = False

    def on_start(self):
        self.written = ()

    def on_message(self, sender, message):
        if self.fenced and self.written and message.token < max(self.written):
            return
        self.written = (*self.written, message.token)


class Fenced(Store):
    fenced = True


def in_order_of_tokens(world):
    written = world.nodes["store"].written
    return written == tuple(sorted(written)) or f"written with tokens {written}"


def scenario(store=Store):
    return Scenario(
        {"a": Holder, "b": Holder, "server": Server, "store": store}, invariants=[in_order_of_tokens]
    )


def twin():
    return scenario(Fenced)


EXPECT = Expect({}, "in_order_of_tokens", 9)
TWIN = Expect({}, states=93)
