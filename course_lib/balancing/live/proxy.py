"""The policies at work: a small HTTP proxy, which lets one of them choose the server of each request.

    with proxying(PowerOfTwoChoices(), ports(servers)) as proxy:
        ...  # send requests to proxy.port

It counts `outstanding` itself: up when a request is sent on, down when it is answered or has failed. A request's key is
its path; its time is in seconds. It does not try another server where one fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple

from course_lib.balancing.live.wire import HERE, LARGEST, BadMessage, Connections, Message, answer, read
from course_lib.balancing.policies import Policy
from course_lib.loopback import serving


class Request(NamedTuple):
    """What a policy sees of a request."""

    time: float
    key: str


class Upstream:
    """A server as the proxy sees it: what policies ask for, and the connections to it."""

    def __init__(self, index: int, port: int, weight: float) -> None:
        self.index, self.port, self.weight = index, port, weight
        self.outstanding = 0
        self.connections = Connections(port)

    def __repr__(self) -> str:
        return f"<server {self.index} on port {self.port}, weight {self.weight:g}, {self.outstanding} outstanding>"


class Proxy:
    """Forwards requests, each to the server that a policy chooses.

    Args:
        policy: has `choose(servers, request) -> index`.
        weights: of each server's port on loopback.
        patience: seconds that a server has to answer in.
    """

    def __init__(self, policy: Policy, weights: Mapping[int, float], patience: float = 10.0) -> None:
        if not weights:
            raise ValueError(
                "weights has the port and the weight of each server, such as {8001: 1}; there is none"
            )
        for port, weight in weights.items():
            if not weight > 0:
                raise ValueError(f"a weight is above 0, not {weight!r}, that of port {port}")
        if not patience > 0:
            raise ValueError(f"patience is a number of seconds above 0, not {patience!r}")
        self.policy, self.patience = policy, patience
        self.servers = [Upstream(index, *each) for index, each in enumerate(weights.items())]
        self.finished = getattr(policy, "finished", None)
        self.port = 0  # where it listens
        self.failure: Exception | None = None  # the first of the policy's own

    async def forward(self, asked: Message) -> Message:
        """Chooses a server, sends the request on, and tells the policy what came of it."""
        came = monotonic()
        place = self.policy.choose(self.servers, Request(came, asked.path))
        if place not in range(len(self.servers)):
            raise IndexError(f"choose gave {place!r}; there are {len(self.servers)} servers, from 0 on")
        server = self.servers[place]
        server.outstanding += 1
        ok = False
        try:
            async with asyncio.timeout(self.patience):
                answered = await server.connections.ask(asked.passed_on())
            ok = answered.status < 500
        except TimeoutError:
            answered = answer(504, f"server {server.index} gave no answer in {self.patience:g} s")
        except (OSError, BadMessage) as error:
            answered = answer(502, f"server {server.index}: {error}")
        finally:
            server.outstanding -= 1  # whatever happened: one that is not counted down would starve
        if self.finished:
            now = monotonic()
            self.finished(server, now - came, ok, now)
        return answered.passed_on()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's connection, until it ends."""
        try:
            while (asked := await read(reader)) is not None:
                writer.write((await self._answer(asked)).encode())
                await writer.drain()
                if asked.closes:
                    break
        except BadMessage as error:
            writer.write(answer(400, f"{error}", connection="close").encode())
        except (OSError, asyncio.CancelledError):
            pass  # the client has gone, or the proxy ends
        finally:
            writer.close()

    async def _answer(self, asked: Message) -> Message:
        try:
            return await self.forward(asked)
        except BadMessage:
            raise
        except Exception as error:  # the policy's
            self.failure = self.failure or error
            return answer(500, f"the policy failed: {type(error).__name__}: {error}")

    async def listen(self) -> asyncio.Server:
        """On a free port of loopback."""
        return await asyncio.start_server(self.serve, HERE, 0, limit=LARGEST, backlog=1024)

    def close(self) -> None:
        for server in self.servers:
            server.connections.close()


class PolicyFailed(RuntimeError):
    """A policy raised an error while the proxy was asking it."""


@contextmanager
def proxying(policy: Policy, weights: Mapping[int, float], *, patience: float = 10.0) -> Iterator[Proxy]:
    """Runs a proxy in a thread of this process while the block lasts, so that one can look at its policy.

    Raises ValueError for bad arguments, and PolicyFailed at the end of the block where the policy raised an error.
    """
    proxy = Proxy(policy, weights, patience)
    try:
        with serving("proxy", asyncio.new_event_loop(), proxy.listen, proxy.close) as proxy.port:
            yield proxy
    finally:
        # Also where the block has failed, since this is likely to be why.
        if (failure := proxy.failure) is not None:
            sentence = f"{type(policy).__name__} failed: {type(failure).__name__}: {failure}"
            raise PolicyFailed(sentence) from failure
