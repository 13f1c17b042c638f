"""A Redis Cluster of several primaries, made by hand: slots are given out, then the nodes are introduced."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from course_lib.servers.process import wait_until
from course_lib.servers.redis_server import CLUSTER, SLOTS, RedisServer, redis_servers, slots_are_served

if TYPE_CHECKING:
    from redis.cluster import RedisCluster


class Cluster:
    """The nodes of a Redis Cluster, each with a run of slots as long as its neighbour's."""

    def __init__(self, nodes: list[RedisServer]) -> None:
        self.nodes = tuple(nodes)

    def client(self, **options: Any) -> "RedisCluster":
        """redis-py's client of a cluster, which sends a command to the node of its key's slot."""
        from redis.cluster import RedisCluster

        return RedisCluster(host="127.0.0.1", port=self.nodes[0].port, **options)

    def slots(self, node: RedisServer) -> range:
        """The slots that were given to this node."""
        number = self.nodes.index(node)
        return range(number * SLOTS // len(self.nodes), (number + 1) * SLOTS // len(self.nodes))

    def _form(self, patience: float) -> None:
        for number, node in enumerate(self.nodes, 1):
            with node.client() as client:
                client.execute_command("CLUSTER ADDSLOTS", *self.slots(node))
                # Two nodes that begin with one epoch would have to settle first whose word about a slot counts.
                client.execute_command("CLUSTER SET-CONFIG-EPOCH", number)
        # Each is told of each: gossip would get round as well, but later.
        for node in self.nodes:
            with node.client() as client:
                for other in self.nodes:
                    if other is not node:
                        client.execute_command("CLUSTER MEET", "127.0.0.1", other.port)
        wait_until(
            lambda: all(map(slots_are_served, self.nodes)), "the cluster was not ready", patience, self.nodes
        )


@contextmanager
def redis_cluster(
    primaries: int = 3, *, options: Mapping[str, object] | None = None, patience: float = 20.0
) -> Iterator[Cluster]:
    """Runs a real Redis Cluster, without replicas, while the block lasts; it begins when every node serves.

    That takes two seconds at least: a node that has just started waits so long before it trusts what it knows.

    Raises:
        ValueError: fewer than one primary.
        ServerMissing: no redis-server on this machine.
        ServerFailed: one ended, or the cluster was not ready within `patience` seconds.
    """
    if primaries < 1:
        raise ValueError(f"primaries={primaries}: a cluster has at least 1")
    with redis_servers(primaries, {**CLUSTER, **(options or {})}, patience) as nodes:
        cluster = Cluster(nodes)
        cluster._form(patience)
        yield cluster
