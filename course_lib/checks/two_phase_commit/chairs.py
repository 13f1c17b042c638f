"""The coordinator of 06.recover, mistaken in how it holds the vote: ids, plans, votes and the time."""

from typing import Any

from course_lib.checks.two_phase_commit.coordinators import Model
from course_lib.sim import Node
from course_lib.transactions.committing import Decision, Prepare, Vote


class SameIds(Model):
    def new_id(self) -> str:
        return "t1"


class PlanOfTheFirstLife(SameIds):
    """The count is kept in memory: each life is the first."""

    def count_life(self) -> None:
        pass

    def life(self) -> int:
        return 1


class CountsInMemory(Model):
    """It goes through the plans by what is on the disk, and counts the ids by an attribute."""

    def new_id(self) -> str:
        self.number = getattr(self, "number", 0) + 1
        return f"t{self.number}"


class VotesAgain(Model):
    """Of what it knows nothing it asks for the votes again."""

    def answer(self, sender: str, txn: str) -> None:
        if self.waits(txn):
            self.send(sender, Decision(txn, True))
        elif self.txn is None:
            self.begin(txn)

    def begin(self, txn: str) -> None:
        self.votes = set()
        self.txn = txn
        plan = self.plans[min(self.life(), len(self.plans)) - 1]
        for name in self.peers:
            self.send(name, Prepare(txn, plan, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)


class VotesAgainOnItsPlan(VotesAgain):
    """The same, as long as this life has a plan."""

    def begin(self, txn: str) -> None:
        if self.life() <= len(self.plans):
            super().begin(txn)


class AnswersWhileVoting(Model):
    """No record, so aborted: also while the votes come in."""

    def answer(self, sender: str, txn: str) -> None:
        self.send(sender, Decision(txn, bool(self.waits(txn))))


class CountsTooLate(Model):
    """The life is counted when its transaction has begun."""

    def count_life(self) -> None:
        pass

    def life(self) -> int:
        lives: int = self.disk.get("lives", 0)
        return lives + (self.txn is None)

    def begin(self, txn: str) -> None:
        super().begin(txn)
        self.disk["lives"] = self.disk.get("lives", 0) + 1


class CountsVotes(Model):
    def count(self, sender: str) -> None:
        self.number = getattr(self, "number", 0) + 1
        if self.number == len(self.peers):
            self.commit()


class AnyVote(Model):
    """Whatever transaction a vote is for, it counts for the present one."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote(_, yes) if self.txn:
                super().on_message(sender, Vote(self.txn, yes))
            case _:
                super().on_message(sender, message)


class CommitsWhatTheVoteNames(Model):
    """Any vote counts while one is open, and what the last vote names is committed."""

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote(txn, True) if self.txn:
                self.votes = self.votes | {sender}
                if self.votes == set(self.peers):
                    self.txn = txn
                    self.commit()
            case _:
                super().on_message(sender, message)


class IgnoresNo(Model):
    def abort(self) -> None:
        if self.votes:
            self.commit()
        else:
            super().abort()


class AllHaveVoted(Model):
    """Whatever they said."""

    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Vote) and message.txn == self.txn:
            self.count(sender)
        else:
            super().on_message(sender, message)


class DecidesTwice(Model):
    """The timer is not taken back, and asks for nothing."""

    def close(self) -> str:
        self.last = self.txn
        self.txn = None
        return str(self.last)

    def on_timer(self, name: str) -> None:
        if name == "votes":
            txn = self.txn or self.last
            self.txn = None
            for peer in self.peers:
                self.send(peer, Decision(str(txn), False))
        else:
            super().on_timer(name)


class DecidesWithoutAsking(Model):
    """The same, of whatever is being voted on: nothing."""

    def close(self) -> str:
        txn, self.txn = self.txn, None
        return str(txn)

    def on_timer(self, name: str) -> None:
        if name == "votes":
            self.abort()
        else:
            super().on_timer(name)


def waits(seconds: float) -> type[Node]:
    """Another time for the votes."""

    class Waits(Model):
        def set_timer(self, name: str, delay: float) -> None:
            super().set_timer(name, seconds if name == "votes" else delay)

    return Waits


class NeverGivesUp(Model):
    """No timer for the votes."""

    def on_timer(self, name: str) -> None:
        if name != "votes":
            super().on_timer(name)


class CommitsWhatIsMissing(Model):
    """The time is up, and nobody has said no."""

    def on_timer(self, name: str) -> None:
        if name == "votes" and self.txn:
            self.commit()
        else:
            super().on_timer(name)


class CommitsAtTheFirst(Model):
    def count(self, sender: str) -> None:
        self.commit()


class NeverBeginsAgain(Model):
    """A life that finds something on its disk begins nothing."""

    def begin(self, txn: str) -> None:
        if self.life() == 1:
            super().begin(txn)


class AlwaysTheFirstPlan(Model):
    def begin(self, txn: str) -> None:
        self.plans = self.plans[:1] * len(self.plans)
        super().begin(txn)


class AbortsSilently(Model):
    def abort(self) -> None:
        self.close()


MISTAKES = [
    ("same-ids", SameIds),
    ("same-ids", PlanOfTheFirstLife),
    ("same-ids", CountsInMemory),
    ("same-ids", CountsTooLate),
    ("votes-again", VotesAgain),
    ("votes-again", VotesAgainOnItsPlan),
    ("answers-while-voting", AnswersWhileVoting),
    ("counts-votes", CountsVotes),
    ("any-vote", AnyVote),
    ("any-vote", CommitsWhatTheVoteNames),
    ("ignores-no", IgnoresNo),
    ("ignores-no", AllHaveVoted),
    ("decides-twice", DecidesTwice),
    ("decides-twice", DecidesWithoutAsking),
    *(("another-patience", waits(seconds)) for seconds in (0.3, 6)),
    ("never-gives-up", NeverGivesUp),
    ("commits-what-is-missing", CommitsWhatIsMissing),
    ("commits-what-is-missing", CommitsAtTheFirst),
    ("another-plan", NeverBeginsAgain),
    ("another-plan", AlwaysTheFirstPlan),
    ("aborts-silently", AbortsSilently),
]
