"""The runs of 06.invariant: systems that are right, or wrong in one thing, and what a predicate sees of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

from course_lib.sim import Crash, Delay, Drop, Duplicate, Fault, Node, Scenario, Trace
from course_lib.transactions import two_phase
from course_lib.transactions.committing import Participant, Record, state_of, transactions

Nodes: TypeAlias = dict[str, dict[str, Any]]
"""For each participant whether it is up, and what its disk says of each transaction:
{"p1": {"up": True, "disk": {"t1": "prepared"}}}."""


def invariants(
    agree: Callable[[Nodes], Any], stays: Callable[[Nodes, Nodes], Any]
) -> list[Callable[..., Any]]:
    """The two functions as invariants of a scenario."""

    def all_agree(world: Any) -> Any:
        return agree(seen(world.nodes, world.alive))

    def no_reversal(before: Any, after: Any) -> Any:
        return stays(seen(before.nodes, before.alive), seen(after.nodes, after.alive))

    return [all_agree, no_reversal]


def seen(states: Mapping[str, Any], alive: Callable[[str], bool]) -> Nodes:
    """What the two functions are given of a world's participants."""
    return {
        name: {
            "up": alive(name),
            "disk": {txn: state_of(states[name], txn) for txn in transactions(states[name])},
        }
        for name in two_phase.PARTICIPANTS
        if name in states
    }


class Tidy(Participant):
    """Throws the record of a commit away when it is told a second time."""

    def commit(self, txn: str) -> None:
        if state_of(self, txn) == "committed":
            del self.disk[txn]
        super().commit(txn)


class TidyAfterAborts(Participant):
    """Writes an abort down, and throws the record away a second later."""

    def abort(self, txn: str) -> None:
        super().abort(txn)
        self.set_timer("tidy", 1)

    def on_timer(self, name: str) -> None:
        super().on_timer(name)
        if name == "tidy":
            self.disk = {txn: record for txn, record in self.disk.items() if state_of(self, txn) != "aborted"}


class Obedient(Participant):
    """Aborts what it is told to, also what it has committed."""

    def abort(self, txn: str) -> None:
        self.disk[txn] = Record("aborted")


class Reviving(Participant):
    """Takes each Prepare for the first."""

    def vote(self, txn: str, writes: Any, others: frozenset[str]) -> None:
        if state_of(self, txn) == "aborted":
            self.promise(txn, Record("prepared", writes, others))
        super().vote(txn, writes, others)


@dataclass(frozen=True)
class Story:
    """A system and a fault script."""

    system: str
    """`right`, a safeguard that is off, or the name of a participant's class of this module."""
    faults: tuple[Fault, ...] = ()
    participants: int = 2
    unwilling: tuple[str, ...] = ()
    plans: int = 1

    @cached_property
    def trace(self) -> Trace:
        return self.scenario().run(self.faults)

    def scenario(self) -> Scenario:
        options: dict[str, Any] = {"unwilling": self.unwilling, "plans": self.plans, "invariants": ()}
        if self.system in two_phase.SAFEGUARDS:
            options["safeguards"] = two_phase.ALL - {self.system}
        scenario = two_phase.scenario(self.participants, **options)
        if other := OTHERS.get(self.system):
            return Scenario({**scenario.nodes, "p1": other})
        return scenario

    @cached_property
    def moments(self) -> list[tuple[float, Nodes]]:
        """The participants after each event, where something changed."""
        found: list[tuple[float, Nodes]] = []
        for number, event in enumerate(self.trace.events, start=1):
            nodes = self._seen_after(number)
            if not found or nodes != found[-1][1]:
                found.append((event.time, nodes))
        return found

    def _seen_after(self, number: int) -> Nodes:
        states = self.trace.states_after(number)
        return seen(states, lambda name: states[name].alive)

    @property
    def states(self) -> list[tuple[Nodes]]:
        return [(nodes,) for _, nodes in self.moments]

    @property
    def changes(self) -> list[tuple[Nodes, Nodes]]:
        return [(before, after) for (_, before), (_, after) in pairwise(self.moments)]

    def __str__(self) -> str:
        what = "a right system" if self.system == "right" else f"a system without {self.system!r}"
        if other := OTHERS.get(self.system):
            what = f"a system whose p1 is {other.__name__}"
        return f"{what}, with {list(self.faults)}" if self.faults else what


OTHERS: dict[str, type[Node]] = {kind.__name__: kind for kind in (Tidy, TidyAfterAborts, Obedient, Reviving)}

# A transaction that is aborted in the first life of the coordinator, for p2 never heard of it; then comes another.
ABORTED_BEFORE = (Drop("coordinator>p2#1"), Crash("coordinator", at=0.005, until=2))

RUNS: dict[str, tuple[Story, ...]] = {
    "right systems": (
        Story("right"),
        Story("right", participants=3),
        Story("right", unwilling=("p2",)),
        Story("right", (Crash("coordinator", at=0.015, until=5),)),
        Story("right", (Crash("p1", at=0.015, until=5),)),
        Story("right", (Crash("p2", at=0.025, until=5),)),
    ),
    "a bad coordinator": (
        Story("keeps it until all are done", (Drop("coordinator>p2#2"),)),
        Story(
            "counts who voted", (Duplicate("p1>coordinator#1"), Delay("p2>coordinator#1", by=0.5)), 2, ("p2",)
        ),
        Story("one no is enough", (), 3, ("p3",)),
    ),
    "a bad participant": (
        Story("waits after yes", (Drop("coordinator>p2#2"),)),
        Story("waits after yes", (Drop("coordinator>p3#2"),), participants=3),
        Story("Obedient", (Duplicate("coordinator>p1#1", after=0.05),)),
    ),
    "one of them is down": (
        Story("keeps it until all are done", (Crash("p1", at=0.045), Drop("coordinator>p2#2"))),
        Story(
            "waits after yes", (Drop("coordinator>p2#2"), Crash("p2", at=1.5), Crash("p1", at=1.2, until=2))
        ),
    ),
    "two transactions, one after the other": (
        Story("right", ABORTED_BEFORE, plans=2),
        Story("waits after yes", (*ABORTED_BEFORE, Drop("coordinator>p2#3")), plans=2),
    ),
    "what was decided changes": (
        Story("Obedient", (Duplicate("coordinator>p1#1", after=0.05),)),
        Story("Reviving", (Duplicate("coordinator>p1#1", after=0.5),), 2, ("p2",)),
        Story("Obedient", (Duplicate("coordinator>p1#1", after=0.05),), 3),
    ),
    "what was decided is gone": (
        Story("Tidy", (Duplicate("coordinator>p1#2", after=1),)),
        Story("TidyAfterAborts", (), 2, ("p2",)),
    ),
}
"""By the rung that judges an answer on them."""
