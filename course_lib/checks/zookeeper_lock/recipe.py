"""05.recipe: the lock, without a herd and without ghosts."""

from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question, Wrong
from course_lib.checks.zookeeper_lock.calls import Calls
from course_lib.checks.zookeeper_lock.contest import Plans, contest_of, wake_ups
from course_lib.checks.zookeeper_lock.orders import in_every_order, told
from course_lib.checks.zookeeper_lock.why import why
from course_lib.sim import Trace

QUESTION = Question(
    "05.recipe",
    title="The lock's recipe",
    names=("acquire", "release"),
    signature="acquire(path: str, me: str, patience: float | None) -> str | None; release(path: str, mine: str); both yield requests",
    points=5,
    minutes=30,
    hints=(
        "Create once. Then a loop: list, find out who is before you, and if somebody is, wait for the last of them. Whatever wakes you, go round again and look.",
        "Ask ('exists', its path, 'watch') for the one before you. True: it is there and you will be woken, so wait. False: it has gone already and nobody will wake you, so go round again at once.",
        "If the reply to ('wait', patience) is False, delete your own znode before you return None: else all behind you would wait for it.",
    ),
    misconceptions={
        "not-by-number": "The list comes in an order that means nothing, and a name begins with its owner's. Only the ten digits at its end tell who came first.",
        "never-looks": "To have a znode is not to have the lock: who is before it?",
        "not-first": "The lock is the first one's. Compare the list that it saw with what it returned.",
        "gone-is-not-mine": "That the one before has gone need not mean that the lock is free: it may have died, or given up, while it waited itself. Look again.",
        "herd": "Each release wakes everybody who waits, and all but one look in vain: a herd. Wait for the one right before you, and for no other.",
        "watches-the-folder": "A watch on the whole folder wakes everybody at every change, arrivals included: a herd. Watch the one znode whose going may make it your turn.",
        "waits-for-nobody": "`exists` said False: it went between the list and this request, and a znode that has gone sends no event. Look again at once.",
        "no-watch": "An event comes only to who asked for it: ('exists', path, 'watch').",
        "watches-once": "A watch sends one event and is gone. Before each wait, look again and leave a new one.",
        "watches-itself": "It waits for its own znode to go, and nobody but itself will delete that.",
        "watches-another": "It waits for a znode whose going does not make it its turn: only those before it in the queue matter, and of these the last.",
        "leaves-a-ghost": "Who gives up has to delete its znode: those behind it wait for it, and it will never be served.",
        "keeps-it": "The lock was given back, and its znode is still there: everybody waits for it.",
        "deletes-anothers": "Delete your own znode and no other: another's is its place in the queue, or its lock. The first in the queue need not be yours any more: your session may have ended.",
        "queues-twice": "One znode each: who makes a second one waits for its own first.",
        "waits-again": "When the patience is over: out of the queue, and return None.",
        "another-patience": "How long to wait is the caller's to say: yield ('wait', patience), whatever it is.",
        "gives-up": "Who is not first waits. Return None only when the reply to ('wait', patience) was False.",
        "asks-on": "To ask again and again is polling: it keeps the service busy, and sees the change late. Leave a watch, and wait.",
        "another-name": "Return the name of your own znode, as `create` gave it: `release` gets it as `mine`.",
        "lets-no-node-out": "There is no such znode (any more). A path is the folder, '/', and a name; and a name is as `create` gave it, digits included.",
        "not-a-request": "A request is a tuple, such as `names = yield ('children', path)`. To use its reply in an expression, put brackets round all of it.",
    },
    right=(
        "Nobody polls, a release wakes one, and who dies is passed over: the list is the truth, an event only a reason to look. "
        "Think of next: the holder's process stops for a minute, and ZooKeeper takes it for dead. What does it do when it wakes up?"
    ),
)


def played(acquire: Answer, release: Answer, plans: Plans, **options: Any) -> Trace:
    """A run in which all is well. Raises Wrong where it is not."""
    calls, source = Calls(acquire, release), source_of(acquire, release, plans, options)
    replay = f"{source}.run()"
    try:
        trace = contest_of(calls, plans, **options).run()
    except (Wrong, Failed) as miss:
        raise told(miss, replay) from miss
    finally:
        calls.close()
    if trace.violated:
        reason = why(trace.violated, trace.nodes, calls)
        raise Wrong(reason, f"At {trace.end:g} s {trace.reason}.", replay, trace=trace)
    return trace


