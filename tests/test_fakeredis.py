"""Where fakeredis is not Redis, as far as the course relies on it or speaks of it.

Each difference is a pair: what the real server does, and what the stand-in does. When a later fakeredis mends one, its
test fails, and the sentence in the course that warns of it can go.
"""

import pytest
import time_machine
from fakeredis import FakeRedis, FakeServer
from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import NoScriptError, ResponseError, WatchError
from redis_backends import PATIENCE, crowd, empty, fake, needs_redis, thread, until, until_gone

from course_lib import servers


@pytest.fixture
def real(real_server):
    """A client of a real server."""
    return empty(real_server)()


@pytest.fixture
def stand_in():
    return fake()()


# A key that is watched, and whose time ends before EXEC


def buy(client, end):
    """Reads a key under WATCH; `end` lets its time pass; then a transaction that relies on it."""
    client.set("price", 10, px=50)
    with client.pipeline() as transaction:
        transaction.watch("price")
        assert transaction.get("price") == b"10"
        end()
        transaction.multi()
        transaction.set("paid", 10)
        return transaction.execute()


@needs_redis
def test_a_watched_key_that_expires_aborts_the_transaction(real):
    with pytest.raises(WatchError):
        buy(real, lambda: until_gone(real, "price"))
    assert not real.exists("paid")


def test_in_fakeredis_a_watched_key_that_expires_aborts_nothing(stand_in):
    with time_machine.travel(1000.0, tick=False) as clock:
        assert buy(stand_in, lambda: clock.shift(0.051)) == [True]
    assert stand_in.get("paid") == b"10"


def test_a_watched_key_that_another_changes_aborts_the_transaction_in_both(connect):
    with pytest.raises(WatchError):
        buy(connect(), lambda: connect().set("price", 11))


# Commands that are missing

REPLICATION = {  # a command of each chapter that speaks of replicas, clusters and settings
    "WAIT": ("WAIT", 0, 10),
    "INFO": ("INFO", "replication"),
    "ROLE": ("ROLE",),
    "REPLICAOF": ("REPLICAOF", "NO", "ONE"),
    "CLUSTER": ("CLUSTER", "INFO"),
    "CONFIG GET": ("CONFIG GET", "maxmemory"),
    "CONFIG RESETSTAT": ("CONFIG RESETSTAT",),
    "DEBUG": ("DEBUG", "JMAP"),
}


@pytest.mark.parametrize("name", REPLICATION)
def test_fakeredis_does_not_know_what_is_about_several_servers_or_about_itself(stand_in, name):
    with pytest.raises(ResponseError, match=rf"^unknown command '{name.lower()}'"):
        stand_in.execute_command(*REPLICATION[name])


@needs_redis
@pytest.mark.parametrize("name", REPLICATION)
def test_a_real_server_knows_them(real, name):
    try:
        real.execute_command(*REPLICATION[name])
    except ResponseError as refused:  # for a reason of its own: no cluster, no debugging
        assert "unknown command" not in str(refused)


def test_fakeredis_takes_any_setting_and_ignores_it(stand_in):
    assert stand_in.config_set("maxmemory", "1")
    assert stand_in.set("key", "x" * 10_000)


@needs_redis
def test_a_real_server_obeys_its_settings(real):
    real.config_set("maxmemory", "1")
    try:
        with pytest.raises(ResponseError, match="maxmemory"):
            real.set("key", "x" * 10_000)
    finally:
        real.config_set("maxmemory", "0")


# CLIENT PAUSE


@needs_redis
def test_client_pause_holds_up_commands_in_a_real_server(real, real_server):
    """The write is under way until the pause is taken back."""
    assert real.client_pause(60_000, all=False)  # writes only: or the server would not answer us, either
    try:
        with thread(lambda: real_server.client(socket_timeout=PATIENCE).set("key", 1)) as written:
            held_up = until(lambda: [one for one in real.client_list() if "b" in one["flags"]])
            assert len(held_up) == 1 and not written and real.get("key") is None
            real.client_unpause()
    finally:
        real.client_unpause()
    assert written == [True]


def test_client_pause_holds_up_nothing_in_fakeredis(stand_in):
    assert stand_in.client_pause(3_600_000)
    assert stand_in.set("key", 1)


# Expiry


@needs_redis
def test_a_real_server_tells_that_a_key_expired(real):
    real.config_set("notify-keyspace-events", "KEA")
    try:
        with real.pubsub(ignore_subscribe_messages=True) as news:
            news.subscribe("__keyevent@0__:expired")
            real.set("key", 1, px=20)
            until_gone(real, "key")
            heard = until(lambda: news.get_message(timeout=0.1))
            assert heard["data"] == b"key"
    finally:
        real.config_set("notify-keyspace-events", "")


