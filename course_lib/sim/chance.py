"""Chance under exploration: a random choice is taken in all its outcomes, and a random number can only be a delay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableSequence, Sequence
from math import prod
from typing import Any, NoReturn

from course_lib.sim.errors import NodeError

MOST = 64  # outcomes of one handler's random choices


class Chosen:
    """Stands in for `random.Random`: its choices follow a script, and beyond the script each is the first outcome.

    `made` records (outcome, of how many) of every choice.
    """

    def __init__(self, script: Sequence[int] = ()) -> None:
        self.script = script
        self.made: list[tuple[int, int]] = []

    def pick(self, outcomes: int) -> int:
        """One of so many outcomes."""
        place = len(self.made)
        outcome = self.script[place] if place < len(self.script) else 0
        self.made.append((outcome, outcomes))
        total = prod(of for _, of in self.made)
        if total > MOST:
            raise NodeError(
                f"the random choices of one handler have {total:,} outcomes or more; exploration follows up to {MOST}: "
                "choose among fewer, or run a sweep of seeds instead"
            )
        return outcome

    def choice(self, options: Sequence[Any]) -> Any:
        """Any of the options."""
        if not len(options):
            raise IndexError("Cannot choose from an empty sequence")
        return options[self.pick(len(options))]

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        """Any number of the range."""
        numbers = range(start) if stop is None else range(start, stop, step)
        if not numbers:
            raise ValueError(f"empty range for randrange(): {numbers}")
        return self.choice(numbers)

    def randint(self, first: int, last: int) -> int:
        """Any number from first to last."""
        return self.randrange(first, last + 1)

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Any order of the items, in place."""
        items[:] = self.sample(items, len(items))

    def sample(self, population: Sequence[Any], k: int) -> list[Any]:
        """Any k of the population, in any order."""
        rest = list(population)
        return [rest.pop(self.pick(len(rest))) for _ in range(k)]

    def random(self) -> SomeNumber:
        """A number of which only a timer's delay can be made."""
        return SomeNumber(self)

    def _number(self, *bounds: float) -> SomeNumber:
        return SomeNumber(self)

    uniform = triangular = gauss = normalvariate = expovariate = lognormvariate = paretovariate = _number

    def __getattr__(self, name: str) -> NoReturn:
        raise NodeError(
            f"self.random.{name} cannot be explored; use choice, randrange or shuffle, or random for a delay"
        )


class SomeNumber:
    """A random number: it may become a timer's delay, and comparing it has both outcomes. It cannot be kept or sent."""

    not_plain = (
        "it holds a random number; exploration cannot try them all: make it a timer's delay, or choose with "
        "self.random.choice or randrange"
    )

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen

    def _same(self, *_: object) -> SomeNumber:
        return self

    def _either(self, _: object) -> bool:
        return bool(self.chosen.pick(2))

    def _refuse(self, *_: object) -> NoReturn:
        raise NodeError(self.not_plain)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __pow__ = __rpow__ = __neg__ = __abs__ = _same
    __lt__ = __le__ = __gt__ = __ge__ = _either
    __eq__ = __ne__ = _either
    __hash__ = _refuse
    __int__ = __round__ = __floor__ = __ceil__ = __trunc__ = __floordiv__ = __mod__ = _refuse
    __rfloordiv__ = __rmod__ = __divmod__ = __rdivmod__ = __float__ = __str__ = __format__ = _refuse

    def __repr__(self) -> str:
        return "a random number"


def every(run: Callable[[Chosen], Any]) -> Iterator[tuple[Chosen, Any]]:
    """Calls `run` once for each combination of outcomes, and gives what it chose and what it returned."""
    script: list[int] = []
    while True:
        chosen = Chosen(script)
        yield chosen, run(chosen)
        made = chosen.made
        while made and made[-1][0] + 1 == made[-1][1]:
            made.pop()
        if not made:
            return
        script = [outcome for outcome, _ in made[:-1]] + [made[-1][0] + 1]
