"""06.invariant: two functions that see what is wrong in a system, at once, and only that."""

import random
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import product
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question, drawn
from course_lib.checks.two_phase_commit.predicates import (
    AGREE_MISTAKES,
    STAYS_MISTAKES,
    agree,
    stays,
    verdict,
)
from course_lib.checks.two_phase_commit.systems import RUNS, Nodes, Story

QUESTION = Question(
    "06.invariant",
    title="See it the moment it breaks",
    names=("agree", "stays"),
    signature="agree(nodes: dict) -> bool | str; stays(before: dict, after: dict) -> bool | str",
    points=3,
    minutes=15,
    hints=(
        "In doubt is neither of the two decisions: it goes with both. So agree looks only for a transaction that is 'committed' at one and 'aborted' at another, and does not care for the rest.",
        "Take each transaction by itself, and all disks, of those who are down too. nodes[name]['disk'].get(txn) is None where a participant has no record.",
        "stays: for each name, and each txn whose state in before[name]['disk'] is 'committed' or 'aborted', after[name]['disk'].get(txn) has to be the same. A record that is gone is not the same.",
    ),
    misconceptions={
        "not-the-dead": "One of them is down, and was left out. Its disk is there, and when it comes back it goes by that: the dead count too.",
        "only-at-the-end": "It is broken already while some are still in doubt: one has committed and another has aborted. An invariant compares in every state, not when all is over.",
        "doubt-is-no-dissent": "Nothing is wrong here: in doubt is no decision, and who has no record has not decided either. The first to commit is always alone for a moment.",
        "not-all-pairs": "There may be more than two participants, of any name. Look at all of them, and compare all with all.",
        "all-in-one": "Those are two transactions: one was aborted, the other committed. Take each by itself.",
        "one-transaction": "A system has more than one transaction, under any id. Look at all that are on some disk.",
        "never-broken": "This system is wrong, and nothing was seen.",
        "not-a-verdict": "True where it holds, and where it is broken a text that is not empty: the sentence that says how.",
        "doubt-may-end": "Who is in doubt learns the decision, and then its record changes. Only what is decided has to stay.",
        "one-of-the-two": "Both decisions have to stay: who has committed must not abort later, nor who has aborted commit, or promise again.",
        "gone-is-changed": "The record of a decision is gone, or it is in doubt again. That is no longer what it was.",
        "only-after": "Here nobody disagrees, and still somebody has changed what it had decided. Compare before with after.",
        "sees-too-much": "Nothing is wrong here, and it said that something is. Which part of the condition is not about a decision?",
        "sees-too-little": "Something is wrong here, and it said True. Which transaction, at which participants?",
    },
    right=(
        "Each is true of a right system in every state, and false of a wrong one in the first state that shows it. Together with 'nothing is committed that somebody has not promised' they are what has to hold for two-phase commit. "
        "Think of next: a system in which nobody ever decides keeps both. What kind of property is missing?"
    ),
)


EVERY = "every combination"
FIRST, *REST = RUNS
RUNGS = ((FIRST, *REST[:4], EVERY), (FIRST, *REST[4:], EVERY))
"""Of agree, and of stays."""
STATES = (None, "prepared", "committed", "aborted")


@cache
def runs(place: int, rung: str) -> Sequence[Case]:
    """The states, or the changes, of a rung's runs."""
    if rung == EVERY:
        return list(changes() if place else combinations())
    return [case for story in RUNS[rung] for case in (story.changes if place else story.states)]


def node(up: bool, *states: str | None) -> dict[str, Any]:
    disk = {f"t{number}": state for number, state in enumerate(states, start=1) if state}
    return {"up": up, "disk": disk}


def combinations() -> Iterator[Case]:
    for one, other in product(product((True, False), STATES), repeat=2):
        yield ({"p1": node(*one), "p2": node(*other)},)
    chance = random.Random(4)
    for _ in range(60):
        yield (by_chance(chance, chance.randrange(1, 7)),)


def changes() -> Iterator[Case]:
    for one, other in product(product((True, False), STATES), repeat=2):
        yield {"p1": node(*one), "p2": node(True)}, {"p1": node(*other), "p2": node(True)}
    chance = random.Random(8)
    for _ in range(60):
        before = by_chance(chance, chance.randrange(1, 7))
        changed = chance.choice(list(before))
        others = by_chance(chance, 1, {txn for each in before.values() for txn in each["disk"]})
        yield before, {**before, changed: next(iter(others.values()))}


NAMES = ("p1", "p2", "p3", "p4", "p9", "p12", "bank", "east", "west", "store")
TXNS = ("t1", "t2", "t3", "t7", "t10", "t41", "pay", "42")


def by_chance(chance: random.Random, number: int, txns: Iterable[str] = ()) -> Nodes:
    """So many participants of any name, and up to three transactions of any id, or these."""
    known = sorted(txns) or chance.sample(TXNS, chance.randrange(1, 4))
    return {
        name: {
            "up": chance.random() < 0.7,
            "disk": {txn: state for txn in known if (state := chance.choice(STATES))},
        }
        for name in chance.sample(NAMES, number)
    }


def where(case: Case) -> tuple[Story, float] | None:
    """The first run in which it comes about, and when."""
    for story in (story for stories in RUNS.values() for story in stories):
        cases: Sequence[Case] = story.states if len(case) == 1 else story.changes
        if case in cases:
            return story, story.moments[cases.index(case) + len(case) - 1][0]
    return None


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The call, what came and what had to come; and of which system it is a state."""
    gave = f"raised {got.error}" if isinstance(got, Failed) else f"gave {short(answer(*case))}"
    had = "give True" if expected == "holds" else "say what is broken, as a text"
    found = where(case)
    place = f" (It is {found[0]}, at {found[1]:g} s.)" if found else ""
    return f"{answer.call(case)} {gave}; it had to {had}.{place}", answer.call(case, repr)


def draw(*case: Any) -> str:
    """The run that a state is from."""
    found = where(case[:-2])
    return drawn(found[0].trace) if found else ""


def otherwise(case: Case, expected: Any, got: Any) -> str:
    if got == "neither" or isinstance(got, Failed):
        return "not-a-verdict"
    return "sees-too-much" if expected == "holds" else "sees-too-little"


COMPARISONS = (
    Comparison(agree, AGREE_MISTAKES, otherwise, run=verdict, tell=tell, draw=draw),
    Comparison(stays, STAYS_MISTAKES, otherwise, run=verdict, tell=tell, draw=draw),
)


def judge(place: int, rung: str, *answers: Answer) -> None:
    """Judges one of the two functions on a rung's runs, which are played when they are needed."""
    comparison = COMPARISONS[place]
    if not comparison.cases:
        comparison.cases += [case for each in RUNGS[place] for case in runs(place, each)]
    comparison.judge(answers[place], runs(place, rung))


for place, name in enumerate(QUESTION.names):
    for rung in RUNGS[place]:
        QUESTION.rung(f"{name}: {rung}")(partial(judge, place, rung))
