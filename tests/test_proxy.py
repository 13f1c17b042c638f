"""The policies over real HTTP: a proxy, real servers behind it, and real clients in front, all on loopback."""

import asyncio
import http.client
import socket
import subprocess
import threading
from contextlib import ExitStack

import numpy as np
import pytest
from processes import is_running, needs_signals, script, where_it_listens

from course_lib.balancing import (
    Backend,
    LeastRequest,
    OutlierEjection,
    PeakEWMA,
    PowerOfTwoChoices,
    RandomChoice,
    RoundRobin,
    SmoothWeightedRoundRobin,
    simulate,
)
from course_lib.balancing.live import load, wire
from course_lib.balancing.live.fleet import backends, ports
from course_lib.balancing.live.load import draw, send
from course_lib.balancing.live.proxy import PolicyFailed, Proxy, proxying
from course_lib.balancing.services import constant
from course_lib.servers import ServerFailed
from course_lib.servers.process import free_port, wait_until

BRIEF = 0.0005  # seconds of work where the time does not matter


@pytest.fixture(scope="module")
def fleet():
    """Three servers with weights 5, 1, 1, for tests that leave them as they are."""
    with backends([5, 1, 1], service=BRIEF) as servers:
        yield servers


def ask(port: int, path: str = "/", **headers: str) -> tuple[int, str, dict[str, str]]:
    """One request on a connection of its own: status, body, headers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", path, headers=headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()}
    finally:
        link.close()


def raw(port: int, sent: bytes) -> bytes:
    """All that a server says to these bytes, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as link:
        link.sendall(sent)
        link.shutdown(socket.SHUT_WR)
        said = b""
        while some := link.recv(1 << 16):
            said += some
        return said


