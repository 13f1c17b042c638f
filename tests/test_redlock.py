"""Redlock on several stand-ins for Redis, and once on real servers."""

import math
from contextlib import ExitStack

import pytest
import time_machine
from fakeredis import FakeRedis, FakeServer
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ServerAway
from redis.exceptions import LockError
from redis.retry import Retry
from redis_backends import Accidents, needs_redis, raises, thread

from course_lib import servers
from course_lib.locks import Redlock
from course_lib.locks.redlock import DRIFT, GRAIN


class Clock:
    """Stands where it is put; what one waits is noted."""

    def __init__(self):
        self.now, self.naps = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def machines(number):
    return [FakeServer(version=(7,)) for _ in range(number)]


def redlock(group, clock, ttl=10, **options):
    clients = [FakeRedis(server=server, **options) for server in group]
    return Redlock(clients, "lock", ttl, clock=clock, sleep=clock.sleep)


def holders(group):
    """Whose token is on each server."""
    return [FakeRedis(server=server).get("lock") for server in group]


def cut(group, *numbers):
    for number in numbers:
        group[number].connected = False


def mend(group):
    for server in group:
        server.connected = True


@pytest.mark.parametrize(("servers", "majority"), [*enumerate((1, 2, 2, 3, 3, 4, 4), 1)])
def test_the_lock_is_had_with_a_majority_and_not_with_less(clock, servers, majority):
    for dead in range(servers + 1):
        group = machines(servers)
        cut(group, *range(dead))
        lock = redlock(group, clock)
        assert lock.majority == majority
        assert (lock.acquire(tries=1) is not None) is (servers - dead >= majority)
        mend(group)
        assert sum(token is not None for token in holders(group)) in (0, servers - dead)


@pytest.mark.parametrize("servers", range(1, 6))
def test_two_never_have_a_majority_each_however_the_servers_are_split(clock, servers):
    for reach in range(2**servers):
        group = machines(servers)
        ann, bob = redlock(group, clock), redlock(group, clock)
        cut(group, *(number for number in range(servers) if not reach >> number & 1))
        got = ann.acquire(tries=1)
        mend(group)
        cut(group, *(number for number in range(servers) if reach >> number & 1))
        assert got is None or bob.acquire(tries=1) is None


def test_all_servers_have_one_token_and_the_time(clock):
    group = machines(5)
    lock = redlock(group, clock, ttl=9.5)
    lock.acquire()
    assert set(holders(group)) == {lock.token.encode()}
    for server in group:
        assert 5000 < FakeRedis(server=server).pttl("lock") <= 9500


def test_a_minority_is_given_back(clock):
    group = machines(5)
    for server in group[:3]:
        FakeRedis(server=server).set("lock", "a stranger's")
    assert redlock(group, clock).acquire(tries=1) is None
    assert holders(group) == [b"a stranger's"] * 3 + [None] * 2


def test_what_asking_took_and_a_margin_are_subtracted(clock):
    group = machines(5)
    lock = redlock(group, clock, ttl=10)
    slow = Accidents(lock.clients[2])
    slow.before[0] = lambda: clock.sleep(3)
    begin = clock()
    validity = lock.acquire()
    assert validity == pytest.approx(10 - 3 - 10 * DRIFT - GRAIN)
    assert lock.remaining() == pytest.approx(validity) and lock.valid_until == pytest.approx(
        begin + 10 - 10 * DRIFT - GRAIN
    )
    clock.now += 5
    assert lock.remaining() == pytest.approx(validity - 5)
    clock.now += 5
    assert lock.remaining() == 0


def test_a_lock_whose_time_went_by_while_asking_is_none_and_is_given_back(clock):
    group = machines(5)
    lock = redlock(group, clock, ttl=10)
    Accidents(lock.clients[4]).before[0] = lambda: clock.sleep(9.9)
    assert lock.acquire(tries=1) is None
    assert lock.token is None and lock.remaining() == 0
    assert holders(group) == [None] * 5


