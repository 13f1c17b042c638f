"""The lock's recipe for ZooKeeper: the same scenarios on the course's model and on a real server."""

import itertools
import os
import queue
import signal
import subprocess
import sys
import threading
from functools import partial

import pytest
from kazoo.exceptions import ConnectionLoss, SessionExpiredError
from kazoo.protocol.states import KazooState
from processes import in_a_thread, needs_signals
from zookeeper_worlds import PATIENCE, Model, Real, paths

from course_lib import servers
from course_lib.locks import FencedResource, StaleToken, ZooKeeperLock
from course_lib.locks.holding import NotHeld
from course_lib.locks.zookeeper import HerdLock
from course_lib.paths import ROOT

WORLDS = ["model", pytest.param("real", marks=pytest.mark.needs("zookeeper"))]


@pytest.fixture(scope="module")
def zookeeper():
    with servers.zookeeper() as started:
        yield started


@pytest.fixture(params=WORLDS)
def world(request):
    made = Model() if request.param == "model" else Real(request.getfixturevalue("zookeeper"))
    yield made
    made.close()


@pytest.fixture
def lock(world):
    """Makes a lock with a client of its own."""
    return lambda kind=ZooKeeperLock, timeout=30.0, **options: kind(
        world.client(timeout), world.path, **options
    )


@pytest.fixture
def model():
    return Model()


def queue_of(lock):
    """The names in the queue, first come first."""
    return sorted(lock.client.get_children(lock.path), key=lambda name: name[-10:])


# One at a time, in order


def test_one_has_the_lock_and_the_next_gets_it_when_it_is_given_back(lock):
    ann, bob = lock(), lock()
    assert ann.acquire() is True and ann.believes and ann.owned()
    assert bob.acquire(blocking=False) is False and bob.token is None and not bob.believes
    ann.release()
    assert ann.token is None and not ann.believes and not ann.owned()
    assert bob.acquire() and bob.owned()


def test_who_came_first_is_served_first_whatever_the_names(lock, world):
    locks = [lock(name=name) for name in ("zoe", "ann", "kim")]
    for each in locks:
        each.enter()
    assert [each.predecessor() for each in locks] == [None, locks[0].node, locks[1].node]
    waiting = {each: in_a_thread(each.acquire) for each in locks[1:]}
    for before, each in itertools.pairwise(locks):
        assert not each.believes
        before.release()
        assert waiting[each].get(timeout=PATIENCE) is True and each.believes


def test_with_a_lock_the_block_has_it(lock):
    ann, bob = lock(), lock()
    with ann as held:
        assert held is ann and ann.owned()
        assert not bob.acquire(blocking=False)
    assert bob.acquire(blocking=False)


def test_eight_threads_count_to_the_right_number_under_the_lock(lock):
    total, inside, barrier = [0], [], threading.Barrier(8)

    def work(own):
        barrier.wait(PATIENCE)
        for _ in range(5):
            with own:
                inside.append(own)
                seen = total[0]
                assert own.owned()  # a round trip, in which others have time to come in
                total[0] = seen + 1
                assert inside == [own]
                inside.clear()

    done = [in_a_thread(partial(work, lock())) for _ in range(8)]
    assert [each.get(timeout=PATIENCE) for each in done] == [None] * 8
    assert total == [40]


def test_the_token_grows_from_holder_to_holder_even_where_the_queue_is_made_anew(lock):
    ann, bob = lock(), lock()
    ann.acquire()
    first, node = ann.token, ann.node
    assert ann.client.exists(f"{ann.path}/{node}").czxid == first
    ann.release()
    ann.client.delete(ann.path)
    bob.acquire()
    assert bob.node[-10:] == node[-10:]  # the sequence number has begun again
    assert bob.token > first


# Waiting


def test_a_wait_that_timed_out_leaves_no_ghost_in_the_queue(lock):
    ann, bob, cat = lock(), lock(), lock()
    ann.acquire()
    assert bob.acquire(timeout=0.2) is False
    assert queue_of(ann) == [ann.node]
    ann.release()  # fires what bob left behind: harmless
    assert cat.acquire(blocking=False)
    cat.release()
    assert bob.acquire(timeout=0) and bob.token


