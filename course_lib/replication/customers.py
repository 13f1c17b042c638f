"""The clients of replicas, and what they saw: is it linearizable, and what became of what was acknowledged?

The judges are chapter 02's. In an exploration there are no times, but an order of reports, and that is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from numbers import Real
from typing import Any, NamedTuple

from course_lib.consistency import History, KeyValue, Operation, is_linearizable
from course_lib.replication.logs import perform
from course_lib.replication.members import log_of
from course_lib.replication.views import VIEWS, View
from course_lib.safeguards import what_broke
from course_lib.sim import Client, Fault, Invoked, Returned, Scenario, Trace, Unknown, calls

Reports = tuple[tuple[str, Any], ...]
"""What clients reported, in order, each with the client's name."""


class Customer(Client):
    """A client that asks first who helped it last: after a failover it does not knock at the old primary each time.

    Args are those of `course_lib.sim.Client`, and:
        readers: whom to ask for reads, in this order; the `servers`, where there are none.
    """

    def __init__(
        self,
        operations: Iterable[tuple[Any, ...]],
        servers: str | Sequence[str],
        readers: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(operations, servers, **options)
        self.writers, self.readers = self.servers, tuple(readers) or self.servers

    def _try(self) -> None:
        self.servers = self.readers if self._reads() else self.writers
        super()._try()

    def _end(self, how: Returned | Unknown) -> None:
        if isinstance(how, Returned):
            helped = self.tries % len(self.servers)
            order = self.servers[helped:] + self.servers[:helped]
            if self._reads():
                self.readers = order
            else:
                self.writers = order
        super()._end(how)

    def _reads(self) -> bool:
        return bool(self.operations[self.id - 1][0] == "read")


def history_of(reports: Reports) -> History:
    """The history that clients reported; times are the places of the reports."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for time, (client, report) in enumerate(reports):
        match report:
            case Invoked(id, operation):
                found[client, id] = {"process": client, "start": time, **_fields(operation)}
            case Returned(id, _, result):
                found[client, id] |= {"end": time, "result": result}
    return History(Operation(**fields) for fields in found.values())


def _fields(operation: tuple[Any, ...]) -> dict[str, Any]:
    kind, key, *values = operation
    return {"kind": kind, "key": key, "value": tuple(values) if kind == "cas" else (*values, None)[0]}


def linearizable(world: Any) -> bool | str:
    """Safety: all clients together saw what one copy could have answered."""
    return _explained(world.reports) or True


@lru_cache(100_000)
def _explained(reports: Reports) -> str:
    return is_linearizable(history_of(reports), KeyValue()).explanation


def nothing_acknowledged_is_lost(world: Any) -> bool | str:
    """Safety: what a client was told is written is in the log of whoever leads the newest view, up or down."""
    if "view" not in world.nodes[VIEWS].disk:
        return True  # it has crashed before it began
    leader = world.nodes[VIEWS].disk["view"].leader
    for client, id, operation in _lost(world.reports, world.nodes[leader]):
        return f"{client} was answered that {operation!r}, its request {id}, is done; {leader} leads, and lacks it"
    return True


def lost_writes(trace: Trace) -> list[tuple[str, int, Any]]:
    """Acknowledged writes that are not in the log of whoever leads in the end: (client, id, operation)."""
    nodes = trace.nodes
    return _lost(trace.reports, nodes[nodes[VIEWS].disk["view"].leader])


def _lost(reports: Reports, leader: Any) -> list[tuple[str, int, Any]]:
    kept = {(entry.client, entry.id) for entry in log_of(leader)}
    return [
        (client, report.id, report.operation)
        for client, report in reports
        if isinstance(report, Returned)
        and report.operation[0] != "read"
        and report.result is not False
        and (client, report.id) not in kept
    ]


def judged(
    system: Scenario, faults: Iterable[Fault] = (), seed: int | None = None, ends: bool = True
) -> tuple[Trace, str]:
    """A run, and what went wrong in it: a sentence, empty where nothing did. The history is judged by its real times.

    Nothing went wrong: no acknowledged write is lost, what clients saw is linearizable, and, if `ends`, none of them
    still waits in the end.
    """
    worlds: list[Any] = [None]

    def watched(world: Any) -> bool:
        worlds[0] = world  # of a trace the last states can be had too, but for a second run
        return True

    watching = Scenario(system.nodes, network=system.network, invariants=[watched], until=system.until)
    trace = watching.run(faults, seed=system.seed if seed is None else seed)
    return trace, _wrong(trace, worlds[0], ends)


def _wrong(trace: Trace, world: Any, ends: bool) -> str:
    kept = nothing_acknowledged_is_lost(world)
    if isinstance(kept, str):
        return kept
    verdict = is_linearizable(History.from_trace(trace), KeyValue())
    if not verdict:
        return verdict.explanation
    waiting = [call for call in calls(trace) if ends and call.ended is None]
    return (
        f"{waiting[0].client} waits for an answer to {waiting[0].operation!r} to the end" if waiting else ""
    )


Trial = Mapping[str, Any] | tuple[Fault, ...]
"""Options of an exploration, or the faults of a run."""


def what_went_wrong(system: Scenario, trial: Trial) -> str:
    """What an exploration or a run of a system broke; empty where nothing."""
    if isinstance(trial, Mapping):
        return what_broke(system.explore(**trial))
    wrong = judged(system, trial)[1]
    how = f"run with {len(trial)} fault{'s' * (len(trial) > 1)}" if trial else "run"
    return f"{wrong} ({how})" if wrong else ""


Clients = Mapping[str, tuple[str | Sequence[str], Iterable[tuple[Any, ...]]]]
"""Of each client whom it asks, in this order, and what for."""


class Cast(NamedTuple):
    """Who plays in a scenario."""

    names: tuple[str, ...]
    """Of the replicas."""
    first: View
    clients: Mapping[str, tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]]
    grey: Mapping[str, float]


def cast(
    known: tuple[str, ...],
    replicas: int,
    joined: int | None,
    clients: Clients,
    grey: Mapping[str, float] | None,
) -> Cast:
    """So many replicas, the view that they begin with, and their clients. ValueError for what does not fit."""
    if type(replicas) is not int or replicas not in range(1, len(known) + 1):
        raise ValueError(f"there are 1 to {len(known)} replicas, an int, not {replicas!r}")
    if joined is not None and (type(joined) is not int or joined not in range(1, replicas + 1)):
        raise ValueError(f"1 to {replicas} replicas are in the first view, not {joined!r}")
    if not isinstance(clients, Mapping):
        raise ValueError(f"clients is a dict: of each name whom it asks, and for what; not {clients!r}")
    names, grey = known[:replicas], dict(grey or {})
    asking = {name: _asks(name, given) for name, given in clients.items()}
    for name in asking:
        if name in (*names, VIEWS):
            raise ValueError(f"a client cannot be called {name!r}: a replica or the view service is")
    for name in [*(server for servers, _ in asking.values() for server in servers), *grey]:
        if name not in names:
            raise ValueError(f"the replicas are {', '.join(names)}; {name!r} is none of them")
    for name, time in grey.items():
        if not isinstance(time, Real) or not time >= 0:
            raise ValueError(f"{name} is grey from a time in seconds on, 0 or later, not {time!r}")
    return Cast(names, View(1, names[:joined]), asking, grey)


def _asks(name: str, given: Any) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Whom a client asks, and for what. An iterable of operations is read once here, so that each run has them all."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise ValueError(f"{name} needs a pair, whom it asks and a list of operations, not {given!r}")
    servers, operations = given[0], tuple(given[1])
    for operation in operations:
        perform({}, operation)  # refuses what a store does not know
    return (servers,) if isinstance(servers, str) else tuple(servers), operations
