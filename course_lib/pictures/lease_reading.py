"""Reads what happened to a lock from a trace of `leases.scenario`: beliefs from states, operations from messages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from course_lib.locks.lending import Delete, Read, Release, Stale, Take, Write, owner
from course_lib.pictures.lease_story import Lease, Operation, Story, Stretch, Together
from course_lib.sim import Event, NodeState, Trace

SERVERS = ("lock", "counter")


def read(trace: Trace) -> Story:
    """The story of a trace. Raises ValueError for one without a lock, a counter and workers."""
    workers = tuple(name for name in trace.names if name not in SERVERS)
    if len(workers) != len(trace.names) - len(SERVERS) or not workers:
        names = ", ".join(trace.names)
        raise ValueError(f"this is about a trace of leases.scenario(...), not about one of the nodes {names}")
    beliefs = tuple(one for name in workers for one in _beliefs(trace, name))
    return Story(
        workers=workers,
        beliefs=beliefs,
        troubles=tuple(sorted([*_paused(trace), *_down(trace)], key=lambda one: one.start)),
        leases=tuple(_leases(trace)),
        operations=tuple(_judged(_operations(trace))),
        asks=tuple(
            (e.node, e.time) for e in trace.events if e.kind == "send" and isinstance(e.message, Take)
        ),
        together=tuple(_together(beliefs)),
        end=_end(trace),
        steps=trace.steps is not None,
        broken=f"{trace.violated}: {trace.reason}" if trace.violated else "",
    )


class _Spell(NamedTuple):
    """What a part of a node's state was between two events, by their numbers; no `end` where the run ended first."""

    value: Any
    start: int
    end: int | None


def _spells(trace: Trace, node: str, part: Callable[[NodeState], Hashable]) -> list[_Spell]:
    found: list[tuple[Hashable, int]] = []
    for change in trace.changes:
        if change.node == node and (not found or found[-1][0] != part(change.state)):
            found.append((part(change.state), change.events - 1))
    ends = [start for _, start in found[1:]]
    return [_Spell(*one, end) for one, end in zip(found, [*ends, None], strict=False)]


def _end(trace: Trace) -> float:
    """When the run ended. A trace that exploration found has no time of its own."""
    return max(trace.end, trace.events[-1].time if trace.events else 0.0)


def _time(trace: Trace, number: int | None) -> float:
    return _end(trace) if number is None else trace.events[number].time


def _stretch(trace: Trace, node: str, state: str, spell: _Spell, fence: int = 0) -> Stretch:
    start, end = _time(trace, spell.start), _time(trace, spell.end)
    return Stretch(node, state, start, end, spell.end is None, fence)


def _beliefs(trace: Trace, worker: str) -> list[Stretch]:
    def believed(state: NodeState) -> int:
        return state.memory["fence"] if state.memory and state.memory.get("believes") else 0

    spells = [one for one in _spells(trace, worker, believed) if one.value]
    return [_stretch(trace, worker, "believes", one, one.value) for one in spells]


def _down(trace: Trace) -> list[Stretch]:
    lives = [(name, one) for name in trace.names for one in _spells(trace, name, lambda state: state.alive)]
    return [_stretch(trace, name, "down", one) for name, one in lives if not one.value]


def _paused(trace: Trace) -> list[Stretch]:
    """A pause is no change of a node's state: its events say when."""
    found = []
    begun: dict[str, int] = {}
    for number, event in enumerate(trace.events):
        if event.kind == "pause" and event.note.startswith("until"):
            begun.setdefault(event.node, number)
        elif event.kind in ("pause", "crash") and event.node in begun:
            found.append((event.node, _Spell(None, begun.pop(event.node), number)))
    found += [(node, _Spell(None, start, None)) for node, start in begun.items()]
    return [_stretch(trace, node, "paused", spell) for node, spell in found]


def _leases(trace: Trace) -> list[Lease]:
    def had(state: NodeState) -> tuple[str, int] | None:
        token = state.disk.get("token")
        return None if token is None else (owner(token), state.disk["fence"])

    return [
        Lease(one.value[0], one.value[1], _time(trace, one.start), _time(trace, one.end), _ending(trace, one))
        for one in _spells(trace, "lock", had)
        if one.value
    ]


def _ending(trace: Trace, spell: _Spell) -> str:
    """How a lease ended: by what the server was about at that event."""
    if spell.end is None:
        return ""
    back = (event for event in trace.events[spell.end :: -1] if event.node == "lock")
    cause = next(event for event in back if event.kind in ("deliver", "timer"))
    if cause.kind == "timer":
        return "expired"
    if isinstance(cause.message, Release | Delete):
        return "given back" if cause.peer == spell.value[0] else f"deleted by {cause.peer}"
    return f"taken over by {cause.peer}"


def _operations(trace: Trace) -> list[Operation]:
    """In the order in which they arrived; those that did not come last."""
    asked = (Read, Write)
    sent = {
        event.id: event for event in trace.events if event.kind == "send" and isinstance(event.message, asked)
    }
    found, arrived = [], set()
    for number, event in enumerate(trace.events):
        if event.kind == "deliver" and event.id in sent:
            arrived.add(event.id)
            found.append(_operation(sent[event.id], event.time, _answer(trace, number)))
    return found + [_operation(event, None, None) for id, event in sent.items() if id not in arrived]


def _answer(trace: Trace, number: int) -> Any:
    """What the counter sent at once after that event."""
    following = trace.events[number + 1 : number + 2]
    return following[0].message if following and following[0].node == "counter" else None


def _operation(event: Event, arrives: float | None, answer: Any) -> Operation:
    asked, refused = event.message, isinstance(answer, Stale)
    kind = "write" if isinstance(asked, Write) else "read"
    value = asked.value if isinstance(asked, Write) else getattr(answer, "value", None)
    after = answer.highest if refused else 0
    return Operation(event.node, kind, asked.fence, value, event.time, arrives, refused, after)


def _judged(operations: Iterable[Operation]) -> list[Operation]:
    """The same, told which came out of order, and which wrote over an update."""
    highest = value = 0
    found = []
    for one in operations:
        if one.arrives is not None and not one.refused:
            one = one._replace(after=highest if highest > one.fence else 0)
            highest = max(highest, one.fence)
            if one.kind == "write":
                one = one._replace(loses=one.value != value + 1)
                value = one.value or 0
        found.append(one)
    return found


def _together(beliefs: Iterable[Stretch]) -> list[Together]:
    """The times between neighbouring moments at which several believe; those of the same workers are one."""
    found: list[Together] = []
    moments = sorted({time for one in beliefs for time in (one.start, one.end)})
    for start, end in pairwise(moments):
        among = [one for one in beliefs if one.start <= start and one.end >= end]
        workers = tuple(one.node for one in among)
        lasts = all(one.open and one.end == end for one in among)
        if found and found[-1].workers == workers and found[-1].end == start:
            found[-1] = found[-1]._replace(end=end, open=lasts)
        elif len(workers) > 1:
            found.append(Together(workers, start, end, lasts))
    return found
