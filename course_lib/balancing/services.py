"""How much work a request is: laws of service times. A server of speed 1 does one unit of work in one unit of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, isfinite

import numpy as np

Draw = Callable[[np.random.Generator, int], np.ndarray]


@dataclass(frozen=True)
class Service:
    """A law: its name, its mean, and `draw(generator, n)`, which gives an array of n works."""

    name: str
    mean: float
    draw: Draw = field(repr=False, compare=False)


def exponential(mean: float = 1.0) -> Service:
    """Without memory: how long it will still take does not depend on how long it has taken."""
    _positive("mean", mean)
    return Service(f"exponential({mean:g})", mean, lambda generator, n: generator.exponential(mean, n))


def constant(work: float = 1.0) -> Service:
    _positive("work", work)
    return Service(f"constant({work:g})", work, lambda generator, n: np.full(n, float(work)))


def bimodal(short: float = 0.5, long: float = 10.5, share: float = 0.05) -> Service:
    """Mostly short, and some long: `share` is that of the long ones."""
    _positive("short", short)
    _positive("long", long)
    if not 0 < share < 1:
        raise ValueError(f"share is that of the long requests, above 0 and below 1, not {share!r}")

    def draw(generator: np.random.Generator, n: int) -> np.ndarray:
        return np.where(generator.random(n) < share, float(long), float(short))

    name = f"bimodal({short:g}, {long:g}, {share:g})"
    return Service(name, short * (1 - share) + long * share, draw)


def heavy_tailed(mean: float = 1.0, shape: float = 2.2) -> Service:
    """Pareto's law: few requests make much of the work. `shape` is above 1; at 2 and below the variance is infinite."""
    _positive("mean", mean)
    if not 1 < shape < inf:
        raise ValueError(f"shape is above 1, or there is no mean, not {shape!r}")
    least = mean * (shape - 1) / shape

    def draw(generator: np.random.Generator, n: int) -> np.ndarray:
        return least * (1 + generator.pareto(shape, n))

    return Service(f"heavy_tailed({mean:g}, {shape:g})", mean, draw)


def as_service(service: Service | float | Draw) -> Service:
    """A number is the mean of an exponential law; a function of (generator, n) gives an array of n works."""
    if isinstance(service, Service):
        return service
    if callable(service):
        return Service(getattr(service, "__name__", "service"), float("nan"), service)
    if isinstance(service, int | float) and not isinstance(service, bool):
        return exponential(service)
    raise TypeError(
        f"service is a law such as exponential(1.0), a mean, or a function of (generator, n), not {service!r}"
    )


def _positive(name: str, value: float) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} is a number, not {value!r}")
    if not (value > 0 and isfinite(value)):
        raise ValueError(f"{name} is above 0, not {value!r}")
