"""RedisLock beside redis-py's own Lock, on fakeredis and on a real server; then what only RedisLock does."""

import inspect
import logging
import math
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
import time_machine
from redis.backoff import NoBackoff
from redis.cluster import RedisCluster
from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import LockError, LockNotOwnedError
from redis.lock import Lock
from redis.retry import Retry
from redis_backends import (
    PATIENCE,
    Accidents,
    empty,
    fake,
    needs_redis,
    raises,
    thread,
    until,
    until_gone,
)

from course_lib import servers
from course_lib.locks import FencedRedisLock, RedisLock, scripts, waiting
from course_lib.locks.race import race

NEVER = 3600.0  # seconds: a test that waits so long has failed


@pytest.fixture(params=[Lock, RedisLock], ids=["redis-py", "ours"])
def make(request, connect):
    """Makes a lock, of a new client each time."""
    return lambda name="lock", **options: connect().lock(name, lock_class=request.param, **options)


@pytest.fixture
def never_looks_again(monkeypatch):
    """A waiter that is not woken sleeps until its test fails."""
    monkeypatch.setattr(waiting, "LOOK_AGAIN", NEVER)


def patient(connect):
    return connect(socket_timeout=None)


# What both do


def test_the_constructor_and_every_method_take_the_same_arguments():
    for name, method in inspect.getmembers(Lock, inspect.isfunction):
        if name.startswith("__") and name != "__init__":
            continue
        if name in ("register_scripts", "do_extend", "do_reacquire"):  # inside
            continue
        mine = inspect.signature(getattr(RedisLock, name)).parameters.values()
        theirs = inspect.signature(method).parameters.values()
        assert [(one.name, one.default) for one in mine] == [(one.name, one.default) for one in theirs]


def test_a_client_makes_either_with_all_its_settings(connect):
    options = {
        "timeout": 5,
        "sleep": 0.5,
        "blocking": False,
        "blocking_timeout": 2.5,
        "thread_local": False,
        "raise_on_release_error": False,
    }
    client = connect()
    for kind in (Lock, RedisLock):
        lock = client.lock("report", lock_class=kind, **options)
        assert type(lock) is kind and (lock.redis, lock.name) == (client, "report")
        assert {name: getattr(lock, name) for name in options} == options


def test_a_free_lock_is_taken_and_given_back(make, connect):
    lock, client = make(), connect()
    assert lock.acquire() is True
    assert client.get("lock") == lock.local.token and client.pttl("lock") == -1
    assert lock.release() is None
    assert client.get("lock") is None and lock.local.token is None
    assert lock.acquire(blocking=False) is True


def test_a_lock_that_another_has_is_not_got(make):
    mine, yours = make(), make()
    assert mine.acquire()
    assert yours.acquire(blocking=False) is False
    assert yours.local.token is None and mine.owned()
    mine.release()
    assert yours.acquire(blocking=False)


def test_who_holds_it_does_not_get_it_a_second_time_and_does_not_lose_it(make):
    lock = make(timeout=NEVER)
    lock.acquire()
    token = lock.local.token
    assert lock.acquire(blocking=False) is False
    assert lock.local.token == token and lock.owned()
    lock.release()


@pytest.mark.parametrize("token", ["mine", b"mine", "größer", b"\xff\x00"])
def test_a_token_may_be_given(make, connect, token):
    lock, bare = make(), token.encode() if isinstance(token, str) else token
    assert lock.acquire(token=token)
    assert connect().get("lock") == lock.local.token == bare
    assert lock.owned()
    lock.release()
    assert not connect().exists("lock")


def test_the_same_given_token_is_no_second_way_in(make):
    mine, yours = make(), make()
    assert mine.acquire(token="same")
    assert yours.acquire(token="same", blocking=False) is False
    assert mine.acquire(token="same", blocking=False) is False


@pytest.mark.parametrize("kind", [Lock, RedisLock])
def test_a_client_that_decodes_is_served_as_well(connect, kind):
    client = connect(decode_responses=True)
    lock, other = (client.lock("lock", timeout=10, lock_class=kind) for _ in range(2))
    assert lock.acquire()
    assert (lock.owned(), other.owned(), other.locked()) == (True, False, True)
    assert not other.acquire(blocking=False)
    assert isinstance(lock.local.token, bytes) and client.get("lock") == lock.local.token.decode()
    assert lock.extend(10) and lock.reacquire()
    lock.release()
    assert other.acquire(token="text") and other.owned()


