"""Exploring two-phase commit with three participants: ours beside minicheck, driven by the same classes.

Every point at which one node can crash, and every single loss, with one timer that fires early. The driver remembers
local steps as ours does, so that what is compared is the search, not how often a handler runs. Both judge AC1.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from functools import cache
from time import perf_counter
from typing import Any

from benchmarks.timing import best, report
from course_lib.sim.local import Local
from course_lib.sim.plain import thaw
from course_lib.sim.space import Budget, Space
from course_lib.transactions.committing import Record
from course_lib.transactions.two_phase import all_agree, scenario

PARTICIPANTS = 3
BUDGETS = {
    "one crash": Budget(crashes=1, losses=0, duplicates=0, partitions=0, timeouts=1),
    "one loss": Budget(crashes=0, losses=1, duplicates=0, partitions=0, timeouts=1),
}
Flying = frozenset[Any]


def main() -> None:
    in_all = best(lambda: [ours(budget, scenario(PARTICIPANTS)) for budget in BUDGETS.values()], 3)
    rows = [("crash points and losses, all invariants", in_all, "")]
    for name, budget in BUDGETS.items():
        rows += beside(name, budget)
    report(rows, f"two-phase commit, {PARTICIPANTS} participants, exhausted")
    print(
        f"    memory: {memory():,.0f} bytes a state (all of the search with one crash, divided by its states)"
    )


def ours(budget: Budget, system: Any) -> Any:
    found = system.explore(**budget._asdict())
    assert found.complete and found.ok, found
    return found


def beside(name: str, budget: Budget) -> list[tuple[str, float, str]]:
    """Rows of one search: ours and minicheck's."""
    found: list[Any] = []
    system = scenario(PARTICIPANTS, invariants=(all_agree,))
    took = best(lambda: found.append(ours(budget, system)), 3)
    mine = found[-1]
    told = f"a transition: {mine.transitions / took:,.0f} a second; new states {mine.states / took:,.0f}"
    rows = [(f"{name}: explore, {mine.states:,} states", took / mine.transitions, told)]
    try:
        import minicheck  # noqa: F401
    except ImportError:
        return [*rows, ("minicheck is not installed: python3 start.py bench installs it", 0.0, "")]
    states, transitions, theirs = by_minicheck(budget, system)
    ratio = (theirs / transitions) / (took / mine.transitions)
    told = f"a transition: {transitions / theirs:,.0f} a second; ours is {ratio:.1f} times as fast"
    return [*rows, (f"{name}: minicheck, {states:,} states", theirs / transitions, told)]


def by_minicheck(budget: Budget, system: Any) -> tuple[int, int, float]:
    """States, transitions and seconds of the same search by minicheck's breadth-first engine."""
    from minicheck import Protocol, check_safety

    driver = Driver(Space(system, budget, "asynchronous", None, reports=False))
    protocol = Protocol(
        name="two-phase commit",
        candidate=False,
        fields=("nodes", "flying", "left"),
        initial=driver.initial,
        transitions=driver.transitions,
        invariants={"agreement": driver.agreement},
    )
    begun = perf_counter()
    result = check_safety(protocol, max_states=10_000_000)
    took = perf_counter() - begun
    assert result["properties"]["agreement"]["holds"]
    return result["reachable_states"], driver.taken, took


class Driver:
    """The node classes as a transition function for a model checker whose states are tuples of values.

    A state is (each node's local state, frozen; the messages on their way, frozen; what is left of the budget).
    """

    def __init__(self, space: Space) -> None:
        self.space, self.taken = space, 0
        (first, _), *_ = space.initial()  # those in which a node crashed within its start are left out
        local = tuple(space.locals[number][1] for number in first[: space.n])
        flying = frozenset(space.parcels[number] for number in space.bags[first[space.n]])
        self.initial = (local, flying, space.budget)
        self.arrive, self.own, self.outcome = cache(self._arrive), cache(self._own), cache(self._outcome)
        self.rest = cache(self._rest)

    def transitions(self, state: tuple[Any, ...]) -> list[tuple[str, tuple[Any, ...]]]:
        local, flying, left = state
        found: list[tuple[str, tuple[Any, ...]]] = []
        for parcel in flying:
            place, others = self.space.place[parcel[1]], flying - {parcel}
            found += self._after(self.arrive(local[place], parcel), local, place, others, left)
            if (rest := self.rest(left, ("losses",))) is not None:
                found.append(("lose", (local, others, rest)))
        for place, before in enumerate(local):
            found += self._after(self.own(place, before), local, place, flying, left)
        self.taken += len(found)
        return found

    def _after(self, results: Any, local: Any, place: int, flying: Flying, left: Budget) -> Iterator[Any]:
        for kind, after, sent, costs in results:
            if (rest := self.rest(left, costs)) is not None:
                yield kind, ((*local[:place], after, *local[place + 1 :]), flying | sent, rest)

    def _rest(self, left: Budget, costs: tuple[str, ...]) -> Budget | None:
        rest = left._replace(**{what: getattr(left, what) - costs.count(what) for what in set(costs)})
        return rest if min(value for value in rest if value is not None) >= 0 else None

    def _arrive(self, before: Local, parcel: Any) -> list[Any]:
        place = self.space.place[parcel[1]]
        number = self.space.locals.number((place, before))
        return self._plain(self.space._arrive(number, self.space.parcels.number(parcel)))

    def _own(self, place: int, before: Local) -> list[Any]:
        return self._plain(self.space._find_own(self.space.locals.number((place, before))))

    def _plain(self, results: Any) -> list[Any]:
        space = self.space
        return [
            (
                result.move.kind,
                space.locals[result.local][1],
                frozenset(space.parcels[number] for number in result.parcels),
                result.costs,
            )
            for result in results
        ]

    def agreement(self, state: dict[str, Any]) -> bool:
        return not {"committed", "aborted"} <= {self.outcome(local.disk) for local in state["nodes"][1:]}

    def _outcome(self, disk: Any) -> Any:
        record = thaw(disk).get("t1")
        return record.state if isinstance(record, Record) else None


def memory() -> float:
    """Bytes of memory a state, at the end of a search that keeps all states, parents and moves."""
    tracemalloc.start()
    found = ours(BUDGETS["one crash"], scenario(PARTICIPANTS))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / found.states
