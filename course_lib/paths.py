"""Where things are: the repository, the learner's folder, the chapters."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "work"


class Chapter(NamedTuple):
    number: str  # "03"
    name: str  # "03_consistent_hashing"
    title: str  # "Consistent hashing"


def chapters(root: Path = ROOT) -> list[Chapter]:
    """The chapters that have a lesson in book/, in order."""
    lessons = sorted((root / "book").glob("[0-9][0-9]_*/lesson.md"))
    return [Chapter(lesson.parent.name[:2], lesson.parent.name, _title(lesson)) for lesson in lessons]


def _title(lesson: Path) -> str:
    """The lesson's first heading; a number before it ("03 · ", "3. ") is left out."""
    heading = re.search(r"^# +(.+?) *$", lesson.read_text(encoding="utf-8"), re.MULTILINE)
    if heading is None:
        return lesson.parent.name[3:].replace("_", " ").capitalize()
    return re.sub(r"^(Chapter +)?\d+ *[.:·–—-]? *", "", heading[1])
