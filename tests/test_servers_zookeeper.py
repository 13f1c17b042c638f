"""A real ZooKeeper, alone and as an ensemble."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import LOOPBACK, is_running, needs_signals, where_it_listens

from course_lib import servers
from course_lib.servers import zookeeper_server
from course_lib.servers.process import wait_until

needs_zookeeper = pytest.mark.needs("zookeeper")
PATIENCE = 60  # seconds; an end, not a duration

HOLDER = """
import sys, time
from kazoo.client import KazooClient
client = KazooClient(sys.argv[1], timeout=1)
client.start()
client.create("/killed", b"", ephemeral=True)
print("created", flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def zookeeper():
    with servers.zookeeper() as started:
        yield started


def gone(client, path: str) -> threading.Event:
    """Set as soon as the node, which is there, is deleted."""
    event = threading.Event()
    assert client.exists(path, watch=lambda change: event.set())
    return event


@needs_zookeeper
def test_a_zookeeper_keeps_what_it_is_told(zookeeper):
    client = zookeeper.client()
    client.create("/kept", b"42")
    data, stat = zookeeper.client().get("/kept")
    assert data == b"42" and stat.czxid > 0
    assert zookeeper.leader() is zookeeper.servers[0]
    assert zookeeper.servers[0].mode == "standalone"
    assert zookeeper.servers[0].say("ruok") == "imok"


@needs_zookeeper
def test_a_zookeeper_listens_on_loopback_only(zookeeper):
    assert where_it_listens(zookeeper.servers[0].pid) <= LOOPBACK


@needs_zookeeper
def test_an_ephemeral_node_goes_with_its_clients_session(zookeeper):
    holder, other = zookeeper.client(), zookeeper.client()
    holder.create("/closed", b"", ephemeral=True)
    event = gone(other, "/closed")
    holder.stop()
    assert event.wait(PATIENCE)


@needs_zookeeper
def test_an_ephemeral_node_goes_when_the_session_of_a_killed_process_expires(zookeeper):
    command = [sys.executable, "-c", HOLDER, zookeeper.hosts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "created\n"
            event = gone(zookeeper.client(), "/killed")
            holder.kill()
            assert event.wait(PATIENCE)
        finally:
            holder.kill()


@needs_zookeeper
def test_a_session_may_be_as_short_as_two_ticks(zookeeper):
    client = zookeeper.client(timeout=0.2)
    # On a busy machine so short a session may end meanwhile; the client then begins another.
    wait_until(lambda: ",to=200," in zookeeper.servers[0].say("cons"), "no session of 200 ms", PATIENCE)
    client.stop()


@needs_zookeeper
def test_a_restarted_zookeeper_has_its_nodes():
    with servers.zookeeper() as zookeeper:
        first = zookeeper.client()
        first.create("/kept", b"42")
        # ZooKeeper 3.8 may leave a client that reconnects too early without an answer, so a new one asks.
        first.stop()
        zookeeper.servers[0].kill()
        zookeeper.servers[0].restart()
        second = zookeeper.client()
        assert second.get("/kept")[0] == b"42"
    assert not is_running(zookeeper.servers[0].pid)
    assert not second.connected


@needs_zookeeper
def test_an_ensemble_of_three_survives_the_loss_of_its_leader_and_not_of_two():
    with servers.zookeeper(servers=3) as ensemble:
        assert sorted(server.mode for server in ensemble.servers) == ["follower", "follower", "leader"]
        assert {where for server in ensemble.servers for where in where_it_listens(server.pid)} <= LOOPBACK
        client = ensemble.client(timeout=30)
        client.create("/kept", b"42")
        first = ensemble.leader()
        first.kill()
        second = ensemble.leader()
        assert second is not first
        assert client.retry(client.get, "/kept")[0] == b"42"
        client.retry(client.set, "/kept", b"43")
        second.kill()
        ensemble.patience = 1  # nobody is left to elect
        with pytest.raises(servers.ServerFailed, match="no leader was elected in 1 s"):
            ensemble.leader()
    assert not any(is_running(server.pid) for server in ensemble.servers)


@needs_zookeeper
def test_a_zookeeper_that_dies_at_once_says_why():
    with (
        pytest.raises(
            servers.ServerFailed, match=r'zookeeper ended with code \d+: .*For input string: "long"'
        ),
        servers.zookeeper(options={"tickTime": "long"}),
    ):
        pass


@needs_zookeeper
def test_a_port_that_another_took_first_is_left_to_it(monkeypatch):
    with servers.zookeeper() as first:
        taken = first.servers[0].port
        offered = iter([taken])
        free_port = zookeeper_server.free_port
        monkeypatch.setattr(zookeeper_server, "free_port", lambda: next(offered, None) or free_port())
        with servers.zookeeper() as second:
            assert second.servers[0].port != taken
            assert second.servers[0].mode == "standalone"


def test_an_ensemble_has_at_least_one_server():
    with pytest.raises(ValueError, match="servers=0"), servers.zookeeper(servers=0):
        pass


@pytest.mark.parametrize(
    ("lacking", "named"), [("find_java", "Java, in which"), ("find_jars", "ZooKeeper is not")]
)
def test_what_is_missing_is_named_and_how_to_get_it(monkeypatch, lacking, named):
    monkeypatch.setattr(zookeeper_server, "find_java", lambda: Path("java"))
    monkeypatch.setattr(zookeeper_server, "find_jars", lambda: (Path("zookeeper.jar"),))
    monkeypatch.setattr(zookeeper_server, lacking, lambda: ())
    with (
        pytest.raises(servers.ServerMissing, match=f"{named}.*apt install libzookeeper-java"),
        servers.zookeeper(),
    ):
        pass


@needs_signals
@pytest.mark.parametrize("lib", ["lib", "libexec/lib"])
def test_a_distribution_on_path_is_used_before_debians_jars(monkeypatch, tmp_path, lib):
    (tmp_path / "release" / lib).mkdir(parents=True)
    (tmp_path / "release" / "bin").mkdir()
    for name in ("netty-handler-4.1.jar", "zookeeper-3.9.3.jar", "zookeeper-jute-3.9.3.jar"):
        (tmp_path / "release" / lib / name).touch()
    for name in ("zkServer.sh", "java"):
        (tmp_path / "release" / "bin" / name).touch(0o755)
    (tmp_path / "on_path").mkdir()
    for name in ("zkServer.sh", "java"):  # as package managers do
        (tmp_path / "on_path" / name).symlink_to(tmp_path / "release" / "bin" / name)
    monkeypatch.setenv("PATH", str(tmp_path / "on_path"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    found = servers.find_zookeeper()
    assert found.version == "3.9.3"
    assert [jar.name for jar in found.jars][:3] == sorted(os.listdir(tmp_path / "release" / lib))


def test_the_java_of_java_home_comes_first(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    name = "java.exe" if os.name == "nt" else "java"
    (tmp_path / "bin" / name).touch(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert servers.find_java() == tmp_path / "bin" / name
