"""10.available: parts in series, k of n, and what machines have in common."""

import random
from collections.abc import Iterator
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.fault_tolerance.machines import (
    AT_LEAST_MISTAKES,
    IN_RACKS_MISTAKES,
    SERIAL_MISTAKES,
    at_least,
    in_racks,
    serial,
)
from course_lib.checks.methods import rounded
from course_lib.checks.question import Question
from course_lib.checks.two_phase_commit.functions import add_rungs

QUESTION = Question(
    "10.available",
    title="How many nines?",
    names=("serial", "at_least", "in_racks"),
    signature=(
        "serial(parts: list) -> float; at_least(k: int, parts: list) -> float; "
        "in_racks(k: int, machines: list, racks: dict) -> float"
    ),
    points=3,
    minutes=20,
    hints=(
        "What is independent can be multiplied: that one is up and another down happens for the product of the two shares of the time. What excludes each other can be added: two different states of all the machines.",
        "at_least: go through all states, itertools.product((True, False), repeat=len(parts)). A state's share of the time is the product, over the machines, of part or 1 - part. Add up the states in which k or more are up. in_racks: go through the states of the racks in the same way; in each of them you know which machines can be up.",
        "in_racks: for each state of the racks, the machines of the racks that are up are independent of each other: the share of that state times at_least(k, those machines); then add. With fewer than k of them at_least is 0.",
    ),
    misconceptions={
        "sums-downtimes": "The times when parts are down overlap now and then, and adding them up counts that twice. It is nearly right for a few good parts, and below 0 for many bad ones. All have to be up: multiply.",
        "parallel-for-serial": "That is how often at least one of them is up. Here all are needed: more parts make it worse.",
        "multiplies-downtimes": "The product of the shares for which they are down is how often all are down at once. All have to be up: multiply what each is up.",
        "weakest-part": "It is worse than the weakest part: the others fail too, at other times.",
        "average": "Each part takes away from all the others, so it is worse than the worst of them.",
        "one-is-enough": "1 - (1 - a) ** n is for one that is enough. A majority needs k that are up at the same time.",
        "all-are-needed": "That is for all of them. With k of n some may be down.",
        "exactly-k": "More than k is good too: add up the states with k, k + 1, ... n that are up.",
        "more-than-k": "k are enough: >=, not >.",
        "one-way-only": "There are many ways in which k of n can be up, and each is a state of its own. Add them up.",
        "counted-twice": "That is more than the whole time, or counts states more than once: where three are up, each two of them are up as well. In a state the others are down, so multiply by 1 - part for them.",
        "groups-overlap": "Groups that have a machine in common are not independent, so they cannot be multiplied. Go through the states of the single machines.",
        "all-alike": "The machines are not alike. The formula with n over k is for those that are; in general go through the states.",
        "is-the-downtime": "That is the share of the time for which it is down.",
        "more-than-there-are": "So many parts there are not: they are never up all at once, and that is 0 of the time.",
        "never-is-always": "A part with 0 is never up, and it was taken for one that always is. 0 is false in Python: `up or 1` is 1 then, and `if up:` passes over it.",
        "independent": "Two machines in one rack are not independent: both are down when it is. Multiplied like that, the rack of each seems to fail by itself, and with enough machines nothing would ever fail. Go through the states of the racks, and in each of them the machines are independent.",
        "no-racks": "That forgets the racks. What takes all machines at once is not repaired by more machines.",
        "all-racks-needed": "Not every rack is needed all the time: k machines may be up while one rack is down. (For a single rack that holds all machines you are right: it is a part in series.)",
        "rack-by-rack": "The k machines may stand in different racks.",
        "counts-racks": "k machines are needed, not racks: one rack may hold several of them.",
        "not-a-share": "A share of the time lies between 0 and 1.",
        "rounded": "It was rounded, and what is left out are the nines that this is about. Give all digits, as exact as a float is.",
        "some-other-share": "Take two machines and write down all states, each with its share of the time.",
    },
    right=(
        "Copies multiply what is independent, and nothing else. Two machines of 99 % in one rack of 99.5 % are up for 99.49 %, worse than the rack; in two such racks it is 99.98 %. "
        "Think of next: what do all your racks have in common? Who deploys to all of them at the same time?"
    ),
)

NINES = [0.99, 0.999, 0.95]
MANY_NINES = [0.9995, 0.999, 0.9999, 0.995]
EXACT = 1e-11


