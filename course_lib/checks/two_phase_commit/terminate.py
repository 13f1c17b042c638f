"""06.terminate: what may be done with what the other participants say, where the coordinator is silent?"""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question

QUESTION = Question(
    "06.terminate",
    title="The coordinator is silent",
    names=("terminate",),
    signature="terminate(answers: dict of str to str or None) -> str",
    points=2,
    minutes=5,
    hints=(
        "Ask of each answer: what could the coordinator have decided before it went silent, and may somebody have carried it out already?",
        "'committed' and 'aborted' are knowledge: do the same. 'not voted' is as good: without its yes nothing was committed, and it refuses from now on. 'prepared' and None tell nothing.",
        "If 'committed' is among answers.values(): 'commit'. If 'aborted' or 'not voted' is: 'abort'. Else 'wait', also if there are no answers at all.",
    ),
    misconceptions={
        "all-prepared": "All have promised, and still it may be aborted: the coordinator may have given up before the last vote came, and told the client. Only it knows.",
        "prepared-aborts": "All who answered are in doubt, as you are. The coordinator may have decided to commit, and whoever heard of it, the client or one that is silent, has acted on it. Nobody who answered knows.",
        "majority": "This is no vote. One that knows is enough, and any number that do not know are not.",
        "silence-is-no": "Who does not answer may have committed before it went silent. Silence tells nothing.",
        "one-silent-stops-it": "One that is silent takes nothing away from what another knows: there is one decision, and who knows it may be believed.",
        "waits-in-vain": "One that has not voted can still abort, and then nothing was committed and never will be: the coordinator lacks its yes. So it writes down that it aborts, and you abort.",
        "unvoted-commits": "One that has not voted has promised nothing. Nothing can have been committed.",
        "first-answer": "Only one answer was looked at. Look at all: any of them may know.",
        "only-if-all": "One that knows is enough; it need not be all.",
        "not-a-word": "'commit', 'abort' or 'wait' is wanted.",
        "another-outcome": "Go through the answers: does one know the decision? Has one not voted yet?",
    },
    right=(
        "Who knows, or can still refuse, frees the others; if all who answer are in doubt, they wait, and hold their locks. "
        "Think of next: is there a rule by which they need not wait? Think of one who committed and is silent now."
    ),
)

WORDS = ("commit", "abort", "wait")
Answers = Mapping[str, str | None]


def model(answers: Answers) -> str:
    said = set(answers.values())
    if "committed" in said:
        return "commit"
    return "abort" if said & {"aborted", "not voted"} else "wait"


def instead_of_waiting(decide: Callable[[list[str | None]], str]) -> Callable[[Answers], str]:
    """The rule, and something else where it says "wait"."""

    def mistaken(answers: Answers) -> str:
        known = model(answers)
        return decide(list(answers.values())) if known == "wait" else known

    return mistaken


def waits_in_vain(answers: Answers) -> str:
    return model({name: said for name, said in answers.items() if said != "not voted"})


def unvoted_commits(answers: Answers) -> str:
    """Nobody has refused, so it goes on."""
    said = set(answers.values())
    return "abort" if "aborted" in said else "commit" if said & {"committed", "not voted"} else "wait"


def silence_first(answers: Answers) -> str:
    return "abort" if None in answers.values() else model(answers)


def silence_stops(answers: Answers) -> str:
    return "wait" if None in answers.values() else model(answers)


def first_answer(answers: Answers) -> str:
    return model(dict(list(answers.items())[:1]))


def first_who_answers(answers: Answers) -> str:
    return model(dict([item for item in answers.items() if item[1] is not None][:1]))


def last_answer(answers: Answers) -> str:
    """A loop that overwrites what it found."""
    return model(dict(list(answers.items())[-1:]))


def majority_of(states: tuple[str, ...], outcome: str, answers: Answers) -> str:
    told = sum(said in states for said in answers.values())
    return outcome if 2 * told > len(answers) else "wait"


def heads(answers: Answers) -> str:
    """What more than half of the answers say."""
    outcome = majority_of(("committed",), "commit", answers)
    return outcome if outcome != "wait" else majority_of(("aborted", "not voted"), "abort", answers)


def heads_of_promises(answers: Answers) -> str:
    """Committed and prepared together, if more than half."""
    return (
        "commit" if majority_of(("committed", "prepared"), "commit", answers) == "commit" else model(answers)
    )


