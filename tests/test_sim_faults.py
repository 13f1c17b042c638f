"""Faults: each does what it says."""

import pytest
from sim_chatty import Chatty, chatty

from course_lib.sim import (
    ClockSkew,
    Crash,
    Delay,
    Drop,
    Duplicate,
    Network,
    Node,
    Partition,
    Pause,
    Scenario,
    Trace,
)
from course_lib.sim.simulation import Simulation


def dropped(trace: Trace, note: str) -> list[tuple[str | None, float]]:
    return [(e.id, e.time) for e in trace.events if e.kind == "drop" and e.note == note]


def happened(trace: Trace, node: str, *kinds: str) -> list[tuple[float, str]]:
    return [(e.time, e.kind) for e in trace.events if e.node == node and e.kind in kinds]


# Partitions


def test_a_partition_cuts_both_ways_between_its_times():
    trace = chatty().run([Partition({"a"}, {"b"}, at=2, until=4)])
    cut = dropped(trace, "cut")
    assert cut == [("a>b#2", 2), ("b>a#2", 2), ("a>b#3", 3), ("b>a#3", 3)]
    assert trace.nodes["b"].got == [("a", 1), ("a", 4), ("a", 5)]


def test_a_message_on_its_way_is_lost_where_it_would_arrive_in_the_cut_and_arrives_after_it_has_healed():
    assert dropped(chatty().run([Partition({"a"}, {"b"}, at=1.25, until=1.75)]), "cut") == [
        ("a>b#1", 1.5), ("b>a#1", 1.5)
    ]  # fmt: skip
    assert dropped(chatty().run([Partition({"a"}, {"b"}, at=1.1, until=1.4)]), "cut") == []
    assert dropped(chatty().run([Partition({"a"}, {"b"}, at=1.5, until=1.6)]), "cut") != []
    assert dropped(chatty().run([Partition({"a"}, {"b"}, at=1.1, until=1.5)]), "cut") == []


def test_a_partition_for_ever_never_heals():
    trace = chatty().run([Partition({"a"}, {"b"}, at=0)])
    assert trace.nodes["a"].got == trace.nodes["b"].got == []


def test_a_partition_one_way_lets_the_first_group_hear_and_not_speak():
    trace = chatty("abc").run([Partition({"a"}, {"b", "c"}, at=0, oneway=True)])
    assert {sender for sender, _ in trace.nodes["a"].got} == {"b", "c"}
    assert {sender for sender, _ in trace.nodes["b"].got} == {"c"}


def test_a_partition_may_have_many_groups_and_nodes_in_none_reach_everybody():
    trace = chatty("abcd").run([Partition({"a"}, {"b"}, {"c"}, at=0)])
    heard = {name: {sender for sender, _ in trace.nodes[name].got} for name in "abcd"}
    assert heard == {"a": {"d"}, "b": {"d"}, "c": {"d"}, "d": {"a", "b", "c"}}


@pytest.mark.parametrize(
    ("groups", "word"),
    [
        ((), "two groups or more"),
        (({"a"},), "two groups or more"),
        (({"a"}, set()), "none of them empty"),
        (({"a"}, {"a", "b"}), "a stands in two groups"),
        (("a", "b"), "not a str"),
    ],
)
def test_a_partition_that_parts_nobody_is_refused(groups, word):
    with pytest.raises(ValueError, match=word):
        Partition(*groups, at=1)


# Crashes


def test_a_restarted_node_has_its_disk_and_no_memory():
    trace = chatty().run([Crash("b", at=3.25, until=6)])
    assert trace.nodes["b"].disk["starts"] == 2
    assert trace.states_at(3.25)["b"].disk == {"starts": 1, "heard": 2}
    assert not trace.states_at(3.25)["b"].alive and trace.states_at(3.25)["b"].memory is None
    assert trace.states_at(6)["b"].got == [] and trace.states_at(6)["b"].disk == {"starts": 2, "heard": 2}
    assert happened(trace, "b", "start", "crash", "restart") == [
        (0, "start"),
        (3.25, "crash"),
        (6, "restart"),
    ]


def test_a_crashed_node_hears_nothing_and_its_timers_are_gone():
    trace = chatty().run([Crash("b", at=1.25)])
    assert dropped(trace, "b is down") == [(f"a>b#{n}", n + 0.5) for n in range(1, 6)]
    assert happened(trace, "b", "timer") == [(1, "timer")]


def test_a_timer_set_before_the_crash_does_not_fire_after_the_restart():
    trace = chatty().run([Crash("b", at=1.75, until=1.8)])
    assert [time for time, _ in happened(trace, "b", "timer")] == [1, 2.8, 3.8, 4.8, 5.8, 6.8]


