"""Learner's code may raise, or never end; in a lab either becomes one sentence that names the call."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from course_lib.limit import TimeUp, call_within

T = TypeVar("T")


class Refused(ValueError):
    """Why an act could not be done, as a sentence for the reader."""


def guarded(
    words: str | Callable[[], str], function: Callable[[], T], files: Collection[str], seconds: float
) -> T:
    """What `function` returns; `words` name the call in the sentence, and the line is the last one in `files`.

    The stop button ends it here too.
    """
    try:
        return call_within(seconds, function)
    except BaseException as error:  # a learner's may be any
        words = words if isinstance(words, str) else words()
        if isinstance(error, TimeUp):
            reason = "it does not end, or is too slow for the lab"
            raise Refused(f"{words} was still running after {seconds} s: {reason}.") from error
        said = error.args[0] if isinstance(error, KeyError) and error.args else error
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in files]
        line = f" (line {frames[-1].lineno})" if frames else ""
        raise Refused(f"{words} raised {type(error).__name__}: {said}{line}") from error


def files_of(kind: Any) -> set[str]:
    """The learner's files in which a class is written, whose lines errors name; none of the course's own."""
    return {
        member.__code__.co_filename
        for base in (inspect.getmro(kind) if isinstance(kind, type) else ())
        for member in vars(base).values()
        if inspect.isfunction(member) and not str(member.__module__).startswith("course_lib")
    }
