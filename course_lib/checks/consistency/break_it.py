"""02.break_it: the shortest history that is sequential and not linearizable."""

from itertools import permutations

from course_lib.checks.answer import Answer
from course_lib.checks.consistency.tuples import history_of
from course_lib.checks.plain import described, short
from course_lib.checks.question import Question, Wrong
from course_lib.consistency import History, Register, Verdict, is_linearizable, is_sequential

QUESTION = Question(
    "02.break_it",
    title="Break it: right in some order, wrong in time",
    names=("history",),
    signature="history: list of (process, kind, value, start, end)",
    points=3,
    minutes=10,
    hints=(
        "Each process's own order must allow an explanation, and real time must forbid it. So how many processes are there at least?",
        "What had ended before another started is the order that linearizability keeps and sequential consistency does not. Let a read come too late to be right, or too early.",
        "One process writes, and is done. Then, after a gap, another process reads; which value must it not see?",
    ),
    misconceptions={
        "not-a-history": "A history is a list of tuples such as ('ann', 'write', 1, 0, 2): process, 'read' or 'write', value, start, end. A process does one thing at a time.",
        "nobody-wrote-it": "Nobody wrote that value, so no order at all explains it, and it is not sequential either.",
        "one-process": "Sequential consistency keeps each process's own order, so what one process does in a row is judged alike by both models. It takes two processes.",
        "not-sequential": "No order that keeps each process's own explains the answers. Take operations away until one does.",
        "they-overlap": "Operations that overlap may come in either order: that is linearizable. One must have ended before the other starts.",
        "times-touch": "Where one ends at the very moment when the other starts, they overlap. Leave a gap.",
        "unknown-outcome": "An operation of unknown outcome may take effect at any time or never, so it forbids nothing. Give it an end.",
        "nothing-stale": "The operations in the order of their times are what a register does: linearizable. Let a read return what it should not.",
        "more-than-needed": "It breaks what it has to, with more than it needs: two operations are enough.",
    },
    right=(
        "Without clocks nobody inside can tell: each process saw a run of a single copy. It takes somebody who watches both to notice. "
        "Think of next: a cache that serves stale pages does this all day. What does a user have to do to notice?"
    ),
)


def given(history: Answer) -> History:
    """The learner's history. Raises Wrong where it is none."""
    operations = history.value
    if not isinstance(operations, list | tuple) or not operations:
        raise Wrong("not-a-history", f"history is {short(operations)}; it had to be a list of tuples.")
    for one in operations:
        if not isinstance(one, list | tuple) or len(one) != 5:
            raise Wrong("not-a-history", f"{short(one)} is not (process, kind, value, start, end).")
        if one[1] not in ("read", "write"):
            raise Wrong("not-a-history", f"{short(one)} is of the kind {one[1]!r}.")
    try:
        return history_of(operations)
    except (TypeError, ValueError) as error:
        raise Wrong("not-a-history", f"{described(error).rstrip('.')}.") from error


@QUESTION.rung("a history")
def _(history: Answer) -> None:
    given(history)


@QUESTION.rung("sequential")
def _(history: Answer) -> None:
    operations = given(history)
    verdict = is_sequential(operations, Register(0))
    if not verdict:
        said = f"It had to be sequential, and is not. {verdict.explanation}"
        raise Wrong(why_not_sequential(operations), said, picture=_picture(verdict))


@QUESTION.rung("not linearizable")
def _(history: Answer) -> None:
    operations = given(history)
    verdict = is_linearizable(operations, Register(0))
    if verdict:
        order = ", ".join(map(str, verdict.order or ()))
        said = "It must not be linearizable, and it is" + (f", in this order: {order}." if order else ".")
        raise Wrong(why_linearizable(operations), said, picture=_picture(verdict))


@QUESTION.rung("of two operations")
def _(history: Answer) -> None:
    operations = given(history)
    if not is_sequential(operations, Register(0)):
        raise Wrong("not-sequential", "It is not sequential.")
    if is_linearizable(operations, Register(0)):
        raise Wrong("nothing-stale", "It is linearizable.")
    if len(operations) > 2:
        raise Wrong("more-than-needed", f"It has {len(operations)} operations.")


def why_not_sequential(history: History) -> str:
    """What stands against every order."""
    written = {0} | {one.value for one in history if one.kind == "write"}
    if any(one.kind == "read" and one.known and one.result not in written for one in history):
        return "nobody-wrote-it"
    return "one-process" if len(history.processes) == 1 else "not-sequential"


def why_linearizable(history: History) -> str:
    """What leaves an order open."""
    pairs = [(a, b) for a, b in permutations(history, 2) if {a.kind, b.kind} == {"read", "write"}]
    if any(not one.known for one in history):
        return "unknown-outcome"
    if any(one.ended == other.begun for one, other in pairs):
        return "times-touch"
    if any(not one.before(other) and not other.before(one) for one, other in pairs):
        return "they-overlap"
    return "nothing-stale"


def _picture(verdict: Verdict) -> str:
    from course_lib.pictures.history import verdict_picture

    return verdict_picture(verdict).svg
