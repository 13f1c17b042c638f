"""A real nginx in front of real servers: the same sequence as ours."""

import http.client

import pytest
from processes import is_running, needs_signals, script, where_it_listens

from course_lib import servers
from course_lib.balancing import Backend, SmoothWeightedRoundRobin, simulate
from course_lib.balancing.live.fleet import backends, ports
from course_lib.balancing.live.load import draw, send
from course_lib.balancing.live.proxy import proxying
from course_lib.servers import nginx_server

needs_nginx = pytest.mark.needs("nginx")
PLAN = {"rate": 2000, "requests": 70, "service": 0.0005, "seed": 1}


@pytest.fixture(scope="module")
def fleet():
    with backends([5, 1, 1]) as started:
        yield started


def status(port: int, path: str = "/") -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request("GET", path, headers={"Work": "0"})
        return link.getresponse().status
    finally:
        link.close()


def letters(indices) -> str:
    return "".join("abc"[index] for index in indices)


@needs_nginx
def test_nginx_our_proxy_and_the_simulation_choose_the_same_sequence(fleet):
    plan = draw(**PLAN)
    with servers.nginx(ports(fleet)) as nginx:
        theirs = send(plan, nginx.port, clients=1).chosen
    with proxying(SmoothWeightedRoundRobin(), ports(fleet)) as proxy:
        ours = send(plan, proxy.port, clients=1).chosen
    simulated = simulate(SmoothWeightedRoundRobin(), servers=[5, 1, 1], warmup=0, **PLAN).chosen
    assert letters(theirs) == letters(ours) == letters(simulated) == "aabacaa" * 10


@needs_nginx
@pytest.mark.parametrize("weights", [(1, 1, 1), (4, 3, 2), (1, 2, 5)])
def test_other_weights_have_the_same_sequence_too(fleet, weights):
    with servers.nginx({one.port: weight for one, weight in zip(fleet, weights, strict=True)}) as nginx:
        theirs = send(draw(**PLAN), nginx.port, clients=1).chosen
    simulated = simulate(SmoothWeightedRoundRobin(), servers=weights, warmup=0, **PLAN).chosen
    assert letters(theirs) == letters(simulated)


@needs_nginx
def test_another_method_is_nginxs_own_line(fleet):
    with servers.nginx(ports(fleet), method="hash $request_uri consistent") as nginx:
        assert "hash $request_uri consistent;" in nginx.configuration()
        same = draw(**PLAN, keys=lambda generator, n: generator.integers(1, size=n))
        assert len(set(send(same, nginx.port, clients=1).chosen)) == 1


@needs_nginx
def test_a_method_that_does_not_exist_is_named(fleet):
    with (
        pytest.raises(servers.ServerFailed, match='unknown directive "most_conn"'),
        servers.nginx(ports(fleet), method="most_conn"),
    ):
        pass


@needs_nginx
def test_nginx_listens_on_loopback_only_and_is_gone_after_the_block(fleet):
    with servers.nginx(ports(fleet)) as nginx:
        assert where_it_listens(nginx.pid) == {"0100007F"}
        assert nginx.version in repr(nginx) and nginx.version[0].isdigit()
        assert status(nginx.port) == 200
    assert not is_running(nginx.pid) and not nginx.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        status(nginx.port)


@needs_nginx
@needs_signals
def test_a_killed_nginx_leaves_no_worker_behind_and_restarts(fleet):
    with servers.nginx(ports(fleet)) as nginx:
        nginx.kill()
        with pytest.raises(ConnectionRefusedError):
            status(nginx.port)
        nginx.restart()
        assert status(nginx.port) == 200


@needs_nginx
def test_asking_whether_it_is_ready_does_not_count_as_a_request(fleet):
    with servers.nginx(ports(fleet)) as nginx:
        before = [one.told()["served"] for one in fleet]
        assert nginx.answers() and status(nginx.port, nginx_server.NAME) == 200
        assert [one.told()["served"] for one in fleet] == before


@needs_nginx
def test_a_server_that_fails_is_nginxs_answer_too():
    with backends([Backend(errors=1)]) as started, servers.nginx(ports(started)) as nginx:
        sent = send(draw(**PLAN), nginx.port, clients=1)
    assert sent.failed.all() and set(sent.chosen) == {0}


@needs_nginx
def test_a_port_that_another_took_first_is_left_to_it(fleet, monkeypatch):
    offered, free_port = iter([fleet[0].port]), nginx_server.free_port
    monkeypatch.setattr(nginx_server, "free_port", lambda: next(offered, None) or free_port())
    with servers.nginx(ports(fleet)) as nginx:
        assert nginx.port != fleet[0].port


@needs_nginx
@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({}, "there is none"),
        ({8001: 0}, "not 0, that of port 8001"),
        ({8001: 1.5}, r"whole weights.* not 1\.5"),
    ],
)
def test_weights_that_nginx_does_not_take_are_named(weights, words):
    with pytest.raises(ValueError, match=words), servers.nginx(weights):
        pass


@needs_signals
def test_an_nginx_that_dies_at_once_says_why(monkeypatch, tmp_path):
    binary = script(tmp_path, "nginx", '[ "$1" = -V ] && exit 0; echo "no such module"; exit 2')
    monkeypatch.setattr(nginx_server, "find_nginx", lambda: binary)
    with (
        pytest.raises(servers.ServerFailed, match="nginx ended with code 2: no such module"),
        servers.nginx({8001: 1}),
    ):
        pass


@needs_signals
def test_modules_that_were_left_out_are_not_configured(monkeypatch, tmp_path):
    told = "nginx version: nginx/9.9 configure arguments: --without-http_scgi_module"
    binary = script(tmp_path, "nginx", f'echo "{told}" >&2')
    server = nginx_server.NginxServer(binary, tmp_path / "run", 1.0, {8001: 2}, "")
    assert server.version == "9.9"
    written = server.configuration()
    assert "server 127.0.0.1:8001 weight=2;" in written
    assert "uwsgi_temp_path uwsgi;" in written and "scgi_temp_path scgi;" not in written.replace("uwsgi", "")


def test_a_missing_nginx_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(nginx_server, "find_nginx", lambda: None)
    with pytest.raises(servers.ServerMissing, match="sudo apt install nginx"), servers.nginx({8001: 1}):
        pass


@needs_signals
def test_nginx_is_found_where_debian_has_it_though_it_is_not_on_path(monkeypatch, tmp_path):
    binary = script(tmp_path, "nginx", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(nginx_server, "OFF_PATH", str(binary))
    assert nginx_server.find_nginx() == binary
