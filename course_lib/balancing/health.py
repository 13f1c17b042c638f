"""Who gets no requests for a while: servers that fail are ejected, and if too many are, nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.balancing.policies import Policy, index_of


@dataclass
class Standing:
    """What is known of a server: failures since the last success, how often it was ejected, and until when it is."""

    failures: int = 0
    ejections: int = 0
    until: float = 0.0


class OutlierEjection:
    """A policy that lets another one choose among those servers that are not ejected.

    After so many failures without a success between them a server is ejected for `cooldown`, the next time for two of
    these, then for three. Then it is tried again; each `cooldown` without an ejection takes one off. After Envoy's
    outlier detection, which also limits the share of servers that may be ejected.

    Args:
        policy: chooses among the rest.
        failures: in a row, after which a server is ejected.
        cooldown: how long.
        panic: the share of servers that must be left. Where fewer are, all servers get requests: it is better to fail
            some than to drown the rest, and most likely it is the check that is wrong.
    """

    def __init__(self, policy: Policy, failures: int = 5, cooldown: float = 30.0, panic: float = 0.5) -> None:
        if type(failures) is not int or failures < 1:
            raise ValueError(f"failures is how many in a row, 1 or more, not {failures!r}")
        if not cooldown > 0:
            raise ValueError(f"cooldown is a time above 0, not {cooldown!r}")
        if not 0 <= panic <= 1:
            raise ValueError(f"panic is a share of the servers, 0 to 1, not {panic!r}")
        self.policy, self.failures, self.cooldown, self.panic = policy, failures, cooldown, panic
        self.standings: dict[int, Standing] = {}

    def choose(self, servers: Sequence[Any], request: Any) -> int:
        healthy = [
            place
            for place, server in enumerate(servers)
            if self.standing(index_of(server, place)).until <= request.time
        ]
        if not healthy or len(healthy) < self.panic * len(servers):
            healthy = list(range(len(servers)))
        return healthy[self.policy.choose([servers[place] for place in healthy], request)]

    def finished(self, server: Any, took: float, ok: bool, now: float) -> None:
        standing = self.standing(server.index)
        if standing.until <= now:  # what it was sent before it was ejected says nothing new
            standing.failures = 0 if ok else standing.failures + 1
        if standing.failures >= self.failures:
            forgiven = int((now - standing.until) / self.cooldown)
            standing.failures, standing.ejections = 0, max(0, standing.ejections - forgiven) + 1
            standing.until = now + self.cooldown * standing.ejections
        if hasattr(self.policy, "finished"):
            self.policy.finished(server, took, ok, now)

    def standing(self, index: int) -> Standing:
        return self.standings.setdefault(index, Standing())
