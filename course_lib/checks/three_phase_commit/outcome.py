"""07.outcome: what a new leader of Paxos Commit proposes, and when it knows how the transaction ends."""

import random
from collections.abc import Iterator
from typing import Any

from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.question import Question
from course_lib.checks.three_phase_commit.counters import OUTCOME_MISTAKES
from course_lib.checks.three_phase_commit.leaders import PROPOSE_MISTAKES, outcome, propose
from course_lib.checks.two_phase_commit.functions import add_rungs

QUESTION = Question(
    "07.outcome",
    title="A new leader",
    names=("propose", "outcome"),
    signature=(
        "propose(managers: list, acceptors: list, promises: dict) -> dict | None; "
        "outcome(managers: list, acceptors: list, accepted: dict) -> str | None"
    ),
    points=4,
    minutes=20,
    hints=(
        "Each manager has a vote of its own to be chosen, by Paxos, from the same acceptors. Solve it for one manager, then do that for each. Two different things are counted: managers, all of whom are needed, and acceptors, of whom more than half are.",
        "propose: with no more than half of all acceptors, None. Else, for each manager, take the pairs that are not None; the vote of the highest ballot is the one, and 'aborted' if there is no pair. outcome: a vote is chosen if more than half of all acceptors have accepted it.",
        "max(pairs) compares the ballots first. A ballot may be 0, so compare with None. 'commit' if for all managers 2 * (how many acceptors have 'prepared' for it) > len(acceptors); 'abort' if for any manager the same holds of 'aborted'; else None.",
    ),
    misconceptions={
        "starts-anew": "An acceptor has accepted that vote in an earlier ballot, so it may have been chosen, and told. Propose it again; 'aborted' is for a manager of whose vote no one knows.",
        "prepared-for-others": "Nobody who promised knows of a vote of that manager. It may never have voted, and so never have promised anything: propose 'aborted' for it.",
        "not-the-highest": "Of several votes that of the highest ballot counts: who proposed it knew of those before. Neither the number of acceptors nor the vote itself decides.",
        "ballots-as-text": "A ballot is a number, and ten is more than nine. Compared as texts it is the other way round.",
        "ballot-zero": "In ballot 0 the managers propose their own votes. (0, 'prepared') is a vote; None is none.",
        "one-for-all": "Each manager has an instance of its own: the vote of one says nothing of another's, and each has its own highest ballot.",
        "no-majority": "Without promises from more than half of all acceptors the leader may have missed what was chosen. Then it proposes nothing yet: None.",
        "half": "Half is no majority: the other half could choose otherwise. It takes more than half.",
        "majority-of-managers": "A majority of the managers is not enough. Each of them has its own part to do, so all have to be prepared; a majority is for acceptors, who keep copies of the same thing.",
        "one-acceptor": "One acceptor is not enough: a later leader may not hear of it, and have something else chosen. It takes more than half of all acceptors, for a commit and for an abort.",
        "of-those-who-answered": "More than half of *all* acceptors is needed, also of those that are silent: they may be the majority of another leader.",
        "all-acceptors": "Then a single acceptor that is down stops it all. More than half of them are enough: any two majorities have one in common.",
        "same-majority": "Each vote is chosen by itself: one may have its majority from other acceptors than another.",
        "silence-aborts": "Nothing is chosen yet, so nothing is known: None. A vote that is still missing may come.",
        "silence-commits": "All have to be chosen as prepared. Of one of them nothing is known.",
        "all-abort": "One manager whose vote is chosen as 'aborted' is enough: it cannot become a commit any more.",
        "not-a-word": "'commit', 'abort' or None is wanted of outcome, and of propose a dict from each manager to 'prepared' or 'aborted', or None.",
        "another-proposal": "Go through the managers one by one: which acceptors that promised have a vote of it, and of which ballot?",
        "another-outcome": "Go through the managers one by one: how many of all acceptors have accepted the same vote of it?",
    },
    right=(
        "All managers, each by a majority of acceptors: the one is what a commit means, the other is how it outlives a crash. A new leader proposes what may have been chosen, and gives up only what nobody can have counted on. "
        "Think of next: with a single acceptor, which messages of two-phase commit are these, and who is the acceptor?"
    ),
)

MANAGERS, THREE, FIVE = ["p1", "p2"], ["a1", "a2", "a3"], ["a1", "a2", "a3", "a4", "a5"]
PREPARED, ABORTED = "prepared", "aborted"
Vote = tuple[int, str] | None


def promised(acceptors: list[str], *said: list[Vote]) -> Case:
    """What the first of the acceptors have told: a pair, or None, for each manager."""
    managers = [f"p{number}" for number in range(1, len(said[0]) + 1)] if said else MANAGERS
    told = {
        name: dict(zip(managers, votes, strict=True)) for name, votes in zip(acceptors, said, strict=False)
    }
    return managers, acceptors, told


def accepted(acceptors: list[str], *said: str, managers: int = 2) -> Case:
    """`pp a. .p`: what each of the acceptors has accepted for each manager; who has accepted nothing is left out."""
    names = [f"p{number}" for number in range(1, managers + 1)]
    words = {"p": PREPARED, "a": ABORTED}
    told = {
        acceptor: {
            name: words[letter] for name, letter in zip(names, letters, strict=True) if letter in words
        }
        for acceptor, letters in zip(acceptors, said, strict=False)
    }
    return names, acceptors, {acceptor: votes for acceptor, votes in told.items() if votes}


