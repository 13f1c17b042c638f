"""Lets a policy that draws choose many times among servers that always have the same to do, for its shares to be counted."""

from collections.abc import Callable, Sequence
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.load_balancing.given import Request, Server
from course_lib.checks.plain import Failed

REQUESTS = 1200
BEFORE = 600
"""So many requests come before the last servers join."""


def sent(make: Callable[..., Any], loads: Sequence[int], ok: bool = True, old: int = 0) -> list[Any]:
    """The places that the requests went to, after some that only the first `old` servers were there for.

    A policy that counts for itself must have sent itself what the servers have.
    """
    policy, counts = make(1), hears(make)
    servers = [Server(index, load) for index, load in enumerate(loads)]
    if counts:
        for index, load in enumerate(loads):
            for number in range(load):
                policy.choose([Server(index, number)], Request())
    places = []
    for number in range((BEFORE if old else 0) + REQUESTS):
        here = servers[:old] if old and number < BEFORE else servers
        place = policy.choose(here, Request())
        places.append(place)
        if type(place) is not int or not 0 <= place < len(here):
            break
        if counts:
            policy.finished(Server(place, loads[place] + 1), 1.0, ok, 0.0)
    return places[-REQUESTS:]


def hears(make: Callable[..., Any]) -> bool:
    """Whether it has `finished`."""
    if not isinstance(make, Answer):
        return hasattr(make, "finished")
    if "hears" not in make.known:
        try:
            make(1).finished(Server(0, 1), 1.0, True, 0.0)
            make.known["hears"] = True
        except Failed as failure:
            make.known["hears"] = "has no method" not in failure.error
    return bool(make.known["hears"])