def test_locked_asks_for_anybody_and_owned_for_oneself(make, connect):
    mine, yours = make(), make()
    assert (mine.locked(), mine.owned()) == (False, False)
    mine.acquire()
    assert (mine.locked(), yours.locked()) == (True, True)
    assert (mine.owned(), yours.owned()) == (True, False)
    connect().set("lock", "a stranger's")
    assert (mine.locked(), mine.owned()) == (True, False)
    connect().delete("lock")
    assert (mine.locked(), mine.owned()) == (False, False)


@pytest.mark.parametrize(
    ("timeout", "at_most"),
    [(10, 10_000), (9.5, 9500), (0.25, 250), (Decimal("9.5"), 9500), (Fraction(19, 2), 9500)],
)
def test_a_timeout_is_seconds_and_may_be_a_fraction(make, connect, timeout, at_most):
    lock = make(timeout=timeout)
    lock.acquire()
    assert 0 < connect().pttl("lock") <= at_most


def test_extend_adds_to_the_time_that_is_left_or_replaces_it(make, connect):
    lock, client = make(timeout=10), connect()
    lock.acquire()
    assert lock.extend(10) is True
    assert 15_000 < client.pttl("lock") <= 20_000
    assert lock.extend(0.5) is True
    assert 15_000 < client.pttl("lock") <= 20_500
    assert lock.extend(5, replace_ttl=True) is True
    assert 2000 < client.pttl("lock") <= 5000
    assert lock.extend(2.5, replace_ttl=True) is True
    assert 1000 < client.pttl("lock") <= 2500
    lock.release()


def test_reacquire_sets_the_time_back(make, connect):
    lock, client = make(timeout=10), connect()
    lock.acquire()
    client.pexpire("lock", 5000)
    assert lock.reacquire() is True
    assert 5000 < client.pttl("lock") <= 10_000
    lock.extend(100)
    assert lock.reacquire() is True
    assert 5000 < client.pttl("lock") <= 10_000


ACTS = {"release": (), "extend": (5,), "reacquire": ()}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_never_taken_is_a_lock_error_with_the_locks_name(make, act):
    with pytest.raises(LockError) as caught:
        getattr(make("report", timeout=10), act)(*ACTS[act])
    assert type(caught.value) is LockError and caught.value.lock_name == "report"
    assert str(caught.value).startswith(f"Cannot {act} a")


@pytest.mark.parametrize("act", ["extend", "reacquire"])
def test_a_lock_without_an_end_cannot_be_given_another(make, act):
    lock = make()
    lock.acquire()
    with pytest.raises(LockError, match=rf"^Cannot {act} a lock with no timeout$"):
        getattr(lock, act)(*ACTS[act])
    assert lock.owned()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("stranger", [b"a stranger's", None])
def test_what_was_lost_is_not_owned_any_more_and_another_keeps_it(make, connect, act, stranger):
    lock, client = make(timeout=10), connect()
    lock.acquire()
    client.set("lock", stranger) if stranger else client.delete("lock")
    with pytest.raises(LockNotOwnedError, match=rf"^Cannot {act} a lock that's no longer owned$") as caught:
        getattr(lock, act)(*ACTS[act])
    assert caught.value.lock_name == "lock"
    assert client.get("lock") == stranger and (client.pttl("lock") == -1 or not stranger)


def test_extend_does_not_give_an_end_to_a_lock_that_lost_it(make, connect):
    lock, client = make(timeout=10), connect()
    lock.acquire()
    client.persist("lock")
    with pytest.raises(LockNotOwnedError):
        lock.extend(5)
    assert client.pttl("lock") == -1


def test_giving_back_twice_is_an_error_and_harms_nobody(make):
    mine, yours = make(), make()
    mine.acquire()
    mine.release()
    yours.acquire()
    with pytest.raises(
        LockError, match=r"^Cannot release a lock that's not owned or is already unlocked\.$"
    ) as caught:
        mine.release()
    assert type(caught.value) is LockError and yours.owned()


def test_who_is_late_is_told_so_once_and_the_next_holder_keeps_the_lock(make, connect):
    late, prompt = make(timeout=0.05, sleep=0.01), make(timeout=NEVER)
    late.acquire()
    until_gone(connect(), "lock")
    assert prompt.acquire(blocking=False)
    assert not late.owned()
    with pytest.raises(LockNotOwnedError):
        late.release()
    assert late.local.token is None and prompt.owned()
    with pytest.raises(LockError, match="already unlocked"):
        late.release()
    assert prompt.owned()


def test_a_block_has_the_lock_inside_and_gives_it_back_however_it_ends(make, connect):
    client = connect()
    with make() as lock:
        assert client.get("lock") == lock.local.token
    assert not client.exists("lock")
    with pytest.raises(KeyError), make() as lock:
        raise KeyError("work")
    assert not client.exists("lock")


