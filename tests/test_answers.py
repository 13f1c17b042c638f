"""Every question of the course: right answers pass, wrong ones are told by name, the stub scores nothing."""

import math
from collections import Counter
from dataclasses import replace

import pytest
from answers import built, written

from course_lib.checks import CHAPTERS, questions

QUESTIONS = [question for chapter in CHAPTERS for question in questions(chapter)]
FILES = {question.id: CHAPTERS[question.id[:2]] for question in QUESTIONS}
WRITTEN = [(question, answer) for question in QUESTIONS for answer in written(question, FILES[question.id])]
BUILT = [(question, kind) for question in QUESTIONS for kind in ("solutions", "exercises")]


@pytest.mark.parametrize(
    ("question", "answer"), WRITTEN, ids=lambda value: getattr(value, "label", None) or value.id
)
def test_a_written_answer_gets_its_message_and_the_points_of_the_rungs_that_it_passed(question, answer):
    if answer.message_id == "never-ends":  # the others need what they need on a busy machine
        question = replace(question, seconds=2)
    result = question.judge(answer.names(question))
    assert (result.outcome, result.message_id) == (answer.outcome, answer.message_id), result.to_text()
    assert (result.points == question.points) == (answer.outcome == "right")
    passed, total = result.rungs
    assert math.isclose(result.points, question.points * passed / total, abs_tol=0.01)
    assert repr(result) == f"{result.points:g}"
    assert 0 <= float(repr(result)) <= question.points


@pytest.mark.parametrize(("question", "kind"), BUILT, ids=lambda value: getattr(value, "id", value))
def test_the_model_answer_passes_and_the_stub_scores_nothing(question, kind):
    answer = built(question, kind)
    result = question.judge(answer.names(question))
    assert (result.outcome, result.message_id) == (answer.outcome, answer.message_id), result.to_text()
    assert result.points == (question.points if kind == "solutions" else 0)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
class TestEveryQuestion:
    def test_there_is_another_right_answer_and_at_least_four_wrong_ones(self, question):
        count = Counter(answer.outcome for answer in written(question, FILES[question.id]))
        assert count["right"] >= 1
        assert count["wrong"] >= 4

    def test_every_message_is_given_to_some_wrong_answer(self, question):
        given = {answer.message_id for answer in written(question, FILES[question.id])}
        assert set(question.misconceptions) <= given
