"""The simulated world: one `Node` class is run, explored, played with and served, unchanged."""

from course_lib.sim.client import Call, Client, Invoked, Reply, Request, Returned, Unknown, calls
from course_lib.sim.errors import NodeError, RunAway
from course_lib.sim.faults import ClockSkew, Crash, Delay, Drop, Duplicate, Fault, Partition, Pause
from course_lib.sim.network import Network
from course_lib.sim.node import Node
from course_lib.sim.plain import NotPlain
from course_lib.sim.scenario import Scenario
from course_lib.sim.step import Step
from course_lib.sim.trace import Event, NodeState, Trace

__all__ = [
    "Call",
    "Client",
    "ClockSkew",
    "Crash",
    "Delay",
    "Drop",
    "Duplicate",
    "Event",
    "Fault",
    "Invoked",
    "Network",
    "Node",
    "NodeError",
    "NodeState",
    "NotPlain",
    "Partition",
    "Pause",
    "Reply",
    "Request",
    "Returned",
    "RunAway",
    "Scenario",
    "Step",
    "Trace",
    "Unknown",
    "calls",
]  # fmt: skip
