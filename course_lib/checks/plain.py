"""Plain data: what may cross between a check and a learner's code, and failures told in words."""

import dis
import linecache
import sys
import traceback
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import FunctionType
from typing import Any

from course_lib.sim import Fault, faults

HANDED: set[type] = set()
"""Frozen dataclasses of plain values that checks hand over, such as a server as a policy sees it."""


@dataclass
class Failed(Exception):
    """A call of the learner's code did not return a plain value."""

    call: str
    """The call as source text, to be tried again."""
    error: str
    """`IndexError: list index out of range`"""
    kinds: tuple[str, ...] = ()
    """The names of the exception's class and of those that it descends from."""
    lines: tuple[str, ...] = ()
    """Where in the learner's own code, outermost first."""
    expected: str = ""
    """`it had to give 3`"""
    trace: Any = None
    """Of a node: the run that it failed in."""

    @property
    def kind(self) -> str:
        """The exception's class by name."""
        return self.error.partition(":")[0]

    def __str__(self) -> str:
        return f"{self.call} raised {self.error}{'; ' if self.expected else ''}{self.expected}."


def failed(call: str, error: BaseException, owner: Any = None) -> Failed:
    """A learner's exception, told."""
    kinds = tuple(kind.__name__ for kind in type(error).__mro__[:-2])
    run = getattr(error, "trace", None)
    return Failed(call, described(error), kinds, learner_lines(error, owner), trace=run)


def plain(value: Any, call: str) -> Any:
    """A copy of `value` made of built-in types alone. Raises Failed for what has no such copy.

    An object of a learner's own class could be made to equal everything; here only its content counts.
    """
    try:
        return _copy(value)
    except RecursionError:
        raise Failed(call, "ValueError: it gave a list that contains itself") from None
    except TypeError as error:
        raise Failed(call, f"TypeError: {error}") from None


def _copy(value: Any) -> Any:
    # The methods are taken from the built-in types, not from the value: a subclass may have its own.
    match value:
        case None | True | False:
            return value
        case bytes():
            return bytes.__getitem__(value, slice(None))
        case str():
            return str.__getitem__(value, slice(None))
        case int():
            return int.__add__(value, 0)
        case float():
            return float.__add__(value, 0.0)
        case Fraction() | Decimal():
            return float(value)
        case dict():
            return {_copy(key): _copy(item) for key, item in dict.items(value)}
        case list():
            return [_copy(item) for item in list.__iter__(value)]
        case tuple():
            return tuple(_copy(item) for item in tuple.__iter__(value))
        case set() | frozenset():
            return {_copy(item) for item in frozenset(value)}
        case Fault() if faults.KINDS.get(type(value).__name__) is type(value):
            return faults.from_json(_copy(faults.to_json(value)))
    if type(value) in HANDED:
        return type(value)(*(_copy(getattr(value, part.name)) for part in fields(value)))
    if "numpy" in sys.modules and isinstance(
        value, (sys.modules["numpy"].ndarray, sys.modules["numpy"].generic)
    ):
        return _copy(value.tolist())
    if isinstance(value, BaseException) or (isinstance(value, type) and issubclass(value, BaseException)):
        raise TypeError("it returned an exception, where `raise` is due")
    name = type(value).__name__
    article = "an" if name[:1].lower() in "aeiou" else "a"
    raise TypeError(f"it gave {article} {name}, where a number, a text or a list of them is wanted")


def does_nothing(function: FunctionType) -> bool:
    """Whether the body is only a docstring, `...` or `pass`."""
    idle = ("RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "LOAD_SMALL_INT")
    return all(
        step.opname in idle and step.argval in (None, 0, ...) for step in dis.get_instructions(function)
    )


def returns_nothing(function: FunctionType) -> bool:
    """Whether there is no `return` in it, or none that gives a value."""
    steps = list(dis.get_instructions(function))
    return not any(_gives_a_value(*pair) for pair in pairwise(steps))


def _gives_a_value(before: dis.Instruction, step: dis.Instruction) -> bool:
    if step.opname == "RETURN_CONST":
        return step.argval is not None
    if step.opname != "RETURN_VALUE":
        return False
    is_none = before.opname == "LOAD_CONST" and before.argval is None
    return step.is_jump_target or not is_none  # a target: `return found or None`


def learner_lines(error: BaseException, owner: Any) -> tuple[str, ...]:
    """`line 7: return points[i]` for each frame in the file that defines the learner's code."""
    own = source_file(owner)
    return tuple(
        f"line {number}: {linecache.getline(own, number or 0).strip()}"
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == own
    )[-4:]


def source_file(owner: Any) -> str:
    """The file, or notebook cell, in which a function or class was written."""
    functions = [owner, *vars(owner).values()] if isinstance(owner, type) else [owner]
    return next((f.__code__.co_filename for f in functions if isinstance(f, FunctionType)), "")


def described(error: BaseException) -> str:
    """`IndexError: list index out of range`."""
    try:
        return f"{type(error).__name__}: {error}".rstrip(": ")
    except Exception:  # its own __str__ fails
        return type(error).__name__


def short(value: Any, limit: int = 120) -> str:
    """`repr(value)`, the middle of a long list left out."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out an int of thousands of digits
        return "a number of thousands of digits"
    return text if len(text) <= limit else f"{text[: limit // 2]} ... {text[-limit // 3 :]}"
