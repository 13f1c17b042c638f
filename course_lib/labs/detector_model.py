"""What the detector lab knows: the reader's setting, what was measured, and what came of the last act. No browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from course_lib.labs.detector_handles import PARTS, handles
from course_lib.labs.detector_setting import FAR, KINDS, Setting
from course_lib.labs.detector_streams import BEATS, RUNS, WARM_UP, Streams
from course_lib.labs.detector_window import window
from course_lib.labs.guard import Refused
from course_lib.labs.lab import perform
from course_lib.pictures import Picture
from course_lib.pictures.detector import COLOURS, alarms_in_words, detector_picture
from course_lib.pictures.detector_curve import Chart, Curve
from course_lib.pictures.detector_reading import Reading, read
from course_lib.pictures.detector_strip import Strip
from course_lib.replication.detector_trade import Point


class DetectorModel:
    """A setting and the reader's acts on it. An act that cannot be done raises Refused, and nothing changes."""

    CHANGES = frozenset(
        (
            "set_detector",
            "set_threshold",
            "set_law",
            "set_mean",
            "set_loss",
            "set_interval",
            "set_seed",
            "drag",
            "nudge",
        )
    )
    LOOKS = frozenset(("drop", "next_alarm", "show_crash"))
    ACTS = CHANGES | LOOKS | {"undo", "reset"}
    chart: Chart
    strip: Strip

    def __init__(self, setting: Setting) -> None:
        self.given = self.setting = setting.checked()
        self.past: list[Setting] = []
        self.sliding = ""  # the slide of which the last act was a part that has changed something
        self.run = 0
        self.at: float | None = None  # the beginning of the false alarm that is looked at; None: the crash
        self._hear(self.setting)
        self._measure(self.setting)
        self._look()
        self.status = self._outcome()

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("set_threshold", to=5)`."""
        if do != self.sliding:
            self.sliding = ""
        perform(self, do, arguments)
        if do == "drag":  # what moved would leave the hand
            self.strip = self._strip(self.strip.window, self.strip.top)
        else:
            self._look()

    # What is set

    def set_detector(self, to: str) -> None:
        """Who watches. Each has the threshold that it had last."""
        self._change(replace(self.setting, detector=to))

    def set_threshold(self, to: float) -> None:
        """When it suspects: seconds of silence, or a phi."""
        self._change(self.setting.with_threshold(to))

    def set_law(self, to: str) -> None:
        """The law of the delays."""
        self._change(replace(self.setting, law=to))

    def set_mean(self, to: float) -> None:
        """The mean delay. All until the next other act are one change to undo."""
        self._slide("set_mean", replace(self.setting, mean=to))

    def set_loss(self, to: float) -> None:
        """The share of the heartbeats that is lost; likewise."""
        self._slide("set_loss", replace(self.setting, loss=to))

    def set_interval(self, to: float) -> None:
        """How often the sender says that it lives."""
        self._change(replace(self.setting, interval=to))

    def set_seed(self, to: int) -> None:
        """Other delays of the same law."""
        self._change(replace(self.setting, seed=to))

    def drag(self, part: str, to: float) -> None:
        """Moves the line to a suspicion, or the point to a mean time to detect, as far as there is room."""
        if part not in PARTS:
            raise Refused(f"One can move {' and '.join(map(repr, PARTS))}, not {part!r}.")
        if isinstance(to, bool) or not isinstance(to, int | float) or not isfinite(to):
            raise Refused(f"It moves to a number, not {to!r}.")
        if part == "point":
            curve = self.chart.curve
            points = sorted((*curve.points, curve.now), key=lambda point: point.threshold)
            later = np.maximum.accumulate([point.detects for point in points])
            to = float(np.interp(to, later, [point.threshold for point in points]))
        self._slide("drag", self._moved(min(to, self.strip.top)))

    def drop(self) -> None:
        """The end of a drag: the picture may move again."""

    def nudge(self, by: float) -> None:
        """The threshold from the keyboard: higher, or lower where `by` is below 0."""
        if isinstance(by, bool) or not isinstance(by, int | float) or not isfinite(by):
            raise Refused(f"It moves by a number, not by {by!r}.")
        moved = self._moved(self.setting.threshold + by)
        if moved == self.setting:
            raise Refused("It cannot go further.")
        self._change(moved)

    # What is looked at

    def next_alarm(self) -> None:
        """Looks at the next false alarm, in this run or a later one, and after the last run in the first."""
        for step in range(RUNS + 1):
            run = (self.run + step) % RUNS
            after = self.at if self.at is not None and step == 0 else -1.0
            starts = [start for start, _ in self._reading(run).alarms if start > after]
            if starts:
                self.run, self.at = run, starts[0]
                self.status = f"Run {run + 1}: suspected at {starts[0]:.2f} s, though it lives."
                return
        raise Refused(f"With this threshold there is no false alarm in {self.streams.beats:,} heartbeats.")

    def show_crash(self) -> None:
        """Looks at the end of a run; asked again, at that of the next run."""
        if self.at is None:
            self.run = (self.run + 1) % RUNS
        self.at = None
        reading = self._reading(self.run)
        self.status = (
            f"Run {self.run + 1}: detected {reading.detected - reading.crash:.2f} s after the crash."
        )

    # Back

    def undo(self) -> None:
        """The setting before the last change."""
        if not self.past:
            raise Refused("There is nothing to undo.")
        before, self.setting = self.setting, self.past.pop()
        self._measure(self.setting)
        self.status = f"Undone: {self.setting.changes(before)}. {self._outcome()}"

    def reset(self) -> None:
        """The setting as it was first."""
        if self.setting == self.given:
            raise Refused("Everything is as it was first.")
        self._change(self.given)

    # What is shown

    @property
    def point(self) -> Point:
        """What was measured of the detector at its threshold."""
        return self.chart.curve.now

    def picture(self) -> Picture:
        """The heartbeats and the curves, without handles."""
        return self._drawn([])

    def live(self) -> Picture:
        """The same with the handles by which a reader moves the threshold."""
        return self._drawn(handles(self.strip, self.chart, self.setting))

    def _drawn(self, held: Sequence[str]) -> Picture:
        title, caption = f"Heartbeats, run {self.run + 1} of {RUNS}", self.setting.caption()
        return detector_picture(self.strip, self.chart, title=title, caption=caption, handles=held)

    def code(self) -> str:
        """Python that measures the point."""
        return self.setting.code()

    def _moved(self, threshold: float) -> Setting:
        low, high = self.setting.kind.limits
        return self.setting.with_threshold(round(max(low, min(threshold, high)), 2))

    def _slide(self, name: str, setting: Setting) -> None:
        before = self.setting
        self._change(setting)
        if self.setting == before:
            return
        if self.sliding:
            self.past.pop()
        self.sliding = name

    def _change(self, setting: Setting) -> None:
        """Shows another setting. Raises Refused where the lab cannot play it."""
        checked, before = setting.checked(), self.setting
        if checked == before:
            return
        self.setting = checked
        self._measure(checked)
        self.past.append(before)
        words = checked.changes(before)
        self.status = f"{words[:1].upper()}{words[1:]}. {self._outcome()}"

    def _hear(self, setting: Setting) -> None:
        """Other heartbeats: the curves are measured again."""
        self.streams = Streams(setting)
        self.curves = {name: self.streams.points(name, setting.curve(name)) for name in KINDS}
        self.known: dict[tuple[str, float], Point] = {}

    def _measure(self, setting: Setting) -> None:
        """Where only a threshold is another, one point is measured."""
        if not setting.hears_the_same(self.streams.setting):
            self._hear(setting)
        curves = []
        for (name, kind), colour in zip(KINDS.items(), COLOURS, strict=True):
            threshold = setting.threshold_of(name)
            if (name, threshold) not in self.known:
                [self.known[name, threshold]] = self.streams.points(name, [threshold])
            now = self.known[name, threshold]
            curves.append(Curve(name, self.curves[name], now, kind.told(threshold), kind.is_phi, colour))
        self.chart = Chart(curves, list(KINDS).index(setting.detector))

    def _look(self) -> None:
        """Moves the strip to what is to be seen, and scales it anew."""
        setting = self.setting
        top = setting.kind.limits[1] if setting.kind.is_phi else FAR * setting.interval
        if setting.threshold > top:
            top = 1.2 * setting.threshold
        strip = self._strip((0.0, 1.0), top)
        self.strip = replace(strip, window=window(strip.reading, self.at))

    def _strip(self, window: tuple[float, float], top: float) -> Strip:
        setting = self.setting
        return Strip(
            self._reading(self.run),
            window,
            setting.threshold,
            top,
            setting.kind.unit,
            setting.kind.told(setting.threshold),
            self.chart.curve.colour,
        )

    def _reading(self, run: int) -> Reading:
        setting = self.setting
        heard, crash = self.streams.runs[run]
        detector = setting.make(setting.detector)(setting.threshold)
        return read(
            detector, heard, sent=WARM_UP + BEATS, interval=setting.interval, crash=crash, warm_up=WARM_UP
        )

    def _outcome(self) -> str:
        """What matters, in a few words."""
        point = self.point
        words = alarms_in_words(self.chart.curve)
        return f"{words[:1].upper()}{words[1:]}; a crash is detected in {point.detects:.2f} s."
