"""Moving keys to a new node while clients go on reading and writing (claim A23).

The third policy is what Redis Cluster does, key by key within a slot: a node that has passed a key
on answers ASK, and the client goes to the new one (Redis Cluster specification, "Live reconfiguration").
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.hashing.placement import Placement

POLICIES = ("switch, then copy", "copy, then switch", "move, and forward")


@dataclass
class Tally:
    """What clients saw during one rebalancing."""

    moved: int = 0
    requests: int = 0
    misses: int = 0
    """Reads of a key that is stored, but not where the client looked."""
    extra_hops: int = 0
    """Requests that had to go on to a second node."""
    lost_writes: int = 0
    """Keys whose last acknowledged write is gone when all is done."""


def rebalance(
    policy: str,
    old: Placement,
    new: Placement,
    keys: Sequence[str],
    *,
    requests_per_move: int = 4,
    seed: int = 0,
) -> Tally:
    """Moves `keys` one by one from their `old` places to the `new` ones, requests going on between two moves.

    Half of the requests are reads, half writes, of keys drawn from `seed`. Afterwards all clients use `new`.
    Raises ValueError for a policy that is not one of POLICIES.
    """
    if policy not in POLICIES:
        raise ValueError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    chance, tally = random.Random(seed), Tally()
    stored: dict[str, dict[str, int]] = {node: {} for node in (*old.nodes, *new.nodes)}
    source = dict(zip(keys, old.lookup_many(keys), strict=True))
    target = dict(zip(keys, new.lookup_many(keys), strict=True))
    for key in keys:
        stored[source[key]][key] = 0
    written = dict.fromkeys(keys, 0)

    def node_for(key: str) -> str:
        if policy == "switch, then copy":
            return target[key]
        if policy == "copy, then switch" or key in stored[source[key]]:
            return source[key]
        tally.extra_hops += 1  # the source has passed it on, and says where
        return target[key]

    for moving in (key for key in keys if source[key] != target[key]):
        tally.moved += 1
        value = stored[source[moving]][moving]
        stored[target[moving]].setdefault(moving, value)  # a newer write there stays
        if policy != "copy, then switch":
            del stored[source[moving]][moving]
        for _ in range(requests_per_move):
            tally.requests += 1
            key = chance.choice(keys)
            node = node_for(key)
            if chance.random() < 0.5:
                written[key] += 1
                stored[node][key] = written[key]
            elif key not in stored[node]:
                tally.misses += 1
    tally.lost_writes = sum(stored[target[key]].get(key) != written[key] for key in keys)
    return tally
