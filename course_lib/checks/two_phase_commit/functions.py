"""The rungs of a question that takes several functions: each rung judges one of them."""

from collections.abc import Sequence

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question


def add_rungs(
    question: Question, place: int, comparison: Comparison, rungs: dict[str, Sequence[Case]]
) -> None:
    """As `Comparison.add_rungs`, for the answer at that place among the question's names."""
    for name, cases in rungs.items():
        comparison.cases += cases
        question.rung(name)(lambda *answers, cases=cases: comparison.judge(answers[place], cases))
