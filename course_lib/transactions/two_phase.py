"""What must hold of two-phase commit, and what breaks without each of its safeguards. `committing` has the nodes.

The conditions AC1 to AC5 are those of P. Bernstein, V. Hadzilacos and N. Goodman, "Concurrency Control and Recovery in
Database Systems", 1987, section 7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Network, Node, Scenario, Trace
from course_lib.sim.network import SECOND
from course_lib.transactions.committing import (
    Coordinator,
    Decision,
    Done,
    Participant,
    Record,
    Vote,
    Writes,
    state_of,
    transactions,
    values_of,
)

PARTICIPANTS = ("p1", "p2", "p3", "p4", "p5")
COORDINATOR = "coordinator"
KEY = "balance"  # what a transaction writes, at each participant
IN_DOUBT = ("prepared", "precommitted")  # the second is a state of three-phase commit


def all_agree(world: Any) -> bool | str:
    """AC1: nobody commits what another aborts. The disks count, of the coordinator too, and of nodes that are down."""
    coordinator = world.nodes[COORDINATOR].disk
    for txn, states in _states(world).items():
        committed = sorted(name for name, state in states.items() if state == "committed")
        committed += [f"the {COORDINATOR}"] * isinstance(
            coordinator.get(txn), frozenset
        )  # its record of a commit
        aborted = sorted(name for name, state in states.items() if state == "aborted")
        if committed and aborted:
            return f"{committed[0]} has committed {txn}, and {aborted[0]} has aborted it"
    return True


def no_reversal(before: Any, after: Any) -> bool | str:
    """AC2: what a participant has decided stays decided."""
    new = _states(after)
    for txn, states in _states(before).items():
        for name, state in states.items():
            if state in ("committed", "aborted") and new.get(txn, {}).get(name) != state:
                return f"{name} had {state} {txn}, and now it is {new.get(txn, {}).get(name)} there"
    return True


def only_if_all_voted_yes(world: Any) -> bool | str:
    """AC3: nothing is committed unless every participant has promised it."""
    for txn, states in _states(world).items():
        committed = sorted(name for name, state in states.items() if state == "committed")
        without = [name for name in _participants(world) if states.get(name) not in ("prepared", "committed")]
        if committed and without:
            return f"{committed[0]} has committed {txn}, which {without[0]} never promised, or took back"
    return True


def carried_out(world: Any) -> bool | str:
    """What is committed has its effect, and the same everywhere: a key has what the last commit wrote there."""
    told: dict[str, dict[str, Writes]] = {}
    for name in _participants(world):
        node = world.nodes[name]
        due: dict[str, str] = {}  # key to the last that wrote it
        for txn in sorted(transactions(node), key=_number):
            if state_of(node, txn) == "committed":
                told.setdefault(txn, {})[name] = node.disk[txn].writes
                due |= dict.fromkeys((key for key, _ in node.disk[txn].writes), txn)
                if not values_of(node):
                    return f"{name} has committed {txn}, and nothing is written there"
        for key, txn in due.items():
            if (key, values_of(node).get(key)) not in node.disk[txn].writes:
                return f"{name} has committed {txn}, and {key} is {values_of(node).get(key)} there"
    for txn, writes in told.items():
        if len(set(writes.values())) > 1:
            parts = ", ".join(
                f"{key} = {value} at {name}" for name, each in writes.items() for key, value in each
            )
            return f"{txn} was committed as {parts}"
    return True


def all_decided(world: Any) -> bool:
    """AC5, liveness: when all is repaired for long enough, nobody is in doubt."""
    return all("prepared" not in states.values() for states in _states(world).values())


def all_committed(world: Any) -> bool:
    """AC4: if all vote yes and nothing fails, it comes to this."""
    names = _participants(world)
    return any(list(states.values()) == ["committed"] * len(names) for states in _states(world).values())


def blocked(world: Any) -> bool:
    """To be reached: the coordinator is down, all others are up and in doubt, and none of them can help the others."""
    states = _states(world).values()
    all_prepared = any(list(one.values()) == ["prepared"] * len(_participants(world)) for one in states)
    return bool(not world.alive(COORDINATOR) and all_prepared and all(map(world.alive, _participants(world))))


def seconds_in_doubt(trace: Trace) -> dict[str, float]:
    """How long each participant had promised something that was not decided, and its keys locked; down or up."""
    total = {name: 0.0 for name in trace.names if name in PARTICIPANTS}
    since: dict[str, float] = {}
    for change in trace.changes:
        name, time = change.node, trace.rows[change.events - 1][0] / SECOND
        doubtful = any(state_of(change.state, txn) in IN_DOUBT for txn in transactions(change.state))
        if name in total and doubtful:
            since.setdefault(name, time)
        elif name in since:
            total[name] += time - since.pop(name)
    for name, time in since.items():  # to the end of the run
        total[name] += trace.end - time
    return {name: round(time, 6) for name, time in total.items()}


def _number(txn: str) -> int:
    return int(txn.lstrip("t"))


def _participants(world: Any) -> list[str]:
    return [name for name in PARTICIPANTS if name in world.nodes]


def _states(world: Any) -> dict[str, dict[str, str | None]]:
    """Transaction to participant to state, for those that know of it."""
    found: dict[str, dict[str, str | None]] = {}
    for name in _participants(world):
        for txn in transactions(world.nodes[name]):
            found.setdefault(txn, {})[name] = state_of(world.nodes[name], txn)
    return found


INVARIANTS = (all_agree, no_reversal, only_if_all_voted_yes, carried_out)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "the vote on disk first": "a participant that crashes does not forget its promise",
    "the writes with the vote": "what was promised can still be carried out after a crash",
    "waits after yes": "who has promised does not decide alone",
    "refuses after abort": "a Prepare that comes late does not revive what was aborted",
    "counts who voted": "a vote that came twice does not count for two",
    "one no is enough": "nothing is committed that somebody refused",
    "the decision on disk first": "a coordinator that crashes does not decide otherwise",
    "keeps it until all are done": "who asks late is not told the wrong thing",
    "new ids in each life": "a vote for an old transaction does not count for a new one",
    "asks after a crash": "who is in doubt finds out",
}
ALL = frozenset(SAFEGUARDS)


class VotesFirst(Participant):
    def vote(self, txn: str, writes: Writes, others: frozenset[str]) -> None:
        if state_of(self, txn) is None and self.willing and not self.locked() & dict(writes).keys():
            self.send(self.coordinator, Vote(txn, True))
            self.disk[txn] = Record("prepared", writes, others)
            self.wait()
        else:
            super().vote(txn, writes, others)


class ForgetsTheWrites(Participant):
    def promise(self, txn: str, record: Record) -> None:
        self.writes = {**getattr(self, "writes", {}), txn: record.writes}
        self.disk[txn] = Record("prepared", (), record.others)

    def commit(self, txn: str) -> None:
        if state_of(self, txn) == "prepared":
            writes = getattr(self, "writes", {}).get(txn, ())
            self.disk["values"] = {**self.disk.get("values", {}), **dict(writes)}
            self.disk[txn] = Record("committed")
        if state_of(self, txn) == "committed":
            self.send(self.coordinator, Done(txn))


class DecidesAlone(Participant):
    def on_timer(self, name: str) -> None:
        for txn in self.in_doubt():
            self.disk[txn] = Record("aborted")


class NoTombstone(Participant):
    def abort(self, txn: str) -> None:
        if state_of(self, txn) == "prepared":
            del self.disk[txn]

    def help(self, sender: str, txn: str) -> None:
        if state_of(self, txn) is None:
            self.send(sender, Decision(txn, False))
        else:
            super().help(sender, txn)


class NeverAsks(Participant):
    def on_start(self) -> None:
        pass


class CountsVotes(Coordinator):
    def on_message(self, sender: str, message: Any) -> None:
        if isinstance(message, Vote) and message.yes and message.txn == self.open:
            self.count = getattr(self, "count", 0) + 1
            if self.count == len(self.peers):
                self.commit(message.txn)
        else:
            super().on_message(sender, message)


class IgnoresNo(Coordinator):
    def all_voted_yes(self) -> bool:
        return bool(self.votes)


class TellsFirst(Coordinator):
    def commit(self, txn: str) -> None:
        self.close()
        for participant in self.peers:
            self.send(participant, Decision(txn, True))
        self.disk[txn] = frozenset(self.peers)
        self.set_timer("acknowledgements", 1.0)


class ForgetsAtTheFirst(Coordinator):
    def done(self, participant: str, txn: str) -> None:
        if txn in self.disk:
            self.disk[txn] = frozenset()


class SameIds(Coordinator):
    def new_id(self) -> str:
        return "t1"


WITHOUT: dict[str, type[Node]] = {
    "the vote on disk first": VotesFirst,
    "the writes with the vote": ForgetsTheWrites,
    "waits after yes": DecidesAlone,
    "refuses after abort": NoTombstone,
    "counts who voted": CountsVotes,
    "one no is enough": IgnoresNo,
    "the decision on disk first": TellsFirst,
    "keeps it until all are done": ForgetsAtTheFirst,
    "new ids in each life": SameIds,
    "asks after a crash": NeverAsks,
}


def scenario(
    participants: int = 2,
    safeguards: frozenset[str] = ALL,
    *,
    unwilling: Iterable[str] = (),
    plans: int = 1,
    invariants: Iterable[Callable[..., bool | str]] = INVARIANTS,
    network: Network | None = None,
    seed: int = 0,
    until: float = 60.0,
) -> Scenario:
    """A node "coordinator" that begins one transaction, and participants "p1", "p2", ...

    Args:
        safeguards: those that are on; one may be off.
        unwilling: participants that vote no.
        plans: how many transactions the coordinator begins, one in each of its first lives.
        until: when a run ends at the latest, in seconds.

    Raises ValueError for an unknown safeguard, more than one that is off, another number of participants than 1 to 5.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    if participants not in range(1, len(PARTICIPANTS) + 1):
        raise ValueError(f"there are 1 to {len(PARTICIPANTS)} participants, not {participants!r}")
    names = PARTICIPANTS[:participants]
    if unknown := sorted(set(unwilling) - set(names)):
        raise ValueError(f"the participants are {', '.join(names)}; {unknown[0]!r} is none of them")
    coordinator, participant = (variant(kind, WITHOUT, off) for kind in (Coordinator, Participant))
    writes = tuple(((KEY, number + 1),) for number in range(plans))
    nodes: dict[str, Callable[[], Node]] = {COORDINATOR: lambda: coordinator(writes)}
    nodes |= {name: (lambda willing: lambda: participant(willing))(name not in unwilling) for name in names}
    return Scenario(nodes, network=network, seed=seed, invariants=invariants, until=until)


def without(safeguard: str) -> str:
    """Explores two participants with that safeguard switched off; what broke. KeyError for an unknown one."""
    lacking = of_safeguard(WITHOUT, safeguard)
    unwilling = ("p2",) if lacking in (CountsVotes, IgnoresNo) else ()
    plans = 2 if lacking is SameIds else 1
    system = scenario(2, ALL - {safeguard}, unwilling=unwilling, plans=plans)
    if lacking is NeverAsks:
        found = system.explore(crashes=1, always_possible=all_decided)
        return f"somebody is in doubt for ever ({found.stuck.in_steps})" if found.stuck else ""
    budgets = ({"crashes": 1}, {"losses": 1}, {"duplicates": 1})
    return next(filter(None, (what_broke(system.explore(timeouts=2, **budget)) for budget in budgets)), "")
