"""10.refute: what a member of a group believes of another, and what it does when it hears that it is suspected itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import product
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.fault_tolerance.group import all_are_cleared, group, the_dead_are_known
from course_lib.checks.fault_tolerance.rumours import (
    ACCUSE_MISTAKES,
    HEAR_MISTAKES,
    Held,
    accuse,
    hear,
)
from course_lib.checks.question import Question, Wrong
from course_lib.checks.trials import Explore, Found, Run, Setup, Trial
from course_lib.limit import TimeUp, call_within
from course_lib.replication.swim_member import ALIVE, DEAD, SUSPECT
from course_lib.sim import Crash, Partition, Pause, Scenario

QUESTION = Question(
    "10.refute",
    title="I am not dead",
    names=("accuse", "hear"),
    signature="accuse(known: dict, member: str) -> tuple; hear(me: str, known: dict, news: tuple) -> (dict, tuple | None)",
    points=3,
    minutes=20,
    hints=(
        "Who may raise a number? Only the member itself: then a higher number proves that it has spoken since. So a suspicion carries the number that is known, and what refutes it carries a higher one.",
        "hear, of another: nothing overrides 'dead', and 'dead' overrides all else. Of the other two the higher number wins, and at the same number 'suspect' does. If it overrides, known changes and the news is told on; if not, neither.",
        "hear, of itself: 'alive' is no news. 'dead' is final, and nothing is told. 'suspect' at number i: the own number becomes max(own, i + 1), and (me, 'alive', that number) is told, always. Comparing the pairs (number, status == 'suspect') does the rest.",
    ),
    misconceptions={
        "raises-others": "Only a member itself raises its number. Where others raise it, it is no proof any more that the member has spoken: it goes on with its own, lower number, and nobody believes it.",
        "first-number": "A suspicion carries the number that is known of the member. With a lower one, nobody who knows the higher one takes it.",
        "buries-at-once": "One answer that did not come is no proof. First it is suspected, and has the time to say that it lives.",
        "whole-record": "It has to say that the member is suspected, whatever was known of it.",
        "accuse-changes-known": "`accuse` only says something, and `hear` changes what is known: it is called with that suspicion, too. If it stands in `known` by then, it is no news to `hear`, and nobody is told.",
        "equal-clears": "At the same number the suspicion wins. 'alive' with that number may have been said before anybody suspected it; it has to come with a higher one.",
        "suspicion-needs-more": "At the same number the suspicion wins. It carries the number that is known of the member; if it needed a higher one, nobody would ever be suspected.",
        "suspicion-always-wins": "A suspicion with a lower number is older than what refuted it, and still on its way through the group. The higher number wins.",
        "takes-everything": "News travel by many ways, so old news come after new ones. Take only what overrides what you hold.",
        "dead-comes-back": "'dead' is final, whatever the number: the group has given it up, and acted on that. (In SWIM's paper, and here. Who has been buried may join again, by a new name.)",
        "death-has-no-number": "'dead' overrides everything, whatever the number: it is not weighed against 'alive', for it is final.",
        "refutes-its-death": "Too late: in SWIM's paper, and here, 'dead' cannot be refuted, and the others do not listen any more. (HashiCorp's memberlist lets a member refute its death.) It stops: its own entry becomes 'dead', and it tells nothing.",
        "ignores-its-death": "The group has buried it, and that is final, whatever the number. It must not go on as if it were a member: its own entry becomes 'dead'.",
        "alive-by-others": "It took a number of its own from others. Only a member itself raises its number: that others say 'alive' of it changes nothing.",
        "tells-its-death": "It told on its own death. That is about itself: its entry becomes 'dead', and it tells nothing.",
        "believes-it": "It knows better than the others whether it lives. It does not take over what they say and pass it on, it says that it is alive.",
        "ignores-suspicion": "Who is silent to a suspicion is dead soon. It has to raise its number, and to say that it is alive.",
        "too-low": "At the same number the suspicion wins, so that refutes nothing. Its number has to be above that of the suspicion.",
        "falls-back": "Its number never falls. A suspicion with a lower number than its own is an old one, and its number is high enough.",
        "raises-for-nothing": "One more than the number of the suspicion is enough, and if its own is higher already, it stays. Each rise sends news through the whole group.",
        "from-its-own": "It raised its own number by one. What counts is the number of the suspicion: one more than that, or its own, if that is higher already.",
        "silent-on-the-old": "It has refuted that one already, and whoever says it has not heard of that. So it says again that it is alive, with the number that it has.",
        "keeps-it-to-itself": "It has raised its number, and nobody hears of it. Give back what is to be told: its name, 'alive', and the new number.",
        "not-told-on": "Everybody has to hear of it, and each tells some others: what has changed a mind is told on.",
        "tells-for-ever": "What changes nothing is not told on. Else each piece of news goes round for ever.",
        "not-a-pair": "hear gives two things: known, a dict of all members, each with (status, number), and what is told on, (member, status, number) or None. And accuse gives (member, status, number).",
        "another-belief": "What was held of the member, and what is new? Compare the statuses first, for 'dead' is final; then the numbers; then, at the same number, the statuses.",
    },
    seconds=10.0,  # every schedule of two members, also on a slow machine
    right=(
        "The order of the claims makes it safe: each member raises its own number only, so of two claims all agree which is the later one, in whatever order they hear them. "
        "Think of next: a member crashes, and comes back with its number forgotten. What does it hear of itself, and why does SWIM's number belong on the disk?"
    ),
)


def normal(result: Any) -> Any:
    """A list is as good as a tuple."""
    if isinstance(result, dict):
        return {name: normal(value) for name, value in result.items()}
    return tuple(map(normal, result)) if isinstance(result, list | tuple) else result


def run(function: Callable[..., Any], *case: Any) -> Any:
    return normal(function(*case))


def otherwise(case: Case, expected: Any, got: Any) -> str:
    return "another-belief" if _shape(got) == _shape(expected) else "not-a-pair"


def _shape(result: Any) -> Any:
    """Of which sort a result is, and its parts; news and no news are one."""
    if isinstance(result, dict):
        return {name: _shape(value) for name, value in result.items()}
    if isinstance(result, tuple) and len(result) == 2 and isinstance(result[0], dict):
        return _shape(result[0]), result[1] is None or _shape(result[1]) == ("str", "str", "int")
    return tuple(type(one).__name__ for one in result) if isinstance(result, tuple) else type(result).__name__


def of_another(statuses: str, numbers: tuple[int, ...] = (0, 1, 2)) -> Iterator[tuple[Held, Held]]:
    """What is held and what is heard, in all ways."""
    words = {"a": ALIVE, "s": SUSPECT, "d": DEAD}
    held = [(words[letter], number) for letter in statuses for number in numbers]
    return product(held, held)


def case(held: Held, heard: Held, own: int = 1) -> Case:
    return "m1", {"m1": (ALIVE, own), "m2": held}, ("m2", *heard)


def of_itself(own: int, status: str, number: int) -> Case:
    return "m1", {"m1": (ALIVE, own), "m2": (SUSPECT, 4)}, ("m1", status, number)


class Accusing(Comparison):
    """`accuse` is to give what the model gives, and to leave `known` as it is."""

    def judge(self, answer: Answer, cases: Sequence[Case]) -> None:
        super().judge(answer, cases)
        for known, *rest in cases:
            left, *_ = answer.left(known, *rest)
            if normal(left) != normal(known):
                call = f"{answer.name}(known, {', '.join(map(repr, rest))})"
                said = f"known = {known}; {call} made {left} of it; it had to stay as it was."
                raise Wrong("accuse-changes-known", said, f"known = {known}; {call}; known")


ACCUSE = Accusing(accuse, ACCUSE_MISTAKES, otherwise, run)
HEAR = Comparison(hear, HEAR_MISTAKES, otherwise, run)
STEPS: dict[str, tuple[int, Comparison, list[Case]]] = {
    "accuse": (
        0,
        ACCUSE,
        [({"m1": (ALIVE, 3), "m2": held}, "m2") for held in ((ALIVE, 0), (ALIVE, 2), (SUSPECT, 1))],
    ),
    "hear: of another, alive or suspected": (
        1,
        HEAR,
        [
            case((SUSPECT, 1), (ALIVE, 1)),
            case((ALIVE, 1), (SUSPECT, 1)),
            case((SUSPECT, 1), (ALIVE, 2)),
            case((ALIVE, 2), (SUSPECT, 1)),
            case((ALIVE, 9), (SUSPECT, 10)),
            *(case(*pair) for pair in of_another("as")),
        ],
    ),
    "hear: of another, dead": (
        1,
        HEAR,
        [case(*pair) for pair in of_another("asd") if DEAD in (pair[0][0], pair[1][0])],
    ),
    "hear: of itself": (
        1,
        HEAR,
        [of_itself(own, SUSPECT, number) for own in (0, 1, 3) for number in range(5)]
        + [of_itself(2, ALIVE, number) for number in (0, 1, 2, 3)]
        + [of_itself(own, SUSPECT, number) for own, number in ((1, 40), (40, 2))]
        + [of_itself(own, DEAD, number) for own, number in ((0, 0), (2, 1), (1, 1), (3, 0))],
    ),
}


class Group(Setup):
    """A group of members that the two functions make up."""

    def scenario(self, make: Any) -> Scenario:
        return self.build(*make, *self.arguments, **self.options)


FOUR, TWO = Group(group), Group(group, (2, 1))
LATE = Group(group, (2, 1), {"in_time": False})
TRIALS: dict[str, tuple[Trial, ...]] = {
    "in a group: who is slow, or cut off for a while, is cleared": (
        Run(FOUR, (Pause("m2", at=2.35, until=6),), (all_are_cleared,)),
        Run(FOUR, (Partition({"m2"}, {"m1", "m3", "m4"}, at=3, until=6),), (all_are_cleared,)),
    ),
    "in a group: all hear of a crash": (Run(FOUR, (Crash("m2", at=3),), (the_dead_are_known,)),),
    "in a group of two: every schedule, with a loss and a copy": (
        Explore(TWO, {"losses": 1, "duplicates": 1, "timeouts": 4, "timing": "synchronous"}),
        Explore(LATE, {"timeouts": 4}),
    ),
}


def harm(answers: tuple[Answer, ...], trials: Iterable[Trial]) -> Found | None:
    """What the first of the trials that finds anything finds in a group; each is played once."""
    functions: Any = answers
    known = answers[1].known
    for trial in trials:
        if id(trial) not in known:
            known[id(trial)] = trial.play(functions, "accuse, hear")
        if known[id(trial)]:
            return known[id(trial)]
    return None


def step(place: int, comparison: Comparison, cases: list[Case]) -> Callable[..., None]:
    """A rung of single calls. What is wrong there is shown in a group, too, if it does harm in one."""

    all_trials = [trial for trials in TRIALS.values() for trial in trials]

    def rung(*answers: Answer) -> None:
        try:
            comparison.judge(answers[place], cases)
        except Wrong as wrong:
            found = None
            # What it gives may be nothing that a group could go on with, or that comes to an end.
            with suppress(Exception, TimeUp):
                found = call_within(2, lambda: harm(answers, all_trials))
            if found:
                wrong.sentence += f" In a group: {found.sentence}"
                wrong.trace = found.trace
            raise

    return rung


def in_a_group(trials: Iterable[Trial]) -> Callable[..., None]:
    def rung(*answers: Answer) -> None:
        found = answers[1].watch("group(accuse, hear)", lambda: harm(answers, trials))
        if found:
            raise Wrong("another-belief", found.sentence, found.replay, trace=found.trace)

    return rung


for name, (place, comparison, cases) in STEPS.items():
    comparison.cases += cases
    QUESTION.rung(name)(step(place, comparison, cases))
for name, trials in TRIALS.items():
    QUESTION.rung(name)(in_a_group(trials))
