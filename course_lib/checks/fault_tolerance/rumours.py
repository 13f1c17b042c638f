"""10.refute: what members of a group say of each other and when they change their minds, and the mistakes in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from course_lib.replication.swim_member import ALIVE, DEAD, SUSPECT

Held = tuple[str, int]
"""Status and number."""
Known = dict[str, Held]
Told = tuple[str, str, int]
"""News: of whom, status and number."""
Heard = tuple[Known, Told | None]
"""What is known then, and what is told on."""


def accuse(known: Known, member: str) -> Told:
    return member, SUSPECT, known[member][1]


def overrides(new: Held, old: Held) -> bool:
    if DEAD in (new[0], old[0]):
        return old[0] != DEAD
    return (new[1], new[0] == SUSPECT) > (old[1], old[0] == SUSPECT)


def speaks_up(me: str, known: Known, status: str, number: int) -> Heard:
    """What a member does that hears of itself."""
    own = known[me][1]
    if status == DEAD:
        return {**known, me: (DEAD, number)}, None
    if status == ALIVE:
        return known, None
    return _alive(me, known, max(own, number + 1))


def _alive(me: str, known: Known, number: int) -> Heard:
    return {**known, me: (ALIVE, number)}, (me, ALIVE, number)


def hear(
    me: str,
    known: Known,
    news: Told,
    wins: Callable[[Held, Held], bool] = overrides,
    of_itself: Callable[[str, Known, str, int], Heard] | None = speaks_up,
    tells: Callable[[bool, Told], Told | None] = lambda is_new, news: news if is_new else None,
) -> Heard:
    member, status, number = news
    if member == me and of_itself:
        return of_itself(me, known, status, number)
    is_new = wins((status, number), known[member])
    return {**known, member: (status, number)} if is_new else known, tells(is_new, news)


# The mistakes


def on_suspicion(act: Callable[[str, Known, int], Heard]) -> Callable[..., Heard]:
    """As `hear`, where a member that hears that it is suspected does this, of (me, known, number)."""

    def of_itself(me: str, known: Known, status: str, number: int) -> Heard:
        return act(me, known, number) if status == SUSPECT else speaks_up(me, known, status, number)

    return partial(hear, of_itself=of_itself)


def unless(is_odd: Callable[[int, int], bool]) -> Callable[..., Heard]:
    """As `hear`, where a suspicion counts for nothing whose number is too far from its own, of (own, number)."""
    return on_suspicion(
        lambda me, known, number: (
            (known, None)
            if is_odd(_own(known, me), number)
            else _alive(me, known, max(_own(known, me), number + 1))
        )
    )


def untold(act: Callable[..., Heard]) -> Callable[..., Heard]:
    return lambda *args: (act(*args)[0], None)


def refutes_death(me: str, known: Known, status: str, number: int) -> Heard:
    return speaks_up(me, known, SUSPECT if status == DEAD else status, number)


def tells_its_death(me: str, known: Known, status: str, number: int) -> Heard:
    found = speaks_up(me, known, status, number)
    return (found[0], (me, DEAD, number)) if status == DEAD else found


def tells_that_it_lives(me: str, known: Known, status: str, number: int) -> Heard:
    """What it has heard of itself is told on, too."""
    return (known, (me, ALIVE, number)) if status == ALIVE else speaks_up(me, known, status, number)


def ignores_death(me: str, known: Known, status: str, number: int) -> Heard:
    return (known, None) if status == DEAD else speaks_up(me, known, status, number)


def ignores_an_old_death(me: str, known: Known, status: str, number: int) -> Heard:
    """A death of an incarnation before the last one is another's, it thinks."""
    old = status == DEAD and number < known[me][1] - 1
    return (known, None) if old else speaks_up(me, known, status, number)


def believes_the_living(me: str, known: Known, status: str, number: int) -> Heard:
    """Takes a higher number of itself from others."""
    if status == ALIVE and number > known[me][1]:
        return {**known, me: (ALIVE, number)}, None
    return speaks_up(me, known, status, number)


def _own(known: Known, me: str) -> int:
    return known[me][1]


def _ranked(*order: str) -> Callable[[Held, Held], bool]:
    """The higher number wins; at the same number what comes later in this order."""
    return lambda new, old: (new[1], order.index(new[0])) > (old[1], order.index(old[0]))


