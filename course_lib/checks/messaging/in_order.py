"""01.in_order: items handed over in the order of their numbers, over links that reorder and repeat."""

from typing import Any

from course_lib.checks.messaging.posts import Letters, posts
from course_lib.checks.messaging.receivers import MISTAKES
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup, Sweep, size, values
from course_lib.sim import Delay, Duplicate, Network, Trace

QUESTION = Question(
    "01.in_order",
    title="Put them back in order",
    names=("InOrder",),
    signature="class InOrder(Node): on_start(); on_message(sender, message)",
    points=3,
    minutes=15,
    hints=(
        "For each sender remember the number that comes next, and keep items that come early until it is their turn.",
        "One item may set several free: after 2, 3 and 4 have waited, 1 lets all of them go. That is a loop.",
        "Ignore a number below the next one. Put any other into waiting[number]; then, while the next number is in waiting, pop it, report it and count on.",
    ),
    misconceptions={
        "by-arrival": "That is the order of arrival. Links reorder, so an item whose number is not next has to wait.",
        "if-for-while": "One item may set several free: `while`, not `if`, when what has waited is handed over.",
        "one-count-for-all": "Every sender numbers its own items from 1: a count and a buffer for each sender.",
        "hands-over-repeats": "An item may come again after it was handed over. A number below the next one is a repeat.",
        "drops-the-early": "What comes early is not sent again: keep it until its turn comes.",
        "skips": "It went on with a larger number while a smaller one was still on its way. Items are late here, never lost.",
        "keeps-what-is-done": "Items that were handed over are kept, in memory or on the disk, so it grows for ever. Remove them, and do not put repeats in.",
        "another-report": "Report (sender, text): the name of the node that sent it, and the text of its item.",
        "something-missing": "What is still waiting when nothing more comes? Its turn had come.",
    },
    right=(
        "A number, a buffer and a count for each sender make a link in order out of one that reorders and repeats: what TCP does with its sequence numbers. "
        "Think of next: one late item now holds back all behind it (head-of-line blocking). Who would rather have them as they come?"
    ),
)


def all_handed_over(trace: Trace, letters: Letters) -> bool | str:
    """Liveness: everything that was sent is reported in the end."""
    missing = _missing(trace, letters)
    return f"{missing[0]}, and is still waiting" if missing else True


def nothing_dropped(trace: Trace, letters: Letters) -> bool | str:
    """What is not reported is at least held."""
    missing = _missing(trace, letters)
    return f"{missing[0]}, and is gone" if missing and not _holds(trace, missing[1]) else True


def _missing(trace: Trace, letters: Letters) -> tuple[str, str] | None:
    """The first text that was never reported."""
    for name, texts in letters.items():
        done = sum(node == "desk" and value[0] == name for node, value in trace.reports)
        if done < len(texts):
            said = f"when all had arrived, {done} of {len(texts)} items of {name} were reported; {texts[done]!r} had come"
            return said, texts[done]
    return None


def _holds(trace: Trace, text: str) -> bool:
    """Whether the desk has the text anywhere in its memory."""
    state = trace.nodes["desk"]
    return any(value == text for value in values({"memory": state.memory or {}, "disk": state.disk}))


def keeps_nothing(trace: Trace, letters: Letters) -> bool | str:
    """Bounded memory: when all is handed over, no item is held any more."""
    desk = trace.nodes["desk"]
    held = {**(desk.memory or {}), "disk": desk.disk}
    largest = max(held, key=lambda name: size(held[name]))
    if size(held[largest]) <= 10 * len(letters):
        return True
    count = sum(map(len, letters.values()))
    return f"when all {count} items were handed over, self.{largest} still held {size(held[largest])} values"


ANN: Letters = {"ann": ("a1", "a2", "a3", "a4")}
BOTH: Letters = {"ann": ("a1", "a2", "a3"), "bob": ("b1", "b2")}
ARRIVED = (nothing_dropped, all_handed_over)
MANY: Letters = {"ann": tuple(f"a{number}" for number in range(1, 21))}


def run(letters: Letters, *faults: Any, endings: Any = ARRIVED) -> Run:
    return Run(Setup(posts, (letters,)), faults, endings)


def late(*numbers: int, by: float = 1.0) -> list[Delay]:
    """These items of ann come so much later, each a little after the one before it here."""
    return [Delay(f"ann>desk#{number}", by=round(by + place / 10, 1)) for place, number in enumerate(numbers)]


def again(*numbers: int) -> list[Duplicate]:
    return [Duplicate(f"ann>desk#{number}", after=2.0) for number in numbers]


protocol = Protocol(
    QUESTION,
    MISTAKES,
    {
        "handed_over_in_order": "another-report",
        "handed_over_once": "hands-over-repeats",
        "nothing_dropped": "drops-the-early",
        "all_handed_over": "something-missing",
        "keeps_nothing": "keeps-what-is-done",
    },
)
protocol.rung("in order already", run(ANN))
protocol.rung("one item is late", run(ANN, *late(3)), run(ANN, *late(2)))
protocol.rung("several wait", run(ANN, *late(1)), run(ANN, *late(4, 3, 2, 1)), run(ANN, *late(1, 3)))
protocol.rung("two senders", run(BOTH), run(BOTH, *late(2)), run(BOTH, *late(1, 2, 3)))
protocol.rung(
    "an item comes twice", run(ANN, *again(1)), run(ANN, *late(2), *again(3, 4)), run(ANN, *again(1, 2, 3, 4))
)
protocol.rung(
    "60 seeds: all of it, by chance",
    Sweep(Setup(posts, (BOTH,), {"network": Network(jitter=1.0, duplicate=0.4)}), 60, ARRIVED),
)
protocol.rung(
    "every order of events",
    Explore(Setup(posts, ({"ann": ("a1", "a2", "a3"), "bob": ("b1",)},)), {"duplicates": 1}),
)
protocol.rung(
    "nothing is kept for ever",
    run(MANY, *late(5), endings=(*ARRIVED, keeps_nothing)),
    Run(Setup(posts, (MANY,), {"network": Network(duplicate=1.0)}), (), (*ARRIVED, keeps_nothing)),
)
