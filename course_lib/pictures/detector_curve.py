"""What a threshold buys: false alarms against time to detect, a curve for each detector, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log10

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.timeline import ticks
from course_lib.replication.detector_trade import Point

LEFT, RIGHT = 62, 452  # pixels
TOP, BOTTOM, NONE = 274, 410, 430  # of the logarithmic axis; below it is where there is no alarm at all
MOST, LEAST = 1000.0, 0.1  # alarms
COLUMNS = (76, 138, 206, 270, 338)  # pixels from the table's left edge to which numbers reach
TABLE = 484


@dataclass(frozen=True)
class Curve:
    """One detector: points for rising thresholds, and the one at which it stands.

    Args:
        told: that threshold in words.
        is_phi: whether it promises one false alarm in 10 ** threshold heartbeats.
    """

    name: str
    points: Sequence[Point]
    now: Point
    told: str
    is_phi: bool
    colour: str

    def promised(self, point: Point) -> float:
        """False alarms per 1,000 heartbeats, if the law that it fits were the right one."""
        return 1000 * 10**-point.threshold


@dataclass(frozen=True)
class Chart:
    """Where the chart has what. The axis of times is made for the curve that is chosen."""

    curves: Sequence[Curve]
    chosen: int

    @property
    def curve(self) -> Curve:
        return self.curves[self.chosen]

    @property
    def last(self) -> float:
        """The end of the axis of times, a round number of seconds."""
        longest = max(point.detects for point in (*self.curve.points, self.curve.now))
        power = 10.0 ** (ceil(log10(longest)) - 1)
        return next(power * factor for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if power * factor >= longest)

    @property
    def unit(self) -> float:
        """The pixels of a second."""
        return (RIGHT - LEFT) / self.last

    def x(self, seconds: float) -> float:
        return LEFT + seconds * self.unit

    def y(self, alarms: float) -> float:
        if alarms <= 0:
            return float(NONE)
        share = log10(min(max(alarms, LEAST), MOST) / LEAST) / log10(MOST / LEAST)
        return BOTTOM - share * (BOTTOM - TOP)

    def place(self, point: Point) -> tuple[float, float]:
        return self.x(point.detects), self.y(point.alarms)

    # The parts, from behind to the front

    def parts(self) -> Iterator[str]:
        yield from self.axes()
        others = [place for place in range(len(self.curves)) if place != self.chosen]
        for place in (*others, self.chosen):
            yield from self.drawn(place)
        yield from self.table()

    def axes(self) -> Iterator[str]:
        yield svg.text("What a threshold buys", 0, TOP - 16, 13, font_weight="bold")
        yield marks.aside(
            "false alarms per 1,000 heartbeats, against seconds to detect a crash", 170, TOP - 16
        )
        for alarms in (1000, 100, 10, 1, 0.1):
            y = svg.number(self.y(alarms))
            yield svg.tag("path", d=f"M{LEFT} {y}H{RIGHT}", stroke=palette.LINE, opacity="0.5")
            yield marks.aside(f"{alarms:,g}", LEFT - 6, self.y(alarms) + 4, text_anchor="end")
        yield marks.aside("none", LEFT - 6, NONE + 4, text_anchor="end")
        yield svg.tag("path", d=f"M{LEFT} {NONE}H{RIGHT}", stroke=palette.SOFT_INK)
        for seconds in ticks(0, self.last):
            x = self.x(seconds)
            yield svg.tag("line", x1=x, x2=x, y1=TOP, y2=NONE, stroke=palette.LINE, opacity="0.5")
            yield marks.aside(f"{seconds:g} s", x, NONE + 16, text_anchor="middle")

    def drawn(self, place: int) -> Iterator[str]:
        curve, chosen = self.curves[place], place == self.chosen
        points = [self.place(point) for point in curve.points]
        look = {"stroke": curve.colour, "stroke_linejoin": "round", "stroke_width": 3 if chosen else "1.5"}
        lines = [svg.tag("title", svg.escape(curve.name))]
        lines.append(
            svg.tag("path", d=_path(points), fill="none", opacity=None if chosen else "0.75", **look)
        )
        if chosen and curve.is_phi:
            lines.append(self.promise(curve))
        x, y = self.place(curve.now)
        if x <= RIGHT + 1:
            lines.append(sign(place, x, y, curve.colour, 6.0 if chosen else 4.0))
        yield svg.tag("g", *lines, class_="curve", data_detector=curve.name)

    def promise(self, curve: Curve) -> str:
        """What phi says of each threshold, beside what came of it; down to where the axis ends."""
        law = [(self.x(point.detects), log10(curve.promised(point) / LEAST)) for point in curve.points]
        kept = [place for place in law if place[1] > 0]
        if len(kept) < len(law):  # from the last above the end to the first below it
            (x1, y1), (x2, y2) = law[len(kept) - 1], law[len(kept)]
            kept.append((x1 + (x2 - x1) * y1 / (y1 - y2), 0.0))
        places = [(x, self.y(LEAST * 10**decades)) for x, decades in kept]
        x, y = places[len(places) // 2]
        look = {"stroke": curve.colour, "stroke_width": 2, "stroke_dasharray": "5 4", "fill": "none"}
        words = marks.words("promised", x - 8, y + 8, "end") if x - 8 > LEFT + marks.width("promised") else ""
        return svg.tag("g", svg.tag("path", d=_path(places), **look), words, class_="promise")

    def table(self) -> Iterator[str]:
        """All detectors at their thresholds."""
        y = TOP + 2
        heads = (("", "at"), ("false", "alarms"), ("promised", ""), ("detects", "in"), ("at", "worst"))
        for (upper, lower), right in zip(heads, COLUMNS, strict=True):
            yield marks.aside(upper, TABLE + right, y - 6, text_anchor="end")
            yield marks.aside(lower, TABLE + right, y + 7, text_anchor="end")
        for place, curve in enumerate(self.curves):
            yield from self.row(place, curve, y + 28 + 40 * place)

    def row(self, place: int, curve: Curve, y: float) -> Iterator[str]:
        chosen, point = place == self.chosen, curve.now
        weight = "bold" if chosen else None
        cells = (
            curve.told,
            rate(point.alarms),
            rate(curve.promised(point)) if curve.is_phi else "",
            f"{point.detects:.2f} s",
            f"{point.worst:.2f} s",
        )
        parts = [sign(place, TABLE + 5, y - 4, curve.colour, 5.0)]
        parts.append(svg.text(curve.name, TABLE + 16, y, 12, font_weight=weight))
        for words, right in zip(cells, COLUMNS, strict=True):
            parts.append(svg.text(words, TABLE + right, y + 16, 12, text_anchor="end", font_weight=weight))
        yield svg.tag("g", *parts, class_="row", data_detector=curve.name)


def rate(alarms: float) -> str:
    """Alarms per 1,000 heartbeats in a few digits."""
    if alarms == 0:
        return "none"
    if alarms >= 0.095:
        return f"{alarms:,.0f}" if alarms >= 99.5 else f"{alarms:.1f}"
    return f"{alarms:.0e}".replace("e-0", "e-")


def sign(place: int, x: float, y: float, colour: str, r: float) -> str:
    """A disc, a square or a diamond: colour does not speak alone."""
    look = {"fill": colour, "stroke": palette.PAPER, "stroke_width": "1.5"}
    n = svg.number
    if place == 0:
        return svg.tag("circle", cx=x, cy=y, r=r, **look)
    if place == 1:
        return svg.tag("rect", x=x - r, y=y - r, width=2 * r, height=2 * r, **look)
    r *= 1.3
    return svg.tag(
        "path", d=f"M{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}L{n(x - r)} {n(y)}Z", **look
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A line up to the right end of the axis."""
    kept = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 >= RIGHT:
            break
        share = min(1.0, (RIGHT - x1) / (x2 - x1)) if x2 > x1 else 1.0
        kept.append((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share))
    return "M" + "L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in kept)
