"""07.participant: a participant of three-phase commit that follows whoever leads."""

from dataclasses import replace
from typing import Any

from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.three_phase_commit import followers, tellers
from course_lib.checks.three_phase_commit.following import (
    acknowledges,
    all_settled,
    committed,
    following,
    guesses_nothing,
    heeds_the_newest,
    helps,
    is_quiet,
    keeps_what_it_told,
    only_asks_when_back,
    only_moves,
    stays_as_it_was,
    tells_its_state,
    votes,
    votes_no,
    votes_the_same,
)
from course_lib.checks.trials import Explore, Run, Setup
from course_lib.sim import Crash, Delay, Duplicate

QUESTION = Question(
    "07.participant",
    title="Follow the leader",
    names=("Participant",),
    signature="class Participant(Node): __init__(willing: bool); on_start(); on_message(sender, message); on_timer(name)",
    points=4,
    minutes=25,
    hints=(
        "There are five states: no record, prepared, precommitted, committed, aborted; and two things to remember besides: whether it was down, and whom it follows. Write down what each message does in each of them.",
        "PreCommit counts only if it is in doubt, was not down, and follows the sender or somebody before it: write, then acknowledge. WhichState: from now on follow the sender, and tell the state. What is decided stays.",
        "on_start: self.was_down = 't1' in self.disk; self.leader = 'coordinator'. As names are compared, 'coordinator' < 'p1' < 'p3': a PreCommit counts if sender >= self.leader. In doubt, on_start and on_timer send an Ask to all of self.peers, and set the timer again.",
    ),
    misconceptions={
        "vote-first": "The yes was out and the record was not. Write first, then vote.",
        "acknowledges-first": "The coordinator counts on the move when it hears of it. After this crash it is not so: write first, then acknowledge.",
        "moves-in-memory": "It has acknowledged the PreCommit, and its disk does not say precommitted. The others commit because it has moved: so write it, before the Acknowledge.",
        "no-acknowledgement": "A PreCommit from the leader moves a participant that is in doubt, and has to be acknowledged: who does not is taken for dead.",
        "commits-at-precommit": "Precommitted is not committed: others may still be prepared, and their leader would abort. Commit when the Decision comes.",
        "late-precommit": "It had decided, and a PreCommit came late: from a dead coordinator, say. What is decided stays decided.",
        "heeds-the-dead": "It has told its state to a new leader, which counts on it. A PreCommit from any leader before that one comes too late, from p1 too once p3 leads: ignore it.",
        "aborts-the-precommitted": "It was precommitted, heard nothing, and aborted. The others may have committed: they were told that it had moved. In doubt it only asks.",
        "commits-the-prepared": "It was prepared, heard nothing, and committed. Not all need have voted yes; and who leads may abort. In doubt it only asks.",
        "decides-alone": "It heard nothing and decided from its own state. The others do not know of that, and decide together, otherwise. In doubt it only asks: who leads will tell it.",
        "decides-when-back": "It was down, and the others have decided without it. What it knew then may be out of date: it asks, and decides nothing by itself.",
        "tells-when-back": "It was down, and in between a leader has taken it for dead and decided without it. Its state is from before that: it tells nobody, and asks.",
        "moves-when-back": "It was down, and in between a leader may have taken it for dead and decided without it. A PreCommit counts no more, whoever sent it: it says nothing, and asks.",
        "silent-to-successors": "A new leader asked for its state, and got no answer: now it counts as dead. Who is in doubt tells its state; who has decided, or has no record and so aborts, the Decision.",
        "never-asks": "It is in doubt and nobody tells it. It has to ask: 1 s after it voted, and when it is back after a crash.",
        "asks-once": "Nobody may know it yet at the first question. Set the timer again each time, as long as it is in doubt.",
        "asks-for-ever": "It is not in doubt any more, and still its timer fires. Let the timer end.",
        "asks-one": "It asked only one of them, and that one is dead, or does not know. Any of the others may have decided: ask all.",
        "helps-nobody": "It was asked, and it knew the decision, or had no record and could still abort. It has to tell.",
        "helps-and-forgets": "It told another that it aborts, and kept no record of that. Write first.",
        "guesses": "It is in doubt itself, and told another a decision. Who does not know says nothing.",
        "another-vote": "A Prepare came a second time. It had voted already, and a vote does not change: yes, unless it has aborted.",
        "promises-anyway": "Participant(False) is not willing: it votes no, and writes down that it aborts.",
        "not-a-record": "self.disk['t1'] has to be a Record.",
        "another-failure": "Follow the picture: what was on the disk of p2, whom did it follow, and had it been down?",
    },
    right=(
        "It does what the one who leads says, tells only what is so and on its disk, and when it was down it knows that it does not know. Exploration went through every schedule with a crash in which silence means death. "
        "Think of next: in which line of yours would the network have to be asked whether the sender is really dead?"
    ),
)

ENDINGS = (
    votes,
    votes_the_same,
    only_moves,
    acknowledges,
    heeds_the_newest,
    stays_as_it_was,
    tells_its_state,
    only_asks_when_back,
    helps,
    guesses_nothing,
    keeps_what_it_told,
    all_settled,
    is_quiet,
)


