"""Chain replication, and the four ways to replicate beside each other under one fault script."""

from itertools import pairwise
from statistics import median

import pytest

from course_lib.replication import chain, primary_backup, supervising
from course_lib.replication.chain import ALL, ANN, READ, TWO_WRITERS, WRITE
from course_lib.replication.customers import judged
from course_lib.replication.members import Append, log_of
from course_lib.replication.storms import through_a_grey_day, through_a_storm
from course_lib.replication.views import Newest, Which
from course_lib.sim import Crash, Partition, Reply, Request, calls
from course_lib.transactions.for_good import crashes_for_good

THREE = ("s1", "s2", "s3")


def busy(count=20, **options):
    """Ann writes and bob reads all the while, and both try again until they are answered."""
    clients = {
        "ann": (THREE, [("write", "x", n) for n in range(1, count + 1)]),
        "bob": (THREE, [READ] * count),
    }
    options = {"timeout": 0.2, "retries": 200, "think": 0.05, "until": 20.0, "invariants": (), **options}
    return chain.scenario(3, clients=clients, **options)


def sent(trace, *kinds):
    return [
        (event.node, event.peer)
        for event in trace.events
        if event.kind == "send" and isinstance(event.message, kinds)
    ]


# While all is well


def test_a_write_goes_down_the_chain_and_the_tail_answers():
    trace = chain.scenario(3, clients={"ann": (THREE, (WRITE,))}).run()
    assert sent(trace, Request, Append, Reply) == [("ann", "s1"), ("s1", "s2"), ("s2", "s3"), ("s3", "ann")]
    assert round(calls(trace)[0].took / 0.01, 6) == 4


def test_a_read_is_between_its_client_the_tail_and_the_view_service():
    trace = chain.scenario(3, clients={"ann": (THREE, (READ,))}).run()
    assert sent(trace, Request, Which, Newest, Reply) == [
        ("ann", "s3"),
        ("s3", "views"),
        ("views", "s3"),
        ("s3", "ann"),
    ]


def test_what_is_further_down_the_chain_is_further_up_too():
    """The paper's update propagation invariant: each log is a beginning of the one before it."""

    def beginnings(world):
        logs = [log_of(world.nodes[name]) for name in THREE]
        return all(log == before[: len(log)] for before, log in pairwise(logs))

    assert (
        chain.scenario(
            3, clients=TWO_WRITERS | {"bob": (("s1",), (("write", "x", 2),))}, invariants=[beginnings]
        )
        .explore(timeouts=0)
        .ok
    )


# Every schedule


@pytest.mark.parametrize(
    ("options", "budget"),
    [
        ({}, {"timeouts": 2}),
        ({}, {"timeouts": 1, "crashes": 1}),
        ({"replicas": 3}, {"timeouts": 1, "losses": 1}),
        ({"replicas": 3}, {"timeouts": 1, "duplicates": 1}),
        ({"joined": 1}, {"timeouts": 1}),
        ({"clients": TWO_WRITERS}, {"timeouts": 2}),
        ({"clients": {**ANN, "bob": (("s2",), (READ, READ))}}, {"timeouts": 1, "losses": 1}),
        ({"clients": {**ANN, "bob": (("s2",), (READ,))}}, {"timeouts": 1, "partitions": 1}),
    ],
)
def test_no_schedule_breaks_it(options, budget):
    found = chain.scenario(**options).explore(**budget)
    assert found.ok, found


READERS = {**ANN, "bob": (("s2",), (READ, READ))}


def test_on_the_papers_assumption_a_tail_needs_to_ask_nobody():
    """Fail-stop: who is suspected is dead, and stays so. Without it, a tail that was left out reads what is old."""
    paper = chain.scenario(safeguards=ALL - {"the tail asks first"}, clients=READERS)
    assert crashes_for_good(paper).explore(timeouts=1, crashes=1, timing="synchronous").ok
    assert paper.explore(timeouts=1).violated == "linearizable"


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("options", "budget"),
    [({"clients": READERS}, {"timeouts": 2}), ({"replicas": 3}, {"timeouts": 1, "crashes": 1})],
)
def test_no_schedule_of_a_larger_system_breaks_it(options, budget):
    found = chain.scenario(**options).explore(max_states=4_000_000, **budget)
    assert found.ok, found


# The safeguards


