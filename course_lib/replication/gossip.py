"""How long a rumour takes: in each round, everybody who knows it tells one other, drawn at random.

B. Pittel, "On Spreading a Rumor", SIAM Journal on Applied Mathematics 47(1), 1987: log2 n + ln n rounds for n members,
give or take a few. At first those who know double in each round; at the end each who does not is missed in a round with
a chance of 1/e.
"""

from __future__ import annotations

from math import log, log2
from random import Random


def push(members: int, *, seed: int = 0) -> list[int]:
    """How many know it after each round; one at first, all of them at the end.

    Raises ValueError for fewer than 1 member.
    """
    _check(members)
    random, knows, counts = Random(f"rumour/{seed}"), {0}, [1]
    while len(knows) < members:
        told = [random.randrange(members - 1) for _ in knows]
        # Nobody tells himself: the numbers from one's own on stand for those above it.
        knows |= {other + (other >= teller) for teller, other in zip(sorted(knows), told, strict=True)}
        counts.append(len(knows))
    return counts


def rounds(members: int, *, seed: int = 0) -> int:
    """How many rounds until all know it."""
    return len(push(members, seed=seed)) - 1


def expected(members: int) -> float:
    """log2 n + ln n, what Pittel's theorem says of large n."""
    _check(members)
    return log2(members) + log(members)


def _check(members: int) -> None:
    if type(members) is not int or members < 1:
        raise ValueError(f"members is how many there are, 1 or more, not {members!r}")
