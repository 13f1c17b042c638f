"""The world of 10.refute: SWIM's group, whose members change their minds by two functions of plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.replication.swim import INVARIANTS, nobody_up_is_buried
from course_lib.replication.swim_member import DEAD, SUSPECT, News, Swim
from course_lib.sim import Scenario, Trace

PERIODS = 6  # for which a suspicion lasts
UNTIL = 30.0  # seconds


def group(
    accuse: Callable[..., Any],
    hear: Callable[..., Any],
    members: int = 4,
    suspicion: int = PERIODS,
    *,
    in_time: bool = True,
) -> Scenario:
    """Members "m1", "m2", ... that ping each other once a second.

    Args:
        accuse: what a member says of one that has not answered, and hears itself then.
        hear: what it does with news.
        suspicion: for how many periods a member is suspected before it is declared dead.
        in_time: whether nobody who is up may be buried. Where answers may take for ever, that happens.
    """

    class Member(Swim):
        def __init__(self) -> None:
            super().__init__(suspicion=suspicion)

        def no_answer(self, target: str) -> None:
            self.learn(News(*accuse(self.table(), target)))

        def learn(self, news: News) -> None:
            if self.buried:
                return
            known, told = hear(self.name, self.table(), (news.member, news.status, news.number))
            status, self.disk["number"] = known[self.name]
            for name in self.peers:
                if tuple(known[name]) != (self.view(name).status, self.view(name).number):
                    self.change(News(name, *known[name]))
            if told:
                self.spread(told[0])
            if status == DEAD:
                self.stop()

        def table(self) -> dict[str, tuple[str, int]]:
            seen = [self.view(name) for name in sorted((self.name, *self.peers))]
            return {one.member: (one.status, one.number) for one in seen}

        def change(self, news: News) -> None:
            self.known[news.member] = (news.status, news.number)
            self.report(news)
            self.verdicts.pop(news.member, None)
            if news.status == SUSPECT:
                self.verdicts[news.member] = self.round + suspicion

    names = [f"m{number}" for number in range(1, members + 1)]
    invariants = (*INVARIANTS, nobody_up_is_buried) if in_time else INVARIANTS
    return Scenario(dict.fromkeys(names, Member), invariants=invariants, until=UNTIL)


def all_are_cleared(trace: Trace, *_: Any) -> bool | str:
    """In the end nobody holds one for suspect, or dead, who is up."""
    return _ends(trace, lambda holder, member, status: status == "alive" or not trace.nodes[member].alive)


def the_dead_are_known(trace: Trace, *_: Any) -> bool | str:
    """In the end all know who is down."""
    return _ends(trace, lambda holder, member, status: trace.nodes[member].alive or status == DEAD)


def _ends(trace: Trace, is_right: Callable[[str, str, str], bool]) -> bool | str:
    for holder, state in trace.nodes.items():
        for member in trace.names:
            if not state.alive or member == holder:
                continue
            status, number = state.known.get(member, ("alive", 0))
            if not is_right(holder, member, status):
                return f"at {trace.end:g} s {holder} still holds {member} for {status} at {number}"
    return True
