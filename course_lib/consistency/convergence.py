"""Eventual consistency: when writing stops, all come to read the same.

W. Vogels, "Eventually Consistent", CACM 52(1), 2009. It is a liveness property: no finite history refutes it, for the
next read may always be the one that agrees. What can be told is whether those who looked after the last write agreed.
"""

from __future__ import annotations

from collections.abc import Hashable

from course_lib.consistency.history import History, Operation
from course_lib.consistency.specs import KeyValue, Register, Specification, fitting
from course_lib.consistency.verdict import NotTested, Verdict

LEVEL = "eventual"


def has_converged(history: History, spec: Specification, quiet: float = 0.0) -> Verdict | NotTested:
    """Whether the last reads agreed, key by key: the last read of each process, begun more than `quiet` (in the
    history's unit of time) after the last write had returned.

    Not tested where fewer than two processes looked then, or where they disagree while a write of unknown outcome may
    still be on its way.
    """
    history = fitting(history, spec)
    if not isinstance(spec, Register | KeyValue):
        return NotTested(f"it is defined for registers, not for {type(spec).__name__}")
    parts = {key: history.on(key) for key in history.keys}
    looks = {key: _last_reads(part, quiet) for key, part in parts.items()}
    apart: list[Hashable] = [key for key, reads in looks.items() if len({one.result for one in reads}) > 1]
    unsure = [key for key in apart if any(not one.known and spec.writes(one) for one in parts[key])]
    if sure := [key for key in apart if key not in unsure]:
        reads = looks[sure[0]]
        said = "; ".join(str(one) for one in reads)
        why = f"{said}: after the last write they did not agree, as far as this history goes."
        return Verdict(LEVEL, False, why, history, reads, smallest=History(reads))
    if unsure:
        return NotTested("the last reads disagree, but a write of unknown outcome may still take effect")
    initial = spec.register.initial if isinstance(spec, KeyValue) else spec.initial
    for key, reads in looks.items():
        written = [one for one in parts[key] if one.known and one.kind == "write" and one.value != initial]
        put_back = any(one.kind in ("write", "cas") and initial in _writes(one) for one in parts[key])
        if len(reads) > 1 and written and reads[0].result == initial and not put_back:
            why = f"All read {initial!r} at last, as if {written[0]} had never been."
            return Verdict(LEVEL, False, why, history, reads, smallest=History(reads))
    if not any(len(reads) > 1 for reads in looks.values()):
        return NotTested("fewer than two processes read a key after the last write had returned")
    return Verdict(LEVEL, True, "", history)


def _writes(one: Operation) -> tuple[Hashable, ...]:
    return one.value[1:] if one.kind == "cas" else (one.value,)


def _last_reads(part: History, quiet: float) -> tuple[Operation, ...]:
    """The last read of each process, of those begun after the last write."""
    changes = [one.ended for one in part if one.known and one.kind != "read" and one.result is not False]
    silence = max(changes, default=float("-inf")) + quiet
    last = {one.process: one for one in part if one.kind == "read" and one.known and one.begun > silence}
    return tuple(last.values())
