"""09.hedge: the slowest few, and what a second copy saves and costs."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.load_balancing.hedging import HEDGE_MISTAKES, PERCENTILE_MISTAKES, hedge, percentile
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question

QUESTION = Question(
    "09.hedge",
    title="The slowest few",
    names=("percentile", "hedge"),
    signature="percentile(servers: list of lists, percent: int) -> float; hedge(requests: list of (first, second, safe), after: float) -> (list, int, float)",
    points=3,
    minutes=15,
    hints=(
        "A percentile is one of the latencies: put those of all servers into one list, sort it, and count. For hedging, go through the requests one by one: is it late, and may it be sent again?",
        "percentile: the rank is percent * n / 100, rounded up, counted from 1. hedge: where first <= after, or it is not safe, nothing else happens. Else the answer is there at min(first, after + second).",
        "A hedged request: end = min(first, after + second). The first copy was worked on for `end`, the second for end - after. Then the loser is told to stop.",
    ),
    misconceptions={
        "mean-of-percentiles": "The mean of the servers' percentiles is nobody's percentile: a server with ten requests counts as much there as one with a million. Put all latencies together first.",
        "worst-of-percentiles": "That is the worst server's. Put the latencies of all together first.",
        "not-sorted": "Sort first: the requests stand there in the order in which they came.",
        "rank-too-high": "Off by one: of 100 latencies the 99th is the p99, and its place, counted from 0, is 98.",
        "rank-too-low": "The rank is rounded up: within the p99 at least 99 of 100 were answered.",
        "share-in-floats": "0.07 * 100 is a little above 7 in floating point, and rounded up that is 8. Multiply whole numbers first: percent * n / 100.",
        "interpolates": "A value between two latencies is what some libraries give. Here it is the latency of a request that there was.",
        "takes-a-share": "percent is 99, not 0.99.",
        "a-mean": "A mean says nothing of the slowest few.",
        "hedges-at-once": "A second copy at once, for each request: that is twice the load. Only who is late, after `after`, is sent again.",
        "hedges-the-quick": "An answer that is there in time needs no second copy, and one that is there at `after` is in time.",
        "copy-starts-at-zero": "The second copy sets out when the first one is late: its answer is there at after + second.",
        "waits-for-the-copy": "The first copy is still under way, and may be back before the second: whichever comes first counts.",
        "waits-for-both": "The first answer is enough: the smaller of the two, not the larger.",
        "counts-both": "There is one latency for each request, however many copies answer. Who counts both finds more requests than there were, and the wrong percentiles.",
        "no-cancel": "When an answer is there, the other copy is cancelled, and its server stops working on it. Both worked until then.",
        "forgets-the-copy": "The second copy is work, too: from `after` until the answer is there.",
        "hedges-unsafe": "What must not be carried out twice is never sent twice. Who was late may only be slow, and has done it already.",
        "copy-works-from-zero": "The second copy is worked on from `after` on only, until the answer is there.",
        "counts-all": "Count the second copies that were sent.",
        "a-share-of-copies": "How many second copies, not which share.",
        "not-three": "Three things are wanted, in this order: the list of latencies, the number of second copies, the work.",
        "another-percentile": "Sort all latencies, and count: how many are at or below the one that you gave?",
        "another-outcome": "Draw the two copies on a line: the first from 0, the second from `after`. When is an answer there, and until when does each work?",
    },
    right=(
        "The tail goes, for a few per cent of copies and hardly any work, as long as being late has nothing to do with the load. "
        "Think of next: all servers are slow, because there is too much to do. How many requests are late now, and what do the copies do?"
    ),
)


NOT_THREE = "not three"
PARTS = ("latencies", "second copies", "work")


def run_hedge(function: Callable[..., Any], requests: Any, after: float, part: int | None) -> Any:
    """Three things, rounded, or only one of them; anything else as it is."""
    result = function(requests, after)
    try:
        latencies, copies, work = result
        parts = [[float(f"{one:.9g}") for one in latencies], copies, float(f"{work:.9g}")]
    except (TypeError, ValueError):
        return [NOT_THREE, short(result)]
    return parts if part is None else [parts[part]]


def tell_hedge(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first of the three that came out otherwise; of latencies the request."""
    requests, after, part = case
    call, replay = answer.call((requests, after)), answer.call((requests, after), repr)
    if isinstance(got, Failed):
        return f"{call} raised {got.error}.", replay
    if got[0] == NOT_THREE:
        return f"{call} gave {got[1]}; it had to give a list, a whole number and a number.", replay
    wrong = next(n for n, (due, came) in enumerate(zip(expected, got, strict=True)) if due != came)
    which = wrong if part is None else part
    came, due = got[wrong], expected[wrong]
    said = f"{call}: as {PARTS[which]} it gave {short(came)}; it had to give {short(due)}."
    if which == 0 and len(came) == len(due):
        place = next(n for n in range(len(due)) if due[n] != came[n])
        said = (
            f"{call}: the request {short(requests[place])}, hedged after {after}, took {came[place]:g}; "
            f"it had to take {due[place]:g}."
        )
    return said, f"{replay}[{which}]"