def test_a_block_that_does_not_get_the_lock_is_not_entered(make):
    make().acquire()
    with pytest.raises(LockError) as caught, make("lock", blocking_timeout=0.05, sleep=0.01):
        raise AssertionError("inside")
    assert type(caught.value) is LockError and caught.value.lock_name == "lock"
    assert str(caught.value) == "Unable to acquire lock within the time specified"
    with pytest.raises(LockError, match="Unable"), make(blocking=False):
        raise AssertionError("inside")


def test_a_block_whose_lock_was_lost_raises_or_only_logs(make, connect, caplog):
    client = connect()
    with pytest.raises(LockNotOwnedError), make():
        client.delete("lock")
    with caplog.at_level(logging.WARNING), make(raise_on_release_error=False) as lock:
        client.delete("lock")
    assert [record.message for record in caplog.records] == [
        "Lock was unlocked or no longer owned when exiting context manager."
    ]
    assert lock.local.token is None
    with caplog.at_level(logging.WARNING), make(raise_on_release_error=False) as lock:
        lock.release()
    assert len(caplog.records) == 2


def test_a_wait_is_over_when_its_time_is(make):
    make().acquire()
    assert make(blocking_timeout=0.05, sleep=0.01).acquire() is False
    assert make(sleep=0.01).acquire(blocking_timeout=0.05) is False
    assert make(sleep=NEVER, timeout=NEVER).acquire(sleep=0.01, blocking_timeout=0.05) is False


def test_a_wait_shorter_than_the_sleep_is_over_at_once(make):
    make().acquire()
    assert make(sleep=NEVER).acquire(blocking_timeout=NEVER / 2) is False
    assert make(sleep=NEVER, blocking_timeout=NEVER / 2).acquire() is False
    assert make(blocking_timeout=0).acquire() is False


def test_whether_to_wait_is_said_by_the_lock_or_by_the_call(make):
    make().acquire()
    impatient = make(blocking=False, sleep=0.01)
    assert impatient.acquire() is False
    assert impatient.acquire(blocking=True, blocking_timeout=0.05) is False


def test_who_waits_gets_the_lock_when_it_is_given_back(make):
    mine, yours = make(), make(sleep=0.01)
    mine.acquire()
    with thread(yours.acquire) as got:
        mine.release()
    assert got == [True]


def test_who_waits_gets_the_lock_when_its_time_is_over(make):
    make(timeout=0.05, sleep=0.01).acquire()
    assert make(sleep=0.01).acquire(blocking_timeout=PATIENCE) is True


def test_another_thread_cannot_give_back_what_is_not_its_own(make, connect):
    lock = make()
    lock.acquire()
    with thread(lock.release) as result:
        pass
    assert isinstance(result[0], (LockError, AttributeError))  # redis-py's raises the second
    assert lock.owned()
    lock.release()


def test_a_token_that_is_not_of_the_thread_can_be_used_by_another(make, connect):
    lock = make(thread_local=False, timeout=10)
    lock.acquire()
    with thread(lambda: (lock.owned(), lock.extend(5), lock.reacquire(), lock.release())) as result:
        pass
    assert result == [(True, True, True, None)]
    assert lock.local.token is None and not connect().exists("lock")


def test_two_threads_with_one_lock_object_exclude_each_other(make):
    lock = make(sleep=0.001)
    outcome = race(lambda: lock, threads=4, times=10, work=0)
    assert (outcome.total, outcome.inside) == (40, 1)


# The same, sequence by sequence: redis-py's lock says what is right


def acts_of_a_day(kind, seed):
    """What three locks of one name answer to random calls, with the time that is left on the server."""
    day = []
    chance = random.Random(seed)
    client = fake()()
    locks = [client.lock("lock", timeout=timeout, lock_class=kind) for timeout in (None, 5, 2.5)]
    calls = [
        lambda lock: lock.acquire(blocking=False),
        lambda lock: lock.acquire(sleep=0.2, blocking_timeout=0.1),
        lambda lock: lock.acquire(blocking=False, token="given"),
        lambda lock: lock.release(),
        lambda lock: lock.release(),
        lambda lock: lock.owned(),
        lambda lock: lock.locked(),
        lambda lock: lock.extend(1.5),
        lambda lock: lock.extend(3, replace_ttl=True),
        lambda lock: lock.reacquire(),
        lambda lock: client.delete("lock"),
        lambda lock: client.set("lock", "stranger", px=1500),
        lambda lock: client.persist("lock"),
        lambda lock: clock.shift(1.001),
    ]
    with time_machine.travel(1000.0, tick=False) as clock:
        for _ in range(60):
            index, call = chance.randrange(len(locks)), chance.randrange(len(calls))
            try:
                answer = calls[call](locks[index])
            except LockError as error:
                answer = (type(error), str(error), error.lock_name)
            token = locks[index].local.token
            day.append(
                (index, call, answer, client.pttl("lock"), token if token == b"given" else bool(token))
            )
    return day


