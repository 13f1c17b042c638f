"""What the chapter measures of every design: how many keys move, and how even the loads are."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from statistics import fmean, pstdev

import numpy as np

from course_lib.hashing.keys import Key, as_collection
from course_lib.hashing.placement import Placement
from course_lib.hashing.ring import Circle


def loads(placement: Placement, keys: Iterable[Key]) -> dict[str, int]:
    """How many of `keys` each node holds, in the order of `placement.nodes`; a node without keys has 0."""
    count = Counter(placement.lookup_many(keys).tolist())
    return {node: count[node] for node in placement.nodes}


def moved_share(before: Placement, after: Placement, keys: Iterable[Key]) -> float:
    """The share, from 0 to 1, of `keys` that live on another node after than before."""
    keys = as_collection(keys)  # a generator could be read only once
    return float((before.lookup_many(keys) != after.lookup_many(keys)).mean())


def peak_to_mean(loads: Mapping[str, float]) -> float:
    """The load of the hottest node, as a multiple of the mean."""
    return max(loads.values()) / fmean(loads.values())


def variation(loads: Mapping[str, float]) -> float:
    """The coefficient of variation: standard deviation over mean."""
    return pstdev(loads.values()) / fmean(loads.values())


def arc_shares(ring: Circle) -> dict[str, float]:
    """The share of the circle, from 0 to 1, that each node owns: its share of endlessly many keys.

    Raises LookupError when there is no node.
    """
    ring._need_nodes()
    around = 2**ring.bits
    places, owners = zip(*ring.points(), strict=True)
    arcs = np.diff(np.array(places, np.float64), prepend=float(places[-1] - around)) / around
    names, owner = np.unique(owners, return_inverse=True)
    shares = np.bincount(owner, arcs)
    return dict(zip(names.tolist(), shares.tolist(), strict=True))


def needless_moves(
    design: Callable[[Collection[str]], Placement], nodes: Collection[str], leaver: str, keys: Iterable[Key]
) -> str:
    """The share of keys that move although their node stays, when `leaver` leaves; or that it cannot."""
    before, after = design(nodes), design(nodes)
    try:
        after.remove(leaver)
    except ValueError:
        return "only the last can leave"
    keys = as_collection(keys)
    was, now = before.lookup_many(keys), after.lookup_many(keys)
    return f"{((was != now) & (was != leaver)).mean():.1%}"
