"""09.eject: servers that fail get nothing for a while, unless too many do."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.load_balancing.calling import Act, play, simulated, tell
from course_lib.checks.load_balancing.ejecting import MISTAKES, Model
from course_lib.checks.load_balancing.given import Request, Server, busy
from course_lib.checks.question import Question

QUESTION = Question(
    "09.eject",
    title="Leave out who fails, but not everybody",
    names=("Ejection",),
    signature="class Ejection(window: int, share: float, cooldown: float, panic: float): finished(server, took: float, ok: bool, now: float); usable(servers: list, now: float) -> list[int]; choose(servers: list, request) -> int",
    points=4,
    minutes=20,
    hints=(
        "Of each server keep, by its index, the latest answers in a list, and until when it is ejected. `finished` changes both, `usable` and `choose` neither.",
        "finished: nothing if it is ejected now. Else append ok, and keep the last `window` only. If there are `window` of them and enough are False: ejected until now + cooldown, and the list is empty again.",
        "usable: the places of servers that are not ejected now. If there are none, or fewer than panic * len(servers): all places. choose: min(self.usable(servers, request.time), key=lambda place: servers[place].outstanding).",
    ),
    misconceptions={
        "no-panic": "Nearly everybody is ejected, and the few that are left get everything, and drown. If fewer than the share `panic` is left, all get requests: most likely it is the check that is wrong, or something behind them all.",
        "nobody-is-left": "Everybody is ejected, and somebody has to be chosen all the same: then all are usable.",
        "panic-still-ejects": "In a panic *all* servers of the list are usable, not only as many as make up the share.",
        "panics-too-early": "`panic` is the share that must be left. With as many as that there is no panic; it begins with fewer.",
        "too-few": "One failure of one answer is 100 %, and tells nothing. Wait until there are `window` answers.",
        "all-time": "Only the last `window` answers count. With all of them a server that was good for a year and fails now would be called good for a year; or one that fails now and then would be ejected, when its errors of a year are many enough.",
        "in-blocks": "The last `window` answers are looked at after each answer, not only when another `window` of them is full.",
        "in-a-row": "One right answer in between, and the count would begin again. It is a share of the last answers that counts here, in whatever order they came.",
        "number-not-share": "A share of `window` is asked for.",
        "on-the-mean": "Each server is judged by itself. The mean of all holds the bad ones too: one that is very bad hides the others, and where all are bad nobody stands out.",
        "takes-good-for-bad": "ok is True for an answer that is right. Count the others.",
        "never-returns": "After the cooldown it gets requests again: it may be well by now, and nobody hears of a server that gets none.",
        "remembers-old-sins": "When a server is ejected, its answers until then are forgotten. If they still counted, the first answer after its return would eject it again.",
        "late-answers-count": "An answer that comes while it is ejected, to a request that was sent before or in a panic, counts for nothing: neither for its return nor against it.",
        "cooldown-counts-from-zero": "The cooldown begins when it is ejected: it is over at now + cooldown.",
        "at-the-limit": "At the limit itself: with just that share of failures a server is ejected, and at the end of the cooldown, to the moment, it is back.",
        "place-among-the-usable": "That is a place in the list of the usable ones. In `servers` another one stands there.",
        "ignores-load": "Of the usable ones the one with the fewest outstanding requests is chosen.",
        "ties": "Of equals the first in the list is chosen.",
        "index-not-place": "Places in the list are wanted. A server's index is the same only as long as all servers are there.",
        "counts-the-absent": "Panic is about the servers of this list: how many of them are left?",
        "another-choice": "Write down of each server its last answers, and until when it is ejected. Who is left at that moment?",
    },
    right=(
        "A black hole gets `window` requests and then hardly any, and a check that finds fault with most servers is not believed. "
        "Think of next: who comes back after the cooldown has failed each time so far. Should it wait as long as before?"
    ),
)


def run(make: Any, args: Sequence[Any], acts: Any, fallback: str) -> list[Any]:
    return simulated(make, args, acts) if isinstance(acts, dict) else play(make, args, acts)


def answers(index: int, now: float, oks: str) -> list[Act]:
    """`answers(2, 7, "+-")`: server 2 answered at 7, right, and then again, wrong."""
    return [("answered", index, now, oks)]


def usable(now: float, *servers: Server) -> list[Act]:
    return [("usable", list(servers or busy(0, 0, 0)), now)]


def choose(now: float, *servers: Server) -> list[Act]:
    return [("choose", list(servers), Request(now))]


def of(
    *acts: list[Act],
    window: int = 4,
    share: float = 0.5,
    cooldown: float = 30,
    panic: float = 0.5,
    fallback: str = "another-choice",
) -> Case:
    return (window, share, cooldown, panic), [act for some in acts for act in some], fallback


def by_chance() -> Iterator[Case]:
    """Servers that are mostly good, or mostly bad; one that is away now and then."""
    chance = random.Random(9)
    for _ in range(30):
        window, size, now = chance.choice((2, 3, 5)), chance.choice((2, 3, 4)), 0.0
        good = [chance.choice((0.95, 0.5, 0.1)) for _ in range(size)]
        acts: list[list[Act]] = []
        for _ in range(25):
            now += chance.choice((1, 1, 2, 5))
            index = chance.randrange(size)
            here = sorted(chance.sample(range(size), chance.randrange(max(1, size - 1), size + 1)))
            servers = [Server(one, chance.randrange(3)) for one in here]
            kind = chance.random()
            if kind < 0.7:
                acts.append(answers(index, now, "+" if chance.random() < good[index] else "-"))
            else:
                acts.append(usable(now, *servers) if kind < 0.85 else choose(now, *servers))
        acts.append(usable(now, *busy(*[0] * size)))
        share, panic = chance.choice((0.5, 0.75, 1.0)), chance.choice((0.0, 0.5, 0.75))
        yield of(*acts, window=window, share=share, cooldown=chance.choice((5, 20)), panic=panic)


SMALL = {"servers": {"speeds": [1, 1, 1, 1], "fails": [3]}, "rate": 2.5, "requests": 400, "service": 1.0}
FOUR, MANY = busy(*[0] * 4), busy(*[0] * 21)

Comparison(Model, MISTAKES, lambda case, expected, got: case[2], run=run, tell=tell).add_rungs(
    QUESTION,
    {
        "nobody fails": [
            of(usable(0), answers(0, 1, "++++++"), answers(1, 2, "+++-++"), usable(3)),
            of(choose(0, *busy(2, 1, 3)), choose(0, *busy(2, 1, 1)), choose(5, *busy(4))),
        ],
        "one fails": [
            of(answers(1, 1, "----"), usable(1), usable(20)),
            of(answers(2, 1, "+++++++"), answers(2, 2, "-"), usable(2), answers(2, 3, "-"), usable(3)),
            of(answers(0, 1, "--+"), usable(1), answers(0, 2, "+"), usable(2), share=0.75),
            # Without panic, which would hide that somebody is out who should not be.
            of(answers(0, 1, "-+--"), usable(1), answers(1, 2, "+-+++--+"), usable(2), share=0.75, panic=0),
            of(answers(1, 1, "++-+--+-+-"), usable(1), window=10, share=0.6),
            of(answers(1, 1, "++-+-----"), usable(1), answers(1, 2, "-"), usable(2), window=10, share=0.6),
        ],
        "the last `window`": [
            of(answers(1, 1, "-+++-+++-+++"), usable(1), answers(2, 2, "-++++++-"), usable(2), panic=0),
            of(answers(0, 1, "++++++++--"), usable(1), panic=0),
            of(answers(1, 1, "+"), usable(1), answers(1, 2, "-"), usable(2), window=1, share=1.0),
            of(answers(1, 1, "+" * 11 + "-" * 9), usable(1), answers(1, 2, "-"), usable(2), window=20),
            of(answers(1, 1, "--"), answers(1, 1000, "+"), usable(1000), answers(1, 5000, "+"), usable(5000)),
        ],
        "too few answers": [
            of(answers(1, 1, "-"), usable(1), answers(1, 2, "--"), usable(2), answers(1, 3, "-"), usable(3)),
            of(answers(0, 1, "---"), answers(1, 1, "++++++"), usable(1), share=1.0),
        ],
        "it comes back": [
            of(answers(1, 5, "----"), usable(34), usable(35), usable(60)),
            of(
                answers(1, 5, "----"),
                usable(35),
                answers(1, 36, "-"),
                usable(36),
                answers(1, 37, "---"),
                usable(37),
            ),
            of(answers(0, 5, "----"), answers(0, 20, "++++"), usable(20), usable(34), usable(35)),
            of(
                answers(0, 5, "----"),
                answers(0, 20, "----"),
                usable(34),
                usable(35),
                usable(49),
                fallback="late-answers-count",
            ),
            of(answers(0, 5, "----"), answers(0, 20, "---"), answers(0, 36, "-"), usable(36)),
        ],
        "who is chosen": [
            of(
                answers(0, 1, "----"),
                choose(2, *busy(0, 3, 2)),
                choose(2, *busy(0, 1, 1)),
                choose(31, *busy(0, 1, 1)),
            ),
            of(
                answers(1, 1, "----"),
                choose(2, *busy(4, 0, 3)),
                choose(2, Server(1), Server(3, 5), Server(2, 6)),
            ),
            of(
                answers(2, 1, "----"),
                usable(2, Server(1), Server(2), Server(3)),
                choose(2, Server(2), Server(1), Server(3)),
            ),
        ],
        "panic": [
            of(
                answers(0, 1, "----"),
                answers(1, 1, "----"),
                usable(2, *FOUR),
                answers(2, 3, "----"),
                usable(3, *FOUR),
            ),
            of(
                answers(0, 1, "----"),
                answers(1, 9, "----"),
                usable(10),
                choose(10, *busy(0, 2, 1)),
                usable(31),
                usable(39),
                fallback="no-panic",
            ),
            of(answers(0, 1, "----"), answers(1, 1, "----"), answers(2, 1, "----"), usable(2), panic=0.0),
            of(answers(0, 1, "----"), usable(2, Server(0)), usable(2, Server(0), Server(3)), panic=0.25),
            of(
                *(answers(index, 1, "----") for index in (4, 5, 6)),
                usable(2, *busy(0, 0, 0, 0)),
                usable(2, Server(4), Server(5), Server(0)),
                usable(2, Server(4), *busy(0, 0, 0)),
                usable(2, Server(6), Server(1)),
            ),
            of(answers(0, 1, "----"), usable(2, *FOUR), answers(1, 3, "----"), usable(3, *FOUR), panic=0.75),
            # With 11 of 21 left, and with 10.
            of(*(answers(index, 1, "-") for index in range(10)), usable(1, *MANY), window=1),
            of(*(answers(index, 1, "-") for index in range(11)), usable(1, *MANY), window=1),
        ],
        "30 histories by chance": list(by_chance()),
        "a small simulation": [((5, 0.6, 10.0, 0.5), SMALL, "another-choice")],
    },
)
