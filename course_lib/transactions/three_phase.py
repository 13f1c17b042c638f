"""What must hold of three-phase commit, where it splits all the same, and what breaks without each of its safeguards.

`precommitting` has the nodes that decide alone (`variant="timeouts"`), `succeeding` those of which one succeeds a dead
coordinator (`variant="termination"`). The first splits on one crash. The second is safe while nodes crash and silence
means death, which exploration assumes with `timing="synchronous"`; it splits across a partition, and by a slow message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Network, Node, Scenario
from course_lib.transactions.committing import state_of
from course_lib.transactions.for_good import crashes_for_good, is_up
from course_lib.transactions.precommitting import COORDINATOR, TXN, Coordinator, Participant
from course_lib.transactions.succeeding import Successor
from course_lib.transactions.two_phase import (
    IN_DOUBT,
    KEY,
    PARTICIPANTS,
    all_agree,
    carried_out,
    no_reversal,
)


def as_the_coordinator_told(world: Any) -> bool | str:
    """AC1 with the coordinator, which tells its client: no participant decides otherwise. Its disk counts."""
    told = state_of(world.nodes[COORDINATOR], TXN)
    for name, state in states(world).items():
        if {told, state} == {"committed", "aborted"}:
            return f"the coordinator has {told} {TXN}, and {name} has {state} it"
    return True


def only_if_all_voted_yes(world: Any) -> bool | str:
    """AC3: nothing is committed unless every participant has promised it."""
    found = states(world)
    committed = [name for name, state in found.items() if state == "committed"]
    without = [name for name, state in found.items() if state not in (*IN_DOUBT, "committed")]
    if committed and without:
        return f"{committed[0]} has committed {TXN}, which {without[0]} never promised, or took back"
    return True


def nobody_in_doubt(world: Any) -> bool:
    """AC5, liveness: of those that are up nobody is in doubt. To this it can always still come."""
    return not any(state in IN_DOUBT and is_up(world, name) for name, state in states(world).items())


def total_failure(world: Any) -> bool:
    """To be reached: all were down at some time and are up again, all are in doubt, and none of them may decide."""
    if not all(world.alive(name) and world.nodes[name].recovered for name in world.nodes):
        return False
    begun = state_of(world.nodes[COORDINATOR], TXN) == "begun"
    return begun and all(state in IN_DOUBT for state in states(world).values())


def states(world: Any) -> dict[str, str | None]:
    """What each participant's disk says of the transaction."""
    return {name: state_of(world.nodes[name], TXN) for name in PARTICIPANTS if name in world.nodes}


INVARIANTS = (all_agree, as_the_coordinator_told, no_reversal, only_if_all_voted_yes, carried_out)

# The safeguards of the version with a successor, and the same without each of them

SAFEGUARDS = {
    "commits after the acknowledgements": "nobody commits while another could still abort",
    "moves before it acknowledges": "what the coordinator counts on is so",
    "goes on without the dead": "who is dead does not block those who live",
    "asks before it takes over": "a coordinator that waits for another is not taken for dead",
    "gathers the states": "a successor knows what the others have been told",
    "moves all before it commits": "a successor may die too, and the next decides the same",
    "follows the newest leader": "what the dead have sent before comes too late to count",
    "only asks when it is back": "who was down does not decide by what it knew",
    "asks when it is back": "who was down finds out",
}
ALL = frozenset(SAFEGUARDS)


class CommitsAtOnce(Coordinator):
    def precommit(self) -> None:
        super().precommit()
        self.settle(True)


class WaitsForAll(Coordinator):
    def on_silence(self) -> None:
        if self.voting:
            self.settle(False)
        else:
            self.wait()


class OnlyAcknowledges(Successor):
    def move(self) -> None:
        pass


class SuspectsAtOnce(Successor):
    def on_silence(self) -> None:
        self.doubts = True
        super().on_silence()


class DecidesByItsOwnState(Successor):
    def take_over(self) -> None:
        self.settle(self.disk[TXN].state == "precommitted")


class CommitsFirst(Successor):
    def move_all(self) -> None:
        self.settle(True)


class HeedsTheDead(Successor):
    def follows(self, sender: str) -> bool:
        super().follows(sender)
        return True


class DecidesWhenBack(Successor):
    def on_timer(self, name: str) -> None:
        if self.recovered:
            self.decide(self.disk[TXN].state == "precommitted")
        else:
            super().on_timer(name)


class NeverAsks(Successor):
    def ask(self) -> None:
        pass


WITHOUT: dict[str, type[Node]] = {
    "commits after the acknowledgements": CommitsAtOnce,
    "moves before it acknowledges": OnlyAcknowledges,
    "goes on without the dead": WaitsForAll,
    "asks before it takes over": SuspectsAtOnce,
    "gathers the states": DecidesByItsOwnState,
    "moves all before it commits": CommitsFirst,
    "follows the newest leader": HeedsTheDead,
    "only asks when it is back": DecidesWhenBack,
    "asks when it is back": NeverAsks,
}


def scenario(
    participants: int = 3,
    variant: str = "termination",
    safeguards: frozenset[str] = ALL,
    *,
    unwilling: Iterable[str] = (),
    comes_back: bool = True,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
) -> Scenario:
    """A node "coordinator" that begins one transaction, and participants "p1", "p2", ...

    Args:
        variant: what a participant does that hears no more: "timeouts", it decides alone; "termination", the next in
            line succeeds the coordinator.
        safeguards: those that are on; one may be off, where the variant is "termination".
        unwilling: participants that vote no.
        comes_back: whether a node may outlive a crash.

    Raises ValueError for an unknown variant or safeguard, more than one that is off, a participant that is not there,
    another number of participants than 1 to 5.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    if variant not in ("timeouts", "termination"):
        raise ValueError(f"variant is 'timeouts' or 'termination', not {variant!r}")
    if off and variant == "timeouts":
        raise ValueError(
            f"{next(iter(off))!r} can be switched off where variant='termination', not in 'timeouts'"
        )
    if participants not in range(1, len(PARTICIPANTS) + 1):
        raise ValueError(f"there are 1 to {len(PARTICIPANTS)} participants, not {participants!r}")
    names = PARTICIPANTS[:participants]
    if unknown := sorted(set(unwilling) - set(names)):
        raise ValueError(f"the participants are {', '.join(names)}; {unknown[0]!r} is none of them")
    coordinator = _kind(Coordinator, off)
    participant = Participant if variant == "timeouts" else _kind(Successor, off)
    nodes: dict[str, Callable[[], Node]] = {COORDINATOR: lambda: coordinator(((KEY, 1),))}
    nodes |= {name: (lambda willing: lambda: participant(willing))(name not in unwilling) for name in names}
    system = Scenario(nodes, network=network, seed=seed, invariants=invariants)
    return system if comes_back else crashes_for_good(system)


def _kind(kind: type[Node], off: Any) -> Any:
    return variant(kind, WITHOUT, off)


def without(safeguard: str) -> str:
    """Explores two participants with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking = of_safeguard(WITHOUT, safeguard)
    if lacking in (WaitsForAll, NeverAsks):
        system = scenario(2, safeguards=ALL - {safeguard}, comes_back=lacking is NeverAsks)
        found = system.explore(crashes=1, timing="synchronous", always_possible=nobody_in_doubt)
        return f"somebody is in doubt for ever ({found.stuck.in_steps})" if found.stuck else ""
    system = scenario(2, safeguards=ALL - {safeguard})
    explored = (system.explore(crashes=crashes, timing="synchronous") for crashes in (1, 2))
    return next(filter(None, map(what_broke, explored)), "")
