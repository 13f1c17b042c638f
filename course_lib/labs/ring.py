"""The ring lab: add, remove and weigh nodes, follow a key to its nodes, and see which keys a change moves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_lib.labs.ring_model import RingModel
from course_lib.labs.subject import Refused
from course_lib.pictures import Picture

# A slider in equal steps would hide what happens between 1 and 10 virtual nodes.
SCALE = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100, 125, 160, 200, 250, 320)


class RingLab(anywidget.AnyWidget):
    """A live ring of `nodes` (names) with `vnodes` points each, `keys` (a number, or the keys themselves) and
    `replicas` nodes a key.

    It drives `ring`: a class or function `(nodes)` or `(nodes, vnodes=, weights=)`, or an instance, of which it
    changes only copies. None is the course's own HashRing. What it drives needs `lookup(key)`; `lookup_many(keys)`,
    `add(node)`, `remove(node)` and `preference_list(key, n)` are used where there are. It shows a ring where there
    is `points`, a method or a list, of (place, node). Its places are below `size`, or 2**`bits`, or 2**64; a key
    lies at `place(key)`, or else at the course's hash of it modulo the number of places.

    What a reader does in the browser is `act` in Python. What cannot be done raises Refused, a ValueError, and the
    lab stays as it was.
    """

    _esm = Path(__file__).with_name("ring.js")
    _css = Path(__file__).with_name("ring.css")
    frame = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        ring: Any = None,
        *,
        nodes: Iterable[str] | None = None,
        vnodes: int | None = None,
        keys: int | Iterable[str] = 1000,
        replicas: int = 3,
    ) -> None:
        self.model = RingModel(ring, nodes, vnodes, keys, replicas)
        super().__init__(frame=self._frame())
        self.on_msg(self._on_act)

    @property
    def picture(self) -> Picture:
        """What the lab shows now."""
        return self.model.picture()

    def act(self, do: str, **arguments: Any) -> None:
        """What a reader can do, as `lab.act("remove", node="C")`; RingModel has the acts."""
        self.model.act(do, **arguments)
        self.frame = self._frame()

    def _on_act(self, _: Any, content: Any, buffers: Any) -> None:
        """An act from the browser: it is always answered, or the browser would wait for ever."""
        number, problem = None, ""
        try:
            number = content["number"]
            self.model.act(content["do"], **content["with"])
        except Refused as refused:
            problem = str(refused)
        except BaseException as error:
            problem = f"The lab cannot do {content!r}: {type(error).__name__}: {error}."
        self.frame = self._frame(number, problem)

    def _frame(self, number: int | None = None, problem: str = "") -> dict[str, Any]:
        """All that the browser shows: the picture, the line of status, and the state of each control."""
        model, setting = self.model, self.model.setting
        looks = model.looks()
        return {
            "number": number,
            "svg": self.picture.svg,
            "status": problem or model.status,
            "problem": bool(problem),
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

    def _ipython_display_(self) -> None:
        """Two outputs: a still picture that stays in the saved notebook, and the live lab, which hides it."""
        from IPython.display import display

        still = self.picture
        display(Picture(f'<div class="course-twin">{still.svg}</div>', still.text))
        if live := self._repr_mimebundle_():
            display(live[0], raw=True)

    def __repr__(self) -> str:
        return f"<RingLab of {self.model.subject.name}: {self.model.status}>"
