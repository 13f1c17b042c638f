"""The worlds of chapter 06's checks: what they must show, and that a check's line can be tried in the notebook."""

from math import ceil

import pytest
from answers import built, written

from course_lib.checks import questions
from course_lib.checks.hits import hits
from course_lib.checks.two_phase_commit import (
    ballots,
    predicates,
    promise,
    recover,
    terminate,
    voters,
    waiting,
)
from course_lib.checks.two_phase_commit.blocking import bank, in_doubt
from course_lib.checks.two_phase_commit.predicates import agree, stays
from course_lib.checks.two_phase_commit.promising import transaction
from course_lib.checks.two_phase_commit.recovering import coordinating
from course_lib.checks.two_phase_commit.systems import RUNS, invariants
from course_lib.labs import PartitionLab
from course_lib.sim import Crash, Drop, Partition, Pause
from course_lib.transactions import committing, two_phase
from course_lib.transactions.committing import Ask, values_of

QUESTIONS = {question.id.partition(".")[2]: question for question in questions("06")}
STORIES = [story for stories in RUNS.values() for story in stories]


def model(name):
    """The model answers to a question."""
    return built(QUESTIONS[name], "solutions").names(QUESTIONS[name])


class TestPromise:
    def test_every_schedule_of_the_models_is_tried(self):
        [participant] = model("promise")
        assert transaction(participant).explore(crashes=1, timeouts=1).ok
        assert transaction(participant, willing=False).explore(crashes=1, timeouts=1).ok
        assert transaction(participant).explore(duplicates=1, losses=1, timeouts=1).ok

    @pytest.mark.parametrize("participant", [voters.Model, committing.Participant])
    def test_two_transactions_are_kept_apart_by_who_compares_their_keys_and_who_does_not(self, participant):
        away = [Crash("coordinator", at=0.015, until=3)]
        trace = transaction(participant, lives=2).run(away)
        assert not trace.violated
        assert [values_of(trace.nodes[name]) for name in ("p1", "p2")] == [{"limit": 2}] * 2
        assert not transaction(participant, lives=2, same_key=True).run(away).violated
        assert transaction(participant, lives=2).explore(crashes=1, timeouts=0).ok

    @pytest.mark.parametrize("seconds", [5, 30, 300])
    def test_who_is_in_doubt_asks_each_second_and_then_falls_silent(self, seconds):
        faults = [Crash("coordinator", at=0.015, until=seconds), Crash("p2", at=0.015, until=seconds)]
        trace = transaction(*model("promise"), until=seconds + 20).run(faults)
        asked = [
            e.time for e in trace.events if e.kind == "send" and e.node == "p1" and e.message == Ask("t1")
        ]
        assert asked == pytest.approx([0.01 + number for number in range(1, len(asked) + 1)])
        assert len(asked) in (seconds, seconds + 1)
        assert trace.end < seconds + 3

    def test_one_that_is_not_willing_sets_no_timer(self):
        trace = transaction(*model("promise"), willing=False).run()
        assert not [event for event in trace.events if event.kind == "timer" and event.node == "p1"]

    def test_its_world_opens_as_a_lab(self):
        lab = PartitionLab(transaction(*model("promise")))
        assert lab.trace == transaction(*model("promise")).run()

    def test_without_faults_both_commit(self):
        trace = transaction(*model("promise")).run()
        assert [values_of(trace.nodes[name]) for name in ("p1", "p2")] == [{"balance": 1}] * 2


class TestRecovery:
    def test_every_schedule_of_two_lives_is_tried(self):
        [coordinator] = model("recover")
        assert coordinating(coordinator, 2).explore(crashes=1, timeouts=0).ok
        assert coordinating(coordinator).explore(crashes=1, timeouts=1).ok

    def test_a_second_life_commits_its_own_plan(self):
        trace = coordinating(*model("recover"), 2).run([Crash("coordinator", at=0.5, until=3)])
        assert [values_of(trace.nodes[name]) for name in ("p1", "p2")] == [{"balance": 1, "limit": 2}] * 2

    def test_a_participant_that_was_away_for_long_is_told(self):
        trace = coordinating(*model("recover"), until=400).run([Crash("p2", at=0.025, until=300)])
        assert [values_of(trace.nodes[name]) for name in ("p1", "p2")] == [{"balance": 1}] * 2
        assert trace.end < 303


