"""The history lab in JupyterLab: mouse and keyboard, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def lab_notebook(run_cells: Callable[..., browsing.Notebook]) -> browsing.Notebook:
    """A notebook of one cell that shows a lab."""
    notebook = run_cells("from course_lib.labs import HistoryLab\nlab = HistoryLab()\nlab")
    expect(notebook.page.locator(".course-historylab svg")).to_be_visible(timeout=30_000)
    return notebook


def test_the_lab_answers_to_mouse_and_keyboard(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-historylab .status")
    expect(page.locator(".course-twin")).to_be_hidden()
    expect(status).to_contain_text("linearizable is broken")

    bar = page.locator('.course-historylab [data-operation="1"] > rect').last.bounding_box()
    assert bar
    unit = python("lab.frame['unit']")
    x, y = bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    expect(page.get_by_role("textbox", name="Value")).to_be_enabled()  # it is selected
    for step in range(1, 4):
        page.mouse.move(x - step * unit, y)
    expect(status).to_contain_text("linearizable")
    page.mouse.move(x - 3 * unit - 1, y)
    expect(status).to_contain_text("linearizable holds")
    page.mouse.up()
    assert python("lab.model.history[1].start") <= 4  # equal times overlap

    page.get_by_role("combobox", name="History").select_option("own write not seen")
    page.get_by_role("radio", name="read your writes: no").check()
    expect(page.locator(".course-historylab .picture p")).to_contain_text("read your writes: no")
    page.locator(".course-historylab .picture").focus()
    page.keyboard.press("n")
    expect(status).to_contain_text("is selected")
    page.keyboard.press("Delete")
    expect(page.locator(".course-historylab [data-operation]")).to_have_count(2)
    page.keyboard.press("b")  # in command mode this would insert a cell
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".course-historylab [data-operation]")).to_have_count(3)
    assert python("len(lab.model.history)") == 3
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    assert lab_notebook.errors() == []
