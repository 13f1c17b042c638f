"""A time limit for a learner's code, in the thread that runs it, on every operating system."""

import ctypes
import sys
import threading
from collections.abc import Callable
from time import sleep
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
    again until the call ends: the code may swallow it, or be in a `__del__`, where Python ignores
    it. What it cannot stop is one long call in C (a `time.sleep`, a huge power) before that returns:
    then it says on `out` how to go on.
    """
    # TimeUp can strike between any two instructions of the caller. So no `with` block, whose own machinery it
    # could interrupt, and no Event, which could be left locked: only single steps that may be taken again.
    caller, ended, called_off = threading.get_ident(), threading.Lock(), []
    struck: list[bool] = []
    met: list[bool] = []
    ended.acquire()
    hook = sys.unraisablehook

    def report(ignored: "sys.UnraisableHookArgs") -> None:
        # In a __del__ or a callback of the garbage collector Python ignores what is raised, and tells of it. TimeUp
        # is struck again, so nobody has to hear of the one that was ignored.
        if ignored.exc_type is not TimeUp:
            hook(ignored)

    def watch() -> None:
        patience = seconds
        for attempt in range(1000):
            if ended.acquire(timeout=patience):
                break
            struck.append(True)
            raise_in(caller, TimeUp)
            patience = 0.2
            if attempt == 5:
                print(STUCK, file=out or sys.stdout, flush=True)
        called_off.append(True)

    watchdog = threading.Thread(target=watch, name="time limit", daemon=True)
    try:
        try:
            sys.unraisablehook = report
            watchdog.start()
            return function()
        finally:
            ended.release()
    finally:
        while True:
            try:
                if ended.locked():
                    ended.release()
                while watchdog.ident and not called_off:
                    sleep(0.0002)
                if not struck:
                    break
                # What it asked for last may be pending, so it is asked for once more and met here. It cannot be taken
                # back: Python 3.11 would look for it ever after, and never come to an end under sys.settrace.
                met.append(True)
                while True:
                    raise_in(caller, TimeUp)
                    sleep(0.0002)
            except TimeUp:
                if met:
                    break
        sys.unraisablehook = hook


def raise_in(thread: int, exception: type[BaseException]) -> None:
    """Has `exception` raised in `thread` at its next Python instruction."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))
