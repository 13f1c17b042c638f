"""What a judge says of a history: yes or no, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

from course_lib.consistency.history import History, Operation


@dataclass(frozen=True)
class Verdict:
    """Whether a history satisfies a model. True where it does; an unknown verdict is never true."""

    level: str
    """The model: "linearizable"."""
    holds: bool | None
    """None: unknown, the search was given up."""
    explanation: str
    """In English: where it fails, which operations cannot be ordered, and why."""
    history: History = field(repr=False)
    operations: tuple[Operation, ...] = ()
    """The guilty: no order takes all of these as they are. Empty where it holds."""
    order: tuple[Operation, ...] | None = field(default=None, repr=False)
    """A witness: the operations one after the other, as a single copy would have carried them out. None where it
    fails, or where the model asks for no single order."""
    smallest: History | None = field(default=None, repr=False)
    """Where it fails: a small part of the history that fails for the same operations."""
    prefix: History | None = field(default=None, repr=False)
    """The longest beginning of the history that is still good; what had not returned by then is unknown in it."""
    states: int = 0
    """How many different situations the search has seen."""

    def __bool__(self) -> bool:
        return self.holds is True

    def __repr__(self) -> str:
        words = {True: "yes", False: "no", None: "unknown"}[self.holds]
        return f"{self.level}: {words}. {self.explanation}".rstrip()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The history as bars, the guilty in red; drawn by a floor above this one."""
        return import_module(DRAWN_BY).verdict_picture(self)._repr_mimebundle_()


DRAWN_BY = "course_lib.pictures.history"


class NotTested(str):
    """Equal to "not tested", with a reason: this history says nothing about that model. Never true."""

    explanation: str
    holds = None

    def __bool__(self) -> bool:
        return False

    def __new__(cls, explanation: str) -> NotTested:
        made = super().__new__(cls, "not tested")
        made.explanation = explanation
        return made
