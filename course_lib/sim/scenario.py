"""A scenario: nodes, network, seed and invariants. It can be run, explored, played with in a lab, and served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from course_lib.sim import faults as fault_script
from course_lib.sim.faults import Fault
from course_lib.sim.invariants import Predicate
from course_lib.sim.invariants import invariants as read
from course_lib.sim.network import Network
from course_lib.sim.node import Node
from course_lib.sim.simulation import Simulation
from course_lib.sim.trace import Change, Trace
from course_lib.sim.world import World

if TYPE_CHECKING:
    from course_lib.sim.compare import Shrunk, Sweep
    from course_lib.sim.explore import Exploration
    from course_lib.sim.replay import Replay
    from course_lib.sim.serve import Served


class Scenario:
    """A system to try.

    Args:
        nodes: each node's name and a factory, a function without arguments that makes it: {"a": Echo}, or
            {"a": lambda: Client("b")}. A restart makes a new node.
        seed: decides what chance does in `run`.
        network: the links; by default everybody reaches everybody in 0.01 s.
        invariants: functions `(world)` or `(before, after)`; True where they hold, else the sentence that says how
            they are broken.
        until: when a run ends at the latest, in seconds of virtual time.
    """

    def __init__(
        self,
        nodes: Mapping[str, Callable[[], Node]],
        *,
        seed: int | str = 0,
        network: Network | None = None,
        invariants: Iterable[Predicate] = (),
        until: float = 60.0,
    ) -> None:
        self.nodes = _checked(nodes)
        self.seed, self.network, self.until = seed, network or Network(), until
        self.invariants = read(invariants)
        if not isinstance(self.network, Network):
            raise TypeError(f"network is a Network, not {network!r}")
        if not isinstance(until, int | float) or not 0 < until < float("inf"):
            raise ValueError(f"until is a time above 0, in seconds, not {until!r}")
        self.network.reached(self.nodes)  # names that it does not know are told here

    def run(self, faults: Iterable[Fault] = (), seed: int | str | None = None) -> Trace:
        """One run, the same for the same seed and faults on every machine.

        It ends when nothing is left to happen, at `until`, or at the first broken invariant. Raises ValueError for a
        fault that names no node or no message of the run, NodeError for what a node must not do.
        """
        return self._run(fault_script.check(faults, list(self.nodes)), self.seed if seed is None else seed)

    def _run(self, faults: tuple[Fault, ...], seed: int | str, network: Network | None = None) -> Trace:
        from dataclasses import replace

        def simulation(recording: bool) -> Simulation:
            return Simulation(
                self.nodes, network or self.network, self.invariants, seed, faults, self.until, recording
            )

        def again() -> list[Change]:
            recorder = simulation(True)
            recorder.run()
            return recorder.changes or []

        return replace(simulation(False).run(), recorded=again)

    def world(self) -> World:
        """A world of these nodes in which nothing has happened yet, for whoever wants to choose each step."""
        return World(self.nodes, self.network, self.invariants, self.seed, recording=True)

    def explore(self, **options: Any) -> Exploration:
        """Every schedule, up to the given numbers of faults; see `explore.explore` for the options."""
        from course_lib.sim.explore import explore

        return explore(self, **options)

    def sweep(self, seeds: int | Iterable[int | str], faults: Any = ()) -> Sweep:
        """Runs of many seeds: how many kept the invariants, and the first that did not. See `compare.sweep`."""
        from course_lib.sim.compare import sweep

        return sweep(self, seeds, faults)

    def shrink(self, faults: Iterable[Fault] = (), seed: int | str | None = None) -> Shrunk:
        """A failing run cut down to the faults and messages that matter. See `compare.shrink`."""
        from course_lib.sim.compare import shrink

        return shrink(self, faults, self.seed if seed is None else seed)

    def replay(self, trace: Trace) -> Replay:
        """A trace of this scenario, to be stepped through."""
        from course_lib.sim.replay import Replay

        return Replay(self, trace)

    def serve(self, transport: str = "tcp", **options: Any) -> Served:
        """The same nodes as real processes on loopback, over "tcp" or "udp"; see `serve.serve` for the options."""
        from course_lib.sim.serve import serve

        return serve(self, transport, **options)


def _checked(nodes: Mapping[str, Callable[[], Node]]) -> dict[str, Callable[[], Node]]:
    if not isinstance(nodes, Mapping) or not nodes:
        raise TypeError(f"nodes is a dict of names and factories, {{'a': Echo}}, not {nodes!r}")
    for name, factory in nodes.items():
        if not isinstance(name, str) or not name or any(sign in name for sign in "># \n"):
            raise ValueError(f"a node's name is a str without '>', '#' and spaces, not {name!r}")
        if isinstance(factory, Node) or not callable(factory):
            kind = type(factory).__name__
            raise TypeError(
                f"{name} is given as {kind}(...), a node that is made already; give what makes it, since a restart "
                f"makes a new one: lambda: {kind}(...)"
            )
    return dict(nodes)