@pytest.mark.parametrize("seed", range(40))
def test_a_random_day_goes_as_it_does_with_redis_pys_lock(seed):
    assert acts_of_a_day(RedisLock, seed) == acts_of_a_day(Lock, seed)


# Bad input


NO_SECONDS = [-1, -0.001, math.nan, math.inf, -math.inf, True, "5", b"5", 1j, [5]]


@pytest.mark.parametrize("value", [0, 0.0, 0.0001, *NO_SECONDS])
def test_a_timeout_that_cannot_be_is_named_with_the_remedy(value):
    with pytest.raises(LockError) as caught:
        RedisLock(fake()(), "lock", timeout=value)
    assert str(caught.value) == f"timeout is {value!r}: give seconds, 0.001 or more"
    assert caught.value.lock_name == "lock" and isinstance(caught.value, ValueError)


@pytest.mark.parametrize("what", ["sleep", "blocking_timeout"])
@pytest.mark.parametrize("value", NO_SECONDS)
def test_a_pause_that_cannot_be_is_named_with_the_remedy(what, value):
    client, sentence = fake()(), f"{what} is {value!r}: give seconds, 0 or more"
    with pytest.raises(LockError) as caught:
        RedisLock(client, "lock", **{what: value})
    assert str(caught.value) == sentence
    with pytest.raises(LockError) as caught:
        RedisLock(client, "lock").acquire(**{what: value})
    assert str(caught.value) == sentence
    assert not client.keys()


@pytest.mark.parametrize("value", [0, None, *NO_SECONDS])
def test_an_extension_that_cannot_be_is_named_and_changes_nothing(value):
    client = fake()()
    lock = RedisLock(client, "lock", timeout=10)
    lock.acquire()
    with pytest.raises(LockError) as caught:
        lock.extend(value)
    assert str(caught.value) == f"additional_time is {value!r}: give seconds, 0.001 or more"
    assert 5000 < client.pttl("lock") <= 10_000
    lock.release()


def test_a_sleep_longer_than_the_lock_lasts_is_refused():
    sentence = r"^'sleep' must be less than 'timeout': 2 s is longer than the lock lasts, 1 s$"
    with pytest.raises(LockError, match=sentence):
        RedisLock(fake()(), "lock", timeout=1, sleep=2)
    with pytest.raises(LockError, match=sentence):
        RedisLock(fake()(), "lock", timeout=1).acquire(sleep=2)
    assert RedisLock(fake()(), "lock", timeout=1, sleep=1).acquire()


@pytest.mark.parametrize(
    "name", ["a", b"a", "{a}", "{a}b", b"b{a}c", "a{}b", "a}b", "{", "größe", b"\xff", 5, ""]
)
def test_any_name_will_do(connect, name):
    client = connect()
    for kind in (RedisLock, FencedRedisLock):
        lock = kind(client, name, timeout=10)
        assert lock.acquire() and client.get(name) == lock.local.token
        lock.release()
        assert not client.exists(name) and client.llen(lock.keys[1]) == 1


def test_locks_of_like_names_do_not_share_their_announcements():
    names = ["a", "{a}", "{a}:released", "released:{a}", "{{a}}", "{}", "{", "}"]
    beside = [scripts.beside(name, "released") for name in names]
    assert (
        len({*beside, *(name.encode() for name in names)}) == len(names) * 2 - 2
    )  # both are of "a" and "{a}"
    assert scripts.beside("a", "released") == b"released:{a}"
    assert scripts.beside("{a}", "released") == b"{a}:released"


# Waiting without polling


def watched(client):
    """The client's accidents (none), and an event that is set when it first begins to wait in the server."""
    waits, accidents = threading.Event(), Accidents(client)
    execute = accidents._execute

    def tell(*words, **options):
        if words[0] == "BLPOP":
            waits.set()
        return execute(*words, **options)

    accidents._execute = tell
    return accidents, waits


def test_who_gives_it_back_wakes_who_waits_and_nobody_polls(connect, never_looks_again):
    holder = RedisLock(connect(), "lock")
    holder.acquire()
    client = patient(connect)
    seen, waits = watched(client)
    with thread(RedisLock(client, "lock").acquire) as got:
        assert waits.wait(PATIENCE)
        holder.release()
    assert got == [True]
    scripts = seen.commands.count("EVALSHA") + seen.commands.count("SCRIPT LOAD")
    assert seen.commands.count("SET") == 2 and seen.commands.count("BLPOP") == 1
    assert len(seen.commands) - scripts == 5  # GET and PTTL too


