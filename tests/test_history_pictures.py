"""Histories drawn: where the bars and their words stand, and what a verdict adds."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from course_lib.consistency import (
    History,
    Operation,
    Register,
    Specification,
    is_linearizable,
    is_sequential,
)
from course_lib.pictures import marks
from course_lib.pictures.bars import Canvas, brief
from course_lib.pictures.history import history_picture, verdict_picture
from course_lib.pictures.timeline import moments, ticks


def write(process: str, value: object, start: float, end: float | None) -> Operation:
    return Operation(process, "write", value, start=start, end=end)


def read(process: str, result: object, start: float, end: float) -> Operation:
    return Operation(process, "read", result=result, start=start, end=end)


STALE = History([write("ann", 1, 0, 4), read("bob", 0, 6, 8), read("cem", 1, 9, 12)])


class AnyRegister(Specification):
    """Answers whatever a read has returned."""

    def apply(self, state: object, operation: Operation) -> tuple[object, None]:
        return operation.result, None


def bars(svg: str) -> dict[int, dict[str, str]]:
    """The attributes of each operation's group, with the x and the width of its bar."""
    found = {}
    for group in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"):
        if "data-operation" in group.attrib:
            rect = group.findall("{http://www.w3.org/2000/svg}rect")[-1]
            found[int(group.attrib["data-operation"])] = {
                **group.attrib,
                "x": rect.attrib["x"],
                "width": rect.attrib["width"],
            }
    return found


def random_history(rng: random.Random, processes: int = 4, operations: int = 8) -> History:
    made = []
    for process in range(processes):
        now = 0.0
        for number in range(operations):
            start = now + rng.choice([0, 0.1, 1, 5])
            now = start + rng.choice([0, 0.01, 2, 3])
            name = f"p{process}"
            last = number == operations - 1 and rng.random() < 0.5
            made.append(
                write(name, f"{process}.{number}", start, None if last else now)
                if rng.random() < 0.5
                else read(name, rng.randrange(99), start, now)
            )
            now += 0.001
    return History(made)


def test_every_operation_is_a_bar_from_its_start_to_its_end() -> None:
    drawn = bars(history_picture(STALE).svg)
    lefts = [float(drawn[i]["x"]) for i in range(3)]
    units = [(right - left) / 6 for left, right in [(lefts[0], lefts[1])]]
    assert float(drawn[0]["width"]) == pytest.approx(4 * units[0], abs=0.2)
    assert float(drawn[2]["width"]) == pytest.approx(3 * units[0], abs=0.2)
    assert [drawn[i]["data-process"] for i in range(3)] == ["ann", "bob", "cem"]


def test_an_operation_without_length_can_be_seen() -> None:
    drawn = bars(history_picture(History([write("ann", 1, 0, 0), read("bob", 1, 9, 9)])).svg)
    assert all(float(bar["width"]) >= 5 for bar in drawn.values())


def test_an_operation_of_unknown_outcome_has_no_end() -> None:
    history = History([write("ann", 1, 0, None), write("ann", 2, 5, 6), write("bob", 3, 6, None)])
    svg = history_picture(history).svg
    drawn = bars(svg)
    assert svg.count(">?</text>") == 2 and svg.count("stroke-dasharray") == 2
    assert float(drawn[0]["x"]) + float(drawn[0]["width"]) < float(drawn[1]["x"])
    assert float(drawn[2]["width"]) > 20  # though it began at the last moment that is known


@pytest.mark.parametrize("seed", range(20))
def test_words_never_lie_over_one_another_nor_beyond_the_picture(seed: int) -> None:
    canvas = Canvas(random_history(random.Random(seed)), None, 760)
    rows: dict[tuple[object, int], list[tuple[float, float]]] = {}
    for one, x, row in canvas.words(canvas.width):
        rows.setdefault((one.process, row), []).append((x, x + marks.width(canvas.brief(one))))
        assert x + marks.width(canvas.brief(one)) <= canvas.whole
    for places in rows.values():
        assert all(right < left for (_, right), (left, _) in pairwise(places))


def test_a_long_history_is_wider_and_scrolls_and_says_what_it_leaves_out() -> None:
    long = History(read("ann", 0, i, i + 0.5) for i in range(50))
    assert 'overflow-x:auto"><svg' in history_picture(long).svg
    assert Canvas(long, None, 760).width > 2_000
    short = history_picture(long, most=12)
    assert len(bars(short.svg)) == 12 and "38 later operations left out" in short.svg
    with pytest.raises(ValueError, match="most is a number of operations, 1 or more, not 0"):
        history_picture(long, most=0)


def test_the_guilty_stand_out_by_more_than_their_colour() -> None:
    svg = verdict_picture(is_linearizable(STALE, Register(0))).svg
    drawn = bars(svg)
    assert [i for i in drawn if drawn[i].get("data-guilty")] == [0, 1]
    assert "✗ write(1)" in svg and "✗ read → 0" in svg and "✗ read → 1" not in svg
    assert "good until here" in svg
    assert "linearizable: no." in svg and "The read by bob at 6 returned 0" in svg
    assert "opacity" in drawn[2] and "opacity" not in drawn[0]  # the read by cem has no part in it


