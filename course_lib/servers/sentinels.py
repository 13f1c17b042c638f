"""Redis Sentinel: processes that watch a primary, agree that it is down, and promote a replica by themselves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.servers.process import free_port, running, wait_until
from course_lib.servers.redis_server import RedisServer, require_redis
from course_lib.servers.replicas import ReplicatedRedis, replicated_redis

if TYPE_CHECKING:
    from redis import Redis
    from redis.sentinel import Sentinel as SentinelClient

NAME = "primary"  # what the sentinels call the group that they watch
# How often, in milliseconds, sentinels tell each other of themselves and ask the servers. Their own 2 s and 10 s would
# make a lesson wait. Redis 6.2 knows no such setting, and takes its time.
HASTE = {"publish-period": 200, "info-period": 500, "ask-period": 200, "ping-period": 250}
# Five pings must take longer than a second: a sentinel asks the replicas of a dead primary once a second how they are,
# and promotes none of which its news is older than five pings. One ping must take less than `down_after`: so long it
# waits with the first, to a server that it has just got to know.
SHORTEST = 0.5  # seconds, of `down_after`


class SentinelServer(RedisServer):
    """One sentinel: the same program as redis-server, in another mode."""

    program = "redis-sentinel"

    def __init__(
        self, binary: Path, folder: Path, patience: float, primary: int, quorum: int, down_after: float
    ) -> None:
        super().__init__(binary, folder, free_port(), patience, {})
        self.lines = [
            f"port {self.port}",
            "bind 127.0.0.1",
            f'dir "{folder}"',
            f"sentinel monitor {NAME} 127.0.0.1 {primary} {quorum}",
            f"sentinel down-after-milliseconds {NAME} {round(1000 * down_after)}",
            # After a vote that nobody won they wait twice as long, and vote again.
            f"sentinel failover-timeout {NAME} 2000",
            f"sentinel parallel-syncs {NAME} 1",
        ]

    def command(self) -> list[str]:
        path = self.folder / "sentinel.conf"
        if not path.exists():  # a sentinel writes into it what it must know after a restart
            path.write_text("\n".join(self.lines) + "\n")
        return [str(self.binary), str(path), "--sentinel"]

    def sees(self) -> dict[str, Any]:
        """What it knows of the primary: its "port", "num-slaves", "num-other-sentinels"; empty if it says nothing."""
        told = self.tells("SENTINEL MASTER", NAME)
        return told or {}


class SentinelGroup:
    """A primary, its replicas, and the sentinels that watch them."""

    name = NAME

    def __init__(self, redis: ReplicatedRedis, sentinels: list[SentinelServer], patience: float) -> None:
        self.redis, self.sentinels, self.patience = redis, tuple(sentinels), patience
        self.servers = (redis.primary, *redis.replicas)

    def client(self, **options: Any) -> "SentinelClient":
        """redis-py's Sentinel: asks the sentinels who the primary is; `options` are for the connections to them."""
        from redis.sentinel import Sentinel

        places = [("127.0.0.1", sentinel.port) for sentinel in self.sentinels]
        return Sentinel(places, **{"socket_timeout": 0.5, **options})

    def master_for(self, **options: Any) -> "Redis":
        """A client of whichever server is the primary, asked anew at each connection."""
        return self.client().master_for(NAME, **{"socket_timeout": 0.5, **options})

    def primary(self) -> RedisServer:
        """The server that most of the running sentinels call the primary, by its port; waits until most agree."""
        return wait_until(self._agreed, "the sentinels did not agree on a primary", self.patience)  # type: ignore[return-value]

    def new_primary(self, old: RedisServer) -> RedisServer:
        """Waits for the failover: comes back with the server that has taken the old one's place.

        Raises:
            ServerFailed: none has within `patience` seconds.
        """

        def taken_over() -> RedisServer | None:
            found = self._agreed()
            if found is None or found is old:
                return None
            told = found.tells("INFO", "replication")
            return found if told and told["role"] == "master" else None

        return wait_until(taken_over, f"no replica took the place of {old!r}", self.patience)  # type: ignore[return-value]

    def _agreed(self) -> RedisServer | None:
        named = [sentinel.sees().get("port") for sentinel in self.sentinels]
        return next((server for server in self.servers if 2 * named.count(server.port) > len(named)), None)

    def _wait_for_acquaintance(self) -> None:
        """A sentinel that knows too few others, or no replica, cannot fail over."""
        others, replicas = len(self.sentinels) - 1, len(self.redis.replicas)

        def acquainted() -> bool:
            told = [sentinel.sees() for sentinel in self.sentinels]
            return all(
                it.get("num-other-sentinels") == others and it.get("num-slaves") == replicas for it in told
            )

        wait_until(acquainted, "the sentinels did not find each other", self.patience, self.sentinels)


@contextmanager
def sentinel(
    replicas: int = 2,
    sentinels: int = 3,
    *,
    quorum: int | None = None,
    down_after: float = 1.0,
    options: Mapping[str, object] | None = None,
    patience: float = 60.0,
) -> Iterator[SentinelGroup]:
    """Runs a primary, its replicas and sentinels while the block lasts; it begins when all know each other.

    Args:
        quorum: how many sentinels must find the primary down before one may begin a failover; the majority if not said.
        down_after: seconds of silence after which a sentinel finds the primary down; at least 0.5.
        options: lines of redis.conf for the primary and the replicas.
        patience: seconds that each step of the start, and a failover, may take.

    Raises:
        ValueError: fewer than one replica or sentinel, or a `down_after` too short for sentinels to keep up with.
        ServerMissing: no redis-server on this machine.
        ServerFailed: one ended, or they did not find each other in time.
    """
    if sentinels < 1:
        raise ValueError(f"sentinels={sentinels}: at least 1 must watch; 3 survive the loss of one")
    if not down_after >= SHORTEST:
        raise ValueError(
            f"down_after={down_after}: at least {SHORTEST} s; sooner, sentinels take for dead whom they have just met"
        )
    majority = sentinels // 2 + 1
    with replicated_redis(replicas, options=options, patience=patience) as redis:
        binary, port = require_redis(), redis.primary.port

        def make(folder: Path) -> list[SentinelServer]:
            places = [folder / str(number) for number in range(sentinels)]
            return [
                SentinelServer(binary, place, patience, port, quorum or majority, down_after)
                for place in places
            ]

        with running("sentinel", make) as watchers:
            for watcher in watchers:
                for name, period in HASTE.items():
                    watcher.tells("SENTINEL", "DEBUG", name, str(period))
            group = SentinelGroup(redis, list(watchers), patience)
            group._wait_for_acquaintance()
            yield group
