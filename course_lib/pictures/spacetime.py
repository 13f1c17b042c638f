"""The space-time diagram of a trace: a lane a node, time running downwards, messages as arrows.

After L. Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", CACM 21(7), 1978.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.arrows import Arrow, arrows, draw
from course_lib.pictures.moments import Moment, moments, seconds
from course_lib.pictures.picture import Picture
from course_lib.pictures.rows import Rows, place
from course_lib.sim.trace import Trace

MOST = 120  # moments that are drawn unless more are asked for
TALL, WIDE = 640, 1000  # pixels, from which on the diagram scrolls
AXIS, ASIDE, WIDEST, TOP, HEAD, BOTTOM = 64, 160, 290, 20, 34, 16


class Diagram(NamedTuple):
    """A diagram in parts: the lanes' heads, the body, and where each moment stands in it."""

    head: str
    body: str
    width: int
    height: int
    y: tuple[float, ...]
    """How far down in the body each moment stands, in pixels."""
    first: int
    """The number of the first moment that is drawn."""
    words: str


def spacetime(
    trace: Trace, *, around: float | None = None, most: int = MOST, width: int = 860, tall: int | None = TALL
) -> Picture:
    """The trace, or of a long one `most` moments: those `around` a time in seconds, else the last ones where an
    invariant broke, else the first.

    `width` is in pixels, and so is `tall`, from which on it scrolls; None shows all of it at once.
    """
    return whole(diagram(trace, around=around, most=most, width=width), tall)


def whole(drawing: Diagram, tall: int | None = TALL, above: str = "") -> Picture:
    """A diagram in one picture, which may scroll, with what stands `above` it."""
    scrolls = (
        f"max-height:{tall}px;overflow:auto;" if tall and drawing.height + HEAD > tall else "overflow-x:auto;"
    )
    picture = svg.tag(
        "div",
        above,
        drawing.head,
        drawing.body,
        class_="course-spacetime",
        role="img",
        aria_label=drawing.words,
        style=f"{scrolls}max-width:{min(drawing.width, WIDE)}px",
    )
    return Picture(picture, drawing.words)


def diagram(
    trace: Trace,
    *,
    around: float | None = None,
    most: int = MOST,
    width: int = 860,
    on: Callable[..., Canvas] | None = None,
) -> Diagram:
    """The same, in parts for those who build on it; `on` makes the canvas, where it is another than `Canvas`."""
    if most < 1:
        raise ValueError(f"most is a number of moments, 1 or more, not {most!r}")
    happened = moments(trace)
    first = _first(happened, trace, around, most)
    shown = happened[first : first + most]
    canvas = (on or Canvas)(trace, happened, first, shown, width)
    parts = [
        canvas.bands(),
        canvas.axis(),
        canvas.lanes(),
        canvas.behind(),
        *(drawn.line for drawn in canvas.messages),
        *(drawn.words for drawn in canvas.messages),
        *canvas.moments(),
        canvas.left_out(),
        canvas.broken(),
    ]
    look = {"xmlns": "http://www.w3.org/2000/svg", "font_family": "var(--jp-ui-font-family, sans-serif)"}
    wide = "100%" if canvas.width <= WIDE else f"{canvas.width}px"
    style = f"display:block;width:{wide};max-width:{canvas.width}px;height:auto"
    body = svg.tag("svg", *parts, viewBox=f"0 0 {canvas.width} {canvas.height}", style=style, **look)
    head = svg.tag(
        "svg",
        canvas.heads(),
        viewBox=f"0 0 {canvas.width} {HEAD}",
        style=f"{style};position:sticky;top:0;background:{palette.PAPER};z-index:1",
        **look,
    )
    return Diagram(
        head, body, canvas.width, canvas.height, tuple(canvas.y), first, _in_words(trace, len(shown))
    )


