"""The worlds of chapter 07's checks: what they must show, and that a check's line can be tried in the notebook."""

from itertools import combinations

import pytest
from answers import built, written

from course_lib.checks import questions
from course_lib.checks.three_phase_commit import acceptor, acceptors, participant, terminate
from course_lib.checks.three_phase_commit.choosing import choosing, heard, interview
from course_lib.checks.three_phase_commit.followers import HeedsAllButTheCoordinator, Model
from course_lib.checks.three_phase_commit.following import YOURS, following, state_in
from course_lib.checks.three_phase_commit.leaders import outcome, propose
from course_lib.checks.three_phase_commit.splits import alone, together
from course_lib.checks.trials import Run
from course_lib.sim import Crash, Delay, Drop, Partition
from course_lib.transactions import paxos
from course_lib.transactions.precommitting import TXN, Acknowledge, PreCommit
from course_lib.transactions.succeeding import Successor

QUESTIONS = {question.id.partition(".")[2]: question for question in questions("07")}


def model(name):
    """The model answers to a question."""
    return built(QUESTIONS[name], "solutions").names(QUESTIONS[name])


def states(trace):
    return [state_in(trace.nodes[name].disk) for name in trace.names]


class TestParticipant:
    def test_every_schedule_with_a_crash_is_tried(self):
        [kind] = model("participant")
        assert following(kind).explore(crashes=1, timing="synchronous").ok
        assert following(kind, willing=False).explore(crashes=1, timing="synchronous").ok

    def test_it_splits_nothing_with_two_crashes_as_far_as_it_is_explored(self):
        [kind] = model("participant")
        found = following(kind).explore(crashes=2, timing="synchronous", max_states=20_000)
        assert found.violated is None

    def test_the_successor_of_the_lesson_may_take_its_place(self):
        [kind] = model("participant")
        told_p1 = [Crash("coordinator", after="coordinator>p1#2")]
        for one in (kind, Successor):
            assert states(following(one).run(told_p1)) == ["begun", "committed", "committed"]
            assert states(following(one, participants=3).run()) == ["committed"] * 4

    def test_a_cut_leaves_the_one_who_never_leads_in_doubt(self):
        """As the text after the question says."""
        [kind] = model("participant")
        two = following(kind).run([Partition({"coordinator", "p1"}, {"p2"}, at=0.025)])
        assert states(two) == ["committed", "committed", "prepared"]
        three = following(kind, participants=3).run(
            [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]
        )
        assert three.violated == "agree"

    @pytest.mark.parametrize(("kind", "replies"), [(Model, 0), (HeedsAllButTheCoordinator, 1)])
    def test_what_p1_told_comes_after_p3_has_asked_and_one_who_follows_p3_is_silent(self, kind, replies):
        [trial] = [one for one in participant.protocol.trials if "by=18" in one.source("X")]
        trace = trial.setup.scenario(kind).run(trial.faults)
        came = [(e.peer, e.kind) for e in trace.events if e.node == YOURS and e.message == PreCommit(TXN)]
        assert came == [("p1", "deliver")]
        sent = [e.peer for e in trace.events if e.kind == "send" and e.message == Acknowledge(TXN)]
        assert sent == ["coordinator", *["p1"] * replies]


class TestAcceptor:
    def test_every_schedule_with_a_copy_is_tried(self):
        [kind] = model("acceptor")
        assert choosing(kind, 2, 2).explore(timeouts=0, duplicates=1).ok

    def test_what_an_acceptor_had_said_before_is_remembered(self):
        talk = [("ann", "prepare", 1), ("ann", "accept", 1), ("bob", "prepare", 4), ("ann", "accept", 1)]
        came = list(heard(interview(paxos.Acceptor, talk).run()))
        assert [one.promised for one in came] == [0, 1, 1, 4]
        assert [one.accepted for one in came] == [(-1, ""), (-1, ""), (1, "ann"), (1, "ann")]
        assert [one.reply is None for one in came] == [False, False, False, True]

    @pytest.mark.parametrize("kind", [acceptors.Torn, acceptors.TornTheOtherWay])
    def test_what_a_crash_between_two_writes_leaves_is_told_to_the_next(self, kind):
        watched = interview(kind, acceptor.TWO_VALUES, pairs=True)
        assert watched.explore().ok
        assert watched.explore(crashes=1).violated == "is_a_pair"
        assert interview(paxos.Acceptor, acceptor.TWO_VALUES, pairs=True).explore(crashes=1).ok

    def test_each_speaker_says_its_part_in_order(self):
        talk = [("bob", "prepare", 2), ("ann", "prepare", 1), ("bob", "accept", 2)]
        sent = [
            (event.node, event.message)
            for event in interview(paxos.Acceptor, talk).run().events
            if event.kind == "send" and event.peer == "a1"
        ]
        assert sent == [
            ("bob", paxos.Prepare(2)),
            ("ann", paxos.Prepare(1)),
            ("bob", paxos.Accept(2, "bob")),
        ]


