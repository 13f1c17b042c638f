"""05.break_it: two leaders, although sessions end."""

from course_lib.checks.question import Question
from course_lib.checks.scripts import MISCONCEPTIONS, Harm
from course_lib.checks.zookeeper_lock.leaders import SESSION, Write, leaders
from course_lib.sim import Crash, Pause, Trace

QUESTION = Question(
    "05.break_it",
    title="Break it: two leaders",
    names=("script",),
    signature="script: list of faults",
    points=3,
    minutes=15,
    hints=(
        "ann must be silent for longer than a session lasts, and not know it. Which fault keeps a process from noticing anything, its own clock included?",
        f"A pause. It has to be longer than the {SESSION:g} s of a session, and long enough for bob to be elected and to write. Then she must wake up and write once more.",
        "Pause('ann', at=3, until=15): her session ends at 8 s, bob writes from 9 s on, and at 15 s her first act is the write that was due at 3 s.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "not-a-script": "A script is a list of faults, such as [Drop('ann>store#1'), Pause('bob', at=2, until=3)].",
        "names-nothing": "A message is named by its link and its number there, 'ann>store#2'. Run the scenario without faults and look at the names.",
        "session-lives": f"The leader's session did not end: it takes {SESSION:g} s in which the service hears nothing of it.",
        "not-the-leader": "That was not the leader. Its session goes on, so nobody follows it.",
        "dead-leader": "A dead leader does no harm, and one that starts again has forgotten that it was one. It has to stop, and to go on as if nothing had happened.",
        "steps-down": "The leader heard nothing for four seconds, and stopped before its session could end: that is what SUSPENDED is for. It must be kept from noticing the silence.",
        "sleeps-on": "Who stands still writes nothing. The harm is done by a leader that wakes up before the run ends, at 30 s, and goes on.",
        "wakes-too-early": "When the old leader wrote, its successor had not written yet: no harm was done. Let it come later.",
        "nobody-follows": "The session ended, and nobody followed: there was no other candidate alive and connected.",
        "write-lost": "The old leader wrote, and it did not arrive at the store.",
        "no-harm": "Follow the trace: when did the session end, when did the next one write, and what did the old one do after that?",
    },
    right=(
        "Nothing was wrong: the session ended as promised, and the sleeper could not know. Run the same script with leaders(fenced=True), and draw it with spacetime around the moment when she wakes up: the store refuses what comes late, because it compares the czxid. "
        "Think of next: the leader looks at its clock before each write. Does that help?"
    ),
)


def reason(trace: Trace) -> tuple[str, str]:
    """Why no late write was taken."""
    events = trace.events
    said = [(event.time, event.node, event.message) for event in events if event.kind == "report"]
    led = [(time, node) for time, node, what in said if what == "leads"]
    old = led[0][1] if led else "ann"
    ended = [(time, what.split()[-2]) for time, node, what in said if node == "zookeeper"]
    end = next((time for time, who in ended if who == old), None)
    if end is None:
        return _of_living(trace, old, [who for _, who in ended])
    told = f"The session of {old} ended at {end:g} s"
    if any(event.kind == "crash" and event.node == old for event in events):
        return "dead-leader", f"{told}, for it had crashed."
    nexts = [(time, node) for time, node in led if node != old]
    if not nexts:
        return "nobody-follows", f"{told}."
    told += f", and {nexts[0][1]} led from {nexts[0][0]:g} s"
    writes = [event for event in events if isinstance(event.message, Write) and event.node == old]
    late = [event for event in writes if event.kind == "send" and event.time >= nexts[0][0]]
    if any(event.kind == "drop" and event.time >= nexts[0][0] for event in writes):
        return "write-lost", f"{told}. After that a write of {old} was lost."
    if late:
        return "wakes-too-early", f"{told}; {old} wrote at {late[0].time:g} s."
    pauses = [fault for fault in trace.faults if isinstance(fault, Pause) and fault.node == old]
    if any(pause.until > trace.end for pause in pauses):
        return "sleeps-on", f"{told}. {old} stood still until the end, at {trace.end:g} s."
    if any(time < end and what == "is suspended" and node == old for time, node, what in said):
        return "steps-down", f"{told}; {old} had been suspended before."
    return "no-harm", f"{told}; {old} wrote nothing after that."


def _of_living(trace: Trace, old: str, ended: list[str]) -> tuple[str, str]:
    """Why the leader's session did not end."""
    struck = {fault.node for fault in trace.faults if isinstance(fault, Pause | Crash)}
    if ended or (struck and old not in struck):
        who = " and ".join(ended or sorted(struck))
        return "not-the-leader", f"The script struck {who}, and {old} led until the end."
    return "session-lives", f"{old} led, and its session was alive until the end."


def drawn(trace: Trace) -> str:
    """The part of a run, as SVG, in which it is decided: when a node wakes up, or else when a session ends."""
    from course_lib.pictures import spacetime

    wakes = [event.time for event in trace.events if (event.kind, event.note) == ("pause", "wakes up")]
    ends = [event.time for event in trace.events if (event.kind, event.node) == ("report", "zookeeper")]
    return spacetime(trace, around=max(wakes or ends, default=None)).svg


Harm(
    leaders,
    "leaders()",
    "without a fault ann leads until the end.",
    "no_leader_too_many",
    "the store takes a write of the old leader after one of the new",
    reason,
    drawn,
).add_rungs(QUESTION)
