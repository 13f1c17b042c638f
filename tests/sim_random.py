"""Random scenarios and fault scripts, for tests that throw them at the simulator."""

from dataclasses import dataclass

import networkx as nx
from hypothesis import strategies as st

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
)

NAMES = "abcd"


@dataclass(frozen=True)
class Rumour:
    topic: str
    hops: int
    heard: frozenset = frozenset()


class Gossip(Node):
    """Sets in state and messages, loops over sets, chance, timers, disk: whatever might differ from run to run."""

    def __init__(self):
        self.known = {"news", "weather", "sport"}

    def on_start(self):
        self.friends = set(self.peers)
        self.life = self.disk["lives"] = self.disk.get("lives", 0) + 1
        for topic in self.known:
            self.set_timer(topic, self.random.uniform(0.5, 1.5))

    def on_timer(self, name):
        self.report((name, self.now))
        self.tell(Rumour(name, 2, frozenset({self.name, name})))

    def on_message(self, sender, message):
        self.known.add(f"{message.topic}-{sender}")
        self.disk["log"] = [*self.disk.get("log", []), message][-3:]
        if message.hops:
            self.tell(Rumour(message.topic, message.hops - 1, message.heard | {self.name}))
        elif self.random.random() < 0.3:
            self.cancel_timer(message.topic)
            for topic in self.known:
                self.report(topic)

    def tell(self, rumour):
        for friend in self.friends - rumour.heard:
            try:
                self.send(friend, rumour)
            except ValueError:  # no link: the graph is a random one
                self.report(friend)


def _subsets(names):
    return st.frozensets(st.sampled_from(names), min_size=1, max_size=len(names) - 1)


times = st.integers(0, 4_000_000).map(lambda us: us / 1_000_000)
spans = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]).map(sorted)
messages = st.builds(
    lambda sender, to, number: f"{sender}>{to}#{number}",
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 3),
)  # fmt: skip
faults = st.one_of(
    st.builds(
        lambda group, span, oneway: Partition(group, set(NAMES) - group, at=span[0], until=span[1], oneway=oneway),
        _subsets(NAMES), spans, st.booleans(),
    ),
    st.builds(lambda node, span: Crash(node, at=span[0], until=span[1]), st.sampled_from(NAMES), spans),
    st.builds(lambda node, at: Crash(node, at=at), st.sampled_from(NAMES), times),
    st.builds(lambda id: Crash(id[0], after=id), messages),
    st.builds(lambda node, span: Pause(node, at=span[0], until=span[1]), st.sampled_from(NAMES), spans),
    st.builds(
        lambda node, offset, rate, at: ClockSkew(node, offset, rate, at),
        st.sampled_from(NAMES), st.floats(-2, 2), st.floats(0.25, 4), times,
    ),
    st.builds(Drop, messages),
    st.builds(lambda id, by: Delay(id, by), messages, times),
    st.builds(lambda id, after: Duplicate(id, after), messages, times),
)  # fmt: skip
scripts = st.lists(faults, max_size=5)


@st.composite
def networks(draw) -> Network:
    graph = None
    if draw(st.booleans()):
        pairs = [(one, other) for one in NAMES for other in NAMES if one != other]
        graph = nx.DiGraph(draw(st.lists(st.sampled_from(pairs), max_size=8)))
        graph.add_nodes_from(NAMES)
    chance = st.sampled_from([0.0, 0.1, 0.5, 1.0])
    return Network(
        graph,
        latency=draw(st.sampled_from([0, 0.01, 0.5, abs])),  # abs: latency(u) = u
        jitter=draw(st.sampled_from([0.0, 0.3])),
        loss=draw(chance),
        duplicate=draw(chance),
        fifo=draw(st.booleans()),
    )


scenarios = st.builds(
    lambda network, seed, size: Scenario(dict.fromkeys(NAMES[:size], Gossip), network=network, seed=seed, until=5),
    networks(), st.integers(0, 2**32) | st.text(max_size=3), st.just(len(NAMES)),
)  # fmt: skip
