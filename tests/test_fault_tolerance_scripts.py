"""Chapter 10's checks of SWIM's claims, of availability, and of two fault scripts: their worlds, and what they say."""

from itertools import product

import pytest
from answers import written

from course_lib.checks.fault_tolerance import available, lose_a_write, losses, refute, two_primaries
from course_lib.checks.fault_tolerance.deposed import careful, careless, one_leads_at_a_time
from course_lib.checks.fault_tolerance.group import group
from course_lib.checks.fault_tolerance.machines import at_least, in_racks, serial
from course_lib.checks.fault_tolerance.modes import replicated
from course_lib.checks.fault_tolerance.rumours import HEAR_MISTAKES, accuse, hear, overrides
from course_lib.checks.hits import hits
from course_lib.replication import swim_member
from course_lib.replication.customers import linearizable
from course_lib.replication.primary_backup import MODES
from course_lib.sim import ClockSkew, Crash, Drop, Partition, Pause, calls, faults

QUESTIONS = {
    module.QUESTION.id.partition(".")[2]: module.QUESTION
    for module in (refute, available, lose_a_write, two_primaries)
}
GIVEN = {name: getattr(faults, name) for name in faults.KINDS} | {
    "replicated": replicated,
    "careless": careless,
    "careful": careful,
    "group": group,
}


class TestRefute:
    def test_the_order_is_that_of_the_library(self):
        held = list(product(("alive", "suspect", "dead"), range(3)))
        for new, old in product(held, held):
            ours = overrides(new, old)
            assert ours == swim_member.overrides(swim_member.News("m", *new), swim_member.News("m", *old))

    @pytest.mark.parametrize("trial", [one for many in refute.TRIALS.values() for one in many])
    def test_no_trial_finds_fault_with_the_model(self, trial):
        assert trial.play((accuse, hear)) is None

    def test_a_run_of_the_group_is_one_of_the_library(self):
        """With the model's functions a member does what a member of the lesson does."""
        from course_lib.replication import swim

        for script in ([], [Pause("m2", at=2.35, until=6)], [Crash("m2", at=3)]):
            ours = group(accuse, hear).run(script)
            lesson = swim.scenario(4, suspicion=6, until=30).run(script)
            assert ours.to_text() == lesson.to_text()

    def test_what_accuse_makes_of_known_is_shown_in_the_notebook(self):
        def accuse_and_take(known, member):
            known[member] = ("suspect", known[member][1])
            return member, *known[member]

        result = refute.QUESTION.judge([accuse_and_take, hear])
        assert result.message_id == "accuse-changes-known"
        shown = tried(result.replay, {"accuse": accuse_and_take})
        assert f"made {shown} of it" in result.sentence
        assert result.replay.startswith(f"known = {tried(result.replay, {'accuse': accuse})};")

    @pytest.mark.parametrize("trial", [one for many in refute.TRIALS.values() for one in many])
    def test_every_trial_finds_some_mistake(self, trial):
        assert any(trial.play((accuse, wrong)) for _, wrong in HEAR_MISTAKES)


class TestAvailable:
    def test_the_sum_over_all_states_is_what_the_formulas_say(self):
        assert serial([0.9, 0.8, 0.5]) == pytest.approx(0.9 * 0.8 * 0.5)
        assert at_least(1, [0.9, 0.8]) == pytest.approx(1 - 0.1 * 0.2)
        assert at_least(2, [0.99] * 3) == pytest.approx(0.99**3 + 3 * 0.99**2 * 0.01)

    def test_what_is_told_of_two_machines_in_one_rack_and_in_two(self):
        one = in_racks(1, [(0.99, "a"), (0.99, "a")], {"a": 0.995})
        two = in_racks(1, [(0.99, "a"), (0.99, "b")], {"a": 0.995, "b": 0.995})
        assert one == pytest.approx(0.995 * (1 - 0.01**2))
        assert two == pytest.approx(1 - (1 - 0.995 * 0.99) ** 2)
        told = available.QUESTION.right
        assert f"{one:.2%}".replace("%", " %") in told
        assert f"{two:.2%}".replace("%", " %") in told

    def test_a_rack_that_never_fails_is_none(self):
        parts = [0.9, 0.8, 0.7]
        for k in (1, 2, 3):
            machines = [(part, "ab"[number % 2]) for number, part in enumerate(parts)]
            assert in_racks(k, machines, {"a": 1.0, "b": 1.0}) == pytest.approx(at_least(k, parts))


