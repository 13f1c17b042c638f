"""How a system stands at one moment of a trace: who is down or paused, what is cut, and what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from course_lib.pictures import marks
from course_lib.pictures.moments import Moment


class Flight(NamedTuple):
    """A message on its way: how much of it lies behind, in [0, 1]."""

    id: str
    sender: str
    to: str
    message: Any
    fraction: float


@dataclass
class Situation:
    """How a system stands at one moment."""

    down: set[str] = field(default_factory=set)
    paused: set[str] = field(default_factory=set)
    cuts: list[Moment] = field(default_factory=list)
    flights: list[Flight] = field(default_factory=list)

    def is_cut(self, sender: str, to: str) -> bool:
        """Whether a partition lies across the link."""
        return any(cut.cuts(sender, to) for cut in self.cuts)


def situation(happened: Sequence[Moment], time: float) -> Situation:
    """After all moments until `time`, in seconds."""
    now = Situation()
    sent: dict[str, Moment] = {}
    ends: dict[str, float] = {}
    for moment in happened:
        event = moment.event
        over = moment.time > time
        if event and event.id and moment.kind == "send" and not over:
            sent[event.id] = moment
        elif event and event.id and moment.kind in ("deliver", "drop"):
            ends.setdefault(event.id, moment.time)
        elif not over:
            _take(now, moment)
    for id, moment in sent.items():
        end = ends.get(id)
        if moment.event and (end is None or end > time):
            way = 0.5 if end is None else (time - moment.time) / (end - moment.time)
            now.flights.append(
                Flight(id, moment.event.node, moment.event.peer or "", moment.event.message, way)
            )
    return now


def _take(now: Situation, moment: Moment) -> None:
    node = moment.node or ""
    match moment.kind:
        case "crash":
            now.down.add(node)
            now.paused.discard(node)
        case "restart":
            now.down.discard(node)
        case "pause":
            (now.paused.add if marks.state_after(moment) == "paused" else now.paused.discard)(node)
        case "cut":
            now.cuts.append(moment)
        case "heal":
            now.cuts = [cut for cut in now.cuts if cut.groups != moment.groups]
