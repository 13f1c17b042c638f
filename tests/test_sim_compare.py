"""Sweeps over seeds, failing runs cut down to what matters, and clients that write down what they saw."""

import pytest

from course_lib.messaging import delivery
from course_lib.sim import (
    Client,
    Crash,
    Delay,
    Drop,
    Duplicate,
    Network,
    Node,
    Partition,
    Reply,
    Request,
    Scenario,
    calls,
)

WILD = Network(jitter=0.5, loss=0.2, duplicate=0.2)
FORGETFUL = delivery.ALL - {"requests remembered"}


class Server(Node):
    def on_message(self, sender, message):
        match message:
            case Request(id, operation):
                self.send(sender, Reply(id, operation.upper()))
            case _:
                self.unexpected(sender, message)


def asking(operations, servers="server", network=None, **options):
    nodes = {"client": lambda: Client(operations, servers, **options), "server": Server, "spare": Server}
    return Scenario(nodes, network=network)


class TestSweep:
    def test_it_says_how_many_passed_and_which_failed_first(self):
        swept = delivery.scenario(FORGETFUL, network=WILD).sweep(20)
        assert str(swept) == f"{swept.passed} of 20, first failing seed {swept.first_failing}"
        assert swept.first.violated == "nothing_twice"
        assert swept.first.seed == swept.first_failing
        assert set(swept.failures.values()) == {"nothing_twice"}
        assert not swept.ok

    def test_it_names_where_the_first_failure_parts_from_the_last_success_before_it(self):
        scenario = delivery.scenario(delivery.ALL - {"record on disk"}, network=WILD)
        swept = scenario.sweep(60, faults=lambda seed: [Crash("bank", at=seed / 20, until=seed / 20 + 1)])
        assert swept.first_failing > 0
        assert swept.parting.startswith(f"seed {swept.first_failing - 1}: they part at event ")

    def test_where_nothing_passed_before_it_is_the_first_success_after_it(self):
        swept = delivery.scenario(FORGETFUL, network=WILD).sweep(20)
        assert swept.first_failing == 0
        passing = next(seed for seed in range(20) if seed not in swept.failures)
        assert swept.parting.startswith(f"seed {passing}: they part at event ")

    def test_all_passed_reads_so(self):
        swept = delivery.scenario(network=WILD).sweep(["a", "b", 3])
        assert (str(swept), swept.ok, swept.first, swept.first_failing) == ("3 of 3", True, None, None)

    def test_a_script_may_depend_on_the_seed(self):
        scenario = delivery.scenario(delivery.ALL - {"record on disk"}, network=WILD)
        swept = scenario.sweep(60, faults=lambda seed: [Crash("bank", at=seed / 20, until=seed / 20 + 1)])
        assert 0 < len(swept.failures) < 60
        assert swept.first.faults[0].node == "bank"

    def test_no_seed_at_all_is_an_error(self):
        with pytest.raises(ValueError, match="a seed or more"):
            delivery.scenario().sweep(0)


class TestShrink:
    def test_only_the_faults_that_matter_are_left(self):
        script = [
            Drop("bank>ann#1"),
            Partition({"ann"}, {"bank"}, at=40, until=41),
            Delay("ann>bank#2", by=0.1),
            Crash("bank", at=30, until=31),
        ]
        shrunk = delivery.scenario(FORGETFUL).shrink(script)
        assert shrunk.faults == (Drop("bank>ann#1"),)
        assert shrunk.trace.violated == "nothing_twice"
        assert str(shrunk).startswith("1 of 4 faults matter: [Drop('bank>ann#1')]")
        assert "ann>bank#2" in str(shrunk)

    def test_what_chance_did_becomes_faults_and_is_cut_down_too(self):
        scenario = delivery.scenario(FORGETFUL, network=WILD)
        seed = scenario.sweep(20).first_failing
        shrunk = scenario.shrink(seed=seed)
        assert len(shrunk.faults) == 1
        assert isinstance(shrunk.faults[0], Drop | Duplicate)
        assert len(shrunk.tried) >= 1

    def test_none_of_what_is_left_can_go(self):
        scenario = delivery.scenario(delivery.ALL - {"record on disk"})
        script = [
            Drop("bank>ann#1"),
            Crash("bank", at=0.5, until=0.6),
            Drop("ann>bank#2"),
            Drop("bank>ann#2"),
        ]
        shrunk = scenario.shrink(script)
        for fault in shrunk.faults:
            rest = [other for other in shrunk.faults if other != fault]
            assert scenario.run(rest).violated is None

    def test_a_run_that_breaks_nothing_is_an_error(self):
        with pytest.raises(ValueError, match="nothing to shrink"):
            delivery.scenario().shrink()


class TestClient:
    def test_it_works_through_its_operations_in_order(self):
        found = calls(asking(["a", "b"]).run())
        assert [(call.id, call.operation, call.result, call.answered) for call in found] == [
            (1, "a", "A", True),
            (2, "b", "B", True),
        ]
        assert found[0].took == pytest.approx(0.02)

    def test_a_lost_reply_is_unknown_and_the_next_operation_goes_on(self):
        found = calls(asking(["a", "b"]).run([Drop("server>client#1")]))
        assert [(call.answered, call.result) for call in found] == [(False, None), (True, "B")]
        assert found[0].took == pytest.approx(1.0)

    def test_a_retry_asks_the_next_server_under_the_same_id(self):
        trace = asking(["a"], ["server", "spare"], retries=1).run([Drop("client>server#1")])
        sent = [(event.peer, event.message) for event in trace.events if event.kind == "send"][:2]
        assert sent == [("server", Request(1, "a")), ("spare", Request(1, "a"))]
        assert calls(trace)[0].result == "A"

    def test_a_late_reply_answers_no_other_operation(self):
        found = calls(asking(["a", "b"]).run([Delay("server>client#1", by=1.0)]))
        assert [(call.answered, call.result) for call in found] == [(False, None), (True, "B")]

    def test_a_client_that_restarts_does_not_know_what_became_of_its_operation(self):
        found = calls(asking(["a", "b"]).run([Crash("client", at=0.015, until=3)]))
        assert [(call.answered, call.result) for call in found] == [(False, None), (True, "B")]

    def test_an_operation_whose_end_is_not_in_the_trace_has_none(self):
        trace = asking(["a"], network=Network(latency=50)).run()
        assert calls(trace)[0].ended == 1.0
        crashed = calls(asking(["a"]).run([Crash("client", at=0.015)]))
        assert (crashed[0].ended, crashed[0].took) == (None, float("inf"))

    def test_nonsense_is_refused(self):
        with pytest.raises(ValueError, match="servers is empty"):
            Client(["a"], [])
        with pytest.raises(ValueError, match="timeout is a time in seconds, above 0"):
            Client(["a"], "server", timeout=0)
        for retries in (-1, 1.5):
            with pytest.raises(ValueError, match=f"more tries there are, 0 or more, not {retries}"):
                Client(["a"], "server", retries=retries)

    def test_every_outcome_is_reported_in_every_schedule(self):
        def no_two_ends(world):
            ends = [(node, value.id) for node, value in world.reports if type(value).__name__ != "Invoked"]
            return len(ends) == len(set(ends)) or f"two ends: {ends}"

        scenario = asking(["a", "b"], retries=1)
        scenario = Scenario(scenario.nodes, invariants=[no_two_ends])
        assert scenario.explore(losses=1, crashes=1, timeouts=2).ok
