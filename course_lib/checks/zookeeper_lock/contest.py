"""The world of 05.recipe: contenders who take the lock, work, and give it back; and what must hold of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from course_lib.checks.plain import short
from course_lib.checks.question import Wrong
from course_lib.checks.zookeeper_lock.calls import Caller, Calls
from course_lib.checks.zookeeper_lock.service import Ends, Event, Service, number_of
from course_lib.sim import Network, Node, Scenario, Trace

WORK = 4.0  # seconds that a contender keeps the lock
ACQUIRE, RELEASE = range(2)  # the functions, in this order

Plans = Mapping[str, Mapping[str, float]]
"""Of each contender: when it `arrives`, its `patience`, when it `dies`, and when its session `expires`, in seconds."""


class Contender(Caller):
    """Acquires, works, releases."""

    def __init__(
        self,
        folder: str,
        arrives: float = 0.0,
        patience: float | None = None,
        dies: float | None = None,
        expires: float | None = None,
    ) -> None:
        super().__init__()
        self.folder, self.arrives, self.patience = folder, arrives, patience
        self.dies, self.expires = dies, expires
        self.fate, self.mine = "", ""

    def on_start(self) -> None:
        if self.dies is not None:
            self.set_timer("dies", self.dies)
        if self.expires is not None:
            self.set_timer("expires", self.expires)
        if self.arrives:
            self.set_timer("arrives", self.arrives)
        else:
            self.call(ACQUIRE, self.folder, self.name, self.patience)

    def on_timer(self, name: str) -> None:
        if name == "arrives":
            self.call(ACQUIRE, self.folder, self.name, self.patience)
        elif name == "work":
            self.call(RELEASE, self.folder, self.mine)
        elif name == "dies":
            self.die()
        elif name == "expires":
            self.expire()
        else:
            super().on_timer(name)

    def die(self) -> None:
        """Its process is gone; ZooKeeper notices, and ends its session."""
        self.phase = self.fate = "dead"
        for timer in ("arrives", "work", "patience"):
            self.cancel_timer(timer)
        self.report("dies")
        self.send("zookeeper", Ends())

    def expire(self) -> None:
        """Its session ends while it has the lock, and it does not know: it works on, and then releases."""
        if self.phase == "holds":
            self.phase = "outlives its session"
            self.report("its session ends")
            self.send("zookeeper", Ends())

    def go_on(self) -> None:
        try:
            super().go_on()
        except Wrong as wrong:
            # Nothing is left to release, and to be told so is no mistake.
            if not (self.mine and self.expires is not None and wrong.message_id == "lets-no-node-out"):
                raise
            self.phase = "returned"
            self.leave("gave it back")

    def wait(self, seconds: float | None) -> None:
        if self.is_late:
            raise Wrong("waits-again", f"{self.source()} was told that the time is over, and waits again.")
        if seconds != self.patience:
            said = f"{self.source()} yielded {('wait', seconds)}; it had to be {('wait', self.patience)}."
            raise Wrong("another-patience", said)
        super().wait(seconds)

    def returned(self, value: Any) -> None:
        if self.mine:
            self.leave("gave it back")
        elif value is None:
            self.check_patience()
            self.leave("gave up")
        else:
            self.check_name(value)
            self.phase, self.mine = "holds", value
            self.report("has the lock")
            self.set_timer("work", WORK)

    def leave(self, fate: str) -> None:
        self.fate = fate
        self.report(fate)
        self.cancel_timer("dies")

    def check_patience(self) -> None:
        """Raises Wrong for who had no reason to give up."""
        if self.is_late:
            return
        names = self.latest_names()
        mine = [name for name in names if name in self.made()]
        reason = "another-name" if mine[:1] == names[:1] else "gives-up"
        if self.calls.answers[ACQUIRE].returns_nothing():
            reason = "no-return"
        raise Wrong(reason, f"{self.source()} returned None, and nobody had told it that its time is over.")

    def check_name(self, value: Any) -> None:
        if value not in self.made():
            said = f"{self.source()} returned {short(value)}; it had to be the name that its create gave"
            raise Wrong("another-name", f"{said}, {short((self.made() or [None])[-1])}.")

    def made(self) -> list[Any]:
        """The names of the znodes that it made."""
        return [reply for request, reply in self.requests() if request[0] == "create"]

    def latest_names(self) -> list[str]:
        """The queue as it last saw it, in order."""
        seen = [reply for request, reply in self.requests() if request[0] == "children"]
        return sorted(seen[-1], key=number_of) if seen else []


def contest(
    acquire: Callable[..., Any], release: Callable[..., Any], plans: Plans, **options: Any
) -> Scenario:
    """The service, and a contender for each name: `{"ann": {}, "bob": {"arrives": 1, "patience": 2, "dies": 5}}`.

    With `"expires": 2` the session of who has the lock then ends, without its knowing. Options: `before={"old": 3.0}`, who was in the queue before them, and goes after so many seconds; `folder`, its path.
    """
    return contest_of(Calls(acquire, release), plans, **options)


def contest_of(
    calls: Calls, plans: Plans, before: Mapping[str, float] | None = None, folder: str = "/lock"
) -> Scenario:
    """The same with calls that can be looked at afterwards."""
    kind = type("Contender", (Contender,), {"calls": calls})
    nodes: dict[str, Callable[[], Node]] = {
        "zookeeper": lambda: Service(folder, tuple((before or {}).items()))
    }
    nodes |= {name: partial(kind, folder, **plan) for name, plan in plans.items()}
    # A connection is TCP: what is sent first arrives first.
    return Scenario(nodes, network=Network(fifo=True), invariants=INVARIANTS, until=200)


# What must hold


def contenders(world: Any) -> list[Any]:
    return [world.nodes[name] for name in world.nodes if name != "zookeeper"]


def nobody_robbed(world: Any) -> bool | str:
    """Safety: nobody deletes another's znode."""
    robbed = world.nodes["zookeeper"].robbed
    return robbed is None or f"the znode of {robbed} was deleted by another"


def first_in_line(world: Any) -> bool | str:
    """Safety: who has the lock has the first znode."""
    queue = world.nodes["zookeeper"].queue
    for one in contenders(world):
        if one.phase == "holds" and [owner for _, owner in queue][:1] != [one.name]:
            first = f"the first in the queue is {queue[0][1]}" if queue else "the queue is empty"
            return f"{one.name} has the lock, and {first}"
    return True


def one_holder(world: Any) -> bool | str:
    """Safety: one has the lock at most."""
    holders = [one.name for one in contenders(world) if one.phase == "holds"]
    return len(holders) < 2 or f"{' and '.join(holders)} have the lock"


def comes_to_an_end(world: Any) -> bool | str:
    """Liveness: when nothing is left to happen, all are done, and nothing is left behind."""
    queue, late = world.nodes["zookeeper"].queue, [one for one in contenders(world) if not one.fate]
    asleep = all(one.phase == "waits" and not one.is_timed for one in late)
    if not asleep or {owner for _, owner in queue} - set(world.nodes) or world.messages:
        return True
    if late:
        return f"{' and '.join(one.name for one in late)} {'wait' if len(late) > 1 else 'waits'} for ever"
    left = " and ".join(name for name, _ in queue)
    return not left or f"all are done, and {left} is still there"


INVARIANTS: tuple[Callable[[Any], bool | str], ...] = (
    nobody_robbed,
    one_holder,
    first_in_line,
    comes_to_an_end,
)


def wake_ups(trace: Trace) -> int:
    """How many events the service sent."""
    return sum(event.kind == "send" and isinstance(event.message, Event) for event in trace.events)
