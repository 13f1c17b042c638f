"""The handles in the lock lab's picture: sliders in SVG, which the keyboard reaches as well as the mouse."""

from __future__ import annotations

from course_lib.labs.handles import slider
from course_lib.labs.lock_setting import PAUSE, TTL, Setting
from course_lib.pictures import marks, palette, svg
from course_lib.pictures.lease import BAND, BAR, WIDE, Drawing

HIGH, GRIP = 18, 9  # pixels of a grip


def handles(drawing: Drawing, setting: Setting) -> list[str]:
    """The pause's two ends and its middle, and the end of the first lease's time."""
    found = [_ttl(drawing, setting)]
    if setting.pause is not None:
        found += _pause(drawing, *setting.pause)
    return found


def _pause(drawing: Drawing, start: float, end: float) -> list[str]:
    left, right, y = drawing.x(start), drawing.x(end), drawing.lanes["ann"]
    box = {"x": left, "y": y - BAND / 2, "width": max(1.0, right - left), "height": float(BAND)}
    above = y - BAR / 2 - HIGH / 2  # so that it hides no sign on the bar
    middle = svg.tag("rect", class_="grip", fill="transparent", stroke="none", **box)
    return [
        _slider("pause", "ann's pause, all of it", start, PAUSE, middle),
        _slider("pause start", "ann's pause begins", start, PAUSE, _grip(left - GRIP, above)),
        _slider("pause end", "ann's pause ends", end, PAUSE, _grip(right, above)),
    ]


def _ttl(drawing: Drawing, setting: Setting) -> str:
    """A line as long as the lease may last, above it, with a grip at its end."""
    granted = drawing.story.leases[0].start
    left, right, y = drawing.x(granted), drawing.x(granted + setting.ttl), drawing.lanes["lock"] - BAR / 2 - 9
    n = svg.number
    d = f"M{n(left)} {n(y - 4)}v8M{n(left)} {n(y)}H{n(right)}"
    line = svg.tag("path", d=d, stroke=palette.INK, stroke_width="1.5", fill="none")
    words = f"TTL {setting.ttl:g} s"
    fits = right - left > marks.width(words) + 80
    x = left + 14 if fits else min(right + GRIP + 4, WIDE - marks.width(words) - 4)
    return _slider("ttl", "TTL", setting.ttl, TTL, line + marks.words(words, x, y + 4) + _grip(right, y))


def _grip(x: float, y: float) -> str:
    """What the hand takes hold of; a wider one, unseen, is easier to hit."""
    wide = svg.tag("rect", x=x - 4, y=y - HIGH / 2 - 4, width=GRIP + 8, height=HIGH + 8, fill="transparent")
    look = {"rx": 3, "fill": palette.PAPER, "stroke": palette.INK, "stroke_width": "1.5", "class_": "grip"}
    seen = svg.tag("rect", x=x, y=y - HIGH / 2, width=GRIP, height=HIGH, **look)
    n = svg.number
    ribs = f"M{n(x + 3)} {n(y - 4)}v8M{n(x + 6)} {n(y - 4)}v8"
    return wide + seen + svg.tag("path", d=ribs, stroke=palette.INK)


def _slider(part: str, label: str, now: float, limits: tuple[float, float], *drawn: str) -> str:
    return slider(part, label, f"{label}: {now:g} s", now, limits, f"{now:g} s", *drawn)
