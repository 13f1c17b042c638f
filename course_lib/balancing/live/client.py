"""A client in a process of its own. It is told what to send and when, in JSON, and says how it went.

An open-loop client sends each request at its time, whatever became of those before: so do many users who know nothing
of each other. A closed-loop client sends the next one when it has its answer. While the server is stuck it waits with
it, and so it leaves out the very requests that would have suffered. G. Tene calls that coordinated omission ("How NOT
to Measure Latency", 2013); B. Schroeder, A. Wierman and M. Harchol-Balter, "Open Versus Closed", NSDI 2006.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from course_lib.balancing.live.wire import BadMessage, Connections, request

LEAD = 0.05  # seconds before the first request, so that all of them are ready
NOBODY = -1  # in place of the index of the server that answered, where none did


class Order(NamedTuple):
    """A request to come: at which second it is due, how many seconds of work it is, and its key."""

    due: float
    work: float
    key: str


class Outcome(NamedTuple):
    """When it was sent and when answered, in seconds since the start; its status, or 0; who worked how long on it."""

    sent: float
    ended: float
    status: int = 0
    backend: int = NOBODY
    worked: float = 0.0


class Client:
    def __init__(self, port: int, patience: float) -> None:
        self.connections, self.patience = Connections(port), patience
        self.clock = asyncio.get_running_loop().time
        self.start = self.clock() + LEAD

    async def open_loop(self, orders: Sequence[Order]) -> list[Outcome]:
        return await asyncio.gather(*(self.when_due(order) for order in orders))

    async def closed_loop(self, orders: Sequence[Order], clients: int) -> list[Outcome]:
        """So many clients share the orders; whoever is free takes the next one, and waits until it is due."""
        outcomes: dict[int, Outcome] = {}
        waiting = iter(enumerate(orders))

        async def client() -> None:
            for number, order in waiting:
                outcomes[number] = await self.when_due(order)

        await asyncio.gather(*(client() for _ in range(clients)))
        return [outcomes[number] for number in range(len(orders))]

    async def when_due(self, order: Order) -> Outcome:
        await asyncio.sleep(self.start + order.due - self.clock())
        sent = self.clock() - self.start
        try:
            async with asyncio.timeout(self.patience):
                answer = await self.connections.ask(request("GET", f"/{quote(order.key)}", work=order.work))
        except (OSError, BadMessage, TimeoutError):
            return Outcome(sent, self.clock() - self.start)  # no answer is an outcome, too
        backend, worked = answer.headers.get("backend", NOBODY), answer.headers.get("worked", 0)
        return Outcome(sent, self.clock() - self.start, answer.status, int(backend), float(worked))


async def main() -> None:
    told = json.load(sys.stdin)
    orders = [Order(*each) for each in told["orders"]]
    client = Client(told["port"], told["patience"])
    gc.disable()  # a collection would hold up what is due meanwhile
    if told["clients"]:
        outcomes = await client.closed_loop(orders, told["clients"])
    else:
        outcomes = await client.open_loop(orders)
    client.connections.close()
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
