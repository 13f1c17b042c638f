"""The lock lab's script on a blank page: what a reader does becomes an act, and the answer is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from stand import Stand, standing

from course_lib.labs import LockLab

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, LockLab(), height=800) as stand:
        yield stand


def test_an_end_of_the_pause_is_dragged_and_the_picture_follows(stand: Stand) -> None:
    expect(stand.page.get_by_role("status")).to_contain_text("Two believe at once")
    x, y = stand.take("pause end")
    stand.page.mouse.move(x - 9 * stand.lab.frame["unit"], y)
    stand.answer()
    assert stand.sent[0] == {"number": 1, "do": "drag", "with": {"part": "pause end", "to": 6}}
    stand.page.mouse.up()
    stand.answer()
    assert stand.did == ["drag", "drop"]
    expect(stand.page.get_by_role("status")).to_contain_text("no two believe at once")
    expect(stand.page.locator(".together")).to_have_count(0)
    expect(stand.page.get_by_role("spinbutton", name="ann pauses until")).to_have_value("6")


def test_the_start_and_the_whole_of_the_pause_and_the_ttl_are_dragged(stand: Stand) -> None:
    for part, by in (("pause start", 3.0), ("pause", -1.5), ("ttl", 2.2)):
        x, y = stand.take(part)
        stand.page.mouse.move(x + by * stand.lab.frame["unit"], y)
        stand.answer()
        stand.page.mouse.up()
        stand.answer()
    assert stand.lab.model.setting.pause == (3.5, 13.5)
    assert stand.lab.model.setting.ttl == 12.2


def test_a_hand_that_goes_on_while_python_thinks_is_followed_by_its_newest_place(stand: Stand) -> None:
    x, y = stand.take("ttl")
    for seconds in (1, 2, 3, 4):
        stand.page.mouse.move(x + seconds * stand.lab.frame["unit"], y)
    stand.page.mouse.up()
    assert [act["with"].get("to") for act in stand.sent] == [11]
    for _ in range(3):
        stand.answer()
    assert [act["with"].get("to") for act in stand.sent] == [11, 14, None]
    assert stand.lab.model.setting.ttl == 14 and len(stand.lab.model.past) == 1


def test_a_click_on_a_handle_changes_nothing(stand: Stand) -> None:
    stand.take("ttl")
    stand.page.mouse.up()
    assert stand.sent == []


def test_arrows_move_the_handle_that_has_the_focus_and_it_keeps_it(stand: Stand) -> None:
    end = stand.page.get_by_role("slider", name="ann's pause ends")
    end.focus()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "PageUp", "ArrowUp"):
        stand.page.keyboard.press(key)
        stand.answer()
    assert [act["with"]["by"] for act in stand.sent] == [-0.1, -1, 1, 0.1]
    stand.page.keyboard.press("PageDown")
    stand.answer()
    expect(end).to_be_focused()
    expect(end).to_have_attribute("aria-valuetext", "14 s")
    stand.page.keyboard.press("b")
    assert stand.page.evaluate("lab.pressed") == []


def test_tab_goes_from_handle_to_handle(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").focus()
    seen = []
    for _ in range(4):
        stand.page.keyboard.press("Tab")
        seen.append(stand.page.evaluate("document.activeElement.dataset.handle"))
    assert seen == ["ttl", "pause", "pause start", "pause end"]


def test_fencing_and_numbers_are_set_by_their_inputs(stand: Stand) -> None:
    stand.page.get_by_role("combobox", name="Fencing").select_option("reads and writes")
    stand.answer()
    expect(stand.page.locator(".course-lease p")).to_contain_text("ann's write with fence 1 is refused")
    for name, value in (("TTL", "20"), ("Work", "2.5"), ("ann pauses from", "1")):
        field = stand.page.get_by_role("spinbutton", name=name)
        field.fill(value)
        field.press("Enter")
        stand.answer()
    setting = stand.lab.model.setting
    assert (setting.ttl, setting.work, setting.pause) == (20, 2.5, (1, 15))


def test_what_cannot_be_done_is_told_and_the_input_shows_what_is(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="TTL")
    for value in ("-5", ""):
        field.fill(value)
        field.press("Enter")
        stand.answer()
        expect(stand.page.locator(".status.problem")).to_contain_text("from 0.1 to 30")
        expect(field).to_have_value("10")
    until = stand.page.get_by_role("spinbutton", name="ann pauses until")
    until.fill("1")
    until.press("Enter")
    stand.answer()
    expect(stand.page.locator(".status.problem")).to_contain_text("ends at 1 s; it begins at 2 s")


def test_without_a_pause_its_inputs_are_off_and_its_handles_gone(stand: Stand) -> None:
    stand.page.get_by_role("checkbox", name="ann pauses").uncheck()
    stand.answer()
    expect(stand.page.get_by_role("slider")).to_have_count(1)
    expect(stand.page.get_by_role("spinbutton", name="ann pauses from")).to_be_disabled()


def test_undo_and_reset_are_there_when_there_is_something_to_undo(stand: Stand) -> None:
    undo, reset = (stand.page.get_by_role("button", name=name) for name in ("Undo", "Reset"))
    expect(undo).to_be_disabled()
    expect(reset).to_be_disabled()
    stand.page.get_by_role("slider", name="TTL").press("PageUp")
    stand.answer()
    reset.click()
    stand.answer()
    expect(reset).to_be_disabled()
    undo.click()
    stand.answer()
    assert stand.lab.model.setting.ttl == 11


def test_the_code_is_shown_for_copying(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").click()
    code = stand.page.get_by_role("textbox", name="The run as Python").input_value()
    assert "leases.scenario(leases.ALL - {'fenced writes'}, ttl=10.0, work=4.0" in code
    assert "Pause('ann', at=2.0, until=15.0)" in code


def test_the_still_picture_is_hidden_while_the_lab_lives(stand: Stand) -> None:
    expect(stand.page.locator("#still")).to_be_hidden()
    stand.page.evaluate("lab.dispose()")
    expect(stand.page.locator("#still")).to_be_visible()


def test_places_are_tenths_of_a_second(stand: Stand) -> None:
    places = stand.page.evaluate("[0, 1, 24, -24].map((pixels) => lab.module.placeAt(2, pixels, 48))")
    assert places == [2, 2, 2.5, 1.5]
