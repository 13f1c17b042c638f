"""Fencing tokens: who gives them, and who checks them."""

import itertools
import random
import threading
from contextlib import suppress

import pytest
from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import DataError, LockError, LockNotOwnedError, ResponseError
from redis_backends import BACKENDS, PATIENCE, Accidents, crowd, empty, fake, raises, thread, until_gone

from course_lib.locks import (
    FencedRedisLock,
    FencedRedisResource,
    FencedResource,
    RedisLock,
    StaleToken,
)


class InRedis(FencedRedisResource):
    """So that one test can compare: a number goes in, and the same comes out."""

    def read(self, token):
        value = super().read(token)
        return None if value is None else int(value)

    @property
    def highest(self):
        return int(self.client.get(self.keys[1]) or 0)

    @property
    def value(self):
        value = self.client.get(self.keys[0])
        return None if value is None else int(value)


@pytest.fixture(params=["in this process", *BACKENDS])
def resource(request):
    """One that has never seen anybody."""
    if request.param == "in this process":
        return FencedResource()
    connect = fake() if request.param == "fakeredis" else empty(request.getfixturevalue("real_server"))
    return InRedis(connect(), "stock")


# The lock that counts


def test_each_holder_gets_a_higher_number_and_who_does_not_get_the_lock_none(connect):
    ann, bob = (FencedRedisLock(connect(), "lock", timeout=10) for _ in range(2))
    assert ann.token is None
    assert (ann.acquire(), type(ann.token), ann.token) == (1, int, 1)
    assert bob.acquire(blocking=False) is None and bob.token is None
    ann.release()
    assert bob.acquire() == bob.token == 2
    bob.release()
    with ann:
        assert ann.token == 3


@pytest.mark.parametrize("timeout", [None, 10, 0.5])
def test_the_number_outlives_the_lock(connect, timeout):
    client = connect()
    lock = FencedRedisLock(client, "lock", timeout=timeout)
    lock.acquire()
    assert (client.pttl("lock") == -1) is (timeout is None)
    assert client.pttl(lock.counter) == -1
    client.delete("lock")
    assert lock.acquire() == 2


def test_a_lock_that_ended_by_itself_is_counted_on(connect):
    late, prompt = (FencedRedisLock(connect(), "lock", timeout=0.05, sleep=0.01) for _ in range(2))
    assert late.acquire() == 1
    until_gone(connect(), "lock")
    assert prompt.acquire() == 2
    assert late.token == 1  # what it believes
    assert late.acquire(blocking=False) is None
    with pytest.raises(LockNotOwnedError):
        late.release()


def test_a_waiter_gets_its_number_when_the_lock_is_given_back(connect):
    ann, bob = (FencedRedisLock(connect(), "lock") for _ in range(2))
    ann.acquire()
    with thread(bob.acquire) as got:
        ann.release()
    assert got == [2]


def test_a_client_that_decodes_gets_an_int_too(connect):
    lock = FencedRedisLock(connect(decode_responses=True), "lock", timeout=10)
    assert (lock.acquire(), type(lock.token)) == (1, int)
    assert lock.owned() and lock.extend(5) and lock.reacquire()
    lock.release()


def test_it_has_the_plain_locks_interface_and_excludes_it(connect):
    fenced, plain = FencedRedisLock(connect(), "lock", timeout=10), RedisLock(connect(), "lock")
    assert fenced.acquire(token="given") == 1 and connect().get("lock") == b"given"
    assert plain.acquire(blocking=False) is False
    fenced.release()
    plain.acquire()
    assert fenced.acquire(blocking=False) is None
    plain.release()
    assert isinstance(connect().lock("lock", lock_class=FencedRedisLock), FencedRedisLock)
    with pytest.raises(LockError):
        fenced.release()


def test_the_same_given_token_is_no_second_way_in(connect):
    ann, bob = (FencedRedisLock(connect(), "lock") for _ in range(2))
    assert ann.acquire(token="same") == 1
    assert bob.acquire(token="same", blocking=False) is None


def test_a_try_in_vain_does_not_take_the_number_of_the_lock_that_is_held(connect):
    lock = FencedRedisLock(connect(), "lock")
    lock.acquire()
    assert lock.acquire(blocking=False) is None
    assert lock.token == 1 and lock.owned()


def test_a_thread_sees_its_own_number_unless_the_lock_is_shared(connect):
    own = FencedRedisLock(connect(), "own")
    own.acquire()
    with thread(lambda: own.token) as seen:
        pass
    assert seen == [None]
    shared = FencedRedisLock(connect(), "shared", thread_local=False)
    shared.acquire()
    with thread(lambda: shared.token) as seen:
        pass
    assert seen == [1]


@pytest.mark.parametrize("names", [("a", "{a}"), ("a", "a:fence"), ("{a}:fence", "{a}")])
def test_locks_of_like_names_count_for_themselves(connect, names):
    first, second = (FencedRedisLock(connect(), name) for name in names)
    assert first.counter != second.counter
    with first:
        pass
    assert second.acquire() == 1


