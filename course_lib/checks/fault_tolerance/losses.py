"""What became of ann's writes in a run of 10.lose_a_write: which is lost, and how; or why none is."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.replication.customers import lost_writes
from course_lib.replication.members import Append
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Event, Reply, Request, Returned, Trace


def lost(trace: Trace) -> list[int]:
    """The numbers of the writes that ann was told are done, and that whoever leads in the end does not have."""
    begun = "view" in trace.nodes[VIEWS].disk  # else the view service has crashed before it began
    return [id for _, id, _ in lost_writes(trace)] if begun else []


def promotion(trace: Trace) -> Event | None:
    """The first message by which another one than s1 is told that it leads."""
    return next(_promotions(trace, "s1"), None)


def _promotions(trace: Trace, before: str) -> Iterator[Event]:
    """Messages of the view service that tell of a leader who is not the one before."""
    for event in trace.events:
        if event.node == VIEWS and isinstance(event.message, View) and event.message.leader != before:
            yield event


def of_node(trace: Trace, kind: str, name: str, since: float = 0.0) -> Event | None:
    """The first crash, or restart, of a node from that time on."""
    events = (event for event in trace.events if (event.kind, event.node) == (kind, name))
    return next((event for event in events if event.time >= since), None)


def was_down(trace: Trace, name: str, then: Event) -> bool:
    """Whether a node was down when that happened."""
    before = trace.events[: trace.events.index(then)]
    fates = [event.kind for event in before if event.node == name and event.kind in ("crash", "restart")]
    return fates[-1:] == ["crash"]


def how(trace: Trace) -> str:
    """How the first of the writes was lost, in a run in which one is."""
    number = lost(trace)[0]
    [end] = [e for e in trace.events if e.kind == "report" and _returns(e, number)]
    came = [e for e in trace.events if _answers(e, "deliver", number) and e.time == end.time]
    who = str(came[0].peer)
    sent = next(e for e in trace.events if _answers(e, "send", number) and e.id == came[0].id)
    leader = trace.nodes[VIEWS].disk["view"].leader
    gone = next((e for e in _promotions(trace, who) if was_down(trace, who, e)), None)
    back = of_node(trace, "restart", who, gone.time) if gone else None
    if gone and back and back.time <= sent.time:
        return (
            f"{gone.message.leader} was promoted while {who} was down. At {back.time:g} s {who} came back, and did "
            f"not know that: at {sent.time:g} s it answered ann's write {number}, which {leader} does not have."
        )
    died = of_node(trace, "crash", who, sent.time)
    fate = f" and died at {died.time:g} s" if died else ""
    return (
        f"{who} answered ann's write {number} at {sent.time:g} s{fate}. "
        f"{leader}, who leads in the end, does not have it."
    )


def _returns(event: Event, number: int) -> bool:
    return isinstance(event.message, Returned) and event.message.id == number


def _answers(event: Event, kind: str, number: int) -> bool:
    is_one = event.kind == kind and isinstance(event.message, Reply)
    return is_one and "ann" in (event.node, event.peer) and bool(event.message.id == number)


# Why none is lost


def reason(trace: Trace) -> tuple[str, str]:
    """Why nothing that was acknowledged is lost."""
    promoted, crash = promotion(trace), of_node(trace, "crash", "s1")
    if crash is None:
        return _of_no_crash(trace, promoted)
    if promoted is None:
        died, back = f"s1 crashed at {crash.time:g} s", of_node(trace, "restart", "s1")
        if back:
            return "back-too-soon", f"{died}, was back at {back.time:g} s, and nobody else was promoted."
        return "nobody-follows", f"{died}. Until the end, at {trace.end:g} s, nobody was promoted."
    if not was_down(trace, "s1", promoted):
        return "only-suspected", alive(promoted, crash)
    return _of_promoted(trace, promoted, crash)


def alive(promoted: Event, crash: Event) -> str:
    """That s1 was up when it was replaced, as a sentence."""
    new = promoted.message.leader
    return f"At {promoted.time:g} s, when {new} was promoted, s1 was up; its crash was at {crash.time:g} s."


def _of_no_crash(trace: Trace, promoted: Event | None) -> tuple[str, str]:
    dead = sorted({event.node for event in trace.events if event.kind == "crash"})
    if promoted:
        return "only-suspected", f"At {promoted.time:g} s {promoted.message.leader} was promoted."
    if dead:
        return "not-the-primary", f"{' and '.join(dead)} crashed, and s1 led until the end."
    return "nobody-died", "s1 led until the end."


def _of_promoted(trace: Trace, promoted: Event, crash: Event) -> tuple[str, str]:
    new = promoted.message.leader
    told = f"s1 crashed at {crash.time:g} s, and at {promoted.time:g} s {new} was promoted"
    missed = list(copies_missed(trace, promoted.time))
    answered = set(answered_by_s1(trace))
    if again := [id for backup, id in missed if backup == new and id in answered]:
        return (
            "sent-again",
            f"{told}. The first copy of write {again[0]} did not come to it, a later one did.",
        )
    if waiting := [id for id in asked_of_s1(trace, crash.time) if id not in answered]:
        return "unanswered", f"{told}. ann had no answer from s1 to her write {waiting[0]}."
    if missed:
        backup, id = missed[0]
        return "wrong-backup", f"{told}. The copy that did not come was the one of write {id} to {backup}."
    return "copy-arrives", f"{told}. By then it had all that s1 had answered."


def copies_missed(trace: Trace, before: float) -> Iterator[tuple[str, int]]:
    """Entries that s1 sent to a backup and that did not come to it before that time: (backup, number of the write)."""
    early = [event for event in trace.events if event.time < before]
    came = {event.id for event in early if event.kind == "deliver"}
    for event in early:
        if event.kind == "send" and event.id not in came and isinstance(event.message, Append):
            yield str(event.peer), event.message.entry.id


def answered_by_s1(trace: Trace) -> Iterator[int]:
    """The numbers of ann's writes whose answers from s1 came."""
    for event in trace.events:
        if event.kind == "deliver" and event.peer == "s1" and isinstance(event.message, Reply):
            yield event.message.id


def asked_of_s1(trace: Trace, before: float) -> Iterator[int]:
    """The numbers of the writes that ann asked s1 for before that time."""
    for event in (event for event in trace.events if event.time < before):
        if event.kind == "send" and event.peer == "s1" and isinstance(event.message, Request):
            yield event.message.id
