"""Trials of a node class: a run with faults, many seeds, or every schedule; and what a trial found.

A trial is played with whatever makes the node: a learner's class behind the seam, a model, or a known mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from course_lib.checks.hits import hits
from course_lib.checks.plain import short
from course_lib.sim import Fault, Node, Scenario, Trace
from course_lib.sim.plain import SETS, fields_of

Make = Callable[..., Node]
Ending = Callable[..., object]
"""`(trace, *arguments of the setup)`: True where the whole run is as it has to be, else the sentence that says how not."""


@dataclass(frozen=True)
class Found:
    """Something that does not hold, and the run that shows it."""

    broken: str
    """The name of the invariant or ending."""
    sentence: str
    replay: str
    trace: Trace | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Setup:
    """A world around the node class that is tried: a function `(make, *arguments, **options)` to a scenario."""

    build: Callable[..., Scenario]
    arguments: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def scenario(self, make: Make) -> Scenario:
        return self.build(make, *self.arguments, **self.options)

    def source(self, name: str) -> str:
        """The Python that a learner pastes to build it."""
        words = [
            name,
            *map(repr, self.arguments),
            *(f"{key}={value!r}" for key, value in self.options.items()),
        ]
        return f"{self.build.__name__}({', '.join(words)})"

    def judged(self, trace: Trace, endings: Iterable[Ending]) -> tuple[str, str] | None:
        """The name of what does not hold in a run, and the sentence."""
        if trace.violated:
            return trace.violated, f"at {trace.end:g} s {trace.reason}"
        for ending in endings:
            said = ending(trace, *self.arguments)
            if said is not True:
                return ending.__name__, str(said)
        return None


@dataclass(frozen=True)
class Run:
    """One run with a fault script, each fault of which has to hit."""

    setup: Setup
    faults: tuple[Fault, ...] = ()
    endings: tuple[Ending, ...] = ()

    def source(self, name: str) -> str:
        return f"{self.setup.source(name)}.run({list(self.faults) if self.faults else ''})"

    def play(self, make: Make, name: str = "") -> Found | None:
        scenario = self.setup.scenario(make)
        trace, nameless = struck(scenario, self.faults)
        script = tuple(fault for fault in self.faults if fault not in nameless)
        replay = Run(self.setup, script).source(name)
        rest = f" and {len(script) - 4} more" if len(script) > 4 else ""
        under = f"With {', '.join(map(repr, script[:4]))}{rest}" if script else "Without any fault"
        wrong = self.setup.judged(trace, self.endings)
        if wrong:
            return Found(wrong[0], f"{under}: {wrong[1]}.{_left_behind(trace)}", replay, trace, 0)
        missed = [*nameless, *(fault for fault in script if not hits(fault, trace, scenario))]
        if missed:
            said = f"{under} all seems well, but {missed[0]!r} hit nothing: compare the number of messages."
            return Found("no-fault-hit", said, replay, trace, 0)
        return None


@dataclass(frozen=True)
class Sweep:
    """Runs of many seeds, in which chance does the damage."""

    setup: Setup
    seeds: int
    endings: tuple[Ending, ...] = ()

    def source(self, name: str) -> str:
        return f"{self.setup.source(name)}.sweep({self.seeds})"

    def play(self, make: Make, name: str = "") -> Found | None:
        scenario = self.setup.scenario(make)
        wrong = {}
        for seed in range(self.seeds):
            trace = scenario.run(seed=seed)
            if found := self.setup.judged(trace, self.endings):
                wrong[seed] = (trace, *found)
        if not wrong:
            return None
        seed, (trace, broken, said) = next(iter(wrong.items()))
        sentence = f"{self.seeds - len(wrong)} of {self.seeds} seeds go well. With seed {seed}: {said}."
        return Found(broken, sentence, f"{self.setup.source(name)}.run(seed={seed})", trace, seed)


@dataclass(frozen=True)
class Explore:
    """Every schedule of a small world, up to the given numbers of faults."""

    setup: Setup
    budget: Mapping[str, Any]
    most: int = 60_000
    """States, after which it is given up."""
    clock: tuple[float, ...] = (0, 5)
    """What a node that looks at its clock may read: none has to, but that is no mistake."""

    def source(self, name: str) -> str:
        budget = ", ".join(f"{key}={value!r}" for key, value in self._options().items())
        return f"{self.setup.source(name)}.explore({budget})"

    def _options(self) -> dict[str, Any]:
        return {**self.budget, "clock": list(self.clock)}

    def play(self, make: Make, name: str = "") -> Found | None:
        found = self.setup.scenario(make).explore(max_states=self.most, **self._options())
        trace = found.counterexample
        if trace is not None:
            sentence = f"In a schedule {_befallen(trace)}: {trace.reason}.{_left_behind(trace)}"
            return Found(str(found.violated), sentence, f"{self.source(name)}.counterexample", trace)
        if not found.complete:
            said = f"Exploring every schedule was stopped after {found.states:,} states."
            return Found("states-without-end", said, self.source(name))
        return None


Trial = Run | Sweep | Explore


def struck(scenario: Scenario, faults: Iterable[Fault]) -> tuple[Trace, list[Fault]]:
    """A run with those faults that name a message of it, and the faults that do not."""
    script = list(faults)
    nameless: list[Fault] = []
    while True:
        try:
            return scenario.run(script), nameless
        except ValueError as error:
            blamed = [fault for fault in script if str(error).startswith(f"{fault!r} names nothing")]
            if not blamed:
                raise
            nameless.append(blamed[0])
            script.remove(blamed[0])


def _befallen(trace: Trace) -> str:
    """`of 9 steps, with a crash and 2 losses`: what a counterexample consists of."""
    steps = [step for step in trace.steps or () if step.kind != "start"]
    kinds = Counter("crash" if step.cut is not None else step.kind for step in steps)
    words = {"crash": ("a crash", "crashes"), "lose": ("a loss", "losses"), "duplicate": ("a copy", "copies")}
    found = [
        one if kinds[kind] == 1 else f"{kinds[kind]} {many}"
        for kind, (one, many) in words.items()
        if kinds[kind]
    ]
    return f"of {len(steps)} steps" + (f", with {' and '.join(found)}" if found else "")


def _left_behind(trace: Trace) -> str:
    """What a crash in the middle of a handler left on the disk: a trace does not show it."""
    for number, event in enumerate(trace.events, start=1):
        if event.kind == "crash" and event.note:
            disk = trace.states_after(number)[event.node].disk
            return f" In its crash {event.node} left on the disk {short(disk) if disk else 'nothing'}."
    return ""


def values(state: Any) -> Iterator[Any]:
    """The single values that a state holds, those inside its lists, dicts and messages too."""
    if isinstance(state, dict):
        parts: Iterable[Any] = [part for pair in dict.items(state) for part in pair]
    elif type(state) in (list, tuple) or type(state) in SETS:
        parts = state
    elif fields_of(type(state)) is None:
        yield state
        return
    else:
        parts = [getattr(state, name) for name in fields_of(type(state)) or ()]
    for part in parts:
        yield from values(part)


def size(state: Any) -> int:
    """How many single values a state holds: what bounded memory is measured by."""
    return sum(1 for _ in values(state))
