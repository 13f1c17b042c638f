"""Exploration and what is outside a node's state: chance, clocks, globals, and errors of the learner's own."""

import itertools
import re
import time

import pytest

from course_lib.sim import Network, Node, NodeError, NotPlain, RunAway, Scenario, Trace


class Alone(Node):
    """Does `act` as it starts."""

    def on_message(self, sender, message):
        pass

    def on_timer(self, name):
        pass


def alone(act, **options):
    return Scenario({"a": type("Alone", (Alone,), {"on_start": act})}, **options)


def keep(node, value):
    node.kept = value


# Choices branch


@pytest.mark.parametrize(
    ("choose", "outcomes"),
    [
        (lambda node: keep(node, node.random.choice("xyz")), 3),
        (lambda node: keep(node, node.random.choice(["same", "same"])), 1),
        (lambda node: keep(node, node.random.randrange(5)), 5),
        (lambda node: keep(node, node.random.randrange(2, 10, 3)), 3),
        (lambda node: keep(node, node.random.randint(1, 6)), 6),
        (lambda node: keep(node, node.random.sample([1, 2, 3, 4], 2)), 12),
        (lambda node: keep(node, (node.random.choice("ab"), node.random.choice("xyz"))), 6),
        (lambda node: keep(node, node.random.random() < 0.3), 2),
        (lambda node: keep(node, node.random.uniform(0, 2) * 3 + 1 > 0.3), 2),
        (lambda node: keep(node, node.random.choice("ab" if node.random.random() < 0.5 else "cde")), 5),
    ],
)  # fmt: skip
def test_a_choice_is_explored_in_all_its_outcomes(choose, outcomes):
    assert alone(choose).explore().states == outcomes


def test_a_shuffle_is_explored_in_all_its_orders():
    def act(node):
        node.deck = [1, 2, 3]
        node.random.shuffle(node.deck)

    def never(world):
        return world.nodes["a"].deck != [3, 1, 2] or "that order"

    assert alone(act).explore().states == 6
    found = alone(act, invariants=[never]).explore()
    assert found.counterexample.violated == "never" and found.counterexample.nodes["a"].deck == [3, 1, 2]


def test_a_choice_in_a_later_handler_replays_with_its_outcome():
    class Later(Alone):
        def on_start(self):
            self.set_timer("t", self.random.uniform(1, 2))

        def on_timer(self, name):
            self.picked = self.random.choice([10, 20, 30])
            self.send("a", self.random.randrange(3))

    def sum_is_small(world):
        node = world.nodes["a"]
        return (
            not hasattr(node, "picked")
            or node.picked < 30
            or not world.messages
            or world.messages[0][2] < 2
            or "32"
        )

    scenario = Scenario({"a": Later}, invariants=[sum_is_small])
    found = scenario.explore()
    assert found.violated == found.counterexample.violated == "sum_is_small"
    assert scenario.replay(found.counterexample).world().nodes["a"].picked == 30


def test_too_many_outcomes_are_told():
    assert alone(lambda node: keep(node, node.random.randrange(64))).explore().states == 64
    with pytest.raises(NodeError, match="65 outcomes or more; exploration follows up to 64"):
        alone(lambda node: keep(node, node.random.randrange(65))).explore()
    with pytest.raises(NodeError, match="120 outcomes"):
        alone(lambda node: node.random.shuffle([1, 2, 3, 4, 5])).explore()


@pytest.mark.parametrize("method", ["getrandbits", "randbytes", "choices", "seed", "betavariate"])
def test_chance_that_cannot_be_explored_is_told(method):
    with pytest.raises(NodeError, match=f"self.random.{method} cannot be explored; use choice"):
        alone(lambda node: getattr(node.random, method)(1)).explore()


# Random numbers


