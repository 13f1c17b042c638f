"""The lock as a protocol: what every schedule keeps, and what breaks without each safeguard."""

import pytest

from course_lib.locks import leases, lending
from course_lib.sim import Crash, Delay, Network, Pause

# The whole protocol


@pytest.mark.parametrize(
    ("workers", "crashes", "states"),
    [(1, 0, 16), (1, 1, 402), (1, 2, 6997), (2, 0, 463), (2, 1, 26_766), (3, 0, 20_278)],
)
def test_nothing_breaks_in_any_schedule_and_the_lock_can_always_come_free(workers, crashes, states):
    found = leases.scenario(workers=workers).explore(crashes=crashes, always_possible=leases.free_again)
    assert found.ok, found
    assert found.states == states


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_nothing_breaks_with_three_workers_and_a_crash():
    found = leases.scenario(workers=3).explore(
        crashes=1, always_possible=leases.free_again, max_states=3_000_000
    )
    assert found.ok, found
    assert found.states == 2_309_997


def test_a_lost_message_costs_a_worker_its_turn_and_nobody_else():
    assert leases.scenario().explore(losses=1, always_possible=leases.free_again).ok


def test_every_case_of_every_handler_runs_in_some_schedule_but_the_weak_variants():
    missed = leases.scenario().explore(crashes=1).coverage.missed
    assert {
        entry
        for entry in missed
        if "Look" not in str(entry) and "Delete" not in str(entry) and "Seen" not in str(entry)
    } == set()


def test_in_a_plain_run_each_counts_once_in_turn():
    trace = leases.scenario(workers=3).run()
    book = lending.book_of(trace.nodes["counter"])
    assert trace.violated is None
    assert (book.value, book.writes, book.accepted) == (3, 3, (1, 1, 2, 2, 3, 3))
    assert [said for name, said in trace.reports if said.startswith("wrote")] == [
        "wrote 1",
        "wrote 2",
        "wrote 3",
    ]


@pytest.mark.parametrize("seed", range(10))
def test_bad_networks_and_pauses_break_nothing(seed):
    network = Network(latency=0.5, jitter=8, loss=0.05)
    faults = [
        Pause("ann", at=1, until=25),
        Crash("bob", at=4, until=9),
        Crash("counter", at=20, until=21),
    ]
    trace = leases.scenario(workers=3, network=network, seed=seed).run(faults)
    assert trace.violated is None


# Two believe, and what holds all the same


def test_the_explorer_finds_the_late_holder_by_itself():
    found = leases.scenario(invariants=[leases.one_believer]).explore()
    assert found.violated == "one_believer" and found.counterexample.length == 5
    assert found.counterexample.reason == "ann and bob believe that they have the lock"


def test_while_two_believe_the_counter_keeps_the_order():
    """The same scenario: mutual exclusion breaks, and what the fence promises does not."""
    assert leases.scenario().explore().ok
    both = leases.scenario(invariants=[*leases.INVARIANTS, leases.one_believer]).explore()
    assert both.violated == "one_believer"


def test_a_paused_holder_is_late_and_is_refused():
    # Ann has the lock and the value, and is paused for longer than the lease.
    trace = leases.scenario().run([Pause("ann", at=3, until=30)])
    said = [(name, said) for name, said in trace.reports if "lock" not in said]
    assert said == [("bob", "wrote 1"), ("ann", "was refused")]
    assert trace.violated is None and lending.book_of(trace.nodes["counter"]).value == 1


def test_a_message_that_is_late_after_the_last_look_is_refused():
    trace = leases.scenario().run([Delay("ann>counter#2", by=11)])
    assert ("ann", "was refused") in trace.reports and trace.violated is None


def test_the_same_schedule_without_a_fence_undoes_an_update():
    unfenced = leases.scenario(leases.ALL - {"fenced writes"}, invariants=[leases.no_update_lost])
    trace = unfenced.run([Pause("ann", at=3, until=30)])
    assert trace.violated == "no_update_lost"


def test_a_lock_without_an_end_keeps_others_out_and_does_not_survive_a_death():
    forever = leases.scenario(ttl=None, invariants=[leases.one_believer])
    assert forever.explore().ok
    dead = forever.explore(crashes=1, always_possible=leases.free_again)
    assert dead.violated is None and dead.stuck is not None
    trace = leases.scenario(ttl=None).run([Crash("ann", at=1)])
    assert trace.nodes["lock"].disk["token"] == "ann 1"


