"""A lock on one Redis, to be used in place of redis-py's own: the same calls, and a waiter that need not poll.

    with RedisLock(client, "report", timeout=10):
        ...

Taking it is `SET name token NX PX timeout`; giving it back compares the token and deletes in one script (Redis'
documentation, "Distributed Locks with Redis"). New here: who gives it back says so, and wakes one who waits.
"""

from __future__ import annotations

import logging
import math
import secrets
import threading
from decimal import Decimal
from numbers import Real
from time import monotonic
from types import SimpleNamespace
from typing import Any, Literal

from redis.exceptions import LockError, LockNotOwnedError

from course_lib.locks import waiting
from course_lib.locks.scripts import EXTEND, REACQUIRE, RELEASE, beside

logger = logging.getLogger(__name__)

SLEEP = 0.1  # seconds, redis-py's default


class OfThread(threading.local):
    """What each thread has for itself."""

    token: bytes | None = None  # of the lock that it has
    made_up: bytes | None = None  # the token of the present `acquire`, unless the caller gave one
    doubtful: bytes | None = None  # one with which the lock may have been taken: no reply came


class RedisLock:
    """Lends the lock `name` to one holder at a time; with redis-py's interface, so `client.lock(name,
    lock_class=RedisLock)` gives one.

    It excludes others while its time lasts, and not a moment longer: see `fenced` for what must not go wrong then.

    Args:
        redis: a redis-py client. Each thread that waits keeps a connection of its pool, and the pool needs one more:
            without it the holder's `release` fails until a waiter gives up.
        name: the key that is the lock. A second, "released:{name}", tells of its release; who restricts keys (ACL)
            must allow both. On a Cluster the part in braces, if any, says where it lives; a brace that is no part of
            one cannot be used there.
        timeout: seconds until the lock is free again by itself. None, the default as in redis-py, is never: a holder
            that dies then keeps it until somebody deletes the key by hand. Give a number. 0 is refused (in redis-py it
            is never).
        sleep: seconds after which a waiter looks again, where the holder is one who announces nothing. The default
            is cut to a shorter `timeout`.
        blocking, blocking_timeout: whether `acquire` waits, and for how many seconds at most; None is for ever. On an
            idle server the wait may end 0.1 s late. With a `blocking_timeout` shorter than `sleep` there is one try,
            as in redis-py.
        thread_local: whether each thread has a token of its own, so that one cannot give back another's.
        raise_on_release_error: whether a `with` block raises, or only logs, where the lock was lost inside it.

    Raises LockError (a ValueError too) for times that cannot be: 0 or less, or a `sleep` longer than `timeout`.
    """

    def __init__(
        self,
        redis: Any,
        name: str,
        timeout: float | None = None,
        sleep: float = SLEEP,
        blocking: bool = True,
        blocking_timeout: float | None = None,
        thread_local: bool = True,
        raise_on_release_error: bool = True,
    ) -> None:
        self.redis, self.name = redis, name
        self.timeout = None if timeout is None else self._seconds("timeout", timeout, at_least=0.001)
        if sleep == SLEEP and self.timeout is not None:  # the default, that `client.lock` too passes on
            sleep = min(sleep, self.timeout)
        self.sleep = self._no_longer_than_the_lock(sleep)
        self.blocking, self.blocking_timeout = blocking, blocking_timeout
        self._end_of(blocking_timeout)  # refuses what is no time
        self.thread_local, self.raise_on_release_error = bool(thread_local), raise_on_release_error
        self._thread = OfThread()
        self.local: Any = self._thread if self.thread_local else SimpleNamespace(token=None)
        self.keys = [name, beside(name, "released")]

    def __enter__(self) -> RedisLock:
        if self.acquire():
            return self
        raise LockError("Unable to acquire lock within the time specified", lock_name=self.name)

    def __exit__(self, *exception: object) -> None:
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
        token is kept: another `acquire` of this thread goes on with it, `owned` asks whether it is ours after all, and
        `release` gives it back. While `local` has an older token, of a lock held or lost, those two speak of that one.

        A `token` that the caller gives may be another's as well: who finds it there has not got the lock.
        """
        sleep = self.sleep if sleep is None else self._no_longer_than_the_lock(sleep)
        blocking = self.blocking if blocking is None else blocking
        patience = self.blocking_timeout if blocking_timeout is None else blocking_timeout
        until = self._end_of(patience)
        blocking = blocking and (patience is None or patience >= sleep)
        mine = self._new_token() if token is None else self._encoded(token)
        self._thread.made_up = mine if token is None else None
        try:
            while not (got := self.do_acquire(mine)):
                if not blocking or monotonic() >= until:
                    return False
                if (holder := self._holder()) is not None:
                    waiting.wait(self.redis, self.keys, holder, sleep, until)
            self.local.token, self._thread.doubtful = mine, None
            return got
        except BaseException:  # Ctrl-C too
            self._doubt(mine)
            raise

    def _doubt(self, token: bytes) -> None:
        self._thread.doubtful = self._thread.made_up or self._thread.doubtful
        if self.local.token is None:  # otherwise the lock that it stands for may still be held
            self.local.token = token

    def _new_token(self) -> bytes:
        # Doubt is never shared: threads that went on with one token would all find the lock to be theirs.
        return self._thread.doubtful or waiting.ANNOUNCES + secrets.token_hex(16).encode()

    def do_acquire(self, token: bytes) -> bool:
        """One try. Where it finds the lock taken, it may be by an earlier try of ours, whose reply was lost."""
        if self.redis.set(self.name, token, nx=True, px=self._milliseconds()):
            return True
        return token == self._thread.made_up and self.do_reacquire(token)

    def _holder(self) -> bytes | None:
        held = self.redis.get(self.name)
        return held if held is None else self._encoded(held)

    # while one has it

    def locked(self) -> bool:
        """Whether anybody has it."""
        return self.redis.get(self.name) is not None

    def owned(self) -> bool:
        """Whether this thread has it, as the server sees it; when the answer arrives that may be over."""
        token = self.local.token
        return token is not None and self._holder() == token

    def extend(self, additional_time: float, replace_ttl: bool = False) -> Literal[True]:
        """Adds seconds to what is left of its time, or, with `replace_ttl`, counts them from now.

        Raises LockNotOwnedError where it is over, or another's; LockError where it was never taken or has no end.
        """
        token = self._must_have("extend")
        added = self._seconds("additional_time", additional_time, at_least=0.001)
        arguments = [token, round(added * 1000), "1" if replace_ttl else "0"]
        return self._unless_lost("extend", EXTEND(keys=self.keys[:1], args=arguments, client=self.redis))

    def reacquire(self) -> Literal[True]:
        """Sets its time back to `timeout`. Raises as `extend` does."""
        return self._unless_lost("reacquire", self.do_reacquire(self._must_have("reacquire")))

    def do_reacquire(self, expected_token: bytes) -> bool:
        arguments = [expected_token, self._milliseconds() or ""]
        return bool(REACQUIRE(keys=self.keys[:1], args=arguments, client=self.redis))

    def _must_have(self, act: str) -> bytes:
        token: bytes | None = self.local.token
        if token is None:
            raise LockError(f"Cannot {act} an unlocked lock", lock_name=self.name)
        if self.timeout is None:
            raise LockError(f"Cannot {act} a lock with no timeout", lock_name=self.name)
        return token

    # giving it back

    def release(self) -> None:
        """Gives it back, and wakes one who waits.

        Raises LockError where it was never taken, or given back before; LockNotOwnedError where its time was over and
        perhaps another has it. Where the server fails, the token is kept: call it again.
        """
        token = self.local.token
        if token is None:
            raise LockError(
                "Cannot release a lock that's not owned or is already unlocked.", lock_name=self.name
            )
        self.do_release(token)

    def do_release(self, expected_token: bytes) -> None:
        self.local.token = None  # before: as soon as it is free, another thread may have its own token here
        arguments = [expected_token, round(waiting.LOOK_AGAIN * 1000)]
        try:
            released = RELEASE(keys=self.keys, args=arguments, client=self.redis)
        except BaseException:
            self.local.token = self.local.token or expected_token
            raise
        self._unless_lost("release", released)

    def _unless_lost(self, act: str, done: int) -> Literal[True]:
        if not done:
            raise LockNotOwnedError(f"Cannot {act} a lock that's no longer owned", lock_name=self.name)
        return True

    # times and tokens

    def _seconds(self, what: str, value: float, at_least: float = 0.0) -> float:
        number = isinstance(value, Real | Decimal) and not isinstance(value, bool)
        if not number or not at_least <= (seconds := float(value)) < math.inf:
            raise LockError(f"{what} is {value!r}: give seconds, {at_least:g} or more", lock_name=self.name)
        return seconds

    def _end_of(self, patience: float | None) -> float:
        """When a wait that begins now is over."""
        return math.inf if patience is None else monotonic() + self._seconds("blocking_timeout", patience)

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
        return bytes(self.redis.get_encoder().encode(token))
