"""Messages over UDP: one datagram each. No connection, no answer, no promise: a full buffer drops without a word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from course_lib.sim.serve.tcp import HERE, Address


class Transport(asyncio.DatagramProtocol):
    """`receive` gets each datagram."""

    largest = 8_192  # bytes; a datagram can have 65,507, but not on every system without a setting

    def __init__(
        self,
        receive: Callable[[bytes], None],
        refuse: Callable[[str], None],
        addresses: Mapping[str, Address],
    ) -> None:
        self.receive, self.addresses = receive, addresses

    async def listen(self, port: int) -> int:
        """Listens at this port of loopback, 0 for any that is free. Returns the port. Raises OSError."""
        loop = asyncio.get_running_loop()
        self.socket, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HERE, port))
        return self.socket.get_extra_info("sockname")[1]

    def send(self, to: str, data: bytes, lost: Callable[[str], None]) -> None:
        """Sends, and never learns what became of it."""
        self.socket.sendto(data, self.addresses[to])

    def datagram_received(self, data: bytes, address: Any) -> None:
        self.receive(data)
