"""The space of all global states of a scenario, and the steps between them.

A global state is a flat tuple of small numbers, so that hundreds of thousands fit into memory and compare in no time:

    (local state of each node ..., bag of messages on their way, past, budgets left)

Each number stands for a thing that was met before: a `Local`, a bag, a `Past`, a `Budget`. A local step is run once and
remembered, so that a few hundred runs of a handler serve hundreds of thousands of transitions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from course_lib.sim.local import Local, Outcome, Probe, crashes, sent
from course_lib.sim.plain import freeze, thaw
from course_lib.sim.site import REPORT

if TYPE_CHECKING:
    from course_lib.sim.scenario import Scenario

State = tuple[int, ...]
T = TypeVar("T", bound=Hashable)


class Budget(NamedTuple):
    """How many of each may still happen; timer firings may be unbounded (None)."""

    crashes: int
    losses: int
    duplicates: int
    partitions: int
    timeouts: int | None

    @property
    def words(self) -> str:
        """`crashes=1, timeouts=2`: what is bounded, and above 0."""
        bounded = {
            name: value
            for name, value in self._asdict().items()
            if value or (name == "timeouts" and value == 0)
        }
        return ", ".join(f"{name}={value}" for name, value in bounded.items())


class Past(NamedTuple):
    """What of the past matters: the reports, where an invariant asks for them, and who is cut off now."""

    reports: tuple[tuple[str, Hashable], ...] = ()
    cut_off: frozenset[str] = frozenset()


class Move(NamedTuple):
    """A step between two states, with the message itself where a `Step` has its name."""

    kind: str
    subject: Any
    cut: int | None = None
    choices: tuple[int, ...] = ()
    now: float | None = None


class Result(NamedTuple):
    """What a local step leads to."""

    local: int
    parcels: tuple[int, ...]
    said: tuple[tuple[str, Hashable], ...]
    costs: tuple[str, ...]
    """What it takes from the budget."""
    move: Move


class Numbered(Generic[T]):
    """Things by number, and numbers by thing: equal things have one number."""

    def __init__(self) -> None:
        self.things: list[T] = []
        self.numbers: dict[T, int] = {}

    def number(self, thing: T) -> int:
        found = self.numbers.setdefault(thing, len(self.things))
        if found == len(self.things):
            self.things.append(thing)
        return found

    def __getitem__(self, number: int) -> T:
        return self.things[number]


class Budgets(dict[int, "After"]):
    """What is left of a budget, by number: `budgets[left][costs]` is the number of what is left after these."""

    def __init__(self, first: Budget) -> None:
        self.numbered: Numbered[Budget] = Numbered()
        self.first = self.numbered.number(first)

    def __missing__(self, left: int) -> After:
        found = self[left] = After(self.numbered[left], self.numbered)
        return found


class After(dict[tuple[str, ...], "int | None"]):
    """What is left of one budget after some costs; None where it is not enough."""

    def __init__(self, budget: Budget, numbered: Numbered[Budget]) -> None:
        self.budget, self.numbered = budget, numbered

    def __missing__(self, costs: tuple[str, ...]) -> int | None:
        rest = self.budget._asdict()
        for what in costs:
            if rest[what] is not None:
                rest[what] -= 1
        enough = all(value is None or value >= 0 for value in rest.values())
        found = self[costs] = self.numbered.number(Budget(**rest)) if enough else None
        return found


class Space:
    """The states of one scenario under one budget of faults."""

    def __init__(
        self, scenario: Scenario, budget: Budget, timing: str, clock: Sequence[float] | None, reports: bool
    ) -> None:
        self.names = sorted(scenario.nodes)
        self.n = len(self.names)
        self.budget, self.synchronous, self.reports = budget, timing == "synchronous", reports
        links: dict[str, dict[str, bool]] = {name: {} for name in self.names}
        for sender, to in scenario.network.pairs(self.names):
            links[sender][to] = bool(scenario.network.behaviour(sender, to)["fifo"])
        self.fifo = {(sender, to) for sender in links for to, is_fifo in links[sender].items() if is_fifo}
        self.probes = [
            Probe(
                name,
                scenario.nodes[name],
                links[name],
                tuple(other for other in self.names if other != name),
                clock,
            )
            for name in self.names
        ]
        self.place = {name: number for number, name in enumerate(self.names)}
        self.locals: Numbered[tuple[int, Local]] = Numbered()
        self.parcels: Numbered[tuple[str, str, Hashable]] = Numbered()
        self.bags: Numbered[tuple[int, ...]] = Numbered()
        self.pasts: Numbered[Past] = Numbered()
        self.remembers = bool(budget.partitions) or reports
        """Whether the past is more than nothing."""
        self.runs = 0
        self.merged = False
        """Whether identical messages were taken for one."""
        self.withheld = False
        """Whether a timer could have fired, had the budget allowed it; whoever asks sets it back."""
        self.trying: Move | None = None
        """The move whose handler runs just now: what is to blame where it fails."""
        # What was found before, by the numbers it follows from
        self._arrivals: dict[tuple[int, int], list[Result]] = {}
        self._own: dict[int, list[Result]] = {}
        self._flights: dict[int, list[tuple[int, int, int]]] = {}
        self._added: dict[tuple[int, tuple[int, ...]], int] = {}
        self._after = Budgets(budget)

    # Where it begins

    def initial(self) -> Iterator[tuple[State, tuple[Move, ...]]]:
        """All nodes have started, in the order of their names; several states where chance or a crash had a say."""
        nothing = Local(None, freeze({}))
        ready = (0,) * self.n
        first: State = (
            *ready,
            self.bags.number(()),
            self.pasts.number(Past()),
            self._after.first,
        )
        begun: dict[State, tuple[Move, ...]] = {first: ()}
        for place, probe in enumerate(self.probes):
            self.trying = move = Move("start", probe.name)
            results = self._results(place, nothing, probe.started(nothing), move)
            begun = {
                self._begun(state, place, result, after): (*moves, result.move)
                for state, moves in begun.items()
                for result in results
                if (after := self._after[state[-1]][result.costs]) is not None
            }
        yield from begun.items()

    def _begun(self, state: State, place: int, result: Result, left: int) -> State:
        following = list(state)
        following[place], following[-1] = result.local, left
        following[self.n] = self._add(state[self.n], result.parcels)
        if self.remembers:
            self._keep(following, state[self.n], result.parcels, result.said)
        return tuple(following)

    # Where it goes on

    def successors(self, state: State) -> Iterator[tuple[Move, State]]:
        """Every step that can happen in a state, and the state after it, in a fixed order."""
        n, after, added = self.n, self._after[state[-1]], self._added
        for place, bag, results in self._local_steps(state):
            for local, parcels, said, costs, move in results:
                left = after[costs]
                if left is None:
                    self.withheld |= costs == ("timeouts",)
                    continue
                following = list(state)
                following[place], following[n], following[-1] = local, bag, left
                if parcels:
                    more = added.get((bag, parcels))
                    following[n] = self._add(bag, parcels) if more is None else more
                if self.remembers:
                    self._keep(following, bag, parcels, said)
                yield move, tuple(following)
        if self.budget.losses or self.budget.duplicates:
            yield from self._faults_of_messages(state)
        if self.budget.partitions:
            yield from self._partitions(state)

    def _local_steps(self, state: State) -> list[tuple[int, int, list[Result]]]:
        """Who can take a step: (place, bag without the message that arrives, what comes of it)."""
        bag, past, _ = state[self.n :]
        flights = self._flights.get(bag)
        if flights is None:
            flights = self._fly(bag)
        if self.budget.partitions and (cut_off := self.pasts[past].cut_off):
            flights = [flight for flight in flights if not self._crosses(flight[0], cut_off)]
        arrivals, own = self._arrivals, self._own
        steps = []
        for parcel, to, rest in flights:
            results = arrivals.get((state[to], parcel))
            steps.append((to, rest, self._arrive(state[to], parcel) if results is None else results))
        for place in range(self.n):
            results = own.get(state[place])
            steps.append((place, bag, self._find_own(state[place]) if results is None else results))
        if self.synchronous and self._can_arrive(state):
            return [(place, rest, _without_timers(results)) for place, rest, results in steps]
        return steps

    def _keep(self, following: list[int], bag: int, parcels: tuple[int, ...], said: tuple[Any, ...]) -> None:
        """Where the past matters: across a cut nothing is sent, and reports are remembered."""
        past = self.pasts[following[self.n + 1]]
        if past.cut_off and parcels:
            through = tuple(parcel for parcel in parcels if not self._crosses(parcel, past.cut_off))
            following[self.n] = self._add(bag, through)
        if self.reports and said:
            following[self.n + 1] = self.pasts.number(past._replace(reports=past.reports + said))

    def _can_arrive(self, state: State) -> bool:
        """Whether a message from a live node to a live node is on its way."""
        cut_off = self.pasts[state[self.n + 1]].cut_off
        for parcel in self.bags[state[self.n]]:
            sender, to, _ = self.parcels[parcel]
            ends = (self.locals[state[self.place[name]]][1] for name in (sender, to))
            if all(local.memory is not None for local in ends) and not self._crosses(parcel, cut_off):
                return True
        return False

    def _faults_of_messages(self, state: State) -> Iterator[tuple[Move, State]]:
        n = self.n
        bag, past, left = state[n:]
        lost, copied = self._after[left]["losses",], self._after[left]["duplicates",]
        for parcel, _, rest in self._flights[bag]:
            if lost is not None:
                yield Move("lose", parcel), (*state[:n], rest, past, lost)
            if copied is not None:
                yield Move("duplicate", parcel), (*state[:n], self._double(bag, parcel), past, copied)

    def _partitions(self, state: State) -> Iterator[tuple[Move, State]]:
        n = self.n
        bag, past, left = state[n:]
        known, after = self.pasts[past], self._after[left]["partitions",]
        if known.cut_off:
            for parcel, _, rest in self._flights[bag]:
                if self._crosses(parcel, known.cut_off):
                    yield Move("lose", parcel), (*state[:n], rest, past, left)
            healed = self.pasts.number(known._replace(cut_off=frozenset()))
            yield Move("partition", ()), (*state[:n], bag, healed, left)
        elif after is not None:
            others = self.names[1:]  # the first node stays on its side, so that each cut is there once
            for size in range(1, n):
                for group in combinations(others, size):
                    cut = self.pasts.number(known._replace(cut_off=frozenset(group)))
                    yield Move("partition", group), (*state[:n], bag, cut, after)

    def _crosses(self, parcel: int, cut_off: frozenset[str]) -> bool:
        sender, to, _ = self.parcels[parcel]
        return (sender in cut_off) != (to in cut_off)

    # Bags: what is on its way

    def _fly(self, bag: int) -> list[tuple[int, int, int]]:
        """The messages that can arrive next: (parcel, place of the receiver, the bag without it)."""
        found: list[tuple[int, int, int]] = []
        self._flights[bag] = found
        parcels = self.bags[bag]
        for index, parcel in enumerate(parcels):
            sender, to, _ = self.parcels[parcel]
            earlier = parcels[:index]
            if (sender, to) in self.fifo:
                if any(self.parcels[other][:2] == (sender, to) for other in earlier):
                    continue
            elif parcel in earlier:
                continue  # a copy: the same step
            rest = self.bags.number(parcels[:index] + parcels[index + 1 :])
            found.append((parcel, self.place[to], rest))
        return found

    def _add(self, bag: int, parcels: tuple[int, ...]) -> int:
        """The bag with more in it. Identical messages are one, unless duplicates are counted or their order matters."""
        held = list(self.bags[bag])
        for parcel in parcels:
            in_order = self.parcels[parcel][:2] in self.fifo
            if in_order or self.budget.duplicates or parcel not in held:
                held.append(parcel)
            else:
                self.merged = True
        held.sort(key=self._in_bag)
        found = self._added[bag, parcels] = self.bags.number(tuple(held))
        return found

    def _double(self, bag: int, parcel: int) -> int:
        """The bag with a second copy, which on a fifo link stands right behind the first."""
        held = list(self.bags[bag])
        held.insert(held.index(parcel), parcel)
        return self.bags.number(tuple(held))

    def _in_bag(self, parcel: int) -> tuple[Any, ...]:
        """Messages of a fifo link stay in the order of their sending."""
        link = self.parcels[parcel][:2]
        return (*link, -1) if link in self.fifo else (*link, parcel)

    # Local steps, each run once

    def _arrive(self, local: int, parcel: int) -> list[Result]:
        """A message arrives; at a node that is down it is gone."""
        place, before = self.locals[local]
        sender, _, message = self.parcels[parcel]
        self.trying = move = Move("deliver", parcel)
        if before.memory is None:
            self.trying = None
            found = [Result(local, (), (), (), move)]
        else:
            found = self._results(place, before, self.probes[place].delivered(before, sender, message), move)
        self._arrivals[local, parcel] = found
        return found

    def _find_own(self, local: int) -> list[Result]:
        """What the node can do without a message: its timers, and to crash; or to restart."""
        place, before = self.locals[local]
        probe, name = self.probes[place], self.names[place]
        found: list[Result] = []
        if before.memory is None:
            self.trying = move = Move("restart", name)
            found = self._results(place, before, probe.started(before), move)
        else:
            for timer in before.timers:
                self.trying = move = Move("timer", (name, timer))
                found += self._results(place, before, probe.fired(before, timer), move, ("timeouts",))
            down = self.locals.number((place, Local(None, before.disk, (), before.reading)))
            if self.budget.crashes:
                found.append(Result(down, (), (), ("crashes",), Move("crash", name)))
        self._own[local] = found
        return found

    def _results(
        self, place: int, before: Local, outcomes: list[Outcome], move: Move, costs: tuple[str, ...] = ()
    ) -> list[Result]:
        self.runs += len(outcomes)
        name = self.names[place]
        found: dict[Any, Result] = {}  # different ways to one result are one step
        for outcome in outcomes:
            for one in [outcome, *(crashes(outcome, before) if self.budget.crashes else ())]:
                result = Result(
                    self.locals.number((place, one.local)),
                    tuple(
                        self.parcels.number((name, to, freeze(message))) for to, message in sent(one.effects)
                    ),
                    tuple((name, freeze(value)) for kind, value, _ in one.effects if kind is REPORT),
                    costs if one.cut is None else (*costs, "crashes"),
                    Move(move.kind, move.subject, one.cut, one.choices, one.now),
                )
                found.setdefault(result[:4], result)
        self.trying = None
        return list(found.values())

    def chances(self, move: Move) -> dict[str, Any]:
        """How chance and the clock fell in the handler that ran last for this move."""
        return self._handler(move).fallen()

    def handling(self, move: Move) -> str:
        """Whose handler a move is: class and node."""
        probe = self._handler(move)
        kind = type(probe.node).__name__ if probe.node is not None else "the factory"
        return f"{kind}, node {probe.name}"

    def _handler(self, move: Move) -> Probe:
        name = move.subject[0] if move.kind == "timer" else move.subject
        if move.kind == "deliver":
            name = self.parcels[move.subject][1]
        return self.probes[self.place[name]]

    def message(self, parcel: int) -> tuple[str, str, Any]:
        """A parcel as (sender, to, message)."""
        sender, to, message = self.parcels[parcel]
        return sender, to, thaw(message)


def _without_timers(results: list[Result]) -> list[Result]:
    return [result for result in results if result.move.kind != "timer"]
