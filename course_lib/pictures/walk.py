"""The walk from a key clockwise to its owner and on to its replicas, magnified inside the ring where it is short."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from course_lib.pictures import palette, svg

TURN = 2**64
KEYS, NEAR, LENS = 139, 114, 92  # radii, in pixels: of the keys, of a walk as it is, and of a magnified one
SPAN = 0.42  # turns that a magnified walk takes
CLEAR = 0.06  # turns from which on a walk is long enough to be seen as it is

Point = tuple[int, str]  # a position in [0, 2**64) and the node that stands there


class Walk(NamedTuple):
    """A key and the nodes that hold it, the owner first."""

    key: str
    position: int
    stops: tuple[str, ...]


class _Step(NamedTuple):
    """A point that the walk meets, `offset` turns clockwise from the key; unmarked if passed by."""

    offset: float
    node: str
    mark: str


class _Lens(NamedTuple):
    """A stretch of the ring drawn larger; a stretch that is long already keeps its size."""

    key: float
    low: float
    high: float

    @property
    def scale(self) -> float:
        stretch = self.high - self.low
        return 1.0 if stretch > CLEAR else SPAN / max(stretch, 1e-12)

    @property
    def radius(self) -> int:
        return LENS if self.scale > 1 else NEAR

    def turn(self, offset: float) -> float:
        middle = (self.low + self.high) / 2
        return self.key + middle + (offset - middle) * self.scale


def draw_walk(
    circle: svg.Circle,
    points: Sequence[Point],
    walk: Walk,
    looks: Mapping[str, palette.Look],
    wrong: str | None = None,
) -> str:
    """The key as a dot on the ring, an arc with an arrow to each stop, numbered in order; ✗ on the `wrong` node."""
    key = walk.position / TURN
    marker = _dot(circle, KEYS, key, 9, palette.INK) + _dot(circle, KEYS, key, 5, looks[walk.stops[0]].colour)
    marker = svg.tag("g", marker, data_key=walk.key)
    steps = _steps(points, walk, wrong)
    if not steps:
        return marker
    offsets = [0.0, *(step.offset for step in steps)]
    lens = _Lens(key, min(offsets), max(offsets))
    behind = sum(offset < 0 for offset in offsets)
    places = _places([lens.turn(offset) for offset in sorted(offsets)], lens.radius)
    parts = [_fan(circle, lens, places)] if lens.scale > 1 else []
    parts += [_leader(circle, key, places[behind], lens.radius), marker]
    start = places.pop(behind)
    stops = [start, *(turn for turn, step in zip(places, steps, strict=True) if step.mark.isdigit())]
    for order in range(len(stops) - 1, 0, -1):
        parts.append(
            _arrow(circle, stops[order - 1], stops[order], lens.radius, width=5 if order == 1 else 2)
        )
    parts.append(_dot(circle, lens.radius, start, 6, palette.INK))
    for turn, step in zip(places, steps, strict=True):
        parts.append(_step(circle, turn, step, looks[step.node], lens.radius))
    if lens.scale >= 2:
        words = f"zoom ×{lens.scale:,.0f}"
        parts.append(svg.text(words, circle.x, circle.y + 46, 12, palette.SOFT_INK, text_anchor="middle"))
    return "".join(parts)


def _steps(points: Sequence[Point], walk: Walk, wrong: str | None) -> list[_Step]:
    """The points from the key to the last stop, in order; a wrong node that lies behind the key comes first."""
    first = bisect_left(points, (walk.position, ""))
    ahead = [
        ((position - walk.position) % TURN / TURN, node)
        for position, node in (*points[first:], *points[:first])
    ]
    nodes = [node for _, node in ahead]
    marks = {nodes.index(stop): str(order) for order, stop in enumerate(walk.stops, 1) if stop in nodes}
    before: list[_Step] = []
    if wrong in nodes:
        nearest = nodes.index(wrong)
        last = len(nodes) - 1 - nodes[::-1].index(wrong)
        if ahead[nearest][0] <= 1 - ahead[last][0]:
            marks[nearest] = "✗"
        else:
            before = [_Step(ahead[last][0] - 1, nodes[last], "✗")]
    met = ahead[: max(marks, default=-1) + 1]
    steps = [_Step(offset, node, marks.get(i, "")) for i, (offset, node) in enumerate(met)]
    return before + (steps if len(steps) <= 16 else [step for step in steps if step.mark])


def _fan(circle: svg.Circle, lens: _Lens, places: Sequence[float]) -> str:
    """The stretch on the ring, joined to its larger image."""
    edge, rim, margin = KEYS - 15, LENS + 16, 0.03
    a, b = (lens.key + end for end in (lens.low - margin / lens.scale, lens.high + margin / lens.scale))
    c, d = min(places) - margin, max(places) + margin
    if d - c >= 1:  # the walk goes round the whole ring: there is nothing to enlarge
        return ""
    path = (
        circle.arc(edge, a, b)
        + f"Q{circle.place(edge - 6, b + (d - b) * 0.7)} {circle.place(rim, d)}"
        + circle.arc(rim, d, c).replace("M", "L", 1)
        + f"Q{circle.place(edge - 6, a + (c - a) * 0.7)} {circle.place(edge, a)}Z"
    )
    return svg.tag("path", d=path, fill=palette.SOFT_INK, opacity=0.15)


def _leader(circle: svg.Circle, key: float, start: float, radius: int) -> str:
    """From the key on the ring to where the walk begins."""
    bend = circle.place(KEYS - 21, key + (start - key) * 0.7)
    path = f"M{circle.place(KEYS, key)}Q{bend} {circle.place(radius, start)}"
    return svg.tag("path", d=path, fill="none", stroke=palette.INK, stroke_width=1.5)


def _places(turns: Sequence[float], radius: int) -> list[float]:
    """The turns, moved apart until badges do not touch."""
    return svg.spread(turns, min(34 / (2 * math.pi * radius), 0.8 / len(turns)))


def _step(circle: svg.Circle, turn: float, step: _Step, look: palette.Look, radius: int) -> str:
    if not step.mark:
        return _dot(circle, radius, turn, 5, look.colour)
    x, y = circle.at(radius - 20, turn)
    colour = palette.INK if step.mark.isdigit() else palette.WRONG
    mark = svg.text(step.mark, x, y + 4, 12, colour, text_anchor="middle", font_weight="bold")
    return svg.badge(look, *circle.at(radius, turn), 11, data_node=step.node) + mark


def _dot(circle: svg.Circle, radius: float, turn: float, size: float, fill: str) -> str:
    x, y = circle.at(radius, turn)
    return svg.tag("circle", cx=x, cy=y, r=size, fill=fill, stroke=palette.PAPER)


def _arrow(circle: svg.Circle, start: float, end: float, radius: int, width: int) -> str:
    """An arc whose head ends at the rim of the badge at `end`."""
    pixel = 1 / (2 * math.pi * radius)
    tip, size = end - 12 * pixel, 4 + width
    neck = max(tip - size * pixel, start)
    head = f"M{circle.place(radius, tip)}L{circle.place(radius - size, neck)}L{circle.place(radius + size, neck)}Z"
    arc = svg.tag(
        "path", d=circle.arc(radius, start, neck), fill="none", stroke=palette.INK, stroke_width=width
    )
    return arc + svg.tag("path", d=head, fill=palette.INK)
