"""A trace: read, saved, compared, drawn by others, and played again."""

import json
from dataclasses import dataclass

import pytest

from course_lib.sim import Crash, Drop, Event, Network, Node, Partition, Scenario, Trace


@dataclass(frozen=True)
class Vote:
    term: int
    ok: bool
    seen: frozenset = frozenset()


@dataclass(frozen=True)
class Entry:
    key: str
    value: float


class Voter(Node):
    def on_start(self):
        self.votes = {}
        self.log = [Entry("x", 1.0)]
        self.names = set(self.peers)
        if self.name == "a":
            self.set_timer("ask", 1)
            self.send("b", Vote(1, True, frozenset({"a", "b"})))

    def on_timer(self, name):
        self.disk["term"] = {"now": 2}
        self.send("b", Vote(2, False))

    def on_message(self, sender, message):
        self.votes[message.term] = (sender, message)
        self.report(message.seen)


def scenario(**options) -> Scenario:
    return Scenario({"a": Voter, "b": Voter}, network=Network(latency=0.25), **options)


TEXT = """\
   0.000000  a        start
   0.000000  a        send     to b   a>b#1    Vote(term=1, ok=True, seen=frozenset({'a', 'b'}))
   0.000000  b        start
   0.250000  b        deliver  from a a>b#1    Vote(term=1, ok=True, seen=frozenset({'a', 'b'}))
   0.250000  b        reports frozenset({'a', 'b'})
   1.000000  a        timer ask
   1.000000  a        send     to b   a>b#2    Vote(term=2, ok=False, seen=frozenset())
   1.250000  b        deliver  from a a>b#2    Vote(term=2, ok=False, seen=frozenset())
   1.250000  b        reports frozenset()
"""


def test_a_trace_prints_a_line_an_event():
    assert scenario().run().to_text() == TEXT


def test_a_trace_of_faults_prints_why_messages_were_lost():
    faults = [Drop("a>b#1"), Crash("b", at=1.1, until=2), Partition({"a"}, {"b"}, at=5)]
    assert [
        line.split(maxsplit=1)[1] for line in scenario().run(faults).to_text().splitlines() if "(" in line
    ][1:] == [
        "a        drop     on its way to b a>b#1    Vote(term=1, ok=True, seen=frozenset({'a', 'b'}))  (dropped)",
        "a        send     to b   a>b#2    Vote(term=2, ok=False, seen=frozenset())",
        "a        drop     on its way to b a>b#2    Vote(term=2, ok=False, seen=frozenset())  (b is down)",
    ]


def test_events_are_frozen_and_say_where_what_and_with_whom():
    trace = scenario().run()
    assert type(trace.events) is tuple
    sent, came, said = trace.events[1], trace.events[3], trace.events[4]
    assert sent == Event(0.0, "send", "a", "b", Vote(1, True, frozenset("ab")), "a>b#1")
    assert came == Event(0.25, "deliver", "b", "a", Vote(1, True, frozenset("ab")), "a>b#1")
    assert (said.kind, said.node, said.peer, said.message, said.id) == (
        "report",
        "b",
        None,
        frozenset("ab"),
        None,
    )
    assert trace.events[5] == Event(1.0, "timer", "a", id="ask")
    with pytest.raises(AttributeError):
        sent.time = 3


def test_the_kinds_of_events_are_those_that_the_course_names():
    from course_lib.sim import Pause

    trace = scenario().run([Crash("b", at=1.1, until=2), Pause("a", at=0.5, until=0.75)])
    assert {event.kind for event in trace.events} == {
        "start", "send", "deliver", "drop", "timer", "crash", "restart", "pause", "report"
    }  # fmt: skip


def test_states_can_be_asked_for_at_any_time():
    trace = scenario().run([Crash("a", at=2)])
    assert trace.states_at(0)["b"].votes == {}
    assert trace.states_at(0.24)["b"].votes == {}
    assert list(trace.states_at(0.25)["b"].votes) == [1]
    assert trace.states_at(0.5)["a"].disk == {} and trace.states_at(1)["a"].disk == {"term": {"now": 2}}
    assert trace.states_at(0.5)["a"].timers == ("ask",) and trace.states_at(1)["a"].timers == ()
    assert list(trace.states_at(99)["b"].votes) == [1, 2]
    assert trace.nodes["b"].log == [Entry("x", 1.0)]
    assert trace.nodes["a"].disk == {"term": {"now": 2}}
    with pytest.raises(AttributeError, match=r"of a crashed node only \.disk can be read"):
        _ = trace.nodes["a"].votes
    with pytest.raises(AttributeError, match="no attribute 'vote'; it holds votes, log, names, and disk"):
        _ = trace.nodes["b"].vote
    with pytest.raises(AttributeError, match="can only be read"):
        trace.nodes["b"].votes = 3


