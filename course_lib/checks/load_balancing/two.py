"""09.two: the better of two."""

from collections.abc import Callable
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.load_balancing.choosing import MISTAKES, NO_PLACE, exact, share
from course_lib.checks.load_balancing.given import Request, busy
from course_lib.checks.load_balancing.sending import BEFORE, REQUESTS
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question, Wrong

QUESTION = Question(
    "09.two",
    title="The better of two",
    names=("TwoChoices",),
    signature="class TwoChoices(seed: int): choose(servers: list, request) -> int",
    points=2,
    minutes=5,
    hints=(
        "Keep a random.Random(seed) of your own on self. Draw two different places, and compare how many requests each of the two servers has.",
        "self.random.sample(range(len(servers)), 2) gives two different places. It fails with one server: then there is nothing to choose.",
        "one, other = self.random.sample(...); return one if servers[one].outstanding <= servers[other].outstanding else other. Before that: if len(servers) == 1: return 0.",
    ),
    misconceptions={
        "with-replacement": "The same server was drawn twice, and then there is no choice at all: of two servers the busier one gets a quarter of the requests. (Envoy does draw like this: it is quicker, and among many servers the same one seldom comes twice.) Draw two different ones.",
        "one-server": "With one server there are no two to draw. Its place is 0.",
        "the-worse-of-two": "The one with fewer requests is the better one.",
        "one-choice": "That is random choice: what the two have to do makes no difference.",
        "looks-at-all": "That is least request, the best of all. Look at two only: with old news all would run to the same best one.",
        "three-choices": "Two are drawn, no more.",
        "always-the-same-two": "Two are drawn anew for each request. Here one server gets all of them. (Is the generator made in __init__, and are the two drawn in `choose`? Made anew at each call it draws the same two each time.)",
        "counts-served": "It is no matter how many requests a server has had in its life, but how many it has now: server.outstanding. A server that was slow has had few, and has all of them still.",
        "leaks": "A request that ends in an error is over, too. If it is counted for ever, a server that failed a few times looks busy for ever, and starves. (server.outstanding counts for you.)",
        "favours-the-first": "Of equals the one that was drawn first, idle ones too. Where the smaller place always wins, the first servers get most requests as long as little is going on, which is most of the time.",
        "not-repeatable": "With the same seed and the same servers the choices have to be the same, whoever else draws random numbers meanwhile. Keep a random.Random(seed) on self, and draw from that alone.",
        "ignores-the-seed": "Another seed has to give other choices.",
        "not-all-pairs": "All pairs have to be alike. Here a server is compared with its neighbours only: whoever stands beside a busy one gets more than its share.",
        "not-a-place": "The place of the server in the list is wanted, a whole number from 0, not the server, and not its number of requests.",
        "another-share": "Two different places are drawn, all pairs of all servers alike, however many servers and requests there are, and the one with fewer requests is chosen, of equals the one drawn first.",
    },
    right=(
        "A second look makes long queues all but vanish, and since only a few pairs hold any one server, nobody makes a herd. "
        "Think of next: the servers have unequal speeds. What would you compare then?"
    ),
)


def run(function: Callable[..., Any], *case: Any) -> Any:
    return exact(*case) if function is exact else share(function, *case)


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The share of requests that went to a server."""
    loads, ok, old, place = case
    servers = f"busy({', '.join(map(repr, loads))})"
    call = f"{answer.variable}.choose({servers}, Request())"
    replay = f"{answer.variable} = {answer.name}(1); {call}"
    if isinstance(got, Failed):
        return f"{replay} raised {got.error}.", replay
    if got == NO_PLACE:
        return f"{call} gave {short(answer.known['odd'])}; it had to give a place.", replay
    ends = "" if ok else ", each of which ended in an error,"
    if old:
        ends = f", after {BEFORE} when only the first {old} servers were there,"
    said = (
        f"Of {REQUESTS:,} requests{ends} to servers that have {listed(loads)} requests, a share of {got:.2f} "
        f"went to the place {place}; it had to be {expected:.2f}."
    )
    setting = ("" if ok and not old else f", ok={ok}") + (f", old={old}" if old else "")
    return said, f"sent({answer.name}, {loads}{setting}).count({place})"


def listed(loads: tuple[int, ...]) -> str:
    *first, last = map(str, loads)
    return f"{', '.join(first)} and {last}" if first else last


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single share."""
    return "always-the-same-two" if got in (0, 1) else "another-share"


def of(*loads: int, place: int, ok: bool = True, old: int = 0) -> Case:
    return loads, ok, old, place


Comparison(exact, MISTAKES, otherwise, run=run, tell=tell, tolerance=0.07).add_rungs(
    QUESTION,
    {
        "two servers": [of(3, 1, place=1)],
        # The best of all is in three places: two that are always the same have it in two of them at most.
        "five servers": [
            *(of(4, 0, 3, 1, 2, place=place) for place in (0, 1, 3)),
            of(1, 3, 0, 2, 4, place=2),
            of(3, 2, 1, 0, 4, place=3),
        ],
        "seven servers that have much to do": [
            *(of(9, 7, 12, 8, 30, 11, 6, place=place) for place in (1, 6, 4)),
            of(40, 25, place=1),
        ],
        "equals": [of(0, 0, 0, 0, place=place) for place in (0, 3)],
        "two servers join": [of(1, 1, 1, 1, place=place, old=2) for place in (0, 3)],
        "errors": [of(1, 5, 0, place=place, ok=False) for place in (0, 1)],
        "one server": [of(2, place=0)],
    },
)


@QUESTION.rung("the same seed, the same choices")
def _(two_choices: Answer) -> None:
    servers = busy(1, 1, 1, 1, 1)
    one, same, other = two_choices(5), two_choices(5), two_choices(6)
    each = [[policy.choose(servers, Request()) for policy in (one, same, other)] for _ in range(40)]
    name = two_choices.name
    replay = f"one, other = {name}(5), {name}(%d); [(one.choose(%s, Request()), other.choose(%s, Request())) for _ in range(9)]"
    replay = replay.replace("%s", "busy(1, 1, 1, 1, 1)")
    if any(a != b for a, b, _ in each):
        said = (
            f"Two of {name}(5), each asked 40 times in turn about the same servers, made different choices."
        )
        raise Wrong("not-repeatable", said, replay % 5)
    if all(a == c for a, _, c in each):
        said = f"{name}(5) and {name}(6) made the same 40 choices."
        raise Wrong("ignores-the-seed", said, replay % 6)