@pytest.mark.parametrize(
    ("safeguard", "says", "how"),
    [
        ("the tail answers writes", "nothing_acknowledged_is_lost", "3 steps"),
        ("the tail answers reads", "linearizable: The read(x) by cem at 5 returned None", "7 steps"),
        ("the tail asks first", "linearizable: The read(x) by bob at 4 returned None", "8 steps"),
        ("refuses an older view", "nothing_acknowledged_is_lost", "6 steps"),
        ("remembers its view", "bob was answered that ('write', 'x', 2)", "run with 3 faults"),
        ("on disk before it goes on", "nothing_acknowledged_is_lost", "5 steps"),
        ("copies its log first", "nothing_acknowledged_is_lost", "6 steps"),
        ("in the head's order", "linearizable", "8 steps"),
        ("in place of its own log", "bob was answered that ('write', 'x', 2)", "run with 2 faults"),
        ("knows a retry again", "linearizable: The cas(x, None, 1) by ann at 0 returned False", "6 steps"),
        ("one view at a time", "nothing_acknowledged_is_lost", "4 steps"),
        ("a ping shows that it works", "ann waits for an answer", "run"),
    ],
)
def test_each_safeguard_is_needed(safeguard, says, how):
    broke = chain.without(safeguard)
    assert says in broke
    assert broke.endswith(f"({how})")


@pytest.mark.parametrize(
    "safeguard", [name for name, (_, trial) in chain.SHOWN.items() if type(trial) is tuple]
)
def test_with_the_safeguard_the_same_run_goes_well(safeguard):
    options, faults = chain.SHOWN[safeguard]
    assert judged(chain.scenario(**options), faults)[1] == ""


def test_all_safeguards_have_a_variant_without_them_and_a_system_that_needs_them():
    assert list(chain.SAFEGUARDS) == list(chain.WITHOUT) == list(chain.SHOWN)


# Failures of the head, the middle and the tail


@pytest.mark.parametrize(
    ("name", "left"),
    [("s1", ("s2", "s3")), ("s2", ("s1", "s3")), ("s3", ("s1", "s2"))],
    ids=["head", "middle", "tail"],
)
def test_whoever_dies_the_others_close_the_chain_and_it_comes_back_as_the_tail(name, left):
    system = busy(count=40)
    trace, wrong = judged(system, [Crash(name, at=0.5)])
    assert wrong == ""
    assert trace.nodes["views"].disk["view"].members == left
    trace, wrong = judged(system, [Crash(name, at=0.5, until=2.0)])
    assert wrong == ""
    assert trace.nodes["views"].disk["view"].members == (*left, name)
    assert len({log_of(trace.nodes[one]) for one in THREE}) == 1


def test_the_last_one_left_is_head_and_tail():
    trace, wrong = judged(busy(), [Crash("s1", at=0.3), Crash("s2", at=0.9)])
    assert wrong == ""
    assert trace.nodes["views"].disk["view"].members == ("s3",)


@pytest.mark.parametrize("name", THREE)
def test_one_that_pings_and_does_nothing_else_is_left_out(name):
    trace, wrong = judged(busy(grey={name: 1.0}))
    assert wrong == ""
    assert name not in trace.nodes["views"].disk["view"].members


def test_a_tail_that_is_cut_off_from_the_view_service_answers_no_reads():
    trace, wrong = judged(busy(), [Partition({"s3"}, {"views"}, at=0.3)])
    assert wrong == ""
    answers = [
        event.time
        for event in trace.events
        if event.kind == "send" and event.node == "s3" and isinstance(event.message, Reply)
    ]
    assert max(answers) < 0.9


# Storms


def test_no_storm_breaks_it():
    for seed in range(6):
        trace, wrong = through_a_storm(chain.scenario, seed)
        assert not wrong, (seed, wrong, trace.faults)


def test_no_grey_day_stops_it():
    for seed in range(4):
        trace, wrong = through_a_grey_day(chain.scenario, seed, cuts=False)
        assert not wrong, (seed, wrong, trace.faults)


def first_hit(safeguard, seeds):
    """The first seed at which a storm breaks a chain without that safeguard; None where none does."""
    rest = ALL - {safeguard}
    for seed in seeds:
        if safeguard == "a ping shows that it works":
            _, wrong = through_a_grey_day(chain.scenario, seed, cuts=False, safeguards=rest)
        else:
            _, wrong = through_a_storm(chain.scenario, seed, safeguards=rest)
        if wrong:
            return seed
    return None


@pytest.mark.parametrize(
    "safeguard", ["the tail answers writes", "the tail answers reads", "copies its log first"]
)
def test_storms_break_it_without_a_safeguard(safeguard):
    assert first_hit(safeguard, range(40)) is not None


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_thousand_storms_break_nothing():
    for seed in range(2000):
        trace, wrong = through_a_storm(chain.scenario, seed)
        assert not wrong, (seed, wrong, trace.faults)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_three_hundred_grey_days_stop_nothing():
    for seed in range(300):
        trace, wrong = through_a_grey_day(chain.scenario, seed, cuts=False)
        assert not wrong, (seed, wrong, trace.faults)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("safeguard", chain.SAFEGUARDS)
