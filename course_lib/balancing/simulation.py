"""A balancer in front of some servers, simulated: requests come at random, a policy sends each to a server.

Arrivals are a Poisson process. All chance but the policy's own comes from the seed, and is drawn beforehand: two
policies under one seed get the same requests at the same times, with the same work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from math import inf
from numbers import Real
from typing import Any, NamedTuple

import numpy as np

from course_lib.balancing.policies import Policy
from course_lib.balancing.report import Report
from course_lib.balancing.servers import Backend, Clock, LastSeen, Server
from course_lib.balancing.services import Draw, Service, as_service


class Request(NamedTuple):
    time: float
    key: Any


Keys = Callable[[np.random.Generator, int], np.ndarray]


def simulate(
    policy: Policy,
    *,
    servers: int | Iterable[Backend | float],
    rate: float,
    requests: int,
    service: Service | float | Draw = 1.0,
    seed: int = 0,
    warmup: float = 0.1,
    refresh: float = 0.0,
    slow_start: float = 0.0,
    keys: Keys | None = None,
) -> Report:
    """Sends requests to servers by a policy, and reports how long they took.

    Args:
        policy: has `choose(servers, request) -> index`.
        servers: how many, each of speed 1; or one by one, a `Backend` or the weight of one.
        rate: requests that come in a unit of time, to all servers together.
        service: the law of the work; a number is the mean of an exponential one.
        seed: of arrivals, work, keys and errors.
        warmup: the share of requests at the beginning that the report leaves out, since the servers begin empty.
        refresh: every so often the policy learns how many requests are outstanding; 0: it always knows.
        slow_start: for so long a server's weight grows from a tenth to its full size after it has joined.
        keys: a function of (generator, n) that gives the keys; None: each request has a key of its own.

    Raises ValueError or TypeError that names the argument, and IndexError where the policy chooses no server.
    """
    backends = _backends(servers)
    _check(rate, requests, warmup, refresh, slow_start)
    if isinstance(policy, type) or not callable(getattr(policy, "choose", None)):
        raise TypeError(
            f"policy is an object with choose(servers, request), such as RoundRobin(), not {policy!r}"
        )
    service, generator = as_service(service), np.random.default_rng(seed)
    times = np.cumsum(generator.exponential(1 / rate, requests))
    work = np.asarray(service.draw(generator, requests), float)
    if work.shape != (requests,) or not np.all((work >= 0) & (work < inf)):
        raise ValueError(f"service gives {requests} works, each 0 or more, not {work!r}")
    lots = generator.random(requests).tolist() if any(backend.errors for backend in backends) else None
    named: Any = range(requests) if keys is None else list(keys(generator, requests))
    if len(named) != requests:
        raise ValueError(f"keys gives {requests} keys, one for each request, not {len(named)}")

    clock = Clock()
    run = [Server(index, backend, clock) for index, backend in enumerate(backends)]
    pool = Pool(run, refresh, slow_start)
    ends, chosen, failed = _send(policy, pool, clock, times.tolist(), work.tolist(), named, lots)
    return Report(times, np.array(ends), np.array(chosen), np.array(failed, bool), run, warmup)


def _send(
    policy: Policy, pool: Pool, clock: Clock, times: list[float], work: list[float], keys: Any, lots: Any
) -> tuple[list[float], list[int], list[bool]]:
    choose, finished = policy.choose, getattr(policy, "finished", None)
    answers: list[tuple[float, int, Any, float, bool]] = []  # on their way back, the next one first
    ends, chosen, failed = [], [], []
    for number, now in enumerate(times):
        while answers and answers[0][0] <= now:
            end, _, seen, began, ok = heappop(answers)
            clock.now = end
            finished(seen, end - began, ok, end)  # type: ignore[misc]
        clock.now = now
        if now >= pool.changes_at:
            pool.change(now)
        server = pool.at(choose(pool.seen, Request(now, keys[number])))
        fails = lots is not None and lots[number] < server.backend.errors
        end = server.fail(server.backend.error_time) if fails else server.accept(work[number])
        if finished:
            seen = pool.last_seen[server.index] if pool.refresh else server
            heappush(answers, (end, number, seen, now, not fails))
        ends.append(end)
        chosen.append(server.index)
        failed.append(fails)
    return ends, chosen, failed


class Pool:
    """The servers that there are now, and what the policy sees of them."""

    def __init__(self, servers: list[Server], refresh: float, slow_start: float) -> None:
        self.servers, self.refresh, self.slow_start = servers, refresh, slow_start
        self.last_seen = [LastSeen(server) for server in servers]
        self.refresh_at = 0.0
        self.members: list[Server] = []
        self.seen: Sequence[Any] = []
        self.changes_at = 0.0

    def change(self, now: float) -> None:
        """Does what is due now: servers join and leave, weights grow, old load information is replaced."""
        growing = [server for server in self.servers if self._grows(server, now)]
        self.members = [one for one in self.servers if one.backend.joins <= now < one.backend.leaves]
        if not self.members:
            raise ValueError(f"at {now:g} there is no server: let one join before the others leave")
        self.seen = self.members
        if self.refresh:
            self.seen = [self.last_seen[server.index] for server in self.members]
            if now >= self.refresh_at:
                self.refresh_at = now + self.refresh
                for server in self.seen:
                    server.refresh()
        moments = [time for one in self.servers for time in (one.backend.joins, one.backend.leaves)]
        moments += [self.refresh_at] * bool(self.refresh) + [now + self.slow_start / 100] * bool(growing)
        self.changes_at = min((time for time in moments if time > now), default=inf)

    def _grows(self, server: Server, now: float) -> bool:
        """Gives a server the weight that it has now; whether it has joined and its weight will still grow."""
        age, joins = now - server.backend.joins, server.backend.joins
        if not joins or age < 0:
            return False
        share = max(0.1, age / self.slow_start) if age < self.slow_start else 1.0
        server.weight = self.last_seen[server.index].weight = server.backend.weight * share
        return share < 1

    def at(self, place: Any) -> Server:
        """The server that the policy has chosen."""
        try:
            return self.members[place if place >= 0 else len(self.members)]
        except (IndexError, TypeError):
            last = len(self.members) - 1
            raise IndexError(
                f"choose returned {place!r}: it is a place in servers, from 0 to {last}"
            ) from None


def _backends(servers: int | Iterable[Backend | float]) -> list[Backend]:
    each: Any = [Backend()] * servers if isinstance(servers, int) else servers
    if isinstance(each, str) or not isinstance(each, Iterable):
        raise TypeError(f"servers is how many there are, or a list of Backends or weights, not {servers!r}")
    backends = [one if isinstance(one, Backend) else Backend(weight=one) for one in each]
    if not backends:
        raise ValueError("servers is how many there are, 1 or more, or a list of them; there is none")
    return backends


def _check(rate: float, requests: int, warmup: float, refresh: float, slow_start: float) -> None:
    for name, value in {"rate": rate, "warmup": warmup, "refresh": refresh, "slow_start": slow_start}.items():
        if not isinstance(value, Real):
            raise TypeError(f"{name} is a number, not {value!r}")
    if not 0 < rate < inf:
        raise ValueError(f"rate is the number of requests in a unit of time, above 0, not {rate!r}")
    if type(requests) is not int or requests < 1:
        raise ValueError(f"requests is how many come, 1 or more, not {requests!r}")
    if not 0 <= warmup < 1:
        raise ValueError(f"warmup is the share that is left out, 0 or more and below 1, not {warmup!r}")
    for name, value in {"refresh": refresh, "slow_start": slow_start}.items():
        if not 0 <= value < inf:
            raise ValueError(f"{name} is a time, 0 or more, not {value!r}")
