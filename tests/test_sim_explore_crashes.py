"""Exploration: crashes between two effects of a handler, and when timers may fire."""

import pytest
from sim_nodes import Alarm, Asker, Counter, Msg, Voter, recorded, steps

from course_lib.sim import Node, Scenario


class Teller(Alarm):
    def on_timer(self, name):
        for peer in self.peers:
            self.send(peer, Msg(1))


@pytest.mark.parametrize("told", ["", "b", "bc", "bcd"])
def test_a_node_may_crash_when_it_has_told_some_of_three(told):
    kinds = {"a": Teller, **dict.fromkeys("bcd", Counter)}

    def just_these(world):
        heard = "".join(name for name in "bcd" if world.alive(name) and world.nodes[name].n)
        return heard == told and not world.alive("a") and not world.messages

    found = Scenario(kinds).explore(crashes=1, goal=just_these)
    assert found.reached
    least = {"": 1, "b": 2, "bc": 3, "bcd": 5}[told]  # all three: the timer, the crash, three arrivals
    assert len(steps(found.reached)) == least


def test_a_loss_that_is_not_allowed_does_not_happen():
    def only_c(world):
        b, c = world.nodes["b"], world.nodes["c"]
        return not world.alive("a") and not world.messages and b.n == 0 and c.n == 1

    kinds = {"a": Teller, **dict.fromkeys("bc", Counter)}
    assert not Scenario(kinds).explore(crashes=1, goal=only_c).reached
    assert Scenario(kinds).explore(crashes=1, losses=1, goal=only_c).reached


def test_a_vote_may_leave_before_its_record():
    found = Scenario({"a": Asker, "b": Voter}, invariants=[recorded]).explore(crashes=1)
    assert steps(found.counterexample) == ["deliver a>b#1, crashing after 1 effects", "deliver b>a#1"]
    assert found.counterexample.violated == "recorded"
    safe = type("Safe", (Voter,), {"record_first": True})
    assert Scenario({"a": Asker, "b": safe}, invariants=[recorded]).explore(crashes=1).ok
    # Without a crash a handler is whole, so the order within it does not matter.
    assert Scenario({"a": Asker, "b": Voter}, invariants=[recorded]).explore().ok


WRITES = {
    "two writes": lambda disk: (disk.update(x=1), disk.update(y=1)),
    "items": lambda disk: (disk.__setitem__("x", 1), disk.__setitem__("y", 1)),
    "in place": lambda disk: (disk["log"].append(1), disk["log"].append(2)),
    "write and delete": lambda disk: (disk.__setitem__("x", 1), disk.pop("log")),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_crash_may_fall_between_two_writes(name):
    class Writer(Alarm):
        def on_start(self):
            if not self.disk:
                self.disk["log"] = []
                self.set_timer("ring", 1)

        def on_timer(self, timer):
            WRITES[name](self.disk)

    whole = []

    def all_or_nothing(world):
        disk = world.nodes["a"].disk
        whole.append(dict(disk))
        return (
            disk in ({"log": []}, {"log": [], "x": 1, "y": 1}, {"log": [1, 2]}, {"x": 1}) or f"half: {disk}"
        )

    found = Scenario({"a": Writer}, invariants=[all_or_nothing]).explore(crashes=1)
    assert found.violated and steps(found.counterexample) == ["timer a ring, crashing after 1 effects"]


@pytest.mark.parametrize("write", [
    lambda node: node.disk.update(x=1, y=1),
    lambda node: setattr(node, "disk", {"x": 1, "y": 1}),
    lambda node: setattr(node, "disk", node.disk.__ior__({"x": 1, "y": 1})),
])  # fmt: skip
def test_one_write_is_whole(write):
    class Writer(Alarm):
        def on_timer(self, name):
            write(self)

    def all_or_nothing(world):
        return world.nodes["a"].disk in ({}, {"x": 1, "y": 1}) or f"half: {world.nodes['a'].disk}"

    assert Scenario({"a": Writer}, invariants=[all_or_nothing]).explore(crashes=1).ok


def test_a_crashed_node_has_its_disk_and_no_memory_or_timers_when_it_comes_back():
    class Memo(Alarm):
        def on_start(self):
            self.fresh = True
            self.disk["starts"] = self.disk.get("starts", 0) + 1
            if self.disk["starts"] == 1:
                self.set_timer("ring", 1)

        def on_timer(self, name):
            self.fresh = False
            self.disk["rang"] = self.disk["starts"]

    def clean(world):
        node = world.nodes["a"]
        return not world.alive("a") or node.disk["starts"] == 1 or (node.fresh is True) or "memory came back"

    def once(world):
        return world.nodes["a"].disk.get("rang") in (None, 1) or "a timer came back"

    assert Scenario({"a": Memo}, invariants=[clean, once]).explore(crashes=2).ok


# Timing


class Client(Counter):
    def on_start(self):
        self.late = False
        self.send("b", Msg(0))
        self.set_timer("timeout", 1)

    def on_message(self, sender, message):
        self.cancel_timer("timeout")

    def on_timer(self, name):
        self.late = True


def late(world):
    return world.alive("a") and world.nodes["a"].late


class Server(Node):
    def on_message(self, sender, message):
        self.send(sender, message)


def test_a_timer_may_fire_at_any_moment_or_only_when_nothing_can_still_come():
    scenario = Scenario({"a": Client, "b": Server})
    assert steps(scenario.explore(goal=late).reached) == ["timer a timeout"]
    found = scenario.explore(goal=late, timing="synchronous")
    assert found.reached is None and not found.ok and found.complete
    assert "late: cannot be reached" in str(found)
    assert len(steps(scenario.explore(goal=late, timing="synchronous", losses=1).reached)) == 2
    assert len(steps(scenario.explore(goal=late, timing="synchronous", crashes=1).reached)) == 2
    assert len(steps(scenario.explore(goal=late, timing="synchronous", partitions=1).reached)) == 2
    assert scenario.explore(goal=late, timeouts=0).reached is None
