"""What a node's process and the one that started it say to each other: a `Boot` in, then lines of JSON both ways."""

from __future__ import annotations

import json
import os
import shutil
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, NoReturn

from course_lib.sim.errors import NodeError

if TYPE_CHECKING:
    from course_lib.sim.node import Node


class Boot(NamedTuple):
    """What a node's process has to know. It comes from the process that started it, so it may be a pickle."""

    name: str
    factory: Callable[[], Node]
    kind: type[Node]
    """What the factory makes."""
    peers: tuple[str, ...]
    links: Mapping[str, Mapping[str, Any]]
    """The options of the links from here, by destination."""
    sent: Mapping[str, int]
    """How many messages each of them has carried, in earlier lives of this node."""
    senders: Mapping[str, bool]
    """Who has a link to here, and whether it keeps the order."""
    kinds: Mapping[str, type]
    """The messages that are known, by their names on the wire."""
    transport: str
    port: int
    folder: str
    """Where everything of this run is kept."""
    disk: str
    """The file that is the disk."""
    log: str
    """The file that gets what the node prints."""
    seed: int | str
    life: int
    """1 at first, 2 after the first restart."""


class Control:
    """The way out: lines to the process that started this one."""

    def __init__(self, pipe: BinaryIO) -> None:
        self.pipe, self.lock = pipe, threading.Lock()
        self.folder: str | None = None

    def tell(self, **words: Any) -> None:
        line = json.dumps(words, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            with self.lock:
                self.pipe.write(line)
                self.pipe.flush()
        except OSError:
            self.leave()

    def leave(self) -> NoReturn:
        """The process that started this one is gone, and cannot tidy up: so each of its nodes does, and ends."""
        for _ in range(100):  # another node, or a handler of this one, may be writing at this moment
            if self.folder is None or not os.path.exists(self.folder):
                break
            shutil.rmtree(self.folder, ignore_errors=True)
        os._exit(0)


def described(error: BaseException, doing: str) -> dict[str, Any]:
    """An error in words, with the innermost line that is not the library's own. A node's own errors name it already."""
    words = str(error) if isinstance(error, NodeError) else f"{type(error).__name__}: {error}"
    here = str(Path(__file__).parents[1])
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(here)]
    frame = frames[-1] if frames else None
    return {
        "doing": doing,
        "words": words,
        "line": [frame.filename, frame.lineno, frame.name] if frame else None,
    }
