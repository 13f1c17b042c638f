"""Causal consistency: what may have caused something is seen before it; what is concurrent, each may see in its own
order.

The definition is that of causal memory: for each process there is an order of all writes and its own reads that keeps
to causality (M. Ahamad and others, "Causal memory: definitions, implementation, and programming", Distributed Computing
9, 1995). It is decided by forced orders, which is complete where each value is written once (A. Bouajjani and others,
"On Verifying Causal Consistency", POPL 2017, theorem for CM). Their weaker "CC" asks less: there a process may change
its mind about the order of concurrent writes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from course_lib.consistency.forced import Edge, Forced
from course_lib.consistency.history import History, Operation
from course_lib.consistency.shrink import shrunk
from course_lib.consistency.specs import Specification, fitting
from course_lib.consistency.verdict import NotTested, Verdict
from course_lib.consistency.versions import Versions, versions

LEVEL = "causal"


def is_causal(history: History, spec: Specification) -> Verdict | NotTested:
    """Whether each process can have seen all writes in an order that keeps to causality, on all keys together.

    One operation causes another where a process did the one before the other, or read what it wrote, or through others.
    Not tested where a value is written twice, or the initial value is written: then nobody can say what a read saw.
    """
    history = fitting(history, spec)
    known = versions(history, spec)
    if isinstance(known, NotTested):
        return known
    for read in known.reads:
        if known.out_of_thin_air(read):
            return Verdict(
                LEVEL,
                False,
                f"{read}: nobody wrote {read.result!r}.",
                history,
                (read,),
                smallest=History((read,)),
            )
    return _no(history, spec) if _circle(known) else Verdict(LEVEL, True, "", history)


def causality(known: Versions) -> Forced:
    """What causes what."""
    forced = Forced(known)
    forced.add_process_order()
    forced.add_reads_from()
    return forced


def _circle(known: Versions) -> tuple[Hashable, Forced, list[Edge]] | None:
    """A process that no order serves: what comes before what for it, and where that closes a circle."""
    for process in dict.fromkeys(one.process for one in known.operations):
        forced = causality(known)
        if found := forced.infer(one for one in known.reads if one.process == process):
            return process, forced, found
    return None


def _no(history: History, spec: Specification) -> Verdict:
    small = History(shrunk(history, spec, lambda rest: _found(rest, spec) is not None))
    found = _found(small, spec)
    assert found is not None
    process, forced, edges = found
    why = f"For {process} each of these has to come before the next, in a circle: {forced.told(edges)}."
    return Verdict(LEVEL, False, why, history, small.operations, smallest=small)


def _found(
    operations: Iterable[Operation], spec: Specification
) -> tuple[Hashable, Forced, list[Edge]] | None:
    known = versions(History(operations), spec)
    return None if isinstance(known, NotTested) else _circle(known)
