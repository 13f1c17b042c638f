"""A run that goes on where an invariant breaks, and when each of them broke first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from course_lib.labs.partition_play import play
from course_lib.sim import Fault, Scenario
from course_lib.sim.invariants import Predicate


class Broken(NamedTuple):
    """An invariant broke after so many events, at a time in seconds."""

    events: int
    time: float
    reason: str


def unjudged(scenario: Scenario) -> Scenario:
    """The same scenario without its invariants, which nothing stops before its end."""
    return _judged_by(scenario, [])


def broken(scenario: Scenario, faults: Sequence[Fault], seed: int | str) -> dict[str, Broken]:
    """The invariants that break, by name. Each is judged in a run of its own, which ends where it breaks.

    Raises Refused for an invariant that fails. Where a node fails, the run that is shown says so.
    """
    found = {}
    for invariant in scenario.invariants:
        trace = play(_judged_by(scenario, [invariant.holds]), faults, seed).trace
        if trace.violated:
            found[invariant.name] = Broken(len(trace), trace.end, trace.reason)
    return found


def _judged_by(scenario: Scenario, invariants: Sequence[Predicate]) -> Scenario:
    return Scenario(
        scenario.nodes,
        seed=scenario.seed,
        network=scenario.network,
        invariants=invariants,
        until=scenario.until,
    )
