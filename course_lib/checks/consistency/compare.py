"""02.compare: which of two events happened before the other, by their vector clocks."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question

Clock = Mapping[str, int]
WORDS = ("before", "after", "equal", "concurrent")

QUESTION = Question(
    "02.compare",
    title="Compare vector clocks",
    names=("compare",),
    signature="compare(one: dict[str, int], other: dict[str, int]) -> str",
    points=2,
    minutes=10,
    hints=(
        "For each node ask: does the other know at least as much of it as this one? The answers of all nodes together decide.",
        "The nodes are those of both clocks, and clock.get(node, 0) is what a clock knows of a node that it does not name.",
        "Let less be whether some count of `one` is smaller than the other's, and more whether some count is larger. Both: concurrent. Neither: equal.",
    ),
    misconceptions={
        "lexicographic": "Python compares lists and tuples by the first place in which they differ. Here every node's count matters, and they may point different ways.",
        "all-strictly": "Not every count need be smaller: 'before' wants none larger, and at least one smaller.",
        "one-is-enough": "One smaller count is not enough: if another count is larger, each event knows of something that the other does not.",
        "missing-is-zero": "A node that a clock does not name has the count 0: nothing is known of it yet.",
        "sums": "A sum forgets whose events were counted: 2 + 0 and 0 + 3 know nothing of each other.",
        "equal-not-concurrent": "Clocks that agree in every count are equal: each knows all that the other knows.",
        "equal-not-before": "Clocks that agree in every count are equal; 'before' needs a count that is smaller.",
        "turned-round": "Before and after are turned round: the one that knows less came before.",
        "another-word": "The answer is one of 'before', 'after', 'equal' and 'concurrent'.",
        "another-order": "Write both clocks one above the other, a column for each node, and compare column by column.",
    },
    right=(
        "Before is a partial order: of two events neither need be first, and only a vector can tell. "
        "Think of next: a vector has a count for every node. What becomes of it when nodes come and go by the thousand?"
    ),
)


def model(one: Clock, other: Clock) -> str:
    """Column by column."""
    return told(*pairs(one, other))


def pairs(one: Clock, other: Clock) -> list[tuple[int, int]]:
    return [(one.get(node, 0), other.get(node, 0)) for node in sorted({*one, *other})]


def told(*counts: tuple[int, int]) -> str:
    less, more = any(a < b for a, b in counts), any(a > b for a, b in counts)
    return "concurrent" if less and more else "before" if less else "after" if more else "equal"


def as_numbers(one: Any, other: Any, same: str = "equal") -> str:
    """As if clocks were numbers, of which one is always the smaller."""
    return "before" if one < other else "after" if one > other else same


def _in_order_of_names(one: Clock, other: Clock) -> str:
    counts = pairs(one, other)
    return as_numbers([a for a, _ in counts], [b for _, b in counts])


def _strictly(one: Clock, other: Clock) -> str:
    counts = pairs(one, other)
    if all(a == b for a, b in counts):
        return "equal"
    return (
        "before"
        if all(a < b for a, b in counts)
        else "after"
        if all(a > b for a, b in counts)
        else "concurrent"
    )


def _exact_first(one: Clock, other: Clock) -> str:
    """The dicts are compared as they are, and a named 0 makes them different."""
    if one == other:
        return "equal"
    counts = pairs(one, other)
    return (
        "before"
        if all(a <= b for a, b in counts)
        else "after"
        if all(a >= b for a, b in counts)
        else "concurrent"
    )


def _renamed(**words: str) -> Any:
    """The model with other words in places."""
    return lambda one, other: words.get(model(one, other), model(one, other))


def _any(one: Clock, other: Clock) -> str:
    counts = pairs(one, other)
    return (
        "before" if any(a < b for a, b in counts) else "after" if any(a > b for a, b in counts) else "equal"
    )


MISTAKES = [
    ("lexicographic", _in_order_of_names),
    ("lexicographic", lambda one, other: as_numbers(list(one.values()), list(other.values()))),
    ("lexicographic", lambda one, other: as_numbers(sorted(one.items()), sorted(other.items()))),
    ("all-strictly", _strictly),
    ("one-is-enough", _any),
    ("missing-is-zero", lambda one, other: told(*((one[node], other[node]) for node in {*one, *other}))),
    ("missing-is-zero", lambda one, other: told(*((one[node], other[node]) for node in one))),
    (
        "missing-is-zero",
        lambda one, other: told(*((one[node], other[node]) for node in one if node in other)),
    ),
    ("missing-is-zero", lambda one, other: told(*((one[node], other.get(node, 0)) for node in one))),
    ("missing-is-zero", _exact_first),
    ("sums", lambda one, other: as_numbers(sum(one.values()), sum(other.values()))),
    ("sums", lambda one, other: as_numbers(sum(one.values()), sum(other.values()), "concurrent")),
    ("equal-not-concurrent", _renamed(equal="concurrent")),
    ("equal-not-before", _renamed(equal="before")),
    ("equal-not-before", _renamed(equal="after")),
    ("turned-round", _renamed(before="after", after="before")),
]


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What is wrong with an answer that no known mistake explains."""
    return "another-order" if got in WORDS else "another-word"


def by_chance() -> Sequence[Case]:
    """Clocks of up to four nodes with small counts, so that all four answers come up."""
    chance = random.Random(2)

    def clock() -> dict[str, int]:
        return {node: chance.randrange(3) for node in "abcd" if chance.random() < 0.6}

    return [(clock(), clock()) for _ in range(100)]


Comparison(model, MISTAKES, otherwise).add_rungs(
    QUESTION,
    {
        "every count is smaller, or larger": [
            ({"a": 1, "b": 2}, {"a": 2, "b": 3}),
            ({"a": 2, "b": 3}, {"a": 1, "b": 2}),
        ],
        "equal": [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({"a": 5}, {"a": 5})],
        "some counts agree": [({"a": 1, "b": 2}, {"a": 1, "b": 3}), ({"a": 4, "b": 2}, {"a": 3, "b": 2})],
        "concurrent": [
            ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
            ({"a": 3, "b": 0}, {"a": 2, "b": 2}),
            ({"a": 1, "b": 9, "c": 1}, {"a": 2, "b": 1, "c": 2}),
        ],
        "a node that only one of them names": [
            ({"a": 1}, {"a": 1, "b": 1}),
            ({"a": 1, "b": 1}, {"b": 1}),
            ({"a": 1}, {"b": 1}),
            ({"b": 3}, {"a": 1}),
            ({}, {"a": 1}),
            ({"a": 1, "b": 0}, {"a": 1}),
            ({}, {}),
        ],
        "100 by chance": by_chance(),
    },
)
