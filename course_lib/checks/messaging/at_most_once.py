"""01.at_most_once: a server that is asked again, and does it once."""

from typing import Any

from course_lib.checks.messaging.adding import (
    Orders,
    all_answered,
    counting,
    one_reply_each,
    same_reply,
    sum_is_right,
)
from course_lib.checks.messaging.counters import MISTAKES
from course_lib.checks.protocol import Protocol
from course_lib.checks.question import Question
from course_lib.checks.trials import Explore, Run, Setup, Sweep
from course_lib.sim import Delay, Drop, Duplicate, Network

QUESTION = Question(
    "01.at_most_once",
    title="Do it once, however often it is asked",
    names=("Counter",),
    signature="class Counter(Node): on_start(); on_message(sender, message)",
    points=3,
    minutes=15,
    hints=(
        "What tells two requests apart is who sent them and their id. Keep what you have answered in a dict.",
        "The dict goes from (sender, id) to the reply that was sent. A request whose key is in it is a repeat.",
        "If (sender, message.id) is not in the dict: add, and put Total(message.id, self.total) there. In either case send what the dict holds.",
    ),
    misconceptions={
        "adds-again": "Nothing is remembered, so every copy of a request is carried out. Remember which requests were done.",
        "by-payload": "Two requests may ask for the same amount: the amount does not tell whether it is a repeat. The id does.",
        "ids-of-all-customers": "Every customer counts its own ids from 1. Remember the sender with the id.",
        "dropped-silently": "A repeat comes because the reply was lost. Who gets none asks for ever: safe, but nobody is helped. Send the reply again.",
        "present-total": "The repeat got another reply than the request did. Remember the reply itself, not only that there was one.",
        "remembers-and-adds-again": "The reply was remembered, but the amount was added again. A repeat must have no effect.",
        "only-the-last": "A customer may have several requests open, and they may overtake each other: a smaller id is not a repeat.",
        "remembers-a-few": "A table of the last few requests forgets one that is still open, and its repeat is added again. Nothing says here how many may be open: keep them all.",
        "glued-key": "'a' + '11' and 'a1' + '1' are the same string, so two requests have one key. Take a tuple, (sender, id): it keeps its parts apart.",
        "replies-twice": "Every request that comes gets one reply, a repeat too. Here one got more: is there a second send() on the way through the handler?",
        "another-failure": "Follow the picture: which request was carried out, and which reply went out for it?",
    },
    right=(
        "A request has its effect at most once, and since the customer asks until the reply comes, at least once too: exactly once, as long as the server does not crash. "
        "Think of next: this table grows for ever. What must a customer promise, so that one line for each is enough?"
    ),
)


OTHERWISE = {
    "added_once": "another-failure",
    "nothing_lost": "another-failure",
    "all_answered": "dropped-silently",
    "same_reply": "present-total",
    "sum_is_right": "another-failure",
    "one_reply_each": "replies-twice",
}
ONE: Orders = {"ann": (1, 10, 100)}
TWO: Orders = {"ann": (1, 10), "bob": (100, 1000)}
LATE = Delay("ann>server#1", by=1.035)  # between the effects of her second and third request
ALIKE: Orders = {
    "a": (1,) * 11,
    "a1": (100,),
    "1a": (1000,),
}  # names that, with an id behind or before, look alike
ENDINGS = (all_answered, sum_is_right, same_reply, one_reply_each)


def run(orders: Orders, *faults: Any, **options: Any) -> Run:
    return Run(Setup(counting, (orders,), options), faults, ENDINGS)


protocol = Protocol(QUESTION, MISTAKES, OTHERWISE)
protocol.rung("every request comes once", run(ONE), run({"ann": (7,)}))
protocol.rung("two customers", run(TWO), run(TWO, at_once=True), run(ALIKE))
protocol.rung("equal amounts", run({"ann": (5, 5, 5)}), run({"ann": (5,), "bob": (5,)}))
protocol.rung(
    "a reply is lost",
    run(ONE, Drop("server>ann#1")),
    run(TWO, Drop("server>ann#1")),
    run(ONE, Drop("server>ann#2"), Drop("server>ann#3"), Drop("ann>server#4")),
)
protocol.rung(
    "a request comes twice, or late",
    run(ONE, Duplicate("ann>server#1")),
    run(ONE, Duplicate("ann>server#2", after=0.02)),
    run(ONE, LATE),
)
protocol.rung(
    "several requests of one customer at once",
    run(ONE, at_once=True),
    run(ONE, Delay("ann>server#1", by=0.02), at_once=True),
    run(ONE, Drop("server>ann#1"), at_once=True),
    run({"ann": (1,) * 20}, Drop("server>ann#1"), at_once=True),
)
protocol.rung(
    "40 seeds: all of it, by chance",
    Sweep(
        Setup(counting, (TWO,), {"network": Network(jitter=1.5, loss=0.3, duplicate=0.3), "until": 60}),
        40,
        ENDINGS,
    ),
)
protocol.rung(
    "every order of events",
    Explore(Setup(counting, ({"ann": (1, 10), "bob": (100,)},)), {"duplicates": 1, "timeouts": 1}),
)
