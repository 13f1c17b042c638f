"""A small table that reads well in a notebook and in a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Shows as Markdown, or as aligned text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        columns = zip(self.header, *self.rows, strict=True)
        widths = [max(map(len, column)) for column in columns]
        lines = [self.header, tuple("-" * width for width in widths), *self.rows]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )

    def _repr_markdown_(self) -> str:
        rule = tuple("---" for _ in self.header)
        return "\n".join(
            "| " + " | ".join(map(_escape, line)) + " |" for line in (self.header, rule, *self.rows)
        )


def table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> Table:
    """A table of `rows` under `header`. Numbers show with thousands separated; round floats first.

    Raises ValueError for a row that is longer or shorter than the header.
    """
    texts = tuple(tuple(text(value) for value in row) for row in rows)
    for row in texts:
        if len(row) != len(header):
            raise ValueError(
                f"the row {row} has {len(row)} cells, the header {len(header)}: {', '.join(header)}"
            )
    return Table(tuple(header), texts)


def text(value: object) -> str:
    """A value as a cell shows it; None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _escape(cell: str) -> str:
    return "<br>".join(cell.replace("|", r"\|").splitlines())
