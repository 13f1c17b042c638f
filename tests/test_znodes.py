"""The course's model of ZooKeeper: against what its manual says, by hand; and against a real one, by chance."""

import itertools
import threading

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from kazoo import exceptions
from kazoo.protocol.states import EventType

from course_lib import servers
from course_lib.locks.znodes import ZNodeServer

PATIENCE = 60  # seconds; an end, not a duration


@pytest.fixture
def server():
    return ZNodeServer()


@pytest.fixture
def client(server):
    return server.client(timeout=10)


def listening(client):
    """All states that a client goes through from now on."""
    states = []
    client.add_listener(states.append)
    return states


# The tree


def test_a_znode_keeps_its_value_and_counts_its_versions(client):
    assert client.create("/a", b"one") == "/a"
    assert client.get("/a")[0] == b"one"
    assert client.set("/a", b"two").version == 1
    value, stat = client.get("/a")
    assert (value, stat.version, stat.dataLength) == (b"two", 1, 3)
    assert stat.czxid < stat.mzxid


def test_a_set_at_an_old_version_is_refused(client):
    client.create("/a")
    client.set("/a", b"first", version=0)
    with pytest.raises(exceptions.BadVersionError, match="/a is at version 1, not 0"):
        client.set("/a", b"second", version=0)
    with pytest.raises(exceptions.BadVersionError):
        client.delete("/a", version=0)
    assert client.get("/a")[0] == b"first"


def test_a_sequence_number_counts_all_children_that_the_parent_ever_had(client):
    client.create("/q")
    client.create("/q/plain")
    assert client.create("/q/x-", sequence=True) == "/q/x-0000000001"
    client.delete("/q/x-0000000001")
    assert client.create("/q/y-", sequence=True) == "/q/y-0000000002"
    assert client.create("/q/", sequence=True) == "/q/0000000003"


def test_a_parent_made_anew_counts_from_zero_but_the_zxid_goes_on(client):
    first = client.create("/q/x-", sequence=True, makepath=True)
    czxid = client.exists(first).czxid
    client.delete(first)
    client.delete("/q")
    assert client.create("/q/x-", sequence=True, makepath=True) == first
    assert client.exists(first).czxid > czxid


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda client: client.create("/no/child"), exceptions.NoNodeError),
        (lambda client: client.create("/full"), exceptions.NodeExistsError),
        (lambda client: client.create("/mine/child"), exceptions.NoChildrenForEphemeralsError),
        (lambda client: client.delete("/full"), exceptions.NotEmptyError),
        (lambda client: client.delete("/no"), exceptions.NoNodeError),
        (lambda client: client.delete("/"), exceptions.BadArgumentsError),
        (lambda client: client.set("/no", b""), exceptions.NoNodeError),
        (lambda client: client.get("/no"), exceptions.NoNodeError),
        (lambda client: client.get_children("/no"), exceptions.NoNodeError),
        (lambda client: client.create("/text", "text"), TypeError),
        (lambda client: client.set("/full", "text"), TypeError),
        (lambda client: client.get("/full", watch="text"), TypeError),
        (lambda client: client.get("/full/../no"), ValueError),
    ],
)
def test_what_cannot_be_done_is_an_error_as_in_kazoo(server, client, call, error):
    client.create("/full/child", makepath=True)
    client.create("/mine", ephemeral=True)
    before = str(server)
    with pytest.raises(error):
        call(client)
    assert str(server) == before


def test_the_children_come_in_no_useful_order(client):
    for name in "abcdefgh":
        client.create(f"/q/{name}", makepath=True)
    children = client.get_children("/q")
    assert sorted(children) == list("abcdefgh") != children


def test_the_tree_can_be_read(server, client):
    client.create("/lock/ann-", b"x", ephemeral=True, sequence=True, makepath=True)
    assert str(server).splitlines() == [
        "/  (persistent, czxid 0)",
        "  lock  (persistent, czxid 3)",
        "    ann-0000000000  (ephemeral, session 1, czxid 4, b'x')",
    ]


def test_requests_are_counted(server, client):
    client.ensure_path("/a")
    before = (server.reads, server.writes)
    client.get("/a")
    client.exists("/b")
    client.set("/a", b"")
    assert (server.reads - before[0], server.writes - before[1]) == (2, 1)


# Watches


