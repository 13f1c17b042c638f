"""01.exactly_once: an effect exactly once although the server crashes, with one line of memory a customer."""

from itertools import islice
from typing import Any

from course_lib.checks.messaging.adding import Orders, all_answered, counting, same_reply, sum_is_right
from course_lib.checks.messaging.banks import MISTAKES
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup, size
from course_lib.sim import Crash, Delay, Drop, Duplicate, Trace

QUESTION = Question(
    "01.exactly_once",
    title="Exactly once, in spite of crashes",
    names=("Bank",),
    signature="class Bank(Node): on_start(); on_message(sender, message)",
    points=4,
    minutes=25,
    hints=(
        "After a crash only self.disk is left. If the total and the table are two entries of it, a crash can fall between the two writes, and they disagree.",
        "Put the total and the table of last replies into one value, and assign it once: self.disk['bank'] = (total, last). Make a new dict for it: each line that changes something inside the old one is a write of its own.",
        "Compare ids: larger than the customer's last one is new (write, then reply), equal is a repeat (reply as before), smaller is an old copy (nothing).",
    ),
    misconceptions={
        "runs-twice": "Nothing tells a repeat from a new request here: remember each customer's last one.",
        "record-first": "Two writes, the record first: a crash between them leaves a request that is on record and was never carried out. Effect and record must be one write. (A line that changes something inside what the disk holds is a write of its own.)",
        "effect-first": "Two writes, the effect first: a crash between them leaves an effect that is not on record, and the next try has it again. Effect and record must be one write. (A line that changes something inside what the disk holds is a write of its own.)",
        "table-in-memory": "Attributes are memory and a crash takes them: the total was on the disk, and who had been served was not.",
        "forgets-in-a-crash": "After the restart it knew nothing of what was before: attributes are memory, and a crash takes them. (And an on_start that writes a fresh disk wipes what was there.)",
        "not-larger": "An old copy of a request can come after a later one. It differs from the last as well, so `!=` carries it out again. A new request has a larger id.",
        "remembers-all": "The memory grows with every request. A customer that waits for each reply needs one line: its last id and the reply.",
        "remembers-a-few": "A list of the last few ids forgets a customer that was slow while others were busy, and its repeat is carried out again. Keep one line for each customer.",
        "reply-before-write": "The reply was out and the write was not done: after the crash the customer relies on what nobody remembers. Write first, then reply.",
        "dropped-silently": "A repeat comes because the reply was lost. Reply again, as before.",
        "present-total": "A request got another reply than before: the present total, to which others have added meanwhile. Keep the total that was replied, not the id alone. (And a copy older than the last request needs no reply.)",
        "ids-of-all-customers": "Every customer counts its own ids from 1: one line for each customer, not one for all.",
        "another-failure": "Follow the picture: what was on the disk when the crash came, and what came after it?",
    },
    right=(
        "Effect and record are one write, so no crash can fall between them, and the reply follows it. Exploration went through every schedule of this size. One line a customer is enough because each has one request open at a time. In general it takes one line for each request that may be open at once; that is unbounded only where nothing bounds how many may be open. "
        "Think of next: the effect here is on the same disk as the record. What if it is a letter that was printed?"
    ),
)


def remembers_one_line(trace: Trace, orders: Orders) -> bool | str:
    """Bounded memory: after many requests it is no larger than after a few."""
    few = next(islice((i for i, e in enumerate(trace.events, 1) if e.kind == "report"), 4, None), 0)
    then, now = (trace.states_after(count)["server"] for count in (few, len(trace)))
    before, after = (size(state.memory or {}) + size(state.disk) for state in (then, now))
    requests = sum(map(len, orders.values()))
    if after <= before + 4:
        return True
    return f"after 5 requests the server held {before} values, and after {requests} it held {after}"


ONE: Orders = {"ann": (1, 10, 100)}
TWO: Orders = {"ann": (1, 10), "bob": (100, 1000)}
BUSY: Orders = {"ann": (1, 10), "bob": (100,) * 9}
MANY: Orders = {"ann": (1,) * 20}
LATE = Delay("ann>server#1", by=1.035)  # between the effects of her second and third request
ENDINGS = (all_answered, sum_is_right, same_reply)


def run(orders: Orders, *faults: Any, endings: Any = ENDINGS) -> Run:
    return Run(Setup(counting, (orders,)), faults, endings)


def every(orders: Orders, **budget: Any) -> Explore:
    return Explore(Setup(counting, (orders,)), budget)


protocol = Protocol(
    QUESTION,
    MISTAKES,
    {
        "added_once": "runs-twice",
        "nothing_lost": "another-failure",
        "all_answered": "dropped-silently",
        "sum_is_right": "another-failure",
        "same_reply": "present-total",
        "remembers_one_line": "remembers-all",
    },
)
protocol.rung("nothing fails", run(ONE), run(TWO))
protocol.rung(
    "requests and replies are lost, or come twice",
    run(ONE, Drop("server>ann#1")),
    run(TWO, Drop("server>ann#1")),
    run(TWO, Drop("server>ann#1"), Drop("ann>server#2")),
    run(ONE, Duplicate("ann>server#2")),
)
protocol.rung(
    "an old copy comes late",
    run(ONE, LATE),
    run(BUSY, Drop("server>ann#1")),
    run(TWO, Delay("bob>server#1", by=1.035)),
)
protocol.rung(
    "a crash and a restart",
    run(ONE, Drop("server>ann#1"), Crash("server", at=0.5, until=0.9)),
    run(ONE, Drop("ann>server#3"), Crash("server", at=0.5, until=0.9)),
    run(TWO, Drop("server>ann#1"), Crash("server", at=0.5, until=0.9)),
    run(ONE, Crash("server", after="server>ann#1", until=0.5)),
    run(TWO, Crash("server", after="server>bob#2", until=0.5)),
)
protocol.rung("one line a customer", run(MANY, endings=(*ENDINGS, remembers_one_line)))
protocol.rung(
    "a crash between any two effects",
    every({"ann": (1, 10, 100)}, crashes=1, timeouts=1),
    every({"ann": (1, 10)}, crashes=2, timeouts=2),
)
protocol.rung(
    "every order, with a crash and a copy",
    every({"ann": (1, 10, 100)}, crashes=1, losses=1, duplicates=1, timeouts=1),
    every({"ann": (1, 10), "bob": (100,)}, crashes=1, timeouts=1),
)
