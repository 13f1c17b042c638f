"""The marks of a space-time diagram: what happens at a node, its lane, and words that stand out from lines."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise

from course_lib.pictures import palette, svg
from course_lib.pictures.moments import Moment, brief, seconds

CHARACTER = 6.4  # pixels: the width of a letter of 11 pixels, on the safe side


def words(text: str, x: float, y: float, anchor: str = "start", bold: bool = False) -> str:
    """Words on a slip of the paper's colour, legible across lines."""
    wide = width(text, bold)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    slip = svg.tag("rect", x=left, y=y - 9.5, width=wide, height=12, fill=palette.PAPER, rx=2)
    return slip + svg.text(text, x, y, 11, text_anchor=anchor, font_weight="bold" if bold else None)


def width(text: str, bold: bool = False) -> float:
    """How wide words are, in pixels."""
    return len(text) * CHARACTER * (1.08 if bold else 1.0)


def aside(text: str, x: float, y: float, **attributes: object) -> str:
    """Small words that nobody has to read."""
    return svg.text(text, x, y, 11, palette.SOFT_INK, **attributes)


def cross(x: float, y: float, r: float, colour: str) -> str:
    """A cross, of a message that is lost."""
    n = svg.number
    d = f"M{n(x - r)} {n(y - r)}L{n(x + r)} {n(y + r)}M{n(x - r)} {n(y + r)}L{n(x + r)} {n(y - r)}"
    return svg.tag("path", d=d, stroke=colour, stroke_width=3, stroke_linecap="round")


def letters(width: float) -> int:
    """How many letters of 11 pixels fit."""
    return int(width / CHARACTER)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of text of 13 pixels, bold."""
    return textwrap.wrap(text, max(20, int(width / 8))) or [text]


def digits(times: Sequence[float]) -> int:
    """As many digits after the point as tell most of the times apart."""
    different = len({round(time, 6) for time in times})
    for places in range(5):
        if len({round(time, places) for time in times}) >= 0.95 * different:
            return places
    return 4


def state_after(moment: Moment) -> str:
    """What a node is after it crashed, restarted, was paused or woke up."""
    if moment.kind == "crash":
        return "down"
    asleep = moment.kind == "pause" and moment.event and moment.event.note.startswith("until")
    return "paused" if asleep else "up"


def lane(x: float, top: float, bottom: float, state: str) -> str:
    """A stretch of a node's lane."""
    look: dict[str, dict[str, object]] = {
        "up": {"stroke": palette.LINE, "stroke_width": 3},
        "down": {"stroke": palette.LINE, "stroke_width": "1.5", "stroke_dasharray": "2 6"},
        "paused": {"stroke": palette.FAULTY, "stroke_width": 3, "stroke_dasharray": "9 4"},
    }
    d = f"M{svg.number(x)} {svg.number(top)}V{svg.number(bottom)}"
    return svg.tag("path", d=d, data_state=state, **look[state])


def band(
    groups: Sequence[frozenset[str]],
    lanes: Mapping[str, int],
    sides: tuple[int, int],
    top: float,
    bottom: float,
) -> str:
    """A partition, with a dotted line between neighbouring lanes that it cuts."""
    left, right = sides
    look: dict[str, object] = {"rx": 4, "fill": palette.CHOSEN, "opacity": "0.13"}
    parts = [svg.tag("rect", x=left, y=top - 10, width=right - left, height=bottom - top + 10, **look)]
    side = {name: number for number, group in enumerate(groups) for name in group}
    line: dict[str, object] = {
        "stroke": palette.CHOSEN,
        "stroke_width": 2,
        "stroke_dasharray": "2 5",
        "fill": "none",
    }
    for one, other in pairwise(lanes):
        if one in side and other in side and side[one] != side[other]:
            middle = svg.number((lanes[one] + lanes[other]) / 2)
            parts.append(svg.tag("path", d=f"M{middle} {svg.number(top + 6)}V{svg.number(bottom)}", **line))
    return svg.tag("g", *parts, class_="partition")


