"""Whether a fault did anything in a run: one that strikes nothing proves nothing, and breaks nothing."""

from __future__ import annotations

from typing import Any

from course_lib.sim import ClockSkew, Crash, Delay, Drop, Duplicate, Fault, Partition, Pause, Scenario, Trace

MOMENT = 1e-6  # seconds: the grain of virtual time


def hits(fault: Fault, trace: Trace, scenario: Scenario) -> bool:
    """Whether a fault of the script changed anything in a run of the scenario."""
    events = trace.events
    match fault:
        case Drop(id):
            return any(event.kind == "drop" and event.id == id for event in events)
        case Delay(id, by):
            return by > 0 and any(event.kind == "send" and event.id == id for event in events)
        case Duplicate(id):
            return sum(event.id == id and event.kind in ("deliver", "drop") for event in events) > 1
        case Crash():
            struck = _struck(fault, trace)
            after = [] if struck is None else events[struck:]
            return any(event.kind not in ("crash", "restart") for event in after)
        case Partition(_, at, until):
            lost = [e for e in events if e.kind == "drop" and e.note == "cut" and at <= e.time < _end(until)]
            return any(fault.cuts(event.node, str(event.peer)) for event in lost)
        case Pause() | ClockSkew():
            return _course(trace) != _course_without(fault, trace, scenario)
    return True


def _course_without(fault: Fault, trace: Trace, scenario: Scenario) -> list[tuple[Any, ...]] | None:
    """The course of the same run without the fault; None where there is no such run.

    Up to the first event that a pause keeps its node from handling the two are the same. So they differ if there is one,
    also where the run ends before the node wakes up. A clock that is wrong changes when a timer fires, or what is said.
    """
    others = list(trace.faults)
    others.remove(fault)
    try:
        return _course(scenario.run(others, trace.seed))
    except Exception:  # another fault names nothing then, or a node fails that the pause kept from it
        return None


def _course(trace: Trace) -> list[tuple[Any, ...]]:
    """What was handled, and when. That a node stands still, or wakes up, is nothing in itself."""
    return [(e.time, e.kind, e.node, e.id, e.message) for e in trace.events if e.kind != "pause"]


def _crash_of(fault: Crash, trace: Trace) -> int | None:
    """The place in the trace of the crash that this fault made; None where it found the node down."""
    at = fault.at
    if at is None:
        sent = (e.time for e in trace.events if (e.kind, e.id) == ("send", fault.after))
        at = next(sent, float("inf"))
    crashes = [i for i, e in enumerate(trace.events) if (e.kind, e.node) == ("crash", fault.node)]
    return next((i for i in crashes if abs(trace.events[i].time - at) < MOMENT), None)


def _struck(fault: Crash, trace: Trace) -> int | None:
    """Where a crash begins to matter: it strikes a node that is up, or keeps one down for longer than others do."""
    index = _crash_of(fault, trace)
    if index is not None or fault.at is None:
        return index
    before = [event for event in trace.events if event.time <= fault.at]
    fates = [e.kind for e in before if e.node == fault.node and e.kind in ("crash", "restart")]
    others = [other for other in trace.faults if isinstance(other, Crash) and other.node == fault.node]
    longest = max((_end(other.until) for other in others if other != fault), default=0.0)
    return len(before) if fates[-1:] == ["crash"] and _end(fault.until) > longest else None


def _end(until: float | None) -> float:
    return float("inf") if until is None else until
