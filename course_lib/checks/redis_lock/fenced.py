"""04.fenced: a resource that refuses who comes late."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question
from course_lib.checks.redis_lock.resources import MISTAKES, Model, StaleToken

QUESTION = Question(
    "04.fenced",
    title="Refuse who comes late",
    names=("FencedResource",),
    signature="class FencedResource: __init__(value); read(token: int); write(token: int, value)",
    points=3,
    minutes=10,
    hints=(
        "Keep the highest token that was admitted. Each operation is looked at before it does anything.",
        "Reads and writes are admitted by the same rule: not below the highest. What is admitted becomes the highest.",
        "One method for both: if token < self.highest, raise StaleToken; self.highest = token. Call it first in read and in write.",
    ),
    misconceptions={
        "refuses-the-holder": "A holder does several operations with its one token: an equal token is admitted. Only a lower one is late.",
        "reads-do-not-register": "Reads have to register their token too. Else who read first and writes last is let through, on top of what it has not seen.",
        "late-reads-are-served": "A late read is refused like a late write: what it returns is the base of a write, and that of a late holder is worthless.",
        "writes-do-not-register": "A write has to register its token, too: from then on all that is lower is late.",
        "compares-as-text": "As texts, '10' is less than '9'. Compare numbers.",
        "refuses-nobody": "Nothing was refused. Compare with the highest token before you keep the new one.",
        "only-the-next": "Tokens need not come one after the other: some holder may never have touched this resource. Higher is enough.",
        "keeps-the-first": "The mark has to rise with each higher token, not only with the first.",
        "refused-and-done": "What is refused must change nothing: look first, then write.",
        "returns-where-it-had-to-raise": "Raise StaleToken: a return value is easily overlooked, and a late holder has to stop.",
        "another-exception": "A late operation raises the StaleToken of the cell above: who calls can tell it from a fault in the program.",
        "one-for-all": "Each resource has its own mark: what belongs to one must hang on `self`, not on the class.",
        "another-rule": "Follow the tokens one by one: which was the highest admitted so far?",
    },
    right=(
        "The operations that it accepts are in the order of their tokens, whoever believes to have the lock. "
        "Think of next: the look and the write are two steps here, and one process does both. What would you need if the resource were a database?"
    ),
)

STALE = "StaleToken"
Acts = Sequence[tuple[Any, ...]]


def play(Resource: Any, first: Any, acts: Acts) -> list[Any]:
    """What each operation gave: of a read the value, of a write "done", of one refused "StaleToken"."""
    resource, given = Resource(first), []
    for number, (act, *arguments) in enumerate(acts):
        try:
            result = getattr(resource, act)(*arguments)
            given.append(result if act == "read" else "done")
        except StaleToken:
            given.append(STALE)
        except Failed as failure:
            if STALE not in failure.kinds:
                failure.call = history(first, acts[: number + 1], [*given, None])
                raise
            given.append(STALE)
    return given


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first operation that went otherwise, and what had been done before it."""
    first, acts = case
    if isinstance(got, Failed):
        return f"{got.call} raised {got.error}.", got.call
    i = next(i for i in range(len(acts)) if got[i] != expected[i])
    before = [line(act) + (" (refused)" if expected[j] == STALE else "") for j, act in enumerate(acts[:i])]
    after = f"After {', '.join(before)}, " if before else ""
    came = {"done": "was carried out", STALE: "raised StaleToken"}
    due = {"done": "be carried out", STALE: "raise StaleToken"}
    said = (
        f"{after}{line(acts[i])} {look(got[i], came, 'gave ')}; it had to {look(expected[i], due, 'give ')}."
    )
    replay = history(first, acts[: i + 1], expected)
    if otherwise(case, expected, got) == "one-for-all":
        replay = f"another = {answer.name}(0); another.read(100); {replay}"
    return said, replay


def history(first: Any, acts: Acts, given: Sequence[Any]) -> str:
    """Python that does the same, in the notebook. There `refused` tells whether an operation raises StaleToken."""
    lines = [f"resource = {QUESTION.names[0]}({first!r})"]
    for (act, *arguments), result in zip(acts, given, strict=False):
        said = ", ".join(map(repr, arguments))
        lines.append(f"refused(resource.{act}, {said})" if result == STALE else f"resource.{act}({said})")
    return "; ".join(lines)


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What is wrong with a result that no known mistake explains."""
    # A new resource that refuses its first operation has seen the tokens of another.
    return "one-for-all" if isinstance(got, list) and got[0] == STALE else "another-rule"


def look(result: Any, words: dict[str, str], otherwise: str) -> str:
    return words.get(result, "") if isinstance(result, str) and result in words else f"{otherwise}{result!r}"


def line(act: tuple[Any, ...]) -> str:
    name, *arguments = act
    return f"{name}({', '.join(map(repr, arguments))})"


def by_chance() -> Iterator[Case]:
    """Holders that come and go, and late ones among them."""
    chance = random.Random(4)
    for _ in range(40):
        acts, newest = [], chance.choice((1, 7, 95))
        for number in range(14):
            newest += chance.choice((0, 0, 0, 1, 1, 3))
            token = max(1, newest - chance.choice((0, 0, 0, 1, 2)))
            acts.append(("read", token) if chance.random() < 0.5 else ("write", token, number * 10))
        yield 0, acts


def w(token: int, value: Any) -> tuple[Any, ...]:
    return "write", token, value


def r(token: int) -> tuple[Any, ...]:
    return "read", token


Comparison(Model, MISTAKES, otherwise, run=play, tell=tell).add_rungs(
    QUESTION,
    {
        "one holder": [
            (100, [r(1), w(1, 99), r(1), w(1, 98), r(1)]),
            ("tea", [w(3, "milk"), w(3, None), r(3)]),
        ],
        "one holder after the other": [
            (0, [r(1), w(1, 1), r(2), w(2, 2), r(2)]),
            (0, [w(4, 5), r(7), w(8, 6), r(8)]),
        ],
        "a late write": [
            (0, [w(1, 10), w(2, 20), w(1, 30), r(2)]),
            (0, [w(5, 10), w(8, 1), w(6, 2), w(4, 3), r(8)]),
        ],
        "a late read": [(0, [w(1, 10), w(2, 20), r(1), r(2)]), (0, [r(5), r(9), r(5), r(8)])],
        "a write after another has read": [(0, [r(1), r(2), w(1, 1), w(2, 1), r(2)])],
        "numbers of two digits": [
            (0, [w(9, 1), w(10, 2), r(10), w(9, 3)]),
            (0, [w(100, 1), w(20, 2), r(100)]),
        ],
        "40 histories by chance": list(by_chance()),
    },
)
