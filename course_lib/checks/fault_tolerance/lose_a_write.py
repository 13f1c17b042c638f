"""10.lose_a_write: the primary dies, and with it a write that its client was told is done."""

from __future__ import annotations

from course_lib.checks.answer import Answer
from course_lib.checks.fault_tolerance.losses import alive, how, lost, of_node, promotion, reason, was_down
from course_lib.checks.fault_tolerance.modes import replicated
from course_lib.checks.hits import hits
from course_lib.checks.question import Question, Wrong
from course_lib.checks.scripts import MISCONCEPTIONS, Harm
from course_lib.replication.members import AGAIN
from course_lib.replication.views import PATIENCE
from course_lib.sim import Crash, Scenario, Trace


def played(mode: str) -> Scenario:
    """The system, in a run that goes on to its end: so each fault may strike, and what is lost is lost for good."""
    return replicated(mode, stops=False)


QUESTION = Question(
    "10.lose_a_write",
    title="Break it: lose what was acknowledged",
    names=("script",),
    signature="script: list of a Crash of the primary and at most one other fault",
    points=3,
    minutes=15,
    hints=(
        "Run replicated('async').run() and follow the first write: when does s1 answer ann, and when does the copy come to s2? In between s1 alone has it.",
        "What a process has sent before it crashes still arrives. So the crash has to come after the answer, and another fault has to keep the copy from s2, who will be promoted.",
        "s1 answers at 0.01 s, and the copy 's1>s2#1' would come at 0.06 s. Crash s1 at 0.03 s, and lose that copy, or cut s1 off from s2 from 0.03 s on.",
    ),
    misconceptions={
        **MISCONCEPTIONS,
        "not-a-script": "A script is a list of faults, such as [Crash('s1', at=2), Drop('ann>s1#3')].",
        "names-nothing": "A message is named by its link and its number there, 's1>s2#1'. Run replicated('async') without faults and look at the names.",
        "copy-arrives": "What a process has sent before it crashes is in the network, and arrives. s1 sends the copies together with its answer, so this crash alone loses nothing. Something has to keep the copy from the one who is promoted, until that one leads.",
        "unanswered": "Where there was no answer, nothing was promised: ann asks again, and the next primary does it. First the answer has to reach her, then s1 has to die.",
        "sent-again": f"The copy did not come, and s1 lived long enough to notice: after {AGAIN:g} s without an answer it sent its log again. Let it die before that.",
        "wrong-backup": "The one who was promoted had its copy. Keep it from that one: what the other backup has makes no difference, it takes over the log of the new primary.",
        "back-too-soon": f"s1 came back before anybody had missed it, with all that was on its disk, and led on. The view service suspects who is silent for {PATIENCE:g} s.",
        "nobody-follows": "As long as nobody leads without that write, it is not lost. Somebody has to be alive and in touch with the view service, and there has to be time for it.",
        "not-the-primary": "The primary has everything, and led on. It is the one that has to die.",
        "nobody-died": "The primary has everything, and led on. It has to die.",
        "only-suspected": "So the primary was replaced, and it had not died. That way, too, a write can be lost, though not by this script. Here it has to die.",
        "died-too-late": "So the crash is not why: the view service was wrong about s1, which was up. Question 8 is about that. Here s1 has to be down when another one is promoted.",
        "no-crash": "s1 did not die: the view service is wrong about it, and s1 does not know that. Question 8 is about that. Here s1 has to crash.",
        "more-than-needed": "A crash of s1 and one other fault are enough.",
        "not-in-the-others": "There ann is answered later, so her next write is later too, and messages have other times and other numbers. Strike her first write, which is at the same time everywhere, or let a cut last longer.",
    },
    right=(
        "That answer was a promise about a single disk. In semi-sync and sync ann is answered later, when it is about two disks, or three. The same faults struck there too: what ann was told is done was on the disk of one who could be promoted, and for the rest she had no answer, and asked again. "
        "Think of next: which of the three stands still, and for how long, if it is s3 that dies?"
    ),
    praise=lambda script: how(played("async").run(script.value)),
)


def drawn(trace: Trace) -> str:
    """The part of a run, as SVG, in which it is decided: around the first crash."""
    from course_lib.pictures import spacetime

    crashes = [event.time for event in trace.events if event.kind == "crash"]
    return spacetime(trace, around=min(crashes, default=None)).svg


class Loss(Harm):
    def succeeds(self, trace: Trace) -> bool:
        return bool(lost(trace))


LOSS = Loss(
    lambda: played("async"),
    'replicated("async", stops=False)',
    "without a fault nothing is lost.",
    "",
    "async: what was acknowledged is lost",
    reason,
    drawn,
)
QUESTION.rung(LOSS.goal)(LOSS.breaks)
QUESTION.rung("every fault hits something")(LOSS.each_hits)


@QUESTION.rung("with a crash of s1, which is why, and at most one other fault")
def _(script: Answer) -> None:
    LOSS.breaks(script)
    faults, trace = LOSS.play(script)
    promoted, crash = promotion(trace), of_node(trace, "crash", "s1")
    if not any(isinstance(fault, Crash) and fault.node == "s1" for fault in faults):
        wrong = Wrong("no-crash", f"It is lost: {how(trace)}")
    elif promoted and crash and not was_down(trace, "s1", promoted):
        wrong = Wrong("died-too-late", f"It is lost: {how(trace)} {alive(promoted, crash)}")
    elif len(faults) > 2:
        wrong = Wrong(
            "more-than-needed", f"It is lost: {how(trace)} But the script has {len(faults)} faults."
        )
    else:
        return
    wrong.replay, wrong.picture = f"{LOSS.name}.run({faults!r})", drawn(trace)
    raise wrong


@QUESTION.rung("semi-sync and sync: the same faults strike, and nothing is lost")
def _(script: Answer) -> None:
    LOSS.breaks(script)
    faults, _ = LOSS.play(script)
    for mode in ("semi-sync", "sync"):
        replay = f"replicated({mode!r}, stops=False).run({faults!r})"
        try:
            trace = played(mode).run(faults)
        except ValueError as error:
            said = f"With {mode!r} the script cannot be played: {str(error).rstrip('.')}."
            raise Wrong("not-in-the-others", said, replay, trace=played(mode).run()) from error
        idle = [fault for fault in faults if not hits(fault, trace, played(mode))]
        if idle or lost(trace):
            said = f"{idle[0]!r} changes nothing." if idle else how(trace)
            raise Wrong("not-in-the-others", f"With {mode!r}: {said}", replay, picture=drawn(trace))
