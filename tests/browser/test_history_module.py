"""The history lab's script on a blank page: what a reader does becomes an act, and the answer is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from stand import Stand, standing

from course_lib.labs import HistoryLab

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, HistoryLab(), height=700) as stand:
        yield stand


def drag(stand: Stand, index: int, part: str, units: float) -> None:
    """Takes hold of an operation's bar and moves the pointer, answered by Python at each act."""
    box = stand.page.locator(f'[data-operation="{index}"] > rect').last.bounding_box()
    assert box
    x = {"start": box["x"] + 2, "whole": box["x"] + box["width"] / 2, "end": box["x"] + box["width"] - 2}[
        part
    ]
    y = box["y"] + box["height"] / 2
    stand.page.mouse.move(x, y)
    stand.page.mouse.down()
    stand.answer()
    stand.page.mouse.move(x + units * stand.lab.frame["unit"], y)
    stand.answer()
    stand.page.mouse.up()


def test_a_bar_that_is_dragged_moves_in_time_and_the_verdict_with_it(stand: Stand) -> None:
    expect(stand.page.locator(".status")).to_contain_text("linearizable is broken")
    drag(stand, 1, "whole", -3)
    assert stand.did == ["select", "drag", "drop"]
    assert [(one.start, one.end) for one in stand.lab.model.history] == [(0, 4), (3, 5)]
    expect(stand.page.locator(".status")).to_contain_text("linearizable holds")


def test_an_end_that_is_dragged_makes_an_operation_longer(stand: Stand) -> None:
    drag(stand, 0, "end", 3)
    assert stand.sent[1]["with"] == {"index": 0, "part": "end", "by": 3}
    assert stand.lab.model.history[0].end == 7


def test_a_drag_that_ends_before_python_answers_is_done_all_the_same(stand: Stand) -> None:
    box = stand.page.locator('[data-operation="1"] > rect').last.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    stand.page.mouse.move(x, y)
    stand.page.mouse.down()
    stand.page.mouse.move(x + 2 * stand.lab.frame["unit"], y)
    stand.page.mouse.up()
    assert stand.did == ["select"]
    for _ in range(3):
        stand.answer()
    assert stand.did == ["select", "drag", "drop"]
    assert stand.lab.model.history[1].start == 8


def test_a_bar_stops_where_python_says_so(stand: Stand) -> None:
    drag(stand, 1, "end", -5)
    stand.answer()
    assert [(one.start, one.end) for one in stand.lab.model.history] == [(0, 4), (6, 6)]
    assert stand.did == ["select", "drag", "drop"]
    expect(stand.page.locator(".status.problem")).to_have_count(0)


def test_the_grip_is_an_end_near_an_end_and_the_whole_in_between(stand: Stand) -> None:
    grips = stand.page.evaluate(
        "[2, 50, 98, 11].map((x) => lab.module.grip(x, 0, 100)).concat(lab.module.grip(4, 0, 9))"
    )
    assert grips == ["start", "whole", "end", "whole", "whole"]


def test_keys_select_and_move_and_do_not_reach_the_notebook(stand: Stand) -> None:
    stand.page.locator(".picture").focus()
    for key in ("n", "n", "ArrowLeft", "Shift+ArrowRight"):
        stand.page.keyboard.press(key)
        stand.answer()
    assert stand.did == ["select", "select", "move", "resize"]
    assert [(one.start, one.end) for one in stand.lab.model.history] == [(0, 4), (5, 8)]
    assert stand.page.evaluate("lab.pressed") == []


def test_a_hand_that_goes_on_while_python_thinks_is_followed_in_one_act(stand: Stand) -> None:
    box = stand.page.locator('[data-operation="1"] > rect').last.bounding_box()
    assert box
    unit, y = stand.lab.frame["unit"], box["y"] + box["height"] / 2
    x = box["x"] + box["width"] / 2
    stand.page.mouse.move(x, y)
    stand.page.mouse.down()
    stand.answer()
    for units in (1, 2, 3, 4):
        stand.page.mouse.move(x + units * unit, y)
    stand.answer()
    stand.answer()
    assert [act["with"].get("by") for act in stand.sent] == [None, 1, 3]
    stand.page.mouse.move(x, y)
    stand.answer()
    stand.page.mouse.up()
    assert stand.did == ["select", "drag", "drag", "drag"]
    assert stand.lab.model.history[1].start == 6


def test_small_inputs_change_the_selected_operation(stand: Stand) -> None:
    stand.page.locator(".picture").focus()
    stand.page.keyboard.press("n")
    stand.answer()
    end = stand.page.get_by_role("spinbutton", name="End")
    expect(end).to_have_value("4")
    end.fill("7")
    end.press("Enter")
    stand.answer()
    assert stand.lab.model.history[0].end == 7
    start = stand.page.get_by_role("spinbutton", name="Start")
    start.fill("9")
    start.press("Enter")
    stand.answer()
    expect(stand.page.locator(".status.problem")).to_contain_text("ends before it starts")
    expect(start).to_have_value("0")
    stand.page.get_by_role("checkbox", name="Answered").uncheck()
    stand.answer()
    expect(end).to_be_disabled()


def test_the_key_is_there_where_there_are_several(stand: Stand) -> None:
    expect(stand.page.get_by_role("textbox", name="Key")).to_be_hidden()
    stand.page.get_by_role("combobox", name="History").select_option("Dekker")
    stand.answer()
    stand.page.locator(".picture").focus()
    stand.page.keyboard.press("n")
    stand.answer()
    key = stand.page.get_by_role("textbox", name="Key")
    key.fill("z")
    key.press("Enter")
    stand.answer()
    assert "z" in stand.lab.model.history.keys


def test_a_step_of_the_ladder_shows_that_models_verdict(stand: Stand) -> None:
    stand.page.get_by_role("radio", name="sequential: yes").check()
    stand.answer()
    expect(stand.page.locator(".picture p")).to_contain_text("sequential: yes")


def test_what_cannot_be_done_is_told_and_nothing_changes(stand: Stand) -> None:
    stand.page.locator(".picture").focus()
    for key in ("n", "ArrowLeft"):
        stand.page.keyboard.press(key)
        stand.answer()
    expect(stand.page.locator(".status.problem")).to_contain_text("time goes from 0")
    assert stand.lab.model.history[0].start == 0


def test_the_code_is_shown_for_copying(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").click()
    assert "Operation(process='ann', kind='write'" in stand.page.locator("textarea").input_value()


def test_the_still_picture_is_hidden_while_the_lab_lives(stand: Stand) -> None:
    expect(stand.page.locator("#still")).to_be_hidden()
    stand.page.evaluate("lab.dispose()")
    expect(stand.page.locator("#still")).to_be_visible()
