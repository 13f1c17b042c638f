"""Paxos Commit: two-phase commit where F is 0, safe in any weather, decided while a majority of acceptors is up."""

from random import Random

import pytest

from course_lib.sim import Crash, Drop, Network, Partition
from course_lib.transactions import committing, paxos_commit, two_phase
from course_lib.transactions.committing import state_of, values_of
from course_lib.transactions.paxos_committing import TXN, Phase1a, Phase2a, Phase2b


def outcome(trace):
    return {state_of(trace.nodes[name], TXN) for name in two_phase.PARTICIPANTS if name in trace.nodes}


@pytest.mark.parametrize("failures", [0, 1, 2])
@pytest.mark.parametrize("participants", [1, 2, 3, 5])
def test_without_faults_all_commit(participants, failures):
    trace = paxos_commit.scenario(participants, failures).run()
    assert outcome(trace) == {"committed"}
    assert all(values_of(trace.nodes[name]) == {"balance": 1} for name in trace.nodes if name[0] == "p")
    votes = participants * (2 * failures + 1)  # of each manager to each acceptor
    sends = sum(event.kind == "send" for event in trace.events)
    assert sends == participants + votes + 2 * failures + 2 * participants


def test_one_that_is_not_willing_aborts_all_without_waiting_for_the_others():
    trace = paxos_commit.scenario(3, unwilling=["p2"]).run([Drop("coordinator>p3#1")])
    assert outcome(trace) == {"aborted"}
    told = [event.time for event in trace.events if isinstance(event.message, committing.Decision)]
    assert told[0] == pytest.approx(0.03)


def as_two_phase_commit_says_it(message):
    match message:
        case Phase2a(0, ((_, vote),)):
            return committing.Vote(TXN, vote == "prepared")
        case _:
            return message


@pytest.mark.parametrize("unwilling", [[], ["p1"]])
@pytest.mark.parametrize("participants", [1, 3, 5])
def test_with_one_acceptor_it_is_two_phase_commit_message_for_message(participants, unwilling):
    def messages(system):
        events = system.run().events
        return [
            (event.time, event.kind, event.id, as_two_phase_commit_says_it(event.message))
            for event in events
            if event.kind in ("send", "deliver")
        ]

    ours = messages(paxos_commit.scenario(participants, 0, unwilling=unwilling))
    assert ours == messages(two_phase.scenario(participants, unwilling=unwilling))


def test_with_one_acceptor_it_blocks_as_two_phase_commit_does():
    trace = paxos_commit.scenario(3, 0).run([Crash("coordinator", at=0.015)])
    assert outcome(trace) == {"prepared"}


@pytest.mark.parametrize(
    ("participants", "failures", "budget"),
    [
        (2, 0, {"crashes": 1, "losses": 1, "timeouts": 1}),
        (1, 1, {"losses": 1, "timeouts": 1}),
        (1, 1, {"crashes": 1, "timeouts": 0}),
        (1, 1, {"partitions": 1, "timeouts": 1}),
        (2, 1, {"duplicates": 1, "timeouts": 0}),
        (2, 1, {"partitions": 1, "timeouts": 0}),
        (2, 1, {"losses": 1, "timeouts": 0}),
    ],
)
def test_no_schedule_breaks_it(participants, failures, budget):
    found = paxos_commit.scenario(participants, failures).explore(**budget)
    assert found.ok, found


def test_no_schedule_breaks_it_where_one_crashes_for_good_and_one_timer_fires():
    found = paxos_commit.scenario(1, 1, comes_back=False).explore(crashes=1, timeouts=1)
    assert found.ok, found


@pytest.mark.soak
@pytest.mark.parametrize("budget", [{"timeouts": 1}, {"crashes": 1, "timeouts": 0}])
def test_no_schedule_of_two_managers_breaks_it(budget):
    found = paxos_commit.scenario(2, 1).explore(**budget)
    assert found.ok, found


def test_with_one_who_refuses_nothing_is_committed_whatever_happens():
    found = paxos_commit.scenario(2, 1, unwilling=["p2"]).explore(
        losses=1, timeouts=0, goal=lambda world: state_of(world.nodes["p1"], TXN) == "committed"
    )
    assert found.complete
    assert not found.reached


# It comes to an end


def crash_points(participants, failures):
    """After each message that the coordinator sends while nothing fails."""
    calm = paxos_commit.scenario(participants, failures).run()
    return [event.id for event in calm.events if event.kind == "send" and event.node == "coordinator"]


@pytest.mark.parametrize("point", crash_points(3, 1))
def test_wherever_the_coordinator_dies_the_others_decide(point):
    trace = paxos_commit.scenario(3, 1).run([Crash("coordinator", after=point)])
    known = outcome(trace) - {None}  # who never heard of it has nothing to decide
    assert known in ({"committed"}, {"aborted"})


