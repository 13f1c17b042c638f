"""09.break_it: loads under which two policies are worse than chance, and that the lesson does not show."""

from collections.abc import Callable
from math import gcd
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.load_balancing.racing import BUSY, REQUESTS, NoLoad, brief, of_load, run, shares
from course_lib.checks.question import Question, Wrong

QUESTION = Question(
    "09.break_it",
    title="Break it: worse than chance",
    names=("for_round_robin", "for_two_choices"),
    signature="for_round_robin: dict; for_two_choices: dict",
    points=3,
    minutes=15,
    hints=(
        "What does each of the two not see? Round robin sees nothing, but so does chance: what can chance not be caught by? Two choices believe what they are told.",
        "Round robin goes through the servers in a fixed rhythm. Give the work a rhythm that fits an odd number of them. Two choices are misled by numbers that are old; and the fewer servers there are, the more two are nearly all.",
        "Three servers, and three works in turn, of which one is dear: all of these go to the same server. For two choices two servers are enough: each pair is all there is, so until the next refresh all run to the same one. Then let the refresh be 40 or more.",
    ),
    misconceptions={
        "not-a-load": "A load is a dict, such as {'speeds': [1, 1, 1], 'rate': 2.4, 'work': [1, 2], 'refresh': 5, 'fails': [0]}. 'speeds' and 'rate' must be there.",
        "even-number": "For round robin the number of servers has to be odd: 'speeds' is a list of 3, 5, 7 ... The rhythm of the lesson does not fit that. Which one does?",
        "only-more-load": "More load makes each policy slower, chance most of all: the order stays the same. It takes something that this policy does not see, or sees wrongly, and that chance does not mind.",
        "too-much": "Somebody has more to do than can be done, even if all get the same share. Then queues grow without end under chance too, and it shows only how long the run was.",
        "slow-server": "A slow server gets its equal share from round robin and from chance: both are blind to it, and it is as bad for both. What hurts round robin more than chance?",
        "sees-the-slow-one": "A slow server has long queues, and that is what two choices see.",
        "out-of-step": "The rhythm of the work and the number of servers have no common divisor, so round robin spreads the dear requests over all servers, more evenly than chance.",
        "mild-rhythm": "That is the right rhythm, but it does not hurt enough: those that get the dear ones keep up. Make the difference between dear and cheap larger, or, where there is room, the servers busier.",
        "sees-the-dear": "Two choices see where the dear requests wait, and avoid these servers. A rhythm does not harm them.",
        "does-not-look": "Round robin does not ask how much there is to do, so old news makes no difference to it.",
        "too-fresh": "The news is old, but not old enough for two choices: a server is in few of the pairs only, so what runs to it before the next refresh is little more than it can take. Let the news be older, or let each server be in more of the pairs.",
        "never-told": "The 10,000 requests are over before there is a second or third report. Until then all numbers are the zeros of the beginning, and of equals the one drawn first is taken: that is random choice. Let the news be old, but let there be news.",
        "fails-alike": "A server that fails gets its equal share of requests from round robin, as from chance.",
        "in-few-pairs": "The one that fails wins nearly each pair that it is in, but it is in no more than two of n: twice its share, less where both are idle. So never quite twice. (Least request, which looks at all, runs to it far more often.)",
        "by-luck": "With one seed it is enough, with another it is not: that was luck. It has to be so whoever comes when.",
    },
    right=(
        "Each policy is good for as long as the world is as it assumes: requests alike, numbers fresh, answers right. Chance assumes nothing, and so it is never the best and hardly ever the worst. "
        "Think of next: ten servers, and the same old news. Why is least request so much worse off than two choices then, and with two servers not?"
    ),
)

TIMES = 2
SEEDS = (0, 1, 2)
POLICIES = {"for_round_robin": "round robin", "for_two_choices": "two choices"}