def test_whom_something_interrupts_leaves_the_queue(lock, world):
    ann = lock()
    ann.acquire()

    class Interrupted(ZooKeeperLock):
        def watch(self, node, callback):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lock(kind=Interrupted).acquire()
    assert queue_of(ann) == [ann.node]


def test_whom_something_interrupts_right_after_its_znode_was_made_leaves_the_queue(lock, monkeypatch):
    ann, bob = lock(), lock()
    ann.acquire()
    create = bob.client.create

    def interrupted(*arguments, **options):
        create(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(bob.client, "create", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bob.acquire()
    assert queue_of(ann) == [ann.node]


def test_a_predecessor_that_goes_before_it_is_watched_is_noticed(lock, world):
    ann = lock()
    ann.acquire()

    class Slow(ZooKeeperLock):
        def watch(self, node, callback):
            ann.release()
            found = super().watch(node, callback)
            assert found is False
            return found

    assert in_a_thread(lock(kind=Slow).acquire).get(timeout=PATIENCE) is True


def test_a_wake_up_before_the_wait_is_not_lost(lock):
    ann, events = lock(), queue.Queue()
    ann.acquire()

    class Slow(ZooKeeperLock):
        def watch(self, node, callback):
            found = super().watch(node, callback)
            ann.release()
            assert events.get(timeout=PATIENCE).type == "DELETED"
            return found

        def _wake(self, event):
            super()._wake(event)
            events.put(event)

    assert in_a_thread(lock(kind=Slow).acquire).get(timeout=PATIENCE) is True


def test_a_waiter_that_dies_wakes_the_next_who_then_waits_for_the_one_before(lock, world):
    ann, bob, cat = lock(), lock(), lock()
    for each in (ann, bob, cat):
        each.enter()
    assert ann.predecessor() is None
    events = queue.Queue()
    assert cat.predecessor() == bob.node and cat.watch(bob.node, events.put)
    bob.client.stop()
    assert events.get(timeout=PATIENCE).type == "DELETED"
    assert cat.predecessor() == ann.node and cat.token is None


def wake_ups(locks):
    """Plays a queue to its end, in one thread; how often somebody was woken at each release."""
    woken, counts = queue.Queue(), []
    for each in locks:
        each.enter()

    def look(each):
        before = each.predecessor()
        if before is not None:
            assert each.watch(before, lambda event: woken.put((each, before)))
            watched[before] = watched.get(before, 0) + 1

    watched = {}
    for each in locks:
        look(each)
    for each in locks:
        node = each.node
        each.release()
        counts.append(watched.get(node, 0))
        for _ in range(counts[-1]):
            who, before = woken.get(timeout=PATIENCE)
            assert before == node
            look(who)
    assert woken.empty()
    return counts


def test_a_release_wakes_one_of_thirty_where_each_watches_the_one_before(lock):
    counts = wake_ups([lock() for _ in range(30)])
    assert counts[0] == 1 and sum(counts) == 29


def test_a_release_wakes_all_of_thirty_where_all_watch_the_owner(lock):
    counts = wake_ups([lock(kind=HerdLock) for _ in range(30)])
    assert counts[0] == 29 and sum(counts) == 435 == 29 * 30 // 2


def test_the_model_counts_the_same_wake_ups(model):
    for kind, expected in ((ZooKeeperLock, 29), (HerdLock, 435)):
        before = model.server.notifications
        wake_ups([kind(model.client(), f"/{kind.__name__}") for _ in range(30)])
        assert model.server.notifications - before == expected


def test_the_herd_gets_the_lock_one_by_one_as_well(lock):
    locks = [lock(kind=HerdLock) for _ in range(4)]
    locks[0].acquire()
    waiting = {each: in_a_thread(each.acquire) for each in locks[1:]}
    locks[0].release()
    for _ in range(3):
        [held] = itertools.islice((each for each in itertools.cycle(waiting) if not waiting[each].empty()), 1)
        assert waiting.pop(held).get() is True and held.owned()
        assert all(each.empty() for each in waiting.values())
        held.release()


# The connection


@pytest.mark.parametrize("lost", ["reply", "request"])
def test_a_create_whose_reply_was_lost_is_not_done_twice(lock, world, lost):
    ann = lock()
    ann.client.ensure_path(ann.path)
    world.lose(ann.client, lost)
    assert ann.acquire() and ann.owned()
    assert queue_of(ann) == [ann.node]
    ann.release()
    assert queue_of(ann) == []


@pytest.mark.parametrize("lost", ["reply", "request"])
def test_a_release_whose_reply_was_lost_is_asked_again_and_is_no_error(lock, world, lost):
    ann, bob = lock(), lock()
    ann.acquire()
    world.lose(ann.client, lost)
    try:
        ann.release()  # kazoo asks again by itself
    except ConnectionLoss:
        ann.release()
    assert ann.token is None and queue_of(bob) == []
    with pytest.raises(NotHeld):
        ann.release()


def test_step_by_step_a_lost_reply_is_seen_and_the_znode_found_again(lock, world):
    ann = lock(name="ann")
    ann.client.ensure_path(ann.path)
    world.lose(ann.client, "reply")
    with pytest.raises(ConnectionLoss):
        ann.enter()
    assert ann.node is None
    world.wait(lambda: ann.client.connected)
    ann.enter()
    assert ann.node == "ann-lock-0000000000" and queue_of(ann) == [ann.node]


class Lagging:
    """A client whose server has applied nothing since `behind_from`, until a sync."""

    def __init__(self, client):
        self.client, self.seen = client, None

    def __getattr__(self, name):
        return getattr(self.client, name)

    def behind_from_now(self, path):
        self.seen = self.client.get_children(path)

    def sync(self, path):
        self.seen = None
        return self.client.sync(path)

    def get_children(self, path):
        return self.client.get_children(path) if self.seen is None else self.seen


@pytest.mark.parametrize("then", ["enter", "leave"])
def test_a_lost_reply_is_not_looked_for_in_the_past(model, then):
    ann = ZooKeeperLock(Lagging(model.client(30.0)), model.path, name="ann")
    ann.client.ensure_path(ann.path)
    ann.client.behind_from_now(ann.path)
    model.lose(ann.client.client, "reply")
    with pytest.raises(ConnectionLoss):
        ann.enter()
    ann.client.reconnect()
    getattr(ann, then)()
    assert len(model.client(30.0).get_children(ann.path)) == (then == "enter")


def test_a_connection_that_breaks_during_the_look_makes_no_second_znode(model):
    ann = ZooKeeperLock(client := Lagging(model.client(30.0)), model.path, name="ann")
    client.ensure_path(ann.path)
    model.lose(client.client, "reply")
    with pytest.raises(ConnectionLoss):
        ann.enter()
    client.reconnect()
    sync = client.sync

    def breaks(path):
        sync(path)
        client.disconnect()

    client.sync = breaks
    with pytest.raises(ConnectionLoss):
        ann.enter()
    del client.sync
    client.reconnect()
    ann.enter()
    assert queue_of(ann) == [ann.node]


def test_without_an_accident_it_takes_four_requests_to_lock_and_release(model):
    ann = ZooKeeperLock(model.client(30.0), model.path)
    ann.acquire(), ann.release()
    before = model.server.reads + model.server.writes
    ann.acquire(), ann.release()
    assert model.server.reads + model.server.writes - before == 4


def test_suspended_means_stop_and_only_the_server_can_say_go_on(lock, world):
    ann = lock()
    ann.acquire()
    token = ann.token
    world.cut(ann.client)
    world.wait(lambda: ann.client.state == KazooState.SUSPENDED)
    assert not ann.believes and not ann.owned()
    assert ann.token == token  # it may still be ours, but who knows
    world.mend(ann.client)
    world.wait(lambda: ann.client.state == KazooState.CONNECTED)
    assert not ann.believes  # being connected says nothing
    assert ann.owned() and ann.believes and ann.token == token
    ann.release()


def test_a_session_that_ended_takes_the_lock_with_it(lock, world):
    ann, bob = lock(timeout=2), lock()
    ann.acquire()
    old = ann.token
    world.cut(ann.client)
    world.expire(ann.client)
    assert bob.acquire() and bob.token > old
    world.mend(ann.client)
    world.wait(lambda: ann.token is None)
    assert not ann.believes and not ann.owned() and not ann.believes
    with pytest.raises(NotHeld, match="was lost before it was given back, because the session ended"):
        ann.release()
    with pytest.raises(NotHeld, match="each release"):
        ann.release()
    assert bob.owned()
    bob.release()
    assert ann.acquire() and ann.owned()


def test_a_block_whose_lock_was_lost_ends_with_an_error(lock, world):
    ann = lock(timeout=2)
    with pytest.raises(NotHeld, match="only a fencing token"), ann:
        world.cut(ann.client)
        world.expire(ann.client)
        world.mend(ann.client)


def test_a_waiter_whose_session_ended_queues_again_at_the_end(lock, world):
    ann, bob, cat = lock(), lock(timeout=2), lock()
    ann.acquire()
    got = in_a_thread(bob.acquire)
    world.wait(lambda: len(queue_of(ann)) == 2)
    old = bob.node
    cat.enter()
    world.cut(bob.client)
    world.expire(bob.client)
    world.mend(bob.client)
    world.wait(lambda: bob.node not in (old, None) and len(queue_of(ann)) == 3)
    assert queue_of(ann) == [ann.node, cat.node, bob.node]
    ann.release()
    assert cat.predecessor() is None
    cat.release()
    assert got.get(timeout=PATIENCE) is True and bob.owned()


def test_a_waiter_that_is_cut_off_for_a_moment_keeps_its_place(lock, world):
    ann, bob = lock(), lock()
    ann.acquire()
    got = in_a_thread(bob.acquire)
    # The server has it in its queue a moment before bob hears of it.
    world.wait(lambda: bob.node and len(queue_of(ann)) == 2)
    node = bob.node
    world.cut(bob.client)
    ann.release()
    world.mend(bob.client)
    assert got.get(timeout=PATIENCE) is True
    assert bob.node == node and bob.owned()


def test_a_znode_that_somebody_deleted_is_a_lost_place(lock, world):
    ann, bob = lock(), lock()
    ann.acquire()
    bob.enter()
    ann.client.delete(f"{bob.path}/{bob.node}")
    with pytest.raises(SessionExpiredError, match="our place with it"):
        bob.predecessor()
    bob.enter()
    assert bob.predecessor() == ann.node
    ann.client.delete(f"{ann.path}/{ann.node}")
    assert not ann.owned() and ann.token is None


def test_who_must_not_wait_is_told_that_there_is_no_connection(lock, world):
    ann = lock()
    ann.client.ensure_path(ann.path)
    world.cut(ann.client)
    with pytest.raises(ConnectionLoss):
        ann.acquire(blocking=False)
    world.mend(ann.client)
    assert ann.acquire(blocking=False) and queue_of(ann) == [ann.node]


def test_a_client_that_was_stopped_has_no_lock_and_gets_none(lock):
    ann, bob = lock(), lock()
    ann.acquire()
    ann.client.stop()
    assert not ann.believes and not ann.owned() and ann.token is None
    with pytest.raises(NotHeld):
        ann.release()
    with pytest.raises(SessionExpiredError):  # ConnectionClosedError is one
        ann.acquire()
    assert bob.acquire()


def test_a_namesakes_znode_of_an_earlier_session_is_not_taken_for_ones_own(lock):
    before, after = lock(name="ann"), lock(name="ann")
    before.acquire()
    after.enter()
    assert after.node != before.node and after.predecessor() == before.node
    assert not after.acquire(timeout=0.1) and before.owned()


# Slips


def test_a_lock_is_released_once_and_taken_once(lock):
    ann = lock()
    with pytest.raises(NotHeld, match=ann.path):
        ann.release()
    ann.acquire()
    with pytest.raises(RuntimeError, match="not re-entrant: release"):
        ann.acquire()
    assert ann.owned()
    ann.release()
    with pytest.raises(NotHeld, match="each release"):
        ann.release()


def test_bad_arguments_are_named(model):
    client = model.client()
    for path in ("lock", "", "/", "//"):
        with pytest.raises(ValueError, match="/locks/report"):
            ZooKeeperLock(client, path)
    with pytest.raises(ValueError, match="'a/b'"):
        ZooKeeperLock(client, "/lock", name="a/b")
    lock = ZooKeeperLock(client, "/lock/")
    assert lock.path == "/lock"
    for timeout in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="seconds, 0 or more, or None"):
            lock.acquire(timeout=timeout)
    with pytest.raises(ValueError, match="leave the timeout out"):
        lock.acquire(blocking=False, timeout=1)
    with pytest.raises(RuntimeError, match="enter"):
        lock.predecessor()
    assert model.server.writes == 0


def test_other_znodes_beside_the_queue_do_no_harm(lock):
    ann = lock()
    ann.client.ensure_path(f"{ann.path}/notes")
    assert ann.acquire() and ann.owned()


# A process that stops


def test_a_paused_holder_believes_and_its_token_is_refused(model):
    ann, bob = (ZooKeeperLock(model.client(10), "/lock", name) for name in ("ann", "bob"))
    report = FencedResource("empty")
    ann.acquire()
    ann.client.pause()
    assert bob.acquire(timeout=60) and model.server.now == 10
    report.write(bob.token, "bob's")
    ann.client.resume()
    assert ann.believes and bob.believes  # both
    with pytest.raises(StaleToken):
        report.write(ann.token, "ann's")
    model.server.advance(0)
    assert not ann.believes and ann.token is None and bob.owned()


def test_a_holder_that_wakes_in_time_has_lost_nothing(model):
    ann, bob = ZooKeeperLock(model.client(10), "/lock"), ZooKeeperLock(model.client(), "/lock")
    ann.acquire()
    ann.client.pause()
    assert not bob.acquire(timeout=9.9)
    ann.client.resume()
    assert not bob.acquire(timeout=60)
    assert ann.believes and ann.owned()
    ann.release()


def test_release_without_a_connection_can_be_called_again_on_the_model(model):
    ann = ZooKeeperLock(model.client(), "/lock")
    ann.acquire()
    ann.client.disconnect()
    with pytest.raises(ConnectionLoss):
        ann.release()
    ann.client.reconnect()
    ann.release()
    assert ann.token is None and not model.server.nodes["/lock"].children


HOLDER = """
import sys, time
from kazoo.client import KazooClient
from course_lib.locks import ZooKeeperLock
client = KazooClient(sys.argv[1], timeout=2)
client.start()
lock = ZooKeeperLock(client, sys.argv[2])
assert lock.acquire(timeout=60)
print(lock.token, lock.believes, flush=True)
while lock.token:
    time.sleep(0.01)
print(lock.token, lock.believes, lock.owned(), flush=True)
"""


@pytest.fixture
def holder(zookeeper):
    """Another process that has the lock, its token, and one who would like to have it."""
    path = f"/held-{next(paths)}"
    program = [sys.executable, "-c", HOLDER, zookeeper.hosts, path]
    process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        token, believes = process.stdout.readline().split()
        assert believes == "True"
        yield process, int(token), ZooKeeperLock(zookeeper.client(), path)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.needs("zookeeper")
def test_when_a_holder_is_killed_its_session_ends_and_the_next_gets_the_lock(holder):
    process, token, heir = holder
    assert not heir.acquire(blocking=False)
    process.kill()
    assert heir.acquire(timeout=PATIENCE) and heir.token > token


@needs_signals
@pytest.mark.needs("zookeeper")
def test_a_stopped_process_loses_the_lock_and_learns_of_it_when_it_goes_on(holder):
    process, token, heir = holder
    os.kill(process.pid, signal.SIGSTOP)
    assert heir.acquire(timeout=PATIENCE) and heir.token > token
    os.kill(process.pid, signal.SIGCONT)
    assert process.stdout.readline().split() == ["None", "False", "False"]
    assert heir.owned()
