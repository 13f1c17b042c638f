"""A lock that a thread prolongs while its work goes on; `renewal` decides when.

In a process that is stopped, the thread is stopped too: this is a convenience, and no safeguard against being late.
"""

from __future__ import annotations

import threading
from time import monotonic
from types import TracebackType
from typing import Any

from redis.exceptions import LockError, LockNotOwnedError

from course_lib.locks.renewal import SHARE, Renewal


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
