"""Exploration: the shortest counterexample, goals, stuck states, random schedules."""

import pytest
from sim_nodes import Asker, Counter, Msg, Sink, Source, Tick, Twin, Voter, counted, recorded, source, steps

from course_lib.sim import Node, Scenario


class Ring(Node):
    def on_start(self):
        self.seen = 0
        if self.name == "a":
            for number in range(3):
                self.send("a", Msg(number))
            self.send("b", Msg(9))

    def on_message(self, sender, message):
        self.seen += 1
        if message == Msg(9) and self.name == "b":
            self.send("a", Msg(10))


def three(world):
    return world.nodes["a"].seen < 3 or "three"


def test_the_counterexample_is_the_shortest():
    found = Scenario({"a": Ring, "b": Ring}, invariants=[three]).explore(losses=2, timeouts=3)
    assert (found.violated, found.ok, found.complete) == ("three", False, False)
    assert len(steps(found.counterexample)) == 3
    assert found.counterexample.violated == "three" and found.counterexample.reason == "three"
    assert str(found).startswith("three breaks: three\nshortest run: 3 steps, found after ")


def test_an_invariant_broken_at_the_start_has_a_counterexample_of_no_steps():
    def never(world):
        return "at once"

    found = Scenario({"a": Ring, "b": Ring}, invariants=[never]).explore()
    assert found.violated == "never" and steps(found.counterexample) == []
    assert "shortest run: 0 steps" in str(found)


def test_an_invariant_of_two_arguments_is_asked_about_every_step():
    def no_jump(before, after):
        return after.nodes["a"].seen - before.nodes["a"].seen < 1 or "it moved"

    def back(before, after):
        return before.nodes["a"].seen <= after.nodes["a"].seen or "it fell"

    found = Scenario({"a": Ring, "b": Ring}, invariants=[back, no_jump]).explore()
    assert found.violated == "no_jump" and len(steps(found.counterexample)) == 1
    assert found.counterexample.violated == "no_jump"
    assert Scenario({"a": Ring, "b": Ring}, invariants=[back]).explore().ok


def test_an_invariant_of_two_arguments_finds_a_step_between_known_states():
    class Flip(Tick):
        def on_start(self):
            self.up = False
            self.set_timer("ring", 1)

        def on_timer(self, name):
            self.up = not self.up
            self.set_timer("ring", 1)

    def only_up(before, after):
        return before.nodes["a"].up <= after.nodes["a"].up or "it went down"

    found = Scenario({"a": Flip}, invariants=[only_up]).explore()
    assert found.violated == "only_up" and len(steps(found.counterexample)) == 2
    assert found.counterexample.violated == "only_up"


def test_a_counterexample_replays_in_a_live_world_and_breaks_there_too():
    scenario = Scenario({"a": Ring, "b": Ring}, invariants=[three])
    found = scenario.explore(losses=1)
    replay = scenario.replay(found.counterexample)
    assert replay.trace == found.counterexample
    assert replay.world().violated == "three"
    assert replay.world().nodes["a"].seen == 3
    from course_lib.sim import Trace

    assert scenario.replay(Trace.from_json(found.counterexample.to_json())).trace == found.counterexample


def test_reports_are_a_part_of_the_state_where_an_invariant_asks_for_them():
    class Teller(Counter):
        def on_message(self, sender, message):
            self.report(message.n)

    def in_order(world):
        said = [value for _, value in world.reports]
        return said == sorted(said) or f"reported {said}"

    kinds = {"a": type("Source", (Source,), {"count": 3}), "b": Teller}
    assert Scenario(kinds).explore().states == 8
    found = Scenario(kinds, invariants=[in_order]).explore()
    assert found.violated == "in_order" and len(steps(found.counterexample)) == 2

    def look(world):
        return len(world.reports) <= 3 or "more"

    # orders in which some of three have come: 1 + 3 + 6 + 6
    assert counted(Scenario(kinds, invariants=[look])) == (16, 15)


def test_messages_on_their_way_can_be_asked_for():
    def few(world):
        assert all(message[:2] == ("a", "b") for message in world.messages)
        return len(world.messages) != 1 or f"one is left: {world.messages[0][2].n}"

    found = Scenario({"a": Source, "b": Sink}, invariants=[few]).explore()
    assert len(steps(found.counterexample)) == 2 and found.counterexample.violated == "few"


def test_where_two_messages_are_one_the_counterexample_says_so():
    def some_left(world):
        return len(world.messages) > 0 or "none left"

    kinds = {"a": type("Source", (Twin,), {"count": 2}), "b": Sink}
    scenario = Scenario(kinds, invariants=[some_left])
    found = scenario.explore()
    assert found.violated == found.counterexample.violated == "some_left"
    assert (
        "another like it is on its way" in found.counterexample.to_text() and found.counterexample.length == 1
    )
    assert scenario.replay(found.counterexample).world().violated == "some_left"


