"""Clocks keep what their papers promise, and the order of a trace is reachability along lanes and messages."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.clocks import (
    HybridClock,
    Interval,
    IntervalClock,
    LamportClock,
    VectorClock,
    compare,
    happened_before,
    lamport_times,
    vector_times,
)
from course_lib.sim import Crash, Drop, Duplicate, Network, Node, Partition, Pause, Scenario, Trace
from course_lib.sim.plain import freeze, message, settled, thaw

vectors = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)).map(VectorClock)


@dataclass(frozen=True)
class Note:
    text: str
    lamport: LamportClock
    vector: VectorClock
    hybrid: HybridClock


class Gossip(Node):
    """Passes a word on to somebody, a few times, with the stamps of its own clocks, which it reports."""

    def on_start(self) -> None:
        self.lamport, self.vector, self.hybrid = LamportClock(), VectorClock(), HybridClock()
        self.left = 3
        self.tell()

    def tell(self) -> None:
        self.left -= 1
        self.lamport, self.vector = self.lamport.tick(), self.vector.tick(self.name)
        self.hybrid = self.hybrid.tick(round(self.now * 1_000_000))
        self.send(self.random.choice(self.peers), Note("word", self.lamport, self.vector, self.hybrid))

    def on_message(self, sender: str, message: Note) -> None:
        self.lamport = self.lamport.receive(message.lamport)
        self.vector = self.vector.merge(message.vector).tick(self.name)
        self.hybrid = self.hybrid.receive(message.hybrid, round(self.now * 1_000_000))
        self.report((self.lamport, self.vector))
        if self.left:
            self.set_timer("on", 0.03)

    def on_timer(self, name: str) -> None:
        self.tell()


FAULTS = {
    "none": lambda first: [],
    "crash": lambda first: [Crash("b", at=0.06, until=0.1), Pause("c", 0.03, 0.09)],
    "loss": lambda first: [Drop(first), Partition({"a"}, {"b", "c"}, at=0.04, until=0.1)],
    "twice": lambda first: [Duplicate(first, after=0.05)],
}
"""Faults by name, given the id of the first message."""


def run(faults: str = "none", seed: int = 0) -> Trace:
    scenario = Scenario(dict.fromkeys("abc", Gossip), seed=seed, network=Network(jitter=0.05), until=1)
    first = next(event.id for event in scenario.run().events if event.kind == "send")
    return scenario.run(FAULTS[faults](first))


def reachable(trace: Trace) -> set[tuple[int, int]]:
    """All pairs of events with a way from one to the other, along lanes and messages, step by step."""
    events = list(enumerate(trace.events))
    lanes = [[i for i, e in events if e.node == name and e.kind != "drop"] for name in trace.names]
    sent = {e.id: i for i, e in events if e.kind == "send"}
    steps = {pair for lane in lanes for pair in pairwise(lane)}
    steps |= {(sent[e.id], i) for i, e in events if e.kind in ("deliver", "drop")}
    found: set[tuple[int, int]] = set()
    for i, _ in reversed(events):  # a step never leads back in the order of the trace
        after = {then for first, then in steps if first == i}
        found |= {(i, then) for then in after} | {(i, far) for near, far in found if near in after}
    return found


@pytest.mark.parametrize("faults", FAULTS)
@pytest.mark.parametrize("seed", range(3))
def test_happened_before_is_reachability_along_lanes_and_messages(faults: str, seed: int) -> None:
    trace = run(faults, seed)
    pairs = set(product(range(len(trace)), repeat=2))
    assert {pair for pair in pairs if happened_before(trace, *pair)} == reachable(trace)


@pytest.mark.parametrize("faults", FAULTS)
def test_a_cause_has_a_smaller_lamport_time_and_a_smaller_number_does_not_make_a_cause(faults: str) -> None:
    trace = run(faults)
    times, kinds = lamport_times(trace), [event.kind for event in trace.events]
    before = reachable(trace)
    assert len(times) == len(trace)
    assert all(times[i] < times[j] for i, j in before if kinds[j] != "drop")
    assert any(times[i] < times[j] and (i, j) not in before for i, j in product(range(len(trace)), repeat=2))


def test_what_is_lost_has_the_time_of_its_message_and_nothing_comes_of_it() -> None:
    trace = run("loss")
    lost = [i for i, event in enumerate(trace.events) if event.kind == "drop"]
    assert lost
    for i in lost:
        sending = next(
            j for j, e in enumerate(trace.events) if e.kind == "send" and e.id == trace.events[i].id
        )
        assert lamport_times(trace)[i] == lamport_times(trace)[sending]
        assert vector_times(trace)[i] == vector_times(trace)[sending]
        assert happened_before(trace, sending, i)
        assert not any(happened_before(trace, i, j) for j in range(len(trace)))


def test_an_arrival_whose_sending_is_not_in_the_trace_has_no_cause_elsewhere() -> None:
    whole = run()
    arrival = next(i for i, event in enumerate(whole.events) if event.kind == "deliver")
    node = whole.events[arrival].node
    # As of real processes, heard one by one: the receiver has told of it and the sender not yet.
    part = Trace(whole.names, [row for row in whole.rows[: arrival + 1] if row[2] == node])
    assert vector_times(part)[-1] == VectorClock({node: len(part)})
    assert lamport_times(part)[-1] == len(part)


def test_a_vector_counts_the_events_that_came_before_of_each_node() -> None:
    trace = run("twice", seed=1)
    past = reachable(trace)
    for i, time in enumerate(vector_times(trace)):
        known = [trace.events[j].node for j in range(len(trace)) if j == i or (j, i) in past]
        assert time == VectorClock({name: known.count(name) for name in trace.names})


def test_without_losses_the_vectors_are_those_that_shiviz_is_given() -> None:
    trace = run("twice")
    assert not any(event.kind == "drop" for event in trace.events)
    given_ = [line.split(" ", 1)[1] for line in trace.to_shiviz().splitlines()[::2]]
    assert [VectorClock(eval(clock)) for clock in given_] == list(vector_times(trace))


def test_clocks_are_values_that_a_node_may_keep_and_send() -> None:
    kept = [LamportClock(2), VectorClock(a=1, b=2), HybridClock(5, 1), IntervalClock(0.1), Interval(0, 1)]
    for clock in kept:
        assert thaw(freeze(clock)) == settled(clock) == message(clock) == eval(repr(clock)) == clock
        assert len({clock, settled(clock)}) == 1
    reported = [value for _, value in run().reports]
    assert reported and all(type(vector) is VectorClock for _, vector in reported)


def test_lamport_a_tick_adds_one_and_an_arrival_is_later_than_both() -> None:
    assert LamportClock().tick() == LamportClock(1)
    assert LamportClock(3).receive(LamportClock(7)) == LamportClock(8)
    assert LamportClock(7).receive(LamportClock(3)) == LamportClock(8)
    assert LamportClock(1) < LamportClock(2)


@given(vectors, vectors, vectors)
def test_vectors_are_a_lattice(one: VectorClock, other: VectorClock, third: VectorClock) -> None:
    both = one.merge(other)
    assert one <= both and other <= both and both == other.merge(one)
    assert one.merge(one) == one and both.merge(third) == one.merge(other.merge(third))
    assert (one <= third and other <= third) == (both <= third)  # it is the least that is above both


@given(vectors, vectors)
def test_just_one_of_before_after_equal_and_concurrent(one: VectorClock, other: VectorClock) -> None:
    counts = [(one[name], other[name]) for name in "abc"]
    less, more = any(a < b for a, b in counts), any(a > b for a, b in counts)
    expected = {
        (True, False): "before",
        (False, True): "after",
        (False, False): "equal",
        (True, True): "concurrent",
    }
    assert compare(one, other) == expected[less, more]
    assert (one < other, one > other, one == other, one.concurrent(other)) == tuple(
        compare(one, other) == word for word in ("before", "after", "equal", "concurrent")
    )
    assert (one <= other) == (not more) and (one >= other) == (not less)


@given(vectors, st.sampled_from("abcd"))
def test_a_tick_is_later_and_changes_one_count(one: VectorClock, name: str) -> None:
    later = one.tick(name)
    assert one < later and later[name] == one[name] + 1
    assert all(later[other] == one[other] for other in "abcd" if other != name)


def test_a_count_of_zero_is_no_entry() -> None:
    assert VectorClock(a=1, b=0) == VectorClock(a=1) == VectorClock({"a": 1})
    assert hash(VectorClock(a=1, b=0)) == hash(VectorClock(a=1))
    assert VectorClock(a=1)["b"] == 0


@pytest.mark.parametrize(
    "names", [{"a": 1, "b": 2}, {"my node": 1}, {"class": 2}, {"self": 1, "counts": 3}, {}]
)
def test_the_repr_of_a_vector_evaluates_back(names: dict[str, int]) -> None:
    assert eval(repr(VectorClock(names))) == VectorClock(names)
    assert repr(VectorClock(b=2, a=1)) == "VectorClock(a=1, b=2)"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: VectorClock(a=-1), "the count of 'a' is -1"),
        (lambda: VectorClock(a=1.5), "the count of 'a' is 1.5"),
        (lambda: VectorClock({1: 1}), "names of nodes, str, not by 1"),
        (lambda: VectorClock(a=1).merge({"a": 1}), "takes the stamp of another one, not {'a': 1}"),
        (lambda: VectorClock(a=1) <= {"a": 1}, "not supported"),
        (lambda: VectorClock() < 3, "not supported"),
        (lambda: LamportClock(-1), "the time of a Lamport clock is -1"),
        (lambda: LamportClock().receive(3), "a LamportClock takes the stamp of another one, not 3"),
        (lambda: HybridClock(1.5), "in microseconds, is 1.5"),
        (lambda: HybridClock().tick(0.25), r"reads 0.25; give whole microseconds, round\(seconds"),
        (lambda: HybridClock().receive(HybridClock(), -1), "reads -1"),
        (lambda: HybridClock().receive(LamportClock(), 1), r"not LamportClock\(time=0\)"),
        (lambda: IntervalClock(-0.1), "not -0.1"),
        (lambda: IntervalClock(float("nan")), "not nan"),
        (lambda: IntervalClock("1"), "not '1'"),
        (lambda: happened_before(run(), 0, 999), "no event has the number 999"),
        (lambda: happened_before(run(), -1, 0), "no event has the number -1"),
    ],
)
def test_what_is_wrong_is_named(wrong: Callable[[], object], words: str) -> None:
    with pytest.raises((ValueError, TypeError, IndexError), match=words):
        wrong()


# Each step: the node, whose message it takes (or None), and how much true time passes before, in microseconds.
steps = st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(0, 40), st.integers(0, 5)), max_size=40)


@given(steps, st.lists(st.integers(1, 20), min_size=3, max_size=3))
@settings(deadline=None)
def test_a_hybrid_clock_stays_within_the_skew_and_keeps_causes_first(
    steps: list[tuple[int, int | None, int]], skews: list[int]
) -> None:
    """The theorems of the paper: l >= now, l - now <= the greatest skew, and c is bounded by the events of one l."""
    true, clocks, past = 0, [HybridClock()] * 3, [VectorClock()] * 3
    seen: list[tuple[HybridClock, VectorClock]] = []
    for node, message_, passes in steps:
        true += passes
        now = true + skews[node]
        name = "abc"[node]
        if message_ is not None and message_ < len(seen):
            stamp, known = seen[message_]
            clocks[node], past[node] = clocks[node].receive(stamp, now), past[node].merge(known)
        else:
            clocks[node] = clocks[node].tick(now)
        past[node] = past[node].tick(name)
        clock = clocks[node]
        assert now <= clock.time <= true + max(skews)
        assert clock.count <= sum(other.time == clock.time for other, _ in seen)
        assert all(other < clock for other, known in seen if known < past[node])
        seen.append((clock, past[node]))


def test_a_hybrid_clock_counts_only_where_time_does_not_advance() -> None:
    clock = HybridClock().tick(10)
    assert clock == HybridClock(10, 0)
    assert clock.tick(10) == clock.tick(9) == HybridClock(10, 1)
    assert clock.receive(HybridClock(10, 4), 10) == HybridClock(10, 5)
    assert clock.receive(HybridClock(12, 4), 10) == HybridClock(12, 5)
    assert clock.receive(HybridClock(9, 4), 10) == HybridClock(10, 1)
    assert clock.receive(HybridClock(12, 4), 13) == HybridClock(13, 0)


@given(st.integers(0, 1000), st.integers(-50, 50), st.integers(0, 1000))
def test_an_interval_holds_the_true_time_as_long_as_the_bound_is_true(
    true: int, error: int, asked: int
) -> None:
    clock, reading = IntervalClock(50), true + error
    assert clock.now(reading).earliest <= true <= clock.now(reading).latest
    assert not clock.after(asked, reading) or asked < true
    assert not clock.before(asked, reading) or true < asked
    assert not (clock.after(asked, reading) and clock.before(asked, reading))


def test_who_waits_out_the_bound_knows_that_a_time_has_passed() -> None:
    clock = IntervalClock(0.25)
    stamp = clock.now(10.0).latest
    assert stamp == 10.25 and not clock.after(stamp, 10.0) and not clock.after(stamp, 10.5)
    assert clock.after(stamp, 10.75)


def test_clocks_are_light_to_import() -> None:
    heavy = "{'networkx', 'numpy', 'matplotlib', 'ipywidgets'} & set(sys.modules)"
    code = f"import sys, course_lib.clocks; print({heavy})"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.strip() == "set()"