def test_a_trace_saves_and_loads_with_states_faults_and_types():
    faults = (Drop("a>b#2"), Partition({"b"}, {"a"}, at=5, until=6), Crash("b", at=3))
    trace = scenario().run(faults)
    again = Trace.from_json(trace.to_json())
    assert again == trace and again.to_text() == trace.to_text()
    assert again.faults == faults and again.seed == trace.seed and again.end == trace.end
    assert again.names == trace.names and again.to_json() == trace.to_json()
    for time in (0, 0.25, 1, 4):
        assert again.states_at(time) == trace.states_at(time)
    assert type(again.events[1].message) is Vote


def test_a_saved_trace_of_classes_nobody_knows_can_be_read_all_the_same():
    text = scenario().run().to_json().replace(":Vote", ":Ballot").replace(":Entry", ":Item")
    read = Trace.from_json(text)
    assert read.to_text() == TEXT.replace("Vote(", "Ballot(")
    assert repr(read.nodes["a"].log) == "[Item(key='x', value=1.0)]"


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "3", "null", "{}", '{"format": "course trace 1"}'])
def test_what_is_no_trace_is_a_value_error(text):
    with pytest.raises(ValueError, match="this is no trace"):
        Trace.from_json(text)


def test_a_damaged_trace_is_a_value_error():
    saved = json.loads(scenario().run([Drop("a>b#1")]).to_json())
    for name in ("format", "names", "events", "states", "faults", "steps"):
        for wrong in (3, [[1]], [["a"] * 7], [{"a": 1}]):
            with pytest.raises(ValueError, match="this is no trace"):
                Trace.from_json(json.dumps({**saved, name: wrong}))
        with pytest.raises(ValueError, match="this is no trace"):
            Trace.from_json(json.dumps({key: value for key, value in saved.items() if key != name}))


def test_traces_are_equal_where_their_events_are_types_apart():
    def saying(value) -> Trace:
        class Sayer(Node):
            def on_start(self):
                self.said = value
                self.report(value)

        return Scenario({"a": Sayer}).run()

    assert saying(1) == saying(1)
    assert saying(1) != saying(True) != saying(1.0)
    assert saying((1,)) != saying([1])
    assert saying({1: 2, 3: 4}) != saying({3: 4, 1: 2})
    assert saying(frozenset("abc")) == saying(frozenset("cba"))
    assert saying(1) != "a trace"
    nan = saying(float("nan"))
    assert nan == saying(float("nan")) == Trace.from_json(nan.to_json())
    assert nan.nodes == Trace.from_json(nan.to_json()).nodes


def test_what_was_violated_is_part_of_a_trace():
    def never(world):
        return not world.nodes["b"].votes or "a vote came"

    broken = scenario(invariants=[never]).run()
    assert (broken.violated, broken.reason) == ("never", "a vote came")
    assert broken.to_text().splitlines()[-1] == "broken: never: a vote came"
    again = Trace.from_json(broken.to_json())
    assert again == broken and again.violated == "never"
    assert "broken: never: a vote came" in repr(broken)


def test_a_replay_is_the_same_run_with_the_states_after_each_event():
    trace = scenario().run([Crash("a", at=2)])
    replay = scenario().replay(Trace.from_json(trace.to_json()))
    assert replay.trace == trace and len(replay) == len(trace)
    for number, (event, states) in enumerate(replay, 1):
        assert event == trace.events[number - 1] and states == trace.states_after(number)


def test_a_replay_that_parts_says_where():
    with pytest.raises(ValueError, match="they part at event 4"):
        Scenario({"a": Voter, "b": Voter}).replay(scenario().run())


def test_shiviz_reads_a_trace_with_a_vector_clock_an_event():
    import re

    text = scenario().run().to_shiviz()
    events = re.findall(
        r"^(?P<host>\S*) (?P<clock>{.*})\n(?P<event>.*)$", text, re.MULTILINE
    )  # ShiViz's own pattern
    assert len(events) == 9
    clocks = [(host, json.loads(clock)) for host, clock, _ in events]
    assert clocks[:4] == [("a", {"a": 1}), ("a", {"a": 2}), ("b", {"b": 1}), ("b", {"a": 2, "b": 2})]
    assert clocks[7] == ("b", {"a": 4, "b": 4})
    for host in "ab":  # its own number counts up by one
        assert [clock[host] for name, clock in clocks if name == host] == list(range(1, len(events)))[: len(
            [1 for name, _ in clocks if name == host]
        )]  # fmt: skip


def test_the_causes_of_the_last_event_are_the_messages_it_depends_on():
    class Relay(Node):
        def on_start(self):
            if self.name in "ad":
                self.send("b" if self.name == "a" else "e", "go")

        def on_message(self, sender, message):
            if self.name == "b":
                self.send("c", "on")

    trace = Scenario(dict.fromkeys("abcde", Relay)).run()
    assert trace.events[-1].id == "b>c#1"
    assert trace.causes() == {"a>b#1", "b>c#1"}
