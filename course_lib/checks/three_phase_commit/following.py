"""The world of 07.participant: the lesson's coordinator and successors, and among them the learner's participant "p2"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Event, Network, Node, Scenario, Trace
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import TXN, Acknowledge, Coordinator, PreCommit
from course_lib.transactions.succeeding import InState, Successor, WhichState
from course_lib.transactions.three_phase import IN_DOUBT

YOURS = "p2"
WRITES = (("balance", 1),)
LINE = ("coordinator", "p1", "p3")
"""In this order they lead."""
STATES = (*IN_DOUBT, "committed", "aborted")


def following(
    participant: Callable[[bool], Node],
    willing: bool = True,
    participants: int = 2,
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """The nodes "coordinator", "p1", and "p2", which is `participant(willing)`; with three participants also "p3"."""
    nodes: dict[str, Callable[[], Node]] = {
        "coordinator": lambda: Coordinator(WRITES),
        "p1": Successor,
        YOURS: lambda: participant(willing),
    }
    if participants == 3:
        nodes["p3"] = Successor
    return Scenario(nodes, network=network, invariants=INVARIANTS, until=until)


def readable(world: Any) -> bool | str:
    """The disk says what was promised in the way that was asked for."""
    disk = world.nodes[YOURS].disk
    if TXN in disk and not (isinstance(disk[TXN], Record) and disk[TXN].state in STATES):
        return (
            f"p2's disk has {disk[TXN]!r} under {TXN!r}; it had to be a Record that is {' or '.join(STATES)}"
        )
    return True


def vote_is_recorded(world: Any) -> bool | str:
    """A yes is out, and the disk knows of it."""
    if TXN in world.nodes[YOURS].disk or (YOURS, "coordinator", Vote(TXN, True)) not in world.messages:
        return True
    return "p2 has voted yes, and there is no record of it"


def move_is_recorded(world: Any) -> bool | str:
    """An Acknowledge is out, and the disk knows of the move."""
    state = state_in(world.nodes[YOURS].disk)
    if state not in (None, "prepared"):
        return True
    said = any(sender == YOURS and message == Acknowledge(TXN) for sender, _, message in world.messages)
    return not said or f"p2 has acknowledged, and on its disk it is {state}"


def agree(world: Any) -> bool | str:
    """AC1 and AC3: nobody commits what another aborts, or has not promised. The disks count, the coordinator's too."""
    states = {name: state_in(world.nodes[name].disk) for name in world.nodes}
    committed = [name for name, state in states.items() if state == "committed"]
    for name, state in states.items() if committed else ():
        if state == "aborted":
            return f"{committed[0]} has committed {TXN}, and {name} has aborted it"
        if state is None:
            return f"{committed[0]} has committed {TXN}, which {name} never promised"
    return True


def stays(before: Any, after: Any) -> bool | str:
    """AC2: what p2 has decided stays decided."""
    state, new = (state_in(world.nodes[YOURS].disk) for world in (before, after))
    if state in ("committed", "aborted") and new != state:
        return f"p2 had {state} {TXN}, and now it is {new} there"
    return True


INVARIANTS = (readable, agree, stays, vote_is_recorded, move_is_recorded)


# What has to hold when all is over


@dataclass(frozen=True)
class Heard:
    """A message that came to p2, what was on its disk before and after, and what it sent in that handler."""

    event: Event
    before: str | None
    after: str | None
    was_down: bool
    leader: str
    """Whom it follows."""
    replies: tuple[tuple[Any, Any], ...]
    """To whom, and what."""

    @property
    def is_late(self) -> bool:
        """It comes from a leader that another has succeeded."""
        return str(self.event.peer) in LINE[: LINE.index(self.leader)]

    @property
    def is_moved(self) -> bool:
        """It was in doubt, and a PreCommit changed that state, or was acknowledged."""
        return (
            isinstance(self.event.message, PreCommit)
            and self.before in IN_DOUBT
            and (self.before != self.after or self.answered(Acknowledge))
        )

    def answered(self, *due: type) -> bool:
        return any(to == self.event.peer and isinstance(message, due) for to, message in self.replies)

    def __str__(self) -> str:
        down = ", having been down," if self.was_down else ""
        said = " and ".join(f"{message!r} to {to}" for to, message in self.replies) or "nothing"
        return (
            f"{self.event.message!r} came from {self.event.peer} at {self.event.time:g} s, "
            f"p2 was {self.before or 'without a record'}{down}, and sent {said}"
        )


def heard(trace: Trace) -> Iterator[Heard]:
    """All that came to p2, but for what a crash interrupted."""
    was_down, leader = False, "coordinator"
    for number, event in enumerate(trace.events):
        if event.node != YOURS:
            continue
        before = state_in(trace.states_after(number)[YOURS].disk)
        if event.kind == "restart":
            was_down, leader = before is not None, "coordinator"
        if event.kind == "deliver":
            sent = _sent(trace, number)
            after = state_in(trace.states_after(number + 1 + len(sent or ()))[YOURS].disk)
            if sent is not None:
                yield Heard(event, before, after, was_down, leader, sent)
            if isinstance(event.message, WhichState) and not was_down:
                leader = str(event.peer)


