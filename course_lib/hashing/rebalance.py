"""Moving keys to a new node while clients go on reading and writing (claim A23).

The third policy is what Redis Cluster does, key by key within a slot: a node that has passed a key
on answers ASK, and the client goes to the new one (Redis Cluster specification, "Live reconfiguration";
since Redis 8.4 there is another way too, CLUSTER MIGRATION).
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


class Move:
    """A store on its way from the `old` placement to the `new` one. ValueError for a policy not in POLICIES."""

    def __init__(self, policy: str, old: Placement, new: Placement, keys: Sequence[str]) -> None:
        if policy not in POLICIES:
            raise ValueError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
        self.policy, self.tally = policy, Tally()
        self.source = dict(zip(keys, old.lookup_many(keys), strict=True))
        self.target = dict(zip(keys, new.lookup_many(keys), strict=True))
        self.written = dict.fromkeys(keys, 0)  # the last acknowledged value of each key
        self.stored: dict[str, dict[str, int]] = {node: {} for node in (*old.nodes, *new.nodes)}
        for key in keys:
            self.stored[self.source[key]][key] = 0

    def hand_over(self, key: str) -> None:
        """Brings one key to its new node."""
        value = self.stored[self.source[key]][key]
        self.stored[self.target[key]].setdefault(key, value)  # a newer write there stays
        if self.policy != "copy, then switch":
            del self.stored[self.source[key]][key]

    def node_for(self, key: str) -> str:
        """Where a client ends up with a request for `key` while keys are moving."""
        if self.policy == "switch, then copy":
            return self.target[key]
        if self.policy == "copy, then switch" or key in self.stored[self.source[key]]:
            return self.source[key]
        self.tally.extra_hops += 1  # the old node has passed the key on, and says where
        return self.target[key]

    def write(self, key: str) -> None:
        """A client's write, acknowledged by the node that it reached."""
        self.written[key] += 1
        self.stored[self.node_for(key)][key] = self.written[key]

    def read(self, key: str) -> None:
        """A client's read, which may miss."""
        self.tally.misses += key not in self.stored[self.node_for(key)]


def rebalance(
    policy: str,
    old: Placement,
    new: Placement,
    keys: Sequence[str],
    requests_per_move: int = 4,
    seed: int = 0,
) -> Tally:
    """Moves `keys` one by one, with requests between two moves: half reads, half writes, drawn from `seed`.

    Afterwards all clients use `new`, and what they find there is counted.
    """
    chance, move = random.Random(seed), Move(policy, old, new, keys)
    for moving in (key for key in keys if move.source[key] != move.target[key]):
        move.hand_over(moving)
        move.tally.moved += 1
        for _ in range(requests_per_move):
            chance.choice((move.read, move.write))(chance.choice(keys))
            move.tally.requests += 1
    found = (move.stored[move.target[key]].get(key) == move.written[key] for key in keys)
    move.tally.lost_writes = len(keys) - sum(found)
    return move.tally
