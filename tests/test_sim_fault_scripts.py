"""Faults as data: a script is checked, shows as Python, and changes only what it causes."""

import math

import pytest
from sim_chatty import Chatty, chatty

from course_lib.sim import (
    ClockSkew,
    Crash,
    Delay,
    Drop,
    Duplicate,
    Network,
    Node,
    Partition,
    Pause,
    Scenario,
    Trace,
)

SCRIPT = [
    Partition({"a"}, {"b", "c"}, at=5, until=9),
    Partition({"a"}, {"b"}, at=0.5, oneway=True),
    Crash("b", at=7, until=12),
    Crash("b", at=7),
    Crash("b", after="b>c#2"),
    Crash("b", after="b>c#2", until=3.5),
    Pause("a", at=1, until=2),
    ClockSkew("a"),
    ClockSkew("a", offset=-1.5, rate=0.5, at=1, until=2),
    Drop("a>b#3"),
    Delay("a>b#3", by=0.25),
    Delay("a>b#3", 0),
    Duplicate("a>b#3"),
    Duplicate("a>b#3", after=1e-06),
]


@pytest.mark.parametrize("fault", SCRIPT, ids=repr)
def test_a_fault_shows_as_the_python_that_makes_it(fault):
    again = eval(repr(fault))
    assert again == fault and repr(again) == repr(fault) and hash(again) == hash(fault)


def test_a_fault_cannot_be_changed():
    for fault in SCRIPT:
        with pytest.raises(AttributeError):
            fault.at = 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: Crash("b"),
        lambda: Crash("b", at=1, after="b>c#1"),
        lambda: Crash("b", after="c>b#1"),
        lambda: Crash("b", at=-1),
        lambda: Crash("b", at=math.nan),
        lambda: Crash("b", at="1"),
        lambda: Crash("b", at=3, until=3),
        lambda: Pause("b", at=3, until=2),
        lambda: Pause("b", at=1, until=math.inf),
        lambda: ClockSkew("b", rate=0),
        lambda: ClockSkew("b", rate=math.inf),
        lambda: ClockSkew("b", rate="fast"),
        lambda: ClockSkew("b", offset=math.nan),
        lambda: ClockSkew("b", offset=None),
        lambda: Drop("a>b"),
        lambda: Drop("a>b#0"),
        lambda: Drop("b#1"),
        lambda: Drop(3),
        lambda: Delay("a>b#1", by=-1),
        lambda: Delay("a>b#1", by=None),
        lambda: Duplicate("a>b#1", after=-1),
    ],
)
def test_a_fault_that_cannot_be_is_a_value_error(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    "fault",
    [
        Crash("z", at=1),
        Pause("z", at=1, until=2),
        ClockSkew("z"),
        Partition({"a"}, {"z"}, at=1),
        Drop("a>z#1"),
        Crash("z", after="z>a#1"),
        Drop("a>b#6"),
        Delay("b>a#77", by=1),
        Duplicate("a>b#6"),
        Crash("a", after="a>b#6"),
    ],
    ids=repr,
)
def test_a_fault_that_names_nothing_is_a_value_error_of_the_run(fault):
    with pytest.raises(ValueError, match="names") as caught:
        chatty().run([fault])
    assert repr(fault) in str(caught.value)


def test_a_fault_that_names_nothing_before_until_is_a_value_error_too():
    scenario = Scenario({"a": Chatty, "b": Chatty}, until=2.75)
    with pytest.raises(ValueError, match=r"Drop\('a>b#3'\) names nothing: a sent 2 messages to b"):
        scenario.run([Drop("a>b#3")])


def test_a_fault_that_would_have_come_after_the_broken_invariant_is_no_error():
    def quiet(world):
        return not world.nodes["b"].got or "b heard"

    scenario = Scenario({"a": Chatty, "b": Chatty}, invariants=[quiet])
    assert scenario.run([Drop("a>b#3")]).violated == "quiet"


def test_a_fault_of_a_link_that_the_graph_lacks_is_a_value_error():
    import networkx as nx

    with pytest.raises(ValueError, match="no link from a to c"):
        Scenario(dict.fromkeys("abc", Node), network=Network(nx.path_graph(["a", "b", "c"]))).run(
            [Drop("a>c#1")]
        )


def test_what_is_no_fault_is_a_type_error():
    with pytest.raises(TypeError, match="is no fault; there are Partition, Crash"):
        chatty().run(["a>b#1"])
    with pytest.raises(TypeError, match=r"a script is a list of faults: \[Drop\('a>b#1'\)\]"):
        chatty().run(Drop("a>b#1"))


# A fault changes only what it causes


NOISY = {"latency": lambda u: 0.05 + u / 4, "jitter": 0.25, "loss": 0.2, "duplicate": 0.2}
CHANGES = [
    (Drop("a>b#3"), 3),
    (Delay("a>b#3", by=2), 3),
    (Duplicate("a>b#3", after=1), 3),
    (Crash("c", at=2.5), 2.5),
    (Crash("c", at=2.5, until=4), 2.5),
    (Crash("a", after="a>c#3", until=7), 3),
    (Pause("b", at=2.25, until=4), 2.25),
    (Partition({"a"}, {"b", "c"}, at=2.5, until=3.5), 2.5),
    (ClockSkew("a", offset=1, rate=3, at=2.5), 2.5),
]


@pytest.mark.parametrize(("fault", "time"), CHANGES, ids=repr)
@pytest.mark.parametrize("seed", [0, 1])
def test_before_its_time_a_fault_changes_nothing(fault, time, seed):
    calm, faulty = (chatty("abcd", **NOISY).run(faults, seed=seed) for faults in ([], [fault]))
    early = [event for event in calm.events if event.time < time]
    assert len(early) > 20
    assert list(faulty.events[: len(early)]) == early
    assert calm != faulty


ELSEWHERE = {
    Drop("a>b#3"): {"a>b"},
    Delay("a>b#3", by=2): {"a>b"},
    Duplicate("a>b#3", after=1): {"a>b"},
    Partition({"a"}, {"b"}, at=2.5, until=3.5): {"a>b", "b>a"},
    Crash("c", at=2.5, until=3.5): {"a>c", "b>c", "d>c", "c>a", "c>b", "c>d"},
    ClockSkew("a", rate=3, at=2.5): {"a>b", "a>c", "a>d"},
}


@pytest.mark.parametrize("fault", ELSEWHERE, ids=repr)
def test_on_links_that_it_does_not_touch_a_fault_changes_nothing(fault):
    links = ELSEWHERE[fault]
    calm, faulty = (chatty("abcd", **NOISY).run(faults) for faults in ([], [fault]))

    def elsewhere(trace: Trace) -> list[str]:
        return [
            str(e)
            for e in trace.events
            if e.kind in ("send", "deliver", "drop") and e.id.split("#")[0] not in links
        ]

    assert elsewhere(calm) == elsewhere(faulty)
