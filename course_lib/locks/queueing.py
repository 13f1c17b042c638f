"""The queue of ZooKeeper's lock as a protocol, so that every schedule of it can be explored.

Each contender puts a numbered znode at the end of the queue and waits for the one before it to go. After "Locks" in
Apache ZooKeeper's "ZooKeeper Recipes and Solutions". The service is one node here, which never fails: how a majority of
servers becomes such a node is chapter 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Crash, Drop, Network, Node, Scenario


@dataclass(frozen=True)
class Create:
    """Put a znode with my name at the end of the queue; it goes when my session ends."""


@dataclass(frozen=True)
class Created:
    number: int


@dataclass(frozen=True)
class GetChildren:
    """Who is in the queue?"""

    in_doubt: bool = False
    """Asked to find out whether an own znode was made. The reply says so too, so that it is told from others."""


@dataclass(frozen=True)
class Children:
    queue: tuple[tuple[int, str], ...]
    """Number and owner of each znode, in the order of their numbers."""
    in_doubt: bool = False


@dataclass(frozen=True)
class Exists:
    """Is that znode there? If so, tell me once when it goes."""

    number: int


@dataclass(frozen=True)
class There:
    number: int


@dataclass(frozen=True)
class Gone:
    number: int


@dataclass(frozen=True)
class Deleted:
    """An event: the znode that you watch has gone."""

    number: int


@dataclass(frozen=True)
class Delete:
    number: int


SESSION = 10.0  # seconds without a word after which a session ends
PATIENCE = 1.0  # seconds until a contender takes its request, or the reply, for lost
WORK = 4.0  # seconds that a contender keeps the lock


class ZooKeeper(Node):
    """Keeps the queue, and tells who watches.

    With `sessions` they end, each with its znode; in an exploration at any moment.
    """

    def __init__(self, sessions: bool = False) -> None:
        self.sessions = sessions

    def on_start(self) -> None:
        self.queue: tuple[tuple[int, str], ...] = ()
        self.made = 0
        self.watches: frozenset[tuple[int, str]] = frozenset()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Create():
                number, self.made = self.made, self.made + 1
                self.queue += ((number, sender),)
                self.send(sender, Created(number))
                if self.sessions:
                    self.set_timer(str(number), SESSION)
            case GetChildren(in_doubt):
                self.send(sender, Children(self.queue, in_doubt))
            case Exists(number) if number in dict(self.queue):
                self.watches |= {(number, sender)}
                self.send(sender, There(number))
            case Exists(number):
                self.send(sender, Gone(number))
            case Delete(number):
                self.remove(number)
            case _:
                self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        self.remove(int(name))

    def remove(self, number: int) -> None:
        self.queue = tuple(znode for znode in self.queue if znode[0] != number)
        for watch in sorted(self.watches):
            if watch[0] == number:
                self.watches -= {watch}
                self.send(watch[1], Deleted(number))


class Contender(Node):
    """Wants the lock once. Only the reply to its `Create` may be lost: of the others it never asks again."""

    def on_start(self) -> None:
        self.number: int | None = None
        self.listed = True  # whether its znode was in the last list that it got
        self.again = False  # whether it has queued a second time
        self.believes = self.done = False
        self.woken = 0
        self.create()

    def create(self) -> None:
        self.send("zookeeper", Create())
        self.set_timer("patience", PATIENCE)

    def on_timer(self, name: str) -> None:
        if name == "work":
            self.believes, self.done = False, True
            self.send("zookeeper", Delete(self.number))  # type: ignore[arg-type]
        elif self.number is None:
            self.no_reply()

    def no_reply(self) -> None:
        """The znode may have been made, or not: look for it before making another."""
        self.send("zookeeper", GetChildren(in_doubt=True))

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Created(number):
                self.is_in(number)
            case Children(queue, True) if self.number is None:
                mine = [number for number, owner in queue if owner == self.name]
                self.is_in(mine[0]) if mine else self.create()
            case Children(queue, False) if self.number is not None and not self.believes and not self.done:
                self.look([number for number, _ in queue])
            case Gone():
                self.has_gone()
            case Deleted(number):
                self.woken += 1
                self.wake_up()
            case Children() | There():
                pass
            case _:
                self.unexpected(sender, message)

    def is_in(self, number: int) -> None:
        if self.number is None:
            self.number = number
            self.cancel_timer("patience")
            self.send("zookeeper", GetChildren())

    def look(self, numbers: list[int]) -> None:
        self.listed = self.number in numbers
        before = [number for number in numbers if number < self.number]  # type: ignore[operator]
        if not self.listed:
            self.lost_place(before)
        else:
            self.await_or_take(before)

    def lost_place(self, before: list[int]) -> None:
        """Our session ended while we waited. Who is before our old number does not count: queue again, at the end.

        The second time it gives up, so that there are not endlessly many states.
        """
        if self.again:
            self.done = True
        else:
            self.number, self.again = None, True
            self.create()

    def await_or_take(self, before: list[int]) -> None:
        if before:
            self.send("zookeeper", Exists(self.awaited(before)))
        else:
            self.take()

    def awaited(self, before: list[int]) -> int:
        return before[-1]

    def has_gone(self) -> None:
        """It went between our two requests: nobody will wake us for it."""
        self.send("zookeeper", GetChildren())

    def wake_up(self) -> None:
        """It went. That need not mean that it is our turn: it may have died while it waited."""
        self.send("zookeeper", GetChildren())

    def take(self) -> None:
        if not self.done:
            self.believes = True
            self.report(f"has the lock, number {self.number}")
            self.set_timer("work", WORK)


# What must hold

CONTENDERS = tuple(f"c{number}" for number in range(1, 31))


def one_believer(world: Any) -> bool | str:
    """Safety, as long as no session ends: the lock has one holder at most."""
    believers = _believers(world)
    return len(believers) < 2 or f"{' and '.join(believers)} believe that they have the lock"


def first_in_line(world: Any) -> bool | str:
    """Safety, whatever ends: who believes that it has the lock has the first znode, or had it when it looked."""
    queue: tuple[tuple[int, str], ...] = world.nodes["zookeeper"].queue if world.alive("zookeeper") else ()
    for name in _believers(world):
        node = world.nodes[name]
        if node.number in dict(queue) and queue[0][0] != node.number:
            return f"{name} believes that it has the lock, and {queue[0][1]} is before it in the queue"
        if not node.listed:
            return f"{name} took the lock by a list in which it is not"
    return True


def all_had_a_turn(world: Any) -> bool:
    """Liveness: it can always still come to this."""
    return all(world.nodes[name].done for name in CONTENDERS if name in world.nodes and world.alive(name))


def _believers(world: Any) -> list[str]:
    present = [name for name in CONTENDERS if name in world.nodes and world.alive(name)]
    return [name for name in present if getattr(world.nodes[name], "believes", False)]


# The safeguards, and the same without each of them

SAFEGUARDS = {
    "ends with its session": "a contender that died does not stand in the way",
    "looks before it creates again": "a reply that was lost leaves no second znode behind",
    "looks again if it has gone": "who went between two requests is not waited for",
    "looks again when woken": "who died in the queue does not make two holders",
    "queues again if its znode is gone": "who was taken for dead while it waited does not overtake",
    "waits for the one before": "a release wakes one, not all",
}
ALL = frozenset(SAFEGUARDS)


class Persistent(ZooKeeper):
    def on_timer(self, name: str) -> None:
        pass


class CreatesAgain(Contender):
    def no_reply(self) -> None:
        self.create()


class WaitsAllTheSame(Contender):
    def has_gone(self) -> None:
        pass


class TakesIt(Contender):
    def wake_up(self) -> None:
        self.take()


class KeepsItsPlace(Contender):
    def lost_place(self, before: list[int]) -> None:
        self.await_or_take(before)


class WaitsForTheFirst(Contender):
    def awaited(self, before: list[int]) -> int:
        return before[0]


WITHOUT: dict[str, type[Node]] = {
    "ends with its session": Persistent,
    "looks before it creates again": CreatesAgain,
    "looks again if it has gone": WaitsAllTheSame,
    "looks again when woken": TakesIt,
    "queues again if its znode is gone": KeepsItsPlace,
    "waits for the one before": WaitsForTheFirst,
}


def scenario(
    safeguards: frozenset[str] = ALL,
    contenders: int = 2,
    *,
    sessions: bool = False,
    invariants: Iterable[Callable[[Any], bool | str]] = (one_believer, first_in_line),
    seed: int = 0,
) -> Scenario:
    """A node "zookeeper" and up to 30 contenders, "c1" to "c30", with all safeguards but one at most.

    With `sessions` they end, so `one_believer` cannot be kept. Raises ValueError for an unknown safeguard, for more
    than one that is off, and for another number of contenders.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    if contenders not in range(1, len(CONTENDERS) + 1):
        raise ValueError(f"there are 1 to {len(CONTENDERS)} contenders, not {contenders!r}")
    server, contender = (variant(kind, WITHOUT, off) for kind in (ZooKeeper, Contender))
    nodes: dict[str, Callable[[], Node]] = {"zookeeper": lambda: server(sessions)}
    nodes |= dict.fromkeys(CONTENDERS[:contenders], contender)
    # A connection is TCP: what is sent first arrives first.
    return Scenario(nodes, network=Network(fifo=True), until=300, seed=seed, invariants=invariants)


