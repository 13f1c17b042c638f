"""What a node says of itself in the partition lab, in a few words: "leads view 2". Its class has a `__str__` for it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from course_lib.labs.guard import Refused, guarded
from course_lib.labs.partition_play import SECONDS
from course_lib.pictures import svg
from course_lib.sim import Node, Scenario
from course_lib.sim.site import Site, still
from course_lib.sim.trace import Change

ROOM = 28  # letters, beside a node's name


def in_short(scenario: Scenario, changes: Iterable[Change]) -> list[str]:
    """The words for each change of state; "" of a node that is down, or whose class has no `__str__` of its own.

    A learner's `__str__` that fails or does not end has no words.
    """
    changes, sites = list(changes), scenario.world().sites
    with suppress(Refused):
        kinds = guarded("Making a node", lambda: _kinds(scenario), (), SECONDS)
        if kinds:
            return guarded("str(node)", lambda: [_said(kinds, sites, one) for one in changes], (), SECONDS)
    return [""] * len(changes)


def _kinds(scenario: Scenario) -> dict[str, type[Node]]:
    """The classes of the nodes that can say something."""
    kinds = {name: type(factory()) for name, factory in scenario.nodes.items()}
    return {name: kind for name, kind in kinds.items() if kind.__str__ is not object.__str__}


def _said(kinds: dict[str, type[Node]], sites: dict[str, Site], change: Change) -> str:
    name, memory = change.node, change.state.memory
    if name not in kinds or memory is None:
        return ""
    with suppress(Exception):
        node = still(kinds[name], sites[name], memory, change.state.disk)
        return svg.shortened(str(node), ROOM)
    return ""
