"""Where three-phase commit splits though one of the living leads: across a partition, and by one slow message."""

from __future__ import annotations

from course_lib.sim import Crash, Delay, Network, Partition, Trace
from course_lib.transactions.precommitting import COORDINATOR
from course_lib.transactions.three_phase import scenario, states
from course_lib.transactions.two_phase import PARTICIPANTS


def reached(count: int, participants: int = 4) -> Trace:
    """The coordinator sends its PreCommit to the first `count` participants and dies; then a partition parts the two.

    Where it reached none, or all, the partition lies in the middle. Each side has a successor that hears of nobody on
    the other. Raises ValueError where there are not so many.
    """
    if participants not in range(2, len(PARTICIPANTS) + 1) or count not in range(participants + 1):
        raise ValueError(f"of 2 to {len(PARTICIPANTS)} participants it reaches 0 or more, not {count!r}")
    names = PARTICIPANTS[:participants]
    side = count if 0 < count < participants else participants // 2
    dies = (
        Crash(COORDINATOR, after=f"{COORDINATOR}>{names[count - 1]}#2")
        if count
        else Crash(COORDINATOR, at=0.015)
    )
    cut = Partition(names[:side], names[side:], at=0.5)
    return scenario(participants, invariants=()).run([dies, cut])


def across_a_partition(participants: int = 4) -> dict[int, dict[str, str | None]]:
    """For each number of participants that the coordinator reached: what each of them ended with."""
    return {count: states(reached(count, participants)) for count in range(participants + 1)}


def by_one_slow_message(by: float = 2.5) -> Trace:
    """The vote of p1 takes `by` seconds longer. As on TCP, what p1 sends to the coordinator after it waits behind it.

    Nobody crashes. p1 asks the coordinator, hears nothing, takes over and aborts; then the vote arrives.
    """
    return scenario(3, network=Network(fifo=True)).run([Delay(f"p1>{COORDINATOR}#1", by=by)])
