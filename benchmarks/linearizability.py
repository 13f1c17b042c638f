"""Judging whether histories are linearizable: ours beside a plain search with a memory.

The plain search has no cleverness: depth first over (the set of operations done, the state). Histories that Jepsen
recorded from etcd are judged too, where JEPSEN_HISTORIES names their folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.timing import report
from course_lib.consistency import CASRegister, History, Operation, Register, Specification, is_linearizable

GIVEN_UP = 100_000  # states
Row = tuple[str, float, str]


def main() -> None:
    report(recorded(), "etcd, as Jepsen recorded it (a register with compare-and-set, 5 clients at a time)")
    report(clients(), "4 clients, 50 operations each")
    report(longer(), "as the history grows, 10 clients")
    report(wider(), "k writes of unknown outcome, then a read of what nobody wrote")


def recorded() -> list[Row]:
    folder = os.environ.get("JEPSEN_HISTORIES")
    if not folder:
        return [("JEPSEN_HISTORIES is not set", 0.0, "")]
    rows, ours, theirs = [], 0.0, 0.0
    for path in sorted(Path(folder).glob("*.log")):
        row, took, plain_took = beside(path.stem, History.from_jepsen_log(path), CASRegister())
        rows.append(row)
        ours, theirs = ours + took, theirs + plain_took
    return [*rows, (f"all {len(rows)}", ours, f"plain search {theirs * 1e3:,.0f} ms or more")]


def clients() -> list[Row]:
    good = around_points(200, 4)
    return [
        beside("legal", good, Register())[0],
        beside("illegal: the last read is of what nobody wrote", spoilt(good), Register())[0],
    ]


def longer() -> list[Row]:
    rows = []
    for size in (100, 1_000, 10_000):
        good = around_points(size, 10)
        rows.append(beside(f"{size:,} operations, legal", good, Register(), plainly=size <= 100)[0])
        if size < 10_000:  # saying why takes far longer than saying no
            rows.append(
                beside(f"{size:,} operations, illegal", spoilt(good), Register(), plainly=size <= 100)[0]
            )
    return rows


def wider() -> list[Row]:
    rows = []
    for k in range(2, 13, 2):
        writes = [Operation(f"w{n}", "write", n, start=n / k) for n in range(k)]
        history = History([*writes, Operation("r", "read", None, -1, 5, 6)])
        rows.append(beside(f"{k} open writes", history, Register(), plainly=k <= 8)[0])
    return rows


def beside(
    what: str, history: History, spec: Specification, plainly: bool = True
) -> tuple[Row, float, float]:
    """A row, and the seconds that ours and the plain search took."""
    begun = perf_counter()
    verdict = is_linearizable(history, spec)
    took = perf_counter() - begun
    said = f"{ {True: 'yes', False: 'no', None: 'unknown'}[verdict.holds] }, {verdict.states:,} states"
    if not plainly:
        return (what, took, said), took, 0.0
    begun = perf_counter()
    holds, states = plain(history, spec)
    theirs = perf_counter() - begun
    assert holds is None or holds == verdict.holds
    ended = "" if holds is not None else "given up after "
    compared = f"plain: {ended}{states:,} states, {theirs / took:,.1f} times as long"
    return (what, took, f"{said}; {compared}"), took, theirs


def plain(history: History, spec: Specification, most: int = GIVEN_UP) -> tuple[bool | None, int]:
    """Whether it is linearizable (None: given up), and how many states that took."""
    operations = list(history)
    everything = frozenset(range(len(operations)))
    known = frozenset(n for n in everything if operations[n].known)
    start = frozenset[int](), spec.initial
    seen, stack = {start}, [start]
    while stack:
        done, state = stack.pop()
        if known <= done:
            return True, len(seen)
        left = everything - done
        first_return = min(operations[n].ended for n in left)
        for n in left:
            one = operations[n]
            if one.begun > first_return:
                continue
            result, after = spec.apply(state, one)
            if one.known and result != one.result:
                continue
            if (situation := (done | {n}, after)) not in seen:
                if len(seen) >= most:
                    return None, len(seen)
                seen.add(situation)
                stack.append(situation)
    return False, len(seen)


def around_points(size: int, processes: int, seed: int = 1) -> History:
    """Reads and writes that are linearizable by construction: each takes effect at a whole number, its interval grows
    around that as far as its process' neighbours let it."""
    random = Random(seed)
    value, operations = None, []
    for n in range(size):
        start, end = n - random.random() * processes * 0.45, n + random.random() * processes * 0.45
        if random.random() < 0.5:
            value = n
            operations.append(Operation(n % processes, "write", n, None, start, end))
        else:
            operations.append(Operation(n % processes, "read", None, value, start, end))
    return History(operations)


def spoilt(history: History) -> History:
    """The last read returns what nobody wrote."""
    last = max(n for n, one in enumerate(history) if one.kind == "read")
    bad = history[last]
    worse = Operation(bad.process, "read", None, -1, bad.start, bad.end)
    return History(worse if n == last else one for n, one in enumerate(history))
