"""SVG as text: a tag, a number, a place on a circle. Numbers are rounded, so the same picture is the same text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from course_lib.pictures import palette


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, without a needless zero or minus."""
    digits = f"{value:.1f}".removesuffix(".0")
    return "0" if digits == "-0" else digits


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. `font_size=12` becomes `font-size="12"`; an attribute of None is left out.

    What is `inside` is SVG already; `text` escapes what comes from people.
    """
    words = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value) if isinstance(value, float) else str(value))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    body = "".join(inside)
    return f"<{name}{''.join(words)}>{body}</{name}>" if body else f"<{name}{''.join(words)}/>"


def text(
    words: str, x: float, y: float, size: int = 12, fill: str = palette.INK, **attributes: object
) -> str:
    """Words with their baseline at y."""
    return tag("text", escape(words), x=float(x), y=float(y), font_size=size, fill=fill, **attributes)


def shortened(words: str, length: int) -> str:
    """At most `length` characters, with an ellipsis where some were left out."""
    return words if len(words) <= length else words[: length - 1] + "…"


def badge(look: palette.Look, x: float, y: float, radius: float, **attributes: object) -> str:
    """A node's letter on a disc of its colour."""
    size = {1: 13, 2: 12}.get(len(look.letter), 10) if radius >= 10 else 10
    letter = text(look.letter, x, y + size * 0.36, size, look.ink, text_anchor="middle", font_weight="bold")
    disc = tag("circle", cx=float(x), cy=float(y), r=float(radius), fill=look.colour, stroke=palette.PAPER)
    return tag("g", disc, letter, **attributes)


class Circle(NamedTuple):
    """A circle on the canvas. A place on it is a turn: 0 at 12 o'clock, growing clockwise, 1 the whole way round."""

    x: float
    y: float

    def at(self, radius: float, turn: float) -> tuple[float, float]:
        """The canvas coordinates of a turn at a radius."""
        angle = 2 * math.pi * turn
        return self.x + radius * math.sin(angle), self.y - radius * math.cos(angle)

    def place(self, radius: float, turn: float) -> str:
        """The same, as path data."""
        x, y = self.at(radius, turn)
        return f"{number(x)} {number(y)}"

    def arc(self, radius: float, start: float, end: float) -> str:
        """Path data of the arc from `start` to `end`: clockwise where end is greater, else anticlockwise."""
        if abs(end - start) > 0.75:  # SVG cannot draw a whole circle in one arc
            middle = (start + end) / 2
            return self.arc(radius, start, middle) + self.arc(radius, middle, end)
        large, sweep = int(abs(end - start) > 0.5), int(end > start)
        r = number(radius)
        return f"M{self.place(radius, start)}A{r} {r} 0 {large} {sweep} {self.place(radius, end)}"


def spread(turns: Sequence[float], gap: float) -> list[float]:
    """Sorted turns moved as little as possible (least squares) until neighbours are `gap` apart.

    Isotonic regression of turn - rank * gap by pooling adjacent violators; the circle is cut at its widest gap.
    """
    if len(turns) < 2:
        return list(turns)
    if gap * len(turns) >= 1:
        raise ValueError(f"{len(turns)} labels of {gap:.3f} turns do not fit on a circle: show fewer labels")
    gaps = [turn - turns[i - 1] + (i == 0) for i, turn in enumerate(turns)]
    first = gaps.index(max(gaps))
    opened = [*turns[first:], *(turn + 1 for turn in turns[:first])]
    blocks: list[tuple[float, int]] = []
    for rank, turn in enumerate(opened):
        mean, size = turn - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    means = [mean for mean, size in blocks for _ in range(size)]
    placed = [mean + rank * gap for rank, mean in enumerate(means)]
    cut = len(turns) - first
    return [*(turn - 1 for turn in placed[cut:]), *placed[:cut]]
