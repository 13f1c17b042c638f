"""The search through a space of states: breadth first, or at random where there are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import TYPE_CHECKING, Any

from course_lib.sim import collector
from course_lib.sim.coverage import Coverage
from course_lib.sim.invariants import Broken
from course_lib.sim.progress import Progress
from course_lib.sim.retrace import ON_THE_WAY, Met, Retrace
from course_lib.sim.space import Move, Space, State
from course_lib.sim.symmetry import Symmetry
from course_lib.sim.view import AsksForReports, Question, View

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

LONGEST_WALK = 1_000  # steps of one random schedule
Predicate = Callable[[Any], object]


class Search:
    """One exploration: what was met, what broke and what was reached, by the numbers of states."""

    def __init__(
        self,
        scenario: Scenario,
        space: Space,
        goal: Predicate | None,
        possible: Predicate | None,
        max_states: int,
        symmetry: Symmetry | None,
        with_edges: bool,
    ) -> None:
        self.space, self.max_states, self.possible = space, max_states, possible
        self.seed = scenario.seed
        self.coverage = Coverage()
        for probe in space.probes:
            probe.observe = self.coverage.during
        view, before = View(space), View(space)
        self.holds, self.changes = [], []
        for invariant in scenario.invariants:
            if invariant.of_change:
                self.changes.append(Question(invariant.broken, before, view))
            else:
                self.holds.append(Question(invariant.broken, view))
        self.arrived = Question(lambda world: bool(goal(world)), view) if goal else None
        self.met = Met(with_edges or possible is not None)
        self.fold = symmetry.fold if symmetry else None
        self.retrace = Retrace(scenario, space, self.met, self.fold)
        self.transitions = 0
        self.broken: Broken | None = None
        self.broken_at: tuple[int, tuple[Move, State] | None] = (0, None)
        """The state, and the step from it where a step breaks the invariant."""
        self.reached: int | None = None
        self.at = self.judged = -1  # the states that are just gone on from, and looked at
        self.cut_short: set[int] = set()  # the states in which a timer was withheld

    def run(self, at_random: bool) -> bool:
        """Whether the whole space was seen. What a node or a predicate raises has the run there as `error.trace`."""
        try:
            for state, moves in self.space.initial():
                state = self.fold(state) if self.fold else state
                if state not in self.met.numbers:
                    self._meet(state, -1, moves)
            if self.broken:
                return False
            exhausted = False if at_random else self._breadth_first()
            if at_random:
                self._walk_at_random()
            for probe in self.space.probes:
                probe.check_shared()
            return exhausted
        except AsksForReports:
            raise
        except Exception as error:
            self.retrace.explain(error, self.at, self.judged)
            raise

    def _breadth_first(self) -> bool:
        met, fold, successors = self.met, self.fold, self.space.successors
        numbers, states, edges = met.numbers, met.states, met.edges
        only_new_matter = not (fold or self.changes or edges is not None)
        number = transitions = 0
        with Progress("exploring") as progress, collector.paused():
            while number < len(states):
                state, self.at, self.space.withheld = states[number], number, False
                for move, following in successors(state):
                    transitions += 1
                    if only_new_matter and following in numbers:
                        continue
                    # Judged before it is folded: to an invariant of steps a node with a new name would have changed.
                    broken = self.changes and self._breaks(number, move, following)
                    following = fold(following) if fold else following
                    if not broken and following not in numbers:
                        broken = len(states) >= self.max_states or self._meet(following, number, move)
                    if broken:
                        self.transitions = transitions
                        return False
                    if edges is not None:
                        edges[number].append((numbers[following], move))
                if self.space.withheld:
                    self.cut_short.add(number)
                number += 1
                if not number & 0xFFF:
                    progress.show(f"{len(states):,} states, {len(states) - number:,} of them to go on from")
        self.transitions = transitions
        return True

    def _meet(self, state: State, parent: int, move: Any) -> bool:
        """Remembers and judges a state that is new; whether it breaks an invariant."""
        number = self.judged = self.met.add(state, parent, move)
        for question in self.holds:
            if broken := question.about(state):
                self.broken, self.broken_at = broken, (number, None)
                return True
        if self.arrived and self.reached is None and self.arrived.about(state):
            self.reached = number
        return False

    def _breaks(self, number: int, move: Move, following: State) -> bool:
        """Whether a step breaks an invariant of steps."""
        self.judged = number
        for question in self.changes:
            if broken := question.about_step(self.met.states[number], following):
                self.broken, self.broken_at = broken, (number, (move, following))
                return True
        return False

    def _walk_at_random(self) -> None:
        """Schedules by random priorities of who may act, which fall at random moments.

        S. Burckhardt and others, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010.
        """
        chance = Random(f"{self.seed}/schedules")
        begin = list(self.met.states)
        taken = 0
        while taken < self.max_states and not self.broken:
            state = chance.choice(begin)
            priorities: dict[Any, float] = {}
            for _ in range(LONGEST_WALK):
                number = self.at = self.met.numbers[state]
                possible = list(self.space.successors(state))
                taken += 1  # an end counts too, or a world in which nothing happens would be walked for ever
                if not possible or taken > self.max_states:
                    break
                move, state = self._most_urgent(possible, priorities, chance)
                self.transitions += 1
                if self.changes and self._breaks(number, move, state):
                    break
                state = self.fold(state) if self.fold else state
                if state not in self.met.numbers and self._meet(state, number, move):
                    break

    def _most_urgent(
        self, possible: list[tuple[Move, State]], priorities: dict[Any, float], chance: Random
    ) -> tuple[Move, State]:
        """A step of the actor with the highest priority, which falls now and then."""
        actors = [self._actor(move) for move, _ in possible]
        best = max(actors, key=lambda actor: priorities.setdefault(actor, chance.random()))
        if chance.random() < 0.1:
            priorities[best] = -chance.random()
        # One actor may have several steps: messages of a link, outcomes of a choice, places to crash.
        return chance.choice([step for step, who in zip(possible, actors, strict=True) if who == best])

    def _actor(self, move: Move) -> Any:
        """Whose priority decides about a move: a link's, or a node's timers or faults."""
        if move.kind in ON_THE_WAY:
            return (move.kind, *self.space.parcels[move.subject][:2])
        return move[:2]

    def stuck(self) -> tuple[int | None, bool]:
        """The first state from which no state with `possible` can be reached, and whether there may be others.

        What would have happened, had more timers been allowed to fire, nobody knows.
        """
        assert self.met.edges is not None and self.possible
        possible = self.possible
        question = Question(lambda world: bool(possible(world)), View(self.space))
        before: list[list[int]] = [[] for _ in self.met.states]
        for number, edges in enumerate(self.met.edges):
            for following, _ in edges:
                before[following].append(number)
        good = _leading_to((n for n, state in enumerate(self.met.states) if question.about(state)), before)
        maybe = good | _leading_to(self.cut_short, before)
        numbers = range(len(self.met.states))
        return next((number for number in numbers if number not in maybe), None), len(maybe) > len(good)


def _leading_to(numbers: Iterable[int], before: list[list[int]]) -> set[int]:
    """These states, and all from which one of them can be reached."""
    waiting = list(numbers)
    found = set(waiting)
    while waiting:
        for number in before[waiting.pop()]:
            if number not in found:
                found.add(number)
                waiting.append(number)
    return found
