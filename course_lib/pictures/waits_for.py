"""Who waits for whom: wait-for graphs side by side, each with the same transactions in the same places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Any

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.picture import Picture

WIDE, HIGH, TITLE = 240, 190, 26  # pixels: of one graph, and of the words above it
ACROSS, UP = 84, 66  # pixels: how far transactions stand from the middle
CLEAR = 24  # pixels: between an arrow's end and the middle of a transaction
ASIDE, BEND = (
    5,
    20,
)  # pixels: how far an arrow keeps to the right at its ends and bends, so that two do not touch

Place = tuple[float, float]


def waits_for_picture(graphs: Mapping[str, Any]) -> Picture:
    """Wait-for graphs, such as `locking.waits_for` makes them, under their titles: {"s1": ..., "both": ...}.

    An arrow leads from who waits to who is in the way, with the `key` that they want. Arrows of a cycle, which is a
    deadlock, are in the colour of what is wrong, and thick. Raises ValueError where there is no graph, and for an arrow
    from a transaction to itself.
    """
    if not graphs:
        raise ValueError("there is no graph to draw; give some with their titles: {'s1': waits_for(store)}")
    for title, graph in graphs.items():
        if itself := sorted(name for name in graph if graph.has_edge(name, name)):
            raise ValueError(f"{title}: {itself[0]} waits for itself, which nobody does who has a lock")
    names = sorted({name for graph in graphs.values() for name in graph})
    panels = [
        svg.tag(
            "g", *_panel(title, graph, names), transform=f"translate({WIDE * number} 0)", data_graph=title
        )
        for number, (title, graph) in enumerate(graphs.items())
    ]
    told = " ".join(_in_words(title, graph) for title, graph in graphs.items())
    whole = svg.tag(
        "svg",
        *panels,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE * len(graphs)} {TITLE + HIGH}",
        role="img",
        aria_label=told,
        style=f"display:block;width:100%;max-width:{WIDE * len(graphs)}px;height:auto",
        font_family="var(--jp-ui-font-family, sans-serif)",
    )
    return Picture(whole, told)


def cycles(graph: Any) -> list[list[str]]:
    """Each circle of transactions that wait for each other, from its first name on."""
    import networkx as nx

    found = []
    for cycle in nx.simple_cycles(graph):
        first = cycle.index(min(cycle))
        found.append(cycle[first:] + cycle[:first])
    return sorted(found)


def _panel(title: str, graph: Any, names: Sequence[str]) -> list[str]:
    at, looks = _places(names), palette.looks(names)
    circling = {pair for cycle in cycles(graph) for pair in pairwise([*cycle, cycle[0]])}
    arrows = [
        _arrow(a, b, at, str(graph.edges[a, b].get("key", "")), (a, b) in circling)
        for a, b in sorted(graph.edges)
    ]
    heads = [
        svg.tag("g", marks.head(name, *at[name], 60, looks[name]), opacity=None if name in graph else "0.35")
        for name in names
    ]
    above = svg.text(title, WIDE / 2, TITLE - 8, 13, text_anchor="middle", font_weight="bold")
    return [above, *arrows, *heads]


def _places(names: Sequence[str]) -> dict[str, Place]:
    """In the order of the names, clockwise; two stand beside each other."""
    first = -0.25 if len(names) == 2 else 0.0
    turns = [2 * pi * (first + number / len(names)) for number in range(len(names))]
    middle = TITLE + HIGH / 2
    return {
        name: (round(WIDE / 2 + ACROSS * sin(turn), 1), round(middle - UP * cos(turn), 1))
        for name, turn in zip(names, turns, strict=True)
    }


def _arrow(a: str, b: str, at: Mapping[str, Place], key: str, circles: bool) -> str:
    """A bent line with a head, and the key in its middle."""
    (x1, y1), (x2, y2) = at[a], at[b]
    long = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / long, (y2 - y1) / long

    def place(along: float, right: float) -> Place:
        return x1 + ux * along - uy * right, y1 + uy * along + ux * right

    start, bend, end = place(CLEAR, ASIDE), place(long / 2, BEND), place(long - CLEAR, ASIDE)
    colour = palette.WRONG if circles else palette.SOFT_INK
    told = svg.tag("title", svg.escape(f"{a} waits for {b}, for {key}" if key else f"{a} waits for {b}"))
    line = svg.tag(
        "path",
        d=f"M{_pair(start)}Q{_pair(bend)} {_pair(end)}",
        fill="none",
        stroke=colour,
        stroke_width=3 if circles else 2,
    )
    x, y = place(long / 2, (ASIDE + BEND) / 2)  # where the curve passes
    label = marks.words(key, x, y + 4, "middle") if key else ""
    return svg.tag("g", told, line, _head(bend, end, colour), label, data_from=a, data_to=b)


def _head(before: Place, tip: Place, colour: str) -> str:
    """A triangle that points from `before` to its tip."""
    long = hypot(tip[0] - before[0], tip[1] - before[1])
    ux, uy = (tip[0] - before[0]) / long, (tip[1] - before[1]) / long
    front = (tip[0] + 4 * ux, tip[1] + 4 * uy)
    sides = [(tip[0] - 7 * ux + turn * 5 * uy, tip[1] - 7 * uy - turn * 5 * ux) for turn in (1, -1)]
    return svg.tag("path", d=f"M{_pair(front)}L{_pair(sides[0])}L{_pair(sides[1])}Z", fill=colour)


def _pair(place: Place) -> str:
    return " ".join(map(svg.number, place))


def _in_words(title: str, graph: Any) -> str:
    waits = [f"{a} waits for {b}" for a, b in sorted(graph.edges)] or ["nobody waits"]
    circles = [f"a cycle: {', '.join(cycle)}" for cycle in cycles(graph)] or ["no cycle"]
    return f"{title}: {', '.join(waits)}; {', '.join(circles)}."
