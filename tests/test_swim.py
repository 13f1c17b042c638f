"""SWIM: every schedule of a small group, what breaks without each safeguard, and the paper's promises, measured."""

from functools import partial
from itertools import pairwise
from math import log
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.replication import Swim, gossip, swim
from course_lib.replication.swim_measured import (
    expected_detection,
    expected_failure,
    first_detections,
    load,
    mistakes,
)
from course_lib.replication.swim_member import (
    ALIVE,
    DEAD,
    ON_A_MESSAGE,
    SUSPECT,
    Ack,
    News,
    Ping,
    PingFor,
    overrides,
)
from course_lib.sim import Crash, Network, NodeError, Partition, Pause, Scenario


def reports(trace, status=None):
    found = [event for event in trace.events if event.kind == "report"]
    return [
        (event.time, event.node, event.message) for event in found if status in (None, event.message.status)
    ]


def held(trace, name, member):
    return trace.nodes[name].known.get(member, (ALIVE, 0))


# What overrides what


@pytest.mark.parametrize(
    ("new", "old", "wins"),
    [
        ((ALIVE, 1), (SUSPECT, 0), True),
        ((ALIVE, 1), (SUSPECT, 1), False),
        ((ALIVE, 1), (ALIVE, 0), True),
        ((ALIVE, 0), (ALIVE, 0), False),
        ((SUSPECT, 0), (ALIVE, 0), True),
        ((SUSPECT, 0), (ALIVE, 1), False),
        ((SUSPECT, 1), (SUSPECT, 0), True),
        ((SUSPECT, 0), (SUSPECT, 0), False),
        ((DEAD, 0), (ALIVE, 9), True),
        ((ALIVE, 9), (DEAD, 0), False),
        ((DEAD, 9), (DEAD, 0), False),
    ],
)
def test_the_order_of_the_paper(new, old, wins):
    assert overrides(News("a", *new), News("a", *old)) is wins


NEWS = st.builds(News, st.just("a"), st.sampled_from([ALIVE, SUSPECT, DEAD]), st.integers(0, 3))


@given(st.lists(NEWS, max_size=8), st.randoms())
def test_news_in_any_order_comes_to_the_same(news, random):
    def last(sequence):
        view = News("a", ALIVE, 0)
        for one in sequence:
            view = one if overrides(one, view) else view
        return view if view.status != DEAD else DEAD

    shuffled = list(news)
    random.shuffle(shuffled)
    assert last(news) == last(shuffled)


# Runs


def test_where_nothing_fails_nobody_is_suspected_and_all_are_pinged_in_turn():
    trace = swim.scenario(10, until=100).run()
    assert reports(trace) == []
    assert swim.longest_wait(trace) <= 2 * 10 - 3


def test_a_crash_is_suspected_and_then_known_to_all():
    trace = swim.scenario(5, suspicion=4).run([Crash("m1", at=10)])
    first, last = reports(trace, SUSPECT)[0], reports(trace, DEAD)[-1]
    assert {held(trace, f"m{number}", "m1") for number in range(2, 6)} == {(DEAD, 0)}
    assert 11 <= first[0] <= 14
    assert first[0] + 4 <= last[0] <= first[0] + 8


def test_who_comes_back_in_time_is_alive_in_a_new_incarnation():
    trace = swim.scenario(5, suspicion=8).run([Crash("m1", at=10, until=14)])
    assert reports(trace, SUSPECT)
    assert {held(trace, f"m{number}", "m1") for number in range(2, 6)} == {(ALIVE, 1)}


def test_who_comes_back_late_learns_that_it_is_dead_and_stops():
    trace = swim.scenario(5, suspicion=3).run([Crash("m1", at=10, until=30)])
    assert trace.nodes["m1"].buried
    assert ("m1", News("m1", DEAD, 1)) in [report[1:] for report in reports(trace)]
    assert not any(event.node == "m1" and event.kind == "send" and event.time > 33 for event in trace.events)


