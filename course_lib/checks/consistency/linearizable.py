"""02.linearizable: a judge of small histories of one register."""

import random
from collections.abc import Iterator

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.consistency.searches import MISTAKES, Operations, search
from course_lib.checks.consistency.tuples import Tuple, history_of
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question
from course_lib.consistency import Register, Verdict, is_linearizable

QUESTION = Question(
    "02.linearizable",
    title="Write a judge",
    names=("linearizable",),
    signature="linearizable(operations: list of (process, kind, value, start, end)) -> bool",
    points=5,
    minutes=25,
    hints=(
        "Six operations have 720 orders: try them all, or build an order step by step and go back where nothing fits. Which operations may come first?",
        "An operation may come next if none of those that are left had ended before it started. A read fits if its value is the present one; a write changes it. Of unknown writes none has to be placed.",
        "Write fits(rest, state). It is True when all of rest are unknown. Else try each one that may come next and fits, with fits(the others, the new state); False if none works.",
    ),
    misconceptions={
        "order-of-calls": "Who called first need not take effect first: operations that overlap may come in either order. Only where one had ended before the other started is the order known.",
        "order-of-returns": "The order of returns is not the order of effects: operations that overlap may come in either order, also the one that returned later first.",
        "real-time-forgotten": "Real time is missing: what had ended before another started comes before it, also where two processes did them. (With each process's order alone it is sequential consistency.)",
        "unknown-ignored": "A write of unknown outcome is left out, as if it had failed. It may have taken effect, and then reads may return its value.",
        "unknown-forced": "A write of unknown outcome is forced in. It may take effect late, later than what its own process did next, or never.",
        "touching": "An operation that starts at the moment when another ends overlaps it: before means end < start, not <=.",
        "reads-one-by-one": "Each read is judged alone. Two reads belong to one order: once a read has seen the new value, one that starts later may not see the old.",
        "memory-without-state": "The memory of what was tried knows which operations are left, but not the value in the register: the same operations in another order leave another one.",
        "initial-value": "The register holds 0 at first, so a read may return 0 before anything was written.",
        "one-write-only": "The value last written counts, not any that was ever written.",
        "another-verdict": "Draw the bars and look for one order of all operations by hand. Which rule of yours forbids or allows it?",
    },
    right=(
        "A search over orders: next may come what nobody left was before. Unknown operations open it up, since they can come next all the time. "
        "Think of next: your search forgets what it has tried. What would it have to remember, so that 30 operations are no trouble?"
    ),
)


def tell(answer: Answer, case: Case, expected: bool, got: object) -> tuple[str, str]:
    """The call, what came, and the judge's own reason."""
    call = answer.call(case, repr)
    came = f"raised {got.error}" if isinstance(got, Failed) else f"gave {got!r}"
    verdict, written = judged(case[0]), {0, *(one[2] for one in case[0] if one[1] == "write")}
    order = ", ".join(str(one) for one in verdict.order or ())
    why = verdict.explanation if not expected else f"This order explains all: {order}." if order else ""
    why = next((f"Nobody wrote {one[2]!r}." for one in case[0] if one[2] not in written), why)
    return f"{call} {came}; it had to give {expected}. {why}".rstrip(), call


def draw(operations: Operations, expected: bool, got: object) -> str:
    from course_lib.pictures.history import verdict_picture

    return verdict_picture(judged(operations)).svg


def judged(operations: Operations) -> Verdict:
    return is_linearizable(history_of(operations), Register(0))


def w(process: str, value: int, start: float, end: float | None) -> Tuple:
    return process, "write", value, start, end


def r(process: str, value: int, start: float, end: float) -> Tuple:
    return process, "read", value, start, end


