"""`course check NOTEBOOK`: runs a copy of an exercise notebook and reads what its checks answer.

The checks are taken from the course, not from the notebook, so that an edited or deleted one cannot pass. What a
learner's own code does to the running kernel is not defended against: this is a tool for oneself.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill, indent
from typing import Any

from course_lib import paths, record

MIME = "application/vnd.course.result+json"
RIGHT, WRONG, UNGRADABLE = 0, 1, 2


class Ungradable(Exception):
    """The notebook cannot be graded; the message says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """What one check said."""

    question: str
    outcome: str
    points: float
    max_points: float
    sentence: str


def grade(notebook: Path, cell_timeout: float = 60, root: Path = paths.ROOT) -> int:
    """Prints what each check answers, and the sum; returns an exit code."""
    try:
        answers = run(notebook, cell_timeout, root)
    except Ungradable as error:
        print(f"Could not grade {notebook}: {error}", file=sys.stderr)
        return UNGRADABLE
    for answer in answers:
        points = f"{answer.points:g} of {answer.max_points:g}"
        print(f"{answer.question:28} {answer.outcome:12} {points:>10}")
        if answer.outcome != "right":
            print(indent(fill(answer.sentence, 100, break_long_words=False), "    "))
    total, full = sum(answer.points for answer in answers), sum(answer.max_points for answer in answers)
    print(f"{'total':28} {'':12} {f'{total:g} of {full:g}':>10}")
    print("This is a grade only; `course status` keeps what you check in the notebook itself.")
    return RIGHT if all(answer.outcome == "right" for answer in answers) else WRONG


def run(notebook: Path, cell_timeout: float = 60, root: Path = paths.ROOT) -> list[Answer]:
    """The answers of all of the exercise's checks, in its order.

    Raises:
        Ungradable: no such file, not an exercise of the course, or its kernel died.
    """
    copy = _read(notebook)
    original = _original(copy, root)
    _restore(copy, original)
    _execute(copy, notebook.resolve().parent, cell_timeout)
    said = {_grade_id(cell): found for cell in copy.cells if _is_check(cell) and (found := _result(cell))}
    number = original.metadata["course_number"]
    return [_answer(said.get(_grade_id(cell)), cell, number) for cell in original.cells if _is_check(cell)]


def _read(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except OSError as error:
        raise Ungradable(error.strerror or "it cannot be read") from error
    except Exception as error:  # nbformat has a dozen ways to say no
        raise Ungradable("it is not a notebook (or was cut short while saving)") from error


def _original(copy: Any, root: Path) -> Any:
    """The course's own exercise with the most cells in common, whatever the file is called now."""
    ids = set(_ids(copy))
    shared: dict[Path, int] = {}
    for path in sorted((root / "exercises").glob("*/*_exercises.ipynb")):
        shared[path] = len(ids & set(_ids(_read(path))))
    best = max(shared, key=lambda path: shared[path], default=None)
    if best is None or not shared[best]:
        raise Ungradable(
            "it has no check cells of this course. Exercise notebooks are work/NN_exercises.ipynb."
        )
    found = _read(best)
    found.metadata["course_number"] = best.name[:2]
    return found


def _ids(notebook: Any) -> Iterable[str]:
    return filter(None, map(_grade_id, notebook.cells))


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _is_check(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _restore(copy: Any, original: Any) -> None:
    """Writes the locked cells anew, and takes away all old outputs."""
    locked = {
        _grade_id(cell): cell for cell in original.cells if cell.metadata.get("nbgrader", {}).get("locked")
    }
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if known := locked.get(_grade_id(cell)):
            cell.cell_type, cell.source, cell.metadata = known.cell_type, known.source, known.metadata


def _execute(notebook: Any, folder: Path, cell_timeout: float) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from course_lib.kernel import ThisInterpreter

    client = NotebookClient(
        notebook,
        kernel_manager_class=ThisInterpreter,
        extra_arguments=["--log-level=ERROR"],
        timeout_func=lambda _cell: cell_timeout,  # the plain `timeout` takes no fractions
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute(env={**os.environ, record.OFF: "1"})
    except DeadKernelError as error:
        raise Ungradable(
            "its kernel died while a cell ran: look for os._exit or memory without end"
        ) from error
    except CellTimeoutError as error:
        raise Ungradable(f"a cell ran longer than {cell_timeout:g} s and could not be stopped") from error


def _result(cell: Any) -> dict[str, Any] | None:
    found = [output.data[MIME] for output in cell.get("outputs", []) if MIME in output.get("data", {})]
    return found[-1] if found else None


def _answer(said: dict[str, Any] | None, cell: Any, number: str) -> Answer:
    if said is not None:
        return Answer(*(said[field] for field in ("question", "outcome", "points", "max_points", "sentence")))
    question = f"{number}.{_grade_id(cell).removeprefix('check_')}"
    full = float(cell.metadata["nbgrader"]["points"])
    return Answer(question, "not started", 0.0, full, "The check is missing or did not run to its end.")
