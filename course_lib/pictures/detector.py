"""A failure detector at work: heartbeats and the suspicion they leave, over what each threshold would cost and buy."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.detector_curve import Chart, Curve, rate
from course_lib.pictures.detector_strip import Strip
from course_lib.pictures.picture import Picture

WIDE, HIGH = 830, 456
COLOURS = (palette.CLIENT, palette.CHOSEN, palette.SERVER)


def detector_picture(
    strip: Strip, chart: Chart, *, title: str = "Heartbeats", caption: str = "", handles: Sequence[str] = ()
) -> Picture:
    """The heartbeats above, the curves below. A lab adds handles, and then it is no mere image."""
    told = sentence(strip, chart.curve)
    heading = svg.text(title, 0, 13, 13, font_weight="bold")
    heading += marks.aside(caption, 12 + marks.width(title, bold=True) * 1.12, 13)
    drawn = svg.tag(
        "svg",
        heading,
        *strip.parts(),
        *chart.parts(),
        *handles,
        xmlns="http://www.w3.org/2000/svg",
        role="group" if handles else "img",
        aria_label=told,
        width=WIDE,
        height=HIGH,
        viewBox=f"0 0 {WIDE} {HIGH}",
        font_family="var(--jp-ui-font-family, sans-serif)",
        style="display:block;max-width:100%;height:auto",
    )
    return Picture(svg.tag("div", drawn, class_="course-detector"), told)


def sentence(strip: Strip, curve: Curve) -> str:
    """What the picture shows, for who does not see it."""
    point, reading = curve.now, strip.reading
    start, end = strip.window
    mistakes = sum(strip.shows(*alarm) for alarm in reading.alarms)
    shown = f"The run that is shown, from {start:g} s to {end:g} s: {_alarms(mistakes)}"
    if start <= reading.crash <= end:
        shown += f", and the crash is detected after {reading.detected - reading.crash:.2f} s"
    return (
        f"{curve.name} at {curve.told}: {alarms_in_words(curve)}; a crash is detected in {point.detects:.2f} s on "
        f"average, in {point.worst:.2f} s at worst. {shown}."
    )


def alarms_in_words(curve: Curve) -> str:
    """How many false alarms were measured, and what a phi promises."""
    point = curve.now
    told = f"{rate(point.alarms)} false alarms per 1,000 heartbeats" if point.alarms else "no false alarm"
    return f"{told}, where phi promises {rate(curve.promised(point))}" if curve.is_phi else told


def _alarms(count: int) -> str:
    return f"{count or 'no'} false alarm{'s' * (count > 1)}"