def test_a_time_shorter_than_the_margin_is_never_enough(clock):
    assert redlock(machines(1), clock, ttl=0.001).acquire() is None
    assert redlock(machines(1), clock, ttl=0.003).acquire() > 0


def test_it_tries_again_after_a_pause_by_chance(clock):
    group = machines(3)
    FakeRedis(server=group[0]).set("lock", "a stranger's")
    FakeRedis(server=group[1]).set("lock", "a stranger's")
    assert redlock(group, clock).acquire(tries=5, delay=0.3) is None
    assert len(clock.naps) == 4 and all(0 <= nap <= 0.3 for nap in clock.naps) and len(set(clock.naps)) > 1
    lock = redlock(group, clock)
    lock.sleep = lambda seconds: FakeRedis(server=group[0]).delete("lock")
    assert lock.acquire(tries=2) is not None


def test_servers_that_are_away_cost_no_safety_and_their_lock_ends_by_itself(clock):
    group = machines(5)
    cut(group, 3, 4)
    ann, bob = redlock(group, clock), redlock(group, clock)
    assert ann.acquire()
    assert bob.acquire(tries=1) is None
    assert ann.release() == 3
    assert bob.acquire()
    mend(group)
    assert bob.release() == 3


def test_what_cannot_be_given_back_ends_by_itself(clock):
    with time_machine.travel(1000.0, tick=False) as day:
        group = machines(3)
        ann, bob = redlock(group, clock), redlock(group, clock)
        ann.acquire()
        cut(group, 0, 1)
        assert ann.release() == 1
        mend(group)
        assert bob.acquire(tries=1) is None
        day.shift(10.001)
        assert bob.acquire(tries=1)


def test_giving_back_twice_is_an_error_and_harms_nobody(clock):
    group = machines(3)
    ann, bob = redlock(group, clock), redlock(group, clock)
    ann.acquire()
    assert ann.release() == 3 and ann.remaining() == 0
    bob.acquire()
    for lock in (ann, redlock(group, clock)):
        with pytest.raises(ValueError, match=r"^the lock 'lock' was not taken, or was given back before$"):
            lock.release()
    assert set(holders(group)) == {bob.token.encode()}


def test_who_is_late_does_not_delete_the_next_holders_lock(clock):
    with time_machine.travel(1000.0, tick=False) as day:
        group = machines(3)
        ann, bob = redlock(group, clock), redlock(group, clock)
        ann.acquire()
        day.shift(10.001)
        assert bob.acquire()
        assert ann.release() == 0
        assert set(holders(group)) == {bob.token.encode()}


def test_who_holds_it_does_not_get_it_again_and_does_not_lose_it(clock):
    group = machines(3)
    lock = redlock(group, clock)
    lock.acquire()
    token = lock.token
    assert lock.acquire() is None
    assert lock.token == token and set(holders(group)) == {token.encode()}
    assert lock.release() == 3


def test_a_reply_that_was_lost_is_no_vote_and_its_lock_is_given_back(clock):
    group = machines(3)
    lock = redlock(group, clock)
    for client in lock.clients[:2]:
        Accidents(client).after[0] = raises(ServerAway("the reply was lost"))
    assert lock.acquire(tries=1) is None
    assert holders(group) == [None] * 3


