"""The partition lab in JupyterLab: a cut, a crash and a scrub, and what Python knows afterwards."""

from __future__ import annotations

from collections.abc import Callable

import browsing
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

CELLS = [
    """from course_lib.sim import Node, Scenario
class Echo(Node):
    def on_start(self):
        self.heard = 0
        if self.name == "a":
            self.send("b", 1)
    def on_message(self, sender, message):
        self.heard += 1
        if message == 3 and sender == "c":
            raise RuntimeError("three came from c")
        if message < 6:
            self.send("b" if self.name == "a" else "a", message + 1)
scenario = Scenario({name: Echo for name in "abc"})
scenario.run()""",
    """from course_lib.labs import PartitionLab
lab = PartitionLab(scenario)
lab""",
]


@pytest.fixture
def notebook(run_cells: Callable[..., browsing.Notebook]) -> browsing.Notebook:
    """A notebook that shows a trace and a lab."""
    notebook = run_cells(*CELLS)
    expect(notebook.page.locator(".course-partition .diagram svg").first).to_be_visible(timeout=30_000)
    return notebook


def test_the_lab_answers_to_mouse_and_keyboard(notebook: browsing.Notebook) -> None:
    page, python = notebook.page, notebook.python
    assert notebook.errors() == []
    expect(
        notebook.output(0).locator(".course-spacetime svg").first
    ).to_be_visible()  # the trace shows itself
    expect(page.locator(".course-twin")).to_be_hidden()
    status = page.locator(".course-partition .status")

    slider = page.get_by_role("slider", name="Time")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".clock")).to_contain_text(" 6 of ")
    page.keyboard.press("b")  # in command mode this would insert a cell
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2)

    page.get_by_role("radio", name="b").check(force=True)
    page.get_by_role("button", name="Crash", exact=True).click()
    expect(status).to_contain_text("Crash('b'")
    assert python("[repr(fault) for fault in lab.faults]") == python("lab.frame['faults']")
    assert python("lab.trace == scenario.run(lab.faults, seed=lab.seed)") is True
    page.get_by_role("button", name="Undo").click()
    expect(status).to_contain_text("Undone")

    page.locator(".course-partition .link[data-from=a][data-to=b] path").first.dispatch_event("click")
    expect(status).to_contain_text("Partition({'a'}, {'b'}")
    expect(page.locator(".course-partition .link.cut")).to_have_count(1)
    assert python("len(lab.faults)") == 1
