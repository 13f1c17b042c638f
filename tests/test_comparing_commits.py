"""Two-phase commit, three-phase commit and Paxos Commit on the same crash, counted in one way."""

import pytest

from course_lib.sim import Crash
from course_lib.transactions import comparing


def by_protocol(rows):
    return {row["protocol"]: row for row in rows}


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_messages_and_writes_without_faults(n):
    two, three, paxos = comparing.compare(participants=n)
    assert (two["messages"], three["messages"], paxos["messages"]) == (4 * n, 6 * n, 6 * n + 2)
    assert (two["forced writes"], three["forced writes"], paxos["forced writes"]) == (
        2 * n + 1,
        3 * n + 1,
        2 * n + 3,
    )
    assert (two["round trips"], three["round trips"], paxos["round trips"]) == (1.5, 2.5, 2.0)


def test_with_one_acceptor_paxos_commit_costs_and_blocks_as_two_phase_commit():
    two, _, paxos = comparing.compare(failures=0)
    assert {**paxos, "protocol": ""} == {**two, "protocol": ""}


def test_one_crash_after_the_votes_blocks_one_of_the_three_until_the_coordinator_is_back():
    rows = comparing.compare()
    assert [row["blocked, s"] for row in rows] == [300.02, 2.03, 1.06]
    assert [row["outcome"] for row in rows] == ["aborted", "aborted", "committed"]


def test_midway_one_who_knows_is_enough():
    rows = comparing.compare(comparing.MIDWAY)
    assert [row["outcome"] for row in rows] == ["committed"] * 3
    assert all(row["blocked, s"] < 3 for row in rows)


def test_a_longer_crash_blocks_longer():
    rows = comparing.compare([Crash("coordinator", at=0.015, until=30)])
    assert [row["blocked, s"] for row in rows] == [30.02, 2.03, 1.06]


def test_who_is_in_doubt_to_the_end_has_no_round_trips():
    trace = comparing.traces([Crash("coordinator", at=0.015)])["two-phase commit"]
    cost = comparing.cost(trace)
    assert cost.round_trips is None
    assert cost.outcome == "prepared"
    assert cost.blocked == pytest.approx(400, abs=1.1)


def test_three_runs_of_one_crash_for_three_diagrams():
    traces = comparing.traces()
    assert list(traces) == ["two-phase commit", "three-phase commit", "Paxos Commit, F = 1"]
    assert all(trace.faults == comparing.AFTER_THE_VOTES for trace in traces.values())
    assert all(trace.violated is None for trace in traces.values())


def test_a_write_that_nothing_follows_is_not_forced():
    trace = comparing.traces(())["two-phase commit"]
    forgets = [change for change in trace.changes if change.node == "coordinator"][-1]
    assert not forgets.state.disk["t1"]  # written when all had acknowledged
    assert comparing.cost(trace).forced_writes == 7
