"""False alarms against time to detect: what a threshold buys, for delays of any law.

How often a node that lives comes under suspicion, for what share of the time, and how long it takes until a crash is
detected: three measures of W. Chen, S. Toueg and M. Aguilera, "On the Quality of Service of Failure Detectors", IEEE
Transactions on Computers 51(5), 2002, which has three more.

A law of delays is a function from u, drawn evenly from [0, 1), to seconds: what `Network(latency=...)` takes, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, inf, log
from random import Random
from statistics import NormalDist, fmean

from course_lib.replication.detectors import HeartbeatDetector, PhiAccrualDetector, standard_deviations

Law = Callable[[float], float]
Detector = HeartbeatDetector | PhiAccrualDetector
Heard = tuple[float, int]
"""When a heartbeat arrived, and its number."""


def steady(delay: float) -> Law:
    """Always the same."""
    return lambda u: delay


def uniform(mean: float) -> Law:
    """Anything from 0 to twice the mean, evenly."""
    return lambda u: 2 * mean * u


def normal(mean: float) -> Law:
    """The bell curve, of a deviation a quarter of the mean; below 0 it is 0."""
    law = NormalDist(mean, mean / 4)
    return lambda u: max(0.0, law.inv_cdf(u)) if u > 0 else 0.0


def exponential(mean: float) -> Law:
    """Short ones mostly, and a tail that falls by the factor e with each mean."""
    return lambda u: -mean * log(1 - u)


def heavy(mean: float) -> Law:
    """Pareto's law of shape 1.5: one delay in 1,000 is more than 33 times the mean, and its deviation is infinite."""
    return lambda u: mean / 3 * (1 - u) ** (-1 / 1.5)


LAWS: dict[str, Callable[[float], Law]] = {
    "steady": steady,
    "uniform": uniform,
    "normal": normal,
    "exponential": exponential,
    "heavy-tailed": heavy,
}
"""By name, each a function from the mean, in seconds."""


def arrivals(law: Law, beats: int, *, interval: float = 1.0, loss: float = 0.0, seed: int = 0) -> list[Heard]:
    """When the heartbeats arrive that are sent every `interval` seconds from 0 on, in the order in which they do.

    Each draws its own delay, so one may overtake another; a share `loss` of them never arrives, 0 to below 1.
    """
    if not 0 <= loss < 1:
        raise ValueError(f"loss is a share of the heartbeats, from 0 to below 1, not {loss!r}")
    random = Random(f"heartbeats/{seed}")
    drawn = [(number, random.random(), random.random()) for number in range(beats)]
    return sorted((number * interval + law(u), number) for number, lost, u in drawn if lost >= loss)


def with_gaps(law: Law, beats: int, *, seed: int = 0) -> list[Heard]:
    """The same where the law is that of the *gaps* between arrivals: with `exponential` they come at random moments."""
    random = Random(f"gaps/{seed}")
    return [
        (time, number) for number, time in enumerate(accumulate(law(random.random()) for _ in range(beats)))
    ]


@dataclass(frozen=True)
class Watch:
    """What a detector made of one stream of heartbeats."""

    mistakes: int
    """How often it came to suspect the sender while that lived."""
    wrong: float
    """For how many seconds it did."""
    detected: float
    """Seconds from the crash until it suspected the sender for good."""


def watch(detector: Detector, heard: Iterable[Heard], crash: float = inf) -> Watch:
    """Shows a detector the heartbeats of a sender that crashes at `crash`. What it sent before may arrive later."""
    mistakes, wrong = 0, 0.0
    for time, number in heard:
        suspected = detector.deadline()
        if detector.heartbeat(time, number) and suspected < min(time, crash):
            mistakes, wrong = mistakes + 1, wrong + min(time, crash) - suspected
    suspected = detector.deadline()
    if suspected < crash < inf:
        mistakes, wrong = mistakes + 1, wrong + crash - suspected
    return Watch(mistakes, wrong, max(0.0, suspected - crash))


@dataclass(frozen=True)
class Point:
    """One threshold on the curve of the trade."""

    threshold: float
    alarms: float
    """False alarms per 1,000 heartbeats that arrive."""
    wrong: float
    """The share of its life for which a sender was suspected, 0 to 1."""
    detects: float
    """Seconds from a crash to its detection, on average."""
    worst: float
    """The same at worst."""


