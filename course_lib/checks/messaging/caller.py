"""01.caller: ask until the answer comes, over a network that loses, delays and repeats."""

from itertools import pairwise
from typing import Any

from course_lib.checks.messaging.callers import MISTAKES
from course_lib.checks.messaging.calls import Ask, calls
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup, Sweep
from course_lib.sim import Delay, Drop, Duplicate, Event, Network, Partition, Trace

QUESTION = Question(
    "01.caller",
    title="Ask until the answer comes",
    names=("Caller",),
    signature="class Caller(Node): __init__(server: str, texts: list[str]); on_start(); on_message(sender, message); on_timer(name)",
    points=3,
    minutes=15,
    hints=(
        "Keep the number of the text that you are at. One method asks: it sends the Ask and sets a timer of 1 s. Call it for a new text, and again when the timer fires.",
        "A timer fires once. If the next try is lost too, only a timer that was set again helps: ask() from on_timer as well.",
        "In on_message look at the id: only an Answer with the id that you wait for counts. Then cancel the timer, report, and go on; after the last text no id is waited for.",
    ),
    misconceptions={
        "never-retries": "A message that is lost is never heard of again: only a timer can notice. Ask again when it fires.",
        "retries-once": "A timer fires once. Set it again in on_timer, since the second try can be lost as well.",
        "gives-up": "However many tries were lost, the next may arrive: ask until the answer comes.",
        "fresh-id": "All tries of one question have one id: else the server takes each try for a new question, and an answer to an earlier try seems to answer something else.",
        "answer-not-matched": "An Answer may come late, or twice. It answers the question of its own id and no other: compare the ids, not the texts.",
        "reports-twice": "The same Answer can come again. After the first one its id is no longer waited for.",
        "timer-not-cancelled": "The timer of a question that is answered still runs. Cancel it when the answer comes, and set none after the last.",
        "all-at-once": "One question after the other: the next Ask leaves when the answer before it has come.",
        "another-pace": "Ask again 1 s after the last try: sooner floods a slow server, later only waits.",
        "asks-something-else": "An Ask has the text that is due, and the ids count the texts: 1, 2, 3, ... Two texts may be equal; their ids differ.",
        "another-failure": "Follow the picture from the top: what did the client wait for, and what made it go on?",
    },
    right=(
        "Whatever is lost, the client asks again, and an id tells which question an answer belongs to. But the server may have carried out a question several times: this is at-least-once. "
        "Think of next: what must the server remember, if carrying it out twice does harm?"
    ),
)


def asks(trace: Trace) -> list[Event]:
    return [e for e in trace.events if e.kind == "send" and e.node == "client" and isinstance(e.message, Ask)]


