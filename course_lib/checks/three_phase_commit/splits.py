"""The worlds of 07.break_it: three participants of each version of three-phase commit."""

from __future__ import annotations

from course_lib.sim import Scenario
from course_lib.transactions import three_phase


def alone() -> Scenario:
    """The nodes "coordinator", "p1", "p2", "p3"; who hears nothing for 1 s decides from its own state."""
    return three_phase.scenario(3, variant="timeouts")


def together() -> Scenario:
    """The same nodes; who hears nothing asks, and then the next in line leads."""
    return three_phase.scenario(3, variant="termination")
