"""The stores of chapter 02 keep what they promise, and break what they do not."""

import pytest

from course_lib.clocks import VectorClock
from course_lib.consistency import History, KeyValue, is_linearizable, judge, stores
from course_lib.consistency.causal_store import SAFEGUARDS, CausalReplica, Update, scenario, without
from course_lib.sim import Client, ClockSkew, Network, Node, Partition, Reply, Request, Scenario, calls

SEEDS = range(60)


def history(store, seed, faults=(), roam=False, jitter=0.1):
    """What three busy clients saw of a store, each at its own replica."""
    work = stores.busy(seed)
    clients = {
        name: (stores.REPLICAS if roam else home, work[name])
        for name, home in zip(work, stores.REPLICAS, strict=True)
    }
    network = Network(jitter=jitter)
    system = stores.scenario(
        store, clients, replicas=stores.REPLICAS, network=network, seed=seed, roam=roam, think=0.02
    )
    return History.from_trace(system.run(faults))


def broken(store, **options):
    """The models that some run breaks."""
    found = set()
    for seed in SEEDS:
        found |= {
            level
            for level, verdict in judge(history(store, seed, **options), KeyValue()).items()
            if verdict.holds is False
        }
    return found


def test_a_store_that_asks_one_copy_breaks_nothing():
    assert broken(stores.Consistent) == set()


def test_backups_that_lag_break_real_time_and_for_clients_that_roam_what_they_saw_before():
    assert "linearizable" in broken(stores.PrimaryAndBackups)
    assert broken(stores.PrimaryAndBackups, roam=True) >= {"linearizable", "causal", "monotonic reads"}


def test_replicas_that_keep_what_comes_last_may_stay_apart_for_ever():
    assert "eventual" in broken(stores.Anywhere)


def test_last_writer_wins_converges_under_any_skew():
    assert "eventual" not in broken(stores.LastWriterWins)
    assert "eventual" not in broken(stores.LastWriterWins, faults=[ClockSkew("east", offset=0.3)])


def test_a_clock_that_is_ahead_makes_a_later_acknowledged_write_vanish():
    work = {
        "ann": ("east", [("write", "x", 1)]),
        "bob": ("west", [("read", "x")] * 2 + [("write", "x", 2), ("read", "x")]),
    }
    system = stores.scenario(stores.LastWriterWins, work, think=0.03)
    assert [one.result for one in History.from_trace(system.run()).of("bob")] == [None, 1, None, 2]
    trace = system.run([ClockSkew("east", offset=0.2)])
    assert [one.result for one in History.from_trace(trace).of("bob")] == [None, 1, None, 1]
    assert [trace.nodes[name].values["x"] for name in ("east", "west")] == [1, 1]
    assert all(call.answered for call in calls(trace))


def test_the_causal_store_is_causal_and_need_not_converge():
    assert broken(CausalReplica) <= {"linearizable", "sequential", "eventual"}
    assert "sequential" in broken(CausalReplica)


@pytest.mark.parametrize("safeguard", SAFEGUARDS)
def test_something_breaks_without_each_safeguard_of_the_causal_store(safeguard):
    assert without(safeguard)


def test_an_update_waits_for_what_its_writer_had_seen():
    class Replica(CausalReplica):
        def on_start(self):
            super().on_start()
            self.replicas = ("east", "north", "west")

    class Clock(Node):
        def on_start(self):
            self.send("west", Update("y", "answer", VectorClock(east=1, north=1)))

    trace = Scenario({"west": Replica, "north": Clock, "east": Node}).run()
    assert trace.nodes["west"].values == {}
    assert len(trace.nodes["west"].waiting) == 1


def test_safeguards_are_switched_off_one_at_a_time():
    with pytest.raises(ValueError, match="one safeguard at most"):
        scenario(frozenset())


class TestWhenTheNetworkSplits:
    CUT = Partition({"ann", "east"}, {"bob", "west"}, at=0.5, until=1.5)

    def run(self, store):
        writes = [("write", "x", value) for value in range(1, 41)]
        work = {"ann": ("east", writes), "bob": ("west", [("read", "x")] * 40)}
        return stores.scenario(store, work, think=0.03, timeout=0.3).run([self.CUT])

    def test_who_chose_consistency_is_silent_and_right(self):
        trace = self.run(stores.Consistent)
        assert {call.client for call in calls(trace) if not call.answered} == {"bob"}
        assert is_linearizable(History.from_trace(trace), KeyValue())

    def test_who_chose_availability_answers_and_is_wrong(self):
        trace = self.run(stores.Available)
        assert all(call.answered for call in calls(trace))
        assert not is_linearizable(History.from_trace(trace), KeyValue())


def test_a_late_answer_of_the_primary_is_not_given_twice():
    network = Network(links={("west", "east"): {"latency": 0.2}})
    work = {"bob": ("west", [("cas", "x", None, 1), ("read", "x")])}
    trace = stores.scenario(stores.Available, work, network=network).run()
    assert sum(event.kind == "deliver" and event.node == "bob" for event in trace.events) == 2


def test_compare_and_set_writes_only_where_the_value_is_as_expected():
    work = {
        "ann": ("east", [("cas", "x", None, 1), ("cas", "x", None, 2), ("cas", "x", 1, 3), ("read", "x")])
    }
    trace = stores.scenario(stores.SingleCopy, work, replicas=("east",)).run()
    assert [call.result for call in calls(trace)] == [True, False, True, 3]


def test_a_client_of_a_stranger_is_an_error_that_names_the_replicas():
    with pytest.raises(ValueError, match=r"ann asks \['nord'\]; the replicas are east, west"):
        stores.scenario(stores.SingleCopy, {"ann": ("nord", [])})


def test_no_value_of_the_busy_clients_is_written_twice():
    for seed in range(20):
        written = [op[1:] for mine in stores.busy(seed).values() for op in mine if op[0] == "write"]
        assert len({value for _, value in written}) == len(written)


class Echo(Node):
    def on_message(self, sender, message):
        match message:
            case Request(id, _):
                self.send(sender, Reply(id, self.name))


class TestTheClient:
    def test_asks_the_next_server_with_each_operation_when_it_roams(self):
        client = lambda: Client(["work"] * 4, ("a", "b", "c"), roam=True)  # noqa: E731
        trace = Scenario({"client": client, "a": Echo, "b": Echo, "c": Echo}).run()
        assert [call.result for call in calls(trace)] == ["a", "b", "c", "a"]

    def test_thinks_between_operations_and_not_after_the_last(self):
        client = lambda: Client(["work"] * 3, "a", think=1.0)  # noqa: E731
        trace = Scenario({"client": client, "a": Echo}).run()
        assert [round(call.begun, 2) for call in calls(trace)] == [0, 1.02, 2.04]
        assert round(trace.end, 2) == 2.06

    def test_refuses_to_think_for_a_negative_time(self):
        with pytest.raises(ValueError, match="think is a time"):
            Client([], "a", think=-1)