def test_a_watch_fires_once(server, client):
    client.create("/a")
    events = []
    client.get("/a", watch=events.append)
    client.set("/a", b"1")
    client.set("/a", b"2")
    [event] = events
    assert (event.type, event.path) == (EventType.CHANGED, "/a")
    assert server.notifications == 1


def test_each_kind_of_watch_hears_its_own_changes(client):
    heard = []
    client.create("/a")

    def watch(name):
        return lambda event: heard.append((name, event.type, event.path))

    client.exists("/a/b", watch=watch("exists"))
    client.get_children("/a", watch=watch("children"))
    client.get("/a", watch=watch("value"))
    client.create("/a/b")
    assert heard == [("exists", EventType.CREATED, "/a/b"), ("children", EventType.CHILD, "/a")]
    heard.clear()
    client.delete("/a/b")
    client.delete("/a")
    assert heard == [("value", EventType.DELETED, "/a")]


def test_no_watch_is_left_on_a_znode_that_is_not_there_save_by_exists(client):
    events = []
    with pytest.raises(exceptions.NoNodeError):
        client.get("/a", watch=events.append)
    client.create("/a")
    client.delete("/a")
    assert events == []


def test_what_a_watch_does_itself_comes_after_the_news_that_wait(client):
    heard = []
    client.create("/a")

    def first(event):
        client.exists("/b", watch=lambda event: heard.append("b made"))
        client.create("/b")
        heard.append("first")

    client.get("/a", watch=first)
    client.get("/a", watch=lambda event: heard.append("second"))
    client.delete("/a")
    assert heard == ["first", "second", "b made"]


def test_a_watch_that_fails_does_not_keep_the_others_from_hearing(client, caplog):
    heard = []
    client.create("/a")
    client.get("/a", watch=lambda event: 1 / 0)
    client.get("/a", watch=heard.append)
    client.delete("/a")
    assert len(heard) == 1 and "ZeroDivisionError" in caplog.text


# Sessions


def test_an_ephemeral_znode_goes_with_its_session(server, client):
    other = server.client()
    other.create("/mine", ephemeral=True)
    events = []
    client.exists("/mine", watch=events.append)
    other.stop()
    other.stop()
    assert [event.type for event in events] == [EventType.DELETED]
    with pytest.raises(exceptions.ConnectionClosedError):
        other.get("/")
    assert other.client_id is None


def test_a_client_that_runs_is_never_forgotten(server, client):
    client.create("/mine", ephemeral=True)
    server.advance(10_000)
    assert client.exists("/mine") and server.now == 10_000


def test_a_paused_process_loses_its_session_and_does_not_know(server, client):
    states, id = listening(client), client.client_id
    client.create("/mine", ephemeral=True)
    client.pause()
    server.advance(9.9)
    assert "/mine" in server.nodes
    server.advance(0.1)
    assert "/mine" not in server.nodes
    assert client.connected and client.client_id == id and states == []
    client.resume()
    assert client.connected and states == []  # it has not read anything yet
    server.advance(0)
    assert states == ["SUSPENDED", "LOST", "CONNECTED"]
    assert client.client_id != id


def test_ten_tenths_of_a_second_are_a_second(server):
    client = server.client(timeout=1)
    client.create("/mine", ephemeral=True)
    client.pause()
    for _ in range(10):
        assert "/mine" in server.nodes
        server.advance(0.1)
    assert "/mine" not in server.nodes


def test_a_process_that_wakes_in_time_keeps_its_session_and_hears_what_it_missed(server, client):
    other = server.client()
    client.create("/mine", ephemeral=True)
    events, states = [], listening(client)
    client.get_children("/", watch=events.append)
    client.pause()
    other.create("/news")
    server.advance(9.9)
    client.resume()
    assert events == []
    assert client.exists("/mine")
    assert len(events) == 1 and states == []
    server.advance(100)
    assert client.exists("/mine")


def test_the_first_call_after_the_session_ended_says_so(server, client):
    client.pause()
    server.advance(10)
    client.resume()
    with pytest.raises(exceptions.SessionExpiredError, match="session 1 has ended"):
        client.create("/late", ephemeral=True)
    assert client.create("/new", ephemeral=True) == "/new"


def test_a_stopped_process_calls_nothing(client):
    client.pause()
    for call in (lambda: client.get("/"), client.stop):
        with pytest.raises(RuntimeError, match="resume"):
            call()


