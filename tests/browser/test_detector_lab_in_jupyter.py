"""The detector lab in JupyterLab: mouse and keyboard, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@pytest.fixture
def lab_notebook(run_cells: Callable[..., browsing.Notebook]) -> browsing.Notebook:
    """A notebook of one cell that shows a lab."""
    notebook = run_cells("from course_lib.labs import DetectorLab\nlab = DetectorLab()\nlab")
    expect(notebook.page.locator(".course-detectorlab svg")).to_be_visible(timeout=30_000)
    return notebook


def test_the_lab_answers_to_mouse_and_keyboard(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-detectorlab .status")
    expect(page.locator(".course-twin")).to_be_hidden()
    expect(status).to_contain_text("No false alarm, where phi promises 1e-5")

    grip = page.locator('.course-detectorlab [data-handle="line"] .grip').bounding_box()
    assert grip
    x, y, unit = (
        grip["x"] + grip["width"] / 2,
        grip["y"] + grip["height"] / 2,
        python("lab.frame['units']['line']"),
    )
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(x, y + step * unit / 2)
    page.mouse.up()
    expect(status).to_contain_text(
        "Phi normal at phi 3. 7.9 false alarms per 1,000 heartbeats, where phi promises 1.0"
    )
    assert python("[lab.point.threshold, lab.point.alarms > 5]") == [3, True]
    page.get_by_role("button", name="Next false alarm").click()
    expect(status).to_contain_text("though it lives")
    assert page.locator(".course-detectorlab .mistake").count() > 0

    page.get_by_role("slider", name="Threshold, on its curve").focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("spinbutton", name="Threshold")).to_have_value("5")
    page.keyboard.press("b")  # in command mode this would insert a cell
    page.get_by_role("combobox", name="Delays").select_option("heavy-tailed")
    expect(status).to_contain_text("Heavy-tailed delays of 0.3 s")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("spinbutton", name="Threshold")).to_have_value("8")
    assert python("lab.model.setting == lab.model.given") is True
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    assert lab_notebook.errors() == []
