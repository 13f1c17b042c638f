"""A lock as a lease and a transaction, on a real etcd."""

import itertools
import socket
import threading

import pytest
from processes import in_a_thread

from course_lib import servers
from course_lib.locks import EtcdLock, FencedResource, StaleToken, etcd
from course_lib.locks.holding import NotHeld

PATIENCE = 60  # seconds; an end, not a duration
names = itertools.count()
needs_etcd = pytest.mark.needs("etcd")


@pytest.fixture(scope="module")
def server():
    with servers.etcd() as started:
        yield started


@pytest.fixture
def lock(server):
    """Makes a contender for this test's lock."""
    name = f"lock-{next(names)}"
    return lambda kind=EtcdLock, ttl=60, **options: kind(server.url, name, ttl, **options)


def leases(server):
    return {lease["ID"] for lease in server.post("/v3/lease/leases").get("leases", [])}


@needs_etcd
def test_one_has_the_lock_and_the_next_gets_it_with_a_higher_token(server, lock):
    before = leases(server)
    ann, bob = lock(), lock()
    assert ann.acquire() is True and ann.believes
    assert bob.acquire(blocking=False) is False and bob.token is None and not bob.believes
    first = ann.token
    ann.release()
    assert ann.token is None and not ann.believes
    with bob as held:
        assert held is bob and bob.token > first
    assert ann.etcd.get(ann.name) is None
    assert leases(server) == before  # nothing is left behind, by those who got it or not


@needs_etcd
def test_a_waiter_is_woken_by_the_release(server, lock):
    waiting = threading.Event()

    class Waiter(EtcdLock):
        def _attempt(self):
            taken = super()._attempt()
            waiting.set()
            return taken

    ann, bob = lock(), lock(kind=Waiter)
    ann.acquire()
    got = in_a_thread(bob.acquire)
    assert waiting.wait(PATIENCE) and got.empty()
    ann.release()
    assert got.get(timeout=PATIENCE) is True and bob.believes


@needs_etcd
def test_a_release_between_the_look_and_the_watch_is_not_missed(lock, monkeypatch):
    monkeypatch.setattr(etcd, "QUIET", PATIENCE * 10)  # who misses it waits too long for this test
    ann, bob = lock(), lock()
    ann.acquire()
    wait = bob.etcd.wait_for_delete

    def late(*arguments, **options):
        if ann.token:
            ann.release()
        wait(*arguments, **options)

    monkeypatch.setattr(bob.etcd, "wait_for_delete", late)
    assert in_a_thread(bob.acquire).get(timeout=PATIENCE) is True


@needs_etcd
def test_a_wait_that_timed_out_leaves_nothing(server, lock):
    ann, bob = lock(), lock()
    ann.acquire()
    before = leases(server)
    assert bob.acquire(timeout=0.2) is False and bob.acquire(timeout=0) is False
    assert leases(server) == before and ann.put_if_held(f"{ann.name}/data", b"1")
    ann.release()
    assert bob.acquire(timeout=0)


@needs_etcd
def test_eight_threads_count_to_the_right_number_under_the_lock(lock):
    total, inside = [0], []

    def work(own):
        for _ in range(3):
            with own:
                inside.append(own)
                seen = total[0]
                own.keep_alive()  # a round trip, in which others have time to come in
                total[0] = seen + 1
                assert inside == [own]
                inside.clear()

    done = [in_a_thread(lambda own=own: work(own)) for own in [lock() for _ in range(8)]]
    assert [each.get(timeout=PATIENCE) for each in done] == [None] * 8
    assert total == [24]


@needs_etcd
def test_a_lease_that_ended_takes_the_lock_with_it_and_the_late_write_is_refused(server, lock):
    ann, bob = lock(ttl=1), lock()
    report = FencedResource()
    ann.acquire()
    assert bob.acquire(timeout=PATIENCE) and bob.token > ann.token
    assert not ann.believes
    assert bob.put_if_held("report", b"bob's") and not ann.put_if_held("report", b"ann's")
    assert ann.etcd.get("report") == b"bob's"
    report.write(bob.token, "bob's")
    with pytest.raises(StaleToken):
        report.write(ann.token, "ann's")
    with pytest.raises(NotHeld, match="its lease had ended"):
        ann.release()
    with pytest.raises(NotHeld, match="acquire"):
        ann.release()
    assert bob.put_if_held("report", b"again")  # ann's release took nothing of bob's


