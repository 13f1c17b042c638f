"""01.twice, the one that breaks it: a server that acts first and remembers afterwards, made to act twice."""

from collections.abc import Sequence
from typing import Any

from course_lib.checks.messaging.printing import Job, Print, office
from course_lib.checks.question import Question
from course_lib.checks.scripts import Attack
from course_lib.sim import Crash, Event, Trace

QUESTION = Question(
    "01.twice",
    title="Break it: print it twice",
    names=("script",),
    signature="script: list of faults",
    points=3,
    minutes=15,
    hints=(
        "For a second copy the client must ask again, and the server must not remember. When is the letter on its way to the printer, and the record not on the disk?",
        "Between the two lines of Server.on_message lies one moment. A crash at a time falls between handlers; Crash('server', after='a>b#n') falls in the middle of one, right after that message was sent.",
        "The message after which the server must crash is the first that it sends to the printer. And it must come back: until=0.5, before the client asks again.",
    ),
    misconceptions={
        "not-a-script": "A script is a list of faults, such as [Drop('client>server#1'), Crash('server', at=2, until=3)].",
        "names-nothing": "A message is named by its link and its number there, 'client>server#2'. Run office.run() and look at the names.",
        "strikes-nothing": "A fault counts only if it changes something: look at the trace for the moments when something happens.",
        "drops-the-request": "The server never saw what was lost, so the next try is the first one for it. It must have acted before.",
        "drops-the-reply": "The server is asked again, but it remembers, and only the reply is sent again.",
        "crash-too-early": "That crash came too early: no letter was out yet, so the next try is the first one for the server. It must have acted before.",
        "crash-after-record": "That crash came too late: the record was on the disk already, and the disk survives.",
        "no-restart": "The server crashes at the right moment and stays down: nobody prints a second time. Say until when.",
        "back-too-late": "The server crashes at the right moment, but it is back too late: the run ends at 20 s, and no Job reached it after the restart. Let it start again sooner.",
        "sheet-lost": "A letter was lost on the way to the printer. Both copies have to arrive there: leave that link alone.",
        "copies-the-sheet": "That copy was made by the network. The server acted once, and it is the server that has to act twice.",
        "more-than-needed": "It works, but with more than it needs: one fault is enough.",
        "printed-once": "Follow the trace: which line of the server ran, and what was on the disk when the client asked again?",
    },
    right=(
        "The letter was out and the record was not: no order of the two lines helps, since a crash fits between them. A printer that knows each job's id could tell; the end must help, the middle cannot. "
        "Think of next: remember first and act afterwards; which script makes that server print nothing?"
    ),
)


def jobs_printed(trace: Trace) -> list[str]:
    """The texts that the server sent to the printer; not what the network made of them."""
    return [e.message.text for e in trace.events if e.kind == "send" and isinstance(e.message, Print)]


def acts_twice(trace: Trace) -> bool:
    sent = jobs_printed(trace)
    printed = [value for _, value in trace.reports]
    return any(sent.count(text) > 1 and printed.count(text) > 1 for text in sent)


def reason(trace: Trace) -> tuple[str, str]:
    """What the script did instead, and how much was printed."""
    printed = [value for _, value in trace.reports]
    said = f"The printer printed {', '.join(map(repr, printed)) or 'nothing'}"
    sent = len(jobs_printed(trace))
    said += (
        f", and the server sent it {sent} Print message{'s' * (sent != 1)}; one letter had to be sent twice."
    )
    return _mistake(trace, printed), said


def _mistake(trace: Trace, printed: Sequence[Any]) -> str:
    """The misconception, as the run shows it: the same may be done with several kinds of faults."""
    events, sent = trace.events, jobs_printed(trace)
    if len(printed) > len(set(printed)):
        return "copies-the-sheet"
    if len(sent) > len(set(sent)):
        return "sheet-lost"
    crashes = [i for i, event in enumerate(events) if (event.kind, event.node) == ("crash", "server")]
    if crashes:
        return _of_crashes(trace, crashes)
    jobs = [event for event in events if isinstance(event.message, Job)]
    came = [event.message.id for event in jobs if event.kind == "deliver"]
    if len(came) > len(set(came)):
        return "drops-the-reply"
    if any(event.kind == "drop" for event in jobs):
        return "drops-the-request"
    return "sheet-lost" if any(_is_lost_sheet(event) for event in events) else "printed-once"


def _of_crashes(trace: Trace, crashes: Sequence[int]) -> str:
    """What was wrong with the moment of a crash, or with the time until the server was back."""
    events = trace.events
    for index in crashes:
        out = sum(event.kind == "send" and isinstance(event.message, Print) for event in events[:index])
        if out > len(trace.states_after(index + 1)["server"].disk):  # the right moment
            return _after_the_right_moment(trace, events[index:])
    is_out = any(isinstance(event.message, Print) for event in events[: crashes[-1]])
    return "crash-after-record" if is_out else "crash-too-early"


def _after_the_right_moment(trace: Trace, later: Sequence[Event]) -> str:
    """A letter was out and not on record: why no Job came again."""
    up = next((i for i, event in enumerate(later) if (event.kind, event.node) == ("restart", "server")), None)
    if up is None:
        crashes = [fault for fault in trace.faults if isinstance(fault, Crash) and fault.node == "server"]
        return "no-restart" if any(fault.until is None for fault in crashes) else "back-too-late"
    is_lost = any(event.kind == "drop" and isinstance(event.message, Job) for event in later[up:])
    return "printed-once" if is_lost else "back-too-late"


def _is_lost_sheet(event: Event) -> bool:
    return event.kind == "drop" and isinstance(event.message, Print)


class ActsTwice(Attack):
    """No invariant breaks: what has to happen is read off the run."""

    def succeeds(self, trace: Trace) -> bool:
        return acts_twice(trace)


ActsTwice(
    lambda: office,
    "office",
    "without a fault each letter is printed once.",
    "",
    "the server has one letter printed twice",
    reason,
).add_rungs(QUESTION)
