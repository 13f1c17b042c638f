"""Same seed, same trace: in every process, on every machine; and what holds of every run."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sim_random import NAMES, Gossip, scenarios, scripts

from course_lib.sim import (
    Crash,
    Drop,
    Duplicate,
    Network,
    Node,
    Partition,
    Pause,
    Scenario,
    Trace,
)

HERE = Path(__file__).parent
NOISY = Network(latency=lambda u: 0.05 + u / 4, jitter=0.25, loss=0.1, duplicate=0.1)
FAULTS = [
    Crash("b", at=1.25, until=2), Partition({"a"}, {"c", "d"}, at=1, until=1.5), Pause("d", at=0.5, until=2.5)
]  # fmt: skip

TOLD = """
import sys
from test_sim_determinism import FAULTS, NOISY
from sim_random import NAMES, Gossip
from course_lib.sim import Scenario
scenario = Scenario({name: Gossip for name in NAMES}, seed=7, network=NOISY, until=4)
trace = scenario.run(FAULTS)
sys.stdout.write(trace.to_text() + trace.to_json())
"""


def told(program: str, hash_seed: str) -> str:
    """What a fresh process prints, under its own order of sets."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_trace_is_the_same_byte_for_byte_under_any_order_of_sets():
    first, second = (told(TOLD, seed) for seed in ("1", "2"))
    assert len(first) > 20_000 and "restart" in first
    assert first == second


EXPLORED = """
from sim_random import Rumour
from course_lib.sim import Node, Scenario

class Few(Node):
    def __init__(self):
        self.todo = {"x", "y", "zz"}
    def on_start(self):
        self.log = []
        self.friends = set(self.peers)
        for friend in self.friends:
            self.send(friend, Rumour("new", 0, frozenset(self.todo)))
    def on_message(self, sender, message):
        self.friends -= {sender}
        for item in message.heard:
            self.log.append(item)
        self.disk["pick"] = self.random.choice(list(self.todo))

def apart(world):
    return len({n.disk.get("pick") for n in world.nodes.values()}) < 3 or "all picked differently"

scenario = Scenario({name: Few for name in "abc"}, invariants=[apart])
found = scenario.explore()
print(found)
print(found.counterexample.to_text(), found.counterexample.to_json())
print(Scenario({name: Few for name in "ab"}).explore(crashes=1))
"""


def test_an_exploration_is_the_same_under_any_order_of_sets():
    first, second = (told(EXPLORED, seed) for seed in ("3", "4"))
    assert "apart breaks: all picked differently" in first
    assert first == second


# Chance, as every Python version and machine has it


class Dice(Node):
    def on_start(self):
        if self.name == "a":
            for number in range(4):
                self.send("b", number)
            self.report((self.random.random(), self.random.randrange(100), self.random.choice("xyz")))
            deck = list(range(6))
            self.random.shuffle(deck)
            self.report((tuple(deck), self.random.uniform(1, 2), tuple(self.random.sample(range(50), 3))))
            self.set_timer("t", self.random.random())

    def on_message(self, sender, message):
        self.report(self.random.randint(1, 6))

    def on_timer(self, name):
        self.report(self.random.gauss(0, 1))


GOLDEN = """\
   0.000000  a        start
   0.000000  a        send     to b   a>b#1    0
   0.000000  a        send     to b   a>b#2    1
   0.000000  a        send     to b   a>b#3    2
   0.000000  a        drop     on its way to b a>b#3    2  (lost)
   0.000000  a        send     to b   a>b#4    3
   0.000000  a        reports (0.19016367939184897, 26, 'z')
   0.000000  a        reports ((4, 1, 5, 2, 3, 0), 1.8895321129752598, (4, 3, 2))
   0.000000  b        start
   0.486021  b        deliver  from a a>b#4    3
   0.486021  b        reports 5
   0.631359  b        deliver  from a a>b#1    0
   0.631359  b        reports 6
   0.680316  b        deliver  from a a>b#4    3  (again)
   0.680316  b        reports 6
   0.785755  b        deliver  from a a>b#2    1
   0.785755  b        reports 6
   0.927470  a        timer t
   0.927470  a        reports -0.3234963996311573
"""


def test_chance_falls_as_it_fell_when_this_was_written():
    network = Network(latency=lambda u: 0.1 + u, jitter=0.5, loss=0.25, duplicate=0.5)
    assert Scenario({"a": Dice, "b": Dice}, seed="golden", network=network).run().to_text() == GOLDEN


def test_a_run_of_another_seed_is_another_run():
    scenario = Scenario(dict.fromkeys(NAMES, Gossip), network=NOISY, until=3)
    assert scenario.run(seed=1) == scenario.run(seed=1)
    assert scenario.run(seed=1) != scenario.run(seed=2)
    assert (
        scenario.run(seed=1) == Scenario(dict.fromkeys(NAMES, Gossip), network=NOISY, until=3, seed=1).run()
    )


