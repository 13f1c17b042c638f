"""The four session guarantees: what one process may rely on, whatever the others see.

D. Terry and others, "Session Guarantees for Weakly Consistent Replicated Data", PDIS 1994. Each forbids a stale read at
the end of a path of one shape; causal consistency forbids it at the end of any path. Clients do not see replicas, so a
history is judged by what it shows: a read is stale where it returned something that is *known* to be older, the initial
value or a write that is a cause of the one it should have seen.

Monotonic writes and writes follow reads are promises about what each replica holds. A client can tell that one is
broken only if it does not itself go back to an older replica; for one that roams, the fault may be its monotonic reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from course_lib.consistency.causal import causality
from course_lib.consistency.forced import Forced
from course_lib.consistency.history import History, Operation
from course_lib.consistency.shrink import shrunk
from course_lib.consistency.specs import Specification, fitting
from course_lib.consistency.verdict import NotTested, Verdict
from course_lib.consistency.versions import Versions, versions

Path = tuple[Operation, ...]
"""Operations each of which leads to the next; the last is the stale read, the first what it should have seen."""


def reads_its_writes(known: Versions, order: Forced) -> Iterator[tuple[Path, str]]:
    """A process that wrote a key reads nothing older there."""
    for read in known.reads:
        for write in known.writes:
            if write.key == read.key and known.in_turn(write, read) and _stale(known, order, read, write):
                yield (write, read), f"{read.process} had written {write.value!r} itself"


def reads_monotonically(known: Versions, order: Forced) -> Iterator[tuple[Path, str]]:
    """A process that has read a key reads nothing older there."""
    for read in known.reads:
        before = [one for one in known.reads if one.key == read.key and known.in_turn(one, read)]
        for index, one in enumerate(before):
            seen = known.seen_by(one)
            if seen and _stale(known, order, read, seen):
                yield (seen, one, read), f"{read.process} had read {one.result!r} before, which is newer"
            elif one.result != read.result and (
                old := next((old for old in before[:index] if old.result == read.result), None)
            ):
                yield (old, one, read), f"{read.process} had gone on to {one.result!r}, and went back"


def writes_monotonically(known: Versions, order: Forced) -> Iterator[tuple[Path, str]]:
    """Who has seen a write of a process also sees what that process wrote before."""
    for second in known.writes:
        for first in known.writes:
            if known.in_turn(first, second):
                yield from _followed(known, order, (first,), second, "wrote")


def writes_after_reads(known: Versions, order: Forced) -> Iterator[tuple[Path, str]]:
    """Who has seen a write also sees what its process had read before."""
    for second in known.writes:
        for read in known.reads:
            first = known.seen_by(read)
            if first and known.in_turn(read, second):
                yield from _followed(known, order, (first, read), second, "read")


def _followed(
    known: Versions, order: Forced, path: Path, second: Operation, did: str
) -> Iterator[tuple[Path, str]]:
    """Reads by others that are stale although their process had seen `second`."""
    first = path[0]
    for seen in known.reads:
        if known.seen_by(seen) is not second or seen.process == second.process:
            continue
        for read in known.reads:
            if read.key == first.key and known.in_turn(seen, read):
                newest = second if second.key == first.key else first
                if _stale(known, order, read, newest):
                    source = f"{second.process} {did} {first.value!r} before that"
                    yield (
                        (*path, second, seen, read),
                        f"{read.process} had read {second.value!r}, and {source}",
                    )


def _stale(known: Versions, order: Forced, read: Operation, newer: Operation) -> bool:
    """Whether a read returned something known to be older than `newer`, which is a write of the same key."""
    seen = known.seen_by(read)
    if seen is None:
        return read.result == known.initial
    return seen != newer and order.precedes(seen, newer)


GUARANTEES: dict[str, Callable[[Versions, Forced], Iterator[tuple[Path, str]]]] = {
    "read your writes": reads_its_writes,
    "monotonic reads": reads_monotonically,
    "monotonic writes": writes_monotonically,
    "writes follow reads": writes_after_reads,
}


def keeps(history: History, spec: Specification, guarantee: str) -> Verdict | NotTested:
    """Whether a history shows no breach of one of `GUARANTEES`. Raises KeyError for another name.

    Not tested where a value is written twice: then nobody can say what a read saw.
    """
    if guarantee not in GUARANTEES:
        raise KeyError(f"no session guarantee {guarantee!r}; there are {', '.join(GUARANTEES)}")
    history = fitting(history, spec)
    known = versions(history, spec)
    if isinstance(known, NotTested):
        return known
    if not (breach := _first_breach(history, spec, guarantee)):
        return Verdict(guarantee, True, "", history)
    small = History(shrunk(history, spec, lambda rest: bool(_first_breach(rest, spec, guarantee))))
    path, why = _first_breach(small, spec, guarantee) or breach
    said = f"The read by {path[-1].process} at {path[-1].begun:g} returned {path[-1].result!r}, but {why}."
    guilty = tuple(dict.fromkeys(path))
    return Verdict(guarantee, False, said, history, guilty, smallest=small)


def _first_breach(
    operations: Iterable[Operation], spec: Specification, guarantee: str
) -> tuple[Path, str] | None:
    known = versions(History(operations), spec)
    if isinstance(known, NotTested):
        return None
    breaches = GUARANTEES[guarantee](known, causality(known))
    return min(breaches, key=lambda breach: breach[0][-1].ended, default=None)
