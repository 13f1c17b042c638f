"""Failovers in which one message of the run is late, comes again, is lost, or is the last before its sender crashes.

Chance hits such a message rarely, and exploration does not come as far as a second failover: so each is tried in turn.
"""

from itertools import chain as joined

import pytest

from course_lib.replication import chain, primary_backup, supervising
from course_lib.replication.customers import judged, lost_writes
from course_lib.replication.members import Append, log_of
from course_lib.replication.primary_backup import ANN, TWO_WRITERS, WRITE
from course_lib.replication.views import VIEWS, Close, Newest, View
from course_lib.sim import Crash, Delay, Drop, Duplicate, Partition, Pause, Reply, Request, calls

THREE = ("s1", "s2", "s3")
CLIENTS = {
    "ann": (THREE, [("write", "x", number) for number in range(1, 11)]),
    "bob": (THREE, [("read", "x") if number % 2 else ("cas", "x", number, -number) for number in range(10)]),
}
FAILOVERS = {
    "two die, one after the other": (Crash("s1", at=0.5, until=1.5), Crash("s2", at=2.1, until=3.0)),
    "two are left out and go on": (
        Partition({"s1"}, {VIEWS}, at=0.4, until=1.8),
        Partition({"s2", "ann"}, {VIEWS, "bob"}, at=2.0, until=3.2),
    ),
    "the view service dies as it decides": (Crash("s1", at=0.5, until=2.0), Crash(VIEWS, at=0.91, until=1.3)),
    "a backup is slow, and then alone": (
        Pause("s3", at=0.3, until=1.2),
        Crash("s1", at=1.4, until=4.0),
        Crash("s2", at=2.2, until=4.5),
    ),
}
SYSTEMS = {
    "semi-sync": lambda **options: primary_backup.scenario(3, mode="semi-sync", **options),
    "sync": lambda **options: primary_backup.scenario(3, mode="sync", **options),
    "chain": lambda **options: chain.scenario(3, **options),
}


def system(kind):
    options = {"timeout": 0.3, "retries": 1000, "think": 0.25, "until": 12.0, "invariants": ()}
    return SYSTEMS[kind](clients=CLIENTS, **options)


def different(trace):
    """Each different message of a run once: its name, and its sender."""
    found = {}
    for event in trace.events:
        if event.kind == "send":
            found.setdefault((event.node, event.peer, event.message), (event.id, event.node))
    return list(found.values())


def mishaps(id, sender):
    yield from (Drop(id), Delay(id, by=0.6), Delay(id, by=2.5), Duplicate(id, after=2.5))
    if sender not in CLIENTS:
        yield from (Crash(sender, after=id, until=0.01), Crash(sender, after=id, until=4.0))


def try_each(kind, script, step=1, first=0):
    """Runs the script with each mishap of each message, or of every so many; how many runs that were."""
    faults = FAILOVERS[script]
    trace, wrong = judged(system(kind), faults)
    assert not wrong
    tried = list(joined.from_iterable(mishaps(*message) for message in different(trace)))[first::step]
    for mishap in tried:
        # A crash more may leave too few to go on.
        _, wrong = judged(system(kind), (*faults, mishap), ends=not isinstance(mishap, Crash))
        assert not wrong, (mishap, wrong)
    return len(tried)


@pytest.mark.parametrize("script", FAILOVERS)
@pytest.mark.parametrize("kind", SYSTEMS)
def test_no_mishap_of_a_message_breaks_a_failover(kind, script):
    assert try_each(kind, script, step=149, first=7) > 3


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("script", FAILOVERS)
@pytest.mark.parametrize("kind", SYSTEMS)
def test_no_mishap_of_any_message_breaks_a_failover(kind, script):
    print(f"{kind}, {script}: {try_each(kind, script, step=4)} runs")


# What replicas promise each other, in every schedule


