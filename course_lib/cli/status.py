"""`course status`: chapters and questions with the learner's own results."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib import paths, record

MARKS = {
    "right": "[green]✓ right[/]",
    "wrong": "✗ wrong",
    "error": "✗ failed",
    "not started": "· not started",
}


@dataclass
class Standing:
    """How one question stands: the best result and the last."""

    question: str
    title: str
    max_points: float
    best: float = 0.0
    last: str = ""
    when: str = ""
    tries: int = 0

    def add(self, line: dict[str, Any]) -> None:
        """Takes in one remembered check."""
        self.tries += line["outcome"] != "not started"
        self.best = max(self.best, float(line["points"]))
        self.last, self.when = str(line["outcome"]), str(line.get("time", ""))[:16].replace("T", " ")


def standings(lines: list[dict[str, Any]], chapters: list[paths.Chapter]) -> dict[str, list[Standing]]:
    """Chapter number -> its questions, with what the remembered checks say of them."""
    from course_lib import checks

    table = {
        chapter.number: [Standing(q.id, q.title, q.points) for q in _questions(checks, chapter.number)]
        for chapter in chapters
    }
    by_id = {standing.question: standing for rows in table.values() for standing in rows}
    for line in lines:
        known = by_id.get(str(line.get("question")))
        if known and isinstance(line.get("points"), int | float) and line.get("outcome") in MARKS:
            known.add(line)
    return table


def _questions(checks: Any, number: str) -> tuple[Any, ...]:
    try:
        return tuple(checks.questions(number))
    except (KeyError, ValueError):  # a chapter without exercises
        return ()


def show(start: Path | None = None) -> int:
    """Prints the table and where it comes from; returns an exit code."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    folder = record.find(start) or record.find(paths.WORK)
    chapters = paths.chapters()
    table = Table(title="Your results", show_edge=False, header_style="bold")
    for heading in ("Question", "", "Points", "Last answer", "When (UTC)"):
        table.add_column(heading, justify="right" if heading == "Points" else "left")
    found = standings(record.read("check", start=folder), chapters)
    for chapter in chapters:
        rows = found[chapter.number]
        if not rows:
            continue
        best, full = sum(row.best for row in rows), sum(row.max_points for row in rows)
        table.add_row(
            f"[bold]{chapter.number}", f"[bold]{chapter.title}", f"[bold]{best:g} of {full:g}", "", ""
        )
        for row in rows:
            points = f"{row.best:g} of {row.max_points:g}"
            table.add_row(row.question, row.title, points, MARKS.get(row.last, "· not tried"), row.when)
    console.print(table)
    kept = folder / "record.jsonl" if folder else None
    if kept and kept.exists():
        console.print(
            f"Points are your best so far. They are kept in {kept} and never sent anywhere.", soft_wrap=True
        )
    else:
        console.print("Nothing is kept yet: answer a question in an exercise notebook (make lab) first.")
    return 0
