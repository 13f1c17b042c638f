"""The balancer lab: two policies on the same requests, with the load and a slow server at the reader's hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from course_lib.balancing import Report
from course_lib.labs.balancer_model import BalancerModel
from course_lib.labs.balancer_policies import offered
from course_lib.labs.balancer_setting import LOAD, TROUBLES, WORKS, Setting
from course_lib.labs.lab import Lab, together
from course_lib.pictures.balancer import BASE, CAP, CELL, MOST, letter_of
from course_lib.pictures.balancer_charts import LEFT, RIGHT
from course_lib.pictures.balancer_reading import CHECKS, SAMPLES, Side

AGES, LENGTHS = (0, 1, 2, 5, 10, 20), (2_000, 5_000, 12_000, 40_000, 100_000)
ZERO, DEEPEST = ord("0"), 50_000  # a queue as a letter, so that 2,000 of them are a short text


class BalancerLab(Lab):
    """Two policies side by side on the same arrivals.

    Times are in mean service times.

    Args:
        left, right: "random", "round robin", "two choices", "least request", "peak EWMA"; or a learner's class, or a
            function without arguments, that makes something with `choose(servers, request) -> index`.
        servers: how many, 1 to 16; they are called A, B, C and so on.
        load: the rate of requests for each server, 0.05 to 1.2.
        troubled: the letters of servers with which something is wrong.
        trouble: what: "half speed", "a quarter of the speed", "a tenth of the speed" or "fails at once".
        refresh: every so often the policies learn how many requests each server has; 0: they always know.
        work: "exponential", "constant", "bimodal" or "heavy-tailed", each with mean 1.
        requests: how many come, 1,000 to 200,000. Of these percentiles leave out the first tenth.
        seed: of arrivals and work.

    Raises ValueError for anything else, and where a learner's policy fails.
    """

    _esm, _css = together("balancer.js"), together("balancer.css")
    model: BalancerModel

    def __init__(
        self,
        left: Any = "random",
        right: Any = "two choices",
        *,
        servers: int = 8,
        load: float = 0.8,
        troubled: Iterable[str] = (),
        trouble: str = "half speed",
        refresh: float = 0.0,
        work: str = "exponential",
        requests: int = 12_000,
        seed: int = 1,
    ) -> None:
        choices, (one, other) = offered(left, right)
        given = Setting(
            one,
            other,
            servers,
            load,
            tuple(troubled) if isinstance(troubled, Iterable) else troubled,
            trouble,
            refresh,
            work,
            requests,
            seed,
        )
        super().__init__(BalancerModel(given, choices))

    @property
    def reports(self) -> tuple[Report, Report]:
        """Both runs that are shown, without their warm-up."""
        left, right = self.model.sides
        return left.report, right.report

    def code(self) -> str:
        """Python that makes the two runs that are shown."""
        return self.model.code()

    def shown(self, problem: bool) -> dict[str, Any]:
        """The picture, all queues at all samples, and the state of each control."""
        model, setting = self.model, self.model.setting
        return {
            "svg": self.picture.svg,
            "geometry": {"base": BASE, "cell": CELL, "cap": CAP, "left": LEFT, "right": RIGHT},
            "samples": SAMPLES,
            "checks": CHECKS,
            "end": model.sides[0].end,
            "sides": [_side(side) for side in model.sides],
            "policies": list(model.choices),
            "left": setting.left,
            "right": setting.right,
            "load": setting.load,
            "loads": LOAD,
            "servers": [letter_of(index) for index in range(setting.servers)],
            "most": MOST,
            "troubled": setting.troubled,
            "trouble": setting.trouble,
            "troubles": list(TROUBLES),
            "refresh": setting.refresh,
            "ages": sorted({*AGES, setting.refresh}),
            "work": setting.work,
            "works": list(WORKS),
            "requests": setting.requests,
            "lengths": sorted({*LENGTHS, setting.requests}),
            "seed": setting.seed,
            "undo": bool(model.past),
            "changed": setting != model.given,
            "code": model.code(),
        }

    def __repr__(self) -> str:
        return f"<BalancerLab: {self.model.status}>"


def _side(side: Side) -> dict[str, Any]:
    """What scrubbing needs, so that it asks Python for nothing."""
    letters = np.minimum(side.queues, DEEPEST) + ZERO
    return {
        "name": side.name,
        "queues": ["".join(map(chr, row)) for row in letters.tolist()],
        "so_far": side.so_far,
    }
