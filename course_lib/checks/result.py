"""What a check answers, in plain text and, in a notebook, as a card with the picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from textwrap import fill
from typing import Any

HEADLINES = {
    "not started": "Not started",
    "error": "Your code failed",
    "wrong": "Not yet",
    "right": "Right",
}
COLOURS = {
    "not started": "#767676",
    "error": "#D55E00",
    "wrong": "#D55E00",
    "right": "#009E73",
}


@dataclass(frozen=True)
class Result:
    """The verdict on one answer. `repr` is the bare number of points: stock nbgrader reads it."""

    question: str
    outcome: str
    """"not started", "error", "wrong" or "right"."""
    points: float
    max_points: float
    rungs: tuple[int, int]
    """Tests passed, and how many there are."""
    message_id: str
    sentence: str
    seed: int | None = None
    trace: Any = None
    """Of a node: the run that shows what is wrong, a `Trace`."""
    steps: tuple[tuple[str, bool], ...] = ()
    """Each rung's name, and whether it was passed."""
    replay: str = ""
    lines: tuple[str, ...] = ()
    """The learner's own lines that an exception came through."""
    printed: str = ""
    picture: str = field(default="", repr=False)
    """SVG."""

    def __repr__(self) -> str:
        return f"{self.points:g}"

    @property
    def headline(self) -> str:
        """`Not yet: 1.5 of 3 points, 2 of 4 tests passed`."""
        passed, total = self.rungs
        score = f"{self.points:g} of {self.max_points:g} points, {passed} of {total} tests passed"
        return f"{HEADLINES[self.outcome]}: {score}"

    def to_text(self) -> str:
        """The sentence first, then which test was missed, then how to see it again."""
        text = [wrapped(f"{HEADLINES[self.outcome]}. {self.sentence}")]
        if self.outcome in ("wrong", "error"):
            passed, total = self.rungs
            missed = next((name for name, ok in self.steps if not ok), "")
            text.append(f"The first test missed: {missed} ({passed} of {total} passed).")
            text += [f"Your {line}" for line in self.lines]
            if self.replay:
                named = self.seed is None or "seed=" in self.replay
                seed = "" if named else f"  # seed {self.seed}"
                text.append(f"Try it:  {self.replay}{seed}")
            text.append(f'For a hint, and again for the next:  hint("{self.question}")')
        if self.printed:
            text.append(f"Your code printed:\n{self.printed}")
        return "\n".join(text)

    def to_html(self) -> str:
        """The tests as a row of marks, and the picture."""
        marks = " ".join(
            f'<span style="white-space:nowrap;margin-right:1em">{"&#10003;" if ok else "&#10007;"} {escape(name)}</span>'
            for name, ok in self.steps
        )
        return (
            f'<div style="border-left:4px solid {COLOURS[self.outcome]};padding:2px 12px;'
            f'color:var(--jp-ui-font-color1,#222);font-family:var(--jp-ui-font-family,sans-serif)">'
            f"<b>{escape(self.headline)}</b><br>{marks}{self.picture}</div>"
        )

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
    ) -> dict:
        summary = {
            "question": self.question,
            "outcome": self.outcome,
            "points": self.points,
            "max_points": self.max_points,
            "sentence": self.sentence,
        }
        return {
            "text/plain": repr(self),
            "text/html": self.to_html(),
            "application/vnd.course.result+json": summary,
        }


def wrapped(sentence: str) -> str:
    """Lines that a notebook need not break within words."""
    return fill(sentence, 80, break_long_words=False, break_on_hyphens=False)
