"""What has to hold of 06.recover when a run is over: the endings of its trials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.checks.trials import size
from course_lib.checks.two_phase_commit.recovering import NAMES, PLANS
from course_lib.sim import Trace
from course_lib.sim.network import SECOND
from course_lib.sim.trace import Event
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote, state_of, transactions

SECONDS = 1.25  # that may pass where the text says each second


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


# What is begun


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
    for event, decision in _told(trace):
        if decision.txn not in begun:
            return f"at {event.time:g} s it sent {decision!r}, and has begun no such transaction"
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


def _told(trace: Trace) -> Iterator[tuple[Event, Decision]]:
    """The decisions that the coordinator sent."""
    for event in trace.events:
        if (event.kind, event.node) == ("send", "coordinator") and isinstance(event.message, Decision):
            yield event, event.message


# What is decided


def counts_this_vote(trace: Trace, lives: int) -> bool | str:
    """A commit rests on votes for this very transaction, not on one that came late."""
    missing = _unfounded(trace)
    if missing and missing[2]:
        name, txn, other, told = missing
        return f"at {told} it told of the commit of {txn}, for which {name} had not voted; its vote was for {other}"
    return True


def all_voted_yes(trace: Trace, lives: int) -> bool | str:
    """Nobody is told to commit before all have voted yes."""
    missing = _unfounded(trace)
    return (
        not missing
        or f"at {missing[3]} it told of the commit of {missing[1]}, for which {missing[0]} had not voted"
    )


def _unfounded(trace: Trace) -> tuple[str, str, str, str] | None:
    """Of the first commit that lacks a yes: whose, on what, on what its last vote was, and when the commit was told."""
    came: dict[str, list[str]] = {name: [] for name in NAMES}
    for event in trace.events:
        if event.node != "coordinator":
            continue
        match event.kind, event.message:
            case "deliver", Vote(txn, True):
                came[str(event.peer)].append(txn)
            case "send", Decision(txn, True):
                for name, voted in came.items():
                    if txn not in voted:
                        return name, txn, voted[-1] if voted else "", f"{event.time:g} s"
    return None


def no_contradiction(trace: Trace, lives: int) -> bool | str:
    """Who says commit does not say abort later, whoever hears it."""
    told: set[str] = set()
    for event, decision in _told(trace):
        if decision.commit:
            told.add(decision.txn)
        elif decision.txn in told:
            when = f"at {event.time:g} s"
            return f"{when} it told {event.peer} that {decision.txn} is aborted, and it had committed it"
    return True


def commits(trace: Trace, lives: int) -> bool | str:
    """Where all are willing and the first life comes to its decision, that is to commit."""
    for name in NAMES:
        states = {txn: state_of(trace.nodes[name], txn) for txn in transactions(trace.nodes[name])}
        if "committed" not in states.values():
            return f"at {trace.end:g} s {name} has committed nothing, and all were willing"
    return True


def waits_a_second(trace: Trace, lives: int) -> bool | str:
    """Where a vote does not come, it gives up after 1 s."""
    aborted = next((event.time for event, decision in _told(trace) if not decision.commit), None)
    if aborted is None or 0.9 < aborted < SECONDS:
        return True
    return (
        f"a vote did not come, and at {aborted:g} s it aborted; it had to be 1 s after the Prepare messages"
    )


def aborts_at_once(trace: Trace, lives: int) -> bool | str:
    """An abort is told when it is decided, to all who may have promised: not to who voted no."""
    said_no = next(
        e for e in trace.events if (e.kind, e.node) == ("deliver", "coordinator") and not e.message.yes
    )
    told = {event.peer for event, _ in _told(trace) if event.time <= said_no.time}
    missing = [name for name in NAMES if name not in {*told, said_no.peer}]
    came = f"the no of {said_no.peer} came at {said_no.time:g} s"
    return not missing or f"{came}, and {missing[0]} was not told then that it is aborted"


# How long it is told, and what is kept


def told_until_done(trace: Trace, lives: int) -> bool | str:
    """A commit is told again each second until its Done has come, and at once after a restart."""
    due: dict[tuple[Any, str], float] = {}  # when each has to be told again, at the latest
    for event in trace.events:
        if late := [each for each, time in due.items() if time < event.time]:
            return _untold(*late[0], due[late[0]])
        match event.kind, event.message:
            case "send", Decision(txn, True) if event.node == "coordinator":
                due[event.peer, txn] = event.time + SECONDS
            case "deliver", Done(txn):
                due.pop((event.peer, txn), None)
            case (("crash" | "restart"), _) if event.node == "coordinator":
                due = dict.fromkeys(due, event.time if event.kind == "restart" else float("inf"))
    return _untold(*next(iter(due)), trace.end) if due else True


def _untold(name: str, txn: str, time: float) -> str:
    return f"at {time:g} s the Done of {name} has not come, and {txn} is not told again"


def is_quiet(trace: Trace, lives: int) -> bool | str:
    """When all is done, nothing is sent any more."""
    calm = 0.0
    disks: dict[str, Any] = {}
    for change in trace.changes:
        if change.node in NAMES and disks.get(change.node) != change.state.disk:
            disks[change.node] = change.state.disk
            calm = trace.rows[change.events - 1][0] / SECOND
    late = [event for event in trace.events if event.kind == "send" and event.time > calm + 5]
    if not late:
        return True
    return f"at {late[-1].time:g} s {late[-1].node} still sends {late[-1].message!r} to {late[-1].peer}"


def keeps_nothing_of_aborts(trace: Trace, lives: int) -> bool | str:
    """Presumed abort: the disk holds no more after an abort than while the votes come in."""
    if any(decision.commit for _, decision in _told(trace)):
        return True
    first = next((n for n, event in enumerate(trace.events) if event.kind == "deliver"), 0)
    before, after = (states["coordinator"].disk for states in (trace.states_after(first), trace.nodes))
    if size(after) <= size(before):
        return True
    return f"while the votes came in its disk held {before}, and after the abort it holds {after}"
