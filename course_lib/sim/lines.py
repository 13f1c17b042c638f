"""A look between any two lines of a learner's code: what changed in the line before is known before the next begins."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

HERE = str(Path(__file__).parent)


@contextmanager
def looked_at(look: Callable[[], None]) -> Iterator[None]:
    """Calls `look` after each line of code that is not this package's own. Who traced before goes on tracing."""
    before = sys.gettrace()

    def on_call(frame: FrameType, event: Any, argument: Any) -> Any:
        theirs = before(frame, event, argument) if before else None
        if frame.f_code.co_filename.startswith(HERE):
            return theirs

        def on_line(frame: FrameType, event: Any, argument: Any) -> Any:
            nonlocal theirs
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