@pytest.mark.parametrize(
    "delay",
    [
        lambda r: r.random(),
        lambda r: r.uniform(1, 2) + 3,
        lambda r: 2 * r.random() ** 2 / 3 - 0.1,
        lambda r: abs(-r.expovariate(1.5)),
        lambda r: r.gauss(5, 0.1),
    ],
)
def test_a_random_delay_is_ignored(delay):
    class Backoff(Alone):
        def on_start(self):
            self.set_timer("t", delay(self.random))

    assert Scenario({"a": Backoff}).explore().states == 2


@pytest.mark.parametrize(
    "use",
    [
        lambda node: keep(node, node.random.random()),
        lambda node: keep(node, [1, node.random.random() + 1]),
        lambda node: node.send("a", node.random.random()),
        lambda node: node.send("a", ("x", node.random.uniform(1, 2))),
        lambda node: node.report(node.random.random()),
        lambda node: node.disk.update(x=node.random.gauss(0, 1)),
        lambda node: keep(node, int(node.random.random() * 10)),
        lambda node: keep(node, round(node.random.random())),
        lambda node: keep(node, round(node.random.random(), 3)),
        lambda node: keep(node, node.random.random() // 0.1),
        lambda node: keep(node, 10 % node.random.random()),
        lambda node: keep(node, divmod(node.random.random(), 0.1)),
        lambda node: keep(node, float(node.random.random())),
        lambda node: keep(node, f"id-{node.random.random()}"),
        lambda node: keep(node, str(node.random.random())),
        lambda node: keep(node, f"{node.random.random():.3f}"),
    ],
)
def test_a_random_number_that_is_kept_or_sent_is_an_error_that_says_so(use):
    with pytest.raises(
        (NodeError, NotPlain), match="it holds a random number; exploration cannot try them all"
    ):
        alone(use).explore()
    assert alone(use).run().violated is None  # a run has a number


def test_a_random_number_is_told_with_the_attributes_name():
    with pytest.raises(NotPlain, match=r"Alone\.kept of node a: it holds a random number"):
        alone(lambda node: keep(node, node.random.random())).explore()


# Clocks


class Watch(Node):
    def on_start(self):
        self.read = []
        self.set_timer("t", 1)

    def on_timer(self, name):
        self.read.append(self.now)
        if len(self.read) < 2:
            self.set_timer("t", 1)


def test_a_clock_that_is_read_without_readings_is_an_error_that_says_what_to_do():
    with pytest.raises(
        NodeError, match=r"exploration has no clock.*explore\(clock=\[0, 5\]\)(?s:.*)line \d+: self\.read"
    ):
        Scenario({"a": Watch}).explore()


def test_a_clock_is_explored_over_its_readings_and_never_goes_back():
    read = set()

    def look(world):
        read.add(tuple(world.nodes["a"].read))
        return True

    assert Scenario({"a": Watch}, invariants=[look]).explore(clock=[0, 5, 9]).ok
    pairs = {(x, y) for x in (0, 5, 9) for y in (0, 5, 9) if x <= y}
    assert read == {(), (0,), (5,), (9,), *pairs}


def test_a_clock_reads_the_same_throughout_one_handler():
    class Twice(Watch):
        def on_timer(self, name):
            self.read = [self.now, self.random.choice("xy"), self.now]

    found = Scenario({"a": Twice}).explore(clock=[0, 5])
    assert found.states == 1 + 4

    def same(world):
        read = world.nodes["a"].read
        return not read or read[0] == read[2] or "it moved"

    assert Scenario({"a": Twice}, invariants=[same]).explore(clock=[0, 5]).ok


def test_a_counterexample_with_a_clock_replays_with_its_readings():
    def young(world):
        return 9 not in world.nodes["a"].read or "old"

    scenario = Scenario({"a": Watch}, invariants=[young])
    found = scenario.explore(clock=[0, 9])
    assert found.counterexample.violated == "young"
    assert scenario.replay(Trace.from_json(found.counterexample.to_json())).world().nodes["a"].read == [9]


def test_each_node_has_its_own_clock():
    def apart(world):
        one, other = world.nodes["a"].read, world.nodes["b"].read
        return not (one == [9] and other == [0]) or "b is behind"

    assert Scenario({"a": Watch, "b": Watch}, invariants=[apart]).explore(clock=[0, 9]).violated == "apart"


# What is not in the state


def test_a_node_that_is_not_deterministic_is_told_with_the_attribute():
    counter = itertools.count(1)

    def act(node):
        node.fine = 1
        node.number = next(counter)

    with pytest.raises(NodeError, match=r"Alone is not deterministic.*leaves number = 1, then 2"):
        alone(act).explore()


@pytest.mark.parametrize("ask", [lambda node, n: node.send("a", n), lambda node, n: node.report(n)])
def test_a_node_that_asks_for_something_else_each_time_is_told(ask):
    counter = itertools.count(1)
    with pytest.raises(NodeError, match=r"not deterministic.*asks for .*1.*, then for .*2"):
        alone(lambda node: ask(node, next(counter))).explore()


def test_the_real_clock_is_noticed():
    with pytest.raises(NodeError, match=r"Time and chance come from self\.now and self\.random"):
        alone(lambda node: keep(node, time.perf_counter_ns())).explore()


def test_a_set_of_the_class_that_all_nodes_share_is_noticed():
    class Shared(Alone):
        seen = set()  # noqa: RUF012

        def on_start(self):
            self.send("a", 1)

        def on_message(self, sender, message):
            if message not in self.seen:
                self.seen.add(message)
                self.report("new")

    with pytest.raises(NodeError, match=r"not deterministic|belongs to the class"):
        Scenario({"a": Shared, "b": Shared}).explore()


def test_not_a_number_is_the_same_twice():
    assert alone(lambda node: node.report(float("inf") - float("inf"))).explore().ok
    assert alone(lambda node: keep(node, float("inf") - float("inf"))).explore().ok
    assert alone(lambda node: node.disk.update(x=float("inf") - float("inf"))).explore(crashes=1).ok


def test_states_that_differ_in_a_type_or_in_the_order_of_a_dict_are_two():
    for one, other in ((1, True), (1, 1.0), ((1,), [1]), ({1: 2, 3: 4}, {3: 4, 1: 2}), (0.0, -0.0)):
        assert (
            alone(lambda node, pair=(one, other): keep(node, node.random.choice(pair))).explore().states == 2
        )
    same = ({1, 2}, {2, 1})
    assert alone(lambda node: keep(node, node.random.choice(same))).explore().states == 1


# Errors


class Fragile(Node):
    def on_start(self):
        self.left = {"x": 1}
        if self.name == "a":
            self.send("b", "x")
            self.send("b", "y")

    def on_message(self, sender, message):
        del self.left[message]


def test_an_exception_of_the_learners_own_comes_through_with_the_event_and_the_run():
    with pytest.raises(KeyError) as caught:
        Scenario({"a": Fragile, "b": Fragile}).explore()
    step = "in Fragile, node b, at this step of the exploration: deliver 'y' from a to b"
    assert step in caught.value.__notes__
    trace = caught.value.trace
    assert isinstance(trace, Trace)
    assert (trace.events[-1].kind, trace.events[-1].id) == ("deliver", "a>b#2")


@pytest.mark.parametrize("options", [{}, {"strategy": "random"}])
def test_an_exception_after_a_choice_comes_with_that_choice(options):
    class Gamble(Alone):
        def on_start(self):
            self.set_timer("t", 1)

        def on_timer(self, name):
            self.send("a", self.random.choice([1, 2, 3]))

        def on_message(self, sender, message):
            if self.random.choice([False, True]) and message == 3:
                raise RuntimeError("bang")

    with pytest.raises(RuntimeError, match="bang") as caught:
        Scenario({"a": Gamble}).explore(**options)
    assert [event.kind for event in caught.value.trace.events] == ["start", "timer", "send", "deliver"]
    assert caught.value.trace.events[-1].message == 3


def test_an_exception_at_the_start_comes_with_the_start():
    with pytest.raises(ZeroDivisionError) as caught:
        alone(lambda node: keep(node, 1 / 0)).explore()
    assert [event.kind for event in caught.value.trace.events] == ["start"]
    assert "in Alone, node a, at its start" in caught.value.__notes__


def test_an_exception_of_an_invariant_comes_with_the_run_to_the_state_it_looked_at():
    class Two(Fragile):
        def on_message(self, sender, message):
            self.heard = message

    def clumsy(world):
        return world.nodes["b"].heard != "z" if world.messages == () else True

    def clumsier(world):
        return len(world.messages) > 0 or world.nodes["b"].nothing

    with pytest.raises(AttributeError) as caught:
        Scenario({"a": Two, "b": Two}, invariants=[clumsier]).explore()
    assert "in the invariant clumsier" in caught.value.__notes__
    assert [event.kind for event in caught.value.trace.events].count("deliver") == 2
    assert Scenario({"a": Two, "b": Two}, invariants=[clumsy]).explore().ok


def test_an_endless_handler_is_stopped_in_exploration_too():
    def act(node):
        while True:
            node.report(1)

    with pytest.raises(RunAway, match=re.escape("more than 10,000 things")):
        alone(act).explore()


# Coverage


class Choosy(Node):
    def on_start(self):
        if self.name == "a":
            self.send("b", 1)

    def on_message(self, sender, message):
        match message:
            case 1:
                self.helped(message)
            case 2 if sender == "a":
                self.report("never")
            case _:
                self.unexpected(sender, message)

    def helped(self, message):
        match message:
            case 7:
                self.report("never either")

    def on_timer(self, name):
        pass


def test_coverage_names_the_handlers_and_cases_that_never_ran():
    coverage = Scenario({"a": Choosy, "b": Choosy}).explore().coverage
    said = str(coverage)
    assert "case 2 if sender == 'a' of Choosy.on_message" in said and "case 7 of Choosy.helped" in said
    assert "Choosy.on_timer" in said and "case 1 " not in said and "case _" not in said
    parts = {(part.handler, part.case): ran for part, ran in coverage.parts.items()}
    assert parts["on_message", "1"] and parts["on_message", ""] and not parts["on_timer", ""]


def test_coverage_counts_all_cases_when_all_ran():
    class Both(Choosy):
        def on_message(self, sender, message):
            match message:
                case 1:
                    self.send("b", 2)
                case 2:
                    self.set_timer("t", 1)

        def helped(self, message):
            pass

    found = Scenario({"a": Both, "b": Both}, network=Network(fifo=True)).explore()
    assert found.coverage.missed == ()
    assert str(found.coverage) == "every handler and every case ran"


def test_coverage_sees_whether_a_case_on_one_line_ran():
    # fmt: off
    class Dense(Choosy):
        def on_message(self, sender, message):
            match message:
                case 5: self.report(5)  # noqa: E701
                case 1: self.send("b", 2); self.set_timer("t", 1)  # noqa: E701, E702
                case 6 if sender == "a": self.report(6); self.report(7)  # noqa: E701, E702
                case 7: pass  # noqa: E701
                case 2: self.report(2)  # noqa: E701
                case _: self.unexpected(sender, message)  # noqa: E701

        def helped(self, message):
            pass
    # fmt: on

    coverage = Scenario({"a": Dense, "b": Dense}).explore().coverage
    assert [part.case for part in coverage.missed] == ["5", "6 if sender == 'a'"]


def test_coverage_under_a_debugger_says_that_it_does_not_know():
    import sys

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: None)
    try:
        coverage = Scenario({"a": Choosy, "b": Choosy}).explore().coverage
    finally:
        sys.settrace(before)
    assert str(coverage).startswith("unknown: a debugger") and coverage.missed == ()


def test_the_coverage_of_a_class_without_source_is_that_of_its_handlers():
    made: dict = {"Node": Node}
    exec("class Typed(Node):\n  def on_message(self, s, m):\n    match m:\n      case 1: pass", made)
    coverage = Scenario({"a": made["Typed"]}).explore().coverage
    assert str(coverage) == "never ran: Typed.on_message"
