"""The node: what a learner may do in a class and its handlers."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from course_lib.sim import Crash, Node, Scenario


class Quiet(Node):
    def on_message(self, sender, message):
        pass


def test_a_node_may_be_a_dataclass_with_methods_properties_and_a_parent():
    class Counting(Node):
        step = 1  # a default of the class

        def raised(self) -> int:
            return self.count + self.step

    @dataclass
    class Counter(Counting):
        count: int = 5
        seen: set = field(default_factory=lambda: {"z", "a", "m"})

        def on_start(self):
            super().on_start()
            self.count = self.raised()
            self.report(tuple(self.seen))

        @property
        def double(self) -> int:
            return 2 * self.count

        def on_message(self, sender, message):
            pass

    looked: list[Any] = []

    def look(world):
        looked.append((world.nodes["a"].count, world.nodes["a"].double, world.nodes["a"].raised()))
        return True

    scenario = Scenario({"a": Counter}, invariants=[look])
    trace = scenario.run()
    assert trace.nodes["a"].count == 6
    assert trace.reports == (("a", ("a", "m", "z")),)
    assert scenario.explore().ok
    assert set(looked) == {(6, 12, 7)}


def test_a_node_may_be_a_frozen_dataclass_that_keeps_all_on_disk():
    @dataclass(frozen=True)
    class Fixed(Node):
        step: int = 2

        def on_start(self):
            self.set_timer("t", 1)

        def on_timer(self, name):
            self.disk["n"] = self.disk.get("n", 0) + self.step

    scenario = Scenario({"a": Fixed})
    assert scenario.run().nodes["a"].disk == {"n": 2}
    assert scenario.explore(crashes=1, goal=lambda world: world.nodes["a"].disk == {"n": 4}).reached


def test_name_and_peers_are_there_from_on_start_on():
    class Telling(Quiet):
        def on_start(self):
            self.report((self.name, self.peers, self.now))

    trace = Scenario(dict.fromkeys(("c", "a", "b"), Telling)).run()
    assert trace.reports[0] == ("a", ("a", ("b", "c"), 0.0))


def test_init_need_not_call_super():
    class Plain(Quiet):
        def __init__(self, n):
            self.n = n

    assert Scenario({"a": lambda: Plain(3)}).run().nodes["a"].n == 3


def test_a_report_may_be_any_plain_value_and_is_a_copy():
    class Reporting(Quiet):
        def on_start(self):
            log = [1]
            self.report(log)
            log.append(2)
            self.report({"log": log, "set": {2, 1}})

    reports = Scenario({"a": Reporting}).run().reports
    assert reports == (("a", [1]), ("a", {"log": [1, 2], "set": {1, 2}}))


# The disk


@pytest.mark.parametrize("crashes", [0, 1])
def test_every_way_to_write_the_disk_counts(crashes):
    class Writer(Quiet):
        def on_start(self):
            if "log" in self.disk:
                return
            self.disk = {"log": [1]}
            self.disk |= {"b": 2}
            self.disk["log"].append(2)
            self.disk.setdefault("c", {})["x"] = 1
            self.disk.update(d=4)
            del self.disk["d"]
            self.disk["inner"] = {"list": []}
            inner = self.disk["inner"]["list"]
            inner.append(9)

    expected = {"log": [1, 2], "b": 2, "c": {"x": 1}, "inner": {"list": [9]}}
    faults = [Crash("a", at=1, until=2)] * crashes
    trace = Scenario({"a": Writer}).run(faults)
    assert trace.nodes["a"].disk == expected
    assert list(trace.nodes["a"].disk) == list(expected)

    def whole(world):
        return world.nodes["a"].disk == expected

    assert Scenario({"a": Writer}).explore(crashes=crashes, goal=whole).reached


def test_memory_and_disk_share_nothing_after_the_handler():
    class Sharing(Quiet):
        def on_start(self):
            self.log = []
            self.disk["log"] = self.log
            self.whole = self.disk
            self.send("a", 1)

        def on_message(self, sender, message):
            self.log.append("memory")
            self.disk["log"].append("disk")

    trace = Scenario({"a": Sharing}).run()
    assert trace.nodes["a"].log == ["memory"]
    assert trace.nodes["a"].disk == {"log": ["disk"]}
    assert trace.nodes["a"].whole == {"log": []}

    def apart(world):
        node = world.nodes["a"]
        return "memory" not in node.disk.get("log", []) or "they share a list"

    assert Scenario({"a": Sharing}, invariants=[apart]).explore(crashes=1).ok


def test_nothing_is_shared_with_what_the_factory_was_given():
    given = []

    class Given(Quiet):
        def __init__(self, log):
            self.log = log

        def on_start(self):
            self.log.append(self.name)

    scenario = Scenario({name: lambda: Given(given) for name in "ab"})
    assert scenario.run() == scenario.run()
    assert given == []
    assert scenario.run().nodes["b"].log == ["b"]


# Sets come back in order


def test_sets_iterate_sorted_after_the_handler_that_made_them():
    class Setting(Quiet):
        def __init__(self):
            self.made = {"q", "b", "x"}

        def on_start(self):
            self.report(list(self.made))
            self.grown = {"z"}
            self.send("a", frozenset({"m", "c", "p"}))

        def on_message(self, sender, message):
            self.grown.update(message, {"y", "d"})
            self.report(list(message))
            self.report([*(self.grown - {"m"})])
            self.report(list({"zz", "aa"} | self.grown)[:2])
            self.report([self.grown.pop(), *list(self.grown.copy())])

    reports = [value for _, value in Scenario({"a": Setting}).run().reports]
    assert reports == [
        ["b", "q", "x"],
        ["c", "m", "p"],
        ["c", "d", "p", "y", "z"],
        ["aa", "c"],
        ["c", "d", "m", "p", "y", "z"],
    ]
