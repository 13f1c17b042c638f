"""The numbers of a balancer's run beside those of theory."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.pictures import palette, svg
from course_lib.pictures.balancer_reading import Side, number

COLUMNS = (134, 182, 232)  # pixels from the left edge, to which numbers reach
ROW = 20

Row = tuple[str, tuple[str, ...], str, bool]  # words, numbers, colour, whether it was measured


def table(sides: Sequence[Side], colours: Sequence[str], bound: float | None, x: float, y: float) -> str:
    """Mean, p50 and p99 of each policy, theory below where there is one, and at last what no policy can beat."""
    rows: list[Row] = [("", ("mean", "p50", "p99"), "", False)]
    for side, colour in zip(sides, colours, strict=False):
        latencies = tuple(number(value) for value in (side.mean, side.latency(0.5), side.latency(0.99)))
        rows.append((side.name, latencies, colour, True))
        if side.theory:
            law = side.theory
            expected = tuple(number(value) for value in (law.mean, law.quantile(0.5), law.quantile(0.99)))
            rows.append((f"theory {law.name}", expected, "", False))
        if side.report.errors:
            rows.append(("failed", ("", "", f"{side.report.errors:.1%}".replace("%", " %")), "", False))
    if bound is not None:
        rows.append(("at best", (number(bound), "", ""), "", False))
    return svg.tag(
        "g", *(_row(row, x, y + 8 + place * ROW) for place, row in enumerate(rows)), class_="table"
    )


def _row(row: Row, x: float, y: float) -> str:
    name, numbers, colour, bold = row
    ink, weight = (palette.INK, "bold") if bold else (palette.SOFT_INK, None)
    parts = [svg.tag("rect", x=x, y=y - 9, width=9, height=9, rx=2, fill=colour)] if colour else []
    parts.append(svg.text(svg.shortened(name, 14), x + 14, y, 12, ink))
    for value, right in zip(numbers, COLUMNS, strict=True):
        parts.append(svg.text(value, x + right, y, 12, ink, text_anchor="end", font_weight=weight))
    return "".join(parts)
