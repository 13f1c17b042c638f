"""The local step: what a handler does, as a pure function from a state and an event to a new state and effects.

Exploration, and a grader's jail, need nothing else of a node. A step is run twice and has to come out the same, so that
it may be remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from course_lib.sim.chance import Chosen, SomeNumber, every
from course_lib.sim.errors import NodeError, blamed
from course_lib.sim.node import Node
from course_lib.sim.plain import freeze, thaw
from course_lib.sim.site import CANCEL, DURABLE, SEND, SET_TIMER, Disk, Effect, Site
from course_lib.sim.world import cut_short


class Local(NamedTuple):
    """A node's whole state, frozen. `memory` is None while it is down."""

    memory: Hashable
    disk: Hashable
    timers: tuple[str, ...] = ()
    """The names of the timers that are set, sorted."""
    reading: float | None = None
    """What its clock said last: it does not go back."""


class Outcome(NamedTuple):
    """One way in which a local step can come out: more than one where chance, a clock or a crash has a say."""

    local: Local
    effects: tuple[Effect, ...]
    cut: int | None = None
    """The node crashed after so many durable effects."""
    choices: tuple[int, ...] = ()
    now: float | None = None


class Probe(Site):
    """The site of a node that is looked at step by step."""

    watched = True
    chosen = Chosen()
    reading: float | None = None
    read_at = 0  # the place of the reading among the choices

    def __init__(
        self,
        name: str,
        factory: Callable[[], Node],
        links: Mapping[str, Any],
        others: tuple[str, ...],
        clock: Sequence[float] | None,
    ) -> None:
        super().__init__(name, factory, links, others)
        self.clock = clock
        self.last: float | None = None
        self.made_of: type[Node] = Node
        self.observe: Callable[[Node, Callable[[], Any]], Any] = lambda node, run: run()

    def random(self) -> Any:
        return self.chosen

    def delay(self, after: float) -> int:
        return 0 if isinstance(after, SomeNumber) else super().delay(after)

    def now(self) -> float:
        if self.clock is None:
            raise NodeError(
                blamed(
                    "exploration has no clock, and this handler reads self.now; say which readings it may find, "
                    "explore(clock=[0, 5]), or use a timer",
                    self,
                )
            )
        if self.reading is None:
            later = [reading for reading in self.clock if self.last is None or reading >= self.last]
            self.read_at = len(self.chosen.made)
            self.reading = later[self.chosen.pick(len(later))]
        return self.reading

    # The three steps

    def start(self, kind: type[Node] = Node) -> None:
        super().start(kind)
        assert self.node
        self.made_of = type(self.node)

    def started(self, before: Local) -> list[Outcome]:
        """A node starts with what is on its disk."""

        def begin() -> tuple[Callable[..., object], tuple[Any, ...]]:
            self.start()
            assert self.node
            return self.node.on_start, ()

        return self._outcomes(before, begin)

    def delivered(self, local: Local, sender: str, message: Any) -> list[Outcome]:
        """A message arrives."""
        return self._outcomes(local, lambda: (self._wake(local).on_message, (sender, thaw(message))))

    def fired(self, local: Local, timer: str) -> list[Outcome]:
        """A timer fires."""
        rest = local._replace(timers=tuple(name for name in local.timers if name != timer))
        return self._outcomes(rest, lambda: (self._wake(local).on_timer, (timer,)))

    def _wake(self, local: Local) -> Node:
        """The node with this state; `__init__` is not asked again."""
        node = object.__new__(self.made_of)
        object.__setattr__(node, "_site", self)
        self.node, self.memory = node, node.__dict__
        self.memory.update(thaw(local.memory))
        return node

    def _outcomes(
        self, local: Local, begin: Callable[[], tuple[Callable[..., object], tuple[Any, ...]]]
    ) -> list[Outcome]:
        def run(chosen: Chosen) -> Outcome:
            self.chosen, self.reading, self.last = chosen, None, local.reading
            self.disk = Disk(thaw(local.disk), self)
            handler, arguments = begin()
            assert self.node
            return self._outcome(local, self.observe(self.node, lambda: self.run(handler, arguments)))

        found = []
        for chosen, outcome in every(run):
            self._check_again(outcome, run(Chosen(chosen.script)))
            found.append(outcome)
        return found

    def _outcome(self, before: Local, effects: Sequence[Effect]) -> Outcome:
        timers = set(before.timers)
        for kind, name, _ in effects:
            if kind is SET_TIMER:
                timers.add(name)
            elif kind is CANCEL:
                timers.discard(name)
        disk = self.disk.seen  # type: ignore[attr-defined]
        reading = before.reading if self.reading is None else self.reading
        local = Local(freeze(dict(sorted(self.memory.items()))), disk, tuple(sorted(timers)), reading)
        kept = tuple(effect for effect in effects if effect[0] in DURABLE)
        return Outcome(local, kept, **self.fallen())

    def fallen(self) -> dict[str, Any]:
        """How chance and the clock fell in the handler that ran last."""
        picks = [outcome for outcome, _ in self.chosen.made]
        if self.reading is not None:
            del picks[self.read_at]
        return {"choices": tuple(picks), "now": self.reading}

    def _check_again(self, one: Outcome, other: Outcome) -> None:
        """Twice the same step, twice the same outcome."""
        if one == other or _frozen(one) == _frozen(other):
            return
        what = "does something else"
        if one.local.memory != other.local.memory:
            first, second = thaw(one.local.memory), thaw(other.local.memory)
            names = [name for name in first if first[name] != second.get(name)] or list(first)
            what = f"leaves {names[0]} = {first[names[0]]!r}, then {second.get(names[0])!r}"
        elif one.effects != other.effects:
            differing = [pair for pair in zip(one.effects, other.effects, strict=False) if pair[0] != pair[1]]
            if differing:
                what = f"asks for {differing[0][0]!r}, then for {differing[0][1]!r}"
        raise NodeError(
            f"{self.made_of.__name__} is not deterministic: the same step, run twice, {what}. Time and chance come "
            "from self.now and self.random, and all state is in the node's own attributes, not in its class or in "
            "a global"
        )


def crashes(outcome: Outcome, before: Local) -> list[Outcome]:
    """The same step, with a crash between any two of its durable effects."""
    found = []
    for cut in range(1, len(outcome.effects)):
        done, disk = cut_short(outcome.effects, cut, before.disk)
        found.append(
            outcome._replace(local=Local(None, disk, (), outcome.local.reading), effects=tuple(done), cut=cut)
        )
    return found


def sent(effects: Sequence[Effect]) -> list[tuple[str, Any]]:
    """The messages among the effects, (to, message)."""
    return [(to, message) for kind, to, message in effects if kind is SEND]


def _frozen(outcome: Outcome) -> Hashable:
    """An outcome to be compared where `==` is not enough: nan is not equal to itself."""
    return outcome._replace(
        effects=tuple((kind, freeze(what), freeze(value)) for kind, what, value in outcome.effects)
    )
