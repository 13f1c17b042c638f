"""03.moved_share: how many keys does modulo hashing move?"""

from math import lcm

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Comparison
from course_lib.checks.question import Question, Wrong

QUESTION = Question(
    "03.moved_share",
    title="How many keys does modulo hashing move?",
    names=("by_hand", "moved_share"),
    signature="by_hand: float; moved_share(before: int, after: int) -> float",
    points=2,
    minutes=10,
    hints=(
        "A key stays only if h % before and h % after are the same number. Write both for h = 0, 1, 2, ... 11 with 3 and 4 nodes.",
        "The pattern repeats after lcm(before, after) hashes. How many of them stay? Count those in your list.",
        "In each period exactly the hashes 0, 1, ..., min(before, after) - 1 stay. The share that moves is one minus their share.",
    ),
    misconceptions={
        "ideal-share": "That is the least that any method must move: the newcomer's fair share. Modulo moves far more.",
        "one-node-of-n": "That is the share of keys on one node. Modulo does not move one node's keys: it renumbers nearly all.",
        "old-number": "That is one minus a single node's share. Which of the two numbers counts? Work through 2 and 3 nodes.",
        "count-for-share": "That is how many of before * after hashes move; the share is that divided by how many there are.",
        "coprime-only": "One minus 1/max holds when the two numbers have no common divisor. From 8 to 16 nodes half the keys stay.",
        "percent-for-share": "The number is right as a percentage; a share lies between 0 and 1.",
        "stays-not-moves": "That is the share of keys that stay.",
        "by-hand-missing": "Put your number in place of None; a fraction such as 1 / 3 will do.",
        "some-other-share": "",
    },
    right=(
        "A key stays only when both remainders agree, which min(before, after) of every lcm(before, after) hashes do. "
        "Think of next: why do operators who must use modulo double their nodes, and what do they still move?"
    ),
)

MISTAKES = [
    ("ideal-share", lambda a, b: abs(a - b) / max(a, b)),
    ("one-node-of-n", lambda a, b: 1 / max(a, b)),
    ("one-node-of-n", lambda a, b: 1 / min(a, b)),
    ("coprime-only", lambda a, b: 1 - 1 / max(a, b)),
    ("coprime-only", lambda a, b: 0.0 if a == b else 1 - 1 / max(a, b)),
    ("old-number", lambda a, b: 1 - 1 / a),
    ("old-number", lambda a, b: 1 - 1 / b),
    ("count-for-share", lambda a, b: share(a, b) * a * b),
    ("percent-for-share", lambda a, b: 100 * share(a, b)),
    ("stays-not-moves", lambda a, b: 1 - share(a, b)),
]


def share(before: int, after: int) -> float:
    """The share of hashes whose two remainders differ."""
    return 1 - min(before, after) / lcm(before, after)


@QUESTION.rung("by hand, 10 to 11 nodes")
def _(by_hand: Answer, moved_share: Answer) -> None:
    if by_hand.untouched():
        raise Wrong("by-hand-missing", "by_hand is still empty.")
    guess = by_hand.value
    if not isinstance(guess, int | float) or isinstance(guess, bool):
        raise Wrong("by-hand-missing", f"by_hand is {guess!r}, and had to be a number.")
    if abs(guess - share(10, 11)) > 0.006:
        near = (name for name, wrong in MISTAKES if abs(guess - wrong(10, 11)) <= 0.006)
        reason = next(near, "some-other-share")
        if abs(guess - 100 * share(10, 11)) <= 0.6:
            reason = "percent-for-share"
        raise Wrong(
            reason,
            f"by_hand is {guess:g}; of 110 hashes in a row 10 stay, so it had to be another number.",
        )


Comparison(share, MISTAKES, lambda case, expected, got: "some-other-share", tolerance=0.005).add_rungs(
    QUESTION,
    {
        "one node more": [(10, 11), (3, 4), (99, 100), (1, 2)],
        "one node less": [(11, 10), (4, 3), (2, 1)],
        "common divisors": [(8, 16), (4, 6), (16, 8), (10, 15)],
        "nothing changes, or twice": [(10, 10), (1, 1), (5, 10)],
    },
)
