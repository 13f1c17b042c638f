"""The article's lock and the steps that repair it: each has the fault that the next one has not."""

import pytest
import time_machine
from redis.lock import Lock
from redis_backends import Accidents, fake

from course_lib.locks import ArticleLock, AtomicRelease, FencedRedisLock, IfAbsent, RedisLock, WithOwner
from course_lib.locks.race import Outcome, race

STEPS = [ArticleLock, IfAbsent, WithOwner, AtomicRelease]


@pytest.fixture
def connect():
    return fake()


@pytest.fixture
def clock():
    with time_machine.travel(1000.0, tick=False) as clock:
        yield clock


def three(kind, connect):
    return [kind(connect(), "lock") for _ in range(3)]


def test_two_get_the_articles_lock_and_the_second_prolongs_it(connect, clock):
    ann, bob, _ = three(ArticleLock, connect)
    assert ann.acquire() is True
    clock.shift(20)
    assert bob.acquire() is True
    assert connect().ttl("lock") == 30 and connect().get("lock") == b"lock"
    assert ann.release() is True  # Bob's
    assert bob.release() is False


@pytest.mark.parametrize("kind", STEPS[1:])
def test_from_the_first_step_on_the_second_is_told_so(connect, clock, kind):
    ann, bob, _ = three(kind, connect)
    assert (ann.acquire(), bob.acquire(), bob.acquire()) == (True, False, False)
    assert ann.release() is True
    assert bob.acquire() is True
    bob.release()
    assert ann.acquire()
    clock.shift(30.001)
    assert bob.acquire() is True


def late(kind, connect, clock):
    """Ann's time passes, Bob takes the lock, Ann gives back. What she is told, and whether Cem gets in beside Bob."""
    ann, bob, cem = three(kind, connect)
    ann.acquire()
    clock.shift(31)
    assert bob.acquire()
    return ann.release(), cem.acquire()


def test_who_is_late_deletes_a_strangers_lock_until_it_looks_whose_it_is(connect, clock):
    assert late(IfAbsent, connect, clock) == (True, True)


@pytest.mark.parametrize("kind", [WithOwner, AtomicRelease])
def test_with_a_token_who_is_late_deletes_nothing(connect, clock, kind):
    assert late(kind, connect, clock) == (False, False)


def test_between_a_look_and_a_deletion_the_lock_may_change_hands(connect, clock):
    """Ann's time passes, and Bob takes the lock, between her look and her deletion."""
    ann, bob, _ = three(WithOwner, connect)
    look = ann.is_mine

    def look_slowly():
        mine = look()
        clock.shift(31)
        assert bob.acquire()
        return mine

    ann.acquire()
    ann.is_mine = look_slowly
    assert ann.release() is True and not bob.is_mine()


def test_where_both_are_one_step_nothing_comes_between(connect):
    ann, bob, _ = three(AtomicRelease, connect)
    ann.acquire()
    seen = Accidents(ann.client)
    assert ann.release() is True and seen.commands == ["EVAL"]
    bob.acquire()
    assert ann.release() is False and bob.is_mine()


@pytest.mark.parametrize("kind", STEPS[2:])
def test_what_was_never_taken_or_given_back_before_is_not_given_back(connect, kind):
    ann, bob, _ = three(kind, connect)
    assert ann.release() is False
    ann.acquire()
    assert (ann.release(), ann.release()) == (True, False)
    bob.acquire()
    assert ann.release() is False and connect().exists("lock")


# Many threads and one counter


@pytest.mark.parametrize("kind", [RedisLock, FencedRedisLock, Lock])
def test_under_a_lock_that_works_the_counter_ends_where_it_should(connect, kind):
    outcome = race(lambda: kind(connect(), "lock", timeout=30), threads=4, times=10)
    assert outcome == Outcome(total=40, due=40, inside=1)


@pytest.mark.parametrize("kind", STEPS[1:])
def test_the_steps_work_while_nobody_is_late(connect, kind):
    assert race(lambda: kind(connect(), "lock"), threads=4, times=5) == Outcome(20, 20, 1)


def test_under_the_articles_lock_the_counter_ends_short_with_many_inside(connect):
    outcome = race(lambda: ArticleLock(connect(), "lock"), threads=8, times=20)
    assert outcome.due == 160 and outcome.total < 160 and outcome.inside > 1


def test_without_a_lock_it_does_too():
    outcome = race(None, threads=8, times=20)
    assert outcome.total < 160 and outcome.inside > 1


def test_a_race_raises_what_a_thread_or_the_making_of_a_lock_raised(connect):
    class Broken:
        def acquire(self):
            raise OSError("no lock today")

    with pytest.raises(OSError, match="no lock today"):
        race(Broken, threads=3, times=1)
    with pytest.raises(ZeroDivisionError):
        race(lambda: 1 / 0, threads=3, times=1)
