"""06.break_it: two participants that wait for a third, five minutes long."""

from course_lib.checks.answer import Answer
from course_lib.checks.question import Question, Wrong
from course_lib.checks.scripts import MISCONCEPTIONS, Attack
from course_lib.checks.two_phase_commit.blocking import LONG, TXN, bank, in_doubt
from course_lib.sim import Delay, Partition, Trace
from course_lib.transactions.committing import Decision, state_of

QUESTION = Question(
    "06.break_it",
    title="Break it: in doubt for five minutes",
    names=("script",),
    signature="script: list of faults",
    points=3,
    minutes=10,
    hints=(
        "In doubt is who has voted yes and has not heard the decision. Who knows it, and may it say so? Whoever has not voted yet can still abort, and then both know.",
        "It has to be committed, so both votes have to arrive; and no decision may. Look at bank().run(): at which moments do the votes arrive, and the decisions?",
        "The votes arrive at 0.02 s, and the decisions at 0.03 s. Between the two, cut the coordinator off from both participants, for more than 300 s. It lives, and nobody hears it.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "not-a-script": "A script is a list of faults, such as [Drop('p1>coordinator#1'), Crash('p2', at=2, until=3)].",
        "names-nothing": "A message is named by its link and its number there, 'p1>coordinator#1'. Run bank() without faults and look at the names.",
        "nobody-promised": "Nobody had voted yes, so nobody is in doubt: who has not promised may abort alone. Let the Prepare messages arrive.",
        "one-had-not-voted": "One of the two had not voted. When the other asked, it aborted and said so: that freed both. Let both vote.",
        "gives-up": "The coordinator lived and missed a vote: it gave up after 1 s, and told so. It is the one that must not be heard.",
        "asks-and-hears": "The decision was late or lost, but others knew it: who is in doubt asks, and is told. Nobody that can be asked may know.",
        "one-knows": "The coordinator had told one of the two before it was gone, and that one told the other. Neither may hear the decision.",
        "too-late": "The decision was out, and both were told. Neither may hear it.",
        "not-the-coordinator": "That struck a participant. The coordinator went on, decided, and told the other.",
        "only-one": "One was in doubt for long enough, the other was not: it was not cut off from who knows. Cut both off from the coordinator.",
        "not-committed": "In doubt they are; but nothing is decided, or not for long enough. The coordinator has to get both votes and write its commit down, and then nobody may hear of it.",
        "too-short": "That is the way, but the coordinator was heard again too soon. In doubt they are for as long as it is not.",
        "no-block": "Follow the trace: who had voted, who knew the decision, and whom could the others ask?",
    },
    right=(
        "It is true, and nobody who needs it can know it: the client may have been told, and both wait, locks held, until they ask a coordinator that hears them, and is heard. Nothing was wrong, and nothing crashed. To the two it looks the same as if nothing had been decided, so no rule of theirs could be safe. "
        "Think of next: would a third participant have helped? Would a second coordinator?"
    ),
)


def reason(trace: Trace) -> tuple[str, str]:
    """Why the two were not in doubt together for long enough."""
    one, other, both = in_doubt(trace, "p1"), in_doubt(trace, "p2"), in_doubt(trace, "p1", "p2")
    said = f"p1 was in doubt for {one:.4g} s, p2 for {other:.4g} s, both together for {both:.4g} s."
    return _reason(trace, max(one, other), both), said


def _reason(trace: Trace, longest: float, both: float) -> str:
    promised = {
        name
        for name in ("p1", "p2")
        if any(one.node == name and state_of(one.state, TXN) == "prepared" for one in trace.changes)
    }
    if len(promised) < 2:
        return "one-had-not-voted" if promised else "nobody-promised"
    struck = {event.node for event in trace.events if event.kind in ("crash", "pause")}
    is_cut = any(isinstance(fault, Partition) for fault in trace.faults)
    if both > 2 and ("coordinator" in struck or is_cut):
        return "too-short"
    if "coordinator" in struck:
        return _of_coordinator(trace)
    if struck:
        return "not-the-coordinator"
    if longest >= LONG:
        return "only-one"
    is_late = any(isinstance(fault, Delay) for fault in trace.faults)
    if not is_late and not any(event.kind == "drop" for event in trace.events):
        return "no-block"
    outcomes = {state_of(trace.nodes[name], TXN) for name in ("p1", "p2")}
    return "gives-up" if "aborted" in outcomes else "asks-and-hears"


def _of_coordinator(trace: Trace) -> str:
    """What it had said before it was gone."""
    gone = next(
        n for n, e in enumerate(trace.events) if e.node == "coordinator" and e.kind in ("crash", "pause")
    )
    told = {
        event.peer
        for event in trace.events[:gone]
        if event.kind == "send" and event.node == "coordinator" and isinstance(event.message, Decision)
    }
    return ("no-block", "one-knows", "too-late")[len(told)]


class Blocks(Attack):
    """No invariant breaks: two-phase commit stays right, and waits."""

    def add_rungs(self, question: Question) -> None:
        question.rung("a script that can be played")(self.can_be_played)
        question.rung("every fault hits something")(self.each_hits)
        question.rung(self.goal)(self.breaks)
        question.rung("although it is committed")(self.is_committed)
        question.rung("with one fault")(self.with_one)

    def succeeds(self, trace: Trace) -> bool:
        return in_doubt(trace, "p1", "p2") >= LONG

    def is_committed(self, script: Answer) -> None:
        self.breaks(script)
        _, trace = self.play(script)
        known = in_doubt(trace, "p1", "p2", committed=True)
        if known < LONG:
            both = in_doubt(trace, "p1", "p2")
            said = f"Both were in doubt together for {both:.4g} s, and for {known:.4g} s of these it was committed."
            raise Wrong("not-committed", said, script.last_call, trace=trace)

    def with_one(self, script: Answer) -> None:
        self.is_committed(script)
        super().with_one(script)


Blocks(
    bank,
    "bank()",
    "without a fault both are in doubt for 0.02 s.",
    "",
    f"both in doubt together for {LONG:g} s",
    reason,
).add_rungs(QUESTION)
