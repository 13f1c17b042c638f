"""What the course remembers about its learner: one JSON object a line, in `.course/record.jsonl` beside the notebooks.

Nothing here leaves the machine. Where there is no `.course` folder (tests, nbgrader), nothing is remembered.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = ".course"
OFF = "COURSE_RECORD_OFF"  # set while `course check` grades: a grading is not the learner's own try


def find(start: Path | str | None = None) -> Path | None:
    """The nearest `.course` folder, from `start` (or the working directory) upward; None where there is none."""
    here = Path(start or Path.cwd()).resolve()
    return next((place / FOLDER for place in (here, *here.parents) if (place / FOLDER).is_dir()), None)


def append(kind: str, **fields: Any) -> None:
    """Adds a line with the time in UTC; does nothing without a `.course` folder.

    Two kernels may append at once: a line is one write to a file opened for appending.
    """
    folder = find()
    if folder is None or os.environ.get(OFF):
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"kind": kind, "time": now, **fields}, ensure_ascii=False) + "\n"
    with (folder / "record.jsonl").open("ab+", buffering=0) as file:
        file.write(_mend(file) + line.encode())


def _mend(file: Any) -> bytes:
    """A line break if the last write was cut short, so that the torn line does not take ours with it."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


def read(kind: str | None = None, start: Path | str | None = None) -> list[dict[str, Any]]:
    """The remembered lines, oldest first, of one kind or all; a torn or foreign line is passed over."""
    folder = find(start)
    if folder is None or not (folder / "record.jsonl").exists():
        return []
    text = (folder / "record.jsonl").read_text(encoding="utf-8", errors="replace")
    lines = [line for line in map(_parse, text.splitlines()) if line is not None]
    return [line for line in lines if kind is None or line.get("kind") == kind]


def _parse(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
