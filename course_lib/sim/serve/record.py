"""What the processes have said so far, put together to the trace of a run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from course_lib.sim import wire
from course_lib.sim.faults import Fault
from course_lib.sim.network import SECOND
from course_lib.sim.trace import Change, NodeState, Row, Trace


class View(NamedTuple):
    """The processes as last heard of; what is on its way between them nobody sees."""

    nodes: Mapping[str, NodeState]
    reports: tuple[tuple[str, Any], ...]
    """What nodes have reported, (node, value)."""

    def alive(self, name: str) -> bool:
        """Whether the node is up. KeyError for one that does not exist."""
        return self.nodes[name].alive


class Record:
    """Events and states as they come in: of one node in its order, among nodes in any."""

    def __init__(self, names: tuple[str, ...], kinds: Mapping[str, type], seed: int | str) -> None:
        self.names, self.kinds, self.seed = names, kinds, seed
        self.rows: list[Row] = []
        self.states: list[tuple[int, NodeState]] = []
        self.nodes = {name: NodeState(name, None, {}) for name in names}
        self.reports: list[tuple[str, Any]] = []
        self.sent: dict[tuple[str, str], int] = {}

    def find(self, name: str, fields: tuple[str, ...]) -> type:
        """The messages of the scenario, and whatever else a state may hold."""
        return self.kinds.get(name) or wire.remembered(name, fields)

    def event(self, time: int, kind: str, node: str, peer: str | None, message: Any, *rest: Any) -> None:
        """An event as a process says it."""
        value = wire.decode(message, self.find)
        self.rows.append((time, kind, node, peer, value, *rest))
        if kind == "send":
            self.sent[node, peer or ""] = rest[0]
        elif kind == "report":
            self.reports.append((node, value))

    def state(self, time: int, node: str, memory: Any, disk: Any, timers: list[str]) -> None:
        """A state as a process says it."""
        read = (wire.decode(memory, self.find), wire.decode(disk, self.find))
        self._now(time, NodeState(node, *read, timers))

    def crash(self, time: int, node: str, disk: dict[Any, Any], note: str = "") -> None:
        """A process is no more."""
        self.rows.append((time, "crash", node, None, None, None, note))
        self._now(time, NodeState(node, None, disk))

    def _now(self, time: int, state: NodeState) -> None:
        self.states.append((time, state))
        self.nodes = {**self.nodes, state._name: state}  # a new dict: a view keeps the old one

    def trace(self, faults: tuple[Fault, ...], end: float) -> Trace:
        """All in the order of time. The clock is the machine's, one for all processes, so a cause comes first."""
        rows = sorted(self.rows, key=lambda row: (row[0], row[1] != "send"))
        times = [row[0] for row in rows]
        states = sorted(self.states, key=lambda state: state[0])
        changes = [Change(bisect_right(times, time), state._name, state) for time, state in states]
        return Trace(
            self.names, rows, seed=self.seed, faults=faults, end=max(end, times[-1] / SECOND if times else 0),
            recorded=lambda: changes,
        )  # fmt: skip


def missing(until: Callable[[View], object], view: View) -> str | None:
    """What is not true yet, in words; None where all is."""
    try:
        answer = until(view)
    except AttributeError as error:
        return str(error)
    if isinstance(answer, str):
        return answer
    name = getattr(until, "__name__", "<lambda>").replace("<lambda>", "until")
    return None if answer else f"{name}(world) is still {answer!r}"
