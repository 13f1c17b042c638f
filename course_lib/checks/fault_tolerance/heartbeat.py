"""10.heartbeat: a failure detector with a timeout."""

import random
from collections.abc import Iterator
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case
from course_lib.checks.fault_tolerance import heartbeats, timers
from course_lib.checks.fault_tolerance.heartbeats import AllNumbers, Model
from course_lib.checks.fault_tolerance.side_by_side import NOT_ITS_OWN, OneOfMany
from course_lib.checks.methods import Act, Script
from course_lib.checks.question import Question

QUESTION = Question(
    "10.heartbeat",
    title="Dead, or late?",
    names=("Detector",),
    signature="class Detector(timeout: float): heartbeat(now: float, number: int, sent: float); suspects(now: float) -> bool",
    points=2,
    minutes=10,
    hints=(
        "Two things are to be remembered: when the last heartbeat that counted arrived, and its number. The watch begins at 0, as if one had arrived then.",
        "heartbeat: a number that is not higher than the highest so far counts for nothing. suspects compares `now` with what is remembered, and changes nothing.",
        "heartbeat: if number > self.newest: self.newest = number; self.last = now. suspects: return now - self.last >= self.timeout.",
    ),
    misconceptions={
        "timer-from-send": "`sent` is what the other machine's clock showed. Nobody knows how far that is from yours, so it cannot be compared with `now`. The timer starts when the heartbeat arrives.",
        "orders-by-clock": "It took the sender's clock for the order, and that clock was set back in between. The number tells which of two was sent later.",
        "clock-was-set": "The sender's clock was set, back or forward, and one that came after that was not taken for a sign of life. Whatever `sent` is, the node was alive when it sent that. The number says whether a heartbeat counts, and your own clock when it arrived.",
        "one-miss": "The numbers have jumped, since one heartbeat was lost, or is late. That is no death: the next one is a sign of life like any other. Only the time without any counts.",
        "never-unsuspects": "It was suspected, and then a newer heartbeat came: it lives, however long it was silent. A suspicion is no verdict; it has to be taken back.",
        "late-revives": "A late heartbeat: one with a higher number, which was sent after it, has come before it. It shows that the node lived then, and not that it lives now. Only a number above all before counts.",
        "copy-revives": "A heartbeat came a second time. A copy shows nothing new: only a number *above* the highest so far counts.",
        "at-the-limit": "At the limit itself: after just `timeout` seconds without a heartbeat it is suspected.",
        "another-timeout": "`timeout` is meant to the letter, not a part of it and not with a margin: a hair before it is over, the node is not suspected, and from then on it is.",
        "rounded": "A time was rounded, or the wait, or `timeout`. Take them as they are: between 2.9999 s and 3 s lies the limit.",
        "never-heard": "A node that never says anything is suspected, too: the watch begins at 0, and `timeout` counts from there.",
        "suspected-at-first": "Nothing has come yet, and there was hardly time. The watch begins at 0, and `timeout` counts from there.",
        "turned-round": "It says True where it had to say False, and the other way round: True means that the node is suspected.",
        "own-clock": "What it answers does not follow from `now`. Does it look at a clock of its own, such as time.time()? The time is what it is told: then it can be tested in virtual time, and a wall clock that is set right while it watches buries nobody.",
        "asking-counts": "`suspects` only looks. A question is no sign of life, however often it is asked.",
        "not-its-own": NOT_ITS_OWN,
        "another-answer": "Of all heartbeats whose number was higher than each before it: when did the last one arrive? `timeout` counts from there.",
    },
    right=(
        "It is complete: who is dead is suspected in the end. And it is wrong now and then: whatever the timeout is, some delay is longer. "
        "Think of next: with a heartbeat each second and one in ten lost, how often does a timeout of 2.5 s bury the living? And one of 5 s?"
    ),
)
SCRIPT = Script(frozenset({"heartbeat"}))


def beat(now: float, number: int, clock: float = 1000.0) -> Act:
    """Heartbeat n arrives, or a copy of it. It was sent n seconds after the sender's clock had shown `clock`."""
    return "heartbeat", now, number, clock + number


def ask(now: float) -> Act:
    return "suspects", now


def of(*acts: Act, timeout: float = 3.0) -> Case:
    return (timeout,), acts


def by_chance() -> Iterator[Case]:
    """Heartbeats each second, of which some are lost, late, or come twice; and dead for a while."""
    chance = random.Random(10)
    for _ in range(20):
        coming: list[tuple[float, int, Act]] = []
        down = range(*sorted(chance.sample(range(30), 2)))
        for number in range(1, 31):
            late = chance.choice((0.125, 0.125, 0.25, 0.5, 3.25, 6.5))
            copies = chance.choice((0, 1, 1, 1, 1, 2)) if number not in down else 0
            for copy in range(copies):
                now = number + late + copy * chance.choice((0.0, 0.5, 5.0))
                coming.append((now, number, beat(now, number)))
        coming += [(now / 2, 0, ask(now / 2)) for now in range(0, 80, chance.choice((1, 2, 5)))]
        acts = [act for _, _, act in sorted(coming, key=lambda one: one[:2])]
        yield of(*acts, timeout=chance.choice((1.5, 2.0, 3.0, 4.5)))


def otherwise(case: Case, expected: list[Any], got: list[Any]) -> str:
    """Whatever else it does: what it says may be what a late heartbeat makes of it."""
    place = next(place for place, due in enumerate(expected) if got[place] != due)
    late = SCRIPT.play(AllNumbers, *case)[place]
    return "late-revives" if got[place] == late != expected[place] else "another-answer"


