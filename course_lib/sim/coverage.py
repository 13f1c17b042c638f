"""Which handlers, and which cases of their `match` statements, ever ran: a case that never did is the best hint."""

from __future__ import annotations

import ast
import inspect
import linecache
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent
from types import CodeType, FrameType
from typing import Any, NamedTuple

HANDLERS = ("on_start", "on_message", "on_timer")


class Part(NamedTuple):
    """A handler, or a case in it."""

    node: str
    """The class."""
    handler: str
    case: str
    """The pattern as written; empty for the handler itself."""


@dataclass
class Coverage:
    """What ran. `missed` is what never did."""

    lines: set[tuple[CodeType, int]] = field(default_factory=set, repr=False)
    codes: dict[CodeType, tuple[type, str]] = field(default_factory=dict, repr=False)

    def during(self, node: Any, run: Callable[[], Any]) -> Any:
        """Runs a handler of `node` and notes the lines that it comes through."""
        self._register(type(node))
        before = sys.gettrace()
        if before is not None:  # a debugger, or the coverage of a test suite: theirs goes first
            return run()
        sys.settrace(self._on_call)
        try:
            return run()
        finally:
            sys.settrace(None)

    def _register(self, kind: type) -> None:
        for base in kind.__mro__:
            if base.__module__ == "course_lib.sim.node":
                break
            for name, method in vars(base).items():
                if inspect.isfunction(method):
                    self.codes.setdefault(method.__code__, (base, name))

    def _on_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._on_line if frame.f_code in self.codes else None

    def _on_line(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.lines.add((frame.f_code, frame.f_lineno))
        return self._on_line

    @property
    def parts(self) -> dict[Part, bool]:
        """Every handler and case of the classes that took part, and whether it ran."""
        found: dict[Part, bool] = {}
        for code, (kind, name) in self.codes.items():
            ran = {line for other, line in self.lines if other is code}
            if name in HANDLERS:
                found[Part(kind.__name__, name, "")] = bool(ran)
            for pattern, first, last in _cases(code):
                found[Part(kind.__name__, name, pattern)] = any(first <= line <= last for line in ran)
        return found

    @property
    def missed(self) -> tuple[Part, ...]:
        """What never ran, except for the cases that raise `unexpected`."""
        return tuple(part for part, ran in self.parts.items() if not ran and part.case != "_")

    def __str__(self) -> str:
        if not self.missed:
            return "every handler and every case ran"
        words = [
            f"case {p.case} of {p.node}.{p.handler}" if p.case else f"{p.node}.{p.handler}"
            for p in self.missed
        ]
        return "never ran: " + "; ".join(words)

    __repr__ = __str__


def _cases(code: CodeType) -> list[tuple[str, int, int]]:
    """The cases in a function: pattern, first and last line of its body. Empty where the source is not at hand."""
    try:
        source = dedent(
            "".join(inspect.getblock(linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]))
        )
        tree = ast.parse(source)
    except (SyntaxError, IndentationError, IndexError):
        return []
    offset = code.co_firstlineno - 1
    found = []
    for case in ast.walk(tree):
        if isinstance(case, ast.match_case):
            guard = f" if {ast.unparse(case.guard)}" if case.guard else ""
            last = case.body[-1].end_lineno or case.body[-1].lineno
            found.append((ast.unparse(case.pattern) + guard, case.body[0].lineno + offset, last + offset))
    return found
