"""Who is dead, and who takes over: failure detectors, membership by gossip, and copies that stand in for each other.

| to read first | what it has |
|---|---|
| `detectors` | a timeout, and a suspicion that grows: phi |
| `watching` | nodes that send heartbeats and watch each other |
| `swim_member` | SWIM: a group that finds its dead, at a cost to each member that does not grow |
| `swim` | what must hold of it, and what breaks without each safeguard |

| then | |
|---|---|
| `detector_trade` | false alarms against time to detect, for delays of any law |
| `swim_measured` | periods to the first detection, messages, and the living that were buried |
| `gossip` | how many rounds a rumour takes |

Names below load their module when they are first used.
"""

from importlib import import_module
from typing import Any

HOME = {
    "ExponentialPhiDetector": "detectors",
    "HeartbeatDetector": "detectors",
    "PhiAccrualDetector": "detectors",
    "Swim": "swim_member",
}
__all__ = list(HOME)


def __getattr__(name: str) -> Any:
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *HOME])
