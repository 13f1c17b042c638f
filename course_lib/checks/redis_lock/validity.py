"""04.validity: does Redlock's client have the lock, and for how long?"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison, told
from course_lib.checks.question import Question

Answers = Sequence[bool | None]

QUESTION = Question(
    "04.validity",
    title="How long is it good?",
    names=("validity",),
    signature="validity(ttl: float, asked_at: float, answers: list[bool | None], answered_at: float) -> float | None",
    points=2,
    minutes=10,
    hints=(
        "Two conditions: enough servers said yes, and there is time left. Count the yes only.",
        "A majority is more than half of all servers, also of those that gave no answer. The first server's time has run since before it was asked.",
        "yes = answers.count(True); left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002; return left if 2 * yes > len(answers) and left > 0, else None.",
    ),
    misconceptions={
        "half-is-enough": "Half is no majority: two clients could have one half each. It takes more than half of the servers.",
        "majority-of-those-who-answered": "A server that is silent counts among all: it may have given its vote to another. Divide by all, not by those who answered.",
        "silence-is-a-vote": "None is not True: a server that did not answer has promised nothing.",
        "counts-answers": "An answer may be no. Count those that are True.",
        "wants-all": "A majority is enough; that is what the servers are many for.",
        "asking-took-time": "The servers have been counting since they were asked: what asking took has to be subtracted.",
        "forgets-the-drift": "Clocks run at different rates: 1 % of the ttl and 2 ms have to be subtracted too.",
        "drift-of-the-rest": "The drift is 1 % of the ttl: servers and client count the whole time, asking included.",
        "counts-from-zero": "The servers have been counting since asked_at: what asking took is answered_at - asked_at.",
        "always-three": "There may be three servers or seven: more than half of len(answers) is a majority.",
        "no-lock-seen": "There is a lock here. Did you subtract asked_at? Is your majority of len(answers)?",
        "sees-a-lock": "There is no lock here: it takes more than half of all servers, and some time that is left.",
        "over-already": "When no time is left there is no lock, whatever the votes: return None.",
        "a-moment": "Seconds that are left are asked for, not the moment when they are over.",
        "another-time": "Do it by hand: the votes, what asking took, the drift, and what is left.",
    },
    right=(
        "A majority cannot be had twice at a time, and the time that is left is the shortest that any of its servers will keep the promise, as long as no clock jumps. "
        "Think of next: one of the three servers that said yes restarts and has forgotten it. How many majorities are there now?"
    ),
)


def validity(
    ttl: float,
    asked_at: float,
    answers: Answers,
    answered_at: float,
    *,
    enough: Callable[[Answers], bool] = lambda answers: 2 * answers.count(True) > len(answers),
    left: Callable[[float, float], float] = lambda ttl, asking: ttl - asking - ttl * 0.01 - 0.002,
    over: Callable[[float], Any] = lambda left: None,
) -> float | None:
    """The rule. Mistaken with another majority, another rest, or another answer when the time is over."""
    rest = left(ttl, answered_at - asked_at)
    if not enough(answers):
        return None
    result: float | None = rest if rest > 0 else over(rest)
    return result


def mistaken(**change: Any) -> Callable[..., float | None]:
    return lambda *case: validity(*case, **change)


def moment(ttl: float, asked_at: float, answers: Answers, answered_at: float) -> float | None:
    rest = validity(ttl, asked_at, answers, answered_at)
    return None if rest is None else answered_at + rest


def from_zero(drift: float) -> Callable[..., float | None]:
    """`asked_at` is forgotten."""
    return lambda ttl, _, answers, answered_at: validity(
        ttl, 0, answers, answered_at, left=lambda ttl, asking: ttl - asking - drift * (ttl * 0.01 + 0.002)
    )


MISTAKES = [
    ("no-return", lambda *case: None),
    ("counts-from-zero", from_zero(drift=1)),
    ("counts-from-zero", from_zero(drift=0)),
    ("always-three", mistaken(enough=lambda a: a.count(True) >= 3)),
    ("half-is-enough", mistaken(enough=lambda a: a.count(True) >= len(a) / 2)),
    ("half-is-enough", mistaken(enough=lambda a: a.count(True) >= len(a) // 2)),
    ("half-is-enough", mistaken(enough=lambda a: a.count(True) > len(a) // 2 - 1)),
    (
        "majority-of-those-who-answered",
        mistaken(enough=lambda a: 2 * a.count(True) > len([one for one in a if one is not None])),
    ),
    ("silence-is-a-vote", mistaken(enough=lambda a: 2 * sum(one is not False for one in a) > len(a))),
    ("counts-answers", mistaken(enough=lambda a: 2 * sum(one is not None for one in a) > len(a))),
    ("counts-answers", mistaken(enough=lambda a: True)),
    ("wants-all", mistaken(enough=lambda a: all(a))),
    ("asking-took-time", mistaken(left=lambda ttl, asking: ttl - ttl * 0.01 - 0.002)),
    ("asking-took-time", mistaken(left=lambda ttl, asking: ttl)),
    ("asking-took-time", mistaken(left=lambda ttl, asking: ttl + asking - ttl * 0.01 - 0.002)),
    ("forgets-the-drift", mistaken(left=lambda ttl, asking: ttl - asking)),
    ("forgets-the-drift", mistaken(left=lambda ttl, asking: ttl - asking - ttl * 0.01)),
    ("forgets-the-drift", mistaken(left=lambda ttl, asking: ttl - asking - 0.002)),
    ("drift-of-the-rest", mistaken(left=lambda ttl, asking: (ttl - asking) * 0.99 - 0.002)),
    ("over-already", mistaken(over=lambda left: left)),
    ("over-already", mistaken(over=lambda left: 0)),
    ("a-moment", moment),
]


NO_LOCK = float("-inf")
"""In place of None while results are compared: whether there is a lock is not a matter of types."""


def run(validity: Callable[..., Any], *case: Any) -> Any:
    left = validity(*case)
    return NO_LOCK if left is None else left


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """What came and what had to come; and where one of them is None, the votes and the time."""
    came, due = (None if result == NO_LOCK else result for result in (got, expected))
    said, replay = told(answer, case, due, came)
    if None in (came, due):
        ttl, asked_at, answers, answered_at = case
        left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
        said += f" {answers.count(True)} of {len(answers)} said yes, and {left:.6g} s are left."
    return said, replay


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single result."""
    if NO_LOCK not in (expected, got):
        return "another-time"
    return "no-lock-seen" if got == NO_LOCK else "sees-a-lock"


