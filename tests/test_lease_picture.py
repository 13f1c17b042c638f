"""The lock's picture: what is read from a trace, in sentences, and that all of it is drawn."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from course_lib.locks import leases
from course_lib.pictures import lease_words, palette
from course_lib.pictures.lease import WIDE, Drawing, lease_picture
from course_lib.pictures.lease_reading import read
from course_lib.pictures.lease_signs import hatch
from course_lib.pictures.lease_story import Story, listed
from course_lib.sim import Crash, Delay, Drop, Duplicate, Fault, Node, Pause, Scenario, Trace

LATE = Pause("ann", at=2, until=15)


def run(*faults: Fault, without: str = "", **options: Any) -> Trace:
    """A run to its end, whatever breaks, without one of the safeguards."""
    options.setdefault("invariants", [])
    return leases.scenario(leases.ALL - {without}, **options).run(faults)


def story(*faults: Fault, without: str = "", **options: Any) -> Story:
    return read(run(*faults, without=without, **options))


def test_a_late_holder_and_the_next_both_believe_and_the_late_write_is_refused() -> None:
    assert story(LATE).sentences() == [
        "From 10.2 s to 14.3 s ann and bob both believe that they have the lock.",
        "ann's write with fence 1 is refused: the counter has seen 2.",
        "The counter is 1 after 1 write.",
    ]


def test_without_fences_an_update_is_lost() -> None:
    told = story(LATE, without="fenced writes").sentences()
    assert told[1:] == [
        "ann's write with fence 1 is accepted, after one with fence 2.",
        "2 writes were accepted and the counter is 1: an update is lost.",
    ]


def test_without_fenced_reads_the_write_that_loses_is_in_order() -> None:
    late = Pause("ann", at=2, until=12)
    lost = [one for one in story(late, without="fenced reads").operations if one.loses]
    assert [(one.worker, one.fence, one.after) for one in lost] == [("bob", 2, 0)]
    assert story(late).sentences()[-1] == "The counter is 1 after 1 write."


def test_one_after_the_other_is_nothing_to_tell() -> None:
    assert story().sentences() == [
        "At no time do two workers believe that they have the lock.",
        "The counter is 2 after 2 writes.",
    ]
    assert story(workers=1).sentences() == ["The counter is 1 after 1 write."]


def test_leases_say_how_they_ended() -> None:
    assert [(one.worker, one.fence, one.ending) for one in story(LATE).leases] == [
        ("ann", 1, "expired"),
        ("bob", 2, "given back"),
    ]
    stolen = story(Pause("ann", at=2, until=12), without="a token of one's own", workers=3)
    assert stolen.leases[1].ending == "deleted by ann"
    assert "The lock of bob is deleted by ann at 12.0 s." in stolen.sentences()
    assert story(without="only if nobody has it").leases[0].ending == "taken over by bob"


def test_three_who_believe_at_once_are_all_named() -> None:
    first = story(without="only if nobody has it", workers=3).sentences()[0]
    assert first == "From 0.0 s to 4.1 s ann, bob and cat all believe that they have the lock."


def test_pairs_that_overlap_in_turn_are_told_one_by_one() -> None:
    pairs = [one.workers for one in story(without="fenced writes", ttl=2.0, workers=3).together]
    assert pairs == [("ann", "bob"), ("bob", "cat")]


def test_a_very_short_time_is_told_with_more_digits() -> None:
    told = story(Delay("lock>ann#1", by=12)).sentences()
    assert told[0].startswith("From 12.02 s to 12.04 s ann and bob")


def test_a_holder_that_crashes_keeps_the_lock_until_it_expires_or_for_ever() -> None:
    dead = Crash("ann", at=1)
    assert "ann crashes at 1.0 s with the lock: it is free again at 10.0 s." in story(dead).sentences()
    forever = story(dead, without="expiry")
    assert "ann crashes at 1.0 s with the lock: it is still not free at the end." in forever.sentences()
    assert forever.leases[0].ending == ""
    assert [(one.state, one.open) for one in forever.troubles] == [("down", True)]


def test_a_crash_ends_a_pause() -> None:
    troubles = story(Pause("ann", at=1, until=9), Crash("ann", at=3, until=5)).troubles
    assert [(one.state, one.start, one.end) for one in troubles] == [("paused", 1, 3), ("down", 3, 5)]


def test_a_write_that_is_lost_on_its_way_is_told() -> None:
    dropped = story(Drop("ann>counter#2"))
    assert "ann's write with fence 1 does not arrive." in dropped.sentences()
    assert dropped.beliefs[0].open  # it waits for an answer for ever


def test_a_write_that_comes_twice_is_two_operations() -> None:
    twice = story(Duplicate("ann>counter#2"))
    assert [one.kind for one in twice.operations if one.worker == "ann"] == ["read", "write", "write"]


def test_a_run_that_stops_where_an_invariant_breaks_says_so() -> None:
    told = read(leases.scenario(leases.ALL - {"fenced writes"}).run([LATE])).sentences()[-1]
    assert told.startswith("The run ends there: accepted_in_order: the counter took an operation of fence 1")


@pytest.mark.parametrize("safeguard", ["fenced writes", "fenced reads", "a token of one's own"])
def test_what_exploration_finds_is_drawn_over_its_steps(safeguard: str) -> None:
    found = leases.scenario(leases.ALL - {safeguard}).explore().counterexample
    assert found
    picture = lease_picture(found)
    assert re.search(r"From step \d+ (on|to step \d+) ann and bob both believe", picture.text)
    assert ">steps</text>" in picture.svg


RUNS: dict[str, Trace] = {
    "late": run(LATE),
    "unfenced": run(LATE, without="fenced writes"),
    "nothing": run(),
    "alone": run(Crash("lock", at=1, until=3), workers=1),
    "crash": run(Crash("ann", at=1)),
    "restart": run(Crash("ann", at=1, until=6)),
    "slow write": run(Delay("ann>counter#2", by=12)),
    "slow lease": run(Delay("lock>ann#1", by=12)),
    "dropped": run(Drop("ann>counter#2")),
    "three": run(Pause("ann", at=2, until=12), without="a token of one's own", workers=3),
    "all": run(without="only if nobody has it", workers=3),
    "asleep at once": run(Pause("ann", at=0, until=40), Pause("bob", at=0, until=40)),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_picture_has_a_bar_for_each_belief_and_lease_and_a_sign_for_each_operation(name: str) -> None:
    told, picture = read(RUNS[name]), lease_picture(RUNS[name])
    root = ElementTree.fromstring(picture.svg)
    kinds = [element.get("class") for element in root.iter("{http://www.w3.org/2000/svg}g")]
    assert kinds.count("believes") == len(told.beliefs)
    assert kinds.count("lease") == len(told.leases)
    assert kinds.count("read") + kinds.count("write") == len(told.operations)
    assert kinds.count("together") == len(told.together)
    assert kinds.count("paused") + kinds.count("down") == len(told.troubles)
    assert root.get("role") == "img" and root.get("aria-label") == picture.text == repr(picture)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_stands_outside_of_the_picture_and_no_words_on_others(name: str) -> None:
    drawing = Drawing(read(RUNS[name]))
    for words in (drawing.notes, drawing.alarms):
        for one in words:
            assert one.ends[0] >= 0 and one.ends[1] <= WIDE
            for other in words:
                if other is not one and other.row == one.row:
                    assert one.ends[1] <= other.ends[0] or other.ends[1] <= one.ends[0]
    markup = lease_picture(RUNS[name]).svg
    assert all(float(x) <= WIDE for x in re.findall(r'\bx[12]?="([0-9.]+)"', markup))
    assert not re.search(r'(width|height|r)="-', markup)


def test_what_is_wrong_is_told_by_signs_and_words_not_by_colour_alone() -> None:
    markup = lease_picture(RUNS["late"]).svg
    assert "ann and bob both believe" in markup and "stroke-dasharray" in markup
    assert "✗ ann&#x27;s write refused: fence 1 &lt; 2" in markup
    assert "update lost" in lease_picture(RUNS["unfenced"]).svg
    assert palette.WRONG in markup


def test_the_axis_ends_where_it_is_told_to() -> None:
    drawing = Drawing(read(RUNS["late"]), until=30)
    assert drawing.unit * 30 == pytest.approx(drawing.x(30) - drawing.x(0))
    assert ">25</text>" in lease_picture(RUNS["late"], until=30).svg
    with pytest.raises(ValueError, match="above 0, not -1"):
        lease_picture(RUNS["late"], until=-1)


def test_a_trace_of_something_else_is_refused() -> None:
    class Quiet(Node):
        pass

    trace = Scenario({"a": Quiet, "b": Quiet}).run()
    with pytest.raises(ValueError, match=r"about a trace of leases\.scenario\(\.\.\.\), not .* nodes a, b"):
        lease_picture(trace)


def test_a_saved_trace_gives_the_same_picture() -> None:
    assert lease_picture(Trace.from_json(RUNS["late"].to_json())).svg == lease_picture(RUNS["late"]).svg


def test_the_picture_has_no_ids_which_would_clash_with_another_in_the_page() -> None:
    assert not re.search(r'\bid="|url\(#', lease_picture(RUNS["late"]).svg)


def test_hatching_stays_in_its_box() -> None:
    for wide in (1.0, 7.0, 40.0, 333.0):
        path = hatch(10, 20, wide, 30).split(' d="')[1].split('"')[0]
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path):
            assert path == "M0 0" or (10 <= float(x) <= 10 + wide and 20 <= float(y) <= 50)


def test_names_are_listed_in_words() -> None:
    assert listed(("ann",)) == "ann"
    assert listed(("ann", "bob", "cat")) == "ann, bob and cat"
    assert lease_words.rows([]) == 0
