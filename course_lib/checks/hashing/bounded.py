"""03.bounded: no node takes more than its share and a little."""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison, told
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question

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
        "counts-one-key-too-many": "The first key has m = 1. Here m is one too large.",
        "knows-the-future": "The capacity was taken from all keys, also those yet to come. It grows with each key, so early keys spread out too.",
        "to-the-least-loaded": "A key that finds its owner full goes to the next node with room on the ring, not to the emptiest: else a lookup cannot find it again.",
        "no-bound": "Each key went to its owner, however full: that is the plain ring.",
        "rounds-too-early": "Round up at the end, once: ceil((1 + epsilon) * m / nodes). A mean that is rounded first leaves too much room.",
        "one-neighbour-only": "The next node can be full as well: walk on until one has room.",
        "no-wrap-around": "The walk goes on with the first point after the last.",
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
    steps: int | None = None,
    wraps: bool = True,
) -> list[str]:
    """The rule. Mistaken with another `capacity`, overflow to the `emptiest` node, or a walk that ends too soon."""
    spots, nodes = [spot for spot, _ in points], sorted({node for _, node in points})
    held: Counter[str] = Counter()
    placed = []
    for m, place in enumerate(places, start=1):
        room = capacity(m, len(nodes), epsilon)
        start = bisect_left(spots, place)
        end = start + len(points) if wraps else len(points)
        around = [points[i % len(points)][1] for i in range(start, end)]
        free = [node for node in around if held[node] < room]
        if steps is not None:  # and then it stays there, full or not
            free = [node for node in around[:steps] if held[node] < room] or around[steps - 1 : steps]
        if not wraps and not free:
            raise IndexError
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
    ("rounds-too-early", mistaken(capacity=lambda m, n, epsilon: (1 + epsilon) * ceil(m / n))),
    ("rounds-too-early", mistaken(capacity=lambda m, n, epsilon: ceil((1 + epsilon) * ceil(m / n)))),
    ("counts-one-key-too-many", mistaken(capacity=lambda m, n, epsilon: ceil((1 + epsilon) * (m + 1) / n))),
    ("one-neighbour-only", mistaken(steps=2)),
    ("no-wrap-around", mistaken(wraps=False)),
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


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first key that went elsewhere, and what the nodes held when it came."""
    points, places, epsilon = case
    if not isinstance(got, list | tuple) or isinstance(expected, Failed) or len(got) != len(expected):
        return told(answer, case, expected, got)
    i = next(i for i in range(len(expected)) if got[i] != expected[i])
    nodes = sorted({node for _, node in points})
    held = Counter(expected[:i])
    room = ceil((1 + epsilon) * (i + 1) / len(nodes))
    sentence = (
        f"Key {i + 1} of {len(places)}, at place {places[i]}, went to {got[i]!r}; it had to go to {expected[i]!r}. "
        f"When it came the nodes held {', '.join(f'{node} {held[node]}' for node in nodes)}; "
        f"each may hold ceil({1 + epsilon:g} * {i + 1} / {len(nodes)}) = {room}."
    )
    return sentence, answer.call(case, repr)


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


Comparison(place_keys, MISTAKES, lambda case, expected, got: "another-placement", tell=tell).add_rungs(
    QUESTION,
    {
        "room for every key": [(CLOCK, [30, 100, 190, 290] * 2, 0.25), (BUSY, [50, 100, 180, 10], 1.0)],
        "a full node passes on": [(CLOCK, [10, 11, 12], 1.0), (CLOCK, [210, 220, 230, 240], 0.5)],
        "one hot stretch": [(BUSY, [200] * 12, 0.25), (BUSY, [70, 80, 90, 100] * 5, 0.5)],
        "24 random rings": random_cases(),
    },
)
