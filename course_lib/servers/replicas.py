"""A Redis primary with replicas, and a failover by hand: how an acknowledged lock is lost.

    with servers.replicated_redis() as redis:
        [replica] = redis.replicas
        redis.cut(replica)
        redis.primary.client().set("lock", "A", nx=True)    # acknowledged
        redis.primary.kill()
        redis.promote(replica).client().set("lock", "B", nx=True)    # as well

Replication is asynchronous: the primary answers first and tells its replicas afterwards. On loopback "afterwards" is so
soon that a bare kill loses nothing. Across a network it is not, and `cut` puts that network here.
"""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from course_lib.servers.process import wait_until
from course_lib.servers.redis_server import RedisServer, redis, redis_servers

# By way of the disk: a primary that streams its data waits five seconds for more replicas first, and may overhear a
# replica's first word, so that WAIT counts it a second late.
AT_ONCE = {"repl-diskless-sync": "no"}


class ReplicatedRedis:
    """A primary and its replicas, as they were at the start."""

    def __init__(self, primary: RedisServer, replicas: list[RedisServer], patience: float) -> None:
        self.primary, self.replicas, self.patience = primary, tuple(replicas), patience

    def cut(self, replica: RedisServer) -> None:
        """Cuts the link from the primary to this replica: the replica is paused and gets nothing from now on.

        Pausing alone would not do: what the primary sends would wait in the replica's socket and be read on waking up.
        """
        with replica.client(decode_responses=True) as client:
            links = client.client_list("master")
        replica.pause()
        with self.primary.client() as client:
            for link in links:
                client.client_kill_filter(addr=link["laddr"])

    def heal(self, replica: RedisServer) -> None:
        """Ends a cut: the replica goes on, reconnects and catches up; comes back when it has."""
        replica.resume()
        self._wait_for(replica)

    def promote(self, replica: RedisServer) -> RedisServer:
        """Makes a replica, cut off or not, a primary of its own, as an operator does in a failover. Returns it."""
        # A replica that wakes up reconnects at once, so this command must lie there before it does. redis-py cannot
        # leave it: it wants an answer to its own greeting first.
        with socket.create_connection(("127.0.0.1", replica.port), timeout=self.patience) as link:
            link.sendall(b"REPLICAOF NO ONE\r\n")
            replica.resume()
            link.recv(64)
        return replica

    def _wait_for(self, *replicas: RedisServer) -> None:
        wait_until(
            lambda: all(map(self._is_linked, replicas)),
            f"the replicas of {self.primary!r} were not linked to it",
            self.patience,
            [*replicas, self.primary],
        )

    def _is_linked(self, replica: RedisServer) -> bool:
        """Both ends must say so: the primary counts a replica, and WAIT, from the moment it calls it online."""
        there, here = replica.tells("INFO", "replication"), self.primary.tells("INFO", "replication")
        if not there or not here or there.get("master_link_status") != "up":
            return False
        known = [value for name, value in here.items() if re.fullmatch(r"slave\d+", name)]
        return any(it["port"] == replica.port and it["state"] == "online" for it in known)


@contextmanager
def replicated_redis(
    replicas: int = 1, *, options: Mapping[str, object] | None = None, patience: float = 10.0
) -> Iterator[ReplicatedRedis]:
    """Runs a primary and its replicas while the block lasts; it begins when all links are up.

    `options` are lines of redis.conf for all of them, such as `{"min-replicas-to-write": 1}`.

    Raises:
        ValueError: fewer than one replica.
        ServerMissing: no redis-server on this machine.
        ServerFailed: one ended, or the links were not up within `patience` seconds.
    """
    if replicas < 1:
        raise ValueError(
            f"replicas={replicas}: a replicated Redis has at least 1; without any, use servers.redis()"
        )
    everyone = {**AT_ONCE, **(options or {})}
    with redis(options=everyone, patience=patience) as primary:
        follow = {**everyone, "replicaof": f"127.0.0.1 {primary.port}"}
        with redis_servers(replicas, follow, patience) as copies:
            group = ReplicatedRedis(primary, copies, patience)
            group._wait_for(*copies)
            yield group
