"""Exploration: every schedule of a scenario, to the shortest counterexample.

Breadth first, so what is found is as short as can be. A timer has no length here: it may fire at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from course_lib.sim.coverage import Coverage
from course_lib.sim.search import Search
from course_lib.sim.space import Budget, Space
from course_lib.sim.symmetry import Symmetry
from course_lib.sim.trace import Trace
from course_lib.sim.view import AsksForReports

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario


@dataclass(frozen=True)
class Exploration:
    """What was found. Where the space was not exhausted, nothing found proves nothing."""

    states: int
    """Distinct global states."""
    transitions: int
    """Steps taken, those to known states included."""
    complete: bool
    """Whether the space was exhausted."""
    violated: str | None = None
    """The name of the invariant that breaks."""
    counterexample: Trace | None = None
    """The shortest run that breaks it."""
    goal: str | None = None
    reached: Trace | None = None
    """The shortest run to the goal."""
    possible: str | None = None
    stuck: Trace | None = None
    """The shortest run to a state from which what should stay possible is not."""
    coverage: Coverage | None = None
    """Which handlers and cases ever ran."""
    runs: int = 0
    """How often a handler was called: the rest was remembered."""
    graph: Callable[[], Any] | None = None
    """Makes the networkx graph of all states; None where edges were not kept."""
    bounds: str = ""
    """How many faults and timers there were at the most, in words."""
    merged: bool = False
    """Whether identical messages on their way were taken for one."""
    withheld: bool = False
    """Whether more timers could have fired, had `timeouts` allowed it: then nothing is known of what follows."""
    unsure: bool = False
    """Whether it is unknown of some states if `always_possible` can still be reached from them."""

    @property
    def ok(self) -> bool:
        """Whether everything asked for holds, in all of an exhausted space."""
        reached = self.goal is None or self.reached is not None
        return self.complete and self.violated is None and self.stuck is None and reached and not self.unsure

    def __str__(self) -> str:
        size = f"{self.states:,} states, {self.transitions:,} transitions"
        within = f" within {self.bounds}" if self.bounds else ""
        lines = []
        if self.violated and self.counterexample:
            lines.append(f"{self.violated} breaks: {self.counterexample.reason}")
            lines.append(f"shortest run: {self.counterexample.in_steps}, found after {size}")
        elif self.complete:
            breaks = "nothing breaks" if self.ok else "no invariant breaks"
            lines.append(f"exhausted{within}: {size}; {breaks}")
        else:
            lines.append(f"not exhausted: stopped after {size}. Nothing broke so far, which proves nothing")
            if "duplicates" in self.bounds and "timeouts" not in self.bounds:
                lines.append(
                    "(where duplicates are counted, each retry is one more copy: bound them, timeouts=2)"
                )
        if self.goal:
            lines.append(f"{self.goal}: {self._of_goal()}")
        if self.possible:
            lines.append(f"{self.possible}: {self._of_possible()}")
        if self.merged and self.complete:
            lines.append("(identical messages on their way were taken for one)")
        return "\n".join(lines)

    def _of_goal(self) -> str:
        if self.reached:
            return f"reached in {self.reached.in_steps}"
        return "cannot be reached" if self.complete and not self.withheld else "was not reached so far"

    def _of_possible(self) -> str:
        if self.stuck:
            return f"no longer possible after {self.stuck.in_steps}"
        if not self.complete or self.violated:
            return "unknown, the space was not exhausted"
        return "unknown where all timers had fired" if self.unsure else "always possible"

    __repr__ = __str__


def explore(
    scenario: Scenario,
    *,
    crashes: int = 0,
    losses: int = 0,
    duplicates: int = 0,
    partitions: int = 0,
    timeouts: int | None = None,
    timing: str = "asynchronous",
    goal: Callable[[Any], object] | None = None,
    always_possible: Callable[[Any], object] | None = None,
    clock: Sequence[float] | None = None,
    strategy: str = "breadth",
    max_states: int = 1_000_000,
    symmetric: Sequence[str] = (),
    graph: bool = False,
) -> Exploration:
    """Takes every possible step from every reachable state.

    Args:
        crashes, losses, duplicates, partitions: how many of these may happen. A crash may strike between any two
            effects of a handler; a crashed node stays down or comes back at any later moment.
        timeouts: how many timers may fire in a run; None is any number, and the space must be finite by itself.
        timing: "asynchronous", a timer may fire at any moment; "synchronous", only when no message from a live node
            to a live node can still arrive: who waits for an answer that comes without further timers suspects
            nobody who lives.
        goal: `(world) -> bool`: can this be reached?
        always_possible: `(world) -> bool`: can this still be reached from every state?
        clock: the readings that `self.now` may give, each node's in rising order. Without them reading it is an error.
        strategy: "breadth", or "random": schedules drawn by priorities, for spaces that are too large.
        max_states: where to stop.
        symmetric: names of nodes that are interchangeable; states that differ only by who of them is who count as one.
        graph: whether to keep all edges, so that `graph()` of the result can make a networkx graph of them.

    The network's own chances (`loss`, `duplicate`) and times play no part here, nor do timers' lengths. A partition
    cuts one group of nodes off from all others, one at a time.

    What a state is: the local states, the messages on their way (identical ones are one, unless duplicates are
    counted), the timers set and the budgets left. Counts, times and the past are no part of it, but for the reports
    where an invariant asks for them.
    """
    budget = Budget(crashes, losses, duplicates, partitions, timeouts)
    _check_options(budget, timing, strategy, clock, max_states)

    def search(reports: bool) -> Exploration:
        space = Space(scenario, budget, timing, clock, reports)
        symmetry = Symmetry(space, symmetric) if symmetric else None
        one = Search(scenario, space, goal, always_possible, max_states, symmetry, graph)
        exhausted = one.run(strategy == "random")
        stuck, unsure = one.stuck() if exhausted and always_possible else (None, not exhausted)
        trace, broken = one.retrace.trace, one.broken
        return Exploration(
            states=len(one.met.states),
            transitions=one.transitions,
            complete=exhausted,
            violated=broken and broken.name,
            counterexample=trace(*one.broken_at, broken.name) if broken else None,
            goal=_name(goal),
            reached=None if one.reached is None else trace(one.reached),
            possible=_name(always_possible),
            stuck=None if stuck is None else trace(stuck),
            coverage=one.coverage,
            runs=space.runs,
            graph=one.retrace.graph if graph else None,
            bounds=budget.words,
            merged=space.merged,
            withheld=bool(one.cut_short),
            unsure=unsure,
        )

    try:
        return search(reports=False)
    except AsksForReports:
        return search(reports=True)


def _name(predicate: Any) -> str | None:
    return None if predicate is None else getattr(predicate, "__name__", repr(predicate))


def _check_options(budget: Budget, timing: str, strategy: str, clock: Any, max_states: int) -> None:
    for name, value in budget._asdict().items():
        if (value is None and name == "timeouts") or (type(value) is int and value >= 0):
            continue
        raise ValueError(f"{name} is a number of times, 0 or more, not {value!r}")
    if timing not in ("asynchronous", "synchronous"):
        raise ValueError(f"timing is 'asynchronous' or 'synchronous', not {timing!r}")
    if strategy not in ("breadth", "random"):
        raise ValueError(f"strategy is 'breadth' or 'random', not {strategy!r}")
    if clock is not None and (not clock or any(a > b for a, b in pairwise(clock))):
        raise ValueError(f"clock is a list of readings in rising order, not {clock!r}")
    if type(max_states) is not int or max_states < 1:
        raise ValueError(f"max_states is a number of states, 1 or more, not {max_states!r}")
