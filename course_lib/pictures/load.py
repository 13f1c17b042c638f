"""The load of each node as bars, with its fair share, and what the last change moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from course_lib.pictures import palette, svg

WIDTH = 400


class Load(NamedTuple):
    """How many keys a node holds, how many would be fair (its weight's share), and what it gained or lost."""

    node: str
    keys: int
    fair: float
    change: int = 0


def load_panel(
    loads: Sequence[Load], looks: Mapping[str, palette.Look], movement: tuple[float, float] | None, x: float
) -> tuple[str, int]:
    """The panel, 400 pixels wide from `x`, and its height in pixels."""
    row = 30 if len(loads) <= 8 else 22
    names = any(looks[load.node].letter != load.node for load in loads)
    left, right = x + (120 if names else 30), x + WIDTH - 96
    scale = (right - left) / max(1, *(load.keys for load in loads), *(load.fair for load in loads))
    parts = [svg.text("Keys on each node", x, 26, 14, font_weight="bold")]
    top = 62
    for i, load in enumerate(loads):
        parts.append(_bar(load, looks[load.node], x, left, top + i * row, row, scale, names))
    parts.append(_fair_share(loads, left, top, row, scale))
    bottom = top + len(loads) * row + 30
    parts.append(_balance(loads, x, bottom))
    if movement:
        parts.append(_movement(movement, x, bottom + 32))
    return "".join(parts), bottom + 110


def _bar(
    load: Load, look: palette.Look, x: float, left: float, y: float, row: int, scale: float, names: bool
) -> str:
    middle = y + row / 2
    width = load.keys * scale
    parts = [
        svg.badge(look, x + 10, middle, 10),
        svg.tag("rect", x=left, y=y + 3.0, width=width, height=row - 6, fill=look.colour, rx=2),
        svg.text(f"{load.keys:,}", x + WIDTH - 50, middle + 5, 13, text_anchor="end", font_weight="bold"),
    ]
    if names:
        parts.append(svg.text(svg.shortened(load.node, 14), x + 26, middle + 4, 12))
    if load.change:
        words = f"{load.change:+,}".replace("-", "−")
        parts.append(svg.text(words, x + WIDTH, middle + 5, 12, palette.SOFT_INK, text_anchor="end"))
    return svg.tag("g", *parts, data_node=load.node)


def _fair_share(loads: Sequence[Load], left: float, top: float, row: int, scale: float) -> str:
    """A dashed line through the bars: straight where all shares are equal, in steps where weights differ."""
    path = "".join(
        f"{'L' if i else 'M'}{_step(load, i, left, top, row, scale)}" for i, load in enumerate(loads)
    )
    line = svg.tag("path", d=path, fill="none", stroke=palette.INK, stroke_width=1.5, stroke_dasharray="4 3")
    first = loads[0]
    equal = len({load.fair for load in loads}) == 1
    words = f"fair share {first.fair:,.0f}" if equal else "fair share by weight"
    return line + svg.text(
        words, left + first.fair * scale, top - 8, 12, palette.SOFT_INK, text_anchor="middle"
    )


def _step(load: Load, i: int, left: float, top: float, row: int, scale: float) -> str:
    x = svg.number(left + load.fair * scale)
    return f"{x} {svg.number(top + i * row - 2)}L{x} {svg.number(top + (i + 1) * row - 2)}"


def _balance(loads: Sequence[Load], x: float, y: float) -> str:
    worst = max(load.keys / load.fair for load in loads)
    label = "max / mean" if len({load.fair for load in loads}) == 1 else "max / fair share"
    return svg.text(f"{label} = {worst:.2f}", x, y, 13, font_weight="bold")


def _movement(movement: tuple[float, float], x: float, y: float) -> str:
    """Two bars on one scale: what moved, and the least that had to move."""
    parts = [svg.text("Moved by the last change", x, y, 14, font_weight="bold")]
    moved, ideal = movement
    rows = (("moved", moved, palette.INK), ("ideal", ideal, palette.LINE))
    for top, (label, share, fill) in zip((y + 12, y + 34), rows, strict=True):
        parts.append(svg.text(label, x, top + 13, 13))
        parts.append(
            svg.tag("rect", x=x + 50, y=top, width=max(share * 260, 1.0), height=16, fill=fill, rx=2)
        )
        words = f"{share:.1%}".replace("%", " %")
        parts.append(svg.text(words, x + 58 + share * 260, top + 13, 13, font_weight="bold"))
    return "".join(parts)
