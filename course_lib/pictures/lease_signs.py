"""The signs of a lock's picture: bars, hatching, reads and writes. None relies on colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from course_lib.pictures import marks, palette, svg


def hatch(x: float, y: float, wide: float, high: float, step: int = 8) -> str:
    """A hatched box. Drawn line by line: a pattern has an id, and fails where its first owner is hidden."""
    n, lines = svg.number, []
    for down in range(
        step, int(wide + high) + 1, step
    ):  # where a line meets the left side, or would below it
        start, end = max(0.0, down - high), min(wide, float(down))
        lines.append(f"M{n(x + start)} {n(y + down - start)}L{n(x + end)} {n(y + down - end)}")
    ground = svg.tag(
        "rect", x=x, y=y, width=max(1.0, wide), height=float(high), fill=palette.LINE, fill_opacity="0.25"
    )
    return ground + svg.tag(
        "path", d="".join(lines) or "M0 0", stroke=palette.SOFT_INK, stroke_opacity="0.55"
    )


def bar(
    ends: tuple[float, float],
    middle: float,
    high: float,
    look: palette.Look,
    options: Sequence[str],
    pale: Sequence[tuple[float, float]] = (),
    open_end: bool = False,
    signs: Sequence[float] = (),
) -> str:
    """A bar in a node's colour, pale in places, with the longest words that fit between its signs.

    An open one has no right rim.
    """
    left, right = ends[0], max(ends[1], ends[0] + 2)
    top = middle - high / 2
    box = {"y": top, "height": float(high)}
    parts = [svg.tag("rect", x=left, width=right - left, fill=palette.PAPER, **box)]
    for start, end, faint in _pieces(left, right, pale):
        opacity = "0.3" if faint else None
        parts.append(
            svg.tag("rect", x=start, width=end - start, fill=look.colour, fill_opacity=opacity, **box)
        )
    n = svg.number
    rim = f"M{n(right)} {n(top)}H{n(left)}v{n(high)}H{n(right)}" + ("" if open_end else "Z")
    parts.append(svg.tag("path", d=rim, fill="none", stroke=look.colour, stroke_width=2))
    return "".join(parts) + _inside(_pieces(left, right, pale, signs), middle, look, options)


def _pieces(
    left: float, right: float, pale: Sequence[tuple[float, float]], signs: Sequence[float] = ()
) -> list[tuple[float, float, bool]]:
    """The bar cut where it turns pale and back, and at its signs: start, end, whether pale."""
    inner = [*signs, *(x for ends in pale for x in ends)]
    cuts = sorted({left, right, *(x for x in inner if left < x < right)})

    def is_pale(x: float) -> bool:
        return any(start <= x <= end for start, end in pale)

    return [(start, end, is_pale((start + end) / 2)) for start, end in pairwise(cuts)]


def _inside(
    pieces: Sequence[tuple[float, float, bool]], middle: float, look: palette.Look, options: Sequence[str]
) -> str:
    """The longest words that fit, in the first piece in which they do."""
    for words in options:
        for start, end, faint in pieces:
            if end - start > marks.width(words) + 12:
                return svg.text(words, start + 9, middle + 4, 11, palette.INK if faint else look.ink)
    return ""


def sign(kind: str, refused: bool, x: float, y: float) -> str:
    """A read is hollow, a write is filled, and what is refused is crossed out."""
    if refused:
        disc = svg.tag("circle", cx=x, cy=y, r=7, fill=palette.PAPER, stroke=palette.WRONG, stroke_width=2)
        return disc + marks.cross(x, y, 3, palette.WRONG)
    filled = kind == "write"
    fill, rim = (palette.INK, palette.PAPER) if filled else (palette.PAPER, palette.INK)
    return svg.tag("circle", cx=x, cy=y, r=4.5, fill=fill, stroke=rim, stroke_width=1.5)


def legend(x: float, y: float) -> str:
    """What the signs mean, in a line with its baseline at y."""
    parts = []
    for drawn, words in (
        (sign("read", False, 0, 0), "read"),
        (sign("write", False, 0, 0), "write"),
        (sign("write", True, 0, 0), "refused"),
        (svg.tag("path", d="M0 -5v10", stroke=palette.SOFT_INK), "asks for the lock"),
        (hatch(-10, -6, 20, 12, 5), "paused"),
    ):
        place = f"translate({svg.number(x + 10)} {svg.number(y - 4)})"
        parts.append(svg.tag("g", drawn, transform=place) + marks.aside(words, x + 24, y))
        x += marks.width(words) + 50
    return svg.tag("g", *parts, class_="legend")
