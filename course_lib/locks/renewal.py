"""When to prolong a lock: while its work goes on, and only then.

Who prolongs a lock for ever keeps it for work that hangs, and nobody else gets it: no lease at all. So the work says
that it gets on, and there is a longest life.
"""

from __future__ import annotations

import math

SHARE = 3  # an extension each third of the time to live leaves time for more tries, should one fail


class Renewal:
    """Decides when to extend. It looks at no clock: each call says what time it is, in seconds.

    Args:
        ttl: seconds that an extension gives.
        longest: seconds after the start at which there are no more extensions.
        stall: seconds without progress after which the work is taken for stuck.

    Raises ValueError for one that is no positive number.
    """

    def __init__(self, ttl: float, longest: float, stall: float) -> None:
        for name, value in (("ttl", ttl), ("longest", longest), ("stall", stall)):
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
                raise ValueError(f"{name} is {value!r}: give seconds, more than 0")
        self.ttl, self.longest, self.stall = ttl, longest, stall

    def start(self, now: float) -> None:
        """The lock was taken. `now` is from before it was asked for: the server may have counted since then."""
        self.started = self.renewed = self.progressed = now
        self.lost = False

    def progress(self, now: float) -> None:
        """The work got on."""
        self.progressed = now

    def due(self, now: float) -> bool:
        """Whether to extend the lock now."""
        return (
            not self.lost
            and now - self.renewed >= self.ttl / SHARE
            and now - self.progressed < self.stall
            and now - self.started < self.longest
        )

    def over(self, now: float) -> bool:
        """Whether the lock is lost, or its time is over by our own clock."""
        return self.lost or now - self.renewed >= self.ttl

    def extended(self, now: float, ok: bool) -> None:
        """An extension was asked for at `now`. Where it failed the lock is lost, and what is lost stays lost."""
        if ok:
            self.renewed = now
        self.lost = self.lost or not ok
