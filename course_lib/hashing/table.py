"""The ring's fast path for many keys: look into a table, in place of a binary search.

The circle is cut into equal buckets, many more than there are points, and the table holds for
each bucket the first point at or after its beginning. The top bits of a hash are its bucket's
number, so most keys are done after one look; the few that share a bucket with points step on.
"""

import numpy as np


class BucketTable:
    """Owners of sorted points, for whole arrays of places. Same answers as `bisect_left`."""

    def __init__(self, places: np.ndarray, owners: np.ndarray, bits: int) -> None:
        """Points at `places` (uint64, sorted, below 2**bits) with their `owners` (objects)."""
        buckets_bits = min(bits, (8 * len(places)).bit_length())
        self._shift = np.uint64(bits - buckets_bits)
        beginnings = np.arange(2**buckets_bits, dtype=np.uint64) << self._shift
        self._first = np.searchsorted(places, beginnings)
        # Past the last point comes the first again; no place is above the largest number.
        self._places = np.append(places, np.uint64(2**64 - 1))
        self._point_owners = np.append(owners, owners[:1])

    def owners(self, places: np.ndarray) -> np.ndarray:
        """The owner of the first point at or after each of `places`, going round."""
        point = self._first[places >> self._shift]
        behind = np.flatnonzero(self._places[point] < places)
        while behind.size:
            point[behind] += 1
            behind = behind[self._places[point[behind]] < places[behind]]
        return self._point_owners[point]
