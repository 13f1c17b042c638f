"""07.break_it: each version of three-phase commit split, by what it does not assume to happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.question import Question, Wrong
from course_lib.checks.scripts import MISCONCEPTIONS, Attack
from course_lib.checks.three_phase_commit.splits import alone, together
from course_lib.sim import Crash, Delay, Drop, Duplicate, Fault, Partition, Trace
from course_lib.transactions.committing import state_of
from course_lib.transactions.precommitting import COORDINATOR, TXN, PreCommit
from course_lib.transactions.two_phase import PARTICIPANTS

QUESTION = Question(
    "07.break_it",
    title="Break it: both versions",
    names=("one_crash", "on_messages"),
    signature="one_crash: list of a Crash; on_messages: list of one or two of Partition, Delay, Drop, Duplicate",
    points=3,
    minutes=10,
    hints=(
        "Prepared ones abort and precommitted ones commit, so somebody must be the one and another the other when they stop hearing from the coordinator. When is that so in a run without faults?",
        "Crash('coordinator', after='coordinator>p1#1') strikes between two messages of one loop: look for the loop that sends PreCommit. With a successor the two groups must also take each other for dead.",
        "The PreCommit messages are sent at 0.02 s and arrive at 0.03 s. Cut the network between the two, so that the coordinator and p1 are on one side, and p2 and p3 on the other.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "not-a-script": "A script is a list of faults, such as [Crash('p1', at=0.5)].",
        "more-than-needed": "One crash is enough.",
        "not-a-crash": "Here only crashes are allowed. This version does not even stand that.",
        "not-on-messages": "Here no node may fail: take Partition, Delay, Drop or Duplicate.",
        "more-than-two": "Two faults are enough.",
        "not-the-coordinator": "That struck a participant. The coordinator went on, and told the others. Strike the one they wait for.",
        "nobody-was-told": "It died before its first PreCommit left: all were prepared, and all aborted. k = 0 does not split.",
        "all-were-told": "All were told to move before it died: all were precommitted, and all committed. k = n does not split.",
        "all-abort": "A vote came too late, or never, and the coordinator gave up: all have aborted. What is late must not be missed by the coordinator for good.",
        "still-in-touch": "Who missed something asked, and was told: to wait, or the decision. Nobody was taken for dead. Something else must not get through.",
        "too-early": "At that time nobody was precommitted, on either side: all who had voted aborted. Cut when some have been told to move.",
        "too-late": "At that time all were precommitted, on both sides: all committed. Cut before the last has been told to move.",
        "isolates-the-coordinator": "The coordinator alone is on one side, and the others hear each other and decide together. A cut at this moment leaves both sides with nothing to differ in: its PreCommit messages were not yet sent, or have all arrived. Look for another moment, or part the participants.",
        "heals-too-soon": "They came together again before both sides had decided. Let it last longer than their patience, which is a few seconds.",
        "no-split": "Follow the trace: who was prepared, who precommitted, and who took whom for dead?",
    },
    right=(
        "Between the first and the last PreCommit some are in one state and some in the other. Who decides alone splits there on a crash; who asks the living splits there when two groups are all the living they know. "
        "Think of next: which of your two scripts would split two-phase commit, and which Paxos Commit? Try them."
    ),
)


@dataclass(frozen=True)
class Split(Attack):
    """Of the two scripts the one at this place, which may have so many faults of these kinds."""

    place: int = 0
    kinds: tuple[type[Fault], ...] = ()
    others: str = ""
    """The misconception's id of another kind."""
    most: int = 1
    too_many: str = "more-than-needed"

    def add_rungs(self, question: Question) -> None:
        name = question.names[self.place]
        rungs: dict[str, Callable[[Answer], Any]] = {
            "a script that can be played": self.can_be_played,
            "every fault hits something": self.each_hits,
            self.goal: self.breaks,
        }
        for rung, judge in rungs.items():
            question.rung(f"{name}: {rung}")(partial(self._judge, judge))

    def _judge(self, judge: Callable[[Answer], Any], *answers: Answer) -> None:
        judge(answers[self.place])

    def breaks(self, script: Answer) -> None:
        faults, trace = self.play(script)
        if strangers := [fault for fault in faults if not isinstance(fault, self.kinds)]:
            raise Wrong(self.others, f"{strangers[0]!r} is in it.", self._replay(faults), trace=trace)
        if len(faults) > self.most:
            said = f"The script has {len(faults)} faults."
            raise Wrong(self.too_many, said, self._replay(faults), trace=trace)
        super().breaks(script)

    def succeeds(self, trace: Trace) -> bool:
        return trace.violated in ("all_agree", "as_the_coordinator_told")


def ended(trace: Trace) -> str:
    """`The coordinator committed, p1 and p2 aborted.`"""
    told = [
        f"{name} {state_of(trace.nodes[name], TXN) or 'without a record'}"
        for name in (COORDINATOR, *PARTICIPANTS)
        if name in trace.nodes
    ]
    return f"In the end: {', '.join(told)}."


def of_a_crash(trace: Trace) -> tuple[str, str]:
    """Why a crash did not split the version that decides alone."""
    first = next(number for number, event in enumerate(trace.events) if event.kind == "crash")
    if trace.events[first].node != COORDINATOR:
        return "not-the-coordinator", ended(trace)
    told = sum(
        event.kind == "send" and isinstance(event.message, PreCommit) for event in trace.events[:first]
    )
    return ("all-were-told" if told else "nobody-was-told"), ended(trace)


def of_messages(trace: Trace) -> tuple[str, str]:
    """Why it is one outcome everywhere, though messages were late, lost or cut off."""
    return _of_messages(trace), ended(trace)


def _of_messages(trace: Trace) -> str:
    cuts = [fault for fault in trace.faults if isinstance(fault, Partition)]
    if cuts:
        return _of_a_cut(trace, cuts[0])
    if not any(isinstance(fault, Delay | Drop) for fault in trace.faults):
        return "no-split"
    outcomes = {state_of(trace.nodes[name], TXN) for name in (COORDINATOR, "p1", "p2", "p3")}
    return "all-abort" if "committed" not in outcomes else "still-in-touch"


def _of_a_cut(trace: Trace, cut: Partition) -> str:
    moves = [e for e in trace.events if isinstance(e.message, PreCommit) and COORDINATOR in (e.node, e.peer)]
    sent, arrived = ([event.time for event in moves if event.kind == kind] for kind in ("send", "deliver"))
    is_between = bool(sent) and not (len(arrived) == len(sent) and cut.at > arrived[-1])
    if is_between:
        return "no-split" if cut.until is None else "heals-too-soon"
    if {COORDINATOR} in map(set, cut.groups):
        return "isolates-the-coordinator"
    return "too-late" if sent else "too-early"


SPLITS = (
    Split(
        alone,
        "alone()",
        "without a fault all commit.",
        "",
        "one commits and another aborts",
        of_a_crash,
        place=0,
        kinds=(Crash,),
        others="not-a-crash",
    ),
    Split(
        together,
        "together()",
        "without a fault all commit.",
        "",
        "one commits and another aborts, and no node fails",
        of_messages,
        place=1,
        kinds=(Partition, Delay, Drop, Duplicate),
        others="not-on-messages",
        most=2,
        too_many="more-than-two",
    ),
)
for split in SPLITS:
    split.add_rungs(QUESTION)
