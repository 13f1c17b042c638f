"""Checks of the exercises: `check("03.ring_lookup", owner)` says what is wrong, or why it is right.

Importing this shows no answer; a chapter's questions are loaded when first asked for.
"""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

from course_lib import record
from course_lib.checks.question import Question
from course_lib.checks.result import Result

__all__ = ["Result", "check", "hint", "questions"]

CHAPTERS = {
    "01": "messaging",
    "02": "consistency",
    "03": "hashing",
    "04": "redis_lock",
    "05": "zookeeper_lock",
    "06": "two_phase_commit",
    "07": "three_phase_commit",
    "09": "load_balancing",
    "10": "fault_tolerance",
}
_hints_given: dict[str, int] = {}


def check(question_id: str, *answer: Any) -> Result:
    """Judges an answer, prints the sentence, and keeps the outcome for `course status`.

    Raises KeyError for an unknown question, TypeError for a wrong number of answers.
    """
    result = find(question_id).judge(answer)
    print(result.to_text())
    record.append(
        "check",
        question=question_id,
        outcome=result.outcome,
        points=result.points,
        max_points=result.max_points,
    )
    return result


def hint(question_id: str) -> None:
    """Prints the next of a question's three hints; after the third it begins again."""
    question = find(question_id)
    number = _hints_given.get(question_id, 0) % len(question.hints)
    _hints_given[question_id] = number + 1
    print(f"Hint {number + 1} of {len(question.hints)}: {question.hints[number]}")


def questions(chapter: str | int) -> tuple[Question, ...]:
    """The questions of a chapter ("03", 3 or "03_consistent_hashing"), in order. KeyError for one without."""
    number = f"{chapter:02}" if isinstance(chapter, int) else chapter[:2]
    if number not in CHAPTERS:
        raise KeyError(f"chapter {chapter!r} has no questions; these have: {', '.join(CHAPTERS)}")
    return tuple(import_module(f"course_lib.checks.{CHAPTERS[number]}").QUESTIONS)


def find(question_id: str) -> Question:
    """The question of that id."""
    known = {question.id: question for chapter in CHAPTERS for question in questions(chapter)}
    if question_id not in known:
        near = get_close_matches(str(question_id), known, 1)
        raise KeyError(f"no question {question_id!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return known[question_id]
