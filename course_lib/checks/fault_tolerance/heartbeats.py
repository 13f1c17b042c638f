"""The detector of 10.heartbeat as it should be, and as learners write it by mistake: one thing differs each time.

Here are the mistakes in which heartbeats count, and in what follows from them; `timers` has those in the time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


class Model:
    """Remembers when the newest heartbeat arrived."""

    def __init__(self, timeout: float) -> None:
        self.timeout, self.last, self.newest = timeout, self.begin(), 0

    def begin(self) -> float:
        """Since when it watches."""
        return 0.0

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        if self.counts(number):
            self.newest = number
            self.last = self.heard(now, sent)

    def counts(self, number: int) -> bool:
        return number > self.newest

    def heard(self, now: float, sent: float) -> float:
        return now

    def suspects(self, now: float) -> Any:
        return self.silent(now) >= self.timeout

    def silent(self, now: float) -> float:
        return now - self.last


class OneMiss(Model):
    """A jump in the numbers is a death."""

    missed = False

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        self.missed = number > self.newest + 1
        super().heartbeat(now, number, sent)

    def suspects(self, now: float) -> bool:
        return self.missed or super().suspects(now)


class OneMissForGood(OneMiss):
    def heartbeat(self, now: float, number: int, sent: float) -> None:
        before = self.missed
        super().heartbeat(now, number, sent)
        self.missed = self.missed or before


class ExpectsEach(Model):
    """After one that is lost, no other counts."""

    def counts(self, number: int) -> bool:
        return number == self.newest + 1


class Sticky(Model):
    """Once suspected when asked, suspected for ever."""

    dead = False

    def suspects(self, now: float) -> bool:
        self.dead = self.dead or super().suspects(now)
        return self.dead


class StickyAtHeartbeats(Model):
    """A heartbeat that comes after the timeout comes too late."""

    dead = False

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        self.dead = self.dead or self.silent(now) >= self.timeout
        super().heartbeat(now, number, sent)

    def suspects(self, now: float) -> bool:
        return self.dead or super().suspects(now)


class BuriesForGood(Model):
    """The same, and only after a silence that is very long: so many seconds, or ten timeouts."""

    def __init__(self, timeout: float, seconds: float = 0.0) -> None:
        super().__init__(timeout)
        self.limit = seconds or 10 * timeout

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        if self.silent(now) < self.limit:
            super().heartbeat(now, number, sent)


class BuriesForGoodWhenAsked(BuriesForGood):
    dead = False

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        Model.heartbeat(self, now, number, sent)

    def suspects(self, now: float) -> bool:
        self.dead = self.dead or self.silent(now) >= self.limit
        return self.dead or super().suspects(now)


class AnyRevives(Model):
    def counts(self, number: int) -> bool:
        return True


class AnyOtherRevives(Model):
    """All but a copy of the last one."""

    def counts(self, number: int) -> bool:
        return number != self.newest


class NewestGoesBack(Model):
    """A late one counts for nothing, but its number is remembered."""

    def heartbeat(self, now: float, number: int, sent: float) -> None:
        super().heartbeat(now, number, sent)
        self.newest = number


class AllNumbers(Model):
    """Knows a copy again, and not what is late."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout)
        self.seen: set[int] = set()

    def counts(self, number: int) -> bool:
        is_new = number not in self.seen
        self.seen.add(number)
        return is_new


class CopyRevives(Model):
    def counts(self, number: int) -> bool:
        return number >= self.newest


class NeverHeard(Model):
    """Who has never said anything is not suspected."""

    def suspects(self, now: float) -> bool:
        return self.newest > 0 and super().suspects(now)


class SuspectedAtFirst(Model):
    def suspects(self, now: float) -> bool:
        return self.newest == 0 or super().suspects(now)


class TurnedRound(Model):
    def suspects(self, now: float) -> bool:
        return not super().suspects(now)


class AskingCounts(Model):
    """It takes a question for a sign of life."""

    def suspects(self, now: float) -> bool:
        found = bool(super().suspects(now))
        self.last = now
        return found


MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("one-miss", OneMiss),
    ("one-miss", OneMissForGood),
    ("one-miss", ExpectsEach),
    ("never-unsuspects", Sticky),
    ("never-unsuspects", StickyAtHeartbeats),
    ("never-unsuspects", BuriesForGood),
    *(("never-unsuspects", partial(BuriesForGood, seconds=seconds)) for seconds in (200, 3600)),
    ("never-unsuspects", BuriesForGoodWhenAsked),
    *(("never-unsuspects", partial(BuriesForGoodWhenAsked, seconds=seconds)) for seconds in (200, 3600)),
    ("late-revives", AnyRevives),
    ("late-revives", AnyOtherRevives),
    ("late-revives", NewestGoesBack),
    ("late-revives", AllNumbers),
    ("copy-revives", CopyRevives),
    ("never-heard", NeverHeard),
    ("suspected-at-first", SuspectedAtFirst),
    ("turned-round", TurnedRound),
    ("asking-counts", AskingCounts),
]
