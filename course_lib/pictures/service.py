"""A service as its clients see it: a dot an answer, its height how long it took; crosses where there was none.

The longest time without an answer is shaded. Systems beside each other have one axis of time and one of latency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.picture import Picture
from course_lib.pictures.timeline import ticks

if TYPE_CHECKING:
    from course_lib.replication.service import Service

WIDE, LEFT, RIGHT = 820, 64, 12  # pixels: the whole, and beside the axes
HEAD, ROW, TALL, STRIP, AXIS = 26, 16, 96, 26, 24
"""Pixels: a panel's title, a row of words about the servers, the answers, the failed tries, the axis of time."""
FEWEST = 1e-6  # seconds; an answer that took no time stands at the bottom of a logarithmic axis


def service_picture(*services: Service, width: int = WIDE) -> Picture:
    """The clients' view of one or several systems, a panel each. ValueError where none is given."""
    if not services:
        raise ValueError("there is no service to draw; give some: service_picture(service)")
    canvas = Canvas(services, width)
    said = " ".join(map(in_words, services))
    drawing = svg.tag(
        "svg",
        *canvas.parts(),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=canvas.height,
        viewBox=f"0 0 {width} {canvas.height}",
        font_family="var(--jp-ui-font-family, sans-serif)",
        style="display:block",
        role="img",
        aria_label=said,
    )
    return Picture(svg.tag("div", drawing, class_="course-service", style="overflow-x:auto"), said)


def in_words(service: Service) -> str:
    """What a panel shows, for those who do not see it."""
    words = f"{service.name}: {counted(service)}."
    if service.gap:
        words += f" The longest time without one is from {service.gap[0]:.2f} s to {service.gap[1]:.2f} s."
    told = ", at ".join(f"{time:.2f} s {what}" for time, what in service.moments)
    return f"{words} At {told}." if told else words


def counted(service: Service) -> str:
    answers, failures = len(service.answers), len(service.failures)
    return f"{answers:,} answer{'s' * (answers != 1)}, {failures:,} {'try' if failures == 1 else 'tries'} without one"