def each_log_begins_its_leaders(world):
    """In one view, what a member has is a beginning of what its leader has: so "how many" says all."""
    copies = {name: node.disk["copy"] for name, node in world.nodes.items() if "copy" in node.disk}
    for leader, whole in copies.items():
        for name, copy in copies.items():
            follows = whole.view == copy.view and leader == whole.view.leader
            if follows and copy.log != whole.log[: len(copy.log)]:
                return f"{name} has {copy}, and {leader}, who leads, has {whole}"
    return True


@pytest.mark.parametrize("budget", [{"timeouts": 2}, {"timeouts": 1, "losses": 1}], ids=str)
@pytest.mark.parametrize("module", [primary_backup, chain])
def test_how_many_entries_a_member_has_says_which(module, budget):
    system = module.scenario(clients=TWO_WRITERS, invariants=[each_log_begins_its_leaders])
    found = system.explore(**budget)
    assert found.ok, found


# Semi-synchronous: what one backup's word is worth


def half_told(until):
    """s1 and s2 have ann's first write, and die together; s3 has never heard of it."""
    gone = [Crash(name, at=0.1, until=until) for name in ("s1", "s2")]
    return (Partition({"s1"}, {"s3"}, at=0.0, until=0.2), *gone)


def alone(mode, until=None):
    options = {"clients": {"ann": (THREE, [WRITE, ("read", "x")])}, "retries": 99, "think": 0.2, "until": 8.0}
    return primary_backup.scenario(3, mode=mode, **options).run(half_told(until))


def test_where_the_primary_and_a_backup_die_at_once_nobody_is_promoted_who_may_lack_something():
    trace = alone("semi-sync")
    assert [call.answered for call in calls(trace)] == [True, False]
    assert trace.nodes[VIEWS].disk["view"].leader == "s1" and log_of(trace.nodes["s3"]) == ()
    assert trace.violated is None


def test_when_one_of_the_two_is_back_all_goes_on_with_what_was_acknowledged():
    trace = alone("semi-sync", until=3.0)
    assert [(call.answered, call.result) for call in calls(trace)] == [(True, None), (True, 1)]
    assert lost_writes(trace) == []


@pytest.mark.parametrize("number", range(1, 7))
def test_a_view_service_that_starts_again_in_the_middle_of_asking_asks_again(number):
    """It dies after each of the messages with which it closes a view and makes the next one."""
    clients = {"ann": (THREE, [("write", "x", n) for n in range(8)])}
    options = {
        "clients": clients,
        "retries": 99,
        "think": 0.2,
        "timeout": 0.3,
        "until": 10.0,
        "invariants": (),
    }
    system = primary_backup.scenario(3, mode="semi-sync", **options)
    dies = Crash("s1", at=0.5, until=6.0)
    said = [
        (event.id, event.message)
        for event in system.run([dies]).events
        if event.kind == "send" and event.node == VIEWS and event.message in (Close(1), View(2, ("s2", "s3")))
    ]
    assert {type(message) for _, message in said[:6]} == {Close, View}
    trace, wrong = judged(system, [dies, Crash(VIEWS, after=said[number - 1][0], until=1.5)])
    assert wrong == ""
    assert trace.nodes[VIEWS].disk["view"].members == ("s2", "s3", "s1")


@pytest.mark.parametrize("kind", SYSTEMS)
def test_who_is_heard_just_after_the_leader_died_holds_a_failover_up_until_the_leader_is_back(kind):
    """The price of one view at a time: a late word of s1 makes a view under s2, which is dead and cannot begin it."""
    two_die = (Crash("s1", at=1.4), Crash("s2", at=2.2, until=5.0))
    usual, wrong = judged(system(kind), two_die)
    assert wrong == "" and usual.nodes[VIEWS].disk["view"].members == ("s3", "s2")
    trace, wrong = judged(system(kind), (*two_die, Delay("s1>views#1", by=2.5)))
    assert wrong == ""
    waits = [max(call.took for call in calls(one)) for one in (usual, trace)]
    assert waits[0] < 2 < 2.7 < waits[1]


