"""Jump consistent hash: no table at all, and only the last node can leave.

Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014, figure 1.
"""

from operator import index

import numpy as np

from course_lib.hashing.keys import Key
from course_lib.hashing.placement import Placement

MULTIPLIER = 2862933555777941757  # of the paper's random sequence, modulo 2**64


def jump(key: int, buckets: int) -> int:
    """The bucket, from 0 up to `buckets` - 1, of a key of 64 bits.

    Follow the key while buckets are added one by one: of the (j + 1) buckets after the j-th step
    each is equally likely to be its home, so it moves rarely, and only to the newest. The loop
    jumps straight from one move to the next. Raises ValueError for less than one bucket.
    """
    if buckets < 1:
        raise ValueError(f"a key needs at least one bucket, not {buckets!r}")
    bucket, following = -1, 0
    key = index(key) % 2**64  # numpy's integers would overflow
    while following < buckets:
        bucket = following
        key = (key * MULTIPLIER + 1) % 2**64
        following = int((bucket + 1) * (2**31 / ((key >> 33) + 1)))
    return bucket


class JumpHash(Placement):
    """Node number `jump(h, N)`. Balanced and without memory, but nodes are numbers: their order counts."""

    def lookup(self, key: Key) -> str:
        self._need_nodes()
        return self._nodes[jump(self._hash(key), len(self._nodes))]

    def _owners(self, places: np.ndarray) -> np.ndarray:
        state = places.copy()
        bucket = np.zeros(len(places), np.int64)
        moving, following = np.arange(len(places)), np.zeros(len(places), np.int64)
        while moving.size:
            bucket[moving] = following
            state = state * np.uint64(MULTIPLIER) + np.uint64(1)
            following = ((bucket[moving] + 1) * (2.0**31 / ((state >> np.uint64(33)) + np.uint64(1)))).astype(
                np.int64
            )
            on = following < len(self._nodes)
            moving, following, state = moving[on], following[on], state[on]
        return np.array(self._nodes, object)[bucket]

    def add(self, node: str) -> None:
        """Appends `node`."""
        self._check_new(node)
        self._nodes.append(node)

    def remove(self, node: str) -> None:
        """Removes the last node. Raises ValueError for another one: that would renumber those behind it."""
        self._check_known(node)
        if node != self._nodes[-1]:
            raise ValueError(f"jump hash can lose only its last node, {self._nodes[-1]!r}, not {node!r}")
        self._nodes.pop()
