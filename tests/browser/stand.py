"""A lab's script on a blank page, with a stand-in for Jupyter's model that answers when the test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import FloatRect, Page

from course_lib.labs.lab import Lab

STAND_IN = """async ([source, css, frame]) => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const listeners = new Set();
  window.lab = {
    module,
    sent: [],
    pressed: [],
    model: {
      get: () => frame,
      on: (_, listener) => listeners.add(listener),
      off: (_, listener) => listeners.delete(listener),
      send: (act) => window.lab.sent.push(act),
    },
    answer: (next) => { frame = next; listeners.forEach((listener) => listener()); },
  };
  document.addEventListener("keydown", (e) => window.lab.pressed.push(e.key));
  document.body.innerHTML = `<div class="jp-OutputArea"><div class="jp-OutputArea-child" id="still">
    <div class="course-twin">still</div></div><div class="jp-OutputArea-child"><div id="here"></div></div></div>`;
  window.lab.dispose = await module.default.render({ model: window.lab.model, el: document.getElementById("here") });
}"""


class Stand:
    """The page, and a Python lab that answers the acts which the page has sent."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page, self.lab = page, lab
        page.goto("about:blank")
        source, css = (str(getattr(lab, name)) for name in ("_esm", "_css"))
        page.evaluate(STAND_IN, [source, css, lab.frame])

    @property
    def sent(self) -> list[dict[str, Any]]:
        return self.page.evaluate("lab.sent")

    @property
    def did(self) -> list[str]:
        """What kinds of acts were sent, in order."""
        return [act["do"] for act in self.sent]

    def answer(self) -> None:
        """Python's answer to the newest act."""
        self.lab._on_act(self.lab, self.sent[-1], [])
        self.page.evaluate("(frame) => lab.answer(frame)", self.lab.frame)

    def grip(self, part: str) -> FloatRect:
        """Where the handle of a part lies on the page."""
        found = self.page.locator(f'[data-handle="{part}"] .grip').bounding_box()
        assert found
        return found

    def take(self, part: str) -> tuple[float, float]:
        """The pointer goes down on a handle, in its upper part: one handle may lie upon the lower part of another."""
        grip = self.grip(part)
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + min(grip["height"] / 2, 6)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        return x, y


@contextmanager
def standing(page: Page, lab: Lab, *, height: int = 900) -> Iterator[Stand]:
    """The lab on a page 1100 wide; at the end no script may have failed."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_viewport_size({"width": 1100, "height": height})
    yield Stand(page, lab)
    assert not problems
