"""The world: what can happen next, and what happens when it does.

`enabled()` lists every possible step, `step(step)` takes one. Who chooses is not its business: a clock and a seed
(`simulation`), everything in turn (`explore`), a reader (the lab), or reality (`serve`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from course_lib.sim.chance import Chosen
from course_lib.sim.errors import NodeError
from course_lib.sim.invariants import Invariant, first_broken
from course_lib.sim.network import SECOND, Link, Network
from course_lib.sim.node import Node
from course_lib.sim.plain import ATOMS, settled, thaw
from course_lib.sim.site import CANCEL, DURABLE, REPORT, SEND, SET_TIMER, WRITE, Disk, Effect, Site, still
from course_lib.sim.step import Step
from course_lib.sim.trace import Change, NodeState, Trace


class Flying(NamedTuple):
    """A message on its way."""

    link: Link
    number: int
    message: Any

    @property
    def id(self) -> str:
        return f"{self.link.name}#{self.number}"


class Down:
    """What an invariant sees of a crashed node: its disk."""

    def __init__(self, name: str, disk: Mapping[Any, Any]) -> None:
        self.name, self.disk = name, disk

    def __getattr__(self, attribute: str) -> Any:
        raise AttributeError(
            f"{self.name} is down: of a crashed node only .disk can be read, not .{attribute}; ask world.alive first"
        )


class Place(Site):
    """A node's site in a live world."""

    links: dict[str, Link | None]
    """To whom it can send; None until it does."""

    def __init__(
        self,
        world: World,
        name: str,
        factory: Callable[[], Node],
        links: dict[str, Link | None],
        others: tuple[str, ...],
    ):
        super().__init__(name, factory, links, others)
        self.world = world
        self.timers: dict[str, Any] = {}
        self.starts = 0
        self.started = False
        self.ready = False
        self.chosen: Chosen | None = None
        self.reading: float | None = None
        self.chance: random.Random | None = None
        self.on_message: Callable[..., object] = print  # the node's own, once it has started

    def now(self) -> float:
        return self.world.time / SECOND if self.reading is None else self.reading

    def random(self) -> Any:
        if self.chosen:
            return self.chosen
        if self.chance is None:
            # A stream for each life of each node, so that a crash changes no other draws.
            self.chance = random.Random(f"{self.world.seed}/{self.name}/{self.starts}")
        return self.chance

    def delay(self, after: float) -> int:
        return 0 if self.chosen else super().delay(after)


