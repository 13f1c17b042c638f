"""Many runs beside each other: a sweep over seeds, and a failing run cut down to what matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.sim import faults as fault_script
from course_lib.sim.faults import Drop, Duplicate, Fault
from course_lib.sim.trace import Trace

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

Script = Iterable[Fault] | Callable[[Any], Iterable[Fault]]


@dataclass(frozen=True)
class Sweep:
    """How the runs of many seeds went."""

    total: int
    failures: dict[int | str, str]
    """Each failing seed, and the invariant that it broke."""
    first: Trace | None = None
    """The run of the first failing seed."""
    parting: str = ""
    """Where that run parts from that of the last passing seed before it, or else of the first one after it."""

    @property
    def passed(self) -> int:
        """How many kept all invariants."""
        return self.total - len(self.failures)

    @property
    def first_failing(self) -> int | str | None:
        """The first seed that broke an invariant."""
        return next(iter(self.failures), None)

    @property
    def ok(self) -> bool:
        """Whether no run broke an invariant."""
        return not self.failures

    def __str__(self) -> str:
        if self.ok:
            return f"{self.passed} of {self.total}"
        return f"{self.passed} of {self.total}, first failing seed {self.first_failing}"

    __repr__ = __str__


def sweep(scenario: Scenario, seeds: int | Iterable[int | str], faults: Script = ()) -> Sweep:
    """Runs each of `seeds` (a number n: 0 to n - 1).

    `faults` is one script for all, or a function from the seed to a script.
    """
    failures: dict[int | str, str] = {}
    first = passing = None
    total = 0
    for seed in range(seeds) if isinstance(seeds, int) else seeds:
        total += 1
        trace = scenario.run(faults(seed) if callable(faults) else faults, seed=seed)
        if trace.violated:
            failures[seed] = trace.violated
            first = trace if first is None else first
        elif first is None or passing is None:
            passing = trace
    if total == 0:
        raise ValueError("a sweep needs a seed or more; here is none")
    parting = (
        f"seed {passing.seed}: {first.parting(passing)}" if first is not None and passing is not None else ""
    )
    return Sweep(total, failures, first, parting)


@dataclass(frozen=True)
class Shrunk:
    """The least that still breaks the same invariant."""

    faults: tuple[Fault, ...]
    """Taking any one away lets the run pass."""
    trace: Trace
    tried: tuple[Fault, ...]
    """What it was cut down from: the script, and each message that chance lost or repeated."""
    runs: int

    def __str__(self) -> str:
        kept, tried = len(self.faults), len(self.tried)
        script = ", ".join(map(repr, self.faults))
        messages = ", ".join(sorted(self.trace.causes())) or "none"
        return (
            f"{kept} of {tried} faults matter: [{script}]\n"
            f"broken: {self.trace.violated}: {self.trace.reason}\nmessages that led to it: {messages}"
        )

    __repr__ = __str__


def shrink(scenario: Scenario, faults: Iterable[Fault], seed: int | str) -> Shrunk:
    """Cuts a failing run down to the faults that matter.

    What chance lost or repeated is first written down as faults, Drop and Duplicate: then it can be taken away piece by
    piece, while all times stay as they were. A. Zeller and R. Hildebrandt, Simplifying and Isolating Failure-Inducing
    Input, IEEE TSE 2002 (ddmin).

    Raises ValueError where that run breaks nothing.
    """
    script = fault_script.check(faults, list(scenario.nodes))
    failing = scenario.run(script, seed=seed)
    if not failing.violated:
        raise ValueError(
            f"the run of seed {seed!r} with {len(script)} faults breaks nothing, so there is nothing to shrink"
        )
    calm = scenario.network.without_chance()
    runs = 0

    def fails(some: Sequence[Fault]) -> Trace | None:
        nonlocal runs
        runs += 1
        try:
            trace = scenario._run(tuple(some), seed, calm)
        except ValueError:  # without the others, a fault may name a message that is never sent
            return None
        return trace if trace.violated == failing.violated else None

    whole = (*script, *_chances(failing))
    least = _ddmin(whole, fails)
    trace = fails(least)
    assert trace
    return Shrunk(tuple(least), trace, whole, runs)


def _chances(trace: Trace) -> list[Fault]:
    """What chance did to messages, as faults."""
    found: list[Fault] = []
    sent = {event.id: event.time for event in trace.events if event.kind == "send"}
    seen: dict[str, float] = {}
    for event in trace.events:
        id = event.id or ""
        if event.kind == "drop" and event.note == "lost":
            found.append(Drop(id))
        elif event.kind == "deliver" and (event.note == "again" or id in seen):
            found.append(Duplicate(id, after=round(event.time - seen.get(id, sent[id]), 6)))
        if event.kind == "deliver":
            seen[id] = event.time
    return found


def _ddmin(whole: Sequence[Fault], fails: Callable[[Sequence[Fault]], Trace | None]) -> list[Fault]:
    """A part of `whole` that fails, and passes without any one of its members."""
    kept, pieces = list(whole), 2
    while len(kept) > 1:
        size = -(-len(kept) // pieces)
        rests = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        smaller = next((rest for rest in rests if fails(rest)), None)
        if smaller is not None:
            kept, pieces = smaller, max(pieces - 1, 2)
        elif size == 1:
            break
        else:
            pieces = min(len(kept), 2 * pieces)
    return [] if len(kept) == 1 and fails([]) else kept
