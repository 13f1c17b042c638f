"""A run: a clock and a seed choose what happens next, and a fault script interferes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Any

from course_lib.sim import collector
from course_lib.sim.errors import RunAway
from course_lib.sim.faults import (
    ClockSkew,
    Crash,
    Delay,
    Drop,
    Duplicate,
    Fault,
    Partition,
    Pause,
    parse,
)
from course_lib.sim.invariants import Invariant
from course_lib.sim.network import SECOND, Link, Network
from course_lib.sim.node import Node
from course_lib.sim.site import DURABLE, MANY, SEND, Effect
from course_lib.sim.trace import Trace
from course_lib.sim.world import Flying, Place, World

# Of things at the same moment, faults come first, then messages by their names, then timers by theirs.
FAULT, MESSAGE, TIMER = range(3)
OFTEN = 500  # after so many messages of a link, its sender's pace is looked at


class Timed(Place):
    """A site with a clock that may be skewed, and a node that may be paused."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.skews: list[ClockSkew] = []
        self.crashes: dict[tuple[str, int], Crash] = {}  # by the message (to, number) after which they strike
        self.paused = False
        self.down_until = self.paused_until = 0.0  # microseconds
        self.held: list[tuple[Any, ...]] = []
        self.armed, self.paced = 0, 0
        self.counted, self.counted_at = 0, 0  # messages, and since when those after them are counted

    def now(self) -> float:
        time = self.world.time
        true, active = time / SECOND, [skew for skew in self.skews if _active(skew, time)]
        return true + sum(skew.offset + (skew.rate - 1) * (true - skew.at) for skew in active)

    def delay(self, after: float) -> int:
        microseconds = super().delay(after)
        for skew in self.skews:
            if _active(skew, self.world.time):
                microseconds = round(microseconds / skew.rate)
        return microseconds