def run(*faults: Any, endings: Any = ENDINGS, **options: Any) -> Run:
    return Run(Setup(following, options=options), faults, endings)


protocol = Protocol(
    QUESTION,
    [*followers.MISTAKES, *tellers.MISTAKES],
    {
        "readable": "not-a-record",
        "agree": "another-failure",
        "stays": "late-precommit",
        "vote_is_recorded": "vote-first",
        "move_is_recorded": "moves-in-memory",
        "votes": "another-failure",
        "votes_the_same": "another-vote",
        "votes_no": "promises-anyway",
        "acknowledges": "no-acknowledgement",
        "only_moves": "commits-at-precommit",
        "heeds_the_newest": "heeds-the-dead",
        "stays_as_it_was": "moves-when-back",
        "tells_its_state": "silent-to-successors",
        "only_asks_when_back": "tells-when-back",
        "helps": "helps-nobody",
        "guesses_nothing": "guesses",
        "keeps_what_it_told": "helps-and-forgets",
        "all_settled": "never-asks",
        "committed": "another-failure",
        "is_quiet": "asks-for-ever",
    },
)
protocol.rung(
    "nothing fails",
    run(endings=(*ENDINGS, committed)),
    run(endings=(votes_no, *ENDINGS), willing=False),
    run(endings=(*ENDINGS, committed), participants=3),
)


def late(first: float, second: float) -> tuple[Delay, Delay]:
    """The PreCommit to p1 and that to p2 come so much later."""
    return Delay("coordinator>p1#2", by=first), Delay("coordinator>p2#2", by=second)


DEAD = Crash("coordinator", at=0.015)  # both votes are on their way
TOLD_P1 = Crash("coordinator", after="coordinator>p1#2")
TOLD_BOTH = Crash("coordinator", after="coordinator>p2#2")
COMMITTED = Crash("coordinator", after="coordinator>p1#3")  # it has decided, and p2 does not hear of it

protocol.rung(
    "the coordinator dies, and p1 leads",
    run(DEAD),
    run(Crash("coordinator", after="coordinator>p1#1")),
    run(Crash("coordinator", after="coordinator>p2#1"), Delay("coordinator>p2#1", by=1.5)),
    run(TOLD_P1),
    run(TOLD_BOTH),
    run(TOLD_BOTH, Delay("coordinator>p1#2", by=9)),
    run(Crash("coordinator", after="coordinator>p2#3"), Delay("coordinator>p1#3", by=9)),
)
protocol.rung(
    "p1 dies, or knows more",
    run(Crash("p1", at=0.005)),
    run(Crash("p1", at=0.025)),
    run(Crash("p1", at=0.015, until=0.5)),
    run(COMMITTED),
    run(replace(COMMITTED, until=0.5), Crash("p1", at=0.045)),
    run(replace(COMMITTED, until=6), Crash("p1", at=0.045)),
    run(Crash("coordinator", at=0.045), Crash("p1", at=0.045, until=5)),
    run(Crash("coordinator", after="coordinator>p1#1"), Crash("p1", at=0.5, until=5)),
)
protocol.rung(
    "a PreCommit comes late",
    run(Duplicate("coordinator>p2#2", after=0.5), endings=(*ENDINGS, committed)),
    run(Crash("coordinator", at=0.025), *late(9, 2)),
    run(Crash("coordinator", at=0.025), *late(9, 3)),
    run(Crash("coordinator", at=0.025), Delay("coordinator>p2#2", by=3)),
    run(Duplicate("coordinator>p2#1", after=0.5), endings=(*ENDINGS, committed)),
    # p1 leads, and dies as it moves the others; p3 leads, and what p1 told p2 comes after p2 has answered p3
    run(
        TOLD_P1,
        Crash("p1", at=2.045),
        Delay("p1>p2#2", by=3.2),
        Delay("p1>p3#2", by=18),
        participants=3,
    ),
)
protocol.rung(
    "it crashes, and is back",
    run(Crash("p2", after="p2>coordinator#1", until=5)),
    run(Crash("p2", after="p2>coordinator#2", until=5)),
    run(Crash("p2", at=0.035, until=5)),
    run(Crash("p2", at=0.015, until=1.5)),
    run(DEAD, Crash("p2", at=1.5, until=5)),
    run(TOLD_P1, Crash("p2", at=1.5, until=5)),
    run(TOLD_BOTH, Crash("p2", at=1.5, until=5), Delay("coordinator>p1#2", by=9)),
    # nobody knows the decision until the coordinator is back
    run(replace(COMMITTED, until=6), Crash("p1", at=0.045, until=7), Crash("p2", at=0.5, until=1.6)),
    # p1 has aborted without it, and has told nobody; then p3 leads.
    run(
        TOLD_BOTH,
        Delay("coordinator>p1#2", by=9),
        Crash("p2", at=0.05, until=4),
        Crash("p1", after="p1>p2#2"),
        participants=3,
    ),
    run(Crash("p2", at=0.022, until=0.025), endings=(*ENDINGS, committed)),
)
protocol.rung(
    "every schedule with a crash",
    Explore(Setup(following), {"crashes": 1, "timing": "synchronous"}, most=30_000),
)
