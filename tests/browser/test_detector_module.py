"""The detector lab's script on a blank page: what a reader does becomes an act, and the answer is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from stand import Stand, standing

from course_lib.labs import DetectorLab

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, DetectorLab()) as stand:
        yield stand


def scale(stand: Stand) -> float:
    """How many pixels of the page one of the picture's is."""
    found = stand.page.locator(".picture svg").bounding_box()
    assert found
    return found["width"] / 830


def test_the_line_is_dragged_down_and_the_picture_follows(stand: Stand) -> None:
    x, y = stand.take("line")
    stand.page.mouse.move(x, y + 5 * stand.lab.frame["units"]["line"] * scale(stand))
    stand.answer()
    assert stand.sent[0]["do"] == "drag" and stand.sent[0]["with"]["part"] == "line"
    assert stand.sent[0]["with"]["to"] == pytest.approx(3, abs=0.05)
    stand.page.mouse.up()
    stand.answer()
    assert stand.did == ["drag", "drop"]
    expect(stand.page.get_by_role("status")).to_contain_text(
        "false alarms per 1,000 heartbeats, where phi promises"
    )
    assert stand.grip("line")["y"] > y


def test_the_point_is_dragged_along_its_curve(stand: Stand) -> None:
    was = stand.lab.frame["places"]["point"]
    x, y = stand.take("point")
    stand.page.mouse.move(x - 1.0 * stand.lab.frame["units"]["point"] * scale(stand), y)
    stand.answer()
    assert stand.sent[0]["with"]["to"] == pytest.approx(was - 1, abs=0.02)
    stand.page.mouse.up()
    stand.answer()
    assert stand.lab.frame["places"]["point"] == pytest.approx(was - 1, abs=0.1)


def test_it_is_dragged_alike_where_the_picture_is_small(page: Page) -> None:
    page.set_viewport_size({"width": 500, "height": 900})
    its = Stand(page, DetectorLab())
    assert scale(its) < 0.7
    x, y = its.take("line")
    page.mouse.move(x, y + 20)
    assert its.sent[0]["with"]["to"] == pytest.approx(
        8 - 20 / scale(its) / its.lab.frame["units"]["line"], abs=0.01
    )


def test_a_hand_that_goes_on_while_python_thinks_is_followed_by_its_newest_place(stand: Stand) -> None:
    x, y = stand.take("line")
    for pixels in (10, 20, 30, 40):
        stand.page.mouse.move(x, y + pixels)
    stand.page.mouse.up()
    assert stand.did == ["drag"]
    for _ in range(3):
        stand.answer()
    assert stand.did == ["drag", "drag", "drop"]
    assert len(stand.lab.model.past) == 1


def test_a_click_on_a_handle_changes_nothing(stand: Stand) -> None:
    for part in ("line", "point"):
        stand.take(part)
        stand.page.mouse.up()
    assert stand.sent == []


def test_arrows_move_the_handle_that_has_the_focus_and_it_keeps_it(stand: Stand) -> None:
    for name in ("Threshold, under the heartbeats", "Threshold, on its curve"):
        grip = stand.page.get_by_role("slider", name=name)
        grip.focus()
        for key in ("ArrowDown", "Shift+ArrowLeft", "PageUp", "ArrowRight"):
            stand.page.keyboard.press(key)
            stand.answer()
        assert [act["with"]["by"] for act in stand.sent[-4:]] == [-0.1, -1, 1, 0.1]
        expect(grip).to_be_focused()
        expect(grip).to_have_attribute("aria-valuetext", "phi 8")
    stand.page.keyboard.press("b")
    assert stand.page.evaluate("lab.pressed") == []


