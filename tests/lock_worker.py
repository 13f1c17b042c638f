"""A process that adds one to a number under a lock, again and again, until it is asked to end (SIGTERM) or killed.

    python lock_worker.py PORT LOG fenced|plain

Each update that was acknowledged is a line in LOG. Now and then it is late: it pauses between its read and
its write for longer than its lease.
"""

import os
import signal
import sys
import time
from contextlib import suppress

from redis import Redis
from redis.exceptions import LockNotOwnedError

from course_lib.locks import FencedRedisLock, FencedRedisResource, StaleToken

LEASE = 0.1  # seconds
LATE = 20  # each 20th time


class Plain(FencedRedisResource):
    """The same without the check."""

    def read(self, token):
        return self.client.get(self.keys[0])

    def write(self, token, value):
        self.client.set(self.keys[0], value)


def main(port: str, log: str, kind: str) -> None:
    ends = []
    signal.signal(signal.SIGTERM, lambda *_: ends.append(True))
    client = Redis(host="127.0.0.1", port=int(port))
    lock = FencedRedisLock(client, "lock", timeout=LEASE, sleep=0.01)
    resource = (FencedRedisResource if kind == "fenced" else Plain)(client, "stock")
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    turns = 0
    while not ends:
        token = lock.acquire(blocking_timeout=1)
        if token is None:
            continue
        turns += 1
        with suppress(StaleToken):
            value = int(resource.read(token) or 0)
            if turns % LATE == 0:
                time.sleep(1.5 * LEASE)
            resource.write(token, value + 1)
            os.write(file, f"{token}\n".encode())  # what is written here outlives a SIGKILL
        with suppress(LockNotOwnedError):
            lock.release()


if __name__ == "__main__":
    main(*sys.argv[1:])
