"""The processes of a served scenario: started together, told what to do, and heard."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.sim import wire
from course_lib.sim.faults import Partition
from course_lib.sim.network import SECOND
from course_lib.sim.serve import disk
from course_lib.sim.serve.boot import Boot
from course_lib.sim.serve.child import Child, NodeFailed
from course_lib.sim.serve.record import Record

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

MOMENT = 1.0  # seconds that a handler has to end in, at the end of the block


class Processes:
    """One process a node. `addresses` says where each listens: {"a": ("127.0.0.1", 40001)}."""

    _folder: tempfile.TemporaryDirectory[str]

    def __init__(self, scenario: Scenario, transport: str, patience: float) -> None:
        self.scenario, self.transport, self.patience = scenario, transport, patience
        self.addresses: dict[str, tuple[str, int]] = {}
        self._pairs = scenario.network.pairs(scenario.nodes)
        self._children: dict[str, Child] = {}
        self._lives = dict.fromkeys(scenario.nodes, 0)
        self._classes = {name: type(factory()) for name, factory in scenario.nodes.items()}
        self._kinds = wire.vocabulary(list(self._classes.values()))
        self._record = Record(tuple(scenario.nodes), self._kinds, scenario.seed)
        self._changed = threading.Condition()  # guards what the processes' threads write, and tells of it
        self._changes = 0
        self._failures: list[str] = []
        self._cuts: list[Partition] = []
        self._healed: list[Partition] = []
        self._tickets = 0
        self._origin = 0.0
        self._end: float | None = None
        self._logs: dict[str, str] = {}

    def _spawn(self, name: str) -> None:
        everybody, network = self.scenario.nodes, self.scenario.network
        place = f"{self._folder.name}/{list(everybody).index(name)}"  # not every name can be a file's
        destinations = [to for sender, to in self._pairs if sender == name]
        self._lives[name] += 1
        boot = Boot(
            name=name,
            factory=everybody[name],
            kind=self._classes[name],
            peers=tuple(sorted(set(everybody) - {name})),
            links={to: network.behaviour(name, to) for to in destinations},
            sent={to: self._record.sent.get((name, to), 0) for to in destinations},
            senders={one: network.behaviour(one, to)["fifo"] for one, to in self._pairs if to == name},
            kinds=self._kinds,
            transport=self.transport,
            port=self.addresses[name][1] if name in self.addresses else 0,
            folder=self._folder.name,
            disk=f"{place}.disk",
            log=f"{place}.log",
            seed=self.scenario.seed,
            life=self._lives[name],
        )
        self._children[name] = Child(boot, self._heard, self._ended)

    def _go(self, children: list[Child]) -> None:
        """Once all of these listen, everybody learns where, and they start."""
        self._await(lambda: all(child.port or child.over for child in children), "begin to listen", children)
        if not all(child.port for child in children):
            self._raise_failure()
        self.addresses |= {child.name: ("127.0.0.1", child.port or 0) for child in children}
        self._command(addresses=self.addresses, cut=self._cut_links())
        self._origin = self._origin or time.monotonic()
        for child in children:
            child.tell(origin=self._origin, ticket=self._tickets)
        self._await(lambda: all(child.started or child.over for child in children), "end on_start", children)

    def _cut_links(self) -> list[tuple[str, str]]:
        return [pair for pair in self._pairs if any(cut.cuts(*pair) for cut in self._cuts)]

    def _command(self, **words: Any) -> None:
        """Tells every node that is up, and waits until each has done it."""
        children = self._tell(**words)
        self._await(lambda: self._all_done(children), "answer", children)

    def _tell(self, **words: Any) -> list[Child]:
        self._tickets += 1
        children = [child for child in self._children.values() if not child.over]
        for child in children:
            child.tell(**words, ticket=self._tickets)
        return children

    def _all_done(self, children: list[Child]) -> bool:
        return all(child.done >= self._tickets or child.over for child in children)

    def _finish(self) -> None:
        """Lets the handlers that are running come to their ends, for a moment: then the trace has all of them."""
        children = self._tell(halt=True)
        with self._changed:
            self._changed.wait_for(lambda: self._all_done(children), MOMENT)

    def _await(self, holds: Callable[[], bool], what: str, children: list[Child]) -> None:
        """What a handler did wrong meanwhile is for `wait`, and the end of the block, to tell."""
        with self._changed:
            if not self._changed.wait_for(holds, self.patience):
                names = ", ".join(child.name for child in children)
                raise TimeoutError(f"not all of {names} did {what} within {self.patience:g} s")

    def _await_change(self, seen: int, seconds: float) -> None:
        """Until there are more changes than were seen, or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes > seen, seconds)

    # What processes say, in the thread of each

    def _heard(self, child: Child, said: dict[str, Any]) -> None:
        with self._changed:
            if "event" in said:
                self._record.event(*said["event"])
            elif "state" in said:
                self._record.state(said["time"], child.name, *said["state"])
            self._changes += 1
            self._changed.notify_all()

    def _ended(self, child: Child) -> None:
        with self._changed:
            child.over = True
            if child.error or not child.killed:
                self._failures.append(child.failure())
            if self._end is None or not child.killed:
                kept = disk.read(Path(child.boot.disk), self._record.find)
                self._record.crash(round(self._time() * SECOND), child.name, kept, child.note)
            self._changes += 1
            self._changed.notify_all()

    def _raise_failure(self) -> None:
        """Each failure is told once."""
        if self._failures:
            raise NodeFailed(self._failures.pop(0))

    def _time(self) -> float:
        return time.monotonic() - self._origin if self._origin else 0.0

    def _check_running(self) -> None:
        if not self._children or self._end is not None:
            raise RuntimeError(
                "nothing is running outside of the block: with scenario.serve() as served: ..."
            )

    def _named(self, node: str) -> Child:
        self._check_running()
        if node not in self._children:
            raise ValueError(f"there is no node {node!r}; there are {', '.join(self._children)}")
        return self._children[node]
