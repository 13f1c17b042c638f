"""The ring lab's script on a blank page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from stand import Stand, standing

from course_lib.labs import RingLab

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, RingLab(nodes=["A", "B", "C"], vnodes=4, keys=60)) as stand:
        yield stand


def test_a_click_adds_a_node(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Add node").click()
    stand.answer()
    expect(stand.page.get_by_role("radio")).to_have_count(4)
    expect(stand.page.get_by_role("status")).to_contain_text("D joined")
    assert stand.lab.model.setting.nodes == ("A", "B", "C", "D")


def test_of_a_burst_only_the_newest_waits(stand: Stand) -> None:
    slider = stand.page.get_by_role("slider", name="Virtual nodes")
    for place in "012345":
        slider.fill(place)
    assert [act["with"]["vnodes"] for act in stand.sent] == [1]
    expect(slider).to_have_attribute("aria-valuetext", "6 virtual nodes")
    stand.answer()
    assert [act["with"]["vnodes"] for act in stand.sent] == [1, 6]
    stand.answer()
    assert len(stand.sent) == 2
    expect(slider).to_have_value("5")
    assert stand.lab.model.setting.vnodes == 6


def test_a_busy_python_is_told_until_it_answers(page: Page) -> None:
    page.clock.install()
    stand = Stand(page, RingLab(nodes=["A", "B"], keys=20))
    stand.page.get_by_role("button", name="Add node").click()
    stand.page.clock.fast_forward(2_500)
    expect(stand.page.get_by_role("status")).to_contain_text("Python is busy")
    stand.answer()
    expect(stand.page.get_by_role("status")).to_contain_text("C joined")
    stand.page.clock.fast_forward(2_500)
    expect(stand.page.get_by_role("status")).to_contain_text("C joined")


def test_acts_of_other_kinds_are_all_done_in_order(stand: Stand) -> None:
    add = stand.page.get_by_role("button", name="Add node")
    add.click()
    add.click()
    stand.page.get_by_role("textbox", name="Key").fill("user:9")
    for _ in range(3):
        stand.answer()
    assert stand.did == ["add", "add", "probe"]
    assert stand.lab.model.setting.nodes == ("A", "B", "C", "D", "E")


def test_nodes_obey_the_keyboard_and_the_notebook_hears_nothing(stand: Stand) -> None:
    stand.page.get_by_role("radio", name="A").focus()
    stand.page.keyboard.press("ArrowRight")
    expect(stand.page.get_by_role("radio", name="B")).to_be_checked()
    stand.page.keyboard.press("+")
    stand.answer()
    assert stand.lab.model.setting.weights["B"] == 2
    expect(stand.page.get_by_role("radio", name="B ×2")).to_be_focused()
    stand.page.keyboard.press("-")
    stand.answer()
    stand.page.keyboard.press("Delete")
    stand.answer()
    assert stand.lab.model.setting.nodes == ("A", "C")
    expect(stand.page.get_by_role("radio", name="C")).to_be_focused()
    stand.page.keyboard.press("b")
    assert stand.page.evaluate("lab.pressed") == []
    stand.page.keyboard.press("Escape")
    stand.page.keyboard.press("Control+b")
    assert stand.page.evaluate("lab.pressed") == ["Escape", "Control", "b"]


def test_a_node_is_renamed_and_stays_selected(stand: Stand) -> None:
    stand.page.get_by_role("radio", name="B").check(force=True)
    name = stand.page.get_by_role("textbox", name="Name")
    name.fill("beta")
    name.press("Enter")
    stand.answer()
    expect(stand.page.get_by_role("radio", name="beta")).to_be_checked()
    name.fill("A")
    name.press("Enter")
    stand.answer()
    expect(stand.page.get_by_role("status")).to_contain_text("There is a node A already")
    expect(stand.page.get_by_role("radio", name="beta")).to_be_checked()


def test_a_click_on_the_ring_follows_the_nearest_key(stand: Stand) -> None:
    picture = stand.page.get_by_role("img")
    box = picture.bounding_box()
    assert box
    unit = box["width"] / 860
    stand.page.mouse.click(box["x"] + (215 + 139) * unit, box["y"] + 215 * unit)
    assert stand.sent[0]["do"] == "probe_at"
    assert stand.sent[0]["with"]["turn"] == pytest.approx(0.25, abs=0.01)
    stand.answer()
    expect(stand.page.get_by_role("textbox", name="Key")).to_have_value(stand.lab.model.setting.probe)


def test_a_click_on_a_bar_selects_its_node(stand: Stand) -> None:
    stand.page.locator("g[data-node=C] rect").click()
    expect(stand.page.get_by_role("radio", name="C")).to_be_checked()
    assert stand.sent == []


def test_what_a_placement_cannot_do_is_greyed_with_its_reason(stand: Stand) -> None:
    stand.page.get_by_role("combobox", name="Placed by").select_option("modulo")
    stand.answer()
    slider = stand.page.get_by_role("slider", name="Virtual nodes")
    expect(slider).to_be_disabled()
    expect(slider).to_have_attribute("title", "ModuloHashing takes no vnodes.")
    expect(stand.page.locator(".reasons")).to_contain_text("takes no weights")


def test_the_still_picture_hides_while_the_lab_lives(stand: Stand) -> None:
    still = stand.page.locator("#still")
    expect(still).to_be_hidden()
    stand.page.evaluate("lab.dispose()")
    expect(still).to_be_visible()


def test_places_on_the_picture_become_turns(stand: Stand) -> None:
    turns = stand.page.evaluate("""[[215, 75], [355, 215], [215, 355], [75, 215], [215, 215], [500, 215]].map(
        ([x, y]) => lab.module.turnAt(x, y))""")
    assert turns == [0, 0.25, 0.5, 0.75, None, None]