class World:
    """Nodes, their disks and timers, and the messages on their way.

    An invariant sees `nodes`, `alive`, `messages` and `reports`.
    """

    site: type[Place] = Place

    def __init__(
        self,
        nodes: Mapping[str, Callable[[], Node]],
        network: Network,
        checked: Sequence[Invariant] = (),
        seed: int | str = 0,
        recording: bool = False,
    ) -> None:
        self.network, self.checked, self.seed = network, checked, seed
        self.time = 0  # in microseconds
        self.rows: list[tuple[Any, ...]] = []
        self.log = self.rows.append
        self.reported: list[tuple[str, Any]] = []
        self.violated: str | None = None
        self.reason = ""
        self.flights: dict[str, list[Flying]] = {}  # copies of one message are equal
        self.cut_off: frozenset[str] = frozenset()
        self.taken: list[Step] = []
        self.changes: list[Change] | None = [] if recording else None
        self.compares = any(invariant.of_change for invariant in checked)
        # A link is made when it is first used: among 1,000 nodes there are a million.
        links: dict[str, dict[str, Link | None]] = {
            name: dict.fromkeys(reached) for name, reached in network.reached(nodes).items()
        }
        self.sites: dict[str, Any] = {
            name: self.site(self, name, factory, links[name], tuple(sorted(set(nodes) - {name})))
            for name, factory in nodes.items()
        }
        self.nodes: dict[str, Any] = {}

    # What an invariant may ask

    def alive(self, name: str) -> bool:
        """Whether the node is up. KeyError for one that does not exist."""
        return self.sites[name].node is not None

    @property
    def messages(self) -> tuple[tuple[str, str, Any], ...]:
        """The messages on their way, (sender, to, message), in the order of their names."""
        return tuple((f.link.sender, f.link.to, f.message) for f in self.flying())

    @property
    def reports(self) -> tuple[tuple[str, Any], ...]:
        """What nodes have reported so far, (node, value)."""
        return tuple(self.reported)

    # What can happen

    def flying(self) -> list[Flying]:
        """All messages on their way, by link and number."""
        copies = [flying for same in self.flights.values() for flying in same]
        return sorted(copies, key=lambda flying: (flying.link.name, flying.number))

    def enabled(self) -> tuple[Step, ...]:
        """Every step that can happen next, in a fixed order. At first all nodes start, in the order of their names."""
        waiting = [name for name in sorted(self.sites) if not self.sites[name].started]
        if waiting:
            return (Step("start", waiting[0]),)
        return tuple(self._enabled())

    def _enabled(self) -> Iterator[Step]:
        flying = list(dict.fromkeys(flying.id for flying in self.flying()))
        for kind in ("deliver", "lose", "duplicate"):
            for id in flying:
                if kind != "deliver" or self._can_arrive(id):
                    yield Step(kind, id)
        for name, site in sorted(self.sites.items()):
            for timer in sorted(site.timers):
                yield Step("timer", (name, timer))
        for name in sorted(self.sites):
            yield Step("crash" if self.alive(name) else "restart", name)

    def _can_arrive(self, id: str) -> bool:
        """Whether no partition is in its way, nor an earlier message of a link that keeps the order."""
        link, number, _ = self.flights[id][0]
        first = not link.fifo or all(number <= other.number for other in self.flying() if other.link is link)
        return first and not self.is_cut(link)

    def is_cut(self, link: Link) -> bool:
        """Whether a partition lies across the link now."""
        return (link.sender in self.cut_off) != (link.to in self.cut_off)

    # What happens

    def step(self, step: Step) -> None:
        """Takes a step. Raises ValueError for one that is not possible now."""
        if not self._is_possible(step):
            raise ValueError(f"{step} is not possible now; these are: {', '.join(map(str, self.enabled()))}")
        before = None
        if step.kind != "start":
            self.time += SECOND
            before = self.snapshot() if self.compares else None
        name = step.subject
        site = self._site_of(step)
        site.chosen = Chosen(step.choices) if step.choices else None
        site.reading = step.now
        match step.kind:
            case "start" | "restart":
                self.start(site, step.cut)
            case "deliver":
                self.deliver(*self._take(name), cut=step.cut)
            case "lose":
                flying = self._take(name)
                self.lose(*flying, "cut" if self.is_cut(flying.link) else "lost")
            case "merge":
                self.lose(*self._take(name), "another like it is on its way")
            case "duplicate":
                self.flights[name].append(self._find(name))
            case "timer":
                self.fire(site, step.subject[1], step.cut)
            case "crash":
                self.crash(site)
            case "partition":
                self.cut_off = frozenset(step.subject)
        self.taken.append(step)
        self.check(before)

    def _is_possible(self, step: Step) -> bool:
        match step:
            case Step("deliver", id):
                self._find(id)  # says it best where there is no such message
                return self._can_arrive(id)
            case Step("lose" | "duplicate" | "merge", id):
                return bool(self._find(id))
            case Step("timer", (name, timer)):
                return name in self.sites and timer in self.sites[name].timers
            case Step("partition", group):
                return set(group) <= set(self.sites)
            case Step("start" | "crash" | "restart", name) if name in self.sites:
                site = self.sites[name]
                up = site.node is not None
                return {"start": not site.started, "crash": up, "restart": site.started and not up}[step.kind]
        return False

    def _site_of(self, step: Step) -> Place:
        match step.kind:
            case "deliver" | "lose" | "duplicate" | "merge":
                return self.sites[self._find(step.subject).link.to]
            case "timer":
                return self.sites[step.subject[0]]
            case "partition":
                return next(iter(self.sites.values()))
        return self.sites[step.subject]

    def _find(self, id: str) -> Flying:
        if id not in self.flights:
            raise ValueError(
                f"{id} is not on its way; these are: {', '.join(sorted(self.flights)) or 'none'}"
            )
        return self.flights[id][0]

    def _take(self, id: str) -> Flying:
        flying = self._find(id)
        self.flights[id].pop()
        if not self.flights[id]:
            del self.flights[id]
        return flying

    def start(self, site: Place, cut: int | None = None) -> None:
        """A node starts, for the first time or again."""
        self._log("restart" if site.started else "start", site.name)
        site.started = True
        site.starts += 1
        site.chance = None
        try:
            site.start(Node)
        except Exception as error:
            self._explain(error, site)
            raise
        self.nodes[site.name] = site.node
        assert site.node
        site.on_message = site.node.on_message
        site.ready = self.is_ready(site)
        self.handle(site, site.node.on_start, (), cut)

    def is_ready(self, site: Place) -> bool:
        """Whether a message can be handed over at once: nothing strikes in the middle, and nobody takes notes."""
        return site.node is not None and not site.watched and self.changes is None

    def deliver(self, link: Link, number: int, message: Any, note: str = "", cut: int | None = None) -> None:
        """A message arrives: the node handles it, or it is lost where the node is down."""
        site = link.place
        if site.node is None:
            self.lose(link, number, message, f"{link.to} is down")
        else:
            self.log((self.time, "deliver", link.to, link.sender, message, number, note))
            self.handle(site, site.on_message, (link.sender, message), cut)

    def lose(self, link: Link, number: int, message: Any, why: str) -> None:
        """A message is lost."""
        self.log((self.time, "drop", link.sender, link.to, message, number, why))

    def fire(self, site: Place, timer: str, cut: int | None = None) -> None:
        """A timer fires."""
        del site.timers[timer]
        self._log("timer", site.name, id=timer)
        assert site.node
        self.handle(site, site.node.on_timer, (timer,), cut)

    def crash(self, site: Place, note: str = "") -> None:
        """The node loses its memory and its timers."""
        self._log("crash", site.name, note=note)
        site.node, site.ready = None, False
        site.timers.clear()
        self.nodes[site.name] = Down(site.name, site.disk)
        if self.changes is not None:
            self._remember(site)

    def handle(
        self,
        site: Place,
        handler: Callable[..., object],
        arguments: tuple[Any, ...] = (),
        cut: int | None = None,
    ) -> None:
        """Runs a handler and carries out what it asked for; with `cut`, only so many durable effects, then a crash."""
        if site.watched or cut is not None:
            self._handle_watched(site, handler, arguments, cut)
        else:
            self.hand_over(site, handler, arguments)
        if self.changes is not None:
            self._remember(site)

    def hand_over(self, site: Place, handler: Callable[..., object], arguments: tuple[Any, ...]) -> None:
        """The usual case of `handle`, for a site that is ready."""
        try:
            effects = site.run(handler, arguments)
        except Exception as error:
            self._explain(error, site)
            raise
        if effects:
            self.carry_out(site, effects)

    def _handle_watched(
        self, site: Place, handler: Callable[..., object], arguments: tuple[Any, ...], cut: int | None
    ) -> None:
        site.watch()
        disk = site.disk.seen  # type: ignore[attr-defined]
        try:
            effects = site.run(handler, arguments)
        except Exception as error:
            self._explain(error, site)
            raise
        cut = self.cuts(site, effects) if cut is None else cut
        if cut is None:
            self.carry_out(site, effects)
            return
        done, disk = cut_short(effects, cut, disk)
        site.disk = Disk(thaw(disk), site)
        self.carry_out(site, done)
        wrote = any(effect[0] is WRITE for effect in effects)
        held = f"; on its disk: {dict(dict.items(site.disk))!r}" if wrote else ""
        self.crash(site, f"in the middle of a handler{held}")

    def cuts(self, site: Any, effects: Sequence[Effect]) -> int | None:
        """After how many durable effects a fault strikes in this handler; None for none."""
        return None

    def carry_out(self, site: Place, effects: Sequence[Effect]) -> None:
        """What a handler asked for happens, in order."""
        if len(effects) > 1:
            effects = _by_destination(effects)
        for kind, subject, value in effects:
            if kind is SEND:
                link = site.links[subject] or self.make_link(site, subject)
                link.sent = number = link.sent + 1
                self.log((self.time, "send", site.name, subject, value, number, ""))
                self.put(link, number, value)
            elif kind is SET_TIMER:
                self.arm(site, subject, value)
            elif kind is CANCEL:
                site.timers.pop(subject, None)
            elif kind is REPORT:
                self.log((self.time, "report", site.name, None, subject, None, ""))
                self.reported.append((site.name, subject))

    def make_link(self, site: Place, to: str) -> Link:
        """The link from there to a node, which was not used before."""
        link = Link(site.name, to, self.network.behaviour(site.name, to), self.seed)
        link.place = self.sites[to]
        site.links[to] = link
        return link

    def put(self, link: Link, number: int, message: Any) -> None:
        """A message sets off; across a cut it is lost at once."""
        if self.is_cut(link):
            self.lose(link, number, message, "cut")
        else:
            flying = Flying(link, number, message)
            self.flights[flying.id] = [flying]

    def arm(self, site: Place, timer: str, delay: int) -> None:
        """A timer is set; here it may fire at any moment."""
        site.timers[timer] = delay

    def check(self, before: Any) -> None:
        """Notes the first invariant that is broken, once all nodes have started."""
        if self.checked and self.violated is None and len(self.nodes) == len(self.sites):
            broken = first_broken(self.checked, before or self, self)
            if broken:
                self.violated, self.reason = broken

    def snapshot(self) -> Snapshot:
        """What an invariant may ask, as it is now."""
        return Snapshot(
            {name: self._still(site) for name, site in self.sites.items()},
            {name: self.alive(name) for name in self.sites},
            self.messages,
            self.reports,
        )

    def trace(self) -> Trace:
        """What has happened so far."""
        return Trace(
            tuple(self.sites), self.rows, self.violated, self.reason, self.seed, steps=tuple(self.taken),
            end=self.time / SECOND, recorded=lambda: self.changes or [],
        )  # fmt: skip

    def _still(self, site: Place) -> Any:
        state = self._state(site)
        if site.node is None or state.memory is None:
            return Down(site.name, state.disk)
        return still(type(site.node), site, state.memory, state.disk)

    def _state(self, site: Place) -> NodeState:
        memory = None if site.node is None else {name: settled(value) for name, value in site.memory.items()}
        return NodeState(site.name, memory, settled(dict(dict.items(site.disk))), sorted(site.timers))

    def _remember(self, site: Place) -> None:
        assert self.changes is not None
        self.changes.append(Change(len(self.rows), site.name, self._state(site)))

    def _log(self, kind: str, node: str, id: str | None = None, note: str = "") -> None:
        self.log((self.time, kind, node, None, None, id, note))

    def _explain(self, error: Exception, site: Place) -> None:
        """Says where in the run a handler failed; a node's own errors say it already."""
        if not isinstance(error, NodeError):
            where = f"in {type(site.node).__name__}" if site.node is not None else "as it was made"
            error.add_note(f"{where}, node {site.name}, at {self.time / SECOND:g} s")
        error.trace = self.trace()  # type: ignore[attr-defined]


