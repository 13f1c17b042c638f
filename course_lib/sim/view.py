"""What a predicate sees of a global state, and its answers remembered by the part of the state that it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from course_lib.sim.plain import thaw
from course_lib.sim.site import still
from course_lib.sim.space import Space, State
from course_lib.sim.world import Down


class AsksForReports(Exception):
    """An invariant looks at what was reported, so that has to be part of a state."""


class View:
    """A global state as an invariant sees it, which also notes how much of it was looked at."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.state: State = ()
        self.depth = space.n  # so many numbers of the state have been looked at
        self._seen: dict[int, Any] = {}
        self.nodes = _Nodes(self)

    def alive(self, name: str) -> bool:
        return self.space.locals[self.state[self.space.place[name]]][1].memory is not None

    @property
    def messages(self) -> tuple[tuple[str, str, Any], ...]:
        self.depth = max(self.depth, self.space.n + 1)
        return tuple(
            sorted(map(self.space.message, self.space.bags[self.state[self.space.n]]), key=lambda m: m[:2])
        )

    @property
    def reports(self) -> tuple[tuple[str, Any], ...]:
        if not self.space.reports:
            raise AsksForReports
        self.depth = self.space.n + 2
        return tuple(
            (node, thaw(value)) for node, value in self.space.pasts[self.state[self.space.n + 1]].reports
        )

    def node(self, name: str) -> Any:
        """The node with its attributes; what stands in for it while it is down."""
        number = self.state[self.space.place[name]]
        if number not in self._seen:
            self._seen[number] = self._made(name, number)
        return self._seen[number]

    def _made(self, name: str, number: int) -> Any:
        place, local = self.space.locals[number]
        disk = thaw(local.disk)
        if local.memory is None:
            return Down(name, disk)
        probe = self.space.probes[place]
        return still(probe.made_of, probe, thaw(local.memory), disk)


class _Nodes(Mapping[str, Any]):
    """`world.nodes` of a view."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __getitem__(self, name: str) -> Any:
        return self.view.node(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.view.space.names)

    def __len__(self) -> int:
        return self.view.space.n


class Question:
    """A predicate of one state, or of a state and the next.

    An answer holds for all states that are alike in what was looked at: most invariants look at nodes only, and of
    these there are far fewer combinations than states.
    """

    def __init__(self, ask: Callable[..., Any], *views: View) -> None:
        self.ask, self.views = ask, views
        self.depth = views[0].depth
        self.known: dict[Any, Any] = {}

    def about(self, state: State) -> Any:
        """The answer for one state."""
        try:
            return self.known[state[: self.depth]]
        except KeyError:
            answer = self._asked(state)
            self.known[state[: self.depth]] = answer
            return answer

    def about_step(self, before: State, after: State) -> Any:
        """The answer for a step."""
        try:
            return self.known[before[: self.depth], after[: self.depth]]
        except KeyError:
            answer = self._asked(before, after)
            self.known[before[: self.depth], after[: self.depth]] = answer
            return answer

    def _asked(self, *states: State) -> Any:
        for view, state in zip(self.views, states, strict=True):
            view.state, view.depth = state, view.space.n
        answer = self.ask(*self.views)
        self.depth = max(self.depth, *(view.depth for view in self.views))
        return answer
