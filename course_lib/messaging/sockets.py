"""What UDP and TCP promise, and what they do not, shown with real sockets on loopback.

Loopback never reorders and never repeats; it loses only where a buffer is full. Real networks do all three.
"""

import selectors
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from typing import NamedTuple

HERE = ("127.0.0.1", 0)  # loopback, at any free port
SIZE = 100  # bytes of a message
BUFFER = 16_384  # bytes that we ask the system to keep for a socket; it may take more
QUIET = 0.2  # seconds without a datagram, after which no more are expected


class Flood(NamedTuple):
    """What became of messages to a receiver that did not read until all of them had been sent, or none could be."""

    sent: int
    arrived: int
    repeated: int
    """How many arrived a second time."""
    in_order: bool
    """Whether each that arrived has a higher number than the one before."""
    before_waiting: int
    """How many the sender got rid of before it had to wait for the receiver."""


def udp_flood(count: int = 10_000) -> Flood:
    """Sends numbered datagrams to a socket that nobody reads; then reads it.

    The sender notices nothing: what does not fit into the receiver's buffer is dropped. How much fits differs from
    system to system.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as receiver, socket.socket(type=socket.SOCK_DGRAM) as sender:
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        receiver.bind(HERE)
        for number in range(count):
            with suppress(
                OSError
            ):  # some systems say that a buffer is full; the datagram is lost all the same
                sender.sendto(_message(number), receiver.getsockname())
        receiver.settimeout(QUIET)
        numbers = []
        with suppress(TimeoutError):
            while True:
                numbers.append(int(receiver.recv(SIZE)))
    return _flood(count, numbers, before_waiting=count)


def tcp_flood(count: int = 10_000) -> Flood:
    """Sends the same messages over a connection that nobody reads; reads it once the sender can send no more.

    All arrive, once and in order. The price: the sender has to wait for the receiver. When, differs from system to
    system.
    """
    unsent = b"".join(_message(number) for number in range(count))
    received = bytearray()
    before_waiting = None
    with connection(BUFFER) as (sender, receiver), selectors.DefaultSelector() as selector:
        sender.setblocking(False)
        receiver.setblocking(False)
        selector.register(receiver, selectors.EVENT_READ)
        while len(received) < count * SIZE:
            with suppress(BlockingIOError):
                while unsent:
                    unsent = unsent[sender.send(unsent[:BUFFER]) :]
            if before_waiting is None:
                before_waiting = count - len(unsent) // SIZE
            selector.select()
            received += receiver.recv(BUFFER)
    numbers = [int(received[start : start + SIZE]) for start in range(0, len(received), SIZE)]
    return _flood(count, numbers, before_waiting or 0)


class Call(NamedTuple):
    """A request whose reply never came."""

    ran: bool
    """Whether the server did what was asked: the caller cannot see it."""
    error: str
    """What the caller sees."""


def lost_reply(runs: bool) -> Call:
    """A server takes a request, and dies after it has done it (`runs`), or before; in both cases before it replies.

    When a process dies, its system closes its connections; closing is all that the caller could ever see of it.
    """
    balance = 0
    with connection() as (caller, server):
        caller.sendall(b"deposit 100\n")
        request = server.recv(SIZE)
        if runs:
            balance += int(request.split()[1])
        server.close()
        try:
            if not caller.recv(SIZE):
                raise ConnectionError("the connection was closed before a reply came")
        except ConnectionError as error:
            return Call(balance == 100, f"{type(error).__name__}: {error}")
    raise AssertionError("a closed connection replied")


class Borders(NamedTuple):
    """What a receiver reads, read by read, of messages that were sent one by one."""

    udp: tuple[bytes, ...]
    tcp: tuple[bytes, ...]
    framed: tuple[bytes, ...]
    """Over TCP, with each message's length in front."""


def borders(*messages: bytes) -> Borders:
    """Sends messages, b"one" and b"two" if none are given, and reads once all are there.

    A datagram keeps its borders. TCP carries bytes: it does not know where a message ends, so the messages have to say.
    """
    messages = messages or (b"one", b"two")
    with socket.socket(type=socket.SOCK_DGRAM) as receiver, socket.socket(type=socket.SOCK_DGRAM) as sender:
        receiver.bind(HERE)
        for message in messages:
            sender.sendto(message, receiver.getsockname())
        udp = tuple(receiver.recv(BUFFER) for _ in messages)
    with connection() as (sender, receiver):
        for message in messages:
            sender.sendall(message)
        while len(receiver.recv(BUFFER, socket.MSG_PEEK)) < sum(map(len, messages)):
            pass  # a look that takes nothing out; some are still on their way
        tcp = (receiver.recv(BUFFER),)
    with connection() as (sender, receiver), receiver.makefile("rb") as stream:
        for message in messages:
            sender.sendall(len(message).to_bytes(4, "big") + message)
        framed = tuple(stream.read(int.from_bytes(stream.read(4), "big")) for _ in messages)
    return Borders(udp, tcp, framed)


@contextmanager
def connection(buffer: int | None = None) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a TCP connection on loopback, with buffers of about so many bytes."""
    with socket.socket() as listener, socket.socket() as one:
        for end in (listener, one) if buffer else ():
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer or 0)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer or 0)
        listener.bind(HERE)
        listener.listen()
        one.connect(listener.getsockname())
        other, _ = listener.accept()
        with closing(other):
            yield one, other


def _message(number: int) -> bytes:
    return str(number).encode().ljust(SIZE)


def _flood(sent: int, numbers: list[int], before_waiting: int) -> Flood:
    in_order = all(earlier < later for earlier, later in pairwise(numbers))
    return Flood(sent, len(numbers), len(numbers) - len(set(numbers)), in_order, before_waiting)
