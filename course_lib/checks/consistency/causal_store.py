"""02.causal_store: a replica that shows no effect before its cause."""

from typing import Any

from course_lib.checks.consistency.causal import (
    Work,
    all_answered,
    all_arrived,
    causal,
    keeps_causality,
    nothing_dropped,
    tells_what_was_read,
)
from course_lib.checks.consistency.replicas import MISTAKES
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup, Sweep
from course_lib.sim import Delay

QUESTION = Question(
    "02.causal_store",
    title="Show no effect before its cause",
    names=("CausalReplica",),
    signature="class CausalReplica(Node): __init__(replicas); on_start(); on_message(sender, message)",
    points=5,
    minutes=25,
    seconds=20.0,  # thirty runs of three replicas, also on a slow machine
    hints=(
        "Keep the values, a count for each replica of how many of its writes are applied here, and a list of updates that wait.",
        "An update of w is ready when its clock[w] is one more than what is applied of w here, and no other count of its clock is larger than the one here.",
        "On an Update: put it into the list. Then, while some update in the list is ready: take it out, set the value, add 1 to the writer's count. A write of one's own counts at once, and its clock is the counts after that.",
    ),
    misconceptions={
        "as-it-comes": "Updates are applied as they come. Links reorder, so what an update depends on may still be on its way: let it wait.",
        "sender-only": "Only the writer's own count is looked at. What the writer had seen of others is a cause too: look at the whole clock.",
        "not-in-the-writers-order": "The writer's own earlier writes are causes too: its count in the clock has to be just one more than what is applied here.",
        "same-clocks": "It waits for the very counts that the writer had. A replica that has applied more is ready too: <=, not ==.",
        "forgets-what-was-read": "The clock of a write leaves out what had been read at its replica. Whoever reads may write because of it: all that is applied belongs into the clock.",
        "leaves-itself-out": "The clock of a write counts that write too. Without it the first write looks like none, and the second like the first.",
        "looks-once": "One update may set several free: look through the list again after each, until none is ready.",
        "counts-on-receipt": "A write counts when it is applied, not when its message comes: else others seem ready whose causes still wait.",
        "drops-the-early": "What comes early is not sent again: keep it until its causes have come.",
        "own-write-twice": "A write of one's own is applied when it is made; when it comes back to its writer it is done a second time. Send it to the others only.",
        "tells-nobody": "The others never hear of it: send them an Update.",
        "no-answer": "Reads and writes are answered at once, from what is here: Reply(id, value), and Reply(id, None).",
        "never-applied": "It waits for ever. Compare its clock with the counts at that replica: which of them was never reached?",
        "not-causal": "Follow the picture: what was applied before what it depends on?",
    },
    right=(
        "No effect is shown before its cause, and nobody ever waits for another replica: this works during a partition too. It does not say who wins when two write at the same time. "
        "Think of next: a clock has a count for every replica. What would a client have to carry that changes its replica?"
    ),
)

ALONE: Work = {
    "ann": ("east", (("read", "x"), ("write", "x", 101), ("read", "x"), ("write", "x", 102), ("read", "x")))
}
OWN: Work = {"ann": ("east", (("write", "x", 101), ("write", "x", 102), ("read", "x")))}
LOOKS = (("read", "y"), ("read", "x")) * 8
ROW: Work = {
    "ann": ("east", tuple(("write", "x", number) for number in range(101, 105))),
    "cem": ("north", (("read", "x"),) * 16),
}
PAIR: Work = {
    "ann": ("east", (("write", "x", 101), ("write", "y", 202))),
    "cem": ("north", LOOKS),
}
REPLY: Work = {
    "ann": ("east", (("write", "x", "lost my cat"),)),
    "bob": ("west", (*(("read", "x"),) * 3, ("write", "y", "found it"))),
    "cem": ("north", LOOKS),
}
THREE: Work = {
    "ann": (
        "east",
        (("write", "x", 101), ("read", "z"), ("write", "x", 102), ("read", "z"), ("write", "u", 403)),
    ),
    "bob": ("west", (("read", "x"), ("write", "y", 201), ("read", "x"), ("write", "y", 202), ("read", "z"))),
    "cem": ("north", (("read", "y"), ("read", "x"), ("write", "z", 301), ("read", "y"), ("read", "x"))),
}
BUSY: Work = {
    "ann": (
        "east",
        tuple(
            step
            for n in (101, 102, 103)
            for step in (("write", "x", n), ("write", "u", n + 300), ("read", "x"))
        ),
    ),
    "bob": (
        "west",
        tuple(step for n in (201, 202, 203) for step in (("read", "x"), ("read", "u"), ("write", "y", n))),
    ),
    "cem": ("north", (("read", "y"), ("read", "x"), ("read", "u")) * 6),
}
SMALL: Work = {
    "ann": ("east", (("write", "x", 101),)),
    "bob": ("west", (("read", "x"), ("write", "y", 202))),
    "cem": ("north", (("read", "y"), ("read", "x"))),
}
ENDINGS = (all_answered, tells_what_was_read, keeps_causality, nothing_dropped, all_arrived)


def run(work: Work, *faults: Any) -> Run:
    return Run(Setup(causal, (work,)), faults, ENDINGS)


def late(link: str, *numbers: int, by: float = 0.4) -> list[Delay]:
    """These messages of a link come so much later, each a little after the one before it here."""
    return [Delay(f"{link}#{number}", by=round(by + place / 20, 2)) for place, number in enumerate(numbers)]


protocol = Protocol(
    QUESTION,
    MISTAKES,
    {
        "keeps_causality": "not-causal",
        "all_answered": "no-answer",
        "nothing_dropped": "drops-the-early",
        "all_arrived": "never-applied",
        "tells_what_was_read": "forgets-what-was-read",
    },
)
protocol.rung("one client, one replica", run(ALONE))
protocol.rung("the others hear of it", run(ROW), run(PAIR))
protocol.rung(
    "one writer's writes overtake each other",
    run(ROW, *late("east>north", 1)),
    run(PAIR, *late("east>north", 1)),
    run(ROW, *late("east>north", 2)),
)
protocol.rung(
    "an answer overtakes its question",
    run(REPLY),
    run(REPLY, *late("east>north", 1)),
    run(REPLY, *late("east>west", 1, by=0.05)),
)
protocol.rung(
    "several wait",
    run(ROW, *late("east>north", 4, 3, 2, 1)),
    run(ROW, *late("east>north", 2, 1)),
    run(THREE, *late("east>north", 1, by=1.0)),
    run(THREE, *late("east>west", 2, 1), *late("west>north", 2, 1)),
)
protocol.rung("30 seeds: all of it, by chance", Sweep(Setup(causal, (BUSY,), {"jitter": 1.0}), 30, ENDINGS))
protocol.rung(
    "every order of events",
    Explore(Setup(causal, (OWN,), {"bare": True}), {"timeouts": 0}),
    Explore(Setup(causal, (SMALL,), {"bare": True}), {"timeouts": 0}),
)