class TestPredicates:
    @pytest.mark.parametrize("story", STORIES, ids=str)
    def test_a_right_system_keeps_both_and_a_wrong_one_breaks_one(self, story):
        said = [agree(*case) for case in story.states] + [stays(*case) for case in story.changes]
        assert all(one is True for one in said) == (story.system == "right")

    @pytest.mark.parametrize("rung", RUNS)
    def test_each_fault_of_a_story_hits(self, rung):
        for story in RUNS[rung]:
            missed = [fault for fault in story.faults if not hits(fault, story.trace, story.scenario())]
            assert not missed, story

    def test_right_answers_are_invariants_of_a_scenario(self):
        kept = invariants(*model("invariant"))
        assert two_phase.scenario(2, invariants=kept).explore(losses=1, timeouts=1).ok
        hasty = two_phase.ALL - {"waits after yes"}
        found = two_phase.scenario(2, hasty, invariants=kept).explore(losses=1, timeouts=1)
        assert found.violated == "all_agree"


class TestDoubt:
    @pytest.mark.parametrize("down", [30, 100, 250, 320])
    def test_they_are_in_doubt_until_they_ask_a_coordinator_that_is_back(self, down):
        trace = bank().run([Crash("coordinator", at=0.015, until=down)])
        assert in_doubt(trace, "p1", "p2") == pytest.approx(60 * ceil(down / 60) + 0.02)
        assert in_doubt(trace, "p1", "p2", committed=True) == 0

    def test_a_commit_that_nobody_hears_of_is_told_apart(self):
        trace = bank().run([Partition({"coordinator"}, {"p1", "p2"}, at=0.025)])
        assert in_doubt(trace, "p1", "p2") == pytest.approx(600 - 0.01)
        assert in_doubt(trace, "p1", "p2", committed=True) == pytest.approx(600 - 0.02)

    def test_who_is_paused_is_up(self):
        trace = bank().run([Crash("coordinator", at=0.015), Pause("p1", at=100, until=590)])
        assert in_doubt(trace, "p1", "p2") == 600 - 0.01

    def test_who_is_down_is_not_counted(self):
        faults = [Crash("coordinator", at=0.015), Crash("p1", at=100, until=590)]
        trace = bank().run(faults)
        assert in_doubt(trace, "p1", "p2") == pytest.approx(100 - 0.01)
        assert in_doubt(trace, "p2") == pytest.approx(600 - 0.01)

    def test_one_who_knows_frees_the_other(self):
        trace = bank().run([Drop("coordinator>p1#2"), Crash("coordinator", at=0.025)])
        assert in_doubt(trace, "p1") < 61


@pytest.mark.parametrize("name", ["promise", "recover"])
def test_each_known_mistake_is_caught_by_some_trial(name):
    protocol = {"promise": promise.protocol, "recover": recover.protocol}[name]
    for number, (message_id, make) in enumerate(protocol.mistakes):
        assert any(protocol._of_mistake(number, trial) for trial in protocol.trials), (message_id, make)


@pytest.mark.parametrize(
    ("name", "place", "mistakes"),
    [
        ("decide", 0, ballots.MISTAKES),
        ("terminate", 0, terminate.MISTAKES),
        ("deadlock", 0, waiting.CYCLE_MISTAKES),
        ("deadlock", 1, waiting.WOUND_MISTAKES),
        ("invariant", 0, predicates.AGREE_MISTAKES),
        ("invariant", 1, predicates.STAYS_MISTAKES),
    ],
)
def test_each_known_mistake_in_a_function_is_caught_by_some_case(name, place, mistakes):
    question = QUESTIONS[name]
    for message_id, mistaken in mistakes:
        answers = model(name)
        answers[place] = mistaken
        result = question.judge(answers)
        assert (result.outcome, result.message_id) == ("wrong", message_id), mistaken


@pytest.mark.parametrize("name", ["promise", "recover"])
def test_what_a_check_says_can_be_tried_in_the_notebook(name):
    question = QUESTIONS[name]
    given = built(question, "solutions").given
    answers = [answer for answer in written(question, "two_phase_commit") if answer.outcome == "wrong"]
    for answer in answers[:: len(answers) // 6]:
        result = question.judge(answer.names(question))
        space = {}
        exec(given, space)
        space |= dict(zip(question.names, answer.names(question), strict=True))
        assert eval(result.replay, space).to_text() == result.trace.to_text(), answer.label


@pytest.mark.parametrize("name", ["decide", "terminate", "deadlock", "invariant"])
def test_what_a_check_of_a_function_says_fails_in_the_notebook_too(name):
    question = QUESTIONS[name]
    right, given = model(name), built(question, "solutions").given
    for answer in written(question, "two_phase_commit"):
        if answer.outcome != "wrong" or answer.message_id in ("never-ends", "bystanders", "no-such-cycle"):
            continue
        result = question.judge(answer.names(question))
        came = []
        for names in (answer.names(question), right):
            space = {}
            exec(given, space)
            space |= dict(zip(question.names, names, strict=True))
            *before, last = result.replay.split("; ")
            exec("; ".join(before), space)
            came.append(eval(last, space))
        assert came[0] != came[1], answer.label
