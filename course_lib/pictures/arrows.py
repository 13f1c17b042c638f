"""The messages of a space-time diagram: from where each was sent to where it arrives, is lost, or still flies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.moments import Moment, brief, seconds
from course_lib.pictures.rows import ROW, crossed


@dataclass
class Arrow:
    """One copy of a message. `start` and `end` are places in pixels; None where it is not on the picture."""

    id: str
    sender: str
    to: str
    message: Any
    sent: float
    start: float | None
    end: float | None
    fate: str
    """delivered, lost, or flying"""
    why: str = ""
    time: float = 0.0
    """When it arrived or was lost, in seconds."""
    guilty: bool = False
    again: bool = False
    gap: int = 0
    """Where it is lost: the gap on the right of the lane of this number."""


def arrows(
    happened: Sequence[Moment],
    first: int,
    shown: Sequence[Moment],
    y: Sequence[float],
    guilty: frozenset[str],
    number: dict[str, int],
) -> list[Arrow]:
    """All messages that are on their way during the moments shown, in the order of their sending and arriving."""
    sent: dict[str, tuple[Moment, float | None]] = {}
    open_: dict[str, Arrow] = {}
    found: list[Arrow] = []
    for i, moment in enumerate(happened[: first + len(shown)], -first):
        event = moment.event
        if event is None or event.id is None or moment.kind not in ("send", "deliver", "drop"):
            continue
        at = y[i] if i >= 0 else None
        if moment.kind == "send":
            sent[event.id] = (moment, at)
            open_[event.id] = Arrow(
                event.id, event.node, event.peer or "", event.message, event.time, at, None, "flying",
                guilty=event.id in guilty,
            )  # fmt: skip
            continue
        arrow = open_.pop(event.id, None)
        if i < 0 or event.id not in sent:
            continue
        if arrow is None:  # it arrives once more
            begin, start = sent[event.id]
            assert begin.event
            arrow = Arrow(
                event.id, begin.event.node, begin.event.peer or "", event.message, begin.time, start, None,
                "", guilty=event.id in guilty, again=True,
            )  # fmt: skip
        arrow.end, arrow.time, arrow.why = at, event.time, event.note
        arrow.fate = "delivered" if moment.kind == "deliver" else "lost"
        if arrow.fate == "lost":
            arrow.gap = crossed(moment, number)
        found.append(arrow)
    return found + list(open_.values())


class Drawn(NamedTuple):
    """An arrow in two parts: all lines come first, so that no line runs across words."""

    line: str
    words: str


def draw(arrow: Arrow, x: Mapping[str, int], gap: int, last: bool) -> Drawn:
    """The arrow with its words; what came before the picture begins at its upper edge."""
    assert arrow.end is not None
    start = arrow.start if arrow.start is not None else 2.0
    x1, x2, end = float(x[arrow.sender]), float(x[arrow.to]), arrow.end
    way = 1 if x2 > x1 else -1
    before = "end" if way > 0 else "start"  # words that end at the arrow's tip
    if arrow.sender == arrow.to:
        return _loop(arrow, x1, start, end, gap)
    bow = bow_of(x1, x2, gap)
    if arrow.fate == "delivered":
        slope = (end - start + 2 * bow) / abs(x2 - x1)
        line = _line(arrow, x1, start, x2 - way * 11, end - slope * 6, bow)
        head = _head(arrow, x2 - way * 5, end, way, slope)
        return _group(arrow, line + head, _on_the_line(arrow, x2, end, way, slope, gap))
    if arrow.fate == "lost":
        down = arrow.why.endswith("is down")
        tip = x2 - way * 10 if down else min(x.values()) + gap * (arrow.gap + 0.5)
        mark = marks.cross(tip, end, 5, palette.DROPPED)
        words = _words(arrow, tip, end - 9, gap, before if down else "middle")
        return _group(arrow, _line(arrow, x1, start, tip, end, bow) + mark, words)
    tip = x2 - way * gap * 0.2 if last else x1 + (x2 - x1) * 0.6
    line = _line(arrow, x1, start, tip, end, bow)
    if not last:
        return _group(arrow, line, "")
    ring = svg.tag(
        "circle", cx=tip, cy=end, r=3.5, fill=palette.PAPER, stroke=_colour(arrow), stroke_width="1.5"
    )
    return _group(arrow, line + ring, _words(arrow, tip - way * 8, end + 4, gap, before))


def _loop(arrow: Arrow, x: float, start: float, end: float, gap: int) -> Drawn:
    """A message to oneself."""
    line = svg.tag("path", d=loop(x, start, end), fill="none", **_stroke(arrow))
    if arrow.fate == "lost":
        line += marks.cross(x + 11, end, 5, palette.DROPPED)
    elif arrow.fate == "delivered":
        line += _head(arrow, x + 5, end, -1, 0.0)
    return _group(arrow, line, _words(arrow, x + 32, end + 4, gap, "start"))


def bow_of(x1: float, x2: float, gap: int) -> float:
    """A long one is bowed, or it would run along one from the same place to a nearer lane."""
    return 0.0 if abs(x2 - x1) <= gap else 7.0


def loop(x: float, start: float, end: float) -> str:
    """The path data of a message to oneself."""
    n = svg.number
    return f"M{n(x)} {n(start)}C{n(x + 34)} {n(start)} {n(x + 34)} {n(end)} {n(x + 11)} {n(end)}"


def _colour(arrow: Arrow) -> str:
    return palette.WRONG if arrow.guilty else palette.DROPPED if arrow.fate == "lost" else palette.SOFT_INK


def _stroke(arrow: Arrow) -> dict[str, object]:
    return {
        "stroke": _colour(arrow),
        "stroke_width": "2.6" if arrow.guilty else "1.4",
        "stroke_dasharray": "5 4" if arrow.again or arrow.fate == "flying" else None,
    }


def _line(arrow: Arrow, x1: float, y1: float, x2: float, y2: float, bow: float) -> str:
    return svg.tag("path", d=path(x1, y1, x2, y2, bow), fill="none", **_stroke(arrow))


def path(x1: float, y1: float, x2: float, y2: float, bow: float) -> str:
    """The path data of a line, bowed upwards by so many pixels."""
    n = svg.number
    bend = f"Q{n((x1 + x2) / 2)} {n((y1 + y2) / 2 - 2 * bow)} " if bow else "L"
    return f"M{n(x1)} {n(y1)}{bend}{n(x2)} {n(y2)}"


def _head(arrow: Arrow, x: float, y: float, way: int, slope: float) -> str:
    """A head along a line that falls by `slope` pixels for each to the side."""
    n, length = svg.number, (1 + slope * slope) ** 0.5
    size = 10 if arrow.guilty else 8
    back, down = way * size / length, size * slope / length
    wide_x, wide_y = 0.45 * down, 0.45 * abs(back)
    one = f"L{n(x - back - way * wide_x)} {n(y - down + wide_y)}"
    other = f"L{n(x - back + way * wide_x)} {n(y - down - wide_y)}"
    return svg.tag("path", d=f"M{n(x)} {n(y)}{one}{other}Z", fill=_colour(arrow))


def _on_the_line(arrow: Arrow, x2: float, end: float, way: int, slope: float, gap: int) -> str:
    """Words in the middle of the arrow's last gap, where no other arrow comes near; a steep one has them at its tip."""
    half = marks.width(_told(arrow, gap), arrow.guilty) / 2
    away = max(min(gap / 2, ROW / 2 / max(slope, 0.01)), half + 12)
    return _words(arrow, x2 - way * away, max(end - slope * away, end - ROW / 2) + 4, gap, "middle")


