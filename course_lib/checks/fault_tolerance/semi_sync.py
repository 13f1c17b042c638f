"""10.semi_sync: what may be answered when not all backups have it, and who has it when the primary is gone."""

import random
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.fault_tolerance.half_sure import (
    ANSWER_MISTAKES,
    DISK,
    PROMOTE_MISTAKES,
    acknowledged,
    promote,
)
from course_lib.checks.question import Question
from course_lib.checks.two_phase_commit.functions import add_rungs

QUESTION = Question(
    "10.semi_sync",
    title="What semi-synchronous promises",
    names=("acknowledged", "promote"),
    signature="acknowledged(length: int, acks: int, backups: list[str], replies: list[tuple[str, str, int]], waited: float) -> int; promote(acks: int, backups: list[str], closed: dict[str, int]) -> str | None",
    points=3,
    minutes=15,
    hints=(
        "acknowledged: first work out, for each backup, how many entries it has on its disk. Then: how many entries do `acks` of them have? promote: who has answered might be just those who do not have the entry. How many backups can that be at most?",
        "acknowledged: sort these numbers, the largest first; the one at place `acks` - 1 is reached by `acks` backups. promote: an entry that was answered is on `acks` disks, so at most len(backups) - acks backups lack it. One more than that has to answer.",
        "have = dict.fromkeys(backups, 0), then max(have[name], number) for replies that are 'on disk' and from a backup; sorted(have.values(), reverse=True)[acks - 1]. promote: None if len(closed) <= len(backups) - acks, else the first of backups, in order, with the largest closed[name].",
    ),
    misconceptions={
        "receipt-counts": "What a backup has received is in its memory, and a crash takes it, such as that of a whole room that took the primary. Only what is on its disk counts.",
        "falls-back": "It waited for a while, and then answered alone: that is asynchronous replication, and the client was not told. However long it takes, what too few backups have is not answered.",
        "counts-twice": "One backup replied twice, and was counted for two. So many different backups have to have it.",
        "waits-for-all": "It waited for all backups: that is synchronous replication, and one slow backup holds up everybody. `acks` of them are enough.",
        "not-that-many": "`acks` is how many backups have to have it, no more and no fewer. The primary is not one of them.",
        "last-reply": "A reply that was sent earlier came later. A backup loses nothing in between: of each backup the largest number counts.",
        "strangers-count": "That reply is not from one of the backups. Who was left out is not asked when the primary is gone, so what only it has is lost.",
        "only-that-number": "Who has the first five entries has the first four, too: a larger number counts for a smaller one.",
        "all-or-nothing": "The entries need not be there all at once. Those at the beginning of the log may be answered while the last ones wait.",
        "not-a-number": "A whole number of entries is wanted, of those that may be answered.",
        "promotes-any": "Not all backups have what was answered. Of those who have answered, the one with the longest log has all of it.",
        "asks-too-few": "An entry that was answered is on the disks of `acks` backups, and those who have answered may be the others. As many as len(backups) - acks may lack it: one more has to answer, and then one of them has it.",
        "majority": "A majority has nothing to do with it. With few acks even a majority of the backups may lack an entry, and with many acks fewer than that are enough: len(backups) - acks + 1.",
        "waits-for-all-backups": "Enough have answered: an entry that was answered cannot be missing at all of these. Waiting for the others keeps clients waiting, for ever if one of them is dead.",
        "promotes-the-unheard": "That one has not answered. Nobody knows whether it is up, nor whether it takes entries in the old view still. Only who has answered can be promoted.",
        "promotes-the-shortest": "The *longest* log of those who have answered has all that was acknowledged.",
        "ties": "Both have the longest log of those who have answered: then the first in `backups` is to be promoted.",
        "not-a-name": "The name of a backup is wanted, or None.",
        "another-count": "Write down what each backup has on its disk. Which entries are on `acks` disks?",
        "another-choice": "How many backups may lack an entry that was answered? And have more than that many been heard?",
    },
    right=(
        "The two belong together: an answered entry is on `acks` disks, and whoever is promoted was the best of more than all the others. It loses nothing that was answered as long as at most `acks` - 1 backups are gone together with the primary. "
        "Think of next: MySQL gives up after 10 s without a reply, and goes on asynchronously, unless it is told not to. When would you want that?"
    ),
)

FIVE = ["s2", "s3", "s4", "s5", "s6"]
ONE, TWO, THREE = FIVE[:1], FIVE[:2], FIVE[:3]


def on(name: str, *numbers: int) -> list[tuple[str, str, int]]:
    """Replies of that backup: so many entries are on its disk."""
    return [(name, DISK, number) for number in numbers]


def got(name: str, *numbers: int) -> list[tuple[str, str, int]]:
    """The same, in its memory."""
    return [(name, "received", number) for number in numbers]


