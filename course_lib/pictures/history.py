"""A history as its papers draw it: a lane a process, time to the right, a bar an operation.

Where a verdict is drawn with it, the guilty stand out, and a linearizable history shows the moment at which each
operation can have taken effect.
"""

from __future__ import annotations

from html import escape

from course_lib.consistency.history import History, Operation
from course_lib.consistency.verdict import Verdict
from course_lib.pictures import palette, svg
from course_lib.pictures.bars import MOST, WIDE, Canvas
from course_lib.pictures.picture import Picture


def history_picture(
    history: History,
    *,
    verdict: Verdict | None = None,
    width: int = WIDE,
    most: int = MOST,
    until: float | None = None,
    chosen: Operation | None = None,
) -> Picture:
    """The bars of a history, and what a verdict says of it. Of a long one, the first `most` operations.

    It is `width` pixels wide, or wider where operations are many, and then it scrolls. With `until`, the axis goes
    from 0 to there, so that it stays when operations move; `chosen` is one to stand out. ValueError for a `most`
    below 1.
    """
    if most < 1:
        raise ValueError(f"most is a number of operations, 1 or more, not {most!r}")
    canvas = Canvas(history, verdict, width, until, chosen, most)
    said = in_words(history, verdict)
    look = {"xmlns": "http://www.w3.org/2000/svg", "font_family": "var(--jp-ui-font-family, sans-serif)"}
    drawing = svg.tag(
        "svg",
        *canvas.parts(),
        width=canvas.whole,
        height=canvas.height,
        viewBox=f"0 0 {canvas.whole} {canvas.height}",
        style="display:block",
        **look,
    )
    scroll = svg.tag("div", drawing, style="overflow-x:auto")
    under = _sentence(verdict) if verdict is not None else ""
    whole = svg.tag("div", scroll, under, class_="course-history", role="img", aria_label=said)
    return Picture(whole, repr(history) if verdict is None else repr(verdict))


def verdict_picture(verdict: Verdict) -> Picture:
    """The history that was judged, and why it is not what it should be."""
    return history_picture(verdict.history, verdict=verdict)


def in_words(history: History, verdict: Verdict | None = None) -> str:
    """What the picture shows, for those who do not see it."""
    shown = "; ".join(map(str, history.operations[:12])) + ("; and more" if len(history) > 12 else "")
    return f"A history of {len(history)} operations: {shown}." + ("" if verdict is None else f" {verdict!r}")


def _sentence(verdict: Verdict) -> str:
    holds = {True: "yes", False: "no", None: "unknown"}[verdict.holds]
    colour = {True: palette.RIGHT, False: palette.WRONG, None: palette.SOFT_INK}[verdict.holds]
    first = svg.tag("b", escape(f"{verdict.level}: {holds}."), style=f"color:{colour}")
    return svg.tag(
        "p",
        first,
        " ",
        escape(verdict.explanation),
        style=f"color:{palette.INK};max-width:{WIDE}px;margin:4px 0",
    )
