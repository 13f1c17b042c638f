"""A trace: what happened in a run, event by event, to be read, saved, compared, drawn and played again."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from operator import eq
from typing import Any, NamedTuple

from course_lib.sim import faults as fault_script
from course_lib.sim import wire
from course_lib.sim.faults import Fault
from course_lib.sim.network import SECOND
from course_lib.sim.plain import freeze
from course_lib.sim.step import Step

KINDS = ("start", "send", "deliver", "drop", "timer", "crash", "restart", "pause", "report")
Row = tuple[int, str, str, str | None, Any, int | str | None, str]
"""An event as a world writes it down: time in microseconds, and a message's number in place of its id."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a trace.

    `node` is where it happened and `peer` the other end: of a message that was sent or dropped, sender and receiver; of
    one that was delivered, receiver and sender. `id` names the message ("a>b#3") or the timer.
    """

    time: float
    kind: str
    node: str
    peer: str | None = None
    message: Any = None
    id: str | None = None
    note: str = ""

    def __str__(self) -> str:
        what = {"report": f"reports {self.message!r}", "timer": f"timer {self.id}"}.get(self.kind, self.kind)
        if self.kind in ("send", "deliver", "drop"):
            way = f"to {self.peer}" if self.kind == "send" else f"from {self.peer}"
            if self.kind == "drop":
                way = f"on its way to {self.peer}"
            what = f"{self.kind:<8} {way:<6} {self.id:<8} {self.message!r}"
        return f"{self.time:>11.6f}  {self.node:<8} {what}" + (f"  ({self.note})" if self.note else "")


class NodeState:
    """A node as it was at one moment: its attributes by name, and `disk`. Of a node that is down, only the disk."""

    def __init__(
        self, name: str, memory: Mapping[str, Any] | None, disk: Mapping[Any, Any], timers: Iterable[str] = ()
    ):
        self.__dict__.update(
            _name=name,
            _memory=None if memory is None else dict(memory),
            disk=dict(disk),
            _timers=tuple(timers),
        )

    def __getattr__(self, name: str) -> Any:
        memory = self.__dict__.get("_memory")
        if memory is None:
            raise AttributeError(
                f"{self._name} is down: of a crashed node only .disk can be read, not .{name}"
            )
        try:
            return memory[name]
        except KeyError:
            known = ", ".join(memory) or "nothing"
            raise AttributeError(
                f"{self._name} has no attribute {name!r}; it holds {known}, and disk"
            ) from None

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a state can only be read; {name!r} was to be set")

    @property
    def alive(self) -> bool:
        """Whether the node was up."""
        return self._memory is not None

    @property
    def memory(self) -> dict[str, Any] | None:
        """All attributes; None of a node that was down."""
        return self.__dict__["_memory"]

    @property
    def timers(self) -> tuple[str, ...]:
        """The names of the timers that were set, sorted."""
        return self.__dict__["_timers"]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NodeState) and freeze(vars(self)) == freeze(vars(other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        if self._memory is None:
            return f"<{self._name} is down, disk={self.disk!r}>"
        held = [f"{name}={value!r}" for name, value in self._memory.items()]
        return f"<{', '.join([self._name, *held, *([f'disk={self.disk!r}'] if self.disk else [])])}>"


class Change(NamedTuple):
    """After so many events of the trace, a node's state was this."""

    events: int
    node: str
    state: NodeState


