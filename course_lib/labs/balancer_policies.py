"""The policies that a reader of the balancer lab can choose: the course's own, and a learner's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from course_lib.balancing import LeastRequest, PeakEWMA, PowerOfTwoChoices, RandomChoice, RoundRobin
from course_lib.labs.guard import Refused, files_of, guarded

T = TypeVar("T")
SECONDS = 5  # for a whole run with learner's code
COURSE: dict[str, Callable[[], Any]] = {
    "random": RandomChoice,
    "round robin": RoundRobin,
    "two choices": PowerOfTwoChoices,
    "least request": LeastRequest,
    "peak EWMA": PeakEWMA,
}


@dataclass(frozen=True)
class Choice:
    """A name, and what makes the policy anew for each run."""

    name: str
    make: Callable[[], Any]
    ours: bool = True

    @property
    def kind(self) -> str:
        """What code calls to make it."""
        return self.make.__name__

    def guarded(self, use: Callable[[Any], T]) -> T:
        """What comes of a new policy; a learner's may raise or never end, and then Refused says so in a sentence."""
        if self.ours:
            return use(self.make())
        return guarded(f"A run with {self.kind}()", lambda: use(self._made()), files_of(self.make), SECONDS)

    def _made(self) -> Any:
        policy = self.make()
        if not callable(getattr(policy, "choose", None)):
            raise TypeError(f"it has no method choose(servers, request): {policy!r}")
        return policy


def offered(*given: Any) -> tuple[dict[str, Choice], list[str]]:
    """The course's policies and those given, a name or a class each; and the names of those given."""
    choices = {name: Choice(name, make) for name, make in COURSE.items()}
    names = []
    for one in given:
        if isinstance(one, str):
            names.append(one)
            continue
        if not callable(one) or not hasattr(one, "__name__"):
            raise Refused(
                f"A policy is {', '.join(map(repr, COURSE))}, or a class with choose(servers, request), not {one!r}."
            )
        if one.__name__ == "<lambda>":
            raise Refused("A lambda has no name: write def my_policy(): return ...")
        known = [name for name, choice in choices.items() if choice.make is one]
        name = known[0] if known else one.__name__
        if not known and name in choices:
            raise Refused(f"Two policies are called {name!r}: give one of them another name.")
        if not known:
            choices[name] = Choice(name, one, ours=False)
        names.append(name)
    return choices, names
