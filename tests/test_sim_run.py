"""A run: a clock and a seed choose what happens next."""

import math
from dataclasses import dataclass

import networkx as nx
import pytest

from course_lib.sim import Network, Node, NodeError, RunAway, Scenario, Trace
from course_lib.sim.simulation import Simulation


@dataclass(frozen=True)
class Ping:
    n: int


class Idle(Node):
    def on_message(self, sender, message):
        pass


class Burst(Idle):
    """a sends 0, 1, 2, ... to b as it starts; b keeps what came."""

    count = 5

    def on_start(self):
        self.got = []
        if self.name == "a":
            for number in range(self.count):
                self.send("b", number)

    def on_message(self, sender, message):
        self.got.append(message)


class Clock(Idle):
    """Ticks each second, `ticks` times; says its clock."""

    ticks = 3

    def on_start(self):
        self.left = self.ticks
        self.set_timer("tick", 1)

    def on_timer(self, name):
        self.report(self.now)
        self.left -= 1
        if self.left:
            self.set_timer("tick", 1)


def burst(count: int = 5, **network) -> Scenario:
    kind = type("Burst", (Burst,), {"count": count})
    return Scenario({"a": kind, "b": kind}, network=Network(**network))


def at(trace: Trace, kind: str, node: str | None = None) -> list[float]:
    """The times of events of that kind."""
    return [event.time for event in trace.events if event.kind == kind and node in (None, event.node)]


def lines(trace: Trace) -> list[str]:
    return [" ".join(line.split()) for line in trace.to_text().splitlines()]


# Time and links


def test_all_nodes_start_at_time_0_in_the_order_of_their_names():
    trace = Scenario({"b": Idle, "c": Idle, "a": Idle}).run()
    assert [(e.time, e.kind, e.node) for e in trace.events] == [(0.0, "start", name) for name in "abc"]
    assert trace.names == ("b", "c", "a")


def test_a_message_takes_the_latency_of_its_link():
    assert at(burst(1, latency=0.25).run(), "deliver") == [0.25]


def test_the_latency_may_be_a_function_of_an_even_draw():
    draws = []

    def latency(u):
        draws.append(u)
        return 1 + u

    times = at(burst(50, latency=latency).run(), "deliver")
    assert all(0 <= u < 1 for u in draws)
    assert all(1 <= time < 2 for time in times) and len(set(times)) == 50


def test_a_latency_that_is_no_time_is_told_with_its_draw():
    with pytest.raises(ValueError, match=r"the latency of a>b for u=0\.\d+ is -1"):
        burst(1, latency=lambda u: -1).run()