def given(answer: Answer) -> tuple[tuple[str, Any], ...]:
    """The learner's load. Raises Wrong where it is none, or too much."""
    try:
        load = of_load(answer.value)
    except NoLoad as error:
        raise Wrong("not-a-load", f"{answer.name}: {error}.", answer.name) from None
    size = len(dict(load)["speeds"])
    if POLICIES[answer.name] == "round robin" and size % 2 == 0:
        raise Wrong("even-number", f"{answer.name}: there are {size} servers.", answer.name)
    busiest = max(shares(dict(load)))
    if busiest > BUSY + 1e-9:
        said = f"{answer.name}: with an equal share of the requests, a server has {busiest:.0%} of what it can do; at most {BUSY:.0%} is allowed."
        raise Wrong(why_too_much(dict(load)), said, answer.name)
    return load


def why_too_much(load: dict[str, Any]) -> str:
    """A slow server, where the others would keep up; else the load itself."""
    busy = [share for share in shares(load) if share]
    return "slow-server" if min(busy) <= BUSY else "too-much"


def is_worse(policy: str, load: tuple[tuple[str, Any], ...], seed: int) -> bool:
    """Compares what was measured, as it is: only a sentence rounds."""
    ours, chance = run(policy, load, seed), run("random", load, seed)
    return ours.mean >= TIMES * chance.mean or 0 < TIMES * chance.errors <= ours.errors


def judge(answer: Answer, seed: int) -> None:
    policy, load = POLICIES[answer.name], given(answer)
    if is_worse(policy, load, seed):
        return
    ours, chance = brief(run(policy, load, seed)), brief(run("random", load, seed))
    busiest = max(shares(dict(load)))
    said = (
        f"{answer.name}: under {policy} a request takes {ours['mean']:g} on average and {ours['failed']:.1%} fail, "
        f"under random choice {chance['mean']:g} and {chance['failed']:.1%}. One of the two had to be at least twice as much. "
        f"(With equal shares the busiest server has {busiest:.0%} of what it can do; {BUSY:.0%} is allowed.)"
    )
    reason = why(policy, dict(load))
    if any(is_worse(policy, load, other) for other in SEEDS):
        reason = "by-luck"
    raise Wrong(reason, said, f"race({answer.name}, seed={seed})", seed=seed)


def why(policy: str, load: dict[str, Any]) -> str:
    """What the load tries, and why that does not do."""
    works = load["work"] if isinstance(load["work"], tuple) else ()
    is_uneven = len(set(works)) > 1
    if policy == "round robin":
        return _why_round_robin(load, works if is_uneven else ())
    if load["refresh"]:
        return "never-told" if 2 * load["refresh"] > REQUESTS / load["rate"] else "too-fresh"
    if load["fails"]:
        return "in-few-pairs"
    if len(set(load["speeds"])) > 1:
        return "sees-the-slow-one"
    return "sees-the-dear" if is_uneven else "only-more-load"


def _why_round_robin(load: dict[str, Any], works: tuple[float, ...]) -> str:
    if works:
        return "out-of-step" if gcd(len(works), len(load["speeds"])) == 1 else "mild-rhythm"
    if load["refresh"]:
        return "does-not-look"
    if load["fails"]:
        return "fails-alike"
    return "slow-server" if len(set(load["speeds"])) > 1 else "only-more-load"


def judge_all(answer: Answer) -> None:
    for seed in SEEDS:
        judge(answer, seed)


def rungs(place: int, name: str) -> None:
    """Three rungs for one of the two loads."""

    def register(title: str, judge_it: Callable[[Answer], Any]) -> None:
        QUESTION.rung(f"{name}: {title}")(lambda *answers: judge_it(answers[place]))

    register("a load that chance can bear", given)
    register("worse than chance", lambda answer: judge(answer, SEEDS[0]))
    register("with other seeds too", judge_all)


for place, name in enumerate(POLICIES.values()):
    rungs(place, name)
