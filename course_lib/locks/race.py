"""Many threads, one counter, one lock: does it end where it should?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """The counter at the end, what it ought to be, and how many threads were seen inside the lock at once."""

    total: int
    due: int
    inside: int


def race(
    make_lock: Callable[[], Any] | None, threads: int = 8, times: int = 50, work: float = 0.0005
) -> Outcome:
    """Has each thread add one to a counter `times` times: read, work for some seconds, write.

    `make_lock` gives each thread its lock, a context manager or something with `acquire` and `release`; None is no
    lock. A thread that does not get the lock tries again. Raises what a thread raised.
    """
    counter, inside, most = [0], [0], [0]
    start = threading.Barrier(threads)

    def one(lock: Any) -> None:
        start.wait()
        for _ in range(times):
            enter(lock)
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            value = counter[0]
            time.sleep(work)
            counter[0] = value + 1
            inside[0] -= 1
            leave(lock)

    locks = [make_lock() if make_lock else nullcontext() for _ in range(threads)]
    with ThreadPoolExecutor(threads) as crowd:
        list(crowd.map(one, locks))
    return Outcome(counter[0], threads * times, most[0])


def enter(lock: Any) -> None:
    if not hasattr(lock, "acquire"):
        lock.__enter__()
        return
    while not lock.acquire():
        time.sleep(0.001)


def leave(lock: Any) -> None:
    lock.release() if hasattr(lock, "release") else lock.__exit__(None, None, None)