def test_a_link_that_is_cut_is_gone_around():
    trace = swim.scenario(4, until=120).run([Partition({"m1"}, {"m2"}, at=0)])
    assert reports(trace) == []


def test_who_sleeps_a_while_refutes_and_who_sleeps_for_long_is_buried():
    short = swim.scenario(5, suspicion=10).run([Pause("m1", at=10.5, until=14)])
    assert reports(short, SUSPECT) and not reports(short, DEAD)
    assert {held(short, f"m{number}", "m1")[0] for number in range(2, 6)} == {ALIVE}
    assert swim.scenario(5, suspicion=3).run([Pause("m1", at=10.5, until=30)]).nodes["m1"].buried


def test_a_partition_makes_two_groups_that_have_buried_each_other():
    trace = swim.scenario(6, suspicion=3).run([Partition({"m1", "m2"}, {"m3", "m4", "m5", "m6"}, at=5)])
    assert held(trace, "m1", "m2")[0] == ALIVE and held(trace, "m1", "m3")[0] == DEAD
    assert held(trace, "m3", "m4")[0] == ALIVE and held(trace, "m3", "m1")[0] == DEAD


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 1000), gone=st.sets(st.integers(1, 6), max_size=3))
def test_whoever_crashes_is_dead_to_all_others_in_the_end(seed, gone):
    crashes = [Crash(f"m{number}", at=10 + number) for number in gone]
    group = swim.scenario(6, network=Network(loss=0.05, jitter=0.05), seed=seed, until=90)
    trace = group.run(crashes)
    assert trace.violated is None
    up = [name for name, node in trace.nodes.items() if node.alive and not node.buried]
    assert len(up) == 6 - len(gone)  # so little loss buries nobody alive
    assert all(held(trace, name, f"m{number}")[0] == DEAD for name in up for number in gone)


# One member, step by step


class Mute(Swim):
    """Answers, and begins nothing."""

    def begin_period(self):
        self.round += 1


def told(messages, disk=None):
    """What a single member "b" knows, and what it answers, after messages from "a"."""
    from course_lib.sim.node import Node

    class Teller(Node):
        def on_start(self):
            self.heard = []
            for message in messages:
                self.send("b", message)

        def on_message(self, sender, message):
            self.heard += [message]

    nodes = {"a": Teller, "b": Mute, "c": Mute, "d": Mute}
    trace = Scenario(nodes, network=Network(fifo=True), until=5).run()
    return trace.nodes["b"], trace.nodes["a"].heard


def test_it_answers_who_asked_and_hands_on_what_comes_for_another():
    _, heard = told([Ping(3, "a"), PingFor(4, "c")])
    assert heard == [Ack(3, "a", "b"), Ack(4, "a", "c")]


def test_a_suspect_refutes_in_its_answer_and_raises_its_number_once():
    accused = News("b", SUSPECT, 0)
    node, heard = told([Ping(1, "a", (accused,)), Ping(2, "a", (accused,))])
    assert node.disk["number"] == 1
    assert all(News("b", ALIVE, 1) in ack.news for ack in heard)


def test_a_member_never_says_that_it_is_itself_a_suspect():
    node, _ = told([Ping(1, "a", (News("b", SUSPECT, 0),))])
    assert "b" not in node.known


def test_whoever_is_accused_hears_it_first_and_on_every_message():
    news = (News("a", SUSPECT, 0), *(News(f"x{n}", DEAD, 0) for n in range(9)))
    _, heard = told([Ping(n, "a", news) for n in range(40)])
    assert all(ack.news[0] == news[0] for ack in heard)
    assert all(len(ack.news) <= 1 + ON_A_MESSAGE for ack in heard)


