"""The judge of 02.linearizable as it should be, and as learners write it by mistake."""

from collections.abc import Callable, Iterator, Sequence
from math import inf
from operator import itemgetter

from course_lib.checks.consistency.tuples import Tuple

Operations = Sequence[Tuple]
Before = Callable[[Tuple, Tuple], bool]


def before(one: Tuple, other: Tuple) -> bool:
    """Real time: the one had ended when the other started."""
    return one[4] is not None and one[4] < other[3]


def search(rest: Operations, before: Before = before, state: object = 0) -> bool:
    """Whether an order that keeps to `before` explains what is left; unknown writes may stay out."""
    if all(end is None for *_, end in rest):
        return True
    for number, one in enumerate(rest):
        others = [*rest[:number], *rest[number + 1 :]]
        may_come = fits(one, state) and not any(before(other, one) for other in others)
        if may_come and search(others, before, after(one, state)):
            return True
    return False


def fits(one: Tuple, state: object) -> bool:
    return one[1] == "write" or one[2] == state


def after(one: Tuple, state: object) -> object:
    return one[2] if one[1] == "write" else state


def replay(operations: Operations) -> bool:
    """One order only: this one."""
    state: object = 0
    for one in operations:
        if not fits(one, state):
            return False
        state = after(one, state)
    return True


def known(operations: Operations) -> list[Tuple]:
    return [one for one in operations if one[4] is not None]


def called(one: Tuple) -> float:
    return one[3]


def returned(one: Tuple) -> float:
    return inf if one[4] is None else one[4]


def at_once(operations: Operations) -> list[Tuple]:
    """Unknown writes take effect when they are called."""
    return [(*one[:4], one[3] if one[4] is None else one[4]) for one in operations]


def within_process(one: Tuple, other: Tuple) -> bool:
    return one[0] == other[0] and one[4] is not None and called(one) < called(other)


def or_own(one: Tuple, other: Tuple) -> bool:
    """Real time, and an unknown operation comes before what its process did next."""
    return before(one, other) or (one[0] == other[0] and called(one) < called(other))


def all_placed(rest: Operations, before: Before = before, state: object = 0) -> bool:
    """As `search`, but unknown writes too have to find a place."""
    return search([(*one[:4], inf if one[4] is None else one[4]) for one in rest], before, state)


def read_by_read(operations: Operations) -> bool:
    """Each read alone may return what was written last before it, or at the same time."""

    def allowed(read: Tuple) -> Iterator[object]:
        others = [one for one in operations if one[1] == "write" and not before(read, one)]
        past = [one for one in others if before(one, read)]
        latest = [one for one in past if not any(before(one, later) for later in past)]
        yield from (one[2] for one in others if one not in past)
        yield from (one[2] for one in latest) if latest else (0,)

    return all(one[2] in allowed(one) for one in known(operations) if one[1] == "read")


def forgetful(operations: Operations) -> bool:
    """Remembers what is left, and not the value."""
    seen = set()

    def go(left: frozenset[int], state: object) -> bool:
        if all(operations[number][4] is None for number in left):
            return True
        if left in seen:
            return False
        seen.add(left)
        return any(
            go(left - {number}, after(operations[number], state))
            for number in sorted(left)
            if fits(operations[number], state)
            and not any(before(operations[other], operations[number]) for other in left)
        )

    return go(frozenset(range(len(operations))), 0)


def ever_written(operations: Operations) -> bool:
    """Whether somebody had begun to write what was read."""
    return all(
        one[2] == 0 or any(w[1] == "write" and w[2] == one[2] and not before(one, w) for w in operations)
        for one in known(operations)
        if one[1] == "read"
    )


MISTAKES = [
    ("order-of-calls", lambda ops: replay(sorted(ops, key=called))),
    ("order-of-calls", lambda ops: replay(sorted(known(ops), key=called))),
    ("order-of-calls", lambda ops: search(ops, lambda one, other: called(one) < called(other))),
    ("order-of-calls", lambda ops: search(ops, lambda a, b: a[4] is not None and called(a) < called(b))),
    ("order-of-returns", lambda ops: replay(sorted(ops, key=returned))),
    ("order-of-returns", lambda ops: replay(sorted(ops, key=itemgetter(4)))),
    ("order-of-returns", lambda ops: replay(sorted(at_once(ops), key=returned))),
    ("order-of-returns", lambda ops: search(ops, lambda one, other: returned(one) < returned(other))),
    ("real-time-forgotten", lambda ops: search(ops, within_process)),
    ("real-time-forgotten", lambda ops: all_placed(ops, lambda a, b: a[0] == b[0] and called(a) < called(b))),
    ("real-time-forgotten", lambda ops: search(ops, lambda one, other: False)),
    ("unknown-ignored", lambda ops: search(known(ops))),
    ("unknown-forced", lambda ops: search(at_once(ops))),
    ("unknown-forced", lambda ops: all_placed(ops, or_own)),
    ("unknown-forced", lambda ops: search(ops, or_own)),
    ("touching", lambda ops: search(ops, lambda one, other: one[4] is not None and one[4] <= other[3])),
    ("reads-one-by-one", read_by_read),
    ("memory-without-state", forgetful),
    ("initial-value", lambda ops: search(ops, before, None)),
    ("one-write-only", ever_written),
]