def test_fakeredis_tells_that_a_key_was_set_and_not_that_it_expired(stand_in):
    stand_in.config_set("notify-keyspace-events", "KEA")
    with time_machine.travel(1000.0, tick=False) as clock, stand_in.pubsub() as news:
        news.psubscribe("__keyevent@0__:*")
        stand_in.set("key", 1, px=20)
        clock.shift(0.021)
        assert not stand_in.exists("key")
        stand_in.set("other", 1)
        heard = [(one["channel"], one["data"]) for one in iter(lambda: news.get_message(), None)]
    assert (b"__keyevent@0__:set", b"key") in heard and (b"__keyevent@0__:set", b"other") in heard
    assert b"__keyevent@0__:expired" not in [channel for channel, _ in heard]


def test_in_fakeredis_a_key_is_still_there_at_the_very_end_of_its_time(stand_in):
    """So tests move the clock a millisecond further."""
    with time_machine.travel(1000.0, tick=False) as clock:
        stand_in.set("key", 1, px=1000)
        clock.shift(1.0)
        assert stand_in.exists("key") and stand_in.pttl("key") == 0
        clock.shift(0.001)
        assert not stand_in.exists("key") and stand_in.pttl("key") == -2


@needs_redis
def test_in_a_real_server_too_a_key_that_is_there_may_have_no_millisecond_left(real):
    """A script sees one moment: either the key has time left, or it is gone."""
    script = "local left = redis.call('pttl', KEYS[1]) return {left, redis.call('exists', KEYS[1])}"
    real.set("key", 1, px=30)
    seen = []
    until(lambda: seen.append(real.eval(script, 1, "key")) or seen[-1][0] == -2)
    assert all(left >= 0 and there for left, there in seen[:-1])
    assert seen[-1] == [-2, 0]


# How it is used


def test_two_fakeredis_without_a_server_know_nothing_of_each_other():
    FakeRedis().set("key", 1)
    assert FakeRedis().get("key") is None
    server = FakeServer(version=(7,))
    FakeRedis(server=server).set("key", 1)
    assert FakeRedis(server=server).get("key") == b"1"


def test_a_bare_fake_server_is_newer_than_the_course():
    assert FakeServer().version == (8,)


def test_its_outage_is_a_network_that_is_away_and_not_a_crash():
    server = FakeServer(version=(7,))
    client = FakeRedis(server=server)
    client.set("key", 1)
    server.connected = False
    with pytest.raises(ServerAway, match=r"^FakeRedis is emulating a connection error\.$"):
        client.get("key")
    server.connected = True
    assert client.get("key") == b"1"


@needs_redis
def test_a_real_server_that_crashed_has_forgotten():
    with servers.redis() as server:
        server.client().set("key", 1)
        server.kill()
        server.restart()
        assert server.client().get("key") is None


def test_a_wait_in_fakeredis_takes_real_time_while_the_clock_stands(stand_in):
    with time_machine.travel(1000.0, tick=False):
        assert stand_in.blpop("list", timeout=0.01) is None


# What is the same in both, and relied on


def test_scripts_run_in_one_step_in_both(connect):
    client = connect()
    assert client.eval("return redis.call('incrby', KEYS[1], ARGV[1])", 1, "n", 5) == 5
    with pytest.raises(NoScriptError):
        client.evalsha("0" * 40, 0)
    assert client.eval("return {1, redis.call('get', KEYS[1])}", 1, "none") == [1, None]  # nil in a table
    assert client.eval("return redis.call('get', KEYS[1])", 1, "none") is None
    count = client.register_script("local n = redis.call('get', KEYS[1]) redis.call('set', KEYS[1], n + 1)")

    crowd(4, lambda: [count(keys=["n"], client=client) for _ in range(50)])
    assert client.get("n") == b"205"


def test_set_nx_px_is_one_step_in_both(connect):
    client = connect()
    assert client.set("key", "a", nx=True, px=60_000) is True
    assert client.set("key", "b", nx=True, px=1) is None
    assert client.get("key") == b"a" and client.pttl("key") > 30_000
    assert client.set("key", "b") is True and client.pttl("key") == -1  # a plain SET takes the end away


def test_a_list_hands_each_element_to_one_of_those_who_wait_in_both(connect):
    client, got = connect(), []
    with (
        thread(lambda: got.append(connect().blpop("list", timeout=PATIENCE))),
        thread(lambda: got.append(connect().blpop("list", timeout=PATIENCE))),
    ):
        client.rpush("list", "one")
        until(lambda: got)
        assert client.llen("list") == 0
        client.rpush("list", "two")
    assert sorted(element for _, element in got) == [b"one", b"two"]
