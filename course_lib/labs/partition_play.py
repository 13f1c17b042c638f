"""A scenario played under a fault script, whatever the learner's class does; and the moment between two moments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from course_lib.labs.guard import Refused, files_of, guarded
from course_lib.pictures.moments import Moment, moments
from course_lib.sim import Fault, Node, Scenario, Trace
from course_lib.sim.network import SECOND
from course_lib.sim.trace import Change

SECONDS = 3  # for a run of learner's code
MOST = 1_000  # events, which a browser still draws and scrubs


@dataclass(frozen=True)
class Played:
    """A trace, what happens in it, and why it ended before its time, if a node failed."""

    trace: Trace
    moments: tuple[Moment, ...]
    changes: tuple[Change, ...]
    problem: str = ""
    left_out: int = 0
    """Events at the end that are too many to be shown."""

    @staticmethod
    def of(trace: Trace, files: Iterable[str] = (), problem: str = "") -> Played:
        """What is to be shown of a trace."""
        changes = guarded("Playing the run once more", lambda: trace.changes, set(files), SECONDS)
        left_out = max(0, len(trace) - MOST)
        if left_out:
            rows = trace.rows[:MOST]
            trace = Trace(
                trace.names, rows, None, "", trace.seed, trace.faults, trace.steps, rows[-1][0] / SECOND
            )
        return Played(trace, tuple(moments(trace)), tuple(changes), problem, left_out)

    def time_after(self, passed: int) -> tuple[float, float]:
        """The time of the last of so many moments, and that of the first later one; a second later at the end."""
        low = self.moments[min(passed, len(self.moments)) - 1].time if passed and self.moments else 0.0
        later = [moment.time for moment in self.moments if moment.time > low]
        return low, later[0] if later else low + 1.0

    def parting(self, other: Played) -> int:
        """How many moments the two have in common."""
        pairs = zip(self.moments, other.moments, strict=False)
        common = next((i for i, (one, two) in enumerate(pairs) if repr(one) != repr(two)), None)
        return min(len(self.moments), len(other.moments)) if common is None else common


def play(scenario: Scenario, faults: Sequence[Fault], seed: int | str) -> Played:
    """The run, up to where a node failed. Raises Refused where there is nothing to show."""
    files = guarded("Making a node", lambda: learners_files(scenario), (), SECONDS)
    try:
        trace = guarded("The run", lambda: scenario.run(faults, seed=seed), files, SECONDS)
    except Refused as refused:
        error = refused.__cause__
        failed = getattr(error, "trace", None)
        if isinstance(error, ValueError) and failed is None:  # a fault that names nothing says so by itself
            raise Refused(_sentence(str(error))) from error
        if failed is None or not len(failed):
            raise Refused(_sentence(str(refused))) from error
        where = f"{failed.end:g} s"
        trace = replace(failed, faults=tuple(faults), seed=seed, steps=None)
        known = _states_before(scenario, faults, seed, trace.end)
        told = _sentence(str(refused).removeprefix("The run raised "))
        trace = replace(trace, recorded=lambda: known)
        return Played.of(trace, files, f"A node failed at {where}: {told}")
    return Played.of(trace, files)


def _states_before(scenario: Scenario, faults: Sequence[Fault], seed: int | str, time: float) -> list[Change]:
    """The states of a run that fails, up to the moment before: what fails cannot be played again to its end."""
    with suppress(Exception):
        shorter = Scenario(scenario.nodes, seed=seed, network=scenario.network, until=time - 1e-6)
        return shorter.run(faults).changes
    return []


def learners_files(scenario: Scenario) -> set[str]:
    """The files of the learner's node classes."""
    files: set[str] = set()
    for factory in scenario.nodes.values():
        kind = factory if isinstance(factory, type) else None
        with suppress(Exception):
            kind = kind or type(factory())
        if kind is not None and issubclass(kind, Node):
            files |= files_of(kind)
    return files


def between(low: float, high: float) -> float:
    """The roundest time after `low` and before `high`; `high` where they are neighbours."""
    for digits in range(7):
        time = round((low + high) / 2, digits)
        if low < time < high:
            return time
    return high


def _sentence(words: str) -> str:
    """On one line."""
    return " ".join(words.split())
