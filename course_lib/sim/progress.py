"""A line that tells how far a long computation is: not in its first two seconds, not in a build, not in a file."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import Any

PATIENCE = 2.0  # seconds of real time


class Progress:
    """`with Progress("exploring") as progress: progress.show("1,000 states")`"""

    def __init__(self, what: str) -> None:
        self.what = what
        self.begun = time.monotonic()
        self.line: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.line is not None:
            self.line.stop()

    def show(self, words: str) -> None:
        """How far it is now."""
        if self.line is None:
            if time.monotonic() - self.begun < PATIENCE or not _watched():
                return
            from rich.console import Console
            from rich.status import Status

            self.line = Status("", console=Console())
            self.line.start()
        self.line.update(f"{self.what}: {words}")


def _watched() -> bool:
    """Whether somebody looks: a terminal, or a notebook that is not being built."""
    if os.environ.get("COURSE_BUILD"):
        return False
    return sys.stdout.isatty() or "ipykernel" in sys.modules
