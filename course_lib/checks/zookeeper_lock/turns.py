"""The folder of 05.fence as it was in each turn: who had the lock, who waited behind, and what ZooKeeper told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Znode = Mapping[str, int]
Folder = Mapping[str, Znode]
Turn = tuple[str, Znode, int]
"""The first in the queue by its name, what ZooKeeper tells of it, and how many wait behind it."""


def znode(czxid: int, session: int, ctime: int, *, mzxid: int = 0, version: int = 0, mtime: int = 0) -> Znode:
    """What ZooKeeper tells of an ephemeral znode."""
    return {
        "czxid": czxid,
        "mzxid": mzxid or czxid,
        "pzxid": czxid,
        "ctime": ctime,
        "mtime": mtime or ctime,
        "version": version,
        "cversion": 0,
        "ephemeralOwner": session,
        "numChildren": 0,
    }


STORIES: dict[str, Sequence[Turn]] = {
    "one after the other": (
        ("ann-0000000004", znode(21, 1001, 70_000), 2),
        ("bob-0000000005", znode(24, 1002, 71_000), 2),
        ("cem-0000000006", znode(30, 1003, 74_000), 1),
    ),
    "alone in the folder": (
        ("ann-0000000004", znode(21, 1001, 70_000), 0),
        ("bob-0000000005", znode(24, 1002, 71_000), 0),
    ),
    "the queue grows": (
        ("ann-0000000004", znode(21, 1001, 70_000), 1),
        ("ann-0000000004", znode(21, 1001, 70_000), 3),
        ("bob-0000000005", znode(24, 1002, 71_000), 2),
    ),
    "an old session comes late": (
        ("ann-0000000004", znode(21, 1009, 70_000), 1),
        ("bob-0000000005", znode(24, 1002, 71_000), 2),
    ),
    "in one millisecond, and a clock that goes back": (
        ("cem-0000000004", znode(21, 1001, 70_000), 2),
        ("bob-0000000005", znode(22, 1002, 70_000), 3),
        ("ann-0000000006", znode(40, 1003, 69_200), 1),
    ),
    "the folder is made again": (
        ("ann-0000000041", znode(90, 1001, 70_000), 2),
        ("bob-0000000000", znode(96, 1002, 71_000), 2),
    ),
    "the holder writes into its znode": (
        ("ann-0000000004", znode(21, 1001, 70_000), 2),
        ("ann-0000000004", znode(21, 1001, 70_000, mzxid=35, version=2, mtime=75_000), 2),
        ("bob-0000000005", znode(24, 1002, 71_000), 1),
    ),
}
"""Turns at the lock, one after the other; somebody twice where its turn is looked at twice."""


def turns(story: str) -> list[tuple[Folder, str]]:
    """`znodes` and `mine` in each turn of a story, a test's name: what `fence` is called with."""
    if story not in STORIES:
        raise ValueError(f"there is no {story!r}; there are {', '.join(map(repr, STORIES))}")
    return [(folder(*turn), turn[0]) for turn in STORIES[story]]


def folder(name: str, first: Znode, waiting: int) -> Folder:
    """That znode and those behind it. They are named in no order, and one of them has the oldest session of all."""
    number = int(name[-10:])
    behind = {
        f"zoe-{number + 2:010d}": znode(first["czxid"] + 9, 1000, first["ctime"] - 1),
        f"abe-{number + 1:010d}": znode(first["czxid"] + 8, 1044, first["ctime"] + 9),
        f"kim-{number + 3:010d}": znode(first["czxid"] + 12, 1050, first["ctime"] + 40),
    }
    names = list(behind)[:waiting]
    return {**{one: behind[one] for one in names[:1]}, name: first, **{one: behind[one] for one in names[1:]}}
