"""The simulated world: one `Node` class is run, explored, played with and served, unchanged.

| to read first | what it has |
|---|---|
| `node` | what a learner subclasses |
| `world` | what can happen next, and what happens when it does |
| `simulation` | a clock, a seed and a fault script choose |
| `explore`, `search`, `space` | every choice: the question, the search, the states |
| `serve` | reality chooses |

| to look up | |
|---|---|
| `scenario`, `network`, `faults`, `invariants`, `client` | what a system to try is made of |
| `trace`, `compare`, `replay`, `coverage` | what happened, beside other runs, step by step, and what never did |
| `plain`, `wire` | the data that nodes hold and send, and as JSON |
| `site`, `lines`, `local`, `chance` | how a handler's effects, writes and choices are watched |
| `view`, `retrace`, `symmetry` | what a predicate sees, the way back to a run, and equals folded |
"""

from course_lib.sim.client import Call, Client, Invoked, Reply, Request, Returned, Unknown, calls
from course_lib.sim.errors import NodeError, RunAway
from course_lib.sim.faults import ClockSkew, Crash, Delay, Drop, Duplicate, Fault, Partition, Pause
from course_lib.sim.network import Network
from course_lib.sim.node import Node
from course_lib.sim.plain import NotPlain
from course_lib.sim.scenario import Scenario
from course_lib.sim.step import Step
from course_lib.sim.trace import Event, NodeState, Trace
from course_lib.sim.world import World

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
    "World",
    "calls",
]
