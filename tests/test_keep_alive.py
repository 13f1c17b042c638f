"""A lock that is prolonged while its work goes on: when, in numbers; and whether, on fakeredis and a real server."""

import math
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import LockError, LockNotOwnedError
from redis_backends import PATIENCE, Accidents, fake, until

from course_lib.locks import FencedRedisLock, KeepAlive, RedisLock, keep_alive
from course_lib.locks.keep_alive import SHARE, Renewal

FOREVER = 1e6


# When to extend, in numbers


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, True, "5", None])
@pytest.mark.parametrize("what", ["ttl", "longest", "stall"])
def test_a_time_that_cannot_be_is_named_with_the_remedy(what, value):
    times = {"ttl": 30, "longest": 300, "stall": 20} | {what: value}
    with pytest.raises(ValueError) as caught:
        Renewal(**times)
    assert str(caught.value) == f"{what} is {value!r}: give seconds, more than 0"


def started(ttl=30, longest=FOREVER, stall=FOREVER, at=0.0):
    renewal = Renewal(ttl, longest, stall)
    renewal.start(at)
    return renewal


def test_an_extension_is_due_each_third_of_the_time():
    renewal = started(ttl=30)
    assert [now for now in range(31) if renewal.due(now)] == list(range(10, 31))
    renewal.extended(12, True)
    assert [now for now in range(12, 31) if renewal.due(now)] == list(range(22, 31))


def test_work_that_says_nothing_is_not_prolonged_and_work_that_gets_on_again_is():
    renewal = started(stall=20)
    assert renewal.due(19) and not renewal.due(20)
    renewal.progress(25)
    assert renewal.due(44) and not renewal.due(45)


def test_after_its_longest_life_it_is_not_prolonged_whatever_the_work_says():
    renewal = started(longest=100, at=50)
    renewal.progress(149)
    assert renewal.due(149) and not renewal.due(150)
    renewal.progress(150)
    assert not renewal.due(151)


def test_what_is_lost_stays_lost():
    renewal = started()
    renewal.extended(10, False)
    assert renewal.lost and renewal.over(10)
    renewal.extended(11, True)
    renewal.progress(12)
    assert renewal.lost and not any(renewal.due(now) for now in range(100))


def test_a_start_begins_a_new_life():
    renewal = started(longest=10)
    renewal.extended(5, False)
    renewal.start(100)
    assert not renewal.lost and not renewal.over(100) and not renewal.due(100)


def test_its_time_is_over_when_nobody_extended_it_for_so_long():
    renewal = started(ttl=30)
    assert not renewal.over(29.9) and renewal.over(30)
    renewal.extended(29, True)
    assert not renewal.over(58) and renewal.over(59)


TIMES = st.floats(0.5, 100)


@given(
    ttl=TIMES,
    longest=TIMES,
    stall=TIMES,
    steps=st.lists(
        st.tuples(
            st.floats(0.01, 20), st.sampled_from(["looks", "gets on", "extends", "fails", "looks late"])
        ),
        max_size=60,
    ),
)
def test_no_schedule_prolongs_work_that_stalls_or_lives_too_long(ttl, longest, stall, steps):
    """Each life ends: the lock is free `ttl` after the last extension, and that is bounded."""
    renewal, now, progressed, renewed, lost = started(ttl, longest, stall), 0.0, 0.0, 0.0, False
    for pause, what in steps:
        now += pause
        due = renewal.due(now)
        assert due is (
            not lost and now - renewed >= ttl / SHARE and now - progressed < stall and now < longest
        )
        if what == "gets on":
            renewal.progress(now)
            progressed = now
        elif due and what != "looks":
            ok = what != "fails"
            renewal.extended(now, ok)
            renewed, lost = (now, lost) if ok else (renewed, True)
        assert renewal.lost is lost
        assert renewal.over(now) is (lost or now - renewed >= ttl)
        assert renewed < longest and renewed - progressed < stall


@pytest.mark.parametrize("pause", [0.1, 1.0, 2.5])  # a twelfth of the time, and less
def test_a_thread_that_looks_each_twelfth_of_the_time_never_lets_it_run_out(pause):
    renewal, now, end = started(ttl=30), 0.0, 30.0
    while now < 3000:
        now += pause
        assert now < end
        if renewal.due(now):
            renewal.extended(now, True)
            end = now + 30


# On a server


@pytest.fixture
def no_thread_is_left():
    before = set(threading.enumerate())
    yield
    assert not [one for one in threading.enumerate() if one not in before and "keeps" in one.name]


pytestmark = pytest.mark.usefixtures("no_thread_is_left")


def shared(connect, kind=RedisLock, ttl=0.3):
    return kind(connect(), "lock", timeout=ttl, sleep=0.01, thread_local=False)


@pytest.fixture
def clock(monkeypatch):
    """The clock that KeepAlive reads: it stands until a test moves it. Real pauses are short."""

    class Clock:
        now = 100.0

    monkeypatch.setattr(keep_alive, "monotonic", lambda: Clock.now)
    return Clock


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock])
def test_a_lock_outlives_its_time_while_its_work_gets_on(connect, kind):
    lock, client = shared(connect, kind, ttl=0.9), connect()
    seen = Accidents(lock.redis)
    with lock, KeepAlive(lock, longest=PATIENCE, stall=PATIENCE) as alive:
        seen.forget()
        until(lambda: alive.progress() or len(seen.commands) > 3)  # 4 thirds of its time
        assert lock.owned() and client.exists("lock")
    assert not client.exists("lock")