def replies_by_chance() -> Iterator[Case]:
    chance = random.Random(10)
    for _ in range(60):
        backups = FIVE[: chance.choice((1, 2, 3, 5))]
        length = chance.randrange(1, 7)
        replies = []
        for _ in range(chance.randrange(10)):
            name = chance.choice([*backups, *backups, *backups, "s9"])
            word = chance.choice((DISK, DISK, "received"))
            replies.append((name, word, chance.randrange(1, length + 1)))
        waited = chance.choice((0.0, 0.25, 2.0, 7.5, 60.0))
        yield length, chance.randrange(1, len(backups) + 1), backups, replies, waited


def all_answers(backups: list[str], lengths: tuple[int, ...]) -> Iterator[Case]:
    """Each set of backups that may have answered, for each number of acks."""
    far = dict(zip(backups, lengths, strict=True))
    for acks in range(1, len(backups) + 1):
        for size in range(len(backups) + 1):
            for some in combinations(backups, size):
                yield acks, backups, {name: far[name] for name in reversed(some)}


ANSWERS = Comparison(acknowledged, ANSWER_MISTAKES, lambda *_: "another-count")


def other_choice(case: Case, expected: Any, got: Any) -> str:
    """The message for a choice that no known mistake explains."""
    _, backups, closed = case
    if isinstance(got, str) and got in backups and got not in closed:
        return "promotes-the-unheard"
    both = isinstance(got, str) and {got, expected} <= closed.keys()
    if not both:
        return "another-choice"
    return "ties" if closed[got] == closed[expected] else "promotes-any"


PROMOTIONS = Comparison(promote, PROMOTE_MISTAKES, other_choice)

add_rungs(
    QUESTION,
    0,
    ANSWERS,
    {
        "acknowledged: who has it": [
            (1, 1, TWO, [], 0.0),
            (3, 1, ONE, on("s2", 2), 0.02),
            (3, 1, ONE, [], 0.02),
            (1, 1, TWO, on("s2", 1), 0.02),
            (3, 1, TWO, [*on("s3", 1, 2), *on("s2", 1)], 0.02),
            (3, 2, THREE, [*on("s2", 3), *on("s3", 2), *on("s4", 1)], 0.02),
            (4, 2, TWO, [*on("s2", 4), *on("s3", 3)], 0.02),
            (5, 3, FIVE, [*on("s2", 5), *on("s3", 1), *on("s4", 4), *on("s5", 3), *on("s6", 2)], 0.02),
            (3, 1, FIVE, on("s4", 2), 0.02),
        ],
        "acknowledged: which replies count": [
            (2, 1, TWO, [*got("s2", 2), *on("s3", 1)], 0.02),
            (3, 1, TWO, [*got("s2", 1, 2, 3), *on("s2", 1, 2)], 0.02),
            (2, 2, THREE, [*on("s2", 2), *got("s3", 2), *on("s2", 2)], 0.02),
            (3, 2, THREE, [*on("s2", 1, 2, 3), *on("s3", 1)], 0.02),
            (3, 1, TWO, on("s2", 3, 1), 0.02),
            (3, 2, TWO, [*on("s2", 3), *on("s3", 3, 2)], 0.02),
            (3, 2, TWO, [*on("s2", 3), *on("s9", 3)], 0.02),
            (2, 1, TWO, on("s4", 2), 0.02),
        ],
        "acknowledged: a long wait": [
            (3, 1, TWO, [], 3600.0),
            (3, 2, TWO, on("s2", 3), 10.0),
            (3, 2, THREE, [*on("s2", 3), *on("s4", 1)], 60.0),
            (3, 1, TWO, on("s2", 1), 30 * 86400.0),
        ],
        "acknowledged: 60 by chance": list(replies_by_chance()),
    },
)
add_rungs(
    QUESTION,
    1,
    PROMOTIONS,
    {
        "promote: who has all of it": [
            (1, TWO, {"s2": 3, "s3": 5}),
            (1, TWO, {"s3": 4, "s2": 4}),
            (2, THREE, {"s2": 1, "s4": 6, "s3": 2}),
            (1, ["s3", "s2", "s4"], {"s2": 7, "s3": 7, "s4": 1}),
            (1, TWO, {"s2": 0, "s3": 0}),
            (1, ONE, {"s2": 3}),
        ],
        "promote: have enough answered?": [
            (1, TWO, {}),
            (1, ONE, {}),
            (1, TWO, {"s2": 5}),
            (2, TWO, {"s3": 0}),
            (2, TWO, {"s3": 5}),
            (1, THREE, {"s2": 5, "s3": 9}),
            (2, THREE, {"s4": 5}),
            (2, THREE, {"s2": 4, "s4": 5}),
            (3, THREE, {"s2": 4}),
            (2, FIVE, {"s2": 4, "s4": 5, "s6": 1}),
            (2, FIVE, {"s2": 4, "s4": 5, "s6": 1, "s5": 6}),
            (4, FIVE, {"s6": 2, "s5": 1}),
        ],
        "promote: whoever answers": [
            *all_answers(ONE, (3,)),
            *all_answers(TWO, (0, 0)),
            *all_answers(THREE, (2, 3, 1)),
            *all_answers(["s5", "s3", "s2", "s4"], (4, 2, 4, 3)),
        ],
    },
)
