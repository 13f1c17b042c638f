"""Three-phase commit: where each version splits, which one crashes do not block, and what breaks without each part."""

from random import Random

import pytest

from course_lib.sim import Crash, Delay, Drop, Network
from course_lib.transactions import splitting, three_phase, two_phase
from course_lib.transactions.committing import Prepare, state_of, values_of
from course_lib.transactions.for_good import crashes_for_good, is_up
from course_lib.transactions.precommitting import TXN
from course_lib.transactions.three_phase import nobody_in_doubt, states, total_failure


def letters(found):
    """The outcomes in short: "CCAA"."""
    return "".join(state[0].upper() for state in found.values())


@pytest.mark.parametrize("variant", ["timeouts", "termination"])
@pytest.mark.parametrize("participants", [1, 2, 3, 5])
def test_without_faults_all_commit_in_six_messages_a_participant(participants, variant):
    trace = three_phase.scenario(participants, variant).run()
    assert letters(states(trace)) == "C" * participants
    assert all(values_of(trace.nodes[name]) == {"balance": 1} for name in states(trace))
    assert sum(event.kind == "send" for event in trace.events) == 6 * participants


@pytest.mark.parametrize("variant", ["timeouts", "termination"])
def test_one_that_is_not_willing_aborts_all(variant):
    trace = three_phase.scenario(3, variant, unwilling=["p2"]).run()
    assert letters(states(trace)) == "AAA"
    found = three_phase.scenario(2, variant, unwilling=["p2"]).explore(
        crashes=1,
        timing="synchronous",
        goal=lambda world: "committed" in states(world).values(),
    )
    assert found.complete
    assert not found.reached


# Each decides alone


@pytest.mark.parametrize(("participants", "steps"), [(2, 7), (3, 9)])
def test_where_each_decides_alone_one_crash_of_the_coordinator_splits_it(participants, steps):
    found = three_phase.scenario(participants, "timeouts").explore(crashes=1, timing="synchronous")
    assert found.violated == "all_agree"
    assert found.counterexample.length == steps
    crashes = [event for event in found.counterexample.events if event.kind == "crash"]
    assert [(crash.node, crash.note) for crash in crashes] == [("coordinator", "in the middle of a handler")]
    told = [
        event.peer for event in found.counterexample.events if type(event.message).__name__ == "PreCommit"
    ]
    assert set(told) < {*two_phase.PARTICIPANTS[:participants], "coordinator"}  # some, not all


def test_a_run_splits_in_the_same_way():
    trace = three_phase.scenario(3, "timeouts").run([Crash("coordinator", after="coordinator>p1#2")])
    assert trace.violated == "all_agree"


# One succeeds the coordinator


@pytest.mark.parametrize(("participants", "crashes"), [(1, 1), (2, 1), (3, 1)])
def test_crashes_break_nothing_and_all_can_always_still_be_decided(participants, crashes):
    found = three_phase.scenario(participants).explore(
        crashes=crashes, timing="synchronous", always_possible=nobody_in_doubt
    )
    assert found.ok, found


def test_two_crashes_of_three_nodes_break_nothing_though_nobody_comes_back():
    found = three_phase.scenario(2, comes_back=False).explore(
        crashes=2, timing="synchronous", always_possible=nobody_in_doubt
    )
    assert found.ok, found


def test_two_phase_commit_is_stuck_where_nobody_comes_back():
    system = crashes_for_good(two_phase.scenario(2))
    found = system.explore(crashes=1, timing="synchronous", always_possible=nobody_in_doubt)
    assert found.stuck
    assert found.violated is None


@pytest.mark.parametrize("crashes", [0, 1])
def test_a_message_that_comes_twice_breaks_nothing(crashes):
    found = three_phase.scenario(2, comes_back=False).explore(
        duplicates=1, crashes=crashes, timing="synchronous"
    )
    assert found.ok, found


@pytest.mark.soak
def test_two_crashes_of_three_nodes_that_come_back_break_nothing():
    found = three_phase.scenario(2).explore(crashes=2, timing="synchronous", always_possible=nobody_in_doubt)
    assert found.ok, found


def crashes_of(seed):
    """Two nodes go down at some moments of the first four seconds, and one of them comes back."""
    chance = Random(seed)
    one, other = chance.sample(["coordinator", "p1", "p2", "p3"], 2)
    return [
        Crash(one, at=round(chance.uniform(0, 0.06), 3)),
        Crash(other, at=round(chance.uniform(0, 4), 3), until=20),
    ]


def test_two_crashes_of_four_nodes_at_any_moment_break_nothing():
    system = three_phase.scenario(3, network=Network(latency=0.01, jitter=0.02))
    outcomes = set()
    for seed in range(200):
        trace = system.run(crashes_of(seed), seed=seed)
        assert trace.violated is None, trace.to_text()
        up = {state for name, state in states(trace).items() if trace.nodes[name].alive}
        assert not up & set(three_phase.IN_DOUBT), trace.to_text()
        outcomes |= up
    assert outcomes >= {"committed", "aborted"}


