# %% right: the names of the victim's own points are keys that lie on them
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring, found = HashRing(nodes, vnodes), [f"{victim}#{i}" for i in range(vnodes)][:count]
    tries = 0
    while len(found) < count:
        tries += 1
        if ring.lookup(f"again:{tries}") == victim:
            found.append(f"again:{tries}")
    return found


# %% right: many at once
import numpy as np

from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    keys = np.array([f"k{i}" for i in range(200 * count)], object)
    return keys[HashRing(nodes, vnodes).lookup_many(keys) == victim][:count].tolist()


# %% wrong: same-key-again
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring = HashRing(nodes, vnodes)
    return [next(f"k{i}" for i in range(10_000) if ring.lookup(f"k{i}") == victim)] * count


# %% wrong: key-named-like-the-node
def hot_keys(nodes, vnodes, victim, count):
    return [f"{victim}-{i}" for i in range(count)]


# %% wrong: key-named-like-the-node (like its points, and more than there are)
def hot_keys(nodes, vnodes, victim, count):
    return [f"{victim}#{i}" for i in range(count)]


# %% wrong: salted-hash
def hot_keys(nodes, vnodes, victim, count):
    found, i = [], 0
    while len(found) < count:
        if hash(f"k{i}") % len(nodes) == nodes.index(victim):
            found.append(f"k{i}")
        i += 1
    return found


# %% wrong: other-ring
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring, found, i = HashRing(nodes), [], 0
    while len(found) < count:
        if ring.lookup(f"k{i}") == victim:
            found.append(f"k{i}")
        i += 1
    return found


# %% wrong: not-on-the-victim
def hot_keys(nodes, vnodes, victim, count):
    return [f"user:{i}" for i in range(count)]


# %% wrong: wrong-number
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring = HashRing(nodes, vnodes)
    return [f"k{i}" for i in range(count) if ring.lookup(f"k{i}") == victim]


# %% wrong: not-strings
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring = HashRing(nodes, vnodes)
    return [i for i in range(100 * count) if ring.lookup(i) == victim][:count]


# %% wrong: never-ends
from course_lib.hashing import ModuloHashing


def hot_keys(nodes, vnodes, victim, count):
    found = []
    while len(found) < count:
        for key in ("a", "b", "c"):
            if ModuloHashing(nodes).lookup(key) == victim and key not in found:
                found.append(key)
    return found


# %% error: raised (a node that is not there)
from course_lib.hashing import HashRing


def hot_keys(nodes, vnodes, victim, count):
    ring = HashRing([], vnodes)
    return [f"k{i}" for i in range(count) if ring.lookup(f"k{i}") == victim]