@dataclass(frozen=True)
class Trace:
    """What happened: `events` in order, and whether an invariant broke.

    Two traces are equal where their events, and what they violated, are.
    """

    names: tuple[str, ...]
    """The nodes, in the order of the scenario."""
    log: Sequence[tuple[Any, ...]] = field(repr=False)
    """What the world wrote down; `rows` and `events` have it in one form."""
    violated: str | None = None
    """The name of the invariant that broke, or None."""
    reason: str = ""
    """How it is broken."""
    seed: int | str = 0
    faults: tuple[Fault, ...] = ()
    steps: tuple[Step, ...] | None = None
    """Of a trace that exploration found, the steps that lead here; None of a run with clock and seed."""
    end: float = 0.0
    recorded: Callable[[], list[Change]] = field(default=list, repr=False, compare=False)
    """Gives the states, by playing the run once more."""

    @cached_property
    def rows(self) -> list[Row]:
        """The events as plain tuples."""
        return [_delivery(row) if type(row[1]) is int else row for row in self.log]

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return tuple(map(_event, self.rows))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trace):
            return NotImplemented
        if (len(self), self.violated, self.reason) != (len(other), other.violated, other.reason):
            return False
        # Frozen, since 1, 1.0 and True are equal and not the same; and not-a-number is the same and not equal.
        return all(map(eq, map(_frozen, self.events), map(_frozen, other.events)))

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.log)

    @property
    def length(self) -> int:
        """How many steps exploration took to get here, not counting the nodes' starts; of other traces, events."""
        if self.steps is None:
            return len(self)
        return sum(step.kind not in ("start", "merge") for step in self.steps)

    @property
    def in_steps(self) -> str:
        """The same as a sentence has it: "5 steps"."""
        return f"{self.length} step" + "s" * (self.length != 1)

    @cached_property
    def changes(self) -> list[Change]:
        """Each node's state whenever it changed."""
        return self.recorded()

    def states_after(self, events: int) -> dict[str, NodeState]:
        """The state of every node after so many events."""
        states = {name: NodeState(name, None, {}) for name in self.names}
        for change in self.changes:
            if change.events > events:
                break
            states[change.node] = change.state
        return states

    def states_at(self, time: float) -> dict[str, NodeState]:
        """The state of every node at a time, in seconds: after all that happened until then."""
        moment = round(time * SECOND)
        return self.states_after(sum(1 for row in self.rows if row[0] <= moment))

    @property
    def nodes(self) -> dict[str, NodeState]:
        """The state of every node at the end."""
        return self.states_after(len(self.rows))

    @property
    def reports(self) -> tuple[tuple[str, Any], ...]:
        """What the nodes reported, (node, value), in order."""
        return tuple((row[2], row[4]) for row in self.rows if row[1] == "report")

    def to_text(self) -> str:
        """A line an event, and a last one for what broke."""
        last = [f"broken: {self.violated}: {self.reason}"] if self.violated else []
        return "\n".join([*map(str, self.events), *last]) + "\n"

    def to_json(self) -> str:
        """All of it, states included, as JSON that `from_json` reads."""
        saved = {
            "format": "course trace 1",
            "names": list(self.names),
            "seed": self.seed,
            "faults": [fault_script.to_json(fault) for fault in self.faults],
            "steps": None if self.steps is None else [wire.encode(tuple(step)) for step in self.steps],
            "end": self.end,
            "violated": self.violated,
            "reason": self.reason,
            "events": [[*row[:4], wire.encode(row[4]), *row[5:]] for row in self.rows],
            "states": [
                [events, node, wire.encode(state.memory), wire.encode(state.disk), list(state.timers)]
                for events, node, state in self.changes
            ],
        }
        return json.dumps(saved, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Trace:
        """The trace back; messages become dataclasses that this process knows, or look-alikes. Raises ValueError."""
        try:
            saved = json.loads(text)
            if saved.get("format") != "course trace 1":
                raise ValueError("it says no format of ours")
            read, names = wire.remembered, tuple(map(str, saved["names"]))
            changes = [
                Change(
                    events, node, NodeState(node, wire.decode(memory, read), wire.decode(disk, read), timers)
                )
                for events, node, memory, disk, timers in saved["states"]
            ]
            steps = saved["steps"]
            return Trace(
                names,
                tuple(_read(row, names) for row in saved["events"]),
                saved["violated"],
                saved["reason"],
                saved["seed"],
                tuple(map(fault_script.from_json, saved["faults"])),
                None if steps is None else tuple(Step(*wire.decode(step, read)) for step in steps),
                saved["end"],
                lambda: changes,
            )
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"this is no trace: {type(error).__name__}: {error}") from error

    def to_shiviz(self) -> str:
        """The log that ShiViz (bestchai.bitbucket.io/shiviz) reads, a vector clock with each event."""
        clocks: dict[str, dict[str, int]] = {name: {} for name in self.names}
        sent: dict[str, dict[str, int]] = {}
        lines = []
        for event in self.events:
            clock = clocks[event.node]
            if event.kind == "deliver":
                for name, count in sent.get(event.id or "", {}).items():
                    clock[name] = max(clock.get(name, 0), count)
            clock[event.node] = clock.get(event.node, 0) + 1
            if event.kind == "send":
                sent[event.id or ""] = dict(clock)
            words = str(event)[11:].split(None, 1)[1]
            lines.append(f"{event.node} {json.dumps(clock, sort_keys=True)}\n{words}")
        return "\n".join(lines) + "\n"

    def causes(self) -> frozenset[str]:
        """The ids of the messages that the last event depends on, directly or through others."""
        if not self.events:
            return frozenset()
        last = self.events[-1].node
        known: dict[str, int] = {last: len(self.events)}  # of a node, everything before this event matters
        found = set()
        for index in range(len(self.events) - 1, -1, -1):
            event = self.events[index]
            if event.kind == "deliver" and index < known.get(event.node, 0) and event.id not in found:
                found.add(event.id or "")
            elif event.kind == "send" and event.id in found:
                known[event.node] = max(known.get(event.node, 0), index + 1)
        return frozenset(found)

    def parting(self, other: Trace) -> str:
        """Where the two first differ, in a sentence."""
        for number, (mine, theirs) in enumerate(zip(self.events, other.events, strict=False), 1):
            if repr(mine) != repr(theirs):
                return f"they part at event {number}: here {_brief(mine)}, there {_brief(theirs)}"
        if len(self) == len(other):
            return "they do not part"
        longer, where = (self, "here") if len(self) > len(other) else (other, "there")
        number = min(len(self), len(other)) + 1
        return f"they part at event {number}: {where} goes on with {_brief(longer.events[number - 1])}"

    def __repr__(self) -> str:
        said = f"; broken: {self.violated}: {self.reason}" if self.violated else ""
        return f"<Trace of {len(self)} events, {self.end:g} s{said}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The space-time diagram; a floor above this one draws it."""
        if show is None:
            with suppress(ImportError):  # without it, words have to do
                import_module(DRAWN_BY)
        return {"text/plain": repr(self)} | (show(self) if show else {})


