"""The renewal of 04.keep_alive as it should be, and as learners write it by mistake: one thing differs each time."""

from __future__ import annotations

from course_lib.locks.renewal import SHARE, Renewal


class Model(Renewal):
    """The library's, with what makes an extension due in parts that can be mistaken one by one."""

    def due(self, now: float) -> bool:
        return not self.lost and self.is_time(now) and self.gets_on(now) and self.is_young(now)

    def is_time(self, now: float) -> bool:
        return now - self.renewed >= self.ttl / SHARE

    def gets_on(self, now: float) -> bool:
        return now - self.progressed < self.stall

    def is_young(self, now: float) -> bool:
        return now - self.started < self.longest


class WholeTtl(Model):
    def is_time(self, now: float) -> bool:
        return now - self.renewed >= self.ttl


class HalfTtl(Model):
    def is_time(self, now: float) -> bool:
        return now - self.renewed >= self.ttl / 2


class WholeSeconds(Model):
    def is_time(self, now: float) -> bool:
        return now - self.renewed >= self.ttl // 3


class AboutAThird(Model):
    def is_time(self, now: float) -> bool:
        return now - self.renewed >= self.ttl * 0.33


class UntilTheTtl(Model):
    """It believes its own clock that the lock is over."""

    def is_time(self, now: float) -> bool:
        return self.ttl / 3 <= now - self.renewed < self.ttl


class AfterAThird(Model):
    def is_time(self, now: float) -> bool:
        return now - self.renewed > self.ttl / 3


class Always(Model):
    def is_time(self, now: float) -> bool:
        return True


class ForgetsExtensions(Model):
    def extended(self, now: float, ok: bool) -> None:
        self.lost = self.lost or not ok


class ProgressExtends(Model):
    def progress(self, now: float) -> None:
        self.progressed = self.renewed = now


class IgnoresStall(Model):
    def gets_on(self, now: float) -> bool:
        return True


class StallFromExtension(Model):
    def gets_on(self, now: float) -> bool:
        return now - self.renewed < self.stall


class StallInclusive(Model):
    def gets_on(self, now: float) -> bool:
        return now - self.progressed <= self.stall


class StuckForEver(Model):
    """Who was stuck once is given up, also where it gets on while the lock is still held."""

    def start(self, now: float) -> None:
        super().start(now)
        self.stuck = False

    def due(self, now: float) -> bool:
        self.stuck = self.stuck or not self.gets_on(now)
        return super().due(now) and not self.stuck


class NoProgressYet(Model):
    """The start does not count as progress."""

    def start(self, now: float) -> None:
        super().start(now)
        self.progressed = float("-inf")


class IgnoresLongest(Model):
    def is_young(self, now: float) -> bool:
        return True


class LifeFromExtension(Model):
    def is_young(self, now: float) -> bool:
        return now - self.renewed < self.longest


class LifeFromProgress(Model):
    def is_young(self, now: float) -> bool:
        return now - self.progressed < self.longest


class LifeInclusive(Model):
    def is_young(self, now: float) -> bool:
        return now - self.started <= self.longest


class EndsBefore(Model):
    """The extension itself must not reach beyond the longest life."""

    def is_young(self, now: float) -> bool:
        return now + self.ttl - self.started <= self.longest


class FailureIgnored(Model):
    def extended(self, now: float, ok: bool) -> None:
        self.renewed = now


class FailureRetried(Model):
    def extended(self, now: float, ok: bool) -> None:
        if ok:
            self.renewed = now


class ProgressBringsBack(Model):
    def progress(self, now: float) -> None:
        super().progress(now)
        self.lost = False


class SuccessBringsBack(Model):
    def extended(self, now: float, ok: bool) -> None:
        self.lost = not ok
        if ok:
            self.renewed = now


class FromCreation(Model):
    """Times are counted from 0, and the start is not looked at."""

    def __init__(self, ttl: float, longest: float, stall: float) -> None:
        super().__init__(ttl, longest, stall)
        super().start(0)

    def start(self, now: float) -> None:
        pass


class LifeFromCreation(FromCreation):
    def start(self, now: float) -> None:
        self.renewed = self.progressed = now
        self.lost = False


class FirstStartOnly(Model):
    """A second start changes nothing about a failure."""

    def __init__(self, ttl: float, longest: float, stall: float) -> None:
        super().__init__(ttl, longest, stall)
        self.lost = False

    def start(self, now: float) -> None:
        self.started = self.renewed = self.progressed = now


class LifeOfTheFirst(Model):
    """A second start does not begin a new life."""

    def start(self, now: float) -> None:
        started = getattr(self, "started", now)
        super().start(now)
        self.started = started


class AskingExtends(Model):
    def due(self, now: float) -> bool:
        is_due = super().due(now)
        if is_due:
            self.renewed = now
        return is_due


MISTAKES = [
    ("too-late", WholeTtl),
    ("another-share", HalfTtl),
    ("another-share", WholeSeconds),
    ("another-share", AboutAThird),
    ("gives-up-by-its-clock", UntilTheTtl),
    ("at-the-limit", AfterAThird),
    ("at-the-limit", StallInclusive),
    ("at-the-limit", LifeInclusive),
    ("all-the-time", Always),
    ("forgets-extensions", ForgetsExtensions),
    ("progress-extends", ProgressExtends),
    ("ignores-the-stall", IgnoresStall),
    ("ignores-the-stall", StallFromExtension),
    ("stuck-for-ever", StuckForEver),
    ("start-is-progress", NoProgressYet),
    ("lives-for-ever", IgnoresLongest),
    ("lives-for-ever", LifeFromExtension),
    ("lives-for-ever", LifeFromProgress),
    ("counts-the-last-one", EndsBefore),
    ("goes-on-without-the-lock", FailureIgnored),
    ("goes-on-without-the-lock", FailureRetried),
    ("goes-on-without-the-lock", ProgressBringsBack),
    ("goes-on-without-the-lock", SuccessBringsBack),
    ("from-the-creation", FromCreation),
    ("from-the-creation", LifeFromCreation),
    ("not-anew", FirstStartOnly),
    ("not-anew", LifeOfTheFirst),
    ("asking-extends", AskingExtends),
]