@dataclass(frozen=True)
class Canvas:
    """Where everything stands, in pixels."""

    services: Sequence[Service]
    width: int

    @cached_property
    def end(self) -> float:
        """The last second that is drawn."""
        times = [0.1]
        for service in self.services:
            times += [time for time, _ in (*service.answers, *service.moments)] + list(service.failures)
        return max(times) * 1.01

    @cached_property
    def decades(self) -> tuple[int, int]:
        """The powers of ten of a second between which all latencies are."""
        all_of_them = [max(took, FEWEST) for service in self.services for _, took in service.answers] or [1.0]
        low, high = floor(log10(min(all_of_them))), ceil(log10(max(all_of_them)))
        return low, max(high, low + 1)

    @cached_property
    def tops(self) -> list[float]:
        """Where each panel begins, and where the last one ends."""
        found = [0.0]
        for service in self.services:
            rows = 1 + max((row for *_, row in self.placed(service)), default=-1)
            found.append(found[-1] + HEAD + rows * ROW + TALL + STRIP + 8)
        return found

    @property
    def height(self) -> int:
        return round(self.tops[-1]) + AXIS

    def x(self, time: float) -> float:
        return LEFT + time / self.end * (self.width - LEFT - RIGHT)

    def y(self, took: float, bottom: float) -> float:
        low, high = self.decades
        return bottom - (log10(max(took, FEWEST, 10.0**low)) - low) / (high - low) * TALL

    def parts(self) -> list[str]:
        panels = [
            svg.tag("g", *self.panel(service, below), data_service=service.name)
            for service, below in zip(self.services, self.tops[1:], strict=True)
        ]
        y = self.tops[-1] + 12
        axis = [marks.aside(f"{t:g}", self.x(t), y, text_anchor="middle") for t in ticks(0, self.end)]
        return [*panels, *axis, marks.aside("seconds", 4, y)]

    def panel(self, service: Service, below: float) -> Iterator[str]:
        bottom = below - 8 - STRIP
        top = bottom - TALL
        title = self.tops[self.tops.index(below) - 1] + 17
        yield svg.text(service.name, 4, title, 13, font_weight="bold")
        yield marks.aside(counted(service), self.width - RIGHT, title, text_anchor="end")
        yield from self.grid(bottom)
        yield self.gap(service, top)
        yield from self.moments(service, top, bottom)
        yield self.dots(service, bottom)
        yield self.crosses(service, bottom)
        yield self.gap_in_words(service, (top + bottom) / 2 + 4)

    def grid(self, bottom: float) -> Iterator[str]:
        for power in range(self.decades[0], self.decades[1] + 1):
            y = self.y(10.0**power, bottom)
            d = f"M{LEFT} {svg.number(y)}H{self.width - RIGHT}"
            yield svg.tag("path", d=d, stroke=palette.LINE, opacity="0.5")
            yield marks.aside(latency(power), LEFT - 6, y + 4, text_anchor="end")
        yield marks.aside("no answer", LEFT - 6, bottom + STRIP / 2 + 8, text_anchor="end")

    def gap(self, service: Service, top: float) -> str:
        if not service.gap:
            return ""
        left, right = (self.x(time) for time in service.gap)
        box = {"x": left, "y": top, "width": right - left, "height": float(TALL + STRIP)}
        seconds = f"{service.without_service:.3f}"
        return svg.tag("rect", fill=palette.WRONG, opacity="0.14", data_gap=seconds, **box)

    def gap_in_words(self, service: Service, y: float) -> str:
        if not service.gap:
            return ""
        words = f"{service.without_service:.2f} s without service"
        half = marks.width(words, bold=True) / 2
        middle = sum(self.x(time) for time in service.gap) / 2
        return marks.words(
            words, min(max(middle, LEFT + half), self.width - RIGHT - half), y, "middle", bold=True
        )

    def moments(self, service: Service, top: float, bottom: float) -> Iterator[str]:
        rows = 1 + max((row for *_, row in self.placed(service)), default=-1)
        for number, (time, words, anchor, row) in enumerate(self.placed(service)):
            x, y = self.x(time), top - (rows - row) * ROW + 9
            d = f"M{svg.number(x)} {svg.number(y - 9)}V{svg.number(bottom + STRIP)}"
            dashes = "4 3" if number else None
            line = svg.tag("path", d=d, stroke=palette.INK, stroke_width=1.5, stroke_dasharray=dashes)
            told = marks.words(words, x + (5 if anchor == "start" else -5), y, anchor)
            yield svg.tag("g", line, told, data_time=f"{time:.3f}")

    def placed(self, service: Service) -> list[tuple[float, str, str, int]]:
        """Each moment with its words: on which side of its line, and in which row, so that none cover each other."""
        reach: list[float] = []  # how far to the right each row is taken
        found = []
        for time, words in sorted(service.moments):
            x, wide = self.x(time), marks.width(words) + 10
            anchor = "start" if x + wide < self.width else "end"
            left = x if anchor == "start" else x - wide
            row = next((n for n, taken in enumerate(reach) if taken <= left), len(reach))
            reach[row : row + 1] = [max(left + wide, x)]
            found.append((time, words, anchor, row))
        return found

    def dots(self, service: Service, bottom: float) -> str:
        """All in one path, each once: thousands of answers lie over each other."""
        places = {
            f"M{svg.number(self.x(time))} {svg.number(self.y(took, bottom))}h0": None
            for time, took in service.answers
        }
        look = {"stroke": palette.CLIENT, "stroke_width": 5, "stroke_linecap": "round"}
        return svg.tag("path", d="".join(places), fill="none", data_answers=len(service.answers), **look)

    def crosses(self, service: Service, bottom: float) -> str:
        y = svg.number(bottom + STRIP / 2 + 1)
        places = {f"M{svg.number(self.x(time) - 3)} {y}l6 6m0 -6l-6 6": None for time in service.failures}
        look = {"stroke": palette.WRONG, "stroke_width": 1.5}
        return svg.tag("path", d="".join(places), fill="none", data_failures=len(service.failures), **look)


def latency(power: int) -> str:
    """A power of ten of a second, as one says it."""
    for unit, name in ((0, "s"), (-3, "ms"), (-6, "µs")):
        if power >= unit:
            return f"{10 ** (power - unit):g} {name}"
    return f"1e{power} s"
