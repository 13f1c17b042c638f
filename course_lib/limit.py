"""A time limit for a learner's code, in the thread that runs it, on every operating system."""

import ctypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

STUCK = (
    "The time is up, but your code sits in a call that cannot be interrupted from here. "
    "Press the stop button (interrupt the kernel); if that does not help, restart the kernel."
)


class TimeUp(BaseException):
    """Raised inside code that ran too long. No Exception, so that `except Exception` does not swallow it."""


@contextmanager
def time_limit(seconds: float, out: TextIO | None = None) -> Iterator[None]:
    """Raises TimeUp in the body when it runs longer than `seconds`.

    A watchdog thread asks the interpreter to raise it between two Python instructions, and asks
    again until the body ends. What it cannot stop is one long call in C (a `time.sleep`, a huge
    power) before that returns: then it says on `out` how to go on.
    """
    caller, done = threading.get_ident(), threading.Event()

    def watch() -> None:
        patience = seconds
        for attempt in range(1000):
            if done.wait(patience):
                return
            raise_in(caller, TimeUp)
            patience = 0.2
            if attempt == 5:
                print(STUCK, file=out or sys.stdout, flush=True)

    watchdog = threading.Thread(target=watch, name="time limit", daemon=True)
    watchdog.start()
    try:
        try:
            yield
        finally:
            done.set()
    finally:
        # TimeUp may strike anywhere, here too: so this goes on until the watchdog is gone and nothing is pending.
        while True:
            try:
                done.set()
                watchdog.join()
                raise_in(caller, None)
                break
            except TimeUp:
                continue


def raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Has `exception` raised in `thread` at its next Python instruction; None takes it back."""
    what = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
