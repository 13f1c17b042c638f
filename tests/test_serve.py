"""The same nodes in real processes: what they do, what hurts them, and that nothing is left of them."""

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from course_lib.sim import Client, Network, Node, Partition, Reply, Request, Scenario, Trace, wire
from course_lib.sim.serve import NodeFailed, disk, parcel, serve
from course_lib.sim.serve.tcp import frame
from course_lib.sim.site import REPORT, SEND, SET_TIMER, WRITE

AT_ONCE = Network(latency=0)
needs_posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


@dataclass(frozen=True)
class Ask:
    number: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    number: int
    words: frozenset[str] = frozenset()


class Server(Node):
    def on_message(self, sender, message):
        match message:
            case Ask(number, words):
                self.disk["served"] = self.disk.get("served", 0) + 1
                self.send(sender, Answer(number, frozenset(words)))
            case _:
                self.unexpected(sender, message)


class Asker(Node):
    """Asks three times, one after the other."""

    def on_start(self):
        self.answers = []
        self.send("b", Ask(1, ("one", "two")))

    def on_message(self, sender, message):
        self.answers.append(message)
        self.report(message.number)
        if message.number < 3:
            self.send("b", Ask(message.number + 1))


class Hoarder(Node):
    def on_start(self):
        self.hoard = tuple(range(10_000))
        self.full = True

    def on_message(self, sender, message):
        pass


class Ticker(Node):
    """Asks again and again, for ever."""

    def on_start(self):
        self.tries = self.answered = 0
        self.on_timer("again")

    def on_message(self, sender, message):
        self.answered += 1

    def on_timer(self, name):
        self.tries += 1
        self.send("b", Ask(self.tries))
        self.set_timer("again", 0.01)


