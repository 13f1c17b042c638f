"""A server in a process of its own: one request at a time, first come, first served.

    python -m course_lib.balancing.live.backend PORT --index 0 --service 0.005 --speed 0.2

`GET /anything` is work: so many seconds as the header `Work` says, divided by the server's speed; without that header,
exponential with mean `--service`. The answer's headers are `Backend`, the server's index, and `Worked`, the seconds.
`POST /settings` with a body such as `speed=0.2&errors=1` slows it down, or makes it fail fast; `GET /settings` tells
what it is like, and what it has done.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import fields, replace
from math import isfinite
from random import Random
from urllib.parse import parse_qsl

from course_lib.balancing.live.wire import HERE, LARGEST, BadMessage, Message, answer, read
from course_lib.balancing.servers import Backend

SETTINGS = ("speed", "errors", "error_time")  # of a Backend: what can be changed while it runs


class Worker:
    """What the process does. `backend` says what it is like, as in the simulation; times are in seconds."""

    def __init__(self, index: int, backend: Backend, service: float = 0.005) -> None:
        self.index, self.backend, self.service = index, backend, service
        self.random = Random(index)
        self.free = self.busy = 0.0  # when all that is here will be done; how long it has worked in all
        self.served = 0

    async def answer(self, asked: Message) -> Message:
        try:
            if asked.path == "/settings":
                return self.settings(asked.body.decode("latin-1"))
            work = self.work_of(asked)
        except ValueError as error:
            return answer(400, f"{error}")
        self.served += 1
        if self.random.random() < self.backend.errors:
            await asyncio.sleep(self.backend.error_time)
            return answer(503, "fails", backend=self.index)
        worked = await self.work(work)
        return answer(200, "done", backend=self.index, worked=worked)

    async def work(self, seconds: float) -> float:
        """Waits for its turn, then works; how long it has worked.

        Who comes first is served first, so it is known at once when a request will be done: after all that are here. It
        sleeps until then rather than computes, since this machine has fewer processors than we want servers.
        """
        now = asyncio.get_running_loop().time()
        took = seconds / self.backend.speed  # type: ignore[operator]  # a process's speed is a number
        self.free = max(self.free, now) + took
        self.busy += took
        await asyncio.sleep(self.free - now)
        return took

    def work_of(self, asked: Message) -> float:
        if (told := asked.headers.get("work")) is None:
            return self.random.expovariate(1 / self.service)
        work = number("Work", told)
        if not (isfinite(work) and work >= 0):
            raise ValueError(f"Work is a number of seconds, 0 or more, not {told!r}")
        return work

    def settings(self, changes: str) -> Message:
        told = dict(parse_qsl(changes, strict_parsing=True)) if changes else {}
        if unknown := told.keys() - set(SETTINGS):
            raise ValueError(
                f"there is no {', '.join(sorted(unknown))} to set; there are {', '.join(SETTINGS)}"
            )
        self.backend = replace(self.backend, **{name: number(name, value) for name, value in told.items()})
        state = {name: getattr(self.backend, name) for name in SETTINGS}
        state |= {"pid": os.getpid(), "index": self.index, "served": self.served, "busy": self.busy}
        return answer(200, json.dumps(state))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until it ends."""
        try:
            while (asked := await read(reader)) is not None:
                writer.write((await self.answer(asked)).encode())
                await writer.drain()
                if asked.closes:
                    break
        except BadMessage as error:
            writer.write(answer(400, f"{error}", connection="close").encode())
        except OSError:
            pass  # it broke, as connections do
        finally:
            writer.close()


def number(name: str, told: str) -> float:
    try:
        return float(told)
    except ValueError:
        raise ValueError(f"{name} is a number, not {told!r}") from None


async def main(words: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(
        prog="backend", description="A server that works so long as it is told."
    )
    options.add_argument("port", type=int)
    options.add_argument("--index", type=int, default=0)
    options.add_argument("--service", type=float, default=0.005, help="mean work in seconds")
    for option in fields(Backend):
        if option.name in SETTINGS:
            options.add_argument(f"--{option.name.replace('_', '-')}", type=float, default=option.default)
    told = options.parse_args(words)
    backend = Backend(**{name: getattr(told, name) for name in SETTINGS})
    worker = Worker(told.index, backend, told.service)
    server = await asyncio.start_server(worker.serve, HERE, told.port, limit=LARGEST, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
