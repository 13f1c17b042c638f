"""Primary-backup replication: every schedule of two replicas, storms over three, what breaks without each safeguard."""

from itertools import permutations

import pytest

from course_lib.consistency import History, KeyValue, judge
from course_lib.replication import chain, primary_backup
from course_lib.replication.customers import Customer, judged, linearizable, lost_writes
from course_lib.replication.logs import Entry, perform, result_of
from course_lib.replication.members import log_of
from course_lib.replication.primary_backup import ALL, ANN, ANN_AND_BOB, READ, TWO_WRITERS, WRITE
from course_lib.replication.replicas import Replica
from course_lib.replication.storms import storm, through_a_grey_day, through_a_storm, weather, work
from course_lib.replication.views import CarefulService, View, ViewService
from course_lib.sim import Crash, Drop, Fault, Node, Partition, Pause, Reply, Request, Scenario, calls

THREE = ("s1", "s2", "s3")
MODES = tuple(primary_backup.MODES)


def writes(count, key="x"):
    return [("write", key, number) for number in range(1, count + 1)]


def busy(replicas=3, count=20, **options):
    """Ann writes and bob reads all the while, and both try again until they are answered."""
    names = primary_backup.REPLICAS[:replicas]
    clients = {"ann": (names, writes(count)), "bob": (names, [READ] * count)}
    options = {"timeout": 0.2, "retries": 200, "think": 0.05, "until": 20.0, "invariants": (), **options}
    return primary_backup.scenario(replicas, clients=clients, **options)


def views(trace):
    """When which view was made: number to (time, members)."""
    made = {}
    for event in trace.events:
        if event.kind == "send" and event.node == "views" and isinstance(event.message, View):
            made.setdefault(event.message.number, (event.time, event.message.members))
    return made


def logs(trace):
    return {name: log_of(trace.nodes[name]) for name in trace.nodes if name in THREE}


# While all is well


@pytest.mark.parametrize("mode", MODES)
def test_without_faults_all_is_answered_and_all_have_the_same_log(mode):
    trace, wrong = judged(busy(mode=mode))
    assert wrong == ""
    assert len(calls(trace)) == 40
    assert len(set(logs(trace).values())) == 1
    assert trace.nodes["views"].disk["view"] == View(1, THREE)


@pytest.mark.parametrize(("mode", "round_trips"), [("async", 1), ("semi-sync", 2), ("sync", 2)])
def test_who_waits_for_a_backup_waits_for_a_second_round_trip(mode, round_trips):
    trace = primary_backup.scenario(3, mode=mode, clients=ANN).run()
    assert [round(call.took / 0.02, 6) for call in calls(trace)] == [round_trips]


def test_semi_sync_does_not_wait_for_the_slower_backup_and_sync_does():
    slow = [Pause("s3", at=0.005, until=0.3)]
    took = {
        mode: calls(primary_backup.scenario(3, mode=mode, clients=ANN).run(slow))[0].took for mode in MODES
    }
    assert took["async"] < took["semi-sync"] < 0.1 < took["sync"]


# Every schedule


