"""What all tests share: `@pytest.mark.needs("redis-server")` for a test that another program must be there for."""

import importlib.util
import os
import shutil
import signal
from collections.abc import Callable

import pytest

from course_lib import servers
from course_lib.cli.doctor import find_chromium
from course_lib.transactions.postgres import find_postgres

# Who is started in the background of a script ignores Ctrl-C, and so do all whom it starts; some tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# program: (how it is found, how to get it)
PROGRAMS: dict[str, tuple[Callable[[], object], str]] = {
    "chromium": (
        find_chromium,
        "Debian, Ubuntu: sudo apt install chromium; elsewhere any Chromium or Chrome on PATH",
    ),
    "etcd": (
        servers.find_etcd,
        "course get etcd; or Debian, Ubuntu: sudo apt install etcd-server",
    ),
    "git": (lambda: shutil.which("git"), "Debian, Ubuntu: sudo apt install git"),
    "make": (lambda: shutil.which("make"), "Debian, Ubuntu: sudo apt install make"),
    "nbgrader": (lambda: importlib.util.find_spec("nbgrader"), "python3 start.py test installs it"),
    "nginx": (servers.find_nginx, "Debian, Ubuntu: sudo apt install nginx"),
    "postgres": (find_postgres, "Debian, Ubuntu: sudo apt install postgresql"),
    "redis-server": (
        servers.find_redis,
        "course get redis; or Debian, Ubuntu: sudo apt install redis-server",
    ),
    "zookeeper": (
        servers.find_zookeeper,
        "Debian, Ubuntu: sudo apt install libzookeeper-java default-jre-headless",
    ),
}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            find, remedy = PROGRAMS[program]
            if find():
                continue
            sentence = f"{program} is not installed ({remedy})"
            # A skipped test in CI would be a test that nobody runs.
            if os.environ.get("CI"):
                pytest.fail(sentence, pytrace=False)
            pytest.skip(sentence)


@pytest.fixture(scope="module")
def real_server():
    """A real redis-server, for all tests of a module."""
    with servers.redis() as server:
        yield server


@pytest.fixture(params=["fakeredis", pytest.param("redis-server", marks=pytest.mark.needs("redis-server"))])
def connect(request: pytest.FixtureRequest) -> Callable[..., object]:
    """Makes clients of one empty Redis, modelled or real."""
    from redis_backends import empty, fake  # here, so that this file also serves alone

    return fake() if request.param == "fakeredis" else empty(request.getfixturevalue("real_server"))
