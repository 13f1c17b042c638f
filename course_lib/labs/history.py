"""The history lab: move operations about in time, change what they saw, and watch which models still hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.consistency import Operation, Specification
from course_lib.labs.history_model import HistoryModel
from course_lib.labs.lab import Lab, together
from course_lib.pictures.bars import RIGHT


class HistoryLab(Lab):
    """A live history and its ladder. `history` has reads and writes of registers, by default a ready-made one; `spec`
    is Register(0), or KeyValue(0) where operations have keys.

    Times are whole units here: operations snap to them.
    """

    _esm, _css = together("history.js"), together("history.css")

    def __init__(self, history: Iterable[Operation] | None = None, spec: Specification | None = None) -> None:
        super().__init__(HistoryModel(history, spec))

    def shown(self, problem: bool) -> dict[str, Any]:
        """The picture, the ladder, and the operation that is selected."""
        model = self.model
        canvas = model.canvas()
        first, last = canvas.span
        return {
            "svg": self.picture.svg,
            "unit": (canvas.width - canvas.left - RIGHT) / (last - first),
            "ladder": [{"level": level, "holds": holds} for level, holds, _ in model.ladder.rows()],
            "level": model.level,
            "chosen": model.chosen,
            "operation": model.fields(),
            "processes": list(model.history.processes),
            "examples": list(model.EXAMPLES),
            "example": model.example,
            "undo": bool(model.past),
            "code": model.code(),
        }

    def __repr__(self) -> str:
        return f"<HistoryLab: {self.model.status}>"