@needs_etcd
def test_a_lease_that_ended_cannot_be_kept_alive(lock):
    ann, bob = lock(ttl=1), lock()
    ann.acquire()
    bob.acquire(timeout=PATIENCE)
    with pytest.raises(NotHeld, match="its lease has ended"):
        ann.keep_alive()
    assert ann.token is None
    with pytest.raises(NotHeld):
        ann.put_if_held("report", b"ann's")


@needs_etcd
def test_a_holder_stops_believing_by_its_own_clock_counted_from_before_the_call(lock):
    now = [100.0]

    def clock():
        now[0] += 1  # each look takes a second
        return now[0]

    ann = lock(clock=clock, ttl=60)
    ann.acquire()  # sent at 101
    now[0] = 159
    assert ann.believes
    assert not ann.believes
    assert ann.keep_alive() == 59  # sent at 162, looked at 163
    now[0] = 220
    assert ann.believes and not ann.believes
    ann.release()  # the server's clock decides: it was ours all the time


@needs_etcd
@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ConnectionError])
def test_whom_something_interrupts_leaves_no_lease(server, lock, monkeypatch, trouble):
    ann, bob = lock(), lock()
    before = leases(server)
    post = ann.etcd.post

    def broken(path, **body):
        answer = post(path, **body)
        if path == "/v3/kv/txn":
            raise trouble  # it was carried out, and its answer got lost
        return answer

    monkeypatch.setattr(ann.etcd, "post", broken)
    with pytest.raises(trouble):
        ann.acquire()
    assert ann.token is None and leases(server) == before
    assert bob.acquire(blocking=False)
    bob.release()


@needs_etcd
def test_a_server_that_goes_away_is_a_clear_error():
    with servers.etcd() as own:
        ann, bob = EtcdLock(own.url, "lock"), EtcdLock(own.url, "lock")
        ann.acquire()
        got = in_a_thread(bob.acquire)
    gone = rf"etcd at {own.url} gave no answer .*is it running"
    for call in (ann.keep_alive, lambda: ann.put_if_held("report", b""), ann.release, ann.acquire):
        with pytest.raises(ConnectionError, match=gone):
            call()
    assert ann.token is None
    assert isinstance(got.get(timeout=PATIENCE), ConnectionError)


def test_a_server_that_does_not_answer_is_a_clear_error(monkeypatch):
    monkeypatch.setattr(etcd, "ANSWER", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lock = EtcdLock(f"http://127.0.0.1:{silent.getsockname()[1]}", "lock")
        with pytest.raises(ConnectionError, match="timed out"):
            lock.acquire()


@pytest.mark.parametrize("status", [408, 503])
def test_a_gateway_without_its_server_is_the_same_clear_error(status):
    """As etcd answers while it ends."""
    with socket.create_server(("127.0.0.1", 0)) as gateway:

        def answer():
            link, _ = gateway.accept()
            with link:
                link.recv(65536)
                link.sendall(b"HTTP/1.1 %d No\r\nContent-Length: 20\r\n\r\ntransport is closing" % status)

        answered = in_a_thread(answer)
        with pytest.raises(ConnectionError, match=r"transport is closing.*unknown"):
            EtcdLock(f"http://127.0.0.1:{gateway.getsockname()[1]}", "lock").acquire()
        assert answered.get(timeout=PATIENCE) is None


@needs_etcd
def test_what_etcd_refuses_is_told_in_its_words(lock):
    with pytest.raises(etcd.EtcdError, match="requested lease not found"):
        lock().etcd.post("/v3/lease/revoke", ID="1")


@needs_etcd
def test_a_lock_is_released_once_and_taken_once(lock):
    ann = lock()
    for call in (ann.release, ann.keep_alive, lambda: ann.put_if_held("report", b"")):
        with pytest.raises(NotHeld, match="is not held"):
            call()
    ann.acquire()
    with pytest.raises(RuntimeError, match="not re-entrant: release"):
        ann.acquire()
    ann.release()


def test_bad_arguments_are_named():
    for url in ("127.0.0.1:2379", "https://127.0.0.1:2379", "http://127.0.0.1", ""):
        with pytest.raises(ValueError, match="the url of an etcd is like"):
            EtcdLock(url, "lock")
    url = "http://127.0.0.1:2379"
    for ttl in (0, -1, 2.5, True):
        with pytest.raises(ValueError, match="whole seconds, 1 or more"):
            EtcdLock(url, "lock", ttl)
    with pytest.raises(ValueError, match="cannot be empty"):
        EtcdLock(url, "")
    for timeout in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="seconds, 0 or more, or None"):
            EtcdLock(url, "lock").acquire(timeout=timeout)
    with pytest.raises(ValueError, match="leave the timeout out"):
        EtcdLock(url, "lock").acquire(blocking=False, timeout=1)