@pytest.mark.parametrize(
    ("options", "budget"),
    [
        ({}, {"timeouts": 2}),
        ({}, {"timeouts": 1, "losses": 1}),
        ({}, {"timeouts": 1, "duplicates": 1}),
        ({}, {"timeouts": 1, "partitions": 1}),
        ({"clients": ANN}, {"timeouts": 1, "crashes": 1}),
        ({"clients": TWO_WRITERS}, {"timeouts": 2}),
        ({"clients": ANN, "joined": 1}, {"timeouts": 1}),
        ({"clients": ANN, "replicas": 3}, {"timeouts": 1}),
        ({"clients": ANN, "mode": "semi-sync"}, {"timeouts": 1, "losses": 1}),
        ({"clients": ANN, "mode": "semi-sync"}, {"timeouts": 1, "partitions": 1}),
        # Those of a safeguard, each with all of them on.
        ({"clients": {"ann": (("s1",), (READ, READ)), "bob": (("s2",), (WRITE,))}}, {"timeouts": 1}),
        ({"clients": {"ann": (("s1",), (("cas", "x", None, 1),))}, "retries": 1}, {"timeouts": 1}),
    ],
)
def test_no_schedule_breaks_it(options, budget):
    found = primary_backup.scenario(**options).explore(**budget)
    assert found.ok, found


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("options", "budget"),
    [
        ({"clients": ANN}, {"timeouts": 3}),
        ({"clients": ANN_AND_BOB}, {"timeouts": 1, "crashes": 1}),
        ({"clients": ANN, "replicas": 3, "mode": "semi-sync"}, {"timeouts": 1}),
    ],
)
def test_no_schedule_of_a_larger_system_breaks_it(options, budget):
    found = primary_backup.scenario(**options).explore(**budget)
    assert found.ok, found


def test_two_may_believe_that_they_are_the_primary_and_it_does_no_harm():
    found = primary_backup.scenario().explore(timeouts=1, goal=primary_backup.two_primaries)
    assert found.ok
    assert [found.reached.nodes[name].disk["view"].leader for name in ("s1", "s2")] == ["s1", "s2"]


@pytest.mark.parametrize(("mode", "lost"), [("async", True), ("semi-sync", False), ("sync", False)])
def test_only_who_answers_before_a_backup_has_it_loses_what_was_acknowledged(mode, lost):
    found = primary_backup.scenario(mode=mode, clients=ANN).explore(timeouts=1)
    assert (found.violated == "nothing_acknowledged_is_lost") is lost
    assert found.ok is not lost
    if lost:
        assert lost_writes(found.counterexample) == [("ann", 1, WRITE)]


# The safeguards


