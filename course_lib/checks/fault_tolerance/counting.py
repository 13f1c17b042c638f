"""The replica of 10.primary, mistaken in whose Haves it counts, and for how much."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.primaries import Model
from course_lib.replication.views import View


class AnswersWhenSent(Model):
    def everywhere(self) -> int:
        return len(self.log)


class OneIsEnough(Model):
    def everywhere(self) -> int:
        return max([self.have.get(name, 0) for name in self.backups], default=len(self.log))


class OneIsEnoughForARead(Model):
    """Answers a read when one backup has its entry, and all else when all have it."""

    def answer(self) -> None:
        super().answer()
        some = max([self.have.get(name, 0) for name in self.backups], default=len(self.log))
        for position, entry in enumerate(self.log[:some], 1):
            if entry in self.waiting and entry.operation[0] == "read":
                self.waiting -= {entry}
                self.reply(entry, position)


class OfThoseWhoHaveSpoken(Model):
    """Who has said nothing in this view does not count."""

    def everywhere(self) -> int:
        return min(self.have.values(), default=0 if self.backups else len(self.log))


class AMajority(Model):
    """Half of all and one more, itself among them."""

    def everywhere(self) -> int:
        lengths = sorted([len(self.log), *(self.have.get(name, 0) for name in self.backups)], reverse=True)
        return lengths[len(lengths) // 2]


class CountsHaves(Model):
    """Counts how many Haves have come, whoever said them."""

    def begin(self) -> None:
        super().begin()
        self.lengths: tuple[int, ...] = ()

    def has(self, sender: str, number: int, length: int) -> None:
        if number == self.view.number:
            self.lengths += (length,)
            self.answer()

    def everywhere(self) -> int:
        needed = len(self.backups)
        return sorted([*[0] * needed, *self.lengths])[-needed] if needed else len(self.log)


class AnyHave(Model):
    """Who has said Have in this view has everything, it thinks."""

    def everywhere(self) -> int:
        return len(self.log) if self.all_have_spoken() else 0

    def all_have_spoken(self) -> bool:
        return all(name in self.have for name in self.backups)


class TheLongestCounts(AnyHave):
    """The same, up to what the one has who has most."""

    def everywhere(self) -> int:
        return max(self.have.values(), default=len(self.log)) if self.all_have_spoken() else 0


class TakesItForGranted(Model):
    """Who begins to lead takes it that its backups have its log."""

    def enter(self, view: View) -> None:
        super().enter(view)
        self.have = dict.fromkeys(self.backups, len(self.log))


class TakesItForGrantedAtAStart(Model):
    """The same, and only after a crash."""

    def on_start(self) -> None:
        super().on_start()
        self.have = dict.fromkeys(self.backups, len(self.log))


class WaitsForTheDead(Model):
    """Counts those who were members at first."""

    @property
    def backups(self) -> tuple[str, ...]:
        return tuple(name for name in self.first.members if name != self.name)


class SharesWithTheLiving(Model):
    """The same, and sends its log to those only who are members now."""

    def everywhere(self) -> int:
        return min(self.have.get(name, 0) for name in self.first.members if name != self.name)


MISTAKES = [
    ("answers-first", AnswersWhenSent),
    ("one-is-enough", OneIsEnough),
    ("one-is-enough", OneIsEnoughForARead),
    ("one-is-enough", OfThoseWhoHaveSpoken),
    ("one-is-enough", AMajority),
    ("counts-haves", CountsHaves),
    ("any-have", AnyHave),
    ("any-have", TheLongestCounts),
    ("takes-it-for-granted", TakesItForGranted),
    ("takes-it-for-granted", TakesItForGrantedAtAStart),
    ("waits-for-the-dead", WaitsForTheDead),
    ("waits-for-the-dead", SharesWithTheLiving),
]