COMPARISON = OneOfMany(
    Model,
    [*timers.MISTAKES, *heartbeats.MISTAKES],
    otherwise,
    script=SCRIPT,
    args=(3.0,),
    first=beat(1e9, 1),
    more=[beat(1e9 + 4, 10**9)],
    ask=ask(1e9 + 4),
    rest="another-answer",
)
COMPARISON.add_rungs(
    QUESTION,
    {
        "heartbeats come": [
            of(ask(0), beat(1, 1), ask(1), beat(2, 2), ask(2), ask(3.5), beat(4, 3), ask(6.5)),
            of(beat(1.5, 1, clock=0), beat(2.5, 2, clock=0), ask(3), ask(5)),
            of(beat(1.25, 1, clock=-0.75), ask(3.25)),
        ],
        "they stop": [
            of(beat(1, 1), beat(2, 2), ask(4.875), ask(5), ask(5.5), ask(100)),
            of(beat(1, 1, clock=-0.125), ask(3.9375), ask(4)),
            of(ask(0), ask(2.5), ask(3), ask(7)),
            of(beat(1, 1), ask(2), ask(3), ask(3.5), ask(4.5)),
        ],
        "a hair before the limit, and after it": [
            # Rounded to 1, 2 or 3 digits: some of these waits come to 3 s, and some to less.
            of(beat(1, 1), *map(ask, (3.92, 3.96, 3.992, 3.996, 3.9992, 3.9999, 4, 4.0001))),
            of(beat(1.5, 1), beat(2.75, 2), ask(5.2499), ask(5.2501), timeout=2.5),
            of(beat(0.01, 1), ask(0.0599), ask(0.0601), ask(0.5), timeout=0.05),
            of(beat(1, 1), ask(60.99), ask(61), timeout=60.0),
        ],
        "two clocks": [
            of(beat(1, 1, clock=500), beat(2, 2, clock=500), ask(4.5), ask(5)),
            of(beat(9, 1, clock=0), ask(10), beat(10, 2, clock=0), ask(12), ask(13), timeout=2.5),
            of(beat(1, 1, clock=-0.5), beat(4, 2, clock=-0.5), ask(4.5), ask(6.5), ask(7)),
            of(beat(1, 1, clock=500), beat(2, 2, clock=400), ask(4.5), ask(5)),
            of(beat(1, 1, clock=500), beat(3, 3, clock=400), beat(3.5, 2, clock=500), ask(5.5), ask(6)),
            of(beat(1, 2, clock=1e9), beat(3.5, 1, clock=0), ask(3.5), ask(4), ask(6)),
            of(beat(1, 1), beat(2, 2, clock=1e9), ask(4.5), ask(5), beat(6, 6, clock=1e9), ask(6), ask(9)),
            of(
                beat(1, 1, clock=1e9),
                beat(2, 2, clock=0),
                ask(4.5),
                ask(5),
                beat(6, 6, clock=0),
                ask(6),
                ask(9),
            ),
        ],
        "one is lost": [
            of(beat(1, 1), beat(3, 3), ask(3), ask(4), beat(4, 4), ask(6.5), ask(7)),
            of(beat(2, 2), ask(2.5), beat(5, 5), ask(5.5), beat(6, 6), ask(8.5), ask(9)),
        ],
        "it is back": [
            of(beat(1, 1), ask(4), beat(5, 5), ask(5), ask(7.5), ask(8), beat(9, 9), ask(9)),
            of(beat(1, 1), beat(6, 2), ask(6), beat(20, 3), ask(20.5), ask(23)),
            of(beat(1, 1), ask(100), beat(100, 100), ask(102.5), ask(103)),
            of(beat(1, 1), beat(1e6, 10**6), ask(1e6), ask(1e6 + 2.5), ask(1e6 + 3)),
            of(beat(1, 1), ask(1e6), beat(1e6, 10**6), ask(1e6), ask(1e6 + 2.5), ask(1e6 + 3)),
        ],
        "one is late, or comes twice": [
            of(
                beat(1, 1),
                beat(3, 3),
                beat(5, 2),
                ask(5.5),
                ask(6),
                beat(6.5, 1),
                ask(6.5),
                beat(7, 3),
                ask(7),
            ),
            of(beat(3, 3), beat(4, 2), beat(5, 2), beat(5.5, 3), ask(6), ask(8)),
            of(beat(1, 1), beat(3.5, 1), ask(4), ask(6)),
            of(beat(7, 7), beat(8, 3), beat(9, 5), ask(10), beat(11, 8), ask(11), ask(14)),
        ],
        "many are late, and one very late": [
            of(beat(9, 9), *(beat(10 + number, number) for number in range(1, 7)), ask(16)),
            of(beat(40, 40), *(beat(40 + number / 8, number) for number in range(1, 33)), ask(44)),
            of(beat(1, 1), beat(60, 60), beat(200, 2), ask(200)),
            of(beat(60, 60), beat(66, 1), ask(66), beat(75, 59), ask(75), beat(76, 61), ask(76)),
            of(beat(60, 60), beat(1000, 1), ask(1000), beat(1001, 2), ask(1001), beat(1002, 61), ask(1002)),
            of(beat(1, 1), beat(2, 2), beat(1000, 1), ask(1000), beat(1001, 2), ask(1001)),
        ],
        "20 histories by chance": list(by_chance()),
    },
)
ONE = [beat(1, 1), beat(2, 2), ask(3), beat(4, 3), ask(5), beat(6, 5), ask(8)]
TWO = [ask(1), beat(1.5, 40), ask(4), ask(6), beat(7, 41), ask(9), ask(10)]


@QUESTION.rung("two detectors, by turns")
def by_turns(answer: Answer) -> None:
    COMPARISON.by_turns(answer, ONE, TWO)
