# %% right: a deque, and sums
from collections import deque
from math import erfc, log10, sqrt


class Phi:
    def __init__(self, window, least):
        self.least = least
        self.times = deque(maxlen=window + 1)

    def heartbeat(self, now):
        self.times.append(now)

    def phi(self, now):
        times = list(self.times)
        gaps = [later - earlier for earlier, later in zip(times, times[1:])]
        if len(gaps) <= 1:
            return 0
        mean = sum(gaps) / len(gaps)
        variance = sum((gap - mean) ** 2 for gap in gaps) / len(gaps)
        x = (now - times[-1] - mean) / (max(sqrt(variance), self.least) * sqrt(2))
        chance = 0.5 * erfc(x)
        return 300 if chance < 1e-300 else -log10(chance)


# %% right: the mean of the squares, and never a root of less than 0
import math


class Phi:
    def __init__(self, window, least):
        self.window, self.least = window, least
        self.arrived = []

    def heartbeat(self, now):
        self.arrived = self.arrived[-self.window :] + [now]

    def phi(self, now):
        gaps = [b - a for a, b in zip(self.arrived, self.arrived[1:])]
        if len(gaps) < 2:
            return 0.0
        n = len(gaps)
        mean = sum(gaps) / n
        sd = math.sqrt(max(0.0, sum(gap * gap for gap in gaps) / n - mean * mean))
        if sd < self.least:
            sd = self.least
        tail = math.erfc((now - self.arrived[-1] - mean) / sd / math.sqrt(2)) / 2
        return min(300.0, -math.log10(tail)) if tail > 0 else 300.0


# %% wrong: one-minus-cdf
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = 1 - (1 + erf(d / sqrt(2))) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: one-minus-cdf (and the logarithm of 0)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = 1 - (1 + erf(d / sqrt(2))) / 2
        return -log10(chance)


# %% wrong: one-minus-cdf (by the other end)
from math import erf, log10, sqrt
from statistics import fmean, pstdev


class Phi:
    def __init__(self, window, least):
        self.window, self.least = window, least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            self.gaps = self.gaps[-self.window :]
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        chance = (1 + erf((mean - (now - self.last)) / (deviation * sqrt(2)))) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: log-of-zero
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(chance)


# %% wrong: log-of-zero (infinite)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(chance) if chance else float("inf")


# %% wrong: caps-only-zero
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(chance or 1e-300)


# %% wrong: not-the-tail
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = (1 + erf(d / sqrt(2))) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: two-sided
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2))
        return -log10(max(chance, 1e-300))


# %% wrong: no-root-of-two
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: natural-log
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log(max(chance, 1e-300))


# %% wrong: exponential
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        waited = now - self.last
        return waited / mean / log(10)


