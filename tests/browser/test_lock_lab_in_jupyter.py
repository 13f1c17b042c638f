"""The lock lab in JupyterLab: mouse and keyboard, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def lab_notebook(run_cells: Callable[..., browsing.Notebook]) -> browsing.Notebook:
    """A notebook of one cell that shows a lab."""
    notebook = run_cells("from course_lib.labs import LockLab\nlab = LockLab()\nlab")
    expect(notebook.page.locator(".course-locklab svg")).to_be_visible(timeout=30_000)
    return notebook


def test_the_lab_answers_to_mouse_and_keyboard(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-locklab .status")
    expect(page.locator(".course-twin")).to_be_hidden()
    expect(status).to_contain_text("Two believe at once, and an update is lost")

    page.get_by_role("combobox", name="Fencing").select_option("reads and writes")
    expect(status).to_contain_text("ann's late write is refused, and no update is lost")

    grip = page.locator('.course-locklab [data-handle="pause end"] .grip').bounding_box()
    assert grip
    x, y, unit = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2, python("lab.frame['unit']")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 10):
        page.mouse.move(x - step * unit, y)
    page.mouse.up()
    expect(status).to_contain_text("no two believe at once")
    expect(page.locator(".course-locklab .together")).to_have_count(0)
    expect(page.get_by_role("spinbutton", name="ann pauses until")).to_have_value("6")
    assert python("lab.model.setting.pause") == [2, 6] and python("lab.value") == 2

    page.get_by_role("slider", name="TTL").focus()
    for _ in range(8):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("spinbutton", name="TTL")).to_have_value("2")
    expect(status).to_contain_text("two believe at once")
    page.keyboard.press("b")  # in command mode this would insert a cell
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("spinbutton", name="TTL")).to_have_value("10")
    assert python("len(lab.both_believe)") == 1
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    assert lab_notebook.errors() == []
