"""Single-decree Paxos: its two rules, every schedule of a few nodes, and what breaks without each safeguard."""

from random import Random

import pytest

from course_lib.sim import Crash, Drop, Network, Partition
from course_lib.transactions import paxos
from course_lib.transactions.paxos import Slot


def chosen(trace):
    return {name: trace.nodes[name].disk.get("chosen") for name in trace.names if name in paxos.PROPOSERS}


def test_what_may_have_been_chosen_is_proposed_again():
    assert paxos.to_propose([Slot(), Slot()], "own") == "own"
    assert paxos.to_propose([Slot(5, 2, "old"), Slot(), Slot(5, 3, "new")], "own") == "new"
    assert paxos.to_propose([Slot(5, 0, "zero"), Slot()], "own") == "zero"


@pytest.mark.parametrize(
    ("some", "of", "is_one"), [("ab", "abc", True), ("ab", "abcd", False), ("aa", "abc", False)]
)
def test_a_majority_is_more_than_half_of_different_ones(some, of, is_one):
    assert paxos.is_majority(some, of) is is_one


@pytest.mark.parametrize("acceptors", [1, 2, 3, 5])
def test_one_proposer_needs_two_round_trips(acceptors):
    trace = paxos.scenario(acceptors, 1).run()
    assert chosen(trace) == {"ann": "ann"}
    assert trace.end == pytest.approx(0.04)
    assert sum(event.kind == "send" for event in trace.events) == 4 * acceptors


@pytest.mark.parametrize("proposers", [2, 3])
def test_all_proposers_see_one_value(proposers):
    assert len(set(chosen(paxos.scenario(5, proposers).run()).values())) == 1


@pytest.mark.parametrize(
    ("acceptors", "proposers", "budget"),
    [
        (3, 2, {"timeouts": 0}),
        (2, 2, {"timeouts": 1}),
        (2, 2, {"timeouts": 0, "crashes": 1}),
        (3, 1, {"timeouts": 1}),
    ],
)
def test_no_schedule_breaks_it(acceptors, proposers, budget):
    found = paxos.scenario(acceptors, proposers).explore(**budget)
    assert found.ok, found


@pytest.mark.parametrize("proposers", [1, 2])
def test_proposers_that_begin_anew_too_soon_get_nothing_chosen_and_break_nothing(proposers):
    trace = paxos.scenario(3, proposers, network=Network(latency=0.3)).run()  # two round trips take 1.2 s
    assert trace.violated is None
    assert set(chosen(trace).values()) == {None}
    assert trace.end == pytest.approx(60)


def weather_of(seed):
    chance = Random(seed)
    one, other = chance.sample(["a1", "a2", "a3", "ann", "bob"], 2)
    return [
        Crash(one, at=round(chance.uniform(0, 0.2), 3), until=round(chance.uniform(1, 5), 3)),
        Partition(
            {other}, {"a1", "a2", "a3", "ann", "bob"} - {other}, at=round(chance.uniform(0, 1), 3), until=6
        ),
    ]


def test_whatever_is_lost_late_cut_off_or_down_one_value_is_chosen():
    network = Network(latency=0.01, jitter=0.05, loss=0.1, duplicate=0.1)
    values = set()
    for seed in range(150):
        trace = paxos.scenario(network=network).run(weather_of(seed), seed=seed)
        assert trace.violated is None, trace.to_text()
        seen = set(chosen(trace).values())
        assert len(seen) == 1, trace.to_text()
        values |= seen
    assert values == {"ann", "bob"}


def test_without_a_majority_nothing_is_chosen():
    trace = paxos.scenario(3, 1).run([Crash("a1", at=0), Crash("a2", at=0)])
    assert chosen(trace) == {"ann": None}


def test_what_one_acceptor_accepted_may_have_been_chosen():
    late = [Drop(f"bob>{acceptor}#1") for acceptor in ("a1", "a2", "a3")]
    down = [Crash("ann", after="ann>a1#2"), Partition({"a3"}, {"bob"}, at=0.9)]
    trace = paxos.scenario(3, 2).run([*late, *down])
    assert chosen(trace) == {"ann": None, "bob": "ann"}


@pytest.mark.parametrize("safeguard", list(paxos.SAFEGUARDS))
def test_each_safeguard_is_needed(safeguard):
    assert paxos.without(safeguard).startswith("one_value: ")


def test_the_full_protocol_survives_what_breaks_the_forgetful_one():
    trace = paxos.scenario().run(paxos.FORGETFUL)
    assert trace.violated is None
    assert len(set(chosen(trace).values())) == 1


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        paxos.scenario(safeguards=frozenset({"hope"}))
    with pytest.raises(ValueError, match="1 to 5 acceptors, not 6"):
        paxos.scenario(6)
    with pytest.raises(ValueError, match="1 to 3 proposers, not 0"):
        paxos.scenario(proposers=0)