def calls(client):
    """How often each command reached a real server."""
    return {
        name.removeprefix("cmdstat_"): stat["calls"] for name, stat in client.info("commandstats").items()
    }


@needs_redis
def test_a_real_server_sees_one_blocking_command_however_long_the_wait(real_server, never_looks_again):
    connect = empty(real_server)
    client, holder = connect(), RedisLock(connect(), "lock")
    holder.acquire()
    with thread(RedisLock(patient(connect), "lock").acquire) as got:
        until(lambda: client.info("clients")["blocked_clients"] == 1)
        before = calls(client)
        assert [client.info("clients")["blocked_clients"] for _ in range(50)] == [1] * 50
        during = calls(client)
        holder.release()
    assert got == [True]
    assert {name for name in during if during[name] != before.get(name)} == {"info"}
    assert (during["set"], during["blpop"]) == (2, 1)
    assert (calls(client)["set"], calls(client)["blpop"]) == (3, 1)


@needs_redis
def test_each_release_wakes_one_of_many(real_server, never_looks_again):
    connect = empty(real_server)
    client, first = connect(), RedisLock(connect(), "lock")
    first.acquire()
    entered, leave = threading.Semaphore(0), threading.Semaphore(0)

    def wait_and_work():
        with RedisLock(patient(connect), "lock"):
            entered.release()
            assert leave.acquire(timeout=PATIENCE)

    blocked = lambda: client.info("clients")["blocked_clients"]  # noqa: E731
    crowd = [threading.Thread(target=wait_and_work, daemon=True) for _ in range(6)]
    for waiter in crowd:
        waiter.start()
    until(lambda: blocked() == 6)
    client.config_resetstat()
    first.release()
    for left in range(5, -1, -1):
        assert entered.acquire(timeout=PATIENCE)
        assert blocked() == left
        leave.release()
    for waiter in crowd:
        waiter.join(PATIENCE)
    assert calls(client)["set"] == 6  # nobody tried in vain
    assert client.llen(first.keys[1]) == 1  # the last release found nobody


def test_no_wake_up_is_lost_between_a_failed_try_and_the_wait(connect, never_looks_again):
    """A release at each moment of a waiter's way to its sleep."""
    RedisLock(connect(), "other").acquire()
    RedisLock(connect(), "other").acquire(blocking=False)  # brings the scripts to the server
    for moment, command in enumerate(("SET", "EVALSHA", "GET", "PTTL", "BLPOP")):
        holder, client = RedisLock(connect(), "lock"), patient(connect)
        holder.acquire()
        connect().delete(holder.keys[1])
        accidents = Accidents(client)
        accidents.before[moment] = holder.release
        waiter = RedisLock(client, "lock")
        assert waiter.acquire() and waiter.owned()
        assert accidents.commands[moment] == command
        waiter.release()


def test_no_wake_up_is_lost_in_a_crowd(connect, never_looks_again):
    outcome = race(lambda: RedisLock(patient(connect), "lock"), threads=5, times=40, work=0)
    assert (outcome.total, outcome.inside) == (200, 1)


