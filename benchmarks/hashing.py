"""The ring beside uhashring (Python) and fastring (Rust, from Python 3.13 on)."""

from importlib.util import find_spec
from itertools import count

from uhashring import HashRing as UHashRing

from benchmarks.timing import best, report
from course_lib.hashing import HashRing, positions

NODES = [f"node-{i}" for i in range(100)]
KEYS = [f"user:{i}" for i in range(1_000_000)]
FEW = KEYS[:100_000]


def main() -> None:
    """Many keys, one key, a new node."""
    if not find_spec("fastring"):
        print("  (without fastring: on Python 3.13 or newer, `.venv/bin/pip install fastring` brings it)")
    many()
    one()
    join()


def many() -> None:
    """A million keys on 100 nodes x 160 points."""
    ours, theirs = HashRing(NODES, 160), UHashRing(NODES)
    ours.lookup_many(KEYS)  # the table is built once after a change
    took = best(lambda: ours.lookup_many(KEYS))
    hashing = best(lambda: positions(KEYS))
    peer = best(lambda: [theirs.get_node(key) for key in KEYS], 1)
    rows = [
        ("HashRing.lookup_many", took, ""),
        ("hashing those keys alone", hashing, f"lookup_many takes {took / hashing:.2f} times as long"),
        ("uhashring, key by key", peer, f"lookup_many is {peer / took:.0f} times as fast"),
    ]
    if find_spec("fastring"):
        rust = fastring()
        single = best(lambda: [rust.get_node(key) for key in KEYS], 2)
        batch = best(lambda: rust.get_node_batch(KEYS), 3)
        rows.append(("fastring, key by key", single, f"lookup_many is {single / took:.1f} times as fast"))
        rows.append(("fastring, as a batch", batch, f"lookup_many is {batch / took:.1f} times as fast"))
    report(rows, "1,000,000 str keys, 100 nodes x 160 points")


def one() -> None:
    """One key at a time."""
    ours, theirs = HashRing(NODES, 160), UHashRing(NODES)
    ours.lookup(KEYS[0])
    took = best(lambda: [ours.lookup(key) for key in FEW]) / len(FEW)
    peer = best(lambda: [theirs.get_node(key) for key in FEW], 3) / len(FEW)
    rows = [
        ("HashRing.lookup", took, ""),
        ("uhashring get_node", peer, f"lookup is {peer / took:.1f} times as fast"),
    ]
    if find_spec("fastring"):
        rust = fastring()
        native = best(lambda: [rust.get_node(key) for key in FEW]) / len(FEW)
        rows.append(("fastring get_node", native, f"lookup is {native / took:.1f} times as fast"))
    report(rows, "one lookup, 100 nodes x 160 points")


def join() -> None:
    """A node more on 1,000 x 160."""
    names = [f"node-{i}" for i in range(1000)]
    build = best(lambda: HashRing(names, 160))
    ring, number = HashRing(names, 160), count()
    add = best(lambda: ring.add(f"new-{next(number)}"))
    theirs = UHashRing(names)
    peer = best(lambda: theirs.add_node(f"new-{next(number)}"), 3)
    rows = [
        ("HashRing built afresh", build, ""),
        ("HashRing.add", add, f"{add / build:.1%} of building"),
        ("uhashring add_node", peer, f"add is {peer / add:.0f} times as fast"),
    ]
    report(rows, "a node joins 1,000 nodes x 160 points")


def fastring():
    """The peer's ring with as many points."""
    from fastring import HashRing as FastRing

    ring = FastRing(virtual_nodes=160)
    for node in NODES:
        ring.add_node(node)
    return ring
