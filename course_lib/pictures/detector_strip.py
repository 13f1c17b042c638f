"""Heartbeats in time, and under them the suspicion that a detector makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.detector_reading import Reading, Wait
from course_lib.pictures.timeline import ticks

LEFT, RIGHT = 62, 800  # pixels, where the time that is shown begins and ends
SENT, ARRIVED = 36, 76  # the two lanes
TOP, BOTTOM = 104, 216  # of the suspicion
STEP = 3  # pixels from one point of a curve to the next


@dataclass(frozen=True)
class Strip:
    """Where the strip has what.

    Args:
        window: the seconds of the run from and until which it shows.
        threshold: from which suspicion on the sender is suspected.
        top: the highest suspicion that is drawn.
        unit: "phi", or "s" for a timeout.
        told: the threshold in words.
        colour: of the detector.
    """

    reading: Reading
    window: tuple[float, float]
    threshold: float
    top: float
    unit: str
    told: str
    colour: str

    def x(self, time: float) -> float:
        start, end = self.window
        return LEFT + (min(max(time, start), end) - start) / (end - start) * (RIGHT - LEFT)

    def y(self, level: float) -> float:
        return BOTTOM - min(level / self.top, 1.0) * (BOTTOM - TOP)

    @property
    def unit_high(self) -> float:
        """The pixels of a phi, or of a second of timeout."""
        return (BOTTOM - TOP) / self.top

    def shows(self, start: float, end: float) -> bool:
        return start < self.window[1] and end > self.window[0]

    # The parts, from behind to the front

    def parts(self) -> Iterator[str]:
        yield from self.axis()
        yield from (self.band(start, end, wrong=True) for start, end in self.reading.alarms)
        yield from (self.band(start, end, wrong=False) for start, end in self.reading.right)
        yield from self.heartbeats()
        yield from (self.saw(wait) for wait in self.reading.waits if self.shows(wait.start, wait.end))
        yield self.line()
        yield from self.crash()

    def axis(self) -> Iterator[str]:
        start, end = self.window
        for time in ticks(start, end):
            x = self.x(time)
            yield svg.tag("line", x1=x, x2=x, y1=SENT - 8, y2=BOTTOM, stroke=palette.LINE, opacity="0.5")
            yield marks.aside(f"{time:,g} s", x, BOTTOM + 15, text_anchor="middle")
        for y in (SENT, ARRIVED):
            yield svg.tag("path", d=f"M{LEFT} {y}H{RIGHT}", stroke=palette.LINE)
        yield svg.tag("path", d=f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}", fill="none", stroke=palette.SOFT_INK)
        yield svg.text("sent", 0, SENT + 4, 12)
        yield svg.text("arrives", 0, ARRIVED + 4, 12)
        yield svg.text("phi" if self.unit == "phi" else "silence", 0, TOP + 10, 12)
        unit = "" if self.unit == "phi" else " s"
        for level in ticks(0, self.top)[::2]:
            yield marks.aside(f"{level:g}{unit}", LEFT - 5, self.y(level) + 4, text_anchor="end")

    def band(self, start: float, end: float, wrong: bool) -> str:
        """While the sender is suspected: wrongly, or rightly."""
        if not self.shows(start, end):
            return ""
        x, wide = self.x(start), max(2.0, self.x(end) - self.x(start))
        colour, name = (palette.WRONG, "mistake") if wrong else (palette.SOFT_INK, "right")
        words = "suspected, but alive" if wrong else "suspected, and dead"
        title = svg.tag("title", f"{words}, from {start:.2f} s" + (f" to {end:.2f} s" if end < 1e12 else ""))
        box = {"x": x, "y": TOP, "width": wide, "height": BOTTOM - TOP}
        ground = svg.tag("rect", fill=colour, fill_opacity="0.22" if wrong else "0.14", **box)
        d = f"M{svg.number(x)} {TOP - 3}h{svg.number(wide)}"
        ground += svg.tag("path", d=d, stroke=colour, stroke_width=5)
        if wide > marks.width(words, bold=True) + 8 and not wrong:
            low = self.threshold > self.top / 2  # clear of the line
            ground += svg.text(words, x + 5, BOTTOM - 6 if low else TOP + 18, 11, font_weight="bold")
        elif wrong:
            ground += svg.text(
                "!", x + wide / 2, TOP - 8, 14, palette.WRONG, text_anchor="middle", font_weight="bold"
            )
        return svg.tag("g", title, ground, class_=name)

    def heartbeats(self) -> Iterator[str]:
        """Each from the lane on which it is sent to that on which it arrives, or to a cross half-way."""
        reading, n = self.reading, svg.number
        lanes = []
        for time, number in reading.heard:
            sent = number * reading.interval
            if not self.shows(sent, time) or time > self.window[1] or sent < self.window[0]:
                continue
            lanes.append(f"M{n(self.x(sent))} {SENT}L{n(self.x(time))} {ARRIVED}")
            late = number in reading.overtaken
            fill = palette.PAPER if late else palette.INK
            dot = svg.tag("circle", cx=self.x(time), cy=ARRIVED, r=3, fill=fill, stroke=palette.INK)
            yield svg.tag("g", dot, class_="overtaken" if late else "heartbeat")
        yield svg.tag("path", d="".join(lanes) or "M0 0", stroke=palette.SOFT_INK, opacity="0.7", fill="none")
        start, end = self.window
        times = [number * reading.interval for number in range(reading.sent)]
        d = "".join(f"M{n(self.x(time))} {SENT - 5}v10" for time in times if start <= time <= end)
        yield svg.tag("path", d=d or "M0 0", stroke=palette.INK, stroke_width=2)
        middle = (SENT + ARRIVED) / 2
        for number in reading.lost:
            if start <= number * reading.interval <= end:
                x = self.x(number * reading.interval)
                line = svg.tag(
                    "path", d=f"M{n(x)} {SENT}V{n(middle)}", stroke=palette.SOFT_INK, opacity="0.7"
                )
                yield svg.tag("g", line, marks.cross(x, middle, 4, palette.DROPPED), class_="lost")

    def saw(self, wait: Wait) -> str:
        """The suspicion between two heartbeats: one tooth."""
        start, end = self.x(wait.start), self.x(wait.end)
        first, until = max(wait.start, self.window[0]), min(wait.end, self.window[1])
        steps = max(1, round((end - start) / STEP)) if self.unit == "phi" else 1
        times = [first + (until - first) * step / steps for step in range(steps + 1)]
        points = [(self.x(time), wait.level(time)) for time in times]
        if self.unit != "phi" and points[-1][1] > self.top:  # it is drawn as one line, which has a bend there
            points.insert(1, (self.x(wait.start + self.top), self.top))
        n = svg.number
        d = "M" + "L".join(f"{n(x)} {n(self.y(level))}" for x, level in points)
        if wait.end < self.window[1]:
            d += f"V{BOTTOM}"
        look = {"fill": "none", "stroke": self.colour, "stroke_width": 2, "stroke_linejoin": "round"}
        return svg.tag("path", d=d, class_="saw", **look)

    def line(self) -> str:
        """The threshold."""
        y = svg.number(self.y(self.threshold))
        look = {"stroke": palette.INK, "stroke_width": "1.5", "stroke_dasharray": "6 4"}
        line = svg.tag("path", d=f"M{LEFT} {y}H{RIGHT}", **look)
        return svg.tag(
            "g", line, marks.words(self.told, LEFT + 5, float(y) - 5, bold=True), class_="threshold"
        )

    def crash(self) -> Iterator[str]:
        """When the sender dies, and how long until that is known."""
        crash, detected = self.reading.crash, self.reading.detected
        start, end = self.window
        if not start <= crash <= end:
            return
        x, n = self.x(crash), svg.number
        gone = svg.tag("path", d=f"M{n(x)} {SENT}H{RIGHT}", stroke=palette.PAPER, stroke_width=3)
        dots = {"stroke": palette.SOFT_INK, "stroke_width": "1.5", "stroke_dasharray": "2 6"}
        gone += svg.tag("path", d=f"M{n(x)} {SENT}H{RIGHT}", **dots)
        down = svg.tag("path", d=f"M{n(x)} {SENT}V{BOTTOM}", stroke=palette.INK, stroke_dasharray="2 3")
        disc = svg.tag("circle", cx=x, cy=SENT, r=8, fill=palette.PAPER, stroke=palette.INK, stroke_width=2)
        sign = (
            disc + marks.cross(x, SENT, 3.4, palette.INK) + marks.words("crash", x + 12, SENT - 4, bold=True)
        )
        yield svg.tag("g", gone, down, sign, class_="crash")
        words = f"after {detected - crash:.2f} s"
        x2, y = self.x(detected), SENT + 18
        d = f"M{n(x)} {y}H{n(x2)}M{n(x2)} {y - 5}v10"
        if detected <= end:
            d += f"M{n(x2)} {y + 5}V{BOTTOM}"
        told = svg.tag("path", d=d, stroke=palette.INK, stroke_width=2, fill="none")
        long = f"detected {words}"
        if x2 + 8 + marks.width(long, bold=True) < RIGHT:
            words = long
        told += marks.words(words, x2 + 8, y + 4, bold=True)
        yield svg.tag("g", told, class_="detected")
