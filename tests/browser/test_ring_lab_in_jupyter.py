"""The lab in JupyterLab: mouse, slider and keyboard, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

CELLS = {
    "default": "from course_lib.labs import RingLab\nlab = RingLab()\nlab",
    "learner": """from course_lib.labs import RingLab
class MyRing:
    def __init__(self, nodes):
        self.nodes = sorted(nodes)
    def lookup(self, key):
        return self.nodes[int(key[5:]) % 5]
lab = RingLab(MyRing)
lab""",
}


@pytest.fixture
def lab_notebook(
    run_cells: Callable[..., browsing.Notebook], request: pytest.FixtureRequest
) -> browsing.Notebook:
    """A notebook of one cell that shows a lab."""
    notebook = run_cells(CELLS[request.param])
    expect(notebook.page.locator(".course-ring svg")).to_be_visible(timeout=30_000)
    return notebook


@pytest.mark.parametrize("lab_notebook", ["default"], indirect=True)
def test_the_lab_answers_to_mouse_slider_and_keyboard(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-ring .status")
    expect(page.locator(".course-twin")).to_be_hidden()

    page.get_by_role("button", name="Add node").click()
    expect(status).to_contain_text("F joined")
    assert python("lab.model.setting.nodes") == list("ABCDEF")
    assert python("lab.model.status") == status.inner_text()

    slider = page.get_by_role("slider", name="Virtual nodes")
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.74, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=10)
    page.mouse.up()
    expect(status).to_contain_text("1 virtual node each")
    assert python("lab.model.setting.vnodes") == 1
    assert python("len(lab.model.setting.points)") == 6

    slider.press("ArrowRight")
    expect(status).to_contain_text("2 virtual nodes each")
    page.get_by_role("radio", name="A").focus()
    page.keyboard.press("Delete")
    expect(status).to_contain_text("A left")
    page.keyboard.press("b")  # in command mode this would insert a cell
    assert python("lab.model.setting.nodes") == list("BCDEF")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)

    page.get_by_role("textbox", name="Key").fill("user:4711")
    expect(status).to_contain_text("user:4711 lives on")
    assert python("lab.model.setting.stops[0]") == python("lab.model.setting.placement.lookup('user:4711')")


@pytest.mark.parametrize("lab_notebook", ["learner"], indirect=True)
def test_a_failing_class_is_told_in_the_lab_and_the_lab_goes_on(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-ring .status")
    page.get_by_role("button", name="Remove").click()
    expect(status).to_contain_text("MyRing.lookup('user:")
    expect(status).to_contain_text("raised IndexError: list index out of range (line 6)")
    assert python("lab.model.setting.nodes") == list("ABCDE")
    page.get_by_role("button", name="Add node").click()
    expect(status).to_contain_text("F joined")
    assert python("lab.model.setting.nodes") == list("ABCDEF")
