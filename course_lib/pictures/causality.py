"""Cause and effect in a trace: each event in a row of its own, with its clock, and the past and future of one of them.

The rows are in the order of the trace, one after the other: time has no scale here, for clocks of this kind have none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count
from typing import Literal

from course_lib.clocks import VectorClock, compare, lamport_times, vector_times
from course_lib.pictures import marks, palette, svg
from course_lib.pictures.arrows import Arrow, Drawn, bow_of, loop, path
from course_lib.pictures.moments import Moment, told
from course_lib.pictures.picture import Picture
from course_lib.pictures.rows import ROW, Rows
from course_lib.pictures.spacetime import AXIS, MOST, TALL, Canvas, diagram, whole
from course_lib.sim.trace import Event, Trace

Clocks = Literal["vector", "lamport"]
PALE, HALF = "0.4", "0.55"
LOOKS: dict[str, dict[str, object]] = {
    "past": {"stroke": "#56b4e9", "stroke_width": 12},
    "future": {"stroke": palette.DROPPED, "stroke_width": 12, "stroke_dasharray": "4 4"},
}
"""A whole band for the past, rungs for the future: told apart without their colours too."""
LEGEND = {
    "past": "could have caused it",
    "future": "could be caused by it",
    "neither": "neither: concurrent with it",
}


def causality(
    trace: Trace,
    event: int | Event | None = None,
    clocks: Clocks | None = "vector",
    *,
    most: int = MOST,
    width: int = 860,
    tall: int | None = TALL,
) -> Picture:
    """The trace as a space-time diagram with a row an event, and at each event its clock.

    Of the `event` chosen, one of `trace.events` or its number from 0 (on the left), it shows what could have caused it,
    what it could have caused, and, pale, what is neither. Clocks: "vector" writes the counts in the order of the lanes,
    "lamport" one number, None nothing. `most`, `width` and `tall` are as in `spacetime`.

    Raises ValueError for clocks of another kind, and for an event that the trace has not, or that is a loss.
    """
    if clocks not in ("vector", "lamport", None):
        raise ValueError(f'clocks are "vector", "lamport" or None, not {clocks!r}')
    chosen = None if event is None else _number(trace, event)
    side = _sides(trace, chosen)
    around = None if chosen is None or len(trace) <= most else trace.events[chosen].time
    labels = _labels(trace, clocks)
    canvas = partial(CausalCanvas, labels=labels, side=side, chosen=chosen)
    drawing = diagram(trace, around=around, most=most, width=width, on=canvas)
    if chosen is None:
        return whole(drawing, tall)
    counted = [name for name, event in zip(side, trace.events, strict=True) if event.kind != "drop"]
    legend = {name: f"{text}: {counted.count(name)}" for name, text in LEGEND.items()}
    what = f"event {chosen}: {told(_moment(trace.events[chosen]))}"
    words = f"{drawing.words} Of {what}: {', '.join(legend.values())}."
    return whole(drawing._replace(words=words), tall, _legend(what, legend, drawing.width))


def _number(trace: Trace, event: int | Event) -> int:
    """The number of an event of the trace."""
    found = event
    if isinstance(event, Event):
        same = [i for i, other in enumerate(trace.events) if other is event]
        found = (same or [i for i, other in enumerate(trace.events) if other == event] or [-1])[0]
    if type(found) is not int or not 0 <= found < len(trace):
        raise ValueError(
            f"the trace has no event {event!r}; give one of trace.events, or 0 to {len(trace) - 1}"
        )
    if trace.events[found].kind == "drop":
        ids = [(other.kind, other.id) for other in trace.events]
        sending = ids.index(("send", trace.events[found].id))
        raise ValueError(
            f"event {found} is a loss, which no node notices; choose the sending, event {sending}"
        )
    return found


def _sides(trace: Trace, chosen: int | None) -> list[str]:
    """Where each event stands to the one chosen: past, future, neither, or it is the event itself.

    A loss has the time of its message, and so stands where the sending does.
    """
    if chosen is None:
        return ["all"] * len(trace)
    times = vector_times(trace)
    side = {"before": "past", "after": "future", "equal": "itself", "concurrent": "neither"}
    return [side[compare(time, times[chosen])] for time in times]


def _labels(trace: Trace, clocks: Clocks | None) -> list[str]:
    """What is written at each event."""
    if clocks == "lamport":
        return [str(time) for time in lamport_times(trace)]
    return [_counts(time, trace.names) if clocks else "" for time in vector_times(trace)]


def _counts(time: VectorClock, names: Sequence[str]) -> str:
    return f"({','.join(str(time[name]) for name in names)})"


def _moment(event: Event) -> Moment:
    return Moment(event.time, event.kind, event.node, event)


class CausalCanvas(Canvas):
    """A canvas with a row a moment, a clock at each event, and the cones of one event."""

    def __init__(
        self,
        trace: Trace,
        happened: Sequence[Moment],
        first: int,
        shown: Sequence[Moment],
        width: int,
        *,
        labels: Sequence[str],
        side: Sequence[str],
        chosen: int | None,
    ) -> None:
        widest = max(labels, key=len, default="")
        room = round(marks.width(widest, bold=chosen is not None)) + 18  # the one chosen is bold
        self.left, self.right = max(self.left, room - 12), max(self.right, room)
        self.labels, self.side, self.chosen = labels, side, chosen
        super().__init__(trace, happened, first, shown, width)
        before = sum(moment.event is not None for moment in happened[:first])
        numbers = count(before)
        self.numbers = [next(numbers) if moment.event else None for moment in shown]
        self.at = dict(zip(self.y, self.numbers, strict=True))
        self.sent = {event.id: i for i, event in enumerate(trace.events) if event.kind == "send"}
        drawn = zip(self.arrows, self.messages, strict=True)
        self.messages = [
            Drawn(*(self._paled(part, *self._ends(arrow)) for part in two)) for arrow, two in drawn
        ]

    def place(self) -> Rows:
        rows = list(range(len(self.shown)))
        return Rows(rows, [moment.time for moment in self.shown], [ROW * row for row in rows])

    @property
    def unit(self) -> str:
        return "event"

    def axis(self) -> str:
        """The number of each event."""
        return "".join(
            marks.aside(str(number), AXIS - 8, y + 4, text_anchor="end")
            for number, y in zip(self.numbers, self.y, strict=True)
            if number is not None
        )

    def _ends(self, arrow: Arrow) -> tuple[int, int]:
        """The numbers of the events at both ends of a message; the sending twice where it does not arrive."""
        sending = self.sent[arrow.id]
        arrival = self.at[arrow.end or 0.0] if arrow.fate == "delivered" else None
        return sending, sending if arrival is None else arrival

    def _paled(self, part: str, *numbers: int) -> str:
        concurrent = any(self.side[number] == "neither" for number in numbers)
        # All but the slips of paper under words, which keep words legible across lines.
        return re.sub("<(text|path|circle) ", rf'<\1 opacity="{PALE}" ', part) if concurrent else part

    def behind(self) -> str:
        """The two cones of the event chosen, along lanes and messages."""
        if self.chosen is None:
            return ""
        return "".join(self._cone(name, {name, "itself"}) for name in LOOKS)

    def _cone(self, name: str, sides: set[str]) -> str:
        ways = []
        for node in self.trace.names:
            here = [
                y
                for moment, number, y in zip(self.shown, self.numbers, self.y, strict=True)
                if moment.node == node
                and moment.kind != "drop"
                and number is not None
                and self.side[number] in sides
            ]
            if here:
                ways.append(path(self.x[node], here[0], self.x[node], here[-1], 0.0))
        for arrow in self.arrows:
            if arrow.fate == "delivered" and all(self.side[number] in sides for number in self._ends(arrow)):
                ways.append(self._way(arrow))
        bands = (svg.tag("path", d=way, fill="none", **LOOKS[name]) for way in ways)
        return svg.tag("g", *bands, opacity=HALF, class_=f"cone {name}")

    def _way(self, arrow: Arrow) -> str:
        start, end = 2.0 if arrow.start is None else arrow.start, arrow.end or 0.0
        x1, x2 = float(self.x[arrow.sender]), float(self.x[arrow.to])
        return loop(x1, start, end) if x1 == x2 else path(x1, start, x2, end, bow_of(x1, x2, self.gap))

    def moments(self) -> list[str]:
        last = len(self.shown) - 1 if self.trace.violated and self.last else None
        parts = []
        for i, (moment, number) in enumerate(zip(self.shown, self.numbers, strict=True)):
            if moment.kind == "drop":
                continue
            room = self.room.get(moment.node or "", 0)
            part = marks.mark(moment, self.x, self.y[i], room, self.looks, broken=i == last)
            if number is not None:
                part = self._paled(part + self._clock(moment, number, self.y[i]), number)
            parts.append(part)
        return parts

    def _clock(self, moment: Moment, number: int, y: float) -> str:
        """The event's clock, where its message is not: on the left, or on the right where that comes from the left."""
        assert moment.event and moment.node
        x, peer, label = self.x[moment.node], moment.event.peer, self.labels[number]
        chosen = number == self.chosen
        ring = svg.tag("circle", cx=x, cy=y, r=8.5, fill="none", stroke=palette.INK, stroke_width=2.5)
        right = peer is not None and self.number[peer] < self.number[moment.node]
        told = marks.words(
            label, x + 12 if right else x - 12, y + 4, "start" if right else "end", bold=chosen
        )
        inside = (ring if chosen else "") + (told if label else "")
        return svg.tag("g", inside, class_=f"clock {self.side[number]}", data_event=number) if inside else ""


def _legend(what: str, legend: Mapping[str, str], wide: int) -> str:
    """What the looks mean, and how many events have each."""
    parts = [svg.text(svg.shortened(what, int((wide - 20) / 7.4)), 8, 16, 13, font_weight="bold")]
    x, y = 8.0, 38.0
    for name, words in legend.items():
        if x > 8 and x + 36 + marks.width(words) > wide:
            x, y = 8.0, y + 20
        look = LOOKS.get(name, {"stroke": palette.SOFT_INK, "stroke_width": 1.4})
        opacity = HALF if name in LOOKS else PALE
        parts.append(svg.tag("path", d=path(x, y - 4, x + 30, y - 4, 0.0), opacity=opacity, **look))
        parts.append(svg.text(words, x + 38, y, 12))
        x += 60 + marks.width(words)
    style = f"display:block;width:100%;max-width:{wide}px;height:auto"
    return svg.tag(
        "svg", *parts, viewBox=f"0 0 {wide} {svg.number(y + 10)}", style=style,
        xmlns="http://www.w3.org/2000/svg", font_family="var(--jp-ui-font-family, sans-serif)",
    )  # fmt: skip
