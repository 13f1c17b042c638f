"""The obvious way, and the article's formula: the hash, modulo the number of nodes."""

from collections.abc import Iterable

import numpy as np

from course_lib.hashing.arguments import is_whole
from course_lib.hashing.keys import Hasher, Key, position
from course_lib.hashing.placement import Placement


class ModuloHashing(Placement):
    """Node number `h mod q`, or with `p` the article's `(h mod p) mod q`; q is the number of nodes.

    Even and cheap, and nearly every key moves when q changes. The order of `nodes` matters.
    Raises ValueError for a `p` below 1.
    """

    def __init__(
        self,
        nodes: Iterable[str] = (),
        p: int | None = None,
        *,
        hasher: Hasher = position,
    ) -> None:
        super().__init__(nodes, hasher=hasher)
        if p is not None and (not is_whole(p) or p < 1):
            raise ValueError(f"p is the size of the hash table, a whole number from 1 up, not {p!r}")
        self._p = None if p is None else int(p)

    def lookup(self, key: Key) -> str:
        self._need_nodes()
        place = self._hash(key)
        if self._p is not None:
            place %= self._p
        return self._nodes[place % len(self._nodes)]

    def _owners(self, places: np.ndarray) -> np.ndarray:
        if self._p is not None and self._p < 2**64:
            places = places % np.uint64(self._p)
        return np.array(self._nodes, object)[places % np.uint64(len(self._nodes))]

    def add(self, node: str) -> None:
        """Appends `node`, and moves nearly everything."""
        self._check_new(node)
        self._nodes.append(node)

    def remove(self, node: str) -> None:
        """Takes `node` out; those behind it get new numbers."""
        self._check_known(node)
        self._nodes.remove(node)