def test_a_partition_shorter_than_the_session_costs_the_watches_only(server, client):
    client.create("/mine", ephemeral=True)
    states, events = listening(client), []
    client.exists("/mine", watch=events.append)
    client.disconnect()
    client.disconnect()
    assert states == ["SUSPENDED"] and client.client_id is None and not client.connected
    assert [(event.type, event.path) for event in events] == [(EventType.NONE, None)]
    with pytest.raises(exceptions.ConnectionLoss):
        client.exists("/mine")
    server.advance(9)
    client.reconnect()
    client.reconnect()
    assert states == ["SUSPENDED", "CONNECTED"]
    assert client.exists("/mine").ephemeralOwner == client.client_id[0]
    client.delete("/mine")
    assert len(events) == 1


def test_a_partition_longer_than_the_session_ends_it(server, client):
    states, id = listening(client), client.client_id
    client.create("/mine", ephemeral=True)
    client.disconnect()
    server.advance(10)
    assert states == ["SUSPENDED"]  # nobody can tell it
    client.reconnect()
    assert states == ["SUSPENDED", "LOST", "CONNECTED"]
    assert client.client_id != id and client.exists("/mine") is None


def test_sessions_end_in_the_order_of_their_deadlines(server, client):
    gone = []
    for name, timeout in (("slow", 5), ("quick", 2)):
        other = server.client(timeout)
        other.create(f"/{name}", ephemeral=True)
        client.exists(f"/{name}", watch=lambda event: gone.append((event.path, server.now)))
        other.pause()
    server.advance(60)
    assert gone == [("/quick", 2.0), ("/slow", 5.0)]


def test_a_client_that_stops_without_a_connection_is_forgotten_later(server, client):
    client.create("/mine", ephemeral=True)
    client.disconnect()
    client.stop()
    assert "/mine" in server.nodes
    server.advance(10)
    assert "/mine" not in server.nodes


@pytest.mark.parametrize("lost", ["reply", "request"])
@pytest.mark.parametrize(
    ("write", "done"),
    [
        (lambda client: client.create("/a"), lambda client: client.exists("/a") is not None),
        (lambda client: client.set("/b", b"2"), lambda client: client.get("/b")[0] == b"2"),
        (lambda client: client.delete("/b"), lambda client: client.exists("/b") is None),
    ],
)
def test_after_a_broken_connection_nobody_knows_whether_it_was_done(client, lost, write, done):
    client.create("/b", b"1")
    states, id = listening(client), client.client_id
    getattr(client, f"lose_{lost}")()
    with pytest.raises(exceptions.ConnectionLoss):
        write(client)
    assert done(client) == (lost == "reply")
    assert states == ["SUSPENDED", "CONNECTED"] and client.client_id == id
    client.create("/c")  # only once


def test_a_listener_that_returns_true_or_is_removed_hears_no_more(client):
    heard = []
    client.add_listener(lambda state: heard.append(state) or True)
    states = listening(client)
    client.remove_listener(states.append)
    client.add_listener(lambda state: 1 / 0)
    client.disconnect()
    client.reconnect()
    assert heard == ["SUSPENDED"]


def test_waiting_takes_virtual_time_until_the_event(server, client):
    other = server.client(timeout=3)
    other.create("/mine", ephemeral=True)
    other.pause()
    event = client.handler.event_object()
    assert not event.wait(1) and server.now == 1
    client.exists("/mine", watch=lambda _: event.set())
    assert event.wait(60) and server.now == 3
    assert event.wait(60) and event.wait() and server.now == 3


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_time_does_not_go_back_or_end(server, seconds):
    with pytest.raises(ValueError, match="advance by 0 seconds or more"):
        server.advance(seconds)
    with pytest.raises(ValueError, match="more than 0 seconds"):
        server.client(timeout=seconds)


