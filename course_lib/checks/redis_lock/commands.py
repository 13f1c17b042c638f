"""Functions that yield Redis commands, as chapter 04 asks for them, and how to run one on a client."""

from collections.abc import Generator, Mapping, Sequence
from itertools import count
from typing import Any

Commands = Generator[tuple[Any, ...], Any, Any]


def run(client: Any, steps: Commands, meanwhile: Mapping[int, Sequence[Any]] | None = None) -> Any:
    """What `steps` returns. Each command that it yields is carried out on `client`, and it is sent the reply.

    `meanwhile={1: [("DEL", "lock")]}`: after the first command somebody else's come: commands, or whole functions of
    commands such as `acquire("lock", "bob", 30)`.
    """
    from redis.exceptions import RedisError

    if not hasattr(steps, "send"):
        raise TypeError(f"{steps!r} is no generator: yield the commands, `reply = yield ('GET', key)`")
    ask, reply = steps.send, None
    with client.client() as own:  # one connection, since WATCH and MULTI belong to a connection
        for number in count():
            try:
                command = ask(reply)
            except StopIteration as end:
                return end.value
            for other in (meanwhile or {}).get(number, ()):
                client.execute_command(*other) if isinstance(other, tuple) else run(client, other)
            try:
                ask, reply = steps.send, own.execute_command(*command)
            except RedisError as error:
                ask, reply = steps.throw, error