def test_good_until_here_is_at_the_return_that_breaks_it_though_the_guilty_go_on() -> None:
    history = History([write("a", 1, 0, 1), write("b", 2, 2, 8), read("a", 2, 3, 4), read("c", 1, 5, 6)])
    verdict = is_linearizable(history, Register(0))
    assert max(one.ended for one in verdict.operations) == 8
    canvas = Canvas(history, verdict, 760)
    assert f'x1="{canvas.x(6):.1f}"'.replace(".0", "") in canvas.limit()


def test_words_say_what_was_called_and_what_it_returned() -> None:
    made = [
        write("a", 1, 0, 1),
        read("a", None, 2, 3),
        Operation("a", "read", result="1", start=4, end=5, key="x"),
        Operation("a", "cas", (1, 2), True, 6, 7),
        Operation("a", "write", 3, start=8, key="x"),
        Operation("a", "read", start=9),
    ]
    assert [brief(one) for one in made] == [
        "write(1)",
        "read → None",
        "read(x) → '1'",
        "cas(1, 2) → True",
        "write(x, 3)",
        "read",
    ]


def test_good_until_here_stays_within_the_picture() -> None:
    early = History([write("ann", 1, 0, 1), read("bob", 0, 2, 3), read("bob", 1, 500, 600)])
    svg = verdict_picture(is_linearizable(early, Register(0))).svg
    assert re.search(r'text-anchor="start"[^>]*>good until here', svg)


def test_a_linearization_has_a_numbered_point_within_each_bar() -> None:
    history = History([write("ann", 1, 0, 9), read("bob", 0, 1, 3), read("cem", 1, 4, 6)])
    verdict = is_linearizable(history, Register(0))
    svg = verdict_picture(verdict).svg
    assert re.findall(r'data-point="(\d)"', svg) == ["1", "2", "3"]
    assert verdict.order == (history[1], history[0], history[2])


@pytest.mark.parametrize("seed", range(30))
def test_linearization_points_lie_within_their_operations_and_in_order(seed: int) -> None:
    rng = random.Random(seed)
    history = random_history(rng)
    verdict = is_linearizable(history, AnyRegister())
    assert verdict.order
    last = max(one.ended for one in history if one.known) + 1
    points = moments(verdict.order, last)
    assert all(one.begun <= at <= min(one.ended, last) for one, at in zip(verdict.order, points, strict=True))
    assert all(one <= other for one, other in pairwise(points))


def test_points_of_operations_that_lie_together_are_told_apart() -> None:
    points = moments([write(name, 1, 0, 10) for name in "abc"], 10)
    assert points == [2.5, 5.0, 7.5]


def test_a_sequential_order_is_numbered_at_the_starts() -> None:
    verdict = is_sequential(History(STALE[:2]), Register(0))
    numbers = re.findall(r'<circle cx="([\d.]+)"[^>]*/><text[^>]*>(\d)<', verdict_picture(verdict).svg)
    assert [number for _, number in numbers] == ["1", "2"]
    assert float(numbers[0][0]) > float(numbers[1][0])  # the read comes first, although it began later


def test_processes_are_told_apart_though_their_names_read_alike() -> None:
    canvas = Canvas(History([Operation(1, "write", 1, start=0, end=1), write("1", 2, 0, 1)]), None, 760)
    assert canvas.y(1) != canvas.y("1")


def test_what_people_wrote_is_escaped() -> None:
    svg = history_picture(History([write("<b>", "a&b<script>", 0, 1)])).svg
    assert "<script>" not in svg and "<b>" not in svg
    ElementTree.fromstring(svg)


def test_the_same_history_is_the_same_picture_and_no_operations_are_one_too() -> None:
    assert history_picture(STALE).svg == history_picture(History(reversed(list(STALE)))).svg
    assert history_picture(History()).svg.startswith("<div")


def test_histories_and_verdicts_show_themselves() -> None:
    verdict = is_linearizable(STALE, Register(0))
    for shown in (STALE, verdict):
        bundle = shown._repr_mimebundle_()
        assert 'role="img"' in bundle["text/html"] and bundle["text/plain"] == repr(shown)
    assert (
        'aria-label="A history of 3 operations: write(1) by ann; read() by bob -&gt; 0'
        in verdict_picture(verdict).svg
    )


@pytest.mark.parametrize(
    "span, expected",
    [
        ((0, 8), [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ((0, 12), [0, 2, 4, 6, 8, 10, 12]),
        ((0.2, 0.5), [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5]),
    ],
)
def test_the_axis_has_round_numbers(span: tuple[float, float], expected: list[float]) -> None:
    assert ticks(*span) == expected