@pytest.mark.parametrize(
    ("after", "told"), [("a>b#1", {"b"}), ("a>c#1", {"b", "c"}), ("a>d#1", {"b", "c", "d"})]
)
def test_a_crash_after_a_message_strikes_in_the_middle_of_the_handler(after, told):
    trace = chatty("abcd").run([Crash("a", after=after)])
    assert {e.peer for e in trace.events if e.kind == "send" and e.node == "a"} == told
    assert happened(trace, "a", "crash") == [(1, "crash")]
    assert {name for name in "bcd" if ("a", 1) in trace.nodes[name].got} == told


class Orderly(Node):
    """Writes 1, tells b, writes 2, tells c, reports."""

    def on_start(self):
        self.set_timer("go", 1)

    def on_timer(self, name):
        self.disk["n"] = 1
        self.send("b", "one")
        self.disk["n"] = 2
        self.send("c", "two")
        self.report("done")

    def on_message(self, sender, message):
        pass


@pytest.mark.parametrize(("after", "disk", "reports"), [("a>b#1", 1, 0), ("a>c#1", 2, 0), (None, 2, 1)])
def test_what_was_asked_for_before_the_crash_happens_and_what_came_later_does_not(after, disk, reports):
    faults = [Crash("a", after=after)] if after else []
    trace = Scenario(dict.fromkeys("abc", Orderly)).run(faults)
    assert trace.nodes["a"].disk == {"n": disk}
    assert len([value for node, value in trace.reports if node == "a"]) == reports


def test_a_crash_after_a_message_may_end():
    trace = chatty().run([Crash("a", after="a>b#2", until=3)])
    assert happened(trace, "a", "crash", "restart") == [(2, "crash"), (3, "restart")]
    trace = chatty().run([Crash("a", after="a>b#2", until=1)])
    assert happened(trace, "a", "crash", "restart") == [(2, "crash"), (2, "restart")]


def test_after_the_last_crash_in_the_middle_of_a_handler_the_disk_is_watched_no_more():
    faults = (Crash("a", after="a>b#1", until=2), Crash("a", after="a>c#1", until=5))
    simulation = Simulation(dict.fromkeys("abc", Orderly), Network(), (), 0, faults, 9.0)
    trace = simulation.run()
    assert happened(trace, "a", "crash", "restart") == [
        (1, "crash"),
        (2, "restart"),
        (3, "crash"),
        (5, "restart"),
    ]
    assert [node for node, _ in trace.reports].count("a") == 1
    site = simulation.sites["a"]
    assert (site.disk, type(site.disk), site.watched) == ({"n": 2}, dict, False)


def test_a_node_that_two_faults_keep_down_comes_back_when_both_are_over():
    trace = chatty().run([Crash("b", at=1, until=5), Crash("b", at=3, until=8)])
    assert happened(trace, "b", "crash", "restart") == [(1, "crash"), (8, "restart")]
    trace = chatty().run([Crash("b", at=1, until=5), Crash("b", at=3, until=4)])
    assert happened(trace, "b", "crash", "restart") == [(1, "crash"), (5, "restart")]
    trace = chatty().run([Crash("b", at=1, until=5), Crash("b", at=3)])
    assert happened(trace, "b", "crash", "restart") == [(1, "crash")]


def test_a_node_may_crash_at_the_moment_at_which_it_came_back():
    trace = chatty().run([Crash("b", at=2, until=10), Crash("b", at=10, until=12)])
    assert happened(trace, "b", "crash", "restart") == [
        (2, "crash"), (10, "restart"), (10, "crash"), (12, "restart")
    ]  # fmt: skip


def test_each_life_of_a_node_has_its_own_chance():
    class Lucky(Node):
        def on_start(self):
            self.report(self.random.random())
            self.set_timer("again", 10)

        def on_timer(self, name):
            self.report(self.random.random())

    scenario = Scenario({"a": Lucky, "b": Lucky})
    calm = scenario.run()
    trace = scenario.run([Crash("a", at=1, until=2)])
    assert [r for r in trace.reports if r[0] == "b"] == [r for r in calm.reports if r[0] == "b"]
    assert len({value for _, value in trace.reports}) == 5


# Pauses


def test_a_paused_node_wakes_up_unaware_and_handles_what_came_in_order():
    trace = chatty("ab", latency=0.25).run([Pause("b", at=1.1, until=4.1)])
    assert [(e.time, e.id) for e in trace.events if e.node == "b" and e.kind in ("deliver", "timer")] == [
        (1, "round"),
        *[(4.1, id) for id in ("a>b#1", "round", "a>b#2", "a>b#3")],
        (4.25, "a>b#4"), (5.1, "round"), (5.25, "a>b#5"), (6.1, "round"), (7.1, "round"),
    ]  # fmt: skip
    assert [e.note for e in trace.events if e.kind == "pause"] == ["until 4.1", "wakes up"]