def test_threads_may_use_clients_side_by_side(server, client):
    client.create("/counter", b"0")

    def count(own):
        done = 0
        while done < 50:
            value, stat = own.get("/counter")
            try:
                own.set("/counter", b"%d" % (int(value) + 1), version=stat.version)
                done += 1
            except exceptions.BadVersionError:
                pass

    threads = [threading.Thread(target=count, args=(server.client(),), daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert client.get("/counter")[0] == b"200"


# The same on a real one

PATHS = ["/a", "/a", "/b", "/a/a", "/a/b", "/s-0000000002"]
NEW = st.tuples(
    st.just("create"),
    st.sampled_from([*PATHS, "/s-", "/a/"]),
    st.sampled_from([b"", b"x"]),
    st.booleans(),  # ephemeral
    st.booleans(),  # sequence
    st.booleans(),  # makepath
)
path, version, watched = (
    st.sampled_from(PATHS),
    st.sampled_from([-1, -1, -1, 0, 1]),
    st.just(True) | st.booleans(),
)
CALLS = st.one_of(
    NEW,
    NEW,
    st.tuples(st.just("ensure_path"), path),
    st.tuples(st.just("set"), path, st.sampled_from([b"", b"yy"]), version),
    st.tuples(st.just("delete"), path, version),
    st.tuples(st.just("exists"), path, watched),
    st.tuples(st.just("get"), path, watched),
    st.tuples(st.just("get_children"), path, watched),
    st.tuples(st.just("new session")),
)


class Play:
    """Two clients that carry out calls below `root`, and a list of all that came of it, free of what is random."""

    def __init__(self, connect, root):
        self.connect, self.root = connect, root
        self.clients = [connect(), connect()]
        self.clients[0].ensure_path(root)
        self.start = self.clients[0].exists(root).czxid
        self.heard = [[], []]

    def run(self, calls):
        results = [self.call(number, who, *call) for number, (who, call) in enumerate(calls)]
        self.hear_all()
        for client in self.clients:
            client.stop()
            client.close()
        return results, [self.grouped(heard) for heard in self.heard]

    def call(self, number, who, kind, *arguments):
        if kind == "new session":
            self.hear_all()
            self.clients[who].stop()
            self.clients[who].close()
            self.clients[who] = self.connect()
            return None
        path, *rest = arguments
        path = f"{self.root}{path}"
        if kind == "create":
            value, *flags = rest
            rest, options = [value], dict(zip(("ephemeral", "sequence", "makepath"), flags, strict=True))
        elif kind in ("exists", "get", "get_children"):
            rest, options = [], {"watch": self.watch(number, who) if rest[0] else None}
        else:
            options = {}
        try:
            return self.plain(getattr(self.clients[who], kind)(path, *rest, **options))
        except exceptions.ZookeeperError as error:
            return type(error).__name__

    def watch(self, number, who):
        def hear(event):
            # Whether a client that is being stopped hears of its connection depends on which thread is quicker.
            if event.type != EventType.NONE:
                self.heard[who].append((event.type, self.plain(event.path), number))

        return hear

    def plain(self, result):
        match result:
            case str():
                return result.removeprefix(self.root)
            case list():
                return sorted(result)
            case tuple() if hasattr(result, "czxid"):
                ids = [client.client_id[0] for client in self.clients]
                owner = ids.index(result.ephemeralOwner) if result.ephemeralOwner in ids else None
                zxids = {name: getattr(result, name) - self.start for name in ("czxid", "mzxid", "pzxid")}
                return result._replace(ctime=0, mtime=0, ephemeralOwner=owner, **zxids)
            case tuple():
                return tuple(map(self.plain, result))
            case _:
                return result

    def hear_all(self):
        """Events reach a client in order: when the last one is here, all are."""
        for client in self.clients:
            last = threading.Event()
            client.exists(f"{self.root}-last", watch=lambda event, last=last: last.set())
            client.create(f"{self.root}-last")
            assert last.wait(PATIENCE)
            client.delete(f"{self.root}-last")

    @staticmethod
    def grouped(heard):
        """Several watches of one client that an event fires have no order among themselves."""
        return [
            (event, sorted(number for *_, number in group))
            for event, group in itertools.groupby(heard, key=lambda entry: entry[:2])
        ]


@pytest.fixture(scope="module")
def zookeeper():
    with servers.zookeeper() as started:
        yield started


roots = itertools.count()


@pytest.mark.needs("zookeeper")
# Not made smaller when it fails: on a real server that takes longer than a test may.
@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
@given(calls=st.lists(st.tuples(st.integers(0, 1), CALLS), min_size=40, max_size=60))
def test_the_model_does_what_a_real_zookeeper_does(zookeeper, calls):
    root = f"/differential-{next(roots)}"
    modelled = Play(ZNodeServer().client, root).run(calls)
    assert modelled == Play(zookeeper.client, root).run(calls)
