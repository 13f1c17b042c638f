"""Python's cyclic garbage collector, paused while one computation only ever adds to what it keeps."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Runs and searches make no cycles; the collector would only walk through all that they keep, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
