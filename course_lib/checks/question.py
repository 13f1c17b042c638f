"""A question of the course: what it asks, its ladder of rungs, and how an answer is judged."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TextIO

from course_lib.checks.answer import Answer, NotStarted
from course_lib.checks.plain import Failed, described
from course_lib.checks.quiet import captured
from course_lib.checks.result import Result
from course_lib.limit import TimeUp, call_within


@dataclass
class Wrong(Exception):
    """Raised by a rung: the misconception's id, and what came and what had to come."""

    message_id: str
    sentence: str
    replay: str = ""
    picture: str = ""
    seed: int | None = None
    trace: Any = None
    """The run that shows it, which is drawn where there is no other picture."""
    explain: Callable[[], str] | None = None
    """Finds a better message id, where that takes long: asked only of the miss that is told."""


Rung = Callable[..., None]
Miss = Wrong | Failed | NotStarted


@dataclass
class Question:
    """One question. Register its rungs, easy to hard, with `@question.rung("name")`.

    A rung takes the answers (as `Answer`s), returns where all is well and raises `Wrong` where it
    is not. All rungs are tried, the points shared among them evenly; the first miss is told.
    """

    id: str
    title: str
    names: tuple[str, ...]
    """The learner's names that the check takes, in order."""
    signature: str
    points: float
    minutes: int
    hints: tuple[str, str, str]
    misconceptions: dict[str, str]
    """Id to a sentence that names the mistake."""
    right: str
    """Why it is right, and what to think of next."""
    praise: Callable[..., str] | None = field(default=None, repr=False)
    """(*answers): what these right answers have done, as a sentence that is told before `right`."""
    seconds: float = 5.0
    rungs: list[tuple[str, Rung]] = field(default_factory=list, repr=False)

    def rung(self, name: str) -> Callable[[Rung], Rung]:
        """Registers a rung under the name that the learner reads."""

        def register(function: Rung) -> Rung:
            self.rungs.append((name, function))
            return function

        return register

    def judge(self, given: Sequence[Any]) -> Result:
        """Climbs the ladder with the learner's answers."""
        if len(given) != len(self.names):
            raise TypeError(
                f'this check takes {len(self.names)} answers: check("{self.id}", {", ".join(self.names)})'
            )
        answers = [Answer(one, name) for one, name in zip(given, self.names, strict=True)]
        if all(answer.untouched() for answer in answers):
            return self._not_started()
        steps: list[tuple[str, bool]] = []
        first: Miss | None = None
        screen = sys.stdout
        with captured() as printed:
            for name, rung in self.rungs:
                miss = self._climb(rung, answers, screen)
                steps.append((name, miss is None))
                first = first or miss
                if isinstance(miss, Wrong) and miss.message_id in ENDLESS:
                    break  # the rungs above would only take as long
            if isinstance(first, Wrong) and first.explain:
                first.message_id = first.explain()
        if isinstance(first, NotStarted) and not any(passed for _, passed in steps):
            return self._not_started()
        steps += [(name, False) for name, _ in self.rungs[len(steps) :]]
        praise = self.praise(*answers) if self.praise and first is None else ""
        verdict = self._verdict(steps, first)
        return replace(verdict, sentence=f"{praise} {verdict.sentence}".strip(), printed=printed.getvalue())

    def _climb(self, rung: Rung, answers: list[Answer], screen: TextIO) -> Miss | None:
        patience = self.seconds / 2
        try:
            call_within(patience, lambda: rung(*answers), screen)
            return None
        except (Wrong, Failed, NotStarted) as miss:
            return miss
        except TimeUp:
            call = next((answer.last_call for answer in answers if answer.last_call), "your code")
            said = (
                f"{call} was still running when the {patience:g} s for this test were over, and was stopped."
            )
            return Wrong("never-ends", said, call)
        except Exception as error:  # an answer of a shape that no rung foresaw
            return Wrong("unreadable", f"The check cannot read what the answer gave ({described(error)}).")

    def _not_started(self) -> Result:
        sentence = f"Write {' and '.join(self.names)}, run that cell, then run this one again."
        steps = [(name, False) for name, _ in self.rungs]
        return self._result("not started", steps, "not-started", sentence)

    def _verdict(self, steps: list[tuple[str, bool]], miss: Miss | None) -> Result:
        if miss is None:
            return self._result("right", steps, "right", self.right)
        if isinstance(miss, NotStarted):
            miss = Wrong("unwritten", f"{miss} raised NotImplementedError.", str(miss))
        if isinstance(miss, Failed):
            failed = self._result("error", steps, "raised", str(miss))
            return replace(
                failed, replay=miss.call, lines=miss.lines, trace=miss.trace, picture=drawn(miss.trace)
            )
        sentence = f"{miss.sentence} {self._lesson(miss.message_id)}".strip()
        wrong = self._result("wrong", steps, miss.message_id, sentence)
        picture = miss.picture or drawn(miss.trace)
        return replace(wrong, replay=miss.replay, picture=picture, seed=miss.seed, trace=miss.trace)

    def _lesson(self, message_id: str) -> str:
        return self.misconceptions.get(message_id) or COMMON.get(message_id, "")

    def _result(
        self,
        outcome: str,
        steps: list[tuple[str, bool]],
        message_id: str,
        sentence: str,
    ) -> Result:
        passed = sum(ok for _, ok in steps)
        points = round(self.points * passed / len(steps), 2)
        rungs = (passed, len(steps))
        return Result(
            self.id,
            outcome,
            points,
            self.points,
            rungs,
            message_id,
            sentence,
            steps=tuple(steps),
        )


def drawn(trace: Any) -> str:
    """The space-time diagram of a run, as SVG; nothing where there is no run."""
    if trace is None:
        return ""
    from course_lib.pictures import spacetime

    return spacetime(trace).svg


ENDLESS = ("never-ends", "runs-away")

# Mistakes that can be made in any question.
COMMON = {
    "no-return": "It returns nothing: is there a `return`? (Printing is not returning.)",
    "never-ends": "Look for a loop whose end is never reached, or for one that is very slow.",
    "wrong-type": "The task asks for another type of result.",
    "unwritten": "That part is still to be written.",
    "unreadable": "Compare its shape with what the task asks for.",
    # And with any node; what a world says of them names the remedy already.
    "node-error": "",
    "not-plain": "",
    "runs-away": "A timer that is set again and again without a delay is such a loop, too.",
    "states-without-end": "What it remembers seems to grow without end: does it count or keep something for ever?",
    "no-fault-hit": "",
}
