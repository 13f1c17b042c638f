"""The calls of a ZooKeeper client, as kazoo's `KazooClient` has them, on the model in `znodes`."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kazoo import exceptions
from kazoo.protocol.paths import normpath
from kazoo.protocol.states import WatchedEvent, ZnodeStat

from course_lib.locks.znode_session import ZNodeSession

if TYPE_CHECKING:
    from course_lib.locks.znodes import ZNodeServer

Watch = Callable[[WatchedEvent], Any]


class ZNodeClient(ZNodeSession):
    """One process with one session, made by `ZNodeServer.client`. What can happen to it is in `ZNodeSession`.

    Where kazoo's client would wait for its connection, this one raises ConnectionLoss: in one thread, nobody could
    bring the connection back meanwhile.
    """

    def create(
        self,
        path: str,
        value: bytes = b"",
        *,
        ephemeral: bool = False,
        sequence: bool = False,
        makepath: bool = False,
    ) -> str:
        """Makes a znode and returns its path, which ends in ten digits where it is sequential.

        Raises NoNodeError without a parent (unless `makepath`), NodeExistsError, NoChildrenForEphemeralsError.
        """
        path, value = normpath("/" + path, trailing=sequence), _bytes(value)
        with self._write() as server:
            owner = self.session if ephemeral else 0
            try:
                return server.create(path, value, owner, sequence)
            except exceptions.NoNodeError:
                if not makepath:
                    raise
                self._ensure(path.rpartition("/")[0])
                return server.create(path, value, owner, sequence)

    def ensure_path(self, path: str) -> str | bool:
        """Makes a persistent znode and its parents. True if it was there; else its path, as in kazoo."""
        with self._request():
            return self._ensure(normpath("/" + path))

    def _ensure(self, path: str) -> str | bool:
        self.server.reads += 1
        if not path or path in self.server.nodes:
            return True
        self._ensure(path.rpartition("/")[0])
        return self.server.create(path)

    def exists(self, path: str, watch: Watch | None = None) -> ZnodeStat | None:
        """The stat of a znode, or None. `watch` is called when the znode is made, changed or deleted."""
        with self._read(path) as (server, path):
            self._watch("value", path, watch)
            return server.nodes[path].stat() if path in server.nodes else None

    def get(self, path: str, watch: Watch | None = None) -> tuple[bytes, ZnodeStat]:
        """Value and stat. `watch` is called when the znode is changed or deleted.

        Raises NoNodeError, and then leaves no watch.
        """
        with self._read(path) as (server, path):
            node = server.get(path)
            self._watch("value", path, watch)
            return node.value, node.stat()

    def get_children(self, path: str, watch: Watch | None = None) -> list[str]:
        """The names of the children, in an order that means nothing. `watch` is called when one is made or deleted.

        Raises NoNodeError, and then leaves no watch.
        """
        with self._read(path) as (server, path):
            node = server.get(path)
            self._watch("children", path, watch)
            return sorted(node.children, key=lambda name: zlib.crc32(name.encode()))

    def sync(self, path: str) -> str:
        """Waits until our server has heard of all writes that came before. The model has one server, so it has."""
        with self._read(path) as (_, path):
            return path

    def set(self, path: str, value: bytes, version: int = -1) -> ZnodeStat:
        """Changes the value if the znode is at that version (-1: at any). Raises BadVersionError, NoNodeError."""
        with self._write() as server:
            return server.set(normpath("/" + path), _bytes(value), version).stat()

    def delete(self, path: str, version: int = -1) -> bool:
        """Deletes a znode at that version (-1: at any). Raises BadVersionError, NoNodeError, NotEmptyError."""
        with self._write() as server:
            server.delete(normpath("/" + path), version)
            return True

    def retry(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Calls the function, once. Kazoo's would repeat it until the connection is back."""
        return function(*args, **options)

    @contextmanager
    def _read(self, path: str) -> Iterator[tuple[ZNodeServer, str]]:
        with self._request() as server:
            server.reads += 1
            yield server, normpath("/" + path)

    def _watch(self, kind: str, path: str, watch: Watch | None) -> None:
        if watch is None:
            return
        if not callable(watch):
            raise TypeError(f"a watch is a function of one event, not {watch!r}")
        self.server.watch(kind, path, self, watch)


def _bytes(value: bytes) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(f"the value of a znode is bytes, not {value!r}")
    return value
