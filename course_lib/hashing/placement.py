"""The protocol that all designs share: nodes in, the node of a key out."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

import numpy as np

from course_lib.hashing.arguments import is_whole
from course_lib.hashing.keys import Hasher, Key, position, positions


class Placement(ABC):
    """Says on which node each key lives.

    A subclass gives `lookup` for one key and `_owners` for many places at once; both must agree.
    """

    def __init__(self, nodes: Iterable[str] = (), *, hasher: Hasher = position) -> None:
        self._nodes = distinct(nodes)
        self._hash = hasher

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes, in the order in which they came."""
        return tuple(self._nodes)

    @abstractmethod
    def lookup(self, key: Key) -> str:
        """The node that `key` lives on. Raises LookupError when there is no node."""

    @abstractmethod
    def add(self, node: str) -> None:
        """Lets `node` join. Raises ValueError where it is there already."""

    @abstractmethod
    def remove(self, node: str) -> None:
        """Lets `node` go. Raises KeyError where it is not there."""

    @abstractmethod
    def _owners(self, places: np.ndarray) -> np.ndarray:
        """The nodes (objects) of keys whose hashes are `places` (uint64, not empty)."""

    def lookup_many(self, keys: Iterable[Key]) -> np.ndarray:
        """`lookup` of each key, as an array of objects (str) of the same length."""
        places = positions(keys, self._hash)
        if not places.size:
            return np.empty(0, object)
        self._need_nodes()
        return self._owners(places)

    def _need_nodes(self) -> None:
        if not self._nodes:
            raise LookupError("there is no node yet: add one, then look up keys")

    def _check_new(self, node: str) -> None:
        check_name(node)
        if node in self._nodes:
            raise ValueError(f"node {node!r} is there already: give the new one a name of its own")

    def _check_known(self, node: str) -> None:
        if node not in self._nodes:
            raise KeyError(f"no node {node!r} here, only {', '.join(self._nodes) or 'an empty set'}")

    def _check_replicas(self, n: int) -> None:
        self._need_nodes()
        if not is_whole(n):
            raise TypeError(f"n is a number of nodes, not {n!r}")
        if not 1 <= n <= len(self._nodes):
            raise ValueError(f"n = {n} replicas want n different nodes, and there are {len(self._nodes)}")

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, node: object) -> bool:
        return node in self._nodes

    def __repr__(self) -> str:
        shown = ", ".join(self._nodes[:4]) + (", ..." if len(self._nodes) > 4 else "")
        return f"<{type(self).__name__} of {len(self._nodes)} nodes: {shown}>"


def check_name(node: object) -> None:
    """Raises TypeError for a node that is no str."""
    if not isinstance(node, str):
        raise TypeError(f"a node is named by a str, not {type(node).__name__}: {node!r}")


def distinct(nodes: Iterable[str]) -> list[str]:
    """`nodes` as a list. Raises TypeError for a node that is no str, ValueError for one named twice."""
    names = list(nodes)
    for node in names:
        check_name(node)
    if len(set(names)) < len(names):
        twice = next(node for node in names if names.count(node) > 1)
        raise ValueError(f"node {twice!r} is named twice: each node needs a name of its own")
    return names
