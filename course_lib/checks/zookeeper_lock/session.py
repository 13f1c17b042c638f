"""05.session: may the work under the lock go on?"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question
from course_lib.checks.zookeeper_lock.holders import MISTAKES, Model

QUESTION = Question(
    "05.session",
    title="Suspended is not lost",
    names=("Holder",),
    signature="class Holder: taken(session: int); hears(state: str, session: int | None); looked(found: bool); status() -> str",
    points=3,
    minutes=15,
    hints=(
        "Keep the number of the session in which the lock was taken, and a word for what is known now. Each call changes the word, or leaves it.",
        "SUSPENDED: from 'work' to 'stop'. A look that found the znode, while connected: from 'stop' to 'work'. LOST, another session, or a look that did not find it: 'gone', and out of that only taken() leads.",
        "A look counts only while there is a connection: keep a flag that SUSPENDED clears and CONNECTED sets. CONNECTED alone changes 'stop' to nothing better.",
    ),
    misconceptions={
        "works-on": "Without a connection nobody can tell you that your session has ended and that another has the lock. Stop until you know.",
        "gives-it-up-too-soon": "The connection is gone, the session need not be: it may be there again in a second, and the lock still yours. Whoever takes it for lost queues a second time, behind its own znode.",
        "trusts-the-old-word": "Connected again does not mean that the lock is still yours. The service knows: go on only when the look has found your znode.",
        "survives-lost": "The session has ended, and its ephemeral znodes with it. The lock is gone for good.",
        "comes-back": "What is gone stays gone: no state and no late answer brings it back, only a lock that is taken anew.",
        "another-session": "That is another session than the one in which the lock was taken. The znode went with the old one.",
        "found-nothing": "The look did not find your znode: the lock is gone, whatever the connection says.",
        "deaf-to-a-late-no": "A late 'no' counts too: what ZooKeeper did not find once is gone for good. A znode that is made anew has another name, and is not yours.",
        "looks-while-suspended": "That answer is from before the break, or nobody asked: while there is no connection, nothing is known.",
        "one-look-for-all": "Each break needs a look of its own, after it: what you saw before it may be over.",
        "never-goes-on": "The same session, and the znode was found: nobody has had the lock meanwhile. Go on.",
        "forgets-the-new-one": "The lock was taken anew, in this session: go on.",
        "not-a-word": "One of the words 'work', 'stop' and 'gone' is wanted.",
        "another-status": "Go through the calls one by one: is there a connection, is it the same session, and was the znode seen since?",
    },
    right=(
        "Three words, since a lost connection is no lost session: to go on would be unsafe, and to give up would be wrong. "
        "Think of next: between status() and the work that follows it, the process stops for a minute. Which of the three words helps?"
    ),
)


WORDS = ("work", "stop", "gone")
Events = list[tuple[str, ...]]
"""Calls in order: ("taken", 7), ("hears", "SUSPENDED", None), ("looked", True)."""


def statuses(make: Callable[[], Any], events: Events) -> list[Any]:
    """What `status` says at the beginning, and after each call."""
    holder = make()
    do = getattr(holder, "do", lambda method, *args: getattr(holder, method)(*args))
    said = [holder.status()]
    for method, *args in events:
        do(method, *args)
        said.append(holder.status())
    return said


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The calls until the first word that is wrong."""
    if isinstance(got, Failed):
        return f"{got.call} raised {got.error}.", got.call
    [events] = case
    place = next(n for n, (one, other) in enumerate(zip(expected, got, strict=True)) if one != other)
    name = answer.variable
    calls = [f"{name} = {answer.name}()"]
    calls += [f"{name}.{method}({', '.join(map(repr, args))})" for method, *args in events[:place]]
    replay = "; ".join([*calls, f"{name}.status()"])
    return f"{replay} gave {short(got[place])}; it had to be {expected[place]!r}.", replay


def otherwise(case: Case, expected: Any, got: Any) -> str:
    """What can be said of a single result."""
    return "another-status" if isinstance(got, list) and set(map(str, got)) <= {*WORDS} else "not-a-word"


def taken(session: int) -> tuple[Any, ...]:
    return "taken", session


def connected(session: int) -> tuple[Any, ...]:
    return "hears", "CONNECTED", session


SUSPENDED, LOST = ("hears", "SUSPENDED", None), ("hears", "LOST", None)
FOUND, NOT_FOUND = ("looked", True), ("looked", False)


def by_chance() -> Iterator[Case]:
    """What may happen to a client, in an order in which it may."""
    chance = random.Random(7)
    for _ in range(60):
        session, is_connected, events = chance.randrange(100), True, []
        for _ in range(chance.randrange(3, 14)):
            if is_connected:
                events.append(chance.choice((taken(session), SUSPENDED, SUSPENDED, FOUND, FOUND, NOT_FOUND)))
                is_connected = events[-1] is not SUSPENDED
            elif chance.random() < 0.3:
                events.append(chance.choice((FOUND, FOUND, NOT_FOUND)))
            else:
                is_lost = chance.random() < 0.3
                session += is_lost
                events += [LOST, connected(session)] if is_lost else [connected(session)]
                is_connected = True
        yield (events,)


Comparison(Model, MISTAKES, otherwise, run=statuses, tell=tell).add_rungs(
    QUESTION,
    {
        "taken": [([],), ([taken(7)],), ([taken(7), FOUND],)],
        "suspended": [([taken(7), SUSPENDED],), ([taken(3), SUSPENDED, connected(3), SUSPENDED],)],
        "connected again": [
            ([taken(7), SUSPENDED, connected(7), FOUND],),
            ([taken(12), SUSPENDED, connected(12), NOT_FOUND],),
        ],
        "lost": [
            ([taken(7), SUSPENDED, LOST, connected(8)],),
            ([taken(7), LOST, connected(8), FOUND],),
            ([taken(7), SUSPENDED, connected(7), LOST, connected(8), FOUND],),
            ([taken(7), NOT_FOUND, LOST, connected(8), FOUND],),
            ([taken(7), SUSPENDED, LOST, connected(8), taken(8), SUSPENDED, connected(8), FOUND],),
        ],
        "another session": [
            ([taken(7), SUSPENDED, connected(9), FOUND],),
            ([taken(7), SUSPENDED, connected(9), taken(9)],),
        ],
        "late answers": [
            ([taken(7), SUSPENDED, FOUND, connected(7), FOUND],),
            ([taken(7), NOT_FOUND, FOUND],),
            ([taken(7), SUSPENDED, NOT_FOUND, connected(7), FOUND],),
            ([taken(7), SUSPENDED, NOT_FOUND, connected(7), taken(7)],),
            ([taken(7), SUSPENDED, connected(7), FOUND, SUSPENDED, connected(7), FOUND],),
            ([taken(7), SUSPENDED, connected(7), NOT_FOUND, SUSPENDED, connected(7), FOUND],),
        ],
        "60 by chance": list(by_chance()),
    },
)