class Simulation(World):
    """A world whose steps are chosen by virtual time. `run()` takes them until nothing is left to happen."""

    site = Timed

    def __init__(
        self,
        nodes: Mapping[str, Callable[[], Node]],
        network: Network,
        checked: Sequence[Invariant],
        seed: int | str,
        faults: tuple[Fault, ...],
        until: float,
        recording: bool = False,
    ) -> None:
        super().__init__(nodes, network, checked, seed, recording)
        self.faults, self.until = faults, until
        self.agenda: list[tuple[Any, ...]] = []
        self.partitions = [fault for fault in faults if isinstance(fault, Partition)]
        self.marked: dict[str, dict[int, list[Fault]]] = {}  # by link and number
        for fault in faults:
            self._prepare(fault)

    def make_link(self, site: Place, to: str) -> Link:
        link = super().make_link(site, to)
        link.marks = self.marked.get(link.name)
        link.plain = bool(link.certain) and not (link.marks or self.partitions)
        return link

    def _prepare(self, fault: Fault) -> None:
        match fault:
            case Crash(node, at=None, after=str(after)):
                name = parse(after)
                self.sites[node].watch()
                self.sites[node].crashes[name.to, name.number] = fault
                self._check_link(fault, name.sender, name.to)
            case Crash(at=at) | Pause(at=at):
                self._plan(at, fault, "begins")
            case ClockSkew(node):
                self.sites[node].skews.append(fault)
            case Drop(id) | Delay(id) | Duplicate(id):
                name = parse(id)
                self._check_link(fault, name.sender, name.to)
                self.marked.setdefault(f"{name.sender}>{name.to}", {}).setdefault(name.number, []).append(
                    fault
                )

    def _check_link(self, fault: Fault, sender: str, to: str) -> None:
        if to not in self.sites[sender].links:
            raise ValueError(f"{fault!r}: the network has no link from {sender} to {to}")

    def _plan(self, at: float | None, fault: Fault, event: str) -> None:
        if at is not None:
            # What ends does so before anything begins: a node may crash again at the moment it came back.
            heappush(self.agenda, (_moment(at), FAULT, event == "begins", repr(fault), event, fault))

    def run(self) -> Trace:
        """Everything until nothing is left to happen, `until` is over, or an invariant breaks."""
        for name in sorted(self.sites):
            self.start(self.sites[name])
        self.check(None)
        with collector.paused():
            self._go_on(round(self.until * SECOND))
        for site in self.sites.values():
            site.check_shared()
        return self._traced()

    def _go_on(self, end: int) -> None:
        agenda, log, hand_over, checked = self.agenda, self.log, self.hand_over, self.checked
        while agenda and self.violated is None:
            entry = heappop(agenda)
            time = entry[0]
            if time > end:
                self.time = end
                break
            self.time = time
            before = self.snapshot() if self.compares else None
            # The usual case comes first, and straight: a message that nothing befalls, for a node that is ready.
            if entry[1] == MESSAGE and (link := entry[5]).plain and (site := link.place).ready:
                log(entry)
                hand_over(site, site.on_message, (link.sender, entry[6]))
            else:
                self._happen(entry)
            if checked:
                self.check(before)
        else:
            self.time = self.rows[-1][0]  # a timer that was cancelled may have come after it
        if self.violated is None:
            self._check_all_hit()

    def _happen(self, entry: tuple[Any, ...]) -> None:
        kind = entry[1]
        if kind == MESSAGE:
            _, _, _, number, note, link, message = entry
            comes_now = entry[0] == self.time  # and was not held by a node that slept: that has come before
            if comes_now and self.partitions and self.is_cut(link):
                self.lose(link, number, message, "cut")
            elif link.place.paused:
                link.place.held.append(entry)
            else:
                self.deliver(link, number, message, note)
        elif kind == TIMER:
            _, _, name, timer, number = entry
            site = self.sites[name]
            if site.timers.get(timer) != number:
                return  # cancelled, replaced, or lost in a crash
            if site.paused:
                site.held.append(entry)
            else:
                self.fire(site, timer)
        else:
            self._strike(*entry[4:])

    def _strike(self, event: str, fault: Fault) -> None:
        site = self.sites[fault.nodes[0]]
        match fault, event:
            case Crash(until=until), "begins":
                self._stays_down(site, fault, until)
                if site.node is not None:
                    self.crash(site)
            case Crash(), "ends" if site.node is None and self.time >= site.down_until:
                self.start(site)
            case Pause(until=until), "begins" if site.node is not None:
                site.paused, site.ready = True, False
                site.paused_until = max(_moment(until), site.paused_until)
                self._log("pause", site.name, note=f"until {until:g}")
                self._plan(until, fault, "ends")
            case Pause(until=until), "ends" if site.paused and _moment(until) == site.paused_until:
                site.paused, site.ready = False, self.is_ready(site)
                self._log("pause", site.name, note="wakes up")
                self._catch_up(site)

    def _stays_down(self, site: Timed, fault: Crash, until: float | None) -> None:
        """A node that several faults keep down starts again when the last of them ends."""
        site.down_until = max(site.down_until, _moment(until))
        self._plan(until, fault, "ends")

    def _catch_up(self, site: Timed) -> None:
        """What came while the node stood still is handled now, in order, and each is judged."""
        held, site.held = site.held, []
        for entry in held:
            if self.violated is None:
                before = self.snapshot() if self.compares else None
                self._happen(entry)
                self.check(before)

    # A message sets off

    def put(self, link: Link, number: int, message: Any) -> None:
        if link.plain:
            heappush(self.agenda, (self.time + link.steady, MESSAGE, link.name, number, "", link, message))
        else:
            self._put(link, number, message)
        if not number % OFTEN:
            self._check_pace(link, message)

    def _put(self, link: Link, number: int, message: Any) -> None:
        """A message sets off where chance or a fault decides its fate."""
        arrives, again = link.certain or link.flight()
        late = 0
        for fault in (link.marks or {}).get(number, ()):
            match fault:
                case Drop():
                    return self.lose(link, number, message, "dropped")
                case Delay(by=by):
                    late += round(by * SECOND)
                case Duplicate(after=after) if arrives is not None:
                    again = arrives + round(after * SECOND)
        if arrives is None:
            return self.lose(link, number, message, "lost")
        if self.partitions and self.is_cut(link):
            return self.lose(link, number, message, "cut")
        due = self.time + arrives + late
        if link.fifo:
            link.newest = due = max(due, link.newest)
        heappush(self.agenda, (due, MESSAGE, link.name, number, "", link, message))
        if again is not None:
            due = self.time + again + late
            if link.fifo:
                link.newest = due = max(due, link.newest)
            heappush(self.agenda, (due, MESSAGE, link.name, number, "again", link, message))

    def is_cut(self, link: Link) -> bool:
        now = self.time
        return any(_active(cut, now) and cut.cuts(link.sender, link.to) for cut in self.partitions)

    def arm(self, site: Timed, timer: str, delay: int) -> None:  # type: ignore[override]
        site.armed = site.timers[timer] = site.armed + 1
        heappush(self.agenda, (self.time + delay, TIMER, site.name, timer, site.armed))
        if not site.armed % MANY:
            site.paced = self._pace(f"{site.name} set {MANY:,} timers", site.paced, repr(timer))

    def flying(self) -> list[Flying]:
        entries = [*self.agenda, *(entry for site in self.sites.values() for entry in site.held)]
        found = [entry for entry in entries if entry[1] == MESSAGE]
        return [
            Flying(link, number, message) for _, _, _, number, _, link, message in sorted(found, key=_name)
        ]

    # Crashes in the middle of a handler

    def start(self, site: Any, cut: int | None = None) -> None:
        if site.watched and not site.crashes:
            site.unwatch()  # all that was to strike in the middle has struck
        super().start(site, cut)

    def cuts(self, site: Timed, effects: Sequence[Effect]) -> int | None:
        if not site.crashes:
            return None
        durable, sent = 0, {to: link.sent for to, link in site.links.items() if link}
        for kind, to, _ in effects:
            durable += kind in DURABLE
            if kind is SEND:
                sent[to] = sent.get(to, 0) + 1
                fault = site.crashes.pop((to, sent[to]), None)
                if fault:
                    now = self.time / SECOND
                    self._stays_down(site, fault, None if fault.until is None else max(fault.until, now))
                    return durable
        return None

    def crash(self, site: Any, note: str = "") -> None:
        super().crash(site, note)
        site.paused, site.paused_until = False, 0.0
        held, site.held = site.held, []
        for entry in held:
            if entry[1] == MESSAGE:
                _, _, _, number, _, link, message = entry
                self.lose(link, number, message, f"{site.name} is down")

    # The end

    def _check_pace(self, link: Link, message: Any) -> None:
        """Stops a node that sent too many messages, to whomever, within a second."""
        site = self.sites[link.sender]
        sent = sum(other.sent for other in site.links.values() if other)
        if self.time - site.counted_at >= SECOND:
            site.counted, site.counted_at = sent, self.time
        elif sent - site.counted >= MANY:
            self._pace(f"{site.name} sent {MANY:,} messages", site.counted_at, f"{message!r} to {link.to}")

    def _pace(self, did: str, since: int, last: str) -> int:
        """Stops who did so much within a second; else the moment from which to count again."""
        if self.time - since < SECOND:
            raise RunAway(f"{did} in 1 s of virtual time; the last: {last}. Does it answer every answer?")
        return self.time

    def _check_all_hit(self) -> None:
        """A fault that waits for a message which was never sent is a mistake in the script."""
        for fault in self.faults:
            if fault.message:
                name = parse(fault.message)
                link = self.sites[name.sender].links[name.to]
                sent = link.sent if link else 0
                if name.number > sent:
                    times = f"{sent} message" + "s" * (sent != 1)
                    raise ValueError(
                        f"{fault!r} names nothing: {name.sender} sent {times} to {name.to} in this run"
                    )

    def _traced(self) -> Trace:
        return Trace(
            tuple(self.sites), self.rows, self.violated, self.reason, self.seed, self.faults,
            end=self.time / SECOND, recorded=lambda: self.changes or [],
        )  # fmt: skip


def _name(entry: tuple[Any, ...]) -> tuple[Any, ...]:
    return entry[2:5]


def _moment(seconds: float | None) -> float:
    """A time of a fault in whole microseconds, in which 0.1 + 0.2 is 0.3; None is never."""
    return float("inf") if seconds is None else round(seconds * SECOND)


def _active(fault: Any, now: int) -> bool:
    return _moment(fault.at) <= now < _moment(fault.until)