class TestLoseAWrite:
    @pytest.mark.parametrize("mode", MODES)
    def test_without_a_fault_all_is_written(self, mode):
        trace = replicated(mode).run()
        assert trace.violated is None
        assert {len(trace.nodes[name].disk["copy"].log) for name in ("s1", "s2", "s3")} == {10}

    @pytest.mark.parametrize("at", [0.005, 0.015, 0.03, 0.05, 0.07, 0.225, 0.235, 1.0, 3.9])
    def test_a_crash_alone_loses_nothing_as_long_as_it_does_not_come_back(self, at):
        assert replicated("async").run([Crash("s1", at=at)]).violated is None

    def test_a_primary_that_comes_back_and_believes_that_it_leads_answers_what_it_alone_has(self):
        """As the text after the question asks."""
        script = [Crash("s1", at=1.0, until=2.0)]
        trace = replicated("async").run(script)
        assert trace.violated == "nothing_acknowledged_is_lost"
        [answered] = [e for e in trace.events if (e.kind, e.id) == ("send", "s1>ann#6")]
        assert 2.0 < answered.time < 2.02
        for mode in ("semi-sync", "sync"):
            assert replicated(mode).run(script).violated is None

    @pytest.mark.parametrize("mode", ["semi-sync", "sync"])
    def test_the_others_lose_nothing_under_any_crash_and_cut(self, mode):
        for at, cut, who in product(
            (0.015, 0.03, 0.1, 0.25, 0.36), (0, 0.02, 0.2, 0.34), ("s2", "s3", "ann")
        ):
            script = [Crash("s1", at=at), Partition({"s1"}, {who}, at=cut)]
            assert replicated(mode).run(script).violated is None

    def test_it_says_how_a_write_was_lost(self):
        """Of each right answer the praise begins with what happened."""
        told = [
            lose_a_write.QUESTION.judge([script]).sentence.partition(" That answer was a promise")[0]
            for script in ([Crash("s1", at=0.03), Drop("s1>s2#1")], [Crash("s1", at=0.01, until=0.91)])
        ]
        assert told == [
            "s1 answered ann's write 1 at 0.01 s and died at 0.03 s. s2, who leads in the end, does not have it.",
            "s2 was promoted while s1 was down. At 0.91 s s1 came back, and did not know that: "
            "at 0.91 s it answered ann's write 1, which s2 does not have.",
        ]

    def test_a_run_ends_when_a_write_is_lost_or_goes_on(self):
        script = [Partition({"s1", "ann"}, {"s2", "s3", "views"}, at=0.4), Crash("s1", at=0.9)]
        assert replicated("async").run(script).end == 0.81
        whole = replicated("async", stops=False).run(script)
        assert (whole.end, whole.violated, losses.lost(whole)) == (4, None, [3, 4, 5])
        assert hits(script[1], whole, replicated("async", stops=False))

    def test_a_write_is_lost_in_the_end_where_the_run_breaks(self):
        for at, back in product((0.005, 0.03, 0.1, 0.25, 1.0), (0.2, 0.6, 0.9, 2.0)):
            for other in ([], [Drop("s1>s2#1")], [Partition({"s1"}, {"s2", "views"}, at=0.2)]):
                script = [Crash("s1", at=at, until=at + back), *other]
                broken = replicated("async").run(script).violated is not None
                assert bool(losses.lost(replicated("async", stops=False).run(script))) == broken

    def test_no_view_service_no_loss(self):
        assert losses.lost(replicated("async", stops=False).run([Crash("views", at=0)])) == []

    def test_what_is_told_of_one_who_comes_back(self):
        """As the text after the question asks."""
        trace = replicated("async", stops=False).run([Crash("s1", at=0.03, until=3), Drop("s1>s2#1")])
        before, after = (states["s1"].disk["copy"].log for states in (trace.states_at(2.9), trace.nodes))
        assert [entry.id for entry in before] == [1]
        assert [entry.id for entry in after[:3]] == [2, 3, 4]

    def test_the_first_write_is_at_the_same_time_in_all_three(self):
        sent = [
            next(event.time for event in replicated(mode).run().events if event.id == "s1>s2#1")
            for mode in MODES
        ]
        assert sent == [0.01] * 3


