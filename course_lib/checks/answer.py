"""The seam between a check and a learner's code: plain data in, plain data out.

A check sees a learner's function or class only through an `Answer`, which copies what it hands in,
accepts only plain values back, and turns whatever goes wrong into a `Failed` that can be told in
one sentence. Nothing else touches the code, so it can as well run in another process.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from types import FunctionType
from typing import Any

from course_lib.checks.plain import Failed, does_nothing, failed, plain, returns_nothing, short
from course_lib.limit import TimeUp
from course_lib.sim import Node

HANDLERS = ("on_start", "on_message", "on_timer")


class NotStarted(Exception):
    """A part that is still to be written; the text is the call that met it."""


class Answer:
    """What the learner gave, to be called like the thing itself."""

    def __init__(self, given: Any, name: str) -> None:
        self._given, self._name = given, name
        self.last_call = ""  # as source text: what ran when the time was up
        self.known: dict[Any, Any] = {}  # what the check has found out already

    def __call__(self, *args: Any) -> Any:
        """The function's plain result; or, of a class, an instance whose methods are called the same way."""
        if isinstance(self._given, type):
            return self.made(*args)
        call = self.last_call = self.call(args)
        return plain(run(self._given, args, call, self._given), call)

    def left(self, *args: Any) -> list[Any]:
        """What the function makes of its arguments: the same, where it changes none of them."""
        call = self.call(args)
        given = [plain(arg, call) for arg in args]
        self.watch(call, lambda: self._given(*given))
        return [plain(arg, call) for arg in given]

    def made(self, *args: Any) -> "Instance":
        """An object of the learner's class, or one that a function gives which stands in its place."""
        call = self.last_call = self.call(args)
        return Instance(run(self._given, args, call, self._given), call, self)

    def node(self, *args: Any) -> Node:
        """A node of the learner's class, for a world to run."""
        call = self.call(args)
        made = run(self._given, args, call, self._given)
        if not isinstance(made, Node):
            raise Failed(call, f"TypeError: {self._name} is no Node; write `class {self._name}(Node):`")
        return made

    def steps(self, *args: Any) -> "Steps":
        """What the learner's function does from one `yield` to the next."""
        call = self.last_call = self.call(args)
        made = run(self._given, args, call, self._given)
        if not isinstance(made, Generator):
            raise Failed(call, f"TypeError: it gave {short(made)} at once; it had to `yield` first")
        return Steps(made, call, self._given)

    def watch(self, call: str, play: Callable[[], Any]) -> Any:
        """What `play` returns, which lets worlds run nodes of the learner's class; `call` is the same as source text."""
        self.last_call = call
        return run(play, (), call, self._given)

    def call(self, args: Sequence[Any], write: Callable[[Any], str] = short) -> str:
        """A call with `args` as source text, long ones shortened; with `repr` as `write` it can be run."""
        return f"{self._name}({', '.join(map(write, args))})"

    @property
    def name(self) -> str:
        """What the learner calls it."""
        return self._name

    @property
    def variable(self) -> str:
        """What an object of the learner's class is called in a replay."""
        return self._name.lower()

    @property
    def value(self) -> Any:
        """The answer itself, where a value was asked for."""
        return plain(self._given, self._name)

    def untouched(self) -> bool:
        """Whether this is what the exercise began with: nothing, or functions without a body.

        A node that has only an `__init__` has not begun to do anything either.
        """
        if self._given is None or self._given is ...:
            return True
        if isinstance(self._given, type):
            kinds = [kind for kind in type.mro(self._given)[:-1] if kind is not Node]
            members = [member for kind in kinds for member in vars(kind).values()]
            if Node in type.mro(self._given):
                members = [vars(kind)[name] for kind in kinds for name in HANDLERS if name in vars(kind)]
            return all(does_nothing(member) for member in members if isinstance(member, FunctionType))
        return isinstance(self._given, FunctionType) and does_nothing(self._given)

    def returns_nothing(self) -> bool:
        """Whether no `return` in it gives a value; of a class, in none of its methods."""
        if isinstance(self._given, type):
            members = [member for kind in type.mro(self._given)[:-1] for member in vars(kind).values()]
            return all(returns_nothing(member) for member in members if isinstance(member, FunctionType))
        return isinstance(self._given, FunctionType) and returns_nothing(self._given)


class Instance:
    """An object of the learner's class."""

    def __init__(self, given: Any, made_by: str, answer: Answer) -> None:
        self._given, self._answer = given, answer
        self._history = [f"{answer.variable} = {made_by}"]

    def __getattr__(self, method: str) -> Callable[..., Any]:
        """`instance.lookup("k")` gives the plain result of the method."""
        return lambda *args: plain(*self._call(method, args))

    def do(self, method: str, *args: Any) -> None:
        """Calls a method for its effect; whatever it returns is of no interest."""
        _, replay = self._call(method, args)
        self._history.append(replay.rpartition("; ")[2])

    def _call(self, method: str, args: Sequence[Any]) -> tuple[Any, str]:
        call = f"{self._answer.variable}.{method}({', '.join(map(short, args))})"
        replay = self._answer.last_call = "; ".join([*self._history, call])
        owner = type(self._given)
        bound = getattr(self._given, method, None)
        if bound is None:
            missing = AttributeError(f"{owner.__name__} has no method {method!r}")
            raise failed(replay, missing)
        return run(bound, args, replay, owner), replay


class Steps:
    """A generator of the learner's. What it yields and what it returns are plain."""

    def __init__(self, given: Generator[Any, Any, Any], call: str, owner: Any) -> None:
        self._given, self.call, self._owner = given, call, owner

    def send(self, value: Any) -> tuple[bool, Any]:
        """Goes on with `value`: whether it has returned, and what it returned or yielded."""
        return self._on(lambda: self._given.send(value))

    def throw(self, error: Exception) -> tuple[bool, Any]:
        """Goes on with an exception at the `yield`."""
        return self._on(lambda: self._given.throw(error))

    def close(self) -> None:
        """Goes on no more, as in a crash."""
        with suppress(Exception):  # a `yield` in a `finally` block would object
            self._given.close()

    def _on(self, act: Callable[[], Any]) -> tuple[bool, Any]:
        def once() -> tuple[bool, Any]:
            try:
                return False, act()
            except StopIteration as end:
                return True, end.value

        over, value = run(once, (), self.call, self._owner)
        return over, plain(value, self.call)


def run(function: Callable[..., Any], args: Sequence[Any], call: str, owner: Any) -> Any:
    """Calls the learner's code with copies of `args`."""
    copies = [plain(arg, call) for arg in args]
    try:
        return function(*copies)
    except (KeyboardInterrupt, TimeUp, NotStarted, Failed):
        raise
    except NotImplementedError as error:
        raise NotStarted(call) from error
    except BaseException as error:  # SystemExit too costs this answer only
        raise failed(call, error, owner) from error
