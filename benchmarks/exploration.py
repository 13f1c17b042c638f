"""Exploring two-phase commit with four participants and one crash: ours beside minicheck, driven by the same classes.

The driver remembers local steps as ours does, so that what is compared is the search, not how often a handler runs.
"""

from __future__ import annotations

import tracemalloc
from functools import cache
from time import perf_counter
from typing import Any

from benchmarks.timing import best, report
from benchmarks.two_phase import scenario
from course_lib.sim.local import Local
from course_lib.sim.plain import thaw
from course_lib.sim.space import Budget, Space

PARTICIPANTS = 4


def main() -> None:
    system = scenario(PARTICIPANTS)
    found: list[Any] = []
    took = best(lambda: found.append(system.explore(crashes=1)), 3)
    ours = found[-1]
    rows = [
        (
            f"explore: {ours.states:,} states, {ours.runs} handler runs",
            took / ours.transitions,
            "a transition",
        ),
        (
            "  transitions a second",
            took,
            f"{ours.transitions / took:,.0f}; new states {ours.states / took:,.0f}",
        ),
    ]
    try:
        import minicheck  # noqa: F401
    except ImportError:
        rows.append(("minicheck is not installed: python3 start.py bench installs it", 0.0, ""))
    else:
        states, transitions, theirs = by_minicheck()
        ratio = (theirs / transitions) / (took / ours.transitions)
        rows.append(
            (
                f"minicheck: {states:,} states",
                theirs / transitions,
                f"a transition; ours is {ratio:.1f} times as fast",
            )
        )
    report(rows, "two-phase commit, 4 participants, 1 crash, exhausted")
    print(
        f"    memory: {memory(3):,.0f} bytes a state (3 participants, all of the search divided by its states)"
    )


def by_minicheck() -> tuple[int, int, float]:
    """States, transitions and seconds of the same search by minicheck's breadth-first engine."""
    from minicheck import Protocol, check_safety

    driver = Driver(
        Space(scenario(PARTICIPANTS), Budget(1, 0, 0, 0, None), "asynchronous", None, reports=False)
    )
    protocol = Protocol(
        name="two-phase commit",
        candidate=False,
        fields=("nodes", "flying", "crashes"),
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

    A state is (each node's local state, frozen; the messages on their way, frozen; crashes left).
    """

    def __init__(self, space: Space) -> None:
        self.space, self.taken = space, 0
        (first, _), *_ = space.initial()  # the others crashed as they started; they are met a step later
        local = tuple(space.locals[number][1] for number in first[: space.n])
        flying = frozenset(space.parcels[number] for number in space.bags[first[space.n]])
        self.initial = (local, flying, 1)
        self.arrive, self.own, self.outcome = cache(self._arrive), cache(self._own), cache(self._outcome)

    def transitions(self, state: tuple[Any, ...]) -> list[tuple[str, tuple[Any, ...]]]:
        local, flying, crashes = state
        found: list[tuple[str, tuple[Any, ...]]] = []
        for parcel in flying:
            place = self.space.place[parcel[1]]
            found += self._after(self.arrive(local[place], parcel), local, place, flying - {parcel}, crashes)
        for place, before in enumerate(local):
            found += self._after(self.own(place, before), local, place, flying, crashes)
        self.taken += len(found)
        return found

    def _after(self, results: Any, local: Any, place: int, flying: Any, crashes: int) -> Any:
        for kind, after, sent, cost in results:
            if crashes >= cost:
                yield kind, ((*local[:place], after, *local[place + 1 :]), flying | sent, crashes - cost)

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
                int("crashes" in result.costs),
            )
            for result in results
        ]

    def agreement(self, state: dict[str, Any]) -> bool:
        return not {"committed", "aborted"} <= {self.outcome(local.disk) for local in state["nodes"][1:]}

    def _outcome(self, disk: Any) -> Any:
        return thaw(disk).get("state")


def memory(participants: int) -> float:
    """Bytes of memory a state, at the end of a search that keeps all states, parents and moves."""
    system = scenario(participants)
    tracemalloc.start()
    found = system.explore(crashes=1, always_possible=None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / found.states
