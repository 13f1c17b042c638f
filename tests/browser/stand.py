"""A lab's script on a blank page, with a stand-in for Jupyter's model that answers when the test says so."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

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

    def answer(self) -> None:
        """Python's answer to the newest act."""
        self.lab._on_act(self.lab, self.sent[-1], [])
        self.page.evaluate("(frame) => lab.answer(frame)", self.lab.frame)