def _unless_dead(wins: Callable[[Held, Held], bool]) -> Callable[[Held, Held], bool]:
    """The same, with the right rule for death."""
    return lambda new, old: old[0] != DEAD if DEAD in (new[0], old[0]) else wins(new, old)


def _alive_again(new: Held, old: Held) -> bool:
    return new[1] > old[1] if old[0] == DEAD else overrides(new, old)


def _alive_always(new: Held, old: Held) -> bool:
    return new[0] == ALIVE and new[1] >= old[1] if old[0] == DEAD else overrides(new, old)


def _or_the_same(new: Held, old: Held) -> bool:
    return new == old or overrides(new, old)


def _suspicion_wins(new: Held, old: Held) -> bool:
    return (new[0], old[0]) == (SUSPECT, ALIVE) or new[1] > old[1]


ACCUSE_MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("raises-others", lambda known, member: (member, SUSPECT, known[member][1] + 1)),
    ("first-number", lambda known, member: (member, SUSPECT, 0)),
    ("buries-at-once", lambda known, member: (member, DEAD, known[member][1])),
    ("whole-record", lambda known, member: (member, *known[member])),
]
HEAR_MISTAKES: list[tuple[str, Callable[..., Any]]] = [
    ("equal-clears", partial(hear, wins=_unless_dead(lambda new, old: new[1] >= old[1]))),
    ("equal-clears", partial(hear, wins=_unless_dead(_ranked(SUSPECT, ALIVE)))),
    (
        "equal-clears",
        partial(
            hear,
            wins=_unless_dead(
                lambda new, old: new[1] >= old[1] if new[0] != old[0] else new[1] > old[1],
            ),
        ),
    ),
    ("suspicion-needs-more", partial(hear, wins=_unless_dead(lambda new, old: new[1] > old[1]))),
    ("suspicion-always-wins", partial(hear, wins=_unless_dead(_suspicion_wins))),
    ("takes-everything", partial(hear, wins=lambda new, old: True)),
    ("takes-everything", partial(hear, wins=lambda new, old: new != old)),
    ("dead-comes-back", partial(hear, wins=_alive_again)),
    ("dead-comes-back", partial(hear, wins=_alive_always)),
    ("death-has-no-number", partial(hear, wins=_ranked(ALIVE, SUSPECT, DEAD))),
    (
        "death-has-no-number",
        partial(hear, wins=lambda new, old: old[0] != DEAD and _ranked(ALIVE, SUSPECT, DEAD)(new, old)),
    ),
    ("refutes-its-death", partial(hear, of_itself=refutes_death)),
    ("ignores-its-death", partial(hear, of_itself=ignores_death)),
    ("ignores-its-death", partial(hear, of_itself=ignores_an_old_death)),
    ("alive-by-others", partial(hear, of_itself=believes_the_living)),
    ("tells-its-death", partial(hear, of_itself=tells_its_death)),
    ("believes-it", partial(hear, of_itself=None)),
    ("ignores-suspicion", on_suspicion(lambda me, known, number: (known, None))),
    ("too-low", on_suspicion(lambda me, known, number: _alive(me, known, max(_own(known, me), number)))),
    ("too-low", on_suspicion(lambda me, known, number: _alive(me, known, _own(known, me)))),
    ("falls-back", on_suspicion(lambda me, known, number: _alive(me, known, number + 1))),
    ("from-its-own", on_suspicion(lambda me, known, number: _alive(me, known, _own(known, me) + 1))),
    (
        "raises-for-nothing",
        on_suspicion(lambda me, known, number: _alive(me, known, max(_own(known, me), number) + 1)),
    ),
    (
        "silent-on-the-old",
        on_suspicion(
            lambda me, known, number: (
                (known, None) if number < _own(known, me) else _alive(me, known, number + 1)
            )
        ),
    ),
    ("silent-on-the-old", unless(lambda own, number: number < own - 3)),
    ("ignores-suspicion", unless(lambda own, number: number > own + 4)),
    (
        "keeps-it-to-itself",
        on_suspicion(lambda me, known, number: untold(_alive)(me, known, max(_own(known, me), number + 1))),
    ),
    ("not-told-on", partial(hear, tells=lambda is_new, news: None)),
    ("not-told-on", untold(hear)),
    ("tells-for-ever", partial(hear, tells=lambda is_new, news: news)),
    ("tells-for-ever", partial(hear, wins=_unless_dead(_or_the_same))),
    ("tells-for-ever", partial(hear, of_itself=tells_that_it_lives)),
]
