"""A time limit for a learner's code, in the thread that runs it, on every operating system."""

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import TextIO, TypeVar

T = TypeVar("T")

STUCK = (
    "The time is up, but your code sits in a call that cannot be interrupted from here. "
    "Press the stop button (interrupt the kernel); if that does not help, restart the kernel."
)


class TimeUp(BaseException):
    """Raised inside code that ran too long. No Exception, so that `except Exception` does not swallow it."""


def call_within(seconds: float, function: Callable[[], T], out: TextIO | None = None) -> T:
    """What `function` returns; raises TimeUp, in it or in place of it, when that takes longer than `seconds`.

    A watchdog thread asks the interpreter to raise it between two Python instructions, and asks
    again until the call ends. What it cannot stop is one long call in C (a `time.sleep`, a huge
    power) before that returns: then it says on `out` how to go on.
    """
    # No context manager: TimeUp can strike between any two instructions, also in those of `with` itself,
    # and then nobody would call the watchdog off.
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
    try:
        try:
            watchdog.start()
            return function()
        finally:
            done.set()
    finally:
        while True:  # until the watchdog is gone and nothing that it asked for is pending
            try:
                done.set()
                if watchdog.is_alive():
                    watchdog.join()
                raise_in(caller, None)
                break
            except TimeUp:
                continue


def raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Has `exception` raised in `thread` at its next Python instruction; None takes it back."""
    what = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