def test_a_waiter_that_dies_when_it_was_woken_does_not_hold_up_the_others(connect, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_AGAIN", 0.05)
    holder, doomed = RedisLock(connect(), "lock"), connect()
    heir = RedisLock(connect(), "lock", thread_local=False)
    holder.acquire()
    accidents, waits = watched(doomed)
    execute = accidents._execute

    def die(*words, **options):
        answer = execute(*words, **options)
        if words[0] == "BLPOP" and answer:
            raise SystemExit
        return answer

    accidents._execute = die
    with thread(RedisLock(doomed, "lock").acquire) as dead:
        assert waits.wait(PATIENCE)
        with thread(heir.acquire) as got:
            holder.release()
            until(lambda: dead or got)
        assert got == [True] and heir.owned()
        heir.release()  # so that the other ends too, where it was not the one that was woken


def test_an_announcement_that_reaches_nobody_is_gone_after_a_while(connect, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_AGAIN", 0.05)
    lock, client = RedisLock(connect(), "lock"), connect()
    for _ in range(3):
        with lock:
            pass
        assert client.llen(lock.keys[1]) == 1
    until(lambda: not client.keys("*"))


def test_an_old_announcement_wakes_a_waiter_once_and_does_no_harm(connect):
    lock = RedisLock(connect(), "lock")
    with lock:
        pass
    lock.acquire()
    assert RedisLock(connect(), "lock", sleep=0.01).acquire(blocking_timeout=0.05) is False
    assert not connect().exists(lock.keys[1])


def test_a_strangers_lock_that_ends_is_waited_out(connect):
    connect().set("lock", "a stranger's", px=50)
    assert RedisLock(connect(), "lock", sleep=NEVER).acquire()


def test_a_strangers_lock_that_is_deleted_by_hand_is_waited_out(connect):
    client = connect()
    client.set("lock", "a stranger's")
    seen, waits = watched(waiting := connect())
    with thread(RedisLock(waiting, "lock", sleep=0.01).acquire) as got:
        assert waits.wait(PATIENCE)
        client.delete("lock")
    assert got == [True] and seen.commands.count("BLPOP") >= 1


def test_a_lock_of_redis_pys_is_waited_out_and_it_waits_for_ours(connect):
    theirs, ours = (
        connect().lock("lock", sleep=0.01, thread_local=False, lock_class=kind) for kind in (Lock, RedisLock)
    )
    theirs.acquire()
    with thread(ours.acquire) as got:
        theirs.release()
    assert got == [True]
    with thread(theirs.acquire) as got:
        ours.release()
    assert got == [True]


def test_a_lock_of_ours_that_is_deleted_by_hand_is_waited_out(connect, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_AGAIN", 0.02)
    RedisLock(connect(), "lock").acquire()
    _, waits = watched(client := connect())
    with thread(RedisLock(client, "lock").acquire) as got:
        assert waits.wait(PATIENCE)
        connect().delete("lock")
    assert got == [True]


@pytest.mark.parametrize("left", [0, -2])
def test_a_lock_whose_last_moment_it_is_is_not_waited_for_in_vain(never_looks_again, left):
    """It ended between two questions, or it ends within the millisecond; nobody announces that."""
    connect = fake()
    RedisLock(connect(), "lock").acquire()
    client = patient(connect)
    client.pttl = lambda name: client.delete(name) and left
    assert RedisLock(client, "lock").acquire()


def test_a_wait_longer_than_the_connections_patience_is_no_dead_server(connect):
    """The client takes a silence of 0.4 s for a dead server; the lock is waited for all the same."""
    holder = RedisLock(connect(), "lock")
    holder.acquire()
    client = connect(socket_timeout=0.4, retry=Retry(NoBackoff(), 0))
    seen, _ = watched(client)
    with thread(RedisLock(client, "lock").acquire) as got:
        until(lambda: seen.commands.count("BLPOP") > 3)
        holder.release()
    assert got == [True]


@needs_redis
def test_a_cluster_serves_names_with_and_without_braces(never_looks_again):
    with servers.redis(cluster=True) as server:
        client, other = (RedisCluster(host="127.0.0.1", port=server.port) for _ in range(2))
        for kind, name in product(
            (RedisLock, FencedRedisLock),
            ("report", b"report", "{a}report", "report{a}", "{a}", "a:b", "{a}{b}"),
        ):
            holder = client.lock(name, timeout=NEVER, lock_class=kind)
            waiter = other.lock(name, timeout=NEVER, lock_class=kind, thread_local=False)
            assert holder.acquire() and not waiter.acquire(blocking=False)
            assert holder.extend(1) and holder.reacquire() and holder.owned()
            with thread(waiter.acquire) as got:
                holder.release()
            assert got == [waiter.token if kind is FencedRedisLock else True] and waiter.owned()
            waiter.release()
        client.close(), other.close()


# A server that goes away


def cut(server):
    server.connected = False


def test_a_server_that_is_away_is_the_clients_own_error():
    connect = fake()
    lock = RedisLock(connect(), "lock", timeout=10)
    lock.acquire()
    server = lock.redis.connection_pool.connection_kwargs["server"]
    server.connected = False
    for act in (lock.release, lock.owned, lock.locked, lock.reacquire, lambda: lock.extend(5)):
        with pytest.raises(ServerAway):
            act()
    server.connected = True
    assert lock.owned() and lock.extend(5)
    lock.release()
    assert not lock.locked()


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock])
@pytest.mark.parametrize("error", [ServerAway("gone"), KeyboardInterrupt()])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("again", ["acquire", "release"])
def test_an_accident_at_any_moment_of_a_life_loses_nothing(kind, error, when, again):
    """The request is lost (before) or its reply (after), at each command of take, extend, give back, in turn."""
    moments = 0
    while True:
        connect = fake()
        accidents = Accidents(connect())
        lock = kind(accidents.client, "lock", timeout=10)
        getattr(accidents, when)[moments] = raises(error)
        try:
            lock.acquire(), lock.extend(5), lock.reacquire(), lock.owned(), lock.release()
        except (ServerAway, KeyboardInterrupt) as caught:
            assert caught is error
        else:
            break  # there are no more commands
        moments += 1
        heir = kind(connect(), "lock", timeout=10)
        if again == "acquire" and not lock.owned():
            assert lock.acquire(blocking=False)
        try:
            lock.release()
        except LockNotOwnedError:
            assert not lock.locked()  # it had been given back, or was never taken
        assert lock.local.token is None
        assert heir.acquire(blocking=False)
    assert moments >= 6


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock])
@pytest.mark.parametrize("blocking", [True, False])
@pytest.mark.parametrize("timeout", [None, 10])
def test_a_retry_that_meets_its_own_earlier_try_has_the_lock(connect, kind, blocking, timeout):
    """redis-py repeats a command whose reply was lost; the second SET NX says no."""
    accidents = Accidents(connect())
    lock = kind(accidents.client, "lock", timeout=timeout)
    lock.acquire(), lock.release()
    accidents.forget()
    accidents.again = {0}
    assert lock.acquire(blocking=blocking) and lock.owned()
    lock.release()
    assert not lock.locked()


