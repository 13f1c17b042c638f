"""04.break_it: a look, a deletion, and what fits in between."""

from collections.abc import Iterator

from course_lib.checks.question import Question
from course_lib.checks.scripts import MISCONCEPTIONS, Attack
from course_lib.locks import leases
from course_lib.locks.lending import Delete, Look, Seen, Taken, owner
from course_lib.sim import Scenario, Trace

QUESTION = Question(
    "04.break_it",
    title="Break it: delete a stranger's lock",
    names=("script",),
    signature="script: list of faults",
    points=3,
    minutes=10,
    hints=(
        "Run two_steps.run() and find ann's three messages at the end of her work: the Look, the answer Seen, the Delete. Which of them must find her token, and which must come when it is another's?",
        "The look has to be answered while the lock is hers, and the Delete has to arrive after 10 s, when it has ended and another has it. So something has to last between the two.",
        "The Delete is 'ann>lock#3', and leaves at 4.08 s. Delay it until bob has the lock: by=7.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "looks-too-late": "The look came when the lock was no longer hers: it showed another's token, and she deleted nothing. She has to look in time.",
        "in-time": "The Delete came while the lock was still the sender's own. It has to come after its time is over, 10 s after it was taken.",
        "nobody-has-it": "When the Delete came nobody had the lock: all were done. It has to come while another works, who has it for about four seconds.",
        "never-arrives": "The Delete was still on its way when the run ended, at 60 s.",
        "lost": "What is lost deletes nothing, and then the lock just ends. The message has to arrive, late.",
        "crash-forgets": "A worker that crashes has forgotten what it was about to do: it comes back with a new token, and asks for the lock anew. A pause forgets nothing.",
        "nothing-stolen": "Follow the trace: who had the lock when each Delete came?",
    },
    right=(
        "She looked in time, and the answer was true; it was just old. Where the comparison comes with the deletion, leases.scenario(workers=3), a message that is as late, Delay('ann>lock#2', by=7), deletes nothing. "
        "Think of next: in which other places of a program is something looked at first and done afterwards?"
    ),
)


def two_steps() -> Scenario:
    return leases.scenario(leases.ALL - {"compare and delete in one step"}, workers=3)


def deletions(trace: Trace) -> Iterator[tuple[float, str, str | None]]:
    """Each Delete that came: when, from whom, and whose the lock was, or None."""
    holder = None
    for event in trace.events:
        if event.kind == "send" and isinstance(event.message, Taken):
            holder = owner(event.message.token)
        elif (event.node, event.kind) == ("lock", "timer"):
            holder = None
        elif event.kind == "deliver" and isinstance(event.message, Delete):
            yield event.time, str(event.peer), holder
            holder = None


def reason(trace: Trace) -> tuple[str, str]:
    """Why nobody's lock was deleted by another."""
    came = list(deletions(trace))
    for time, sender, holder in came:
        if holder is None:
            return "nobody-has-it", f"{sender}'s Delete came at {time:g} s."
    for event in trace.events:
        if event.kind == "deliver" and isinstance(event.message, Seen):
            token = event.message.token
            if token is None or owner(token) != event.node:
                return "looks-too-late", f"At {event.time:g} s {event.node} saw {token!r} in the lock."
    crashes = [event for event in trace.events if event.kind == "crash" and event.node != "lock"]
    if crashes:
        return "crash-forgets", f"{crashes[0].node} crashed at {crashes[0].time:g} s."
    for event in trace.events:
        if event.kind == "drop" and isinstance(event.message, Look | Seen | Delete):
            return "lost", f"{event.id}, {event.message!r}, was lost."
    sent = sum(event.kind == "send" and isinstance(event.message, Delete) for event in trace.events)
    if sent > len(came):
        return "never-arrives", "One Delete did not arrive."
    if came and all(sender == holder for _, sender, holder in came):
        times = ", ".join(f"{sender}'s at {time:g} s" for time, sender, _ in came)
        return "in-time", f"The Deletes came: {times}, and each found the sender's own lock."
    return "nothing-stolen", "No lock was deleted by another."


Attack(
    two_steps,
    "two_steps",
    "without a fault each deletes its own lock.",
    "nobody_robbed",
    "a stranger's lock is deleted",
    reason,
).add_rungs(QUESTION)
