"""03.bounded: no node takes more than its share and a little."""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import Any

from course_lib.checks.question import Comparison, Question

Points = Sequence[tuple[int, str]]

QUESTION = Question(
    "03.bounded",
    title="Bound every node's load",
    names=("place_keys",),
    signature="place_keys(points: list[tuple[int, str]], places: list[int], epsilon: float) -> list[str]",
    points=4,
    minutes=25,
    hints=(
        "Go through the keys in order and count what each node holds. A key first asks its owner; where that one is full, it walks on.",
        "When the m-th key comes, every node may hold ceil((1 + epsilon) * m / nodes) keys, this one counted in m. Count nodes, not points.",
        "For each key walk points from bisect_left(...) round, and take the first whose node holds fewer than the capacity. Then add one to that node's count.",
    ),
    misconceptions={
        "rounds-down": "A capacity rounded down leaves no room at all for the first key, and too little for all: (1 + epsilon) m / n must be rounded up.",
        "counts-before-the-key": "The new key counts too: the capacity is that of m keys when the m-th comes.",
        "knows-the-future": "The capacity was taken from all keys, also those yet to come. It grows with each key, so early keys spread out too.",
        "to-the-least-loaded": "A key that finds its owner full goes to the next node with room on the ring, not to the emptiest: else a lookup cannot find it again.",
        "no-bound": "Each key went to its owner, however full: that is the plain ring.",
        "forgets-epsilon": "The slack is missing: (1 + epsilon) times the mean, not the mean.",
        "one-too-many": "A node is full when it holds as many keys as the capacity: `<`, not `<=`.",
        "counts-points": "The mean is over nodes, not over points: a node has many.",
        "never-ends": "No node had room, so the walk never ended. Is the capacity rounded up, over nodes, with the new key counted?",
        "another-placement": "Follow one key by hand: its walk, the counts and the capacity at that moment.",
    },
    right=(
        "The hottest node now holds at most 1 + epsilon times the mean, and a full node passes keys to its neighbour on the ring. "
        "Think of next: a small epsilon balances better. What does it cost when a node joins?"
    ),
)


def place_keys(
    points: Points,
    places: Sequence[int],
    epsilon: float,
    *,
    capacity: Callable[[int, int, float], float] = lambda m, n, epsilon: ceil((1 + epsilon) * m / n),
    emptiest: bool = False,
) -> list[str]:
    """The rule; with another `capacity` or the `emptiest` node for the overflow, a mistaken one."""
    spots, nodes = [spot for spot, _ in points], sorted({node for _, node in points})
    held: Counter[str] = Counter()
    placed = []
    for m, place in enumerate(places, start=1):
        room = capacity(m, len(nodes), epsilon)
        start = bisect_left(spots, place)
        around = [points[(start + i) % len(points)][1] for i in range(len(points))]
        free = [node for node in around if held[node] < room]
        if emptiest and held[around[0]] >= room:
            free = sorted(nodes, key=lambda node: held[node])
        if not free:
            raise StopIteration
        held[free[0]] += 1
        placed.append(free[0])
    return placed


def mistaken(**change: Any) -> Callable[..., list[str]]:
    return lambda points, places, epsilon: place_keys(points, places, epsilon, **change)


MISTAKES = [
    ("no-bound", mistaken(capacity=lambda m, n, epsilon: float("inf"))),
    (
        "rounds-down",
        mistaken(capacity=lambda m, n, epsilon: floor((1 + epsilon) * m / n)),
    ),
    (
        "rounds-down",
        mistaken(capacity=lambda m, n, epsilon: max(1, floor((1 + epsilon) * m / n))),
    ),
    (
        "rounds-down",
        mistaken(capacity=lambda m, n, epsilon: round((1 + epsilon) * m / n)),
    ),
    (
        "counts-before-the-key",
        mistaken(capacity=lambda m, n, epsilon: ceil((1 + epsilon) * (m - 1) / n)),
    ),
    (
        "counts-before-the-key",
        mistaken(capacity=lambda m, n, epsilon: max(1, ceil((1 + epsilon) * (m - 1) / n))),
    ),
    (
        "knows-the-future",
        lambda points, places, epsilon: place_keys(
            points,
            places,
            epsilon,
            capacity=lambda m, n, epsilon: ceil((1 + epsilon) * len(places) / n),
        ),
    ),
    ("forgets-epsilon", mistaken(capacity=lambda m, n, epsilon: ceil(m / n))),
    (
        "one-too-many",
        mistaken(capacity=lambda m, n, epsilon: ceil((1 + epsilon) * m / n) + 1),
    ),
    ("to-the-least-loaded", mistaken(emptiest=True)),
    (
        "counts-points",
        lambda points, places, epsilon: place_keys(
            points,
            places,
            epsilon,
            capacity=lambda m, n, epsilon: ceil((1 + epsilon) * m / len(points)),
        ),
    ),
]

CLOCK = [(40, "a"), (120, "b"), (200, "c"), (300, "d")]
BUSY = [
    (20, "b"),
    (60, "a"),
    (110, "c"),
    (150, "a"),
    (190, "d"),
    (230, "b"),
    (280, "a"),
    (330, "c"),
]


def random_cases() -> Sequence[tuple[Points, list[int], float]]:
    chance = random.Random(9)
    cases = []
    for epsilon in (0.25, 0.5, 1.0) * 8:
        ring = sorted((spot, chance.choice("abcde")) for spot in chance.sample(range(360), 20))
        cases.append((ring, [chance.randrange(360) for _ in range(25)], epsilon))
    return cases


Comparison(place_keys, MISTAKES, "another-placement").add_rungs(
    QUESTION,
    {
        "room for every key": [(CLOCK, [30, 100, 190, 290] * 2, 0.25), (BUSY, [50, 100, 180, 10], 1.0)],
        "a full node passes on": [(CLOCK, [10, 11, 12], 1.0), (CLOCK, [210, 220, 230, 240], 0.5)],
        "one hot stretch": [(BUSY, [200] * 12, 0.25), (BUSY, [70, 80, 90, 100] * 5, 0.5)],
        "24 random rings": random_cases(),
    },
)