def _sent(trace: Trace, number: int) -> tuple[tuple[Any, Any], ...] | None:
    """What p2 sent in the handler of that event; None where a crash interrupted it."""
    found: list[tuple[Any, Any]] = []
    for event in trace.events[number + 1 :]:
        if event.kind != "send" or event.node != YOURS:
            return None if (event.kind, event.node) == ("crash", YOURS) and event.note else tuple(found)
        found.append((event.peer, event.message))
    return tuple(found)


def votes(trace: Trace) -> bool | str:
    """The first Prepare gets the vote that p2 was made for."""
    for one in heard(trace):
        if isinstance(one.event.message, Prepare) and one.before is None and not one.answered(Vote):
            return str(one)
    return True


def votes_the_same(trace: Trace) -> bool | str:
    """A Prepare that comes again gets the same vote; after an abort it is no."""
    for one in heard(trace):
        due = one.event.peer, Vote(TXN, one.before != "aborted")
        if isinstance(one.event.message, Prepare) and one.before is not None and due not in one.replies:
            return str(one)
    return True


def votes_no(trace: Trace) -> bool | str:
    """What the world asks of one that is not willing."""
    said = [e.message for e in trace.events if e.kind == "send" and e.node == YOURS]
    return Vote(TXN, True) not in said or "p2 is Participant(False), and it voted yes"


def acknowledges(trace: Trace) -> bool | str:
    """The PreCommit of the leader that it follows moves it, and is acknowledged."""
    for one in heard(trace):
        is_due = one.before in IN_DOUBT and not one.was_down and not one.is_late
        if isinstance(one.event.message, PreCommit) and is_due and not one.answered(Acknowledge):
            return str(one)
    return True


def only_moves(trace: Trace) -> bool | str:
    """At a PreCommit nothing is committed yet."""
    for one in heard(trace):
        if isinstance(one.event.message, PreCommit) and one.before in IN_DOUBT and one.after == "committed":
            return f"{one}; and then it was committed"
    return True


def heeds_the_newest(trace: Trace) -> bool | str:
    """The PreCommit of a leader that another has succeeded moves nothing."""
    for one in heard(trace):
        if one.is_moved and one.is_late and not one.was_down:
            return f"{one}; it had told {one.leader} before that it was {one.before}"
    return True


def stays_as_it_was(trace: Trace) -> bool | str:
    """Who was down, and is in doubt, is moved by nobody."""
    for one in heard(trace):
        if one.is_moved and one.was_down:
            return str(one)
    return True


def tells_its_state(trace: Trace) -> bool | str:
    """Who leads gets the state, or the decision."""
    for one in heard(trace):
        if isinstance(one.event.message, WhichState) and not (one.was_down and one.before in IN_DOUBT):
            if one.before in IN_DOUBT and (one.event.peer, InState(TXN, str(one.before))) not in one.replies:
                return str(one)
            if one.before not in IN_DOUBT and not one.answered(Decision):
                return str(one)
    return True


def only_asks_when_back(trace: Trace) -> bool | str:
    """Who was down, and is in doubt, has no state to tell."""
    for one in heard(trace):
        if one.was_down and one.answered(InState):
            return str(one)
    return True


def helps(trace: Trace) -> bool | str:
    """Who knows the decision tells it, and so does who can still refuse."""
    for one in heard(trace):
        if isinstance(one.event.message, Ask) and one.before not in IN_DOUBT and not one.answered(Decision):
            return str(one)
    return True


def guesses_nothing(trace: Trace) -> bool | str:
    """Who is in doubt tells no decision."""
    for one in heard(trace):
        if isinstance(one.event.message, Ask) and one.before in IN_DOUBT and one.answered(Decision):
            return str(one)
    return True


def keeps_what_it_told(trace: Trace) -> bool | str:
    """An abort that it told is on its disk."""
    for one in heard(trace):
        if one.answered(Decision) and one.after is None:
            return f"{one}; its disk has no record of that"
    return True


def all_settled(trace: Trace) -> bool | str:
    """Liveness: p2 is not in doubt in the end."""
    state = state_in(trace.nodes[YOURS].disk)
    return state not in IN_DOUBT or f"the run ends at {trace.end:g} s, and p2 is still {state}"


def committed(trace: Trace) -> bool | str:
    """Where nothing fails."""
    state = state_in(trace.nodes[YOURS].disk)
    return (
        state == "committed"
        or f"at {trace.end:g} s p2 had {state} {TXN}; all were willing and nothing failed"
    )


def is_quiet(trace: Trace) -> bool | str:
    """Who is not in doubt does not ask."""
    late = [e for e in trace.events if e.node == YOURS and e.kind in ("timer", "send") and e.time > 15]
    return not late or f"at {late[-1].time:g} s p2 is still busy, and all was decided long ago"


def state_in(disk: Any) -> str | None:
    """What the disk says of the transaction."""
    return disk[TXN].state if TXN in disk else None