class Snapshot(NamedTuple):
    """A world as it was."""

    nodes: Mapping[str, Any]
    up: Mapping[str, bool]
    messages: tuple[tuple[str, str, Any], ...]
    reports: tuple[tuple[str, Any], ...]

    def alive(self, name: str) -> bool:
        return self.up[name]


def cut_short(effects: Sequence[Effect], durable: int, disk: Any) -> tuple[list[Effect], Any]:
    """The effects up to the given number of durable ones, and what is on the disk then (both frozen)."""
    done: list[Effect] = []
    for effect in effects:
        if durable == 0:
            break
        if effect[0] in DURABLE:
            durable -= 1
        if effect[0] is WRITE:
            disk = effect[1]
        done.append(effect)
    return done, disk


def _by_destination(effects: Sequence[Effect]) -> Sequence[Effect]:
    """Messages of one kind that are sent after each other, sorted by destination: a loop over a set of names.

    They set off at one moment, each on a link of its own, so their order means nothing, and it is another one under
    another PYTHONHASHSEED. Timers among them change nothing.
    """
    ordered: list[Effect] = []
    run: list[Effect] = []
    for effect in effects:
        kind, _, message = effect
        if run and kind in DURABLE and not (kind is SEND and _is_alike(message, run[0][2])):
            ordered += sorted(run, key=_destination)
            run = []
        (run if kind is SEND else ordered).append(effect)
    return ordered + sorted(run, key=_destination)


def _is_alike(one: Any, other: Any) -> bool:
    """Two messages of one dataclass, or else equal ones."""
    return type(one) is type(other) and (type(one) not in ATOMS or one == other)


def _destination(effect: Effect) -> str:
    return str(effect[1])
