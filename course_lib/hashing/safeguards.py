"""What each precaution of the ring is for: a run without it, and what broke."""

import subprocess
import sys
from collections.abc import Callable
from math import sqrt
from statistics import fmean
from zlib import crc32 as crc

from course_lib.hashing.keys import Hasher, Key, position
from course_lib.hashing.measure import arc_shares, loads, peak_to_mean, variation
from course_lib.hashing.ring import HashRing
from course_lib.safeguards import of_safeguard

NODES = [f"n{i}" for i in range(1, 12)]
KEYS = [f"user:{i}" for i in range(20_000)]

SAFEGUARDS = {
    "stable hash": "every process puts a key in the same place",
    "well-spread hash": "points lie anywhere, however alike their names are",
    "wrap-around": "the circle has no end",
    "virtual nodes": "the arcs of a node add up to nearly the same for all",
    "separator in points' names": "no two nodes share a point by their names",
    "one owner for a shared place": "clients agree, whichever node they heard of first",
    "replicas on different nodes": "one crash takes one copy",
}


def without(name: str) -> str:
    """Runs the ring without the safeguard `name` and tells what broke. KeyError for an unknown name."""
    return of_safeguard(_BROKEN, name)()


def _salted_hash() -> str:
    program = (
        "from course_lib.hashing import HashRing;"
        "ring = HashRing([f'n{i}' for i in range(1, 12)], hasher=lambda name: hash(name) % 2**64);"
        "print(*ring.lookup_many([f'user:{i}' for i in range(2000)]))"
    )
    one, other = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    )
    apart = sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
    return f"two processes that use Python's hash() place {apart:.0%} of the keys on different nodes"


def _checksum() -> str:
    def crc32(name: Key) -> int:
        return crc(str(name).encode()) << 32

    def typical(hasher: Hasher) -> float:
        rings = (HashRing([f"cache{seed}-{i}" for i in range(10)], hasher=hasher) for seed in range(50))
        return sqrt(fmean(variation(arc_shares(ring)) ** 2 for ring in rings))

    return f"with CRC32 loads vary by {typical(crc32):.2f} where {typical(position):.2f} is due: a checksum is no hash"


def _no_wrap_around() -> str:
    last = HashRing(NODES, 1).points()[-1][0]
    beyond = sum(position(key) > last for key in KEYS) / len(KEYS)
    return f"{beyond:.1%} of the keys lie past the last point and have no owner (11 nodes, one point each)"


def _one_point() -> str:
    one, many = (peak_to_mean(loads(HashRing(NODES, vnodes), KEYS)) for vnodes in (1, 100))
    return f"the hottest of 11 nodes has {one:.1f} times the mean; with 100 points each {many:.2f} times"


def _no_separator() -> str:
    ring = HashRing(NODES, 100, hasher=lambda name: position(str(name).replace("#", "")))
    places = [place for place, _ in ring.points()]
    shared = len(places) - len(set(places))
    return f"{shared} of {len(places)} points share a place: 'n1' + '10' is 'n11' + '0'"


def _first_come() -> str:
    # On a circle of 32 bits places are shared by chance; the node that came first keeps them.
    names = [f"node-{i}" for i in range(1000)]
    ring = HashRing(names, 160, hasher=lambda name: position(name) >> 32)
    places = [place for place, _ in ring.points()]
    shared = len(places) - len(set(places))
    return f"{shared} places of a 32-bit circle are claimed by two nodes each (1,000 nodes, 160 points each)"


def _next_points() -> str:
    ring = HashRing(NODES[:5], 100)
    together = 0
    for key in KEYS[:2000]:
        walk = ring._walk(key)
        together += len({next(walk) for _ in range(3)}) < 3
    return f"{together / 2000:.0%} of the keys have two of their three copies on one node (5 nodes)"


_BROKEN: dict[str, Callable[[], str]] = {
    "stable hash": _salted_hash,
    "well-spread hash": _checksum,
    "wrap-around": _no_wrap_around,
    "virtual nodes": _one_point,
    "separator in points' names": _no_separator,
    "one owner for a shared place": _first_come,
    "replicas on different nodes": _next_points,
}
