"""Messages over TCP. A connection is a stream of bytes without borders, so each message has its length in front.

One connection a direction, opened at the first message and again after it broke. Within a connection nothing is lost,
repeated or overtaken. What was on its way when it broke is lost, and nobody is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from course_lib.sim.serve.parcel import LARGEST

LENGTH = 4  # bytes in front of each message: how many follow, the highest first
Address = tuple[str, int]
HERE = "127.0.0.1"  # loopback, and nothing else


def frame(data: bytes) -> bytes:
    """A message with its length in front."""
    return len(data).to_bytes(LENGTH, "big") + data


class Outgoing(asyncio.Protocol):
    """The connection to one other node."""

    def __init__(self, to: str, address: Address) -> None:
        self.to, self.address = to, address
        self.transport: asyncio.Transport | None = None
        self.waiting: list[tuple[bytes, Callable[[str], None]]] = []
        self.task: asyncio.Task[None] | None = None

    def send(self, data: bytes, lost: Callable[[str], None]) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.write(frame(data))
            return
        self.waiting.append((data, lost))
        if self.task is None:
            self.task = asyncio.ensure_future(self._connect())

    async def _connect(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, *self.address)
        except OSError as error:
            waiting, self.waiting = self.waiting, []
            for _, lost in waiting:
                lost(f"{self.to} is down" if isinstance(error, ConnectionRefusedError) else str(error))
        finally:
            self.task = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.writelines([frame(data) for data, _ in self.waiting])
        self.waiting = []

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None  # the next message opens another one


class Transport:
    """`receive` gets each message's bytes, `refuse` a sentence about what was none."""

    largest = LARGEST

    def __init__(
        self,
        receive: Callable[[bytes], None],
        refuse: Callable[[str], None],
        addresses: Mapping[str, Address],
    ) -> None:
        self.receive, self.refuse, self.addresses = receive, refuse, addresses
        self.outgoing: dict[Address, Outgoing] = {}

    async def listen(self, port: int) -> int:
        """Listens at this port of loopback, 0 for any that is free. Returns the port. Raises OSError."""
        self.server = await asyncio.start_server(self._read, HERE, port)
        return self.server.sockets[0].getsockname()[1]

    def send(self, to: str, data: bytes, lost: Callable[[str], None]) -> None:
        """Sends, as well as TCP can; `lost` is called where it is certain that nothing will arrive."""
        address = self.addresses[to]
        if address not in self.outgoing:
            self.outgoing[address] = Outgoing(to, address)
        self.outgoing[address].send(data, lost)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                size = int.from_bytes(await reader.readexactly(LENGTH), "big")
                if size > self.largest:
                    # After a wrong length no border can be trusted: the whole connection goes.
                    self.refuse(f"a message of {size:,} bytes; the largest has {self.largest:,}")
                    return
                self.receive(await reader.readexactly(size))
        except asyncio.IncompleteReadError as end:
            if end.partial:
                self.refuse("a connection ended in the middle of a message")
        except OSError:
            pass  # it broke, as connections do
        finally:
            writer.close()
