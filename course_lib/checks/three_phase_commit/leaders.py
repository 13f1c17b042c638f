"""The two functions of 07.outcome as they should be, and `propose` as learners write it by mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Names = Sequence[str]
Promises = Mapping[str, Mapping[str, tuple[int, str] | None]]
"""For each acceptor that has promised, and each manager: ballot and vote that it has accepted last, or None."""
Accepted = Mapping[str, Mapping[str, str]]
"""For each acceptor that has accepted something in the leader's ballot: manager to vote."""
PREPARED, ABORTED = "prepared", "aborted"


def propose(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    if 2 * len(promises) <= len(acceptors):
        return None
    return {manager: highest(votes_of(manager, promises)) for manager in managers}


def votes_of(manager: str, promises: Promises) -> list[tuple[int, str]]:
    return [vote for votes in promises.values() if (vote := votes[manager]) is not None]


def highest(votes: Sequence[tuple[int, str]], free: str = ABORTED) -> str:
    return max(votes)[1] if votes else free


def outcome(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    if all(is_chosen(acceptors, accepted, manager, PREPARED) for manager in managers):
        return "commit"
    if any(is_chosen(acceptors, accepted, manager, ABORTED) for manager in managers):
        return "abort"
    return None


def is_chosen(acceptors: Names, accepted: Accepted, manager: str, vote: str) -> bool:
    return 2 * count(accepted, manager, vote) > len(acceptors)


def count(accepted: Accepted, manager: str, vote: str) -> int:
    return sum(votes.get(manager) == vote for votes in accepted.values())


# Mistaken: propose

Choice = Callable[[list[tuple[int, str]]], str]
Proposal = Callable[[Names, Names, Promises], Any]


def choosing(choice: Choice) -> Proposal:
    """Another choice among the votes of a manager."""

    def mistaken(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
        if 2 * len(promises) <= len(acceptors):
            return None
        return {manager: choice(votes_of(manager, promises)) for manager in managers}

    return mistaken


def with_quorum(is_enough: Callable[[int, int], bool], few: Any = None) -> Proposal:
    """Another number of acceptors is enough; what it says of fewer."""

    def mistaken(managers: Names, acceptors: Names, promises: Promises) -> Any:
        if not is_enough(len(promises), len(acceptors)):
            return few
        return {manager: highest(votes_of(manager, promises)) for manager in managers}

    return mistaken


def first(votes: list[tuple[int, str]]) -> str:
    return votes[0][1] if votes else ABORTED


def last(votes: list[tuple[int, str]]) -> str:
    return votes[-1][1] if votes else ABORTED


def most_frequent(votes: list[tuple[int, str]]) -> str:
    said = [vote for _, vote in votes]
    return max(said, key=said.count) if said else ABORTED


def without_ballot_zero(votes: list[tuple[int, str]]) -> str:
    return highest([vote for vote in votes if vote[0]])


def any_prepared(votes: list[tuple[int, str]]) -> str:
    return PREPARED if any(vote == PREPARED for _, vote in votes) else ABORTED


def any_aborted(votes: list[tuple[int, str]]) -> str:
    return PREPARED if votes and all(vote == PREPARED for _, vote in votes) else ABORTED


def lowest(votes: list[tuple[int, str]]) -> str:
    return min(votes)[1] if votes else ABORTED


def as_text(votes: list[tuple[int, str]]) -> str:
    return max(votes, key=str)[1] if votes else ABORTED


def aborts_unless_all_agree(votes: list[tuple[int, str]]) -> str:
    return votes[0][1] if len(set(votes)) == 1 else ABORTED


def chosen_of(promises: Promises, acceptors: Names, manager: str) -> str:
    """Proposes again only what is chosen for certain."""
    votes = votes_of(manager, promises)
    return PREPARED if 2 * sum(vote == PREPARED for _, vote in votes) > len(acceptors) else ABORTED


def only_what_is_chosen(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    if 2 * len(promises) <= len(acceptors):
        return None
    return {manager: chosen_of(promises, acceptors, manager) for manager in managers}


def one_ballot_for_all(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    """The highest ballot of all managers, and of each manager only what is of that ballot."""
    if 2 * len(promises) <= len(acceptors):
        return None
    ballots = [vote[0] for votes in promises.values() for vote in votes.values() if vote]
    top = max(ballots, default=0)
    return {
        manager: highest([vote for vote in votes_of(manager, promises) if vote[0] == top])
        for manager in managers
    }


def one_vote_for_all(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    """The vote of the highest ballot of all, for each."""
    if 2 * len(promises) <= len(acceptors):
        return None
    votes = [vote for of_one in promises.values() for vote in of_one.values() if vote]
    return dict.fromkeys(managers, highest(votes))


def one_abort_for_all(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    """If one manager is to be aborted, all are, it thinks."""
    proposal = propose(managers, acceptors, promises)
    if proposal and ABORTED in proposal.values():
        return dict.fromkeys(managers, ABORTED)
    return proposal


def left_out(managers: Names, acceptors: Names, promises: Promises) -> dict[str, str] | None:
    """A manager without a vote is in no proposal."""
    if 2 * len(promises) <= len(acceptors):
        return None
    return {manager: highest(votes) for manager in managers if (votes := votes_of(manager, promises))}


def with_ballots(managers: Names, acceptors: Names, promises: Promises) -> dict[str, Any] | None:
    """The pairs, where the votes are due."""
    if 2 * len(promises) <= len(acceptors):
        return None
    return {manager: max(votes_of(manager, promises), default=(0, ABORTED)) for manager in managers}


PROPOSE_MISTAKES: list[tuple[str, Proposal]] = [
    ("starts-anew", choosing(lambda votes: ABORTED)),
    ("starts-anew", choosing(aborts_unless_all_agree)),
    ("starts-anew", only_what_is_chosen),
    ("prepared-for-others", choosing(lambda votes: highest(votes, PREPARED))),
    ("prepared-for-others", choosing(lambda votes: PREPARED)),
    ("not-the-highest", choosing(first)),
    ("not-the-highest", choosing(last)),
    ("not-the-highest", choosing(most_frequent)),
    ("not-the-highest", choosing(lowest)),
    ("not-the-highest", choosing(any_prepared)),
    ("not-the-highest", choosing(any_aborted)),
    ("ballots-as-text", choosing(as_text)),
    ("ballot-zero", choosing(without_ballot_zero)),
    ("one-for-all", one_ballot_for_all),
    ("one-for-all", one_vote_for_all),
    ("one-for-all", one_abort_for_all),
    ("half", with_quorum(lambda some, of: 2 * some >= of)),
    ("half", with_quorum(lambda some, of: some >= of // 2)),
    ("no-majority", with_quorum(lambda some, of: True)),
    ("no-majority", with_quorum(lambda some, of: some > 0)),
    ("all-acceptors", with_quorum(lambda some, of: some == of)),
    ("not-a-word", with_quorum(lambda some, of: 2 * some > of, {})),
    ("not-a-word", left_out),
    ("not-a-word", with_ballots),
]
