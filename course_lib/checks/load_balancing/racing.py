"""Loads of 09.break_it: plain values in, and what some policies make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any

from course_lib import balancing
from course_lib.checks.load_balancing.calling import backends
from course_lib.checks.plain import short

if TYPE_CHECKING:
    from course_lib.balancing import Report

REQUESTS = 10_000
BUSY = 0.9
"""No server may have more to do than this, if each gets the same share of the requests."""
DEFAULTS = {"speeds": None, "rate": None, "work": 1.0, "refresh": 0.0, "fails": ()}
POLICIES = {
    "round robin": "RoundRobin",
    "least request": "LeastRequest",
    "two choices": "PowerOfTwoChoices",
    "random": "RandomChoice",
}


class NoLoad(ValueError):
    """What was given is no load; the text says why."""


def race(load: Mapping[str, Any], seed: int = 0) -> dict[str, dict[str, float]]:
    """Mean, p99 and the share that failed, under four policies: {"random": {"mean": 1.9, ...}, ...}."""
    checked = of_load(load)
    return {name: brief(run(name, checked, seed)) for name in POLICIES}


def of_load(load: Any) -> tuple[tuple[str, Any], ...]:
    """The load with all that was left out, as something that can be looked up. Raises NoLoad."""
    if not isinstance(load, Mapping):
        raise NoLoad(f"a load is a dict, not {short(load)}")
    if unknown := [name for name in load if name not in DEFAULTS]:
        raise NoLoad(f"a load has no {unknown[0]!r}, only {', '.join(map(repr, DEFAULTS))}")
    if missing := [name for name in ("speeds", "rate") if name not in load]:
        raise NoLoad(f"{missing[0]!r} is missing")
    full = {**DEFAULTS, **load}
    _numbers("speeds", full["speeds"], many=True)
    if not 2 <= len(full["speeds"]) <= 50:
        raise NoLoad(f"there are 2 to 50 servers, not {len(full['speeds'])}")
    _numbers("work", full["work"], many=isinstance(full["work"], list | tuple))
    _numbers("rate", full["rate"])
    if not _is_number(full["refresh"]) or not 0 <= full["refresh"] < inf:
        raise NoLoad(f"'refresh' is a time, 0 or more, not {short(full['refresh'])}")
    places = range(len(full["speeds"]))
    if not isinstance(full["fails"], list | tuple | set) or not all(one in places for one in full["fails"]):
        raise NoLoad(f"'fails' is a list of places, from 0 to {len(places) - 1}, not {short(full['fails'])}")
    if len(set(full["fails"])) == len(places):
        raise NoLoad("'fails' names all servers: somebody has to answer")
    return tuple(
        (name, tuple(value) if isinstance(value, list | tuple | set) else value)
        for name, value in full.items()
    )


def _numbers(name: str, value: Any, many: bool = False) -> None:
    each: Sequence[Any] = value if many and isinstance(value, list | tuple) else [] if many else [value]
    if not each or not all(_is_number(one) and 0 < one < inf for one in each):
        kind = "a list of numbers, each above 0," if many else "a number above 0,"
        raise NoLoad(f"{name!r} is {kind} not {short(value)}")


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def shares(load: Mapping[str, Any]) -> list[float]:
    """How busy each server would be, from 0 to 1 and beyond, if all got the same share; those that fail are not."""
    full = {**DEFAULTS, **load}
    work = full["work"]
    mean = sum(work) / len(work) if isinstance(work, list | tuple) else work
    each = full["rate"] / len(full["speeds"])
    return [
        0.0 if place in full["fails"] else each * mean / speed for place, speed in enumerate(full["speeds"])
    ]


@cache
def run(policy: str, load: tuple[tuple[str, Any], ...], seed: int) -> Report:
    given: dict[str, Any] = dict(load)
    work = given["work"]
    report: Report = balancing.simulate(
        getattr(balancing, POLICIES[policy])(),
        servers=backends(given["speeds"], given["fails"]),
        rate=given["rate"],
        requests=REQUESTS,
        service=in_turn(work) if isinstance(work, tuple) else float(work),
        refresh=given["refresh"],
        seed=seed,
    )
    return report


def in_turn(works: Sequence[float]) -> Any:
    """The works of the requests, one after the other, over and over: a law for `simulate`."""
    return lambda generator, n: [works[number % len(works)] for number in range(n)]


def brief(report: Report) -> dict[str, float]:
    """For people, in three digits. What is compared is the report."""
    p99 = report.latency(0.99) if report.errors < 1 else inf
    told = {"mean": report.mean, "p99": p99, "failed": report.errors}
    return {name: float(f"{value:.3g}") for name, value in told.items()}
