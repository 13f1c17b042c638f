"""Load for real servers: the requests of `simulate`, at the same times and with the same work, sent by a client.

    plan = draw(rate=400, requests=800, service=0.004, seed=1)
    print(send(plan, proxy.port).report())

All times are in seconds. Latency is measured from the time at which a request was due, not from when the client came to
send it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from course_lib.balancing.live.client import Outcome
from course_lib.balancing.report import Report
from course_lib.balancing.services import Draw, Service, as_service
from course_lib.paths import ROOT

SPARE = 30.0  # seconds that a client has beyond what it needs at most


@dataclass(frozen=True)
class Plan:
    """When each request is due, how much work it is, and its key."""

    times: np.ndarray
    work: np.ndarray
    keys: list[str]


@dataclass
class Served:
    """What a server had to do, for the report."""

    index: int
    served: int
    busy: float


class LoadFailed(RuntimeError):
    """The client could not do its work; the message says why."""


def draw(
    *,
    rate: float,
    requests: int,
    service: Service | float | Draw = 0.005,
    seed: int = 0,
    keys: Callable[[np.random.Generator, int], np.ndarray] | None = None,
) -> Plan:
    """Draws requests beforehand, as `simulate` does under the same arguments (where its servers have no `errors`).

    Args:
        rate: requests a second. requests: how many. service: seconds of work, a law or the mean of an exponential one.
        seed: of all of it. keys: a function of (generator, n) that gives the keys; None: each has a key of its own.
    """
    if not 0 < rate < inf:
        raise ValueError(f"rate is the number of requests a second, above 0, not {rate!r}")
    if type(requests) is not int or requests < 1:
        raise ValueError(f"requests is how many are sent, 1 or more, not {requests!r}")
    generator = np.random.default_rng(seed)
    times = np.cumsum(generator.exponential(1 / rate, requests))
    work = np.asarray(as_service(service).draw(generator, requests), float)
    named: Any = range(requests) if keys is None else keys(generator, requests).tolist()
    return Plan(times, work, [f"{key}" for key in named])


class Sent:
    """What came of a plan: when each request was `sent` and `ended`, by whom (`chosen`), and whether it `failed`."""

    def __init__(self, plan: Plan, outcomes: list[Outcome]) -> None:
        self.plan = plan
        self.sent = np.array([outcome.sent for outcome in outcomes])
        self.ended = np.array([outcome.ended for outcome in outcomes])
        self.chosen = np.array([outcome.backend for outcome in outcomes])
        self.failed = np.array([not 200 <= outcome.status < 300 for outcome in outcomes])
        self.worked = np.array([outcome.worked for outcome in outcomes])

    @property
    def late(self) -> float:
        """By how much the client was late at worst, in seconds. Of an open-loop client: the error of measurement."""
        return float((self.sent - self.plan.times).max())

    def report(self, warmup: float = 0.1) -> Report:
        """With latencies from when a request was due. Of servers it has those up to the last one that answered."""
        return self._report(self.plan.times, warmup)

    def omitting(self, warmup: float = 0.1) -> Report:
        """The same, with latencies from when a request was sent: what a client that waits for answers would tell."""
        return self._report(self.sent, warmup)

    def _report(self, since: np.ndarray, warmup: float) -> Report:
        servers = []
        for index in range(self.chosen.max() + 1):
            its = self.chosen == index
            servers.append(Served(index, int(its.sum()), float(self.worked[its].sum())))
        return Report(since, self.ended, self.chosen, self.failed, servers, warmup)  # type: ignore[arg-type]


def send(plan: Plan, port: int, *, clients: int | None = None, patience: float = 10.0) -> Sent:
    """Has another process send the requests to a port of loopback.

    Args:
        clients: None: an open loop, each request at its time. A number: a closed loop of so many clients.
        patience: seconds after which a request without answer has failed.

    Raises ValueError for a bad argument, LoadFailed where no request was answered or the client itself failed.
    """
    if clients is not None and (type(clients) is not int or clients < 1):
        raise ValueError(
            f"clients is how many wait for answers, 1 or more, or None for an open loop, not {clients!r}"
        )
    if not patience > 0:
        raise ValueError(f"patience is a number of seconds above 0, not {patience!r}")
    orders = list(zip(plan.times.tolist(), plan.work.tolist(), plan.keys, strict=True))
    told = json.dumps({"port": port, "clients": clients, "patience": patience, "orders": orders})
    # In the worst case each client's requests take all their patience, one after the other.
    rounds = 1 if clients is None else 1 + len(orders) // clients
    longest = float(plan.times[-1]) + patience * rounds + SPARE
    try:
        done = subprocess.run(
            [sys.executable, "-m", "course_lib.balancing.live.client"],
            input=told,
            capture_output=True,
            text=True,
            timeout=longest,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    except subprocess.TimeoutExpired:
        raise LoadFailed(f"the client did not come to an end in {longest:g} s") from None
    if done.returncode:
        raise LoadFailed(f"the client failed: {' | '.join(done.stderr.strip().splitlines()[-2:])}")
    outcomes = [Outcome(*each) for each in json.loads(done.stdout)]
    if all(outcome.status == 0 for outcome in outcomes):
        raise LoadFailed(
            f"port {port} gave no answer to any of {len(outcomes)} requests: does a proxy listen there?"
        )
    return Sent(plan, outcomes)
