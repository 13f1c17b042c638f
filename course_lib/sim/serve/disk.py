"""A node's disk as a file: JSON, replaced as a whole, so that a crash leaves the old contents or the new ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course_lib.sim import wire
from course_lib.sim.site import DURABLE, WRITE, Effect


def write(path: Path, contents: dict[Any, Any]) -> None:
    """Returns once the contents would outlive a power failure."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(wire.dumps(contents).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)  # atomic: nobody ever sees half a file
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name too must be on the disk
        finally:
            os.close(folder)


def read(path: Path, find: wire.Find) -> dict[Any, Any]:
    """The contents; empty where nothing was ever written."""
    return wire.loads(path.read_bytes(), find) if path.exists() else {}


def without_overwritten(effects: Sequence[Effect]) -> list[Effect]:
    """Of writes that follow each other only the last: the others are gone before anybody could have seen them."""
    kept: list[Effect] = []
    later = None
    for effect in reversed(effects):
        if effect[0] in DURABLE:
            if effect[0] == later == WRITE:
                continue
            later = effect[0]
        kept.append(effect)
    return kept[::-1]
