"""ZooKeeper in memory: a tree of znodes, sessions that end, watches that fire once, one number for every write.

    server = ZNodeServer()
    ann = server.client(timeout=10)
    ann.create("/lock/ann-", ephemeral=True, sequence=True, makepath=True)  # "/lock/ann-0000000000"

A client has the part of kazoo's `KazooClient` that the course uses, with the same names, results and errors, so that
one recipe runs here and on a real ensemble. Time is virtual. Left out are the ensemble itself (here is one server that
never fails, whose reads are never stale), access rights and transactions. After P. Hunt and others, "ZooKeeper:
Wait-free Coordination for Internet-scale Systems", USENIX ATC 2010.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kazoo import exceptions
from kazoo.protocol.states import EventType, KeeperState, WatchedEvent, ZnodeStat

from course_lib.locks.znode_client import Watch, ZNodeClient
from course_lib.locks.znode_session import ZNodeSession

__all__ = ["ZNode", "ZNodeClient", "ZNodeServer", "ZNodeTree"]

SECOND = 1_000_000  # the clock counts whole microseconds, so that ten tenths are one


@dataclass
class ZNode:
    """A file and a folder in one: some bytes, children, and what the server has noted down about it."""

    value: bytes = b""
    owner: int = 0  # the session that an ephemeral znode ends with; 0: it is persistent
    czxid: int = 0  # the write that made it
    mzxid: int = 0  # the write that last changed its value
    pzxid: int = 0  # the write that last made or deleted a child
    ctime: int = 0  # milliseconds
    mtime: int = 0
    version: int = 0  # how often its value was changed
    made: int = 0  # children ever made here: the next sequence number. A deletion does not count back.
    children: set[str] = field(default_factory=set)

    def stat(self) -> ZnodeStat:
        """The same in kazoo's form."""
        return ZnodeStat(
            czxid=self.czxid,
            mzxid=self.mzxid,
            ctime=self.ctime,
            mtime=self.mtime,
            version=self.version,
            cversion=2 * self.made - len(self.children),  # children made and deleted
            aversion=0,
            ephemeralOwner=self.owner,
            dataLength=len(self.value),
            numChildren=len(self.children),
            pzxid=self.pzxid,
        )


class ZNodeTree:
    """What requests do to the tree. Each write gets the next number, the `zxid`, even one that fails."""

    def __init__(self) -> None:
        self.nodes = {"/": ZNode()}
        self.zxid = self.writes = self.clock = 0

    def get(self, path: str) -> ZNode:
        if path not in self.nodes:
            raise exceptions.NoNodeError(f"there is no {path}")
        return self.nodes[path]

    def create(self, path: str, value: bytes = b"", owner: int = 0, sequence: bool = False) -> str:
        self._count_write()
        parent = self.get(parent_of(path))
        if sequence:
            path += f"{parent.made:010d}"
        if path in self.nodes:
            raise exceptions.NodeExistsError(f"{path} is there already")
        if parent.owner:
            raise exceptions.NoChildrenForEphemeralsError(f"{parent_of(path)} is ephemeral: no children")
        now = self.clock // 1000
        self.nodes[path] = ZNode(value, owner, self.zxid, self.zxid, self.zxid, now, now)
        parent.made += 1
        parent.children.add(name_of(path))
        parent.pzxid = self.zxid
        self.fire(EventType.CREATED, path, "value")
        self.fire(EventType.CHILD, parent_of(path), "children")
        return path

    def set(self, path: str, value: bytes, version: int) -> ZNode:
        self._count_write()
        node = self._expect(path, version)
        node.value, node.version = value, node.version + 1
        node.mzxid, node.mtime = self.zxid, self.clock // 1000
        self.fire(EventType.CHANGED, path, "value")
        return node

    def delete(self, path: str, version: int) -> None:
        self._count_write()
        if path == "/":
            raise exceptions.BadArgumentsError("/ cannot be deleted")
        if children := self._expect(path, version).children:
            raise exceptions.NotEmptyError(f"delete the {len(children)} children of {path} first")
        self.remove(path)

    def remove(self, path: str) -> None:
        del self.nodes[path]
        parent = self.nodes[parent_of(path)]
        parent.children.remove(name_of(path))
        parent.pzxid = self.zxid
        self.fire(EventType.DELETED, path, "value", "children")
        self.fire(EventType.CHILD, parent_of(path), "children")

    def fire(self, event: str, path: str, *kinds: str) -> None:
        """Tells those who watch. The server knows who they are."""

    def _count_write(self) -> None:
        self.writes += 1
        self.zxid += 1

    def _expect(self, path: str, version: int) -> ZNode:
        """The compare of a compare-and-set."""
        node = self.get(path)
        if version not in (-1, node.version):
            raise exceptions.BadVersionError(f"{path} is at version {node.version}, not {version}")
        return node

    def __str__(self) -> str:
        return "\n".join(self._lines("/", 0))

    def _lines(self, path: str, depth: int) -> Iterator[str]:
        node = self.nodes[path]
        kind = f"ephemeral, session {node.owner}" if node.owner else "persistent"
        value = f", {node.value!r}" if node.value else ""
        yield f"{'  ' * depth}{name_of(path) or '/'}  ({kind}, czxid {node.czxid}{value})"
        for child in sorted(node.children):
            yield from self._lines(f"{path.rstrip('/')}/{child}", depth + 1)


