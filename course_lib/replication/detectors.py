"""Failure detectors: is a node that says nothing dead, or late? Nobody can tell. Each detector is a bet on delays.

What one wishes for has two names (T. Chandra and S. Toueg, "Unreliable Failure Detectors for Reliable Distributed
Systems", JACM 43(2), 1996). Completeness: whoever is dead is suspected in the end. Accuracy: whoever lives is not.
Where delays have no bound, no detector has both at once; these two are complete, and wrong now and then.

All times are seconds of one clock, the watcher's own, which never goes back: `time.monotonic()`, or `self.now` of a
node. A detector's state is `vars(detector)`, plain values, so that a node can keep it.
"""

from __future__ import annotations

from math import erfc, inf, isfinite, log, log10, pi, sqrt
from numbers import Real
from statistics import NormalDist
from typing import Any

MICRO = 1_000_000  # gaps are kept as whole microseconds: their sums are exact, however many come and go
LEAST_PHI, MOST_PHI = 0.01, 300.0  # 10 ** -phi is a float, and not 0 or 1, in between


class HeartbeatDetector:
    """Suspects a node of which nothing was heard for `timeout` seconds.

    Args:
        timeout: in seconds, counted from the arrival of the last heartbeat: the sender's clock plays no part.
        since: when the watch begins. A node that never says anything is suspected, too.

    Raises ValueError for a timeout that is not above 0.
    """

    def __init__(self, timeout: float, since: float = 0.0) -> None:
        self.timeout = _above_zero("timeout", timeout)
        self.last = _time(since)
        self.newest: Any = None

    def heartbeat(self, now: float, number: Any = None) -> bool:
        """A heartbeat has arrived. False for one that counts for nothing, since a later one has overtaken it.

        Args:
            number: the sender's, rising: an int, or (life, int) where the sender may start again. Without numbers a
                heartbeat that was sent long ago revives a node that has died since.

        Raises ValueError for a time before the last heartbeat.
        """
        now = _arrival(now, self.last)
        if number is not None:
            if _overtaken(number, self.newest):
                return False
            self.newest = number
        self.last = now
        return True

    def suspects(self, now: float) -> bool:
        """Whether the node is suspected at that time. A heartbeat clears it: a suspicion is no verdict."""
        return _time(now) >= self.deadline()

    def deadline(self) -> float:
        """From when on it suspects, if nothing comes any more."""
        return self.last + self.timeout


class PhiAccrualDetector:
    """Says how strong the suspicion is: phi = -log10 of the chance that a heartbeat comes even later than now.

    At phi 1 a wait this long is one in ten, at phi 8 one in 10 ** 8: *if* the gaps between heartbeats follow the normal
    law whose mean and deviation were measured. N. Hayashibara, X. Defago, R. Yared and T. Katayama, "The Phi Accrual
    Failure Detector", SRDS 2004. The estimate at the start, the least deviation and the outage that is not learnt are
    Akka's, which computes the tail by an approximation (its phi 8 lies at 5.2 deviations, and not at 5.6), adds a pause
    to the mean that it always accepts (3 s in a cluster), and has the phi 0 until the first heartbeat.

    What is not learnt may never be: where gaps have become longer for good, each heartbeat ends an outage. So it is for
    a watcher that slept, too, if all that was held back comes at once and fills the window with gaps of 0.

    Args:
        threshold: the phi from which on it suspects, 0.01 to 300. Akka's and Cassandra's default is 8.
        window: how many gaps are remembered.
        interval: seconds between heartbeats that are expected at first, 10 microseconds or more. It stands in the
            window as two gaps, a quarter above and a quarter below it.
        least_deviation: seconds; gaps that are all alike have the deviation 0, and a wait a little longer would be
            impossible.
        since: when the watch begins.

    Raises ValueError for a number out of its range.
    """

    def __init__(
        self,
        threshold: float = 8.0,
        *,
        window: int = 1000,
        interval: float = 1.0,
        least_deviation: float = 0.1,
        since: float = 0.0,
    ) -> None:
        if not LEAST_PHI <= _above_zero("threshold", threshold) <= MOST_PHI:
            raise ValueError(f"threshold is a phi from {LEAST_PHI} to {MOST_PHI:g}, not {threshold!r}")
        if type(window) is not int or window < 2:
            raise ValueError(f"window is how many gaps are remembered, 2 or more, not {window!r}")
        self.threshold, self.window = float(threshold), window
        self.least_deviation = _above_zero("least_deviation", least_deviation)
        self.last, self.newest, self.heard = _time(since), None, False
        self.gaps: list[int] = []
        self.sum = self.squares = 0
        if not 10 / MICRO <= _above_zero("interval", interval) <= MICRO:
            raise ValueError(f"interval is in seconds, from {10 / MICRO:g} to {MICRO:,}, not {interval!r}")
        for gap in (0.75, 1.25):
            self._remember(gap * interval)

    def heartbeat(self, now: float, number: Any = None) -> bool:
        """As that of `HeartbeatDetector`. An outage that is over is no gap like the others, and is not remembered."""
        now = _arrival(now, self.last)
        if number is not None:
            if _overtaken(number, self.newest):
                return False
            self.newest = number
        if self.heard and not self.suspects(now):
            self._remember(now - self.last)
        self.last, self.heard = now, True
        return True

    def phi(self, now: float) -> float:
        """The suspicion at that time: 0 or a little more while a heartbeat is not yet due, and without a bound."""
        return normal_phi(self._waited(now), self.mean, self.deviation)

    def suspects(self, now: float) -> bool:
        """Whether phi has reached the threshold."""
        return _time(now) >= self.deadline()

    def deadline(self) -> float:
        """From when on it suspects, if nothing comes any more."""
        return self.last + self.mean + self.deviation * standard_deviations(self.threshold)

    @property
    def mean(self) -> float:
        """The mean of the gaps in the window, in seconds; a microsecond, where all came at once."""
        return max(1, self.sum / len(self.gaps)) / MICRO

    @property
    def deviation(self) -> float:
        """Their standard deviation, in seconds, and never below the least."""
        count = len(self.gaps)
        variance = (count * self.squares - self.sum**2) / count**2  # whole numbers above: nothing cancels
        return max(sqrt(variance) / MICRO, self.least_deviation)

    def _waited(self, now: float) -> float:
        return max(0.0, _time(now) - self.last)

    def _remember(self, gap: float) -> None:
        new = round(gap * MICRO)
        old = self.gaps.pop(0) if len(self.gaps) == self.window else 0
        self.gaps.append(new)
        self.sum += new - old
        self.squares += new**2 - old**2