def test_what_came_before_the_cut_is_still_handled_by_a_node_that_slept():
    faults = [Pause("b", at=1.25, until=6), Partition({"a"}, {"b"}, at=2, until=9)]
    assert chatty().run(faults).nodes["b"].got == [("a", 1)]


def test_what_would_come_in_the_cut_is_lost_also_for_a_node_that_sleeps():
    faults = [Pause("b", at=1.25, until=6), Partition({"a"}, {"b"}, at=1.4, until=2)]
    assert ("a", 1) not in chatty().run(faults).nodes["b"].got


def test_a_node_that_two_faults_pause_wakes_up_when_both_are_over():
    trace = chatty().run([Pause("b", at=1.25, until=5), Pause("b", at=3, until=8)])
    assert min(e.time for e in trace.events if e.node == "b" and e.kind == "deliver") == 8
    assert [e.time for e in trace.events if e.note == "wakes up"] == [8]


def test_a_crash_ends_a_pause_and_what_was_held_is_lost():
    trace = chatty().run([Pause("b", at=1.25, until=9), Crash("b", at=3, until=3.25)])
    assert dropped(trace, "b is down") == [("a>b#1", 3), ("a>b#2", 3)]
    assert [e.time for e in trace.events if e.node == "b" and e.kind == "deliver"] == [3.5, 4.5, 5.5]


def test_each_thing_a_node_catches_up_with_is_judged():
    def at_most_one(world):
        return len(world.nodes["b"].got) != 2 or "just two"

    scenario = Scenario({"a": Chatty, "b": Chatty}, network=Network(latency=0.5), invariants=[at_most_one])
    trace = scenario.run([Pause("b", at=1.25, until=6)])
    assert trace.violated == "at_most_one" and trace.events[-1].id == "a>b#2"


# Clocks


class Reading(Node):
    def on_start(self):
        self.set_timer("read", 2)

    def on_timer(self, name):
        self.report(self.now)
        if self.now < 20:
            self.set_timer("read", 2)

    def on_message(self, sender, message):
        pass


def readings(*faults) -> list[tuple[float, float]]:
    trace = Scenario({"a": Reading, "b": Reading}, until=9).run(faults)
    return [(e.time, e.message) for e in trace.events if e.kind == "report" and e.node == "a"]


def test_a_clock_may_be_ahead():
    assert readings(ClockSkew("a", offset=5, at=3)) == [(2, 2), (4, 9), (6, 11), (8, 13)]
    assert readings(ClockSkew("a", offset=-1)) == [(2, 1), (4, 3), (6, 5), (8, 7)]


def test_a_clock_that_runs_fast_also_ends_timers_early():
    assert readings(ClockSkew("a", rate=2)) == [(time, 2 * time) for time in range(1, 10)]


def test_a_clock_is_wrong_from_the_moment_on_at_which_the_skew_begins():
    # at 3 s it says 3 still; set at 2 s, the timer of 2 s fires at 4 s, when the clock says 3 + 2 * 1
    assert readings(ClockSkew("a", rate=2, at=3))[:3] == [(2, 2), (4, 5), (5, 7)]


def test_a_clock_that_is_set_right_again_is_right():
    assert readings(ClockSkew("a", offset=1, rate=2, at=0, until=3)) == [
        (1, 3),
        (2, 5),
        (3, 3),
        (5, 5),
        (7, 7),
        (9, 9),
    ]


def test_a_skewed_clock_concerns_no_other_node():
    trace = Scenario({"a": Reading, "b": Reading}, until=9).run([ClockSkew("a", offset=5, rate=3)])
    assert [e.message for e in trace.events if e.kind == "report" and e.node == "b"] == [2, 4, 6, 8]


# Single messages


def test_one_message_is_dropped():
    trace = chatty().run([Drop("a>b#3")])
    assert dropped(trace, "dropped") == [("a>b#3", 3)]
    assert [number for _, number in trace.nodes["b"].got] == [1, 2, 4, 5]


def test_one_message_is_late():
    trace = chatty().run([Delay("a>b#3", by=1.75)])
    assert [number for _, number in trace.nodes["b"].got] == [1, 2, 4, 3, 5]
    assert [e.time for e in trace.events if e.id == "a>b#3"] == [3, 5.25]


def test_one_late_message_holds_up_a_fifo_link():
    trace = chatty(fifo=True).run([Delay("a>b#3", by=1.75)])
    assert [(e.time, e.message) for e in trace.events if e.node == "b" and e.kind == "deliver"] == [
        (1.5, 1), (2.5, 2), (5.25, 3), (5.25, 4), (5.5, 5)
    ]  # fmt: skip


def test_one_message_arrives_twice():
    trace = chatty().run([Duplicate("a>b#3"), Duplicate("a>b#4", after=2)])
    assert [number for _, number in trace.nodes["b"].got] == [1, 2, 3, 3, 4, 5, 4]
    assert [e.time for e in trace.events if e.note == "again"] == [3.5, 6.5]
