"""Two policies side by side on the same requests: the queues at a moment, how they grow, and how long requests take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from course_lib.pictures import palette, svg
from course_lib.pictures.balancer_charts import curves, strip
from course_lib.pictures.balancer_reading import SAMPLES, Side, number
from course_lib.pictures.balancer_table import table
from course_lib.pictures.picture import Picture

WIDE, HIGH = 820, 566
PANEL, MARGIN = 400, 46  # pixels: a side, and left of its columns
BASE, CELL, CAP = 166, 8, 14  # where queues stand, how high a request is, and how many are drawn
COLOURS = (palette.CLIENT, palette.CHOSEN)
MOST = 16  # servers that one can tell apart


def balancer_picture(
    sides: Sequence[Side],
    *,
    sample: int = SAMPLES - 1,
    troubled: Mapping[int, str] | None = None,
    bound: float | None = None,
    caption: str = "",
) -> Picture:
    """One or two runs of the same requests, with their queues at a sample.

    Args:
        sides: each policy with its whole run, one with `warmup=0`.
        sample: which of the 2,000 moments, from the first at time 0 to the last request.
        troubled: servers that are not as the others, and a word or sign for each.
        bound: the mean latency below which no policy can come, where it is known.
        caption: what the requests are like, in words.

    Raises ValueError for more than two runs, runs of other requests, and more servers than one can see.
    """
    _check(sides, sample)
    parts = []
    for place, side in enumerate(sides):
        parts.append(panel(side, place, sample, troubled or {}))
    parts.append(strip(sides, COLOURS, sample, 236, caption))
    parts.append(curves(sides, COLOURS, 362))
    parts.append(table(sides, COLOURS, bound, 588, 362))
    told = sentence(sides)
    size = {"width": WIDE, "height": HIGH, "viewBox": f"0 0 {WIDE} {HIGH}"}
    look = {
        "font_family": "var(--jp-ui-font-family, sans-serif)",
        "style": "display:block;max-width:100%;height:auto",
    }
    drawn = svg.tag(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", role="img", aria_label=told, **size, **look
    )
    return Picture(svg.tag("div", drawn, class_="course-balancer"), told)


def sentence(sides: Sequence[Side]) -> str:
    """What the picture shows, for who does not see it."""
    told = []
    for side in sides:
        failed = f", {side.report.errors:.0%} failed".replace("%", " %") if side.report.errors else ""
        told.append(
            f"{side.name}: mean latency {number(side.mean)}, p50 {number(side.latency(0.5))}, "
            f"p99 {number(side.latency(0.99))}{failed}."
        )
    servers = len(sides[0].whole.servers)
    return (
        f"{len(sides[0].whole.times):,} requests to {servers} server{'s' * (servers > 1)}. {' '.join(told)}"
    )


def panel(side: Side, place: int, sample: int, troubled: Mapping[int, str]) -> str:
    """A policy's name, and a column for each server."""
    x, colour = float(place * (WIDE - PANEL)), COLOURS[place]
    servers = side.whole.servers
    wide = (PANEL - MARGIN) / len(servers)
    parts = [
        svg.tag("rect", x=x, y=6, width=12, height=12, rx=2, fill=colour),
        svg.text(svg.shortened(side.name, 40), x + 18, 17, 15, font_weight="bold"),
        svg.text(side.told(sample), x + 18, 36, 12, palette.SOFT_INK, class_="told"),
        svg.text("busy %", x, BASE + 33, 11, palette.SOFT_INK),
    ]
    counts = []
    for server in servers:
        middle = x + MARGIN + wide * (server.index + 0.5)
        queue = int(side.queues[server.index, sample])
        parts.append(_column(queue, middle, min(30.0, wide - 4), colour, server.index))
        parts.append(_foot(middle, server.index, side.busy[server.index], troubled.get(server.index)))
        counts.append(_count(queue, middle, server.index))
    # Lines of the paper's colour make requests of a bar.
    rungs = "".join(f"M{svg.number(x + MARGIN)} {BASE - CELL * k}h{PANEL - MARGIN}" for k in range(1, CAP))
    parts.append(svg.tag("path", d=rungs, stroke=palette.PAPER, stroke_width=1.5))
    floor = f"M{svg.number(x + MARGIN)} {BASE + 1}h{PANEL - MARGIN}"
    parts.append(svg.tag("path", d=floor, stroke=palette.SOFT_INK))
    return svg.tag("g", *parts, *counts, data_side=place)


def _column(queue: int, middle: float, wide: float, colour: str, index: int) -> str:
    """A queue: at its foot the request that is worked on, above it those that wait."""
    shown = min(queue, CAP)
    box = {"x": middle - wide / 2, "width": wide, "fill": colour}
    waiting = max(0, shown - 1) * CELL
    return svg.tag(
        "g",
        svg.tag("rect", class_="served", y=BASE - CELL, height=min(shown, 1) * CELL, **box),
        svg.tag("rect", class_="waiting", y=BASE - shown * CELL, height=waiting, fill_opacity="0.55", **box),
        data_queue=index,
    )


def _count(queue: int, middle: float, index: int) -> str:
    """How many there are, above them."""
    y = BASE - min(queue, CAP) * CELL - 4
    look = {"font_size": 11, "fill": palette.INK, "text_anchor": "middle", "data_count": index}
    return svg.tag("text", f"{queue or ''}", x=middle, y=y, **look)


def _foot(middle: float, index: int, busy: float, trouble: str | None) -> str:
    """The server's letter, how much of the time it worked, and what is wrong with it."""
    letter = letter_of(index)
    parts = []
    if trouble:
        box = {"x": middle - 10, "y": BASE + 4, "width": 20, "height": 16, "rx": 4}
        parts.append(svg.tag("rect", fill="none", stroke=palette.FAULTY, stroke_width=2, **box))
        parts.append(svg.text(trouble, middle, BASE + 49, 12, text_anchor="middle"))
    parts.append(svg.text(letter, middle, BASE + 16, 12, text_anchor="middle", font_weight="bold"))
    parts.append(svg.text(f"{busy * 100:.0f}", middle, BASE + 33, 11, palette.SOFT_INK, text_anchor="middle"))
    title = svg.tag("title", escape(f"server {letter}{': ' + trouble if trouble else ''}"))
    return svg.tag("g", title, *parts, data_server=letter)


def letter_of(index: int) -> str:
    return "ABCDEFGHIJKLMNOP"[index]


def _check(sides: Sequence[Side], sample: int) -> None:
    if not 1 <= len(sides) <= 2:
        raise ValueError(f"the picture shows one policy or two beside each other, not {len(sides)}")
    if type(sample) is not int or not 0 <= sample < SAMPLES:
        raise ValueError(f"sample is a moment from 0 to {SAMPLES - 1}, not {sample!r}")
    first = sides[0].whole
    for side in sides:
        if not 1 <= len(side.whole.servers) <= MOST:
            raise ValueError(f"up to {MOST} servers can be told apart; here are {len(side.whole.servers)}")
        if len(side.whole.times) != len(first.times) or (side.whole.times != first.times).any():
            raise ValueError(
                f"{side.name} got other requests than {sides[0].name}: simulate both with one seed"
            )
        if len(side.whole.servers) != len(first.servers):
            raise ValueError(
                f"{side.name} has {len(side.whole.servers)} servers, {sides[0].name} {len(first.servers)}"
            )