def test_whoever_holds_it_has_a_number_that_nobody_else_has_had(connect):
    """Eight threads, and leases too short for some."""
    numbers, kept = [], threading.Lock()

    def work():
        lock = FencedRedisLock(connect(), "lock", timeout=0.02, sleep=0.001)
        for _ in range(8):
            token = lock.acquire(blocking_timeout=PATIENCE)
            with kept:
                numbers.append(token)
            with suppress(LockNotOwnedError):
                lock.release()

    crowd(8, work)
    assert sorted(numbers) == list(range(1, 65))


def test_a_lost_reply_does_not_lose_the_number(connect):
    accidents = Accidents(connect())
    lock = FencedRedisLock(accidents.client, "lock", timeout=10)
    with lock:
        pass
    accidents.forget()
    accidents.again = {0}  # redis-py asks again, and meets its own first try
    token = lock.acquire()
    assert token == lock.token == int(connect().get(lock.counter)) and lock.owned()


def test_a_number_is_never_that_of_the_next_holder(connect):
    """The reply is lost, the lease ends, another takes the lock; only then the first one asks again."""
    accidents, next_one = Accidents(connect()), FencedRedisLock(connect(), "lock", timeout=10)
    lock = FencedRedisLock(accidents.client, "lock", timeout=10)
    with lock:
        pass
    accidents.forget()
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        lock.acquire()
    connect().delete("lock")  # its time is over
    assert next_one.acquire() == 3
    assert lock.acquire(blocking=False) is None
    assert lock.token != 3


def test_after_an_accident_there_is_no_number_until_the_lock_is_acquired_again(connect):
    accidents = Accidents(connect())
    lock = FencedRedisLock(accidents.client, "lock", timeout=10)
    with lock:
        assert lock.token == 1
    accidents.forget()
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        lock.acquire()
    assert lock.owned() and lock.token is None
    assert lock.acquire() == lock.token == 3


def test_a_try_in_vain_at_a_shared_object_does_not_take_the_holders_number(connect):
    """Ann has the lock from the server, and has not noted it yet; Bob tries at this moment."""
    lock = FencedRedisLock(connect(), "lock", thread_local=False)
    assert (lock.do_acquire(b"ann"), lock.do_acquire(b"bob"), lock.token) == (1, None, 1)


def test_where_nothing_can_be_counted_the_lock_is_not_taken(connect):
    client = connect()
    lock = FencedRedisLock(client, "lock")
    client.set(lock.counter, "no number")
    with pytest.raises(ResponseError):
        lock.acquire()
    assert not client.exists("lock")


# The resource that checks


def test_operations_are_taken_in_the_order_of_their_tokens(resource):
    assert resource.read(1) is None
    assert resource.write(1, 10) is None
    assert resource.read(1) == 10
    resource.write(3, 30)
    assert resource.read(3) == 30
    for refused in (lambda: resource.read(2), lambda: resource.write(2, 20), lambda: resource.write(1, 10)):
        with pytest.raises(StaleToken):
            refused()
    assert (resource.value, resource.highest) == (30, 3)
    assert resource.read(4) == 30


def test_what_is_refused_names_both_tokens_and_the_remedy(resource):
    resource.write(34, 1)
    with pytest.raises(StaleToken) as caught:
        resource.write(33, 2)
    assert (caught.value.token, caught.value.highest) == (33, 34)
    assert str(caught.value) == (
        "token 33 is stale: the resource has seen 34. The lock was lost (or its count was set back): "
        "take it again, and read again"
    )


def test_a_read_registers_its_token_so_that_an_update_is_not_lost(resource):
    """Ann reads and is paused. Bob reads. If Ann's write were let through now, Bob's would undo it."""
    ann, bob = 1, 2
    resource.write(ann, 0)
    seen_by_ann, seen_by_bob = resource.read(ann), resource.read(bob)
    with pytest.raises(StaleToken):
        resource.write(ann, seen_by_ann + 1)
    resource.write(bob, seen_by_bob + 1)
    assert resource.read(bob) == 1


@pytest.mark.parametrize("token", ["1", b"1", "10", None, True, False, 1.0, 2.5])
def test_a_token_that_is_no_int_is_refused_and_changes_nothing(resource, token):
    resource.write(1, 10)
    for act in (lambda: resource.read(token), lambda: resource.write(token, 20)):
        with pytest.raises(TypeError) as caught:
            act()
        assert (
            str(caught.value)
            == f"a fencing token is an int, such as FencedRedisLock.acquire returns, not {token!r}"
        )
    assert (resource.value, resource.highest) == (10, 1)


@pytest.mark.parametrize("token", [0, -1])
def test_a_token_below_one_is_refused_and_changes_nothing(resource, token):
    for act in (lambda: resource.read(token), lambda: resource.write(token, 20)):
        with pytest.raises(ValueError, match=rf"^a fencing token is 1 or more, not {token}$"):
            act()
    assert (resource.value, resource.highest) == (None, 0)


