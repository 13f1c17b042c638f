"""A scene: one Redis, a clock that is moved by hand, one lock, and what has happened to it so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from course_lib.checks.redis_lock.server import Redis
from course_lib.sim import Trace

HOP = 0.01  # seconds that a message takes


class Lock(NamedTuple):
    """What a key holds, or None, and when that ends: seconds since the beginning, or None where it does not."""

    value: str | None
    end: float | None


class Move(NamedTuple):
    """A command that was carried out for somebody, and the lock before and after it."""

    name: str
    command: tuple[Any, ...]
    reply: Any
    before: Lock
    after: Lock


class Scene:
    """What actors play in. `eye` is the check's own connection."""

    def __init__(self, redis: Redis, clock: Any, key: str) -> None:
        redis.empty()
        self.redis, self.clock, self.key = redis, clock, key
        self.eye = redis.connect()
        self.now = 0.0
        self.fast = 0.0
        """Seconds by which the callers' own clocks are ahead of Redis'."""
        self.actors: list[Any] = []
        self.moves: list[Move] = []
        self.story: list[str] = []
        self.beginning = "client = FakeRedis()"
        self._seen: Lock | None = None
        self._rows: list[tuple[Any, ...]] = []
        self._sent: dict[str, int] = {}

    def held_by(self, token: str, seconds: float | None) -> None:
        """From the beginning somebody has the lock, so long or without an end."""
        milliseconds = None if seconds is None else round(seconds * 1000)
        self.eye.set(self.key, token, px=milliseconds)
        self.changed()
        lasts, px = ("", "") if seconds is None else (f" for {seconds:g} s", f", px={milliseconds}")
        self.story.append(f"{self.key!r} holds {token!r}{lasts or ', without an end'}")
        self.beginning += f"; client.set({self.key!r}, {token!r}{px})"

    @contextmanager
    def at_the_caller(self) -> Iterator[None]:
        """Meanwhile the clock says what a caller's own says."""
        self.clock.shift(self.fast)
        try:
            yield
        finally:
            self.clock.shift(-self.fast)

    def pass_time(self, seconds: float) -> None:
        self.clock.shift(seconds)
        self.now = round(self.now + seconds, 6)

    def changed(self) -> None:
        """The lock may be another one now."""
        self._seen = None

    def lock(self) -> Lock:
        """The lock now; Redis is asked only where it may be another one."""
        if self._seen is None or (self._seen.end is not None and self.now >= self._seen.end):
            self._seen = self._look()
        return self._seen

    def _look(self) -> Lock:
        from redis.exceptions import ResponseError

        try:
            value = self.eye.get(self.key)
        except ResponseError:
            value = b"(no text)"
        left = self.eye.pttl(self.key)
        if value is None or left == 0:  # at its last moment fakeredis still has it, and Redis not
            return Lock(None, None)
        return Lock(value.decode(errors="replace"), None if left < 0 else round(self.now + left / 1000, 3))

    # as a story, as a picture, and to be played again

    def message(self, sender: str, to: str, said: str) -> None:
        """A message, which takes its time."""
        link = f"{sender}>{to}"
        number = self._sent[link] = self._sent.get(link, 0) + 1
        self.note("send", sender, to, said, f"{link}#{number}")
        self.pass_time(HOP)
        self.note("deliver", to, sender, said, f"{link}#{number}")

    def note(self, kind: str, node: str, peer: str | None = None, said: str = "", id: str = "") -> None:
        self._rows.append((round(self.now * 1e6), kind, node, peer, Words(said), id or None, ""))

    def trace(self) -> Trace:
        """As if it had been a run of nodes."""
        names = [actor.name for actor in self.actors]
        return Trace((*names[:1], "redis", *names[1:]), self._rows, end=self.now)

    def replay(self) -> str:
        """Python that does it again, with the names that the exercise gives; nothing where clocks differ."""
        if self.fast:
            return ""
        call = self.actors[0].replay() if self.actors else ""
        return f"{self.beginning}; {call}" if call else ""


class Words(str):
    """What is written on an arrow, without quotation marks."""

    __repr__ = str.__str__
