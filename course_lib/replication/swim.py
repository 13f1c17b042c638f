"""What must hold of SWIM, and what breaks without each of its safeguards. `swim_member` has the nodes.

It is a failure detector, so it is wrong at times: with enough messages lost, any member is buried alive. What can be
asked for is that it takes more than one lost message, that members agree in the end, and that a crash is found in time.

And a member that hears nothing and is heard does harm: it buries the others, and who learns of its own burial stops.
(In HashiCorp's memberlist a member refutes even its death, and who misses answers doubts itself: Lifeguard, 2017.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from course_lib.replication.swim_member import ALIVE, DEAD, PERIOD, SUSPECT, News, Swim, overrides
from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Crash, Network, Node, Pause, Scenario, Trace


def no_number_is_ahead(world: Any) -> bool | str:
    """A member's number is its own word: nobody holds a higher one than it has itself, be it up or down."""
    for name in world.nodes:
        for news in _known(world, name):
            own = world.nodes[news.member].disk.get("number", 0)
            if news.number > own:
                return (
                    f"{name} knows {news.member} at {news.number}, and {news.member} itself is at {own}: "
                    "it will not refute what is said of another incarnation"
                )
    return True


def minds_change_forward(before: Any, after: Any) -> bool | str:
    """What was overridden does not come back: a crashed member could be revived by news from when it lived.

    While a member is up, that is: who starts again has forgotten whom it had buried, and learns it anew.
    """
    for name in after.nodes:
        old = {news.member: news for news in _known(before, name)}
        for new in _known(after, name):
            was = old.get(new.member, new)
            if new != was and not overrides(new, was):
                return (
                    f"{name} held {new.member} for {was.status} at {was.number}, "
                    f"and now again for {new.status} at {new.number}"
                )
    return True


def nobody_up_is_suspected(world: Any) -> bool | str:
    """Holds where no node crashes and one message at the most is lost, and everybody answers in time."""
    return _nobody_up(world, SUSPECT, "suspects")


def nobody_up_is_buried(world: Any) -> bool | str:
    """Holds where no node crashes, fewer messages are lost than a burial takes, and everybody answers in time."""
    return _nobody_up(world, DEAD, "has buried")


def _nobody_up(world: Any, status: str, says: str) -> bool | str:
    for name in world.nodes:
        for news in _known(world, name):
            if news.status == status and world.alive(news.member):
                return f"{name} {says} {news.member}, which is up"
    return True


def _known(world: Any, name: str) -> list[News]:
    """The news that a member holds; none where it is down, or has been buried and holds nothing any more."""
    if not world.alive(name) or getattr(world.nodes[name], "buried", True):
        return []
    return [News(member, *held) for member, held in world.nodes[name].known.items()]


INVARIANTS = (no_number_is_ahead, minds_change_forward)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "asks others first": "one lost message makes nobody a suspect",
    "suspects before it buries": "a member that lives has time to say so",
    "the suspect answers": "a member that lives is cleared",
    "only the suspect raises its number": "a higher number proves that it has spoken since",
    "the number on disk": "a member that starts again can still refute what is said of its earlier life",
    "alive needs a higher number": "news from before the suspicion does not end it",
    "an old suspicion is void": "news from before the refutation does not undo it",
    "death is final": "nobody who has been given up comes back behind the group's back",
    "the buried stop": "who is dead to the group is dead to itself, too",
    "all in turn": "everybody is pinged within 2n - 3 periods",
    "news rides on all messages": "all learn of a death soon after the first",
}
ALL = frozenset(SAFEGUARDS)


class AsksNobody(Swim):
    def ask_others(self, target: str) -> None:
        pass


class BuriesAtOnce(Swim):
    def no_answer(self, target: str) -> None:
        self.learn(News(target, DEAD, self.view(target).number))


class NeverRefutes(Swim):
    def refute(self, number: int) -> None:
        pass


class RaisesOthers(Swim):
    def no_answer(self, target: str) -> None:
        self.learn(News(target, SUSPECT, self.view(target).number + 1))


class NumberInMemory(Swim):
    def first_number(self) -> int:
        return 0


class EqualIsEnough(Swim):
    def is_newer(self, news: News) -> bool:
        old = self.view(news.member)
        equal = (news.status, old.status) == (ALIVE, SUSPECT) and news.number == old.number
        return equal or overrides(news, old)


class SuspicionAlwaysWins(Swim):
    def is_newer(self, news: News) -> bool:
        old = self.view(news.member)
        return (news.status, old.status) == (SUSPECT, ALIVE) or overrides(news, old)


class Resurrects(Swim):
    def is_newer(self, news: News) -> bool:
        old = self.view(news.member)
        return news.number > old.number if old.status == DEAD else overrides(news, old)


class KeepsOn(Swim):
    def stop(self) -> None:
        pass


class AnyAtRandom(Swim):
    def next_target(self) -> str | None:
        others = self.others()
        target: str | None = self.random.choice(others) if others else None
        return target


class TellsNobody(Swim):
    def spread(self, member: str) -> None:
        if member == self.name:  # a refutation; all else each has to find out by itself
            super().spread(member)