@pytest.mark.parametrize("acceptor", ["coordinator", "a2", "a3"])
@pytest.mark.parametrize("at", [0.005, 0.015, 0.025, 0.035])
def test_whichever_acceptor_dies_all_is_decided_within_three_patiences(acceptor, at):
    system = paxos_commit.scenario(3, 1)
    trace = system.run([Crash(acceptor, at=at)])
    states = trace.states_at(3.1)
    assert {state_of(states[name], TXN) for name in ("p1", "p2", "p3")} in ({"committed"}, {"aborted"})


def test_a_leader_that_takes_over_commits_what_all_had_promised():
    trace = paxos_commit.scenario(3, 1).run([Crash("coordinator", at=0.015)])
    assert outcome(trace) == {"committed"}
    assert any(isinstance(event.message, Phase1a) and event.node == "a2" for event in trace.events)


def test_a_leader_that_takes_over_aborts_where_one_never_voted():
    trace = paxos_commit.scenario(3, 1).run([Crash("coordinator", at=0.005), Drop("coordinator>p3#1")])
    assert outcome(trace) == {"aborted"}


def test_without_a_majority_of_acceptors_it_waits():
    down = [Crash("a2", at=0.015), Crash("a3", at=0.015)]
    assert outcome(paxos_commit.scenario(3, 1).run(down)) == {"prepared"}
    back = [Crash("a2", at=0.015, until=20), Crash("a3", at=0.015)]
    assert len(outcome(paxos_commit.scenario(3, 1).run(back)) & {"committed", "aborted"}) == 1


@pytest.mark.parametrize("side", [{"coordinator"}, {"coordinator", "p1"}, {"a3", "p2", "p3"}])
def test_across_a_partition_nobody_decides_otherwise_and_the_majority_decides(side):
    system = paxos_commit.scenario(3, 1)
    trace = system.run([Partition(side, set(system.nodes) - side, at=0.025)])
    assert trace.violated is None
    majority = [name for name in ("p1", "p2", "p3") if (name in side) == ("a2" in side)]
    assert {state_of(trace.nodes[name], TXN) for name in majority} == {"committed"}


def weather_of(seed):
    chance = Random(seed)
    nodes = ["coordinator", "a2", "a3", "p1", "p2"]
    one, other, third = chance.sample(nodes, 3)
    return [
        Crash(one, at=round(chance.uniform(0, 0.2), 3), until=round(chance.uniform(0.3, 5), 3)),
        Crash(other, at=round(chance.uniform(0, 3), 3), until=round(chance.uniform(3.1, 6), 3)),
        Partition(
            {third},
            set(nodes) - {third},
            at=round(chance.uniform(0, 2), 3),
            until=round(chance.uniform(2.1, 8), 3),
        ),
    ]


def test_whatever_is_lost_late_cut_off_or_down_all_decide_the_same_in_the_end():
    network = Network(latency=0.01, jitter=0.05, loss=0.1, duplicate=0.1)
    outcomes = set()
    for seed in range(150):
        trace = paxos_commit.scenario(2, 1, network=network).run(weather_of(seed), seed=seed)
        assert trace.violated is None, trace.to_text()
        ended = outcome(trace) - {None}
        assert len(ended) < 2, trace.to_text()
        assert "prepared" not in ended, trace.to_text()
        outcomes |= ended
    assert outcomes == {"committed", "aborted"}


# The safeguards


@pytest.mark.parametrize(
    ("safeguard", "says"),
    [
        ("the vote on disk first", "only_if_all_voted_yes"),
        ("all managers", "as_it_was_told"),
        ("a majority of acceptors", "as_it_was_told"),
        ("keeps its promise", "as_it_was_told"),
        ("the promise on disk", "as_it_was_told"),
        ("the vote on disk before it is told", "as_it_was_told"),
        ("proposes what was accepted", "as_it_was_told"),
        ("aborts where nobody voted", "only_if_all_voted_yes"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in paxos_commit.without(safeguard)


def test_every_safeguard_has_its_case():
    assert list(paxos_commit.WITHOUT) == list(paxos_commit.SAFEGUARDS)


def test_an_acceptor_tells_its_votes_once_it_has_them_all():
    trace = paxos_commit.scenario(3, 1).run()
    told = [event for event in trace.events if event.kind == "send" and isinstance(event.message, Phase2b)]
    assert [event.node for event in told] == ["a2", "a3"]
    assert all(len(event.message.votes) == 3 for event in told)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        paxos_commit.scenario(safeguards=frozenset({"hope"}))
    with pytest.raises(ValueError, match="not 6"):
        paxos_commit.scenario(6)
    with pytest.raises(ValueError, match="failures is 0, 1 or 2, not 3"):
        paxos_commit.scenario(2, 3)
    with pytest.raises(ValueError, match="p9"):
        paxos_commit.scenario(unwilling=["p9"])
