"""What must hold of a lock that expires, and what breaks without each of its safeguards. `lending` has the nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from course_lib.locks.lending import (
    TTL,
    WORK,
    Counter,
    Delete,
    LockServer,
    Look,
    Read,
    Value,
    Worker,
    book_of,
)
from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Crash, Network, Node, Scenario

WORKERS = ("ann", "bob", "cat")


def accepted_in_order(world: Any) -> bool | str:
    """Safety: the operations that the counter took are in non-decreasing order of their fences."""
    fences = book_of(world.nodes["counter"]).accepted
    late = [(first, second) for first, second in pairwise(fences) if second < first]
    return not late or f"the counter took an operation of fence {late[0][1]} after one of fence {late[0][0]}"


def no_update_lost(world: Any) -> bool | str:
    """Safety: each write that the counter took has raised it by one."""
    book = book_of(world.nodes["counter"])
    return book.value == book.writes or f"the counter took {book.writes} writes, and is {book.value}"


def nobody_robbed(world: Any) -> bool | str:
    """Safety: a lock is deleted by its holder only."""
    robbed = world.nodes["lock"].disk.get("robbed")
    return robbed is None or f"the lock of {robbed} was deleted by another"


def one_believer(world: Any) -> bool | str:
    """What the article promises: two workers never believe both that the lock is theirs."""
    present = [name for name in WORKERS if name in world.nodes and world.alive(name)]
    believers = [name for name in present if getattr(world.nodes[name], "believes", False)]
    return len(believers) < 2 or f"{' and '.join(believers)} believe that they have the lock"


def free_again(world: Any) -> bool:
    """Liveness: it can always still come to this."""
    return world.nodes["lock"].disk.get("token") is None


INVARIANTS = (accepted_in_order, no_update_lost, nobody_robbed)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "only if nobody has it": "who comes second is told so",
    "expiry": "a holder that died does not keep the lock for ever",
    "a token of one's own": "who comes late does not delete the lock of the next",
    "compare and delete in one step": "nobody can come between the look and the deletion",
    "fenced writes": "the counter refuses the write of who comes late",
    "fenced reads": "the counter refuses the write of who has read before another did",
}
ALL = frozenset(SAFEGUARDS)


class AnybodysLock(LockServer):
    def is_free(self) -> bool:
        return True


class WithoutExpiry(LockServer):
    def start_the_clock(self) -> None:
        pass


class WithoutToken(Worker):
    def give_back(self) -> None:
        self.believes = False
        self.send("lock", Delete())


class InTwoSteps(Worker):
    def give_back(self) -> None:
        self.believes = False
        self.send("lock", Look())


class Unfenced(Counter):
    def admits_read(self, fence: int) -> bool:
        return True

    def admits_write(self, fence: int) -> bool:
        return True


class OnlyWritesFenced(Counter):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Read):
            self.send(sender, Value(message.fence, book_of(self).value))
        else:
            super().on_message(sender, message)


WITHOUT: dict[str, type[Node]] = {
    "only if nobody has it": AnybodysLock,
    "expiry": WithoutExpiry,
    "a token of one's own": WithoutToken,
    "compare and delete in one step": InTwoSteps,
    "fenced writes": Unfenced,
    "fenced reads": OnlyWritesFenced,
}


def scenario(
    safeguards: frozenset[str] = ALL,
    workers: int = 2,
    *,
    ttl: float | None = TTL,
    work: float = WORK,
    invariants: Iterable[Callable[[Any], bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
) -> Scenario:
    """A lock server ("lock"), a counter ("counter") and up to three workers ("ann", "bob", "cat").

    Args:
        safeguards: those that are on; of each node one may be off. Without fenced writes, reads are not fenced either.
        ttl: seconds of a lease; None is for ever.
        work: seconds that a worker takes between its read and its write.
        invariants: `one_believer` is not among them, since no lease keeps it.

    Raises ValueError for an unknown safeguard, for two that are off in one node, and for another number of workers.
    """
    off = set(switched_off(SAFEGUARDS, safeguards, at_most=len(SAFEGUARDS)))
    if workers not in range(1, len(WORKERS) + 1):
        raise ValueError(f"there are 1 to {len(WORKERS)} workers, not {workers!r}")
    if "fenced writes" in off:
        off -= {"fenced reads"}
    lock, counter, worker = (variant(kind, WITHOUT, off) for kind in (LockServer, Counter, Worker))
    nodes: dict[str, Callable[[], Node]] = {"lock": lambda: lock(ttl), "counter": counter}
    nodes |= dict.fromkeys(WORKERS[:workers], lambda: worker(work))
    return Scenario(nodes, network=network, seed=seed, invariants=invariants)


def without(safeguard: str) -> str:
    """Explores every schedule with that safeguard switched off, and tells what broke. KeyError for an unknown one."""
    lacking = of_safeguard(WITHOUT, safeguard)
    if lacking is WithoutExpiry:
        return _after_a_death(scenario(ALL - {safeguard}))
    if lacking is AnybodysLock:  # what it is for shows where no lease ends
        system = scenario(ALL - {safeguard}, ttl=None, invariants=[one_believer])
    else:
        system = scenario(ALL - {safeguard}, workers=3 if issubclass(lacking, Worker) else 2)
    return what_broke(system.explore())


def _after_a_death(system: Scenario) -> str:
    """What becomes of the lock whose holder has died, in a run of a minute."""
    trace = system.run([Crash("ann", at=1)])
    token = trace.nodes["lock"].disk["token"]
    return (
        f"ann died at 1 s with the lock, and at {trace.end:.0f} s it is still hers"
        if token == "ann 1"
        else ""
    )