def test_a_client_that_decodes_is_served_as_well(clock):
    group = machines(3)
    lock = redlock(group, clock, decode_responses=True)
    assert lock.acquire() and lock.release() == 3


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", range(5))
def test_an_interrupted_try_leaves_nothing_on_any_server(clock, number, when):
    group = machines(5)
    lock = redlock(group, clock)
    getattr(Accidents(lock.clients[number]), when)[0] = raises(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        lock.acquire()
    assert holders(group) == [None] * 5 and lock.token is None


def test_an_interrupted_release_is_no_lock_any_more_and_can_be_called_again(clock):
    group = machines(5)
    lock = redlock(group, clock)
    lock.acquire()
    Accidents(lock.clients[2]).before[0] = raises(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        lock.release()
    assert lock.remaining() == 0
    assert lock.release() == 3 and holders(group) == [None] * 5


def test_a_block_has_the_lock_inside_and_gives_it_back(clock):
    group = machines(3)
    with redlock(group, clock) as lock:
        assert lock.remaining() > 9 and set(holders(group)) == {lock.token.encode()}
        rival = redlock(group, clock)
        with pytest.raises(LockError, match=r"^no majority of the servers could be had$"), rival:
            raise AssertionError("inside")
    assert holders(group) == [None] * 3


# Where its assumptions do not hold


def split(group, clock, accident):
    """Ann has servers 1, 2, 3; something happens to server 3; Bob reaches 3, 4, 5. What each has of validity."""
    ann, bob = redlock(group, clock, ttl=30), redlock(group, clock, ttl=30)
    cut(group, 3, 4)
    first = ann.acquire(tries=1)
    mend(group)
    accident(group)
    cut(group, 0, 1)
    return first, bob.acquire(tries=1)


def test_a_server_whose_clock_jumps_gives_the_lock_to_two(clock):
    first, second = split(
        machines(5), clock, lambda group: FakeRedis(server=group[2]).pexpire("lock", -60_000)
    )
    assert first > 29 and second > 29


def test_a_server_that_restarts_empty_gives_the_lock_to_two(clock):
    first, second = split(machines(5), clock, lambda group: FakeRedis(server=group[2]).flushall())
    assert first > 29 and second > 29


def test_a_server_that_restarts_and_stays_away_until_the_lock_is_over_does_not(clock):
    group = machines(5)

    def restart(group):
        FakeRedis(server=group[2]).flushall()
        cut(group, 2)

    first, second = split(group, clock, restart)
    assert first > 29 and second is None


def test_without_an_accident_the_same_split_leaves_one_holder(clock):
    first, second = split(machines(5), clock, lambda group: None)
    assert first > 29 and second is None


# Bad input


def test_no_client_is_refused():
    with pytest.raises(ValueError, match=r"^Redlock needs at least one client; five servers are usual$"):
        Redlock([], "lock", 10)


@pytest.mark.parametrize("ttl", [0, -1, 0.0001, math.nan, math.inf, True, "10", None])
def test_a_time_that_cannot_be_is_refused(ttl):
    with pytest.raises(ValueError) as caught:
        Redlock([FakeRedis()], "lock", ttl)
    assert str(caught.value) == f"ttl is {ttl!r}: give seconds, 0.001 or more"


@needs_redis
def test_three_real_servers_of_which_one_dies():
    impatient = {"socket_timeout": 5, "retry": Retry(NoBackoff(), 0)}
    with ExitStack() as stack:
        group = [stack.enter_context(servers.redis()) for _ in range(3)]
        ann, bob = (Redlock([server.client(**impatient) for server in group], "lock", 60) for _ in range(2))
        assert 0 < ann.acquire(tries=1) < 60 and bob.acquire(tries=1) is None
        group[0].kill()
        assert ann.release() == 2
        assert bob.acquire(tries=1)
        group[0].restart()
        with thread(bob.release) as given_back:
            pass
        assert given_back == [2]


def test_a_pause_while_the_time_is_counted_is_not_given_away():
    """The clock is read once more after the answers: whatever passes then must not prolong the lock."""
    readings = iter([0.0, 1.0, 26.0, 26.0])
    lock = Redlock(
        [FakeRedis(server=FakeServer(version=(7,)))], "stock", ttl=30, clock=lambda: next(readings)
    )
    assert lock.acquire(tries=1) == pytest.approx(30 - 30 * 0.01 - 0.002 - 1)
    assert lock.remaining() == pytest.approx(30 - 30 * 0.01 - 0.002 - 26)


def test_less_than_one_try_is_refused():
    lock = Redlock([FakeRedis(server=FakeServer(version=(7,)))], "stock", ttl=30)
    with pytest.raises(ValueError, match="tries is 0"):
        lock.acquire(tries=0)
