"""Space-time diagrams and topologies: everything that happened is there once, touches nothing, and is told in words."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.paths import ROOT
from course_lib.pictures import Picture, spacetime, topology
from course_lib.pictures.moments import brief, moments
from course_lib.pictures.spacetime import diagram
from course_lib.pictures.topology import situation
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
    Step,
    Trace,
)  # fmt: skip


@dataclass(frozen=True)
class Ping:
    number: int


class Asker(Node):
    """Asks everybody again and again, and reports what comes back."""

    def on_start(self) -> None:
        self.asked = 0
        self.ask()

    def ask(self) -> None:
        self.asked += 1
        for peer in self.peers:
            self.send(peer, Ping(self.asked))
        if self.asked < 5:
            self.set_timer("again", 0.05)

    def on_message(self, sender: str, message: object) -> None:
        if isinstance(message, Ping):
            self.report(message.number)

    def on_timer(self, name: str) -> None:
        self.ask()


class Echo(Node):
    def on_message(self, sender: str, message: object) -> None:
        self.send(sender, message)


SYSTEM = {"a": Asker, "b": Echo, "c": Echo}


def scenario(seed: int = 0, **options: float) -> Scenario:
    return Scenario(SYSTEM, seed=seed, network=Network(**options), until=2)  # type: ignore[arg-type]


def parse(picture: Picture) -> ElementTree.Element:
    """The picture as a tree: it must be well-formed for that."""
    return ElementTree.fromstring(picture.svg)


def elements(picture: Picture, **wanted: str) -> Iterator[ElementTree.Element]:
    for element in parse(picture).iter():
        if all(element.get(name.replace("_", "-").rstrip("-")) == value for name, value in wanted.items()):
            yield element


def words(picture: Picture) -> list[str]:
    return [element.text or "" for element in parse(picture).iter() if element.tag.endswith("text")]


def fates(picture: Picture) -> Counter[str | None]:
    """How often each fate befell a message: its line comes first, its words after it."""
    lines = [
        e for e in parse(picture).iter() if e.get("data-fate") and any(c.tag.endswith("path") for c in e)
    ]
    return Counter(line.get("data-fate") for line in lines)


def test_every_message_is_an_arrow_and_every_lost_one_ends_in_a_cross() -> None:
    trace = scenario(seed=3, loss=0.3, jitter=0.02).run()
    picture = spacetime(trace, tall=None)
    kinds = Counter(event.kind for event in trace.events)
    assert kinds["drop"] > 0
    assert fates(picture) == Counter(delivered=kinds["deliver"], lost=kinds["drop"])
    assert len(list(elements(picture, class_="timer"))) == kinds["timer"]
    assert len(list(elements(picture, class_="report"))) == kinds["report"]


def test_a_repeated_message_is_drawn_twice_the_second_time_dashed() -> None:
    picture = spacetime(scenario().run([Duplicate("a>b#1", after=0.004)]), tall=None)
    lines = [e for e in elements(picture, data_message="a>b#1") if e.get("data-fate")]
    dashes = [path.get("stroke-dasharray") for e in lines for path in e if path.get("fill") == "none"]
    assert dashes == [None, "5 4"]


def test_a_crash_greys_the_lane_until_the_restart() -> None:
    picture = spacetime(scenario().run([Crash("b", at=0.03, until=0.12)]), tall=None)
    assert [e.get("data-node") for e in elements(picture, class_="crash")] == ["b"]
    assert [e.get("data-time") for e in elements(picture, class_="restart")] == ["0.12"]
    assert len(list(elements(picture, data_state="down"))) == 1
    assert any("b is down" in word for word in words(picture))


def test_a_pause_marks_the_lane_and_its_end() -> None:
    picture = spacetime(scenario().run([Pause("c", at=0.03, until=0.07)]), tall=None)
    assert len(list(elements(picture, data_state="paused"))) == 1
    assert {"paused until 0.07", "wakes up"} <= set(words(picture))


def test_a_partition_is_a_band_with_words_at_both_ends() -> None:
    picture = spacetime(scenario().run([Partition({"a"}, {"b", "c"}, at=0.03, until=0.12)]), tall=None)
    assert len(list(elements(picture, class_="partition"))) == 1
    assert {"cut: a | b, c", "healed: a | b, c"} <= set(words(picture))


def test_a_partition_without_an_end_reaches_to_the_end() -> None:
    picture = spacetime(scenario().run([Partition({"a", "b"}, {"c"}, at=0.03, oneway=True)]), tall=None)
    assert len(list(elements(picture, class_="partition"))) == 1
    assert "cut: a, b ⇸ c" in words(picture)


def test_a_skewed_clock_is_told() -> None:
    trace = scenario().run([ClockSkew("b", offset=-2.0, rate=1.5, at=0.01, until=0.1)])
    assert {"clock -2 s, ×1.5", "clock is right"} <= set(words(spacetime(trace, tall=None)))


def test_a_partition_among_the_steps_of_an_exploration_is_a_band_too() -> None:
    world = scenario().world()
    while world.enabled()[0].kind == "start":
        world.step(world.enabled()[0])
    world.step(Step("partition", ("a",)))
    world.step(Step("timer", ("a", "again")))
    world.step(Step("partition", ()))
    world.step(Step("deliver", "a>b#1"))
    picture = spacetime(world.trace())
    assert len(list(elements(picture, class_="partition"))) == 1
    assert [moment.time for moment in moments(world.trace()) if moment.kind in ("cut", "heal")] == [1, 3]
    assert fates(picture)["lost"] == 2  # what was sent across the cut
    assert "step" in words(picture)


def never_three(world: object) -> object:
    told = [value for _, value in world.reports]  # type: ignore[attr-defined]
    return True if 3 not in told else "three came back"


def test_what_the_broken_invariant_depends_on_is_thick_and_the_sentence_stands_below() -> None:
    trace = Scenario(SYSTEM, invariants=[never_three]).run()
    assert trace.violated == "never_three"
    picture = spacetime(trace)
    guilty = {e.get("data-message") for e in elements(picture, class_="message guilty")}
    assert guilty == trace.causes()
    assert "broken: never_three: three came back" in words(picture)
    assert picture.text.endswith("Broken: never_three: three came back")


def test_what_is_still_on_its_way_at_the_end_is_shown_so() -> None:
    trace = Scenario(SYSTEM, until=0.005).run()
    picture = spacetime(trace)
    assert fates(picture) == Counter(flying=2)


def test_a_message_that_takes_no_time_is_seen() -> None:
    drawing = diagram(Scenario(SYSTEM, network=Network(latency=0.0), until=0.01).run())
    happened = [e.kind for e in moments(Scenario(SYSTEM, network=Network(latency=0.0), until=0.01).run())]
    sends = [y for kind, y in zip(happened, drawing.y, strict=True) if kind == "send"]
    arrivals = [y for kind, y in zip(happened, drawing.y, strict=True) if kind == "deliver"]
    assert min(arrivals) > min(sends)


def test_of_a_long_trace_a_part_is_drawn_and_the_rest_is_named() -> None:
    trace = scenario(seed=1, jitter=0.01).run()
    first, last = spacetime(trace, most=10), spacetime(trace, around=trace.end, most=10)
    assert any(f"{len(trace) - 10:,} later left out" in word for word in words(first))
    assert any(f"{len(trace) - 10:,} earlier left out" in word for word in words(last))
    around = diagram(trace, around=0.1, most=10)
    times = [event.time for event in trace.events][around.first : around.first + 10]
    assert times[0] <= 0.1 <= times[-1]
    assert (
        "max-height" in spacetime(trace, tall=100).svg and "max-height" not in spacetime(trace, tall=None).svg
    )
    with pytest.raises(ValueError, match="most is a number of moments"):
        spacetime(trace, most=0)


def test_of_a_long_trace_that_broke_the_end_is_drawn() -> None:
    picture = spacetime(Scenario(SYSTEM, invariants=[never_three]).run(), most=5)
    assert "broken: never_three: three came back" in words(picture)
    assert any("earlier left out" in word for word in words(picture))


FAULTS = st.lists(
    st.sampled_from(
        [
            Crash("b", at=0.02, until=0.09),
            Crash("a", at=0.031),
            Pause("c", at=0.01, until=0.06),
            Partition({"a"}, {"b", "c"}, at=0.04, until=0.11),
            Partition({"b"}, {"c"}, at=0.0),
            Drop("a>b#1"),
            Delay("a>c#1", by=0.08),
            Duplicate("a>c#1", after=0.02),
        ]
    ),
    unique=True,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 50), faults=FAULTS, jitter=st.sampled_from([0.0, 0.03]))
def test_no_words_touch_others(seed: int, faults: list[object], jitter: float) -> None:
    trace = scenario(seed, jitter=jitter, loss=0.1).run(faults)  # type: ignore[arg-type]
    boxes = []
    for element in parse(spacetime(trace, most=500, tall=None)).iter():
        if element.tag.endswith("text") and element.get("paint-order"):
            x, y, wide = float(element.get("x", 0)), float(element.get("y", 0)), 6.2 * len(element.text or "")
            left = {"end": x - wide, "middle": x - wide / 2}.get(element.get("text-anchor", ""), x)
            boxes.append((left, left + wide, y - 8, y + 2, element.text))
    for i, (left, right, top, bottom, text) in enumerate(boxes):
        for other in boxes[:i]:
            apart = right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            assert apart, f"{text!r} touches {other[4]!r}"


def test_a_picture_is_the_same_text_on_every_run_and_in_every_process() -> None:
    program = (
        "from tests.test_spacetime import *; t = scenario(3, loss=0.2, jitter=0.02).run("
        "[Partition({'a'}, {'c', 'b'}, at=0.03)]); print(spacetime(t).svg, topology(scenario(), trace=t).svg)"
    )
    usual = {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "PYTHONIOENCODING": "utf-8"}
    ways = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
            env=os.environ | usual | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert ways[0] == ways[1] != ""


def test_words_of_a_message_are_escaped_and_fit() -> None:
    @dataclass(frozen=True)
    class Long:
        text: str

    assert brief(Long("x"), 40) == "Long(text='x')"
    assert brief(Long("<b>" * 4), 20) == "Long('<b><b><b><b>')"
    assert brief(Long("<b>" * 40), 20).endswith("…")

    class Shouting(Node):
        def on_start(self) -> None:
            if self.name == "a":
                self.send("b", "<script>&")

        def on_message(self, sender: str, message: object) -> None:
            pass

    assert "<script>" not in spacetime(Scenario({"a": Shouting, "b": Shouting}).run()).svg


def test_a_trace_without_events_is_a_picture_too() -> None:
    assert "0 events" in spacetime(Trace(("a", "b"), ())).text


def test_a_trace_shows_itself_even_where_only_the_simulation_was_imported() -> None:
    program = """
