"""The hash ring: keys and nodes on one circle, and a key belongs to the next point clockwise.

Karger et al., "Consistent Hashing and Random Trees", STOC 1997; the virtual nodes and the
preference list as in DeCandia et al., "Dynamo", SOSP 2007, section 4.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from course_lib.hashing.arguments import is_number, is_whole
from course_lib.hashing.keys import Hasher, Key, position, positions
from course_lib.hashing.placement import Placement
from course_lib.hashing.table import BucketTable

MOST_POINTS = 1_000_000  # a node: more would fill the memory and even out nothing


class Circle(Placement):
    """Points on a circle, each owned by a node. Subclasses say where a node's points lie.

    The points are two arrays in step, sorted by place. Where two nodes have a point in the same
    place, the one with the smaller name comes first and owns it: so nothing depends on the order
    in which nodes came, and the other takes over when the first leaves.
    """

    bits = 64  # of a place

    def _arrange(self, places: np.ndarray, owners: np.ndarray) -> None:
        """Takes points that are sorted already."""
        self._places, self._point_owners = places, owners
        self._lists: tuple[list[int], list[str]] | None = None  # for one key at a time
        self._table: BucketTable | None = None  # for many

    def place(self, key: Key) -> int:
        """Where `key` lies on the circle, from 0 up to 2**bits - 1."""
        return self._hash(key)

    def lookup(self, key: Key) -> str:
        places, owners = self._lists or self._make_lists()
        return owners[bisect_left(places, self._hash(key))]

    def _make_lists(self) -> tuple[list[int], list[str]]:
        self._need_nodes()
        owners: list[str] = self._point_owners.tolist()
        # Past the last point the circle begins again: one more owner stands for the wrap-around.
        self._lists = self._places.tolist(), [*owners, owners[0]]
        return self._lists

    def _owners(self, places: np.ndarray) -> np.ndarray:
        if self._table is None:
            self._table = BucketTable(self._places, self._point_owners, self.bits)
        return self._table.owners(places)

    def preference_list(self, key: Key, n: int) -> list[str]:
        """The first `n` different nodes that one meets from `key` on, its owner first.

        Points of a node that is listed already are skipped: two virtual nodes of one machine are
        no two replicas. Raises ValueError where `n` is below 1 or there are fewer than `n` nodes.
        """
        self._check_replicas(n)
        found: dict[str, None] = {}
        for node in self._walk(key):
            found[node] = None
            if len(found) == n:
                break
        return list(found)

    def _walk(self, key: Key) -> Iterator[str]:
        """The owner of every point, once round the circle from `key` on."""
        places, owners = self._lists or self._make_lists()
        start = bisect_left(places, self._hash(key))
        for i in range(start, start + len(places)):
            yield owners[i % len(places)]

    def points(self) -> list[tuple[int, str]]:
        """All points, as (place, node), in order round the circle."""
        return list(zip(self._places.tolist(), self._point_owners.tolist(), strict=True))


class HashRing(Circle):
    """A ring with `vnodes` points (virtual nodes) for a node of weight 1, and in proportion for others.

    `add` and `remove` move only the keys that the new node gets or the old one had. A weight is
    a number above 0; a node has at least one point, and at most 1,000,000.
    """

    def __init__(
        self,
        nodes: Iterable[str] = (),
        vnodes: int = 100,
        weights: Mapping[str, float] | None = None,
        *,
        hasher: Hasher = position,
    ) -> None:
        super().__init__(nodes, hasher=hasher)
        if not is_whole(vnodes) or not 1 <= vnodes <= MOST_POINTS:
            raise ValueError(
                f"vnodes is a whole number of points for each node, from 1 to {MOST_POINTS:,}, not {vnodes!r}"
            )
        weights = weights or {}
        for node in weights:
            self._check_known(node)
        self.vnodes = int(vnodes)
        self._weights = {node: checked_weight(node, weights.get(node, 1)) for node in self._nodes}
        in_order = sorted(self._nodes)  # the sort below is stable: equal places stay in order of name
        points = [self._points_of(node, self._weights[node]) for node in in_order]
        places = np.concatenate(points) if points else np.empty(0, np.uint64)
        owners = np.repeat(np.array(in_order, object), [len(own) for own in points])
        order = np.argsort(places, kind="stable")
        self._arrange(places[order], owners[order])

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each node."""
        return dict(self._weights)

    def _points_of(self, node: str, weight: float) -> np.ndarray:
        if self.vnodes * weight > MOST_POINTS:
            raise ValueError(
                f"{self.vnodes} vnodes by the weight {weight!r} of {node!r} are more than {MOST_POINTS:,} "
                f"points: weights are relative, so make all of them smaller"
            )
        # The "#" keeps the 11th point of "n1" ("n1#10") apart from the first of "n11" ("n11#0").
        names = [f"{node}#{i}" for i in range(max(1, round(self.vnodes * weight)))]
        return np.sort(positions(names, self._hash))

    def add(self, node: str, weight: float = 1) -> None:
        """Puts `node` on the ring. Raises ValueError where it is there, or for a weight of 0 or less."""
        self._check_new(node)
        weight = checked_weight(node, weight)
        new = self._points_of(node, weight)
        at = np.searchsorted(self._places, new)
        for i in self._taken(at, new):
            while (
                at[i] < len(self._places)
                and self._places[at[i]] == new[i]
                and self._point_owners[at[i]] < node
            ):
                at[i] += 1
        self._nodes.append(node)
        self._weights[node] = weight
        self._arrange(np.insert(self._places, at, new), np.insert(self._point_owners, at, node))

    def _taken(self, at: np.ndarray, new: np.ndarray) -> np.ndarray:
        """Which of the `new` places hold a point of another node already."""
        inside = np.flatnonzero(at < len(self._places))
        return inside[self._places[at[inside]] == new[inside]]

    def remove(self, node: str) -> None:
        """Takes `node` and all its points off the ring. Raises KeyError where it is not on it."""
        self._check_known(node)
        self._nodes.remove(node)
        del self._weights[node]
        stays = self._point_owners != node
        self._arrange(self._places[stays], self._point_owners[stays])


def checked_weight(node: str, weight: float) -> float:
    """`weight` as Python's own int or float, or the error that names it."""
    if not is_number(weight):
        raise TypeError(f"the weight of {node!r} is a number, not {weight!r}")
    if not 0 < weight < float("inf"):
        raise ValueError(
            f"the weight of {node!r} must be above 0, not {weight!r}; remove the node to give it no keys"
        )
    return int(weight) if is_whole(weight) else float(weight)