DRAWN_BY = "course_lib.pictures"
"""Who fills in `show`, by name: nothing here needs it, and it is loaded when a notebook first shows a trace."""
show: Callable[[Trace], dict[str, str]] | None = None
"""How a notebook shows a trace: text by its type, as `_repr_mimebundle_` has it."""


def _delivery(entry: tuple[Any, ...]) -> Row:
    """A run writes a delivery down as the entry of its agenda, which says all and is there already."""
    due, _, _, number, note, link, message = entry
    return due, "deliver", link.to, link.sender, message, number, note


def _event(row: Row) -> Event:
    time, kind, node, peer, message, number, note = row
    if type(number) is int:
        sender, to = (peer, node) if kind == "deliver" else (node, peer)
        return Event(time / SECOND, kind, node, peer, message, f"{sender}>{to}#{number}", note)
    return Event(time / SECOND, kind, node, peer, message, number, note)  # type: ignore[arg-type]


def _read(row: Any, names: Sequence[str]) -> Row:
    """A row as it was saved. Raises ValueError for what is none."""
    time, kind, node, peer, message, number, note = row
    if type(time) is not int or kind not in KINDS or node not in names:
        raise ValueError(f"{row!r} is no event")
    return time, kind, node, peer, wire.decode(message, wire.remembered), number, note


def _frozen(event: Event) -> Hashable:
    return freeze((event.time, event.kind, event.node, event.peer, event.message, event.id, event.note))


def _brief(event: Event) -> str:
    return " ".join(str(event).split())