def explored(acquire: Answer, release: Answer, plans: Plans, **options: Any) -> None:
    """Every order of events. Raises Wrong for the shortest in which something is wrong."""
    calls, source = Calls(acquire, release, most=12), source_of(acquire, release, plans, options)
    replay = f"{source}.explore()"
    in_every_order(
        calls,
        lambda: contest_of(calls, plans, **options),
        replay,
        lambda trace: why(str(trace.violated), trace.nodes, calls),
    )


def source_of(acquire: Answer, release: Answer, plans: Plans, options: dict[str, Any]) -> str:
    """The Python that a learner pastes to build the same world."""
    words = [acquire.name, release.name, repr(plans), *(f"{key}={value!r}" for key, value in options.items())]
    return f"contest({', '.join(words)})"


ANN, BOB, CEM = "ann", "bob", "cem"


@QUESTION.rung("alone")
def _(acquire: Answer, release: Answer) -> None:
    played(acquire, release, {ANN: {}})
    played(acquire, release, {BOB: {"patience": 3.0}}, folder="/locks/report")


@QUESTION.rung("one after the other")
def _(acquire: Answer, release: Answer) -> None:
    played(acquire, release, {ANN: {}, CEM: {"arrives": 1.0}})
    played(acquire, release, {CEM: {}, ANN: {"arrives": 1.0}})
    trace = played(acquire, release, {BOB: {}, CEM: {"arrives": 1.0}, ANN: {"arrives": 2.0}})
    had = [name for name, said in trace.reports if said == "has the lock"]
    if had != [BOB, CEM, ANN]:
        raise Wrong(
            "not-first", f"They came in the order bob, cem, ann, and had the lock in the order {had}."
        )


@QUESTION.rung("some die")
def _(acquire: Answer, release: Answer) -> None:
    played(acquire, release, {ANN: {"dies": 2.0}, BOB: {"arrives": 1.0}})
    played(acquire, release, {BOB: {}, ANN: {"arrives": 1.0, "dies": 2.5}, CEM: {"arrives": 2.0}})


@QUESTION.rung("some give up")
def _(acquire: Answer, release: Answer) -> None:
    played(acquire, release, {CEM: {}, BOB: {"arrives": 1.0, "patience": 2.0}})
    played(acquire, release, {CEM: {}, BOB: {"arrives": 1.0, "patience": 2.0}, ANN: {"arrives": 2.0}})


@QUESTION.rung("one outlives its session")
def _(acquire: Answer, release: Answer) -> None:
    played(acquire, release, {ANN: {"expires": 2.0}, BOB: {"arrives": 1.0}})
    played(acquire, release, {CEM: {"expires": 1.0}, ANN: {"arrives": 2.0}, BOB: {"arrives": 3.0}})


@QUESTION.rung("thirty, and a wake-up each")
def _(acquire: Answer, release: Answer) -> None:
    plans = {f"c{number}": {"arrives": number / 10} for number in range(1, 31)}
    trace = played(acquire, release, plans)
    if wake_ups(trace) > len(plans) - 1:
        watching = [request for request in requests_of(trace) if request[2:] == ("watch",)]
        said = f"Until all 30 had had the lock, {wake_ups(trace)} events were sent; 29 had to be enough."
        whole = any(request[0] == "children" for request in watching)
        replay = "contest(acquire, release, {f'c{n}': {'arrives': n / 10} for n in range(1, 31)}).run()"
        raise Wrong("watches-the-folder" if whole else "herd", said, replay)


def requests_of(trace: Trace) -> list[tuple[str, ...]]:
    from course_lib.checks.zookeeper_lock.service import Ask

    return [e.message.words for e in trace.events if e.kind == "send" and isinstance(e.message, Ask)]


@QUESTION.rung("two, in every order")
def _(acquire: Answer, release: Answer) -> None:
    explored(acquire, release, {BOB: {"dies": 3.0}, ANN: {}})


@QUESTION.rung("three, in every order")
def _(acquire: Answer, release: Answer) -> None:
    explored(acquire, release, {ANN: {"patience": 3.0}}, before={"old": 3.0, "mid": 2.0})
    explored(acquire, release, {BOB: {}, ANN: {}}, before={"old": 3.0})
