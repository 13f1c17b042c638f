"""A client that writes all the time, and remembers what it was told: who counts lost writes needs to know them.

Every write has a number of its own. One that fails is tried again, until it is acknowledged.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

AGAIN = 0.02  # seconds from a try that failed to the next


@dataclass
class Written:
    """What a writer was told; times in seconds from its beginning."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    """Of each acknowledged write when, and how long it took with all its tries. Write n is the n-th."""
    failures: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    """How many tries failed, by the kind of error."""


class Writer(threading.Thread):
    """Writes in a thread of its own.

    Args:
        write: carries out the write of that number, or raises one of the `errors`.
        rate: writes a second, at most: one waits for the other.
        errors: exceptions that say that it was not acknowledged. The same write is tried again.
    """

    def __init__(
        self, write: Callable[[int], object], rate: float, errors: tuple[type[Exception], ...]
    ) -> None:
        if not rate > 0:
            raise ValueError(f"rate is how many writes a second, above 0, not {rate!r}")
        super().__init__(name="writer", daemon=True)
        self.write, self.rate, self.errors = write, rate, errors
        self.written = Written()
        self.began = monotonic()
        self._changed, self._ended = threading.Condition(), False
        self.failure: Exception | None = None

    @property
    def now(self) -> float:
        """Seconds since it began."""
        return monotonic() - self.began

    def run(self) -> None:
        try:
            while not self._ended:
                self._one(len(self.written.answers) + 1)
        except Exception as error:  # no error of a server: a mistake, told by `wait`
            with self._changed:
                self.failure = error
                self._changed.notify_all()

    def _one(self, number: int) -> None:
        began = self.now
        while not self._ended and not self._acknowledged(number, began):
            self._pause(AGAIN)
        self._pause(began + 1 / self.rate - self.now)

    def _acknowledged(self, number: int, began: float) -> bool:
        try:
            self.write(number)
        except self.errors as error:
            self.written.failures.append(self.now)
            self.written.errors[type(error).__name__] += 1
            return False
        with self._changed:
            now = self.now
            self.written.answers.append((now, now - began))
            self._changed.notify_all()
        return True

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._ended, max(0.0, seconds))

    def wait(self, answers: int, patience: float = 60.0) -> None:
        """Until so many more writes have been acknowledged. TimeoutError where they are not; its own error, too."""
        with self._changed:
            enough = len(self.written.answers) + answers
            self._changed.wait_for(lambda: self.failure or len(self.written.answers) >= enough, patience)
            if self.failure:
                raise self.failure
            if len(self.written.answers) < enough:
                raise TimeoutError(
                    f"no {answers} writes were acknowledged in {patience:g} s; errors: {dict(self.written.errors)}"
                )

    def end(self) -> Written:
        """Ends it after the try at hand; what it was told."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self.join()
        return self.written


@contextmanager
def writing(
    write: Callable[[int], object], rate: float, errors: tuple[type[Exception], ...]
) -> Iterator[Writer]:
    """A writer that writes while the block lasts."""
    writer = Writer(write, rate, errors)
    writer.start()
    try:
        yield writer
    finally:
        writer.end()