def _first(happened: Sequence[Moment], trace: Trace, around: float | None, most: int) -> int:
    if around is None:
        return max(0, len(happened) - most) if trace.violated else 0
    nearest = sum(moment.time < around for moment in happened)
    return max(0, min(nearest - most // 2, len(happened) - most))


class Canvas:
    """Where everything stands, and how each part is drawn."""

    left, right = 30, 40
    """Room beside the first lane and the last, in pixels, where no words stand there."""

    def __init__(
        self, trace: Trace, happened: Sequence[Moment], first: int, shown: Sequence[Moment], width: int
    ) -> None:
        self.trace, self.happened, self.shown, self.first = trace, happened, shown, first
        self.last = first + len(shown) == len(happened)
        names = trace.names
        self.number = {name: i for i, name in enumerate(names)}
        self.looks = palette.looks(names)
        aside = ASIDE if any(_has_words_aside(moment, names[-1]) for moment in shown) else self.right
        self.gap = int(max(70, min(WIDEST, (width - AXIS - aside - self.left) / max(1, len(names) - 1))))
        self.x = {name: AXIS + self.left + i * self.gap for i, name in enumerate(names)}
        self.width = AXIS + self.left + (len(names) - 1) * self.gap + aside
        self.room = {name: marks.letters(self.gap - 22) for name in names} | {
            names[-1]: marks.letters(aside - 16)
        }
        self.rows: Rows = self.place()
        top = TOP + (18 if first else 0)
        self.y = [float(top + self.rows.down[row]) for row in self.rows.of]
        self.end = float(top + (self.rows.down[-1] if self.rows.down else 0) + 22)
        guilty = trace.causes() if trace.violated else frozenset()
        self.arrows: list[Arrow] = arrows(happened, first, shown, self.y, guilty, self.number)
        self.end = self._make_room_for_what_still_flies()
        self.messages = [draw(arrow, self.x, self.gap, self.last) for arrow in self.arrows]
        sentence = f"{trace.violated}: {trace.reason}" if trace.violated and self.last else ""
        self.sentence = marks.wrapped("broken: " + sentence, self.width - AXIS - 40) if sentence else []
        self.height = round(self.end + BOTTOM + 18 * len(self.sentence) + (12 if sentence else 0))
        if not self.last:
            self.height += 18

    def place(self) -> Rows:
        """The row of each moment."""
        return place(self.shown, self.trace.names)

    def _make_room_for_what_still_flies(self) -> float:
        """At the end of a trace each message on its way gets a place of its own, beside its receiver."""
        used: dict[int, int] = {}
        for arrow in self.arrows:
            if arrow.end is None and self.last:
                gap = self.gap_at(arrow.to, arrow.sender)
                arrow.end = self.end + 18 * used.get(gap, 0)
                used[gap] = used.get(gap, 0) + 1
            elif arrow.end is None:
                arrow.end = self.end
        return self.end + 18 * max(used.values(), default=0)

    def gap_at(self, node: str, other: str) -> int:
        return self.number[node] - (self.number[other] < self.number[node])

    # What lies behind

    def bands(self) -> str:
        """Partitions, as light bands, with a dotted line where neighbouring lanes are cut."""
        parts, since = [], {}
        ends = [*enumerate(self.happened[: self.first], -self.first), *enumerate(self.shown)]
        for i, moment in ends:
            if moment.kind == "cut":
                since[moment.groups] = self.y[i] if i >= 0 else 0.0
            elif moment.kind == "heal" and moment.groups in since:
                start = since.pop(moment.groups)
                if i >= 0:
                    parts.append(self._band(moment.groups, start, self.y[i]))
        parts += [self._band(groups, start, self.end) for groups, start in since.items()]
        return "".join(parts)

    def _band(self, groups: Sequence[frozenset[str]], top: float, bottom: float) -> str:
        return marks.band(groups, self.x, (AXIS + 4, self.width - 6), top, bottom)

    def axis(self) -> str:
        """The time of each row that has a new one."""
        times = self.rows.times
        digits = marks.digits(times)
        parts, before = [], None
        y = dict(zip(self.rows.of, self.y, strict=True))
        for row, time in enumerate(times):
            words = f"{time:.{digits}f}"
            if words != before and row in y:
                parts.append(marks.aside(words, AXIS - 8, y[row] + 4, text_anchor="end"))
                if row and time - times[row - 1] >= 20 * self.rows.unit and y[row] - y.get(row - 1, 0) > 36:
                    parts.append(marks.aside("⋮", AXIS - 14, y[row] - 16, text_anchor="end"))
            before = words
        return "".join(parts)

    def lanes(self) -> str:
        """A line a node: solid while it is up, dashed grey while it is down, hollow while it is paused."""
        parts = []
        for name in self.trace.names:
            state, since = "up", 0.0
            x = self.x[name]
            for i, moment in enumerate(self.happened[: self.first + len(self.shown)], -self.first):
                if moment.node != name or moment.kind not in ("crash", "restart", "pause"):
                    continue
                y = self.y[i] if i >= 0 else 0.0
                if i >= 0 and y > since:
                    parts.append(marks.lane(x, since, y, state))
                since, state = y, marks.state_after(moment)
            parts.append(marks.lane(x, since, self.end, state))
        return "".join(parts)

    @property
    def unit(self) -> str:
        """What the axis counts."""
        return "step" if self.trace.steps is not None else "s"

    def heads(self) -> str:
        first = self.trace.names[0]
        beside = self.x[first] - marks.half_a_head(first, self.gap - 8) - 5
        parts = [marks.aside(self.unit, min(AXIS - 8, beside), HEAD - 11, text_anchor="end")]
        for name in self.trace.names:
            parts.append(marks.head(name, self.x[name], HEAD / 2, self.gap - 8, self.looks[name]))
        return "".join(parts)

    def behind(self) -> str:
        """What lies behind the messages; nothing here."""
        return ""

    # What happens

    def moments(self) -> list[str]:
        last = len(self.shown) - 1 if self.trace.violated and self.last else None
        return [
            marks.mark(
                moment, self.x, self.y[i], self.room.get(moment.node or "", 0), self.looks, broken=i == last
            )
            for i, moment in enumerate(self.shown)
            if moment.kind not in ("send", "drop")
        ]

    def left_out(self) -> str:
        parts = []
        if self.first:
            words = f"⋯ {self.first:,} earlier left out, up to {seconds(self.happened[self.first - 1].time)}"
            parts.append(marks.aside(words, AXIS + 6, 13))
        if not self.last:
            rest = self.happened[self.first + len(self.shown) :]
            words = f"⋯ {len(rest):,} later left out, up to {seconds(rest[-1].time)}"
            parts.append(marks.aside(words, AXIS + 6, self.height - 8))
        return "".join(parts)

    def broken(self) -> str:
        """The sentence of the broken invariant."""
        if not self.sentence:
            return ""
        top = self.end + 6
        height = 18 * len(self.sentence) + 10
        box = svg.tag("rect", x=AXIS, y=top, width=self.width - AXIS - 10, height=height, rx=4,
                      fill=palette.WRONG, fill_opacity="0.12", stroke=palette.WRONG)  # fmt: skip
        lines = [
            svg.text(line, AXIS + 28, top + 18 + 18 * i, 13, font_weight="bold")
            for i, line in enumerate(self.sentence)
        ]
        return svg.tag("g", box, marks.cross(AXIS + 14, top + 14, 5, palette.WRONG), *lines, class_="broken")


def _has_words_aside(moment: Moment, node: str) -> bool:
    to_itself = moment.event is not None and moment.event.peer == moment.node
    return moment.node == node and (to_itself or moment.kind not in ("start", "send", "deliver", "drop"))


def _in_words(trace: Trace, shown: int) -> str:
    """The same for those who hear it, and for a terminal."""
    kinds: Mapping[str, int] = {kind: sum(row[1] == kind for row in trace.rows) for kind in ("send", "drop")}
    words = [
        f"Space-time diagram of {', '.join(trace.names)}: {len(trace)} events"
        + (f" in {trace.end:g} steps" if trace.steps is not None else f" in {seconds(trace.end)} s")
        + f", {kinds['send']} messages sent, {kinds['drop']} lost."
    ]
    if shown < len(trace):
        words.append(f"{shown} moments are drawn.")
    for event in trace.events:
        if event.kind in ("crash", "restart", "pause") and len(words) < 12:
            words.append(f"{event.node}: {event.kind} at {seconds(event.time)}.")
    if trace.violated:
        words.append(f"Broken: {trace.violated}: {trace.reason}")
    return " ".join(words)