def has_ended(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def wait_for_end(pid):
    """Of a process that is not our child; one that nobody has waited for has ended too."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 30)[0])
    finally:
        os.close(watched)


def pids(served):
    return [served.pid(name) for name in served.addresses]


def wait_until_heard_of_no_more(name):
    """Until the process of this node has ended by itself, without a `wait` that would tell of it."""
    for thread in threading.enumerate():
        if thread.name == f"serve {name}":
            thread.join(timeout=30)


def events(served):
    return [(event.kind, event.message) for event in served.trace().events]


# What the nodes do


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_the_same_class_ends_in_the_same_state_simulated_and_served(transport):
    scenario = Scenario({"a": Asker, "b": Server}, network=AT_ONCE)
    with scenario.serve(transport=transport) as served:
        served.wait(until=lambda world: len(world.nodes["a"].answers) == 3)
    real, simulated = served.trace(), scenario.run()
    assert real.nodes == simulated.nodes
    ids = [[event.id for event in trace.events if event.id] for trace in (real, simulated)]
    assert ids[0] == ids[1]
    assert real.reports == simulated.reports == (("a", 1), ("a", 2), ("a", 3))
    assert real.nodes["a"].answers[0] == Answer(1, frozenset({"one", "two"}))


def test_a_served_trace_has_states_times_and_causes_and_can_be_saved():
    with Scenario({"a": Asker, "b": Server}, network=AT_ONCE).serve() as served:
        served.wait(until=lambda world: world.nodes["b"].disk.get("served") == 3)
        served.wait(until=lambda world: len(world.reports) == 3)
    trace = served.trace()
    assert Trace.from_json(trace.to_json()) == trace
    sent = [event.id for event in trace.events if event.kind in ("send", "deliver")]
    assert sent == [id for number in (1, 2, 3) for id in (f"a>b#{number}",) * 2 + (f"b>a#{number}",) * 2]
    third = next(event for event in trace.events if event.id == "b>a#3" and event.kind == "send")
    assert len(trace.states_at(third.time)["a"].answers) == 2
    assert trace.states_at(third.time)["b"].alive
    assert trace.to_shiviz().count("\n") == 2 * len(trace)


def test_the_librarys_client_is_served_too():
    class Doubler(Node):
        def on_message(self, sender, message):
            match message:
                case Request(id, operation):
                    self.send(sender, Reply(id, operation * 2))

    scenario = Scenario({"c": lambda: Client([1, 2, 3], "s"), "s": Doubler}, network=AT_ONCE)
    with scenario.serve() as served:
        served.wait(until=lambda world: len(world.reports) == 6)
    assert served.trace().reports == scenario.run().reports


def test_a_class_of_a_notebook_is_served():
    program = """
from dataclasses import dataclass
from course_lib.sim import Network, Node, Scenario
@dataclass(frozen=True)
class Ping:
    n: int
class Echo(Node):
    def on_message(self, sender, message):
        match message:
            case Ping(n):
                self.disk["last"] = message
                self.send(sender, Ping(n + 1))
class Starter(Node):
    def on_start(self):
        super().on_start()
        self.send("b", Ping(41))
    def on_message(self, sender, message):
        self.got = message
with Scenario({"a": Starter, "b": Echo}, network=Network(latency=0)).serve() as served:
    served.wait(until=lambda world: world.nodes["a"].got == Ping(42))
print(served.trace().nodes["a"].got == Ping(42), served.trace().nodes["b"].disk)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "True {'last': Ping(n=41)}\n", done.stderr


def test_a_kernels_own_event_loop_is_no_hindrance():
    async def cell():
        with Scenario({"a": Asker, "b": Server}, network=AT_ONCE).serve() as served:
            served.wait(until=lambda world: len(world.reports) == 3)

    asyncio.run(cell())


def test_timers_are_set_replaced_and_cancelled():
    class Alarm(Node):
        def on_start(self):
            self.fired = []
            self.set_timer("never", 0.01)
            self.set_timer("later", 0.01)
            self.cancel_timer("never")
            self.set_timer("later", 0.05)
            self.set_timer("first", 0.02)

        def on_timer(self, name):
            self.fired.append((name, self.now > 0))

    with Scenario({"a": Alarm}).serve() as served:
        served.wait(until=lambda world: len(world.nodes["a"].fired) == 2)
    assert served.trace().nodes["a"].fired == [("first", True), ("later", True)]


def test_a_node_can_send_to_itself():
    class Alone(Node):
        def on_start(self):
            self.send("a", 1)

        def on_message(self, sender, message):
            self.got = (sender, message)

    with Scenario({"a": Alone}, network=AT_ONCE).serve() as served:
        served.wait(until=lambda world: world.nodes["a"].got == ("a", 1))


def test_what_a_node_prints_is_in_its_log():
    class Printer(Node):
        def on_start(self):
            print("grüß dich")
            self.said = True

    with Scenario({"a": Printer}).serve() as served:
        assert served.log("a") == "grüß dich\n"
    assert served.log("a") == "grüß dich\n"


# The scenario's network


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_the_network_loses_and_repeats_the_same_messages_as_in_the_simulation(transport):
    class Sender(Node):
        def on_start(self):
            for number in range(30):
                self.send("b", number)

    class Counter(Node):
        def on_start(self):
            self.got = []

        def on_message(self, sender, message):
            self.got.append(message)

    network = Network(latency=0.001, loss=0.3, duplicate=0.3)
    scenario = Scenario({"a": Sender, "b": Counter}, network=network, seed=7)
    simulated = scenario.run()
    expected = simulated.nodes["b"].got
    with scenario.serve(transport=transport) as served:
        served.wait(until=lambda world: len(world.nodes["b"].got) == len(expected))
    real = served.trace()
    assert sorted(real.nodes["b"].got) == sorted(expected)
    for kind, note in (("drop", "lost"), ("deliver", "again")):
        ids = [{e.id for e in t.events if (e.kind, e.note) == (kind, note)} for t in (real, simulated)]
        assert ids[0] == ids[1] != set()


def test_a_link_in_order_stays_in_order_under_jitter():
    class Sender(Node):
        def on_start(self):
            for number in range(50):
                self.send("b", number)

    class Counter(Node):
        def on_start(self):
            self.got = []

        def on_message(self, sender, message):
            self.got.append(message)

    network = Network(latency=0, jitter=0.02, fifo=True)
    with Scenario({"a": Sender, "b": Counter}, network=network).serve() as served:
        served.wait(until=lambda world: len(world.nodes["b"].got) == 50)
    assert served.trace().nodes["b"].got == list(range(50))


def test_a_partition_cuts_until_it_is_healed():
    with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served:
        served.wait(until=lambda world: world.nodes["a"].answered > 0)
        served.partition({"a"}, {"b"})
        before = served.trace().nodes["a"]
        served.wait(until=lambda world: world.nodes["a"].tries > before.tries + 3)
        during = served.trace().nodes["a"]
        assert during.answered <= before.answered + 1  # one answer may have been at hand as it began
        assert "cut" in {event.note for event in served.trace().events if event.kind == "drop"}
        served.heal()
        served.wait(until=lambda world: world.nodes["a"].answered > during.answered)
    (cut,) = served.trace().faults
    assert isinstance(cut, Partition) and 0 < cut.at < cut.until


def test_a_oneway_partition_lets_the_other_way_through():
    with Scenario({"a": Ticker, "b": Ticker}, network=AT_ONCE).serve() as served:
        served.partition({"a"}, {"b"}, oneway=True)
        tries = served.trace().nodes["a"].tries
        served.wait(until=lambda world: world.nodes["a"].tries > tries + 3)
        trace = served.trace()
    cut = {(event.node, event.peer) for event in trace.events if event.note == "cut"}
    assert cut == {("a", "b")}


# Crashes


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_killed_and_restarted_node_has_its_disk_and_no_memory(transport):
    class Counter(Node):
        def on_start(self):
            self.lives = self.disk.get("lives", 0) + 1
            self.disk["lives"] = self.lives
            self.seen = 0

        def on_message(self, sender, message):
            self.seen += 1

    with Scenario({"a": Ticker, "b": Counter}, network=AT_ONCE).serve(transport) as served:
        served.wait(until=lambda world: world.nodes["b"].seen > 2)
        first = served.pid("b")
        served.kill("b")
        assert has_ended(first)
        served.wait(until=lambda world: not world.alive("b") and world.nodes["b"].disk == {"lives": 1})
        tries = served.trace().nodes["a"].tries
        served.wait(until=lambda world: world.nodes["a"].tries > tries + 1)
        served.restart("b")
        assert served.pid("b") != first
        served.wait(until=lambda world: world.nodes["b"].seen > 0)
        assert served.trace().nodes["b"].disk == {"lives": 2}
    trace = served.trace()
    assert [event.kind for event in trace.events if event.node == "b" and event.kind != "deliver"] == [
        "start", "crash", "restart",
    ]  # fmt: skip
    numbers = [event.id for event in trace.events if event.kind == "send"]
    assert numbers == [f"a>b#{number}" for number in range(1, len(numbers) + 1)]
    if transport == "tcp":
        assert "b is down" in {event.note for event in trace.events}


def test_the_numbers_of_messages_go_on_after_a_restart():
    with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served:
        served.wait(until=lambda world: world.nodes["a"].tries > 2)
        served.kill("a")
        served.restart("a")
        served.wait(until=lambda world: world.nodes["a"].answered > 2)
    sent = [event.id for event in served.trace().events if event.kind == "send" and event.node == "a"]
    assert sent == [f"a>b#{number}" for number in range(1, len(sent) + 1)]


def test_a_node_whose_port_was_taken_meanwhile_comes_back_at_another():
    with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served:
        address = served.addresses["b"]
        served.kill("b")
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(address)
            other.listen()
            served.restart("b")
            assert served.addresses["b"] != address
            answered = served.trace().nodes["a"].answered
            served.wait(until=lambda world: world.nodes["a"].answered > answered)


def test_what_was_written_before_a_send_is_on_the_disk_and_what_came_after_is_not():
    class Voter(Node):
        def on_message(self, sender, message):
            self.disk["vote"] = "yes"
            self.report("voted")
            self.send(sender, "x" * parcel.LARGEST)  # which no process takes: the node fails here
            self.disk["told"] = True

    class Asks(Node):
        def on_start(self):
            self.send("b", "vote")

    with Scenario({"a": Asks, "b": Voter}, network=AT_ONCE).serve() as served:
        with pytest.raises(NodeFailed, match=r"takes 1,048,\d\d\d bytes; one message may take 1,048,576"):
            served.wait(until=lambda world: False)
        assert served.trace().nodes["b"].disk == {"vote": "yes"}
        assert served.trace().reports == (("b", "voted"),)


def test_of_writes_that_follow_each_other_only_the_last_is_made():
    send, timer, report = (SEND, "b", 1), (SET_TIMER, "t", 1), (REPORT, 1, None)
    writes = [(WRITE, number, None) for number in range(5)]
    effects = [writes[0], timer, writes[1], send, writes[2], report, writes[3], writes[4]]
    kept = [timer, writes[1], send, writes[2], report, writes[4]]
    assert disk.without_overwritten(effects) == kept


def test_a_disk_is_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "0.disk"
    disk.write(path, {"a": (1, 2.5), 3: {"b"}})
    monkeypatch.setattr(disk.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        disk.write(path, {"other": 1})
    assert disk.read(path, lambda name, fields: int) == {"a": (1, 2.5), 3: {"b"}}


# Errors of the learner's class


class Faulty(Node):
    def on_message(self, sender, message):
        print("about to fail")
        self.result = 1 / (message.number - 1)


def test_a_handler_that_fails_is_named_with_its_node_message_and_line():
    with Scenario({"a": Asker, "b": Faulty}, network=AT_ONCE).serve() as served:
        with pytest.raises(NodeFailed) as failed:
            served.wait(until=lambda world: len(world.reports) == 3)
        assert not has_ended(served.pid("a"))
        assert has_ended(served.pid("b"))
    assert str(failed.value).startswith(
        "b failed in on_message('a', Ask(number=1, words=('one', 'two'))): ZeroDivisionError: division by zero\n"
    )
    assert "self.result = 1 / (message.number - 1)" in str(failed.value)
    assert "it printed last:\n    about to fail" in str(failed.value)
    crash = next(event for event in served.trace().events if event.kind == "crash")
    assert (crash.node, crash.note) == ("b", "ZeroDivisionError: division by zero")


def test_a_failure_that_nobody_waited_for_is_told_at_the_end_of_the_block():
    class Dies(Node):
        def on_timer(self, name):
            os._exit(3)

        def on_start(self):
            print("goodbye")
            self.set_timer("end", 0)

    def run():
        with Scenario({"a": Dies, "b": Server}).serve() as served:
            wait_until_heard_of_no_more("a")
        return served

    with pytest.raises(NodeFailed, match=r"a ended by itself, with code 3\n  it printed last:\n    goodbye"):
        run()


def test_a_block_that_fails_by_itself_keeps_its_error():
    with (
        pytest.raises(KeyError, match="mine") as mine,
        Scenario({"a": Asker, "b": Faulty}, network=AT_ONCE).serve(),
    ):
        wait_until_heard_of_no_more("b")
        raise KeyError("mine")
    assert "b failed in on_message" in mine.value.__notes__[0]


def test_a_node_that_cannot_even_start_is_named():
    class Early(Node):
        def on_start(self):
            self.send("nobody", 1)

    with (
        pytest.raises(
            NodeFailed, match=r"(?s)a failed in on_start\(\): there is no node 'nobody'.*on_start, line"
        ),
        Scenario({"a": Early, "b": Server}).serve(),
    ):
        pass


def test_an_error_in_a_notebooks_cell_shows_its_line():
    program = """
import linecache
from course_lib.sim import Node, Scenario
cell = "class Early(Node):\\n    def on_start(self):\\n        self.send('nobody', 1)\\n"
linecache.cache["<ipykernel cell>"] = (len(cell), None, cell.splitlines(True), "<ipykernel cell>")
exec(compile(cell, "<ipykernel cell>", "exec"))
with Scenario({"a": Early}).serve():
    pass
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stderr.endswith("  in Early, node a, on_start, line 3: self.send('nobody', 1)\n")


def test_a_message_that_no_case_takes_is_an_error_as_in_the_simulation():
    class Mumbler(Node):
        def on_start(self):
            self.send("b", "hm")

    with (
        pytest.raises(NodeFailed, match=r"b \(Server\) got 'hm' from a and has no case for it"),
        Scenario({"a": Mumbler, "b": Server}, network=AT_ONCE).serve() as served,
    ):
        served.wait(until=lambda world: False)


def test_a_handler_that_never_ends_can_be_told_killed_and_ended():
    class Stuck(Node):
        def on_message(self, sender, message):
            while True:
                pass

    with Scenario({"a": Asker, "b": Stuck, "c": Stuck}, network=AT_ONCE).serve() as served:
        served.partition({"a"}, {"c"})
        served.kill("b")
        served.restart("b")
        ids = pids(served)
    assert all(map(has_ended, ids))


def test_a_message_whose_class_the_scenario_does_not_name_is_refused_at_its_sender():
    class Sly(Node):
        def on_start(self):
            hidden = dataclass(frozen=True)(type("Hidden", (), {"__annotations__": {}}))
            self.send("b", hidden())

    with pytest.raises(NodeFailed, match="no message of this scenario is called"), Scenario(
        {"a": Sly, "b": Server}
    ).serve():  # fmt: skip
        pass


def test_messages_that_are_named_through_their_module_are_known():
    protocol = ModuleType("protocol")
    protocol.Ping = Ask

    class Remote(Node):
        def on_start(self):
            self.send("b", protocol.Ping(1))

    Remote.__module__ = "elsewhere"
    assert list(wire.vocabulary([Remote]).values()) == [Ask]


# What arrives from strangers

HELLO = {"from": "a", "number": 1, "wait": 0, "again": False, "message": None}
ASK = {
    "kind": "record",
    "name": f"{__name__}:Ask",
    "fields": {"number": 999_999, "words": {"kind": "tuple", "items": []}},
}
GARBAGE = {
    "no JSON": b"\xff\x00GET / HTTP/1.1",
    "no object": b"[1,2,3]",
    "an unknown class": {**HELLO, "message": {"kind": "record", "name": "os:system", "fields": {}}},
    "other fields": {**HELLO, "message": {**ASK, "fields": {"number": 9}}},
    "a list, which is no message": {**HELLO, "message": [1]},
    "a set with a list in it": {**HELLO, "message": {"kind": "set", "items": [[]]}},
    "no plain data": {**HELLO, "message": {"kind": "code", "value": "1"}},
    "a node that does not exist": {**HELLO, "from": "zoe"},
    "a number below 1": {**HELLO, "number": 0},
    "a wait without end": {**HELLO, "wait": 10**20},
    "one field more": {**HELLO, "more": 1},
    "a field less": {"from": "a", "message": None},
    "nested too deep": b'{"from":"a","number":1,"wait":0,"again":false,"message":' + b"[" * 10_000,
    "a huge number": b'{"from":"a","number":' + b"9" * 5000 + b',"wait":0,"again":false,"message":null}',
    "a surrogate's half": b'{"from":"\\ud800","number":1,"wait":0,"again":false,"message":null}',
    "a name without end": {**HELLO, "message": {"kind": "record", "name": "x" * 100_000, "fields": {}}},
    "nothing": b"",
}


def unpacked(data):
    return parcel.unpack(data, wire.among(wire.vocabulary([Server])), {"a"})


@pytest.mark.parametrize("what", GARBAGE)
def test_a_parcel_is_refused_that_has(what):
    data = GARBAGE[what]
    with pytest.raises(parcel.Refused):
        unpacked(data if isinstance(data, bytes) else json.dumps(data).encode())


def test_a_parcel_that_is_well_formed_is_not_refused():
    data = json.dumps({**HELLO, "message": ASK}).encode()
    assert unpacked(data) == ("a", 1, 0, False, Ask(999_999))


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_garbage_is_refused_with_a_line_in_the_log_and_hurts_nothing(transport):
    thrown = [data if isinstance(data, bytes) else json.dumps(data).encode() for data in GARBAGE.values()]
    with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve(transport) as served:
        address = served.addresses["b"]
        if transport == "udp":
            with socket.socket(type=socket.SOCK_DGRAM) as stranger:
                for data in thrown:
                    stranger.sendto(data[:8192], address)
                stranger.sendto(json.dumps({**HELLO, "message": ASK}).encode(), address)
            refused = len(thrown)
        else:
            half_open = [socket.create_connection(address) for _ in range(20)]
            half_open[0].sendall(b"\x00\x00")
            half_open[1].sendall(frame(b"x" * 100)[:-1])
            with socket.create_connection(address) as stranger:
                for data in thrown:
                    stranger.sendall(frame(data))
                stranger.sendall((2**31).to_bytes(4, "big") + b"x" * 100)
                stranger.settimeout(30)
                with suppress(ConnectionResetError):  # the same, with something of ours unread
                    assert stranger.recv(1) == b""  # the node has closed it
            half_open[1].close()
            with socket.create_connection(address) as stranger:
                stranger.sendall(frame(json.dumps({**HELLO, "message": ASK}).encode()))
            refused = len(thrown) + 2
        served.wait(until=lambda world: served.log("b").count("refused: ") == refused)
        # A stranger who speaks our language is not told from a node.
        served.wait(until=lambda world: ("deliver", Ask(999_999)) in events(served))
        answered = served.trace().nodes["a"].answered
        served.wait(until=lambda world: world.nodes["a"].answered > answered + 3)
        if transport == "tcp":
            for connection in half_open:
                connection.close()
    assert max(map(len, served.log("b").splitlines())) < 300
    assert not any(event.kind in ("drop", "crash") for event in served.trace().events)


def test_a_flood_of_garbage_does_not_fill_the_log():
    with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served:
        with socket.create_connection(served.addresses["b"]) as stranger:
            stranger.sendall(frame(b"?") * 500 + b"\xff" * 4)
            with suppress(ConnectionResetError):
                assert stranger.recv(1) == b""  # all is read
        served.wait(until=lambda world: world.nodes["a"].answered > 3)
        assert served.log("b").count("refused: ") == 100
        assert served.log("b").endswith("; no more are written down\n")


def test_nodes_listen_on_loopback_only():
    with Scenario({"a": Server, "b": Server}).serve() as served:
        assert {host for host, _ in served.addresses.values()} == {"127.0.0.1"}
        assert len({port for _, port in served.addresses.values()}) == 2


# Nothing is left


@pytest.mark.parametrize("how", [None, ValueError, KeyboardInterrupt, SystemExit])
def test_no_process_thread_or_folder_is_left_after_a_block(how):
    threads = set(threading.enumerate())
    try:
        with Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served:
            ids, folder = pids(served), Path(served._folder.name)
            served.wait(until=lambda world: world.nodes["b"].disk)
            assert (folder / "1.disk").exists()
            if how:
                raise how
    except (ValueError, KeyboardInterrupt, SystemExit) as error:
        assert type(error) is how
    assert all(map(has_ended, ids)) and len(ids) == 2
    assert set(threading.enumerate()) == threads
    assert not folder.exists()


BLOCK = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_serve import AT_ONCE, Scenario, Server, Ticker, pids
block = Scenario({{"a": Ticker, "b": Server}}, network=AT_ONCE).serve()
served = block.__enter__()
served.wait(until=lambda world: world.nodes["b"].disk)
print(*pids(served), served._folder.name, flush=True)
"""


def started(program):
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    *ids, folder = parent.stdout.readline().split()
    return SimpleNamespace(process=parent, pids=list(map(int, ids)), folder=Path(folder))


@needs_posix
@pytest.mark.parametrize("number", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_no_process_or_folder_is_left_when_the_parent_is_ended_by(number):
    parent = started(f"{BLOCK}\nserved.wait(until=lambda world: False, timeout=100)")
    try:
        assert len(parent.pids) == 2 and not any(map(has_ended, parent.pids))
        parent.process.send_signal(getattr(signal, number))
        assert all(map(wait_for_end, parent.pids))
        parent.process.wait(timeout=30)
        assert not parent.folder.exists()
    finally:
        parent.process.kill()
        parent.process.communicate()


@needs_posix
def test_ctrl_c_in_a_terminal_reaches_the_parent_alone():
    parent = started(f"{BLOCK}\nimport signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                     "print('ready', flush=True); sys.stdin.readline()\n"
                     "served.wait(until=lambda world: world.alive('a') and world.alive('b'))\n"
                     "block.__exit__(None, None, None); print('fine', flush=True)")  # fmt: skip
    try:
        assert parent.process.stdout.readline() == "ready\n"
        os.killpg(parent.process.pid, signal.SIGINT)
        assert parent.process.communicate("\n", timeout=60)[0] == "fine\n"
    finally:
        parent.process.kill()
        parent.process.communicate()
    assert all(map(wait_for_end, parent.pids))


@needs_posix
def test_no_process_or_folder_is_left_by_a_program_that_ends_inside_the_block():
    parent = started(BLOCK)
    parent.process.communicate(timeout=60)
    assert parent.process.returncode == 0
    assert all(map(wait_for_end, parent.pids)) and not parent.folder.exists()


def test_a_node_that_cannot_start_takes_the_others_with_it(tmp_path):
    threads = set(threading.enumerate())
    lock = threading.Lock()

    class Locked(Node):
        def on_start(self):
            lock.acquire()

    with pytest.raises(TypeError, match="the factory of b cannot be taken to another process"):
        Scenario({"a": Server, "b": Locked}).serve().__enter__()
    assert set(threading.enumerate()) == threads


# Waiting, and mistakes


def test_a_wait_in_vain_ends_with_a_sentence_that_says_what_was_missing():
    def all_answered(world):
        return len(world.nodes["a"].answers) == 4

    with Scenario({"a": Asker, "b": Server}, network=AT_ONCE).serve() as served:
        served.wait(until=lambda world: len(world.reports) == 3)
        with pytest.raises(
            TimeoutError, match=r"waited 0\.05 s: all_answered\(world\) is still False; at last <a, "
        ):
            served.wait(until=all_answered, timeout=0.05)
        with pytest.raises(TimeoutError, match=r"a has no attribute 'anwsers'; it holds answers, and disk"):
            served.wait(until=lambda world: world.nodes["a"].anwsers, timeout=0)
        with pytest.raises(TimeoutError, match=r"waited 0 s: 3 of 4 answered"):
            served.wait(until=lambda world: f"{len(world.nodes['a'].answers)} of 4 answered", timeout=0)


def test_a_wait_in_vain_cuts_long_nodes_short_and_leaves_their_ends():
    with Scenario({"a": Hoarder}).serve() as served:
        served.wait(until=lambda world: world.nodes["a"].full)
        with pytest.raises(TimeoutError) as raised:
            served.wait(until=lambda world: False, timeout=0)
    assert len(str(raised.value)) < 600
    assert "at last <a, hoard=" in str(raised.value)
    assert str(raised.value).endswith("9999), full=True>")


def test_a_wait_ends_in_time_although_something_happens_all_the_time():
    with (
        pytest.raises(TimeoutError, match=r"until\(world\) is still False"),
        Scenario({"a": Ticker, "b": Server}, network=AT_ONCE).serve() as served,
    ):
        served.wait(until=lambda world: False, timeout=0.2)


def test_mistakes_are_told_with_the_remedy():
    scenario = Scenario({"a": Server, "b": Server})
    with pytest.raises(ValueError, match="transport is 'tcp' or 'udp', not 'smoke'"):
        serve(scenario, transport="smoke")
    idle = scenario.serve()
    with pytest.raises(RuntimeError, match=r"with scenario\.serve"):
        idle.wait(until=lambda world: True)
    with scenario.serve() as served:
        with pytest.raises(ValueError, match="there is no node 'z'; there are a, b"):
            served.kill("z")
        with pytest.raises(ValueError, match="a is up; kill it first"):
            served.restart("a")
        served.kill("a")
        with pytest.raises(ValueError, match="a is down already"):
            served.kill("a")
        with pytest.raises(ValueError, match="names 'z'; the nodes are a, b"):
            served.partition({"a"}, {"z"})
    with pytest.raises(RuntimeError, match="nothing is running outside of the block"):
        served.kill("b")
    with pytest.raises(RuntimeError, match="a block of its own"):
        served.__enter__()


def test_importing_serve_loads_nothing_heavy():
    heavy = ("cloudpickle", "asyncio", "numpy", "networkx")
    program = f"import sys, course_lib.sim.serve; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
