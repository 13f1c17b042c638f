"""The balancer lab in JupyterLab: mouse and keyboard, a learner's policy, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

CELL = """from course_lib.labs import BalancerLab
class First:
    def choose(self, servers, request):
        return 0
lab = BalancerLab("round robin", First, load=0.1)
lab"""


@pytest.fixture
def lab_notebook(run_cells: Callable[..., browsing.Notebook]) -> browsing.Notebook:
    """A notebook of one cell that shows a lab."""
    notebook = run_cells(CELL)
    expect(notebook.page.locator(".course-balancerlab svg")).to_be_visible(timeout=30_000)
    return notebook


def test_the_lab_answers_to_mouse_and_keyboard(lab_notebook: browsing.Notebook) -> None:
    page, python = lab_notebook.page, lab_notebook.python
    status = page.locator(".course-balancerlab .status")
    expect(page.locator(".course-twin")).to_be_hidden()
    expect(status).to_contain_text("and First ")
    assert python("sorted(set(lab.reports[1].chosen.tolist()))") == [0]

    page.get_by_role("combobox", name="Right", exact=True).select_option("least request")
    expect(status).to_contain_text("Round robin beside least request.")
    page.get_by_role("slider", name="Load").fill("0.7")
    expect(status).to_contain_text("Load 70 %.")
    page.locator('.course-balancerlab [data-side="0"] [data-server="C"] text').first.click()
    expect(status).to_contain_text("C: half speed.")
    left, right = python("[report.latency(0.99) for report in lab.reports]")
    assert left > 20 * right

    time = page.get_by_role("slider", name="Time")
    page.get_by_role("button", name="Step back").focus()
    page.keyboard.press("Home")
    expect(time).to_have_value("0")
    page.keyboard.press("PageUp")
    expect(time).to_have_value("100")
    page.keyboard.press("b")  # in command mode this would insert a cell
    page.get_by_role("button", name="Reset").click()
    expect(status).to_contain_text("Round robin beside First")
    assert python("lab.model.setting == lab.model.given") is True
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    assert lab_notebook.errors() == []
