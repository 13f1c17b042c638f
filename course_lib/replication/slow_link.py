"""A slow link on loopback: a TCP proxy that holds every byte for a while, or for ever, or loses what it holds.

    with slow_link(primary.port) as link:
        replica.client().replicaof("127.0.0.1", link.port)
        link.lag = 0.05

On one machine a copy arrives before anybody could crash. What makes replicas lag is a network, or a sender that has
more to send than its link takes. This puts one there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from typing import Any

from course_lib.loopback import serving

HERE = "127.0.0.1"
MOMENT = 1e-6  # seconds, so that what came later also leaves later


class SlowLink:
    """Passes on what comes, in both directions, each byte `lag` seconds after it came.

    It stands on its sender's side. Where the sender's process dies, what is held still arrives: the kernel of a machine
    that lives sends what a dead process has written. Where the machine dies, it is gone: that is `lose`.
    """

    def __init__(self, to: int) -> None:
        self.to = to  # whose port it stands before
        self.port = 0  # where it listens
        self.lag = 0.0  # seconds; it may be raised at any time
        self.oneway = False
        self.ends: set[End] = set()
        self.loop = asyncio.new_event_loop()
        self.lost = False

    def stall(self, oneway: bool = False) -> None:
        """From now on nothing that comes passes on, and nobody is told.

        With `oneway` what the caller says passes on at once: only the one behind the link is not heard.
        """
        self.lag, self.oneway = inf, oneway

    def lose(self) -> None:
        """What it holds is lost, and all connections end."""
        self.lost = True  # at once; the loop has its turn a moment later
        with suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(self.close)

    def close(self) -> None:
        for end in list(self.ends):
            end.transport.abort()

    async def listen(self) -> asyncio.Server:
        """On a free port of loopback."""
        return await self.loop.create_server(lambda: End(self), HERE, 0)


class End(asyncio.Protocol):
    """One end of a connection through a link. What comes here leaves at the `other` end, later."""

    transport: asyncio.Transport

    def __init__(self, link: SlowLink, other: End | None = None) -> None:
        self.link, self.other = link, other
        self.due = 0.0  # when the last of what came here is to leave
        self.joining: asyncio.Task[None] | None = None  # at the caller's end

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.link.ends.add(self)
        if self.other is None:  # somebody has called: so the one behind the link is called too
            transport.pause_reading()
            self.joining = self.link.loop.create_task(self.join())

    async def join(self) -> None:
        try:
            _, self.other = await self.link.loop.create_connection(
                lambda: End(self.link, self), HERE, self.link.to
            )
            self.transport.resume_reading()
        except OSError:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if self.other:
            self.later(self.other.transport.write, data)

    def connection_lost(self, error: Exception | None) -> None:
        self.link.ends.discard(self)
        if self.other:
            self.later(self.other.transport.close)

    def later(self, what: Callable[..., None], *data: bytes) -> None:
        lag = 0.0 if self.link.oneway and self.joining else self.link.lag
        if lag < inf:
            self.due = max(self.due + MOMENT, self.link.loop.time() + lag)
            self.link.loop.call_at(self.due, self.unless_lost, what, *data)

    def unless_lost(self, what: Callable[..., None], *data: bytes) -> None:
        if not self.link.lost:
            what(*data)


@contextmanager
def slow_link(to: int) -> Iterator[SlowLink]:
    """A link to that port of loopback while the block lasts, without lag at first. It runs in a thread of its own."""
    link = SlowLink(to)
    with serving("slow link", link.loop, link.listen, link.close) as link.port:
        yield link
