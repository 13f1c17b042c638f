"""The processes of some `backend` servers: described as those of the simulation, started together, stopped by id.

with backends([1, 1, Backend(speed=0.2)]) as servers:
    print(ports(servers))
"""

from __future__ import annotations

import http.client
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from course_lib.balancing.live.backend import SETTINGS
from course_lib.balancing.servers import Backend
from course_lib.paths import ROOT
from course_lib.servers.process import Server, free_port, running
from course_lib.servers.programs import version


class BackendServer(Server):
    """One of them. `index` tells it apart, in the header `Backend` of its answers too."""

    program = "backend"

    def __init__(self, index: int, backend: Backend, service: float, folder: Path, patience: float) -> None:
        super().__init__(Path(sys.executable), folder, free_port(), patience)
        self.index, self.backend, self.service = index, backend, service

    def command(self) -> list[str]:
        options = {"index": self.index, "service": self.service}
        options |= {name.replace("_", "-"): getattr(self.backend, name) for name in SETTINGS}
        words = [f"--{name}={value}" for name, value in options.items()]
        return [str(self.binary), "-m", "course_lib.balancing.live.backend", str(self.port), *words]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT)}

    @property
    def version(self) -> str:
        return version(self.binary)

    def set(self, **settings: float) -> dict[str, Any]:
        """Changes its `speed`, its share of `errors` or their `error_time`; gives what it is like then.

        Raises ValueError with its words where it refuses, OSError where it is not there.
        """
        return self._settings("POST", urlencode(settings))

    def told(self) -> dict[str, Any]:
        """What it is like: its settings, pid, and since its start the requests `served` and the seconds `busy`."""
        return self._settings("GET", "")

    def _settings(self, method: str, body: str) -> dict[str, Any]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            link.request(method, "/settings", body)
            answer = link.getresponse()
            words = answer.read().decode()
        finally:
            link.close()
        if answer.status != 200:
            raise ValueError(f"backend {self.index} refused: {words}")
        state: dict[str, Any] = json.loads(words)
        return state

    def answers(self) -> bool:
        try:
            return bool(self.told()["pid"] == self.pid)  # whoever took the port before us would answer, too
        except (OSError, ValueError, KeyError, http.client.HTTPException):
            return False


@contextmanager
def backends(
    servers: int | Iterable[Backend | float], *, service: float = 0.005, patience: float = 20.0
) -> Iterator[list[BackendServer]]:
    """Runs so many servers on loopback while the block lasts, each in a process of its own.

    Args:
        servers: as in `simulate`: how many, or one by one, a `Backend` or the weight of one.
        service: mean seconds of work of a request that does not say how much it is.
        patience: seconds that they have to come up.

    Raises ValueError for what a process cannot be, ServerFailed where one does not come up.
    """
    each = [Backend()] * servers if isinstance(servers, int) else servers
    described = [one if isinstance(one, Backend) else Backend(weight=one) for one in each]
    if not described:
        raise ValueError("servers is how many there are, 1 or more, or a list of them; there is none")
    if not service > 0:
        raise ValueError(f"service is a number of seconds above 0, not {service!r}")
    for backend in described:
        if callable(backend.speed):
            raise ValueError(
                "the speed of a process is a number, not a function: change it with server.set(speed=...)"
            )
        if backend.joins or backend.leaves != inf:
            raise ValueError(
                "a process is there from the start: leave out joins and leaves, and use server.kill()"
            )

    def make(folder: Path) -> list[BackendServer]:
        return [
            BackendServer(index, backend, service, folder / f"{index}", patience)
            for index, backend in enumerate(described)
        ]

    with running("backends", make) as started:
        yield list(started)


def ports(servers: Sequence[BackendServer]) -> dict[int, float]:
    """The weight of each port, as a proxy wants to know it."""
    return {server.port: server.backend.weight for server in servers}
