"""06.recover: a coordinator that crashes, and presumes what it has not written down."""

from typing import Any

from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup
from course_lib.checks.two_phase_commit import chairs, coordinators, keepers
from course_lib.checks.two_phase_commit.recovered import (
    aborts_at_once,
    all_settled,
    all_voted_yes,
    begins_its_plan,
    commits,
    counts_this_vote,
    is_quiet,
    keeps_nothing_of_aborts,
    new_ids,
    no_contradiction,
    tells_of_its_own,
    told_until_done,
    waits_a_second,
)
from course_lib.checks.two_phase_commit.recovering import coordinating
from course_lib.sim import Crash, Delay, Drop, Duplicate

QUESTION = Question(
    "06.recover",
    title="No record, so it was aborted",
    names=("Coordinator",),
    signature="class Coordinator(Node): __init__(plans: list); on_start(); on_message(sender, message); on_timer(name)",
    points=4,
    minutes=30,
    hints=(
        "Two things belong on the disk: how many lives there were, counted before anything else, and for each commit who has not said Done yet. Of an abort nothing: where there is no record it was one.",
        "The commit point is one write, self.disk[txn] = set(self.peers); then it is told. An Ask about self.txn, while its votes come in, gets no answer: nothing is decided. For any other the disk answers: commit if there is a record, else abort.",
        "on_start: count the life, tell again each txn on the disk that waits for somebody, then begin f't{life}'. Done: self.disk[txn] = self.disk[txn] - {sender}. When the set is empty there is nothing to tell, and the record may go.",
    ),
    misconceptions={
        "tell-first": "Somebody was told to commit, and the crash came before it was written down: after the restart there is no record, and who asks is told that it was aborted. Write first, then tell.",
        "decision-in-memory": "The decision was in memory, and a crash took it: who asks is told that it was aborted, and others have committed. The record has to be on the disk before anybody is told.",
        "same-ids": "An id of an earlier life was used again. A vote for the old transaction is still on its way, and records of it are on disks: they are taken for the new one. Count the lives on the disk, before the id is used.",
        "aborts-after-restart": "A restart does not make everything aborted: what has its record is committed, and somebody may have carried it out. Tell that again.",
        "not-told-again": "A commit is told again, after a restart and each second, to who has not said Done: the message, or the Done, may have been lost, and until all are done the record cannot go.",
        "presumes-commit": "Of a transaction without a record it said: committed. The record is written before the first is told, so where there is none nobody was told: it was aborted.",
        "says-nothing": "Somebody is in doubt, holds its locks and asks; and there is no record. Then it was not committed, and never will be: answer so.",
        "votes-again": "It was asked what became of a transaction, and called for its votes again. There is no record, so it was aborted, and that is the answer; the same id must not begin anew.",
        "answers-while-voting": "There was no record because nothing was decided yet: the votes were coming in. It said abort, and committed when the last one came. Meanwhile say nothing.",
        "forgets-too-soon": "The commit was forgotten while somebody had not carried it out. Who asks then is told, for want of a record, that it was aborted. Keep it until each one's Done has come.",
        "any-done": "A Done names its transaction. It was taken for another one's, too.",
        "one-slot": "There is room for one commit on the disk, and the next took the place of one that somebody had not carried out. Keep a record for each, under its own id.",
        "counts-done": "One Done came twice, and was counted for two. Keep who has not said it yet.",
        "remembers-aborts": "It is presumed abort: of what was aborted nothing is kept, since no record says the same.",
        "waits-for-done-of-aborts": "It told an abort again and again. Nobody says Done to that, and nobody need be told twice: who is in doubt asks, and no record is answer enough.",
        "tells-for-ever": "All are done, and it still tells them. Take who has said Done off the record, and stop when nobody is left.",
        "counts-votes": "One vote came twice, and was counted for two. Keep who has voted yes.",
        "any-vote": "That was a stale vote: it was for another transaction, came late, and was counted. Compare its id with that of the open one.",
        "ignores-no": "Somebody voted no, and it was committed.",
        "decides-twice": "It was decided already, and the timer decided once more. Take the timer back, or ask in on_timer whether the vote is still open.",
        "never-gives-up": "A vote did not come, and the others wait, with their locks held. Before the decision the coordinator may give up: abort after 1 s.",
        "another-patience": "It waits 1 s for the votes. Who gives up sooner aborts what is only slow; who waits longer lets those who said yes hold their locks.",
        "commits-what-is-missing": "It was committed before all had voted yes. No answer is no promise.",
        "another-plan": "The n-th life begins plans[n - 1], if there is one, and no other.",
        "aborts-silently": "It aborted, and did not tell who had said yes: until they ask, they hold their locks in vain.",
        "another-failure": "Follow the picture: what was on the disk when the crash came, and what was the answer to an Ask after it?",
    },
    right=(
        "The commit is one write, and everything else follows from it: after a restart the disk alone says what was decided, and no record says abort. "
        "Think of next: why does an abort need no Done, and a commit does?"
    ),
)


