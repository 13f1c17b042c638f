"""Real servers on loopback, for the places where a model is not enough.

    with servers.redis() as server:
        server.client().set("answer", 42)

| block | what runs | module |
|---|---|---|
| `redis()` | one redis-server | `redis_server` |
| `replicated_redis(replicas=1)` | a primary and its replicas, and the means to cut and promote one | `replicas` |
| `sentinel(replicas=2, sentinels=3)` | the same with sentinels, which fail over by themselves | `sentinels` |
| `redis_cluster(primaries=3)` | a Redis Cluster | `clusters` |
| `zookeeper(servers=1)` | a ZooKeeper, or an ensemble | `zookeeper_server` |
| `etcd()` | one etcd | `etcd_server` |
| `nginx({8001: 5, 8002: 1})` | one nginx in front of servers on these ports, by weight | `nginx_server` |

Each server has a free port and a temporary folder of its own, reads no configuration of the machine, keeps nothing, and
is stopped by its process id when the block ends, however it ends. Its `kill()`, `pause()`, `resume()` and
`restart()` are there to be used; `process` is what all of them share, `programs`
finds what they run.
"""

from course_lib.servers.clusters import Cluster, redis_cluster
from course_lib.servers.etcd_server import EtcdServer, etcd, find_etcd
from course_lib.servers.nginx_server import NginxServer, find_nginx, nginx
from course_lib.servers.process import Server, ServerFailed
from course_lib.servers.programs import FETCHED, ServerMissing, version
from course_lib.servers.redis_server import SLOTS, RedisServer, find_redis, redis
from course_lib.servers.replicas import ReplicatedRedis, replicated_redis
from course_lib.servers.sentinels import SentinelGroup, sentinel
from course_lib.servers.zookeeper_server import (
    ZooKeeper,
    ZooKeeperServer,
    find_java,
    find_zookeeper,
    zookeeper,
)

__all__ = [
    "FETCHED",
    "SLOTS",
    "Cluster",
    "EtcdServer",
    "NginxServer",
    "RedisServer",
    "ReplicatedRedis",
    "SentinelGroup",
    "Server",
    "ServerFailed",
    "ServerMissing",
    "ZooKeeper",
    "ZooKeeperServer",
    "etcd",
    "find_etcd",
    "find_java",
    "find_nginx",
    "find_redis",
    "find_zookeeper",
    "nginx",
    "redis",
    "redis_cluster",
    "replicated_redis",
    "sentinel",
    "version",
    "zookeeper",
]
