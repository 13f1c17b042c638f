"""A chapter as a learner meets it: all cells run, the lab answers, an exercise is answered wrong and then right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import browsing
import pytest
from playwright.sync_api import expect

from course_lib.paths import ROOT, chapters

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

Open = Callable[[Path], browsing.Notebook]

WRITE = """([beginning, code]) => {
  const { model } = window.jupyterapp.shell.currentWidget.content;
  const cell = [...model.cells].find((cell) => cell.sharedModel.getSource().includes(beginning));
  cell.sharedModel.setSource(code);
}"""


FORGETFUL = """class Counter(Node):
    def on_start(self):
        self.total = 0

    def on_message(self, sender, message):
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))
"""
REMEMBERING = """class Counter(Node):
    def on_start(self):
        self.total, self.done = 0, {}

    def on_message(self, sender, message):
        if (sender, message.id) not in self.done:
            self.total += message.amount
            self.done[sender, message.id] = self.total
        self.send(sender, Total(message.id, self.done[sender, message.id]))
"""


@pytest.mark.parametrize("name", [*(chapter.name for chapter in chapters()), "glossary"])
def test_every_cell_of_a_lesson_runs(open_notebook: Open, name: str) -> None:
    notebook = open_notebook(ROOT / "notebooks" / f"{name}.ipynb")
    notebook.run_all()
    assert notebook.errors() == []


def test_the_lab_in_the_chapter_answers_to_its_reader(open_notebook: Open) -> None:
    notebook = open_notebook(ROOT / "notebooks/03_consistent_hashing.ipynb")
    notebook.run_all()
    status = notebook.page.locator(".course-ring .status")
    notebook.page.get_by_role("button", name="Add node").click()
    expect(status).to_contain_text("F joined")
    notebook.page.get_by_role("combobox", name="Placed by").select_option("modulo")
    expect(status).to_contain_text("Placed by")
    assert notebook.python("lab.model.setting.nodes") == list("ABCDEF")
    assert notebook.python("lab.model.status") == status.inner_text()


def test_a_wrong_answer_is_told_by_name_and_a_right_one_is_praised(open_notebook: Open) -> None:
    notebook = open_notebook(ROOT / "exercises/03_consistent_hashing/03_exercises.ipynb")
    page = notebook.page

    def answer(body: str) -> str:
        page.evaluate(WRITE, ["def owner(", f"def owner(points, place):\n{body}"])
        notebook.run_all()
        return notebook.python(
            "__import__('course_lib.checks').checks.check('03.ring_lookup', owner).to_text()"
        )

    notebook.run_all()
    assert notebook.errors() == []
    expect(page.get_by_text("Not started.").first).to_be_visible()

    told = answer("    return next(node for spot, node in points if spot > place)")
    assert "`>` where `>=` is due" in told
    expect(page.get_by_text("strictly", exact=False).or_(page.get_by_text("Not yet.")).first).to_be_visible()
    assert page.locator(".jp-Cell svg[role=img]").count() >= 1  # the circle, with the walk that was due

    told = answer("    return next((node for spot, node in points if spot >= place), points[0][1])")
    assert told.startswith("Right.")
    expect(page.get_by_text("3 of 3 points")).to_be_visible()


def test_the_run_that_breaks_a_wrong_node_is_drawn_below_its_check(open_notebook: Open) -> None:
    notebook = open_notebook(ROOT / "exercises/01_nodes_and_messages/01_exercises.ipynb")
    page = notebook.page
    page.evaluate(WRITE, ["class Counter(", FORGETFUL])
    notebook.run_all()
    assert notebook.errors() == []
    expect(page.get_by_text("Not yet: ").first).to_be_visible()
    expect(page.locator(".jp-Cell .course-spacetime svg").first).to_be_visible()
    page.evaluate(WRITE, ["class Counter(", REMEMBERING])
    notebook.run_all()
    expect(page.get_by_text("3 of 3 points")).to_be_visible()


def test_an_error_on_the_page_would_be_seen(open_notebook: Open, tmp_path: Path) -> None:
    notebook = open_notebook(ROOT / "exercises/03_consistent_hashing/03_exercises.ipynb")
    notebook.page.evaluate(WRITE, ["def owner(", "owner = 1 / 0"])
    notebook.run_all()
    assert "ZeroDivisionError" in " ".join(notebook.errors())
