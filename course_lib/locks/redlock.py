"""Redlock: one lock over several Redis servers that know nothing of each other; who has a majority has the lock.

S. Sanfilippo, "Distributed Locks with Redis" (Redis' documentation). It survives the loss of a minority of the servers.
Its safety rests on time: that clocks run at nearly the same rate, do not jump, and that a server which forgot its locks
stays away for longer than they last. M. Kleppmann, "How to do distributed locking", 2016; S. Sanfilippo, "Is Redlock
safe?", 2016.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from course_lib.locks.article import AtomicRelease

DRIFT = 0.01  # how much faster one clock may run than another, as a share
GRAIN = 0.002  # seconds, the grain of Redis' own clock


class Redlock:
    """A lock on a majority of independent servers; `with lock:` raises redis-py's LockError where it is not got.

    Args:
        clients: one redis-py client a server, made with `socket_timeout=0.05`, or what else is short against `ttl`,
            and `retry=Retry(NoBackoff(), 0)`. The servers are asked one after the other, and each may cost the lock's
            time: with redis-py's defaults, 5 s and ten retries, one that hangs takes two minutes, and `acquire` fails.
        name: the key, the same on all.
        ttl: seconds until it is free by itself.
        clock, sleep: for tests. The clock must be monotonic: a time of day that is set back would prolong the lock.

    Raises ValueError for no client or a `ttl` that is no positive number.
    """

    def __init__(
        self,
        clients: Sequence[Any],
        name: str,
        ttl: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        if not clients:
            raise ValueError("Redlock needs at least one client; five servers are usual")
        if isinstance(ttl, bool) or not isinstance(ttl, int | float) or not 0.001 <= ttl < float("inf"):
            raise ValueError(f"ttl is {ttl!r}: give seconds, 0.001 or more")
        self.clients, self.name, self.ttl = tuple(clients), name, ttl
        self.clock, self.sleep = clock, sleep
        self.token: str | None = None
        self.valid_until = 0.0
        self._random = random.Random()

    @property
    def majority(self) -> int:
        return len(self.clients) // 2 + 1

    def acquire(self, tries: int = 3, delay: float = 0.2) -> float | None:
        """The seconds for which the lock is good, or None where no majority could be had.

        Between tries it waits for up to `delay` seconds, by chance, so that rivals do not split the servers again.
        """
        if tries < 1:
            raise ValueError(f"tries is {tries!r}: it takes 1 or more")
        for attempt in range(tries):
            if attempt:
                self.sleep(self._random.uniform(0, delay))
            if (validity := self._try()) is not None:
                return validity
        return None

    def _try(self) -> float | None:
        token, begin = secrets.token_hex(16), self.clock()
        try:
            votes = sum(self._set(client, token) for client in self.clients)
        except BaseException:  # Ctrl-C too: nobody would know the token
            self._delete(token)
            raise
        # Counted from before the first server was asked: it has been counting since then, perhaps a little faster.
        end = begin + self.ttl * (1 - DRIFT) - GRAIN
        if votes >= self.majority and (validity := end - self.clock()) > 0:
            self.token, self.valid_until = token, end
            return validity
        self._delete(token)  # a minority must be given back, or it stands in everybody's way
        return None

    def remaining(self) -> float:
        """Seconds for which the lock is still good by our own clock; 0 when it is over."""
        return max(0.0, self.valid_until - self.clock()) if self.token else 0.0

    def release(self) -> int:
        """Gives it back on all servers that can be reached; on how many it still was ours. Raises ValueError twice."""
        if self.token is None:
            raise ValueError(f"the lock {self.name!r} was not taken, or was given back before")
        self.valid_until = 0.0
        deleted = self._delete(self.token)
        self.token = None  # only now: after a Ctrl-C one can call it again
        return deleted

    def __enter__(self) -> Redlock:
        from redis.exceptions import LockError

        if self.acquire() is None:
            raise LockError("no majority of the servers could be had", lock_name=self.name)
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()

    def _set(self, client: Any, token: str) -> bool:
        from redis.exceptions import RedisError

        try:
            return bool(client.set(self.name, token, nx=True, px=round(self.ttl * 1000)))
        except RedisError:
            return False  # a server that cannot be asked has not voted

    def _delete(self, token: str) -> int:
        from redis.exceptions import RedisError

        deleted = 0
        for client in self.clients:
            with suppress(RedisError):  # where the server cannot be asked, the lock ends by itself
                deleted += client.eval(AtomicRelease.DELETE_IF_MINE, 1, self.name, token)
        return deleted
