"""09.smooth: by weight, and evenly mixed."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.load_balancing.calling import clipped
from course_lib.checks.load_balancing.given import Request, Server, weighing, written
from course_lib.checks.load_balancing.mixing import MISTAKES, Model
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question

QUESTION = Question(
    "09.smooth",
    title="By weight, and evenly mixed",
    names=("Smooth",),
    signature="class Smooth: choose(servers: list, request) -> int",
    points=3,
    minutes=15,
    hints=(
        "Keep a dict from a server's index to its credit. A server that you have not seen before has 0.",
        "Three steps at each call: all in the list earn their weight, the richest is chosen, and it pays the sum of all weights in the list.",
        "for server in servers: self.credit[server.index] = self.credit.get(server.index, 0) + server.weight. Then place = max(range(len(servers)), key=lambda place: self.credit[servers[place].index]): of equals max gives the first.",
    ),
    misconceptions={
        "bursts": "By weight it is, but in a burst: the server with weight 5 gets five in a row and stands idle after that. Let each server earn and pay, and they come evenly mixed.",
        "pays-its-weight": "The chosen one pays back only what it had earned, so the others' credit grows for ever. It pays what all have earned together: the sum of all weights.",
        "pays-all": "The chosen one keeps what is left when it has paid the sum of all weights, also if that is below 0. Set to 0, it would forget that it was served early.",
        "never-pays": "The chosen one has to pay, or it stays the richest.",
        "starts-again": "When the list or a weight changed, all credit was lost, and the same server comes first again: with a list that changes often it gets nearly everything. Go on with the credit that there is.",
        "by-place": "The list has changed, and the same place is another server now. Keep the credit by server.index.",
        "old-weights": "A weight has changed. Read server.weight at each call.",
        "made-once": "The order was made once, from the first list. Servers leave and weights change: choose at each call, from the list that came with it.",
        "who-is-away": "A server that is not in the list takes no part: it earns nothing, is not chosen, and its weight is not in the sum. It keeps the credit that it has.",
        "forgets-the-absent": "Who is away keeps its credit, however long it is away, and goes on with it when it is back.",
        "ties": "Of equals the first in this list is chosen, whichever was seen first.",
        "index-not-place": "The place in the list is wanted. The server's index is the same only as long as all servers are there.",
        "not-a-place": "The place of the server in the list is wanted, a whole number from 0, not the server.",
        "ignores-weights": "That is round robin. A server with weight 5 has to get five times as many as one with weight 1.",
        "whole-weights": "A weight need not be a whole number: take it as it is.",
        "writes-on-servers": "Servers are only to be read: they are shown to you anew each time. What you remember belongs on `self`.",
        "one-for-all": "A second balancer disturbed the first: what belongs to one must hang on `self`, not on the class.",
        "another-order": "Write the credits down, step by step: all earn, the richest is chosen, it pays.",
    },
    right=(
        "In each round every server gets its weight, and never a burst: nginx does it like this. "
        "Think of next: four balancers do it side by side, each with a fresh start. What do they do together to the server with the largest weight in the first moment?"
    ),
)

Stretch = tuple[list[Server], int]
"""A list of servers, and how many requests come while it is so."""


def places(make: Callable[..., Any], stretches: Sequence[Stretch], beside: bool, fallback: str) -> list[Any]:
    """The place that each request goes to; `beside`, while a second balancer has the same requests."""
    policy, other = make(), make() if beside else None
    given = []
    for number, (servers, count) in enumerate(stretches, 1):
        for _ in range(count):
            try:
                given.append(policy.choose(servers, Request()))
                if other:
                    other.choose(servers, Request())
            except Failed as failure:
                if isinstance(make, Answer):
                    failure.call = history(make, stretches[:number], beside)
                raise
    return given


def history(answer: Answer, stretches: Sequence[Stretch], beside: bool) -> str:
    """Python that does the same, in the notebook."""
    name = answer.variable
    calls = (
        f"{name}.choose(%s, Request())"
        if not beside
        else f"({name}.choose(%s, Request()), other.choose(%s, Request()))[0]"
    )
    begin = f"{name} = {answer.name}()" + (f"; other = {answer.name}()" if beside else "")
    lines = [
        f"[{calls.replace('%s', written(servers))} for _ in range({count})]" for servers, count in stretches
    ]
    return "; ".join([begin, *lines])


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The stretch in which the first request went elsewhere."""
    stretches, beside, _ = case
    if isinstance(got, Failed):
        return f"{clipped(got.call)} raised {got.error}.", got.call
    first = next(n for n, (due, came) in enumerate(zip(expected, got, strict=True)) if due != came)
    start = number = 0
    while start + stretches[number][1] <= first:
        start += stretches[number][1]
        number += 1
    servers, count = stretches[number]
    if not isinstance(got[first], int):
        call = f"{answer.variable}.choose({written(servers)}, Request())"
        return (
            f"{call} gave {short(got[first])}; it had to give {expected[first]}.",
            f"{answer.variable} = {answer.name}(); {call}",
        )
    came, due = (" ".join(map(short, each[start : start + count])) for each in (got, expected))
    when = f"After {start} requests to other lists, requests" if number else "Requests"
    if beside:
        when = "Beside a second balancer with the same requests, requests"
    said = f"{when} to {listed(servers)} went to the places {came}; they had to go to {due}."
    return said, history(answer, stretches[: number + 1], beside)