def by_chance(count: int) -> Iterator[Case]:
    """Histories of two to six operations, as many of each verdict; times are whole numbers, so some touch."""
    chance, wanted = random.Random(7), {True: count // 2, False: count - count // 2}
    while any(wanted.values()):
        operations = [one for process in ("ann", "bob", "cem") for one in _of(process, chance)]
        chance.shuffle(operations)
        verdict = search(operations)
        if 2 <= len(operations) <= 6 and wanted[verdict]:
            wanted[verdict] -= 1
            yield (operations,)


def _of(process: str, chance: random.Random) -> Iterator[Tuple]:
    """Up to three operations of one process, which do not touch."""
    time = chance.randrange(4)
    for _ in range(chance.randrange(4)):
        end = time + chance.randrange(1, 5)
        value = chance.randrange(3)
        if chance.random() < 0.5:
            yield process, "read", value, time, end
        else:
            yield process, "write", value, time, None if chance.random() < 0.3 else end
        time = end + chance.randrange(1, 3)


Comparison(search, MISTAKES, lambda case, expected, got: "another-verdict", tell=tell, draw=draw).add_rungs(
    QUESTION,
    {
        "one after the other": [
            ([w("ann", 1, 0, 2), r("bob", 1, 4, 6)],),
            ([w("ann", 1, 0, 2), r("bob", 2, 4, 6)],),
            (
                [
                    r("ann", 0, 0, 1),
                    w("ann", 1, 2, 3),
                    r("ann", 1, 4, 5),
                    w("ann", 2, 6, 7),
                    r("ann", 2, 8, 9),
                ],
            ),
            ([w("ann", 1, 0, 1), w("ann", 2, 2, 3), r("ann", 1, 4, 5)],),
            ([r("bob", 0, 0, 1)],),
            ([],),
        ],
        "a stale read": [
            ([w("ann", 1, 0, 2), r("bob", 0, 4, 6)],),
            ([r("bob", 1, 0, 2), w("ann", 1, 4, 6)],),
            ([r("cem", 1, 7, 8), w("bob", 2, 3, 5), w("ann", 1, 0, 2)],),
        ],
        "a read during a write": [
            ([w("ann", 1, 0, 6), r("bob", 0, 2, 4)],),
            ([w("ann", 1, 0, 6), r("bob", 1, 2, 4)],),
            ([w("ann", 1, 3, 6), r("bob", 1, 2, 4)],),
            ([w("ann", 1, 3, 6), r("bob", 0, 4, 9)],),
            ([w("ann", 1, 0, 1), w("ann", 2, 3, 6), r("bob", 0, 4, 5)],),
        ],
        "two writes at once": [
            ([w("ann", 1, 0, 6), w("bob", 2, 2, 4), r("cem", value, 8, 9)],) for value in (1, 2, 0)
        ],
        "new, then old": [
            ([w("ann", 1, 0, 9), r("bob", 0, 1, 3), r("cem", 1, 5, 7)],),
            ([w("ann", 1, 0, 9), r("bob", 1, 1, 3), r("cem", 0, 5, 7)],),
            ([w("ann", 1, 0, 9), w("bob", 2, 0, 9), r("cem", 1, 10, 11), r("dan", 2, 12, 13)],),
        ],
        "an unknown write that is read": [
            ([w("ann", 1, 0, None), r("bob", 1, 2, 3)],),
            ([w("ann", 1, 0, None), r("bob", 0, 2, 3), r("cem", 1, 8, 9)],),
            ([w("ann", 1, 0, None), r("bob", 1, 2, 3), r("cem", 0, 8, 9)],),
            ([w("ann", 1, 5, None), r("bob", 1, 2, 3)],),
        ],
        "an unknown write that is not read": [
            ([w("ann", 1, 0, None), r("bob", 0, 8, 9)],),
            ([w("ann", 1, 0, None), r("ann", 0, 4, 5), r("bob", 0, 8, 9)],),
            ([w("ann", 1, 0, None), w("ann", 2, 3, 4), r("bob", 1, 8, 9)],),
            ([w("ann", 1, 0, None), w("ann", 2, 3, 4), r("bob", 0, 8, 9)],),
        ],
        "ends that touch": [
            ([w("ann", 1, 0, 2), r("bob", 0, 2, 4)],),
            ([r("bob", 1, 0, 2), w("ann", 1, 2, 4)],),
            ([w("ann", 1, 0, 2), w("bob", 2, 2, 4), r("cem", 0, 5, 6)],),
        ],
        "200 by chance": list(by_chance(200)),
    },
)
