"""Fencing: each holder of a lock gets a higher number, and the resource refuses who comes with a lower one.

No lock can keep two from believing that they have it. A resource that checks the number makes that harmless: it takes
operations in the order of the numbers. M. Burrows, "The Chubby lock service", OSDI 2006, 2.4 (sequencers);
M. Kleppmann, "How to do distributed locking", 2016 (fencing tokens).
"""

from __future__ import annotations

import threading
from typing import Any

from course_lib.locks.redis_lock import RedisLock
from course_lib.locks.scripts import beside, script

EXACT = 2**53  # to here a script in Redis, whose numbers are floats, tells each integer from the next


class FencedRedisLock(RedisLock):
    """A `RedisLock` whose `acquire` gives the fencing token: an int, higher than all before, or None.

    The number is counted by Redis in the same script that takes the lock; it has no time to live. It goes up as long
    as Redis forgets nothing. A failover to a replica that lagged, a restart from an old snapshot or an eviction sets it
    back: then it is given twice, or its holders are refused until it has caught up. Where that must not be, let a
    majority count (ZooKeeper's czxid, etcd's revision).
    """

    TAKE = script("""
    local holder = redis.call('get', KEYS[1])
    if holder and (holder ~= ARGV[1] or ARGV[3] == '0') then return nil end
    local number = redis.call('incr', KEYS[2]) -- first: where it fails, the lock is not taken
    redis.call('set', KEYS[1], ARGV[1])
    if ARGV[2] ~= '' then redis.call('pexpire', KEYS[1], ARGV[2]) end
    return number
    """)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.local.fence = None
        self.counter = beside(self.name, "fence")

    def acquire(self, *arguments: Any, **options: Any) -> int | None:  # type: ignore[override]
        """As `RedisLock.acquire`; the fencing token, or None where the lock was not got."""
        return super().acquire(*arguments, **options) or None

    @property
    def token(self) -> int | None:
        """The fencing token that this thread got last; to be sent along with each operation.

        None after an error in `acquire`: the lock may be ours, its number is lost. Acquire again for a new one.
        With `thread_local=False` it is the one that any thread got last: keep what `acquire` returned.
        """
        return getattr(self.local, "fence", None)

    def do_acquire(self, token: bytes) -> int | None:  # type: ignore[override]
        # Who finds a unique token of its own there has lost the reply to an earlier try, and gets a new number.
        arguments = [token, self._milliseconds() or "", int(token == self._thread.made_up)]
        fence: int | None = self.TAKE(keys=[self.name, self.counter], args=arguments, client=self.redis)
        if fence is not None:
            self.local.fence = fence
        return fence

    def _doubt(self, token: bytes) -> None:
        if self.local.token is None:  # the number that is here is of an earlier lock
            self.local.fence = None
        super()._doubt(token)


class StaleToken(Exception):
    """The resource has served somebody who took the lock later."""

    def __init__(self, token: int, highest: int) -> None:
        super().__init__(
            f"token {token} is stale: the resource has seen {highest}. The lock was lost (or its count was set back): "
            "take it again, and read again"
        )
        self.token, self.highest = token, highest


class FencedResource:
    """One value, in this process, that only the newest holder of a lock can read for an update, or write.

    A read registers its token too. If only writes did, who read first and wrote last would undo the other's update:
    A (1) reads 0 and pauses, B (2) reads 0, A writes 1 and is let through, B writes 1.
    """

    def __init__(self, value: Any = None) -> None:
        self.value, self.highest = value, 0
        self._one_at_a_time = threading.Lock()

    def read(self, token: int) -> Any:
        """The value. Raises StaleToken where a higher token was here, TypeError where it is no int."""
        with self._one_at_a_time:
            self._admit(token)
            return self.value

    def write(self, token: int, value: Any) -> None:
        """Sets the value. Raises as `read` does; then nothing has changed."""
        with self._one_at_a_time:
            self._admit(token)
            self.value = value

    def _admit(self, token: int) -> None:
        self.highest = max(self.highest, valid(token, self.highest))


class FencedRedisResource:
    """The same, kept in Redis, for workers in several processes: the check and the act are one script.

    Args:
        client: a redis-py client; the store, which need not be the one that has the lock.
        key: the value is kept here as text, and the highest token beside it.
    """

    ADMIT = script("""
    local highest = tonumber(redis.call('get', KEYS[2]) or '0')
    if tonumber(ARGV[1]) < highest then return {0, highest} end
    redis.call('set', KEYS[2], ARGV[1])
    if ARGV[2] then redis.call('set', KEYS[1], ARGV[2]) end
    return {1, redis.call('get', KEYS[1])}
    """)

    def __init__(self, client: Any, key: str) -> None:
        self.client, self.keys = client, [key, beside(key, "highest")]

    def read(self, token: int) -> Any:
        """The value as the client returns it, bytes or str, or None. Raises StaleToken, TypeError."""
        return self._ask(token)

    def write(self, token: int, value: Any) -> None:
        """Sets the value. Raises as `read` does; then nothing has changed."""
        self._ask(token, value)

    def _ask(self, token: int, *value: Any) -> Any:
        if valid(token) > EXACT:
            raise ValueError(
                f"token {token} is above 2**53, where the numbers of Redis' scripts are not exact"
            )
        admitted, answer = self.ADMIT(keys=self.keys, args=[token, *value], client=self.client)
        if not admitted:
            raise StaleToken(token, int(answer))
        return answer


def valid(token: int, highest: int = 0) -> int:
    """The token, if it is one and not below `highest`. Texts are refused: as texts, "10" is less than "9"."""
    if isinstance(token, bool) or not isinstance(token, int):
        raise TypeError(f"a fencing token is an int, such as FencedRedisLock.acquire returns, not {token!r}")
    if token < 1:
        raise ValueError(f"a fencing token is 1 or more, not {token}")
    if token < highest:
        raise StaleToken(token, highest)
    return token
