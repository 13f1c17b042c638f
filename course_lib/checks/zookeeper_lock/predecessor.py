"""05.predecessor: which znode to wait for?"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question

QUESTION = Question(
    "05.predecessor",
    title="Whom to wait for",
    names=("predecessor",),
    signature="predecessor(children: list[str], mine: str) -> str | None",
    points=2,
    minutes=10,
    hints=(
        "What tells who came first stands at the end of a name: the ten digits. name[-10:] cuts them off; int(...) makes them a number.",
        "Sort the children by that number: sorted(children, key=...). Then find out where yours stands, and whether anything stands before it.",
        "Of the children with a smaller number than yours, the one with the largest: max(before, key=number, default=None). And first of all: raise ValueError if yours is not there.",
    ),
    misconceptions={
        "sorts-by-name": "A name begins with whoever made it, at random. Only the ten digits at its end tell who came first.",
        "as-they-come": "The children come in an order that means nothing. Sort them by the ten digits.",
        "the-first": "If all wait for the first, its release wakes all of them, and all but one in vain: a herd. Wait for the one right before you.",
        "the-one-after": "That one came after you, and waits for you.",
        "oneself": "That is your own znode. It goes when you delete it: you would wait for yourself.",
        "the-last": "That one is the end of the queue. You wait for the one right before you.",
        "round-the-corner": "Your znode is the first, and the list goes on at its end: in Python, queue[-1] is the last one. Nobody is before you: None.",
        "one-less": "Numbers have gaps: who died or gave up has left one. The one before you need not have your number less one.",
        "one-too-far": "That one is before you, but another stands between. When it goes it is not your turn yet.",
        "gone-means-first": "If your own znode is not there, your session has ended, and your place is lost. To say None would be to say that the lock is yours.",
        "says-nobody": "Somebody is before you. None would say that the lock is yours, and then two have it.",
        "not-none": "None is wanted where nobody is before you, and else a name, as it stands in the list.",
        "another-one": "Do it by hand: sort by the ten digits, find yours, go one to the left.",
    },
    right=(
        "Each waits for one, and each is waited for by one: a release wakes one. "
        "Think of next: the one before you has gone. Is the lock yours?"
    ),
)

Name = str | None


def number(name: str) -> int:
    return int(name[-10:])


def predecessor(
    children: Sequence[str],
    mine: str,
    *,
    key: Callable[[str], Any] | None = number,
    pick: Callable[[list[str], int], Any] = lambda queue, place: queue[place - 1],
    first: Callable[[list[str], str], Any] = lambda queue, mine: None,
    absent: Callable[[list[str], str], Any] | None = None,
) -> Any:
    """The rule. Mistaken with another order, another pick, another answer for the first, or for one who is gone."""
    queue = sorted(children, key=key) if key else list(children)
    if mine not in queue:
        if absent is None:
            raise ValueError(f"{mine} is not there")
        return absent(queue, mine)
    place = queue.index(mine)
    return pick(queue, place) if place else first(queue, mine)


def mistaken(**change: Any) -> Callable[..., Any]:
    return lambda *case: predecessor(*case, **change)


def one_less(children: Sequence[str], mine: str) -> Name:
    """The child with the number before, if it is there."""
    predecessor(children, mine)
    return next((name for name in children if number(name) == number(mine) - 1), None)


def by_text(name: str) -> str:
    return name


def before(queue: list[str], mine: str) -> list[str]:
    return [name for name in queue if number(name) < number(mine)]


MISTAKES = [
    ("sorts-by-name", mistaken(key=by_text)),
    ("as-they-come", mistaken(key=None)),
    ("the-first", mistaken(pick=lambda queue, place: queue[0])),
    ("the-one-after", mistaken(pick=lambda queue, place: queue[place + 1])),
    ("the-one-after", mistaken(pick=lambda queue, place: next(iter(queue[place + 1 :]), None))),
    ("oneself", mistaken(pick=lambda queue, place: queue[place])),
    ("the-last", mistaken(pick=lambda queue, place: queue[-1])),
    ("the-last", mistaken(pick=lambda queue, place: queue[-1] if place < len(queue) - 1 else queue[-2])),
    ("round-the-corner", mistaken(first=lambda queue, mine: queue[-1])),
    ("one-less", one_less),
    ("one-too-far", mistaken(pick=lambda queue, place: queue[max(place - 2, 0)])),
    ("one-too-far", mistaken(pick=lambda queue, place: queue[place - 2])),
    ("says-nobody", mistaken(pick=lambda queue, place: None)),
    ("says-nobody", mistaken(pick=lambda queue, place: queue[place - 1] if place > 1 else None)),
    ("gone-means-first", mistaken(absent=lambda queue, mine: None)),
    (
        "gone-means-first",
        mistaken(absent=lambda queue, mine: max(before(queue, mine), key=number, default=None)),
    ),
    ("gone-means-first", mistaken(absent=lambda queue, mine: queue[-1] if queue else None)),
    ("not-none", mistaken(first=lambda queue, mine: mine)),
    ("not-none", mistaken(first=lambda queue, mine: "")),
    ("not-none", mistaken(first=lambda queue, mine: True)),
    ("not-none", mistaken(first=lambda queue, mine: False)),
    ("not-none", mistaken(pick=lambda queue, place: number(queue[place - 1]))),
    ("not-none", mistaken(pick=lambda queue, place: place - 1)),
]


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single result."""
    children, mine = case
    if got == mine:
        return "oneself"
    if got is None and mine in children:
        return "says-nobody"
    if isinstance(got, str) and got in children:
        return "the-one-after" if number(got) > number(mine) else "another-one"
    return "gone-means-first" if mine not in children else "another-one"


