"""The history lab without a browser: what each act does to the history and its ladder, and what it refuses."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from course_lib.consistency import CASRegister, History, KeyValue, Operation, Register, Verdict
from course_lib.labs import HistoryLab
from course_lib.labs.guard import Refused
from course_lib.labs.history_examples import EXAMPLES
from course_lib.labs.history_limits import LONGEST, MOST
from course_lib.labs.history_model import HistoryModel


def holds(model: HistoryModel) -> list[str]:
    """The models that hold."""
    return [level for level, verdict in model.ladder.items() if isinstance(verdict, Verdict) and verdict]


def test_moving_a_stale_read_into_the_write_makes_it_linearizable() -> None:
    model = HistoryModel()
    assert "linearizable" not in holds(model) and "sequential" in holds(model)
    model.act("move", index=1, by=-3)
    assert (model.history[1].start, model.history[1].end) == (3, 5)
    assert "linearizable" in holds(model)
    assert model.status == "linearizable holds."
    model.act("undo")
    assert "linearizable" not in holds(model)


def test_a_longer_write_and_another_result_change_the_ladder_too() -> None:
    model = HistoryModel()
    model.act("resize", index=0, end="end", by=2)  # equal times overlap
    assert "linearizable" in holds(model)
    model.act("set_value", index=1, value="7")
    assert model.history[1].result == 7
    assert "sequential" not in holds(model)  # nobody wrote 7


def test_a_write_that_was_not_answered_may_take_effect_at_any_time() -> None:
    model = HistoryModel()
    model.act("set_known", index=0, known=False)
    assert model.history[0].end is None and "linearizable" in holds(model)
    model.act("set_known", index=0, known=True)
    assert model.history[0].end == 2


def test_operations_come_and_go_and_change_their_kind() -> None:
    model = HistoryModel()
    model.act("add", process="bob")
    assert model.history[2] == Operation("bob", "read", result=0, start=9, end=11)
    assert model.chosen == 2
    model.act("add")
    assert model.history.processes == ("ann", "bob", "cem")
    chosen = model.chosen
    assert chosen is not None
    model.act("set_kind", index=chosen, kind="write")
    assert any(one.process == "cem" and one.kind == "write" for one in model.history)
    model.act("remove", index=0)
    assert len(model.history) == 3 and model.chosen is None


def test_a_number_is_a_process_that_the_browser_knows_as_a_text() -> None:
    model = HistoryModel([Operation(1, "write", 1, start=0, end=1)])
    model.act("add", process="1")
    assert model.history.processes == (1,)


@pytest.mark.parametrize(
    "do, arguments, words",
    [
        ("move", {"index": 0, "by": -1}, "time goes from 0 to 40"),
        ("move", {"index": 9, "by": 1}, "There is no operation 9"),
        ("resize", {"index": 1, "end": "end", "by": -5}, "ends before it starts"),
        ("resize", {"index": 1, "end": "middle", "by": 1}, "a start and an end, not 'middle'"),
        ("move", {"index": 1, "by": 0.5}, "by whole units, up to 40; not by 0.5"),
        ("drag", {"index": 1, "part": "whole", "by": 10**9}, "by whole units"),
        (
            "drag",
            {"index": 1, "part": "middle", "by": 1},
            "a start, an end and the whole of it, not 'middle'",
        ),
        ("set_key", {"index": 1, "key": "x"}, "only one register"),
        ("set_value", {"index": 1, "value": " "}, "a number or a short text, not ''"),
        ("set_kind", {"index": 1, "kind": "cas"}, "a read or a write, not 'cas'"),
        ("load", {"name": "lost"}, "There is no history 'lost'"),
        ("climb", {"level": "strong"}, "There is no model 'strong'"),
        ("undo", {}, "nothing to undo"),
        ("fly", {}, "'fly' is nothing that one can do here"),
        ("move", {"index": 0}, "missing 1 required positional argument: 'by'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    do: str, arguments: dict[str, Any], words: str
) -> None:
    model = HistoryModel()
    before = model.history
    with pytest.raises(Refused, match=words):
        model.act(do, **arguments)
    assert model.history == before and not model.past


def test_operations_of_one_process_do_not_overlap() -> None:
    model = HistoryModel(EXAMPLES["own write not seen"])
    with pytest.raises(Refused, match="a process does one thing at a time"):
        model.act("move", index=1, by=-3)


def test_an_unanswered_read_has_no_result_to_change() -> None:
    model = HistoryModel()
    model.act("set_known", index=1, known=False)
    with pytest.raises(Refused, match="tick Answered first"):
        model.act("set_value", index=1, value="1")


def test_a_lab_has_room_for_so_many_operations_and_keeps_the_last() -> None:
    model = HistoryModel()
    while len(model.history) < MOST:
        model.act("add")
    with pytest.raises(Refused, match=f"{MOST} operations are what the lab can show"):
        model.act("add")
    alone = HistoryModel([Operation("ann", "read", result=0, start=0, end=1)])
    with pytest.raises(Refused, match="the last operation"):
        alone.act("remove", index=0)


@pytest.mark.parametrize(
    "given, words",
    [
        ([], "1 to 24 operations"),
        ([Operation("ann", "cas", (0, 1), True, 0, 1)], "reads and writes"),
        ([Operation("ann", "read", result=0, start=0, end=LONGEST + 1)], "time goes from 0"),
        (["read"], "made of Operations"),
    ],
)
def test_a_history_that_the_lab_cannot_show_is_refused(given: list[Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        HistoryLab(given)


def test_the_specification_is_a_register_or_a_map_where_there_are_keys_or_what_is_given() -> None:
    model = HistoryModel()
    assert repr(model.spec) == repr(Register(0))
    model.act("load", name="Dekker")
    assert repr(model.spec) == repr(KeyValue(0))
    own = HistoryModel([Operation("ann", "read", result=5, start=0, end=1)], CASRegister(5))
    assert "linearizable" in holds(own)
    own.act("load", name="stale read")
    own.act("undo")
    assert "linearizable" in holds(own)  # it was not judged by another specification meanwhile


@pytest.mark.parametrize(
    "name, first",
    [
        ("stale read", "sequential"),
        ("new, then old", "sequential"),
        ("lost update", "linearizable"),
        ("Dekker", "causal"),
        ("own write not seen", "monotonic reads"),
        ("effect before cause", "read your writes"),
        ("two orders", "causal"),
        ("perhaps", "linearizable"),
    ],
)
def test_each_ready_made_history_breaks_what_it_is_there_for(name: str, first: str) -> None:
    assert holds(HistoryModel(EXAMPLES[name]))[0] == first


def test_all_ready_made_histories_are_loaded_by_name() -> None:
    model = HistoryModel()
    for name in EXAMPLES:
        model.act("load", name=name)
        assert model.example == name and list(model.history) == list(History(EXAMPLES[name]))
    model.act("move", index=0, by=1)
    assert model.example == ""


def test_the_code_makes_the_same_history() -> None:
    for operations in EXAMPLES.values():
        model = HistoryModel(operations)
        assert eval(model.code(), {"History": History, "Operation": Operation}) == model.history


@pytest.mark.parametrize("seed", range(5))
def test_whatever_a_reader_does_the_lab_answers_in_json_and_can_go_back(seed: int) -> None:
    rng = random.Random(seed)
    lab = HistoryLab()
    for number in range(60):
        index = rng.randrange(len(lab.model.history))
        do, arguments = rng.choice(
            [
                ("move", {"index": index, "by": rng.randint(-3, 3)}),
                ("resize", {"index": index, "end": rng.choice(["start", "end"]), "by": rng.randint(-3, 3)}),
                (
                    "drag",
                    {"index": index, "part": rng.choice(["start", "end", "whole"]), "by": rng.randint(-9, 9)},
                ),
                ("drop", {}),
                ("set_key", {"index": index, "key": rng.choice(["x", "z", ""])}),
                ("set_value", {"index": index, "value": rng.choice(["1", "2", "x", "", "--5", "²"])}),
                ("set_kind", {"index": index, "kind": rng.choice(["read", "write"])}),
                ("set_known", {"index": index, "known": rng.random() < 0.5}),
                ("add", {"process": rng.choice(["ann", ""])}),
                ("remove", {"index": index}),
                ("load", {"name": rng.choice(list(EXAMPLES))}),
                ("climb", {"level": rng.choice(list(lab.model.ladder))}),
                ("select", {"index": index}),
            ]
        )
        lab._on_act(lab, {"number": number, "do": do, "with": arguments}, [])
        assert lab.frame["number"] == number
        assert "Error" not in lab.frame["status"]
        json.dumps(lab.frame)
    while lab.model.past:
        lab.act("undo")
    assert list(lab.model.history) == EXAMPLES["stale read"]


def test_a_drag_goes_as_far_as_there_is_room_and_is_one_change_to_undo() -> None:
    model = HistoryModel(EXAMPLES["own write not seen"])
    for by in (-1, -1, -1):
        model.act("drag", index=1, part="whole", by=by)
    assert [(one.start, one.end) for one in model.history.of("ann")] == [(0, 2), (2, 4)]
    model.act("drop")
    assert "is broken" in model.status
    model.act("drag", index=1, part="end", by=-9)
    assert model.history[1].end == 2
    model.act("undo")
    model.act("undo")
    assert list(model.history) == list(History(EXAMPLES["own write not seen"])) and not model.past


def test_the_axis_grows_only_after_a_drag() -> None:
    lab = HistoryLab()
    unit = lab.frame["unit"]
    lab.act("drag", index=1, part="end", by=30)
    assert lab.model.history[1].end == 12 and lab.frame["unit"] == unit
    lab.act("drop")
    assert lab.frame["unit"] < unit


def test_an_operation_goes_to_another_register() -> None:
    model = HistoryModel(EXAMPLES["Dekker"])
    model.act("set_key", index=0, key="z")
    assert model.history.keys == ("x", "y", "z")
    with pytest.raises(Refused, match="short text"):
        model.act("set_key", index=0, key=" ")


def test_the_axis_keeps_still_while_a_bar_moves() -> None:
    lab = HistoryLab()
    unit = lab.frame["unit"]
    for _ in range(3):
        lab.act("move", index=1, by=1)
        assert lab.frame["unit"] == unit


def test_a_lab_says_what_it_shows() -> None:
    assert repr(HistoryLab()) == "<HistoryLab: linearizable is broken.>"
    assert "The read by bob at 6 returned 0" in HistoryLab().picture.text