class TestTwoPrimaries:
    SCRIPTS = (
        [Partition({"s1"}, {"views"}, at=1)],
        [Partition({"ann", "s1"}, {"bob", "s2", "views"}, at=1)],
        [Pause("s1", at=1.4, until=2.75)],
        [Crash("s1", at=1.4, until=2.645)],
        [ClockSkew("s1", rate=0.05, at=1)],
    )

    def test_without_a_fault_one_leads_and_nobody_sees_anything(self):
        for scenario in (careless, careful):
            assert scenario(watched=one_leads_at_a_time).run().violated is None
            assert scenario().run().violated is None

    @pytest.mark.parametrize("script", SCRIPTS, ids=repr)
    def test_with_all_safeguards_two_lead_as_well_and_nobody_sees_it(self, script):
        assert careless().run(script).violated == "nobody_reads_the_past"
        assert careful(watched=one_leads_at_a_time).run(script).violated == "one_leads_at_a_time"
        assert careful().run(script).violated is None

    @pytest.mark.parametrize("node", ["s1", "s2", "views"])
    def test_no_pause_and_no_crash_does_harm_where_all_safeguards_are_on(self, node):
        for at, lasts in product((0.5, 1.3, 1.4, 2.0), (0.3, 0.8, 1.3)):
            for script in ([Pause(node, at=at, until=at + lasts)], [Crash(node, at=at, until=at + lasts)]):
                assert careful().run(script).violated is None

    def test_what_is_told_of_the_cut(self):
        """As the hint and the answer in the notebook say."""
        script = self.SCRIPTS[0]
        assert careless(watched=one_leads_at_a_time).run(script).end == 1.42
        trace = careful().run(script)
        asked = [event.time for event in trace.events if event.kind == "send" and event.node == "ann"]
        assert any(2.6 < time < 2.75 for time in asked)
        late = [e for e in trace.events if (e.node, e.peer, e.kind) == ("s1", "s2", "send") and e.time > 2.6]
        assert late
        assert not [
            e for e in trace.events if (e.node, e.peer, e.kind) == ("s2", "s1", "send") and e.time > 1.5
        ]

    def test_a_run_ends_when_ann_reads_the_past_or_goes_on(self):
        assert careless().run(self.SCRIPTS[0]).end < 3
        trace = careless(stops=False).run(self.SCRIPTS[0])
        assert (trace.end, trace.violated) == (6, None)

    @pytest.mark.parametrize("script", SCRIPTS, ids=repr)
    def test_the_read_that_waits_is_found(self, script):
        """As the text after the question asks."""
        of_ann = [call for call in calls(careful().run(script)) if call.client == "ann"]
        longest = max(of_ann, key=lambda call: call.took)
        [same] = [c for c in calls(careless().run(script)) if (c.client, c.id) == ("ann", longest.id)]
        assert longest.took > 0.25 > same.took

    def test_a_clock_counts_only_where_it_changes_something(self):
        for rate, does in ((1.0, False), (0.05, True)):
            fault = ClockSkew("s1", rate=rate, at=1)
            assert hits(fault, careless().run([fault]), careless()) is does

    def test_the_words_are_those_of_what_the_judge_found(self):
        trace = careless().run(self.SCRIPTS[0])
        assert careless(watched=linearizable).run(self.SCRIPTS[0]).end == trace.end
        assert trace.reason == "ann's read 3 gave 7, and 11 was there before she asked"

    def test_a_write_that_was_read_and_not_acknowledged_is_told_too(self):
        script = [
            Partition({"s1"}, {"views", "s2"}, at=1),
            Partition({"bob"}, {"s2"}, at=0),
            Partition({"ann"}, {"s1"}, at=2),
        ]
        assert careless().run(script).reason == "ann's read 3 gave 5, and 6 was there before she asked"


def some(name):
    """Some of the wrong answers to a question, each with its verdict."""
    question = QUESTIONS[name]
    wrong = [one for one in written(question, "fault_tolerance") if one.outcome == "wrong"]
    for answer in wrong[:: len(wrong) // 6]:
        given = dict(zip(question.names, answer.names(question), strict=True))
        yield given, question.judge(list(given.values())), answer.label


@pytest.mark.parametrize("name", ["lose_a_write", "two_primaries"])
def test_what_a_check_says_can_be_tried_in_the_notebook(name):
    for given, result, label in some(name):
        if result.trace and "names nothing" not in result.sentence:
            assert eval(result.replay, GIVEN | given).faults == result.trace.faults, label


def tried(replay, space):
    """What the last line gives."""
    *before, last = replay.split("; ")
    exec("; ".join(before), space)
    return eval(last, space)


@pytest.mark.parametrize("name", ["refute", "available"])
def test_what_a_check_of_a_function_says_fails_in_the_notebook_too(name):
    right = {"accuse": accuse, "hear": hear, "serial": serial, "at_least": at_least, "in_racks": in_racks}
    for given, result, label in some(name):
        if result.message_id != "unwritten":
            assert tried(result.replay, GIVEN | given) != tried(result.replay, GIVEN | right), label
