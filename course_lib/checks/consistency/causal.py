"""The world of 02.causal_store: three replicas, and clients who read and write at the nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product
from typing import Any

from course_lib.checks.trials import values
from course_lib.consistency import History, KeyValue, Operation, is_causal
from course_lib.consistency.stores import REPLICAS
from course_lib.sim import Client, Network, Node, Scenario, Trace, calls
from course_lib.sim.client import Invoked, Returned

Work = Mapping[str, tuple[str, Sequence[tuple[Any, ...]]]]
"""Of each client, its replica and its operations: {"ann": ("east", [("write", "x", 1), ("read", "y")])}."""
LATE = 30  # seconds, when all has long arrived


@dataclass(frozen=True)
class Update:
    """From replica to replica: this was written. `clock` says after what: of each replica, in the order of their
    names as given, how many of its writes the writer had applied, this one included."""

    key: str
    value: Any
    clock: tuple[int, ...]


class Late(Client):
    """Looks when nothing is on its way any more."""

    def on_start(self) -> None:
        self.set_timer("begin", LATE)

    def on_timer(self, name: str) -> None:
        if name == "begin":
            super().on_start()
        else:
            super().on_timer(name)


def causal(
    replica: Callable[[Sequence[str]], Node], work: Work, jitter: float = 0.0, bare: bool = False
) -> Scenario:
    """The replicas "east", "west" and "north", each made by `replica(("east", "west", "north"))`, and clients.

    Between replicas a message takes up to `jitter` seconds more. After 30 s, when all has arrived, one more client
    reads everything at each replica. A `bare` world, to be explored, has no such clients and none that pause, and what
    was seen is judged at each step.
    """
    nodes: dict[str, Callable[[], Node]] = {name: partial(replica, REPLICAS) for name in REPLICAS}
    for client, (server, operations) in work.items():
        nodes[client] = partial(Client, tuple(operations), server, think=0 if bare else 0.05)
    looks = [("read", key) for key in keys(work)]
    for server in () if bare else REPLICAS:
        nodes[f"late-{server}"] = partial(Late, looks, server)
    links = {(one, other): {"jitter": jitter} for one, other in product(REPLICAS, repeat=2)}
    return Scenario(nodes, network=Network(links=links), invariants=[keeps_causality] if bare else ())


def keys(work: Work) -> list[str]:
    """What is written or read."""
    return sorted({operation[1] for _, operations in work.values() for operation in operations})


def keeps_causality(world: Any, work: Work | None = None) -> bool | str:
    """Safety: what the clients of a world, or of a trace, have seen is causal."""
    seen: dict[str, list[tuple[Any, ...]]] = {}
    for client, value in world.reports:
        done = seen.setdefault(client, [])
        if isinstance(value, Invoked):
            done.append((value.operation,))
        elif isinstance(value, Returned):
            done[-1] = value.operation, value.result
    return judged(tuple((client, tuple(seen[client])) for client in sorted(seen)))


@lru_cache(maxsize=50_000)
def judged(seen: tuple[Any, ...]) -> bool | str:
    """The judge's verdict, once for each thing seen; of time, causality needs only the order in each process."""
    try:
        verdict = is_causal(History(_operations(seen)), KeyValue())
    except TypeError as error:
        return f"{error}"
    return verdict.explanation.rstrip(".") if verdict.holds is False else True


def _operations(seen: tuple[Any, ...]) -> Iterator[Operation]:
    for client, done in seen:
        for turn, (operation, *results) in enumerate(done):
            kind, key, *values = operation
            # Others may have read a write of which its client has not heard yet.
            end = 2 * turn + 1 if results else None
            result = results[0] if results and kind == "read" else None
            yield Operation(client, kind, values[0] if values else None, result, 2 * turn, end, key)


def all_answered(trace: Trace, work: Work) -> bool | str:
    """Liveness: every request gets its reply, and at once: a client waits for no other replica."""
    for call in calls(trace):
        if not call.answered:
            return f"{call.client} got no reply to {call.operation!r}"
    slow = next((call for call in calls(trace) if call.took > 0.03), None)
    return True if slow is None else f"{slow.client} waited {slow.took:.2f} s for {slow.operation!r}"


def all_arrived(trace: Trace, work: Work) -> bool | str:
    """Liveness: what one client alone writes is what all read at last."""
    missing = _missing(trace, work)
    return True if missing is None else missing[0]


def nothing_dropped(trace: Trace, work: Work) -> bool | str:
    """What is not there to be read is at least held."""
    missing = _missing(trace, work)
    if missing is None:
        return True
    said, replica, value = missing
    state = trace.nodes[replica]
    held = values({"memory": state.memory or {}, "disk": state.disk})
    return any(one == value for one in held) or f"{said}, and {replica} does not hold it any more"


def _missing(trace: Trace, work: Work) -> tuple[str, str, Any] | None:
    """A last write of a key that one client alone writes, which is not read in the end."""
    writers: dict[str, set[str]] = {}
    last: dict[str, Any] = {}
    for client, (_, operations) in work.items():
        for operation in operations:
            if operation[0] == "write":
                writers.setdefault(operation[1], set()).add(client)
                last[operation[1]] = operation[2]
    for call in calls(trace):
        key = call.operation[1]
        if call.client.startswith("late-") and len(writers.get(key, ())) == 1 and call.result != last[key]:
            replica = call.client.removeprefix("late-")
            said = f"{LATE} s later {key} was still {call.result!r} at {replica}; {min(writers[key])} had written {last[key]!r}"
            return said, replica, last[key]
    return None


def tells_what_was_read(trace: Trace, work: Work) -> bool | str:
    """What a client had read before it wrote is in the clock of its write. (Of another kind of clock nothing is said.)"""
    source: dict[Any, tuple[int, int]] = {}  # value to its writer's place, and which of its writes it was
    count = [0] * len(REPLICAS)
    read: dict[str, list[Any]] = {name: [] for name in REPLICAS}
    for event in trace.events:
        if event.kind == "report" and isinstance(event.message, Returned) and event.node in work:
            if event.message.operation[0] == "read":
                read[work[event.node][0]].append(event.message.result)
        elif event.kind == "send" and isinstance(event.message, Update):
            update, own = event.message, REPLICAS.index(event.node)
            if not _is_clock(update.clock):
                return True
            if update.value not in source:
                count[own] += 1
                source[update.value] = own, count[own]
            for value in read[event.node]:
                place, number = source.get(value, (own, 0))
                if place != own and update.clock[place] < number:
                    return (
                        f"{event.node} sent {update!r}, but {value!r}, write {number} of {REPLICAS[place]}, "
                        f"had been read there before; with it, {REPLICAS[place]}'s count is {number} or more"
                    )
    return True


def _is_clock(clock: Any) -> bool:
    return isinstance(clock, tuple) and [type(count) for count in clock] == [int] * len(REPLICAS)
