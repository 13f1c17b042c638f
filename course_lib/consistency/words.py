"""Verdicts in English."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from course_lib.consistency.history import History, Operation
from course_lib.consistency.specs import Specification

MANY = 5  # operations that a sentence names


def gave_up(states: int) -> str:
    """Of a search that did not come to an end."""
    return (
        f"Unknown: given up after {states:,} states. The search is exponential in the number of operations that are "
        f"open at the same time; judge a shorter history, or raise `most`."
    )


def why_not_linearizable(
    history: History,
    spec: Specification,
    blocked: Operation,
    small: Sequence[Operation],
    possible: Collection[Any],
) -> str:
    """`The read by c2 at 14 returned 0, but write(1) by c1 had finished at 9. In every order that keeps to real time
    and explains the others it returns 1.`"""
    others = sorted(
        (one for one in small if one != blocked), key=lambda one: (one.known, one.ended, one.begun)
    )
    late = [one for one in history if blocked.before(one) and wrote_it(one, blocked, spec)]
    if late and not others:
        return f"{did(blocked)}, but {late[0]} began only at {late[0].begun:g}, after it had finished."
    if not others and blocked.kind in ("read", "dequeue"):
        return f"{did(blocked)}, which nobody had put there."
    if not possible:
        return f"No order that keeps to real time takes all of {listed([str(one) for one in small])}."
    could = " or ".join(sorted(map(repr, possible)))
    facts = f", but {listed([_relation(one, blocked) for one in others])}" if others else ""
    return f"{did(blocked)}{facts}. In every order that keeps to real time and explains the others it returns {could}."


def wrote_it(one: Operation, read: Operation, spec: Specification) -> bool:
    """Whether the one wrote what the other returned."""
    return ... not in spec.reads(read) and bool(spec.writes(one) & spec.reads(read))


def did(one: Operation) -> str:
    """`The read by c2 at 14 returned 0`; with its argument, where it has one."""
    arguments = [] if one.key is None else [str(one.key)]
    if one.kind == "cas" and isinstance(one.value, tuple):
        arguments += map(repr, one.value)
    elif one.value is not None:
        arguments.append(repr(one.value))
    call = one.kind + (f"({', '.join(arguments)})" if arguments else "")
    return f"The {call} by {one.process} at {one.begun:g} returned {one.result!r}"


def _relation(one: Operation, blocked: Operation) -> str:
    """Where an operation lies in time, seen from the one that is blocked."""
    if not one.known:
        call = str(one).removesuffix(" -> ?")
        return f"{call} began at {one.begun:g} and had not returned"
    if one.before(blocked):
        return f"{one} had finished at {one.ended:g}"
    return f"{one} overlaps it ({one.begun:g} to {one.ended:g})"


def listed(facts: Sequence[str]) -> str:
    """`a, b and c`; of many, the last ones: they are nearest to what they explain."""
    left_out, facts = len(facts) - MANY, list(facts[-MANY:])
    if left_out > 0:
        facts.append(f"{left_out} more came before")
    return f"{', '.join(facts[:-1])} and {facts[-1]}" if len(facts) > 1 else "".join(facts)
