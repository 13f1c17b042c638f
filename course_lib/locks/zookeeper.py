"""A lock on ZooKeeper: a queue of znodes, in which each waits for the one before it.

The recipe is "Locks" in Apache ZooKeeper's "ZooKeeper Recipes and Solutions". The same code runs on kazoo's client of a
real ensemble and on the model in `znodes`.
"""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from kazoo.exceptions import ConnectionClosedError, ConnectionLoss, NoNodeError, SessionExpiredError
from kazoo.protocol.states import KazooState

from course_lib.locks.holding import NotHeld, countdown

DIGITS = 10  # of the sequence number that a name ends in
NO_CONNECTION = "no connection to the server: try again when it is back"


class ZooKeeperLock:
    """A lock that ends with its holder's session, and that is given in the order in which it was asked for.

    Each contender has an object of its own. It is not re-entrant.

    Args:
        client: a kazoo `KazooClient` that was started, or a `ZNodeClient`.
        path: the znode under which they queue, such as "/locks/report"; made where it is missing.
        name: what the own znode's name begins with, unlike all others'. None: something random.
    """

    def __init__(self, client: Any, path: str, name: str | None = None) -> None:
        if not path.startswith("/") or not path.strip("/"):
            raise ValueError(f"the path of a lock is like '/locks/report', not {path!r}")
        if name is not None and (not name or "/" in name):
            raise ValueError(f"the name of a contender is like 'ann', not {name!r}")
        self.client, self.path = client, path.rstrip("/")
        self.prefix = f"{name or uuid.uuid4().hex}-lock-"
        self.node: str | None = None  # the own znode's name, as far as we were told
        self._doubtful = False  # we asked for one and do not know whether it was made
        self._token: int | None = None
        self._heard: list[str] = []  # the changes of the connection
        self._checked = 0  # how many of them had come when the server last said that the lock is ours
        self._asked_to_delete = False
        self._woken = client.handler.event_object()
        self._clock = getattr(client.handler, "monotonic", time.monotonic)  # the model's time is virtual

    # The recipe

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """Waits for the lock, at most `timeout` seconds. False: we did not get it and are out of the queue again.

        Without a connection it may take longer: first our znode has to go, or all behind it would wait for a ghost.
        A session that ends while we wait costs our place; we queue again.

        Raises:
            RuntimeError: we hold it already.
            ConnectionLoss: there is no connection, and we must not wait for it.
        """
        if self.token is not None:
            raise RuntimeError(
                f"we hold the lock {self.path} already, and it is not re-entrant: release() it first"
            )
        left = countdown(blocking, timeout, self._clock)
        if not blocking:
            self._must_be_connected()
        try:
            while not self._is_ours(blocking):
                if not self._wait(left()):
                    self.client.retry(self.leave)
                    return False
            return True
        except BaseException:  # Ctrl-C too
            with suppress(Exception):  # what went wrong first is what counts
                self.client.retry(self.leave)
            raise

    def _is_ours(self, blocking: bool) -> bool:
        """All steps, and again whatever may have happened. After False something will wake us."""
        while True:
            self._woken.clear()  # before we look, so that what happens while we look is not missed
            try:
                self._must_be_connected()  # kazoo's calls would wait, longer than we may
                self.enter()
                before = self.predecessor()
                if before is None:
                    return True
                if not blocking or self.watch(before, self._wake):
                    return False
            except (ConnectionLoss, SessionExpiredError) as error:
                if isinstance(error, ConnectionClosedError) or not (blocking or self.client.connected):
                    raise
                if not self.client.connected:
                    return False

    def enter(self) -> None:
        """Step 1: a znode of our own at the end of the queue, which goes when our session ends.

        After a ConnectionLoss nobody knows whether it was made. Call again: we look for our prefix before we make one.
        """
        self.client.add_listener(self._listen)
        if self._doubtful:
            self.node = next(iter(self._own()), None)
        if self.node is None:
            self._doubtful = True
            path = f"{self.path}/{self.prefix}"
            self.node = name_of(self.client.create(path, ephemeral=True, sequence=True, makepath=True))
        self._doubtful = False

    def predecessor(self) -> str | None:
        """Steps 2 and 3: the znode to wait for. None: nobody is before us, the lock is ours, and `token` is set.

        Raises SessionExpiredError where our own znode is gone, and with it our place.
        """
        if self.node is None:
            raise RuntimeError(f"we are not in the queue of {self.path}: enter() it first")
        heard = len(self._heard)
        queue = sorted(self._children(), key=number_of)
        if self.node not in queue:
            self._lose_place()
        before = queue[: queue.index(self.node)]
        if before:
            return self.awaited(before)
        stat = self.client.exists(f"{self.path}/{self.node}")
        if stat is None:
            self._lose_place()
        self._token, self._checked = stat.czxid, heard
        return None

    def awaited(self, before: list[str]) -> str:
        """Which of those before us to wait for: the last. When it goes, we are woken, and nobody else."""
        return before[-1]

    def watch(self, node: str, callback: Callable[[Any], Any]) -> bool:
        """Step 4: `callback` gets the event when that znode goes. False: it has gone already, so look again."""
        return self.client.exists(f"{self.path}/{node}", watch=callback) is not None

    def release(self) -> None:
        """Deletes our znode; that wakes the next. Without a connection it waits for one, as kazoo's calls do.

        Raises:
            NotHeld: it was not taken, was given back before, or was lost because the session ended.
        """
        if self._token is None:
            raise NotHeld(
                f"the lock {self.path} is not held: to each release() belongs an acquire() before it"
            )
        try:
            self.client.retry(self._delete)
            lost = self.token is None
        except (NoNodeError, SessionExpiredError):
            lost = True
        self._forget()
        if lost:
            raise NotHeld(
                f"the lock {self.path} was lost before it was given back, because the session ended: "
                "another may have had it meanwhile; only a fencing token keeps the resource safe"
            )

    def leave(self) -> None:
        """Takes our znode out of the queue, also one that we never heard was made."""
        for node in self._own() if self._doubtful else filter(None, [self.node]):
            with suppress(NoNodeError):
                self.client.delete(f"{self.path}/{node}")
        self._forget()

    def __enter__(self) -> ZooKeeperLock:
        self.acquire()
        return self

    def __exit__(self, *error: object) -> None:
        self.release()

    # What we know

    @property
    def token(self) -> int | None:
        """The fencing token: the number of the write that made our znode (czxid). It only ever grows.

        None while the lock is not held, as far as we know. The number at the end of the name would not do: it begins at
        0 again where the parent is made anew.
        """
        return None if KazooState.LOST in self._heard[self._checked :] else self._token

    @property
    def believes(self) -> bool:
        """Whether we may go on working: the lock is held, and the connection has been there since the server said so.

        False from SUSPENDED on: the session may end meanwhile, and nobody could tell us. `owned()` makes it True again.
        """
        return self.token is not None and len(self._heard) == self._checked

    def owned(self) -> bool:
        """Asks the server whether our znode is still there. False also where there is no connection to ask over."""
        heard = len(self._heard)
        if self.token is None or not self.client.connected:
            return False
        try:
            stat = self.client.exists(f"{self.path}/{self.node}")
        except (ConnectionLoss, SessionExpiredError):
            return False
        if stat is None or stat.czxid != self._token:
            self._token = None
            return False
        self._checked = heard
        return self.believes

    # Inside

    def _children(self) -> list[str]:
        try:
            names = self.client.get_children(self.path)
        except NoNodeError:
            return []
        return [name for name in names if name[-DIGITS:].isdigit()]

    def _own(self) -> list[str]:
        """Our znodes. One with our prefix that another session made, such as ours before a crash, will go with it."""
        # The server that we ask now need not have heard yet of a write that another carried out for us.
        self.client.sync(self.path)
        session = self.client.client_id
        if session is None:
            raise ConnectionLoss(NO_CONNECTION)
        mine = [name for name in self._children() if name.startswith(self.prefix)]
        stats = {name: self.client.exists(f"{self.path}/{name}") for name in mine}
        return [name for name, stat in stats.items() if stat and stat.ephemeralOwner == session[0]]

    def _lose_place(self) -> NoReturn:
        self.node = None
        raise SessionExpiredError(f"our znode in {self.path} is gone, and our place with it: enter() again")

    def _delete(self) -> None:
        asked, self._asked_to_delete = self._asked_to_delete, True
        try:
            self.client.delete(f"{self.path}/{self.node}")
        except NoNodeError:
            if not asked:  # else we did it ourselves, and the reply was lost
                raise

    def _forget(self) -> None:
        self.client.remove_listener(self._listen)
        self.node = self._token = None
        self._doubtful = self._asked_to_delete = False

    def _must_be_connected(self) -> None:
        if self.client.state == KazooState.SUSPENDED:
            raise ConnectionLoss(NO_CONNECTION)

    def _listen(self, state: str) -> None:
        """Runs in the client's own thread, which must not wait for the server: so it only takes note."""
        self._heard.append(state)
        self._woken.set()

    def _wait(self, seconds: float) -> bool:
        """Until something wakes us: True. Then we look again, since it need not be our turn."""
        return bool(seconds and self._woken.wait(None if seconds == math.inf else seconds))

    def _wake(self, event: object) -> None:
        self._woken.set()


def name_of(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def number_of(name: str) -> int:
    """The sequence number in a znode's name. Names themselves do not sort: they begin with who made them."""
    return int(name[-DIGITS:])


class HerdLock(ZooKeeperLock):
    """The recipe as one would write it first: all wait for the owner.

    It is right, but each release wakes all who wait, and all but one look in vain: n(n-1)/2 wake-ups for n contenders.
    """

    def awaited(self, before: list[str]) -> str:
        return before[0]
