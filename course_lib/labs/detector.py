"""The detector lab: drag the threshold of a failure detector, and see false alarms turn into time to detect."""

from __future__ import annotations

from typing import Any

from course_lib.labs.detector_model import DetectorModel
from course_lib.labs.detector_setting import KINDS, LOSS, MEAN, Setting
from course_lib.labs.guard import Refused
from course_lib.labs.lab import Lab, together
from course_lib.replication.detector_trade import LAWS, Point

INTERVALS = (0.2, 0.5, 1.0, 2.0, 5.0)
LONGEST = 2.0  # seconds of mean delay that the slider reaches


class DetectorLab(Lab):
    """Failure detectors on the same heartbeats: what one of them makes of a run, and what each threshold costs.

    What is measured is 50 runs of 200 heartbeats, after 50 to learn from; then the sender crashes. It is what
    `course_lib.replication.detector_trade.trade` measures.

    Args:
        detector: "timeout", "phi normal" or "phi exponential".
        threshold: when it suspects: seconds of silence for a timeout, 0.05 to 100; a phi for the others, 0.5 to 12.
            None: 3 s, or phi 8.
        law: of the delays: "steady", "uniform", "normal", "exponential" or "heavy-tailed".
        mean: seconds of delay on average, 0.01 to 5.
        loss: the share of heartbeats that is lost, 0 to 0.5.
        interval: seconds between two heartbeats, 0.1 to 10.
        seed: of delays, losses and crashes.

    Raises ValueError for anything else.
    """

    _esm, _css = together("detector.js"), together("detector.css")
    model: DetectorModel

    def __init__(
        self,
        detector: str = "phi normal",
        threshold: float | None = None,
        *,
        law: str = "exponential",
        mean: float = 0.3,
        loss: float = 0.0,
        interval: float = 1.0,
        seed: int = 1,
    ) -> None:
        given = Setting(detector, law=law, mean=mean, loss=loss, interval=interval, seed=seed)
        given.checked()
        super().__init__(DetectorModel(given if threshold is None else given.with_threshold(threshold)))

    @property
    def point(self) -> Point:
        """What was measured of the detector that is chosen: `.alarms`, `.wrong`, `.detects`, `.worst`."""
        return self.model.point

    def points(self, detector: str | None = None) -> list[Point]:
        """The whole curve of a detector, of the one that is chosen where none is named. Raises ValueError."""
        name = self.model.setting.detector if detector is None else detector
        if name not in list(KINDS):
            raise Refused(f"The detector is {', '.join(map(repr, KINDS))}, not {name!r}.")
        return list(self.model.curves[name])

    def code(self) -> str:
        """Python that measures the point."""
        return self.model.code()

    def shown(self, problem: bool) -> dict[str, Any]:
        """The picture, where its handles are, and what the inputs say."""
        model, setting = self.model, self.model.setting
        return {
            "svg": model.live().svg,
            "places": {"line": setting.threshold, "point": model.point.detects},
            "units": {"line": model.strip.unit_high, "point": model.chart.unit},
            "detector": setting.detector,
            "detectors": list(KINDS),
            "unit": setting.kind.unit,
            "threshold": setting.threshold,
            "limits": setting.kind.limits,
            "law": setting.law,
            "laws": list(LAWS),
            "mean": setting.mean,
            "means": (MEAN[0], max(LONGEST, setting.mean)),
            "loss": setting.loss,
            "losses": LOSS,
            "interval": setting.interval,
            "intervals": sorted({*INTERVALS, setting.interval}),
            "seed": setting.seed,
            "undo": bool(model.past),
            "changed": setting != model.given,
            "code": model.code(),
        }

    def __repr__(self) -> str:
        return f"<DetectorLab: {self.model.status}>"