def test_a_total_failure_blocks_it():
    found = three_phase.scenario(1).explore(crashes=2, timing="synchronous", goal=total_failure)
    assert found.reached
    down = [Crash(name, at=0.035, until=1) for name in ("coordinator", "p1", "p2", "p3")]
    trace = three_phase.scenario(3).run(down)
    assert set(states(trace).values()) == {"precommitted"}  # at 60 s, all of them up
    assert all(trace.nodes[name].alive for name in trace.nodes)


def test_who_was_down_and_decided_helps_all_out_of_a_total_failure():
    down = [Crash(name, at=0.045, until=1) for name in ("coordinator", "p1", "p2", "p3")]
    trace = three_phase.scenario(3).run(down)
    assert letters(states(trace)) == "CCC"


def test_who_never_heard_of_it_frees_one_that_was_down():
    faults = [Crash("coordinator", after="coordinator>p1#1"), Crash("p1", at=0.015, until=5)]
    trace = three_phase.scenario(2).run(faults)
    assert letters(states(trace)) == "AA"


@pytest.mark.parametrize(
    ("safeguard", "says"),
    [
        ("commits after the acknowledgements", "as_the_coordinator_told"),
        ("moves before it acknowledges", "as_the_coordinator_told"),
        ("goes on without the dead", "in doubt for ever"),
        ("asks before it takes over", "as_the_coordinator_told"),
        ("gathers the states", "all_agree"),
        ("moves all before it commits", "all_agree"),
        ("follows the newest leader", "all_agree"),
        ("only asks when it is back", "as_the_coordinator_told"),
        ("asks when it is back", "in doubt for ever"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in three_phase.without(safeguard)


def test_every_safeguard_has_its_case():
    assert list(three_phase.WITHOUT) == list(three_phase.SAFEGUARDS)


# Where it splits all the same


@pytest.mark.parametrize("participants", [2, 3, 4])
def test_a_partition_splits_it_for_each_number_reached_but_none_and_all(participants):
    rows = splitting.across_a_partition(participants)
    assert {count: letters(row) for count, row in rows.items()} == {
        count: "C" * count + "A" * (participants - count) for count in range(participants + 1)
    }
    assert splitting.reached(0, participants).violated is None


def test_one_slow_message_splits_it_and_no_crash():
    trace = splitting.by_one_slow_message()
    assert trace.violated == "as_the_coordinator_told"
    assert letters(states(trace)) == "AAA"
    assert len(trace.faults) == 1
    assert splitting.by_one_slow_message(1.5).violated is None  # not slower than their patience


def test_where_timers_may_fire_at_any_moment_it_splits_without_a_crash():
    found = three_phase.scenario(2).explore()
    assert found.violated == "as_the_coordinator_told"
    assert found.counterexample.length == 8
    assert not any(event.kind in ("crash", "drop") for event in found.counterexample.events)


def test_participants_alone_split_as_well():
    found = three_phase.scenario(2, invariants=[two_phase.all_agree]).explore()
    assert found.violated == "all_agree"
    assert found.counterexample.length == 9


# Small rules


def test_a_prepare_that_comes_after_the_question_is_refused():
    faults = [Drop("coordinator>p2#1"), Crash("coordinator", at=0.005)]
    trace = three_phase.scenario(2).run(faults)
    assert letters(states(trace)) == "AA"
    assert not any(
        isinstance(event.message, Prepare) and event.node == "p2"
        for event in trace.events
        if event.kind == "deliver"
    )


def test_who_crashed_for_good_is_not_up_and_says_nothing():
    trace = three_phase.scenario(1, comes_back=False).run([Crash("p1", at=0.015, until=1)])
    assert trace.nodes["p1"].gone
    assert state_of(trace.nodes["p1"], TXN) == "prepared"
    assert not any(event.node == "p1" and event.kind == "send" and event.time >= 1 for event in trace.events)
    world = three_phase.scenario(1, comes_back=False).world()
    assert not is_up(world, "p1")


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        three_phase.scenario(safeguards=frozenset({"hope"}))
    with pytest.raises(ValueError, match="not 6"):
        three_phase.scenario(6)
    with pytest.raises(ValueError, match="p9"):
        three_phase.scenario(unwilling=["p9"])
    with pytest.raises(ValueError, match="'quorum'"):
        three_phase.scenario(variant="quorum")
    with pytest.raises(ValueError, match="variant='termination'"):
        three_phase.scenario(variant="timeouts", safeguards=three_phase.ALL - {"gathers the states"})
    with pytest.raises(ValueError, match="not 5"):
        splitting.reached(5)


def test_a_state_that_comes_after_all_were_moved_does_not_stand_for_an_acknowledgement():
    # Only messages of nodes that are dead by then are late, so this is no slow network.
    faults = [
        Crash("coordinator", after="coordinator>p1#2"),
        Crash("p3", after="p3>p1#2"),
        Delay("p3>p1#2", by=1.003),
        Crash("p1", at=3.0455),
        Delay("p1>p2#3", by=20),
    ]
    assert three_phase.scenario(3).run(faults).violated is None
