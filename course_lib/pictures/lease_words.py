"""The words in a lock's picture, and where they stand: in rows, so that none covers another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from course_lib.pictures import marks, palette, svg
from course_lib.pictures.lease_story import Operation, Story, listed

RIM: dict[str, Any] = {"stroke": palette.PAPER, "stroke_width": 3, "paint_order": "stroke"}


class Words(NamedTuple):
    """Words about something, beginning or ending at x, in a row counted downwards."""

    about: Any
    text: str
    x: float
    anchor: str
    row: int = 0
    bold: bool = True

    @property
    def ends(self) -> tuple[float, float]:
        wide = marks.width(self.text, self.bold)
        return (self.x - wide - 4, self.x) if self.anchor == "end" else (self.x, self.x + wide + 4)

    def drawn(self, baseline: float) -> str:
        """With a rim of the paper's colour, legible across lines."""
        bold = "bold" if self.bold else None
        return svg.text(self.text, self.x, baseline, 11, text_anchor=self.anchor, font_weight=bold, **RIM)


def rows(words: Sequence[Words]) -> int:
    """How many rows they take."""
    return max((one.row + 1 for one in words), default=0)


def alarms(story: Story, x: Callable[[float], float], left: float, right: float) -> list[Words]:
    """Who believes at once: above the middle of that time, as far as there is room."""
    found = []
    for one in story.together:
        text = f"{listed(one.workers)} {'both' if len(one.workers) == 2 else 'all'} believe"
        wide = marks.width(text, bold=True)
        middle = (x(one.start) + x(one.end)) / 2
        found.append(Words(one, text, min(max(middle - wide / 2, left), right - wide), "start"))
    return _in_rows(found)


def notes(story: Story, x: Callable[[float], float], right: float) -> list[Words]:
    """What the counter is asked, each right of its line, or left of it where there is no room on the right.

    A line to a lower row shall cross no words above. So those on the right of their lines are placed from the right,
    and then the others from the left.
    """
    found = []
    for one in story.operations:
        if one.arrives is not None:
            unusual = one.refused or one.loses or bool(one.after)
            words = Words(one, note(one), x(one.arrives) + 5, "start", bold=unusual)
            fits = words.ends[1] <= right
            found.append(words if fits else words._replace(x=x(one.arrives) - 5, anchor="end"))
    on_the_right = [one for one in reversed(found) if one.anchor == "start"]
    return _in_rows([*on_the_right, *(one for one in found if one.anchor == "end")])


def _in_rows(words: Iterable[Words]) -> list[Words]:
    """Each in the first row in which it touches none that was placed before."""
    placed: list[Words] = []
    for one in words:
        left, right = one.ends
        touched = {other.row for other in placed if left < other.ends[1] and other.ends[0] < right}
        row = next(row for row in range(len(placed) + 1) if row not in touched)
        placed.append(one._replace(row=row))
    return placed


def note(one: Operation) -> str:
    """An operation in a few words, and what is wrong with it: "ann writes 1, fence 1"."""
    if one.refused:
        return f"✗ {one.worker}'s {one.kind} refused: fence {one.fence} < {one.after}"
    value = "" if one.value is None else f" {one.value}"
    done = f"{one.worker} {one.kind}s{value}, fence {one.fence}"
    if one.loses:
        return f"! {done}: update lost"
    return f"! {done} after {one.after}" if one.after else done
