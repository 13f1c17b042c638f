"""03.ring_lookup: the owner of one place on the circle."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from course_lib.checks.comparison import Comparison
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question

Points = Sequence[tuple[int, str]]

QUESTION = Question(
    "03.ring_lookup",
    title="Find the owner of a key",
    names=("owner",),
    signature="owner(points: list[tuple[int, str]], place: int) -> str",
    points=3,
    minutes=10,
    hints=(
        "Walk clockwise from the key's place, that is towards larger numbers. Whom do you meet first?",
        "The standard library finds the first point at or after a place: bisect.bisect_left on the list of places.",
        "There are as many possible answers of bisect_left as points, and one more: len(points). The circle begins again there.",
    ),
    misconceptions={
        "no-wrap-around": "Off by one at the wrap-around: past the last point the circle begins again, and the first point owns the key.",
        "last-point-owns-the-rest": "The circle has no end: past the last point one meets the first again.",
        "strictly-after": "`>` where `>=` is due: a key whose place is exactly on a point belongs to that point.",
        "counter-clockwise": "That is the point before the key; on a ring a key belongs to the next one clockwise.",
        "nearest-point": "Nearest is not next: the owner is the first point clockwise, however far.",
        "modulo-again": "place % len(points) is modulo hashing once more: a new point would move nearly every key.",
        "first-node-by-name": "Nodes have no order on the ring, their points have: look for the place among the points.",
        "bisects-the-pairs": "`points` holds pairs, and a place is a number: Python cannot compare the two. Take the places out into a list of their own.",
        "fixed-circle": "The circle need not have 360 places: the points alone say where one meets whom.",
        "not-a-node": "The answer is the name of a node, the second part of a point.",
        "never-ends": "Look for a loop that only ends at a point at or after the place: past the last one there is none.",
        "another-node": "Draw the circle: the owner is the first point at or after the place, going up and round.",
    },
    right=(
        "The first point at or after the place owns it, and past the last the first again. bisect needs about log2(points) steps. "
        "Think of next: what must happen to this list when a node joins, and which keys then get another answer?"
    ),
)


def model(points: Points, place: int) -> str:
    """The next point clockwise."""
    return points[bisect_left([spot for spot, _ in points], place) % len(points)][1]


def _past_the_end(points: Points, place: int, last: int | None) -> str | None:
    i = bisect_left([spot for spot, _ in points], place)
    return points[i][1] if i < len(points) else None if last is None else points[last][1]


def _raises(points: Points, place: int) -> str:
    return points[bisect_left([spot for spot, _ in points], place)][1]


MISTAKES = [
    ("fixed-circle", lambda points, place: min(points, key=lambda point: (point[0] - place) % 360)[1]),
    ("bisects-the-pairs", lambda points, place: points[bisect_left(points, place)]),
    ("no-wrap-around", _raises),
    ("no-wrap-around", lambda points, place: _past_the_end(points, place, None)),
    (
        "last-point-owns-the-rest",
        lambda points, place: _past_the_end(points, place, -1),
    ),
    (
        "strictly-after",
        lambda points, place: points[bisect_right([s for s, _ in points], place) % len(points)][1],
    ),
    (
        "counter-clockwise",
        lambda points, place: points[bisect_right([s for s, _ in points], place) - 1][1],
    ),
    (
        "counter-clockwise",
        lambda points, place: points[bisect_left([s for s, _ in points], place) - 1][1],
    ),
    (
        "nearest-point",
        lambda points, place: min(points, key=lambda point: abs(point[0] - place))[1],
    ),
    ("modulo-again", lambda points, place: points[place % len(points)][1]),
    ("first-node-by-name", lambda points, place: min(node for _, node in points)),
    (
        "not-a-node",
        lambda points, place: points[bisect_left([s for s, _ in points], place) % len(points)][0],
    ),
    (
        "not-a-node",
        lambda points, place: points[bisect_left([s for s, _ in points], place) % len(points)],
    ),
]


def draw(points: Points, place: int, expected: str, got: object) -> str:
    """The small ring with the walk that was due; a circle of 360 is drawn as large as one of 2**64."""
    from course_lib.pictures import small_ring

    scale = 2**64 // max(360, points[-1][0] + 1, place + 1)
    shown = None if isinstance(got, Failed) else str(got)
    return small_ring(
        [(spot * scale, node) for spot, node in points],
        f"place {place}",
        place * scale,
        expected,
        shown,
    ).svg


CLOCK = [(30, "a"), (90, "c"), (200, "b"), (310, "d")]


def crowded() -> Sequence[tuple[Points, int]]:
    """Rings of several virtual nodes for each of five nodes, and places all round."""
    chance = random.Random(3)
    rings = [
        sorted((spot, chance.choice("abcde")) for spot in chance.sample(range(360), 30)) for _ in range(5)
    ]
    return [(ring, chance.randrange(360)) for ring in rings for _ in range(20)]


Comparison(model, MISTAKES, lambda case, expected, got: "another-node", draw=draw).add_rungs(
    QUESTION,
    {
        "between two points": [(CLOCK, place) for place in (31, 60, 88, 150, 201, 300)],
        "on a point": [(CLOCK, place) for place in (200, 30, 90)],
        "past the last point": [(CLOCK, 311), (CLOCK, 359), ([(5, "only")], 6), (CLOCK, 310)],
        "before the first point": [(CLOCK, 0), (CLOCK, 29), ([(5, "only")], 0), (CLOCK, 31)],
        "virtual nodes, 100 places": crowded(),
        "a larger circle": [
            ([(spot * 10**6, node) for spot, node in CLOCK], 10**6 * at + 1) for at in (29, 89, 310, 400)
        ],
    },
)
