"""Judging a function by its results beside a model's, and naming the mistake behind a difference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.checks.answer import Answer, NotStarted
from course_lib.checks.plain import Failed, failed, short
from course_lib.checks.question import Question, Wrong
from course_lib.limit import TimeUp, call_within

Case = tuple[Any, ...]


@dataclass
class Comparison:
    """A model, and wrong models: the known mistakes as code, each with the id of its misconception.

    A mistake explains an answer when the two agree in every case of every rung, exceptions included. Where
    none does (two mistakes in one answer), it is enough that just one kind of mistake agrees in all cases
    of the rung that was missed.
    """

    model: Callable[..., Any]
    mistakes: Sequence[tuple[str, Callable[..., Any]]]
    otherwise: Callable[[Case, Any, Any], str]
    """From (case, expected, got): the id for a difference that no mistake explains."""
    run: Callable[..., Any] = field(default=lambda function, *case: function(*case))
    """How a case is tried on an answer, and on a model."""
    tell: Callable[[Answer, Case, Any, Any], tuple[str, str]] | None = None
    """From (answer, case, expected, got): the sentence, and the code to try it again."""
    draw: Callable[..., str] | None = None
    """From (*case, expected, got): SVG."""
    tolerance: float = 1e-9
    cases: list[Case] = field(default_factory=list)

    def add_rungs(self, question: Question, rungs: dict[str, Sequence[Case]], place: int = -1) -> None:
        """Registers a rung for each list of cases; judged is the answer at that place among the question's names."""
        for name, cases in rungs.items():
            self.cases += cases
            question.rung(name)(lambda *answers, cases=cases: self.judge(answers[place], cases))

    def judge(self, answer: Answer, cases: Sequence[Case]) -> None:
        """Raises Wrong, or the learner's own failure, for the first of `cases` that differs."""
        for case in cases:
            got, expected = self._outcome(answer, case), self._outcome(self.model, case)
            if self._same(got, expected):
                continue
            sentence, replay = (self.tell or told)(answer, case, expected, got)
            reason = self._reason(answer, cases)
            if reason is None and isinstance(got, Failed) and not isinstance(expected, Failed):
                got.expected = "" if self.tell else f"it had {due(expected)}"
                raise got
            if reason is None and not isinstance(expected, Failed) and kind(got) not in self._kinds():
                reason = "wrong-type"
            picture = self.draw(*case, expected, got) if self.draw else ""
            raise Wrong(reason or self.otherwise(case, expected, got), sentence, replay, picture)

    def _kinds(self) -> set[str]:
        """The sorts of things that are due, None too where that is the result of some case."""
        return {kind(self._outcome(self.model, case)) for case in self.cases}

    def _reason(self, answer: Answer, cases: Sequence[Case]) -> str | None:
        """The id of the mistake that explains the answer, or None."""
        everywhere = self._explaining(answer, self.cases)
        if everywhere:
            return everywhere[0]
        here = set(self._explaining(answer, cases))
        return here.pop() if len(here) == 1 else None

    def _explaining(self, answer: Answer, cases: Sequence[Case]) -> list[str]:
        try:
            # A case further up may never end.
            seen = call_within(1, lambda: [self._outcome(answer, case) for case in cases])
        except (TimeUp, NotStarted):
            return []
        failures = [case for case, result in zip(cases, seen, strict=True) if isinstance(result, Failed)]
        are_due = all(isinstance(self._outcome(self.model, case), Failed) for case in failures)
        if answer.returns_nothing() and are_due:
            return ["no-return"]
        return [name for name, wrong in self.mistakes if self._agree(wrong, cases, seen)]

    def _agree(self, wrong: Callable[..., Any], cases: Sequence[Case], seen: Sequence[Any]) -> bool:
        return all(self._same(self._outcome(wrong, c), result) for c, result in zip(cases, seen, strict=True))

    def _outcome(self, function: Callable[..., Any], case: Case) -> Any:
        """The result of a case, or the exception as a `Failed`."""
        try:
            return self.run(function, *case)
        except NotStarted:
            raise
        except Failed as known:
            return known
        except Exception as error:  # a wrong model raises where a learner's code would
            return failed("", error)

    def _same(self, one: Any, other: Any) -> bool:
        """Equal plain values, a tuple as good as a list, numbers within the tolerance; or exceptions of one kind."""
        if isinstance(one, Failed) or isinstance(other, Failed):
            return isinstance(one, Failed) and isinstance(other, Failed) and alike(one, other)
        if type(one) in (int, float) and type(other) in (int, float):
            return one - self.tolerance <= other <= one + self.tolerance
        if type(one) in (list, tuple) and type(other) in (list, tuple):
            return list(one) == list(other)
        return type(one) is type(other) and one == other


def kind(result: Any) -> str:
    """What sort of thing a result is, where lists and tuples, ints and floats are one."""
    return {"tuple": "list", "int": "float"}.get(type(result).__name__, type(result).__name__)


def alike(one: Failed, other: Failed) -> bool:
    """Exceptions of one kind, or of a kind of it; a TypeError has so many causes that its words count too."""
    related = one.kind in other.kinds or other.kind in one.kinds
    return related and (one.kind != "TypeError" or one.error == other.error)


def told(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The call, what came and what had to come."""
    call = answer.call(case)
    came = f"raised {got.error}" if isinstance(got, Failed) else f"gave {short(got)}"
    return f"{call} {came}; it had {due(expected)}.", answer.call(case, repr)


def due(expected: Any) -> str:
    """`to give 3`, or `to raise ValueError`."""
    return f"to raise {expected.kind}" if isinstance(expected, Failed) else f"to give {short(expected)}"
