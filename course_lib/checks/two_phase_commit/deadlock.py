"""06.deadlock: a cycle that no node sees, and a rule by which none comes about."""

import random
from collections.abc import Iterator
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question
from course_lib.checks.two_phase_commit.functions import add_rungs
from course_lib.checks.two_phase_commit.waiting import (
    CYCLE_MISTAKES,
    WOUND_MISTAKES,
    Edge,
    Waits,
    cycle_in,
    deadlock,
    is_cycle,
    together,
    wound_wait,
)

QUESTION = Question(
    "06.deadlock",
    title="Each waits for another",
    names=("deadlock", "wound_wait"),
    signature="deadlock(waits: dict of lists of pairs) -> list[str] | None; wound_wait(asker: str, holder: str, tries: dict of lists) -> str",
    points=3,
    minutes=15,
    hints=(
        "First put the pairs of all nodes together: no node sees the whole graph. Then walk from each transaction to those that it waits for, and remember the way.",
        "Whoever is met again on the way that you are on closes a cycle. Whoever was met on another way does not: two ways that meet are no cycle. For wound_wait, the age of a transaction is its first beginning.",
        "def walk(txn, way): if txn is in way, return way[way.index(txn):]; else try walk(holder, way + [txn]) for each holder. And wound_wait: 'wound' if tries[asker][0] < tries[holder][0], else 'wait'.",
    ),
    misconceptions={
        "each-node-alone": "Each node's own graph has no cycle, and all of them together have one. Put the pairs of all nodes together first.",
        "diamond": "Two ways that meet are no cycle: both transactions wait for the same one, and it waits for nobody. A cycle leads back to where the present way has been.",
        "only-pairs": "A cycle may have three transactions or more.",
        "backwards": "The list goes the wrong way round: each has to wait for the next.",
        "first-twice": "Each transaction of the cycle once: that the last waits for the first goes without saying.",
        "bystanders": "Who waits for a transaction of the cycle, and is not in it, waits too. But to abort that one would free nobody else.",
        "one-start": "A cycle may lie where the first transaction does not lead. Begin a walk at each, and look for any that was met on the way, not for the first alone.",
        "one-holder": "A transaction can wait for several, such as all who read what it wants to write. Keep all of them.",
        "not-a-list": "A list of the cycle's transactions is wanted, or None.",
        "no-such-cycle": "In a cycle each waits for the next and the last for the first, and nobody is in it twice.",
        "cycle-missed": "Nobody in that list goes on before another does.",
        "young-wounds-old": "The wrong way round: the old one would be aborted by whatever begins after it, again and again. The older takes the lock, the younger waits.",
        "new-age": "A transaction that begins again keeps its age: its first beginning counts. With a new one it is the youngest each time, and may never come to an end.",
        "not-by-age": "The rule goes by age alone: who began first, the first time.",
        "not-a-word": "'wound' or 'wait' is wanted.",
    },
    right=(
        "A cycle over several nodes is seen only by somebody who asks all of them; by wound-wait only the younger waits for the older, so no cycle comes about, and the oldest of all is never aborted. "
        "Think of next: the graphs of two nodes were taken a second apart. Can a cycle be found that never was?"
    ),
)


IDS = {
    "none": "cycle-missed",
    "backwards": "backwards",
    "closed": "first-twice",
    "with others": "bystanders",
    "no cycle": "no-such-cycle",
}
"""From what an answer comes to, where no known mistake explains it, to the misconception."""


