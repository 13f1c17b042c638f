"""Fault scripts that break a scenario: the rungs of questions whose answer is a list of faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course_lib.checks.answer import Answer
from course_lib.checks.hits import hits
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question, Wrong
from course_lib.sim import Fault, Scenario, Trace


@dataclass(frozen=True)
class Attack:
    """A scenario that is to be broken by a fault script."""

    scenario: Callable[[], Scenario]
    name: str
    """What the notebook calls the scenario."""
    calm: str
    """What happens without a fault, as a sentence."""
    broken: str
    """The invariant that has to break; where none does, `succeeds` says otherwise."""
    goal: str
    """What has to happen: the rung's name."""
    reason: Callable[[Trace], tuple[str, str]]
    """Of a run that did not succeed: the misconception's id, and what happened, as a sentence."""

    def add_rungs(self, question: Question) -> None:
        question.rung("a script that can be played")(self.can_be_played)
        question.rung("every fault hits something")(self.each_hits)
        question.rung(self.goal)(self.breaks)
        question.rung("with one fault")(self.with_one)

    def can_be_played(self, script: Answer) -> None:
        self.play(script)

    def play(self, script: Answer) -> tuple[list[Fault], Trace]:
        """The script and its run."""
        faults = self._given(script)
        call = script.last_call = self._replay(faults)
        try:
            return faults, self.scenario().run(faults)
        except ValueError as error:
            calm = self.scenario().run()
            raise Wrong("names-nothing", f"{str(error).rstrip('.')}.", call, trace=calm) from error

    def each_hits(self, script: Answer) -> None:
        faults, trace = self.play(script)
        for fault in faults:
            if not hits(fault, trace, self.scenario()):
                said = f"{fault!r} changes nothing in this run."
                raise Wrong("strikes-nothing", said, self._replay(faults), trace=trace)

    def breaks(self, script: Answer) -> None:
        faults, trace = self.play(script)
        if not self.succeeds(trace):
            message_id, said = self.reason(trace)
            raise Wrong(message_id, said, self._replay(faults), trace=trace)

    def succeeds(self, trace: Trace) -> bool:
        return trace.violated == self.broken

    def with_one(self, script: Answer) -> None:
        self.breaks(script)
        faults, trace = self.play(script)
        if len(faults) > 1:
            begin = f"It breaks: {trace.reason}. But the" if trace.violated else "The"
            said = f"{begin} script has {len(faults)} faults."
            raise Wrong("more-than-needed", said, self._replay(faults), trace=trace)

    def _given(self, script: Answer) -> list[Fault]:
        """The script. Raises Wrong where it is none."""
        try:
            faults = script.value
        except Failed as failure:  # such as a generator, which could be gone through only once
            raise Wrong("not-a-script", f"{script.name} is no list of faults ({failure.error}).") from failure
        if isinstance(faults, Fault):
            said = f"{script.name} is {faults!r}, a single fault; it had to be a list of faults."
        elif not isinstance(faults, list | tuple | set):
            said = f"{script.name} is {short(faults)}; it had to be a list of faults."
        elif strangers := [fault for fault in faults if not isinstance(fault, Fault)]:
            said = f"{short(strangers[0])} is no fault."
        elif not faults:
            said = f"The script is empty; {self.calm}"
        else:
            return sorted(faults, key=repr) if isinstance(faults, set) else list(faults)
        raise Wrong("not-a-script", said)

    def _replay(self, faults: Sequence[Fault]) -> str:
        return f"{self.name}.run({list(faults)!r})"


@dataclass(frozen=True)
class Harm(Attack):
    """Nothing is earned by a script that harms nobody, though it can be played and each of its faults hits something."""

    draw: Callable[[Trace], str] | None = None
    """The part of a run, as SVG, in which it is decided."""

    def add_rungs(self, question: Question) -> None:
        question.rung(self.goal)(self.breaks)
        question.rung("every fault hits something")(self.each_hits)
        question.rung("with one fault")(self.with_one)

    def breaks(self, script: Answer) -> None:
        _, trace = self.play(script)
        try:
            if not self.succeeds(trace):
                super().each_hits(script)  # that is told first
            super().breaks(script)
        except Wrong as wrong:
            if self.draw:
                wrong.picture = self.draw(trace)
            raise

    def each_hits(self, script: Answer) -> None:
        self.breaks(script)
        super().each_hits(script)


MISCONCEPTIONS = {
    "not-a-script": "A script is a list of faults, such as [Drop('ann>lock#1'), Pause('bob', at=2, until=3)].",
    "names-nothing": "A message is named by its link and its number there, 'ann>lock#2'. Run the scenario without faults and look at the names.",
    "strikes-nothing": "A fault counts only if it changes something: look at the trace for the moments when something happens.",
    "more-than-needed": "One fault is enough.",
}
"""Those that all such questions have."""
