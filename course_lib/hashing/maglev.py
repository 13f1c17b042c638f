"""Maglev: a look-up table that the nodes fill in turn, so that all get the same share.

Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4.
"""

from collections.abc import Iterable

import numpy as np

from course_lib.hashing.arguments import is_whole
from course_lib.hashing.keys import Hasher, Key, position
from course_lib.hashing.placement import Placement

LARGEST = 5_000_011  # a prime; Envoy's limit too


class MaglevTable(Placement):
    """One table entry for each `h mod size`; balanced almost perfectly, and moves a few keys too many.

    `size` is a prime, much larger than the number of nodes. Raises ValueError where it is none, or
    above 5,000,011.
    """

    def __init__(self, nodes: Iterable[str] = (), size: int = 65537, *, hasher: Hasher = position) -> None:
        super().__init__(nodes, hasher=hasher)
        if not is_whole(size) or not 1 < size <= LARGEST or not is_prime(size):
            raise ValueError(
                f"size must be a prime (65537, say), so that every step visits all entries, "
                f"and at most {LARGEST:,}; not {size!r}"
            )
        self._size = int(size)
        self._fill(self._nodes)

    def _fill(self, nodes: list[str]) -> None:
        """Each node has its own order of preference; in turn each takes its next free entry."""
        if len(nodes) > self._size:
            raise ValueError(
                f"{len(nodes)} nodes do not fit into a table of {self._size} entries: make it larger"
            )
        self._nodes = nodes
        names, size = sorted(nodes), self._size
        entry = [self._hash(f"{node}#offset") % size for node in names]
        skip = [self._hash(f"{node}#skip") % (size - 1) + 1 for node in names]
        table: list[str | None] = [None] * size
        left = size if names else 0
        while left:
            for i, node in enumerate(names):
                while table[entry[i]] is not None:
                    entry[i] = (entry[i] + skip[i]) % size
                table[entry[i]] = node
                left -= 1
                if not left:
                    break
        self._table = np.array(table, object)

    def lookup(self, key: Key) -> str:
        self._need_nodes()
        return self._table[self._hash(key) % self._size]

    def _owners(self, places: np.ndarray) -> np.ndarray:
        return self._table[places % np.uint64(self._size)]

    def add(self, node: str) -> None:
        """Fills the table anew with `node` among the others."""
        self._check_new(node)
        self._fill([*self._nodes, node])

    def remove(self, node: str) -> None:
        """Fills the table anew without `node`."""
        self._check_known(node)
        self._fill([other for other in self._nodes if other != node])


def is_prime(number: int) -> bool:
    """By trial division: table sizes are small."""
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))
