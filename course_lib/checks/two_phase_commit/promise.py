"""06.promise: a participant that keeps its promise, whatever crashes."""

from typing import Any

from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup
from course_lib.checks.two_phase_commit import doubters, voters
from course_lib.checks.two_phase_commit.promised import (
    all_settled,
    asks_in_time,
    committed_in_the_end,
    done_is_heard,
    done_of_commits,
    is_quiet,
    is_recorded,
    votes_fit,
    votes_no,
    votes_yes,
)
from course_lib.checks.two_phase_commit.promising import transaction
from course_lib.sim import Crash, Delay, Drop, Duplicate

QUESTION = Question(
    "06.promise",
    title="A promise that outlives a crash",
    names=("Participant",),
    signature="class Participant(Node): __init__(willing: bool); on_start(); on_message(sender, message); on_timer(name)",
    points=4,
    minutes=25,
    hints=(
        "All that counts is self.disk[txn]: no record, or a Record that is 'prepared', 'committed' or 'aborted'. Write down what each message does in each of these four states, then write the code.",
        "Prepare: without a record, write one and vote; with a record, vote by what it says. Ask: without a record, write Record('aborted') and tell; prepared, say nothing; else tell. Whatever is written is written before it is told.",
        "After a restart nothing but the disk is left: on_start looks for records that are 'prepared', asks for each, and sets the timer; so does on_timer. The writes have to be in the Record, or there is nothing to commit.",
    ),
    misconceptions={
        "vote-first": "The vote was out and the record was not: after the crash the others rely on a promise that nobody remembers. Write first, then vote.",
        "promise-in-memory": "The promise was kept in memory only, and a crash took it. It has to be on the disk before the vote goes out.",
        "without-the-writes": "A record without its writes says that something was promised, or committed, and not what: after a crash nobody knows. Record('prepared', writes), and then replace(record, state='committed').",
        "aborts-after-restart": "After the restart it aborted what it had promised. In doubt is not the same as aborted: the coordinator may have committed with that vote. Ask.",
        "decides-alone": "After its yes a participant may not decide alone, neither to abort nor to commit, however long it waits: the coordinator may have decided otherwise. Wait, and ask.",
        "no-tombstone": "It was aborted, and no record says so: a Prepare that comes late, or once more, brings it back. Keep Record('aborted'), a tombstone, also after a no, and for what you had never heard of.",
        "helps-and-forgets": "It told another that it aborts, and had no record of that when the Prepare came, so it promised. Write Record('aborted') before you tell.",
        "undoes-a-commit": "It had committed, and undid it. A coordinator that has forgotten the transaction, since all were done, answers an old vote with: aborted. What is committed stays committed.",
        "prepares-again": "A second Prepare is a copy. It must not put a record back that has gone further: vote by what the record says.",
        "another-vote": "A copy of a Prepare got another vote than the first. What was promised stays promised.",
        "silent-on-copies": "Each Prepare gets a vote, a copy too: the first vote may have been lost.",
        "guesses": "It is in doubt itself, and told another an outcome. Who does not know says nothing.",
        "helps-nobody": "The other was in doubt, and this one had not promised anything: it could have aborted, and freed the other. So it should: on its disk first, then in a Decision.",
        "never-asks": "It is in doubt and nobody tells it. It has to ask: 1 s after the vote, and also after a restart, when its timers are gone.",
        "asks-once": "One question may be lost, or meet a coordinator that is down. Set the timer again each time, as long as something is in doubt.",
        "asks-too-rarely": "As long as it is in doubt, others wait for its locks. It asks 1 s after its vote, then each second, and at once when it starts again.",
        "asks-for-one": "More than one transaction may be in doubt. Look for all records that are 'prepared', whatever their ids, and ask for each.",
        "asks-for-ever": "Nothing is in doubt any more, and still it is not silent. Let the timer end.",
        "no-done": "The coordinator keeps its record until everybody has said Done, and tells again until then. Each Decision to commit gets a Done, a copy too.",
        "done-of-an-abort": "Done says that a commit is carried out. Nobody waits for an answer to an abort: send none.",
        "done-first": "Done was out, and the commit was not on the disk. The coordinator forgets; after the crash the question what became of it is answered with: aborted.",
        "record-before-effect": "The record said 'committed', and the values were not written: after a crash between the two nobody makes up for it. Values first; what is done twice has the same effect.",
        "writes-again": "A decision may come twice, and late. What is committed already is not written once more: a later transaction may have changed the same key. Only what is 'prepared' is carried out.",
        "overwrites-values": "What an earlier transaction had written is gone. self.disk['values'] has the keys of all; change those of this one only.",
        "no-effect": "It is committed, and its writes are not in self.disk['values'].",
        "writes-at-once": "The values were written before the decision: others could see them, and if it is aborted they are still there.",
        "promises-anyway": "Participant(False) is not willing: it votes no, and writes down that it aborts.",
        "refuses": "Participant(True) is willing: where it has no record, it promises and votes yes.",
        "not-a-record": "self.disk[txn] has to be a Record, with the writes as long as it is not aborted; self.disk['values'] a dict.",
        "another-failure": "Follow the picture: what did the disk say when the vote, the Done or the answer went out, and what does it say in the end?",
    },
    right=(
        "Before each word stands a record, so no crash makes it a liar; and after its yes it waits, as long as it takes. Exploration went through every schedule of this size. "
        "Think of next: the coordinator's machine has burnt down. Who may decide now, and what could go wrong?"
    ),
)