WITHOUT: dict[str, type[Node]] = {
    "asks others first": AsksNobody,
    "suspects before it buries": BuriesAtOnce,
    "the suspect answers": NeverRefutes,
    "only the suspect raises its number": RaisesOthers,
    "the number on disk": NumberInMemory,
    "alive needs a higher number": EqualIsEnough,
    "an old suspicion is void": SuspicionAlwaysWins,
    "death is final": Resurrects,
    "the buried stop": KeepsOn,
    "all in turn": AnyAtRandom,
    "news rides on all messages": TellsNobody,
}


def scenario(
    members: int = 3,
    safeguards: frozenset[str] = ALL,
    *,
    helpers: int = 3,
    suspicion: int | None = None,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
    until: float = 60.0,
) -> Scenario:
    """Members "m1", "m2", ... that know each other's names from the start.

    Args:
        safeguards: those that are on; one may be off.
        helpers: how many are asked to ping a member that does not answer.
        suspicion: how many periods it lasts; None for a number that grows with the logarithm of the group.
        invariants: looked at after each step; none for large groups, where that takes long.
        until: when a run ends, in seconds; a period is one second.

    Raises ValueError for an unknown safeguard, more than one that is off, fewer than 2 members, and for a number of
    helpers or periods that is none.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    numbers = [("members", members, 2), ("helpers", helpers, 0)]
    numbers += [("suspicion", suspicion, 1)] if suspicion is not None else []
    for name, value, least in numbers:
        if type(value) is not int or value < least:
            raise ValueError(f"{name} is a number, {least} or more, not {value!r}")
    made = partial(variant(Swim, WITHOUT, off), helpers, suspicion)
    names = [f"m{number}" for number in range(1, members + 1)]
    return Scenario(
        dict.fromkeys(names, made), network=network, seed=seed, invariants=invariants, until=until
    )


# What breaks

# Two members and a suspicion of one period: the smallest group in which everything but a helper has its part.
LIVE = {"members": 2, "suspicion": 1, "invariants": (nobody_up_is_buried,)}
LOSES_ONE = {"losses": 1, "timeouts": 4, "timing": "synchronous"}
EXPLORED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "asks others first": ({"members": 3, "invariants": (nobody_up_is_suspected,)}, LOSES_ONE),
    "suspects before it buries": (LIVE, LOSES_ONE),
    "the suspect answers": (LIVE, LOSES_ONE),
    "only the suspect raises its number": (LIVE, LOSES_ONE),
    "the number on disk": ({"members": 2}, LOSES_ONE | {"crashes": 1}),
    "alive needs a higher number": ({"members": 2}, {"duplicates": 1, "timeouts": 4}),
    "death is final": ({"members": 2, "suspicion": 1}, {"timeouts": 4}),
}
"""Of each safeguard that exploration speaks for: the scenario, and what may happen in it."""


def without(safeguard: str) -> str:
    """Explores or runs a group with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking, rest = of_safeguard(WITHOUT, safeguard), ALL - {safeguard}
    if safeguard in EXPLORED:
        options, faults = EXPLORED[safeguard]
        return what_broke(scenario(safeguards=rest, **options).explore(**faults))
    if lacking is SuspicionAlwaysWins:
        swept = scenario(5, rest, network=Network(loss=0.2), until=30).sweep(10)
        return (
            f"{swept.first.violated}: {swept.first.reason} (seed {swept.first_failing})"
            if swept.first
            else ""
        )
    if lacking is KeepsOn:
        return zombie(scenario(4, rest, suspicion=3, invariants=()).run(ASLEEP))
    if lacking is AnyAtRandom:
        waited, bound = longest_wait(scenario(10, rest, invariants=(), until=200).run()), 2 * 10 - 3
        return f"somebody was not pinged by another for {waited} periods, more than {bound}" * (
            waited > bound
        )
    few, many = (
        all_know(scenario(20, some, invariants=()).run([Crash("m1", at=5)]), "m1") for some in (ALL, rest)
    )
    return f"all know of a death after {many:g} periods; it takes {few:g} where news rides along" * (
        many > few
    )


ASLEEP = [Pause("m1", at=2.5, until=20)]
"""m1 stands still for so long that the others bury it, and wakes up unaware."""


def zombie(trace: Trace) -> str:
    """Who still counts itself in as a run ends, while another has buried it; empty where nobody does."""
    nodes = {name: state for name, state in trace.nodes.items() if state.alive and not state.buried}
    for name, state in nodes.items():
        for member, (status, _) in state.known.items():
            if status == DEAD and member in nodes:
                return f"{name} has buried {member}, and at {trace.end:g} s {member} still goes on"
    return ""


def longest_wait(trace: Trace) -> int:
    """The most periods from one ping of a member to its next ping of the same other one, while nobody is dead."""
    last: dict[tuple[str, str], int] = {}
    longest = 0
    for event in trace.events:
        if event.kind == "send" and getattr(event.message, "asker", None) == event.node:
            pair = (event.node, str(event.peer))
            longest = max(longest, event.message.round - last.get(pair, 0))
            last[pair] = event.message.round
    return longest


def all_know(trace: Trace, member: str) -> float:
    """How many periods after its crash the last of the others has declared a member dead. inf: somebody has not."""
    crash = next(event.time for event in trace.events if event.kind == "crash" and event.node == member)
    found = {
        event.node: event.time
        for event in trace.events
        if event.kind == "report" and (event.message.member, event.message.status) == (member, DEAD)
    }
    others = [name for name, state in trace.nodes.items() if state.alive and name != member]
    if any(name not in found for name in others):
        return float("inf")
    return round((max(found.values()) - crash) / PERIOD, 2)
