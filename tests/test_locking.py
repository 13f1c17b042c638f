"""Transactions that lock: every schedule of two, what breaks without each safeguard, a deadlock that no store sees."""

import xml.etree.ElementTree as ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.pictures.waits_for import cycles, waits_for_picture
from course_lib.sim import Network
from course_lib.transactions import locking
from course_lib.transactions.isolating import Lock, LockTable, Step, Txn
from course_lib.transactions.locking import BACK, READER, TRANSFER

OPPOSITE = READER[::-1]  # reads b before a


def lock(number, key="a", exclusive=True):
    return Lock(Txn(number, f"t{number}", 0), key, exclusive)


def balances(trace):
    return {**trace.nodes["s1"].balances, **trace.nodes["s2"].balances}


# The lock table


def test_readers_share_a_lock_and_a_writer_waits_for_all_of_them():
    readers, writer = [lock(1, exclusive=False), lock(2, exclusive=False)], lock(3)
    table = LockTable((*readers, writer))
    assert table.held() == readers
    assert table.in_the_way(writer) == readers
    assert table.release(readers[0].txn).held() == readers[1:]
    assert table.release(readers[0].txn).release(readers[1].txn).held() == [writer]


def test_a_reader_does_not_overtake_a_writer_that_came_before_it():
    first, writer, late = lock(1, exclusive=False), lock(2), lock(3, exclusive=False)
    table = LockTable((first, writer, late))
    assert table.held() == [first]
    assert table.in_the_way(late) == [writer]


def test_locks_of_different_keys_have_nothing_to_do_with_each_other():
    assert LockTable().ask(lock(1, "a")).ask(lock(2, "b")).held() == [lock(1, "a"), lock(2, "b")]


def test_who_asks_again_has_it_once_and_an_upgrade_is_refused():
    table = LockTable().ask(lock(1))
    assert table.ask(lock(1)) == table
    assert table.ask(lock(1, exclusive=False)) == table
    with pytest.raises(ValueError, match="asks for the exclusive lock at once"):
        LockTable().ask(lock(1, exclusive=False)).ask(lock(1))


REQUESTS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from("ab"), st.booleans()), max_size=12)


@given(REQUESTS)
def test_who_waits_has_somebody_in_the_way_and_no_two_hold_what_conflicts(requests):
    table = LockTable()
    for number, key, exclusive in requests:
        known = {(one.txn.age, one.key) for one in table.requests}
        if (number, key) not in known:
            table = table.ask(lock(number, key, exclusive))
    held = table.held()
    assert not any(one.conflicts_with(other) for one in held for other in held)
    assert all(table.in_the_way(one) for one in table.requests if one not in held)
    while table.requests:  # whoever is first holds its lock, so all have it in the end
        assert table.requests[0] in table.held()
        table = table.release(table.requests[0].txn)


# Every schedule


@pytest.mark.parametrize(
    "plans",
    [
        (TRANSFER, READER),
        (READER, TRANSFER),
        (TRANSFER, OPPOSITE),
        (OPPOSITE, TRANSFER),
        (TRANSFER, BACK),
        (TRANSFER, TRANSFER),
        (READER, OPPOSITE),
    ],
)
def test_no_schedule_shows_half_a_transfer_and_none_ends_in_a_deadlock(plans):
    found = locking.scenario(plans).explore(always_possible=locking.all_done)
    assert found.ok, found


def test_no_schedule_goes_on_for_ever():
    """The space is finite, and has no circle: so whatever happens, all are done in the end."""
    found = locking.scenario().explore(graph=True)
    graph = found.graph()
    assert found.complete
    assert nx.is_directed_acyclic_graph(graph)
    ends = [data["world"] for node, data in graph.nodes(data=True) if not graph.out_degree(node)]
    assert ends
    assert all(world[name].left == 0 for world in ends for name in ("t1", "t2"))