OF_ANY_LIFE = (
    counts_this_vote,
    all_voted_yes,
    new_ids,
    tells_of_its_own,
    all_settled,
    told_until_done,
    is_quiet,
)
ENDINGS = (begins_its_plan, *OF_ANY_LIFE)
TO_THE_END = (no_contradiction, commits, *ENDINGS)
OF_AN_ABORT = (*ENDINGS, waits_a_second, keeps_nothing_of_aborts)
UNHEARD = Crash("coordinator", at=0.025, until=0.5), Drop("coordinator>p2#2"), Drop("coordinator>p2#3")
LONG = 300  # seconds that a participant is away


def run(*faults: Any, lives: int = 1, endings: Any = ENDINGS, **options: Any) -> Run:
    return Run(Setup(coordinating, (lives,), options), faults, endings)


def every(unwilling: tuple[str, ...] = (), **budget: int) -> Explore:
    options = {"unwilling": unwilling} if unwilling else {}
    return Explore(Setup(coordinating, (1,), options), budget, most=20_000)


protocol = Protocol(
    QUESTION,
    [*coordinators.MISTAKES, *keepers.MISTAKES, *chairs.MISTAKES],
    {
        "agree": "another-failure",
        "only_if_all_voted_yes": "another-failure",
        "same_writes": "same-ids",
        "no_contradiction": "another-failure",
        "commits": "another-failure",
        "begins_its_plan": "another-plan",
        "counts_this_vote": "any-vote",
        "all_voted_yes": "commits-what-is-missing",
        "waits_a_second": "another-patience",
        "new_ids": "same-ids",
        "tells_of_its_own": "decides-twice",
        "all_settled": "says-nothing",
        "told_until_done": "not-told-again",
        "is_quiet": "tells-for-ever",
        "keeps_nothing_of_aborts": "remembers-aborts",
        "aborts_at_once": "aborts-silently",
    },
)
protocol.rung(
    "nothing fails",
    run(endings=TO_THE_END),
    run(endings=(aborts_at_once, *ENDINGS, keeps_nothing_of_aborts), unwilling=("p2",)),
)
protocol.rung(
    "a message is lost, or comes twice",
    run(Drop("p1>coordinator#1"), endings=OF_AN_ABORT),
    run(Drop("coordinator>p2#1"), endings=OF_AN_ABORT),
    run(Drop("coordinator>p2#2"), endings=TO_THE_END),
    run(Drop("p1>coordinator#2"), endings=TO_THE_END),
    run(Duplicate("p1>coordinator#1"), endings=TO_THE_END),
    run(Duplicate("p1>coordinator#1"), Delay("p2>coordinator#1", by=0.5), unwilling=("p2",)),
    run(Duplicate("p1>coordinator#2"), Drop("coordinator>p2#2"), Drop("coordinator>p2#3")),
)
protocol.rung(
    "a crash before the decision",
    run(Crash("coordinator", at=0.015, until=0.5)),
    run(Crash("coordinator", at=0.015, until=0.5), unwilling=("p2",)),
)
protocol.rung(
    "a crash after the decision",
    run(Crash("coordinator", after="coordinator>p1#2", until=3), endings=TO_THE_END),
    run(Crash("coordinator", at=0.025, until=3), endings=TO_THE_END),
    run(Crash("coordinator", at=0.035, until=3), Drop("p1>coordinator#2"), endings=TO_THE_END),
)
protocol.rung(
    f"a participant is down for {LONG} s",
    run(Crash("p2", at=0.025, until=LONG), endings=TO_THE_END, until=LONG + 20),
)
protocol.rung(
    "a plan for each life",
    run(Crash("coordinator", at=0.015, until=3), lives=2),
    run(Crash("coordinator", at=0.015, until=3), Crash("coordinator", at=3.015, until=5), lives=3),
    run(Crash("coordinator", at=0.025, until=3), lives=2, endings=TO_THE_END),
    run(Crash("coordinator", at=0.5, until=3), lives=2, endings=TO_THE_END),
    run(Crash("coordinator", after="coordinator>p1#1", until=3), lives=2, endings=OF_ANY_LIFE),
    # p2 has not heard of the first commit when the second is decided; then it hears of that one only, or it is told
    # both once more and misses the first, or nobody hears anything.
    run(*UNHEARD, lives=2, endings=TO_THE_END),
    run(*UNHEARD, Drop("coordinator>p2#5"), lives=2, endings=TO_THE_END),
    run(*UNHEARD, Crash("coordinator", at=0.525, until=3), lives=2, endings=TO_THE_END),
    # The yes to the first transaction comes while the second is voted on, of which p1 never heard.
    run(
        Crash("coordinator", at=0.015, until=3),
        Delay("p1>coordinator#1", by=3.04),
        Drop("coordinator>p1#2"),
        lives=2,
    ),
)
protocol.rung("every schedule with a crash", every(crashes=1, timeouts=1))
protocol.rung("every schedule with a loss", every(losses=1, timeouts=1))
protocol.rung(
    "every schedule with a copy",
    every(duplicates=1, timeouts=1),
    every(unwilling=("p2",), duplicates=1, timeouts=0),
)
