"""A store that is causal: no replica shows an effect before its cause.

Each replica answers by itself, and tells the others of its writes together with a vector clock. An update waits until
all that it may depend on has been applied. After K. Birman, A. Schiper and P. Stephenson, "Lightweight Causal and
Atomic Group Multicast", ACM TOCS 9(3), 1991; as a memory, M. Ahamad and others, Distributed Computing 9, 1995.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.clocks import VectorClock
from course_lib.consistency import stores
from course_lib.consistency.history import History
from course_lib.consistency.ladder import judge
from course_lib.consistency.specs import KeyValue
from course_lib.safeguards import of_safeguard, switched_off, variant
from course_lib.sim import Scenario


@dataclass(frozen=True)
class Update:
    """This was written, as the `clock[writer]`-th write of its writer, which had applied the rest of `clock`."""

    key: str
    value: Any
    clock: VectorClock


class CausalReplica(stores.SingleCopy):
    """Answers at once, out of what it has applied. Assumes that no update is lost, and that a client stays with it."""

    def on_start(self) -> None:
        super().on_start()
        self.applied = VectorClock()
        self.waiting: list[tuple[str, Update]] = []

    def write(self, key: str, value: Any) -> None:
        self.values[key] = value
        self.applied = self.applied.tick(self.name)
        for replica in self.replicas:
            if replica != self.name:
                self.send(replica, Update(key, value, self.applied))

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Update():
                self.waiting.append((sender, message))
                self.apply_what_is_ready()
            case _:
                super().on_message(sender, message)

    def apply_what_is_ready(self) -> None:
        # Each that is applied may be what another has waited for.
        while ready := next((entry for entry in self.waiting if self.is_ready(*entry)), None):
            self.waiting.remove(ready)
            self.apply(*ready)

    def is_ready(self, writer: str, update: Update) -> bool:
        """Whether it is the writer's next, and all that the writer had applied before is applied here too."""
        return all(update.clock[name] <= self.applied[name] + (name == writer) for name in self.replicas)

    def apply(self, writer: str, update: Update) -> None:
        self.values[update.key] = update.value
        self.applied = self.applied.tick(writer)


SAFEGUARDS = {
    "waits for the writer's earlier writes": "what one replica wrote is applied in its order",
    "waits for what the writer had seen": "an answer is not there before its question",
    "looks again after each update": "what has waited is applied as soon as it may",
    "counts what is applied, not what came": "a write says what its reader could have read",
}
ALL = frozenset(SAFEGUARDS)


class AnyOrder(CausalReplica):
    def is_ready(self, writer: str, update: Update) -> bool:
        return True


class WriterOnly(CausalReplica):
    def is_ready(self, writer: str, update: Update) -> bool:
        return update.clock[writer] == self.applied[writer] + 1


class LooksOnce(CausalReplica):
    def apply_what_is_ready(self) -> None:
        entry = self.waiting[-1]
        if self.is_ready(*entry):
            self.waiting.remove(entry)
            self.apply(*entry)


class CountsOnReceipt(CausalReplica):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Update):
            self.applied = self.applied.merge(message.clock)
        super().on_message(sender, message)


WITHOUT: dict[str, type[CausalReplica]] = {
    "waits for the writer's earlier writes": AnyOrder,
    "waits for what the writer had seen": WriterOnly,
    "looks again after each update": LooksOnce,
    "counts what is applied, not what came": CountsOnReceipt,
}


def scenario(safeguards: frozenset[str] = ALL, seed: int = 0) -> Scenario:
    """Three replicas over links that reorder, a busy client at each; with all safeguards but one at most off.

    Raises ValueError for an unknown safeguard, or where more than one is off.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    replica = variant(CausalReplica, WITHOUT, off)
    work = stores.busy(seed)
    clients = {name: (stores.REPLICAS[index], work[name]) for index, name in enumerate(work)}
    network = stores.far_apart(jitter=0.3, fifo=False)
    return stores.scenario(replica, clients, replicas=stores.REPLICAS, network=network, seed=seed)


def without(safeguard: str) -> str:
    """Runs 200 seeds with that safeguard switched off, and tells what broke first. KeyError for an unknown one."""
    of_safeguard(WITHOUT, safeguard)
    for seed in range(200):
        trace = scenario(ALL - {safeguard}, seed).run()
        verdicts = judge(History.from_trace(trace), KeyValue())
        for level in ("monotonic writes", "writes follow reads", "causal"):
            if not verdicts[level]:
                return f"seed {seed}: {level}: {verdicts[level].explanation}"
        for name in stores.REPLICAS:
            if waiting := trace.nodes[name].waiting:
                return f"seed {seed}: at the end {len(waiting)} updates still wait at {name}"
    return ""