def by_chance(least: int = 1) -> Iterator[list[float]]:
    chance = random.Random(10)
    for _ in range(20):
        yield [chance.choice((0.5, 0.8, 0.9, 0.99, 1.0, 0.25)) for _ in range(chance.randint(least, 6))]


def of_n_by_chance() -> Iterator[Case]:
    chance = random.Random(11)
    for parts in by_chance():
        yield chance.randint(1, len(parts)), parts


def racks_by_chance() -> Iterator[Case]:
    chance = random.Random(12)
    for _ in range(20):
        racks = {name: chance.choice((0.9, 0.99, 0.6, 1.0)) for name in "abc"[: chance.randint(1, 3)]}
        machines = [
            (chance.choice((0.5, 0.9, 0.99)), chance.choice(sorted(racks)))
            for _ in range(chance.randint(1, 5))
        ]
        yield chance.randint(1, len(machines)), machines, racks


def run(function: Any, *case: Any) -> Any:
    """The share to twelve digits: the last ones of a `float` depend on the order of the sums."""
    return rounded(function(*case), digits=12)


def otherwise(case: Case, expected: Any, got: Any) -> str:
    if not isinstance(got, int | float):
        return "some-other-share"
    if 0 < got < 1 and any(got == round(expected, digits) for digits in range(2, 11)):
        return "rounded"
    return "some-other-share" if not isinstance(got, bool) and -1e-9 <= got <= 1 + 1e-9 else "not-a-share"


add_rungs(
    QUESTION,
    0,
    Comparison(serial, SERIAL_MISTAKES, otherwise, run, tolerance=EXACT),
    {
        "serial": [([0.99, 0.99],), (NINES,), ([0.9],)],
        "serial: many, and bad ones": [
            ([0.5] * 5,),
            ([0.9, 0.0],),
            ([1.0, 1.0, 0.7],),
            ([],),
            (MANY_NINES,),
            *((one,) for one in by_chance()),
        ],
    },
)
add_rungs(
    QUESTION,
    1,
    Comparison(at_least, AT_LEAST_MISTAKES, otherwise, run, tolerance=EXACT),
    {
        "at_least: one, or all": [(1, [0.99, 0.99]), (2, [0.99, 0.99]), (1, [0.9]), (3, [0.9] * 3)],
        "at_least: a majority": [(2, [0.99] * 3), (3, [0.9] * 5), (4, [0.9] * 7)],
        "at_least: machines that are not alike": [
            (2, NINES),
            (2, MANY_NINES),
            (2, [0.5, 0.9, 1.0]),
            (1, [0.0, 0.3]),
            (3, [0.9, 0.8]),
            (1, []),
            (3, []),
            *of_n_by_chance(),
        ],
    },
)
add_rungs(
    QUESTION,
    2,
    Comparison(in_racks, IN_RACKS_MISTAKES, otherwise, run, tolerance=EXACT),
    {
        "in_racks: one rack": [
            (1, [(0.99, "a"), (0.99, "a")], {"a": 0.995}),
            (2, [(0.9, "a"), (0.8, "a"), (0.99, "a")], {"a": 0.9}),
        ],
        "in_racks: several racks": [
            (1, [(0.99, "a"), (0.99, "b")], {"a": 0.995, "b": 0.995}),
            (2, [(0.99, "a"), (0.99, "a"), (0.99, "b")], {"a": 0.99, "b": 0.98}),
            (2, [(0.9, "a"), (0.9, "b"), (0.9, "c")], {"a": 0.99, "b": 0.95, "c": 0.9}),
            (3, [(0.9, "a"), (0.9, "a"), (0.9, "b"), (0.9, "b")], {"a": 0.9, "b": 0.8}),
            (3, [(0.9, "a")], {"a": 0.9}),
            (1, [], {"a": 0.9}),
            (2, [], {"a": 0.9, "b": 1.0}),
            (1, [(0.9, "a"), (0.8, "b")], {"a": 0.0, "b": 0.9}),
            (1, [(0.9, "a"), (0.8, "a")], {"a": 0.0}),
            (1, [(0.9, "a")], {"a": 0.9, "b": 0.0}),
            (1, [(0.0, "a"), (0.9, "a")], {"a": 0.9}),
            (2, [(0.9995, "a"), (0.999, "a"), (0.995, "b")], {"a": 0.9999, "b": 0.9995}),
        ],
        "in_racks: 20 by chance": list(racks_by_chance()),
    },
)
