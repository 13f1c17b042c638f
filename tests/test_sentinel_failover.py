"""Redis with Sentinel under load: what a crash costs; and the link, and the client, with which that is measured."""

import socket
import socketserver
import threading
import time
from contextlib import contextmanager

import pytest
from processes import is_running

from course_lib import servers
from course_lib.replication import sentinel_failover
from course_lib.replication.sentinel_failover import failover
from course_lib.replication.slow_link import slow_link
from course_lib.replication.writer import writing

needs_redis = pytest.mark.needs("redis-server")
PATIENCE = 60  # seconds after which something that should have happened is taken for a fault
MOMENT = 0.2  # seconds in which something that should not happen would have happened


# A failover


@needs_redis
def test_a_bare_kill_on_loopback_loses_next_to_nothing_and_the_old_one_follows_in_the_end():
    found = failover()
    assert found.lost <= 1 and found.acknowledged > 10
    assert 0 < found.noticed <= found.agreed <= found.elected <= found.decided
    assert found.decided < found.back < found.healed
    assert sum(found.errors.values()) == len(found.service.failures) > 0
    crash, what = found.service.moments[0]
    assert what == "the primary is killed"
    start, end = found.service.gap
    assert start <= crash < end
    assert found.without_service == pytest.approx(end - start, abs=0.001)


@needs_redis
def test_behind_a_slow_link_what_was_on_its_way_is_lost_and_catching_up_throws_it_away():
    found = failover(lag=0.2)
    assert 0 < found.lost <= found.only_it_had
    assert found.it_kept == 0
    assert found.on_their_way == found.rate * 0.2 > 0


@needs_redis
def test_where_only_the_process_dies_what_it_has_sent_arrives():
    found = failover(lag=0.05, machine=False, returns=False)
    assert found.lost == 0
    assert found.back is found.only_it_had is found.healed is found.it_kept is None


@needs_redis
def test_wait_leaves_at_most_the_write_at_hand():
    found = failover(lag=0.05, wait=1, returns=False)
    assert found.lost <= 1


@needs_redis
def test_wait_is_no_promise_where_another_replica_is_promoted():
    found = failover(lag=(0.0, 0.2), wait=1, preferred=1, returns=False)
    assert found.lag == 0.2
    assert found.lost > 0


@needs_redis
def test_min_replicas_bounds_what_is_lost_while_replicas_are_silent():
    found = failover(
        stalled=3.0, options={"min-replicas-to-write": 1, "min-replicas-max-lag": 1}, returns=False
    )
    assert found.errors["Refused"] > 0
    assert 0 < found.lost < found.on_their_way


@needs_redis
def test_min_replicas_does_not_see_that_replicas_which_talk_get_nothing():
    found = failover(
        stalled=3.0,
        oneway=True,
        # replicas speak once a second, and a server counts whole seconds: a 1 would now and then refuse
        options={"min-replicas-to-write": 1, "min-replicas-max-lag": 2},
        returns=False,
    )
    # a machine that dies loses its links first; it may live to see that it has no replica, and refuse
    last, _ = found.service.gap
    assert found.service.moments[0][0] - last < 0.5
    assert not [time for time in found.service.failures if time < last]
    assert found.lost > 0


@needs_redis
def test_no_server_outlives_a_failure(monkeypatch):
    pids = []

    @contextmanager
    def watched(*args, **options):
        with servers.sentinel(*args, **options) as group:
            pids.extend(server.pid for server in (*group.servers, *group.sentinels))
            yield group

    def fails(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(sentinel_failover, "sentinel", watched)
    monkeypatch.setattr(sentinel_failover, "_return", fails)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        failover(lag=0.01)
    assert len(pids) == 6 and not any(map(is_running, pids))
    assert threading.active_count() == before


def test_without_a_redis_server_the_sentence_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr("course_lib.servers.redis_server.find", lambda *_: None)
    with pytest.raises(servers.ServerMissing, match="course get redis"):
        failover()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lag": -1}, r"from 0 to 60, not -1"),
        ({"lag": (0, float("nan"))}, "not nan"),
        ({"lag": ()}, r"lag=\(\)"),
        ({"stalled": 600}, "not 600"),
        ({"rate": 0}, "not 0 and 1.0"),
        ({"before": 0}, "not 500.0 and 0"),
        ({"wait": 3}, "WAIT can ask for 0 to 2 replicas, as many as there are, not 3"),
        ({"preferred": 2}, "the replicas are 0 to 1; preferred=2"),
    ],
)
def test_what_cannot_be_is_said_before_a_server_starts(options, words, monkeypatch):
    monkeypatch.setattr(sentinel_failover, "sentinel", None)
    with pytest.raises(ValueError, match=words):
        failover(**options)


# The slow link


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1000):
            self.server.heard.append(data)
            self.request.sendall(data)


