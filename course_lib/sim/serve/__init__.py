"""Reality chooses: the unchanged `Node` class, each node an operating-system process on loopback.

    with scenario.serve("tcp") as served:
        served.wait(until=lambda world: world.nodes["a"].answered == 3)
        served.kill("b")
        served.restart("b")
    print(served.trace().to_text())

| module | what it has |
|---|---|
| `parcel` | a message as bytes, and what is refused |
| `tcp`, `udp` | how the bytes get to another process |
| `disk` | a node's disk as a file |
| `host` | in the node's process: runs its handlers, carries out what they ask for |
| `child` | in ours: one process, from its start to its end |
| `served` | in ours: all of them, `wait`, `kill`, `partition`, and the trace |
"""

from course_lib.sim.serve.child import NodeFailed
from course_lib.sim.serve.served import Served, serve

__all__ = ["NodeFailed", "Served", "serve"]