def only_if_all(answers: Answers) -> str:
    said = list(answers.values())
    if said and all(one == "committed" for one in said):
        return "commit"
    return "abort" if said and all(one in ("aborted", "not voted") for one in said) else "wait"


def in_words(commit: Any, abort: Any, wait: Any) -> Callable[[Answers], Any]:
    return lambda answers: {"commit": commit, "abort": abort, "wait": wait}[model(answers)]


def many_prepared(said: list[str | None]) -> str:
    return "commit" if said.count("prepared") > 4 else "wait"


def half_prepared(said: list[str | None]) -> str:
    return "commit" if 2 * said.count("prepared") > len(said) else "wait"


def half_prepared_with_me(said: list[str | None]) -> str:
    return "commit" if 2 * (said.count("prepared") + 1) > len(said) + 1 else "wait"


MISTAKES = [
    ("all-prepared", instead_of_waiting(lambda said: "commit" if None not in said else "wait")),
    ("all-prepared", instead_of_waiting(lambda said: "commit" if said and None not in said else "wait")),
    ("all-prepared", instead_of_waiting(lambda said: "commit" if "prepared" in said else "wait")),
    ("all-prepared", instead_of_waiting(lambda said: "commit" if None not in said else "abort")),
    ("all-prepared", instead_of_waiting(lambda said: "commit")),
    ("majority", instead_of_waiting(half_prepared)),
    ("majority", instead_of_waiting(many_prepared)),
    ("majority", instead_of_waiting(half_prepared_with_me)),
    ("majority", heads),
    ("majority", heads_of_promises),
    ("prepared-aborts", instead_of_waiting(lambda said: "abort")),
    ("prepared-aborts", instead_of_waiting(lambda said: "abort" if "prepared" in said else "wait")),
    ("prepared-aborts", instead_of_waiting(lambda said: "abort" if said and None not in said else "wait")),
    ("silence-is-no", instead_of_waiting(lambda said: "abort" if None in said else "wait")),
    ("silence-is-no", silence_first),
    ("one-silent-stops-it", silence_stops),
    ("waits-in-vain", waits_in_vain),
    ("unvoted-commits", unvoted_commits),
    ("first-answer", first_answer),
    ("first-answer", first_who_answers),
    ("first-answer", last_answer),
    ("only-if-all", only_if_all),
    ("not-a-word", in_words("committed", "aborted", "prepared")),
    ("not-a-word", in_words("commit", "abort", None)),
    ("not-a-word", in_words(True, False, None)),
]


def otherwise(case: Case, expected: Any, got: Any) -> str:
    return "another-outcome" if got in WORDS else "not-a-word"


def every(states: tuple[str | None, ...], most: int) -> Iterator[Case]:
    """Every combination of answers that can come together: nothing is committed if one has aborted, or not voted."""
    for number in range(most + 1):
        for said in product(states, repeat=number):
            if not ("committed" in said and {"aborted", "not voted"} & set(said)):
                yield ({f"p{place}": one for place, one in enumerate(said, start=2)},)


def of_more() -> Iterator[Case]:
    """Of five to nine: all in doubt, or one of them silent, or what may come by chance."""
    chance = random.Random(5)
    for number in range(5, 10):
        yield of(*["prepared"] * number)
        yield of(*["prepared"] * (number - 1), None)
        for known in (("committed",), ("aborted", "not voted"), ("aborted",)):
            said = [chance.choice(("prepared", None)) for _ in range(number - 1)]
            said.insert(chance.randrange(number), chance.choice(known))
            yield of(*said)


def of(*said: str | None) -> Case:
    return ({f"p{place}": one for place, one in enumerate(said, start=2)},)


Comparison(model, MISTAKES, otherwise).add_rungs(
    QUESTION,
    {
        "somebody knows": [
            of("committed"),
            of("aborted"),
            of("prepared", "committed"),
            of("aborted", "prepared"),
        ],
        "somebody has not voted": [of("not voted"), of("prepared", "not voted"), of("not voted", "aborted")],
        "all are in doubt": [
            of("prepared"),
            of("prepared", "prepared"),
            of("prepared", "prepared", "prepared"),
        ],
        "some are silent": [
            of(None, "committed"),
            of("aborted", None),
            of("not voted", None, "prepared"),
            of("prepared", None),
            of("prepared", "prepared", None),
            of(None, None),
            of(),
        ],
        "every combination of four": list(every(("committed", "aborted", "prepared", "not voted", None), 4)),
        "of five and more": list(of_more()),
    },
)
