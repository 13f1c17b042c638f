"""The world of 06.promise: a coordinator, the learner's participant "p1", and another one, "p2"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.sim import Network, Node, Scenario
from course_lib.transactions import two_phase
from course_lib.transactions.committing import Coordinator, Participant, Record, Writes, values_of

TXNS = ("t1", "t2")
PLANS: tuple[Writes, ...] = ((("balance", 1),), (("limit", 2),))
"""What the coordinator's first life is to commit, and what the second."""
SAME_KEY: tuple[Writes, ...] = ((("balance", 1),), (("balance", 2),))
WRITERS = {
    pair: txn for plans in (PLANS, SAME_KEY) for txn, pairs in zip(TXNS, plans, strict=True) for pair in pairs
}
STATES = ("prepared", "committed", "aborted")


def readable(world: Any) -> bool | str:
    """The disk says what was promised in the way that was asked for."""
    disk = world.nodes["p1"].disk
    for key, record in disk.items():
        if key in TXNS and not (isinstance(record, Record) and record.state in STATES):
            had = f"a Record that is {' or '.join(STATES)}"
            return f"p1's disk has {record!r} under {key!r}; it had to be {had}"
        if key in TXNS and record.state == "committed" and not record.writes:
            return f"p1's disk has {record!r} under {key!r}, without the writes that were committed"
        if key not in TXNS and isinstance(record, Record):
            return f"p1's disk has {record!r} under {key!r}; it had to be under the id of a transaction"
    values = disk.get("values", {})
    if not isinstance(values, dict):
        return f"p1's disk has {values!r} under 'values'; it had to be a dict"
    return True


def nothing_too_early(world: Any) -> bool | str:
    """Nobody sees what is not committed, and may never be."""
    values = values_of(world.nodes["p1"])
    for (key, value), txn in WRITERS.items():
        if values.get(key) == value and txn not in world.nodes["coordinator"].disk:
            return f"p1's values are {values}, and the coordinator has not committed {txn}"
    return True


def transaction(
    participant: Callable[[bool], Node],
    willing: bool = True,
    other_willing: bool = True,
    lives: int = 1,
    same_key: bool = False,
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """The nodes "coordinator", "p1", which is `participant(willing)`, and "p2". One transaction, "t1", is begun.

    With two lives the coordinator begins another, "t2", when it comes back from a crash; it writes another key than
    "t1", or the same one.
    """
    plans = (SAME_KEY if same_key else PLANS)[:lives]
    nodes: dict[str, Callable[[], Node]] = {
        "coordinator": lambda: Coordinator(plans),
        "p1": lambda: participant(willing),
        "p2": lambda: Participant(other_willing),
    }
    invariants = (readable, *two_phase.INVARIANTS, nothing_too_early)
    return Scenario(nodes, network=network, invariants=invariants, until=until)
