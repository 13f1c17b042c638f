"""The worlds of 07.acceptor: acceptors of the learner's class among the lesson's proposers; and one that is talked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from course_lib.sim import Event, Network, Node, Scenario, Trace
from course_lib.transactions.paxos import (
    ACCEPTORS,
    INVARIANTS,
    PROPOSERS,
    Accept,
    Accepted,
    Prepare,
    Promise,
    Proposer,
    Slot,
)

Talk = Sequence[tuple[str, str, int]]
"""Who says what, a second apart: ("ann", "prepare", 1), ("ann", "accept", 1). Each proposes its own name."""


def choosing(
    acceptor: Callable[[], Node],
    acceptors: int = 3,
    proposers: int = 2,
    network: Network | None = None,
    until: float = 20.0,
) -> Scenario:
    """Acceptors "a1", "a2", ..., each of which is `acceptor()`, and proposers "ann", "bob", who want their own name."""
    nodes: dict[str, Callable[[], Node]] = dict.fromkeys(ACCEPTORS[:acceptors], acceptor)
    for number, name in enumerate(PROPOSERS[:proposers], 1):
        nodes[name] = partial(Proposer, name, number, proposers)
    return Scenario(nodes, network=network, invariants=INVARIANTS, until=until)


class Speaker(Node):
    """Says its part of a talk, and listens."""

    def __init__(self, part: Sequence[tuple[int, str, int]]) -> None:
        self.part = tuple(part)

    def on_start(self) -> None:
        for after, what, ballot in self.part:
            self.set_timer(f"{after} {what} {ballot}", after)

    def on_timer(self, name: str) -> None:
        _, what, ballot = name.split()
        self.send("a1", Prepare(int(ballot)) if what == "prepare" else Accept(int(ballot), self.name))

    def on_message(self, sender: str, message: Any) -> None:
        pass


def interview(acceptor: Callable[[], Node], talk: Talk, pairs: bool = False) -> Scenario:
    """The node "a1", which is `acceptor()`, and those who talk to it: the n-th message is sent at n seconds.

    With `pairs` it is watched that each Promise pairs a ballot with the value that was proposed in it.
    """
    parts: dict[str, list[tuple[int, str, int]]] = {}
    for second, (name, what, ballot) in enumerate(talk, start=1):
        parts.setdefault(name, []).append((second, what, ballot))
    nodes: dict[str, Callable[[], Node]] = {"a1": acceptor}
    nodes |= {name: partial(Speaker, part) for name, part in parts.items()}
    return Scenario(nodes, invariants=[pairs_of(talk)] if pairs else [], until=len(talk) + 1.0)


def pairs_of(talk: Talk) -> Callable[[Any], bool | str]:
    """The invariant that what a Promise tells was proposed so. Where nothing was accepted, the value does not matter."""
    proposed = {ballot: name for name, what, ballot in talk if what == "accept"}

    def is_a_pair(world: Any) -> bool | str:
        for sender, _, message in world.messages:
            slot = message.slot if isinstance(message, Promise) else Slot()
            if isinstance(slot, Slot) and slot.ballot != -1 and proposed.get(slot.ballot) != slot.value:
                return f"{sender} tells of {slot.value!r} in ballot {slot.ballot}, and nobody proposed that there"
        return True

    return is_a_pair


# What an acceptor has to do with each message, by what it has done before


@dataclass(frozen=True)
class Heard:
    """A message that came to an acceptor, what it had promised and accepted before, and what it sent in that handler."""

    event: Event
    promised: int
    accepted: tuple[int, str]
    replies: tuple[tuple[Any, Any], ...]
    """To whom, and what."""

    @property
    def is_refused(self) -> bool:
        """A higher ballot was promised."""
        return bool(self.event.message.ballot < self.promised)

    @property
    def is_answered(self) -> bool:
        """The reply that counts is there, and of the ballot of the message."""
        return self.reply is not None and self.reply.ballot == self.event.message.ballot

    @property
    def reply(self) -> Any:
        """The reply that counts."""
        due = {Prepare: Promise, Accept: Accepted}[type(self.event.message)]
        said = [message for to, message in self.replies if to == self.event.peer and isinstance(message, due)]
        return said[0] if said else None

    def __str__(self) -> str:
        before = f"had promised {self.promised}" if self.promised else "had promised nothing"
        before += (
            f" and accepted {self.accepted[1]!r} in ballot {self.accepted[0]}" if self.accepted[1] else ""
        )
        said = " and ".join(f"{message!r} to {to}" for to, message in self.replies) or "nothing"
        event = self.event
        return f"at {event.time:g} s {event.node} {before}; {event.message!r} came from {event.peer}, and it sent {said}"


def heard(trace: Trace) -> Iterator[Heard]:
    """All that came to the acceptors."""
    promised: dict[str, int] = {}
    accepted: dict[str, tuple[int, str]] = {}
    for number, event in enumerate(trace.events):
        name = event.node
        if event.kind != "deliver" or not isinstance(event.message, Prepare | Accept):
            continue
        sent = _sent(trace, number)
        yield (one := Heard(event, promised.get(name, 0), accepted.get(name, (-1, "")), sent))
        if one.reply is not None:
            ballot = event.message.ballot
            promised[name] = max(ballot, promised.get(name, 0))
            if isinstance(event.message, Accept):
                accepted[name] = ballot, event.message.value


def _sent(trace: Trace, number: int) -> tuple[tuple[Any, Any], ...]:
    found: list[tuple[Any, Any]] = []
    for event in trace.events[number + 1 :]:
        if event.kind != "send" or event.node != trace.events[number].node:
            break
        found.append((event.peer, event.message))
    return tuple(found)


def promises(trace: Trace, *_: Any) -> bool | str:
    """A Prepare of a ballot above all before gets a Promise."""
    for one in heard(trace):
        if (
            isinstance(one.event.message, Prepare)
            and one.event.message.ballot > one.promised
            and not one.reply
        ):
            return str(one)
    return True


def of_its_ballot(trace: Trace, *_: Any) -> bool | str:
    """A reply names the ballot of the message that it answers."""
    for one in heard(trace):
        if one.reply and not one.is_answered and not one.is_refused:
            return str(one)
    return True


def promises_no_lower(trace: Trace, *_: Any) -> bool | str:
    """It has promised to take no part in lower ballots."""
    for one in heard(trace):
        if isinstance(one.event.message, Prepare) and one.is_refused and one.is_answered:
            return str(one)
    return True


def accepts(trace: Trace, *_: Any) -> bool | str:
    """What it has not promised to refuse it accepts, and says so."""
    for one in heard(trace):
        if isinstance(one.event.message, Accept) and not one.is_refused and not one.reply:
            return str(one)
    return True


def accepts_no_lower(trace: Trace, *_: Any) -> bool | str:
    """It keeps its promise."""
    for one in heard(trace):
        if isinstance(one.event.message, Accept) and one.is_refused and one.is_answered:
            return str(one)
    return True


def refuses_in_silence(trace: Trace, *_: Any) -> bool | str:
    """What it refuses gets no reply of any kind."""
    for one in heard(trace):
        if one.is_refused and any(to == one.event.peer for to, _ in one.replies):
            return str(one)
    return True


def tells_a_slot(trace: Trace, *_: Any) -> bool | str:
    """A Promise can be read."""
    for one in heard(trace):
        if isinstance(one.reply, Promise) and not isinstance(one.reply.slot, Slot):
            return str(one)
    return True


def tells_of_nothing(trace: Trace, *_: Any) -> bool | str:
    """Where it has accepted nothing, a Promise has no ballot. The value is of no interest then."""
    for one in heard(trace):
        if isinstance(one.reply, Promise) and one.accepted[0] == -1 != one.reply.slot.ballot:
            return str(one)
    return True


def tells_what_it_accepted(trace: Trace, *_: Any) -> bool | str:
    """A Promise holds what it has accepted last."""
    for one in heard(trace):
        told = one.reply.slot if isinstance(one.reply, Promise) and one.accepted[0] != -1 else None
        if told and (told.ballot, told.value) != one.accepted:
            return str(one)
    return True


def agreed(trace: Trace, *_: Any) -> bool | str:
    """Liveness: where little fails, each proposer learns what was chosen."""
    proposers = [name for name in trace.names if name in PROPOSERS]
    missing = [name for name in proposers if "chosen" not in trace.nodes[name].disk]
    return not missing or f"at {trace.end:g} s {missing[0]} has not seen anything chosen"


ENDINGS = (
    promises,
    of_its_ballot,
    promises_no_lower,
    accepts,
    accepts_no_lower,
    refuses_in_silence,
    tells_a_slot,
    tells_of_nothing,
    tells_what_it_accepted,
)
