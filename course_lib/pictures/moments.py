"""The moments of a trace, in order: its events, and where a fault that has no event of its own begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from course_lib.pictures import svg
from course_lib.sim.faults import ClockSkew, Partition
from course_lib.sim.trace import Event, Trace


class Moment(NamedTuple):
    """An event, or `cut`, `heal` (of a partition), `skew` and `right` (of a clock)."""

    time: float
    kind: str
    node: str | None
    event: Event | None = None
    words: str = ""
    groups: tuple[frozenset[str], ...] = ()
    """The sides of a partition that begins or ends here, or in which this message is lost."""
    oneway: bool = False
    """Whether only the first side is cut off from the others."""

    def cuts(self, sender: str, to: str) -> bool:
        """Whether its partition lies between the two."""
        of = {name: side for side, group in enumerate(self.groups) for name in group}
        one, other = of.get(sender), of.get(to)
        return one is not None and other is not None and one != other and (one == 0 or not self.oneway)


def moments(trace: Trace) -> list[Moment]:
    """All of them. At one time a fault comes first, as in a run."""
    coming = sorted(_faults(trace), key=lambda moment: moment.time)
    found: list[Moment] = []
    cuts: list[Moment] = []
    for event in trace.events:
        while coming and coming[0].time <= event.time:
            fault = coming.pop(0)
            found.append(fault)
            cuts = [cut for cut in cuts if fault.kind != "heal" or cut.groups != fault.groups]
            cuts += [fault] if fault.kind == "cut" else []
        groups = _between(event, cuts) if event.note == "cut" else ()
        found.append(Moment(event.time, event.kind, event.node, event, "", groups))
    return found + coming


def _between(event: Event, cuts: list[Moment]) -> tuple[frozenset[str], ...]:
    """The sides of the partition in which a message was lost."""
    for cut in cuts:
        if cut.cuts(event.node, event.peer or ""):
            return cut.groups
    return ()


def _faults(trace: Trace) -> Iterator[Moment]:
    if trace.steps is not None:
        yield from _partition_steps(trace)
    for fault in trace.faults:
        match fault:
            case Partition(groups=groups, at=at, until=until):
                between = " ⇸ " if fault.oneway else " | "
                sides = between.join(", ".join(sorted(group)) for group in groups)
                begin = Moment(at, "cut", None, None, f"cut: {sides}", groups, fault.oneway)
                end = Moment(until or 0.0, "heal", None, None, f"healed: {sides}", groups, fault.oneway)
            case ClockSkew(node=node, at=at, until=until):
                words = f"clock {fault.offset:+g} s" + (f", ×{fault.rate:g}" if fault.rate != 1 else "")
                begin = Moment(at, "skew", node, None, words)
                end = Moment(until or 0.0, "right", node, None, "clock is right")
            case _:
                continue
        if at <= trace.end:
            yield begin
        if until is not None and until <= trace.end:
            yield end


def _partition_steps(trace: Trace) -> Iterator[Moment]:
    """A step of exploration takes a second of the trace's time; the start of a node takes none."""
    time, before = 0.0, None
    for step in trace.steps or ():
        time += step.kind != "start"
        if step.kind != "partition":
            continue
        if before:
            yield Moment(time, "heal", None, None, "healed", before)
        group = frozenset(step.subject)
        before = (group, frozenset(trace.names) - group) if group else None
        if before:
            sides = " | ".join(", ".join(sorted(side)) for side in before)
            yield Moment(time, "cut", None, None, f"cut: {sides}", before)


def told(moment: Moment) -> str:
    """What happens, in a few words."""
    event = moment.event
    if event is None:
        return moment.words if moment.node is None else f"{moment.node}: {moment.words}"
    node, note = event.node, f" ({event.note})" if event.note else ""
    match moment.kind:
        case "start":
            return f"{node} starts"
        case "send":
            return f"{node} sends {brief(event.message, 80)} to {event.peer}"
        case "deliver":
            return f"{node} receives {brief(event.message, 80)} from {event.peer}{note}"
        case "drop":
            return f"{brief(event.message, 80)} from {node} to {event.peer} is lost{note}"
        case "timer":
            return f"the timer {event.id} of {node} fires"
        case "crash":
            return f"{node} crashes{note}"
        case "restart":
            return f"{node} starts again, with its disk"
        case "pause":
            return (
                f"{node} is paused {event.note}" if event.note.startswith("until") else f"{node} {event.note}"
            )
    return f"{node} reports {brief(event.message, 80)}"


def brief(value: Any, room: int) -> str:
    """A message or a state in at most `room` characters: its repr, and where that is too long, without field names.

    What is of a class with a `__str__` of its own is written by that, inside other values too.
    """
    words = _clean(in_words(value))
    if len(words) > room and is_dataclass(value) and not isinstance(value, type) and not _speaks(value):
        inside = ", ".join(_clean(in_words(getattr(value, field.name))) for field in fields(value))
        words = f"{type(value).__name__}({inside})"
    return svg.shortened(words, max(room, 2))


def in_words(value: Any) -> str:
    """Its repr, save that dataclasses with a `__str__` of their own are written by it, wherever they stand."""
    if _speaks(value):
        return str(value)
    match value:
        case tuple() | list() | frozenset() | set() if any(map(_is_or_holds_words, value)):
            return f"[{', '.join(map(in_words, value))}]"
        case dict() if any(map(_is_or_holds_words, value.values())):
            return "{" + ", ".join(f"{key!r}: {in_words(one)}" for key, one in value.items()) + "}"
    if is_dataclass(value) and _is_or_holds_words(value):
        inside = ", ".join(f"{field.name}={in_words(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({inside})"
    return repr(value)


def _speaks(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type) and type(value).__str__ is not object.__str__


def _is_or_holds_words(value: Any) -> bool:
    if isinstance(value, tuple | list | frozenset | set):
        return any(map(_is_or_holds_words, value))
    if isinstance(value, dict):
        return any(map(_is_or_holds_words, value.values()))
    if not is_dataclass(value) or isinstance(value, type):
        return False
    return _speaks(value) or any(_is_or_holds_words(getattr(value, field.name)) for field in fields(value))


def _clean(words: str) -> str:
    """Without the name of the function in which a class was defined."""
    return re.sub(r"[\w.]+\.<locals>\.", "", words) if "<locals>" in words else words


def seconds(time: float) -> str:
    """A time to the microsecond, without needless zeros."""
    return f"{time:.6f}".rstrip("0").rstrip(".")
