"""Locks between processes: the article's, how it is put right, and what no lock can do.

| to read first | what it has |
|---|---|
| `article` | the article's lock on Redis, and three steps that repair it |
| `redis_lock` | a lock on one Redis that can be used, with redis-py's interface |
| `waiting`, `scripts` | how it waits without polling, and what Redis does in one step |
| `fenced` | numbers that a resource checks, so that a late holder does no harm |
| `lending`, `leases` | the same as a protocol, so that every schedule can be explored |

| then | |
|---|---|
| `renewal`, `keep_alive` | a lock that is prolonged while its work goes on |
| `redlock` | one lock over several Redis servers |
| `znodes`, `zookeeper` | a small model of ZooKeeper, and the lock's recipe, for the model and the real one |
| `queueing` | that recipe as a protocol |
| `etcd` | the lock as a lease and a transaction |
| `holder` | a process that holds a lock on a real ZooKeeper, to be killed or stopped |

Names below load their module, and redis with it, when they are first used.
"""

from course_lib.lazily import lazily

HOME = {
    "ArticleLock": "article",
    "AtomicRelease": "article",
    "EtcdLock": "etcd",
    "FencedRedisLock": "fenced",
    "FencedRedisResource": "fenced",
    "FencedResource": "fenced",
    "HerdLock": "zookeeper",
    "IfAbsent": "article",
    "KeepAlive": "keep_alive",
    "NotHeld": "holding",
    "RedisLock": "redis_lock",
    "Redlock": "redlock",
    "Renewal": "renewal",
    "StaleToken": "fenced",
    "WithOwner": "article",
    "ZooKeeperLock": "zookeeper",
}
__all__ = list(HOME)
__getattr__, __dir__ = lazily(__name__, HOME)