def trade(
    detector: Callable[[float], Detector],
    law: Law,
    thresholds: Sequence[float],
    *,
    interval: float = 1.0,
    loss: float = 0.0,
    beats: int = 200,
    runs: int = 50,
    warm_up: int = 50,
    seed: int = 0,
) -> list[Point]:
    """The curve: for each threshold, false alarms and time to detect. The same heartbeats for each of them.

    Args:
        detector: makes one of a threshold: `HeartbeatDetector`, `PhiAccrualDetector`, `ExponentialPhiDetector`.
        law: of the delays.
        beats: heartbeats of a run that count; after the last one the sender crashes, at a random moment before the next
            is due.
        warm_up: heartbeats before those, which a detector learns from and is not judged by.

    Raises ValueError for a loss, an interval or a number out of its range, and where no heartbeat arrives that counts.
    """
    for name, value, least in (("beats", beats, 1), ("runs", runs, 1), ("warm_up", warm_up, 0)):
        if not isinstance(value, int) or value < least:
            raise ValueError(f"{name} is a whole number from {least} on, not {value!r}")
    if not 0 < interval < inf:
        raise ValueError(f"interval is in seconds, above 0, not {interval!r}")
    watched = streams(law, interval=interval, loss=loss, beats=beats, runs=runs, warm_up=warm_up, seed=seed)
    if not any(number >= warm_up for heard, _ in watched for _, number in heard):
        raise ValueError(
            f"of {beats * runs} heartbeats none arrives with loss={loss!r}: lose less, or send more"
        )
    return [_point(detector, threshold, watched, warm_up) for threshold in thresholds]


def streams(
    law: Law, *, interval: float, loss: float, beats: int, runs: int, warm_up: int, seed: int
) -> list[tuple[list[Heard], float]]:
    """What `trade` measures: of each run, what is heard and when the sender crashes."""
    found = []
    for run in range(runs):
        heard = arrivals(law, warm_up + beats, interval=interval, loss=loss, seed=seed * runs + run)
        found.append((heard, (warm_up + beats - Random(f"crash/{seed}/{run}").random()) * interval))
    return found


def end_of_warm_up(heard: Sequence[Heard], warm_up: int) -> int:
    """From which place on heartbeats count: from the first to arrive of those that are sent after the warm-up."""
    return next((place for place, (_, number) in enumerate(heard) if number >= warm_up), len(heard))


def _point(
    detector: Callable[[float], Detector],
    threshold: float,
    streams: Sequence[tuple[list[Heard], float]],
    warm_up: int,
) -> Point:
    watches, life = [], 0.0
    for heard, crash in streams:
        one, first = detector(threshold), end_of_warm_up(heard, warm_up)
        for time, number in heard[:first]:
            one.heartbeat(time, number)
        life += crash - one.last
        watches.append(watch(one, heard[first:], crash))
    beats = sum(number >= warm_up for heard, _ in streams for _, number in heard)
    return Point(
        threshold,
        alarms=1000 * sum(one.mistakes for one in watches) / beats,
        wrong=sum(one.wrong for one in watches) / life,
        detects=fmean(one.detected for one in watches),
        worst=max(one.detected for one in watches),
    )


def suspicion(detector: PhiAccrualDetector, heard: Iterable[Heard], times: Iterable[float]) -> list[float]:
    """Phi at each of `times`, which rise, while the heartbeats arrive: the saw that a picture shows."""
    waiting, phis = iter(heard), []
    coming = next(waiting, None)
    for time in times:
        while coming is not None and coming[0] <= time:
            detector.heartbeat(*coming)
            coming = next(waiting, None)
        phis.append(detector.phi(time))
    return phis


def chance_if_exponential(threshold: float) -> float:
    """The chance that an exponential gap reaches that phi of the normal law with the same mean and deviation.

    Phi promises 10 ** -threshold. The deviation of an exponential law is its mean. So the threshold, z deviations above
    the mean, lies at 1 + z means, and the chance of a longer gap is exp(-(1 + z)): 1.3e-3 at phi 8, not 1e-8. A
    detector does worse still: the gaps that it took for outages are the longest, and it has not learnt them.

    Raises ValueError for a phi that no detector takes.
    """
    PhiAccrualDetector(threshold)
    return exp(-(1 + standard_deviations(threshold)))
