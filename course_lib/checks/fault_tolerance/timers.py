"""The detector of 10.heartbeat as learners write it by mistake: by which clock it goes, and how exactly it counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import time
from typing import Any

from course_lib.checks.fault_tolerance.heartbeats import Model

# What the sender's clock showed


class FromSend(Model):
    def heard(self, now: float, sent: float) -> float:
        return sent


class TooOld(Model):
    """A heartbeat that has been on its way for too long is none, it thinks, and compares two clocks."""

    def heard(self, now: float, sent: float) -> float:
        return now if now - sent < self.timeout else self.last


class OrdersByClock(Model):
    """What the sender's clock showed last is what was sent last, it thinks."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout)
        self.latest = float("-inf")

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        if sent > self.latest:
            self.latest, self.newest, self.last = sent, number, now


class ByNumberOrClock(OrdersByClock):
    """A higher number, or a later time: either will do."""

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        if number > self.newest or sent > self.latest:
            self.newest, self.last = max(number, self.newest), now
            self.latest = max(sent, self.latest)


class TrustsNoJump(Model):
    """A heartbeat is none if the sender's clock has jumped before it.

    Args:
        is_odd: of the seconds from the time that the clock showed before.
        learns: whether the next one is compared with a time that was odd.
    """

    def __init__(self, timeout: float, is_odd: Callable[[float], bool], learns: bool) -> None:
        super().__init__(timeout)
        self.shown: float | None = None
        self.is_odd, self.learns = is_odd, learns

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        odd = self.shown is not None and self.is_odd(sent - self.shown)
        if not odd:
            super().heartbeat(now, number, sent)
        if self.learns or not odd:
            self.shown = sent


def jumps(limit: float) -> list[Callable[[float], bool]]:
    """That a clock has jumped by more than so many seconds: either way, forward, or back."""
    return [lambda by: abs(by) > limit, lambda by: by > limit, lambda by: by < -limit]


# The time of the machine, in place of what it is told


class OwnClock(Model):
    def begin(self) -> float:
        return time()

    def heard(self, now: float, sent: float) -> float:
        return time()

    def silent(self, now: float) -> float:
        return time() - self.last


class OwnClockFromZero(OwnClock):
    def begin(self) -> float:
        return 0.0


class OwnClockAtHeartbeats(Model):
    def heard(self, now: float, sent: float) -> float:
        return time()


class OwnClockWhenAsked(Model):
    def silent(self, now: float) -> float:
        return time() - self.last


# When the time is up


class AtTheLimit(Model):
    def suspects(self, now: float) -> bool:
        return self.silent(now) > self.timeout


class AnotherTimeout(Model):
    def __init__(self, timeout: float, factor: float = 1, more: float = 0) -> None:
        super().__init__(timeout * factor + more)


class RoundsTheWait(Model):
    def __init__(self, timeout: float, how: Callable[[float], float]) -> None:
        super().__init__(timeout)
        self.how = how

    def silent(self, now: float) -> float:
        return self.how(now - self.last)


class RoundsTheTimes(RoundsTheWait):
    def silent(self, now: float) -> float:
        return self.how(now) - self.how(self.last)


class RoundsTheTimeout(RoundsTheWait):
    def __init__(self, timeout: float, how: Callable[[float], float]) -> None:
        super().__init__(how(timeout), how)

    def silent(self, now: float) -> float:
        return now - self.last


ROUNDED: list[Callable[[float], float]] = [
    int,
    round,
    *(partial(round, ndigits=digits) for digits in (1, 2, 3)),
    lambda seconds: int(seconds * 10) / 10,
]
LESS, MORE = (
    (0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999),
    (1.001, 1.01, 1.05, 1.1, 1.2, 1.25, 1.5, 2),
)
OTHER_TIMEOUTS = [
    *({"factor": factor} for factor in (*LESS, *MORE)),
    *({"more": more} for more in (-1, -0.1, -0.01, -0.001, 0.001, 0.01, 0.1, 1)),
]

MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("timer-from-send", FromSend),
    ("timer-from-send", TooOld),
    ("orders-by-clock", OrdersByClock),
    ("orders-by-clock", ByNumberOrClock),
    *(
        ("clock-was-set", partial(TrustsNoJump, is_odd=is_odd, learns=learns))
        for learns in (True, False)
        for limit in (60, 3600)
        for is_odd in jumps(limit)
    ),
    ("own-clock", OwnClock),
    ("own-clock", OwnClockFromZero),
    ("own-clock", OwnClockAtHeartbeats),
    ("own-clock", OwnClockWhenAsked),
    ("at-the-limit", AtTheLimit),
    *(("another-timeout", partial(AnotherTimeout, **other)) for other in OTHER_TIMEOUTS),
    *(("rounded", partial(RoundsTheWait, how=how)) for how in ROUNDED),
    *(("rounded", partial(RoundsTheTimes, how=how)) for how in ROUNDED),
    *(("rounded", partial(RoundsTheTimeout, how=how)) for how in ROUNDED),
]