def wake_ups(safeguards: frozenset[str] = ALL, contenders: int = 30) -> int:
    """How many events wake a contender until each has had the lock."""
    trace = scenario(safeguards, contenders).run()
    return sum(trace.nodes[name].woken for name in CONTENDERS[:contenders])


def without(safeguard: str) -> str:
    """Runs or explores the queue with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking, rest = of_safeguard(WITHOUT, safeguard), ALL - {safeguard}
    if lacking is Persistent:
        return _waits(scenario(rest, sessions=True), [Crash("c1", at=1)], "c1 died with the lock")
    if lacking is CreatesAgain:
        return _waits(
            scenario(rest), [Drop("zookeeper>c1#1")], "the reply to c1 was lost, and it made a second znode"
        )
    if lacking is WaitsForTheFirst:
        return f"30 contenders: {wake_ups(rest)} wake-ups; with it {wake_ups()}"
    if lacking is WaitsAllTheSame:
        stuck = scenario(rest).explore(always_possible=all_had_a_turn).stuck
        return "" if stuck is None else f"somebody waits for ever ({stuck.in_steps})"
    return what_broke(scenario(rest, 3, sessions=True, invariants=[first_in_line]).explore())


def _waits(system: Scenario, faults: list[Any], why: str) -> str:
    """Whether c2 still waits when nothing more will happen."""
    return "" if system.run(faults).nodes["c2"].done else f"{why}; c2 waits for ever"
