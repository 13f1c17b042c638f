"""09.ewma: the shortest time to be expected."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.load_balancing.calling import Act, play, simulated, tell
from course_lib.checks.load_balancing.expecting import MISTAKES, Model
from course_lib.checks.load_balancing.given import Request, Server, busy, weighing
from course_lib.checks.question import Question

QUESTION = Question(
    "09.ewma",
    title="Who will be fastest?",
    names=("PeakEWMA",),
    signature="class PeakEWMA(decay: float, first: float): cost(server, now: float) -> float; finished(server, took: float, ok: bool, now: float); choose(servers: list, request) -> int",
    points=4,
    minutes=20,
    hints=(
        "Of each server keep two numbers, by its index: the mean, and when it was set. `finished` sets both, `cost` only reads them.",
        "What is left of something after a time t is exp(-t / decay) of it. `cost` needs it, with t since the mean was set, and `finished` too, before it mixes in what has come.",
        "finished: if nothing is known, (took, now). Else kept = exp((then - now) / decay), and (max(took, kept * mean + (1 - kept) * took), now). cost: first, or mean * exp((then - now) / decay); times (server.outstanding + 1).",
    ),
    misconceptions={
        "remembers-for-ever": "Nothing decays while nothing comes. A server that was slow once is avoided, so nothing is heard of it, so it is avoided for ever. In `cost` too the mean is worth less the older it is.",
        "per-request": "How much of the old mean is kept depends on the time that has passed, not on how many answers came: a thousand in a second would wipe out what was known, and one in an hour hardly change it.",
        "cold-start-zero": "Of a new server nothing is known. If it costs nothing, it gets everything at once, until its first answer comes. It costs `first`.",
        "never-tried": "A new server that looks dear is never tried. It costs `first`.",
        "ignores-in-flight": "What is under way to a server has to be waited for: times server.outstanding + 1.",
        "idle-costs-nothing": "A server with nothing to do would cost 0, however slow it is. The request itself counts too: outstanding + 1.",
        "adds-in-flight": "Each request that waits there takes about the mean: multiply, do not add.",
        "climbs-slowly": "A slow answer counts at once, in full: the mean is `took` if that is more than the mixture. Until a slow climb arrives, everybody waits there.",
        "only-peaks": "A fast answer counts too: the mean comes down by mixing it in.",
        "another-decay": "After `decay` seconds e ** -1 of it is left, after t seconds exp(-t / decay).",
        "only-the-last": "What was known before counts still, for what is left of it: mix.",
        "mixed-the-other-way": "The two are swapped: what is left of the old mean, kept * mean, and for the rest what has come, (1 - kept) * took.",
        "first-is-no-answer": "`first` is a guess for as long as nothing is known. The first answer is knowledge, and replaces it, up or down.",
        "asking-changes": "`cost` only asks. The mean, and when it was set, change in `finished` alone: else it matters how often somebody has asked.",
        "keeps-the-first-time": "The mean was set anew, and so the time from which it decays.",
        "ok-is-not-asked": "Here an answer is an answer, whether it is an error or not: it took so long. (Question 4 is about errors.)",
        "weights-are-not-asked": "A weight is what somebody thinks that a server can do. Here it makes no difference: what it can do shows in its times.",
        "zero-is-an-answer": "An answer may take 0 s. That is known of the server then, and not that nothing is known: ask whether there is a mean (`is None`, `in`), not whether it is true.",
        "the-dearest": "The one with the least cost is chosen.",
        "ties": "Of equals the first in the list is chosen.",
        "index-not-place": "`choose` gives the place in the list. The server's index is the same only as long as all servers are there.",
        "not-a-place": "`choose` gives the place of the server in the list, a whole number from 0.",
        "another-cost": "Write down of each server the mean and when it was set, call by call. What is left of it now? How many wait? And who of all in the list costs least (not of two, as in the library)?",
    },
    right=(
        "It hears of a slow server with the first slow answer, sheds it at once, and tries it again when the memory has faded. "
        "Think of next: a server that fails within a millisecond. What does it cost?"
    ),
)


def run(make: Any, args: Sequence[Any], acts: Any, fallback: str) -> list[Any]:
    return simulated(make, args, acts) if isinstance(acts, dict) else play(make, args, acts)


def cost(index: int, now: float, outstanding: int = 0, weight: float = 1) -> Act:
    return "cost", Server(index, outstanding, weight), now


def ends(index: int, took: float, now: float, ok: bool = True) -> Act:
    return "finished", Server(index), took, ok, now


def choose(now: float, *servers: Server) -> Act:
    return "choose", list(servers), Request(now)


def of(*acts: Act, decay: float = 10, first: float = 1, fallback: str = "another-cost") -> Case:
    return (decay, first), list(acts), fallback


def by_chance() -> Iterator[Case]:
    """Answers come, and costs are asked for, of servers that come and go."""
    chance = random.Random(9)
    for _ in range(30):
        now, acts = 0.0, []
        for _ in range(10):
            now = round(now + chance.choice((0.25, 1, 3, 12)), 2)
            index, took = chance.randrange(4), chance.choice((0.1, 0.5, 1, 2, 8))
            servers = [Server(one, chance.choice((0, 1, 2, 3, 20))) for one in chance.sample(range(4), 3)]
            kind = chance.random()
            if kind < 0.5:
                acts.append(ends(index, took, now, chance.random() < 0.9))
            elif kind < 0.8:
                acts.append(cost(index, now, chance.randrange(4)))
            else:
                acts.append(choose(now, *servers))
        acts.append(choose(now + 1, *busy(1, 0, 2, 1)))
        yield of(*acts, decay=chance.choice((5, 10)), first=chance.choice((0.5, 1, 3)))


SMALL = {"servers": {"speeds": [1, 1, 1, 0.2, 1, 1, 1]}, "rate": 4.5, "requests": 300, "service": 1.0}

Comparison(Model, MISTAKES, lambda case, expected, got: case[2], run=run, tell=tell).add_rungs(
    QUESTION,
    {
        "nothing is known": [
            of(cost(0, 0), cost(3, 50, 2), first=2),
            of(cost(0, 5), cost(0, 100), choose(100, *busy(2, 1, 3)), first=0.5),
        ],
        "the first answer": [
            of(ends(0, 4, 20), cost(0, 20), cost(1, 20)),
            of(ends(2, 0.5, 3), cost(2, 3), cost(2, 3, 3), cost(2, 3, 1), first=2),
            of(ends(2, 0.5, 3), cost(2, 3, 25), cost(1, 3, 40), cost(2, 3, 1, 4), cost(1, 3, 0, 4)),
            of(ends(0, 0, 3), cost(0, 3), cost(0, 9, 2)),
        ],
        "a mean gets old": [
            of(ends(0, 8, 0), cost(0, 5), cost(0, 10), cost(0, 40)),
            of(ends(1, 6, 7), cost(1, 9, 1), cost(1, 12, 1), decay=5),
        ],
        "fast answers and slow ones": [
            of(ends(0, 2, 0), ends(0, 1, 5), cost(0, 5), ends(0, 1, 6), cost(0, 6), fallback="per-request"),
            of(ends(0, 2, 0), ends(0, 9, 1), cost(0, 1), ends(0, 1, 30), cost(0, 30), cost(0, 35)),
            of(ends(0, 2, 4), ends(0, 1.5, 24), cost(0, 24)),
            of(ends(0, 3, 0), ends(0, 3, 0), ends(0, 1, 0), cost(0, 0)),
            of(ends(0, 4, 9), ends(0, 0, 19), cost(0, 19)),
            of(ends(0, 8, 0), ends(0, 0.01, 1, False), cost(0, 1), ends(0, 9, 2, False), cost(0, 2)),
        ],
        "asked in between": [
            of(ends(0, 8, 0), cost(0, 5), cost(0, 5), cost(0, 10), ends(0, 1, 12), cost(0, 12)),
            of(ends(0, 8, 0), choose(3, *busy(0, 0)), ends(0, 3, 6), cost(0, 6)),
        ],
        "who is chosen": [
            of(
                ends(0, 3, 0),
                ends(1, 1, 0),
                choose(0, *busy(0, 1)),
                choose(0, *busy(0, 2)),
                choose(0, *busy(1, 5)),
            ),
            of(ends(0, 8, 0), ends(1, 2, 10), choose(10, *busy(0, 0)), choose(14, *busy(0, 1))),
            of(choose(0, *busy(0, 0, 0)), choose(0, *busy(1, 0, 0)), choose(0, *busy(30, 12, 14))),
            of(choose(0, *weighing(1, 5, 2)), choose(0, Server(0, 1, 3), Server(1, 0, 0.25))),
            of(*(choose(0, *busy(*[2] * place, 1, *[2] * (6 - place))) for place in range(7))),
            of(
                ends(5, 9, 0), ends(7, 2, 0), choose(1, Server(5), Server(7)), choose(1, Server(7), Server(5))
            ),
            of(
                ends(0, 9, 0), ends(1, 2, 0), choose(1, Server(1), Server(0)), choose(1, Server(3), Server(1))
            ),
        ],
        "30 histories by chance": list(by_chance()),
        "a small simulation": [((5.0, 1.0), SMALL, "another-cost")],
    },
)