def test_tokens_are_compared_as_numbers_also_where_they_are_large(resource):
    for token in (9, 10, 99, 100, 2**31, 2**32 + 1, 2**53 - 1, 2**53):
        resource.write(token, token)
    for token in (9, 2**53 - 1):
        with pytest.raises(StaleToken):
            resource.read(token)
    assert resource.read(2**53) == 2**53


def test_a_token_that_a_script_in_redis_would_round_is_refused(connect):
    resource = FencedRedisResource(connect(), "stock")
    with pytest.raises(ValueError, match=r"^token 9007199254740993 is above 2\*\*53"):
        resource.write(2**53 + 1, 1)
    assert not connect().keys()


def test_a_random_day_of_the_resource_in_redis_goes_as_in_this_process(connect):
    chance, model, kept = random.Random(5), FencedResource(), InRedis(connect(), "stock")
    for number in range(300):
        token, write = max(1, number // 10 + chance.randrange(-3, 3)), chance.random() < 0.5
        answers = []
        for resource in (model, kept):
            try:
                answers.append(resource.write(token, number) if write else resource.read(token))
            except StaleToken as stale:
                answers.append((stale.token, stale.highest))
        assert answers[0] == answers[1] and (model.value, model.highest) == (kept.value, kept.highest)


@pytest.mark.parametrize(
    ("decode", "value", "comes_back"),
    [
        (False, "text", b"text"),
        (True, "text", "text"),
        (False, b"\xff", b"\xff"),
        (True, 7, "7"),
        (False, 0.5, b"0.5"),
        (False, "", b""),
    ],
)
def test_the_resource_in_redis_gives_back_what_its_client_gives(connect, decode, value, comes_back):
    resource = FencedRedisResource(connect(decode_responses=decode), "stock")
    assert resource.read(1) is None
    resource.write(1, value)
    assert resource.read(1) == comes_back
    assert resource.read(2) == comes_back
    with pytest.raises(StaleToken):
        resource.read(1)


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}])
def test_a_value_that_redis_cannot_keep_is_refused_and_changes_nothing(connect, value):
    resource = InRedis(connect(), "stock")
    resource.write(1, 10)
    with pytest.raises(DataError):
        resource.write(2, value)
    assert (resource.value, resource.highest) == (10, 1)


def test_a_write_whose_reply_was_lost_is_there_once(connect):
    accidents = Accidents(connect())
    resource = InRedis(accidents.client, "stock")
    resource.write(1, 10)
    accidents.forget()
    accidents.again = {0}
    resource.write(1, 11)
    assert resource.value == 11
    accidents.forget()
    accidents.after[0] = raises(ServerAway("the reply was lost"))
    with pytest.raises(ServerAway):
        resource.write(2, 12)
    assert (resource.value, resource.highest) == (12, 2)
    resource.write(2, 12)
    assert resource.value == 12


def test_the_resource_need_not_be_where_the_lock_is(connect):
    lock, resource = FencedRedisLock(connect(), "lock", timeout=10), FencedResource(0)
    for _ in range(3):
        with lock:
            resource.write(lock.token, resource.read(lock.token) + 1)
    assert (resource.value, resource.highest) == (3, 3)


@pytest.mark.parametrize("names", [("a", "{a}"), ("a", "a:highest")])
def test_resources_of_like_names_are_two(connect, names):
    first, second = (InRedis(connect(), name) for name in names)
    first.write(5, 50)
    assert second.read(1) is None


def test_many_threads_with_tokens_of_their_own_leave_the_highest(resource):
    """Each thread tries its tokens in rising order; in whatever order they meet, nothing goes back."""
    counter, seen = itertools.count(1), []

    def work():
        for _ in range(20):
            token = next(counter)
            try:
                resource.write(token, token)
                seen.append(resource.read(token))
            except StaleToken as stale:
                assert stale.highest > token

    crowd(4, work)
    assert (resource.value, resource.highest) == (80, 80)
    assert all(value >= 1 for value in seen)


def test_no_update_is_lost_under_leases_that_are_too_short(resource, connect):
    """Holders are late again and again: two are inside. Every update that was acknowledged counts."""
    acknowledged, kept = [0], threading.Lock()
    resource.write(1, 0)
    connect().set(FencedRedisLock(connect(), "lock").counter, 1)

    def work():
        lock = FencedRedisLock(connect(), "lock", timeout=0.002, sleep=0.001)
        for _ in range(25):
            token = lock.acquire(blocking_timeout=PATIENCE)
            try:
                resource.write(token, resource.read(token) + 1)
            except StaleToken:
                pass
            else:
                with kept:
                    acknowledged[0] += 1
            with suppress(LockNotOwnedError):
                lock.release()

    crowd(4, work)
    assert 0 < resource.value == acknowledged[0] <= 100
