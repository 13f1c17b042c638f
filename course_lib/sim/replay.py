"""A trace played again, step by step, with the world at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course_lib.sim.step import Step
from course_lib.sim.trace import NodeState, Trace
from course_lib.sim.world import World

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario


class Replay:
    """A trace of a scenario. Iterating gives each event with the states of all nodes after it.

    `trace` is the run played again: equal to the one given, or ValueError says where the two part.
    """

    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.scenario = scenario
        if trace.steps is None:
            self.trace = scenario.run(trace.faults, seed=trace.seed)
        else:
            self.trace = self.world(trace.steps).trace()
        if self.trace != trace:
            raise ValueError(f"this scenario does not give this trace again: {self.trace.parting(trace)}")

    def world(self, steps: tuple[Step, ...] | None = None) -> World:
        """The world after the trace's steps, to go on from by hand. ValueError for a run with clock and seed."""
        steps = self.trace.steps if steps is None else steps
        if steps is None:
            raise ValueError("only a trace that exploration found has steps; run again with scenario.run")
        world = self.scenario.world()
        for step in steps:
            world.step(step)
        return world

    def __len__(self) -> int:
        return len(self.trace)

    def __iter__(self) -> Iterator[tuple[object, dict[str, NodeState]]]:
        for number, event in enumerate(self.trace.events, 1):
            yield event, self.trace.states_after(number)
