"""Right and wrong answers to every question of the course, one file a question.

A file holds blocks, each a whole answer as a learner would write it in the notebook's cell:

    # %% right: what is different about it
    # %% wrong: the message's id (a few words where there are two of a kind)
    # %% error: raised (what goes wrong)

The model answer and the untouched stub are taken from the built notebooks, so they are not here.
"""

import linecache
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course_lib.checks.question import Question
from course_lib.paths import ROOT, chapters

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Written:
    """An answer as text, and how it must fare."""

    question: str
    outcome: str
    message_id: str
    label: str
    code: str
    given: str = ""
    """What the notebook's locked cells bring along."""

    def __str__(self) -> str:
        return f"{self.question}: {self.outcome} {self.label}"

    def names(self, question: Question) -> list[Any]:
        """Runs the text as a cell and gives what the check takes."""
        cell = f"<{self}>"
        linecache.cache[cell] = (len(self.code), None, self.code.splitlines(keepends=True), cell)
        space: dict[str, Any] = {"__name__": "answer"}
        exec(compile(self.given, "<given>", "exec"), space)
        exec(compile(self.code, cell, "exec"), space)
        return [space[name] for name in question.names]


def written(question: Question, chapter: str) -> list[Written]:
    """The blocks of a question's file."""
    text = (HERE / chapter / f"{question.id.partition('.')[2]}.py").read_text()
    blocks = re.split(r"^# %% ", text, flags=re.MULTILINE)[1:]
    return [_block(question, block) for block in blocks]


def _block(question: Question, block: str) -> Written:
    title, _, code = block.partition("\n")
    outcome, _, label = title.partition(": ")
    message_id = "right" if outcome == "right" else label.partition(" (")[0]
    return Written(question.id, outcome, message_id, label, code)


def built(question: Question, kind: str) -> Written:
    """The model answer (`solutions`) or the stub (`exercises`) from the built notebook, with the cells given."""
    number, _, name = question.id.partition(".")
    folder = next(found for found in chapters() if found.number == number).name
    notebook = nbformat.read(ROOT / kind / folder / f"{number}_exercises.ipynb", 4)
    roles = {"solutions": ("right", "right"), "exercises": ("not started", "not-started")}
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell.source for cell in notebook.cells}
    given = "\n\n".join(source for grade_id, source in cells.items() if grade_id.startswith("given_"))
    return Written(question.id, *roles[kind], f"from {kind}", cells[name], given)
