"""Model answers with a small fault put in are found out; those that are not are listed, and looked at."""

import mutants
import pytest

from course_lib.checks import CHAPTERS, questions

QUESTIONS = [question for chapter in CHAPTERS for question in questions(chapter)]


def agree(question):
    """The survivors found now are those on the list."""
    count, alive = mutants.survivors(question)
    listed = mutants.recorded().get(question.id, {}).get("survivors", [])
    assert count >= 5
    fresh = sorted(set(alive) - set(listed))
    assert not fresh, (
        f"{question.id}: the check calls these right: {fresh}; python tests/mutants.py lists them"
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_changed_question_has_no_new_survivor(question):
    if mutants.recorded().get(question.id, {}).get("digest") != mutants.digest(question):
        agree(question)


@pytest.mark.soak
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_no_question_has_a_survivor_that_is_not_listed(question):
    agree(question)


def test_a_mutant_differs_in_one_place():
    faults = [mutant.fault for mutant in mutants.mutants("def f(a, b):\n    return a < b + 1\n")]
    assert faults == [
        "line 2: Lt for LtE",
        "line 2: Sub in place of Add",
        "line 2: 2 in place of 1",
        "line 2: 0 in place of 1",
    ]