# Goals and stuck states


class Token(Node):
    def on_start(self):
        self.has = self.name == "a"
        if self.has:
            self.set_timer("pass", 1)

    def on_timer(self, name):
        self.has = False
        self.send(self.peers[0], Msg(0))

    def on_message(self, sender, message):
        self.has = True
        self.set_timer("pass", 1)


def b_has_it(world):
    return world.nodes["b"].has


def test_from_every_state_the_goal_can_still_be_reached_until_the_token_is_lost():
    scenario = Scenario({"a": Token, "b": Token})
    found = scenario.explore(always_possible=b_has_it)
    assert found.ok and found.stuck is None and "b_has_it: always possible" in str(found)
    found = scenario.explore(always_possible=b_has_it, losses=1)
    assert not found.ok and found.complete
    assert steps(found.stuck) == ["timer a pass", "lose a>b#1"]
    assert "b_has_it: no longer possible after 2 steps" in str(found)


def test_what_is_not_exhausted_is_never_ok():
    scenario = Scenario({"a": Token, "b": Token})
    found = scenario.explore(always_possible=b_has_it, goal=b_has_it, max_states=2)
    assert not found.ok and not found.complete and found.states == 2 and found.stuck is None
    assert "not exhausted: stopped after 2 states" in str(found) and "proves nothing" in str(found)
    assert "b_has_it: unknown, the space was not exhausted" in str(found)
    assert "b_has_it: was not reached so far" in str(found)

    class Growing(Tick):
        def on_start(self):
            self.n = 0
            super().on_start()

        def on_timer(self, name):
            self.n += 1
            super().on_timer(name)

    found = Scenario({"a": Growing}).explore(max_states=100)
    assert (found.states, found.complete, found.ok) == (100, False, False)
    found = Scenario({"a": Growing}).explore(timeouts=10, max_states=11)
    assert (found.states, found.complete, found.ok) == (11, True, True)


def test_a_found_goal_says_in_how_many_steps():
    found = Scenario({"a": Token, "b": Token}).explore(goal=b_has_it)
    assert found.ok and len(steps(found.reached)) == 2
    assert str(found) == "exhausted: 4 states, 4 transitions; nothing breaks\nb_has_it: reached in 2 steps"


@pytest.mark.parametrize(
    "options",
    [
        {"crashes": -1}, {"losses": 1.5}, {"duplicates": None}, {"partitions": "1"}, {"timeouts": -1},
        {"timing": "sync"}, {"strategy": "depth"}, {"clock": []}, {"clock": [3, 1]}, {"max_states": 0},
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_is_refused_by_name(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        Scenario({"a": Sink}).explore(**options)


# Random schedules


def test_random_schedules_find_a_shallow_bug_and_never_say_exhausted():
    scenario = Scenario({"a": Ring, "b": Ring}, invariants=[three], seed=5)
    one, other = (scenario.explore(strategy="random", losses=1, max_states=2000) for _ in range(2))
    assert one.violated == "three" and not one.complete and not one.ok
    assert one.counterexample == other.counterexample and str(one) == str(other)
    assert one.counterexample.violated == "three"
    assert scenario.replay(one.counterexample).world().violated == "three"


def test_random_schedules_let_messages_of_one_link_overtake():
    assert source(3).explore(strategy="random", max_states=500).states == 8


@pytest.mark.parametrize("strategy", ["breadth", "random"])
def test_random_schedules_crash_in_the_middle_of_a_handler_too(strategy):
    found = Scenario({"a": Asker, "b": Voter}, invariants=[recorded]).explore(crashes=1, strategy=strategy)
    assert found.violated == found.counterexample.violated == "recorded"


def test_random_schedules_that_find_nothing_say_that_this_proves_nothing():
    for scenario in (Scenario({"a": Sink}), source(3)):
        found = scenario.explore(strategy="random", max_states=200)
        assert not found.ok and not found.complete and found.violated is None
        assert "not exhausted" in str(found) and "proves nothing" in str(found)
    assert found.states == 8


def test_the_state_graph_can_be_drawn():
    import networkx as nx

    found = source(2).explore(graph=True)
    graph = found.graph()
    assert isinstance(graph, nx.MultiDiGraph)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (found.states, found.transitions)
    assert sorted({step for _, _, step in graph.edges(data="step")}) == [
        "deliver Msg(n=0) from a to b", "deliver Msg(n=1) from a to b"
    ]  # fmt: skip
    assert nx.dag_longest_path_length(nx.DiGraph(graph)) == 2