def test_another_try_after_an_accident_goes_on_with_its_lock_and_all_its_time(connect):
    client = connect()
    accidents = Accidents(connect())
    lock = RedisLock(accidents.client, "lock", timeout=10)
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        lock.acquire()
    assert lock.owned()
    client.pexpire("lock", 3000)
    assert lock.acquire()
    assert 5000 < client.pttl("lock") <= 10_000
    assert lock.acquire(blocking=False) is False  # from now on it is held, and not in doubt
    lock.release()


def test_an_accident_with_a_given_token_does_not_make_it_a_way_in():
    connect = fake()
    RedisLock(connect(), "lock").acquire(token="same")
    accidents = Accidents(connect())
    lock = RedisLock(accidents.client, "lock")
    accidents.before[0] = raises(ServerAway("gone"))
    with pytest.raises(ServerAway):
        lock.acquire(token="same")
    assert lock.acquire(blocking=False) is False
    assert lock.acquire(blocking=False, token="same") is False


@pytest.mark.parametrize("thread_local", [True, False])
def test_an_accident_in_a_second_try_does_not_lose_the_lock_that_is_held(thread_local):
    connect = fake()
    accidents = Accidents(connect())
    lock = RedisLock(accidents.client, "lock", timeout=10, thread_local=thread_local)
    lock.acquire()
    for when in (accidents.before, accidents.after):
        accidents.forget()
        when[0] = raises(KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            lock.acquire(blocking=False)
        assert lock.owned()
    lock.release()
    assert not lock.locked()


def test_an_interrupted_wait_leaves_the_lock_with_its_holder(connect):
    holder, accidents = RedisLock(connect(), "lock"), Accidents(connect())
    holder.acquire()
    waiter = RedisLock(accidents.client, "lock", sleep=0.01)
    accidents.after = {number: raises(KeyboardInterrupt()) for number in range(3, 20)}
    with pytest.raises(KeyboardInterrupt):
        waiter.acquire()
    accidents.forget()
    assert holder.owned() and not waiter.owned()
    with pytest.raises(LockNotOwnedError):
        waiter.release()
    assert holder.owned()
    holder.release()
    assert waiter.acquire(blocking=False)


def test_a_release_whose_reply_was_lost_can_be_called_again(connect):
    accidents = Accidents(connect())
    lock, next_one = RedisLock(accidents.client, "lock"), RedisLock(connect(), "lock")
    lock.acquire()
    lock.release()
    lock.acquire()
    accidents.forget()
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        lock.release()
    assert next_one.acquire(blocking=False)
    with pytest.raises(LockNotOwnedError):
        lock.release()
    assert next_one.owned() and lock.local.token is None


def test_a_thread_that_gives_back_a_shared_lock_does_not_wipe_the_next_threads_token(connect):
    """The next thread has the lock before the first one's `release` returns."""
    accidents = Accidents(connect())
    lock = RedisLock(accidents.client, "lock", thread_local=False)
    lock.acquire(), lock.release(), lock.acquire()
    accidents.forget()

    def next_thread():
        accidents.forget()
        assert lock.acquire(blocking=False)

    accidents.after[0] = next_thread
    lock.release()
    assert lock.owned()
    lock.release()


@needs_redis
def test_a_real_server_that_dies_and_comes_back_empty_gives_the_lock_again():
    with servers.redis() as server:
        lock = RedisLock(server.client(), "lock", timeout=10)
        lock.acquire()
        server.restart()
        assert not lock.owned()
        with pytest.raises(LockNotOwnedError):  # the scripts are sent anew, too
            lock.release()
        assert lock.acquire(blocking=False)
        lock.release()


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock])
def test_threads_that_share_an_object_do_not_share_what_an_accident_left(connect, kind):
    """Bob gets the lock while Ann is about to ask. With one doubtful token for both, she would find it to be hers."""
    accidents, got = Accidents(connect()), []
    lock = kind(accidents.client, "lock", timeout=NEVER, thread_local=False)
    with ThreadPoolExecutor(1) as ann, ThreadPoolExecutor(1) as bob:
        for one in (ann, bob):
            accidents.forget()
            accidents.before[0] = raises(ServerAway("gone"))
            assert isinstance(one.submit(lock.acquire).exception(), ServerAway)
        accidents.forget()

        def bobs_turn():
            accidents.forget()
            got.append(bob.submit(lock.acquire, blocking=False).result())

        accidents.before[0] = bobs_turn
        got.append(ann.submit(lock.acquire, blocking=False).result())
    assert [bool(one) for one in got] == [True, False]