def of(*requests: tuple[float, float, bool], after: float, part: int | None = None) -> Case:
    return list(requests), after, part


def late(first: float, second: float, safe: bool = True) -> tuple[float, float, bool]:
    return first, second, safe


def servers_by_chance() -> Iterator[Case]:
    chance = random.Random(9)
    for _ in range(40):
        servers = [
            [round(chance.expovariate(0.1), 1) for _ in range(chance.choice((0, 1, 3, 10, 40)))]
            for _ in range(chance.randrange(1, 4))
        ]
        if any(servers):
            yield servers, chance.choice((1, 7, 50, 75, 90, 95, 99, 100))


def requests_by_chance() -> Iterator[Case]:
    chance = random.Random(7)
    for _ in range(40):
        requests = [
            (chance.randrange(4, 120) / 4, chance.randrange(4, 120) / 4, chance.random() < 0.8)
            for _ in range(chance.randrange(1, 8))
        ]
        yield requests, chance.choice((0, 5, 10.5, 20)), None


SOME = (
    [late(200, 6)],
    [late(3, 4), late(300, 5), late(9, 200)],
    [late(25, 6), late(40, 30), late(22, 150)],
    [late(20.25, 0.125), late(20.5, 9)],
)
HUNDRED = [float((7 * n) % 100 + 1) for n in range(100)]  # 1 to 100, well mixed


def otherwise(case: Case, expected: Any, got: Any) -> str:
    return "not-three" if got[:1] == [NOT_THREE] else "another-outcome"


Comparison(percentile, PERCENTILE_MISTAKES, lambda *_: "another-percentile").add_rungs(
    QUESTION,
    {
        "one server": [
            ([HUNDRED], 99),
            ([HUNDRED], 50),
            ([HUNDRED], 7),
            ([HUNDRED], 100),
            ([[4, 9, 2, 7]], 50),
            ([[4, 9, 2, 7]], 51),
            ([[5]], 1),
        ],
        "several servers": [
            ([[1, 1, 1, 1, 1, 1, 1, 1], [50, 60]], 50),
            ([[3, 1, 2], [30, 10, 20], []], 90),
            ([HUNDRED, [500]], 99),
            ([[10] * 50, [20] * 50, [300]], 99),
        ],
        "40 lists by chance": list(servers_by_chance()),
    },
    place=0,
)
Comparison(hedge, HEDGE_MISTAKES, otherwise, run=run_hedge, tell=tell_hedge).add_rungs(
    QUESTION,
    {
        "nobody is late": [of(late(3, 9), late(5, 1), after=8), of(late(8, 2), after=8), of(after=8)],
        "how long each takes": [of(*some, after=20, part=0) for some in SOME],
        "how many copies": [of(*some, after=20, part=1) for some in SOME],
        "how much work": [of(*some, after=20, part=2) for some in SOME],
        "not to be done twice": [
            of(late(200, 6, False), after=20),
            of(late(200, 6), late(200, 6, False), late(5, 6, False), after=20),
        ],
        "40 lists of requests by chance": list(requests_by_chance()),
    },
)
