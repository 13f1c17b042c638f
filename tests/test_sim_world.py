"""The world that a lab, a replay and an exploration step through by hand."""

import pytest

from course_lib.sim import Network, Node, Scenario, Step


class Burst(Node):
    def on_start(self):
        self.got = []
        self.set_timer("late", 5)
        if self.name == "a":
            self.send("b", 1)
            self.send("b", 2)

    def on_message(self, sender, message):
        self.got.append(message)

    def on_timer(self, name):
        self.disk["rang"] = True


def started(**network):
    world = Scenario({"a": Burst, "b": Burst}, network=Network(**network)).world()
    while world.enabled()[0].kind == "start":
        world.step(world.enabled()[0])
    return world


def test_at_first_all_nodes_start_in_the_order_of_their_names():
    world = Scenario({"b": Burst, "a": Burst}).world()
    assert world.enabled() == (Step("start", "a"),)
    world.step(Step("start", "a"))
    assert world.enabled() == (Step("start", "b"),)


def test_every_step_that_can_happen_is_listed_in_a_fixed_order():
    assert list(map(str, started().enabled())) == [
        "deliver a>b#1", "deliver a>b#2", "lose a>b#1", "lose a>b#2", "duplicate a>b#1", "duplicate a>b#2",
        "timer a late", "timer b late", "crash a", "crash b",
    ]  # fmt: skip


def test_on_a_fifo_link_only_the_first_message_can_arrive():
    world = started(fifo=True)
    assert [str(step) for step in world.enabled() if step.kind == "deliver"] == ["deliver a>b#1"]
    with pytest.raises(ValueError, match="deliver a>b#2 is not possible now"):
        world.step(Step("deliver", "a>b#2"))
    world.step(Step("lose", "a>b#1"))
    world.step(Step("deliver", "a>b#2"))
    assert world.nodes["b"].got == [2]


def test_across_a_cut_nothing_arrives_until_it_has_healed():
    world = started()
    world.step(Step("partition", ("b",)))
    assert not [step for step in world.enabled() if step.kind == "deliver"]
    with pytest.raises(ValueError, match="not possible now"):
        world.step(Step("deliver", "a>b#1"))
    world.step(Step("partition", ()))
    world.step(Step("deliver", "a>b#1"))
    assert world.nodes["b"].got == [1]


def test_a_step_that_is_not_possible_is_a_value_error_and_changes_nothing():
    world = started()
    before = world.trace().to_text(), world.time
    for step in (
        Step("start", "a"), Step("restart", "a"), Step("deliver", "a>b#3"), Step("deliver", "b>a#1"),
        Step("timer", ("a", "early")), Step("timer", ("z", "late")), Step("crash", "z"), Step("lose", "a>b#9"),
        Step("duplicate", "x"), Step("partition", ("z",)), Step("nonsense", "a"),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            world.step(step)
    world.step(Step("crash", "a"))
    with pytest.raises(ValueError, match="crash a is not possible now; these are: deliver a>b#1"):
        world.step(Step("crash", "a"))
    with pytest.raises(ValueError):
        world.step(Step("timer", ("a", "late")))
    assert world.trace().to_text().startswith(before[0]) and world.time == before[1] + 1_000_000


def test_a_copy_may_arrive_twice_and_what_is_lost_never():
    world = started()
    for step in (
        Step("duplicate", "a>b#2"), Step("deliver", "a>b#2"), Step("lose", "a>b#1"), Step("deliver", "a>b#2")
    ):  # fmt: skip
        world.step(step)
    assert world.nodes["b"].got == [2, 2] and world.messages == ()


def test_a_node_crashes_between_two_effects_where_the_step_says_so():
    class Two(Burst):
        def on_timer(self, name):
            self.disk["x"] = 1
            self.send("b", 3)
            self.disk["x"] = 2

    for cut, disk, sent in ((1, {"x": 1}, 0), (2, {"x": 1}, 1), (3, {"x": 2}, 1), (None, {"x": 2}, 1)):
        world = Scenario({"a": Two, "b": Burst}).world()
        for step in (Step("start", "a"), Step("start", "b"), Step("timer", ("a", "late"), cut=cut)):
            world.step(step)
        assert world.nodes["a"].disk == disk and world.alive("a") == (cut is None)
        assert [message for *_, message in world.messages].count(3) == sent


def test_a_world_taken_by_hand_gives_a_trace_that_replays():
    scenario = Scenario({"a": Burst, "b": Burst})
    world = started()
    world.step(Step("deliver", "a>b#2"))
    world.step(Step("crash", "b"))
    trace = world.trace()
    assert scenario.replay(trace).trace == trace and trace.length == 2
    assert [event.kind for event in trace.events[-2:]] == ["deliver", "crash"]
