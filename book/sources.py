"""From the text in book/ to notebooks that have not run yet."""

import hashlib
import re
from collections import Counter
from pathlib import Path

from jupytext.myst import myst_to_notebook
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class SourceError(Exception):
    """A text that cannot become a notebook; says the file, the line and the remedy."""


def read_lesson(path: Path) -> NotebookNode:
    """The notebook of a lesson: cells with their tags and stable ids, no outputs."""
    notebook = read_cells(path)
    for cell in notebook.cells:
        if cell.cell_type == "code" and ".reveal(" in cell.source:
            # Folded until the reader runs it: an answer that stands there already spoils the guess.
            cell.metadata["jupyter"] = NotebookNode(outputs_hidden=True)
    _give_ids(notebook)
    return _without_lines(notebook)


def read_exercises(path: Path, points: dict[str, float]) -> NotebookNode:
    """The notebook of model answers, in nbgrader's source version.

    `points` names the chapter's questions, without the chapter's number: {"moved_share": 2}.
    """
    notebook = read_cells(path)
    for cell in notebook.cells:
        _grade(cell, points, path)
    _each_question_once(notebook, points, path)
    _give_ids(notebook)
    notebook = _without_lines(notebook)
    MetadataValidator().validate_nb(notebook)
    return notebook


def read_cells(path: Path) -> NotebookNode:
    """The cells as written, each with its line in the text as `metadata.line`."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    notebook = myst_to_notebook(text, add_source_map=True)
    for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        while not lines[line].strip():
            line += 1
        cell.metadata["line"] = line + 1
        if cell.cell_type == "markdown" and re.search(r"\{code.cell", cell.source):
            raise SourceError(
                f"{path}:{line + 1}: a code cell inside text; open it with ```{{code-cell}} at the margin"
            )
    notebook.metadata = NotebookNode(KERNEL)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _without_lines(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        cell.metadata.pop("line", None)
    return notebook


def _give_ids(notebook: NotebookNode) -> None:
    """Ids follow from the content, so that a build changes only the cells that an author changed."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        name = name or hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[name] += 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"


def _grade(cell: NotebookNode, points: dict[str, float], path: Path) -> None:
    """Expand the tags [solution, question], [check, question] and [given] to what nbgrader reads."""
    tags = cell.metadata.pop("tags", [])
    match tags:
        case []:
            return
        case ["given"]:
            digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
            role = {"locked": True, "grade_id": f"given_{digest}"}
        case ["solution", str(question)] if question in points:
            role = {"solution": True, "grade_id": question}
        case ["check", str(question)] if question in points:
            role = {
                "grade": True,
                "locked": True,
                "grade_id": f"check_{question}",
                "points": points[question],
            }
        case _:
            raise SourceError(
                f"{path}:{cell.metadata['line']}: tags {tags} say nothing to the builder; write [given], "
                f"[solution, question] or [check, question], where question is one of {sorted(points)}"
            )
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    cell.metadata["nbgrader"] = NotebookNode(flags | role)


def _each_question_once(notebook: NotebookNode, points: dict[str, float], path: Path) -> None:
    """A question without a check would cost nobody a point, and nobody would see it."""
    found = Counter(cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata)
    for question in points:
        for grade_id in (question, f"check_{question}"):
            if found[grade_id] != 1:
                tag = "check" if grade_id != question else "solution"
                raise SourceError(
                    f"{path}: {found[grade_id]} cells are tagged [{tag}, {question}]; write one"
                )
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        question = grade_id.removeprefix("check_")
        if grade_id in points and "### BEGIN SOLUTION" not in cell.source:
            raise SourceError(
                f"{path}:{cell.metadata['line']}: mark the answer with ### BEGIN SOLUTION, ### END SOLUTION"
            )
        if question != grade_id and not re.search(rf"""["']\d\d\.{question}["']""", cell.source):
            raise SourceError(
                f"{path}:{cell.metadata['line']}: this cell checks {question}, but does not name it"
            )