def votes_by_ballot(chance: random.Random) -> list[str]:
    """What was proposed in the first ballots: "prepared" only if the manager itself did."""
    if chance.random() < 0.2:
        return [ABORTED] * 4
    return [PREPARED, *(chance.choice((PREPARED, ABORTED)) for _ in range(3))]


def promises_by_chance() -> Iterator[Case]:
    """In one ballot one vote was proposed for a manager; acceptors have it or not."""
    chance = random.Random(7)
    for _ in range(60):
        acceptors = chance.choice((THREE, FIVE, ["a1"]))
        votes = [votes_by_ballot(chance) for _ in range(chance.choice((1, 2, 3)))]
        some = chance.sample(acceptors, chance.randrange(len(acceptors) + 1))
        managers = [f"p{number}" for number in range(1, len(votes) + 1)]
        told: dict[str, dict[str, Vote]] = {name: {} for name in sorted(some)}
        for of_acceptor in told.values():
            for manager, of_ballots in zip(managers, votes, strict=True):
                ballot = chance.randrange(-1, 4)
                of_acceptor[manager] = (ballot, of_ballots[ballot]) if ballot >= 0 else None
        yield managers, acceptors, told


def accepted_by_chance() -> Iterator[Case]:
    """In the ballot of a leader each manager has one vote."""
    chance = random.Random(11)
    for _ in range(80):
        acceptors = chance.choice((THREE, FIVE, ["a1"]))
        votes = [chance.choice("ppppa") for _ in range(chance.choice((1, 2, 3)))]
        said = ["".join(chance.choice((vote, vote, ".")) for vote in votes) for _ in acceptors]
        yield accepted(acceptors, *said, managers=len(votes))


def otherwise(word: str, case: Case, expected: Any, got: Any) -> str:
    """A proposal is a dict of votes, for each manager, and an outcome one of two words; both may be None."""
    said = list(got.values()) if isinstance(got, dict) else [got]
    words = (PREPARED, ABORTED) if isinstance(got, dict) else ("commit", "abort", None)
    is_one = all(one in words for one in said) and (not isinstance(got, dict) or set(got) == set(case[0]))
    return word if is_one else "not-a-word"


P0, P1, P2, A1, A2 = (0, PREPARED), (1, PREPARED), (2, PREPARED), (1, ABORTED), (2, ABORTED)

add_rungs(
    QUESTION,
    0,
    Comparison(propose, PROPOSE_MISTAKES, lambda *case: otherwise("another-proposal", *case)),
    {
        "propose: all that was accepted": [
            promised(THREE, [P0, P0], [P0, P0]),
            promised(THREE, [P0, A1], [P0, A1], [P0, A1]),
        ],
        "propose: a vote is missing": [
            promised(THREE, [P0, None], [P0, None]),
            promised(THREE, [None, P0], [P0, None]),
            promised(THREE, [None, None], [None, None], [None, None]),
        ],
        "propose: several ballots": [
            promised(THREE, [P0, P0], [A1, P0]),
            promised(THREE, [A1, P0], [P2, A1], [A1, None]),
            promised(FIVE, [P0, P0], [P0, A1], [A2, P0]),
            promised(THREE, [(10, PREPARED), P0], [(9, ABORTED), (11, ABORTED)]),
        ],
        "propose: too few have promised": [
            promised(THREE, [P0, P0]),
            promised(FIVE, [P0, P0], [P0, P0]),
            promised(THREE),
            promised(["a1"], [P0, None]),
            promised(["a1", "a2"], [P0, P0]),
        ],
        "propose: 60 by chance": list(promises_by_chance()),
    },
)
add_rungs(
    QUESTION,
    1,
    Comparison(outcome, OUTCOME_MISTAKES, lambda *case: otherwise("another-outcome", *case)),
    {
        "outcome: all by all": [
            accepted(THREE, "pp", "pp", "pp"),
            accepted(THREE, "pa", "pa", "pa"),
            accepted(THREE),
        ],
        "outcome: all managers": [
            accepted(THREE, "pp.", "pp.", "pp.", managers=3),
            accepted(THREE, "ppa", "ppa", "ppa", managers=3),
            accepted(THREE, "aaa", "aaa", "aaa", managers=3),
        ],
        "outcome: a majority of acceptors": [
            accepted(THREE, "pp", "pp"),
            accepted(THREE, "pp"),
            accepted(THREE, "pa", ".a"),
            accepted(THREE, "pa"),
            accepted(THREE, "p.", "pp", ".p"),
            accepted(FIVE, "pp", "pp"),
            accepted(FIVE, "pp"),
            accepted(FIVE, "p.", "pp", "pp", ".p"),
            accepted(["a1"], "pp"),
            accepted(["a1", "a2"], "pp"),
            accepted(["a1", "a2"], "pa"),
        ],
        "outcome: 80 by chance": list(accepted_by_chance()),
    },
)
