"""What all labs share: acts that come from the browser, frames that answer them, and the still twin.

A lab is one Python class and one ES module. `common.js` and `common.css` stand before each lab's own: a widget's
module is a single text, which cannot import a second one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_lib.labs.guard import Refused
from course_lib.pictures import Picture

HERE = Path(__file__).parent


def together(*names: str) -> str:
    """The text of `common.js` (or .css) and of the lab's own files."""
    own = [HERE / name for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in (own[0].with_stem("common"), *own))


class Lab(anywidget.AnyWidget):
    """A lab drives `model`, whose `act` does what the reader asks; `shown()` is all that the browser shows.

    What a reader does in the browser is `act` in Python. What cannot be done raises Refused, a ValueError, and the
    lab stays as it was.
    """

    frame = traitlets.Dict().tag(sync=True)
    model: Any

    def __init__(self, model: Any) -> None:
        self.model = model
        super().__init__(frame=self._frame())
        self.on_msg(self._on_act)

    @property
    def picture(self) -> Picture:
        """What the lab shows now."""
        return self.model.picture()

    def shown(self, problem: bool) -> dict[str, Any]:
        """What the browser shows, as values of JSON; `problem` where the last act could not be done."""
        raise NotImplementedError

    def act(self, do: str, **arguments: Any) -> None:
        """What a reader can do, as `lab.act("remove", node="C")`; the lab's model has the acts."""
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
        """`number` is that of the act that is answered."""
        told = {"number": number, "status": problem or self.model.status, "problem": bool(problem)}
        return told | self.shown(bool(problem))

    def _ipython_display_(self) -> None:
        """Two outputs: a still picture that stays in the saved notebook, and the live lab, which hides it."""
        from IPython.display import display

        still = self.picture
        display(Picture(f'<div class="course-twin">{still.svg}</div>', still.text))
        if live := self._repr_mimebundle_():
            display(live[0], raw=True)


def perform(model: Any, do: Any, arguments: dict[str, Any]) -> None:
    """One of the model's `ACTS`, by name. Raises Refused for what is none of them."""
    if do not in model.ACTS:
        raise Refused(f"{do!r} is nothing that one can do here; there is {', '.join(sorted(model.ACTS))}.")
    try:
        getattr(model, do)(**arguments)
    except TypeError as error:
        raise Refused(f"{do}: {error}") from error