import sys
from course_lib.sim import Node, Scenario
trace = Scenario({"a": Node, "b": Node}).run()
assert "course_lib.pictures" not in sys.modules
bundle = trace._repr_mimebundle_()
assert "<svg" in bundle["text/html"] and bundle["text/plain"] == repr(trace)
assert not {"networkx", "numpy", "matplotlib"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_topology_shows_nodes_links_and_what_is_on_its_way() -> None:
    picture = topology(scenario(), trace=scenario().run(), at=0.005)
    assert {e.get("data-node") for e in elements(picture, class_="node")} == {"a", "b", "c"}
    assert {(e.get("data-from"), e.get("data-to")) for e in elements(picture, class_="link")} == {
        ("a", "b"), ("a", "c"), ("b", "c"),
    }  # fmt: skip
    assert {e.get("data-message") for e in elements(picture, class_="flight")} == {"a>b#1", "a>c#1"}
    assert "On their way: a>b#1 Ping(number=1)" in picture.text


def test_a_message_is_as_far_along_its_link_as_its_time_says() -> None:
    now = situation(moments(scenario().run()), 0.0075)
    assert [flight.fraction for flight in now.flights] == [pytest.approx(0.75)] * 2


def test_a_topology_shows_what_is_cut_down_or_paused() -> None:
    faults = [Partition({"a"}, {"b"}, at=0.01), Crash("c", at=0.01), Pause("b", at=0.01, until=1)]
    picture = topology(scenario(), trace=scenario().run(faults), at=0.02)
    assert [(e.get("data-from"), e.get("data-to")) for e in elements(picture, class_="link cut")] == [
        ("a", "b")
    ]
    assert {e.get("data-node"): e.get("data-state") for e in elements(picture, class_="node")} == {
        "a": "up", "b": "paused", "c": "down",
    }  # fmt: skip
    assert "c down. b paused. cut: a | b." in picture.text


def test_a_topology_of_names_alone() -> None:
    one, two = topology(["a"]), topology("ab", links=[("a", "b")])
    assert len(list(elements(one, class_="node"))) == 1
    assert "link from a to b" in two.svg
    with pytest.raises(ValueError, match="names 'z'; the nodes are a, b"):
        topology("ab", links=[("a", "z")])
