"""What the lock lab knows: the reader's setting, the run of it, and what came of the last act. No browser is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_lib.labs.guard import Refused
from course_lib.labs.lab import perform
from course_lib.labs.lock_handles import handles
from course_lib.labs.lock_setting import Setting
from course_lib.pictures import Picture
from course_lib.pictures.lease import Drawing, framed
from course_lib.pictures.lease_reading import read


class LockModel:
    """A setting and the reader's acts on it. An act that cannot be done raises Refused, and nothing changes."""

    ACTS = frozenset(
        (
            "set_ttl",
            "set_work",
            "set_pause",
            "set_fencing",
            "pauses",
            "drag",
            "drop",
            "nudge",
            "undo",
            "reset",
        )
    )

    def __init__(self, setting: Setting) -> None:
        self.given = self.setting = setting.checked()
        self.past: list[Setting] = []
        self.dragging = False  # whether the last act was a drag that has moved something
        self.pause = self.setting.pause or Setting().pause  # for when it is ticked again
        self._show(self.setting)
        self.until = self._end_of_axis()
        self.status = self._outcome().capitalize()

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("set_ttl", seconds=12)`."""
        if do != "drag":
            self.dragging = False
        perform(self, do, arguments)
        if do != "drag":  # or the handle would leave the hand
            self.until = self._end_of_axis()

    def set_ttl(self, seconds: float) -> None:
        """How long the server lends the lock."""
        self._change(replace(self.setting, ttl=seconds))

    def set_work(self, seconds: float) -> None:
        """How long a worker thinks between its read and its write."""
        self._change(replace(self.setting, work=seconds))

    def set_pause(self, at: float, until: float) -> None:
        """When ann stands still."""
        self._change(replace(self.setting, pause=(at, until)))

    def set_fencing(self, to: str) -> None:
        """What the counter checks the fence of: "off", "writes", "reads and writes"."""
        self._change(replace(self.setting, fencing=to))

    def pauses(self, on: bool) -> None:
        """Whether ann pauses: as she did last, if she does again."""
        if bool(on) != (self.setting.pause is not None):
            self._change(replace(self.setting, pause=self.pause if on else None))

    def drag(self, part: str, to: float) -> None:
        """Moves an end or all of the pause, or the TTL, towards a time, as far as there is room within what is shown.

        All drags until the next other act are one change to undo.
        """
        moved = self.setting.moved(part, to, self.until)
        if moved == self.setting:
            return
        self._change(moved)
        if self.dragging:
            self.past.pop()  # the last drag is not one of its own
        self.dragging = True

    def drop(self) -> None:
        """The end of a drag: the axis may move again."""

    def nudge(self, part: str, by: float) -> None:
        """The same from the keyboard: later, or earlier where `by` is below 0, by so many seconds."""
        if isinstance(by, bool) or not isinstance(by, int | float):
            raise Refused(f"It moves by a number of seconds, not by {by!r}.")
        moved = self.setting.moved(part, self.setting.place(part) + by, float("inf"))
        if moved == self.setting:
            raise Refused("It cannot go further.")
        self._change(moved)

    def undo(self) -> None:
        """The setting before the last change."""
        if not self.past:
            raise Refused("There is nothing to undo.")
        before, self.setting = self.setting, self.past.pop()
        self._show(self.setting)
        self.status = f"Undone: {self._told(before)}"

    def reset(self) -> None:
        """The setting as it was first."""
        if self.setting == self.given:
            raise Refused("Everything is as it was first.")
        self._change(self.given)

    def picture(self) -> Picture:
        """The run, without handles."""
        return framed(self.drawing())

    def live(self) -> Picture:
        """The run, with the handles by which a reader moves things."""
        drawing = self.drawing()
        return framed(drawing, handles(drawing, self.setting))

    def drawing(self) -> Drawing:
        """Where the picture has what."""
        return Drawing(self.story, self.until)

    def code(self) -> str:
        """Python that makes the run."""
        return self.setting.code()

    def _change(self, setting: Setting) -> None:
        """Shows another setting. Raises Refused where the lab cannot play it."""
        checked = setting.checked()
        if checked == self.setting:
            return
        self.past.append(self.setting)
        self.setting = checked
        self._show(checked)
        self.status = self._told(self.past[-1])

    def _show(self, setting: Setting) -> None:
        self.pause = setting.pause or self.pause
        self.trace = setting.run()
        self.story = read(self.trace)

    def _end_of_axis(self) -> float:
        """It moves only in steps, so that a picture keeps still while something in it moves."""
        last = max(self.story.end, self.setting.ttl, *(self.setting.pause or ()))
        return -(-(last + 0.5) // 4) * 4.0

    def _told(self, before: Setting) -> str:
        return f"{self.setting.changes(before)}: {self._outcome()}"

    def _outcome(self) -> str:
        """What matters, in a few words: whether two believed, and whether the counter is right."""
        story = self.story
        safe = "no two believe at once" if not story.together else "two believe at once"
        if story.value != len(story.accepted):
            return f"{safe}, and an update is lost."
        refused = [one for one in story.operations if one.refused]
        if refused:
            one = refused[0]
            return f"{safe}, {one.worker}'s late {one.kind} is refused, and no update is lost."
        return f"{safe}, and no update is lost."