def test_the_order_in_which_nodes_are_given_does_not_matter():
    one, other = (
        Scenario(dict.fromkeys(names, Gossip), network=NOISY, until=3).run(FAULTS)
        for names in (NAMES, "dbca")
    )
    assert one == other


# Random scenarios and scripts

EXAMPLES = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def attempt(scenario: Scenario, faults) -> Trace | str:
    """The trace; or the sentence, where the script names a message that is never sent or a link that is not there."""
    try:
        return scenario.run(faults)
    except ValueError as error:
        assert "names nothing" in str(error) or "no link" in str(error) or "10,000" in str(error), error
        return str(error)


@EXAMPLES
@given(scenarios, scripts)
def test_same_seed_same_trace(scenario, faults):
    one, other = attempt(scenario, faults), attempt(scenario, faults)
    assert one == other
    if isinstance(one, Trace):
        assert one.to_text() == other.to_text() and one.to_json() == other.to_json()


@EXAMPLES
@given(scenarios, scripts)
def test_a_trace_comes_back_from_json_and_from_a_replay(scenario, faults):
    trace = attempt(scenario, faults)
    if isinstance(trace, Trace):
        again = Trace.from_json(trace.to_json())
        assert again == trace and again.nodes == trace.nodes and again.faults == trace.faults
        assert scenario.replay(again).trace.nodes == trace.nodes


@EXAMPLES
@given(scenarios, scripts)
def test_what_is_delivered_was_sent_before_and_not_too_often(scenario, faults):
    trace = attempt(scenario, faults)
    if not isinstance(trace, Trace):
        return
    sent: dict[str, object] = {}
    came: Counter = Counter()
    gone: Counter = Counter()
    last = 0.0
    for event in trace.events:
        assert event.time >= last
        last = event.time
        if event.kind == "send":
            assert event.id not in sent
            sent[event.id] = event.message
        elif event.kind in ("deliver", "drop"):
            assert repr(event.message) == repr(sent[event.id])
            (came if event.kind == "deliver" else gone)[event.id] += 1
    copied = {fault.id for fault in faults if isinstance(fault, Duplicate)}
    often = 2 if scenario.network.options["duplicate"] or copied else 1
    assert all(count <= often for count in (came + gone).values())
    for fault in faults:
        if isinstance(fault, Drop):
            assert came[fault.id] == 0 and gone[fault.id] == 1


@EXAMPLES
@given(scenarios, scripts)
def test_a_node_that_is_down_does_nothing(scenario, faults):
    trace = attempt(scenario, faults)
    if not isinstance(trace, Trace):
        return
    up = dict.fromkeys(NAMES, False)
    for event in trace.events:
        if event.kind in ("start", "restart"):
            assert not up[event.node]
            up[event.node] = True
        elif event.kind == "crash":
            assert up[event.node]
            up[event.node] = False
        elif event.kind in ("deliver", "timer"):
            assert up[event.node]
    assert {name: state.alive for name, state in trace.nodes.items()} == up


@EXAMPLES
@given(scenarios, scripts)
def test_a_fifo_link_never_lets_a_message_overtake(scenario, faults):
    trace = attempt(scenario, faults)
    if isinstance(trace, Trace) and scenario.network.options["fifo"]:
        newest: dict[str, int] = {}
        for event in trace.events:
            if event.kind == "deliver":
                link, number = event.id.split("#")
                assert int(number) >= newest.get(link, 0)
                newest[link] = int(number)


@EXAMPLES
@given(scenarios, scripts)
def test_what_a_trace_records_is_what_the_world_showed(scenario, faults):
    seen = []

    def look(world):
        seen.append({n: (world.alive(n), held(world.nodes[n]), dict(world.nodes[n].disk)) for n in NAMES})
        return True

    def held(node):
        return {"known": set(node.known), "life": node.life} if isinstance(node, Gossip) else None

    looking = Scenario(
        scenario.nodes, seed=scenario.seed, network=scenario.network, invariants=[look], until=5
    )
    trace = attempt(looking, faults)
    if isinstance(trace, Trace):
        states = trace.nodes
        assert seen[-1] == {
            name: (
                state.alive,
                {"known": state.known, "life": state.life} if state.alive else None,
                state.disk,
            )
            for name, state in states.items()
        }
        assert trace == attempt(scenario, faults)  # to look changes nothing


@pytest.mark.parametrize("recorded", [True, False])
def test_a_trace_is_the_same_whether_its_states_are_asked_for_or_not(recorded):
    trace = Scenario(dict.fromkeys(NAMES, Gossip), network=NOISY, until=3).run(FAULTS)
    if recorded:
        assert trace.nodes["a"].disk["lives"] == 1
    assert Trace.from_json(trace.to_json()) == trace
