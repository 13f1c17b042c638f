"""The two functions of 10.semi_sync as they should be, and as learners write them by mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Replies = Sequence[tuple[str, str, int]]
DISK = "on disk"


def acknowledged(
    length: int,
    acks: int,
    backups: Sequence[str],
    replies: Replies,
    waited: float,
    words: Sequence[str] = (DISK,),
) -> int:
    """How many entries `acks` backups have on their disks."""
    have = dict.fromkeys(backups, 0)
    for name, word, number in replies:
        if name in have and word in words:
            have[name] = max(have[name], number)
    return nth(list(have.values()), acks)


def nth(numbers: Sequence[int], acks: int) -> int:
    """The largest number that `acks` of them reach."""
    return sorted(numbers, reverse=True)[acks - 1] if len(numbers) >= acks else 0


def receipt(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    return acknowledged(length, acks, backups, replies, waited, ("received", DISK))


def only_receipt(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    return acknowledged(length, acks, backups, replies, waited, ("received",))


def gives_up(after: float, how: Callable[..., bool] = float.__ge__) -> Callable[..., int]:
    """Waits only so long."""

    def impatient(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
        if how(float(waited), after):
            return length
        return acknowledged(length, acks, backups, replies, waited)

    return impatient


def replies_not_backups(
    length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float
) -> int:
    """Counts replies, whoever sent them."""
    return nth([number for name, word, number in replies if name in backups and word == DISK], acks)


def all_of_them(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    return acknowledged(length, len(backups), backups, replies, waited)


def one_of_them(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    return acknowledged(length, 1, backups, replies, waited)


def one_less(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """The primary is one of them, it thinks."""
    if acks == 1:
        return length
    return acknowledged(length, acks - 1, backups, replies, waited)


def one_more(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    return acknowledged(length, acks + 1, backups, replies, waited)


def majority(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """Of all, the primary among them."""
    needed = (len(backups) + 1) // 2
    return acknowledged(length, needed, backups, replies, waited)


def last_reply(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """Of each backup the last one counts, also if it was sent before another one."""
    have = dict.fromkeys(backups, 0)
    have.update({name: number for name, word, number in replies if word == DISK and name in have})
    return nth(list(have.values()), acks)


def strangers(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """Whoever replies."""
    names = list(dict.fromkeys([*backups, *(name for name, _, _ in replies)]))
    return acknowledged(length, acks, names, replies, waited)


def exact_numbers(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """Counts who has sent that number, and not a larger one."""
    votes = {(name, number) for name, word, number in replies if word == DISK and name in backups}
    for number in range(length, 0, -1):
        if sum(other == number for _, other in votes) >= acks:
            return number
    return 0


def all_or_nothing(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> int:
    """The whole log, or nothing of it."""
    found = acknowledged(length, acks, backups, replies, waited)
    return length if found == length else 0


def is_done(length: int, acks: int, backups: Sequence[str], replies: Replies, waited: float) -> Any:
    return acknowledged(length, acks, backups, replies, waited) == length


ANSWER_MISTAKES = [
    ("receipt-counts", receipt),
    ("receipt-counts", only_receipt),
    *(("falls-back", gives_up(after)) for after in (0.5, 1, 5, 10, 10.5, 30, 86400)),
    *(("falls-back", gives_up(after, float.__gt__)) for after in (1, 5, 10, 30, 86400)),
    ("counts-twice", replies_not_backups),
    ("waits-for-all", all_of_them),
    ("not-that-many", one_of_them),
    ("not-that-many", one_less),
    ("not-that-many", one_more),
    ("not-that-many", majority),
    ("last-reply", last_reply),
    ("strangers-count", strangers),
    ("only-that-number", exact_numbers),
    ("all-or-nothing", all_or_nothing),
    ("not-a-number", is_done),
]


def promote(
    acks: int,
    backups: Sequence[str],
    closed: Mapping[str, int],
    needed: Callable[[int, int], int] = lambda backups, acks: backups - acks + 1,
    best: Callable[[list[str], Mapping[str, int]], Any] = lambda names, closed: max(
        names, key=closed.__getitem__
    ),
) -> Any:
    """The one with the longest log of so many that one of them has all that was answered."""
    if len(closed) < needed(len(backups), acks):
        return None
    return best([name for name in backups if name in closed], closed)


def mistaken(**change: Any) -> Callable[..., Any]:
    return lambda acks, backups, closed: promote(acks, backups, closed, **change)


def first(names: list[str], closed: Mapping[str, int]) -> Any:
    return names[0] if names else None


def first_heard(names: list[str], closed: Mapping[str, int]) -> Any:
    return next(iter(closed), None)


def longest(names: list[str], closed: Mapping[str, int]) -> Any:
    return max(names, key=closed.__getitem__, default=None)


def shortest(names: list[str], closed: Mapping[str, int]) -> Any:
    return min(names, key=closed.__getitem__, default=None)


def last_of_equals(names: list[str], closed: Mapping[str, int]) -> Any:
    return max(reversed(names), key=closed.__getitem__, default=None)


def by_name(names: list[str], closed: Mapping[str, int]) -> Any:
    return min(names, key=lambda name: (-closed[name], name), default=None)


def by_last_name(names: list[str], closed: Mapping[str, int]) -> Any:
    """As max of pairs (length, name) does."""
    return max(names, key=lambda name: (closed[name], name), default=None)


def by_answer(names: list[str], closed: Mapping[str, int]) -> Any:
    """Of equals who answered first."""
    return max(closed, key=closed.__getitem__, default=None)


def how_long(names: list[str], closed: Mapping[str, int]) -> Any:
    return max(closed.values(), default=None)


def unheard(is_sure: Callable[[int, Sequence[str], Mapping[str, int]], bool]) -> Callable[..., Any]:
    """Where it is sure, it thinks, it asks nobody: the first one has all that was answered."""
    return lambda acks, backups, closed: (
        backups[0] if not closed and is_sure(acks, backups, closed) else promote(acks, backups, closed)
    )


def whoever_is_silent(acks: int, backups: Sequence[str], closed: Mapping[str, int]) -> Any:
    """Takes silence for an empty log, and so one that is silent may be the first of the longest."""
    if len(closed) <= len(backups) - acks:
        return None
    return max(backups, key=lambda name: closed.get(name, 0))


ONE = {"needed": lambda backups, acks: 1}
ENOUGH: dict[str, Any] = {"best": longest}
PROMOTE_MISTAKES = [
    ("promotes-any", mistaken(best=first)),
    ("promotes-any", mistaken(best=first_heard)),
    ("promotes-any", mistaken(best=first, **ONE)),
    ("promotes-any", mistaken(best=first_heard, **ONE)),
    ("asks-too-few", mistaken(**ONE)),
    ("asks-too-few", mistaken(needed=lambda backups, acks: 0, **ENOUGH)),
    ("asks-too-few", mistaken(needed=lambda backups, acks: acks, **ENOUGH)),
    ("asks-too-few", mistaken(needed=lambda backups, acks: acks + 1, **ENOUGH)),
    ("asks-too-few", mistaken(needed=lambda backups, acks: backups - acks, **ENOUGH)),
    ("majority", mistaken(needed=lambda backups, acks: backups // 2 + 1, **ENOUGH)),
    ("majority", mistaken(needed=lambda backups, acks: (backups + 1) // 2 + 1, **ENOUGH)),
    ("promotes-the-unheard", unheard(lambda acks, backups, closed: len(backups) == 1)),
    ("promotes-the-unheard", unheard(lambda acks, backups, closed: len(backups) == acks)),
    ("promotes-the-unheard", unheard(lambda acks, backups, closed: True)),
    ("promotes-the-unheard", whoever_is_silent),
    ("waits-for-all-backups", mistaken(needed=lambda backups, acks: backups)),
    ("waits-for-all-backups", mistaken(needed=lambda backups, acks: backups - acks + 2)),
    ("promotes-the-shortest", mistaken(best=shortest)),
    ("ties", mistaken(best=last_of_equals)),
    ("ties", mistaken(best=by_name)),
    ("ties", mistaken(best=by_last_name)),
    ("ties", mistaken(best=by_answer)),
    ("not-a-name", mistaken(best=how_long)),
]