def test_an_operation_of_a_lower_fence_after_a_higher_one_is_what_the_order_forbids():
    class World:
        def __init__(self, accepted):
            book = lending.Book(value=0, writes=0, highest=9, accepted=accepted)
            self.nodes = {"counter": type("Node", (), {"disk": {"book": book}})}

    assert leases.accepted_in_order(World((1, 1, 2, 2, 3))) is True
    assert leases.accepted_in_order(World(())) is True
    assert (
        leases.accepted_in_order(World((1, 3, 2)))
        == "the counter took an operation of fence 2 after one of fence 3"
    )


# Without each safeguard

BROKEN = {
    "only if nobody has it": "one_believer: ann and bob believe that they have the lock (4 steps)",
    "expiry": "ann died at 1 s with the lock, and at 60 s it is still hers",
    "a token of one's own": "nobody_robbed: the lock of bob was deleted by another (9 steps)",
    "compare and delete in one step": "nobody_robbed: the lock of bob was deleted by another (12 steps)",
    "fenced writes": "accepted_in_order: the counter took an operation of fence 1 after one of fence 2 (7 steps)",
    "fenced reads": "no_update_lost: the counter took 2 writes, and is 1 (13 steps)",
}


@pytest.mark.parametrize("name", leases.SAFEGUARDS)
def test_each_safeguard_is_needed(name):
    assert leases.without(name) == BROKEN[name]


def test_every_safeguard_is_told_in_a_sentence_and_can_be_switched_off():
    assert set(BROKEN) == set(leases.SAFEGUARDS) == set(leases.WITHOUT) == leases.ALL
    assert all(sentence and sentence[0].islower() for sentence in leases.SAFEGUARDS.values())


# What a safeguard does not guard: (off, what breaks all the same or not), two workers, no crash.
KEPT = {
    "only if nobody has it": {"accepted_in_order", "no_update_lost", "nobody_robbed"},
    "expiry": {"accepted_in_order", "no_update_lost", "nobody_robbed", "one_believer"},
    "a token of one's own": {"accepted_in_order", "no_update_lost"},
    "compare and delete in one step": {"accepted_in_order", "no_update_lost"},
    "fenced writes": {"nobody_robbed"},
    "fenced reads": {"accepted_in_order", "nobody_robbed"},
}


@pytest.mark.parametrize("name", leases.SAFEGUARDS)
def test_each_safeguard_guards_its_own_and_the_fence_holds_whatever_the_lock_does(name):
    ttl = None if name == "only if nobody has it" else lending.TTL
    kept = set()
    for invariant in (*leases.INVARIANTS, leases.one_believer):
        if leases.scenario(leases.ALL - {name}, ttl=ttl, invariants=[invariant]).explore().ok:
            kept.add(invariant.__name__)
    assert kept == KEPT[name]


def test_without_its_expiry_a_lock_is_never_free_again_in_some_schedule():
    found = leases.scenario(leases.ALL - {"expiry"}).explore(crashes=1, always_possible=leases.free_again)
    # A worker that comes back is a new one: the lock of its former life is a stranger's.
    assert found.possible == "free_again" and found.stuck is not None


# Bad arguments


def test_an_unknown_safeguard_is_named_and_so_are_those_there_are():
    with pytest.raises(ValueError) as caught:
        leases.scenario(leases.ALL | {"belt", "braces"})
    assert str(caught.value) == f"the safeguards are {', '.join(leases.SAFEGUARDS)}; not 'belt', 'braces'"


@pytest.mark.parametrize("workers", [0, 4, -1, None, "2"])
def test_another_number_of_workers_is_refused(workers):
    with pytest.raises(ValueError) as caught:
        leases.scenario(workers=workers)
    assert str(caught.value) == f"there are 1 to 3 workers, not {workers!r}"


@pytest.mark.parametrize(
    ("off", "node"),
    [
        ({"only if nobody has it", "expiry"}, "LockServer"),
        ({"a token of one's own", "compare and delete in one step"}, "Worker"),
    ],
)
def test_two_that_are_off_in_one_node_are_refused_with_their_names(off, node):
    with pytest.raises(ValueError) as caught:
        leases.scenario(leases.ALL - off)
    assert str(caught.value).startswith(f"switch off one safeguard of the {node} at most, not ")
    assert all(name in str(caught.value) for name in off)


def test_one_off_in_each_node_is_allowed_and_writes_unfenced_means_reads_too():
    three = {"expiry", "a token of one's own", "fenced writes", "fenced reads"}
    names = leases.scenario(leases.ALL - three).nodes
    kinds = [type(names[name]()) for name in ("lock", "counter", "ann")]
    assert kinds == [leases.WithoutExpiry, leases.Unfenced, leases.WithoutToken]
