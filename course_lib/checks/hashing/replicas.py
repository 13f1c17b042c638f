"""03.replicas: several copies, and no two on one node."""

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question

Points = Sequence[tuple[int, str]]

QUESTION = Question(
    "03.replicas",
    title="Put replicas on different nodes",
    names=("replicas",),
    signature="replicas(points: list[tuple[int, str]], place: int, n: int) -> list[str]",
    points=3,
    minutes=15,
    hints=(
        "The first replica is the owner. Then walk on clockwise. Whom do you meet, and have you met that node before?",
        "Virtual nodes of one node often lie side by side. Keep a list of nodes found; skip a point whose node is in it; stop when there are n.",
        "One round is len(points) steps from bisect_left(places, place), each index modulo len(points). Check n against the number of different nodes before you walk.",
    ),
    misconceptions={
        "same-node-twice": "Two points can be two virtual nodes of one machine: when it fails, both copies are gone.",
        "dedups-after-cutting": "Taking n points and then dropping repeats leaves too few: walk on until n different nodes are found.",
        "skips-only-neighbours": "A node can come back after another one: compare with all nodes found, not just the last.",
        "order-lost": "A set forgets the order of the walk. The first replica is the owner, and takes over in that order.",
        "no-wrap-around": "The walk goes on at the beginning after the last point.",
        "strictly-after": "`>` where `>=` is due: a key exactly on a point belongs to it.",
        "too-many-replicas": "With fewer nodes than replicas there is no right list: raise ValueError, so that nobody believes in copies that do not exist.",
        "never-ends": "With fewer nodes than replicas a walk that waits for n different ones goes round for ever. Check first.",
        "points-not-nodes": "The names of nodes are wanted, the second part of each point.",
        "another-list": "Walk clockwise from the place, and write down each node the first time you meet it.",
    },
    right=(
        "Walking on until n different nodes are found keeps copies apart, and the second takes over exactly when the first is gone. "
        "Think of next: different nodes in one rack share a power supply. What would you compare instead of names?"
    ),
)


def walk(points: Points, place: int, first: Callable[..., int] = bisect_left) -> list[str]:
    """The node of every point, once round from `place`."""
    start = first([spot for spot, _ in points], place)
    return [points[(start + i) % len(points)][1] for i in range(len(points))]


def model(points: Points, place: int, n: int) -> list[str]:
    """The first n different nodes clockwise."""
    found = list(dict.fromkeys(walk(points, place)))
    if n > len(found):
        raise ValueError
    return found[:n]


def _without_wrap(points: Points, place: int, n: int) -> list[str]:
    return list(dict.fromkeys(node for spot, node in points if spot >= place))[:n]


def _off_the_end(error: type[Exception]) -> Callable[..., list[str]]:
    def ends(points: Points, place: int, n: int) -> list[str]:
        found = _without_wrap(points, place, n)
        if len(found) < n:
            raise error
        return found

    return ends


def _neighbours(points: Points, place: int, n: int) -> list[str]:
    around = walk(points, place)
    return [node for i, node in enumerate(around) if i == 0 or node != around[i - 1]][:n]


MISTAKES = [
    ("same-node-twice", lambda points, place, n: (walk(points, place) * 2)[:n]),
    (
        "dedups-after-cutting",
        lambda points, place, n: list(dict.fromkeys(walk(points, place)[:n])),
    ),
    ("skips-only-neighbours", _neighbours),
    ("no-wrap-around", _without_wrap),
    ("no-wrap-around", _off_the_end(IndexError)),
    ("no-wrap-around", _off_the_end(ValueError)),
    (
        "strictly-after",
        lambda points, place, n: list(dict.fromkeys(walk(points, place, bisect_right)))[:n],
    ),
    ("order-lost", lambda points, place, n: sorted(model(points, place, n))),
]

CLOCK = [
    (10, "a"),
    (40, "a"),
    (90, "c"),
    (130, "a"),
    (180, "b"),
    (240, "b"),
    (300, "c"),
    (350, "d"),
]
FIVE = [(spot, node) for spot, node in zip(range(10, 360, 35), "abacdaebca", strict=False)]


def draw(points: Points, place: int, n: int, expected: list[str] | Failed, got: object) -> str:
    """The ring and the walk over the replicas that were due."""
    from course_lib.pictures import Walk, ring_picture

    if isinstance(expected, Failed):
        return ""
    scale = 2**64 // 360
    stops = tuple(expected)
    return ring_picture(
        [(s * scale, node) for s, node in points],
        walk=Walk(f"place {place}", place * scale, stops),
    ).svg


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """The right nodes in another order, or other nodes."""
    if isinstance(expected, Failed):
        return "too-many-replicas"
    if any(isinstance(item, tuple | list) for item in got):
        return "points-not-nodes"
    return "order-lost" if Counter(got) == Counter(expected) else "another-list"


def crowded() -> Sequence[tuple[Points, int, int]]:
    chance = random.Random(5)
    rings = [
        sorted((spot, chance.choice("abcde")) for spot in chance.sample(range(360), 40)) for _ in range(4)
    ]
    return [(ring, chance.randrange(360), chance.randint(1, 4)) for ring in rings for _ in range(15)]


small = [([(5, "only")], 0, 1), ([(5, "only")], 0, 2), (FIVE, 70, 5), (FIVE, 70, 6)]

Comparison(model, MISTAKES, otherwise, draw=draw).add_rungs(
    QUESTION,
    {
        "the owner comes first": [(CLOCK, 60, 1), (CLOCK, 90, 1), (CLOCK, 310, 1)],
        "different nodes": [(CLOCK, 5, 2), (CLOCK, 35, 3), (CLOCK, 100, 2), (CLOCK, 170, 3)],
        "round the end": [(CLOCK, 290, 3), (CLOCK, 340, 2), (CLOCK, 351, 2), (CLOCK, 340, 4)],
        "60 random walks": crowded(),
        "as many as there are, and more": [(CLOCK, 60, 4), (CLOCK, 60, 5), *small],
    },
)
