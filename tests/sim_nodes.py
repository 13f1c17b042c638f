"""Small nodes, and what several tests of exploration ask."""

from dataclasses import dataclass

from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Msg:
    n: int


class Sink(Node):
    def on_message(self, sender, message):
        pass


class Source(Sink):
    """Sends `count` messages to b, all different."""

    count = 3

    def on_start(self):
        for number in range(self.count):
            self.send("b", Msg(number))


class Twin(Source):
    """Sends `count` messages to b, all the same."""

    def on_start(self):
        for _ in range(self.count):
            self.send("b", Msg(0))


class Counter(Node):
    def on_start(self):
        self.n = 0

    def on_message(self, sender, message):
        self.n += 1


class Echo(Node):
    def on_start(self):
        if self.name == "a":
            self.send("b", Msg(0))

    def on_message(self, sender, message):
        self.send(sender, message)


class Alarm(Sink):
    """One timer, set as it starts."""

    def on_start(self):
        self.set_timer("ring", 1)

    def on_timer(self, name):
        pass


class Tick(Alarm):
    def on_timer(self, name):
        self.set_timer("ring", 1)


def source(count: int, kind: type[Source] = Source, **network) -> Scenario:
    return Scenario({"a": type("Source", (kind,), {"count": count}), "b": Sink}, network=Network(**network))


def counted(scenario: Scenario, **options) -> tuple[int, int]:
    found = scenario.explore(**options)
    assert found.complete and found.ok, found
    return found.states, found.transitions


def steps(trace) -> list[str]:
    """The steps after the start."""
    return [str(step) for step in trace.steps if step.kind != "start"]


class Voter(Sink):
    record_first = False

    def on_message(self, sender, message):
        if self.record_first:
            self.disk["voted"] = True
        self.send(sender, Msg(1))
        if not self.record_first:
            self.disk["voted"] = True


class Asker(Counter):
    def on_start(self):
        self.n = 0
        self.send("b", Msg(0))


def recorded(world):
    return (
        not (world.alive("a") and world.nodes["a"].n and "voted" not in world.nodes["b"].disk) or "no record"
    )
