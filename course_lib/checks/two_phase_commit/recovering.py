"""The world of 06.recover: the learner's coordinator, and two participants that keep their promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks.trials import size
from course_lib.sim import Network, Node, Scenario, Trace
from course_lib.transactions import two_phase
from course_lib.transactions.committing import (
    Ask,
    Decision,
    Done,
    Participant,
    Prepare,
    Record,
    Writes,
    state_of,
    transactions,
)

NAMES = ("p1", "p2")
PLANS: Sequence[Writes] = ((("balance", 1),), (("balance", 2),), (("balance", 3),))
"""What the first life is to commit, the second, and so on."""


def same_writes(world: Any) -> bool | str:
    """What is committed under one id is one transaction."""
    found: dict[str, tuple[str, Writes]] = {}
    for name in NAMES:
        for txn, record in world.nodes[name].disk.items():
            if isinstance(record, Record) and record.state == "committed":
                other, writes = found.setdefault(txn, (name, record.writes))
                if writes != record.writes:
                    return f"{txn} was committed with {writes} at {other}, and with {record.writes} at {name}"
    return True


def coordinating(
    coordinator: Callable[[Sequence[Writes]], Node],
    lives: int = 1,
    unwilling: Sequence[str] = (),
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """The nodes "coordinator", which is `coordinator(plans)`, with plans for so many lives, and "p1" and "p2"."""
    nodes: dict[str, Callable[[], Node]] = {"coordinator": lambda: coordinator(list(PLANS[:lives]))}
    nodes |= {name: (lambda willing: lambda: Participant(willing))(name not in unwilling) for name in NAMES}
    invariants = (
        two_phase.all_agree,
        two_phase.only_if_all_voted_yes,
        same_writes,
    )
    return Scenario(nodes, network=network, invariants=invariants, until=until)


# What has to hold when all is over


def all_settled(trace: Trace, lives: int) -> bool | str:
    """Liveness: nobody is in doubt in the end."""
    for name in NAMES:
        for txn in transactions(trace.nodes[name]):
            if state_of(trace.nodes[name], txn) == "prepared":
                came = sum(
                    (e.kind, e.node, e.peer) == ("deliver", "coordinator", name) and e.message == Ask(txn)
                    for e in trace.events
                )
                asked = f"; it has asked {came} time{'s' * (came > 1)}" if came else ""
                return f"the run ends at {trace.end:g} s, and {name} is still in doubt about {txn}{asked}"
    return True


def begins_its_plan(trace: Trace, lives: int) -> bool | str:
    """Each life begins its own plan, and the lives after that none."""
    for life, begun in enumerate(_begun(trace), start=1):
        plan = PLANS[life - 1] if life <= lives else None
        for name in NAMES if plan else ():
            if name not in {to for to, _ in begun}:
                return f"life {life} did not ask {name} to prepare"
        for _, message in begun:
            if message.writes != plan:
                had = f"had to begin {plan}" if plan else "had no plan left"
                return f"life {life} sent {message!r}; it {had}"
    return True


def new_ids(trace: Trace, lives: int) -> bool | str:
    """No id is used in two lives."""
    first: dict[str, int] = {}
    for life, begun in enumerate(_begun(trace), start=1):
        for _, message in begun:
            if first.setdefault(message.txn, life) != life:
                return f"life {life} began {message.txn!r}, and so had life {first[message.txn]}"
    return True


def tells_of_its_own(trace: Trace, lives: int) -> bool | str:
    """Decisions are about transactions that were begun."""
    begun = {message.txn for life in _begun(trace) for _, message in life}
    told = [e for e in trace.events if e.kind == "send" and isinstance(e.message, Decision)]
    for event in told:
        if event.node == "coordinator" and event.message.txn not in begun:
            return f"at {event.time:g} s it sent {event.message!r}, and has begun no such transaction"
    return True


def _begun(trace: Trace) -> list[list[tuple[str, Prepare]]]:
    """For each life the Prepare messages that it sent, and to whom."""
    lives: list[list[tuple[str, Prepare]]] = []
    for event in trace.events:
        if event.node == "coordinator" and event.kind in ("start", "restart"):
            lives.append([])
        elif event.kind == "send" and isinstance(event.message, Prepare):
            lives[-1].append((str(event.peer), event.message))
    return lives


def no_contradiction(trace: Trace, lives: int) -> bool | str:
    """Who says commit does not say abort later, whoever hears it."""
    told: set[str] = set()
    for event in trace.events:
        match event.kind, event.message:
            case "send", Decision(txn, True) if event.node == "coordinator":
                told.add(txn)
            case "send", Decision(txn, False) if event.node == "coordinator" and txn in told:
                return (
                    f"at {event.time:g} s it told {event.peer} that {txn} is aborted, and it had committed it"
                )
    return True


def commits(trace: Trace, lives: int) -> bool | str:
    """Where all are willing and the first life comes to its decision, that is to commit."""
    for name in NAMES:
        states = {txn: state_of(trace.nodes[name], txn) for txn in transactions(trace.nodes[name])}
        if "committed" not in states.values():
            return f"at {trace.end:g} s {name} has committed nothing, and all were willing"
    return True


def aborts_at_once(trace: Trace, lives: int) -> bool | str:
    """An abort is told to all when it is decided, before they ask."""
    told = {
        e.peer
        for e in trace.events
        if e.kind == "send" and e.node == "coordinator" and isinstance(e.message, Decision) and e.time < 0.5
    }
    missing = [name for name in NAMES if name not in told]
    return not missing or f"p2 voted no at 0.01 s, and at 0.5 s {missing[0]} has not been told"


def told_until_done(trace: Trace, lives: int) -> bool | str:
    """A commit is told again until its Done has come."""
    waits: dict[tuple[Any, str], None] = {}
    for event in trace.events:
        match event.kind, event.message:
            case "send", Decision(txn, True) if event.node == "coordinator":
                waits[event.peer, txn] = None
            case "deliver", Done(txn):
                waits.pop((event.peer, txn), None)
    for name, txn in waits:
        return f"at {trace.end:g} s the Done of {name} has not come, and {txn} is not told again"
    return True


def _is_commit(message: Any) -> bool:
    return isinstance(message, Decision) and message.commit


def is_quiet(trace: Trace, lives: int) -> bool | str:
    """When all is done, nothing is sent any more."""
    last = max((e for e in trace.events if e.kind == "send"), key=lambda e: e.time, default=None)
    if last is None or trace.end < 15:
        return True
    return f"at {last.time:g} s {last.node} still sends {last.message!r} to {last.peer}"


def keeps_nothing_of_aborts(trace: Trace, lives: int) -> bool | str:
    """Presumed abort: the disk holds no more after an abort than while the votes come in."""
    if any(event.kind == "send" and _is_commit(event.message) for event in trace.events):
        return True
    first = next((n for n, event in enumerate(trace.events) if event.kind == "deliver"), 0)
    before, after = (states["coordinator"].disk for states in (trace.states_after(first), trace.nodes))
    if size(after) <= size(before):
        return True
    return f"while the votes came in its disk held {before}, and after the abort it holds {after}"
