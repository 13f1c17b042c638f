"""`outcome` of 07.outcome, as learners write it by mistake. `leaders` has it as it should be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.checks.three_phase_commit.leaders import (
    ABORTED,
    PREPARED,
    Accepted,
    Names,
    count,
    outcome,
)

Outcome = Callable[[Names, Names, Accepted], Any]


def by(
    chosen: Callable[[int, int, int], bool],
    of_prepared: Callable[[list[bool]], bool] = all,
    of_aborted: Callable[[list[bool]], bool] = any,
) -> Outcome:
    """`chosen` of (how many accepted it, how many acceptors have said anything, how many there are)."""

    def mistaken(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
        def is_so(manager: str, vote: str) -> bool:
            return chosen(count(accepted, manager, vote), len(accepted), len(acceptors))

        if of_prepared([is_so(manager, PREPARED) for manager in managers]):
            return "commit"
        return "abort" if of_aborted([is_so(manager, ABORTED) for manager in managers]) else None

    return mistaken


def majority(some: int, answered: int, of: int) -> bool:
    return 2 * some > of


def most(flags: list[bool]) -> bool:
    return 2 * sum(flags) > len(flags)


def most_unless_aborted(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    """A majority of the managers, if none is aborted."""
    known = outcome(managers, acceptors, accepted)
    return known or by(majority, of_prepared=most)(managers, acceptors, accepted)


def one_is_enough_to_abort(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    known = outcome(managers, acceptors, accepted)
    if known is None and any(ABORTED in votes.values() for votes in accepted.values()):
        return "abort"
    return known


def same_majority(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    """Counts the acceptors that have all."""
    full = [votes for votes in accepted.values() if all(votes.get(name) == PREPARED for name in managers)]
    if 2 * len(full) > len(acceptors):
        return "commit"
    against = [votes for votes in accepted.values() if ABORTED in votes.values()]
    return "abort" if 2 * len(against) > len(acceptors) else None


def one_pot(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    """All votes in one pot: more than half of them prepared."""
    said = [vote for votes in accepted.values() for vote in votes.values()]
    if ABORTED in said and outcome(managers, acceptors, accepted) == "abort":
        return "abort"
    return "commit" if 2 * said.count(PREPARED) > len(managers) * len(acceptors) else None


def aborts_else(managers: Names, acceptors: Names, accepted: Accepted) -> str:
    return outcome(managers, acceptors, accepted) or "abort"


def commits_unless_aborted(managers: Names, acceptors: Names, accepted: Accepted) -> str:
    return outcome(managers, acceptors, accepted) or "commit"


def only_those_who_voted(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    """Compares the votes that came; a manager without one is not missed."""
    known = sorted({name for votes in accepted.values() for name in votes})
    return outcome(known, acceptors, accepted)


def only_those_with_votes(managers: Names, acceptors: Names, accepted: Accepted) -> str | None:
    return only_those_who_voted(managers, acceptors, accepted) if accepted else None


def in_words(commit: Any, abort: Any, neither: Any) -> Outcome:
    return lambda *case: {"commit": commit, "abort": abort, None: neither}[outcome(*case)]


OUTCOME_MISTAKES: list[tuple[str, Outcome]] = [
    ("majority-of-managers", by(majority, of_prepared=most)),
    ("majority-of-managers", by(majority, of_prepared=most, of_aborted=most)),
    ("majority-of-managers", most_unless_aborted),
    ("majority-of-managers", one_pot),
    ("majority-of-managers", by(majority, of_prepared=any)),
    ("one-acceptor", by(lambda some, answered, of: some > 0)),
    ("one-acceptor", one_is_enough_to_abort),
    ("of-those-who-answered", by(lambda some, answered, of: 2 * some > answered)),
    ("of-those-who-answered", by(lambda some, answered, of: some > 0 and some == answered)),
    ("half", by(lambda some, answered, of: 2 * some >= of)),
    ("half", by(lambda some, answered, of: some >= of // 2)),
    ("half", by(lambda some, answered, of: some > 0 and some >= of // 2)),
    ("all-acceptors", by(lambda some, answered, of: some == of)),
    ("same-majority", same_majority),
    ("silence-aborts", aborts_else),
    ("silence-commits", commits_unless_aborted),
    ("silence-commits", only_those_who_voted),
    ("silence-commits", only_those_with_votes),
    ("all-abort", by(majority, of_aborted=all)),
    ("all-abort", by(majority, of_aborted=most)),
    ("not-a-word", in_words(True, False, None)),
    ("not-a-word", in_words("committed", "aborted", None)),
    ("not-a-word", in_words("commit", "abort", "wait")),
]