def found(function: Any, waits: Waits) -> str:
    """What an answer comes to, in a word: any cycle of the graph is as good as any other."""
    result = function(waits)
    if result is None or result == []:
        return "none"
    if not isinstance(result, list | tuple):
        return "no list"
    if is_cycle(result, waits):
        return "a cycle"
    if is_cycle(result[::-1], waits):
        return "backwards"
    if is_cycle(result[1:], waits) and result[0] == result[-1]:
        return "closed"
    inside = [edge for edge in together(waits) if edge[0] in result and edge[1] in result]
    return "with others" if cycle_in(inside) else "no cycle"


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The call, what it gave, and a cycle that is there."""
    came = f"raised {got.error}" if isinstance(got, Failed) else f"gave {short(answer(*case))}"
    had = f"a cycle, such as {deadlock(*case)}" if expected == "a cycle" else "None"
    return f"{answer.call(case)} {came}; it had to give {had}.", answer.call(case, repr)


def otherwise(case: Case, expected: Any, got: Any) -> str:
    return IDS.get(str(got), "not-a-list")


def waits(**edges: str) -> Case:
    """`a="t1 t2, t3 t4"`: at node a, t1 waits for t2, and t3 for t4."""
    return (
        {
            node: [(pair.split()[0], pair.split()[1]) for pair in text.split(",") if pair]
            for node, text in edges.items()
        },
    )


def ring(number: int, others: int = 0) -> dict[str, list[Edge]]:
    """So many transactions, each of which waits for the next, at one of three nodes; others wait for one of them."""
    chance = random.Random(number)
    names = [f"t{each}" for each in chance.sample(range(1, 30), number + others)]
    circle, rest = names[:number], names[number:]
    pairs = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    pairs += [(name, chance.choice(circle)) for name in rest]
    chance.shuffle(pairs)
    graph: dict[str, list[Edge]] = {node: [] for node in ("a", "b", "c")}
    for place, pair in enumerate(pairs):
        graph["abc"[place % 3]].append(pair)
    return graph


def by_chance() -> Iterator[Case]:
    chance = random.Random(9)
    for _ in range(60):
        names = [f"t{number}" for number in chance.sample(range(1, 30), chance.randrange(2, 12))]
        graph: dict[str, list[Edge]] = {node: [] for node in ("a", "b", "c")}
        for _ in range(chance.randrange(1, len(names) + 2)):
            waiter, holder = chance.sample(names, 2)
            graph[chance.choice("abc")].append((waiter, holder))
        yield (graph,)


add_rungs(
    QUESTION,
    0,
    Comparison(deadlock, CYCLE_MISTAKES, otherwise, run=found, tell=tell),
    {
        "nobody waits for ever": [waits(a="", b=""), waits(a="t1 t2"), waits(a="t1 t2, t2 t3", b="t3 t4")],
        "two nodes, two transactions": [waits(a="t1 t2", b="t2 t1"), waits(a="t5 t4", b="", c="t4 t5")],
        "three in a ring, or more": [
            waits(a="t1 t2", b="t2 t3", c="t3 t1"),
            waits(a="t3 t1, t2 t3", b="t1 t2"),
            waits(a="t4 t2, t1 t4", b="t2 t3, t3 t1"),
            waits(a="t1 t5, t5 t2", b="t6 t1, t2 t4", c="t3 t6, t4 t3"),
            (ring(7),),
            (ring(12),),
        ],
        "two ways that meet": [
            waits(a="t1 t2, t1 t3", b="t2 t4, t3 t4"),
            waits(a="t1 t2", b="t1 t3", c="t3 t2"),
            waits(a="t1 t3, t2 t3"),
        ],
        "some wait in vain beside it": [
            waits(a="t1 t2, t2 t3", b="t3 t2"),
            waits(a="t1 t2", b="t3 t4", c="t4 t5, t5 t3"),
            waits(a="t1 t2, t1 t3", b="t2 t1, t3 t4"),
            waits(a="t1 t3, t1 t2", b="t2 t1, t3 t4"),
            (ring(8, others=6),),
        ],
        "60 by chance": list(by_chance()),
    },
)


def tries(**times: str) -> dict[str, list[int]]:
    """`t1="3 17"`: t1 began at 3, and again at 17."""
    return {txn: list(map(int, text.split())) for txn, text in times.items()}


def ages_by_chance() -> Iterator[Case]:
    chance = random.Random(3)
    for _ in range(40):
        times = chance.sample(range(100), 6)
        began = {
            f"t{number}": sorted(times[3 * place : 3 * place + chance.randrange(1, 4)])
            for place, number in enumerate(chance.sample(range(1, 9), 2))
        }
        asker, holder = chance.sample(sorted(began), 2)
        yield asker, holder, began


def not_wound_or_wait(case: Case, expected: Any, got: Any) -> str:
    return "not-by-age" if got in ("wound", "wait") else "not-a-word"


add_rungs(
    QUESTION,
    1,
    Comparison(wound_wait, WOUND_MISTAKES, not_wound_or_wait),
    {
        "the older one asks, or the younger": [
            ("t1", "t2", tries(t1="3", t2="8")),
            ("t2", "t1", tries(t1="3", t2="8")),
            ("t2", "t1", tries(t1="30", t2="8")),
        ],
        "one has begun again": [
            ("t1", "t2", tries(t1="3 17", t2="8")),
            ("t2", "t1", tries(t1="3 17 20", t2="8")),
            ("t2", "t1", tries(t1="5 6", t2="2 9")),
        ],
        "40 more by chance": list(ages_by_chance()),
    },
)