@pytest.fixture
def echo():
    """A server that says what it hears."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads, server.heard = True, []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def link(echo):
    with slow_link(echo.server_address[1]) as link:
        yield link


@pytest.fixture
def call(link):
    with socket.create_connection(("127.0.0.1", link.port), timeout=PATIENCE) as connection:
        yield connection


def hear(call, size):
    heard = b""
    while len(heard) < size:
        more = call.recv(size - len(heard))
        assert more, "the connection ended"
        heard += more
    return heard


def test_a_link_passes_on_all_bytes_in_order(call):
    said = bytes(range(256)) * 400
    threading.Thread(target=call.sendall, args=(said,), daemon=True).start()
    assert hear(call, len(said)) == said


def test_each_byte_is_late_there_and_back_again(link, call):
    link.lag = 0.1
    began = time.monotonic()
    call.sendall(b"one")
    assert hear(call, 3) == b"one"
    assert time.monotonic() - began >= 0.2


def test_what_comes_later_does_not_overtake_when_the_lag_ends(link, call):
    link.lag = 0.2
    call.sendall(b"one")
    until(lambda: any(end.due for end in link.ends))
    link.lag = 0.0
    call.sendall(b"two")
    assert hear(call, 6) == b"onetwo"


def test_a_stalled_link_passes_nothing_and_says_nothing(echo, link, call):
    call.sendall(b"one")
    assert hear(call, 3) == b"one"
    link.stall()
    call.sendall(b"two")
    call.settimeout(MOMENT)
    with pytest.raises(TimeoutError):
        call.recv(3)
    assert echo.heard == [b"one"]


def test_a_link_may_stall_one_way_only(echo, link, call):
    link.stall(oneway=True)
    call.sendall(b"one")
    until(lambda: echo.heard == [b"one"])
    call.settimeout(MOMENT)
    with pytest.raises(TimeoutError):
        call.recv(3)


def test_what_a_link_holds_can_be_lost(echo, link, call):
    call.sendall(b"one")
    assert hear(call, 3) == b"one"
    link.lag = MOMENT
    call.sendall(b"two")
    until(lambda: any(end.due > link.loop.time() for end in link.ends))
    link.lose()
    assert ended(call)
    assert echo.heard == [b"one"]


def test_what_was_said_before_the_end_arrives_before_the_end(echo, link, call):
    link.lag = 0.1
    call.sendall(b"one")
    call.shutdown(socket.SHUT_WR)
    until(lambda: echo.heard == [b"one"])


def test_a_link_to_nobody_ends_the_call():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        slow_link(port) as link,
        socket.create_connection(("127.0.0.1", link.port), timeout=PATIENCE) as call,
    ):
        assert ended(call)


def test_a_link_ends_with_its_block(echo):
    with slow_link(echo.server_address[1]) as link:
        pass
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", link.port), timeout=1)
    assert not [thread for thread in threading.enumerate() if thread.name == "slow link"]
    link.lose()  # too late, and harmless


def ended(call):
    try:
        return call.recv(3) == b""
    except ConnectionResetError:
        return True


def until(happened):
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)


# The client


class Trouble(Exception):
    pass


def test_a_writer_gives_each_write_a_number_and_tries_it_again_until_it_is_acknowledged():
    tried = []

    def write(number):
        tried.append(number)
        if tried.count(number) < 3 and number % 2 == 0:
            raise Trouble

    with writing(write, 1000, (Trouble,)) as writer:
        writer.wait(5)
    done = writer.written
    assert tried[:9] == [1, 2, 2, 2, 3, 4, 4, 4, 5]
    assert done.errors == {"Trouble": len(done.failures)} and len(done.failures) >= 4
    times = [time for time, _ in done.answers]
    assert times == sorted(times) and all(took >= 0 for _, took in done.answers)
    assert done.answers[1][1] >= 0.04  # with all its tries
    assert not writer.is_alive()


def test_a_writer_ends_while_nothing_is_acknowledged():
    with writing(raises(Trouble), 1000, (Trouble,)) as writer, pytest.raises(TimeoutError, match="Trouble"):
        writer.wait(1, patience=MOMENT)
    assert writer.written.answers == [] and not writer.is_alive()


def test_a_mistake_in_the_write_is_no_error_of_a_server():
    with writing(raises(ZeroDivisionError), 1000, (Trouble,)) as writer, pytest.raises(ZeroDivisionError):
        writer.wait(1)


def test_a_writer_writes_no_faster_than_it_is_asked_to():
    with writing(lambda _: None, 100, ()) as writer:
        writer.wait(10)
    times = [time for time, _ in writer.written.answers]
    assert times[9] - times[0] >= 9 / 100 - 0.005


def test_a_rate_is_above_0():
    with pytest.raises(ValueError, match="above 0, not 0"), writing(print, 0, ()):
        pass


def raises(error):
    def write(_):
        raise error

    return write