@pytest.mark.parametrize(("longest", "stall"), [(0.1, PATIENCE), (PATIENCE, 0.1)])
def test_work_that_stalls_or_lives_too_long_loses_the_lock_to_the_next(connect, longest, stall):
    lock, heir = shared(connect), RedisLock(connect(), "lock", sleep=0.01)
    lock.acquire()
    with KeepAlive(lock, longest=longest, stall=stall) as alive:
        assert heir.acquire(blocking_timeout=PATIENCE)  # the work hangs
        until(lambda: alive.renewal.over(keep_alive.monotonic()))
        with pytest.raises(LockNotOwnedError) as caught:
            alive.progress()
        assert caught.value.lock_name == "lock"
        with pytest.raises(LockNotOwnedError):
            alive.progress()  # it stays so
    assert heir.owned()


def test_work_that_got_stuck_is_told_at_its_next_step_that_the_time_is_over(clock):
    lock = shared(fake(), ttl=30)
    with lock, KeepAlive(lock, longest=300, stall=20) as alive:
        clock.now += 29
        alive.progress()
        clock.now += 1
        with pytest.raises(LockNotOwnedError, match=r"^The lock's time is over: stop the work$"):
            alive.progress()


def test_a_lock_that_another_took_stops_the_work(connect):
    lock = shared(connect)
    lock.acquire()
    with KeepAlive(lock, longest=PATIENCE, stall=PATIENCE) as alive:
        connect().set("lock", "a stranger's")
        with pytest.raises(LockNotOwnedError):
            until(lambda: alive.progress())  # None: goes on until it raises
        assert alive.error is not None
    with pytest.raises(LockNotOwnedError):
        lock.release()
    assert connect().get("lock") == b"a stranger's"


def test_what_another_takes_with_the_same_object_is_not_kept_alive(connect):
    lock, client = shared(connect), connect()
    lock.acquire()
    with KeepAlive(lock, longest=PATIENCE, stall=PATIENCE) as alive:
        client.delete("lock")
        while not lock.acquire(blocking=False):
            pass
        client.persist("lock")  # an extension would end this
        until(lambda: alive.error)
        with pytest.raises(LockNotOwnedError, match=r"^The lock was lost: stop the work$"):
            alive.progress()
    assert client.pttl("lock") == -1 and lock.owned()


def test_a_block_is_entered_once(connect):
    lock = shared(connect, ttl=100)
    alive = KeepAlive(lock, longest=PATIENCE, stall=PATIENCE)
    with lock, alive:
        pass
    with lock, pytest.raises(RuntimeError, match=r"^a KeepAlive serves one block: make a new one$"), alive:
        raise AssertionError("inside")


def test_a_server_that_is_away_for_a_moment_is_asked_again(connect, clock):
    lock = shared(connect, ttl=1.2)
    lock.acquire()
    accidents = Accidents(lock.redis)

    def away(*words, **options):
        accidents.commands.append(words[0])
        raise ServerAway("gone")

    with KeepAlive(lock, longest=PATIENCE, stall=PATIENCE) as alive:
        execute, lock.redis.execute_command = lock.redis.execute_command, away
        accidents.forget()
        clock.now += 0.6
        until(lambda: len(accidents.commands) >= 2)
        alive.progress()  # there is time left
        lock.redis.execute_command = execute
        until(lambda: alive.renewal.renewed == clock.now)
        alive.progress()
        assert alive.error is None


def test_a_server_that_stays_away_stops_the_work_when_the_time_is_over(clock):
    lock = shared(fake())
    lock.acquire()

    def away(*words, **options):
        raise ServerAway("gone")

    with KeepAlive(lock, longest=PATIENCE, stall=PATIENCE) as alive:
        lock.redis.execute_command = away
        clock.now += 0.31
        until(lambda: alive.error)
        with pytest.raises(ServerAway):
            alive.progress()
        del lock.redis.execute_command
    lock.release()  # the token was not lost


def test_the_time_begins_anew_when_the_block_is_entered(connect):
    lock, client = shared(connect, ttl=100), connect()
    lock.acquire()
    client.pexpire("lock", 5000)
    with KeepAlive(lock, longest=PATIENCE, stall=PATIENCE):
        assert client.pttl("lock") > 50_000


@pytest.mark.parametrize("lost", [True, False])
def test_a_lock_that_is_not_held_is_not_kept_alive(connect, lost):
    lock = shared(connect)
    if lost:
        lock.acquire()
        connect().delete("lock")
    with (
        pytest.raises(LockNotOwnedError if lost else LockError),
        KeepAlive(lock, longest=PATIENCE, stall=PATIENCE),
    ):
        raise AssertionError("inside")
    assert not connect().exists("lock")


def test_the_thread_ends_with_the_block_however_it_ends(connect):
    lock = shared(connect)
    with pytest.raises(KeyboardInterrupt), lock, KeepAlive(lock, longest=9, stall=9) as alive:
        assert alive._thread.is_alive() and alive._thread.name == "keeps lock alive"
        raise KeyboardInterrupt
    assert not alive._thread.is_alive() and not connect().exists("lock")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"thread_local": False}, "timeout=None and thread_local=False"),
        ({"timeout": 10}, "timeout=10.0 and thread_local=True"),
    ],
)
def test_a_lock_that_another_thread_cannot_extend_is_refused_with_the_remedy(options, said):
    lock = RedisLock(fake()(), "lock", **options)
    with pytest.raises(ValueError) as caught:
        KeepAlive(lock, longest=10, stall=10)
    assert str(caught.value) == (
        f"'lock' has {said}: to be kept alive a lock needs a timeout, and thread_local=False so that another thread "
        "may extend it"
    )
