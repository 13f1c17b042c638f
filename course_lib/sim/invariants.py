"""What must always hold: a function `(world)`, or `(before, after)` for what must not change.

True says that it holds, a str says how it is broken.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

Predicate = Callable[..., object]


class Broken(NamedTuple):
    """The invariant's name, and its sentence."""

    name: str
    reason: str


class Invariant(NamedTuple):
    """A predicate by its name; `of_change` where it looks at two worlds."""

    name: str
    holds: Predicate
    of_change: bool

    def broken(self, *worlds: Any) -> Broken | None:
        """None where it holds."""
        try:
            answer = self.holds(*worlds)
        except Exception as error:
            error.add_note(f"in the invariant {self.name}")
            raise
        if answer is True:
            return None
        if isinstance(answer, str) and answer:
            return Broken(self.name, answer)
        raise TypeError(
            f"the invariant {self.name} returned {answer!r}; it returns True where it holds, and otherwise a str: "
            "the sentence that says how it is broken"
        )


def invariants(functions: Iterable[Predicate]) -> tuple[Invariant, ...]:
    """Reads off each function how many worlds it takes. Raises TypeError for one that takes neither one nor two."""
    if callable(functions):
        raise TypeError(
            f"invariants is a list of functions: invariants=[{getattr(functions, '__name__', '...')}]"
        )
    return tuple(map(_invariant, functions))


def _invariant(function: Predicate) -> Invariant:
    if not callable(function):
        raise TypeError(f"an invariant is a function, not {function!r}")
    name = getattr(function, "__name__", type(function).__name__)
    required = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    if len(required) not in (1, 2):
        raise TypeError(
            f"the invariant {name} takes (world), or (before, after); not {len(required)} arguments"
        )
    return Invariant(name, function, len(required) == 2)


def first_broken(checked: Sequence[Invariant], before: Any, world: Any) -> Broken | None:
    """The first invariant that does not hold, in the order in which they were given."""
    for invariant in checked:
        worlds = (before, world) if invariant.of_change else (world,)
        if broken := invariant.broken(*worlds):
            return broken
    return None
