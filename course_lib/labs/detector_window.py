"""Which seconds of a run the detector lab shows."""

from __future__ import annotations

from math import floor

from course_lib.pictures.detector_reading import Reading

SHOWN, BEFORE = 36, 12  # intervals that are shown, and how many of them before a false alarm
AFTER, ROOM = (10, 20, 40, 80, 160), 5  # after a crash, and of that after its detection, for words


def window(reading: Reading, alarm: float | None = None) -> tuple[float, float]:
    """From and until which second: round a false alarm that begins at `alarm`, or else round the crash."""
    interval = reading.interval
    if alarm is not None:
        start = floor(alarm / interval) - BEFORE
        return round(start * interval, 6), round((start + SHOWN) * interval, 6)
    needed = (reading.detected - reading.crash) / interval + ROOM
    after = next((room for room in AFTER if room >= needed), AFTER[-1])
    crash = floor(reading.crash / interval)
    return round((crash - max(SHOWN - after, BEFORE)) * interval, 6), round((crash + after) * interval, 6)