def test_news_is_told_a_bounded_number_of_times():
    _, heard = told([Ping(0, "a", (News("c", DEAD, 0),)), *(Ping(n, "a") for n in range(1, 40))])
    times = sum(News("c", DEAD, 0) in ack.news for ack in heard)
    assert times == 9  # 3 times the logarithm of the group


def test_the_buried_answer_nobody():
    node, heard = told([Ping(1, "a", (News("b", DEAD, 5), News("c", DEAD, 0))), Ping(2, "a")])
    assert node.buried and heard == [] and node.known == {}


class AnswersTheFirst(Mute):
    """However it is asked, its answer is the one to the first ping, as if that came late and again."""

    def on_message(self, sender, message):
        self.send(sender, Ack(1, sender, self.name))


def test_an_answer_to_an_earlier_ping_says_nothing_of_now():
    trace = Scenario({"a": Swim, "b": AnswersTheFirst}, until=30).run()
    assert reports(trace, SUSPECT)[0] == (2.0, "a", News("b", SUSPECT, 0))


def test_what_is_no_message_of_the_protocol_is_an_error():
    with pytest.raises(NodeError, match="has no case"):
        told(["hello"])


# Every schedule


@pytest.mark.parametrize("members", [2, 3])
def test_one_lost_message_buries_nobody(members):
    group = swim.scenario(members, suspicion=members, invariants=(*swim.INVARIANTS, swim.nobody_up_is_buried))
    found = group.explore(losses=1, timeouts=6, timing="synchronous")
    assert found.ok, found


def test_among_three_one_lost_message_makes_nobody_a_suspect():
    group = swim.scenario(3, invariants=(swim.nobody_up_is_suspected,))
    assert group.explore(losses=1, timeouts=6, timing="synchronous").ok


def test_two_lost_messages_bury_one_of_two_alive():
    group = swim.scenario(2, suspicion=1, invariants=(swim.nobody_up_is_buried,))
    assert group.explore(losses=2, timeouts=4, timing="synchronous").violated == "nobody_up_is_buried"


def test_where_a_message_may_be_late_no_loss_is_needed_to_bury_somebody_alive():
    group = swim.scenario(2, suspicion=1, invariants=(swim.nobody_up_is_buried,))
    assert group.explore(timeouts=4).violated == "nobody_up_is_buried"


@pytest.mark.parametrize("safeguard", swim.EXPLORED)
def test_with_all_safeguards_nothing_breaks(safeguard):
    options, faults = swim.EXPLORED[safeguard]
    assert swim.scenario(**options).explore(**faults).ok


def test_with_all_safeguards_nothing_breaks_in_the_runs_either():
    assert swim.scenario(5, network=Network(loss=0.2), until=30).sweep(10).ok
    assert swim.zombie(swim.scenario(4, suspicion=3, invariants=()).run(swim.ASLEEP)) == ""


@pytest.mark.parametrize(
    ("safeguard", "says"),
    {
        "asks others first": "nobody_up_is_suspected",
        "suspects before it buries": "nobody_up_is_buried",
        "the suspect answers": "nobody_up_is_buried",
        "only the suspect raises its number": "nobody_up_is_buried",
        "the number on disk": "no_number_is_ahead",
        "alive needs a higher number": "now again for alive at 1",
        "an old suspicion is void": "now again for suspect at 0",
        "death is final": "dead at 0, and now again for alive",
        "the buried stop": "still goes on",
        "all in turn": "more than 17",
        "news rides on all messages": "all know of a death after",
    }.items(),
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in swim.without(safeguard)


def test_each_safeguard_has_its_variant():
    assert list(swim.SAFEGUARDS) == list(swim.WITHOUT)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"members": 1}, "members"),
        ({"members": 3.5}, "3.5"),
        ({"members": None}, "members"),
        ({"helpers": -1}, "helpers"),
        ({"helpers": None}, "helpers"),
        ({"suspicion": 0}, "suspicion"),
        ({"safeguards": {"hope"}}, "hope"),
        ({"safeguards": swim.ALL - {"death is final", "all in turn"}}, "one safeguard at most"),
    ],
)
def test_bad_arguments_are_named(options, says):
    with pytest.raises(ValueError, match=says):
        swim.scenario(**options)


