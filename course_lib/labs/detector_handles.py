"""The handles of the detector lab: the threshold as a line under the heartbeats, and as a point on its curve."""

from __future__ import annotations

from course_lib.labs.detector_setting import Setting
from course_lib.labs.handles import slider
from course_lib.pictures import palette, svg
from course_lib.pictures.detector_curve import RIGHT as CURVE_RIGHT
from course_lib.pictures.detector_curve import Chart
from course_lib.pictures.detector_strip import LEFT, RIGHT, Strip

GRIP = 8  # pixels
PARTS = ("line", "point")


def handles(strip: Strip, chart: Chart, setting: Setting) -> list[str]:
    """Two sliders in SVG for one threshold, which the keyboard reaches as well as the mouse."""
    y, n = strip.y(setting.threshold), svg.number
    wide = svg.tag("path", d=f"M{LEFT} {n(y)}H{RIGHT}", stroke="transparent", stroke_width=14)
    look = {"rx": 3, "fill": palette.PAPER, "stroke": palette.INK, "stroke_width": "1.5", "class_": "grip"}
    grip = svg.tag("rect", x=RIGHT + 3, y=y - GRIP, width=18, height=2 * GRIP, **look)
    ribs = svg.tag("path", d=f"M{RIGHT + 8} {n(y - 3)}h8M{RIGHT + 8} {n(y + 3)}h8", stroke=palette.INK)
    found = [_slider("line", "Threshold, under the heartbeats", setting, wide, grip, ribs)]
    x, y = chart.place(chart.curve.now)
    if x <= CURVE_RIGHT + 1:
        easy = svg.tag("circle", cx=x, cy=y, r=16, fill="transparent")
        ring = svg.tag(
            "circle", cx=x, cy=y, r=10, fill="none", stroke=palette.INK, stroke_width="1.5", class_="grip"
        )
        found.append(_slider("point", "Threshold, on its curve", setting, easy, ring))
    return found


def _slider(part: str, label: str, setting: Setting, *drawn: str) -> str:
    kind, now = setting.kind, setting.threshold
    told = kind.told(now)
    return slider(part, label, f"{setting.detector}: {told}", now, kind.limits, told, *drawn)
