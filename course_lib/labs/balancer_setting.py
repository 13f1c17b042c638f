"""What a reader sets in the balancer lab, what it means to `simulate`, and what theory says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from course_lib.balancing import (
    Backend,
    Report,
    bimodal,
    constant,
    exponential,
    heavy_tailed,
    simulate,
    theory,
)
from course_lib.balancing.services import Service
from course_lib.labs.balancer_policies import Choice
from course_lib.labs.guard import Refused
from course_lib.pictures.balancer import MOST, letter_of
from course_lib.pictures.balancer_reading import Side, Theory

TROUBLES: Mapping[str, tuple[str, Backend, str]] = {
    "half speed": ("½", Backend(speed=0.5), "Backend(speed=0.5)"),
    "a quarter of the speed": ("¼", Backend(speed=0.25), "Backend(speed=0.25)"),
    "a tenth of the speed": ("⅒", Backend(speed=0.1), "Backend(speed=0.1)"),
    "fails at once": ("✗", Backend(errors=1.0), "Backend(errors=1.0)"),
}
"""What may be wrong with servers: the sign in the picture, the backend, and the code of it."""
WORKS: Mapping[str, tuple[Service, str]] = {
    "exponential": (exponential(), "exponential()"),
    "constant": (constant(), "constant()"),
    "bimodal": (bimodal(), "bimodal()"),
    "heavy-tailed": (heavy_tailed(), "heavy_tailed()"),
}
"""Laws of work, each with mean 1, and the code of each."""
LOAD, REFRESH, REQUESTS = (0.05, 1.2), (0.0, 100.0), (1_000, 200_000)


@dataclass(frozen=True)
class Setting:
    """`load` is the rate of requests for each server, `refresh` the age of load information in mean service times."""

    left: str = "random"
    right: str = "two choices"
    servers: int = 8
    load: float = 0.8
    troubled: tuple[str, ...] = ()
    trouble: str = "half speed"
    refresh: float = 0.0
    work: str = "exponential"
    requests: int = 12_000
    seed: int = 1

    def checked(self, policies: Iterable[str]) -> Setting:
        """The same in the lab's own form. Raises Refused for what the lab cannot play."""
        _one_of("A policy", self.left, policies)
        _one_of("A policy", self.right, policies)
        _one_of("The trouble", self.trouble, TROUBLES)
        _one_of("The work", self.work, WORKS)
        servers = _whole("Servers", self.servers, (1, MOST))
        return replace(
            self,
            load=round(_number("The load", self.load, LOAD), 4),
            refresh=round(_number("The age of load information", self.refresh, REFRESH), 4),
            requests=_whole("Requests", self.requests, REQUESTS),
            seed=_whole("The seed", self.seed, (0, 10**9)),
            troubled=_letters(self.troubled, servers),
        )

    @property
    def rate(self) -> float:
        """All laws of work have mean 1, so the load of a server is the rate of its requests."""
        return round(self.load * self.servers, 6)

    @property
    def capacity(self) -> float:
        """What the servers can do in a unit of time; those that fail do nothing."""
        trouble = TROUBLES[self.trouble][1]
        each = 0.0 if trouble.errors else float(trouble.speed)
        return self.servers - len(self.troubled) * (1 - each)

    def backends(self) -> list[Backend]:
        letters = map(letter_of, range(self.servers))
        return [TROUBLES[self.trouble][1] if letter in self.troubled else Backend() for letter in letters]

    def run(self, choice: Choice) -> Report:
        """The whole run of a policy, warm-up and all."""
        return choice.guarded(
            lambda policy: simulate(
                policy,
                servers=self.backends(),
                rate=self.rate,
                requests=self.requests,
                service=WORKS[self.work][0],
                refresh=self.refresh,
                seed=self.seed,
                warmup=0,
            )
        )

    def side(self, choice: Choice) -> Side:
        return Side(choice.name, self.run(choice), self.theory(choice.name))

    @property
    def plain(self) -> bool:
        """Whether it is what theory is about: equal servers, exponential work, queues that do not grow for ever."""
        return not self.troubled and self.work == "exponential" and self.load < 1

    def theory(self, policy: str) -> Theory | None:
        """Random choice and round robin ask for no load, so that it may be as old as it wants."""
        rho, servers = self.load, self.servers
        if not self.plain:
            return None
        # By their names in queueing theory; the last is the limit of many servers.
        if policy == "random":
            return Theory("M/M/1", theory.random_mean(rho), lambda q: theory.random_quantile(rho, q))
        if policy == "round robin":
            mean = theory.round_robin_mean(rho, servers)
            return Theory(f"E{servers}/M/1", mean, lambda q: theory.round_robin_quantile(rho, q, servers))
        if policy == "two choices" and not self.refresh:
            return Theory(
                "n → ∞", theory.two_choices_mean(rho), lambda q: theory.two_choices_quantile(rho, q)
            )
        return None

    def bound(self) -> float | None:
        """The mean latency of one queue before all servers, which no policy beats."""
        return theory.one_queue_mean(self.load, self.servers) if self.plain else None

    def signs(self) -> dict[int, str]:
        """What the picture shows below each server with whom something is wrong."""
        return {
            index: TROUBLES[self.trouble][0]
            for index in range(self.servers)
            if letter_of(index) in self.troubled
        }

    def caption(self) -> str:
        """What the requests and servers are like, in words."""
        told = [f"{self.requests:,} requests of {self.work} work, load {self.load:.0%}".replace("%", " %")]
        if self.refresh:
            told.append(f"load information every {self.refresh:g}")
        if self.troubled:
            told.append(f"{', '.join(self.troubled)}: {self.trouble}")
        return "; ".join(told)

    def code(self, left: Choice, right: Choice) -> str:
        """Python that makes both runs."""
        backend, work = TROUBLES[self.trouble][2], WORKS[self.work][1]
        servers = f"[Backend()] * {self.servers}"
        if self.troubled:
            letters = map(letter_of, range(self.servers))
            servers = f"[{', '.join(backend if one in self.troubled else 'Backend()' for one in letters)}]"
        ours = {choice.kind for choice in (left, right) if choice.ours}
        names = ", ".join(sorted({"Backend", work.partition("(")[0], "simulate", *ours}))
        return (
            f"from course_lib.balancing import {names}\n\n"
            f"servers = {servers}\n"
            f"reports = [\n"
            f"    simulate(policy, servers=servers, rate={self.rate!r}, requests={self.requests}, service={work}, "
            f"refresh={self.refresh!r}, seed={self.seed})\n"
            f"    for policy in ({left.kind}(), {right.kind}())\n"
            f"]\n"
        )

    def changes(self, other: Setting) -> str:
        """What is other than in another setting, in words."""
        told = []
        if (self.left, self.right) != (other.left, other.right):
            told.append(f"{self.left} beside {self.right}")
        if self.servers != other.servers:
            told.append(f"{self.servers} servers")
        if self.load != other.load:
            told.append(f"load {self.load:.0%}".replace("%", " %"))
        if (self.troubled, self.trouble) != (other.troubled, other.trouble):
            told.append(
                f"{', '.join(self.troubled)}: {self.trouble}" if self.troubled else "no server in trouble"
            )
        if self.refresh != other.refresh:
            told.append(
                f"load information every {self.refresh:g}" if self.refresh else "fresh load information"
            )
        if self.work != other.work:
            told.append(f"{self.work} work")
        if self.requests != other.requests:
            told.append(f"{self.requests:,} requests")
        if self.seed != other.seed:
            told.append(f"seed {self.seed}")
        return ", ".join(told)


def _one_of(what: str, value: Any, names: Iterable[str]) -> None:
    names = list(names)
    if value not in names:  # it may be anything, a list too
        raise Refused(f"{what} is {', '.join(map(repr, names))}, not {value!r}.")


def _number(what: str, value: Any, limits: tuple[float, float]) -> float:
    low, high = limits
    fits = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if not fits or not low <= value <= high:
        raise Refused(f"{what} is a number from {low:g} to {high:g}, not {value!r}.")
    return float(value)


def _whole(what: str, value: Any, limits: tuple[int, int]) -> int:
    if type(value) is not int or not limits[0] <= value <= limits[1]:
        raise Refused(f"{what}: a whole number from {limits[0]:,} to {limits[1]:,}, not {value!r}.")
    return value


def _letters(given: Any, servers: int) -> tuple[str, ...]:
    """In the order of the alphabet, each once."""
    known = [letter_of(index) for index in range(servers)]
    found = list(given) if isinstance(given, Iterable) else [given]
    if not all(each in known for each in found):
        raise Refused(f"Servers in trouble are some of {', '.join(known)}, not {given!r}.")
    return tuple(letter for letter in known if letter in found)