# The promises of the paper


@pytest.mark.parametrize(("members", "crashes", "seeds"), [(10, 1, 100), (40, 8, 10)])
def test_the_first_detection_takes_about_1_58_periods_however_large_the_group(members, crashes, seeds):
    found = [periods for seed in range(seeds) for periods in first_detections(members, crashes, seed=seed)]
    assert fmean(found) == pytest.approx(expected_detection(members), abs=0.25)
    assert min(found) == 1


def test_the_expected_detection_tends_to_e_over_e_minus_1():
    assert expected_detection() == pytest.approx(1.582, abs=0.001)
    assert expected_detection(2) == 1
    assert expected_detection(1000) == pytest.approx(1.582, abs=0.001)


@pytest.mark.parametrize("members", [10, 40])
def test_each_member_sends_two_messages_a_period_however_large_the_group(members):
    assert load(members).messages == pytest.approx(2, abs=0.25)
    assert load(members).most_news <= 1 + ON_A_MESSAGE


def test_helpers_make_an_unanswered_ping_rare_as_arithmetic_has_it():
    alone, helped = (
        mistakes(10, loss=0.1, helpers=k, suspicion=50, seeds=range(2)).unanswered for k in (0, 3)
    )
    assert alone == pytest.approx(expected_failure(0.1, 0), rel=0.15)
    assert helped == pytest.approx(expected_failure(0.1, 3), rel=0.6)
    assert expected_failure(0.1, 0) == pytest.approx(0.19)


def test_suspicion_saves_the_living():
    with_it = mistakes(10, loss=0.1, seeds=range(2)).buried
    without_it = mistakes(10, swim.ALL - {"suspects before it buries"}, loss=0.1, seeds=range(2)).buried
    assert (with_it, without_it > 5) == (0, True)


def test_as_many_must_be_left_as_can_find_the_crashed():
    with pytest.raises(ValueError, match="of 3 members 1 to 1"):
        first_detections(3, 2)
    with pytest.raises(ValueError, match="2 members or more to find a crash, not 1"):
        expected_detection(1)
    with pytest.raises(ValueError, match=r"seeds are one or more runs, not \[\]"):
        mistakes(5, loss=0.1, seeds=[])


def test_a_deaf_member_ends_those_who_hear_its_rumours():
    deaf = [Partition({"m2", "m3"}, {"m1"}, at=3, oneway=True)]
    trace = swim.scenario(3, invariants=(), until=40).run(deaf)
    assert [trace.nodes[name].buried for name in ("m1", "m2")] == [False, True]


# Gossip


@pytest.mark.parametrize("members", [100, 1000, 10_000])
def test_a_rumour_takes_about_log2_n_plus_ln_n_rounds(members):
    found = fmean(gossip.rounds(members, seed=seed) for seed in range(5))
    assert found == pytest.approx(gossip.expected(members), abs=2)


def test_those_who_know_at_most_double_and_all_know_in_the_end():
    counts = gossip.push(500, seed=1)
    assert counts[0] == 1 and counts[-1] == 500
    assert all(one <= other <= 2 * one for one, other in pairwise(counts))


def test_small_groups():
    assert (gossip.push(1), gossip.push(2)) == ([1], [1, 2])
    assert gossip.expected(8) == pytest.approx(3 + log(8))
    with pytest.raises(ValueError, match="not 0"):
        gossip.push(0)


def test_a_node_of_another_scenario_can_be_a_member():
    trace = Scenario({name: partial(Swim, 1, 2) for name in ("ann", "bob", "cem")}, until=30).run(
        [Crash("ann", at=5)]
    )
    assert held(trace, "bob", "ann") == held(trace, "cem", "ann") == (DEAD, 0)
