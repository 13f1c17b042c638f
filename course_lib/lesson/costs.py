"""The price tag: what a design costs, in one table for the whole course."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from course_lib.lesson.tables import Table, table, text
from course_lib.paths import ROOT

COLUMNS = ("messages", "round_trips", "bytes", "p50_ms", "p99_ms", "availability", "note")
MIME = "application/vnd.course.price+json"
PRICES = ROOT / "book" / "prices.json"

Cost = int | float | str


class Price:
    """Rows of the course-wide table; the builder gathers them from what a lesson shows."""

    def __init__(self, rows: tuple[dict[str, Cost], ...]) -> None:
        self.rows = rows

    def __repr__(self) -> str:
        return repr(_table(self.rows, ("what",)))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = _table(self.rows, ("what",))
        return {"text/plain": repr(shown), "text/markdown": shown._repr_markdown_(), MIME: list(self.rows)}


def price(what: str | Mapping[str, Mapping[str, Cost]], **costs: Cost) -> Price:
    """What one design costs, or several: price({"ring": {"messages": 1}, "modulo": {"messages": 1}}).

    Costs are messages, round_trips, bytes, p50_ms, p99_ms, availability (a share, 0 to 1) and note; each is a
    number or a short text. Raises TypeError for another name, ValueError for a share outside 0 to 1.
    """
    designs = {what: costs} if isinstance(what, str) else what
    return Price(tuple(_row(name, of_design) for name, of_design in designs.items()))


def prices() -> Table:
    """The table of all chapters."""
    rows = json.loads(PRICES.read_text(encoding="utf-8")) if PRICES.exists() else []
    return _table(rows, ("chapter", "what"))


def _row(what: str, costs: Mapping[str, Cost]) -> dict[str, Cost]:
    for name in costs:
        if name not in COLUMNS:
            raise TypeError(f"{what} has a cost {name!r}; the table's columns are {', '.join(COLUMNS)}")
    share = costs.get("availability")
    if isinstance(share, int | float) and not 0 <= share <= 1:
        raise ValueError(f"availability of {what} is {share}; it is a share, 0 to 1")
    return {"what": what, **costs}


def _table(rows: Iterable[Mapping[str, Cost]], first: tuple[str, ...]) -> Table:
    """Columns that nobody fills are left out."""
    rows = tuple(rows)
    columns = first + tuple(column for column in COLUMNS if any(column in row for row in rows))
    cells = [[_cell(column, row.get(column)) for column in columns] for row in rows]
    return table(cells, [column.replace("_ms", ", ms").replace("_", " ") for column in columns])


def _cell(column: str, value: Cost | None) -> str:
    if column == "availability" and isinstance(value, int | float):
        return f"{100 * value:.6g} %"
    return text(value)
