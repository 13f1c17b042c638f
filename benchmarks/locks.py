"""Our locks beside redis-py's own, on the same real server: lock and unlock, hand-over, and what a waiter costs."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from redis.lock import Lock

from benchmarks.timing import report
from course_lib import servers
from course_lib.locks import FencedRedisLock, RedisLock

KINDS = {"redis-py's Lock": Lock, "RedisLock": RedisLock, "FencedRedisLock": FencedRedisLock}
BATCHES, BATCH = 60, 100  # what disturbs a machine lasts longer than a batch, and so it meets all alike
WATCHED = 3.0  # seconds for which a waiter's commands are counted


def main() -> None:
    """All on one server."""
    with servers.redis() as server:
        print(f"  redis-server {server.version}; of ratios the median, and the worst of {BATCHES} batches")
        speed(server, "lock and unlock, one lock object", held)
        speed(server, "the same, a new lock object each time", fresh)
        for waiters, rounds in ((1, 60), (8, 12)):
            hand_over(server, waiters, rounds)
        cost(server)


def held(client: Any, kind: type) -> Callable[[], None]:
    lock = client.lock("bench", timeout=10, lock_class=kind)

    def turn() -> None:
        lock.acquire()
        lock.release()

    return turn


def fresh(client: Any, kind: type) -> Callable[[], None]:
    def turn() -> None:
        with client.lock("bench", timeout=10, lock_class=kind):
            pass

    return turn


def speed(server: Any, header: str, make: Callable[[Any, type], Callable[[], None]]) -> None:
    """In small batches, one kind after the other, and begun with each in turn."""
    turns = {name: make(server.client(), kind) for name, kind in KINDS.items()}
    times: dict[str, list[float]] = {name: [] for name in KINDS}
    for turn in turns.values():
        turn()  # connects, and brings the scripts
    for batch in range(BATCHES):
        names = list(KINDS)
        random.Random(batch).shuffle(names)
        for name in names:
            start = perf_counter()
            for _ in range(BATCH):
                turns[name]()
            times[name].append((perf_counter() - start) / BATCH)
    peer = times["redis-py's Lock"]
    rows = []
    for name, mine in times.items():
        ratios = [theirs / ours for theirs, ours in zip(peer, mine, strict=True)]
        beside = "" if mine is peer else f", {median(ratios):.2f} x as fast (worst {min(ratios):.2f})"
        rows.append((name, median(mine), f"{1 / median(mine):,.0f} a second{beside}"))
    report(rows, header)


def hand_over(server: Any, waiters: int, rounds: int) -> None:
    """From the moment before a release to the moment at which the next holder knows."""
    rows = []
    for name, kind in KINDS.items():
        delays = sorted(delay for _ in range(rounds) for delay in one_round(server, kind, waiters))
        rows.append((name, median(delays), f"p99 {quantiles(delays, n=100)[98] * 1e3:.1f} ms"))
    report(rows, f"from a release to the next holder, {waiters} waiting: median")


def one_round(server: Any, kind: type, waiters: int) -> list[float]:
    """All wait for one lock, and get it one after the other."""
    delays: list[float] = []
    released = [0.0]

    def give_back(lock: Any) -> None:
        released[0] = perf_counter()
        lock.release()

    def wait() -> None:
        lock = server.client().lock("bench", lock_class=kind)
        time.sleep(random.uniform(0, 0.1))  # each polls in a rhythm of its own
        lock.acquire()
        delays.append(perf_counter() - released[0])
        give_back(lock)

    first = server.client().lock("bench", lock_class=kind)
    first.acquire()
    with running(wait, waiters):
        time.sleep(0.25)
        give_back(first)
    return delays


@contextmanager
def running(work: Callable[[], None], threads: int) -> Iterator[None]:
    crowd = [threading.Thread(target=work) for _ in range(threads)]
    for one in crowd:
        one.start()
    yield
    for one in crowd:
        one.join()


def cost(server: Any) -> None:
    """What the server hears of one who waits for a lock that is held."""
    print(f"  commands a second of one waiter, over {WATCHED:g} s")
    for name, kind in KINDS.items():
        client = server.client()
        lock = client.lock("bench", lock_class=kind)
        lock.acquire()
        waiter = server.client().lock("bench", lock_class=kind, thread_local=False)
        with running(partial(waiter.acquire, blocking_timeout=60), 1):
            time.sleep(0.2)
            before = heard(client)
            time.sleep(WATCHED)
            count = heard(client) - before - 1  # our own question
            lock.release()
        waiter.release()
        print(f"    {name:<44} {count / WATCHED:8.1f}")


def heard(client: Any) -> int:
    """How many commands the server was sent by now."""
    return int(client.info("stats")["total_commands_processed"])
