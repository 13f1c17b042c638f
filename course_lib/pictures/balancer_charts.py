"""Two charts of a balancer's run: how many requests there are in time, and latency by percentile beside theory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

import numpy as np

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.balancer_reading import SAMPLES, Side
from course_lib.pictures.timeline import ticks

LEFT, RIGHT = 46, 812  # pixels, of the strip
TALL, STEPS = 64, 400  # pixels; points of a line
CURVES_RIGHT, CURVES_TALL = 486, 150
PERCENTS = (0, 50, 90, 99)
LAST = 0.995  # the percentile at which the curves end: beyond it a run of this length says little


def strip(sides: Sequence[Side], colours: Sequence[str], sample: int, y: float, caption: str) -> str:
    """How many requests there are, all servers together, from the first to the last; `y` is its upper edge."""
    totals = [side.queues.sum(axis=0) for side in sides]
    top, end = float(max(10, *(total.max() for total in totals))), sides[0].end
    bottom = y + 16 + TALL

    def at(number: float) -> float:
        return bottom - number / top * TALL

    warm = time_x(sides[0].began, end) - LEFT
    parts = [
        svg.text("Requests in all queues", LEFT, y + 8, 13, font_weight="bold"),
        marks.aside(caption, LEFT + 176, y + 8),
        svg.tag("rect", x=LEFT, y=bottom - TALL, width=warm, height=TALL, fill=palette.LINE, opacity="0.35"),
        *_levels([value for value in ticks(0, top)[::2] if value], at, LEFT, RIGHT),
        *(marks.aside(f"{t:g}", time_x(t, end), bottom + 14, text_anchor="middle") for t in ticks(0, end)),
        svg.tag("path", d=f"M{LEFT} {svg.number(bottom)}H{RIGHT}", stroke=palette.SOFT_INK),
    ]
    if warm > marks.width("left out"):
        parts.append(marks.aside("left out", LEFT + 4, bottom - TALL + 12))
    every = np.linspace(0, SAMPLES - 1, STEPS).astype(int)
    for total, colour in zip(totals, colours, strict=False):
        points = [(LEFT + k / (SAMPLES - 1) * (RIGHT - LEFT), at(float(total[k]))) for k in every]
        parts.append(_line(points, colour, 1.5))
    x = LEFT + sample / (SAMPLES - 1) * (RIGHT - LEFT)
    cursor = svg.tag(
        "path",
        d=f"M0 {svg.number(bottom - TALL - 4)}V{svg.number(bottom + 3)}",
        stroke=palette.INK,
        stroke_width=2,
    )
    parts.append(svg.tag("g", cursor, class_="cursor", transform=f"translate({svg.number(x)} 0)"))
    # Where a pointer moves the cursor.
    box = {"x": LEFT, "y": bottom - TALL, "width": RIGHT - LEFT, "height": TALL}
    parts.append(svg.tag("rect", fill="transparent", class_="track", **box))
    return svg.tag("g", *parts, class_="strip")


def time_x(time: float, end: float) -> float:
    return LEFT + time / end * (RIGHT - LEFT)


def curves(sides: Sequence[Side], colours: Sequence[str], y: float) -> str:
    """Latency by percentile. On this axis an exponential law, as that of random choice, is a straight line."""
    bottom = y + 22 + CURVES_TALL
    shares = [1 - 10 ** (-log10(1 / (1 - LAST)) * k / 60) for k in range(61)]
    measured = [[side.latency(q) or 0.0 for q in shares] for side in sides]
    smooth = shares[::5]  # a law needs fewer points
    expected = [[side.theory.quantile(q) for q in smooth] if side.theory else [] for side in sides]
    top = max(1.0, *(value for line in (*measured, *expected) for value in line)) * 1.04

    def at(latency: float) -> float:
        return bottom - latency / top * CURVES_TALL

    parts = [
        svg.text("Latency by percentile", LEFT, y + 8, 13, font_weight="bold"),
        marks.aside("in mean service times; dashed: theory", LEFT + 176, y + 8),
        *_levels([value for value in ticks(0, top) if value], at, LEFT, CURVES_RIGHT),
        svg.tag("path", d=f"M{LEFT} {svg.number(bottom)}H{CURVES_RIGHT}", stroke=palette.SOFT_INK),
    ]
    for percent in PERCENTS:
        x = share_x(percent / 100)
        parts.append(
            svg.tag(
                "line", x1=x, x2=x, y1=bottom - CURVES_TALL, y2=bottom, stroke=palette.LINE, opacity="0.5"
            )
        )
        parts.append(marks.aside(f"p{percent}", x, bottom + 15, text_anchor="middle"))
    for place, (side, colour) in enumerate(zip(sides, colours, strict=False)):
        places = [share_x(q) for q in shares]
        if expected[place]:
            law = [(x, at(value)) for x, value in zip(places[::5], expected[place], strict=True)]
            parts.append(_line(law, colour, 1.5, "5 4"))
        if side.mean is not None:
            parts.append(
                _line([(x, at(value)) for x, value in zip(places, measured[place], strict=True)], colour, 2.5)
            )
            parts += [_point(share_x(q), at(side.latency(q) or 0.0), place, colour) for q in (0.5, 0.99)]
    return svg.tag("g", *parts, *_names(sides, [at(line[-1]) for line in measured], bottom), class_="curves")


def share_x(q: float) -> float:
    return LEFT + log10(1 / (1 - q)) / log10(1 / (1 - LAST)) * (CURVES_RIGHT - LEFT)


def _names(sides: Sequence[Side], heights: Sequence[float], bottom: float) -> list[str]:
    """Each name where its line ends, the two not over each other."""
    low, high = max(heights), min(heights)
    middle = min((low + high) / 2, bottom - 9)
    if low - high < 15:
        low, high = middle + 7.5, middle - 7.5
    upper_first = heights[0] <= heights[-1]
    places = [high, low] if upper_first else [low, high]
    return [
        svg.text(svg.shortened(side.name, 14), CURVES_RIGHT + 8, place + 4, 12)
        for side, place in zip(sides, places, strict=False)
        if side.mean is not None
    ]


def _point(x: float, y: float, place: int, colour: str) -> str:
    """A disc on the first line, a square on the second: colour does not speak alone."""
    look = {"fill": colour, "stroke": palette.PAPER, "stroke_width": 1.5}
    if place == 0:
        return svg.tag("circle", cx=x, cy=y, r=5, **look)
    return svg.tag("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **look)


def _levels(values: Sequence[float], at: Callable[[float], float], left: float, right: float) -> list[str]:
    found = []
    for value in values:
        d = f"M{svg.number(left)} {svg.number(at(value))}H{svg.number(right)}"
        found.append(svg.tag("path", d=d, stroke=palette.LINE, opacity="0.5"))
        found.append(marks.aside(f"{value:,g}", left - 6, at(value) + 4, text_anchor="end"))
    return found


def _line(points: Sequence[tuple[float, float]], colour: str, wide: float, dashes: str | None = None) -> str:
    d = "M" + "L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in points)
    look = {"stroke": colour, "stroke_width": wide, "stroke_dasharray": dashes, "stroke_linejoin": "round"}
    return svg.tag("path", d=d, fill="none", **look)
