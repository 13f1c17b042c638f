"""Where the moments of a trace stand in a space-time diagram: in which row, and how far down.

Time runs downwards, a lane a node. A handler and all it sends share a row; what would touch in a row takes the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log2
from statistics import median
from typing import NamedTuple

from course_lib.pictures.moments import Moment
from course_lib.sim.faults import parse

ROW, LONGEST = 28, 26  # pixels: of a row, and what a long wait adds at most
HANDLERS = frozenset(("start", "restart", "deliver", "timer"))
WHOLE = "whole row"


class Rows(NamedTuple):
    """The row of each moment, when each row is, and how far down it stands, in pixels from the first."""

    of: list[int]
    times: list[float]
    down: list[int]

    @property
    def unit(self) -> float:
        """The usual time between rows, in seconds."""
        return _unit(self.times)


def place(moments: Sequence[Moment], lanes: Sequence[str]) -> Rows:
    """Each moment in the row of its handler, or in the first later row in which it touches nothing."""
    number = {name: i for i, name in enumerate(lanes)}
    of: list[int] = []
    times: list[float] = []
    # In the last row: nodes, gaps between lanes that hold words, messages that set off.
    taken: set[object] = set()
    handler: dict[str, int] = {}  # the row of each node's last handler
    for moment in moments:
        if moment.kind == "send" and moment.node in handler and times[handler[moment.node]] == moment.time:
            row = handler[moment.node]
            if row == len(times) - 1:
                taken.add(moment.event.id)  # type: ignore[union-attr]
            of.append(row)
            continue
        needs = _needs(moment, number)
        if not times or moment.time != times[-1] or not _fits(needs, taken):
            times.append(moment.time)
            taken = set()
        taken |= needs
        if moment.kind in HANDLERS and moment.node:
            handler[moment.node] = len(times) - 1
        of.append(len(times) - 1)
    return Rows(of, times, _down(times))


def side(node: str, other: str | None, number: dict[str, int]) -> int:
    """The gap between two lanes next to `node` on the side of `other`; gap 0 is on the right of lane 0."""
    here = number[node]
    return here - 1 if other is not None and number[other] < here else here


def _fits(needs: set[object], taken: set[object]) -> bool:
    return not (needs & taken or WHOLE in taken or (WHOLE in needs and taken))


def _needs(moment: Moment, number: dict[str, int]) -> set[object]:
    """What a moment takes of its row: its node, the gap where its words stand, and its message."""
    event = moment.event
    match moment.kind:
        case "cut" | "heal":
            return {WHOLE}
        case "start":
            return {moment.node}
        case "deliver":
            assert event and event.id
            return {event.node, side(event.node, event.peer, number), event.id}
        case "drop":
            assert event and event.id and event.peer
            return {crossed(moment, number), event.id}
        case "send":
            assert event
            return {event.node, event.id}
    assert moment.node
    return {moment.node, number[moment.node]}


def crossed(moment: Moment, number: dict[str, int]) -> int:
    """The gap in which a lost message ends: at the cut, beside a receiver that was down, else beside the sender."""
    event = moment.event
    assert event and event.id
    name = parse(event.id)
    if event.note.endswith("is down"):
        return side(name.to, name.sender, number)
    of = {node: i for i, group in enumerate(moment.groups) for node in group}
    lanes = sorted(number, key=number.__getitem__)
    way = 1 if number[name.to] > number[name.sender] else -1
    for lane in range(number[name.sender], number[name.to], way):
        if of and of.get(lanes[lane]) != of.get(lanes[lane + way]):
            return min(lane, lane + way)
    return side(name.sender, name.to, number)


def _unit(times: Sequence[float]) -> float:
    waits = [after - before for before, after in pairwise(times) if after > before]
    return median(waits) if waits else 1.0


def _down(times: Sequence[float]) -> list[int]:
    """A long wait takes more room, but little: what happens is of interest, not how long nothing does."""
    unit, down = _unit(times), [0] * len(times)
    for row in range(1, len(times)):
        wait = (times[row] - times[row - 1]) / unit
        down[row] = down[row - 1] + ROW + (min(LONGEST, round(6 * log2(wait))) if wait > 1 else 0)
    return down
