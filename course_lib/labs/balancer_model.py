"""What the balancer lab knows: the reader's setting, both runs, and what came of the last act. No browser is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_lib.labs.balancer_policies import Choice
from course_lib.labs.balancer_setting import Setting
from course_lib.labs.guard import Refused
from course_lib.labs.lab import perform
from course_lib.pictures import Picture
from course_lib.pictures.balancer import balancer_picture
from course_lib.pictures.balancer_reading import SAMPLES, Side, number


class BalancerModel:
    """A setting and the reader's acts on it. An act that cannot be done raises Refused, and nothing changes."""

    ACTS = frozenset(
        (
            "set_left",
            "set_right",
            "set_servers",
            "set_load",
            "toggle",
            "set_trouble",
            "set_refresh",
            "set_work",
            "set_requests",
            "set_seed",
            "undo",
            "reset",
        )
    )

    def __init__(self, setting: Setting, choices: dict[str, Choice]) -> None:
        self.choices = choices
        self.given = self.setting = setting.checked(choices)
        self.past: list[Setting] = []
        self.sliding = False  # whether the last act was a slide of the load that has changed something
        self.sides = self._sides(self.setting, {})
        self.status = self._outcome()

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("set_load", to=0.95)`."""
        if do != "set_load":
            self.sliding = False
        perform(self, do, arguments)

    def set_left(self, to: str) -> None:
        """Who chooses on the left."""
        self._change(replace(self.setting, left=to))

    def set_right(self, to: str) -> None:
        """Who chooses on the right."""
        self._change(replace(self.setting, right=to))

    def set_servers(self, to: int) -> None:
        """How many servers there are; who is in trouble and stays, stays in trouble."""
        known = Setting(servers=to).checked(self.choices)
        letters = [letter for letter in self.setting.troubled if ord(letter) - ord("A") < known.servers]
        self._change(replace(self.setting, servers=to, troubled=tuple(letters)))

    def set_load(self, to: float) -> None:
        """The rate of requests for each server. All until the next other act are one change to undo."""
        before = self.setting
        self._change(replace(before, load=to))
        if self.setting == before:
            return
        if self.sliding:
            self.past.pop()
        self.sliding = True

    def toggle(self, server: str) -> None:
        """A server gets into trouble, or out of it."""
        troubled = self.setting.troubled
        rest = tuple(letter for letter in troubled if letter != server)
        self._change(
            replace(self.setting, troubled=rest if len(rest) < len(troubled) else (*troubled, server))
        )

    def set_trouble(self, to: str) -> None:
        """What is wrong with servers in trouble."""
        self._change(replace(self.setting, trouble=to))

    def set_refresh(self, to: float) -> None:
        """How often the policies learn how many requests each server has; 0: they always know."""
        self._change(replace(self.setting, refresh=to))

    def set_work(self, to: str) -> None:
        """The law of the work that a request is."""
        self._change(replace(self.setting, work=to))

    def set_requests(self, to: int) -> None:
        """How long the run is."""
        self._change(replace(self.setting, requests=to))

    def set_seed(self, to: int) -> None:
        """Other requests of the same kind."""
        self._change(replace(self.setting, seed=to))

    def undo(self) -> None:
        """The setting before the last change."""
        if not self.past:
            raise Refused("There is nothing to undo.")
        before, setting = self.setting, self.past[-1]
        self._show(setting)
        self.past.pop()
        self.status = f"Undone: {self.setting.changes(before)}. {self._outcome()}"

    def reset(self) -> None:
        """The setting as it was first."""
        if self.setting == self.given:
            raise Refused("Everything is as it was first.")
        self._change(self.given)

    def picture(self, sample: int = SAMPLES - 1) -> Picture:
        """Both runs, with their queues at one of the samples: as a rule at the end."""
        setting = self.setting
        return balancer_picture(
            self.sides,
            sample=sample,
            troubled=setting.signs(),
            bound=setting.bound(),
            caption=setting.caption(),
        )

    def code(self) -> str:
        """Python that makes both runs."""
        return self.setting.code(*self._choices(self.setting))

    def _choices(self, setting: Setting) -> tuple[Choice, Choice]:
        return self.choices[setting.left], self.choices[setting.right]

    def _change(self, setting: Setting) -> None:
        """Shows another setting. Raises Refused where the lab cannot play it, and then nothing has changed."""
        checked, before = setting.checked(self.choices), self.setting
        if checked == before:
            return
        self._show(checked)
        self.past.append(before)
        self.status = f"{_upper(checked.changes(before))}. {self._outcome()}"

    def _show(self, setting: Setting) -> None:
        """A run that is on show already is not run again."""
        alike = replace(setting, left=self.setting.left, right=self.setting.right) == self.setting
        known = {side.name: side for side in self.sides} if alike else {}
        self.sides = self._sides(setting, known)
        self.setting = setting

    def _sides(self, setting: Setting, known: dict[str, Side]) -> tuple[Side, Side]:
        left, right = self._choices(setting)
        one = known.get(left.name) or setting.side(left)
        other = one if right.name == left.name else known.get(right.name) or setting.side(right)
        return one, other

    def _outcome(self) -> str:
        """What matters, in a few words: whether the servers can do it, and how the two compare."""
        setting, told = self.setting, []
        if setting.rate >= setting.capacity:
            told.append(
                f"{setting.rate:g} requests come in a unit of time, and the servers can do {setting.capacity:g}."
            )
        p99s = [side.latency(0.99) for side in self.sides]
        names = " and ".join(f"{side.name} {number(p99)}" for side, p99 in zip(self.sides, p99s, strict=True))
        told.append(f"p99: {names}.")
        lost = [f"{side.name} {side.report.errors:.0%}" for side in self.sides if side.report.errors]
        if lost:
            told.append(f"Failed: {', '.join(lost)}.".replace("%", " %"))
        return " ".join(told)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