# %% wrong: zero-deviation
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = pstdev(self.gaps)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: zero-deviation (only where it is 0)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = pstdev(self.gaps) or self.least
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: zero-deviation (0 is no suspicion)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = pstdev(self.gaps)
        if deviation == 0:
            return 0.0
        deviation = max(deviation, self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: adds-the-least
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = pstdev(self.gaps) + self.least
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: sample-deviation
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(stdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: root-of-less-than-0
import math


class Phi:
    def __init__(self, window, least):
        self.window, self.least = window, least
        self.arrived = []

    def heartbeat(self, now):
        self.arrived = self.arrived[-self.window :] + [now]

    def phi(self, now):
        gaps = [b - a for a, b in zip(self.arrived, self.arrived[1:])]
        if len(gaps) < 2:
            return 0.0
        n = len(gaps)
        mean = sum(gaps) / n
        sd = math.sqrt(sum(gap * gap for gap in gaps) / n - mean * mean)
        if sd < self.least:
            sd = self.least
        tail = math.erfc((now - self.arrived[-1] - mean) / sd / math.sqrt(2)) / 2
        return min(300.0, -math.log10(tail)) if tail > 0 else 300.0


# %% wrong: root-of-less-than-0 (by fmean)
from math import erfc, log10, sqrt
from statistics import fmean


class Phi:
    def __init__(self, window, least):
        self.window, self.least = window, least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            self.gaps = self.gaps[-self.window :]
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(sqrt(fmean([gap**2 for gap in self.gaps]) - mean**2), self.least)
        chance = erfc((now - self.last - mean) / deviation / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: another-measure
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps) ** 2, self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: another-measure (the median)
from math import erf, erfc, log, log10, sqrt
from statistics import median, pstdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = median(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: outage-in-window
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        gaps = (self.gaps + [now - self.last])[-self.window :]
        mean = fmean(gaps)
        deviation = max(pstdev(gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: outage-in-window (asking changes it)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        self.gaps.append(now - self.last)
        self.gaps = self.gaps[-self.window :]
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: whole-history
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: counts-heartbeats
from collections import deque
from math import erfc, log10, sqrt
from statistics import fmean, pstdev


class Phi:
    def __init__(self, window, least):
        self.least = least
        self.times = deque(maxlen=window)

    def heartbeat(self, now):
        self.times.append(now)

    def phi(self, now):
        times = list(self.times)
        gaps = [later - earlier for earlier, later in zip(times, times[1:])]
        if len(gaps) < 2:
            return 0.0
        d = (now - times[-1] - fmean(gaps)) / max(pstdev(gaps), self.least)
        return -log10(max(erfc(d / sqrt(2)) / 2, 1e-300))


# %% wrong: nothing-at-0
from math import erfc, log10, sqrt
from statistics import fmean, pstdev


class Phi:
    def __init__(self, window, least):
        self.window, self.least = window, least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last:
            self.gaps.append(now - self.last)
            self.gaps = self.gaps[-self.window :]
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        chance = erfc((now - self.last - mean) / deviation / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: gap-from-zero
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = 0

    def heartbeat(self, now):
        if True:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: too-few (one gap)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if not self.gaps:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: too-few (does not look)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: too-few (a full window)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < self.window:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% wrong: not-its-own (in globals, which each new one empties)
from math import erfc, log10, sqrt
from statistics import fmean, pstdev

gaps = []
last = None


class Phi:
    def __init__(self, window, least):
        global gaps, last
        self.window, self.least = window, least
        gaps = []
        last = None

    def heartbeat(self, now):
        global gaps, last
        if last is not None:
            gaps = [*gaps, now - last][-self.window :]
        last = now

    def phi(self, now):
        if len(gaps) < 2:
            return 0.0
        x = (now - last - fmean(gaps)) / (max(pstdev(gaps), self.least) * sqrt(2))
        return -log10(max(erfc(x) / 2, 1e-300))


# %% wrong: not-its-own (a list in the class, which is never emptied)
from math import erfc, log10, sqrt
from statistics import fmean, pstdev


class Phi:
    gaps = []
    last = None

    def __init__(self, window, least):
        self.window, self.least = window, least

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            del self.gaps[: -self.window]
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        x = (now - self.last - fmean(self.gaps)) / (max(pstdev(self.gaps), self.least) * sqrt(2))
        return -log10(max(erfc(x) / 2, 1e-300))


# %% wrong: another-phi (a plus for a minus)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.append(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last + mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))


# %% error: raised (no such method)
from math import erf, erfc, log, log10, sqrt
from statistics import fmean, pstdev, stdev


class Phi:
    def __init__(self, window, least):
        self.window = window
        self.least = least
        self.gaps = []
        self.last = None

    def heartbeat(self, now):
        if self.last is not None:
            self.gaps.add(now - self.last)
            if len(self.gaps) > self.window:
                self.gaps.pop(0)
        self.last = now

    def phi(self, now):
        if len(self.gaps) < 2:
            return 0.0
        mean = fmean(self.gaps)
        deviation = max(pstdev(self.gaps), self.least)
        d = (now - self.last - mean) / deviation
        chance = erfc(d / sqrt(2)) / 2
        return -log10(max(chance, 1e-300))
