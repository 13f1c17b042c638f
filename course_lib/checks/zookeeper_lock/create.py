"""05.create: one znode of one's own, although a reply may be lost."""

from collections.abc import Iterable, Mapping

from course_lib.checks.answer import Answer
from course_lib.checks.plain import Failed
from course_lib.checks.question import Question, Wrong
from course_lib.checks.trials import struck
from course_lib.checks.zookeeper_lock.calls import BROKE, Calls
from course_lib.checks.zookeeper_lock.entrance import ME, entrance_of
from course_lib.checks.zookeeper_lock.orders import in_every_order, told
from course_lib.checks.zookeeper_lock.service import Ask
from course_lib.sim import Drop, Trace

QUESTION = Question(
    "05.create",
    title="Create it once, although the reply may be lost",
    names=("enter",),
    signature="enter(path: str, me: str), which yields requests -> str",
    points=3,
    minutes=15,
    hints=(
        "After a ConnectionLoss the znode is there, or it is not. Which request tells?",
        "List the children: a name that is `me`, '-' and ten digits is yours, and you are done. If there is none, create again. Each of these requests may end in a ConnectionLoss too.",
        "A loop with all of it in one `try`: list, return your znode's name if it is among them, else return what create gives; `except ConnectionLoss: pass` goes round again.",
    ),
    misconceptions={
        "creates-again": "A lost reply does not mean a lost request: the first znode was made. Both are yours, and you will know of one only. The other is never deleted as long as you live, and all behind it wait.",
        "lets-the-loss-out": "Each request may end in a ConnectionLoss, those after the first one too. Catch it, and go on.",
        "assumes-it-was-made": "After a loss the znode may be there, and may not be: here it was the request that was lost. If you do not find it, create it.",
        "takes-the-latest": "The latest znode need not be yours: others come while your connection is broken. Yours begins with `me`.",
        "names-alike": "Another's name may begin or end like yours: `anna-...`, `joann-...`. Compare all that stands before the ten digits with `me` and '-'.",
        "deletes-a-strangers": "That znode is another's place in the queue. Delete nothing that you cannot know to be yours.",
        "loses-its-place": "It was made, so you have a place in the queue. To delete it and make another is to go to the end.",
        "gives-up": "A loss is no answer, and neither are ten. Find out what happened, and go on until you have your znode.",
        "another-name": "Return the last part of the path, as `create` gives it: 'ann-0000000007'.",
        "waits-for-ever": "Nothing wakes you here, since no watch was left, and waiting makes no znode. Look, and if there is none, create it.",
        "lets-no-node-out": "There is no znode of that path. The children's folder is `path`, and a znode's path is the folder, '/', and its name.",
        "not-a-request": "A request is a tuple, such as `names = yield ('children', path)`. To use its reply in an expression, put brackets round all of it.",
    },
    right=(
        "A lost reply is a 'maybe', and only the service knows. It could be asked since the znode says who made it: a name that you chose yourself, before you asked, makes the request safe to repeat. "
        "Think of next: a service where you order something, and the reply is lost. What has the order to carry?"
    ),
)

BROKEN = {
    "nobody_robbed": "deletes-a-strangers",
    "one_at_most": "creates-again",
    "stays_in_line": "loses-its-place",
    "returns": "waits-for-ever",
}
Others = Mapping[str, float]
NOBODY: Others = {}


def entered(
    enter: Answer, faults: Iterable[Drop] = (), others: Others = NOBODY, folder: str = "/lock"
) -> Trace:
    """A run in which all is well. Raises Wrong where it is not; faults that name no message of the run are left out."""
    calls, script = Calls(enter), list(faults)
    replay = f"{source_of(enter, others, folder)}.run({script or ''})"
    scenario = entrance_of(calls, others, folder)
    try:
        trace, _ = struck(scenario, script)
    except (Wrong, Failed) as miss:
        raise retold(miss, replay) from miss
    finally:
        calls.close()
    is_done = trace.nodes[ME].phase == "returned"
    if trace.violated or not is_done:
        sent = {event.id for event in trace.events if event.kind == "send"}
        script = [fault for fault in script if fault.message in sent]
        rest = f" and {len(script) - 3} more" if len(script) > 3 else ""
        under = f"With {', '.join(map(repr, script[:3]))}{rest}" if script else "Without any fault"
        replay = f"{source_of(enter, others, folder)}.run({script or ''})"
        said = trace.reason or f"after {trace.end:g} s ann still waits"
        raise Wrong(reason(trace, calls), f"{under}: {said}.", replay, trace=trace)
    return trace


