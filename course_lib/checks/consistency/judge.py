"""02.judge: which models do six small histories keep?"""

from functools import cache

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Question, Wrong
from course_lib.consistency import History, KeyValue, Operation, is_linearizable, is_sequential

WORDS = ("linearizable", "sequential", "neither")

QUESTION = Question(
    "02.judge",
    title="Judge by hand",
    names=("verdicts",),
    signature="verdicts: dict from 'A' to 'F', each 'linearizable', 'sequential' or 'neither'",
    points=3,
    minutes=15,
    hints=(
        "Look for one order of all operations in which each read returns what was written last. Which orders are allowed is all in which the models differ.",
        "Linearizable: what had ended before another began comes before it. Sequential: only each process's own order counts. Of operations that overlap, either may come first.",
        "An operation with an unknown end may stand anywhere after its start, or nowhere. In F each write must come before one read, and each read before the other write: follow that round.",
    ),
    misconceptions={
        "real-time-forgotten": "There is an order that explains the answers, but it puts an operation before one that had ended already when it began. Linearizable orders keep to real time.",
        "real-time-in-sequential": "Stale is not against sequential consistency: only each process's own order has to be kept, and these processes may be moved against each other.",
        "reads-one-by-one": "Each read alone would be right while the write is under way. But one read had ended when the other began, so they come in that order: new, then old.",
        "order-of-returns": "Which write returned first does not matter. They overlap, so either may have taken effect first.",
        "unknown-ignored": "A write of unknown outcome is not a failed one: it may take effect later, and then be read.",
        "unknown-forced": "A write of unknown outcome may never take effect, and its own process may not see it. No read has to return its value.",
        "keys-one-by-one": "Each register alone has an order. Sequential consistency wants one order of all operations on both: write the four constraints down, and they close a circle.",
        "not-a-verdict": "For each of A to F one of the words 'linearizable', 'sequential' and 'neither' is wanted, in a dict.",
    },
    right=(
        "You looked for an order, and each model said which orders count. A timed-out write gave the judge more freedom, never less. "
        "Think of next: in A, how could Bob find out that his read was stale, if he could speak to Ann?"
    ),
)


def _write(who: str, value: int, start: float, end: float | None, key: str = "x") -> Operation:
    return Operation(who, "write", value, start=start, end=end, key=key)


def _read(who: str, result: int, start: float, end: float, key: str = "x") -> Operation:
    return Operation(who, "read", result=result, start=start, end=end, key=key)


HISTORIES = {
    "A": History([_write("ann", 1, 0, 2), _read("bob", 0, 4, 6)]),
    "B": History([_write("ann", 1, 0, 9), _read("bob", 1, 1, 3), _read("cem", 0, 5, 7)]),
    "C": History([_write("ann", 1, 0, 6), _write("bob", 2, 2, 4), _read("cem", 2, 8, 9)]),
    "D": History([_write("ann", 1, 0, None), _read("bob", 0, 2, 3), _read("cem", 1, 8, 9)]),
    "E": History([_write("ann", 1, 0, None), _read("ann", 0, 4, 5), _read("bob", 0, 8, 9)]),
    "F": History(
        [
            _write("ann", 1, 0, 1, "x"),
            _read("ann", 0, 2, 3, "y"),
            _write("bob", 1, 0, 1, "y"),
            _read("bob", 0, 2, 3, "x"),
        ]
    ),
}
"""The histories of the question; every register holds 0 at first."""

REASONS = {
    "A": {"linearizable": "real-time-forgotten", "neither": "real-time-in-sequential"},
    "B": {"linearizable": "reads-one-by-one", "neither": "real-time-in-sequential"},
    "C": {"sequential": "order-of-returns", "neither": "order-of-returns"},
    "D": {"sequential": "unknown-ignored", "neither": "unknown-ignored"},
    "E": {"sequential": "unknown-forced", "neither": "unknown-forced"},
    "F": {"linearizable": "keys-one-by-one", "sequential": "keys-one-by-one"},
}


@cache
def verdict(name: str) -> str:
    """What the judges say of one of the histories, as one of the three words."""
    if is_linearizable(HISTORIES[name], KeyValue(0)):
        return "linearizable"
    return "sequential" if is_sequential(HISTORIES[name], KeyValue(0)) else "neither"


def expect_verdict(verdicts: Answer, name: str) -> None:
    given = verdicts.value
    if not isinstance(given, dict):
        raise Wrong("not-a-verdict", f"verdicts is {short(given)}; it had to be a dict.")
    word = given.get(name)
    if word not in WORDS:
        raise Wrong("not-a-verdict", f"The verdict on {name} is {word!r}.")
    if word != verdict(name):
        said = f"You judged {name} {word!r}; it had to be another word."
        raise Wrong(REASONS[name][word], said, picture=_picture(name))


def _picture(name: str) -> str:
    """The history as bars; what the judge says of it would be the answer."""
    from course_lib.pictures.history import history_picture

    return history_picture(HISTORIES[name]).svg


def ladder(name: str, history: str) -> None:
    @QUESTION.rung(f"{history}: {name}")
    def _(verdicts: Answer) -> None:
        expect_verdict(verdicts, history)


ladder("a stale read", "A")
ladder("new, then old", "B")
ladder("two writes at once", "C")
ladder("an unknown write that is read", "D")
ladder("an unknown write that is not read", "E")
ladder("two flags", "F")
