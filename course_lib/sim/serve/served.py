"""All processes of a served scenario: started together, waited for, killed, cut off from each other, ended together."""

from __future__ import annotations

import atexit
import tempfile
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING

from course_lib.sim.faults import Partition
from course_lib.sim.faults import check as check_names
from course_lib.sim.serve.parcel import brief
from course_lib.sim.serve.processes import Processes
from course_lib.sim.serve.record import View, missing
from course_lib.sim.trace import Trace

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario


def serve(scenario: Scenario, transport: str = "tcp", *, patience: float = 30.0) -> Served:
    """The scenario's nodes as processes on loopback, while a `with` block lasts.

    Args:
        scenario: its `network` decides what is lost, repeated and delayed on top of what the sockets do; its
            invariants are not checked, for nobody sees all processes at one moment.
        transport: "tcp" or "udp".
        patience: how many seconds a process may take to start.

    Raises ValueError for another transport, TypeError for a factory that cannot be taken to another process, and
    NodeFailed at the end of the block where a handler failed or a process ended, and `wait` has not said so before.
    """
    if transport not in ("tcp", "udp"):
        raise ValueError(f"transport is 'tcp' or 'udp', not {transport!r}")
    return Served(scenario, transport, patience)


class Served(Processes):
    """Running processes. `addresses` says where each listens: {"a": ("127.0.0.1", 40001)}."""

    # The block

    def __enter__(self) -> Served:
        if self._children:
            raise RuntimeError("a block of its own for each: with scenario.serve() as served")
        self._folder = tempfile.TemporaryDirectory(prefix="serve-", ignore_cleanup_errors=True)
        atexit.register(self._stop)  # a kernel that ends inside the block leaves nothing behind
        try:
            for name in self.scenario.nodes:
                self._spawn(name)
            self._go(list(self._children.values()))
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._stop()
        if error is None:
            self._raise_failure()
        elif self._failures:
            error.add_note(f"and {self._failures[0]}")

    def _stop(self) -> None:
        self._end = self._time()
        try:
            for child in self._children.values():
                child.strike()  # all before waiting for the first: none is to notice that others have gone
            for child in self._children.values():
                child.kill()
                self._logs[child.name] = child.printed()
        finally:
            atexit.unregister(self._stop)
            self._folder.cleanup()

    # What happens to nodes

    def kill(self, node: str) -> None:
        """Kills the process: a crash. Its memory is lost, its disk is kept. ValueError where it is down already."""
        child = self._named(node)
        if child.over:
            raise ValueError(f"{node} is down already")
        child.kill()

    def restart(self, node: str) -> None:
        """A new process with the disk as it was left; returns once it has started. ValueError where it is up."""
        if not self._named(node).over:
            raise ValueError(f"{node} is up; kill it first")
        self._children[node].kill()  # closes its pipes, where it ended by itself
        self._spawn(node)
        self._go([self._children[node]])

    def partition(self, *groups: Iterable[str], oneway: bool = False) -> None:
        """From now on, messages between nodes of different groups are lost, on top of earlier partitions.

        Nodes in no group reach everybody. With `oneway` the first group does not reach the others, and hears them.
        """
        self._check_running()
        cut = Partition(*groups, at=round(self._time(), 6), oneway=oneway)
        check_names([cut], list(self.scenario.nodes))
        self._cuts.append(cut)
        self._command(cut=self._cut_links())

    def heal(self) -> None:
        """Ends all partitions."""
        self._check_running()
        now = round(self._time(), 6)
        for cut in self._cuts:
            until = max(now, cut.at + 1e-6)
            self._healed.append(Partition(*cut.groups, at=cut.at, until=until, oneway=cut.oneway))
        self._cuts = []
        self._command(cut=self._cut_links())

    # What can be seen

    def wait(self, until: Callable[[View], object], timeout: float = 10.0) -> None:
        """Waits until `until(world)` is true, looking again whenever something happens.

        `world.nodes["a"].attribute`, `world.alive("a")` and `world.reports` are as last heard. An attribute that is
        not there yet counts as not true; so does a str, which says what is still missing.

        Raises TimeoutError after `timeout` seconds, NodeFailed when a handler fails or a process ends by itself.
        """
        self._check_running()
        end = time.monotonic() + timeout
        while True:
            with self._changed:
                self._raise_failure()
                view, seen = View(self._record.nodes, tuple(self._record.reports)), self._changes
            lacking = missing(until, view)
            if lacking is None:
                return
            left = end - time.monotonic()
            if left <= 0:
                nodes = ", ".join(
                    brief(node, 100, 300) for node in view.nodes.values()
                )  # counters and disk stand last
                raise TimeoutError(f"waited {timeout:g} s: {lacking}; at last {nodes}")
            self._await_change(seen, left)

    def trace(self) -> Trace:
        """What has happened so far, in the order of time: seconds since the nodes were told to start."""
        with self._changed:
            end = self._time() if self._end is None else self._end
            return self._record.trace((*self._healed, *self._cuts), end)

    def log(self, node: str) -> str:
        """What a node has printed, and a line for all that it refused: what strangers sent."""
        if node in self._logs:
            return self._logs[node]
        return self._named(node).printed()

    def pid(self, node: str) -> int:
        """The id of a node's process; of one that is down, the last."""
        return self._named(node).process.pid