def test_a_stream_of_transactions_does_not_starve_one():
    found = locking.scenario(times=2).explore(always_possible=locking.all_done)
    assert found.ok, found


def test_three_and_one_of_them_reads_one_account_only():
    plans = (TRANSFER, BACK, (Step("s2", "b"),))
    found = locking.scenario(plans).explore()
    assert found.ok, found


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_no_schedule_of_two_transfers_and_a_reader_breaks_anything():
    found = locking.scenario((TRANSFER, BACK, READER)).explore(max_states=4_000_000)  # 3 GB of memory
    assert found.ok, found


@pytest.mark.parametrize("times", [1, 3])
def test_after_a_run_the_money_is_where_the_transfers_put_it(times):
    trace = locking.scenario((TRANSFER, READER), times=times).run()
    assert trace.violated is None
    assert balances(trace) == {"a": 50 - 10 * times, "b": 50 + 10 * times}
    assert trace.nodes["t2"].seen == (100,)


def test_many_clients_over_a_slow_network_under_many_seeds():
    plans = (TRANSFER, BACK, READER, OPPOSITE, TRANSFER)
    system = locking.scenario(plans, times=3, network=Network(latency=0.01, jitter=0.1, fifo=True))
    swept = system.sweep(50)
    assert swept.ok, swept
    for seed in range(50):
        trace = system.run(seed=seed)
        assert all(trace.nodes[name].left == 0 for name in locking.CLIENTS)
        assert balances(trace) == {"a": 20, "b": 80}


def test_the_older_gets_what_it_needs_and_the_younger_begins_again_with_its_age():
    trace = locking.scenario((TRANSFER, BACK)).run()
    assert trace.nodes["t1"].wounds == 0
    assert trace.nodes["t2"].wounds > 0
    assert trace.nodes["t2"].age == trace.nodes["t2"].born == 2


def test_a_promise_is_waited_for_even_by_an_older_one():
    found = locking.scenario((TRANSFER, BACK)).explore(goal=older_waits_for_a_promise)
    assert found.ok, found


def older_waits_for_a_promise(world):
    locks, prepared = world.nodes["s1"].locks, world.nodes["s1"].prepared
    return any(
        other.txn in prepared and request.txn < other.txn
        for request in locks.requests
        for other in locks.in_the_way(request)
    )


# The safeguards


