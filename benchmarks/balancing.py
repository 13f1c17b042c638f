"""A million requests over a hundred servers: ours beside SimPy on the same model, and the cost as both numbers grow."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.timing import best, report
from course_lib.balancing import LeastRequest, PowerOfTwoChoices, RandomChoice, RoundRobin, simulate

SERVERS, REQUESTS, LOAD = 100, 1_000_000, 0.9
OF_SIMPY = 50_000  # requests; it takes long, and its cost a request does not depend on how many there are
POLICIES = {"random": RandomChoice, "round robin": RoundRobin, "two choices": PowerOfTwoChoices}


def main() -> None:
    rows, ours = [], {}
    for name, kind in POLICIES.items():
        took = best(lambda kind=kind: ours_of(kind, SERVERS, REQUESTS), 3)
        ours[name] = took / REQUESTS
        rows.append((name, took, f"{REQUESTS / took:,.0f} requests a second"))
    report(rows, f"{REQUESTS:,} requests over {SERVERS} servers at {LOAD:.0%}")
    try:
        import simpy  # noqa: F401
    except ImportError:
        print("    SimPy is not installed: python3 start.py bench installs it")
    else:
        rows = []
        for name, kind in POLICIES.items():
            took = best(lambda kind=kind: by_simpy(kind), 2) / OF_SIMPY
            rows.append((f"SimPy, {name}", took, f"a request; ours is {took / ours[name]:.1f} times as fast"))
        report(rows, f"SimPy: a Resource for each server, a process for each request; {OF_SIMPY:,} requests")
    growing("a request, as requests grow", [(SERVERS, requests) for requests in (10_000, 100_000, 1_000_000)])
    growing("a request, as servers grow", [(servers, 100_000) for servers in (10, 100, 1_000)])


def growing(header: str, sizes: list[tuple[int, int]]) -> None:
    rows = []
    for servers, requests in sizes:
        for kind in (PowerOfTwoChoices, LeastRequest):
            if kind is LeastRequest and servers * requests > 10_000_000:
                continue  # it looks at every server each time
            took = best(lambda kind=kind, size=(servers, requests): ours_of(kind, *size), 2) / requests
            rows.append((f"{requests:,} requests, {servers:,} servers, {kind.__name__}", took, ""))
    report(rows, header)


def ours_of(kind: Any, servers: int, requests: int) -> Any:
    return simulate(kind(), servers=servers, rate=LOAD * servers, requests=requests)


class Seen:
    """A server as a policy sees it."""

    weight = 1.0

    def __init__(self, resource: Any) -> None:
        self.resource = resource

    @property
    def outstanding(self) -> int:
        return self.resource.count + len(self.resource.queue)


def by_simpy(kind: Any) -> list[float]:
    import simpy

    world, random, policy, latencies = simpy.Environment(), Random(1), kind(), []
    servers = [simpy.Resource(world) for _ in range(SERVERS)]
    seen = [Seen(server) for server in servers]

    def request(server: Any, begun: float) -> Iterator[Any]:
        with server.request() as turn:
            yield turn
            yield world.timeout(random.expovariate(1))
        latencies.append(world.now - begun)

    def arrivals() -> Iterator[Any]:
        for _ in range(OF_SIMPY):
            yield world.timeout(random.expovariate(LOAD * SERVERS))
            world.process(request(servers[policy.choose(seen, None)], world.now))  # type: ignore[arg-type]

    world.process(arrivals())  # type: ignore[arg-type]
    world.run()
    return latencies


if __name__ == "__main__":
    main()
