"""Several detectors of a learner's class at once: each has to keep to itself what it hears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from course_lib.checks.answer import Answer, NotStarted
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.methods import Act, Script, do, rounded
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Wrong

NOT_ITS_OWN = "Each detector watches a node of its own, and what it remembers is of no concern to another one. Keep it in self, from __init__ on: what stands in the class or in a global is one for all."


@dataclass(kw_only=True)
class OneOfMany(Comparison):
    """A detector beside the model. A rung that is missed because two of them are one is named "not-its-own"."""

    script: Script
    args: tuple[Any, ...]
    """Of the class, where two or more are made."""
    first: Act
    """A heartbeat."""
    more: Sequence[Act]
    """More of them. Who hears these answers `ask` in another way, whatever it remembers of the past."""
    ask: Act
    rest: str
    """The id of what is wrong by turns and has no other reason."""

    def __post_init__(self) -> None:
        self.run, self.tell = self.script.play, self.script.tell

    def judge(self, answer: Answer, cases: Sequence[Case]) -> None:
        with self._named(answer):
            super().judge(answer, cases)

    def by_turns(self, answer: Answer, one: Sequence[Act], two: Sequence[Act]) -> None:
        """Two detectors, each of which hears its own heartbeats. The time is the first argument of each act."""
        with self._named(answer):
            pairs = {name: (answer.made(*self.args), self.model(*self.args)) for name in ("one", "two")}
            told = [f"{name} = {answer.call(self.args, repr)}" for name in pairs]
            acts = [("one", act) for act in one] + [("two", act) for act in two]
            for name, act in sorted(acts, key=lambda named: named[1][1]):
                told.append(self.script.line(name, act))
                method, *arguments = act
                if self.script.is_silent(method):
                    for detector in pairs[name]:
                        do(detector, method, *arguments)
                    continue
                got, due = (rounded(getattr(detector, method)(*arguments)) for detector in pairs[name])
                if got != due:
                    replay = "; ".join(told)
                    raise Wrong(self.rest, f"{replay} gave {short(got)}; it had to give {due!r}.", replay)

    @contextmanager
    def _named(self, answer: Answer) -> Iterator[None]:
        """Where two detectors are one, that is why a rung is missed, whatever it looks like."""
        try:
            yield
        except Wrong as wrong:
            with suppress(Failed, NotStarted):
                if self._is_shared(answer):
                    wrong.message_id = "not-its-own"
            raise

    def _is_shared(self, answer: Answer) -> bool:
        """Whether one that hears a single heartbeat says something else when another one has heard more."""
        alone, one, two = (answer.made(*self.args) for _ in range(3))
        method, *arguments = self.ask
        alone.do(*self.first)
        due = getattr(alone, method)(*arguments)
        one.do(*self.first)
        for act in self.more:
            two.do(*act)
        return bool(getattr(one, method)(*arguments) != due)
