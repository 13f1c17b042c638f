"""The world of 06.promise: a coordinator, the learner's participant "p1", and another one, "p2"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.sim import Network, Node, Scenario, Trace
from course_lib.transactions import two_phase
from course_lib.transactions.committing import (
    Coordinator,
    Decision,
    Done,
    Participant,
    Prepare,
    Record,
    Vote,
    state_of,
    values_of,
)

TXN = "t1"
PLANS = ((("balance", 1),), (("limit", 2),))
"""What the coordinator's first life is to commit, and what the second."""
STATES = ("prepared", "committed", "aborted")


class GoesOn(Coordinator):
    """Begins a transaction in each life that has a plan, also after a commit."""

    def close(self) -> None:
        super().close()
        del self.disk["over"]


def readable(world: Any) -> bool | str:
    """The disk says what was promised in the way that was asked for."""
    disk = world.nodes["p1"].disk
    if TXN in disk and not (isinstance(disk[TXN], Record) and disk[TXN].state in STATES):
        return (
            f"p1's disk has {disk[TXN]!r} under {TXN!r}; it had to be a Record that is {' or '.join(STATES)}"
        )
    values = disk.get("values", {})
    if not isinstance(values, dict):
        return f"p1's disk has {values!r} under 'values'; it had to be a dict"
    return True


def nothing_too_early(world: Any) -> bool | str:
    """Nobody sees what is not committed, and may never be."""
    if values_of(world.nodes["p1"]) and TXN not in world.nodes["coordinator"].disk:
        return f"p1's values are {values_of(world.nodes['p1'])}, and the coordinator has not committed {TXN}"
    return True


def transaction(
    participant: Callable[[bool], Node],
    willing: bool = True,
    other_willing: bool = True,
    lives: int = 1,
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """The nodes "coordinator", "p1", which is `participant(willing)`, and "p2". One transaction, "t1", is begun.

    With two lives the coordinator begins another, "t2", when it comes back from a crash.
    """
    nodes: dict[str, Callable[[], Node]] = {
        "coordinator": lambda: GoesOn(PLANS[:lives]),
        "p1": lambda: participant(willing),
        "p2": lambda: Participant(other_willing),
    }
    invariants = (readable, *two_phase.INVARIANTS, nothing_too_early)
    return Scenario(nodes, network=network, invariants=invariants, until=until)


# What has to hold when all is over


def votes_fit(trace: Trace) -> bool | str:
    """Each Prepare gets a vote. After a yes there is no no, and after a no, or an abort, no yes."""
    said: list[bool] = []
    is_aborted = False
    for event in trace.events:
        if event.node != "p1":
            continue
        match event.kind, event.message:
            case "deliver", Decision(_, False):
                is_aborted = True
            case "send", Decision(_, False):
                is_aborted = True
            case "send", Vote(_, True) if is_aborted or False in said:
                return f"at {event.time:g} s p1 voted yes, and before that it had said no, or had aborted"
            case "send", Vote(_, False) if True in said and not is_aborted:
                return f"at {event.time:g} s p1 voted no, and before that it had voted yes"
            case "send", Vote(_, yes):
                said.append(yes)
    asked = [e for e in trace.events if e.kind == "deliver" and isinstance(e.message, Prepare)]
    asked = [event for event in asked if event.node == "p1"]
    if len(said) < len(asked):
        times = ("not once", "once", "twice")[len(said)] if len(said) < 3 else f"{len(said)} times"
        return f"{len(asked)} Prepare messages came to p1, and it voted {times}"
    return True


def all_settled(trace: Trace) -> bool | str:
    """Liveness: nobody is in doubt in the end."""
    for name in ("p1", "p2"):
        if state_of(trace.nodes[name], TXN) == "prepared":
            return f"the run ends at {trace.end:g} s, and {name} is still in doubt about {TXN}"
    return True


def is_recorded(trace: Trace) -> bool | str:
    """What became of it is on the disk, an abort too."""
    return TXN in trace.nodes["p1"].disk or f"at {trace.end:g} s p1 has no record of {TXN}"


def done_is_heard(trace: Trace) -> bool | str:
    """The coordinator may forget in the end what was committed."""
    waits = trace.nodes["coordinator"].disk.get(TXN)
    if waits:
        said = sum(
            event.kind == "send" and event.node in waits and isinstance(event.message, Done)
            for event in trace.events
        )
        times = "no Done was sent" if not said else f"{said} Done sent, none of which arrived"
        return f"at {trace.end:g} s the coordinator still waits for the Done of {', '.join(sorted(waits))}: {times}"
    return True


def committed_in_the_end(trace: Trace) -> bool | str:
    """Where all are willing and nothing fails for long, it is committed."""
    state = state_of(trace.nodes["p1"], TXN)
    return state == "committed" or f"at {trace.end:g} s p1 had {state} {TXN}; all were willing"


def votes_no(trace: Trace) -> bool | str:
    """What the world asks of one that is not willing."""
    yes = any(e.kind == "send" and e.node == "p1" and e.message == Vote(TXN, True) for e in trace.events)
    return not yes or "p1 is Participant(False), and it voted yes"


def is_quiet(trace: Trace) -> bool | str:
    """Who is not in doubt does not ask."""
    return (
        trace.end < 15 or f"at {trace.end:g} s there is still something to do, and all was decided long ago"
    )
