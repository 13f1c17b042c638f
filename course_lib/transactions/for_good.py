"""Crashes for good: the same scenario, in which a node that comes back says and hears nothing any more.

Exploration lets a node that crashed come back at any later moment, and so a protocol that only waits for it can always
still end. What tells a blocking protocol from one that does not block is what happens when nobody comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from course_lib.sim import Node, Scenario


def crashes_for_good(system: Scenario) -> Scenario:
    """The scenario in which no node outlives a crash. `explore` still calls it a restart, and nothing comes of it."""
    nodes = {name: _mortal(factory) for name, factory in system.nodes.items()}
    checked = [invariant.holds for invariant in system.invariants]
    return Scenario(nodes, seed=system.seed, network=system.network, invariants=checked, until=system.until)


def is_up(world: Any, name: str) -> bool:
    """Whether a node is alive, and not one that crashed for good."""
    return bool(world.alive(name) and not getattr(world.nodes[name], "gone", False))


def _mortal(factory: Callable[[], Node]) -> Callable[[], Node]:
    def make() -> Node:
        node = factory()
        kind: Any = type(node)
        mortal = object.__new__(_subclass(kind))
        vars(mortal).update(vars(node))
        return mortal

    return make


@cache
def _subclass(kind: Any) -> Any:
    class Mortal(kind):
        def on_start(self) -> None:
            self.gone = "lived" in self.disk
            if not self.gone:
                self.disk["lived"] = True
                super().on_start()

        def on_message(self, sender: str, message: Any) -> None:
            if not self.gone:
                super().on_message(sender, message)

        def on_timer(self, name: str) -> None:
            if not self.gone:
                super().on_timer(name)

    Mortal.__name__ = Mortal.__qualname__ = kind.__name__
    return Mortal
