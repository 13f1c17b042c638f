"""The Redis that the checks of chapter 04 use: fakeredis as version 7.0, and what a command looks like."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from course_lib.checks.question import Question
from course_lib.checks.result import Result

READS = {"GET", "EXISTS", "TTL", "PTTL", "TYPE", "WATCH", "UNWATCH", "MULTI", "DISCARD", "TIME", "PING"}
"""Some that change no key."""
WAITING = {
    "BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BZPOPMIN", "BZPOPMAX", "BLMPOP", "BZMPOP", "XREAD",
    "XREADGROUP", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "MONITOR", "WAIT", "CLIENT", "SELECT", "QUIT",
}  # fmt: skip
"""Those that wait, or change the connection: none is needed, and some would never end."""

OF_SCRIPTS = {
    "script-fails": "A script is Lua, and knows KEYS and ARGV, but none of Python's names. It is `if a == b then ... end`; for unequal one writes ~=.",
    "pasted-in": "A text that is pasted into a script becomes part of the program, and a quote in it ends the string. Hand it over as an argument: ARGV[1].",
}
"""What can be wrong with a script: `Caller` finds it out."""


@dataclass
class OnRedis(Question):
    """A question whose answer runs on Redis, which is loaded before the time for the answer begins."""

    def judge(self, given: Sequence[Any]) -> Result:
        import fakeredis  # noqa: F401
        import time_machine  # noqa: F401

        return super().judge(given)


class Redis:
    """A server that can be made empty again, with its connections: to make new ones takes longer than a scene."""

    def __init__(self) -> None:
        from fakeredis import FakeServer

        self.server = FakeServer(version=(7,))
        self.connections: list[Any] = []
        self.used = 0

    def connect(self) -> Any:
        from fakeredis import FakeRedis

        if self.used == len(self.connections):
            self.connections.append(FakeRedis(server=self.server))
        self.used += 1
        return self.connections[self.used - 1]

    def empty(self) -> None:
        """As if it had just started."""
        from redis.exceptions import ResponseError

        for connection in self.connections[: self.used]:
            with suppress(ResponseError):  # where no transaction is open
                connection.execute_command("DISCARD")
            connection.execute_command("UNWATCH")
        if self.used:
            for what in (("FLUSHALL",), ("SCRIPT", "FLUSH"), ("FUNCTION", "FLUSH")):
                self.connections[0].execute_command(*what)
        self.used = 0


class Connection:
    """A client's own connection. As in Redis 7, a watched key that has expired counts as changed; fakeredis overlooks that."""

    def __init__(self, redis: Redis, eye: Any) -> None:
        self.client, self.eye = redis.connect(), eye
        self.watched: list[Any] = []

    def execute(self, command: Sequence[Any]) -> Any:
        """The reply, as redis-py gives it. Raises RedisError."""
        name = name_of(command)
        gone = name == "EXEC" and not all(self.eye.exists(key) for key in self.watched)
        if name in ("EXEC", "DISCARD", "UNWATCH"):
            self.watched = []
        if gone:
            self.client.execute_command("DISCARD")
            return None
        reply = self.client.execute_command(*command)
        if name == "WATCH":
            self.watched += [key for key in command[1:] if self.eye.exists(key)]
        return reply


def name_of(command: Sequence[Any]) -> str:
    """`SET`, of `("set", ...)`."""
    first = text(command[0])
    return (first.split() or [""])[0].upper()


def words(command: Sequence[Any]) -> str:
    """`SET lock ann-7 NX EX 30`; of a script only its beginning."""
    parts = [" ".join(text(part).split()) for part in command]
    return " ".join(part if len(part) < 25 else f"{part[:20]}..." for part in parts)


def text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
