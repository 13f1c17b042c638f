"""The hash ring as a picture: who owns which arc, where the keys lie, and the walk from one key to its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from course_lib.pictures import palette, svg
from course_lib.pictures.load import Load, load_panel
from course_lib.pictures.picture import Picture
from course_lib.pictures.walk import TURN, Point, Walk, draw_walk

BAND, LANES, LABELS = 166, (128, 150), 196  # radii, in pixels
FEW = 24  # so many points can be told apart, and get labels


class Key(NamedTuple):
    """A key's position, its node, and whether the last change moved it."""

    position: int
    node: str
    moved: bool = False


def ring_picture(
    points: Sequence[Point],
    *,
    nodes: Iterable[str] | None = None,
    keys: Sequence[Key] = (),
    walk: Walk | None = None,
    loads: Sequence[Load] = (),
    movement: tuple[float, float] | None = None,
    looks: Mapping[str, palette.Look] | None = None,
) -> Picture:
    """The ring, 12 o'clock at position 0, positions growing clockwise; with `loads`, the load of each node beside it.

    `points` may be empty (a placement without a ring). `movement` is the share of keys that the last change
    moved and the least it could have moved, both in [0, 1].
    """
    points = sorted(points)
    names = list(nodes) if nodes is not None else sorted({node for _, node in points})
    looks = looks or palette.looks(names)
    circle = svg.Circle(215, 215)
    parts = [_band(circle, points, looks), *_keys(circle, keys, looks, fade=movement is not None)]
    if len(points) <= FEW:
        parts.append(_labels(circle, points, looks))
    if walk:
        owner, *copies = (looks[stop].letter for stop in walk.stops)
        lines = [f"→ {owner}"]
        if copies:
            lines.append(svg.shortened("copies " + ", ".join(copies), 17))
        parts += [draw_walk(circle, points, walk, looks), _middle(circle, walk.key, lines)]
    panel, height = load_panel(loads, looks, movement, x=460) if loads else ("", 0)
    words = _in_words(points, names, walk, loads, movement)
    return picture([*parts, panel], words, width=860 if loads else 430, height=max(430, height))


def small_ring(points: Sequence[Point], key: str, position: int, expected: str, got: str | None) -> Picture:
    """Where a key lies, the walk to the node it belongs on, and the node that was answered instead."""
    points = sorted(points)
    looks = palette.looks(sorted({node for _, node in points}))
    circle = svg.Circle(215, 215)
    lines = [f"belongs on {svg.shortened(expected, 8)}"]
    if got != expected:
        lines.append(f"answered: {svg.shortened(str(got), 8)}")
    parts = [_band(circle, points, looks)]
    if len(points) <= FEW:
        parts.append(_labels(circle, points, looks))
    wrong = got if got != expected else None
    parts += [
        draw_walk(circle, points, Walk(key, position, (expected,)), looks, wrong),
        _middle(circle, key, lines),
    ]
    return picture(parts, f"{key} belongs on {expected}; the answer was {got}.", width=430, height=430)


def picture(parts: Iterable[str], words: str, width: int, height: int) -> Picture:
    """Parts on one canvas, which shrinks with a narrow window."""
    drawing = svg.tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=words,
        style=f"display:block;width:100%;max-width:{width}px;height:auto",
        font_family="var(--jp-ui-font-family, system-ui, sans-serif)",
    )
    return Picture(drawing, words)


def _band(circle: svg.Circle, points: Sequence[Point], looks: Mapping[str, palette.Look]) -> str:
    """The arcs, one path a node: an arc belongs to the point at its clockwise end."""
    if not points:
        return svg.tag(
            "circle", cx=circle.x, cy=circle.y, r=BAND, fill="none", stroke=palette.LINE, stroke_width=2
        )
    arcs: dict[str, list[str]] = {}
    start = points[-1][0] / TURN - 1
    for position, node in points:
        end = position / TURN
        if end > start:
            arcs.setdefault(node, []).append(circle.arc(BAND, start, end))
        start = end
    return "".join(
        svg.tag(
            "path", d="".join(path), fill="none", stroke=looks[node].colour, stroke_width=15, data_node=node
        )
        for node, path in sorted(arcs.items())
    )


