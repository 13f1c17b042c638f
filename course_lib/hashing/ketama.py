"""libketama's ring, as memcached clients share it.

Richard Jones, "libketama", 2007. A client that follows it (spymemcached, say) finds a key on the
same server as every other. libmemcached by default does not: it drops ":11211" from names and
puts 100 points for each.
"""

from collections.abc import Iterable, Mapping
from hashlib import md5

import numpy as np

from course_lib.hashing.keys import Key, key_bytes
from course_lib.hashing.placement import distinct
from course_lib.hashing.ring import Circle, checked_weight


class KetamaRing(Circle):
    """160 points for a node at equal weights: four out of each MD5 of "name-0" to "name-39".

    Name nodes "host:port", as the clients do. With weights a node gets floor(40 * N * share)
    digests. (The C code computes that share in single precision and so, at a few sizes such as
    61 nodes, ends at 39 for all; and it cuts names after 28 characters. We do neither.)
    """

    bits = 32

    def __init__(self, nodes: Iterable[str] = (), weights: Mapping[str, int] | None = None) -> None:
        super().__init__(nodes, hasher=ketama_hash)
        weights = weights or {}
        for node in weights:
            self._check_known(node)
        self._weights = {node: checked_weight(node, weights.get(node, 1)) for node in self._nodes}
        self._build()

    def _build(self) -> None:
        total = sum(self._weights.values())
        points = sorted(
            (point, node)
            for node in distinct(self._nodes)
            for i in range(int(40 * len(self._nodes) * self._weights[node] // total))
            for point in ketama_points(f"{node}-{i}")
        )
        self._arrange(
            np.array([point for point, _ in points], np.uint64),
            np.array([node for _, node in points], object),
        )

    def add(self, node: str, weight: int = 1) -> None:
        """Puts `node` on the ring."""
        self._check_new(node)
        self._weights[node] = checked_weight(node, weight)
        self._nodes.append(node)
        self._build()

    def remove(self, node: str) -> None:
        """Takes `node` off the ring."""
        self._check_known(node)
        self._nodes.remove(node)
        del self._weights[node]
        self._build()


def ketama_points(name: str) -> list[int]:
    """Four numbers of 32 bits, the four little-endian words of one MD5."""
    digest = md5(name.encode(), usedforsecurity=False).digest()
    return [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]


def ketama_hash(key: Key) -> int:
    """The place of `key` on the 32-bit circle: the first word of its MD5."""
    return int.from_bytes(md5(key_bytes(key), usedforsecurity=False).digest()[:4], "little")
