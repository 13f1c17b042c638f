"""Two-phase commit, three-phase commit and Paxos Commit beside each other: one crash, and what each of them costs.

All is counted in one way, from the trace of a run:

- *messages*: all that were sent, acknowledgements included. What a node tells itself is none.
- *forced writes*: the moments at which a node wrote to its disk and had to wait for it, since it sent something then or
  later. What it writes at one moment is one write. What it writes as it starts belongs to no transaction.
- *round trips*: the time until the last participant has decided, in units of twice a message's latency.
- *blocked*: the longest time that a participant was in doubt, its keys locked, in seconds.

J. Gray and L. Lamport, "Consensus on Transaction Commit", ACM TODS 31(1), 2006, count otherwise: there the last
acknowledgements are left out, and only F + 1 of the 2F + 1 acceptors take part while nothing fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Crash, Scenario, Trace
from course_lib.sim.faults import Fault
from course_lib.sim.network import SECOND
from course_lib.transactions import paxos_commit, three_phase, two_phase
from course_lib.transactions.committing import state_of

TXN = "t1"
ROUND_TRIP = 0.02  # seconds, in the network that a scenario has by default
UNTIL = 400.0  # seconds; the coordinator is back at 300

AFTER_THE_VOTES = (Crash("coordinator", at=0.015, until=300.0),)
"""The coordinator dies as the votes are on their way to it."""
MIDWAY = (Crash("coordinator", after="coordinator>p1#2", until=300.0),)
"""The coordinator dies midway: it has told p1 what follows the votes, and nobody else."""


@dataclass(frozen=True)
class Cost:
    """What a run took. `round_trips` is None where a participant is in doubt to the end."""

    messages: int
    forced_writes: int
    round_trips: float | None
    blocked: float
    outcome: str
    """What the participants have on their disks at the end."""


def systems(participants: int = 3, failures: int = 1) -> dict[str, Scenario]:
    """The three, by name; `failures` is the F of Paxos Commit.

    Raises ValueError for another number of participants than 1 to 5, and of failures than 0 to 2.
    """
    found = {
        "two-phase commit": two_phase.scenario(participants),
        "three-phase commit": three_phase.scenario(participants),
        f"Paxos Commit, F = {failures}": paxos_commit.scenario(participants, failures),
    }
    for system in found.values():
        system.until = UNTIL
    return found


def traces(
    faults: Iterable[Fault] = AFTER_THE_VOTES, participants: int = 3, failures: int = 1
) -> dict[str, Trace]:
    """A run of each under the same faults: the three diagrams side by side."""
    faults = tuple(faults)
    return {name: system.run(faults) for name, system in systems(participants, failures).items()}


def compare(
    faults: Iterable[Fault] = AFTER_THE_VOTES, participants: int = 3, failures: int = 1
) -> list[dict[str, Any]]:
    """A row for each: what a run without faults costs, and how long one with these faults blocks, and how it ends."""
    calm, stormy = traces((), participants, failures), traces(faults, participants, failures)
    rows = []
    for name, trace in calm.items():
        usual, under = cost(trace), cost(stormy[name])
        rows.append(
            {
                "protocol": name,
                "messages": usual.messages,
                "forced writes": usual.forced_writes,
                "round trips": usual.round_trips,
                "blocked, s": under.blocked,
                "outcome": under.outcome,
            }
        )
    return rows


def cost(trace: Trace) -> Cost:
    """Counts what a run took, as the module says."""
    names = [name for name in trace.names if name in two_phase.PARTICIPANTS]
    decided = [_decided_at(trace, name) for name in names]
    states = {str(state_of(trace.nodes[name], TXN)) for name in names}
    return Cost(
        messages=sum(event.kind == "send" and event.node != event.peer for event in trace.events),
        forced_writes=len(set(_forced(trace))),
        round_trips=None if None in decided else round(max(filter(None, decided)) / ROUND_TRIP, 2),
        blocked=round(max(two_phase.seconds_in_doubt(trace).values()), 2),
        outcome=" and ".join(sorted(states)),
    )


def _decided_at(trace: Trace, name: str) -> float | None:
    """When a participant decided; None: it is in doubt to the end."""
    outcomes = ("committed", "aborted")
    moments = (time for time, disk in _disks(trace, name) if TXN in disk and disk[TXN].state in outcomes)
    return next(moments, None)


def _forced(trace: Trace) -> Iterator[tuple[str, float]]:
    """Node and moment of each write that it had to wait for."""
    for name in trace.names:
        sent = [event.time for event in trace.events if event.kind == "send" and event.node == name]
        starts = {
            event.time for event in trace.events if event.kind in ("start", "restart") and event.node == name
        }
        before: dict[Any, Any] = {}
        for time, disk in _disks(trace, name):
            if disk != before and time not in starts and sent and sent[-1] >= time:
                yield name, time
            before = disk


def _disks(trace: Trace, name: str) -> Iterator[tuple[float, dict[Any, Any]]]:
    """A node's disk whenever its state changed, with the time."""
    for change in trace.changes:
        if change.node == name:
            yield trace.rows[change.events - 1][0] / SECOND, change.state.disk
