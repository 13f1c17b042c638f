"""The world of 10.lose_a_write: one client writes, and three replicas keep what it wrote, in one of three ways."""

from __future__ import annotations

from itertools import permutations

from course_lib.replication import primary_backup
from course_lib.replication.customers import nothing_acknowledged_is_lost
from course_lib.sim import Network, Scenario

REPLICAS = ("s1", "s2", "s3")
FAR, NEAR = 0.05, 0.01  # seconds from replica to replica, and from anybody to anybody else
WRITES = 10


def replicated(mode: str, *, stops: bool = True) -> Scenario:
    """The nodes "ann", who writes, "views", and the replicas "s1", the first primary, "s2" and "s3".

    Args:
        mode: "async", "semi-sync" or "sync".
        stops: whether a run ends when a write is lost that ann was told is done. If not, it goes on until 4 s.
    """
    return primary_backup.scenario(
        len(REPLICAS),
        mode=mode,
        clients={"ann": (REPLICAS, [("write", "x", number) for number in range(1, WRITES + 1)])},
        network=Network(latency=NEAR, links={link: {"latency": FAR} for link in permutations(REPLICAS, 2)}),
        invariants=[nothing_acknowledged_is_lost] if stops else [],
        timeout=0.3,
        retries=100,
        think=0.2,
        until=4,
    )
