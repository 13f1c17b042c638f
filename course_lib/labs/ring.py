"""The ring lab: add, remove and weigh nodes, follow a key to its nodes, and see which keys a change moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.labs.lab import Lab, together
from course_lib.labs.ring_model import RingModel

# A slider in equal steps would hide what happens between 1 and 10 virtual nodes.
SCALE = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100, 125, 160, 200, 250, 320)


class RingLab(Lab):
    """A live ring of `nodes` (names) with `vnodes` points each, `keys` (a number, or the keys themselves) and
    `replicas` nodes a key.

    It drives `ring`: a class or function `(nodes)` or `(nodes, vnodes=, weights=)`, or an instance, of which it
    changes only copies. None is the course's own HashRing. What it drives needs `lookup(key)`; `lookup_many(keys)`,
    `add(node)`, `remove(node)` and `preference_list(key, n)` are used where there are. It shows a ring where there
    is `points`, a method or a list, of (place, node). Its places are below `size`, or 2**`bits`, or 2**64; a key
    lies at `place(key)`, or else at the course's hash of it modulo the number of places.
    """

    _esm, _css = together("ring.js"), together("ring.css")

    def __init__(
        self,
        ring: Any = None,
        *,
        nodes: Iterable[str] | None = None,
        vnodes: int | None = None,
        keys: int | Iterable[str] = 1000,
        replicas: int = 3,
    ) -> None:
        super().__init__(RingModel(ring, nodes, vnodes, keys, replicas))

    def shown(self, problem: bool) -> dict[str, Any]:
        """The picture and the state of each control."""
        model, setting = self.model, self.model.setting
        looks = model.looks()
        return {
            "svg": self.picture.svg,
            "nodes": [
                {"name": node, "weight": setting.weights.get(node, 1), **looks[node]._asdict()}
                for node in setting.nodes
            ],
            "vnodes": setting.vnodes,
            "scale": sorted({*SCALE, setting.vnodes}),
            "probe": setting.probe,
            "replicas": len(setting.stops) if problem else min(setting.replicas, len(setting.nodes)),
            "way": "ring" if setting.subject is model.subject else "modulo",
            "ways": {"ring": model.subject.name, "modulo": "Modulo"},
            "missing": setting.subject.missing(setting.placement),
        }

    def __repr__(self) -> str:
        return f"<RingLab of {self.model.subject.name}: {self.model.status}>"