def retold(miss: Wrong | Failed, replay: str) -> Wrong | Failed:
    """What a handler said, in this question's terms: who asks on here takes its znode for made."""
    if isinstance(miss, Wrong) and miss.message_id == "asks-on":
        miss.message_id = "assumes-it-was-made"
    return told(miss, replay)


def reason(trace: Trace, calls: Calls) -> str:
    """The misconception behind a broken invariant."""
    ann = trace.nodes[ME]
    if trace.violated in BROKEN:
        return BROKEN[trace.violated]
    asked = calls.requests(ann.place)
    has_lost = any(reply == BROKE for _, reply in asked)
    if ann.phase != "returned":
        looks = any(request[0] in ("children", "exists") for request, _ in asked[-5:])
        return "assumes-it-was-made" if looks else "waits-for-ever"
    if ann.got is None and has_lost:
        return "gives-up"
    if ann.got is None and calls.answers[0].returns_nothing():
        return "no-return"
    owners = dict(trace.nodes["zookeeper"].queue)
    if isinstance(ann.got, str) and owners.get(ann.got, ME) != ME:
        return "names-alike" if ME in ann.got else "takes-the-latest"
    return "assumes-it-was-made" if has_lost and ME not in owners.values() else "another-name"


def source_of(enter: Answer, others: Others, folder: str) -> str:
    """The Python that a learner pastes to build the same world."""
    words = [enter.name]
    words += [repr(dict(others))] if others else []
    words += [f"folder={folder!r}"] if folder != "/lock" else []
    return f"entrance({', '.join(words)})"


def place_of_create(enter: Answer) -> int:
    """Which of its requests is the create: another may look first."""
    sent = [e for e in entered(enter).events if e.kind == "send" and e.node == ME]
    creates = [e for e in sent if isinstance(e.message, Ask) and e.message.words[0] == "create"]
    return sent.index(creates[0]) + 1


CROWD = {"anna": 0.2, "joann": 0.5, "bob": 0.7}


@QUESTION.rung("the connection holds")
def _(enter: Answer) -> None:
    entered(enter)
    entered(enter, others={"bob": 0.0}, folder="/locks/report")
    entered(enter, others={"an": 0.0, "anna": 0.0})


@QUESTION.rung("the request is lost")
def _(enter: Answer) -> None:
    number = place_of_create(enter)
    entered(enter, [Drop(f"ann>zookeeper#{number}")])
    entered(enter, [Drop(f"ann>zookeeper#{number}")], {"bob": 0.5})


@QUESTION.rung("the reply is lost")
def _(enter: Answer) -> None:
    number = place_of_create(enter)
    entered(enter, [Drop(f"zookeeper>ann#{number}")])
    entered(enter, [Drop(f"zookeeper>ann#{number}")], {"bob": 0.5})


@QUESTION.rung("others come, with names alike")
def _(enter: Answer) -> None:
    number = place_of_create(enter)
    for link in ("zookeeper>ann", "ann>zookeeper"):
        entered(enter, [Drop(f"{link}#{number}")], CROWD)


@QUESTION.rung("it breaks again and again")
def _(enter: Answer) -> None:
    links = ("ann>zookeeper", "zookeeper>ann")
    for first, second, third in [(0, 0, 1), (1, 1, 1), (0, 1, 0), (1, 0, 0)]:
        faults = [Drop(f"{links[first]}#{1}"), Drop(f"{links[second]}#{2}"), Drop(f"{links[third]}#{3}")]
        entered(enter, faults, {"bob": 1.5})
    for link in links:
        entered(enter, [Drop(f"{link}#{number}") for number in range(1, 11)], {"bob": 1.5})


@QUESTION.rung("every order, with two losses")
def _(enter: Answer) -> None:
    explored(enter, losses=2, timeouts=3)
    explored(enter, {"anna": 1.0}, losses=1, timeouts=2)


def explored(enter: Answer, others: Others = NOBODY, **budget: int) -> None:
    """Every order of events. Raises Wrong for the shortest in which something is wrong."""
    calls = Calls(enter, most=12)
    words = ", ".join(f"{name}={number}" for name, number in budget.items())
    replay = f"{source_of(enter, others, '/lock')}.explore({words})"
    in_every_order(
        calls,
        lambda: entrance_of(calls, others, "/lock"),
        replay,
        lambda trace: reason(trace, calls),
        retold,
        **budget,
    )
