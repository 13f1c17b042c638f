"""From the states that a search has met back to runs: the steps that lead to each, taken again in a live world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from course_lib.sim.errors import NodeError
from course_lib.sim.invariants import Invariant
from course_lib.sim.plain import freeze
from course_lib.sim.space import Move, Space, State
from course_lib.sim.step import Step
from course_lib.sim.trace import Trace
from course_lib.sim.view import View
from course_lib.sim.world import World

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

ON_THE_WAY = ("deliver", "lose", "duplicate")


class Met:
    """The states that were met, each by its number, with the state and the move that led to it first."""

    def __init__(self, with_edges: bool) -> None:
        self.states: list[State] = []
        self.numbers: dict[State, int] = {}
        self.parents: list[int] = []
        self.moves: list[Any] = []
        """The move that led there; of the first states, the moves by which all nodes started."""
        self.edges: list[list[tuple[int, Move]]] | None = [] if with_edges else None

    def add(self, state: State, parent: int, move: Any) -> int:
        """The number of a state that is new."""
        number = self.numbers[state] = len(self.states)
        self.states.append(state)
        self.parents.append(parent)
        self.moves.append(move)
        if self.edges is not None:
            self.edges.append([])
        return number

    def path(self, number: int) -> list[int]:
        """The states on the way to a state, from a first one on."""
        found = [number]
        while self.parents[found[-1]] >= 0:
            found.append(self.parents[found[-1]])
        return found[::-1]


class Retrace:
    """Takes the steps to a state again."""

    def __init__(
        self, scenario: Scenario, space: Space, met: Met, fold: Callable[[State], State] | None
    ) -> None:
        self.scenario, self.space, self.met, self.fold = scenario, space, met, fold

    def trace(self, number: int, last: tuple[Move, State] | None = None, broken: str | None = None) -> Trace:
        """The run that leads to a state, and by one more step to the next; it breaks the invariant `broken`."""
        checked = self.scenario.invariants
        world = self.world(number, last, checked)
        # A world counts identical messages, which are one in a state: where that shows, they are made one.
        counted = self.space.budget.duplicates
        if world.violated != broken or (broken is None and not counted and _copies(world)):
            world = self.world(number, last, checked, merging=True)
        return world.trace()

    def world(
        self,
        number: int,
        last: tuple[Move, State] | None = None,
        checked: Sequence[Invariant] = (),
        merging: bool = False,
    ) -> World:
        """A world that has taken these steps."""
        world = World(self.scenario.nodes, self.scenario.network, checked, self.scenario.seed, True)
        for move in self._moves(number, last):
            world.step(self.step(world, move))
            if merging and world.violated is None and not self.space.budget.duplicates:
                _merge(world)
        return world

    def _moves(self, number: int, last: tuple[Move, State] | None) -> list[Move]:
        first, *others = self.met.path(number)
        if self.fold is None:
            return [
                *self.met.moves[first],
                *map(self.met.moves.__getitem__, others),
                *(last[:1] if last else ()),
            ]
        return [
            *self.met.moves[first],
            *self._unfolded(first, [*map(self.met.states.__getitem__, others), *(last[1:] if last else ())]),
        ]

    def _unfolded(self, first: int, targets: Sequence[State]) -> list[Move]:
        """Of folded states only one of several alike is known: so the way is looked for step by step."""
        assert self.fold
        state = next(state for state, moves in self.space.initial() if moves == self.met.moves[first])
        moves = []
        for target in targets:
            steps = (step for step in self.space.successors(state) if self.fold(step[1]) == self.fold(target))
            found = next(steps, None)
            if found is None:
                raise ValueError(
                    "the nodes in symmetric are not interchangeable: after the same steps by other names "
                    "something else is possible. Leave symmetric away"
                )
            moves.append(found[0])
            state = found[1]
        return moves

    def step(self, world: World, move: Move) -> Step:
        """The move with the name that its message has in this world."""
        subject = move.subject
        if move.kind in ON_THE_WAY:
            sender, to, message = self.space.parcels[subject]
            link = f"{sender}>{to}"
            same = (f for f in world.flying() if f.link.name == link and freeze(f.message) == message)
            again = next(same, None)
            if again is None:
                raise NodeError(
                    "the nodes are not deterministic: the steps that led to a state, taken again, lead to another one, "
                    f"where no {self.space.message(move.subject)[2]!r} is on its way from {sender} to {to}. All state "
                    "is in a node's own attributes and on its disk, not in its class or in a global"
                )
            subject = again.id
        return Step(move.kind, subject, *move[2:])

    def words(self, move: Move) -> str:
        """A move in words."""
        if move.kind in ON_THE_WAY:
            sender, to, message = self.space.message(move.subject)
            return f"{move.kind} {message!r} from {sender} to {to}"
        return str(Step(move.kind, move.subject, move.cut))

    def explain(self, error: Exception, at: int, judged: int) -> None:
        """Says which step of which run failed: the one tried after state `at`, or the judging of state `judged`."""
        move, world = self.space.trying, self.scenario.world()
        with suppress(
            Exception
        ):  # what only exploration refuses goes through here; chance may choose otherwise
            if move is None:
                world = self.world(judged)
            elif at < 0:  # a start: of the nodes before it, too
                error.add_note(f"in {self.space.handling(move)}, at its start")
                for name in self.space.names[: self.space.place[move.subject] + 1]:
                    world.step(Step("start", name))
            else:
                words = f"at this step of the exploration: {self.words(move)}"
                error.add_note(f"in {self.space.handling(move)}, {words}")
                world = self.world(at)
                world.step(self.step(world, move._replace(**self.space.chances(move))))
        error.trace = world.trace()  # type: ignore[attr-defined]

    def graph(self) -> Any:
        """All states and steps as a networkx graph: `world` of a node is {name: node}, `step` of an edge its words."""
        import networkx as nx

        assert self.met.edges is not None
        graph = nx.MultiDiGraph()
        view = View(self.space)
        for number, view.state in enumerate(self.met.states):
            graph.add_node(number, world=dict(view.nodes))
        for number, edges in enumerate(self.met.edges):
            for following, move in edges:
                graph.add_edge(number, following, step=self.words(move))
        return graph


def _copies(world: World) -> list[str]:
    """The ids of messages on their way that are identical to an earlier one."""
    known, found = set(), []
    for flying in world.flying():
        same = (flying.link.name, freeze(flying.message))
        if same in known and not flying.link.fifo:
            found.append(flying.id)
        known.add(same)
    return found


def _merge(world: World) -> None:
    """Takes identical messages for one, as a state does."""
    for id in _copies(world):
        world.step(Step("merge", id))