class Spy:
    """A policy that takes the servers in turn and writes down what it was shown and told."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.keys: list[str] = []
        self.times: list[float] = []
        self.told: list[tuple[int, bool]] = []

    def choose(self, servers, request):
        self.seen.append([server.outstanding for server in servers])
        self.keys.append(request.key)
        self.times.append(request.time)
        return (len(self.seen) - 1) % len(servers)

    def finished(self, server, took, ok, now):
        assert took >= 0 and now >= took
        self.told.append((server.index, ok))


class Always:
    """A policy with one answer."""

    def __init__(self, answer) -> None:
        self.answer = answer

    def choose(self, servers, request):
        return self.answer


# The same choices as in the simulation.


@pytest.mark.parametrize(
    "policy",
    [RoundRobin, lambda: RandomChoice(3), SmoothWeightedRoundRobin],
    ids=["turn", "random", "weighted"],
)
def test_a_policy_that_sees_no_load_chooses_over_http_as_in_the_simulation(fleet, policy):
    plan = draw(rate=2000, requests=50, service=BRIEF, seed=1)
    with proxying(policy(), ports(fleet)) as proxy:
        sent = send(plan, proxy.port, clients=1)
    simulated = simulate(policy(), servers=[5, 1, 1], rate=2000, requests=50, service=BRIEF, seed=1, warmup=0)
    assert sent.chosen.tolist() == simulated.chosen.tolist()
    assert not sent.failed.any()


def test_weights_5_1_1_give_nginxs_sequence(fleet):
    with proxying(SmoothWeightedRoundRobin(), ports(fleet)) as proxy:
        chosen = [ask(proxy.port)[2]["backend"] for _ in range(14)]
    assert "".join("abc"[int(index)] for index in chosen) == "aabacaa" * 2


def test_requests_are_those_of_the_simulation():
    asked = {"rate": 50, "requests": 200, "service": 0.02, "seed": 7}
    plan = draw(**asked)
    report = simulate(RoundRobin(), servers=1, warmup=0, **asked)
    assert plan.times.tolist() == report.times.tolist()
    end, latencies = 0.0, []
    for came, work in zip(plan.times, plan.work, strict=True):
        end = max(end, came) + work
        latencies.append(end - came)
    assert np.allclose(latencies, report.latencies)
    keys = draw(**asked, keys=lambda generator, n: generator.integers(3, size=n)).keys
    assert set(keys) == {"0", "1", "2"}


def test_policies_that_look_at_the_load_send_less_to_a_slow_server():
    described = [Backend()] * 4 + [Backend(speed=0.05)]
    plan = draw(rate=400, requests=150, service=0.004, seed=1)
    policies = {"turn": RoundRobin(), "two": PowerOfTwoChoices(1), "least": LeastRequest()}
    policies["ewma"] = PeakEWMA(0.4, 0.004, 1)
    reports = {}
    with backends(described) as servers:
        for name, policy in policies.items():
            with proxying(policy, ports(servers)) as proxy:
                reports[name] = send(plan, proxy.port).report(warmup=0)
    for report in reports.values():
        assert report.errors == 0 and sum(server.served for server in report.servers) == 150
    slow = {name: report.servers[-1].served for name, report in reports.items()}
    assert slow["turn"] == 30 and slow["two"] < 30 and slow["least"] < 30
    # By the plan alone: every fifth request has to wait for twenty times its work, and for those before it.
    assert reports["turn"].imbalance > 3 and reports["turn"].latency(1) > 1


# What the proxy counts and tells.


def test_outstanding_counts_what_was_sent_and_not_answered(fleet):
    spy = Spy()
    with proxying(spy, ports(fleet)) as proxy:
        # All come before the first is answered: each server has the turns that it got so far.
        plan = draw(rate=1e5, requests=9, service=constant(0.4), seed=1)
        assert not send(plan, proxy.port).failed.any()
        assert spy.seen[:9] == [[(n + 2 - place) // 3 for place in range(3)] for n in range(9)]
        assert [server.outstanding for server in proxy.servers] == [0, 0, 0]
    assert sorted(spy.told) == sorted([(0, True), (1, True), (2, True)] * 3)


def test_the_key_is_the_path_and_time_goes_on(fleet):
    spy = Spy()
    with proxying(spy, ports(fleet)) as proxy:
        ask(proxy.port, "/carts/7")
        ask(proxy.port, "/carts/8")
    assert spy.keys == ["/carts/7", "/carts/8"] and spy.times[0] < spy.times[1]


def test_a_failing_server_is_told_to_the_policy_and_its_answer_passed_on():
    spy = Spy()
    with backends([Backend(errors=1.0, error_time=0.001), Backend()]) as servers:
        with proxying(spy, ports(servers)) as proxy:
            assert [ask(proxy.port)[0] for _ in range(4)] == [503, 200, 503, 200]
        assert [server.told()["served"] for server in servers] == [2, 2]
    assert spy.told == [(0, False), (1, True)] * 2


def test_a_server_that_fails_fast_attracts_everything_until_it_is_ejected():
    described = [Backend(errors=1.0, error_time=0.001), *[Backend()] * 3]
    plan = draw(rate=400, requests=120, service=constant(0.02), seed=1)
    with backends(described) as servers:
        with proxying(LeastRequest(), ports(servers)) as proxy:
            trapped = send(plan, proxy.port).failed.sum()
        with proxying(OutlierEjection(LeastRequest(), failures=3), ports(servers)) as proxy:
            ejected = send(plan, proxy.port).failed.sum()
    assert trapped > 120 / 4  # more than its share
    assert 3 <= ejected < trapped / 2


@needs_signals
def test_a_killed_server_is_a_502_and_serves_again_after_a_restart():
    spy = Spy()
    with backends(2) as servers, proxying(spy, ports(servers)) as proxy:
        assert [ask(proxy.port)[0] for _ in range(2)] == [200, 200]
        servers[1].kill()
        assert [ask(proxy.port)[0] for _ in range(2)] == [200, 502]
        servers[1].restart()
        assert [ask(proxy.port)[0] for _ in range(4)] == [200] * 4
        assert [server.outstanding for server in proxy.servers] == [0, 0]
    assert (1, False) in spy.told and (0, False) not in spy.told


@needs_signals
def test_a_connection_that_ended_while_nobody_used_it_is_not_used_again():
    with backends(1) as [server], proxying(RoundRobin(), ports([server])) as proxy:
        assert ask(proxy.port)[0] == 200
        server.restart()
        assert ask(proxy.port)[0] == 200


@needs_signals
def test_a_paused_server_is_a_504_when_the_proxys_patience_ends():
    spy = Spy()
    with backends(1) as [server], proxying(spy, ports([server]), patience=0.3) as proxy:
        server.pause()
        status, body, _ = ask(proxy.port)
        assert (status, body) == (504, "server 0 gave no answer in 0.3 s")
        assert proxy.servers[0].outstanding == 0
        server.resume()
    assert spy.told == [(0, False)]


# Errors with a remedy.


@pytest.mark.parametrize("answer", [3, -1, None, "0"])
def test_a_policy_that_chooses_no_server_is_named(fleet, answer):
    with (
        pytest.raises(PolicyFailed, match=r"Always failed: IndexError: choose gave .*there are 3 servers"),
        proxying(Always(answer), ports(fleet)) as proxy,
    ):
        status, body, _ = ask(proxy.port)
        assert status == 500 and body.startswith("the policy failed: IndexError: choose gave")
        raise ValueError("all requests failed")  # what comes of it is not what is told


@pytest.mark.parametrize(
    ("weights", "patience", "words"),
    [
        ({}, 1, "there is none"),
        ({8001: 0}, 1, "not 0, that of port 8001"),
        ({8001: 1}, 0, "patience .* not 0"),
    ],
)
def test_a_proxy_refuses_bad_arguments(weights, patience, words):
    with pytest.raises(ValueError, match=words):
        Proxy(RoundRobin(), weights, patience)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rate": 0, "requests": 1}, "rate .* not 0"),
        ({"rate": 1, "requests": 0}, "requests .* not 0"),
        ({"rate": 1, "requests": 1, "service": -1}, "not -1"),
    ],
)
def test_a_plan_refuses_bad_arguments(arguments, words):
    with pytest.raises(ValueError, match=words):
        draw(**arguments)


def test_a_client_refuses_bad_arguments_and_says_when_nobody_listens():
    plan = draw(rate=1000, requests=5)
    with pytest.raises(ValueError, match=r"clients .* not 0"):
        send(plan, 8001, clients=0)
    with pytest.raises(ValueError, match=r"patience .* not -1"):
        send(plan, 8001, patience=-1)
    with pytest.raises(load.LoadFailed, match="gave no answer to any of 5 requests"):
        send(plan, free_port())


@needs_signals
def test_a_client_that_fails_says_why(fleet, monkeypatch, tmp_path):
    monkeypatch.setattr(load.sys, "executable", str(script(tmp_path, "python", "echo no memory >&2; exit 3")))
    with pytest.raises(load.LoadFailed, match="the client failed: no memory"):
        send(draw(rate=1000, requests=5), fleet[0].port)


def test_a_key_may_be_any_text(fleet):
    spy = Spy()
    with proxying(spy, ports(fleet)) as proxy:
        plan = load.Plan(np.zeros(1), np.zeros(1), ["a \u20ac/b"])
        assert not send(plan, proxy.port).failed.any()
    assert spy.keys == ["/a%20%E2%82%AC/b"]


@pytest.mark.parametrize(
    ("servers", "service", "words"),
    [
        ([], 1, "there is none"),
        (1, 0, "service .* not 0"),
        ([Backend(speed=lambda now: 1.0)], 1, "server.set"),
        ([0], 1, "weight is above 0"),
        ([Backend(joins=5)], 1, "server.kill"),
        ([Backend(leaves=5)], 1, "server.kill"),
    ],
)
def test_a_fleet_refuses_bad_arguments(servers, service, words):
    with pytest.raises(ValueError, match=words), backends(servers, service=service):
        pass


# Servers, one by one.


def test_a_server_works_on_one_request_at_a_time_and_says_how_long(fleet):
    before = fleet[1].told()
    status, body, headers = ask(fleet[1].port, "/x", Work="0.01")
    assert (status, body, headers["backend"], float(headers["worked"])) == (200, "done", "1", 0.01)
    plan = draw(rate=1e5, requests=5, service=constant(0.02), seed=1)
    sent = send(plan, fleet[1].port)
    assert sent.ended.max() - sent.sent.min() >= 5 * 0.02  # side by side they would end together
    after = fleet[1].told()
    assert after["served"] - before["served"] == 6
    assert after["busy"] - before["busy"] == pytest.approx(0.11)


def test_without_a_word_of_its_work_a_request_is_exponential(fleet):
    worked = [float(ask(fleet[2].port)[2]["worked"]) for _ in range(20)]
    assert len(set(worked)) == 20 and 0 < np.mean(worked) < 10 * BRIEF


def test_a_server_can_be_slowed_and_made_to_fail_while_it_runs():
    with backends(1) as [server]:
        assert server.set(speed=0.5)["speed"] == 0.5
        assert float(ask(server.port, Work="0.01")[2]["worked"]) == 0.02
        assert server.set(errors=1)["speed"] == 0.5
        assert ask(server.port)[0] == 503
        with pytest.raises(ValueError, match="backend 0 refused: there is no spede to set; there are speed"):
            server.set(spede=1)
        with pytest.raises(ValueError, match="backend 0 refused: speed is above 0, not 0"):
            server.set(speed=0)
        with pytest.raises(ValueError, match="backend 0 refused: speed is a number, not 'fast'"):
            server.set(speed="fast")
        assert server.told()["speed"] == 0.5
        for bad in ("much", "-1", "nan", "inf"):
            assert ask(server.port, Work=bad)[:2][1].endswith(f"not {bad!r}")


def test_servers_listen_on_loopback_only_and_end_with_the_block():
    with backends(2) as servers:
        for server in servers:
            assert where_it_listens(server.pid) == {"0100007F"}
    assert not any(is_running(server.pid) for server in servers)


def test_servers_and_proxy_end_with_a_block_that_fails():
    started = []
    with (
        pytest.raises(ZeroDivisionError),
        backends(2) as servers,
        proxying(RoundRobin(), ports(servers)) as proxy,
    ):
        started += servers
        ask(proxy.port)
        1 / 0  # noqa: B018
    assert not any(is_running(server.pid) for server in started)
    with pytest.raises(ConnectionRefusedError):
        ask(proxy.port)


def test_a_server_whose_settings_are_bad_says_so_and_the_others_are_stopped(monkeypatch):
    good = Backend()
    bad = Backend()
    object.__setattr__(bad, "speed", 0)
    with (
        pytest.raises(ServerFailed, match=r"backend ended with code 1: .*speed is above 0"),
        backends([good, bad]),
    ):
        pass


@needs_signals
def test_a_client_that_takes_too_long_is_ended(fleet, monkeypatch):
    started = []
    popen = subprocess.Popen

    def noted(*args, **kwargs):
        started.append(popen(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(load, "SPARE", -10.5)
    plan = load.Plan(np.array([1.0]), np.array([0.0]), ["0"])
    with pytest.raises(load.LoadFailed, match=r"the client did not come to an end in 0.5 s"):
        send(plan, fleet[0].port)
    assert not is_running(started[0].pid)


# Two clients: one that does not wait for answers, and one that does.


def test_an_open_loop_sends_though_nothing_is_answered(fleet):
    plan = load.Plan(np.zeros(5), np.full(5, 0.05), list("abcde"))
    sent = send(plan, fleet[0].port)
    assert sent.sent.max() < sent.ended.min()
    assert (sent.sent >= plan.times).all() and sent.late == (sent.sent - plan.times).max()


def test_a_closed_loop_waits_and_so_leaves_out_who_would_have_suffered(fleet):
    plan = load.Plan(np.zeros(10), np.full(10, 0.03), list("abcdefghij"))
    sent = send(plan, fleet[0].port, clients=1)
    assert (sent.sent[1:] >= sent.ended[:-1]).all()
    left_out = sent.report(warmup=0).latencies - sent.omitting(warmup=0).latencies
    assert (
        left_out >= np.arange(10) * 0.03
    ).all()  # all were due at once, and the k-th waited for k before it


def test_clients_share_the_requests_of_a_closed_loop(fleet):
    plan = load.Plan(np.zeros(12), np.full(12, 0.05), [f"{n}" for n in range(12)])
    spy = Spy()
    with proxying(spy, ports(fleet)) as proxy:
        send(plan, proxy.port, clients=3)
    assert max(sum(loads) for loads in spy.seen) == 2  # when one sends, at most the two others wait
    assert sorted(spy.keys) == sorted(f"/{n}" for n in range(12))


def test_a_request_without_an_answer_has_failed(fleet):
    plan = load.Plan(np.zeros(2), np.array([0.0, 5.0]), ["0", "1"])
    with backends(2) as servers, proxying(RoundRobin(), ports(servers)) as proxy:
        sent = send(plan, proxy.port, patience=1.0)
    assert sent.failed.tolist() == [False, True] and sent.chosen[1] == -1
    assert sent.report(warmup=0).errors == 0.5


# HTTP.


def read(*pieces: bytes) -> wire.Message | None:
    async def fed() -> wire.Message | None:
        reader = asyncio.StreamReader(limit=wire.LARGEST)
        reading = asyncio.ensure_future(wire.read(reader))
        for piece in pieces:
            await asyncio.sleep(0)
            reader.feed_data(piece)
        reader.feed_eof()
        return await reading

    return asyncio.run(fed())


def test_a_message_may_come_in_pieces():
    whole = wire.request("POST", "/a?b", b"body", Work=1).encode()
    message = read(*(whole[n : n + 1] for n in range(len(whole))))
    assert (message.path, message.body, message.headers["work"]) == ("/a?b", b"body", "1")
    assert read() is None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"GET / HTTP/1.1\r\n", "middle of a message"),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc", "middle of a message"),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", "no header: 'no header'"),
        (b"GET / HTTP/1.1\r\nContent-Length : 5\r\n\r\nabcde", "no header"),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", "not '5, 6'"),
        (b"GET / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", "not '-5'"),
        (b"GET / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n", "0 to 65,536"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "chunks"),
        (b"HEAD / HTTP/1.1\r\n\r\n", "ask with GET"),
        (b"x" * 70_000, "a head of more than 65,536 bytes"),
    ],
)
def test_what_is_no_message_is_refused_with_the_reason(sent, words):
    with pytest.raises(wire.BadMessage, match=words):
        read(sent)


def test_a_proxy_and_a_server_answer_nonsense_with_400_and_go_on(fleet):
    with proxying(RoundRobin(), ports(fleet)) as proxy:
        for port in (proxy.port, fleet[0].port):
            for nonsense in (b"hello\r\n\r\n", b"HEAD / HTTP/1.1\r\n\r\n", b"GET /\r\n\r\n"):
                assert raw(port, nonsense).startswith(b"HTTP/1.1 400 Bad Request")
            assert ask(port)[0] == 200


def test_several_requests_share_a_connection_until_one_closes_it(fleet):
    with proxying(RoundRobin(), ports(fleet)) as proxy:
        twice = wire.request("GET", "/", work=0).encode() * 2
        last = wire.request("GET", "/", work=0, connection="close").encode()
        assert raw(proxy.port, twice + last + twice).count(b"200 OK") == 3
        # To each server there is one connection, and it was used again.
        assert [len(server.connections.idle) for server in proxy.servers] == [1, 1, 1]
        ask(proxy.port)
        assert [len(server.connections.idle) for server in proxy.servers] == [1, 1, 1]


def answered(said: bytes, patience: float = 20.0) -> tuple[object, int]:
    """What `ask` gives or raises where a server says this and keeps silent; and how many connections are kept.

    The server ends only when its connection does.
    """

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await reader.read()  # until the other side closes
        gone.set()
        writer.close()

    async def asked():
        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        connections = wire.Connections(listening.sockets[0].getsockname()[1])
        try:
            async with asyncio.timeout(patience):
                got = await connections.ask(wire.request("GET", "/"))
        except (wire.BadMessage, TimeoutError) as error:
            got = error
        kept = len(connections.idle)
        connections.close()
        await gone.wait()
        listening.close()
        return got, kept

    gone = asyncio.Event()
    return asyncio.run(asked())


def test_a_connection_is_kept_after_a_whole_answer_and_closed_after_anything_else():
    whole, kept = answered(wire.answer(200, "done").encode())
    assert (whole.status, whole.body, kept) == (200, b"done", 1)
    last, kept = answered(wire.answer(200, "done", connection="close").encode())
    assert (last.status, kept) == (200, 0)
    nonsense, kept = answered(b"hello: you\r\nHEAD\r\n\r\n")
    assert isinstance(nonsense, wire.BadMessage) and kept == 0
    silence, kept = answered(b"HTTP/1.1 200 OK\r\n", patience=0.1)
    assert isinstance(silence, TimeoutError) and kept == 0


def test_a_proxy_ends_in_silence_whatever_its_clients_are_doing(caplog):
    spy = Spy()
    with backends(1) as [server]:
        with ExitStack() as links:
            with proxying(spy, ports([server])) as proxy:
                idle, half, busy = (
                    links.enter_context(socket.create_connection(("127.0.0.1", proxy.port))) for _ in range(3)
                )
                idle.sendall(wire.request("GET", "/", Work=0).encode())
                assert idle.recv(1 << 16)
                half.sendall(b"GET / HT")
                busy.sendall(wire.request("GET", "/", Work=20).encode())
                wait_until(lambda: proxy.servers[0].outstanding == 1, "the request was not sent on", 20)
            assert busy.recv(1 << 16) == b""
        assert proxy.servers[0].outstanding == 0
        assert server.last_lines() == ""
    assert caplog.text == ""
    assert not [thread for thread in threading.enumerate() if thread.name == "proxy"]


def test_what_concerns_one_connection_is_not_passed_on():
    came = wire.Message(
        "GET / HTTP/1.1", {"connection": "close, X-Mine", "x-mine": "1", "te": "a", "work": "2"}
    )
    assert came.closes
    assert came.passed_on().headers == {"work": "2"}