def test_tab_goes_from_handle_to_handle(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").focus()
    seen = []
    for _ in range(2):
        stand.page.keyboard.press("Tab")
        seen.append(stand.page.evaluate("document.activeElement.dataset.handle"))
    assert seen == ["line", "point"]


def test_all_else_is_set_by_its_input(stand: Stand) -> None:
    page = stand.page
    for name, value in (("Detector", "timeout"), ("Delays", "heavy-tailed"), ("Heartbeat every", "2")):
        page.get_by_role("combobox", name=name, exact=True).select_option(value)
        stand.answer()
    for name, value in (("Threshold", "4.5"), ("Seed", "7")):
        field = page.get_by_role("spinbutton", name=name)
        field.fill(value)
        field.press("Tab")
        stand.answer()
    for name, value in (("Mean delay", "0.5"), ("Lost", "0.1")):
        page.get_by_role("slider", name=name, exact=True).fill(value)
        stand.answer()
    setting = stand.lab.model.setting
    assert (setting.detector, setting.threshold, setting.law, setting.interval) == (
        "timeout",
        4.5,
        "heavy-tailed",
        2,
    )
    assert (setting.seed, setting.mean, setting.loss) == (7, 0.5, 0.1)
    expect(page.locator("label b")).to_have_text(["0.5 s", "10 %"])


def test_enter_takes_a_number_once_and_presses_no_button(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="Threshold")
    field.fill("3")
    field.press("Enter")
    stand.answer()
    field.press("Tab")
    assert stand.did == ["set_threshold"]


def test_a_slide_goes_ahead_and_only_its_newest_place_waits(stand: Stand) -> None:
    mean = stand.page.get_by_role("slider", name="Mean delay")
    mean.focus()
    for _ in range(5):
        stand.page.keyboard.press("ArrowRight")
    assert [act["with"]["to"] for act in stand.sent] == [0.31]
    stand.answer()
    expect(mean).to_have_value("0.35")  # the hand is ahead of the picture
    stand.answer()
    assert [act["with"]["to"] for act in stand.sent] == [0.31, 0.35]
    assert len(stand.lab.model.past) == 1


def test_a_click_on_another_curve_or_row_chooses_it(stand: Stand) -> None:
    stand.page.locator('.row[data-detector="timeout"] text').first.click()
    stand.answer()
    assert stand.lab.model.setting.detector == "timeout"
    stand.page.locator('.curve[data-detector="phi normal"] path').first.dispatch_event("click")
    stand.answer()
    assert stand.lab.model.setting.detector == "phi normal"
    expect(stand.page.get_by_role("combobox", name="Detector")).to_have_value("phi normal")


def test_false_alarms_and_crashes_are_visited(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="Threshold")
    field.fill("2")
    field.press("Tab")
    stand.answer()
    stand.page.get_by_role("button", name="Next false alarm").click()
    stand.answer()
    expect(stand.page.get_by_role("status")).to_contain_text("though it lives")
    assert stand.page.locator(".mistake").count() > 0
    stand.page.get_by_role("button", name="Next crash").click()
    stand.answer()
    expect(stand.page.locator(".crash")).to_have_count(1)


def test_what_cannot_be_done_is_told_and_the_input_shows_what_is(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="Threshold")
    for value in ("99", ""):
        field.fill(value)
        field.press("Tab")
        stand.answer()
        expect(stand.page.locator(".status.problem")).to_contain_text("from 0.5 to 12")
        expect(field).to_have_value("8")


def test_undo_and_reset_are_there_when_there_is_something_to_undo(stand: Stand) -> None:
    undo, reset = (stand.page.get_by_role("button", name=name) for name in ("Undo", "Reset"))
    expect(undo).to_be_disabled()
    expect(reset).to_be_disabled()
    stand.page.get_by_role("combobox", name="Delays").select_option("steady")
    stand.answer()
    reset.click()
    stand.answer()
    expect(reset).to_be_disabled()
    undo.click()
    stand.answer()
    assert stand.lab.model.setting.law == "steady"


def test_the_code_is_shown_for_copying(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").click()
    code = stand.page.get_by_role("textbox", name="The measurement as Python").input_value()
    assert code == stand.lab.code() and "PhiAccrualDetector(threshold, interval=1.0" in code


def test_the_still_picture_is_hidden_while_the_lab_lives(stand: Stand) -> None:
    expect(stand.page.locator("#still")).to_be_hidden()
    stand.page.evaluate("lab.dispose()")
    expect(stand.page.locator("#still")).to_be_visible()


def test_places_are_hundredths(stand: Stand) -> None:
    places = stand.page.evaluate("[0, 1, 24, -24].map((pixels) => lab.module.placeAt(2, pixels, 48))")
    assert places == [2, 2.02, 2.5, 1.5]