def all_reported(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """Liveness: every answer is reported."""
    count = sum(node == "client" for node, _ in trace.reports)
    if count >= len(texts):
        return True
    tries = sum(ask.message.text == texts[count] for ask in asks(trace))
    times = {0: "never asked", 1: "asked once", 2: "asked twice"}.get(tries, f"asked {tries} times")
    return f"the answer to {texts[count]!r} was not reported; the client {times} for it, and the run ended at {trace.end:g} s"


def right_questions(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """The ids count the texts, also when one is asked again. Two texts may be equal: their ids differ."""
    done, asked = 0, {ask.message.id for ask in asks(trace)}
    for event in trace.events:
        done += is_report(event)
        if event.kind != "send" or not isinstance(event.message, Ask):
            continue
        id, text = event.message.id, event.message.text
        if text not in texts:
            return f"at {event.time:g} s the client sent {event.message!r}, and no such text was given to it"
        is_due = texts[done : done + 1] == (text,)
        right = done + 1 if is_due else texts.index(text) + 1
        theirs = texts[id - 1] if 1 <= id <= len(texts) else None
        if theirs != text or (is_due and id < right and right not in asked):
            return f"at {event.time:g} s the client sent {event.message!r}; it had to be {Ask(right, text)!r}"
    return True


def is_report(event: Event) -> bool:
    return event.kind == "report" and event.node == "client"


def own_answers(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """What is reported for a question is the answer to it, and not to another of the same text."""
    done, came = 0, set()
    for event in trace.events:
        if event.kind == "deliver" and event.node == "client":
            came.add(event.message.id)
        done += is_report(event)
        if is_report(event) and done not in came:
            return f"at {event.time:g} s the client reported {event.message!r} for question {done}, and no Answer with this id had come"
    return True


def one_at_a_time(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """No question leaves before the answer to the one before it is reported."""
    done = 0
    for event in trace.events:
        done += is_report(event)
        early = isinstance(event.message, Ask) and event.message.id > done + 1
        if early and event.kind == "send":
            return f"at {event.time:g} s the client asked {event.message.text!r}, and {texts[done]!r} had no answer yet"
    return True


def right_pace(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """1 s between two tries of one question."""
    for id, text in enumerate(texts, start=1):
        times = [ask.time for ask in asks(trace) if ask.message.id == id]
        for one, next in pairwise(times):
            if abs(next - one - 1) > 1e-6:
                return (
                    f"the client asked {text!r} at {one:g} s and again at {next:g} s; it had to be 1 s later"
                )
    return True


def silent(trace: Trace, texts: tuple[str, ...]) -> bool | str:
    """After the last report nothing is asked and no timer fires."""
    last = max((i for i, event in enumerate(trace.events) if event.kind == "report"), default=0)
    for event in trace.events[last:]:
        if event.node == "client" and event.kind in ("send", "timer"):
            did = f"sent {event.message!r}" if event.kind == "send" else f"had its timer {event.id!r} fire"
            return f"at {event.time:g} s, after all was done, the client {did}"
    return True


THREE = ("tea", "milk", "salt")
ALIKE = ("tea", "tea", "milk")
ALWAYS = (all_reported, right_questions, one_at_a_time, own_answers)
RETRIES = (right_pace, *ALWAYS)


def run(*faults: Any, texts: tuple[str, ...] = THREE, endings: Any = ALWAYS) -> Run:
    return Run(Setup(calls, (texts,)), faults, endings)


protocol = Protocol(
    QUESTION,
    MISTAKES,
    {
        "reports_in_order": "answer-not-matched",
        "all_reported": "another-failure",
        "right_questions": "asks-something-else",
        "one_at_a_time": "all-at-once",
        "own_answers": "answer-not-matched",
        "right_pace": "another-pace",
        "silent": "timer-not-cancelled",
    },
)
protocol.rung("nothing is lost", run(), run(texts=("tea",)), run(texts=()))
protocol.rung(
    "questions are lost",
    run(Drop("client>server#1"), endings=RETRIES),
    run(Drop("client>server#2"), endings=RETRIES),
    run(*(Drop(f"client>server#{n}") for n in range(1, 9)), endings=RETRIES),
    Run(
        Setup(calls, (THREE,), {"until": 60}), (Partition({"client"}, {"server"}, at=0, until=40.5),), RETRIES
    ),
)
protocol.rung(
    "answers are lost",
    run(Drop("server>client#1"), endings=RETRIES),
    run(Drop("server>client#1"), Drop("server>client#2"), Drop("server>client#5"), endings=RETRIES),
)
protocol.rung(
    "answers come twice, or late",
    run(Duplicate("server>client#1", after=0.01)),
    run(Delay("server>client#1", by=1.5), Drop("client>server#3")),
    run(Duplicate("server>client#3", after=0.5)),
    run(Delay("server>client#1", by=1.5), Drop("client>server#3"), texts=ALIKE),
)
protocol.rung(
    "and then it is silent", *(run(texts=texts, endings=(*RETRIES, silent)) for texts in (THREE, ()))
)
protocol.rung(
    "60 seeds: all of it, by chance",
    Sweep(
        Setup(calls, (THREE,), {"network": Network(jitter=1.5, loss=0.3, duplicate=0.3), "until": 60}),
        60,
        RETRIES,
    ),
)
protocol.rung(
    "every order of events",
    Explore(Setup(calls, (("tea", "milk"),)), {"losses": 1, "duplicates": 1, "timeouts": 2}),
)
