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

    lines: set[tuple[int, int]] = field(default_factory=set, repr=False)
    instructions: set[tuple[int, int]] = field(default_factory=set, repr=False)
    """Which ran, of functions with a case on one line."""
    blind: bool = field(default=False, repr=False)
    """Whether something else was tracing, so that nothing is known here."""
    dense: set[int] = field(default_factory=set, repr=False)
    """These functions."""
    codes: dict[int, tuple[CodeType, type, str]] = field(default_factory=dict, repr=False)
    """By identity: to compare code objects takes long, and equal ones can be of different classes."""
    replaced: set[int] = field(default_factory=set, repr=False)
    """Methods in whose place a subclass has put its own: they count only where they ran, by `super()`."""

    def during(self, node: Any, run: Callable[[], Any]) -> Any:
        """Runs a handler of `node` and notes the lines that it comes through."""
        self._register(type(node))
        before = sys.gettrace()
        if before is not None:  # a debugger, or the coverage of a test suite: theirs goes first
            self.blind = True
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
                    number = id(method.__code__)
                    if getattr(kind, name) is method:
                        self.replaced.discard(number)
                    elif number not in self.codes:
                        self.replaced.add(number)
                    if number not in self.codes and any(case.column for case in _cases(method.__code__)):
                        self.dense.add(number)
                    self.codes.setdefault(number, (method.__code__, base, name))

    def _on_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        if id(frame.f_code) not in self.codes:
            return None
        if id(frame.f_code) in self.dense:
            frame.f_trace_opcodes = True  # a line tells no more whether what stands behind `case 1:` ran
        return self._on_line

    def _on_line(self, frame: FrameType, event: str, argument: Any) -> Any:
        number = id(frame.f_code)
        if event == "opcode":
            self.instructions.add((number, frame.f_lasti))
        else:
            self.lines.add((number, frame.f_lineno))
        return self._on_line

    @property
    def parts(self) -> dict[Part, bool]:
        """Every handler and case of the classes that took part, and whether it ran."""
        found: dict[Part, bool] = {}
        for number, (code, kind, name) in self.codes.items():
            ran = {line for other, line in self.lines if other == number}
            if number in self.replaced and not ran:
                continue
            if name in HANDLERS:
                found[Part(kind.__name__, name, "")] = bool(ran)
            for case in _cases(code):
                if case.column:
                    ran_here = any((number, place) in self.instructions for place in case.instructions(code))
                else:
                    ran_here = any(case.first <= line <= case.last for line in ran)
                found[Part(kind.__name__, name, case.pattern)] = ran_here
        return found

    @property
    def missed(self) -> tuple[Part, ...]:
        """What never ran, except for the cases that raise `unexpected`."""
        if self.blind:
            return ()
        return tuple(part for part, ran in self.parts.items() if not ran and part.case != "_")

    def __str__(self) -> str:
        if self.blind:
            return "unknown: a debugger or another measure of coverage is at work"
        if not self.missed:
            return "every handler and every case ran"
        words = [
            f"case {p.case} of {p.node}.{p.handler}" if p.case else f"{p.node}.{p.handler}"
            for p in self.missed
        ]
        return "never ran: " + "; ".join(words)

    __repr__ = __str__


class Case(NamedTuple):
    """One case of a function."""

    pattern: str
    first: int
    last: int
    """The lines of its body."""
    column: int = 0
    """Where its body begins, if that is on the pattern's own line."""

    def instructions(self, code: CodeType) -> list[int]:
        """The places of its body's instructions in the byte code."""
        return [
            2 * place
            for place, (line, _, column, _) in enumerate(code.co_positions())
            if line == self.first and column is not None and column >= self.column
        ]


def _cases(code: CodeType) -> list[Case]:
    """The cases in a function. Empty where the source is not at hand."""
    try:
        block = "".join(inspect.getblock(linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]))
        source = dedent(block)
        tree = ast.parse(source)
    except (SyntaxError, IndentationError, IndexError):
        return []
    offset, margin = code.co_firstlineno - 1, block.find(source[:1])
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.match_case):
            guard = f" if {ast.unparse(node.guard)}" if node.guard else ""
            body, last = node.body[0], node.body[-1].end_lineno or node.body[-1].lineno
            on_one_line = body.lineno == (node.guard or node.pattern).end_lineno
            case = Case(
                ast.unparse(node.pattern) + guard,
                body.lineno + offset,
                last + offset,
                body.col_offset + margin if on_one_line else 0,
            )
            if not (on_one_line and isinstance(body, ast.Pass)):  # which leaves nothing that could be seen
                found.append(case)
    return found
