"""The fault script that a reader writes by clicks, and its past: each act makes a new script, so it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from course_lib.labs.guard import Refused
from course_lib.sim import Fault, Partition


@dataclass(frozen=True)
class Script:
    """What is played: the faults, and the seed of chance. What cannot be done to it raises Refused."""

    faults: tuple[Fault, ...]
    seed: int | str

    @property
    def code(self) -> str:
        """The faults as Python."""
        return f"[{', '.join(map(repr, self.faults))}]"

    def with_fault(self, make: Callable[[], Fault]) -> Script:
        """One fault more; what `make` says against it is passed on."""
        try:
            fault = make()
        except (TypeError, ValueError) as error:
            raise Refused(str(error)) from error
        if fault in self.faults:
            raise Refused(f"{fault!r} is in the script already.")
        return replace(self, faults=(*self.faults, fault))

    def without(self, number: Any) -> Script:
        """One fault less, counted from 0."""
        if type(number) is not int or not 0 <= number < len(self.faults):
            raise Refused(f"There is no fault {number!r}; there are {len(self.faults)}, counted from 0.")
        return replace(self, faults=self.faults[:number] + self.faults[number + 1 :])

    def ended(self, ends: Callable[[Fault], bool], time: float, none: str) -> Script:
        """The faults that `ends` picks end at a time; one that would end as it begins goes. `none` is said of none."""
        picked = [fault for fault in self.faults if ends(fault)]
        if not picked:
            raise Refused(none)
        kept = [fault for fault in self.faults if fault not in picked or (begin(fault) or 0.0) < time]
        return replace(
            self, faults=tuple(_ended(fault, time) if fault in picked else fault for fault in kept)
        )

    def change(self, before: Script) -> str:
        """What is new since the other script, in words."""
        new = [repr(fault) for fault in self.faults if fault not in before.faults]
        gone = [repr(fault) for fault in before.faults if fault not in self.faults]
        if new:
            return ", ".join(new)
        if gone:
            return f"Without {', '.join(gone)}" if self.faults else "Without faults"
        return f"Seed {self.seed}"


@dataclass
class History:
    """The script that stands, those before it, and those that were undone."""

    now: Script
    before: list[Script] = field(default_factory=list)
    after: list[Script] = field(default_factory=list)

    def earlier(self) -> Script:
        """What undo leads to."""
        if not self.before:
            raise Refused("There is nothing to undo.")
        return self.before[-1]

    def later(self) -> Script:
        """What redo leads to."""
        if not self.after:
            raise Refused("There is nothing to redo.")
        return self.after[-1]

    def go(self, script: Script) -> None:
        """Takes a step: back, forth, or to a new script, after which nothing is left to redo."""
        if self.before and script is self.before[-1]:
            self.before.pop()
            self.after.append(self.now)
        elif self.after and script is self.after[-1]:
            self.after.pop()
            self.before.append(self.now)
        else:
            self.after.clear()
            self.before.append(self.now)
        self.now = script


def begin(fault: Any) -> float | None:
    """When a fault begins, in seconds; None for one that waits for a message."""
    return getattr(fault, "at", None)


def is_active(fault: Any, time: float) -> bool:
    """Whether a fault that has times is at work."""
    return fault.at <= time and (fault.until is None or time < fault.until)


def _ended(fault: Any, time: float) -> Fault:
    if isinstance(fault, Partition):
        return Partition(*fault.groups, at=fault.at, until=time, oneway=fault.oneway)
    return replace(fault, until=time)
