"""Sequential consistency: one order for all that keeps each process's own, whatever the clock said.

L. Lamport, "How to Make a Multiprocessor Computer That Correctly Executes Multiprocess Programs", IEEE Transactions on
Computers C-28(9), 1979.
"""

from __future__ import annotations

from collections.abc import Iterable

from course_lib.consistency.forced import Forced
from course_lib.consistency.history import History, Operation
from course_lib.consistency.search import MOST, in_any_order, in_process_order, in_real_time, search
from course_lib.consistency.shrink import shrunk
from course_lib.consistency.specs import Specification, fitting
from course_lib.consistency.verdict import NotTested, Verdict
from course_lib.consistency.versions import versions
from course_lib.consistency.words import gave_up, listed

LEVEL = "sequential"
PATIENCE = 20_000  # states a search may take where it is one of many


def is_sequential(history: History, spec: Specification, most: int = MOST) -> Verdict:
    """Whether there is an order of all operations, on all keys together, that the specification accepts and in which
    each process's operations come in its own order. Real time plays no part.

    An operation of unknown outcome comes after what its process did before it, or is left out. After `most` situations
    the search is given up, and the verdict is unknown. Raises ValueError for an operation that the specification does
    not know.
    """
    history = fitting(history, spec)
    if circle(history, spec):  # found at once, where a search may take for ever
        return _no(history, spec, 0)
    found = search(in_real_time(history, spec), spec, PATIENCE)
    if found.order is None:  # an order that keeps to real time too would be found sooner
        found = search(in_process_order(history, spec), spec, most)
    if found.order is not None:
        return Verdict(LEVEL, True, "", history, order=found.order, states=found.states)
    if not found.complete:
        return Verdict(LEVEL, None, gave_up(found.states), history, states=found.states)
    return _no(history, spec, found.states)


def is_serializable(history: History, spec: Specification, most: int = MOST) -> Verdict:
    """Whether there is any order at all that the specification accepts: the promise of a database about transactions
    (C. Papadimitriou, "The Serializability of Concurrent Database Updates", JACM 26(4), 1979).

    With real time kept too it is strict serializability: `is_linearizable` of transactions.
    """
    history = fitting(history, spec)
    found = search(in_any_order(history, spec), spec, most)
    if not found.complete:
        return Verdict("serializable", None, gave_up(found.states), history, states=found.states)
    said = (
        ""
        if found.order is not None
        else "No order of these operations, whichever, lets each return what it did."
    )
    guilty = () if found.order is not None else history.operations
    return Verdict("serializable", not guilty, said, history, guilty, found.order, states=found.states)


def circle(history: History, spec: Specification) -> str:
    """A circle of operations each of which has to come before the next, in words; empty where none was found. Where
    there is one, no order is possible. (Where there is none, one may still not be.)"""
    known = versions(history, spec)
    if isinstance(known, NotTested):
        return ""
    forced = Forced(known)
    forced.add_process_order()
    forced.add_reads_from()
    found = forced.infer(known.reads)
    return forced.told(found) if found else ""


def _no(history: History, spec: Specification, states: int) -> Verdict:
    small = History(shrunk(history, spec, lambda rest: _fails(rest, spec)))
    if said := circle(small, spec):
        why = f"Each of these has to come before the next, in a circle: {said}."
    else:
        why = f"No order that keeps each process's own takes all of {listed([str(one) for one in small])}."
    guilty = tuple(one for one in history if one in small.operations)
    return Verdict(LEVEL, False, why, history, guilty, smallest=small, states=states)


def _fails(operations: Iterable[Operation], spec: Specification) -> bool:
    rest = History(operations)
    found = search(in_process_order(rest, spec), spec, PATIENCE)
    return found.order is None and (found.complete or bool(circle(rest, spec)))