def test_without_each_safeguard_some_storm_breaks_it(safeguard):
    seed = first_hit(safeguard, range(3000))
    print(f"without {safeguard!r}: seed {seed}")
    assert seed is not None


# The four beside each other


@pytest.fixture(scope="module")
def rows():
    return {row["replication"]: row for row in supervising.compare()}


def test_a_row_for_each_and_only_the_asynchronous_one_loses_anything(rows):
    assert list(rows) == ["async", "semi-sync", "sync", "chain"]
    assert {name for name, row in rows.items() if row["writes lost"]} == {"async"}


def test_a_write_takes_one_round_trip_to_the_primary_and_one_more_to_the_backups(rows):
    took = {name: row["a write takes, s"] for name, row in rows.items()}
    assert took["async"] < 2 * supervising.NEAR + 0.01
    for name in (
        "semi-sync",
        "sync",
        "chain",
    ):  # a chain of three: to the head, two links on, back from the tail
        assert 2 * supervising.LAG < took[name] - 2 * supervising.NEAR < 2 * supervising.LAG + 0.01


def test_all_send_the_same_messages_for_a_write_of_three_replicas(rows):
    """Request and reply, a copy to each of the two others, and word of it back."""
    assert all(6 <= row["messages a write"] < 6.3 for row in rows.values())


def test_a_failover_is_noticing_deciding_copying_and_the_clients_finding_out(rows):
    for name, system in supervising.systems().items():
        found = supervising.recovery(system.run(supervising.THE_FIRST_DIES))
        assert (
            0.4
            < found.noticed
            <= found.decided
            < found.begun
            < found.served
            <= rows[name]["without service, s"] + 0.07
        )
        assert found.back == 2.0
        assert found.back < found.healed < 2.5


def test_when_a_backup_dies_sync_waits_for_the_next_view_and_semi_sync_does_not():
    rows = {
        row["replication"]: row["without service, s"] for row in supervising.compare(supervising.ANOTHER_DIES)
    }
    assert rows["async"] < 0.1
    assert rows["async"] < rows["semi-sync"] < 0.3
    assert 0.4 < rows["sync"] < 0.7
    assert 0.4 < rows["chain"] < 0.7


def test_async_loses_the_rate_times_the_lag():
    for _, rate, expected, lost in supervising.lost_by_lag([0.01, 0.1, 0.2], times=5):
        assert 40 < rate < 45
        assert abs(lost - expected) < 0.6


def test_a_lag_at_which_a_primary_gives_its_backups_up_is_refused():
    # Without their backups even synchronous primaries answer at once, and nobody can be promoted.
    for lag in (0.3, 2.0, -0.1, float("nan")):
        with pytest.raises(ValueError, match=f"from 0 to below 0.3, not {lag}"):
            supervising.compare(lag=lag)
    sync = supervising.systems(lag=0.29)["sync"].run()
    assert median(call.took for call in calls(sync) if call.answered) > 2 * 0.29


def test_semi_sync_loses_nothing_at_any_lag():
    assert [lost for *_, lost in supervising.lost_by_lag([0.05, 0.2], "semi-sync", times=3)] == [0, 0]


def test_where_nobody_crashed_there_is_nothing_to_recover_from():
    with pytest.raises(ValueError, match="nobody crashed"):
        supervising.recovery(primary_backup.scenario().run())


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="hope"):
        chain.scenario(safeguards=ALL | {"hope"})
    with pytest.raises(ValueError, match="1 to 5 replicas, an int, not 0"):
        chain.scenario(0)
    with pytest.raises(ValueError, match="'s3' is none of them"):
        chain.scenario(clients={"ann": (("s3",), (WRITE,))})
    with pytest.raises(ValueError, match="not True"):
        chain.scenario(True)
    with pytest.raises(ValueError, match="'hope' is none of them"):
        supervising.lost_by_lag([0.1], mode="hope")
    assert supervising.lost_by_lag([0.1], mode="chain", times=1)[0].lost == 0
    with pytest.raises(ValueError, match="think is in seconds, above 0, not 0"):
        supervising.systems(think=0)
    with pytest.raises(ValueError, match="times is how many runs there are, 1 or more, not 0"):
        supervising.lost_by_lag([0.1], times=0)
