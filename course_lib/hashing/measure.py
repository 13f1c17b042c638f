"""What the chapter measures of every design: how many keys move, and how even the loads are."""

from collections import Counter
from collections.abc import Collection, Mapping
from statistics import fmean, pstdev

from course_lib.hashing.keys import Key
from course_lib.hashing.placement import Placement


def loads(placement: Placement, keys: Collection[Key]) -> dict[str, int]:
    """How many of `keys` each node holds, in the order of `placement.nodes`; a node without keys has 0."""
    count = Counter(placement.lookup_many(keys).tolist())
    return {node: count[node] for node in placement.nodes}


def moved_share(before: Placement, after: Placement, keys: Collection[Key]) -> float:
    """The share, from 0 to 1, of `keys` that live on another node after than before."""
    return float((before.lookup_many(keys) != after.lookup_many(keys)).mean())


def peak_to_mean(loads: Mapping[str, int]) -> float:
    """The load of the hottest node, as a multiple of the mean."""
    return max(loads.values()) / fmean(loads.values())


def variation(loads: Mapping[str, int]) -> float:
    """The coefficient of variation: standard deviation over mean. On a ring sqrt((N - 1) / (N V + 1)) is expected."""
    return pstdev(loads.values()) / fmean(loads.values())
