"""The picture of cause and effect: each event once, with its clock, and past, future or neither of the event chosen."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from course_lib.clocks import happened_before, lamport_times, vector_times
from course_lib.paths import ROOT
from course_lib.pictures import Picture, causality
from course_lib.pictures.spacetime import AXIS
from course_lib.sim import Crash, Drop, Duplicate, Network, Node, Partition, Scenario, Trace


@dataclass(frozen=True)
class Note:
    text: str


class Talker(Node):
    """b passes on what it hears first to c, c to a; a has one more word later, for itself too."""

    def on_start(self) -> None:
        self.heard = 0
        if self.name == "a":
            self.set_timer("later", 0.12)
        if self.name != "b":
            self.send("b", Note(f"from {self.name}"))

    def on_timer(self, name: str) -> None:
        self.send("c", Note("late"))
        self.send("a", Note("to myself"))

    def on_message(self, sender: str, message: Note) -> None:
        self.heard += 1
        if self.heard == 1 and self.name != "a":
            self.send({"b": "c", "c": "a"}[self.name], message)
            self.report(message.text)


SYSTEM = Scenario(dict.fromkeys("abc", Talker), network=Network(jitter=0.03), seed=3)
FAULTS = [
    Crash("b", at=0.1, until=0.11),
    Drop("c>b#1"),
    Duplicate("a>b#1", after=0.1),
    Partition({"a"}, {"b", "c"}, at=0.05),
]


def parse(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def clocks(picture: Picture) -> dict[int, ElementTree.Element]:
    """The group of each event's clock, by number."""
    groups = [group for group in parse(picture).iter() if "data-event" in group.attrib]
    found = {int(group.attrib["data-event"]): group for group in groups}
    assert len(found) == len(groups)
    return found


def words(group: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in group.iter() if text.tag.endswith("text"))


def noticed(trace: Trace) -> set[int]:
    return {i for i, event in enumerate(trace.events) if event.kind != "drop"}


@pytest.mark.parametrize("faults", [[], FAULTS], ids=["healthy", "faulty"])
def test_each_event_of_a_node_has_its_clock_written_at_it_once(faults: list) -> None:
    trace = SYSTEM.run(faults)
    told = {i: words(group) for i, group in clocks(causality(trace)).items()}
    assert told == {
        i: f"({','.join(str(vector_times(trace)[i][name]) for name in trace.names)})" for i in noticed(trace)
    }
    told = {i: words(group) for i, group in clocks(causality(trace, clocks="lamport")).items()}
    assert told == {i: str(lamport_times(trace)[i]) for i in noticed(trace)}
    assert not clocks(causality(trace, clocks=None))


@pytest.mark.parametrize("faults", [[], FAULTS], ids=["healthy", "faulty"])
def test_past_future_and_neither_are_what_happened_before_says(faults: list) -> None:
    trace = SYSTEM.run(faults)
    for chosen in noticed(trace):
        picture = causality(trace, chosen)
        side = {i: group.attrib["class"].split()[1] for i, group in clocks(picture).items()}
        for i in noticed(trace):
            past, future = happened_before(trace, i, chosen), happened_before(trace, chosen, i)
            assert side[i] == (
                "itself" if i == chosen else "past" if past else "future" if future else "neither"
            )
        count = Counter(side.values())
        assert (
            f"could have caused it: {count['past']}, could be caused by it: {count['future']}, "
            in picture.text
        )
        assert picture.text.endswith(f"concurrent with it: {count['neither']}.")


def test_only_what_is_concurrent_is_pale() -> None:
    trace = SYSTEM.run()
    for i, group in clocks(causality(trace, 5)).items():
        pale = any("opacity" in part.attrib for part in group.iter())
        assert pale == (group.attrib["class"] == "clock neither"), i
    assert not re.search("(?<!-)opacity=", causality(trace).svg)


def test_past_and_future_differ_in_more_than_their_colour() -> None:
    cones = {
        group.attrib["class"]: list(group)
        for group in parse(causality(SYSTEM.run(), 5)).iter()
        if group.attrib.get("class", "").startswith("cone")
    }
    assert set(cones) == {"cone past", "cone future"} and all(cones.values())
    assert not any("stroke-dasharray" in band.attrib for band in cones["cone past"])
    assert all("stroke-dasharray" in band.attrib for band in cones["cone future"])


def test_an_event_is_chosen_by_itself_or_by_its_number() -> None:
    trace = SYSTEM.run()
    assert causality(trace, trace.events[5]).svg == causality(trace, 5).svg
    assert causality(trace, replace(trace.events[5])).svg == causality(trace, 5).svg


def test_an_event_that_is_none_is_named() -> None:
    trace = SYSTEM.run(FAULTS)
    lost = next(i for i, event in enumerate(trace.events) if event.kind == "drop")
    sending = next(
        i for i, e in enumerate(trace.events) if e.kind == "send" and e.id == trace.events[lost].id
    )
    with pytest.raises(ValueError, match=f"event {lost} is a loss.*choose the sending, event {sending}"):
        causality(trace, lost)
    for wrong in (999, -1, True, "a"):
        with pytest.raises(
            ValueError, match=rf"no event {wrong!r}; give one of trace.events, or 0 to {len(trace) - 1}"
        ):
            causality(trace, wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not 'hybrid'"):
        causality(trace, clocks="hybrid")  # type: ignore[arg-type]


def test_of_a_long_trace_the_part_around_the_event_chosen_is_drawn() -> None:
    trace = SYSTEM.run()
    last = len(trace) - 1
    shown = clocks(causality(trace, last, most=6))
    assert last in shown and len(shown) == 6
    assert words(shown[last]) == words(clocks(causality(trace, last))[last])
    assert set(clocks(causality(trace, 1, most=6))) >= {1}


def test_clocks_and_other_words_do_not_touch() -> None:
    slips = []
    for part in parse(causality(SYSTEM.run(FAULTS), 4)).iter():
        if part.tag.endswith("rect") and part.attrib.get("height") == "12":
            x, y, wide = (float(part.attrib[key]) for key in ("x", "y", "width"))
            slips.append((x, y, x + wide, y + 12))
    assert len(slips) > 15
    for i, one in enumerate(slips):
        for other in slips[:i]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_the_clock_of_an_event_chosen_in_the_first_lane_leaves_its_number_alone() -> None:
    trace = SYSTEM.run()
    widest = max(
        (i for i, event in enumerate(trace.events) if event.node == trace.names[0]),
        key=lambda i: len(str(vector_times(trace)[i])),
    )
    clock = clocks(causality(trace, widest))[widest]
    slip = next(part for part in clock.iter() if part.tag.endswith("rect"))
    assert float(slip.attrib["x"]) >= AXIS - 8  # where the numbers end


def test_a_trace_without_events_is_a_picture_too() -> None:
    empty = Trace(("a", "b"), [])
    assert parse(causality(empty)) is not None
    with pytest.raises(ValueError, match="no event 0"):
        causality(empty, 0)


def test_the_picture_is_the_same_text_in_every_process() -> None:
    code = "import test_causality_picture as t; print(t.causality(t.SYSTEM.run(t.FAULTS), 4).svg)"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert drawn == {causality(SYSTEM.run(FAULTS), 4).svg + "\n"}