@pytest.mark.parametrize(
    ("safeguard", "says", "how"),
    [
        ("answers when the backups have it", "nothing_acknowledged_is_lost: ann was answered", "3 steps"),
        ("reads wait as well", "linearizable: The read(x) by ann at 4 returned None", "8 steps"),
        ("refuses an older view", "nothing_acknowledged_is_lost", "7 steps"),
        ("remembers its view", "nothing_acknowledged_is_lost", "8 steps"),
        ("on disk before it says so", "nothing_acknowledged_is_lost", "5 steps"),
        ("copies its log first", "nothing_acknowledged_is_lost", "6 steps"),
        ("in the primary's order", "nothing_acknowledged_is_lost", "6 steps"),
        ("in place of its own log", "bob was answered that ('write', 'x', 2)", "run with 2 faults"),
        ("knows a retry again", "linearizable: The cas(x, None, 1) by ann at 0 returned False", "7 steps"),
        ("one view at a time", "nothing_acknowledged_is_lost", "4 steps"),
        ("hears all but one", "s3 leads, and lacks it", "7 steps"),
        ("closes before it says", "s2 leads, and lacks it", "9 steps"),
        ("waits however long", "nothing_acknowledged_is_lost", "4 steps"),
        ("a ping shows that it works", "ann waits for an answer", "run"),
        ("names who does not answer", "ann waits for an answer", "run with 1 fault"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says, how):
    broke = primary_backup.without(safeguard)
    assert says in broke
    assert broke.endswith(f"({how})")


@pytest.mark.parametrize(
    "safeguard", [name for name, (_, trial) in primary_backup.SHOWN.items() if type(trial) is tuple]
)
def test_with_the_safeguard_the_same_run_goes_well(safeguard):
    options, faults = primary_backup.SHOWN[safeguard]
    assert judged(primary_backup.scenario(**options), faults)[1] == ""


def test_all_safeguards_have_a_variant_without_them_and_a_system_that_needs_them():
    assert list(primary_backup.SAFEGUARDS) == list(primary_backup.WITHOUT) == list(primary_backup.SHOWN)


def test_a_safeguard_of_the_view_service_can_be_off_in_every_mode():
    weak = primary_backup.scenario(
        mode="semi-sync", safeguards=ALL - {"one view at a time"}, clients=ANN, joined=1
    )
    assert isinstance(weak.nodes["views"](), CarefulService)
    assert weak.explore(timeouts=1).violated == "nothing_acknowledged_is_lost"


# Failover, catching up, and who comes back


@pytest.mark.parametrize("mode", MODES)
def test_a_backup_follows_the_primary_that_died_and_who_comes_back_catches_up(mode):
    trace, wrong = judged(busy(mode=mode, count=40), [Crash("s1", at=0.5, until=3.0)])
    assert wrong == ""
    (_, first), (failover, second), (back, third) = list(views(trace).values())
    assert (first, second, third) == (THREE, ("s2", "s3"), ("s2", "s3", "s1"))
    assert 0.5 + 0.4 <= failover <= 0.5 + 0.5 + 0.02
    assert 3.0 <= back <= 3.02
    assert trace.nodes["views"].disk["begun"] == 3
    assert len(set(logs(trace).values())) == 1


def test_what_only_the_old_primary_has_is_gone_when_it_comes_back():
    faults = [Partition({"s1", "ann"}, {"s2", "views"}, at=0.0, until=1.5)]
    trace = primary_backup.scenario(clients=TWO_WRITERS, retries=2).run(faults)
    sent = [
        event.message.log
        for event in trace.events
        if event.kind == "deliver" and hasattr(event.message, "log")
    ]
    assert sent[-1] == (Entry("bob", 1, ("write", "x", 2)),)
    assert log_of(trace.nodes["s1"])[0] == Entry("bob", 1, ("write", "x", 2))
    assert log_of(trace.nodes["s1"]) == log_of(trace.nodes["s2"])


def test_a_deposed_primary_writes_and_reads_for_nobody():
    """It is cut off with a client of its own, and does not know that it is replaced."""
    clients = {"ann": (("s1",), (WRITE, READ)), "bob": (("s2", "s3"), (("write", "x", 2), READ))}
    cut = [Partition({"s1", "ann"}, {"s2", "s3", "views", "bob"}, at=0.0)]
    system = primary_backup.scenario(3, clients=clients, retries=3, until=10.0)
    trace = system.run(cut)
    assert trace.violated is None
    assert {call.client for call in calls(trace) if call.answered} == {"bob"}
    assert [trace.nodes[name].disk["view"].leader for name in ("s1", "s2")] == ["s1", "s2"]


def test_a_stale_read_of_a_deposed_primary_is_judged_by_the_checker_of_chapter_02():
    clients = {"ann": (("s1",), [READ] * 30), "bob": (("s2",), (WRITE,))}
    cut = [Partition({"s1", "ann"}, {"s2", "views"}, at=0.0)]
    options = {"clients": clients, "think": 0.1, "retries": 3, "until": 5.0, "invariants": ()}
    weak = primary_backup.scenario(safeguards=ALL - {"reads wait as well"}, **options).run(cut)
    ladder = judge(History.from_trace(weak), KeyValue())
    assert not ladder["linearizable"]
    assert ladder["sequential"] and ladder["causal"]
    sound = primary_backup.scenario(**options).run(cut)
    assert judge(History.from_trace(sound), KeyValue())["linearizable"]


def test_the_last_one_left_serves_alone_and_nobody_takes_over_from_it_but_itself():
    crashes = [Crash("s2", at=0.3), Crash("s3", at=0.3), Crash("s1", at=2.0, until=4.0)]
    trace, wrong = judged(busy(count=80), crashes)
    assert wrong == ""
    answered = [call.ended for call in calls(trace) if call.answered]
    assert [time for time in answered if 1 < time < 2]
    assert not [time for time in answered if 2.02 < time < 4]
    assert [time for time in answered if time > 4]


def test_the_price_of_one_view_at_a_time_is_to_wait_for_a_leader_that_died_too_early():
    """s2 dies before it has said that its view has begun. s3 has all, but the view service cannot know that."""
    crashes = [Crash("s1", at=0.5), Crash("s2", at=0.925, until=4.0)]
    trace, wrong = judged(busy(count=60), crashes)
    assert wrong == ""
    answered = [call.ended for call in calls(trace)]
    assert not [time for time in answered if 0.55 < time < 4]
    assert max(answered) > 4


def test_views_are_numbered_without_a_gap_and_no_number_is_used_twice():
    for seed in range(5):
        trace, _ = through_a_storm(primary_backup.scenario, 2 * seed + 1, mode="semi-sync")
        sent = {
            (event.message.number, event.message.members)
            for event in trace.events
            if event.kind == "send" and event.node == "views" and isinstance(event.message, View)
        }
        numbers = sorted(number for number, _ in sent)
        assert numbers == list(range(numbers[0], numbers[-1] + 1))


# Cuts that go one way, and grey failures


@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
@pytest.mark.parametrize(("one", "other"), list(permutations(("s1", "s2", "views"), 2)))
def test_who_does_not_reach_another_and_still_hears_it_does_no_harm(one, other, mode):
    cut = [Partition({one}, {other}, at=0.3, until=2.0, oneway=True)]
    trace, wrong = judged(busy(mode=mode, count=10), cut)
    assert wrong == ""
    assert len(calls(trace)) == 20


def test_a_primary_that_is_not_heard_by_the_view_service_is_replaced_though_it_hears():
    trace, wrong = judged(busy(), [Partition({"s1"}, {"views"}, at=0.3, oneway=True)])
    assert wrong == ""
    assert trace.nodes["views"].disk["view"].members == ("s2", "s3")


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_who_pings_and_does_nothing_else_is_replaced_within_two_seconds(name, mode):
    trace, wrong = judged(busy(mode=mode, count=60, grey={name: 1.0}))
    assert wrong == ""
    assert name not in trace.nodes["views"].disk["view"].members
    assert max(call.took for call in calls(trace)) < 2.0


def test_to_a_view_service_that_counts_pings_a_primary_that_stands_still_looks_well():
    trusting = ALL - {"a ping shows that it works"}
    trace, wrong = judged(busy(safeguards=trusting, grey={"s1": 1.0}, count=60))
    assert "waits for an answer" in wrong
    assert trace.nodes["views"].disk["view"] == View(1, THREE)
    assert max(call.ended for call in calls(trace) if call.answered) < 1.1


# Storms


@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_no_storm_breaks_it(mode):
    for seed in range(6):
        trace, wrong = through_a_storm(primary_backup.scenario, seed, mode=mode)
        assert not wrong, (seed, wrong, trace.faults)


@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_no_grey_day_stops_it(mode):
    for seed in range(4):
        trace, wrong = through_a_grey_day(primary_backup.scenario, seed, mode=mode)
        assert not wrong, (seed, wrong, trace.faults)


def first_hit(safeguard, seeds):
    """The first seed at which a storm breaks primary-backup without that safeguard; None where none does."""
    semi = safeguard in primary_backup.OF_SEMI_SYNC
    grey = safeguard in ("a ping shows that it works", "names who does not answer")
    through = through_a_grey_day if grey else through_a_storm
    options = {"mode": "semi-sync" if semi else "sync", "safeguards": ALL - {safeguard}}
    return next((seed for seed in seeds if through(primary_backup.scenario, seed, **options)[1]), None)


@pytest.mark.parametrize(
    "safeguard", ["answers when the backups have it", "one view at a time", "copies its log first"]
)
def test_storms_break_it_without_a_safeguard(safeguard):
    assert first_hit(safeguard, range(40)) is not None


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_two_thousand_storms_break_nothing(mode):
    for seed in range(2000):
        trace, wrong = through_a_storm(primary_backup.scenario, seed, mode=mode)
        assert not wrong, (seed, wrong, trace.faults)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("mode", ["semi-sync", "sync"])
def test_three_hundred_grey_days_stop_nothing(mode):
    for seed in range(300):
        trace, wrong = through_a_grey_day(primary_backup.scenario, seed, mode=mode)
        assert not wrong, (seed, wrong, trace.faults)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("safeguard", primary_backup.SAFEGUARDS)
def test_without_each_safeguard_some_storm_breaks_it(safeguard):
    seed = first_hit(safeguard, range(3000))
    print(f"without {safeguard!r}: seed {seed}")
    assert seed is not None


def test_storms_are_the_same_for_the_same_seed_and_have_every_kind_of_fault():
    assert storm(7) == storm(7) != storm(8)
    assert {type(fault).__name__ for seed in range(60) for fault in storm(seed)} == {
        "ClockSkew", "Crash", "Delay", "Drop", "Duplicate", "Partition", "Pause",
    }  # fmt: skip
    assert any(fault.oneway for seed in range(20) for fault in storm(seed) if isinstance(fault, Partition))
    assert all(isinstance(fault, Fault) for fault in storm(3))
    assert weather(3, nervous=True).single and not weather(3).single


def test_clients_write_no_value_twice():
    for seed in range(20):
        given = [one[-1] for mine in work(seed).values() for one in mine if one[0] != "read"]
        assert len(set(given)) == len(given)


# The parts


def test_a_log_says_what_each_operation_returns():
    log = tuple(
        Entry("ann", number, operation)
        for number, operation in enumerate(
            [
                ("read", "x"),
                ("write", "x", 1),
                ("cas", "x", 0, 2),
                ("cas", "x", 1, 3),
                ("read", "x"),
                ("read", "y"),
            ],
            1,
        )
    )
    assert [result_of(log, place) for place in range(1, 7)] == [None, None, False, True, 3, None]
    with pytest.raises(ValueError, match="pop"):
        perform({}, ("pop", "x"))


class TestTheViewService:
    def run(self, faults=(), first=("s1", "s2")):
        """Two replicas, for which nobody asks."""
        nodes = {"views": lambda: ViewService(("s1", "s2"), View(1, first))}
        nodes |= dict.fromkeys(("s1", "s2"), lambda: Replica(View(1, first)))
        return Scenario(nodes, until=8.0).run(faults)

    def test_leaves_things_as_they_are_where_all_are_heard(self):
        assert views(self.run())[1][1] == ("s1", "s2")
        assert list(views(self.run())) == [1]

    def test_keeps_its_numbers_through_a_crash(self):
        trace = self.run([Crash("s2", at=1.0, until=3.0), Crash("views", at=2.0, until=2.5)])
        assert [members for _, members in views(trace).values()] == [("s1", "s2"), ("s1",), ("s1", "s2")]

    def test_takes_in_who_was_not_there_at_first(self):
        trace = self.run(first=("s1",))
        assert views(trace)[2][1] == ("s1", "s2")
        assert trace.nodes["views"].disk["begun"] == 2

    def test_promotes_nobody_out_of_a_view_that_has_not_begun(self):
        """s2 has asked to join, and s1 dies before it could give it its log."""
        trace = self.run([Crash("s1", at=0.015)], first=("s1",))
        assert list(views(trace)) == [2]
        assert trace.nodes["views"].disk["begun"] == 1

    def test_a_word_of_the_leader_that_is_lost_is_said_again(self):
        trace = self.run([Drop("s1>views#1"), Drop("s1>views#2"), Drop("s1>views#3")], first=("s1",))
        assert trace.nodes["views"].disk["begun"] == 2


class Deaf(Node):
    def on_message(self, sender, message):
        pass


class Helpful(Node):
    def on_message(self, sender, message):
        match message:
            case Request(id, operation):
                self.send(sender, Reply(id, None if operation[0] == "write" else 0))


def test_a_customer_asks_first_who_helped_it_last_and_reads_elsewhere():
    operations = [("write", "x", 1), ("write", "x", 2), READ, READ]
    customer = lambda: Customer(operations, ("s1", "s2"), ("s3", "s1", "s2"), retries=5)  # noqa: E731
    trace = Scenario({"ann": customer, "s1": Deaf, "s2": Helpful, "s3": Deaf}).run()
    asked = [event.peer for event in trace.events if event.kind == "send" and event.node == "ann"]
    assert asked == ["s1", "s2", "s2", "s3", "s1", "s2", "s2"]


def test_a_history_in_the_order_of_reports_is_judged():
    class Forgetful(Node):
        def on_message(self, sender, message):
            self.send(sender, Reply(message.id, None))

    system = Scenario(
        {"ann": lambda: Customer([WRITE, READ], "s1"), "s1": Forgetful}, invariants=[linearizable]
    )
    assert "The read(x) by ann" in system.run().reason
    assert system.explore().violated == "linearizable"


def test_one_server_is_enough_and_operations_that_can_be_read_once_are_there_in_each_run():
    system = primary_backup.scenario(clients={"ann": ("s1", (step for step in (WRITE, READ)))})
    assert [call.result for call in calls(system.run())] == [None, 1]
    assert system.run() == system.run()


@pytest.mark.parametrize(
    ("clients", "says"),
    [
        (None, "clients is a dict: .* not None"),
        ([("ann", ("s1", [WRITE]))], r"clients is a dict: .* not \[\('ann'"),
        ({"ann": "s1"}, "ann needs a pair, whom it asks and a list of operations, not 's1'"),
        ({"ann": ("s1", WRITE)}, "a store knows read, write and cas, not 'write'"),
        ({"ann": ("s1", [("read",)])}, r"a store knows read, write and cas, not \('read',\)"),
        ({"ann": ("s1", [("incr", "x")])}, r"a store knows read, write and cas, not \('incr', 'x'\)"),
    ],
)
@pytest.mark.parametrize("scenario", [primary_backup.scenario, chain.scenario])
def test_clients_that_are_none_are_named(scenario, clients, says):
    with pytest.raises(ValueError, match=says):
        scenario(clients=clients)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        primary_backup.scenario(safeguards=ALL | {"hope"})
    with pytest.raises(ValueError, match="1 to 5 replicas, an int, not 6"):
        primary_backup.scenario(6)
    with pytest.raises(ValueError, match="in the first view, not 3"):
        primary_backup.scenario(2, joined=3)
    with pytest.raises(ValueError, match="the modes are async, semi-sync, sync; 'quick'"):
        primary_backup.scenario(mode="quick")
    with pytest.raises(ValueError, match="'s3' is none of them"):
        primary_backup.scenario(clients={"ann": (("s3",), (WRITE,))})
    with pytest.raises(ValueError, match="'s9' is none of them"):
        primary_backup.scenario(grey={"s9": 1.0})
    with pytest.raises(ValueError, match=r"s1 is grey from .* not nan"):
        primary_backup.scenario(grey={"s1": float("nan")})
    with pytest.raises(ValueError, match=r"1 to 5 replicas, an int, not 2\.0"):
        primary_backup.scenario(2.0)
    with pytest.raises(ValueError, match=r"s1 is grey from .* not 'now'"):
        primary_backup.scenario(grey={"s1": "now"})
    for name in ("s2", "views"):
        with pytest.raises(ValueError, match=f"a client cannot be called '{name}'"):
            primary_backup.scenario(clients={name: (("s1",), (WRITE,))})
    for safeguard in primary_backup.OF_SEMI_SYNC:
        with pytest.raises(ValueError, match="only semi-sync has"):
            primary_backup.scenario(safeguards=ALL - {safeguard})
