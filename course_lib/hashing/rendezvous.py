"""Rendezvous (highest random weight): every node bids for the key, and the highest bid wins.

Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM Transactions
on Networking 6(1), 1998.
"""

from collections.abc import Iterable

import numpy as np

from course_lib.hashing.keys import SPACE, Hasher, Key, position
from course_lib.hashing.placement import Placement


class RendezvousHash(Placement):
    """Nothing to keep but the names; any node may leave, and its keys spread over all. O(N) a lookup."""

    def __init__(self, nodes: Iterable[str] = (), *, hasher: Hasher = position) -> None:
        super().__init__(nodes, hasher=hasher)
        self._places = {node: self._hash(node) for node in self._nodes}

    def lookup(self, key: Key) -> str:
        self._need_nodes()
        place = self._hash(key)
        return max(sorted(self._nodes), key=lambda node: bid(place, self._places[node]))

    def preference_list(self, key: Key, n: int) -> list[str]:
        """The `n` highest bidders, the owner first."""
        self._check_replicas(n)
        place = self._hash(key)
        return sorted(sorted(self._nodes), key=lambda node: -bid(place, self._places[node]))[:n]

    def _owners(self, places: np.ndarray) -> np.ndarray:
        names = sorted(self._nodes)
        best, winner = (
            bids(places, self._places[names[0]]),
            np.zeros(len(places), np.int64),
        )
        for number, node in enumerate(names[1:], start=1):
            offer = bids(places, self._places[node])
            higher = offer > best
            best[higher], winner[higher] = offer[higher], number
        return np.array(names, object)[winner]

    def add(self, node: str) -> None:
        """Lets `node` bid too."""
        self._check_new(node)
        self._places[node] = self._hash(node)
        self._nodes.append(node)

    def remove(self, node: str) -> None:
        """Takes `node` out of the bidding."""
        self._check_known(node)
        self._nodes.remove(node)
        del self._places[node]


def bid(key_place: int, node_place: int) -> int:
    """What a node bids for a key: both hashes stirred into one number of 64 bits.

    The stirring is the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). It is one to one,
    so two nodes never bid the same unless their hashes are equal.
    """
    mixed = key_place ^ node_place
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % SPACE
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % SPACE
    return mixed ^ mixed >> 31


def bids(key_places: np.ndarray, node_place: int) -> np.ndarray:
    """`bid` for an array of keys; numpy's uint64 wraps round by itself."""
    mixed = key_places ^ np.uint64(node_place)
    mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return mixed ^ mixed >> np.uint64(31)