def test_each_of_the_threads_that_share_an_object_goes_on_with_its_own_lock(connect):
    accidents = Accidents(connect())
    lock = RedisLock(accidents.client, "lock", timeout=NEVER, thread_local=False)
    with ThreadPoolExecutor(1) as ann, ThreadPoolExecutor(1) as bob:
        accidents.before[0] = raises(ServerAway("gone"))
        assert isinstance(ann.submit(lock.acquire).exception(), ServerAway)
        accidents.forget()
        accidents.after[0] = raises(ServerAway("the reply was lost"))
        assert isinstance(bob.submit(lock.acquire).exception(), ServerAway)  # he has the lock, not knowing
        got = [one.submit(lock.acquire, blocking=False).result() for one in (ann, bob, bob)]
    assert got == [False, True, False] and lock.owned()


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock])
def test_a_stale_token_does_not_stop_an_acquire_from_going_on_with_its_own_lock(connect, kind):
    accidents = Accidents(connect())
    lock = kind(accidents.client, "lock", timeout=NEVER)
    lock.acquire()
    connect().delete("lock")  # its time is over
    accidents.forget()
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        lock.acquire()
    assert lock.locked() and not lock.owned()
    assert lock.acquire(blocking=False) and lock.owned()


@pytest.mark.parametrize(
    "options", [{"socket_timeout": 0.05}, {"socket_timeout": 0.2}, {"single_connection_client": True}]
)
def test_where_a_wait_in_the_server_would_do_harm_the_waiter_polls(connect, options):
    """The reply would come too late; or the holder could not use the one connection for its release."""
    holder = RedisLock(connect(), "lock")
    holder.acquire()
    seen = Accidents(connect(retry=Retry(NoBackoff(), 0), **options))
    waiter = RedisLock(seen.client, "lock", sleep=0.01)
    assert not waiter.acquire(blocking_timeout=0.05)
    assert seen.commands.count("SET") > 1 and "BLPOP" not in seen.commands
    holder.release()
    assert waiter.acquire()


def test_a_token_that_the_caller_gives_is_never_taken_for_ones_own(connect):
    holder, accidents = RedisLock(connect(), "lock"), Accidents(connect())
    other = RedisLock(accidents.client, "lock")
    holder.acquire()
    assert not other.acquire(blocking=False, token=holder.local.token)
    accidents.forget()
    accidents.before[0] = raises(ServerAway("gone"))
    with pytest.raises(ServerAway):
        other.acquire(token=holder.local.token)
    assert not other.acquire(blocking=False)


@pytest.mark.parametrize("kind", [Lock, RedisLock])
def test_a_lock_shorter_than_the_default_sleep_is_taken(connect, kind):
    assert connect().lock("lock", timeout=0.05, lock_class=kind).acquire()


def test_the_default_sleep_is_cut_to_the_locks_time_and_one_asked_for_is_refused():
    client = fake()()
    assert [RedisLock(client, "lock", timeout=timeout).sleep for timeout in (0.05, 5, None)] == [
        0.05,
        0.1,
        0.1,
    ]
    with pytest.raises(LockError, match=r"0\.2 s is longer than the lock lasts, 0\.05 s$"):
        RedisLock(client, "lock", timeout=0.05, sleep=0.2)
    with pytest.raises(LockError, match=r"0\.1 s is longer than the lock lasts, 0\.05 s$"):
        RedisLock(client, "lock", timeout=0.05).acquire(sleep=0.1)
