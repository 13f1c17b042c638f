"""An object of a learner's class is called by a script of plain values; and how that is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case
from course_lib.checks.plain import Failed, short

Act = tuple[Any, ...]
"""A call: the method's name, and its arguments."""
FEW = 5
"""So many calls are told in a sentence; of more only the last."""


@dataclass(frozen=True)
class Script:
    """How scripts of a question's acts are played and told. A case is (arguments of the class, acts, ...).

    Args:
        silent: methods that are called for their effect; what they return is of no interest.
        helpers: functions that are called with the object, for their effect, where an act has their name.
        write: how an argument is written.
    """

    silent: frozenset[str]
    helpers: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    write: Callable[[Any], str] = repr

    def play(self, make: Callable[..., Any], args: Sequence[Any], acts: Sequence[Act]) -> list[Any]:
        """What each call gave, but for those that are called for their effect. See `rounded`."""
        made = make.made(*args) if isinstance(make, Answer) else make(*args)
        given: list[Any] = []
        for number, (method, *arguments) in enumerate(acts, 1):
            try:
                if method in self.helpers:
                    self.helpers[method](made, *arguments)
                elif method in self.silent:
                    do(made, method, *arguments)
                else:
                    given.append(rounded(getattr(made, method)(*arguments)))
            except Failed as failure:
                if isinstance(make, Answer):
                    failure.call = self.history(make, args, acts[:number])
                raise
        return given

    def history(self, answer: Answer, args: Sequence[Any], acts: Sequence[Act]) -> str:
        """Python that does the same, in the notebook."""
        made = f"{answer.variable} = {answer.call(args, repr)}"
        return "; ".join([made, *(self.line(answer.variable, act) for act in acts)])

    def line(self, variable: str, act: Act) -> str:
        """The call of an object that stands in that variable."""
        method, *arguments = act
        given = ", ".join(map(self.write, arguments))
        return f"{method}({variable}, {given})" if method in self.helpers else f"{variable}.{method}({given})"

    def tell(self, answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
        """The first call that gave something else, and the calls before it."""
        args, acts, *_ = case
        if isinstance(got, Failed):
            return f"{clipped(got.call)} raised {got.error}.", got.call
        asked = [number for number, (method, *_) in enumerate(acts) if not self.is_silent(method)]
        place = next(n for n, (due, came) in enumerate(zip(expected, got, strict=True)) if due != came)
        replay = self.history(answer, args, acts[: asked[place] + 1])
        before = asked[place]
        said = (
            replay if before <= FEW else f"After {before} calls, {self.line(answer.variable, acts[before])}"
        )
        return f"{said} gave {short(got[place])}; it had to give {expected[place]!r}.", replay

    def is_silent(self, method: str) -> bool:
        return method in self.silent or method in self.helpers


def do(made: Any, method: str, *arguments: Any) -> None:
    """Calls a method for its effect, whether the object is behind the seam or not."""
    call = getattr(made, "do", lambda method, *arguments: getattr(made, method)(*arguments))
    call(method, *arguments)


def rounded(result: Any, digits: int = 9) -> Any:
    """A number to so many digits; a tuple is as good as a list."""
    if isinstance(result, tuple):
        return list(result)
    return float(f"{result:.{digits}g}") if isinstance(result, float) else result


def clipped(call: str, limit: int = 400) -> str:
    """The end of a long one: that is where it failed."""
    return call if len(call) <= limit else f"... {call[-limit:]}"
