"""As much of HTTP/1.1 as these servers need: a head, a body with a length, and connections that are kept.

RFC 9112. A message without `Content-Length` has no body here. One in chunks is refused, and so is HEAD, whose answer
has a length and no body.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

HERE = "127.0.0.1"  # loopback, and nothing else
LARGEST = 1 << 16  # bytes of a head, and of a body
REASONS = {200: "OK", 400: "Bad Request", 500: "Internal Server Error", 502: "Bad Gateway"}
REASONS |= {503: "Service Unavailable", 504: "Gateway Timeout"}
# What concerns one connection and not the message: it is not passed on (RFC 9110, 7.6.1).
OF_THE_CONNECTION = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"}


class BadMessage(ValueError):
    """What came is no HTTP that is understood here; the text says why."""


@dataclass(frozen=True)
class Message:
    """A request or an answer. `start` is its first line, such as "GET /42 HTTP/1.1"; names of headers are small."""

    start: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return self._second_word()

    @property
    def status(self) -> int:
        """Raises BadMessage where the answer has none."""
        word = self._second_word()
        if not (word.isascii() and word.isdecimal()):
            raise BadMessage(f"an answer has a status, such as 200, not {self.start[:80]!r}")
        return int(word)

    @property
    def closes(self) -> bool:
        """Whether the connection ends with this message."""
        return "close" in self.headers.get("connection", "").lower() or "HTTP/1.0" in self.start

    def passed_on(self) -> Message:
        """The message for the next connection."""
        dropped = OF_THE_CONNECTION | {
            name.strip().lower() for name in self.headers.get("connection", "").split(",")
        }
        kept = {name: value for name, value in self.headers.items() if name not in dropped}
        return Message(self.start, kept, self.body)

    def encode(self) -> bytes:
        headers = {**self.headers, "content-length": len(self.body)}
        lines = [self.start, *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body

    def _second_word(self) -> str:
        words = self.start.split(" ")
        if len(words) < 3 or "HTTP/1." not in self.start:
            raise BadMessage(f"no first line of HTTP: {self.start[:80]!r}")
        return words[1]


def request(method: str, path: str, body: bytes = b"", **headers: object) -> Message:
    return Message(f"{method} {path} HTTP/1.1", {"host": HERE, **_text(headers)}, body)


def answer(status: int, body: str = "", **headers: object) -> Message:
    return Message(f"HTTP/1.1 {status} {REASONS.get(status, '')}", _text(headers), body.encode())


def _text(headers: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in headers.items()}


async def read(reader: asyncio.StreamReader) -> Message | None:
    """The next message of a connection; None where it has ended. Raises BadMessage, and OSError where it broke."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        start, *lines = head.decode("latin-1").split("\r\n")[:-2]
        if start.startswith("HEAD "):
            raise BadMessage("HEAD is not understood here: ask with GET")
        headers: dict[str, str] = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not name or name != name.strip():
                raise BadMessage(f"no header: {line[:80]!r}")
            name, value = name.lower(), value.strip()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return Message(start, headers, await reader.readexactly(_length(headers)))
    except asyncio.LimitOverrunError:
        raise BadMessage(f"a head of more than {LARGEST:,} bytes") from None
    except asyncio.IncompleteReadError as end:
        if end.partial:
            raise BadMessage("the connection ended in the middle of a message") from None
        return None


def _length(headers: dict[str, str]) -> int:
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers:
        raise BadMessage("a body in chunks is not understood here: give it a Content-Length")
    if not (length.isascii() and length.isdecimal() and int(length) <= LARGEST):
        raise BadMessage(f"Content-Length is 0 to {LARGEST:,}, not {length[:20]!r}")
    return int(length)


class Connections:
    """Connections to one port of loopback. Each carries one request at a time, and is kept for the next."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, asked: Message) -> Message:
        """The answer. Raises BadMessage, and OSError where nobody listens or the connection breaks."""
        reader, writer = await self._take()
        kept = False
        try:
            writer.write(asked.encode())
            answered = await read(reader)
            if answered is None:
                raise ConnectionResetError("the server closed the connection and gave no answer")
            kept = not answered.closes
            return answered
        finally:
            if kept:
                self.idle.append((reader, writer))
            else:  # also where the request was given up: an answer that comes later would be taken for the next one's
                writer.close()

    async def _take(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self.idle:
            reader, writer = self.idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(HERE, self.port, limit=LARGEST)

    def close(self) -> None:
        for _, writer in self.idle:
            writer.close()
        self.idle.clear()
