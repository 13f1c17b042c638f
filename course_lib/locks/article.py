"""The article's lock, line for line as it behaves, and three steps on the way to one that can be used.

Each class repairs one fault of the one before it, and has one left. `redis_lock` is where the way leads.
"""

from __future__ import annotations

import secrets
from typing import Any

EXPIRY = 30  # seconds, as in the article


class ArticleLock:
    """The article's lock. Everybody gets it, and anybody may delete it.

    Args:
        client: a redis-py client, of a real server or of fakeredis, that returns bytes (not `decode_responses`).
        key: where the lock is kept.
    """

    def __init__(self, client: Any, key: str) -> None:
        self.client, self.key = client, key

    def acquire(self) -> bool:
        return bool(self.client.set(self.key, "lock", ex=EXPIRY))

    def release(self) -> bool:
        return bool(self.client.delete(self.key))


class IfAbsent(ArticleLock):
    """Step 1: only who finds no lock gets it. But who is late deletes the lock of the next."""

    def acquire(self) -> bool:
        return bool(self.client.set(self.key, "lock", ex=EXPIRY, nx=True))


class WithOwner(ArticleLock):
    """Step 2: the lock has the token of its owner in it. But between the look and the deletion, it may change hands."""

    token: bytes | None = None

    def acquire(self) -> bool:
        token = secrets.token_hex(16).encode()
        if not self.client.set(self.key, token, ex=EXPIRY, nx=True):
            return False
        self.token = token
        return True

    def is_mine(self) -> bool:
        return self.token is not None and self.client.get(self.key) == self.token

    def release(self) -> bool:
        return self.is_mine() and bool(self.client.delete(self.key))


class AtomicRelease(WithOwner):
    """Step 3: Redis itself looks and deletes, in one script that no other command can come between.

    What is left: a lease ends while its holder still works. Nothing in this class can help against that.
    """

    DELETE_IF_MINE = (
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
    )

    def release(self) -> bool:
        return self.token is not None and bool(self.client.eval(self.DELETE_IF_MINE, 1, self.key, self.token))
