"""What 10.primary is tried with: a run with faults, a talk, every schedule; and who asks for what in them."""

from __future__ import annotations

from typing import Any

from course_lib.checks.fault_tolerance.serving import (
    READ,
    WRITE,
    answered,
    follows_one,
    serving,
    takes_nothing_older,
    talking,
)
from course_lib.checks.trials import Explore, Run, Setup
from course_lib.sim import Crash, Delay

ALL = ("s1", "s2", "s3")
BOTH, ONE, OTHER = ("s1", "s2"), ("s1",), ("s2",)
WRITE_2, CAS = ("write", "x", 2), ("cas", "x", None, 1)
FROM_2_TO_3 = ("cas", "x", 2, 3)
PATIENT = 6  # tries more
Who = dict[str, tuple[tuple[str, ...], tuple[Any, ...]]]


def clients(**of: tuple[tuple[str, ...], tuple[Any, ...]]) -> Who:
    """Of each client whom it asks, and what for."""
    return of


def run(who: Who, *faults: Any, endings: Any = (answered,), **options: Any) -> Run:
    return Run(Setup(serving, (who,), {"retries": PATIENT, **options}), faults, endings)


def every(who: Who, budget: dict[str, int], **options: Any) -> Explore:
    return Explore(Setup(serving, (who,), options), budget, most=40_000)


def talk(*said: tuple[str, Any]) -> Run:
    return Run(Setup(talking, (list(said),)), (), (takes_nothing_older, follows_one))


def unheard(*faults: Any, suspected: float = 1.0) -> Run:
    """s2 leads, and s3 hears of it by a Copy alone, s1 not at all. bob writes at s2, ann at s1, then s2 dies."""
    return run(
        clients(ann=(ONE, (READ, WRITE)), bob=(OTHER, (WRITE_2,))),
        Delay("views>s1#1", by=9),
        Delay("views>s3#1", by=9),
        *faults,
        Crash("s2", at=2.9),
        endings=(),
        replicas=3,
        suspects={"s1": suspected, "s2": 3.0},
        think=2.5,
    )


OF_TWO = clients(ann=(BOTH, (WRITE, READ)), bob=(("s2", "s1"), (READ, WRITE_2, READ)))
OF_THREE = clients(ann=(ALL, (WRITE, READ)), bob=(ALL, (READ, WRITE_2, READ)))
OF_ANN = clients(ann=(ALL, (WRITE, READ)))
WRITER = clients(ann=(BOTH, (WRITE, READ)))
WRITERS = clients(ann=(ONE, (WRITE,)), bob=(OTHER, (WRITE_2,)))
NOBODY: dict[str, float] = {}
IN_TURN = {"s1": 1.0, "s2": 3.0}
ONE_BY_ONE = {"s1": 1.0, "s2": 2.0}
BOTH_DIE = (Crash("s1", at=0.5), Crash("s2", at=0.5))
