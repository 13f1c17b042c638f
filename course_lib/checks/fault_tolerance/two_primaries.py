"""10.two_primaries: two replicas lead at the same time, and a client is answered by the wrong one."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.checks.answer import Answer
from course_lib.checks.fault_tolerance.deposed import (
    CLIENTS,
    PATIENCE,
    careful,
    careless,
    one_leads_at_a_time,
)
from course_lib.checks.plain import short
from course_lib.checks.question import Question, Wrong
from course_lib.checks.scripts import MISCONCEPTIONS, Attack, Harm
from course_lib.replication import views
from course_lib.replication.members import Copy
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Event, Reply, Returned, Trace
from course_lib.sim.faults import parse

QUESTION = Question(
    "10.two_primaries",
    title="Break it: two primaries",
    names=("script", "waits_for"),
    signature="script: list of one fault; waits_for: str, the name of a node",
    points=3,
    minutes=15,
    hints=(
        "The view service has to believe that s1 is dead, and s1 must not hear of it. At the same time ann has to get an answer from s1, and bob one from s2. Which nodes may not hear each other, and which have to?",
        f"A cut between s1 and the view service alone is enough, if it lasts: s1 is suspected after {views.PATIENCE:g} s. A pause does it too, if s1 wakes up while ann waits for it, and not before bob has written at s2. For waits_for: before a primary answers, somebody else has to have the entry.",
        "Partition({'s1'}, {'views'}, at=1): s2 leads at 1.4 s, bob writes there, and ann asks s1 at 2.6 s. In careful() s1 first sends her read to its backup, 's2', and gets no answer, for s2 works in a newer view.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "not-a-script": "A script is a list of faults, such as [Pause('s1', at=2, until=3)].",
        "names-nothing": "Look at the names of nodes and messages in careless().run(): a message is named by its link and its number there, 'ann>s1#2'.",
        "dead-leader": "Who is down leads nothing: after the failover there is one primary again. The old one has to go on, or to come back, and not to know.",
        "not-suspected": f"The view service suspects a replica when it has heard nothing of it for {views.PATIENCE:g} s, and only then promotes the other one. What it hears of s1 has to stop for that long, while it is up itself.",
        "the-backup": "Then the backup is left out, and s1 leads on, rightly, in a view of its own. The primary has to be suspected.",
        "clients-only": "That was between clients and replicas. For the view service both replicas are well, so nothing changes.",
        "not-told": "The view service promoted s2, and nobody heard of it, s2 neither. The news has to reach the new primary, and not the old one.",
        "sleeps-on": "Who stands still answers nobody. The harm is done when it wakes up, and goes on as if nothing had happened.",
        "out-of-reach": "The old primary led for itself alone: ann did not reach it, or its answers did not reach her. It does harm only to those who hear it.",
        "gave-up": f"When the old primary answered, ann had given it up: after {PATIENCE:g} s she asks the other replica, and stays with the one that answered. The answer has to come while she waits for it.",
        "nothing-newer": "ann was answered by the old primary, and it was no stale answer: nothing newer had been written when she asked. Let bob reach the new primary, and have the time to write there.",
        "nobody-asks": "In the time in which both believed that they led ann did not ask the old one. Run careless() and look when she reads, and let that time reach over it.",
        "told-by-views": "The view service makes the next view, and tells its members of it. The old primary is none of them, and may be out of reach: it cannot be waited for. Who, of the view that s1 believes in, has to have an entry before it is answered?",
        "knows-by-itself": "Nothing in s1 says so: its disk, its clock and the last view that it heard of all tell it that it leads. It has to ask somebody else.",
        "asks-the-clients": "Clients know nothing of views. They ask one replica, and after a while another.",
        "not-a-name": "waits_for is the name of one node, as 'ann'.",
    },
    right=(
        "Two that believe they lead are no harm by themselves, and without clocks to trust nobody can prevent it: who has been replaced hears of it after it has happened. Harm begins where a client believes the old one. So it has to ask somebody of its view before each answer, reads too, and of those who know a newer view it gets none. "
        "Think of next: a leader that reads alone, as long as its lease lasts. Which of your scripts breaks that, and what does it assume?"
    ),
)


def why_one(trace: Trace) -> tuple[str, str]:
    """Why two never led at the same time."""
    made = [event for event in trace.events if _makes_a_view(event)]
    promoted = next((event for event in made if event.message.leader == "s2"), None)
    if promoted:
        return _why_not_both(trace, promoted.time)
    if made:
        said = f"At {made[0].time:g} s there was a new view, of {' and '.join(made[0].message.members)}."
        return "the-backup", said
    lost = [event for event in trace.events if event.kind == "drop"]
    on_messages = [parse(fault.message) for fault in trace.faults if fault.message]
    links = [{event.node, event.peer} for event in lost]
    links += [{name.sender, name.to} for name in on_messages]
    if links and all(link & CLIENTS.keys() for link in links):
        return "clients-only", "s1 led until the end."
    return "not-suspected", "s1 led until the end, in the first view."


def _makes_a_view(event: Event) -> bool:
    return (
        event.kind == "send"
        and event.node == VIEWS
        and isinstance(event.message, View)
        and event.message.number > 1
    )


def _why_not_both(trace: Trace, promoted: float) -> tuple[str, str]:
    told = f"At {promoted:g} s s2 was promoted"
    crash = next((event for event in trace.events if event.kind == "crash" and event.node == "s1"), None)
    if crash:
        return "dead-leader", f"s1 crashed at {crash.time:g} s. {told}."
    return "not-told", f"{told}, and did not hear of it."


def why_no_harm(trace: Trace) -> tuple[str, str]:
    """Why nobody read the past, though two led."""
    begin = careless(watched=one_leads_at_a_time).run(trace.faults).end
    end = next((event.time for event in trace.events if event.time >= begin and _tells_s1(event)), trace.end)
    until = f"until {end:g} s" if end < trace.end else "to the end"
    told = f"Both believed that they led from {begin:g} s {until}"
    given = [event for event in answers(trace) if begin <= event.time <= end]
    if given:
        return _of_answers(trace, given, told)
    pauses = [event for event in trace.events if event.kind == "pause" and event.node == "s1"]
    if pauses and pauses[-1].note != "wakes up":
        return "sleeps-on", f"{told}, and s1 stood still."
    lost = [
        event for event in trace.events if event.kind == "drop" and {event.node, event.peer} == {"ann", "s1"}
    ]
    if lost:
        return "out-of-reach", f"{told}. {lost[0].id}, {lost[0].message}, was lost."
    return "nobody-asks", f"{told}."


def _tells_s1(event: Event) -> bool:
    """Whether s1 hears here of a view that is not the first."""
    view = event.message.view if isinstance(event.message, Copy) else event.message
    return event.kind == "deliver" and event.node == "s1" and isinstance(view, View) and view.number > 1


def answers(trace: Trace) -> Iterator[Event]:
    """What s1 answers ann: the sendings."""
    for event in trace.events:
        if (
            event.kind == "send"
            and (event.node, event.peer) == ("s1", "ann")
            and isinstance(event.message, Reply)
        ):
            yield event


def _of_answers(trace: Trace, given: list[Event], told: str) -> tuple[str, str]:
    """Why what s1 answered in that time did no harm."""
    came = {event.id: event for event in trace.events if event.kind == "deliver" and event.node == "ann"}
    arrived = [came[event.id] for event in given if event.id in came]
    if not arrived:
        return "out-of-reach", f"{told}. What s1 answered ann was lost."
    ends = {
        (e.time, e.message.id) for e in trace.events if e.node == "ann" and isinstance(e.message, Returned)
    }
    if not any((event.time, event.message.id) in ends for event in arrived):
        return "gave-up", f"{told}. s1 answered ann at {given[0].time:g} s."
    return "nothing-newer", f"{told}. s1 answered ann at {given[-1].time:g} s: {given[-1].message.result}."


def drawn(trace: Trace) -> str:
    """The part of a run, as SVG, in which it is decided: where it is broken, or else when a new view is made."""
    from course_lib.pictures import spacetime

    made = [event.time for event in trace.events if _makes_a_view(event)]
    return spacetime(trace, around=None if trace.violated else min(made, default=None)).svg


TWO = Harm(
    lambda: careless(watched=one_leads_at_a_time),
    "careless()",
    "without a fault s1 leads until the end.",
    "one_leads_at_a_time",
    "two lead at the same time",
    why_one,
    drawn,
)
HARM = Harm(
    careless,
    "careless()",
    "without a fault s1 leads until the end.",
    "nobody_reads_the_past",
    "careless(): a client sees it",
    why_no_harm,
    drawn,
)
SAFE = Attack(careful, "careful()", HARM.calm, "", "careful(): nobody sees it, and why", why_no_harm)


def harms(script: Answer) -> None:
    TWO.breaks(script)
    HARM.breaks(script)


@QUESTION.rung(TWO.goal)
def _(script: Answer, waits_for: Answer) -> None:
    TWO.breaks(script)


@QUESTION.rung(HARM.goal)
def _(script: Answer, waits_for: Answer) -> None:
    harms(script)


@QUESTION.rung("with one fault")
def _(script: Answer, waits_for: Answer) -> None:
    harms(script)
    HARM.with_one(script)


@QUESTION.rung("every fault hits something")
def _(script: Answer, waits_for: Answer) -> None:
    harms(script)
    HARM.each_hits(script)


MISTAKEN = {
    VIEWS: "told-by-views",
    "s1": "knows-by-itself",
    "ann": "asks-the-clients",
    "bob": "asks-the-clients",
}


@QUESTION.rung(SAFE.goal)
def _(script: Answer, waits_for: Answer) -> None:
    harms(script)
    faults, trace = SAFE.play(script)
    if waits_for.value != "s2":
        said = f"waits_for is {short(waits_for.value)}."
        name = waits_for.value if isinstance(waits_for.value, str) else ""
        raise Wrong(
            MISTAKEN.get(name, "not-a-name"), said, f"careful().run({faults!r})", picture=drawn(trace)
        )