# Requests that come again in another view


@pytest.mark.parametrize("kind", SYSTEMS)
def test_a_request_that_comes_again_after_two_failovers_is_not_done_again(kind):
    clients = {"ann": (THREE, [("cas", "x", None, 1), ("cas", "x", 1, None), ("read", "x")])}
    options = {"clients": clients, "retries": 99, "think": 1.2, "until": 9.0, "invariants": ()}
    faults = (
        Duplicate("ann>s1#1", after=5.0),
        Crash("s1", at=0.6, until=1.6),
        Crash("s2", at=1.8, until=3.0),
    )
    trace, wrong = judged(SYSTEMS[kind](**options), faults)
    again = [
        e
        for e in trace.events
        if e.kind == "deliver" and e.note == "again" and isinstance(e.message, Request)
    ]
    assert [event.time > 5 for event in again] == [True]
    assert wrong == ""
    log = log_of(trace.nodes[trace.nodes[VIEWS].disk["view"].leader])
    assert [entry.id for entry in log if entry.operation[0] == "cas"] == [1, 2]


@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_a_primary_that_is_left_alone_answers_who_waits_for_the_backup_that_is_gone(mode):
    """And does so when the view begins: ann asks once only."""
    system = primary_backup.scenario(2, mode=mode, clients=ANN, timeout=5.0)
    (call,) = calls(system.run([Crash("s2", at=0.005)]))
    assert call.answered and 0.5 < call.took < 0.7


# Chains


@pytest.mark.parametrize("number", range(1, 7))
def test_the_middle_dies_while_an_entry_is_on_its_way_to_the_tail(number):
    faults = [Crash("s2", after=f"s2>s3#{number}", until=2.5)]
    trace, wrong = judged(system("chain"), faults)
    assert wrong == ""
    passed = [e.message for e in trace.events if e.kind == "send" and (e.node, e.peer) == ("s2", "s3")]
    assert isinstance(passed[number - 1], Append)
    assert len({log_of(trace.nodes[name]) for name in THREE}) == 1


def test_word_that_a_view_is_the_newest_which_comes_late_is_no_reason_to_read_in_the_next_one():
    """s3 is left out while it waits for leave to answer bob; it comes back as the tail, and only then hears of it."""
    clients = {"ann": (("s1", "s2"), [WRITE]), "bob": (("s3",), [("read", "x")])}
    options = {"clients": clients, "retries": 0, "timeout": 9.0, "until": 9.0}
    cut = Partition({"s3"}, {VIEWS, "s1", "s2"}, at=0.025, until=1.5)
    trace = chain.scenario(3, **options).run([cut, Delay("views>s3#1", by=3.0)])
    assert isinstance(next(e.message for e in trace.events if e.id == "views>s3#1"), Newest)
    heard = next(event.time for event in trace.events if event.id == "views>s3#1" and event.kind == "deliver")
    assert heard > 3 and trace.nodes[VIEWS].disk["view"].members[-1] == "s3"
    replies = [
        e for e in trace.events if e.kind == "send" and e.node == "s3" and isinstance(e.message, Reply)
    ]
    assert [(event.peer, event.time < heard) for event in replies if event.peer == "bob"] == []
    assert trace.violated is None


# What the measures say


def test_where_service_does_not_come_back_it_is_out_to_the_end_of_the_run():
    system = supervising.systems()["sync"]
    trace = system.run([Crash(name, at=1.0) for name in THREE])
    assert 3.9 < supervising.without_service(trace) < 4.1


def test_where_all_is_well_nobody_waits_longer_than_a_write_takes():
    for system in supervising.systems().values():
        trace = system.run()
        assert supervising.without_service(trace) <= max(call.took for call in calls(trace)) + 0.05