def half_a_head(name: str, room: float) -> float:
    """Half the width of a node's plate, in pixels."""
    return max(13.0, min(len(name), max(1, int((room - 12) / 7.6))) * 3.9 + 8)


def head(name: str, x: float, y: float, room: float, look: palette.Look) -> str:
    """A node's name on its colour."""
    shown = svg.shortened(name, max(1, int((room - 12) / 7.6)))
    half = half_a_head(name, room)
    plate = svg.tag("rect", x=x - half, y=y - 11, width=2 * half, height=22, rx=11, fill=look.colour)
    letters = svg.text(shown, x, y + 4.5, 13, look.ink, text_anchor="middle", font_weight="bold")
    full = svg.tag("title", svg.escape(name))
    return svg.tag("g", full, plate, letters, data_node=name)


def mark(
    moment: Moment,
    lanes: Mapping[str, int],
    y: float,
    room: int,
    looks: Mapping[str, palette.Look],
    broken: bool,
) -> str:
    """What happens at one moment, other than a message that sets off or is lost; its words take `room` letters."""
    if moment.node is None:
        first = min(lanes.values())
        told = words(moment.words, first + 12.0, y + 4, bold=True)
        return svg.tag("g", told, data_time=seconds(moment.time), class_=moment.kind)
    x, colour = float(lanes[moment.node]), looks[moment.node].colour
    inside, label = _sign(moment, x, y, colour, room)
    if broken:
        inside += svg.tag("circle", cx=x, cy=y, r=9, fill="none", stroke=palette.WRONG, stroke_width=3)
    if label:
        inside += words(svg.shortened(label, room), x + 12, y + 4)
    event = moment.event
    told = svg.tag("title", svg.escape(f"{moment.node}: {' '.join(str(event).split()[2:])}")) if event else ""
    return svg.tag(
        "g",
        told,
        inside,
        class_=moment.kind,
        data_time=seconds(moment.time),
        data_node=moment.node,
        data_message=event.id if event and moment.kind == "deliver" else None,
    )


def _sign(moment: Moment, x: float, y: float, colour: str, room: int) -> tuple[str, str]:
    """The sign on the lane, and the words beside it."""
    event = moment.event
    note = event.note if event else ""
    dot = svg.tag("circle", cx=x, cy=y, r=4.5, fill=colour, stroke=palette.PAPER)
    match moment.kind:
        case "timer":
            assert event
            return _clock(x, y), f"timer {event.id}"
        case "report":
            assert event
            d = f"M{svg.number(x)} {svg.number(y - 5)}l5 5l-5 5l-5 -5Z"
            return svg.tag("path", d=d, fill=palette.CHOSEN, stroke=palette.PAPER), brief(event.message, room)
        case "crash":
            disc = svg.tag(
                "circle", cx=x, cy=y, r=8, fill=palette.PAPER, stroke=palette.FAULTY, stroke_width=2
            )
            return disc + cross(x, y, 3.4, palette.FAULTY), "crash, in mid-handler" if note else "crash"
        case "restart":
            ring = svg.tag("circle", cx=x, cy=y, r=5.5, fill=palette.PAPER, stroke=colour, stroke_width=3)
            return ring, "restart"
        case "pause":
            n = svg.number
            bars = f"M{n(x - 3)} {n(y - 5)}v10M{n(x + 3)} {n(y - 5)}v10"
            back = svg.tag("rect", x=x - 6, y=y - 7, width=12, height=14, fill=palette.PAPER)
            sign = back + svg.tag("path", d=bars, stroke=palette.FAULTY, stroke_width=3)
            return (sign, f"paused {note}") if note.startswith("until") else (dot, note)
        case "skew" | "right":
            return _clock(x, y, palette.FAULTY), moment.words
    return dot, ""


def _clock(x: float, y: float, colour: str = palette.INK) -> str:
    face = svg.tag("circle", cx=x, cy=y, r=5.5, fill=palette.PAPER, stroke=colour, stroke_width=1.5)
    hands = svg.tag("path", d=f"M{svg.number(x)} {svg.number(y - 3.5)}v3.5h3", fill="none", stroke=colour)
    return face + hands
