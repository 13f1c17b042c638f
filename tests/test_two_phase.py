"""Two-phase commit: every schedule of a few participants, what breaks without each safeguard, and that it blocks."""

import pytest

from course_lib.sim import Crash, Drop, Partition
from course_lib.transactions import two_phase
from course_lib.transactions.committing import state_of, values_of


def outcome(trace):
    return {state_of(trace.nodes[name], "t1") for name in two_phase.PARTICIPANTS if name in trace.nodes}


@pytest.mark.parametrize("participants", [1, 2, 3, 5])
def test_without_faults_all_commit_in_four_messages_a_participant(participants):
    trace = two_phase.scenario(participants).run()
    assert outcome(trace) == {"committed"}
    assert all(values_of(trace.nodes[name]) == {"balance": 1} for name in trace.nodes if name[0] == "p")
    assert sum(event.kind == "send" for event in trace.events) == 4 * participants


def test_one_that_is_not_willing_aborts_all():
    trace = two_phase.scenario(3, unwilling=["p2"]).run()
    assert outcome(trace) == {"aborted"}
    assert all(values_of(trace.nodes[name]) == {} for name in ("p1", "p2", "p3"))


@pytest.mark.parametrize(
    ("participants", "budget"),
    [
        (2, {"crashes": 1, "timeouts": 2}),
        (2, {"losses": 1, "timeouts": 2}),
        (2, {"duplicates": 1, "timeouts": 1}),
        (2, {"crashes": 1, "losses": 1, "timeouts": 1}),
        (3, {"losses": 1, "timeouts": 1}),
    ],
)
def test_no_schedule_breaks_it(participants, budget):
    found = two_phase.scenario(participants).explore(**budget)
    assert found.ok, found


def test_a_second_transaction_in_a_second_life_breaks_nothing():
    assert two_phase.scenario(2, plans=2).explore(crashes=1, timeouts=1).ok


def test_with_one_who_refuses_nothing_is_committed_whatever_happens():
    found = two_phase.scenario(2, unwilling=["p2"]).explore(
        crashes=1, timeouts=2, goal=lambda world: state_of(world.nodes["p1"], "t1") == "committed"
    )
    assert found.complete
    assert not found.reached


@pytest.mark.parametrize("participants", [1, 2, 3])
def test_where_nothing_fails_all_can_only_commit(participants):
    found = two_phase.scenario(participants).explore(timeouts=0, always_possible=two_phase.all_committed)
    assert found.ok, found


def test_a_coordinator_that_has_committed_counts():
    faults = [Partition({"coordinator"}, {"p1"}, at=0.025, until=5)]
    hasty = two_phase.scenario(1, two_phase.ALL - {"waits after yes"}).run(faults)
    assert "the coordinator has committed t1, and p1 has aborted it" in hasty.reason


def test_of_two_commits_that_wrote_a_key_the_last_counts():
    trace = two_phase.scenario(2, plans=2).run([Crash("coordinator", at=5, until=6)])
    assert trace.violated is None and values_of(trace.nodes["p1"]) == {"balance": 2}


def test_all_can_always_still_be_decided_when_nodes_come_back():
    assert two_phase.scenario(2).explore(crashes=1, always_possible=two_phase.all_decided).ok


def test_it_blocks_when_the_coordinator_dies_after_the_votes():
    found = two_phase.scenario(3).explore(crashes=1, timeouts=0, goal=two_phase.blocked)
    assert found.reached
    trace = two_phase.scenario(3).run([Crash("coordinator", at=0.015, until=300)])
    assert outcome(trace) == {"prepared"}  # at 60 s they are still in doubt, with their locks


def test_a_participant_that_never_heard_of_it_can_free_the_others():
    faults = [Drop("coordinator>p2#1"), Crash("coordinator", at=0.005)]
    assert outcome(two_phase.scenario(2).run(faults)) == {"aborted"}


@pytest.mark.parametrize(
    ("safeguard", "says"),
    [
        ("the vote on disk first", "only_if_all_voted_yes"),
        ("the writes with the vote", "carried_out"),
        ("waits after yes", "all_agree"),
        ("refuses after abort", "only_if_all_voted_yes"),
        ("counts who voted", "all_agree"),
        ("one no is enough", "all_agree"),
        ("the decision on disk first", "all_agree"),
        ("keeps it until all are done", "all_agree"),
        ("new ids in each life", "all_agree"),
        ("asks after a crash", "in doubt for ever"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in two_phase.without(safeguard)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        two_phase.scenario(safeguards=frozenset({"hope"}))
    with pytest.raises(ValueError, match="not 6"):
        two_phase.scenario(6)
    with pytest.raises(ValueError, match="p9"):
        two_phase.scenario(unwilling=["p9"])