def test_jitter_adds_up_to_so_many_seconds_and_lets_messages_overtake():
    trace = burst(50, latency=1, jitter=0.5).run()
    assert all(1 <= time <= 1.5 for time in at(trace, "deliver"))
    assert trace.nodes["b"].got != sorted(trace.nodes["b"].got) and sorted(trace.nodes["b"].got) == list(
        range(50)
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_fifo_link_keeps_the_order_also_of_copies(seed):
    trace = burst(20, latency=0.1, jitter=5, duplicate=0.5, loss=0.2, fifo=True).run(seed=seed)
    got = trace.nodes["b"].got
    assert got == sorted(got)


def test_loss_and_duplication_come_about_as_often_as_they_say():
    trace = burst(2000, loss=0.3, duplicate=0.2).run()
    lost = sum(1 for event in trace.events if event.note == "lost")
    again = sum(1 for event in trace.events if event.note == "again")
    assert (
        500 < lost < 700 and 210 < again < 350
    )  # 600 and 2000 * 0.7 * 0.2 = 280, give or take five deviations
    assert len(at(trace, "deliver")) == 2000 - lost + again
    assert len(at(trace, "send")) == 2000


def test_certain_loss_and_certain_duplication():
    assert burst(loss=1).run().nodes["b"].got == []
    assert sorted(burst(2, duplicate=1).run().nodes["b"].got) == [0, 0, 1, 1]
    assert burst(loss=0.0).run().nodes["b"].got == [0, 1, 2, 3, 4]


def test_one_link_may_have_its_own_behaviour_one_way():
    class Both(Burst):
        def on_start(self):
            self.got = []
            for peer in self.peers:
                self.send(peer, 1)

    network = Network(latency=1, links={("a", "b"): {"latency": 3.5}, ("b", "a"): {"loss": 1}})
    trace = Scenario(dict.fromkeys("abc", Both), network=network).run()
    assert [(e.time, e.peer) for e in trace.events if e.kind == "deliver" and e.node == "b"] == [
        (1, "c"),
        (3.5, "a"),
    ]
    assert [e.id for e in trace.events if e.kind == "drop"] == ["b>a#1"]


def test_a_graph_says_who_is_linked_and_its_edges_may_say_how():
    class Wave(Node):
        def on_start(self):
            self.send(self.name, 0)

        def on_message(self, sender, message):
            if message < 1 and self.name != "c":
                self.send("b" if self.name == "a" else "c", message + 1)

    graph = nx.DiGraph()
    graph.add_edge("a", "b", latency=0.5, weight=3)
    graph.add_edge("b", "c", fifo=True)
    trace = Scenario(dict.fromkeys("abc", Wave), network=Network(graph, latency=2)).run()
    assert [e.time for e in trace.events if e.id == "a>b#1"] == [2, 2.5]
    with pytest.raises(NodeError, match="no link from b to a"):
        kinds = {"a": Idle, "b": type("Back", (Wave,), {"on_start": lambda self: self.send("a", 1)})}
        Scenario(kinds, network=Network(nx.DiGraph([("a", "b")]))).run()


def test_a_link_is_made_when_it_is_first_used():
    """Among 1,000 nodes there are a million, and few of them are used."""
    nodes, network = {f"n{number}": Idle for number in range(1000)}, Network(loss=0.5)
    nodes["n1"] = type("Sends", (Idle,), {"on_start": lambda self: self.send("n2", 1)})
    simulation = Simulation(nodes, network, (), 0, (), 1.0)
    simulation.run()
    made = [link.name for site in simulation.sites.values() for link in site.links.values() if link]
    assert made == ["n1>n2"]


def test_an_edge_that_cannot_be_is_refused_before_anybody_uses_it():
    graph = nx.DiGraph()
    graph.add_edge("a", "b", loss=2)
    with pytest.raises(ValueError, match="link a>b: loss is a probability"):
        Scenario({"a": Idle, "b": Idle}, network=Network(graph))


def test_an_undirected_graph_links_both_ways():
    network = Network(nx.path_graph(["a", "b", "c"]))
    assert network.pairs("abc") == [(x, y) for x, y in ("aa", "ab", "ba", "bb", "bc", "cb", "cc")]


@pytest.mark.parametrize(
    "options",
    [
        {"latency": -1},
        {"latency": "1"},
        {"latency": math.inf},
        {"latency": None},
        {"jitter": -0.1},
        {"jitter": math.nan},
        {"loss": 1.5},
        {"loss": -0.1},
        {"loss": True},
        {"duplicate": 2},
        {"links": {("a", "b"): {"loss": 2}}},
        {"links": {("a", "b"): {"latncy": 2}}},
    ],
)
def test_a_network_that_cannot_be_is_refused(options):
    with pytest.raises(ValueError, match=r"latency|jitter|loss|duplicate|latncy"):
        Network(**options)


def test_a_network_that_names_strangers_is_refused():
    with pytest.raises(ValueError, match="names 'z'; the nodes are a, b"):
        Scenario({"a": Idle, "b": Idle}, network=Network(links={("a", "z"): {}}))
    with pytest.raises(ValueError, match="names 'z'; the nodes are a, b"):
        Scenario({"a": Idle, "b": Idle}, network=Network(nx.path_graph(["a", "b", "z"])))
    with pytest.raises(ValueError, match="sets the link"):
        graph = nx.DiGraph([("a", "b")])
        Scenario({"a": Idle, "b": Idle}, network=Network(graph, links={("b", "a"): {"loss": 1}}))


@pytest.mark.parametrize("until", [0, -1, math.inf, math.nan, "5", None])
def test_until_is_a_time(until):
    with pytest.raises(ValueError, match="until is a time above 0"):
        Scenario({"a": Idle}, until=until)


@pytest.mark.parametrize("nodes", [{}, [], None, ["a"]])
def test_a_scenario_has_nodes(nodes):
    with pytest.raises(TypeError, match="nodes is a dict of names and factories"):
        Scenario(nodes)


@pytest.mark.parametrize("name", ["", "a>b", "a#1", "a b", 1, None])
def test_a_nodes_name_is_a_str_that_message_names_can_hold(name):
    with pytest.raises(ValueError, match="a node's name is a str"):
        Scenario({name: Idle})


def test_a_node_in_place_of_a_factory_is_told():
    with pytest.raises(TypeError, match=r"lambda: Idle"):
        Scenario({"a": Idle()})


# Timers


def test_a_timer_fires_after_its_delay():
    assert [value for _, value in Scenario({"a": Clock}).run().reports] == [1.0, 2.0, 3.0]


def test_a_timer_that_is_set_again_is_replaced():
    class Again(Clock):
        def on_start(self):
            self.left = 1
            self.set_timer("tick", 1)
            self.set_timer("tick", 5)
            self.set_timer("other", 3)

        def on_timer(self, name):
            self.report((name, self.now))

    assert Scenario({"a": Again}).run().reports == (("a", ("other", 3.0)), ("a", ("tick", 5.0)))


def test_a_cancelled_timer_does_not_fire_and_cancelling_none_is_no_error():
    class Cancel(Clock):
        def on_start(self):
            self.set_timer("tick", 1)
            self.cancel_timer("tick")
            self.cancel_timer("never")
            self.set_timer("late", 2)

        def on_timer(self, name):
            self.cancel_timer("late")  # it has fired
            self.report(name)

    assert Scenario({"a": Cancel}).run().reports == (("a", "late"),)


def test_a_timer_of_no_time_fires_after_the_messages_of_that_moment():
    class Now(Node):
        def on_start(self):
            self.set_timer("now", 0)
            self.send(self.name, 1)

        def on_message(self, sender, message):
            self.report("message")

        def on_timer(self, name):
            self.report("timer")

    assert Scenario({"a": Now}, network=Network(latency=0)).run().reports == (
        ("a", "message"),
        ("a", "timer"),
    )


# How a run ends


def test_a_run_ends_when_nothing_is_left_to_happen():
    trace = burst(1).run()
    assert trace.end == 0.01 and trace.violated is None and trace.reason == ""


def test_a_run_ends_at_until():
    class Forever(Clock):
        def on_timer(self, name):
            self.set_timer("tick", 1)

    trace = Scenario({"a": Forever}, until=3.5).run()
    assert at(trace, "timer") == [1, 2, 3] and trace.end == 3.5
    assert at(Scenario({"a": Forever}, until=3).run(), "timer") == [1, 2, 3]


def test_two_nodes_that_answer_every_answer_are_stopped_with_a_sentence():
    class Echo(Node):
        def on_start(self):
            if self.name == "a":
                self.send("b", Ping(0))

        def on_message(self, sender, message):
            self.send(sender, message)

    with pytest.raises(
        RunAway, match=r"a sent 10,000 messages in 1 s of virtual time; the last: Ping\(n=0\) to b"
    ):
        Scenario({"a": Echo, "b": Echo}, network=Network(latency=1e-5)).run()
    with pytest.raises(RunAway):
        Scenario({"a": Echo, "b": Echo}, network=Network(latency=0)).run()
    assert Scenario({"a": Echo, "b": Echo}, until=5).run().violated is None


def test_a_flood_among_many_is_stopped_while_it_is_small():
    class Flood(Node):
        def on_start(self):
            if self.name == "n0":
                self.on_message("", "flood")

        def on_message(self, sender, message):
            for peer in self.peers:
                self.send(peer, message)

    with pytest.raises(
        RunAway, match=r"n\d+ sent 10,000 messages in 1 s of virtual time; the last: 'flood' to n\d+"
    ) as caught:
        Scenario({f"n{i}": Flood for i in range(20)}).run()
    assert "Does it answer every answer?" in str(caught.value)


def test_a_node_that_sends_much_over_a_long_time_is_not_stopped():
    class Steady(Clock):
        ticks = 30

        def on_timer(self, name):
            for _ in range(900):
                self.send(self.name, 1)
            super().on_timer(name)

    assert len(Scenario({"a": Steady}).run()) > 30 * 900 * 2


def test_a_node_that_sets_timers_without_end_is_stopped_with_a_sentence():
    class Spin(Clock):
        def on_timer(self, name):
            self.set_timer("tick", 0)

    with pytest.raises(RunAway, match=r"a set 10,000 timers in 1 s of virtual time; the last: 'tick'"):
        Scenario({"a": Spin}).run()


# Invariants


def broken_after_two(world):
    return len(world.nodes["b"].got) < 2 or f"b has {len(world.nodes['b'].got)}"


def test_a_run_ends_at_the_first_broken_invariant():
    trace = Scenario({"a": Burst, "b": Burst}, invariants=[broken_after_two]).run()
    assert (trace.violated, trace.reason) == ("broken_after_two", "b has 2")
    assert trace.events[-1].id == "a>b#2" and trace.nodes["b"].got == [0, 1]
    assert lines(trace)[-1] == "broken: broken_after_two: b has 2"


def test_an_invariant_of_two_arguments_sees_what_changed():
    pairs = []

    def grows(before, after):
        pairs.append((list(before.nodes["b"].got), list(after.nodes["b"].got)))
        assert before.alive("a") and len(before.messages) >= len(after.messages)
        return len(after.nodes["b"].got) < 3 or "too many"

    trace = Scenario({"a": Burst, "b": Burst}, invariants=[grows]).run()
    assert trace.violated == "grows" and trace.reason == "too many"
    assert pairs == [([], []), ([], [0]), ([0], [0, 1]), ([0, 1], [0, 1, 2])]


def test_an_invariant_sees_messages_reports_and_who_is_alive():
    from course_lib.sim import Crash

    seen = []

    def look(world):
        seen.append((world.messages, world.reports, world.alive("a")))
        return True

    class Reporter(Burst):
        def on_message(self, sender, message):
            self.report(message)

    kind = type("Reporter", (Reporter,), {"count": 2})
    Scenario({"a": kind, "b": kind}, invariants=[look]).run([Crash("a", at=1)])
    two = (("a", "b", 0), ("a", "b", 1))
    assert seen[0] == (two, (), True)
    assert seen[1] == (two[1:], (("b", 0),), True)
    assert seen[-1] == ((), (("b", 0), ("b", 1)), False)


@pytest.mark.parametrize("answer", [False, None, 0, 1, "", []])
def test_an_invariant_that_says_neither_true_nor_a_sentence_is_told(answer):
    def vague(world):
        return answer

    scenario = Scenario({"a": Idle}, invariants=[vague])
    for go in (scenario.run, scenario.explore):
        with pytest.raises(TypeError, match=r"the invariant vague returned .*; it returns True") as caught:
            go()
        assert repr(answer) in str(caught.value)


def test_an_invariant_takes_one_world_or_two():
    for wrong in (lambda: True, lambda a, b, c: True):
        with pytest.raises(TypeError, match=r"takes \(world\), or \(before, after\)"):
            Scenario({"a": Idle}, invariants=[wrong])
    with pytest.raises(TypeError, match="a list of functions"):
        Scenario({"a": Idle}, invariants=broken_after_two)


def test_an_invariant_that_fails_is_named():
    def clumsy(world):
        return world.nodes["a"].nothing

    for go in (
        Scenario({"a": Idle}, invariants=[clumsy]).run,
        Scenario({"a": Idle}, invariants=[clumsy]).explore,
    ):
        with pytest.raises(AttributeError) as caught:
            go()
        assert "in the invariant clumsy" in caught.value.__notes__


def test_of_a_crashed_node_only_the_disk_can_be_read():
    from course_lib.sim import Crash

    class Disky(Idle):
        def on_start(self):
            self.x, self.disk["kept"] = 1, 7

    def look(world):
        return world.alive("a") or (world.nodes["a"].disk == {"kept": 7} and world.nodes["a"].x)

    with pytest.raises(AttributeError, match=r"a is down: of a crashed node only .disk can be read, not .x"):
        Scenario({"a": Disky}, invariants=[look]).run([Crash("a", at=1)])
