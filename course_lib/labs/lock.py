"""The lock lab: drag a pause and the TTL, watch two believe at once, and let the counter check their fences."""

from __future__ import annotations

from typing import Any

from course_lib.labs.lab import Lab, together
from course_lib.labs.lock_model import LockModel
from course_lib.labs.lock_setting import FENCING, PARTS, Setting
from course_lib.pictures.lease_story import Together
from course_lib.sim import Trace


class LockLab(Lab):
    """Two workers who count under a lock that expires, one of whom stands still for a while.

    Args:
        ttl: seconds for which the server lends the lock, 0.1 to 30.
        work: seconds between a worker's read and its write, 0 to 10.
        pause: when ann stands still, from and until, in seconds, 0 to 30; None where she does not.
        fencing: what the counter refuses by its fence: "off" (nothing), "writes" or "reads and writes".

    Raises ValueError for anything else.
    """

    _esm, _css = together("lock.js"), together("lock.css")
    model: LockModel

    def __init__(
        self,
        ttl: float = 10.0,
        work: float = 4.0,
        pause: tuple[float, float] | None = (2.0, 15.0),
        fencing: str = "off",
    ) -> None:
        super().__init__(LockModel(Setting(ttl, work, pause, fencing)))

    @property
    def trace(self) -> Trace:
        """The run that is shown. It goes on where an invariant breaks."""
        return self.model.trace

    @property
    def both_believe(self) -> tuple[Together, ...]:
        """When several workers believed that they had the lock: who, from and until, in seconds."""
        return self.model.story.together

    @property
    def value(self) -> int:
        """The counter at the end; it should be the number of `writes`."""
        return self.model.story.value

    @property
    def writes(self) -> int:
        """How many writes the counter has accepted."""
        return len(self.model.story.accepted)

    def code(self) -> str:
        """Python that makes the run that is shown."""
        return self.model.code()

    def shown(self, problem: bool) -> dict[str, Any]:
        """The picture, where its handles are, and what the inputs say."""
        model, setting = self.model, self.model.setting
        return {
            "svg": model.live().svg,
            "unit": model.drawing().unit,
            "places": {part: setting.place(part) for part in PARTS},
            "pauses": setting.pause is not None,
            "work": setting.work,
            "fencing": setting.fencing,
            "fencings": list(FENCING),
            "undo": bool(model.past),
            "changed": setting != model.given,
            "code": model.code(),
        }

    def __repr__(self) -> str:
        return f"<LockLab: {self.model.status}>"
