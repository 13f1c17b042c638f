"""Exploration: every schedule of a scenario, to the shortest counterexample.

Breadth first, so what is found is as short as can be. A timer has no length here: it may fire at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from course_lib.sim import collector
from course_lib.sim.coverage import Coverage
from course_lib.sim.invariants import Broken, Invariant
from course_lib.sim.plain import freeze, thaw
from course_lib.sim.progress import Progress
from course_lib.sim.site import still
from course_lib.sim.space import Budget, Move, Space, State
from course_lib.sim.step import Step
from course_lib.sim.trace import Trace
from course_lib.sim.world import Down, World

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

LONGEST_WALK = 1_000  # steps of one random schedule


@dataclass(frozen=True)
class Exploration:
    """What was found. Where the space was not exhausted, nothing found proves nothing."""

    states: int
    """Distinct global states."""
    transitions: int
    """Steps taken, those to known states included."""
    complete: bool
    """Whether the space was exhausted."""
    violated: str | None = None
    """The name of the invariant that breaks."""
    counterexample: Trace | None = None
    """The shortest run that breaks it."""
    goal: str | None = None
    reached: Trace | None = None
    """The shortest run to the goal."""
    possible: str | None = None
    stuck: Trace | None = None
    """The shortest run to a state from which what should stay possible is not."""
    coverage: Coverage | None = None
    """Which handlers and cases ever ran."""
    runs: int = 0
    """How often a handler was called: the rest was remembered."""
    graph: Callable[[], Any] | None = None
    """Makes the networkx graph of all states; None where edges were not kept."""

    @property
    def ok(self) -> bool:
        """Whether everything asked for holds, in all of an exhausted space."""
        reached = self.goal is None or self.reached is not None
        return self.complete and self.violated is None and self.stuck is None and reached

    def __str__(self) -> str:
        size = f"{self.states:,} states, {self.transitions:,} transitions"
        lines = []
        if self.violated and self.counterexample:
            lines.append(f"{self.violated} breaks: {self.counterexample.reason}")
            lines.append(f"shortest run: {_length(self.counterexample)}, found after {size}")
        elif self.complete:
            lines.append(f"exhausted: {size}; " + ("nothing breaks" if self.ok else "no invariant breaks"))
        else:
            lines.append(f"not exhausted: stopped after {size}. Nothing broke so far, which proves nothing")
        if self.goal:
            unreached = "cannot be reached" if self.complete else "was not reached so far"
            lines.append(
                f"{self.goal}: " + (f"reached in {_length(self.reached)}" if self.reached else unreached)
            )
        if self.possible:
            if self.stuck:
                lines.append(f"{self.possible}: no longer possible after {_length(self.stuck)}")
            else:
                known = self.complete and not self.violated
                lines.append(
                    f"{self.possible}: "
                    + ("always possible" if known else "unknown, the space was not exhausted")
                )
        return "\n".join(lines)

    __repr__ = __str__


def _length(trace: Trace) -> str:
    return f"{trace.length} step" + "s" * (trace.length != 1)


def explore(
    scenario: Scenario,
    *,
    crashes: int = 0,
    losses: int = 0,
    duplicates: int = 0,
    partitions: int = 0,
    timeouts: int | None = None,
    timing: str = "asynchronous",
    goal: Callable[[Any], object] | None = None,
    always_possible: Callable[[Any], object] | None = None,
    clock: Sequence[float] | None = None,
    strategy: str = "breadth",
    max_states: int = 1_000_000,
    graph: bool = False,
) -> Exploration:
    """Takes every possible step from every reachable state.

    Args:
        crashes, losses, duplicates, partitions: how many of these may happen. A crash may strike between any two
            effects of a handler; a crashed node stays down or comes back at any later moment.
        timeouts: how many timers may fire in a run; None is any number, and the space must be finite by itself.
        timing: "asynchronous", a timer may fire at any moment; "synchronous", only when no message from a live node
            to a live node can still arrive, as if failures were detected without fault.
        goal: `(world) -> bool`: can this be reached?
        always_possible: `(world) -> bool`: can this still be reached from every state?
        clock: the readings that `self.now` may give, each node's in rising order. Without them reading it is an error.
        strategy: "breadth", or "random": schedules drawn by priorities, for spaces that are too large.
        max_states: where to stop.
        graph: whether to keep all edges, so that the graph of states can be drawn.

    What a state is: the local states, the messages on their way (identical ones are one, unless duplicates are
    counted), the timers set and the budgets left. Counts, times and the past are no part of it, but for the reports
    where an invariant asks for them.
    """
    budget = Budget(crashes, losses, duplicates, partitions, timeouts)
    _check_options(budget, timing, strategy, clock, max_states)
    search = Search(scenario, budget, timing, clock, goal, always_possible, max_states, graph)
    try:
        return search.run(strategy)
    except AsksForReports:
        search = Search(
            scenario, budget, timing, clock, goal, always_possible, max_states, graph, reports=True
        )
        return search.run(strategy)


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
    """A predicate on states whose answers are remembered by the part of the state that it looks at."""

    def __init__(self, ask: Callable[..., Any], views: Sequence[View]) -> None:
        self.ask, self.views = ask, views
        self.depth = views[0].depth
        self.known: dict[Any, Any] = {}

    def about(self, *states: State) -> Any:
        depth = self.depth
        key = states[0][:depth] if len(states) == 1 else tuple(state[:depth] for state in states)
        try:
            return self.known[key]
        except KeyError:
            pass
        for view, state in zip(self.views, states, strict=True):
            view.state, view.depth = state, view.space.n
        answer = self.ask(*self.views)
        looked = max(view.depth for view in self.views)
        if looked > depth:
            self.depth = looked
            key = states[0][:looked] if len(states) == 1 else tuple(state[:looked] for state in states)
        self.known[key] = answer
        return answer


class Search:
    """One exploration."""

    def __init__(
        self,
        scenario: Scenario,
        budget: Budget,
        timing: str,
        clock: Sequence[float] | None,
        goal: Callable[[Any], object] | None,
        always_possible: Callable[[Any], object] | None,
        max_states: int,
        graph: bool,
        reports: bool = False,
    ) -> None:
        self.scenario, self.max_states = scenario, max_states
        self.space = Space(scenario, budget, timing, clock, reports)
        self.coverage = Coverage()
        for probe in self.space.probes:
            probe.observe = self.coverage.during
        self.goal, self.possible = goal, always_possible
        view, before = View(self.space), View(self.space)
        of_state = [invariant for invariant in scenario.invariants if not invariant.of_change]
        of_change = [invariant for invariant in scenario.invariants if invariant.of_change]
        self.holds = [Question(invariant.broken, [view]) for invariant in of_state]
        self.changes = [Question(invariant.broken, [before, view]) for invariant in of_change]
        self.arrived = Question(lambda world: bool(goal(world)), [view]) if goal else None
        self.numbers: dict[State, int] = {}
        self.states: list[State] = []
        self.parents: list[int] = []
        self.moves: list[Any] = []
        self.edges: list[list[tuple[int, Move]]] | None = [] if graph or always_possible else None
        self.transitions = 0
        self.broken: tuple[int, Move | None, Broken] | None = None
        self.reached: int | None = None
        self.at = self.judged = -1  # the states that are just gone on from, and looked at

    def run(self, strategy: str) -> Exploration:
        """All of it. What a node or a predicate raises carries the run that led there, as `error.trace`."""
        try:
            return self._run(strategy)
        except AsksForReports:
            raise
        except Exception as error:
            self._explain(error)
            raise

    def _run(self, strategy: str) -> Exploration:
        for state, moves in self.space.initial():
            self._meet(state, -1, moves)
        exhausted = False
        if not self.broken:
            exhausted = self._walk_at_random() if strategy == "random" else self._breadth_first()
        for probe in self.space.probes:
            probe.check_shared()
        stuck = self._stuck() if exhausted and self.possible else None
        return Exploration(
            len(self.states),
            self.transitions,
            exhausted,
            self.broken[2].name if self.broken else None,
            self._broken_trace(),
            _name(self.goal),
            None if self.reached is None else self._trace(self.reached),
            _name(self.possible),
            None if stuck is None else self._trace(stuck),
            self.coverage,
            self.space.runs,
            self._graph if self.edges is not None else None,
        )

    def _breadth_first(self) -> bool:
        """Whether the whole space was seen without a broken invariant."""
        number = 0
        numbers, states, successors, edges = self.numbers, self.states, self.space.successors, self.edges
        with Progress("exploring") as progress, collector.paused():
            while number < len(states):
                state, self.at = states[number], number
                for move, following in successors(state):
                    self.transitions += 1
                    if self.changes:
                        self._check_change(number, move, state, following)
                        if self.broken:
                            return False
                    if following not in numbers:
                        if len(states) >= self.max_states:
                            return False
                        self._meet(following, number, move)
                        if self.broken:
                            return False
                    if edges is not None:
                        edges[number].append((numbers[following], move))
                number += 1
                if not number & 0xFFF:
                    progress.show(f"{len(states):,} states, {len(states) - number:,} of them to go on from")
        return True

    def _meet(self, state: State, parent: int, move: Any) -> None:
        """A state that is new: remembered and judged."""
        if state in self.numbers:
            return
        number = self.numbers[state] = self.judged = len(self.states)
        self.states.append(state)
        self.parents.append(parent)
        self.moves.append(move)
        if self.edges is not None:
            self.edges.append([])
        for question in self.holds:
            if not self.broken and (broken := question.about(state)):
                self.broken = (number, None, broken)
        if self.arrived and self.reached is None and self.arrived.about(state):
            self.reached = number

    def _check_change(self, number: int, move: Move, before: State, after: State) -> None:
        self.judged = number
        for question in self.changes:
            if not self.broken and (broken := question.about(before, after)):
                self.broken = (number, move, broken)

    def _walk_at_random(self) -> bool:
        """Schedules by random priorities of who may act, which fall at random moments.

        S. Burckhardt and others, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010.
        """
        chance = Random(f"{self.scenario.seed}/schedules")
        begin = list(self.states)
        taken = 0
        while taken < self.max_states and not self.broken:
            state = chance.choice(begin)
            priorities: dict[Any, float] = {}
            for _ in range(LONGEST_WALK):
                self.at = self.numbers[state]
                possible = list(self.space.successors(state))
                taken += 1  # an end counts too, or a world in which nothing happens would be walked for ever
                if not possible or taken > self.max_states:
                    break
                actors = [self._actor(move) for move, _ in possible]
                best = max(actors, key=lambda actor: priorities.setdefault(actor, chance.random()))
                if chance.random() < 0.1:
                    priorities[best] = -chance.random()
                # One actor may have several steps: messages of a link, outcomes of a choice, places to crash.
                move, following = chance.choice(
                    [step for step, who in zip(possible, actors, strict=True) if who == best]
                )
                self.transitions += 1
                number = self.numbers[state]
                self._check_change(number, move, state, following)
                if not self.broken:
                    self._meet(following, number, move)
                if self.broken:
                    break
                state = following
        return False

    def _actor(self, move: Move) -> Any:
        """Whose priority decides about a move: a link's, or a node's timers or faults."""
        if move.kind in ("deliver", "lose", "duplicate"):
            return (move.kind, *self.space.parcels[move.subject][:2])
        return move[:2]

    def _stuck(self) -> int | None:
        """The first state from which no state with `possible` can be reached."""
        assert self.edges is not None and self.possible
        possible, view = self.possible, View(self.space)
        question = Question(lambda world: bool(possible(world)), [view])
        backward: list[list[int]] = [[] for _ in self.states]
        for number, edges in enumerate(self.edges):
            for following, _ in edges:
                backward[following].append(number)
        waiting = [number for number, state in enumerate(self.states) if question.about(state)]
        good = set(waiting)
        while waiting:
            for number in backward[waiting.pop()]:
                if number not in good:
                    good.add(number)
                    waiting.append(number)
        return next((number for number in range(len(self.states)) if number not in good), None)

    # From numbers back to runs

    def _broken_trace(self) -> Trace | None:
        if not self.broken:
            return None
        number, move, broken = self.broken
        last = [move] if move else []
        trace = self._trace(number, last)
        if trace.violated != broken.name:  # it looks at messages, and two of them are one here
            trace = self._world(number, last, self.scenario.invariants, merging=True).trace()
        return trace

    def _trace(self, number: int, last: Sequence[Move] = ()) -> Trace:
        """The run that leads to a state."""
        return self._world(number, last, self.scenario.invariants).trace()

    def _world(
        self, number: int, last: Sequence[Move] = (), checked: Sequence[Invariant] = (), merging: bool = False
    ) -> World:
        """A world that has taken the steps that lead to a state."""
        moves: list[Move] = list(last)
        while self.parents[number] >= 0:
            moves.insert(0, self.moves[number])
            number = self.parents[number]
        moves = [*self.moves[number], *moves]
        world = World(self.scenario.nodes, self.scenario.network, checked, self.scenario.seed, True)
        for move in moves:
            world.step(self._step(world, move))
            if merging and world.violated is None:
                self._merge(world)
        return world

    def _merge(self, world: World) -> None:
        """Takes identical messages for one, as a state does, also where a world counts them."""
        known = set()
        for flying in world.flying():
            same = (flying.link.name, freeze(flying.message))
            if same in known and not flying.link.fifo:
                world.step(Step("merge", flying.id))
            known.add(same)

    def _explain(self, error: Exception) -> None:
        """Says which step of which run failed."""
        move, world = self.space.trying, self.scenario.world()
        with suppress(
            Exception
        ):  # what only exploration refuses does not fail here; what is left to chance may
            if move is None:
                world = self._world(self.judged)
            elif self.at < 0:  # a start: of the nodes before it, too
                error.add_note(f"in {self.space.handling(move)}, at its start")
                for name in self.space.names[: self.space.place[move.subject] + 1]:
                    world.step(Step("start", name))
            else:
                error.add_note(
                    f"in {self.space.handling(move)}, at this step of the exploration: {self._words(move)}"
                )
                world = self._world(self.at)
                world.step(self._step(world, move._replace(**self.space.chances(move))))
        error.trace = world.trace()  # type: ignore[attr-defined]

    def _step(self, world: World, move: Move) -> Step:
        """The move with the name that the message has in this world."""
        subject = move.subject
        if move.kind in ("deliver", "lose", "duplicate"):
            sender, to, message = self.space.parcels[subject]
            same = [
                f for f in world.flying() if f.link.name == f"{sender}>{to}" and freeze(f.message) == message
            ]
            subject = same[0].id
        return Step(move.kind, subject, *move[2:])

    def _graph(self) -> Any:
        import networkx as nx

        assert self.edges is not None
        graph = nx.MultiDiGraph()
        view = View(self.space)
        for number, state in enumerate(self.states):
            view.state = state
            graph.add_node(number, world={name: repr(_shown(view.node(name))) for name in view.nodes})
        for number, edges in enumerate(self.edges):
            for following, move in edges:
                graph.add_edge(number, following, step=self._words(move))
        return graph

    def _words(self, move: Move) -> str:
        if move.kind in ("deliver", "lose", "duplicate"):
            sender, to, message = self.space.message(move.subject)
            return f"{move.kind} {message!r} from {sender} to {to}"
        return str(Step(move.kind, move.subject, move.cut))


def _shown(node: Any) -> Any:
    return f"down, disk {node.disk!r}" if isinstance(node, Down) else vars(node)


def _name(predicate: Any) -> str | None:
    return None if predicate is None else getattr(predicate, "__name__", repr(predicate))


def _check_options(budget: Budget, timing: str, strategy: str, clock: Any, max_states: int) -> None:
    for name, value in budget._asdict().items():
        if (value is None and name == "timeouts") or (type(value) is int and value >= 0):
            continue
        raise ValueError(f"{name} is a number of times, 0 or more, not {value!r}")
    if timing not in ("asynchronous", "synchronous"):
        raise ValueError(f"timing is 'asynchronous' or 'synchronous', not {timing!r}")
    if strategy not in ("breadth", "random"):
        raise ValueError(f"strategy is 'breadth' or 'random', not {strategy!r}")
    if clock is not None and (not clock or any(a > b for a, b in pairwise(clock))):
        raise ValueError(f"clock is a list of readings in rising order, not {clock!r}")
    if type(max_states) is not int or max_states < 1:
        raise ValueError(f"max_states is a number of states, 1 or more, not {max_states!r}")
