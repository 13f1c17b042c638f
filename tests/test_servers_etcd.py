"""A real etcd, spoken to in JSON."""

import base64
import json
import urllib.request

import pytest
from processes import is_running, needs_signals, script, where_it_listens

from course_lib import servers
from course_lib.servers import etcd_server

needs_etcd = pytest.mark.needs("etcd")


def coded(text: str) -> str:
    """The gateway carries keys and values in base64."""
    return base64.b64encode(text.encode()).decode()


@pytest.fixture(scope="module")
def etcd():
    with servers.etcd() as server:
        yield server


@needs_etcd
def test_an_etcd_keeps_what_it_is_told(etcd):
    put = etcd.post("/v3/kv/put", key=coded("lock"), value=coded("A"))
    [found] = etcd.post("/v3/kv/range", key=coded("lock"))["kvs"]
    assert found["value"] == coded("A")
    assert found["create_revision"] == put["header"]["revision"]


@needs_etcd
def test_a_new_etcd_is_at_its_first_revision():
    with servers.etcd() as server:
        assert server.post("/v3/kv/range", key=coded("x"))["header"]["revision"] == "1"
        assert server.version.startswith("3.")
    assert not is_running(server.pid)


@needs_etcd
def test_its_url_is_all_that_another_client_needs(etcd):
    body = json.dumps({"key": coded("x"), "value": coded("1")}).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{etcd.url}/v3/kv/put", body, timeout=30) as answer:
        assert "revision" in json.loads(answer.read())["header"]


@needs_etcd
def test_an_etcd_listens_on_loopback_only(etcd):
    assert where_it_listens(etcd.pid) == {"0100007F"}


@needs_etcd
def test_what_etcd_refuses_is_an_error_with_its_words(etcd):
    with pytest.raises(ValueError, match=r"etcd refused /v3/lease/keepalive-typo.*Not Found"):
        etcd.post("/v3/lease/keepalive-typo")
    with pytest.raises(ValueError, match=r"etcd refused /v3/kv/put: .*requested lease not found"):
        etcd.post("/v3/kv/put", key=coded("x"), lease="12345")


@needs_etcd
def test_a_lease_may_be_as_short_as_a_second(etcd):
    assert etcd.post("/v3/lease/grant", TTL=1)["TTL"] == "1"


@needs_etcd
def test_a_killed_and_restarted_etcd_has_its_keys():
    with servers.etcd() as server:
        server.post("/v3/kv/put", key=coded("lock"), value=coded("A"))
        server.kill()
        with pytest.raises(OSError):
            server.post("/v3/kv/range", key=coded("lock"))
        server.restart()
        assert server.post("/v3/kv/range", key=coded("lock"))["count"] == "1"


@needs_etcd
def test_the_machines_own_settings_for_etcd_are_not_read(monkeypatch):
    monkeypatch.setenv("ETCD_NAME", "other")
    monkeypatch.setenv("ETCD_DATA_DIR", "nowhere")
    with servers.etcd() as server:
        assert server.running


@needs_etcd
def test_a_port_that_another_took_first_is_left_to_it(etcd, monkeypatch):
    offered, free_port = iter([etcd.port]), etcd_server.free_port
    monkeypatch.setattr(etcd_server, "free_port", lambda: next(offered, None) or free_port())
    with servers.etcd() as server:
        assert server.port != etcd.port


@needs_etcd
def test_a_flag_that_does_not_exist_is_named():
    with pytest.raises(servers.ServerFailed, match="no-such-flag"), servers.etcd(options={"no-such-flag": 1}):
        pass


@needs_signals
def test_an_etcd_that_dies_at_once_says_why(monkeypatch, tmp_path):
    binary = script(tmp_path, "etcd", "echo 'bad data'; exit 2")
    monkeypatch.setattr(etcd_server, "find_etcd", lambda: binary)
    with pytest.raises(servers.ServerFailed, match="etcd ended with code 2: bad data"), servers.etcd():
        pass


def test_a_missing_etcd_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(etcd_server, "find_etcd", lambda: None)
    with pytest.raises(servers.ServerMissing, match="course get etcd"), servers.etcd():
        pass
