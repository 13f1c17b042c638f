"""What the locks on ZooKeeper and etcd share. Those on Redis have redis-py's errors and arguments."""

import math
from collections.abc import Callable


class NotHeld(RuntimeError):
    """A lock was to be given back, or relied on, that is not held, or not any more."""


def countdown(blocking: bool, timeout: float | None, clock: Callable[[], float]) -> Callable[[], float]:
    """Checks the arguments of an `acquire`, and gives a function that tells how many seconds are left."""
    if timeout is None:
        return lambda: math.inf if blocking else 0.0
    if not blocking:
        raise ValueError("without blocking there is nothing to wait for: leave the timeout out")
    if not 0 <= timeout < math.inf:
        raise ValueError(f"timeout is {timeout!r}: give seconds, 0 or more, or None to wait without end")
    end = clock() + timeout
    return lambda: max(0.0, end - clock())
