"""Our own primary-backup as processes: its primary killed by the operating system while clients write and read.

    failover("async")
    failover("sync")

The nodes are those of `primary_backup`, unchanged, each a process of its own, over TCP on loopback. The view service
notices, promotes and takes back; no person helps. What is measured is read from the trace, as in a simulated run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from course_lib.consistency import History, KeyValue, is_linearizable
from course_lib.replication import primary_backup
from course_lib.replication.customers import Reports, lost_writes
from course_lib.replication.service import Service, from_trace
from course_lib.replication.storms import CLIENTS, REPLICAS
from course_lib.replication.supervising import LAG, NEAR, Recovery, check_lag, recovery, without_service
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Invoked, Network, Returned, Scenario, Trace, calls
from course_lib.sim.serve import Served

OPERATIONS = 400  # of each client: more than it comes to
THINK = 0.05  # seconds
PATIENCE = 60.0  # seconds after which what should have happened is taken for a failure


@dataclass(frozen=True)
class LiveFailover:
    """What one failover cost; times in seconds. The numbers mean what they mean in `supervising`."""

    mode: str
    killed: str
    """The primary: a process that got SIGKILL."""
    lost: int
    """Writes that were acknowledged, and that are not in the log of whoever leads in the end."""
    judgement: str
    """Chapter 02's judge about what the clients saw: "" if it is linearizable, else a sentence."""
    without_service: float
    recovery: Recovery
    acknowledged: int
    """Operations, in all."""
    trace: Trace = field(repr=False)

    @property
    def service(self) -> Service:
        """What the clients saw, for a picture."""
        return from_trace(self.mode, self.trace)


def system(mode: str, lag: float = LAG, seed: int = 0) -> Scenario:
    """Three replicas, and three clients that write and read by turns, each its own key.

    Args:
        lag: how long a message from replica to replica takes, in seconds, on top of what the sockets do.

    Raises ValueError for one so long that a backup seems not to answer, and for an unknown mode.
    """
    check_lag(lag)
    operations = {
        name: [step for n in range(OPERATIONS // 2) for step in (("write", name, n), ("read", name))]
        for name in CLIENTS
    }
    links: dict[tuple[str, str], dict[str, Any]] = {
        (one, other): {"latency": lag} for one in REPLICAS for other in REPLICAS if one != other
    }
    return primary_backup.scenario(
        len(REPLICAS),
        mode=mode,
        clients={name: (REPLICAS, done) for name, done in operations.items()},
        network=Network(latency=NEAR, links=links),
        timeout=4 * (NEAR + lag),
        retries=10_000,
        think=THINK,
        seed=seed,
        invariants=(),
    )


def failover(mode: str = "sync", lag: float = LAG, *, machine: bool = True, before: int = 10) -> LiveFailover:
    """Serves the replicas, kills the primary, starts it again; comes back when it has caught up. Takes four seconds.

    Args:
        mode: "async", "semi-sync" or "sync".
        lag: how long a message from replica to replica takes, in seconds.
        machine: whether the machine dies, and what the primary has sent and has not arrived is lost. False: the process
            only, and it arrives.
        before: so many writes are acknowledged before the kill, which follows at once upon the last.

    Raises:
        ValueError: an unknown mode; a lag so long that a backup seems not to answer; a `before` below 1.
        TimeoutError: what should have happened did not within a minute.
    """
    if type(before) is not int or before < 1:
        raise ValueError(f"before is how many writes are acknowledged first, 1 or more, not {before!r}")
    with system(mode, lag).serve("tcp", patience=PATIENCE) as served:
        killed = _when_written(served, before)
        if machine:
            served.partition({killed}, set(served.addresses) - {killed})
        served.kill(killed)
        served.wait(_replaced(killed), PATIENCE)
        _until_answered(served, any)
        served.heal()
        served.restart(killed)
        served.wait(_caught_up(killed), PATIENCE)
        _until_answered(served, all)
    trace = served.trace()
    return LiveFailover(
        mode=mode,
        killed=killed,
        lost=len(lost_writes(trace)),
        judgement=is_linearizable(History.from_trace(trace), KeyValue()).explanation,
        without_service=without_service(trace),
        recovery=recovery(trace),
        acknowledged=sum(call.answered for call in calls(trace)),
        trace=trace,
    )


def _when_written(served: Served, writes: int) -> str:
    """Waits until so many writes are acknowledged; who leads at that moment.

    On a busy machine a replica may be suspected without cause. While the next view has not begun, all hangs on its
    leader, and to kill that one is another experiment: nobody would be promoted.
    """
    leader = ""

    def written(world: Any) -> bool:
        nonlocal leader
        leader = next(iter(_members(world)), "")
        done = [
            report
            for _, report in world.reports
            if isinstance(report, Returned) and report.operation[0] == "write"
        ]
        return bool(leader) and len(done) >= writes

    served.wait(written, PATIENCE)
    return leader


def _members(world: Any) -> tuple[str, ...]:
    """Of the view of the moment, the leader first, if it has begun: all of them have its log. Else none."""
    disk = world.nodes[VIEWS].disk
    view: View | None = disk.get("view")
    return view.members if view and disk["begun"] == view.number else ()


def _replaced(killed: str) -> Callable[[Any], bool]:
    """Whether others have taken over."""

    def replaced(world: Any) -> bool:
        members = _members(world)
        return bool(members) and killed not in members

    return replaced


def _caught_up(killed: str) -> Callable[[Any], bool]:
    """Whether it is a member again."""
    return lambda world: killed in _members(world)


def _until_answered(served: Served, who: Callable[[Iterable[bool]], bool]) -> None:
    """Until any client, or all, have had an answer to something that they have asked for from now on."""
    begun: dict[str, int] = {}

    def answered(world: Any) -> bool:
        if not begun:
            begun.update(_latest(world.reports, Invoked))
        done = _latest(world.reports, Returned)
        return who(done.get(name, 0) > begun.get(name, 0) for name in CLIENTS)

    served.wait(answered, PATIENCE)


def _latest(reports: Reports, kind: type[Invoked] | type[Returned]) -> dict[str, int]:
    """Of each client the id of the last operation that it has begun, or had an answer to."""
    return {name: report.id for name, report in reports if isinstance(report, kind)}
