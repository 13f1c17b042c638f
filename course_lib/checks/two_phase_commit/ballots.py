"""The ballot of 06.decide as it should be, and as learners write it by mistake: one method differs each time."""

from collections.abc import Sequence
from typing import Any


class Model:
    """The rule. `decided` is never changed once it is set."""

    def __init__(self, txn: str, participants: Sequence[str]) -> None:
        self.txn, self.participants = txn, set(participants)
        self.said: list[tuple[str, bool]] = []  # who said what, in order
        self.decided: str | None = None

    def vote(self, sender: str, txn: str, yes: bool) -> None:
        if self.is_ours(txn) and self.may_vote(sender):
            self.said.append((sender, yes))
            self.settle(self.decision())

    def is_ours(self, txn: str) -> bool:
        return txn == self.txn

    def may_vote(self, sender: str) -> bool:
        return sender in self.participants

    def time_is_up(self) -> None:
        self.settle("abort")

    def settle(self, decision: str | None) -> None:
        self.decided = self.decided or decision

    def decision(self) -> str | None:
        if not all(yes for _, yes in self.said):
            return "abort"
        return "commit" if self.all_said_yes() else None

    def yes(self) -> list[str]:
        return [sender for sender, yes in self.said if yes]

    def all_said_yes(self) -> bool:
        return set(self.yes()) == self.participants

    def outcome(self) -> Any:
        return self.decided


class CountsVotes(Model):
    def all_said_yes(self) -> bool:
        return len(self.yes()) >= len(self.participants)


class CountsEqual(Model):
    """`==` in place of `>=`: one vote too many, and it is never decided."""

    def all_said_yes(self) -> bool:
        return len(self.yes()) == len(self.participants)


class CountsAgainEachTime(CountsVotes):
    """The outcome is counted when it is asked for, and nothing is kept."""

    def outcome(self) -> Any:
        return self.decided if self.decided == "abort" else self.decision()


class AllSoFar(Model):
    """`all(...)` over what has come: true of nothing, too."""

    def all_said_yes(self) -> bool:
        return True

    def outcome(self) -> Any:
        return self.decided or self.decision()


class AllSoFarOnceOneCame(Model):
    def all_said_yes(self) -> bool:
        return True


class IgnoresNo(Model):
    """Only those who said yes are kept."""

    def decision(self) -> str | None:
        return "commit" if self.all_said_yes() else None


class AllHaveVoted(Model):
    """Commits when everybody has voted, whatever they voted."""

    def decision(self) -> str | None:
        return "commit" if {sender for sender, _ in self.said} == self.participants else None


class Majority(Model):
    def decision(self) -> str | None:
        yes, no = set(self.yes()), {sender for sender, yes in self.said if not yes}
        if 2 * len(yes) > len(self.participants):
            return "commit"
        return "abort" if 2 * len(no) >= len(self.participants) else None


class WaitsForAll(Model):
    """A no counts only when all have voted."""

    def decision(self) -> str | None:
        if {sender for sender, _ in self.said} != self.participants:
            return None
        return "commit" if all(yes for _, yes in self.said) else "abort"


class AnyTransaction(Model):
    def is_ours(self, txn: str) -> bool:
        return True


class Strangers(Model):
    """Whoever votes is counted."""

    def may_vote(self, sender: str) -> bool:
        return True

    def all_said_yes(self) -> bool:
        return set(self.yes()) >= self.participants


class StrangersCount(Strangers):
    def all_said_yes(self) -> bool:
        return len(set(self.yes())) >= len(self.participants)


class StrangersCountEqual(Strangers):
    def all_said_yes(self) -> bool:
        return len(set(self.yes())) == len(self.participants)


class StrangersInTheWay(Strangers):
    """The sets must be equal, and a stranger's vote keeps them apart."""

    def all_said_yes(self) -> bool:
        return set(self.yes()) == self.participants


class TimeChangesIt(Model):
    def time_is_up(self) -> None:
        self.decided = "abort"


class LateVotesChangeIt(Model):
    """What was given up when the time was over is committed when the last vote comes."""

    def settle(self, decision: str | None) -> None:
        self.decided = decision or self.decided


class CountsAfterTheTime(Model):
    """The outcome is worked out from the votes, and the time only stands in for those that are missing."""

    def time_is_up(self) -> None:
        self.late = True

    def outcome(self) -> Any:
        return self.decision() or ("abort" if hasattr(self, "late") else None)


class DecidesWhenAsked(CountsAfterTheTime):
    """The same, and what it has once said it says again."""

    def settle(self, decision: str | None) -> None:
        pass

    def outcome(self) -> Any:
        self.decided = self.decided or super().outcome()
        return self.decided


class AbortsWhenAsked(DecidesWhenAsked):
    """Looks at the time first, when it is asked."""

    def outcome(self) -> Any:
        self.decided = self.decided or ("abort" if hasattr(self, "late") else self.decision())
        return self.decided


class ForgetsTheTime(DecidesWhenAsked):
    """Only what is decided when the time is up is looked at."""

    def time_is_up(self) -> None:
        self.decided = self.decided or "abort"


class SilenceIsYes(Model):
    def time_is_up(self) -> None:
        self.settle("commit" if self.said else "abort")


class SilenceIsYesAlways(Model):
    def time_is_up(self) -> None:
        self.settle("commit")


class WaitsOn(Model):
    def time_is_up(self) -> None:
        pass


class InOtherWords(Model):
    words: tuple[Any, Any, Any] = (True, False, None)

    def outcome(self) -> Any:
        commit, abort, neither = self.words
        return {"commit": commit, "abort": abort}.get(str(self.decided), neither)


class Committed(InOtherWords):
    words = ("committed", "aborted", None)


class Undecided(InOtherWords):
    words = ("commit", "abort", "wait")


class FalseBefore(InOtherWords):
    words = (True, False, False)


MISTAKES = [
    ("counts-votes", CountsVotes),
    ("counts-votes", CountsEqual),
    ("counts-votes", CountsAgainEachTime),
    ("all-so-far", AllSoFar),
    ("all-so-far", AllSoFarOnceOneCame),
    ("ignores-no", IgnoresNo),
    ("ignores-no", AllHaveVoted),
    ("majority", Majority),
    ("waits-for-all", WaitsForAll),
    ("any-transaction", AnyTransaction),
    ("strangers", Strangers),
    ("strangers", StrangersCount),
    ("strangers", StrangersCountEqual),
    ("strangers", StrangersInTheWay),
    ("decides-twice", TimeChangesIt),
    ("decides-twice", LateVotesChangeIt),
    ("decides-twice", CountsAfterTheTime),
    ("decides-when-asked", DecidesWhenAsked),
    ("decides-when-asked", AbortsWhenAsked),
    ("decides-when-asked", ForgetsTheTime),
    ("silence-is-yes", SilenceIsYes),
    ("silence-is-yes", SilenceIsYesAlways),
    ("waits-on", WaitsOn),
    ("not-a-word", InOtherWords),
    ("not-a-word", Committed),
    ("not-a-word", Undecided),
    ("not-a-word", FalseBefore),
]
