"""The seam between a check and a learner's code: plain data in, plain data out.

A check sees a learner's function or class only through an `Answer`, which copies what it hands in,
accepts only plain values back, and turns whatever goes wrong into a `Failed` that can be told in
one sentence. Nothing else touches the code, so it can as well run in another process.
"""

import dis
import linecache
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

PLAIN = (str, int, float, bool, type(None), bytes)


@dataclass
class Failed(Exception):
    """A call of the learner's code did not return a plain value."""

    call: str
    """The call as source text, to be tried again."""
    error: str
    """`IndexError: list index out of range`"""
    lines: tuple[str, ...] = ()
    """Where in the learner's own code, outermost first."""
    expected: str = ""
    """`it had to give 3`"""

    @property
    def kind(self) -> str:
        """The exception's type by name."""
        return self.error.partition(":")[0]

    def __str__(self) -> str:
        return f"{self.call} raised {self.error}{'; ' if self.expected else ''}{self.expected}."


class NotStarted(Exception):
    """The stub, untouched."""


class Answer:
    """What the learner gave, to be called like the thing itself."""

    def __init__(self, given: Any, name: str) -> None:
        self._given, self._name = given, name
        self.last_call = ""  # as source text: what ran when the time was up

    def __call__(self, *args: Any) -> Any:
        """The function's plain result; or, of a class, an instance whose methods are called the same way."""
        call = self.last_call = self.call(args)
        result = run(self._given, args, call, self._given)
        if isinstance(self._given, type):
            return Instance(result, call, self)
        return plain(result, call)

    def call(self, args: Sequence[Any]) -> str:
        """A call with `args` as source text."""
        return f"{self._name}({', '.join(map(short, args))})"

    @property
    def value(self) -> Any:
        """The answer itself, where a value was asked for."""
        return plain(self._given, self._name)

    def untouched(self) -> bool:
        """Whether this is what the exercise began with: nothing, or functions without a body."""
        if self._given is None or self._given is ...:
            return True
        if isinstance(self._given, type):
            methods = [member for member in vars(self._given).values() if isinstance(member, FunctionType)]
            return all(map(does_nothing, methods))
        return isinstance(self._given, FunctionType) and does_nothing(self._given)


class Instance:
    """An object of the learner's class; `instance.lookup("k")` calls its method."""

    def __init__(self, given: Any, made_by: str, answer: Answer) -> None:
        self._given, self._owner, self._answer = given, type(given), answer
        self._name = self._owner.__name__.lower()
        self._calls = [f"{self._name} = {made_by}"]

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            text = f"{self._name}.{method}({', '.join(map(short, args))})"
            replay = self._answer.last_call = f"{self.history}; {text}"
            bound = getattr(self._given, method, None)
            if bound is None:
                raise Failed(replay, f"AttributeError: {self._owner.__name__} has no method {method!r}")
            result = plain(run(bound, args, replay, self._owner), replay)
            if result is None:
                self._calls.append(text)  # a call for its effect, such as add; a lookup changes nothing
            return result

        return call

    @property
    def history(self) -> str:
        """What was done to the object so far, as source text that can be run again."""
        return "; ".join(self._calls)


def run(function: Callable[..., Any], args: tuple, call: str, owner: Any) -> Any:
    """Calls the learner's code with copies of `args`."""
    copies = [plain(arg, call) for arg in args]
    try:
        return function(*copies)
    except NotImplementedError as error:
        raise NotStarted from error
    except (Exception, SystemExit) as error:
        raise Failed(call, described(error), learner_lines(error, owner)) from error


def plain(value: Any, call: str) -> Any:
    """A copy of `value`, made of built-in types alone; anything else cannot be trusted to compare honestly."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in (list, tuple, set, frozenset):
        return kind(plain(item, call) for item in value)
    if kind is dict:
        return {plain(key, call): plain(item, call) for key, item in value.items()}
    if kind.__module__ == "numpy" and hasattr(value, "tolist"):
        return value.tolist()
    raise Failed(
        call,
        f"TypeError: it gave {a(kind.__name__)}, where a number, a text or a list of them is wanted",
    )


def does_nothing(function: FunctionType) -> bool:
    """Whether the body is only a docstring, `...` or `pass`."""
    return all(
        step.opname
        in (
            "RESUME",
            "NOP",
            "LOAD_CONST",
            "RETURN_CONST",
            "RETURN_VALUE",
            "LOAD_SMALL_INT",
        )
        and step.argval in (None, 0, ...)
        for step in dis.get_instructions(function)
    )


def learner_lines(error: BaseException, owner: Any) -> tuple[str, ...]:
    """`line 7: return points[i]` for each frame in the file that defines the learner's code."""
    own = source_file(owner)
    return tuple(
        f"line {frame.f_lineno if number is None else number}: {linecache.getline(own, number or 0).strip()}"
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == own
    )[-4:]


def source_file(owner: Any) -> str:
    """The file, or notebook cell, in which a function or class was written."""
    functions = [owner, *vars(owner).values()] if isinstance(owner, type) else [owner]
    return next((f.__code__.co_filename for f in functions if isinstance(f, FunctionType)), "")


def described(error: BaseException) -> str:
    """`IndexError: list index out of range`."""
    return f"{type(error).__name__}: {error}".rstrip(": ")


def short(value: Any, limit: int = 120) -> str:
    """`repr(value)`, the middle of a long list left out."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit // 2]} ... {text[-limit // 3 :]}"


def a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"
