"""Four ways to replicate beside each other: one fault script, and what a failure costs each of them.

The supervisor is the view service: it notices that a replica is silent, promotes another, and takes back who returns,
and no person has a hand in it. All is counted in one way, from the trace of a run:

- *a write takes*: the median, in seconds, in a run without faults.
- *messages a write*: all between clients and replicas, in a run without faults; signs of life are not counted.
- *without service*: the longest time in which no client got an answer, in seconds. What is promised of it is called
  the recovery time objective, RTO.
- *writes lost*: acknowledged, and gone in the end. What is promised is a time, the recovery point objective, RPO: how
  far back one may be thrown. Here it is the lag, and as many writes are lost as are acknowledged in it.
- *messages*: all that were sent in the run with the faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise, permutations
from statistics import mean, median
from typing import Any, NamedTuple

from course_lib.replication import chain, primary_backup
from course_lib.replication.customers import lost_writes
from course_lib.replication.replicas import LONGEST
from course_lib.replication.storms import CLIENTS, REPLICAS
from course_lib.replication.views import VIEWS, Close, Ping, View
from course_lib.sim import Crash, Event, Fault, Network, Partition, Returned, Scenario, Trace, calls


def machine_dies(node: str, at: float = 1.0, until: float = 3.0) -> tuple[Fault, ...]:
    """The machine stops and starts again later, in seconds. What it has sent and has not arrived is lost with it.

    (Of a process that crashes, what it has sent still arrives: it is in the network, or in its machine's buffers.)
    """
    others = {*REPLICAS, *CLIENTS, VIEWS} - {node}
    return Crash(node, at=at, until=until), Partition({node}, others, at=at, until=until)


THE_FIRST_DIES = machine_dies("s1")
"""The primary, or the head of the chain."""
ANOTHER_DIES = machine_dies("s2")
"""A backup, or the middle of the chain."""
THE_LAST_DIES = machine_dies("s3")
"""A backup, or the tail of the chain."""

UNTIL = 5.0  # seconds
LAG = 0.05  # seconds from replica to replica
NEAR = 0.01  # seconds from anybody to anybody else
FARTHER = 0.002  # seconds from each client to the replicas more than from the one before: so they do not walk in step
ANSWER = NEAR + FARTHER * (len(CLIENTS) - 1) / 2  # seconds from a replica to a client, on average


def systems(lag: float = LAG, think: float = 0.05, until: float = UNTIL) -> dict[str, Scenario]:
    """The four by name, each of three replicas, with three clients that write all the time, each to its own key.

    Args:
        lag: how long a message from replica to replica takes, in seconds.
        think: how long a client waits after each answer, in seconds.

    Raises ValueError for a lag below 0, or so long that a primary complains of backups that are only far away and is
    left alone in its view; and for a pause that is not above 0.
    """
    check_lag(lag)
    if not 0 < think <= until:
        raise ValueError(f"think is in seconds, above 0, not {think!r}")
    links = {link: {"latency": lag} for link in permutations(REPLICAS, 2)}
    for number, client in enumerate(CLIENTS):
        links |= {(client, name): {"latency": NEAR + FARTHER * number} for name in REPLICAS}
    options: dict[str, Any] = {
        "clients": {
            name: (REPLICAS, [("write", name, n) for n in range(round(until / think))]) for name in CLIENTS
        },
        "network": Network(latency=NEAR, links=links),
        "timeout": 4 * (NEAR + lag),  # a chain of three takes 2 * (NEAR + lag)
        "retries": 1000,
        "think": think,
        "until": until,
        "invariants": (),
    }
    found = {mode: primary_backup.scenario(3, mode=mode, **options) for mode in primary_backup.MODES}
    return found | {"chain": chain.scenario(3, **options)}


def check_lag(lag: float) -> None:
    """Raises ValueError for a lag at which nothing of this can be measured."""
    if not 0 <= lag < LONGEST:
        raise ValueError(
            f"lag is in seconds, from 0 to below {LONGEST:g}, not {lag!r}: from there on a primary takes a backup that "
            "is only far away for one that does not answer"
        )


def compare(faults: Iterable[Fault] = THE_FIRST_DIES, lag: float = LAG) -> list[dict[str, Any]]:
    """A row for each of the four: what it costs while all is well, and what these faults do to it."""
    faults = tuple(faults)
    rows = []
    for name, system in systems(lag).items():
        usual, under = system.run(), system.run(faults)
        answered = [call.took for call in calls(usual) if call.answered]
        rows.append(
            {
                "replication": name,
                "a write takes, s": round(median(answered), 3),
                "messages a write": round(_working(usual) / len(answered), 1),
                "without service, s": without_service(under),
                "writes lost": len(lost_writes(under)),
                "messages": sum(event.kind == "send" for event in under.events),
            }
        )
    return rows


def without_service(trace: Trace) -> float:
    """The longest time in which no client got an answer, in seconds; to the end of the run, where one still waits."""
    times = [0.0, *(event.time for event in trace.events if isinstance(event.message, Returned))]
    if any(call.ended is None for call in calls(trace)):
        times.append(trace.end)
    return round(max(after - before for before, after in pairwise(times)), 3)


def _working(trace: Trace) -> int:
    sent = [event for event in trace.events if event.kind == "send"]
    return sum(VIEWS not in (event.node, event.peer) for event in sent)


@dataclass(frozen=True)
class Recovery:
    """When what happened after a crash, in seconds from it; None: it did not happen."""

    noticed: float | None
    """The view service suspects the node: it makes a view, or closes one."""
    decided: float | None
    """There is a view without the node."""
    begun: float | None
    """Its leader has said that all its members have its log."""
    served: float | None
    """A client has an answer to what it asked for after the crash."""
    back: float | None
    """The node has started again."""
    healed: float | None
    """It is a member of a view that has begun: it has caught up."""


def recovery(trace: Trace) -> Recovery:
    """How the first crash of a run was got over. ValueError where nobody crashed."""
    crash = next((event for event in trace.events if event.kind == "crash"), None)
    if crash is None:
        raise ValueError("nobody crashed in this run, so there is nothing to recover from")
    node, views = crash.node, {}
    for event in trace.events:
        if event.kind == "send" and event.node == VIEWS and isinstance(event.message, View):
            views[event.message.number] = event.message.members
    since = [event for event in trace.events if event.time > crash.time]
    asked = {(call.client, call.id) for call in calls(trace) if call.begun > crash.time}

    def first(matches: Callable[[Event], bool], events: list[Event] = since) -> float | None:
        return next((round(event.time - crash.time, 3) for event in events if matches(event)), None)

    def begins(event: Event) -> bool:
        said = event.message
        return event.kind == "deliver" and event.node == VIEWS and isinstance(said, Ping) and said.begun

    def changes(event: Event) -> bool:
        sent = event.kind == "send" and event.node == VIEWS and isinstance(event.message, View)
        return sent and node not in event.message.members

    def served(event: Event) -> bool:
        return isinstance(event.message, Returned) and (event.node, event.message.id) in asked

    restart = next((event.time for event in since if event.kind == "restart" and event.node == node), None)
    later = [event for event in since if restart is not None and event.time >= restart]
    return Recovery(
        noticed=first(lambda event: isinstance(event.message, Close) or changes(event)),
        decided=first(changes),
        begun=first(lambda event: begins(event) and node not in views.get(event.message.view, (node,))),
        served=first(served),
        back=None if restart is None else round(restart - crash.time, 3),
        healed=first(lambda event: begins(event) and node in views.get(event.message.view, ()), later),
    )


class Lost(NamedTuple):
    """What the death of a primary costs at some lag, on average over some runs."""

    lag: float
    """Seconds from replica to replica."""
    rate: float
    """Writes acknowledged a second, by all clients together."""
    expected: float
    """Of an asynchronous primary: rate x (lag - the time that an answer takes). A write is lost when its answer has
    arrived and its copy has not, and both set off together."""
    lost: float
    """Writes that were acknowledged, and are gone."""


def lost_by_lag(lags: Iterable[float], mode: str = "async", times: int = 10) -> list[Lost]:
    """A row for each lag, in seconds. The machine of the primary dies a little later in each of `times` runs.

    Args:
        mode: one of `systems`.

    Raises ValueError for another, for a lag that `systems` refuses, and for no run at all.
    """
    if type(times) is not int or times < 1:
        raise ValueError(f"times is how many runs there are, 1 or more, not {times!r}")
    if mode not in (known := systems()):
        raise ValueError(f"the modes are {', '.join(known)}; {mode!r} is none of them")
    found = []
    for lag in lags:
        acknowledged, lost = [], []
        for number in range(times):
            at = 1.0 + 0.017 * number
            trace = systems(lag, until=at + 1)[mode].run(machine_dies("s1", at, until=at + 1))
            before = sum(isinstance(event.message, Returned) and event.time <= at for event in trace.events)
            acknowledged.append(before / at)
            lost.append(len(lost_writes(trace)))
        rate = mean(acknowledged)
        found.append(Lost(lag, round(rate, 1), round(rate * max(0.0, lag - ANSWER), 1), round(mean(lost), 1)))
    return found
