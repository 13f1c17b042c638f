"""The balancer lab's script on a blank page: time is moved there, and what else a reader does becomes an act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from stand import Stand, standing

from course_lib.labs import BalancerLab
from course_lib.pictures.balancer_reading import SAMPLES

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

LAST = SAMPLES - 1
# What the picture shows that time changes.
SHOWN = """() => [...document.querySelectorAll(
  ".course-balancerlab .served, .course-balancerlab .waiting, .course-balancerlab [data-count], "
  + ".course-balancerlab .told, .course-balancerlab .cursor")].map((it) =>
    [it.getAttribute("height"), it.getAttribute("y"), it.getAttribute("transform"),
     it.querySelector("*") ? null : it.textContent])"""
PARSED = """(svg) => { const it = document.createElement("div"); it.className = "course-balancerlab"; it.id = "python";
  it.innerHTML = svg; document.body.replaceChildren(it); }"""


def lab(**setting: Any) -> BalancerLab:
    return BalancerLab(**{"requests": 1000, "load": 0.9, **setting})


@pytest.fixture
def stand(page: Page) -> Iterator[Stand]:
    with standing(page, lab()) as stand:
        yield stand


def slider(stand: Stand) -> Locator:
    return stand.page.get_by_role("slider", name="Time")


def sample(stand: Stand) -> int:
    return int(slider(stand).input_value())


@pytest.mark.parametrize("at", [0, 1, 333, 1234, LAST])
def test_at_each_moment_the_script_shows_what_python_would_draw(page: Page, at: int) -> None:
    its = Stand(page, lab(load=1.1, troubled="B", trouble="a tenth of the speed"))
    slider(its).fill(str(at))
    shown = page.evaluate(SHOWN)
    assert its.sent == [] and len(shown) == 2 * (3 * 8 + 1) + 1
    page.evaluate(PARSED, its.lab.model.picture(at).svg)
    assert page.evaluate(SHOWN) == shown


def test_time_is_moved_by_keys_and_needs_no_python(stand: Stand) -> None:
    page = stand.page
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Play").focus()
    for key, at in (
        ("ArrowLeft", LAST - 1),
        ("Shift+ArrowLeft", LAST - 11),
        ("PageDown", LAST - 111),
        ("ArrowRight", LAST - 110),
        ("PageUp", LAST - 10),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", LAST),
    ):
        page.keyboard.press(key)
        assert sample(stand) == at
    page.keyboard.press("b")
    assert stand.sent == [] and page.evaluate("lab.pressed") == []


def test_steps_go_one_moment_back_and_forth(stand: Stand) -> None:
    for name, at in (("Step back", LAST - 1), ("Step back", LAST - 2), ("Step", LAST - 1)):
        stand.page.get_by_role("button", name=name, exact=True).click()
        assert sample(stand) == at


def test_keys_still_work_at_the_end_where_the_pressed_button_can_do_no_more(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Step back").focus()
    stand.page.keyboard.press("Home")
    stand.page.keyboard.press("PageUp")
    assert sample(stand) == 100


def test_the_slider_says_what_is_seen(stand: Stand) -> None:
    slider(stand).fill("1000")
    side = stand.lab.model.sides[0]
    time = round(1000 / LAST * side.end)
    told = slider(stand).get_attribute("aria-valuetext") or ""
    assert told.startswith(f"time {time}: random {side.told(1000)}; two choices ")


def test_a_pointer_on_the_strip_moves_the_cursor(stand: Stand) -> None:
    box = stand.page.locator(".track").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    stand.page.mouse.move(box["x"] + box["width"] / 4, y)
    stand.page.mouse.down()
    assert sample(stand) == pytest.approx(LAST / 4, abs=2)
    stand.page.mouse.move(box["x"] + box["width"] / 2, y)
    assert sample(stand) == pytest.approx(LAST / 2, abs=2)
    stand.page.mouse.move(box["x"] - 50, y + 300)
    assert sample(stand) == 0
    stand.page.mouse.up()
    stand.page.mouse.move(box["x"] + box["width"] / 2, y)
    assert sample(stand) == 0 and stand.sent == []


def test_playing_begins_anew_at_the_end_and_stops_on_request(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Play").click()
    value = "Number(document.querySelector('.time input').value)"
    stand.page.wait_for_function(f"3 < {value} && {value} < {LAST}")
    stand.page.get_by_role("button", name="Stop").click()
    at = sample(stand)
    assert 3 < at < LAST
    stand.page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    assert sample(stand) == at
    expect(stand.page.get_by_role("button", name="Play")).to_be_visible()


def test_playing_ends_at_the_end(stand: Stand) -> None:
    slider(stand).fill(str(LAST - 4))
    stand.page.get_by_role("button", name="Play").click()
    stand.page.wait_for_function(f"Number(document.querySelector('.time input').value) === {LAST}")
    expect(stand.page.get_by_role("button", name="Play")).to_be_visible()


def test_the_moment_stays_where_it_is_when_the_runs_change(stand: Stand) -> None:
    slider(stand).fill("700")
    stand.page.get_by_role("combobox", name="Left").select_option("least request")
    stand.answer()
    assert sample(stand) == 700
    said = stand.page.locator('[data-side="0"] .told')
    expect(said).to_have_text(stand.lab.model.sides[0].told(700))


def test_policies_and_settings_are_chosen(stand: Stand) -> None:
    page = stand.page
    for name, value in (
        ("Left", "round robin"),
        ("Right", "peak EWMA"),
        ("Load information", "5"),
        ("Work", "bimodal"),
        ("Requests", "2000"),
    ):
        page.get_by_role("combobox", name=name, exact=True).select_option(value)
        stand.answer()
    for name, value in (("Servers", "4"), ("Seed", "7")):
        field = page.get_by_role("spinbutton", name=name)
        field.fill(value)
        field.press("Tab")
        stand.answer()
    setting = stand.lab.model.setting
    assert (setting.left, setting.right, setting.refresh) == ("round robin", "peak EWMA", 5)
    assert (setting.work, setting.requests, setting.servers, setting.seed) == ("bimodal", 2000, 4, 7)
    expect(page.locator("[data-queue]")).to_have_count(8)
    expect(page.locator(".troubled input")).to_have_count(4)


def test_enter_in_a_field_presses_no_button(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="Seed")
    field.fill("3")
    field.press("Enter")
    field.press("Tab")
    assert stand.did == ["set_seed"]


def test_the_load_slides_and_only_the_newest_place_waits(stand: Stand) -> None:
    load = stand.page.get_by_role("slider", name="Load")
    load.focus()
    for _ in range(5):
        stand.page.keyboard.press("ArrowLeft")
    assert [act["with"]["to"] for act in stand.sent] == [0.89]
    stand.answer()
    expect(load).to_have_value("0.85")  # the hand is ahead of the picture
    stand.answer()
    assert [act["with"]["to"] for act in stand.sent] == [0.89, 0.85]
    assert stand.lab.model.setting.load == 0.85 and len(stand.lab.model.past) == 1
    expect(stand.page.locator(".course-balancerlab label b")).to_have_text("85 %")
    assert sample(stand) == LAST  # arrows on the slider move the load alone


def test_a_server_gets_into_trouble_by_its_letter_and_by_a_click_in_the_picture(stand: Stand) -> None:
    box = stand.page.get_by_role("checkbox", name="C")
    box.focus()
    stand.page.keyboard.press(" ")
    stand.answer()
    assert stand.lab.model.setting.troubled == ("C",)
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    stand.page.locator('[data-side="1"] [data-server="E"] text').first.click()
    stand.answer()
    assert stand.lab.model.setting.troubled == ("C", "E")
    stand.page.get_by_role("combobox", name="Kind of trouble").select_option("fails at once")
    stand.answer()
    expect(stand.page.get_by_role("status")).to_contain_text("C, E: fails at once.")
    stand.page.locator('[data-side="0"] [data-server="C"] text').first.click()
    stand.answer()
    assert stand.lab.model.setting.troubled == ("E",)


def test_what_cannot_be_done_is_told_and_the_input_shows_what_is(stand: Stand) -> None:
    field = stand.page.get_by_role("spinbutton", name="Servers")
    for value in ("99", ""):
        field.fill(value)
        field.press("Tab")
        stand.answer()
        expect(stand.page.locator(".status.problem")).to_contain_text("a whole number from 1 to 16")
        expect(field).to_have_value("8")


def test_undo_and_reset_are_there_when_there_is_something_to_undo(stand: Stand) -> None:
    undo, reset = (stand.page.get_by_role("button", name=name) for name in ("Undo", "Reset"))
    expect(undo).to_be_disabled()
    expect(reset).to_be_disabled()
    stand.page.get_by_role("combobox", name="Work").select_option("constant")
    stand.answer()
    reset.click()
    stand.answer()
    expect(reset).to_be_disabled()
    undo.click()
    stand.answer()
    assert stand.lab.model.setting.work == "constant"


def test_the_code_is_shown_for_copying(stand: Stand) -> None:
    stand.page.get_by_role("button", name="Copy as code").click()
    code = stand.page.get_by_role("textbox", name="Both runs as Python").input_value()
    assert code == stand.lab.code() and "for policy in (RandomChoice(), PowerOfTwoChoices())" in code


def test_the_still_picture_is_hidden_while_the_lab_lives(stand: Stand) -> None:
    expect(stand.page.locator("#still")).to_be_hidden()
    stand.page.get_by_role("button", name="Play").click()
    stand.page.evaluate("lab.dispose()")
    expect(stand.page.locator("#still")).to_be_visible()


def test_geometry(stand: Stand) -> None:
    evaluate = stand.page.evaluate
    shape = {"base": 166, "cell": 8, "cap": 14}
    columns = evaluate("(shape) => [0, 1, 3, 14, 400].map((queue) => lab.module.column(queue, shape))", shape)
    assert [(it["served"], it["waiting"], it["top"]) for it in columns] == [
        (0, 0, 166),
        (8, 0, 158),
        (8, 16, 142),
        (8, 104, 54),
        (8, 104, 54),
    ]
    at = "[-5, 10, 60, 110, 999].map((x) => lab.module.sampleAt(x, { left: 10, right: 110 }, 101))"
    assert evaluate(at) == [0, 0, 50, 100, 100]
    assert evaluate("lab.module.queueAt('0a' + String.fromCharCode(48 + 5000), 2)") == 5000
