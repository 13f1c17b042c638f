"""A lock on etcd: one key that lives as long as a lease, made by a transaction that compares first.

etcd numbers all writes of all keys with one revision. The revision that made the key is the lock's fencing token, and
data in the same etcd can be written on condition that the key is still that one. We speak to etcd's JSON gateway, with
nothing but the standard library.
"""

from __future__ import annotations

import base64
import http.client
import json
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any
from urllib.parse import urlsplit

from course_lib.locks.holding import NotHeld, countdown

ANSWER = 5.0  # seconds to wait for the answer to a request
CANCELLED = (
    408  # what the gateway says, beside 500 and more, when the etcd behind it is ending or has no leader
)
QUIET = 10.0  # seconds without news of a lock after which a waiter asks again: the server may be gone


class EtcdError(RuntimeError):
    """etcd refused a request; the message has its words."""


class Etcd:
    """A few requests to an etcd's gateway. Each has a connection of its own.

    Raises ConnectionError where etcd does not answer; whether the request was carried out is then unknown. Raises
    EtcdError where it refuses.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or not parts.port:
            raise ValueError(f"the url of an etcd is like 'http://127.0.0.1:2379', not {url!r}")
        self.url, self.host, self.port = url, parts.hostname, parts.port

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """One request, such as `post("/v3/lease/grant", TTL=10)`. Keys and values are base64, long numbers strings."""
        try:
            with closing(http.client.HTTPConnection(self.host, self.port, timeout=ANSWER)) as link:
                link.request("POST", path, json.dumps(body))
                reply = link.getresponse()
                words = reply.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise ConnectionError(self._no_answer(error)) from error
        if reply.status == CANCELLED or reply.status >= 500:
            raise ConnectionError(self._no_answer(words.strip()))
        if reply.status != 200:
            raise EtcdError(f"etcd refused {path}: {words.strip()}")
        answer: dict[str, Any] = json.loads(words)
        return answer

    def _no_answer(self, why: object) -> str:
        return (
            f"etcd at {self.url} gave no answer ({why}): is it running? "
            "Whether the request was carried out is unknown."
        )

    def get(self, key: str) -> bytes | None:
        """The value of a key; None where there is none."""
        found = self.post("/v3/kv/range", key=base64_of(key)).get("kvs", [])
        return base64.b64decode(found[0].get("value", "")) if found else None

    def wait_for_delete(self, key: str, after: int, timeout: float) -> None:
        """Returns when `key` was deleted by a write after revision `after`, or after `timeout` seconds, or in vain.

        etcd keeps the past, so a watch can begin there. What happened between a look and the watch is not missed.
        """
        wish = {"key": base64_of(key), "start_revision": str(after + 1), "filters": ["NOPUT"]}
        end = time.monotonic() + timeout
        link = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        with (
            suppress(OSError, http.client.HTTPException),
            closing(link),
        ):  # the next request tells what is wrong
            link.request("POST", "/v3/watch", json.dumps({"create_request": wish}))
            reply = link.getresponse()
            while line := reply.readline():  # the first one says only that the watch is set
                news = json.loads(line).get("result", {})
                if "events" in news or "canceled" in news or link.sock is None:
                    return
                link.sock.settimeout(max(0.001, end - time.monotonic()))


class EtcdLock:
    """A lock that ends with its lease. Each contender has an object of its own; it is not re-entrant.

    All who wait are woken by a release, and one of them gets it: a herd, and no queue. etcd's own recipe has a key for
    each contender, as `ZooKeeperLock` has a znode.

    Args:
        url: of etcd's gateway, such as "http://127.0.0.1:2379".
        name: the key.
        ttl: whole seconds, 1 or more, after which the lock ends unless `keep_alive` prolongs it. etcd may give more.
        clock: seconds that only go forward.
    """

    def __init__(
        self, url: str, name: str, ttl: int = 10, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not name:
            raise ValueError(
                "the name of a lock is its key in etcd, such as 'locks/report'; it cannot be empty"
            )
        if type(ttl) is not int or ttl < 1:
            raise ValueError(f"ttl is {ttl!r}: etcd's leases have whole seconds, 1 or more")
        self.etcd, self.name, self.ttl, self.clock = Etcd(url), name, ttl, clock
        self.token: int | None = None
        """The fencing token: the revision that made the key. It only ever grows. None while the lock is not held."""
        self._lease: str | None = None
        self._valid_until = 0.0

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """Waits for the lock, at most `timeout` seconds. It waits by a watch, and asks by itself every 10 seconds only.

        Raises:
            RuntimeError: we hold it already.
            ConnectionError: etcd is not there. A lease that it may have granted ends by itself.
        """
        if self.token is not None:
            raise RuntimeError(
                f"we hold the lock {self.name} already, and it is not re-entrant: release() it first"
            )
        left = countdown(blocking, timeout, self.clock)
        while (taken := self._attempt()) is not None:
            if not left():
                return False
            self.etcd.wait_for_delete(self.name, after=taken, timeout=min(left(), QUIET))
        return True

    def _attempt(self) -> int | None:
        """Makes the key if nobody has. Else the revision at which somebody had it."""
        sent = self.clock()  # before the call: the lease may have begun as early as that
        grant = self.etcd.post("/v3/lease/grant", TTL=self.ttl)
        lease = grant["ID"]
        try:
            answer = self._if_made_at(0, {"requestPut": {"key": base64_of(self.name), "lease": lease}})
            revision = int(answer["header"]["revision"])
            if not answer.get("succeeded"):
                return revision
            self._lease, self._valid_until = lease, sent + int(grant["TTL"])
            self.token = revision
            return None
        finally:
            if self.token is None:  # refused, interrupted, or no answer: no lease is left behind
                self._revoke(lease)

    def keep_alive(self) -> float:
        """Prolongs the lease by its whole length, and returns how many seconds there are now. Call it every ttl / 3.

        Raises:
            NotHeld: the lease has ended, or the lock was not taken.
        """
        self._must_be_taken()
        sent = self.clock()
        granted = int(self.etcd.post("/v3/lease/keepalive", ID=self._lease)["result"].get("TTL", 0))
        if not granted:
            self.token = None
            raise NotHeld(f"the lock {self.name} is lost: its lease has ended, and another may have the lock")
        self._valid_until = sent + granted
        return self._valid_until - self.clock()

    @property
    def believes(self) -> bool:
        """Whether the lease lasts, by our own clock. Who is stopped right after asking still goes on too late."""
        return self.token is not None and self.clock() < self._valid_until

    def put_if_held(self, key: str, value: bytes) -> bool:
        """Writes to the same etcd if the lock is still ours, in one step. False: it is not, and nothing was written.

        A resource elsewhere cannot look into etcd. It is given `token`, and refuses a lower one.
        """
        put = {"key": base64_of(key), "value": base64_of(value)}
        return bool(self._if_made_at(self._must_be_taken(), {"requestPut": put}).get("succeeded"))

    def release(self) -> None:
        """Deletes the key if it is ours, and ends the lease. Where etcd does not answer, the lease ends by itself.

        Raises:
            NotHeld: it was not taken, was given back before, or its lease had ended.
        """
        token = self._must_be_taken()
        self.token = None
        try:
            answer = self._if_made_at(token, {"requestDeleteRange": {"key": base64_of(self.name)}})
        finally:
            self._revoke(self._lease)
        if not answer.get("succeeded"):
            raise NotHeld(
                f"the lock {self.name} was lost before it was given back, because its lease had ended: "
                "another may have had it meanwhile; only a fencing token keeps the resource safe"
            )

    def __enter__(self) -> EtcdLock:
        self.acquire()
        return self

    def __exit__(self, *error: object) -> None:
        self.release()

    def _if_made_at(self, revision: int, then: dict[str, Any]) -> dict[str, Any]:
        """A transaction: if the key was made at that revision (0: if there is none), then this."""
        made = {"key": base64_of(self.name), "target": "CREATE", "createRevision": str(revision)}
        return self.etcd.post("/v3/kv/txn", compare=[made], success=[then])

    def _revoke(self, lease: str | None) -> None:
        """Ends a lease, and with it the key. It may have ended before; if etcd is gone, it ends by itself."""
        with suppress(EtcdError, ConnectionError):
            self.etcd.post("/v3/lease/revoke", ID=lease)

    def _must_be_taken(self) -> int:
        if self.token is None:
            raise NotHeld(f"the lock {self.name} is not held: acquire() it first")
        return self.token


def base64_of(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()