ENDINGS = (votes_fit, all_settled, is_recorded, done_of_commits, done_is_heard, is_quiet)
TO_THE_END = (votes_yes, *ENDINGS, committed_in_the_end)
TO_A_NO = (*ENDINGS, votes_no)
IN_DOUBT = (*ENDINGS, asks_in_time)
HELPED = (votes_fit, all_settled, is_recorded)
LONG = 300  # seconds that the coordinator is away


def run(*faults: Any, endings: Any = ENDINGS, **options: Any) -> Run:
    return Run(Setup(transaction, options=options), faults, endings)


def every(willing: bool = True, **budget: Any) -> Explore:
    return Explore(Setup(transaction, options={} if willing else {"willing": False}), budget)


protocol = Protocol(
    QUESTION,
    [*voters.MISTAKES, *doubters.MISTAKES],
    {
        "readable": "not-a-record",
        "all_agree": "another-failure",
        "no_reversal": "another-failure",
        "only_if_all_voted_yes": "another-failure",
        "carried_out": "no-effect",
        "nothing_too_early": "writes-at-once",
        "votes_fit": "another-vote",
        "all_settled": "never-asks",
        "is_recorded": "no-tombstone",
        "done_of_commits": "done-of-an-abort",
        "done_is_heard": "no-done",
        "asks_in_time": "asks-too-rarely",
        "votes_yes": "refuses",
        "is_quiet": "asks-for-ever",
        "votes_no": "promises-anyway",
        "committed_in_the_end": "another-failure",
    },
)
protocol.rung(
    "nothing fails",
    run(endings=TO_THE_END),
    run(endings=TO_A_NO, willing=False),
    run(other_willing=False),
)
protocol.rung(
    "a message comes twice, or late",
    run(Duplicate("coordinator>p1#1"), endings=TO_THE_END),
    run(Duplicate("coordinator>p1#1", after=0.05), endings=TO_THE_END),
    run(Duplicate("coordinator>p1#1", after=0.5), endings=TO_A_NO, willing=False),
    run(Duplicate("coordinator>p1#1", after=0.5), other_willing=False),
    run(Delay("coordinator>p1#1", by=1.5)),
)
protocol.rung(
    "a message is lost",
    run(Drop("p1>coordinator#2"), endings=TO_THE_END),
    run(Drop("coordinator>p1#2"), endings=TO_THE_END),
    run(Drop("coordinator>p1#2"), other_willing=False),
    run(Drop("p1>coordinator#1")),
)
protocol.rung(
    "it crashes, and starts again",
    run(Crash("p1", at=0.015, until=0.5), endings=TO_THE_END),
    run(Crash("p1", at=0.015, until=0.5), other_willing=False),
    run(Crash("p1", after="p1>coordinator#1", until=3), endings=TO_THE_END),
    run(Crash("p1", after="p1>coordinator#2", until=3), endings=TO_THE_END),
)
protocol.rung(
    "the coordinator is down",
    run(Crash("coordinator", at=0.015, until=9), endings=IN_DOUBT),
    run(Crash("coordinator", at=0.015, until=9), Crash("p1", at=4.3, until=5.6), endings=IN_DOUBT),
)
protocol.rung(
    f"the coordinator is down for {LONG} s",
    run(
        Crash("coordinator", at=0.015, until=LONG),
        Crash("p2", at=0.015, until=LONG),
        endings=IN_DOUBT,
        until=LONG + 20,
    ),
    # The same for p1, which cannot know; but p2 has committed.
    run(
        Drop("coordinator>p1#2"),
        Crash("coordinator", at=0.025, until=LONG),
        Crash("p2", at=0.035, until=LONG),
        endings=IN_DOUBT,
        until=LONG + 20,
    ),
)
protocol.rung(
    "two transactions, one after the other",
    run(Crash("coordinator", at=0.5, until=1), endings=TO_THE_END, lives=2),
    run(Crash("coordinator", at=0.015, until=3), lives=2),
    run(Crash("coordinator", at=0.5, until=1), Drop("coordinator>p1#4"), other_willing=False, lives=2),
    run(
        Crash("coordinator", at=0.5, until=1), Duplicate("coordinator>p1#2", after=2), lives=2, same_key=True
    ),
)
protocol.rung(
    "another one asks",
    run(Crash("coordinator", at=0.005), Drop("coordinator>p1#1"), endings=HELPED),
    run(Crash("coordinator", at=0.005), Delay("coordinator>p1#1", by=2), endings=HELPED),
    run(Crash("coordinator", at=0.025), Drop("coordinator>p2#2"), endings=HELPED),
    run(Crash("coordinator", at=0.015, until=5), Crash("p1", at=0.5, until=0.6)),
)
protocol.rung("every schedule with a crash", every(crashes=1, timeouts=1))
protocol.rung(
    "every schedule with a loss", every(losses=1, timeouts=1), every(willing=False, losses=1, timeouts=1)
)
protocol.rung("every schedule with a copy", every(duplicates=1, timeouts=1))
