"""What tests of locks on Redis share: both kinds of server, waits that have an end, and accidents on the way to one."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from fakeredis import FakeRedis, FakeServer

needs_redis = pytest.mark.needs("redis-server")
BACKENDS = ["fakeredis", pytest.param("redis-server", marks=needs_redis)]
PATIENCE = 60  # seconds after which something that should have happened is taken for a fault


def fake(**options: Any) -> Callable[..., Any]:
    """Makes clients of one empty fakeredis; 7 is the version of Redis that the course keeps to."""
    server = FakeServer(version=(7,))
    return lambda **more: FakeRedis(server=server, **options, **more)


def empty(server: Any) -> Callable[..., Any]:
    """Makes clients of a real server, which is emptied before."""
    with server.client() as client:
        client.flushall()
        client.script_flush()
        client.config_resetstat()
    return server.client


def until(happened: Callable[[], Any]) -> Any:
    """Asks until it is so; an error where it never is."""
    end = time.monotonic() + PATIENCE
    while not (found := happened()):
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.002)
    return found


def until_gone(client: Any, key: Any) -> None:
    until(lambda: not client.exists(key))


@contextmanager
def thread(function: Callable[[], object]) -> Iterator[list[Any]]:
    """Runs it beside the block, and joins it at the end. The list gets what it returned, or raised."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:
            results.append(error)

    beside = threading.Thread(target=run, daemon=True)  # a test that fails does not wait for it
    beside.start()
    yield results
    beside.join(PATIENCE)
    assert not beside.is_alive(), "the thread does not end"


def crowd(count: int, work: Callable[[], object]) -> None:
    """Runs it in so many threads at once. Raises what one of them raised."""
    with ExitStack() as stack:
        results = [stack.enter_context(thread(work)) for _ in range(count)]
    for [result] in results:
        if isinstance(result, BaseException):
            raise result


class Accidents:
    """Stands between a client and its server: counts its commands, and lets something happen at one of them."""

    def __init__(self, client: Any) -> None:
        self.client, self.commands = client, []
        self.before: dict[int, Callable[[], object]] = {}
        self.after: dict[int, Callable[[], object]] = {}
        self.again: set[int] = set()
        self._execute = client.execute_command
        client.execute_command = self

    def __call__(self, *words: Any, **options: Any) -> Any:
        number = len(self.commands)
        self.commands.append(words[0])
        self.before.get(number, bool)()
        if number in self.again:  # as redis-py does where the reply was lost
            self._execute(*words, **options)
        try:
            return self._execute(*words, **options)
        finally:
            self.after.get(number, bool)()

    def forget(self) -> None:
        """Counts from 0 again, and lets nothing happen."""
        self.commands.clear(), self.before.clear(), self.after.clear(), self.again.clear()


def raises(error: BaseException) -> Callable[[], None]:
    def now() -> None:
        raise error

    return now
