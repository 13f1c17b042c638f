"""04.lost_update: a counter that refuses late writes, and loses an update all the same."""

from course_lib.checks.answer import Answer
from course_lib.checks.question import Question, Wrong
from course_lib.checks.scripts import MISCONCEPTIONS, Attack
from course_lib.locks import leases
from course_lib.locks.lending import Read, Stale, Value, Write, Written
from course_lib.sim import Scenario, Trace

QUESTION = Question(
    "04.lost_update",
    title="Break it: lose an update behind a fence",
    names=("update_script",),
    signature="update_script: list of faults",
    points=2,
    minutes=10,
    hints=(
        "Both must read the same number, and both writes must be taken. In which order do two reads and two writes have to come, and with which tokens?",
        "ann (1) reads, bob (2) reads, ann writes, bob writes. ann's write is late, but the counter has not seen bob's token yet. When does bob get the lock, and how long does he work?",
        "bob reads a little after 10 s and writes four seconds later. Let ann's write, 'ann>counter#2', arrive in between.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "refused": "The late write came after another's write, whose higher token the counter had seen: so it was refused. It has to come before.",
        "in-time": "Each read came after the write before it, and saw it. The other has to read while the first write is still to come.",
        "lost": "A write that is lost is not taken, and does not count. It has to arrive, late.",
        "never-arrives": "A write was still on its way when the run ended, at 60 s.",
        "crash-forgets": "A worker that crashes has forgotten what it read. It comes back and reads anew. A pause forgets nothing.",
        "written-twice": "That is one write twice. Both workers' writes must be taken.",
        "nothing-lost": "Follow the trace: what had each worker read when it wrote?",
    },
    right=(
        "Both writes came in the order of their tokens, so the fence let both pass; and the second was made from what was read before the first. Reads that register their token close the gap: the same script does no harm to leases.scenario(workers=2). "
        "Think of next: could the counter do without tokens, if a write said which value it was made from?"
    ),
)


def writes_only() -> Scenario:
    return leases.scenario(leases.ALL - {"fenced reads"}, workers=2)


def reason(trace: Trace) -> tuple[str, str]:
    """Why no update was lost."""
    events = trace.events
    for event in events:
        if event.kind == "send" and isinstance(event.message, Stale):
            return "refused", f"At {event.time:g} s the counter refused {event.peer}'s write."
    crashes = [event for event in events if event.kind == "crash" and event.node not in ("lock", "counter")]
    if crashes:
        return "crash-forgets", f"{crashes[0].node} crashed at {crashes[0].time:g} s."
    for event in events:
        if event.kind == "drop" and isinstance(event.message, Read | Value | Write):
            return "lost", f"{event.id}, {event.message!r}, was lost."
    wrote = [event for event in events if isinstance(event.message, Write)]
    came = [event for event in wrote if event.kind == "deliver"]
    if len(came) < sum(event.kind == "send" for event in wrote):
        return "never-arrives", "One write did not arrive."
    reads = [event for event in events if event.kind == "deliver" and isinstance(event.message, Read)]
    if came and reads and max(came[0].time, 0) < reads[-1].time:
        return (
            "in-time",
            f"{came[0].peer}'s write came at {came[0].time:g} s, and {reads[-1].peer} read at {reads[-1].time:g} s.",
        )
    return "nothing-lost", "No update was lost."


class StaleRead(Attack):
    """The update must be lost because a read was out of date, which fenced reads prevent: not because a write came twice."""

    def breaks(self, script: Answer) -> None:
        super().breaks(script)
        faults, trace = self.play(script)
        told = [event for event in trace.events if isinstance(event.message, Written)]
        *_, last, this = [event.peer for event in told if event.kind == "send"]
        fenced = leases.scenario(workers=2).run(faults)
        if last == this or fenced.violated:
            said = f"It breaks: {trace.reason}. The last two of them came from {last} and {this}."
            if fenced.violated:
                said += f" And where reads are fenced it breaks too: {fenced.reason}."
            raise Wrong("written-twice", said, self._replay(faults), trace=trace)


StaleRead(
    writes_only,
    "writes_only",
    "without a fault each reads what the other wrote.",
    "no_update_lost",
    "an update is lost",
    reason,
).add_rungs(QUESTION)
