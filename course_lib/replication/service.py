"""A service as its clients see it: each answer, each try that came to nothing, and what happened to the servers.

One plain type for a run of the simulation, for served processes and for real servers. `pictures.service` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from course_lib.sim import Trace, calls


@dataclass(frozen=True)
class Service:
    """What clients saw. All times are in seconds from the start.

    Args:
        name: of the client, the strategy, or the system.
        answers: of each answer when it came and how long its client had waited, in the order of time.
        failures: when tries failed, were refused, or were given up.
        moments: what happened to the servers: when, and in a word or two.
    """

    name: str
    answers: tuple[tuple[float, float], ...]
    failures: tuple[float, ...] = ()
    moments: tuple[tuple[float, str], ...] = ()

    @property
    def gap(self) -> tuple[float, float] | None:
        """From when to when nobody had an answer, at the longest; None where there are fewer than two answers."""
        times = [time for time, _ in self.answers]
        return max(pairwise(times), key=lambda pair: pair[1] - pair[0], default=None)

    @property
    def without_service(self) -> float:
        """The longest time between two answers, in seconds; infinite where there are fewer than two."""
        return self.gap[1] - self.gap[0] if self.gap else float("inf")

    def named(self, name: str) -> Service:
        """The same under another name."""
        return replace(self, name=name)

    def rate(self, until: float, over: float = 1.0) -> float:
        """Answers a second, over so many seconds before that time."""
        return sum(until - over < time <= until for time, _ in self.answers) / over


def from_trace(name: str, trace: Trace, clients: tuple[str, ...] = ()) -> Service:
    """What the `Client`s of a run saw, or some of them. ValueError for a name that is not one of them."""
    asked = calls(trace)
    known = {call.client for call in asked}
    for client in clients:
        if client not in known:
            raise ValueError(
                f"the clients of this run are {', '.join(sorted(known))}; {client!r} is not one of them"
            )
    chosen = set(clients) or known
    answers = [
        (call.ended, call.took)
        for call in asked
        if call.answered and call.ended is not None and call.client in chosen
    ]
    failures = [
        event.time
        for event in trace.events
        if event.kind == "timer" and event.id == "timeout" and event.node in chosen
    ]
    return Service(name, tuple(sorted(answers)), tuple(failures), _moments(trace))


def _moments(trace: Trace) -> tuple[tuple[float, str], ...]:
    """The first crash, and how it was got over."""
    from course_lib.replication.supervising import recovery  # not for those who only draw
    from course_lib.replication.views import VIEWS, View

    crash = next((event for event in trace.events if event.kind == "crash"), None)
    if crash is None:
        return ()
    node, after = crash.node, recovery(trace)
    views = [
        event.message
        for event in trace.events
        if event.kind == "send"
        and event.node == VIEWS
        and isinstance(event.message, View)
        and event.time > crash.time
    ]
    leader = next((view.leader for view in views if node not in view.members), "")
    found = [
        (0.0, f"{node} dies"),
        (after.decided, f"{leader} leads"),
        (after.back, f"{node} is back"),
        (after.healed, f"{node} has caught up"),
    ]
    return tuple((crash.time + when, what) for when, what in found if when is not None)