def _told(arrow: Arrow, gap: int) -> str:
    """The message, and why it was lost, as far as there is room."""
    room = marks.letters(gap - 22)
    ending = f" {arrow.why}" if arrow.fate == "lost" and arrow.why else ""
    ending = ending if room >= 14 else ""
    return brief(arrow.message, room - len(ending)) + ending


def _words(arrow: Arrow, x: float, y: float, gap: int, anchor: str) -> str:
    return marks.words(_told(arrow, gap), x, y, anchor, bold=arrow.guilty)


def _group(arrow: Arrow, line: str, words: str) -> Drawn:
    told = {"delivered": "arrives", "lost": "is lost", "flying": "is still on its way"}[arrow.fate]
    when = "" if arrow.fate == "flying" else f" at {seconds(arrow.time)}"
    why = f": {arrow.why}" if arrow.why else ""
    title = f"{arrow.id} {brief(arrow.message, 200)}, sent at {seconds(arrow.sent)}, {told}{when}{why}"
    data = {
        "class_": "message guilty" if arrow.guilty else "message",
        "data_message": arrow.id,
        "data_time": seconds(arrow.sent),
        "data_node": arrow.sender,
        "data_fate": arrow.fate,
    }
    tip = svg.tag("title", svg.escape(title))
    return Drawn(svg.tag("g", tip, line, **data), svg.tag("g", tip, words, **data) if words else "")
