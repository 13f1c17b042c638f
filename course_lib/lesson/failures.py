"""Failures as a lesson shows them: a sentence, never a traceback."""

from collections.abc import Callable
from typing import Any

from course_lib.lesson.tables import Table, table


def error(action: Callable[..., object], *args: Any, **kwargs: Any) -> None:
    """Call `action` and print what it raises as `type: sentence`."""
    try:
        result = action(*args, **kwargs)
    except Exception as problem:
        # str() of a KeyError is the repr of its message, quotes included.
        sentence = problem.args[0] if isinstance(problem, KeyError) and len(problem.args) == 1 else problem
        print(f"{type(problem).__name__}: {sentence}")
    else:
        print(f"no error: returned {result!r}")


def safeguards(module: Any) -> Table:
    """What each safeguard of a protocol is for, and what broke in a run without it.

    `module.SAFEGUARDS` maps names to sentences; `module.without(name)` runs the protocol with that one
    switched off and returns the sentence that says what broke. Raises ValueError when nothing broke.
    """
    name = getattr(module, "__name__", repr(module))
    if not (hasattr(module, "SAFEGUARDS") and hasattr(module, "without")):
        raise TypeError(f"{name} has no safeguards to switch off; it needs SAFEGUARDS and without(name)")
    rows = [
        (safeguard, purpose, module.without(safeguard)) for safeguard, purpose in module.SAFEGUARDS.items()
    ]
    for safeguard, _, broke in rows:
        if not broke:
            raise ValueError(
                f"{name}: nothing broke without {safeguard!r}; find the run that needs it, or drop it"
            )
    return table(rows, ("safeguard", "what it is for", "what broke without it"))