@pytest.mark.parametrize(
    ("safeguard", "says"),
    [
        ("read locks until the decision", "the_sum_is_seen: t2 has read 110"),
        ("write locks until the decision", "the_sum_is_seen: t2 has read 90"),
        ("the reader asks for votes", "the_sum_is_seen: t2 has read 110"),
        ("a number for each attempt", "the_sum_is_seen"),
        ("the older wounds", "wait for each other for ever"),
        ("the younger waits", "nobody_starves: t1, which began at 1, was wounded 1 time;"),
        ("keeps its age", "nobody_starves: t2, which began at 2, was wounded 3 times; 2"),
        ("a promise is not wounded", "the_sum_is_seen"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says):
    assert says in locking.without(safeguard)


def test_all_safeguards_have_a_variant_without_them():
    assert list(locking.SAFEGUARDS) == list(locking.WITHOUT)


def test_where_a_promise_is_wounded_money_is_lost_too():
    weak = locking.ALL - {"a promise is not wounded"}
    found = locking.scenario(safeguards=weak, invariants=[locking.the_sum_is_kept]).explore()
    assert found.violated == "the_sum_is_kept"


@pytest.mark.parametrize("times", [1, 2, 4])
def test_who_keeps_its_age_is_wounded_by_who_was_before_it_and_not_by_each_newcomer(times):
    assert locking.most_wounds(times=times) == 1
    assert locking.most_wounds(locking.ALL - {"keeps its age"}, times) == times
    assert locking.most_wounds(locking.ALL - {"the younger waits"}, times) == times - 1


# A deadlock that no store sees


def deadlock():
    system = locking.scenario(safeguards=locking.ALL - {"the older wounds"})
    return system.explore(goal=locking.deadlocked, always_possible=locking.all_done)


def test_exploration_finds_a_deadlock_that_neither_store_sees():
    found = deadlock()
    assert found.stuck
    stores = [found.reached.nodes[name] for name in ("s1", "s2")]
    alone, both = [locking.waits_for(store) for store in stores], locking.waits_for(*stores)
    assert [cycles(graph) for graph in (*alone, both)] == [[], [], [["t1", "t2"]]]
    assert set(both.edges) == {edge for graph in alone for edge in graph.edges}
    assert nx.get_edge_attributes(both, "key") == {("t1", "t2"): "b", ("t2", "t1"): "a"}


def test_where_the_older_wounds_a_deadlock_cannot_be_reached():
    found = locking.scenario().explore(goal=locking.deadlocked)
    assert found.complete
    assert not found.reached


def test_a_plain_run_of_the_two_ends_in_the_deadlock():
    trace = locking.scenario(safeguards=locking.ALL - {"the older wounds"}).run()
    assert [trace.nodes[name].left for name in ("t1", "t2")] == [1, 1]
    assert cycles(locking.waits_for(trace.nodes["s1"], trace.nodes["s2"])) == [["t1", "t2"]]


def test_who_waits_behind_one_that_waits_is_in_the_graph():
    trace = locking.scenario((TRANSFER, BACK, READER), locking.ALL - {"the older wounds"}).run()
    graph = locking.waits_for(trace.nodes["s1"])
    assert set(graph.edges) == {("t2", "t1"), ("t3", "t1"), ("t2", "t3")}


# The picture


def drawn():
    reached = deadlock().reached
    stores = [reached.nodes[name] for name in ("s1", "s2")]
    return waits_for_picture(
        {
            "s1": locking.waits_for(stores[0]),
            "s2": locking.waits_for(stores[1]),
            "both": locking.waits_for(*stores),
        }
    )


def test_the_picture_has_each_arrow_and_thick_ones_only_in_a_cycle():
    picture = drawn()
    tree = ElementTree.fromstring(picture.svg)
    panels = {panel.get("data-graph"): panel for panel in tree.iter() if panel.get("data-graph")}
    arrows = {
        title: {(one.get("data-from"), one.get("data-to")) for one in panel.iter() if one.get("data-from")}
        for title, panel in panels.items()
    }
    assert arrows == {"s1": {("t2", "t1")}, "s2": {("t1", "t2")}, "both": {("t1", "t2"), ("t2", "t1")}}
    thick = {title: ElementTree.tostring(panel).count(b'stroke-width="3"') for title, panel in panels.items()}
    assert thick == {"s1": 0, "s2": 0, "both": 2}
    assert str(picture) == (
        "s1: t2 waits for t1; no cycle. s2: t1 waits for t2; no cycle. "
        "both: t1 waits for t2, t2 waits for t1; a cycle: t1, t2."
    )


def test_a_diamond_is_no_cycle():
    diamond = nx.DiGraph([("t1", "t2"), ("t1", "t3"), ("t2", "t4"), ("t3", "t4")])
    picture = waits_for_picture({"all": diamond})
    assert "no cycle" in str(picture)
    assert 'stroke-width="3"' not in picture.svg


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(ValueError, match="no graph"):
        waits_for_picture({})
    with pytest.raises(ValueError, match="t1 waits for itself"):
        waits_for_picture({"s1": nx.DiGraph([("t1", "t1")])})


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        locking.scenario(safeguards=frozenset({"hope"}))
    with pytest.raises(ValueError, match="not 6"):
        locking.scenario([READER] * 6)
    with pytest.raises(ValueError, match="not 0"):
        locking.scenario(times=0)
    with pytest.raises(ValueError, match="'c'"):
        locking.scenario([(Step("s1", "c"),)])