def parent_of(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def name_of(path: str) -> str:
    return path.rpartition("/")[2]


class ZNodeServer(ZNodeTree):
    """A tree with sessions, watches and a clock. `reads`, `writes` and `notifications` (watches fired) are counted.

    All happens in the thread of the call that causes it, and in order: when a call returns, the watches that it fired
    have run. Calls of several threads go one after the other. So a watch must not wait for another thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reads = self.notifications = 0
        self.clients: list[ZNodeSession] = []
        self.sessions: dict[int, ZNodeSession] = {}
        self.lock = threading.RLock()
        self._opened = 0
        self._watches: dict[tuple[str, str], list[tuple[ZNodeSession, Watch]]] = {}
        self._news: deque[tuple[ZNodeSession, Callable[[Any], Any], Any]] = deque()
        self._delivering = False

    def client(self, timeout: float = 10.0) -> ZNodeClient:
        """A new client, whose session ends when it was not heard of for `timeout` seconds."""
        if not 0 < timeout < math.inf:
            raise ValueError(f"the timeout of a session is more than 0 seconds, not {timeout!r}")
        return ZNodeClient(self, round(timeout * SECOND))

    @property
    def now(self) -> float:
        """Seconds of virtual time."""
        return self.clock / SECOND

    def advance(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Lets `seconds` pass, or fewer: until `until()` holds.

        Clients that run and are connected send heartbeats. The sessions of the others end, each when its time is up.
        """
        if not 0 <= seconds < math.inf:
            raise ValueError(f"time goes forward: advance by 0 seconds or more, not by {seconds!r}")
        with self.lock:
            end = self.clock + round(seconds * SECOND)
            for client in self.clients:
                client.catch_up()
            self.deliver()
            while not until():
                first = min(self.sessions.values(), key=ZNodeSession.deadline, default=None)
                if first is None or first.deadline() > end:
                    self.clock = end
                    break
                self.clock = int(first.deadline())
                first.lose_connection()
                self.end_session(first)
                self.deliver()

    def open_session(self, client: ZNodeSession) -> int:
        self.zxid += 1
        self._opened += 1
        self.sessions[self._opened] = client
        return self._opened

    def end_session(self, client: ZNodeSession) -> None:
        """Its ephemeral znodes go, all in one write."""
        self.zxid += 1
        del self.sessions[client.session]
        for path in [path for path, node in self.nodes.items() if node.owner == client.session]:
            self.remove(path)

    def watch(self, kind: str, path: str, client: ZNodeSession, watch: Watch) -> None:
        watchers = self._watches.setdefault((kind, path), [])
        if (client, watch) not in watchers:
            watchers.append((client, watch))

    def unwatch(self, client: ZNodeSession) -> list[Watch]:
        """Takes off all watches of a client, and returns them."""
        taken = [watch for watchers in self._watches.values() for owner, watch in watchers if owner is client]
        for watchers in self._watches.values():
            watchers[:] = [watcher for watcher in watchers if watcher[0] is not client]
        return taken

    def fire(self, event: str, path: str, *kinds: str) -> None:
        """A watch fires once: it is taken off. Who wants to hear more has to look again and watch again."""
        for kind in kinds:
            for client, watch in self._watches.pop((kind, path), []):
                self.notifications += 1
                self.tell(client, watch, WatchedEvent(event, KeeperState.CONNECTED, path))

    def tell(self, client: ZNodeSession, function: Callable[[Any], Any], news: object) -> None:
        self._news.append((client, function, news))

    def deliver(self) -> None:
        """Hands out the news in order. What a watch causes itself comes after the news that were waiting."""
        if self._delivering:
            return
        self._delivering = True
        try:
            while self._news:
                client, function, news = self._news.popleft()
                client.receive(function, news)
        finally:
            self._delivering = False
