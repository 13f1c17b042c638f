"""libketama's ring, as memcached clients share it.

Richard Jones, "libketama", 2007. Points are named "host:port-i", as in the tables of libketama's
placements that spymemcached's KetamaNodeLocatorTest publishes, and keys lie where those say. Clients
that name their points otherwise agree about the method, but not about the places.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import md5

import numpy as np

from course_lib.hashing.keys import Key, key_bytes
from course_lib.hashing.ring import Circle, checked_weight


class KetamaRing(Circle):
    """160 points for a node at equal weights: four out of each MD5 of "name-0" to "name-39".

    Name nodes "host:port". With weights a node gets floor(40 * N * share) digests, but at least one.
    (libketama computes the share in single precision and may end a digest lower, as at 61 equal
    nodes; and it gives a node of a tiny share no point at all. Here every node has a part of the
    circle, so that a preference list can name them all.)
    """

    bits = 32

    def __init__(self, nodes: Iterable[str] = (), weights: Mapping[str, float] | None = None) -> None:
        super().__init__(nodes, hasher=ketama_hash)
        weights = weights or {}
        for node in weights:
            self._check_known(node)
        self._build({node: weights.get(node, 1) for node in self._nodes})

    def _build(self, weights: Mapping[str, float]) -> None:
        """Takes nodes and weights only once all points are there: a refused change changes nothing."""
        # Exact, as the weights are written: of three nodes with 0.1 each has a third, not a shade less.
        exact = {node: Fraction(str(checked_weight(node, weight))) for node, weight in weights.items()}
        total = sum(exact.values())
        points = sorted(
            (point, node)
            for node, weight in exact.items()
            for i in range(max(1, 40 * len(exact) * weight // total))
            for point in ketama_points(f"{node}-{i}")
        )
        self._nodes, self._weights = list(weights), dict(weights)
        self._arrange(
            np.array([point for point, _ in points], np.uint64),
            np.array([node for _, node in points], object),
        )

    def add(self, node: str, weight: float = 1) -> None:
        """Puts `node` on the ring."""
        self._check_new(node)
        self._build({**self._weights, node: weight})

    def remove(self, node: str) -> None:
        """Takes `node` off the ring."""
        self._check_known(node)
        self._build({other: weight for other, weight in self._weights.items() if other != node})


def ketama_points(name: str) -> list[int]:
    """Four numbers of 32 bits, the four little-endian words of one MD5."""
    digest = md5(key_bytes(name), usedforsecurity=False).digest()
    return [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]


def ketama_hash(key: Key) -> int:
    """The place of `key` on the 32-bit circle: the first word of its MD5."""
    return int.from_bytes(md5(key_bytes(key), usedforsecurity=False).digest()[:4], "little")