class TestRules:
    def test_no_case_of_the_successors_rule_is_one_that_cannot_come_about(self):
        for own, answers, earlier in terminate.every(3):
            living = {own, *answers.values()}
            assert not ({"committed", "aborted"} <= living or {"committed", "prepared"} <= living)
            assert earlier.keys() <= answers.keys()

    def test_what_is_chosen_is_proposed_again_by_every_majority(self):
        acceptors = ["a1", "a2", "a3", "a4", "a5"]
        slots = {name: {"p1": (0, "prepared")} if name < "a4" else {"p1": None} for name in acceptors}
        accepted = {name: {"p1": vote["p1"][1]} for name, vote in slots.items() if vote["p1"]}
        assert outcome(["p1"], acceptors, accepted) == "commit"
        for some in combinations(acceptors, 3):
            assert propose(["p1"], acceptors, {name: slots[name] for name in some}) == {"p1": "prepared"}


class TestSplits:
    def test_without_a_fault_all_commit(self):
        for scenario in (alone(), together()):
            assert states(scenario.run()) == ["committed"] * 4

    @pytest.mark.parametrize("told", [1, 2, 3])
    def test_one_crash_splits_only_between_the_first_and_the_last(self, told):
        trace = alone().run([Crash("coordinator", after=f"coordinator>p{told}#2")])
        assert (trace.violated == "all_agree") == (told < 3)

    @pytest.mark.parametrize("at", [0.015, 0.025, 0.035])
    def test_a_cut_splits_only_while_some_have_been_told(self, at):
        trace = together().run([Partition({"coordinator", "p1"}, {"p2", "p3"}, at=at)])
        assert (trace.violated == "all_agree") == (at == 0.025)

    @pytest.mark.parametrize("at", [0.015, 0.022, 0.025, 0.035])
    def test_the_coordinator_alone_splits_it_only_while_its_precommits_are_on_their_way(self, at):
        cut = Partition({"coordinator"}, {"p1", "p2", "p3"}, at=at)
        assert (together().run([cut]).violated is not None) == (0.02 < at < 0.03)

    def test_a_slow_vote_splits_it_when_what_follows_is_slow_too(self):
        """As the text says."""
        vote = Delay("p1>coordinator#1", by=2.5)
        assert together().run([vote]).violated is None
        for ask in (Delay("p1>coordinator#2", by=2.5), Drop("p1>coordinator#2")):
            assert together().run([vote, ask]).violated == "as_the_coordinator_told"

    def test_no_single_lost_message_splits_it(self):
        calm = together().run()
        for event in calm.events:
            if event.kind == "send":
                assert together().run([Drop(event.id)]).violated is None


@pytest.mark.parametrize(
    ("trial", "kind"),
    [(trial, Successor) for trial in participant.protocol.trials]
    + [(trial, paxos.Acceptor) for trial in acceptor.protocol.trials],
    ids=lambda value: value.__name__ if isinstance(value, type) else value.source("X"),
)
def test_no_trial_finds_fault_with_the_node_of_the_lesson(trial, kind):
    assert trial.play(kind) is None


def test_every_trial_of_a_participant_does_what_it_is_there_for():
    """Where p2 is told and the others are not, or the other way round, it matters what it says."""
    [kind] = model("participant")
    ends = {
        state_in(trial.setup.scenario(kind).run(trial.faults).nodes["p2"].disk)
        for trial in participant.protocol.trials
        if isinstance(trial, Run)
    }
    assert ends == {"committed", "aborted"}


@pytest.mark.parametrize("name", ["participant", "acceptor"])
def test_what_a_check_says_can_be_tried_in_the_notebook(name):
    question = QUESTIONS[name]
    given = built(question, "solutions").given
    answers = [answer for answer in written(question, "three_phase_commit") if answer.outcome == "wrong"]
    for answer in answers[:: len(answers) // 6]:
        result = question.judge(answer.names(question))
        space = {}
        exec(given, space)
        space |= dict(zip(question.names, answer.names(question), strict=True))
        assert eval(result.replay, space).to_text() == result.trace.to_text(), answer.label


@pytest.mark.parametrize("name", ["terminate", "outcome"])
def test_what_a_check_of_a_function_says_fails_in_the_notebook_too(name):
    question = QUESTIONS[name]
    right, given = model(name), built(question, "solutions").given
    for answer in written(question, "three_phase_commit"):
        if answer.outcome == "wrong":
            result = question.judge(answer.names(question))
            came = []
            for names in (answer.names(question), right):
                space = {}
                exec(given, space)
                came.append(eval(result.replay, space | dict(zip(question.names, names, strict=True))))
            assert came[0] != came[1], answer.label
