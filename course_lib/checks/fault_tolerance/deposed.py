"""The world of 10.two_primaries: one client writes, another reads, and the primary may be replaced without knowing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from course_lib.replication import primary_backup
from course_lib.replication.customers import Customer, Reports, linearizable
from course_lib.sim import Invoked, Network, Node, Returned, Scenario

REPLICAS = ("s1", "s2")
CLIENTS: dict[str, dict[str, Any]] = {
    "ann": {"operations": [("read", "x")] * 5, "think": 1.3},
    "bob": {"operations": [("write", "x", number) for number in range(1, 21)], "think": 0.2},
}
PATIENCE = 0.25  # seconds after which a client asks the other replica


def nobody_reads_the_past(world: Any) -> bool | str:
    """Safety: clients see what one copy could have answered. Chapter 02's judge says whether; here it is put in words."""
    return linearizable(world) is True or in_words(world.reports)


def in_words(reports: Reports) -> str:
    """What the last read gave, and the newest value that was known of before. Each is written once, in their order."""
    reads = [(who, report) for who, report in reports if _is(report, Returned, "read")]
    client, last = reads[-1]
    asked = reports.index((client, Invoked(last.id, last.operation)))
    before: list[Any] = [one for _, one in reports[:asked]]
    known: list[int] = [one.operation[2] for one in before if _is(one, Returned, "write")]
    known += [one.result or 0 for one in before if _is(one, Returned, "read")]
    return f"{client}'s read {last.id} gave {last.result}, and {max(known)} was there before she asked"


def _is(report: Any, kind: type[Invoked] | type[Returned], operation: str) -> bool:
    return isinstance(report, kind) and bool(report.operation[0] == operation)


def one_leads_at_a_time(world: Any) -> bool | str:
    """To be broken, and no harm by itself."""
    return not primary_backup.two_primaries(world) or "both s1 and s2 believe that they lead"


Watched = Callable[..., bool | str]


def careless(*, stops: bool = True, watched: Watched = nobody_reads_the_past) -> Scenario:
    """The nodes "ann", who reads, "bob", who writes, "views", and the replicas "s1", the first primary, and "s2".

    A primary answers reads out of its own log, without asking its backup.

    Args:
        stops: whether a run ends when a client reads what is out of date. If not, it goes on until 6 s.
        watched: what is judged in place of that.
    """
    return _scenario(primary_backup.ALL - {"reads wait as well"}, [watched] if stops else [])


def careful(*, watched: Watched = nobody_reads_the_past) -> Scenario:
    """The same nodes, with all safeguards: reads wait for the backup, as writes do."""
    return _scenario(primary_backup.ALL, [watched])


def _scenario(safeguards: frozenset[str], invariants: list[Watched]) -> Scenario:
    nodes: dict[str, Callable[[], Node]] = dict(
        primary_backup.scenario(len(REPLICAS), safeguards, clients={}).nodes
    )
    for name, options in CLIENTS.items():
        nodes[name] = partial(Customer, servers=REPLICAS, timeout=PATIENCE, retries=100, **options)
    return Scenario(nodes, network=Network(latency=0.01), invariants=invariants, until=6)
