"""Guess before you run: a guess that was written down is one that can be wrong."""

import os
from html import escape
from typing import Any

from course_lib import record

Guess = float | str
_kept: dict[str, Guess] = {}
"""The guesses of this session: a cell that is run again, or has no `.course` folder near it, loses none."""


class Prediction:
    """One question and the reader's guess, `value`, or None where there is none yet."""

    def __init__(self, question: str, choices: tuple[str, ...] = (), unit: str = "") -> None:
        self.question = question
        self.choices = choices
        self.unit = unit
        before = [line.get("value") for line in record.read("guess") if line.get("question") == question]
        self.value: Guess | None = _kept.get(question, before[-1] if before else None)

    def keep(self, value: object) -> None:
        """Keep a guess: one of the choices, or a number (or a text). Raises ValueError for another choice."""
        guess = self._read(value)
        if self.choices and guess not in self.choices:
            raise ValueError(f"{value!r} is none of the choices: {', '.join(self.choices)}")
        if guess == self.value:
            return
        self.value = _kept[self.question] = guess
        record.append("guess", question=self.question, value=guess)

    def reveal(self, value: Guess) -> None:
        """Print the guess beside what the run says; without a guess, print nothing."""
        if _building():
            # The cell is saved folded, and JupyterLab shows the first line of a folded output.
            print("Run this cell to see what comes.")
        if self.value is None or _building():
            return
        guess, truth = self._text(self.value), self._text(value)
        print(f"You guessed {guess}; the run says {truth}: {self._distance(value)}.")

    def _read(self, value: object) -> Guess:
        guess = str(value).strip().removesuffix(self.unit).strip()
        if not guess:
            raise ValueError("there is no guess yet; choose or write one")
        if self.choices:
            return guess if guess in self.choices else str(value)
        try:
            return float(guess)
        except ValueError:
            if self.unit:
                raise ValueError(f"{guess!r} is no number; write one, in {self.unit}") from None
            return guess

    def _text(self, value: Guess | None) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return f"{value:,.6g} {self.unit}".strip()

    def _distance(self, value: Guess) -> str:
        if str(value) == str(self.value):
            return "right"
        if isinstance(value, str) or isinstance(self.value, str):
            return "another answer"
        difference = float(self.value or 0) - value
        if not difference:
            return "right"
        unit = "percentage points" if self.unit == "%" else self.unit
        return f"{abs(difference):,.4g} {unit}".strip() + (" too high" if difference > 0 else " too low")

    def __repr__(self) -> str:
        if self.value is None:
            return f"Prediction({self.question!r}): no guess yet; give one with .keep(...)"
        return f"Prediction({self.question!r}): {self._text(self.value)}"

    def _ipython_display_(self) -> None:
        """Show nothing as a cell's value: `predict` has shown the question already."""


def predict(question: str, *choices: str, unit: str = "") -> Prediction:
    """Ask the reader for a guess: one of `choices`, or else a number in `unit`. Shows nothing in a build."""
    prediction = Prediction(question, choices, unit)
    if not _building():
        if _in_notebook():
            from IPython.display import display

            display(_form(prediction))
        else:
            example = repr(choices[0]) if choices else "90"
            print(f"{question}\nGive your guess as: guess.keep({example})")
    return prediction


def _building() -> bool:
    return os.environ.get("COURSE_BUILD") == "1"


def _in_notebook() -> bool:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return hasattr(get_ipython(), "kernel")


def _form(prediction: Prediction) -> Any:
    """The question, a place to answer, and a button, all in reach of the Tab key."""
    import ipywidgets

    answer: Any
    if prediction.choices:
        chosen = prediction.value if prediction.value in prediction.choices else None
        answer = ipywidgets.ToggleButtons(options=prediction.choices, value=chosen)
    else:
        hint = f"your guess, in {prediction.unit}" if prediction.unit else "your guess"
        # Enter keeps the guess, as the button does.
        answer = ipywidgets.Text(
            value=prediction._text(prediction.value), placeholder=hint, continuous_update=False
        )
    button = ipywidgets.Button(description="Keep my guess")
    said = ipywidgets.Label("" if prediction.value is None else f"Kept: {prediction._text(prediction.value)}")

    def keep(_: object) -> None:
        try:
            prediction.keep("" if answer.value is None else answer.value)
            said.value = f"Kept: {prediction._text(prediction.value)}. Now go on with Shift+Enter."
        except ValueError as problem:
            said.value = f"Not kept: {problem}."

    button.on_click(keep)
    answer.observe(keep, "value")
    question = ipywidgets.HTML(escape(prediction.question))  # a Label does not wrap
    return ipywidgets.VBox([question, ipywidgets.HBox([answer, button]), said])
