"""What has to hold of 06.promise when a run is over: the endings of its trials."""

from __future__ import annotations

from collections import Counter

from course_lib.checks.two_phase_commit.promising import TXNS
from course_lib.sim import Trace
from course_lib.sim.network import SECOND
from course_lib.sim.trace import Event
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote, state_of

TXN = TXNS[0]
SECONDS = 1.25  # that may pass between two questions, which are to come each second


def of_p1(trace: Trace) -> list[Event]:
    return [event for event in trace.events if event.node == "p1"]


def votes_yes(trace: Trace) -> bool | str:
    """One that is willing, and has heard of no abort, promises."""
    for event in of_p1(trace):
        match event.message:
            case Decision(_, False):
                return True
            case Vote(txn, False) if event.kind == "send":
                return f"p1 is Participant(True), so it was willing, and it voted no on {txn}"
    return True


def votes_no(trace: Trace) -> bool | str:
    """What the world asks of one that is not willing."""
    yes = any(event.kind == "send" and event.message == Vote(TXN, True) for event in of_p1(trace))
    return not yes or "p1 is Participant(False), and it voted yes"


def votes_fit(trace: Trace) -> bool | str:
    """Each Prepare gets a vote. After a yes there is no no, and after a no, or an abort, no yes."""
    said: dict[str, set[bool]] = {txn: set() for txn in TXNS}
    decided: dict[str, bool] = {}  # what p1 has heard, or told, first
    asked, votes = 0, 0
    for event in of_p1(trace):
        match event.kind, event.message:
            case "deliver" | "send", Decision(txn, commit):
                decided.setdefault(txn, commit)
            case "deliver", Prepare():
                asked += 1
            case "send", Vote(txn, yes):
                is_aborted = decided.get(txn) is False
                if yes and (is_aborted or False in said[txn]):
                    return f"at {event.time:g} s p1 voted yes, and before that it had said no, or had aborted"
                if not yes and True in said[txn] and not is_aborted:
                    return f"at {event.time:g} s p1 voted no, and before that it had voted yes"
                said[txn].add(yes)
                votes += 1
    if votes < asked:
        times = ("not once", "once", "twice")[votes] if votes < 3 else f"{votes} times"
        return f"{asked} Prepare messages came to p1, and it voted {times}"
    return True


def all_settled(trace: Trace) -> bool | str:
    """Liveness: nobody is in doubt in the end."""
    for name in ("p1", "p2"):
        for txn in TXNS:
            if state_of(trace.nodes[name], txn) == "prepared":
                return f"the run ends at {trace.end:g} s, and {name} is still in doubt about {txn}"
    return True


def is_recorded(trace: Trace) -> bool | str:
    """What became of it is on the disk, an abort too."""
    return TXN in trace.nodes["p1"].disk or f"at {trace.end:g} s p1 has no record of {TXN}"


def done_is_heard(trace: Trace) -> bool | str:
    """The coordinator may forget in the end what was committed."""
    for txn in TXNS:
        if waits := trace.nodes["coordinator"].disk.get(txn):
            said = Counter(
                event.node for event in trace.events if (event.kind, event.message) == ("send", Done(txn))
            )
            sent = sum(said[name] for name in waits)
            times = f"{sent} Done sent, none of which arrived" if sent else "no Done was sent"
            names = ", ".join(sorted(waits))
            return f"at {trace.end:g} s the coordinator still waits for the Done of {names}: {times}"
    return True


def done_of_commits(trace: Trace) -> bool | str:
    """Done says that a commit is carried out."""
    committed = set()
    for event in of_p1(trace):
        match event.kind, event.message:
            case "deliver", Decision(txn, True):
                committed.add(txn)
            case "send", Done(txn) if txn not in committed:
                return f"at {event.time:g} s p1 sent Done({txn!r}), and nobody had told it to commit"
    return True


def committed_in_the_end(trace: Trace) -> bool | str:
    """Where all are willing and nothing fails for long, it is committed."""
    state = state_of(trace.nodes["p1"], TXN)
    return state == "committed" or f"at {trace.end:g} s p1 had {state} {TXN}; all were willing"


def asks_in_time(trace: Trace) -> bool | str:
    """In doubt it asks the coordinator: a second after its vote, at once after a restart, and then each second."""
    due = None  # when it has to have asked, at the latest
    prepared = False
    changes = {change.events: change.state for change in trace.changes if change.node == "p1"}
    for number, event in enumerate(trace.events, start=1):
        if due is not None and event.time > due:
            break
        match event.kind, event.node, event.message:
            case "crash", "p1", _:
                due = None
            case "restart", "p1", _ if prepared:
                due = event.time
            case "send", "p1", Ask("t1") if event.peer == "coordinator":
                due = event.time + SECONDS
        if number in changes:
            was, prepared = prepared, state_of(changes[number], TXN) == "prepared"
            if not prepared:
                due = None
            elif not was:
                due = event.time + SECONDS
    else:
        return True
    return f"p1 was in doubt about {TXN}, and had not asked the coordinator by {due:g} s"


def is_quiet(trace: Trace) -> bool | str:
    """Who is not in doubt does not set its timer again and again."""
    calm = 0.0  # when it was in doubt for the last time
    for change in trace.changes:
        if change.node == "p1" and any(state_of(change.state, txn) == "prepared" for txn in TXNS):
            calm = trace.end
        elif change.node == "p1" and calm == trace.end:
            calm = trace.rows[change.events - 1][0] / SECOND
    late: list[float] = []  # after that, and after the last start or Prepare
    for event in of_p1(trace):
        if event.kind == "restart" or isinstance(event.message, Prepare):
            late = []
        elif event.kind == "timer" and event.time > calm:
            late.append(event.time)
    if len(late) < 3:
        return True
    return f"at {late[-1]:g} s a timer of p1 still fires, the last of {len(late)}; since {calm:g} s p1 is not in doubt"
