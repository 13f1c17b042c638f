"""A ring on which no node takes more than its share and a little: the rest walks on.

Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018.
"""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from course_lib.hashing.arguments import is_number
from course_lib.hashing.keys import Key, as_collection, key_bytes
from course_lib.hashing.placement import Placement
from course_lib.hashing.ring import HashRing


class BoundedLoadRing(Placement):
    """Each key goes to the first node with room, clockwise from its place.

    With m keys on n nodes a node has room for ceil((1 + epsilon) * m / n), the new key counted
    in m. So the place of a key depends on the others: it is remembered, not computed.
    Raises ValueError for a negative epsilon.
    """

    def __init__(self, nodes: Iterable[str] = (), vnodes: int = 100, epsilon: float = 0.25) -> None:
        self._ring = HashRing(nodes, vnodes)
        super().__init__(self._ring.nodes)
        if not is_number(epsilon) or not 0 <= epsilon < float("inf"):
            raise ValueError(
                f"epsilon is the slack above the mean, a number from 0 up (0.25 is 25 %), not {epsilon!r}"
            )
        self._slack = 1 + Fraction(str(epsilon))  # exact: 1.1 * 100 / 10 is 11, not a shade more
        self._forget()

    def _forget(self) -> None:
        self._home: dict[bytes, str] = {}  # in order of arrival
        self._keys: dict[str, dict[bytes, None]] = {node: {} for node in self._nodes}

    def capacity(self, keys: int | None = None) -> int:
        """How many keys a node may hold when there are `keys` in all (by default: now)."""
        self._need_nodes()
        total = len(self._home) if keys is None else keys
        return -(-self._slack * total // len(self._nodes))  # ceil

    @property
    def loads(self) -> dict[str, int]:
        """How many keys each node holds."""
        return {node: len(keys) for node, keys in self._keys.items()}

    def assign(self, key: Key) -> str:
        """Gives `key` a node and remembers it; a key that has one keeps it."""
        name = key_bytes(key)
        if name in self._home:
            return self._home[name]
        return self._place(name, self.capacity(len(self._home) + 1))

    def _place(self, name: bytes, capacity: int) -> str:
        node = next(node for node in self._ring._walk(name) if len(self._keys[node]) < capacity)
        self._home[name] = node
        self._keys[node][name] = None
        return node

    def release(self, key: Key) -> None:
        """Forgets `key`. Raises KeyError for one that was never assigned.

        Fewer keys mean less room for each node: one that is now too full passes on its newest key.
        """
        name = key_bytes(key)
        if name not in self._home:
            raise KeyError(f"key {key!r} has no node to release: assign it first")
        del self._keys[self._home.pop(name)][name]
        capacity = self.capacity()
        for node in sorted(self._nodes):
            while len(self._keys[node]) > capacity:
                newest, _ = self._keys[node].popitem()
                self._place(newest, capacity)

    def lookup(self, key: Key) -> str:
        """Where `key` is now. Raises KeyError for one that was never assigned."""
        name = key_bytes(key)
        if name not in self._home:
            raise KeyError(f"key {key!r} has no node yet: assign it first")
        return self._home[name]

    def lookup_many(self, keys: Iterable[Key]) -> np.ndarray:
        return np.array([self.lookup(key) for key in as_collection(keys)], object)

    def _owners(self, places: np.ndarray) -> np.ndarray:
        raise NotImplementedError("a bounded ring looks keys up by name, not by place")

    def add(self, node: str) -> None:
        """Puts `node` on the ring; all keys are placed again in the order in which they came."""
        self._ring.add(node)
        self._nodes.append(node)
        self._replay()

    def remove(self, node: str) -> None:
        """Takes `node` off; all keys are placed again. Raises ValueError for the last node of keys."""
        self._check_known(node)
        if len(self._nodes) == 1 and self._home:
            raise ValueError(
                f"node {node!r} is the last one and holds {len(self._home)} keys: release them first"
            )
        self._ring.remove(node)
        self._nodes.remove(node)
        self._replay()

    def _replay(self) -> None:
        names = list(self._home)
        self._forget()
        for count, name in enumerate(names, start=1):
            self._place(name, self.capacity(count))
