"""A small server beside a notebook, which has an event loop of its own: this one's runs in another thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress


@contextmanager
def serving(
    name: str,
    loop: asyncio.AbstractEventLoop,
    listen: Callable[[], Awaitable[asyncio.Server]],
    close: Callable[[], None],
) -> Iterator[int]:
    """Serves while the block lasts; gives the port. What still runs in the loop at the end is cancelled.

    Args:
        name: of the thread.
        listen: begins to listen, on a free port.
        close: called in the loop, when it listens no more.

    Raises OSError where it cannot listen.
    """
    ended, started = asyncio.Event(), Future[int]()

    async def serve() -> None:
        try:
            listening = await listen()
            started.set_result(listening.sockets[0].getsockname()[1])
        except OSError as error:
            started.set_exception(error)
            return
        await ended.wait()
        listening.close()
        close()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield started.result()
    finally:
        with suppress(RuntimeError):  # it could not start, and the loop is closed
            loop.call_soon_threadsafe(ended.set)
        thread.join()
