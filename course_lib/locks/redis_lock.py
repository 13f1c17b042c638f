"""A lock on one Redis, to be used in place of redis-py's own: the same calls, and a waiter that need not poll.

    with RedisLock(client, "report", timeout=10):
        ...

Taking it is `SET name token NX PX timeout`; giving it back compares the token and deletes in one script (Redis'
documentation, "Distributed Locks with Redis"). New here: who gives it back says so, and wakes one who waits.
"""

from __future__ import annotations

import logging
import math
import threading
import uuid
from time import monotonic
from types import SimpleNamespace, TracebackType
from typing import Any, Literal

from redis.exceptions import LockError, LockNotOwnedError

logger = logging.getLogger(__name__)

ANNOUNCES = b"announces:"  # how the token begins of a holder who will say when it gives the lock back
LOOK_AGAIN = 1.0  # seconds after which a waiter looks by itself: the announcement may have been lost

RELEASE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1], KEYS[2])
redis.call('rpush', KEYS[2], 'released')
redis.call('pexpire', KEYS[2], ARGV[2])
return 1
"""
EXTEND = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
local left = redis.call('pttl', KEYS[1])
if left < 0 then return 0 end
redis.call('pexpire', KEYS[1], ARGV[3] == '1' and ARGV[2] or left + ARGV[2])
return 1
"""
REACQUIRE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('pexpire', KEYS[1], ARGV[2])
return 1
"""


class RedisLock:
    """Lends the lock `name` to one holder at a time; with redis-py's interface, so `client.lock(name,
    lock_class=RedisLock)` gives one.

    It excludes others while its time lasts, and not a moment longer: see `fenced` for what must not go wrong then.

    Args:
        redis: a redis-py client.
        name: the key that is the lock. On a Cluster the part in braces, if any, says where it lives.
        timeout: seconds until the lock is free again by itself. None, the default as in redis-py, is never: a holder
            that dies then keeps it until somebody deletes the key by hand. Give a number.
        sleep: seconds after which a waiter looks again, where the holder is one who announces nothing.
        blocking, blocking_timeout: whether `acquire` waits, and for how many seconds at most; None is for ever.
            With a `blocking_timeout` shorter than `sleep` there is one try, as in redis-py.
        thread_local: whether each thread has a token of its own, so that one cannot give back another's.
        raise_on_release_error: whether a `with` block raises, or only logs, where the lock was lost inside it.

    Raises LockError (a ValueError too) for times that cannot be: 0 or less, or a `sleep` longer than `timeout`.
    """

    def __init__(
        self,
        redis: Any,
        name: str,
        timeout: float | None = None,
        sleep: float = 0.1,
        blocking: bool = True,
        blocking_timeout: float | None = None,
        thread_local: bool = True,
        raise_on_release_error: bool = True,
    ) -> None:
        self.redis, self.name = redis, name
        self.timeout = None if timeout is None else self._seconds("timeout", timeout, at_least=0.001)
        self.sleep = self._no_longer_than_the_lock(sleep)
        self.blocking, self.blocking_timeout = blocking, blocking_timeout
        self.thread_local, self.raise_on_release_error = bool(thread_local), raise_on_release_error
        self.local: Any = threading.local() if self.thread_local else SimpleNamespace()
        self.local.token = None
        self.keys = [name, beside(name, "released")]
        self._release, self._extend, self._reacquire = map(
            redis.register_script, (RELEASE, EXTEND, REACQUIRE)
        )

    # threading.local gives each further thread an empty one.
    @property
    def _token(self) -> bytes | None:
        return getattr(self.local, "token", None)

    def __enter__(self) -> RedisLock:
        if self.acquire():
            return self
        raise LockError("Unable to acquire lock within the time specified", lock_name=self.name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.release()
        except LockError:
            if self.raise_on_release_error:
                raise
            logger.warning("Lock was unlocked or no longer owned when exiting context manager.")

    # taking it

    def acquire(
        self,
        sleep: float | None = None,
        blocking: bool | None = None,
        blocking_timeout: float | None = None,
        token: str | bytes | None = None,
    ) -> bool:
        """Takes the lock, and waits for it if it must; whether it was got.

        Where the server fails in the middle nobody knows whether the lock was taken. The error is passed on, and the
        token is kept: `owned` asks whether it is ours after all, and `release` gives it back.
        """
        sleep = self.sleep if sleep is None else self._no_longer_than_the_lock(sleep)
        blocking = self.blocking if blocking is None else blocking
        patience = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        mine = ANNOUNCES + uuid.uuid4().hex.encode() if token is None else self._encoded(token)
        until = math.inf if patience is None else monotonic() + self._seconds("blocking_timeout", patience)
        if patience is not None and patience < sleep:
            blocking = False
        try:
            while not self.do_acquire(mine):
                if not blocking or monotonic() >= until:
                    return False
                if self._wait(mine, sleep, until):
                    break  # the reply to an earlier try was lost, and the lock has been ours since
        except BaseException:
            self.local.token = mine
            raise
        self.local.token = mine
        return True

    def do_acquire(self, token: bytes) -> bool:
        """One try."""
        return bool(self.redis.set(self.name, token, nx=True, px=self._milliseconds()))

    def _wait(self, mine: bytes, sleep: float, until: float) -> bool:
        """Until the lock may be free, or the time is over. True if it turns out to be ours."""
        holder = self._holder()
        if holder is None or holder == mine:
            return holder == mine
        left = self.redis.pttl(self.name) / 1000  # negative where there is no end, or no lock any more
        longest = LOOK_AGAIN if holder.startswith(ANNOUNCES) else sleep
        ends = [longest, until - monotonic(), *([left + 0.001] if left > 0 else [])]
        # An announcement is an element of a list, so that it reaches one waiter, and one who comes a moment too late.
        self.redis.blpop(self.keys[1], timeout=max(0.001, min(*ends, self._patience_of_the_connection())))
        return False

    def _holder(self) -> bytes | None:
        held = self.redis.get(self.name)
        return held if held is None else self._encoded(held)

    # while one has it

    def locked(self) -> bool:
        """Whether anybody has it."""
        return self.redis.get(self.name) is not None

    def owned(self) -> bool:
        """Whether this thread has it, as the server sees it; when the answer arrives that may be over."""
        return self._token is not None and self._holder() == self._token

    def extend(self, additional_time: float, replace_ttl: bool = False) -> Literal[True]:
        """Adds seconds to what is left of its time, or, with `replace_ttl`, counts them from now.

        Raises LockNotOwnedError where it is over, or another's; LockError where it was never taken or has no end.
        """
        token = self._must_have("extend")
        added = self._seconds("additional_time", additional_time, at_least=0.001)
        arguments = [token, round(added * 1000), "1" if replace_ttl else "0"]
        return self._unless_lost(
            "extend", self._extend(keys=self.keys[:1], args=arguments, client=self.redis)
        )

    def reacquire(self) -> Literal[True]:
        """Sets its time back to `timeout`. Raises as `extend` does."""
        token = self._must_have("reacquire")
        arguments = [token, self._milliseconds()]
        return self._unless_lost(
            "reacquire", self._reacquire(keys=self.keys[:1], args=arguments, client=self.redis)
        )

    def _must_have(self, act: str) -> bytes:
        if self._token is None:
            raise LockError(f"Cannot {act} an unlocked lock", lock_name=self.name)
        if self.timeout is None:
            raise LockError(f"Cannot {act} a lock with no timeout", lock_name=self.name)
        return self._token

    # giving it back

    def release(self) -> None:
        """Gives it back, and wakes one who waits.

        Raises LockError where it was never taken, or given back before; LockNotOwnedError where its time was over and
        perhaps another has it. Where the server fails, the token is kept: call it again.
        """
        token = self._token
        if token is None:
            raise LockError(
                "Cannot release a lock that's not owned or is already unlocked.", lock_name=self.name
            )
        self.do_release(token)

    def do_release(self, expected_token: bytes) -> None:
        released = self._release(
            keys=self.keys, args=[expected_token, round(LOOK_AGAIN * 1000)], client=self.redis
        )
        self.local.token = None
        self._unless_lost("release", released)

    def _unless_lost(self, act: str, done: int) -> Literal[True]:
        if not done:
            raise LockNotOwnedError(f"Cannot {act} a lock that's no longer owned", lock_name=self.name)
        return True

    # times and tokens

    def _seconds(self, what: str, value: float, at_least: float = 0.0) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not at_least <= value < math.inf:
            remedy = f"give seconds, {at_least:g} or more" if at_least else "give seconds, 0 or more"
            raise LockError(f"{what} is {value!r}: {remedy}, or None for no limit", lock_name=self.name)
        return float(value)

    def _no_longer_than_the_lock(self, sleep: float) -> float:
        sleep = self._seconds("sleep", sleep)
        if self.timeout is not None and sleep > self.timeout:
            raise LockError(
                f"'sleep' must be less than 'timeout': {sleep:g} s is longer than the lock lasts, {self.timeout:g} s",
                lock_name=self.name,
            )
        return sleep

    def _milliseconds(self) -> int | None:
        return None if self.timeout is None else round(self.timeout * 1000)

    def _encoded(self, token: str | bytes) -> bytes:
        encoded: bytes = self.redis.get_encoder().encode(token)
        return encoded

    def _patience_of_the_connection(self) -> float:
        """Half of what the client waits for any reply, so that a long wait is not taken for a dead server."""
        pool = getattr(self.redis, "connection_pool", None)
        limit = pool.connection_kwargs.get("socket_timeout") if pool else None
        return limit / 2 if limit else math.inf


def beside(name: str, what: str) -> str:
    """A key that a Cluster keeps in the same slot as `name`: by its part in braces, or by all of it."""
    name = name.decode() if isinstance(name, bytes) else name
    has_tag = "}" in name.partition("{")[2][1:]
    return f"{name}:{what}" if has_tag else f"{{{name}}}:{what}"
