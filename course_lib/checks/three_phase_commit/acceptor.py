"""07.acceptor: one of those who remember, so that what a majority of them accepted stays so."""

from typing import Any

from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.three_phase_commit import acceptors
from course_lib.checks.three_phase_commit.choosing import ENDINGS, agreed, choosing, interview
from course_lib.checks.trials import Explore, Run, Setup
from course_lib.sim import Crash, Delay, Drop, Duplicate

QUESTION = Question(
    "07.acceptor",
    title="One of those who remember",
    names=("Acceptor",),
    signature="class Acceptor(Node): on_message(sender, message)",
    points=4,
    minutes=15,
    hints=(
        "Three things are on the disk: the highest ballot that it has promised, and the ballot and the value that it has accepted last, those two in one write. All are written before the reply.",
        "A Prepare counts if its ballot is above what is promised, an Accept if its ballot is not below that. To accept is to promise, too. All else gets no reply.",
        "Prepare: slot = self.disk.get('slot', paxos.Slot()); if ballot > slot.promised, write replace(slot, promised=ballot) and send paxos.Promise(ballot, slot). Accept: if ballot >= slot.promised, write paxos.Slot(ballot, ballot, value) and send paxos.Accepted(ballot).",
    ),
    misconceptions={
        "accepts-lower": "It had promised a higher ballot, and accepted a lower one. That proposer's value may now get a majority behind the other's back. Compare with what is promised.",
        "promises-lower": "It had promised a higher ballot. A lower one gets no promise any more, and no reply.",
        "accept-is-a-promise": "Who accepts in a ballot takes part in no lower one any more, also if it never heard the Prepare: raise what is promised.",
        "answers-the-refused": "It had promised a higher ballot. What it refuses gets no reply, of any kind.",
        "too-strict": "It refused what it had not promised to refuse. An Accept is refused only if its ballot is lower than what is promised: the same is accepted, and so is a higher one whose Prepare it missed.",
        "only-once": "An acceptor may accept in many ballots, one after the other; the rule for the value keeps them from differing where it matters.",
        "keeps-the-first": "What it accepted last counts, with its ballot: a proposer takes the value of the highest ballot.",
        "tells-nothing": "It had accepted a value, and the Promise does not say so. The new proposer believes that nothing was chosen, and changes it.",
        "ballot-without-value": "It had accepted nothing yet, and the slot in its Promise has a ballot. The proposer takes that for an accepted value. Where nothing was accepted, the ballot of the slot is -1: send the slot as it was before this Prepare.",
        "another-ballot": "The slot holds the ballot in which the value was accepted, not one that was promised since, or none. The proposer takes the value of the highest: with another ballot it takes the wrong one.",
        "promise-in-memory": "A crash took its promise, and then it broke it. What is promised has to be on the disk, before the Promise goes out.",
        "implied-in-memory": "To accept is to promise, and that promise was in memory only: a crash took it, and then a lower ballot was accepted. Write what is promised at an Accept as well.",
        "value-in-memory": "A crash took what it had accepted, and a majority had counted on it. It has to be on the disk, before the Accepted goes out.",
        "torn": "A crash came between two writes, and what is on the disk does not belong together: a ballot without its value, or with the value of another. Write ballot and value as one, under one key.",
        "tells-first": "The reply was out and the disk did not know of it. Write first, then tell.",
        "not-a-slot": "The second field of a Promise is a paxos.Slot: promised, ballot, value.",
        "silent": "Each Prepare of a higher ballot gets a Promise, each Accept that it need not refuse an Accepted. Without them no proposer ever has a majority.",
        "another-failure": "Follow the picture: what had each acceptor promised, and what had it accepted?",
    },
    right=(
        "What it says is on its disk, and it takes no word back. That is all it needs: one that was chosen by a majority is found by every majority after it. "
        "Think of next: two proposers that interrupt each other for ever keep all of these rules. What is missing?"
    ),
)


def talk(*said: tuple[str, str, int], faults: tuple[Any, ...] = ()) -> Run:
    return Run(Setup(interview, (list(said),)), faults, ENDINGS)


def run(*faults: Any, acceptors: int = 3, proposers: int = 2) -> Run:
    return Run(Setup(choosing, (acceptors, proposers)), faults, (*ENDINGS, agreed))


def every(number: int, **budget: int) -> Explore:
    return Explore(Setup(choosing, (number, 2)), {**budget, "timeouts": 0}, most=20_000)


def prepare(who: str, ballot: int) -> tuple[str, str, int]:
    return who, "prepare", ballot


def accept(who: str, ballot: int) -> tuple[str, str, int]:
    return who, "accept", ballot


TWO_VALUES = [accept("ann", 1), accept("bob", 2), prepare("cem", 3)]
every_crash = Explore(Setup(interview, (TWO_VALUES,), {"pairs": True}), {"crashes": 1}, most=20_000)

protocol = Protocol(
    QUESTION,
    acceptors.MISTAKES,
    {
        "one_value": "another-failure",
        "promises": "silent",
        "of_its_ballot": "another-ballot",
        "promises_no_lower": "promises-lower",
        "refuses_in_silence": "answers-the-refused",
        "tells_of_nothing": "ballot-without-value",
        "is_a_pair": "torn",
        "accepts": "too-strict",
        "accepts_no_lower": "accepts-lower",
        "tells_a_slot": "not-a-slot",
        "tells_what_it_accepted": "tells-nothing",
        "agreed": "another-failure",
    },
)
protocol.rung(
    "one proposer",
    talk(prepare("ann", 1), accept("ann", 1)),
    run(acceptors=1, proposers=1),
    run(proposers=1),
)
protocol.rung(
    "a lower ballot comes late",
    talk(prepare("bob", 2), accept("ann", 1), prepare("ann", 1), accept("bob", 2)),
    talk(prepare("ann", 5), prepare("bob", 4), accept("bob", 4), prepare("bob", 6), accept("ann", 5)),
    talk(accept("bob", 4), prepare("ann", 3), accept("ann", 3)),
)
protocol.rung(
    "what was accepted is told",
    talk(prepare("ann", 1), accept("ann", 1), prepare("bob", 4)),
    talk(accept("ann", 3), prepare("bob", 4), prepare("cem", 8)),
    talk(accept("ann", 1), accept("bob", 2), prepare("cem", 9), accept("cem", 9), prepare("ann", 10)),
)
PROMISED = (prepare("bob", 2), accept("ann", 1), prepare("ann", 1), prepare("ann", 3))
ACCEPTED = (prepare("ann", 1), accept("ann", 1), prepare("bob", 2), accept("bob", 2))
protocol.rung(
    "it crashes, and is back",
    talk(*PROMISED, faults=(Crash("a1", at=1.5, until=1.6),)),
    talk(*PROMISED, faults=(Crash("a1", after="a1>bob#1", until=1.6),)),
    talk(*ACCEPTED, faults=(Crash("a1", at=2.5, until=2.6),)),
    talk(*ACCEPTED, faults=(Crash("a1", after="a1>ann#2", until=2.6),)),
    talk(accept("bob", 4), accept("ann", 3), faults=(Crash("a1", at=1.5, until=1.6),)),
)
protocol.rung(
    "two proposers",
    run(),
    run(Drop("bob>a1#1"), Crash("a2", at=0.015, until=0.016)),
    run(Delay("ann>a1#2", by=0.5), Delay("ann>a2#2", by=0.5)),
    run(Crash("a3", at=0.025, until=3), Duplicate("ann>a1#1", after=0.5)),
)
protocol.rung("every schedule", every(2))
protocol.rung("every schedule with a crash", every(1, crashes=1), every_crash)
