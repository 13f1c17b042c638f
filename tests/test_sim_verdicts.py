"""An exploration claims no more than it knows: its bounds, what was withheld, and what was taken for one."""

from course_lib.messaging import delivery
from course_lib.sim import Node, Scenario


class Ticking(Node):
    def on_start(self):
        self.ticks = 0
        self.set_timer("tick", 1)

    def on_timer(self, name):
        self.ticks = min(self.ticks + 1, 3)
        self.set_timer("tick", 1)


class Twice(Node):
    def on_start(self):
        self.got = 0
        if self.name == "a":
            self.send("b", "pay")
            self.send("b", "pay")

    def on_message(self, sender, message):
        self.got += 1


def three(world):
    return world.nodes["a"].ticks == 3


def test_the_bounds_are_part_of_the_verdict():
    found = delivery.scenario().explore(losses=1, crashes=1)
    assert str(found).startswith("exhausted within crashes=1, losses=1: 258 states")


def test_what_more_timers_would_bring_is_unknown_not_impossible():
    scenario = Scenario({"a": Ticking})
    short = scenario.explore(timeouts=2, goal=three, always_possible=three)
    assert not short.ok
    assert (short.stuck, short.reached, short.withheld) == (None, None, True)
    assert "three: was not reached so far" in str(short)
    assert "three: unknown where all timers had fired" in str(short)
    assert scenario.explore(goal=three, always_possible=three).ok


def test_a_correct_protocol_is_not_called_stuck_for_want_of_timers():
    options = {"losses": 1, "crashes": 1, "duplicates": 1, "timeouts": 2}
    found = delivery.scenario().explore(**options, always_possible=delivery.all_answered)
    assert found.complete
    assert found.stuck is None


def test_identical_messages_that_were_taken_for_one_are_told():
    scenario = Scenario({"a": Twice, "b": Twice})
    assert scenario.explore().merged
    assert "identical messages on their way were taken for one" in str(scenario.explore())
    assert not scenario.explore(duplicates=1).merged


def test_copies_without_end_are_told_with_the_remedy():
    found = delivery.scenario().explore(losses=1, duplicates=1, max_states=5_000)
    assert not found.complete
    assert "bound them, timeouts=2" in str(found)