def by_chance() -> Iterator[Case]:
    chance = random.Random(6)
    for _ in range(60):
        answers = [
            chance.choice((True, True, True, False, None)) for _ in range(chance.choice((3, 4, 5, 6, 7)))
        ]
        asked_at = round(chance.uniform(0, 500), 2)
        ttl = chance.choice((0.5, 2, 10, 30))
        yield ttl, asked_at, answers, round(asked_at + chance.uniform(0, 1.1) * ttl, 3)


T, F, N = True, False, None
Comparison(validity, MISTAKES, otherwise, run=run, tell=tell).add_rungs(
    QUESTION,
    {
        "all say yes": [(10, 0, [T] * 5, 0), (30, 100, [T] * 3, 100.5), (10, 7, [T], 7.25)],
        "a majority": [(10, 0, [T, T, T, F, F], 0.5), (10, 50, [F, T, N, T, T], 52), (10, 0, [T, F, T], 0.1)],
        "no majority": [
            (10, 0, [T, T, F, F, F], 0.5),
            (10, 0, [T, T, N, N, N], 0.5),
            (10, 0, [N, N, N], 0.5),
            (10, 0, [T, T, N, N, F], 0.1),
            (10, 0, [T, F, F], 0),
        ],
        "an even number": [
            (10, 0, [T, T, F, F], 0.5),
            (10, 0, [T, T, T, N], 0.5),
            (10, 0, [T, F], 0),
            (10, 0, [T, T], 0),
        ],
        "asking took long": [
            (10, 20, [T] * 5, 29.5),
            (10, 20, [T] * 5, 29.95),
            (10, 20, [T] * 5, 31),
            (0.5, 0, [T, T, T, N, N], 0.6),
            (30, 0, [T, F, F], 40),
        ],
        "60 cases by chance": list(by_chance()),
    },
)