def listed(servers: Sequence[Server]) -> str:
    weights = ", ".join(f"{server.weight:g}" for server in servers)
    named = ", ".join(str(server.index) for server in servers)
    is_plain = [server.index for server in servers] == list(range(len(servers)))
    return f"servers of weight {weights}" + ("" if is_plain else f" (their indices: {named})")


def of(*stretches: Stretch, fallback: str = "another-order", beside: bool = False) -> Case:
    return list(stretches), beside, fallback


def some(count: int, **weights: float) -> Stretch:
    """`some(3, s0=5, s2=1)`: three requests to servers 0 and 2, in this order."""
    return [Server(int(name[1:]), weight=weight) for name, weight in weights.items()], count


def by_chance() -> Iterator[Case]:
    """Servers come and go, change their weight and their place."""
    chance = random.Random(9)
    for _ in range(25):
        weights = {index: chance.randrange(1, 8) for index in chance.sample(range(9), 4)}
        stretches = []
        for _ in range(5):
            here = chance.sample(sorted(weights), chance.randrange(1, 5))
            if chance.random() < 0.5:
                weights[chance.choice(here)] = chance.randrange(1, 8)
            servers = [Server(index, weight=weights[index]) for index in here]
            stretches.append((servers, chance.randrange(1, 9)))
        yield of(*stretches)


Comparison(Model, MISTAKES, lambda case, expected, got: case[2], run=places, tell=tell).add_rungs(
    QUESTION,
    {
        # Whole rounds, after which all credit is 0 again: what two balancers share does not show here, but below.
        "weights 5, 1, 1": [of((weighing(5, 1, 1), 14))],
        "other weights": [
            of((weighing(1, 1, 1), 6)),
            of((weighing(2, 3), 10)),
            of((weighing(1, 3, 2), 12)),
            of((weighing(4), 3)),
            of((weighing(0.5, 1.5, 1), 12)),
            of((weighing(0.25, 1.5, 1.25), 12)),
            of((weighing(1.125, 0.375, 0.5), 16)),
        ],
        "two balancers side by side": [of((weighing(5, 1, 1), 7), fallback="one-for-all", beside=True)],
        "a weight changes": [
            of((weighing(5, 1, 1), 3), (weighing(1, 1, 1), 6), fallback="old-weights"),
            of((weighing(1, 2), 2), (weighing(8, 2), 10), fallback="old-weights"),
        ],
        "a server leaves and comes back": [
            of(some(3, s0=5, s1=1, s2=1), some(4, s1=1, s2=1), some(7, s0=5, s1=1, s2=1)),
            of(some(4, s0=2, s1=3, s2=2), some(5, s0=2, s2=2), some(6, s2=2, s0=2, s1=3)),
            of(some(2, s4=1, s7=2), some(3, s7=2), some(3, s4=1, s7=2, s5=3)),
            # Away for long: the credit is still there.
            of(some(2, s0=5, s1=1, s2=1), some(200, s1=1, s2=1), some(7, s0=5, s1=1, s2=1)),
        ],
        "25 histories by chance": list(by_chance()),
    },
)