def _keys(
    circle: svg.Circle, keys: Sequence[Key], looks: Mapping[str, palette.Look], fade: bool
) -> Iterable[str]:
    """The keys as dots, one path a node: thousands of dots stay a handful of elements."""
    resting: dict[str, list[str]] = {}
    moved: dict[str, list[str]] = {}
    for rank, key in enumerate(sorted(keys)):
        dots = moved if key.moved else resting
        dots.setdefault(key.node, []).append(_dot(circle, rank, key.position))
    dot = {"fill": "none", "stroke_linecap": "round"}
    for node, path in sorted(resting.items()):
        opacity = 0.4 if fade else None
        yield svg.tag(
            "path",
            d="".join(path),
            stroke=looks[node].colour,
            stroke_width=4,
            stroke_opacity=opacity,
            data_node=node,
            **dot,
        )
    for node, path in sorted(moved.items()):
        d = "".join(path)
        yield svg.tag("path", d=d, stroke=palette.INK, stroke_width=7, **dot)
        yield svg.tag(
            "path", d=d, stroke=looks[node].colour, stroke_width=4.5, data_node=node, data_moved="yes", **dot
        )


@lru_cache(maxsize=16_384)  # keys stay where they are while nodes come and go
def _dot(circle: svg.Circle, rank: int, position: int) -> str:
    """Path data of a dot; the lane keeps neighbours apart, without chance."""
    inner, outer = LANES
    lane = inner + (outer - inner) * (rank * 0.618034 % 1)
    return f"M{circle.place(lane, position / TURN)}h0"


def _labels(circle: svg.Circle, points: Sequence[Point], looks: Mapping[str, palette.Look]) -> str:
    """A tick at each point and its node's letter outside, spread so that no two labels touch."""
    turns = [position / TURN for position, _ in points]
    parts = []
    for (_, node), turn, label in zip(points, turns, svg.spread(turns, 26 / (6.28 * LABELS)), strict=True):
        tick = f"M{circle.place(BAND - 9, turn)}L{circle.place(BAND + 9, turn)}L{circle.place(LABELS - 11, label)}"
        parts.append(svg.tag("path", d=tick, fill="none", stroke=palette.INK, stroke_width=1.5))
        parts.append(svg.badge(looks[node], *circle.at(LABELS, label), 11, data_node=node))
    return "".join(parts)


def _middle(circle: svg.Circle, key: str, lines: Sequence[str]) -> str:
    """The key's name in the middle of the ring, and a few words under it."""
    top = circle.y + 5 - 9 * len(lines)
    words = [svg.text(svg.shortened(key, 16), circle.x, top, 14, text_anchor="middle", font_weight="bold")]
    for row, line in enumerate(lines, 1):
        words.append(svg.text(line, circle.x, top + 19 * row, 13, palette.SOFT_INK, text_anchor="middle"))
    return "".join(words)


def _in_words(
    points: Sequence[Point],
    nodes: Sequence[str],
    walk: Walk | None,
    loads: Sequence[Load],
    movement: tuple[float, float] | None,
) -> str:
    """The same picture for those who hear it, and for a terminal."""
    words = [
        f"A ring of {len(nodes)} nodes with {len(points)} points."
        if points
        else f"{len(nodes)} nodes, no ring."
    ]
    if loads:
        words.append("Keys: " + ", ".join(f"{load.node} {load.keys}" for load in loads) + ".")
    if walk:
        words.append(f"{walk.key} goes to {', then '.join(walk.stops)}.")
    if movement:
        words.append(f"{movement[0]:.1%} of the keys moved; ideal {movement[1]:.1%}.")
    return " ".join(words)