class ExponentialPhiDetector(PhiAccrualDetector):
    """Phi with an exponential law in place of the normal one, as in Cassandra: only the mean counts.

    The law says that heartbeats come at random moments. It is patient: phi 8 takes 8 ln 10 = 18.4 mean gaps.
    """

    def phi(self, now: float) -> float:
        return exponential_phi(self._waited(now), self.mean)

    def deadline(self) -> float:
        return self.last + self.mean * self.threshold * log(10)


def normal_phi(waited: float, mean: float, deviation: float) -> float:
    """-log10 of the chance that a gap of that normal law is longer than `waited`. All in seconds; deviation above 0.

    The tail comes from erfc. 1 minus the distribution is 0 from 8.3 deviations on (phi 16), and its logarithm infinite;
    erfc is 0 from 38 on, and there its expansion for large values takes over.
    """
    x = (waited - mean) / (deviation * sqrt(2))
    if x < 25:
        return max(0.0, -log10(erfc(x) / 2))  # 0.0, and not -0.0
    return (x * x + log(2 * x * sqrt(pi)) - log(1 - 1 / (2 * x * x))) / log(10)


def exponential_phi(waited: float, mean: float) -> float:
    """-log10 of the chance that a gap of the exponential law of that mean is longer than `waited`."""
    return waited / mean / log(10)


def standard_deviations(phi: float) -> float:
    """How many deviations above the mean a normal law has that phi: 5.6 at phi 8."""
    return -NormalDist().inv_cdf(10.0**-phi)


def _above_zero(name: str, value: Any) -> float:
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 < float(value) < inf:
        raise ValueError(f"{name} is a number above 0, not {value!r}")
    return float(value)


def _time(value: Any) -> float:
    if not isinstance(value, Real) or not isfinite(value):
        raise ValueError(f"a time is a number of seconds, not {value!r}")
    return float(value)


def _arrival(now: Any, last: float) -> float:
    time = _time(now)
    if time < last:
        raise ValueError(
            f"a heartbeat arrives at {now!r}, and the last one came at {last!r}: give times in seconds of a clock that "
            "never goes back, as time.monotonic() is"
        )
    return time


def _overtaken(number: Any, newest: Any) -> bool:
    try:
        return bool(newest is not None and number <= newest)
    except TypeError:
        raise TypeError(
            f"a heartbeat has the number {number!r}, and one before it {newest!r}: number all alike"
        ) from None
