"""Several real redis-servers: replication and what it loses, Sentinel, Cluster."""

import pytest
import redis as redis_py
from processes import is_running, needs_signals, where_it_listens
from redis.backoff import NoBackoff
from redis.retry import Retry

from course_lib import servers
from course_lib.servers.replicas import ReplicatedRedis

pytestmark = pytest.mark.needs("redis-server")


def running_pids(group: ReplicatedRedis) -> list[int]:
    return [server.pid for server in (group.primary, *group.replicas) if is_running(server.pid)]


# A primary and its replicas.


def test_a_write_to_the_primary_reaches_every_replica():
    with servers.replicated_redis(replicas=2) as group:
        primary = group.primary.client()
        primary.set("lock", "A")
        assert primary.wait(2, 10_000) == 2
        assert [replica.client().get("lock") for replica in group.replicas] == [b"A", b"A"]
        assert primary.info("replication")["connected_slaves"] == 2
    assert running_pids(group) == []


def test_replication_stays_on_loopback():
    with servers.replicated_redis() as group:
        assert {where for pid in running_pids(group) for where in where_it_listens(pid)} == {"0100007F"}


def test_primary_and_replicas_end_when_the_block_raises():
    with pytest.raises(KeyboardInterrupt), servers.replicated_redis() as group:
        raise KeyboardInterrupt
    assert running_pids(group) == []


@needs_signals
def test_a_failover_behind_a_cut_link_loses_an_acknowledged_lock():
    with servers.replicated_redis() as group:
        [replica] = group.replicas
        group.cut(replica)
        assert group.primary.client().set("lock", "A", nx=True, px=30_000)
        group.primary.kill()
        heir = group.promote(replica).client()
        assert heir.set("lock", "B", nx=True, px=30_000)
        assert heir.get("lock") == b"B"


@needs_signals
def test_wait_tells_that_no_replica_has_the_write():
    with servers.replicated_redis() as group:
        group.cut(group.replicas[0])
        with group.primary.client() as client:
            assert client.set("lock", "A", nx=True)
            assert client.wait(1, 100) == 0


@needs_signals
def test_a_primary_that_demands_a_replica_refuses_the_write_behind_a_cut():
    with servers.replicated_redis(options={"min-replicas-to-write": 1}) as group:
        client = group.primary.client()
        assert client.set("before", "A", nx=True)
        group.cut(group.replicas[0])
        with pytest.raises(redis_py.ResponseError, match=r"NOREPLICAS|Not enough good replicas"):
            client.set("lock", "A", nx=True)


@needs_signals
def test_a_promoted_replica_has_nothing_of_a_primary_that_still_lives():
    with servers.replicated_redis() as group:
        [replica] = group.replicas
        group.cut(replica)
        group.primary.client().set("lock", "A", nx=True)
        assert group.promote(replica).client().set("lock", "B", nx=True)
        assert group.primary.client().get("lock") == b"A"  # two primaries, each with a holder


@needs_signals
def test_only_the_named_replica_is_cut_off_and_healing_lets_it_catch_up():
    with servers.replicated_redis(replicas=2) as group:
        cut, linked = group.replicas
        group.cut(cut)
        with group.primary.client() as client:
            client.set("lock", "A")
            assert client.wait(2, 100) == 1
        assert linked.client().get("lock") == b"A"
        group.heal(cut)
        with group.primary.client() as client:
            client.set("lock", "B")
            assert client.wait(2, 10_000) == 2
        assert cut.client().get("lock") == b"B"


def test_no_replicas_are_a_single_redis():
    with pytest.raises(ValueError, match=r"replicas=0.*servers\.redis\(\)"), servers.replicated_redis(0):
        pass


# Sentinel.


def test_sentinels_put_a_replica_in_the_place_of_a_dead_primary():
    with servers.sentinel(down_after=0.5) as group:
        client = group.master_for(retry=Retry(NoBackoff(), 0))
        client.set("lock", "A")
        old = group.primary()
        assert old is group.redis.primary
        with old.client() as primary:
            primary.set("lock", "A")
            assert primary.wait(2, 10_000) == 2
        old.kill()
        new = group.new_primary(old)
        assert new in group.redis.replicas
        assert group.client().discover_master(group.name) == ("127.0.0.1", new.port)
        assert group.master_for().get("lock") == b"A"  # given time to replicate, nothing is lost
        pids = [server.pid for server in (*group.servers, *group.sentinels)]
    assert not any(map(is_running, pids))


def test_a_sentinel_group_needs_a_sentinel():
    with pytest.raises(ValueError, match="sentinels=0"), servers.sentinel(sentinels=0):
        pass


def test_sentinels_do_not_call_a_server_down_before_their_first_ping():
    with pytest.raises(ValueError, match=r"down_after=0\.3: at least 0\.5"), servers.sentinel(down_after=0.3):
        pass


# Cluster.


def test_a_cluster_answers_for_every_slot_and_sends_a_stranger_on():
    with servers.redis_cluster(primaries=3) as cluster:
        client = cluster.client()
        for number in range(100):
            client.set(f"key{number}", number)
        assert [int(client.get(f"key{number}")) for number in range(100)] == list(range(100))
        assert sum(node.client().dbsize() for node in cluster.nodes) == 100
        assert all(node.client().dbsize() > 10 for node in cluster.nodes)
        slot = client.keyslot("foo")
        [owner] = [node for node in cluster.nodes if slot in cluster.slots(node)]
        stranger = next(node for node in cluster.nodes if node is not owner)
        with pytest.raises(redis_py.ResponseError, match=f"12182 127.0.0.1:{owner.port}"):
            stranger.client().get("foo")
        assert {where for node in cluster.nodes for where in where_it_listens(node.pid)} == {"0100007F"}
        client.close()
    assert not any(is_running(node.pid) for node in cluster.nodes)


def test_a_cluster_needs_a_node():
    with pytest.raises(ValueError, match="primaries=0"), servers.redis_cluster(0):
        pass
