"""What SWIM's paper promises, measured: how fast the first finds a crash, what it costs, whom it buries alive.

All members begin their periods together here, at 0, 1, 2, ... seconds, so that periods can be counted. In life they do
not: then half a period more lies between a crash and the next period, on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import e
from statistics import fmean

from course_lib.replication.swim import ALL, scenario
from course_lib.replication.swim_member import DEAD, PERIOD, SUSPECT
from course_lib.sim import Crash, Network, Trace

BETWEEN = 8  # periods from one crash of a run to the next: time enough for the first to be found


def first_detections(members: int, crashes: int = 1, *, seed: int = 0) -> list[int]:
    """How many periods until somebody suspects it, for each of several members that crash one after the other.

    A crash falls on the beginning of a period, which counts as the first. Raises ValueError where fewer than two
    members would be left.
    """
    if not 0 < crashes <= members - 2:
        raise ValueError(f"of {members} members 1 to {members - 2} can crash, not {crashes!r}")
    # Halves of a second are no period's beginning; the fault that strikes at a whole one comes before the pings.
    moments = {f"m{number + 1}": (3 + BETWEEN * number) * PERIOD for number in range(crashes)}
    until = max(moments.values()) + BETWEEN * PERIOD
    group = scenario(members, suspicion=2 * BETWEEN, invariants=(), seed=seed, until=until)
    trace = group.run([Crash(name, at=moment) for name, moment in moments.items()])
    first: dict[str, float] = {}
    for time, member in _reported(trace, SUSPECT):
        first.setdefault(member, time)
    return [round((first[name] - moment) / PERIOD) for name, moment in moments.items()]


def expected_detection(members: float = float("inf")) -> float:
    """Periods to the first detection, on average: 1 / (1 - (1 - 1/m) ** m), where m others ping one at random each.

    For large groups e / (e - 1) = 1.58: the paper's, without loss. Here they take turns, which is a little faster in
    small groups. Raises ValueError for fewer than two members.
    """
    if not members >= 2:
        raise ValueError(f"it takes 2 members or more to find a crash, not {members!r}")
    others = members - 1
    missed = 1 / e if others == float("inf") else (1 - 1 / others) ** others
    return 1 / (1 - missed)


@dataclass(frozen=True)
class Load:
    """What a group costs."""

    messages: float
    """Sent by each member in each period, on average: a ping and an answer, and more where messages are lost."""
    most_news: int
    """On one message."""


def load(members: int, *, loss: float = 0.0, periods: int = 30, seed: int = 0) -> Load:
    """What each member sends, in a group in which one crashes half way."""
    group = scenario(members, invariants=(), network=Network(loss=loss), seed=seed, until=periods * PERIOD)
    trace = group.run([Crash("m1", at=periods // 2 * PERIOD)])
    sent = [event.message for event in trace.events if event.kind == "send" and event.time < periods * PERIOD]
    lives = (members - 1) * periods + periods // 2
    return Load(len(sent) / lives, max(len(message.news) for message in sent))


@dataclass(frozen=True)
class Mistakes:
    """How often members that lived were taken for dead."""

    unanswered: float
    """The share of pings after which the pinged became a suspect, or was buried at once."""
    buried: int
    """Members that somebody buried, and that lived."""


def mistakes(
    members: int,
    safeguards: frozenset[str] = ALL,
    *,
    loss: float,
    periods: int = 100,
    suspicion: int | None = None,
    helpers: int = 3,
    seeds: Sequence[int] = range(5),
) -> Mistakes:
    """What a lossy network does to a group in which nobody crashes, on average over some seeds, at least one."""
    if not seeds:
        raise ValueError(f"seeds are one or more runs, not {seeds!r}")
    shares, buried = [], 0
    for seed in seeds:
        group = scenario(
            members,
            safeguards,
            helpers=helpers,
            suspicion=suspicion,
            invariants=(),
            network=Network(loss=loss),
            seed=seed,
            until=periods * PERIOD - 0.5,
        )
        trace = group.run()
        failed, pings = _probes(trace)
        shares.append(failed / pings)
        buried += len({member for _, member in _reported(trace, DEAD)})
    return Mistakes(fmean(shares), buried)


def expected_failure(loss: float, helpers: int) -> float:
    """The chance that neither a ping (2 messages) nor any helper (4 messages) brings an answer from who lives."""
    return (1 - (1 - loss) ** 2) * (1 - (1 - loss) ** 4) ** helpers


def _reported(trace: Trace, status: str) -> list[tuple[float, str]]:
    """When each change of mind to that status was reported, and about whom."""
    reports = [event for event in trace.events if event.kind == "report"]
    return [(event.time, event.message.member) for event in reports if event.message.status == status]


def _probes(trace: Trace) -> tuple[int, int]:
    """How many pings of a member's own got no answer within their period, and how many there were."""
    asked, answered = set(), set()
    for event in trace.events:
        message = event.message
        if event.kind == "send" and getattr(message, "asker", None) == event.node:
            asked.add((event.node, message.round))
        elif event.kind == "deliver" and getattr(message, "member", None) and message.asker == event.node:
            answered.add((event.node, message.round))
    return len(asked - answered), len(asked)
