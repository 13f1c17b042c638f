"""The world of 06.recover: the learner's coordinator, and two participants that keep their promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.sim import Network, Node, Scenario
from course_lib.transactions import two_phase
from course_lib.transactions.committing import Participant, Record, Writes, state_of, transactions

NAMES = ("p1", "p2")
PLANS: Sequence[Writes] = ((("balance", 1),), (("limit", 2),), (("rate", 3),))
"""What the first life is to commit, the second, and so on."""


def agree(world: Any) -> bool | str:
    """AC1 of the participants: how the coordinator lays out its disk is its own matter."""
    one, other = (world.nodes[name] for name in NAMES)
    for txn in transactions(one):
        states = state_of(one, txn), state_of(other, txn)
        if states in (("committed", "aborted"), ("aborted", "committed")):
            return f"p1 has {states[0]} {txn}, and p2 has {states[1]} it"
    return True


def same_writes(world: Any) -> bool | str:
    """What is committed under one id is one transaction."""
    found: dict[str, tuple[str, Writes]] = {}
    for name in NAMES:
        for txn, record in world.nodes[name].disk.items():
            if isinstance(record, Record) and record.state == "committed":
                other, writes = found.setdefault(txn, (name, record.writes))
                if writes != record.writes:
                    return f"{txn} was committed with {writes} at {other}, and with {record.writes} at {name}"
    return True


def coordinating(
    coordinator: Callable[[Sequence[Writes]], Node],
    lives: int = 1,
    unwilling: Sequence[str] = (),
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """The nodes "coordinator", which is `coordinator(plans)`, with plans for so many lives, and "p1" and "p2"."""
    nodes: dict[str, Callable[[], Node]] = {"coordinator": lambda: coordinator(list(PLANS[:lives]))}
    nodes |= {name: (lambda willing: lambda: Participant(willing))(name not in unwilling) for name in NAMES}
    invariants = (agree, two_phase.only_if_all_voted_yes, same_writes)
    return Scenario(nodes, network=network, invariants=invariants, until=until)
