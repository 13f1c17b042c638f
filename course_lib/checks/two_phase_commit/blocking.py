"""The world of 06.break_it: two-phase commit with two participants, and how long they are in doubt."""

from __future__ import annotations

from collections.abc import Callable

from course_lib.sim import Node, Scenario, Trace
from course_lib.sim.network import SECOND
from course_lib.sim.trace import NodeState
from course_lib.transactions import two_phase
from course_lib.transactions.committing import Coordinator, Participant, state_of

TXN = "t1"
LONG = 300.0  # seconds that both have to be in doubt together
PATIENCE = 60.0  # seconds between two questions: a run of ten minutes is still a picture that one can read


class PatientCoordinator(Coordinator):
    """Waits 1 s for the votes, and a minute for each Done."""

    def tell(self, txn: str) -> None:
        super().tell(txn)
        self.set_timer("acknowledgements", PATIENCE)


class PatientParticipant(Participant):
    """Asks each minute as long as it is in doubt."""

    def wait(self) -> None:
        self.set_timer("in doubt", PATIENCE)


def bank() -> Scenario:
    """The nodes "coordinator", "p1" and "p2", all willing, for ten minutes."""
    nodes: dict[str, Callable[[], Node]] = {
        "coordinator": lambda: PatientCoordinator(((("balance", 1),),)),
        "p1": PatientParticipant,
        "p2": PatientParticipant,
    }
    return Scenario(nodes, invariants=two_phase.INVARIANTS, until=600)


def in_doubt(trace: Trace, *names: str, committed: bool = False) -> float:
    """For how many seconds, in one stretch, all of these were up, and in doubt at once.

    With `committed`, only as long as the coordinator had the commit on its disk. A participant that is down holds no
    locks that anybody could meet. One that is paused is up: it does nothing, and holds its locks.
    """
    longest, since = 0.0, None
    states: dict[str, NodeState] = {}
    for change in trace.changes:
        states[change.node] = change.state
        time = trace.rows[change.events - 1][0] / SECOND
        held = all(name in states and _holds(states[name]) for name in names)
        if committed:
            held = held and TXN in states["coordinator"].disk
        if held and since is None:
            since = time
        elif not held and since is not None:
            longest, since = max(longest, time - since), None
    return round(longest if since is None else max(longest, trace.end - since), 3)


def _holds(state: NodeState) -> bool:
    return state.alive and state_of(state, TXN) == "prepared"
