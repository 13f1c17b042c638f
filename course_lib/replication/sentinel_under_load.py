"""What an experiment on Redis with Sentinel needs: slow links, a client that writes, an ear for what sentinels say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from course_lib.replication.slow_link import SlowLink
from course_lib.replication.writer import Writer, writing
from course_lib.servers import RedisServer, SentinelGroup
from course_lib.servers.process import wait_until

KEY = "numbers"  # the set of all that was written
WAIT_FOR = 1000  # milliseconds that WAIT waits at most
PATIENCE = 60.0  # seconds after which what should have happened is taken for a failure
TRY_AGAIN, NEVER = 2_000, 3_600_000  # milliseconds; the first is what sentinels have from the start
STEPS = {"+sdown": "noticed", "+odown": "agreed", "+elected-leader": "elected", "+promoted-slave": "decided"}
"""What sentinels call the steps of a failover."""


class Refused(Exception):
    """The server answered with an error."""


class TooFewCopies(Exception):
    """WAIT says that fewer replicas have the write than were asked for."""


# Servers


def put_between(group: SentinelGroup, links: Sequence[SlowLink], lags: Sequence[float]) -> None:
    """Has each replica reach the primary through a link of its own; all else stays direct."""
    if not links:
        return
    set_failover_timeout(group, NEVER)
    for replica, link in zip(group.redis.replicas, links, strict=True):
        with replica.client() as client:
            client.replicaof("127.0.0.1", link.port)
    for replica in group.redis.replicas:
        group.redis.heal(replica)
    for link, lag in zip(links, lags, strict=True):
        link.lag = lag


def set_failover_timeout(group: SentinelGroup, milliseconds: int) -> None:
    """After this time sentinels mend a replica that follows another port than the primary's, as behind our links.

    After it they also try again where a failover has failed, so that it must not be long when one is due.
    """
    for watcher in group.sentinels:
        with watcher.client() as client:
            client.execute_command("SENTINEL SET", group.name, "failover-timeout", milliseconds)


def prefer(group: SentinelGroup, preferred: int | None) -> None:
    """The lower a replica's priority, the sooner it is chosen; it counts before how far a replica has come."""
    if preferred is None:
        return
    chosen = group.redis.replicas[preferred]
    with chosen.client() as client:
        client.config_set("replica-priority", 1)

    def known() -> bool:
        told = [watcher.tells("SENTINEL SLAVES", group.name) or [] for watcher in group.sentinels]
        return all(
            any(it["port"] == chosen.port and int(it["slave-priority"]) == 1 for it in replicas)
            for replicas in told
        )

    wait_until(known, "the sentinels did not hear of a priority", PATIENCE)


def numbers(server: RedisServer) -> set[int]:
    """What a server has."""
    with server.client() as client:
        return set(map(int, client.smembers(KEY)))


def on_its_disk(server: RedisServer) -> set[int]:
    """What a server that is down has in its append-only file: the commands that it carried out, word by word."""
    commands = b"".join(path.read_bytes() for path in server.folder.rglob("*.aof"))
    return set(map(int, re.findall(KEY.encode() + rb"\r\n\$\d+\r\n(\d+)\r\n", commands)))


# The client, and what the sentinels say


@contextmanager
def client_of(group: SentinelGroup, rate: float, wait: int) -> Iterator[Writer]:
    """Writes through whichever server is the primary. redis-py's own retries are off: they would hide the errors."""
    from redis.backoff import NoBackoff
    from redis.exceptions import RedisError, ResponseError
    from redis.retry import Retry

    client = group.master_for(retry=Retry(NoBackoff(), 0), socket_timeout=2 * WAIT_FOR / 1000)

    def write(number: int) -> None:
        commands = client.pipeline(transaction=False)  # one connection: WAIT is about what it has written
        commands.sadd(KEY, number)
        if wait:
            commands.wait(wait, WAIT_FOR)
        try:
            copies = commands.execute()[-1]
        except ResponseError as error:
            raise Refused(str(error)) from None
        if wait and copies < wait:
            raise TooFewCopies(f"{copies} of {wait}")

    with writing(write, rate, (RedisError, Refused, TooFewCopies)) as writer:
        yield writer
    client.close()


@contextmanager
def steps_of(group: SentinelGroup, writer: Writer) -> Iterator[dict[str, float]]:
    """When a sentinel first said that a step was done, in the writer's time."""
    found: dict[str, float] = {}

    def hear(message: dict[str, Any]) -> None:
        step, about = STEPS[message["channel"]], message["data"].split()[0]
        if about == ("slave" if step == "decided" else "master"):
            found.setdefault(step, writer.now)

    threads = []
    try:
        for watcher in group.sentinels:
            listener = watcher.client(decode_responses=True).pubsub()
            listener.subscribe(**dict.fromkeys(STEPS, hear))
            threads.append(listener.run_in_thread(sleep_time=0.05, daemon=True))
        yield found
    finally:
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join()
