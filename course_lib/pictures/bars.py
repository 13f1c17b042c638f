"""The bars of a history: where each operation stands, its words, and the marks that a verdict leaves on it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from course_lib.consistency.history import History, Operation
from course_lib.consistency.verdict import Verdict
from course_lib.pictures import marks, palette, svg
from course_lib.pictures.timeline import moments, ticks

LANE, BAR, TOP, AXIS = 54, 16, 14, 26  # pixels: a lane, a bar in it, above the first lane, below the last
ROOM = 46  # pixels that an operation has at least, on average; what is wider scrolls
WIDEST = 90  # pixels that it has at most, where words would else stand far from their bars
WIDE, RIGHT = 760, 46
MOST = 200  # operations that are drawn unless more are asked for
DRIFT = 10  # pixels that words may stand to the right of their bar's start


@dataclass(frozen=True)
class Canvas:
    """Where everything stands, in pixels."""

    history: History
    verdict: Verdict | None
    wanted: int
    until: float | None = None
    chosen: Operation | None = None
    most: int = MOST

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return self.history.operations[: self.most]

    @cached_property
    def lanes(self) -> dict[Hashable, list[Operation]]:
        """What is drawn of each process."""
        drawn = {
            name: [one for one in self.operations if one.process == name] for name in self.history.processes
        }
        return {name: operations for name, operations in drawn.items() if operations}

    @cached_property
    def left(self) -> int:
        return 24 + int(max((marks.width(str(name), bold=True) for name in self.lanes), default=0))

    @cached_property
    def width(self) -> int:
        """As wide as wanted; wider where operations are many, until words stand at their bars."""
        most = max(map(len, self.lanes.values()), default=0)
        width, widest = (max(self.wanted, self.left + RIGHT + most * room) for room in (ROOM, WIDEST))
        if self.until is None:
            while width < widest and any(
                x - self.x(one.begun, width) > DRIFT for one, x, _ in self.words(width)
            ):
                width = min(widest, width + 40)
        return width

    @cached_property
    def whole(self) -> int:
        """The same, with room for words that stand beyond the last moment."""
        ends = [x + marks.width(self.brief(one), self.guilty(one)) for one, x, _ in self.words(self.width)]
        return max([self.width, *(int(end) + 6 for end in ends)])

    @cached_property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + AXIS

    @cached_property
    def span(self) -> tuple[float, float]:
        """The first and the last moment that is shown."""
        if self.until is not None:
            return 0.0, self.until
        times = [time for one in self.operations for time in (one.begun, one.ended) if time < float("inf")]
        first, last = min(times, default=0.0), max(times, default=1.0)
        return first, last if last > first else first + 1

    def x(self, time: float, width: int | None = None) -> float:
        first, last = self.span
        room = (self.width if width is None else width) - self.left - RIGHT
        return self.left + (min(time, last) - first) / (last - first) * room

    def y(self, process: Hashable) -> float:
        """The top of a process's bars."""
        return TOP + LANE * list(self.lanes).index(process) + (LANE - BAR) / 2

    def parts(self) -> list[str]:
        points = self.points()
        return [
            *self.axis(),
            *(self.lane(name) for name in self.lanes),
            self.limit(),
            *(
                self.bar(index, one)
                for index, one in sorted(enumerate(self.operations), key=self._guilty_last)
            ),
            *self.labels(),
            *(self.point(number, one, at) for number, (one, at) in enumerate(points, 1)),
            self.left_out(),
        ]

    def _guilty_last(self, numbered: tuple[int, Operation]) -> bool:
        return self.guilty(numbered[1])  # or others, very near, would lie over them

    def lane(self, name: Hashable) -> str:
        middle = self.y(name) + BAR / 2
        line = svg.tag(
            "line", x1=float(self.left), x2=float(self.width - 8), y1=middle, y2=middle, stroke=palette.LINE
        )
        return svg.text(str(name), 8, middle + 4, 12, font_weight="bold") + line

    def axis(self) -> list[str]:
        """A few round moments, with a faint line through all lanes."""
        bottom, found = self.height - AXIS, []
        for time in ticks(*self.span):
            x = self.x(time)
            found.append(
                svg.tag("line", x1=x, x2=x, y1=float(TOP), y2=float(bottom), stroke=palette.LINE, opacity=0.5)
            )
            found.append(marks.aside(f"{time:g}", x, bottom + 16, text_anchor="middle"))
        return found

    def bar(self, index: int, one: Operation) -> str:
        x, y = self.x(one.begun), self.y(one.process)
        wide = max(5.0, self.end(one) - x)
        guilty, pale = self.guilty(one), self.pale(one)
        colour = palette.WRONG if guilty else palette.SOFT_INK if pale else palette.CLIENT
        filled = one.kind not in ("read", "dequeue")
        rect = svg.tag(
            "rect",
            x=x,
            y=y,
            width=wide,
            height=float(BAR),
            rx=4,
            fill=colour if filled else palette.PAPER,
            fill_opacity=1 if one.known else 0.25,
            stroke=colour if one.known else "none",
            stroke_width=3 if guilty else 1.5,
        )
        open_end = "" if one.known else _open_end(x, y, wide, colour, 3 if guilty else 1.5)
        halo = ""
        if one == self.chosen:
            box = {"x": x - 4, "y": y - 4, "width": wide + 8, "height": float(BAR + 8)}
            halo = svg.tag("rect", rx=7, fill="none", stroke=palette.INK, stroke_width=2, **box)
        title = svg.tag(
            "title", escape(f"{one}, {one.begun:g} to {'?' if one.end is None else f'{one.end:g}'}")
        )
        return halo + svg.tag(
            "g",
            title,
            rect,
            open_end,
            data_operation=index,
            data_process=str(one.process),
            data_guilty=1 if guilty else None,
            opacity=0.5 if pale else None,
        )

    def end(self, one: Operation) -> float:
        """Where a bar ends: one of unknown outcome reaches as far as its lane is free."""
        if one.known:
            return self.x(one.ended)
        later = [other.begun for other in self.lanes[one.process] if other.begun > one.begun]
        return self.x(min(later)) - 18 if later else float(self.width - 20)

    def guilty(self, one: Operation) -> bool:
        return self.verdict is not None and one in self.verdict.operations

    def pale(self, one: Operation) -> bool:
        """Whether the verdict would be the same without it."""
        if self.verdict is None or self.verdict.holds is not False or self.guilty(one):
            return False
        return self.verdict.smallest is None or one not in self.verdict.smallest.operations

    def brief(self, one: Operation) -> str:
        return f"✗ {brief(one)}" if self.guilty(one) else brief(one)  # colour never speaks alone

    def words(self, width: int) -> Iterator[tuple[Operation, float, int]]:
        """Where each operation's words begin, and whether they stand above its bar (0), or below where others do."""
        for operations in self.lanes.values():
            taken = [0.0, 0.0]  # how far words reach, above and below
            for one in operations:
                x = self.x(one.begun, width)
                row = 0 if x >= taken[0] or taken[0] <= taken[1] else 1
                x = max(x, taken[row])
                taken[row] = x + marks.width(self.brief(one), self.guilty(one)) + 6
                yield one, x, row

    def labels(self) -> list[str]:
        found = []
        for one, x, row in self.words(self.width):
            y = self.y(one.process) + (BAR + 15 if row else -8)
            guilty = self.guilty(one)
            colour = palette.WRONG if guilty else palette.SOFT_INK if self.pale(one) else palette.INK
            # With a rim of the paper's colour, legible across lines.
            rim: dict[str, object] = {"stroke": palette.PAPER, "stroke_width": 3, "paint_order": "stroke"}
            bold = "bold" if guilty else None
            found.append(svg.text(self.brief(one), x, y, 11, colour, font_weight=bold, **rim))
        return found

    def left_out(self) -> str:
        more = len(self.history) - len(self.operations)
        words = f"⋯ {more:,} later operations left out"
        return marks.aside(words, self.width - 8, 10, text_anchor="end") if more else ""

    def points(self) -> list[tuple[Operation, float | None]]:
        """The operations of a witness with their moments; without moments where the order need not keep to time."""
        if self.verdict is None or self.verdict.order is None or len(self.verdict.order) > 60:
            return []
        if self.verdict.level != "linearizable":
            return [(one, None) for one in self.verdict.order]
        last = self.span[1]
        return [
            (one, at) for one, at in zip(self.verdict.order, moments(self.verdict.order, last), strict=True)
        ]

    def point(self, number: int, one: Operation, at: float | None) -> str:
        if one not in self.operations:
            return ""
        x = self.x(one.begun) + 9 if at is None else self.x(at)
        y = self.y(one.process) + BAR / 2
        disc = svg.tag(
            "circle", cx=x, cy=y, r=8.5, fill=palette.CHOSEN, stroke=palette.PAPER, stroke_width=1.5
        )
        return svg.tag(
            "g", disc, svg.text(str(number), x, y + 4, 11, "#000000", text_anchor="middle"), data_point=number
        )

    def limit(self) -> str:
        """Where a verdict's longest good beginning ends: at the first return that it leaves out."""
        if self.verdict is None or self.verdict.prefix is None:
            return ""
        good = set(self.verdict.prefix)  # what has not returned in it is another operation there
        ends = [one.ended for one in self.history if one.known and one not in good]
        if not ends:
            return ""
        x = self.x(min(ends))
        line = svg.tag(
            "line",
            x1=x,
            x2=x,
            y1=2.0,
            y2=float(self.height - AXIS),
            stroke=palette.WRONG,
            stroke_width=1.5,
            stroke_dasharray="4 4",
        )
        before = x > 110  # else there is no room for the words
        place = (x - 5, "end") if before else (x + 5, "start")
        return line + svg.text("good until here", place[0], 11, 11, palette.WRONG, text_anchor=place[1])


def _open_end(x: float, y: float, wide: float, colour: str, thick: float) -> str:
    """The rim of a bar of unknown outcome: it has no end."""
    n = svg.number
    d = f"M{n(x + wide)} {n(y)}H{n(x)}v{BAR}H{n(x + wide)}"
    rim = svg.tag("path", d=d, fill="none", stroke=colour, stroke_width=thick, stroke_dasharray="5 3")
    return rim + svg.text("?", x + wide + 4, y + BAR - 3, 13, colour, font_weight="bold")


def brief(one: Operation) -> str:
    """What stands at a bar: `write(1)`, `read → 0`. The lane says whose it is."""
    given = one.value if one.kind == "cas" and isinstance(one.value, tuple) else (one.value,)
    inside = [] if one.key is None else [str(one.key)]
    inside += map(repr, given) if one.value is not None or one.kind == "write" else []
    called = f"{one.kind}({', '.join(inside)})" if inside else one.kind
    told = one.known and (one.result is not None or one.kind in ("read", "dequeue"))
    return svg.shortened(f"{called} → {one.result!r}" if told else called, 28)
