"""A lock that is prolonged while its work goes on, and only then.

A thread that prolongs a lock for ever keeps it for work that hangs, and nobody else gets it: no lease at all. So the
work says that it gets on, and there is a longest life. In a process that is stopped, the thread is stopped too: this
is a convenience, and no safeguard against being late.
"""

from __future__ import annotations

import math
import threading
from time import monotonic
from types import TracebackType
from typing import Any

from redis.exceptions import LockError, LockNotOwnedError

SHARE = 3  # an extension each third of the time to live leaves time for more tries, should one fail


class Renewal:
    """Decides when to extend. It looks at no clock: each call says what time it is, in seconds.

    Args:
        ttl: seconds that an extension gives.
        longest: seconds after the start at which there are no more extensions.
        stall: seconds without progress after which the work is taken for stuck.

    Raises ValueError for one that is no positive number.
    """

    def __init__(self, ttl: float, longest: float, stall: float) -> None:
        for name, value in (("ttl", ttl), ("longest", longest), ("stall", stall)):
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
                raise ValueError(f"{name} is {value!r}: give seconds, more than 0")
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now: float) -> None:
        """The lock was taken. `now` is from before it was asked for: the server may have counted since then."""
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now: float) -> None:
        """The work got on."""
        self.progressed = now

    def due(self, now: float) -> bool:
        """Whether to extend the lock now."""
        return (
            not self.lost
            and now - self.renewed >= self.ttl / SHARE
            and now - self.progressed < self.stall
            and now - self.started < self.longest
        )

    def over(self, now: float) -> bool:
        """Whether the lock is lost, or its time is over by our own clock."""
        return self.lost or now - self.renewed >= self.ttl

    def extended(self, now: float, ok: bool) -> None:
        """An extension was asked for at `now`. Where it failed the lock is lost, and what is lost stays lost."""
        if ok:
            self.renewed = now
        self.lost = self.lost or not ok


class KeepAlive:
    """Extends a `RedisLock` in the background, inside a `with` block, until the work ends, stalls, or lives too long.

    with lock, KeepAlive(lock, longest=300, stall=20) as alive:
        for item in work:
            alive.progress()        # raises LockNotOwnedError where the lock was lost
            ...

    Args:
        lock: held, with a `timeout`, and made with `thread_local=False`: another thread extends it. Each holder needs
            an object of its own.
        longest, stall: as for `Renewal`.

    Raises ValueError for a lock that another thread cannot extend; on entering the block what `reacquire` raises, and
    RuntimeError where it was entered before.
    """

    def __init__(self, lock: Any, *, longest: float, stall: float) -> None:
        if lock.timeout is None or lock.thread_local:
            raise ValueError(
                f"{lock.name!r} has timeout={lock.timeout} and thread_local={lock.thread_local}: to be kept alive "
                "a lock needs a timeout, and thread_local=False so that another thread may extend it"
            )
        self.lock = lock
        self.renewal = Renewal(lock.timeout, longest, stall)
        self.error: Exception | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"keeps {lock.name} alive", daemon=True)

    def __enter__(self) -> KeepAlive:
        if self._thread.ident is not None:
            raise RuntimeError("a KeepAlive serves one block: make a new one")
        self._token = self.lock.local.token  # another thread that takes the lock later puts its own there
        self.renewal.start(monotonic())
        self.lock.reacquire()  # nobody knows how long ago the lock was taken
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def progress(self) -> None:
        """The work got on. Raises LockNotOwnedError, or why it could not be extended, where the lock's time is over."""
        now = monotonic()
        if self.error is None and self.renewal.over(now):  # the work had stalled, or it lives too long
            self.renewal.extended(now, False)
            self.error = LockNotOwnedError("The lock's time is over: stop the work", self.lock.name)
        if self.error is not None:
            raise self.error
        self.renewal.progress(now)

    def _run(self) -> None:
        # A pause of a twelfth is short against the third of the time after which an extension is due.
        while not self._over.wait(self.renewal.ttl / (4 * SHARE)):
            if not self.renewal.due(now := monotonic()):
                continue
            try:
                if not self.lock.do_reacquire(self._token):
                    raise LockNotOwnedError("The lock was lost: stop the work", self.lock.name)
                self.renewal.extended(now, True)
            except Exception as error:
                # A server that could not be asked may be back before the time is over.
                if isinstance(error, LockError) or self.renewal.over(monotonic()):
                    self.error = error
                    self.renewal.extended(now, False)
                    return
