"""A lock in time, to the right: what each worker believes, to whom the server has lent it, what the counter is asked.

Where several believe at once, a dashed box stands over their lanes. A bar is pale while its worker stands still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape

from course_lib.pictures import lease_words as words
from course_lib.pictures import marks, palette, svg
from course_lib.pictures.lease_reading import read
from course_lib.pictures.lease_signs import bar, hatch, legend, sign
from course_lib.pictures.lease_story import Lease, Operation, Story, Stretch, Together
from course_lib.pictures.picture import Picture
from course_lib.pictures.timeline import ticks
from course_lib.sim import Trace

WIDE, LEFT, RIGHT = 820, 94, 24  # pixels
ALARM, LANE, BAR, BAND, NOTE, FOOT = 18, 52, 18, 44, 16, 48
SAID = ("believes that it has the lock", "believes")


def lease_picture(trace: Trace, *, until: float | None = None) -> Picture:
    """The run of a lock that `leases.scenario(...)` plays, with any of its safeguards on or off and under any faults.

    A trace that exploration found is drawn too, over its steps. With `until`, the axis goes from 0 to there, so that
    pictures of several runs can be compared. Raises ValueError for a trace of something else, and for an end that is
    not above 0.
    """
    if until is not None and not until > 0:
        raise ValueError(f"until is where the axis ends, above 0, not {until!r}")
    return framed(Drawing(read(trace), until))


def framed(drawing: Drawing, handles: Sequence[str] = ()) -> Picture:
    """The drawing with its sentences below. A lab adds handles, and then it is no mere image."""
    told = " ".join(drawing.story.sentences())
    size = {"width": WIDE, "height": drawing.height, "viewBox": f"0 0 {WIDE} {drawing.height}"}
    look = {"font_family": "var(--jp-ui-font-family, sans-serif)", "style": "display:block"}
    image = svg.tag("svg", *drawing.parts(), *handles, xmlns="http://www.w3.org/2000/svg", **size, **look)
    scroll = svg.tag("div", image, style="overflow-x:auto")
    under = svg.tag(
        "p", escape(told), style=f"color:{palette.INK};max-width:{WIDE}px;margin:4px 0;min-height:2.8em"
    )
    role = "group" if handles else "img"
    return Picture(svg.tag("div", scroll, under, class_="course-lease", role=role, aria_label=told), told)


class Drawing:
    """Where everything stands, in pixels."""

    def __init__(self, story: Story, until: float | None = None) -> None:
        self.story = story
        self.until = until or max(story.end * 1.03, 1.0)
        self.looks = palette.looks(story.workers)

    def x(self, time: float) -> float:
        return LEFT + min(time / self.until, 1.0) * (WIDE - LEFT - RIGHT)

    @property
    def unit(self) -> float:
        """The pixels of a second."""
        return (WIDE - LEFT - RIGHT) / self.until

    @cached_property
    def lanes(self) -> dict[str, float]:
        """The middle of each lane; that of the counter has room for its words below."""
        top = ALARM * max(1, words.rows(self.alarms)) + 2
        names = (*self.story.workers, "lock", "counter")
        return {name: top + LANE * (number + 0.5) for number, name in enumerate(names)}

    @cached_property
    def height(self) -> int:
        return int(self.lanes["counter"] + 16 + NOTE * max(3, words.rows(self.notes)) + FOOT)

    @property
    def bottom(self) -> float:
        """Where the axis is."""
        return self.height - FOOT

    @cached_property
    def alarms(self) -> list[words.Words]:
        """Who believes at once."""
        return words.alarms(self.story, self.x, LEFT, WIDE - 4)

    @cached_property
    def notes(self) -> list[words.Words]:
        """What the counter is asked."""
        return words.notes(self.story, self.x, WIDE - 4)

    # The parts, from behind to the front

    def parts(self) -> Iterator[str]:
        story = self.story
        yield from self.axis()
        yield from map(self.lane, self.lanes)
        yield from map(self.alarm, story.together)
        yield from map(self.trouble, story.troubles)
        yield from (self.ask(worker, time) for worker, time in story.asks)
        yield from map(self.flight, story.operations)
        yield from map(self.belief, story.beliefs)
        yield from map(self.lease, story.leases)
        yield from map(self.operation, story.operations)
        yield from map(self.edge, self.alarms)
        yield from map(self.crash, story.troubles)
        yield from map(self.note, self.notes)
        yield legend(LEFT, self.height - 8.0)

    def axis(self) -> Iterator[str]:
        top, bottom = self.lanes[self.story.workers[0]] - LANE / 2, self.bottom
        for time in ticks(0, self.until):
            x = self.x(time)
            yield svg.tag("line", x1=x, x2=x, y1=top, y2=bottom, stroke=palette.LINE, opacity="0.5")
            yield marks.aside(f"{time:g}", x, bottom + 14, text_anchor="middle")
        yield marks.aside("steps" if self.story.steps else "seconds", 8, bottom + 14)

    def lane(self, name: str) -> str:
        y, right = self.lanes[name], float(WIDE - 8)
        line = svg.tag("line", x1=float(LEFT), x2=right, y1=y, y2=y, stroke=palette.LINE)
        under = {"lock": "lent to", "counter": f"{self.story.value} at the end"}.get(name, "")
        below = marks.aside(under, 8, y + 17) if under else ""
        return svg.text(name, 8, y + 3, 13, font_weight="bold") + below + line

    def alarm(self, one: Together) -> str:
        """The ground of the box over the lanes of those who believe at once."""
        return svg.tag("rect", fill=palette.WRONG, fill_opacity="0.13", **self._box(one))

    def edge(self, said: words.Words) -> str:
        """Its rim, which is in front, and its words."""
        one: Together = said.about
        box, baseline = self._box(one), 13.0 + ALARM * said.row
        dashes = {"stroke": palette.WRONG, "stroke_width": 2, "stroke_dasharray": "6 3"}
        rim = svg.tag("rect", fill="none", **dashes, **box)
        if box["y"] - baseline > 8:  # the words stand far above
            x = box["x"] + box["width"] / 2
            rim += svg.tag("line", x1=x, x2=x, y1=baseline + 3, y2=box["y"], **dashes)
        title = svg.tag("title", escape(f"{self.story.span(one)} {said.text}"))
        who = " ".join(one.workers)
        return svg.tag("g", title, rim, said.drawn(baseline), class_="together", data_workers=who)

    def _box(self, one: Together) -> dict[str, float]:
        ys = [self.lanes[name] for name in one.workers]
        top, bottom, x = min(ys) - LANE / 2 + 1, max(ys) + LANE / 2 - 1, self.x(one.start)
        return {"x": x, "y": top, "width": max(3.0, self.x(one.end) - x), "height": bottom - top}

    def trouble(self, one: Stretch) -> str:
        """While a node stands still its lane is hatched, while it is down it is empty."""
        x, wide, y = self.x(one.start), self.x(one.end) - self.x(one.start), self.lanes[one.node]
        if one.state == "down":
            inside = svg.tag("rect", x=x, y=y - 2, width=wide, height=4, fill=palette.PAPER)
            inside += svg.tag("line", x1=x, x2=x + wide, y1=y, y2=y, **_DOTS)
        else:
            inside = hatch(x, y - BAND / 2, wide, BAND)
            if wide > 54:
                inside += marks.words("paused", x + 6, y + BAND / 2 - 1)
        return svg.tag("g", inside, class_=one.state, data_node=one.node)

    def crash(self, one: Stretch) -> str:
        if one.state != "down":
            return ""
        x, y = self.x(one.start), self.lanes[one.node]
        disc = svg.tag("circle", cx=x, cy=y, r=8, fill=palette.PAPER, stroke=palette.INK, stroke_width=2)
        told = disc + marks.cross(x, y, 3.4, palette.INK) + marks.words("crash", x + 12, y + 4)
        if one.open:
            return told
        return told + svg.tag(
            "circle", cx=self.x(one.end), cy=y, r=5.5, fill=palette.PAPER, stroke=palette.INK
        )

    def ask(self, worker: str, time: float) -> str:
        x, y = self.x(time), self.lanes[worker]
        title = svg.tag("title", escape(f"{worker} asks for the lock at {self.story.when(time)}"))
        return svg.tag("path", title, d=f"M{svg.number(x)} {svg.number(y - 5)}v10", stroke=palette.SOFT_INK)

    def flight(self, one: Operation) -> str:
        """A message on its way to the counter."""
        y, end = self.lanes[one.worker], self.lanes["counter"]
        x1, x2 = self.x(one.sent), self.x(one.sent if one.arrives is None else one.arrives)
        look = {"stroke": self.looks[one.worker].colour, "stroke_width": "1.5"}
        if one.arrives is None:
            end = y + LANE / 2 + 4
        line = svg.tag("line", x1=x1, x2=x2, y1=y, y2=end, **look)
        return line + (marks.cross(x2, end, 4, palette.WRONG) if one.arrives is None else "")

    def belief(self, one: Stretch) -> str:
        still = [trouble for trouble in self.story.troubles if trouble.node == one.node]
        pale = [(self.x(each.start), self.x(each.end)) for each in still if each.state == "paused"]
        ends = self.x(one.start), self.x(one.end)
        told = f"{one.node} believes that it has the lock, with fence {one.fence}, {self._times(one.start, one.end)}"
        signs = [self.x(each.sent) for each in self.story.operations if each.worker == one.node]
        signs += [self.x(time) for each in self.story.together for time in (each.start, each.end)]
        y, look = self.lanes[one.node], self.looks[one.node]
        drawn = bar(ends, y, BAR, look, SAID, pale, one.open, signs)
        return svg.tag("g", svg.tag("title", escape(told)), drawn, class_="believes", data_node=one.node)

    def lease(self, one: Lease) -> str:
        y, look, ends = self.lanes["lock"], self.looks[one.worker], (self.x(one.start), self.x(one.end))
        who = (f"{one.worker}, fence {one.fence}", f"{one.worker}, {one.fence}", str(one.fence))
        told = f"the lock is {one.worker}'s, with fence {one.fence}, {self._times(one.start, one.end)} {one.ending}"
        drawn = bar(ends, y, BAR, look, who, (), not one.ending)
        wide = marks.width(one.ending)
        if one.ending and ends[1] - ends[0] > wide + 4:
            drawn += marks.words(one.ending, ends[1], y + BAR / 2 + 12, "end")
        return svg.tag("g", svg.tag("title", escape(told)), drawn, class_="lease", data_node=one.worker)

    def _times(self, start: float, end: float) -> str:
        return f"{self.story.when(start, 2)} to {self.story.when(end, 2)}"

    def operation(self, one: Operation) -> str:
        """The sign where it was sent, and where it arrived."""
        drawn = sign(one.kind, False, self.x(one.sent), self.lanes[one.worker])
        if one.arrives is not None:
            drawn += sign(one.kind, one.refused, self.x(one.arrives), self.lanes["counter"])
        state = "refused" if one.refused else "lost" if one.arrives is None else "accepted"
        title = svg.tag(
            "title", escape(f"{words.note(one)}, sent at {self.story.when(one.sent, 2)}: {state}")
        )
        return svg.tag("g", title, drawn, class_=one.kind, data_node=one.worker, data_state=state)

    def note(self, said: words.Words) -> str:
        x, y = self.x(said.about.arrives), self.lanes["counter"]
        baseline = y + 20 + NOTE * said.row
        line = svg.tag("line", x1=x, x2=x, y1=y + 6, y2=baseline, stroke=palette.SOFT_INK, opacity="0.6")
        return line + said.drawn(baseline)


_DOTS: dict[str, object] = {"stroke": palette.SOFT_INK, "stroke_width": "1.5", "stroke_dasharray": "2 6"}
