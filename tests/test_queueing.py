"""The queue of ZooKeeper's lock: every schedule of a few contenders, and what breaks without each safeguard."""

import pytest

from course_lib.locks import queueing
from course_lib.sim import Crash, Drop, Pause

THREE = queueing.CONTENDERS[:3]


@pytest.mark.parametrize("contenders", [1, 2])
def test_no_schedule_breaks_the_queue_and_each_can_have_its_turn(contenders):
    found = queueing.scenario(contenders=contenders).explore(always_possible=queueing.all_had_a_turn)
    assert found.ok, found


def test_no_schedule_of_three_makes_two_holders():
    assert queueing.scenario(contenders=3).explore(symmetric=THREE).ok


def test_whatever_session_ends_nobody_overtakes():
    found = queueing.scenario(sessions=True, invariants=[queueing.first_in_line]).explore(
        always_possible=queueing.all_had_a_turn
    )
    assert found.ok, found


def test_the_invariants_can_be_asked_while_the_service_is_down():
    assert queueing.scenario().run([Crash("zookeeper", at=1, until=2)]).violated in (None, "one_believer")


def test_who_lost_its_place_queues_at_the_end():
    # c2 is stopped while it waits, so c3 waits until the sessions of both have ended.
    trace = queueing.scenario(contenders=3, sessions=True).run([Pause("c2", at=1, until=30)])
    assert [said for _, said in trace.reports] == [f"has the lock, number {number}" for number in (0, 3, 4)]


def test_where_sessions_end_two_may_believe():
    found = queueing.scenario(sessions=True).explore()
    assert found.violated == "one_believer"
    assert any(event.kind == "timer" and event.node == "zookeeper" for event in found.counterexample.events)


def test_a_run_gives_the_lock_in_the_order_of_the_numbers():
    trace = queueing.scenario(contenders=5).run()
    numbers = [said for _, said in trace.reports]
    assert numbers == [f"has the lock, number {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("safeguard", "says"),
    [
        ("ends with its session", "c2 waits for ever"),
        ("looks before it creates again", "c2 waits for ever"),
        ("looks again if it has gone", "waits for ever"),
        ("looks again when woken", "first_in_line"),
        ("queues again if its znode is gone", "by a list in which it is not"),
        ("waits for the one before", "435 wake-ups; with it 29"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in queueing.without(safeguard)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"sessions": True}, Crash("c1", at=1)),
        ({}, Drop("zookeeper>c1#1")),
        ({}, Drop("c1>zookeeper#1")),
    ],
)
def test_the_full_queue_survives_what_breaks_the_weak_one(options, fault):
    assert queueing.scenario(**options).run([fault]).nodes["c2"].done


def test_a_contender_that_was_paused_believes_beside_the_next():
    trace = queueing.scenario(sessions=True).run([Pause("c1", at=1, until=30)])
    assert trace.violated == "one_believer"


@pytest.mark.parametrize("contenders", [2, 7, 30])
def test_a_queue_wakes_one_at_each_release_and_a_herd_all(contenders):
    herd = queueing.wake_ups(queueing.ALL - {"waits for the one before"}, contenders)
    assert queueing.wake_ups(contenders=contenders) == contenders - 1
    assert herd == contenders * (contenders - 1) // 2


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="ends with its session"):
        queueing.scenario(frozenset({"hope"}))
    with pytest.raises(ValueError, match="at most"):
        queueing.scenario(queueing.ALL - {"ends with its session", "looks again when woken"})
    with pytest.raises(ValueError, match="not 31"):
        queueing.scenario(contenders=31)
