"""The trade of `course_lib.replication.detector_trade`, for many runs and thresholds at once: the same points, fast.

A curve of 18 thresholds shows each of 12,500 heartbeats to 18 detectors. Here one step takes the next heartbeat of all
runs to the detectors of all thresholds, with numpy. The class there says what is meant, and a test compares both.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from course_lib.labs.detector_setting import Setting
from course_lib.replication.detector_trade import LAWS, Heard, Point, streams
from course_lib.replication.detectors import MICRO, standard_deviations

BEATS, RUNS, WARM_UP = 200, 50, 50  # as `trade` has them


class Streams:
    """All runs of a setting. An array has a row for each run, and a column for each heartbeat that counts."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.runs: list[tuple[list[Heard], float]] = streams(
            LAWS[setting.law](setting.mean),
            interval=setting.interval,
            loss=setting.loss,
            beats=BEATS,
            runs=RUNS,
            warm_up=WARM_UP,
            seed=setting.seed,
        )
        counting = [_counting(heard) for heard, _ in self.runs]
        longest = max(map(len, counting))
        self.times = np.full((RUNS, longest), np.inf)  # of their arrival; a row that is shorter ends in inf
        self.judged = np.zeros((RUNS, longest), bool)  # whether the warm-up is over
        for row, (heard, places) in enumerate(zip((heard for heard, _ in self.runs), counting, strict=True)):
            self.times[row, : len(places)] = [heard[place][0] for place in places]
            self.judged[row, : len(places)] = [heard[place][1] >= WARM_UP for place in places]
        self.crashes = np.array([crash for _, crash in self.runs])
        learnt = np.where(self.judged | np.isinf(self.times), 0.0, self.times).max(axis=1)
        self.life = float((self.crashes - learnt).sum())  # of all senders, from the end of the warm-up
        self.beats = sum(number >= WARM_UP for heard, _ in self.runs for _, number in heard)

    def points(self, detector: str, thresholds: Sequence[float]) -> list[Point]:
        """A point for each threshold."""
        bound = np.array(thresholds, float)
        watching = _Timeout(bound) if detector == "timeout" else _Phi(bound, self.setting, detector)
        crash = self.crashes[:, None]
        last = np.zeros((RUNS, 1))
        mistakes = np.zeros((RUNS, len(bound)), int)
        wrong = np.zeros((RUNS, len(bound)))
        for column in range(self.times.shape[1]):
            time = self.times[:, column, None]
            came = np.isfinite(time)
            deadline = last + watching.patience()
            over = np.minimum(time, crash) - deadline
            mistaken = came & self.judged[:, column, None] & (over > 0)
            mistakes += mistaken
            wrong += np.where(mistaken, over, 0.0)
            if column:
                watching.learn(np.where(came, time - last, 0.0), came & (time < deadline))
            last = np.where(came, time, last)
        over = crash - (last + watching.patience())
        mistakes += over > 0
        wrong += np.maximum(over, 0.0)
        detected = np.maximum(-over, 0.0)
        return [
            Point(threshold, 1000 * int(alarms) / self.beats, float(share), float(mean), float(worst))
            for threshold, alarms, share, mean, worst in zip(
                thresholds,
                mistakes.sum(axis=0),
                wrong.sum(axis=0) / self.life,
                detected.mean(axis=0),
                detected.max(axis=0),
                strict=True,
            )
        ]


def _counting(heard: Sequence[Heard]) -> list[int]:
    """The places of the heartbeats that none has overtaken."""
    newest, places = -1, []
    for place, (_, number) in enumerate(heard):
        if number > newest:
            newest = number
            places.append(place)
    return places


class _Timeout:
    """The timeouts, which learn nothing."""

    def __init__(self, bound: np.ndarray) -> None:
        self.bound = bound

    def patience(self) -> np.ndarray:
        """How long each waits for the next heartbeat, in seconds."""
        return self.bound

    def learn(self, gaps: np.ndarray, which: np.ndarray) -> None:
        """Which of the detectors take the gap, of which run."""


class _Phi:
    """Both kinds of phi. No window is full before the run ends, so that sums are all there is to remember."""

    def __init__(self, bound: np.ndarray, setting: Setting, detector: str) -> None:
        self.normal, self.least = detector == "phi normal", setting.least_deviation
        z = [standard_deviations(threshold) if self.normal else threshold * log(10) for threshold in bound]
        self.factor = np.array(z)
        first = [round(gap * setting.interval * MICRO) for gap in (0.75, 1.25)]
        shape = (RUNS, len(bound))
        self.count = np.full(shape, 2.0)
        self.sum = np.full(shape, float(sum(first)))
        self.squares = np.full(shape, float(sum(gap**2 for gap in first)))

    def patience(self) -> np.ndarray:
        mean = self.sum / self.count
        if not self.normal:
            return mean * self.factor / MICRO
        variance = np.maximum(self.squares / self.count - mean**2, 0.0)
        return mean / MICRO + np.maximum(np.sqrt(variance) / MICRO, self.least) * self.factor

    def learn(self, gaps: np.ndarray, which: np.ndarray) -> None:
        gap = np.where(which, np.rint(gaps * MICRO), 0.0)
        self.count += which
        self.sum += gap
        self.squares += gap**2
