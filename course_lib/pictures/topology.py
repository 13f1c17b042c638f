"""The nodes and links of a system as a picture, and what is on its way between them at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import cos, hypot, pi, sin

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.moments import brief, moments, seconds
from course_lib.pictures.picture import Picture
from course_lib.pictures.situation import Flight, Situation, situation
from course_lib.sim.scenario import Scenario
from course_lib.sim.trace import Trace

WIDTH, HEIGHT, ASIDE, HIGH = (
    430,
    300,
    165,
    112,
)  # the canvas, and how far nodes stand from its middle, in pixels
LANE = 8  # how far a message keeps to the right of its link, so that two that meet do not touch

Link = tuple[str, str]


def topology(
    system: Scenario | Iterable[str],
    *,
    links: Iterable[Link] | None = None,
    trace: Trace | None = None,
    at: float | None = None,
) -> Picture:
    """The nodes of a scenario, or the names given, on a circle, and their links: the scenario's, or `links`, pairs of
    (sender, to); by default everybody is linked with everybody.

    With a `trace` of it, how it stands at a time in seconds (None: at the end): nodes that are down or paused, links
    that are cut, and messages on their way.
    """
    names, pairs = _system(system, links)
    now = Situation()
    if trace is not None:
        now = situation(moments(trace), trace.end if at is None else at)
    drawing = draw(names, pairs, now)
    words = _in_words(names, pairs, now, "" if at is None else f" at {seconds(at)} s")
    whole = svg.tag(
        "svg",
        drawing,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height(names)}",
        role="img",
        aria_label=words,
        style=f"display:block;width:100%;max-width:{WIDTH}px;height:auto",
        font_family="var(--jp-ui-font-family, sans-serif)",
    )
    return Picture(whole, words)


def _system(system: Scenario | Iterable[str], links: Iterable[Link] | None) -> tuple[list[str], list[Link]]:
    if isinstance(system, Scenario):
        names = list(system.nodes)
        pairs = system.network.pairs(names) if links is None else list(links)
    else:
        names = list(system)
        pairs = [(a, b) for a in names for b in names] if links is None else list(links)
    for pair in pairs:
        for name in pair:
            if name not in names:
                raise ValueError(f"the link {pair!r} names {name!r}; the nodes are {', '.join(names)}")
    return names, [pair for pair in pairs if pair[0] != pair[1]]


def height(names: Sequence[str]) -> int:
    """Of the canvas, in pixels."""
    return HEIGHT if len(names) > 2 else 130


def places(names: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Where each node stands: in the order of the names, clockwise; two beside each other, one in the middle."""
    x, y = WIDTH / 2, height(names) / 2
    if len(names) == 1:
        return {names[0]: (x, y)}
    first = -0.25 if len(names) == 2 else 0.0
    turns = [2 * pi * (first + i / len(names)) for i in range(len(names))]
    return {
        name: (round(x + ASIDE * sin(t), 1), round(y - HIGH * cos(t), 1))
        for name, t in zip(names, turns, strict=True)
    }


def draw(names: Sequence[str], pairs: Collection[Link], now: Situation) -> str:
    """The inside of the picture. A link has data-from and data-to, a node data-node, a message data-message."""
    at = places(names)
    looks = palette.looks(names)
    both = set(pairs)
    parts = []
    for a, b in sorted({(min(pair), max(pair)) for pair in both}):
        parts.append(_link(a, b, at, both, now))
    parts += [_node(name, *at[name], looks[name], now) for name in names]
    taken = [(x - 24, y) for x, y in at.values()]
    flights = [_flight(flight, at, i, taken) for flight, i in _in_line(now.flights)]
    return "".join([*parts, svg.tag("g", *flights, class_="flights")])


def _link(a: str, b: str, at: Mapping[str, tuple[float, float]], both: set[Link], now: Situation) -> str:
    (x1, y1), (x2, y2) = at[a], at[b]
    n = svg.number
    d = f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}"
    cut = any(now.is_cut(*pair) for pair in ((a, b), (b, a)) if pair in both)
    one_way = len({(a, b), (b, a)} & both) == 1
    told = f"{a} and {b}" if not one_way else "from {} to {}".format(*((a, b) if (a, b) in both else (b, a)))
    parts = [
        svg.tag("title", svg.escape(f"link {told}{', cut' if cut else ''}")),
        svg.tag("path", d=d, stroke="transparent", stroke_width=14),  # easy to hit
        svg.tag("path", d=d, class_="wire", stroke=palette.LINE, stroke_width=2,
                stroke_dasharray="2 6" if cut else None),
        svg.tag("g", marks.cross(x1 + (x2 - x1) * 0.42, y1 + (y2 - y1) * 0.42, 6, palette.CHOSEN), class_="cross",
                style=None if cut else "display:none"),
    ]  # fmt: skip
    if one_way:
        parts.append(_direction(*((x1, y1, x2, y2) if (a, b) in both else (x2, y2, x1, y1))))
    return svg.tag("g", *parts, class_="link cut" if cut else "link", data_from=a, data_to=b)


