"""Judging a node class by what befalls its world, and naming the mistake behind a failure.

The rungs of a protocol go from a normal run over single faults to many seeds and every schedule. A known mistake is a
node class too. It explains an answer when both break the same things in the same trials.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from course_lib.checks.answer import Answer, NotStarted
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question, Wrong
from course_lib.checks.trials import Explore, Found, Make, Trial
from course_lib.limit import TimeUp, call_within
from course_lib.sim import NodeError, NotPlain, RunAway


@dataclass
class Protocol:
    """The trials of a question whose answer is a node class.

    A mistake explains an answer when the two agree in every trial of every rung. Where none does (two mistakes in one
    answer), it is enough that just one kind of mistake agrees in all trials of the rung that was missed. And where
    none does that, what broke has a name of its own.
    """

    question: Question
    mistakes: Sequence[tuple[str, Make]]
    otherwise: Mapping[str, str]
    """From what broke to the id of a misconception, for what no mistake explains."""
    trials: list[Trial] = field(default_factory=list)
    _known: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)

    def rung(self, name: str, *trials: Trial) -> None:
        """Registers a rung of these trials; the class judged is the question's last answer."""
        self.trials += trials
        self.question.rung(name)(lambda *answers: self.judge(answers[-1], trials))

    def judge(self, answer: Answer, trials: Sequence[Trial]) -> None:
        """Raises Wrong, or the learner's own failure, for the first trial that finds something."""
        for trial in trials:
            found = tried(answer, trial)
            if found:
                broken = self.otherwise.get(found.broken, found.broken)
                raise Wrong(
                    broken,
                    found.sentence,
                    found.replay,
                    seed=found.seed,
                    trace=found.trace,
                    explain=partial(self._reason, answer, trials, broken),
                )

    def _reason(self, answer: Answer, trials: Sequence[Trial], otherwise: str) -> str:
        """The id of the mistake that explains the answer."""
        everywhere = self._explaining(answer, self.trials)
        here = everywhere[:1] or sorted(set(self._explaining(answer, trials)))
        return here[0] if len(here) == 1 else otherwise

    def _explaining(self, answer: Answer, trials: Sequence[Trial]) -> list[str]:
        try:
            # Long enough for a slow machine: the mistake's name must not depend on how busy it is.
            seen = call_within(15, lambda: [_shown(answer, trial) for trial in trials])
        except TimeUp:  # a trial further up may never end
            return []
        # First what is quickly played, and that the answer failed: there most mistakes differ from it.
        told = list(zip(trials, seen, strict=True))
        told.sort(key=lambda pair: (isinstance(pair[0], Explore), not pair[1]))
        return [
            name
            for number, (name, _) in enumerate(self.mistakes)
            if all(self._of_mistake(number, trial) == broken for trial, broken in told)
        ]

    def _of_mistake(self, number: int, trial: Trial) -> str:
        """What a trial finds of a known mistake; tried once."""
        key = number, self.trials.index(trial)
        if key not in self._known:
            _, make = self.mistakes[number]
            try:
                found = trial.play(make)
                self._known[key] = found.broken if found else ""
            except Exception as error:  # a wrong model fails where a learner's code would
                self._known[key] = type(error).__name__
        return self._known[key]


def tried(answer: Answer, trial: Trial) -> Found | None:
    """What a trial finds. Raises Wrong where the node does what no node may, Failed where its code fails."""
    call = trial.source(answer.name)
    if id(trial) in answer.known:
        return answer.known[id(trial)]
    try:
        found: Found | None = answer.watch(call, lambda: trial.play(answer.node, answer.name))
        answer.known[id(trial)] = found
        return found
    except Failed as failure:
        error = failure.__cause__
        if isinstance(error, RunAway | NodeError | NotPlain):
            kinds = {RunAway: "runs-away", NodeError: "node-error", NotPlain: "not-plain"}
            raise Wrong(kinds[type(error)], _sentence(error), call, trace=failure.trace) from error
        raise


def _sentence(error: Exception) -> str:
    """What a world says of a node, as a sentence, and where in the class it was as another."""
    said, _, place = str(error).partition("\n  in ")
    said += "" if said[-1] in ".?!" else "."
    return f"{said} (It was in {place}.)" if place else said


def _shown(answer: Answer, trial: Trial) -> str:
    """The name of what a trial finds, or of the exception that it ends with."""
    try:
        found = tried(answer, trial)
        return found.broken if found else ""
    except Failed as failure:
        return failure.kind
    except Wrong as wrong:
        return type(wrong.__cause__).__name__
    except NotStarted:
        return "NotStarted"