def name_of(who: str, place: int) -> str:
    return f"{who}__lock__{place:010d}"


def names(*places: tuple[str, int]) -> list[str]:
    return [name_of(who, place) for who, place in places]


def by_chance() -> Iterator[Case]:
    chance = random.Random(5)
    for _ in range(60):
        places = chance.sample(range(chance.choice((12, 1200, 2_000_000_000))), chance.randrange(1, 8))
        children = names(*((f"{chance.getrandbits(32):08x}", place) for place in places))
        yield children, chance.choice(children)


A, B, C, D = "0c41", "7fa2", "b3d9", "e805"
"""The beginnings of names, really 32 digits at random."""

Comparison(predecessor, MISTAKES, otherwise).add_rungs(
    QUESTION,
    {
        "nobody before": [
            (names((B, 0)), name_of(B, 0)),
            (names((B, 4), (A, 6), (C, 5)), name_of(B, 4)),
            (names((A, 8), (C, 7)), name_of(C, 7)),
        ],
        "one before": [
            (names((A, 0), (B, 1)), name_of(B, 1)),
            (names((A, 12), (D, 11)), name_of(A, 12)),
            (names((D, 9), (B, 10)), name_of(B, 10)),
        ],
        "several before, and behind": [
            (names((C, 3), (A, 0), (D, 1), (B, 2)), name_of(B, 2)),
            (names((B, 5), (D, 2), (A, 4), (C, 3)), name_of(B, 5)),
            (names((A, 6), (B, 5), (C, 4), (D, 3)), name_of(C, 4)),
        ],
        "gaps": [
            (names((D, 3), (A, 40), (B, 17)), name_of(A, 40)),
            (names((C, 99), (A, 1000), (B, 7)), name_of(C, 99)),
            (names((D, 1_999_999_998), (B, 12)), name_of(D, 1_999_999_998)),
        ],
        "your own is gone": [
            (names((A, 3), (C, 5)), name_of(B, 4)),
            (names((A, 3), (C, 5)), name_of(B, 2)),
            ([], name_of(B, 2)),
        ],
        "60 by chance": list(by_chance()),
    },
)
