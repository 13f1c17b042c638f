"""Our own primary-backup as processes: what a real crash costs, and that it is what the simulation says."""

import pytest
from processes import is_running

from course_lib.replication import live, supervising
from course_lib.replication.customers import judged
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Crash, Partition
from course_lib.sim.serve import Served

LAG = 0.2  # seconds: so long that a copy is still on its way when the primary dies


@pytest.mark.parametrize("mode", ["sync", "semi-sync"])
def test_what_backups_had_before_the_answer_outlives_a_killed_primary(mode):
    found = live.failover(mode)
    assert (found.lost, found.judgement) == (0, "")
    assert leader_at_the_crash(found.trace) == found.killed  # on a busy machine it may be the second already
    assert found.recovery.noticed <= found.recovery.decided <= found.recovery.begun
    assert found.recovery.back < found.recovery.healed
    last = found.trace.nodes[VIEWS].disk["view"]
    assert found.killed in last.members
    logs = [found.trace.nodes[name].disk["copy"].log for name in last.members]
    shortest = min(map(len, logs))
    assert len({log[:shortest] for log in logs}) == 1 and shortest > 10
    assert_the_clients_view_is_that_of_the_trace(found)


def leader_at_the_crash(trace):
    crash = next(event.time for event in trace.events if event.kind == "crash")
    sent = [event for event in trace.events if event.kind == "send" and event.node == VIEWS]
    views = [event.message for event in sent if event.time < crash and isinstance(event.message, View)]
    return views[-1].leader


def assert_the_clients_view_is_that_of_the_trace(found):
    assert found.service.name == found.mode
    assert len(found.service.answers) == found.acknowledged
    assert round(found.service.without_service, 3) == found.without_service
    assert list(found.service.moments) == sorted(found.service.moments)
    words = [what for _, what in found.service.moments]
    assert words[0] == f"{found.killed} dies" and words[-1] == f"{found.killed} has caught up"


def test_an_asynchronous_primary_that_dies_takes_acknowledged_writes_with_it():
    found = live.failover("async", LAG)
    assert found.lost > 0
    # The client that was answered last reads next what it has written, and the new primary never had it.
    assert "returned" in found.judgement


def test_where_only_the_process_dies_what_it_has_sent_arrives():
    assert live.failover("async", machine=False).lost == 0


@pytest.mark.parametrize(("mode", "loses"), [("async", True), ("semi-sync", False), ("sync", False)])
def test_the_same_system_simulated_loses_in_the_same_mode(mode, loses):
    others = set(live.system(mode).nodes) - {"s1"}
    faults = [Crash("s1", at=1.0, until=3.0), Partition({"s1"}, others, at=1.0, until=3.0)]
    system = live.system(mode, LAG)
    system.until = 5.0
    trace, wrong = judged(system, faults, ends=False)
    assert bool(supervising.lost_writes(trace)) == bool(wrong) == loses


def test_no_process_outlives_a_failure(monkeypatch):
    pids = []

    def fails(served, node):
        pids.extend(served.pid(name) for name in served.addresses)
        raise KeyboardInterrupt

    monkeypatch.setattr(Served, "restart", fails)
    with pytest.raises(KeyboardInterrupt):
        live.failover("sync")
    assert len(pids) == 7 and not any(map(is_running, pids))


def test_what_cannot_be_is_said_before_a_process_starts():
    with pytest.raises(ValueError, match=r"from 0 to below 0\.3, not 0\.5"):
        live.failover("sync", lag=0.5)
    with pytest.raises(ValueError, match="1 or more, not 0"):
        live.failover(before=0)
    with pytest.raises(ValueError, match="'both' is none of them"):
        live.failover("both")
