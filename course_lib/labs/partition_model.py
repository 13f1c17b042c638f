"""What the partition lab knows: a scenario, a fault script that grows by the reader's acts, and the run of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from course_lib.labs.guard import Refused
from course_lib.labs.lab import perform
from course_lib.labs.partition_judged import Broken, broken, unjudged
from course_lib.labs.partition_play import Played, between, play
from course_lib.labs.partition_script import History, Script, is_active
from course_lib.pictures import Picture, spacetime, svg, topology
from course_lib.pictures.topology import Situation, situation
from course_lib.sim import Crash, Delay, Drop, Duplicate, Fault, Partition, Pause, Scenario, Trace
from course_lib.sim.faults import check

LOCKED = "This trace was found by exploration: step through it; to add faults of your own, open PartitionLab(scenario)."


class PartitionModel:
    """A scenario, its run, and the reader's acts on its fault script. An act that cannot be done raises Refused.

    An act takes effect `at` a time in seconds, or `after` so many moments of the run that is shown: at the roundest
    time before the next one. With neither it takes effect at the end.
    """

    FAULTS = frozenset(("cut", "heal", "crash", "restart", "pause", "resume", "drop", "delay", "duplicate"))
    ACTS = FAULTS | {"remove_fault", "clear", "undo", "redo", "reseed"}

    def __init__(
        self,
        scenario: Scenario,
        faults: Iterable[Fault] = (),
        trace: Trace | None = None,
        stops: bool = True,
    ) -> None:
        if not isinstance(scenario, Scenario):
            raise TypeError(f"PartitionLab plays a Scenario, not {scenario!r}")
        if trace is not None and not isinstance(trace, Trace):
            raise TypeError(
                f"trace is a Trace, as scenario.run and an exploration's counterexample are, not {trace!r}"
            )
        self.scenario, self.stops = scenario, stops
        self.broken: dict[str, Broken] = {}
        """Where a run goes on, the invariants that broke."""
        self.names = tuple(scenario.nodes)
        self.explored = trace is not None and trace.steps is not None
        given = check(trace.faults if trace else faults, self.names)
        self.history = History(Script(given, trace.seed if trace else scenario.seed))
        if trace is None:
            self.played = self._played(self.script)
        else:
            if trace.names != self.names:
                raise ValueError(f"the trace has the nodes {trace.names}, the scenario {self.names}")
            self.played = Played.of(trace)
        self.cursor = len(self.played.moments) if trace else 0
        """Where the browser is to stand: so many moments have passed."""
        self.status = self._told()

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("crash", node="b", at=1.2)`."""
        if self.explored and do in self.ACTS:
            raise Refused(LOCKED)
        perform(self, do, arguments)

    # Partitions

    def cut(
        self,
        groups: Sequence[Iterable[str]],
        at: float | None = None,
        after: int | None = None,
        oneway: bool = False,
    ) -> None:
        """Nodes of different groups cannot reach each other. One group is cut off from all other nodes."""
        sides = [frozenset(group) for group in groups]
        for name in sorted(frozenset().union(*sides)):
            self._check_known(name)
        if len(sides) == 1:
            sides.append(frozenset(self.names) - sides[0])
        if not all(sides) or len(sides) < 2:
            raise Refused("A cut has nodes on both sides: choose some, but not all.")
        time = self._time(at, after)
        self._add(lambda: Partition(*sides, at=time, oneway=oneway))

    def heal(
        self, between: Sequence[str] | None = None, at: float | None = None, after: int | None = None
    ) -> None:
        """Ends every partition there is then, or those that lie between two nodes."""
        time = self._time(at, after)

        def ends(fault: Fault) -> bool:
            if not isinstance(fault, Partition) or not is_active(fault, time):
                return False
            return between is None or fault.cuts(*between) or fault.cuts(*reversed(between))

        self._play(self.script.ended(ends, time, "Nothing is cut there then."))

    # Nodes

    def crash(self, node: str, at: float | None = None, after: int | None = None) -> None:
        """The node crashes; where the last moment is its sending of a message, in the middle of that handler."""
        self._check_known(node)
        message = self._just_sent(node, after) if at is None else None
        if message:
            self._add(lambda: Crash(node, after=message))
        else:
            time = self._time(at, after)
            if node in self._situation(time).down:
                raise Refused(f"{node} is down already.")
            self._add(lambda: Crash(node, at=time))

    def restart(self, node: str, at: float | None = None, after: int | None = None) -> None:
        """A node that is down starts again, with its disk."""
        self._check_known(node)
        time = self._time(at, after)

        def ends(fault: Fault) -> bool:
            return isinstance(fault, Crash) and fault.node == node and self._begun(fault, time)

        self._play(self.script.ended(ends, time, f"{node} is not down then."))

    def pause(self, node: str, at: float | None = None, after: int | None = None) -> None:
        """The node stands still until it is resumed."""
        self._check_known(node)
        time = self._time(at, after)
        now = self._situation(time)
        if node in now.down or node in now.paused:
            raise Refused(f"{node} is {'down' if node in now.down else 'paused'} already.")
        self._add(lambda: Pause(node, at=time, until=self.scenario.until))

    def resume(self, node: str, at: float | None = None, after: int | None = None) -> None:
        """A paused node wakes up."""
        self._check_known(node)
        time = self._time(at, after)

        def ends(fault: Fault) -> bool:
            return isinstance(fault, Pause) and fault.node == node and is_active(fault, time)

        self._play(self.script.ended(ends, time, f"{node} is not paused then."))

    # Messages

    def drop(self, message: str) -> None:
        """The message is lost."""
        self._add(lambda: Drop(message))

    def delay(self, message: str, by: float) -> None:
        """The message takes `by` seconds longer; delayed again, longer still."""
        self._add(lambda: Delay(message, by=by))

    def duplicate(self, message: str, after: float = 0.0) -> None:
        """The message arrives twice, the second time `after` seconds later."""
        self._add(lambda: Duplicate(message, after=after))

    # The script

    @property
    def script(self) -> Script:
        """The faults and the seed that are played."""
        return self.history.now

    def remove_fault(self, number: int) -> None:
        """Takes a fault away, counted from 0."""
        self._play(self.script.without(number))

    def clear(self) -> None:
        """Takes all faults away."""
        if not self.script.faults:
            raise Refused("There is no fault to take away.")
        self._play(replace(self.script, faults=()))

    def reseed(self, seed: int | str) -> None:
        """The same faults with another seed of chance."""
        if isinstance(seed, bool) or not isinstance(seed, int | str) or seed == "":
            raise Refused(f"A seed is a whole number or a word, not {seed!r}.")
        self._play(replace(self.script, seed=seed))

    def undo(self) -> None:
        """The script as it was before the last act."""
        self._play(self.history.earlier(), "Undone: ")

    def redo(self) -> None:
        """The act that was undone, once more."""
        self._play(self.history.later(), "Done again: ")

    @property
    def trace(self) -> Trace:
        """The run that is shown."""
        return self.played.trace

    def picture(self) -> Picture:
        """The system at the end, and the space-time diagram."""
        above, below = topology(self.scenario, trace=self.trace), spacetime(self.trace)
        return Picture(svg.tag("div", above.svg, below.svg), f"{above.text} {below.text}")

    def _add(self, make: Callable[[], Fault]) -> None:
        self._play(self.script.with_fault(lambda: check([make()], self.names)[0]))

    def _play(self, script: Script, before: str = "") -> None:
        """Shows the new run, from where it parts from the one before: that is where the act takes effect."""
        played = self._played(script)
        parting = self.played.parting(played)
        same = parting == len(played.moments) == len(self.played.moments)
        self.cursor = min(parting + 1, len(played.moments))
        change = script.change(self.script)
        self.history.go(script)
        self.played = played
        self.status = f"{before}{change}: {'nothing is changed by it; ' if same else ''}{self._told()}"

    def _played(self, script: Script) -> Played:
        """The run. Where it goes on, its invariants are judged beside it."""
        if self.stops:
            return play(self.scenario, script.faults, script.seed)
        played = play(unjudged(self.scenario), script.faults, script.seed)
        self.broken = broken(self.scenario, script.faults, script.seed)
        return played

    def _told(self) -> str:
        """The run in a sentence."""
        trace, played = self.trace, self.played
        if played.problem:
            return played.problem
        if self.broken:
            name, first = min(self.broken.items(), key=lambda one: one[1].time)
            return f"{name} breaks at {first.time:g} s: {first.reason}; the run goes on to {trace.end:g} s"
        if played.left_out:
            total = len(trace) + played.left_out
            return f"a run of {total:,} events, of which the first {len(trace):,} are shown."
        if trace.violated:
            where = f"after {trace.length} steps" if self.explored else f"at {trace.end:g} s"
            return f"{trace.violated} breaks {where}: {trace.reason}"
        words = f"{len(trace)} events in {trace.end:g} s" if not self.explored else f"{trace.length} steps"
        kept = "; no invariant breaks" if self.scenario.invariants else ""
        return f"{words}{kept}."

    def _time(self, at: float | None, after: int | None) -> float:
        if at is not None:
            if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < float("inf"):
                raise Refused(f"A time is a number of seconds, 0 or more, not {at!r}.")
            return at
        after = len(self.played.moments) if after is None else after
        if isinstance(after, bool) or not isinstance(after, int) or after < 0:
            raise Refused(f"after is a number of moments, 0 or more, not {after!r}.")
        return between(*self.played.time_after(after)) if after else 0.0

    def _just_sent(self, node: str, after: int | None) -> str | None:
        """The message that the node sent in the last of so many moments, if it did."""
        if not isinstance(after, int) or not 0 < after <= len(self.played.moments):
            return None
        moment = self.played.moments[after - 1]
        return moment.event.id if moment.event and moment.kind == "send" and moment.node == node else None

    def _situation(self, time: float) -> Situation:
        return situation(self.played.moments, time)

    def _begun(self, crash: Crash, time: float) -> bool:
        """Whether a crash keeps its node down at a time."""
        if crash.at is not None:
            return is_active(crash, time)
        sent = [
            m.time for m in self.played.moments if m.kind == "send" and m.event and m.event.id == crash.after
        ]
        return bool(sent) and sent[0] < time and (crash.until is None or time < crash.until)

    def _check_known(self, node: str) -> None:
        if node not in self.names:
            raise Refused(f"There is no node {node!r}; there are {', '.join(self.names)}.")
