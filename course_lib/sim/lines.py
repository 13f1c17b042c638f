"""A look between any two lines of a learner's code: what changed in the line before is known before the next begins."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from course_lib.sim.errors import is_ours


@contextmanager
def looked_at(look: Callable[[], None]) -> Iterator[None]:
    """Calls `look` after each line of code that is not this package's own. Who traced before goes on tracing."""
    before = sys.gettrace()

    def on_call(frame: FrameType, event: Any, argument: Any) -> Any:
        theirs = before(frame, event, argument) if before else None
        if is_ours(frame.f_code):
            return theirs

        def on_line(frame: FrameType, event: Any, argument: Any) -> Any:
            nonlocal theirs
            if event != "opcode":  # coverage asks for these in some functions; a line is a line all the same
                look()
            if theirs:
                theirs = theirs(frame, event, argument)
            return on_line

        return on_line

    sys.settrace(on_call)
    try:
        yield
    finally:
        sys.settrace(before)
