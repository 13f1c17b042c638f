"""06.decide: may it be committed?"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question
from course_lib.checks.two_phase_commit.ballots import MISTAKES, Model

QUESTION = Question(
    "06.decide",
    title="One no is enough",
    names=("Ballot",),
    signature="class Ballot(txn: str, participants: list[str]): vote(sender: str, txn: str, yes: bool); time_is_up(); outcome() -> str | None",
    points=2,
    minutes=10,
    hints=(
        "Keep who has voted yes, in a set, and the decision, which is None at first. A set does not grow when the same vote comes twice.",
        "A vote of another transaction, of somebody who takes no part, or after the decision changes nothing: return at once.",
        "A no: the decision is 'abort'. A yes: add the sender, and if the set equals set(participants), the decision is 'commit'. time_is_up(): 'abort', if there is no decision yet.",
    ),
    misconceptions={
        "counts-votes": "Votes were counted, and a message may come twice. Count who has voted, not how many votes came: a set of names does.",
        "all-so-far": "all(...) over the votes that have come is true before the others have voted, and of no votes at all. Compare who voted yes with who takes part.",
        "ignores-no": "Somebody said no, and cannot carry it out. One no is enough: abort.",
        "majority": "A majority is enough where copies of one thing agree on it. Here each has its own part to do, and all have to promise.",
        "waits-for-all": "After one no the end is known. Who waits for the other votes keeps all the others waiting, with their locks held.",
        "any-transaction": "That vote was for another transaction: an old one, that came late. The name of the transaction is in the vote; compare it.",
        "strangers": "Who sent that takes no part. Only the votes of the participants count, neither for nor against.",
        "decides-twice": "It was decided, and perhaps told and carried out. A decision is never changed, whatever comes later.",
        "decides-when-asked": "It was decided by what came first, and not when somebody asked: outcome() had not been called in between. Decide in vote and time_is_up; outcome only tells, and changes nothing.",
        "silence-is-yes": "Who is silent may have crashed before it wrote anything down. Nothing is committed without each one's yes.",
        "waits-on": "The time is up and votes are missing: before the decision the coordinator may give up, and those who said yes wait for it. Abort.",
        "not-a-word": "'commit', 'abort' or None is wanted.",
        "another-outcome": "Go through the calls one by one: whose vote is it, for which transaction, and is anything decided yet?",
    },
    right=(
        "Each participant has to say yes, once and for this transaction, and the decision never changes. "
        "Think of next: between outcome() and the first message that tells it, the coordinator crashes. Which of the two words may it say after the restart?"
    ),
)

Events = Sequence[tuple[Any, ...]]
"""Calls in order: ("vote", "p1", "t1", True), ("time_is_up",)."""


def outcomes(make: Callable[..., Any], txn: str, participants: list[str], events: Events) -> list[Any]:
    """What `outcome` says after each number of calls: asked there for the first time, and asked after each call."""
    return [
        *(said(make(txn, participants), events[:number], False)[-1] for number in range(len(events) + 1)),
        *said(make(txn, participants), events, True),
    ]


def said(ballot: Any, events: Events, each: bool) -> list[Any]:
    """The outcomes at the beginning and after each of these calls, or only at the end."""
    do = getattr(ballot, "do", lambda method, *args: getattr(ballot, method)(*args))
    found = [ballot.outcome()] if each or not events else []
    for number, (method, *args) in enumerate(events, start=1):
        do(method, *args)
        if each or number == len(events):
            found.append(ballot.outcome())
    return found


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The calls until the first outcome that is wrong."""
    if isinstance(got, Failed):
        return f"{got.call} raised {got.error}.", got.call
    txn, participants, events = case
    place = next(n for n, (one, other) in enumerate(zip(expected, got, strict=True)) if one != other)
    asks_each, number = divmod(place, len(events) + 1)
    name = answer.variable
    calls = [f"{name} = {answer.name}({txn!r}, {participants!r})"]
    for method, *args in events[:number]:
        calls += [f"{name}.outcome()"] * asks_each + [f"{name}.{method}({', '.join(map(repr, args))})"]
    replay = "; ".join([*calls, f"{name}.outcome()"])
    return f"{replay} gave {short(got[place])}; it had to be {expected[place]!r}.", replay


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single case."""
    if not isinstance(got, list):
        return "another-outcome"
    return "another-outcome" if {"commit", "abort", None}.issuperset(map(_word, got)) else "not-a-word"


def _word(said: Any) -> Any:
    """A word, or what can be looked up beside words."""
    return said if said is None or isinstance(said, str) else repr(said)


def yes(sender: str, txn: str = "t4") -> tuple[Any, ...]:
    return "vote", sender, txn, True


def no(sender: str, txn: str = "t4") -> tuple[Any, ...]:
    return "vote", sender, txn, False


TIME_IS_UP = ("time_is_up",)
TWO, THREE = ["p1", "p2"], ["p1", "p2", "p3"]


def of(participants: list[str], *events: tuple[Any, ...]) -> Case:
    return "t4", participants, list(events)


def by_chance() -> Iterator[Case]:
    """What may come: votes late, twice, of other transactions and of strangers; nobody changes its vote on one."""
    chance = random.Random(6)
    for _ in range(60):
        participants = THREE[: chance.randrange(1, 4)]
        votes = {name: chance.random() < 0.8 for name in (*participants, "p4")}
        old = {name: chance.random() < 0.8 for name in participants}
        events: list[tuple[Any, ...]] = []
        for _ in range(chance.randrange(2, 10)):
            kind, name = chance.random(), chance.choice(participants)
            if kind < 0.7:
                events.append(("vote", name, "t4", votes[name]))
            elif kind < 0.8:
                events.append(("vote", name, "t3", old[name]))
            elif kind < 0.9:
                events.append(("vote", "p4", "t4", votes["p4"]))
            else:
                events.append(TIME_IS_UP)
        yield of(participants, *events)


Comparison(Model, MISTAKES, otherwise, run=outcomes, tell=tell).add_rungs(
    QUESTION,
    {
        "all say yes": [
            of(["p1"], yes("p1")),
            of(TWO, yes("p1"), yes("p2")),
            of(THREE, yes("p3"), yes("p1"), yes("p2")),
        ],
        "one says no": [
            of(["p1"], no("p1")),
            of(THREE, yes("p1"), no("p2"), yes("p3")),
            of(THREE, no("p3")),
        ],
        "the time is up": [of(TWO, yes("p1"), TIME_IS_UP), of(TWO, TIME_IS_UP)],
        "a vote comes twice": [
            of(TWO, yes("p1"), yes("p1"), yes("p2")),
            of(THREE, yes("p2"), yes("p1"), yes("p2"), yes("p1"), yes("p3"), yes("p3")),
        ],
        "after the decision": [
            of(TWO, yes("p1"), yes("p2"), TIME_IS_UP),
            of(TWO, yes("p1"), TIME_IS_UP, yes("p2")),
            of(TWO, yes("p2"), no("p1"), yes("p2"), TIME_IS_UP),
        ],
        "of another transaction, or of a stranger": [
            of(TWO, yes("p1", "t3"), yes("p2"), yes("p1")),
            of(TWO, no("p1", "t3"), yes("p1"), yes("p2")),
            of(TWO, yes("p1"), yes("p9"), yes("p2")),
            of(TWO, yes("p1"), no("p9"), yes("p2")),
        ],
        "60 by chance": list(by_chance()),
    },
)