def _direction(x1: float, y1: float, x2: float, y2: float) -> str:
    """A small head in the middle of a link that goes one way."""
    long = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    x, y, n = x1 + ux * long * 0.56, y1 + uy * long * 0.56, svg.number
    back = [(x - 9 * ux + turn * 4 * uy, y - 9 * uy - turn * 4 * ux) for turn in (1, -1)]
    d = f"M{n(x)} {n(y)}" + "".join(f"L{n(a)} {n(b)}" for a, b in back) + "Z"
    return svg.tag("path", d=d, fill=palette.LINE)


def _node(name: str, x: float, y: float, look: palette.Look, now: Situation) -> str:
    state = "down" if name in now.down else "paused" if name in now.paused else "up"
    plate = marks.head(name, x, y, 130, look)
    half = max(30.0, len(name) * 3.9 + 16)
    above = y < HEIGHT / 2 - 10  # words stand outside, clear of what flies
    words = marks.words("" if state == "up" else state, x, y - 24 if above else y + 33, "middle", bold=True)
    ring = svg.tag(
        "rect", x=x - half, y=y - 18, width=2 * half, height=36, rx=18, class_="ring", fill="none",
        stroke=palette.INK, stroke_width=2, style="display:none",
    )  # fmt: skip
    return svg.tag(
        "g",
        ring,
        svg.tag("g", plate, opacity="0.35" if state == "down" else None, class_="plate"),
        svg.tag("g", words, class_="state"),
        class_="node",
        data_node=name,
        data_state=state,
    )


def _in_line(flights: Sequence[Flight]) -> list[tuple[Flight, int]]:
    """Each flight, and how many on its link are close before it: they give way to each other."""
    seen: dict[tuple[str, str, int], int] = {}
    counted = []
    for flight in sorted(flights, key=lambda flight: (flight.sender, flight.to, flight.fraction, flight.id)):
        key = (flight.sender, flight.to, round(flight.fraction * 8))
        counted.append((flight, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return counted


def spot(flight: Flight, at: Mapping[str, tuple[float, float]], rank: int = 0) -> tuple[float, float]:
    """Where a message is: on the right of its link, clear of the nodes at its ends."""
    (x1, y1), (x2, y2) = at[flight.sender], at[flight.to]
    long = hypot(x2 - x1, y2 - y1)
    if long == 0:
        return x1 + 34.0, y1 - 14.0 * (1 + rank)
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    along = 26 + (long - 52) * min(1.0, max(0.0, flight.fraction))
    side = LANE + 15 * rank
    return x1 + ux * along - uy * side, y1 + uy * along + ux * side


def _flight(
    flight: Flight, at: Mapping[str, tuple[float, float]], rank: int, taken: list[tuple[float, float]]
) -> str:
    """A dot, with its words where there is room for them; `taken` are the left ends of those that stand already."""
    x, y = spot(flight, at, rank)
    dot = svg.tag("circle", cx=x, cy=y, r=5, fill=palette.INK, stroke=palette.PAPER)
    told = svg.tag("title", svg.escape(f"{flight.id} {brief(flight.message, 200)}"))
    words = brief(flight.message, 20)
    way = -1 if x > WIDTH * 0.7 else 1  # words stay on the canvas
    left = x + 8 if way > 0 else x - 8 - marks.CHARACTER * len(words)
    free = all(abs(y - b) > 13 or a > left + marks.CHARACTER * len(words) or left > a + 48 for a, b in taken)
    if free:
        taken += [(left + 48.0 * i, y) for i in range(1 + int(marks.CHARACTER * len(words) / 48))]
    shown = marks.words(words, x + 8 * way, y + 4, "start" if way > 0 else "end") if free else ""
    return svg.tag("g", told, dot, shown, class_="flight", data_message=flight.id)


def _in_words(names: Sequence[str], pairs: Collection[Link], now: Situation, when: str) -> str:
    words = [f"{len(names)} nodes, {', '.join(names)}, with {len(pairs)} links{when}."]
    for what, which in (("down", now.down), ("paused", now.paused)):
        if which:
            words.append(f"{', '.join(sorted(which))} {what}.")
    words += [f"{cut.words}." for cut in now.cuts]
    if now.flights:
        flying = ", ".join(f"{flight.id} {brief(flight.message, 40)}" for flight in now.flights)
        words.append(f"On their way: {flying}.")
    return " ".join(words)
