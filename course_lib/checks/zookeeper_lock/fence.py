"""05.fence: which of a znode's numbers is a fencing token?"""

from collections.abc import Callable
from itertools import pairwise

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Question, Wrong
from course_lib.checks.zookeeper_lock.turns import STORIES, Folder, turns

QUESTION = Question(
    "05.fence",
    title="A number that only grows",
    names=("fence",),
    signature="fence(znodes: dict of dicts, mine: str) -> int | None",
    points=2,
    minutes=10,
    hints=(
        "Go through the fields one by one: whose clock or counter is it? May it begin again? May it change while the lock is held? Is it given in the order in which the lock goes round?",
        "Each write to ZooKeeper gets the next number of one counter for all of it, the zxid. Of the fields that hold a zxid, take one that the holder cannot change.",
        "znodes[mine]['czxid'], the write that made the znode: who comes later in the queue was made later. And None, unless yours is the znode with the smallest number.",
    ),
    misconceptions={
        "the-sequence": "The number in the name is counted by the folder. Where the folder is deleted and made again, it begins at 0.",
        "changes-meanwhile": "It is that of the last change of the value: a holder that writes into its znode moves it, past those who wait behind. Then the next holder is refused.",
        "the-version": "It counts the changes of one znode's value, and each new znode begins at 0.",
        "the-session": "A session's number tells when the session began. One that began early may take the lock late.",
        "the-clock": "That is the clock of a server. Two znodes may be made in one millisecond, and clocks may go back.",
        "counts-children": "It speaks of the znode's children, and an ephemeral znode has none.",
        "counts-the-queue": "How many wait changes while the lock is held. Then one holder has several tokens, and a later one may have a lower.",
        "alone-is-first": "Nobody is before you. Who is alone in the folder is the first of its queue, and has the lock.",
        "nothing-for-the-first": "The znode with the smallest number is the first in the queue. Whose it is has the lock, and gets a token.",
        "without-the-lock": "Who is not the first does not have the lock, and who has no lock gets no token: None.",
        "not-a-number": "A whole number is wanted, which a resource can compare.",
        "another-number": "The holder that took the lock later has to have the higher number, and one holder the same for as long as it has the lock.",
    },
    right=(
        "One counter for all writes, and a field that nobody can change: the order of the queue, in numbers that only grow. "
        "Think of next: the resource has to compare. What does it have to remember, and what if it forgets?"
    ),
)


def tokens(fence: Answer, story: str) -> list[int]:
    """The token of each turn. Raises Wrong for what is no whole number."""
    found = []
    for number, (znodes, mine) in enumerate(turns(story)):
        token = fence(znodes, mine)
        if not isinstance(token, int) or isinstance(token, bool):
            said = f"{mine} is the first of {len(znodes)} in its folder, and {fence.name} gave it {short(token)}."
            replay = f"{fence.name}(*turns({story!r})[{number}])"
            raise Wrong(no_number(fence, token, znodes), said, replay)
        found.append(token)
    return found


def no_number(fence: Answer, token: object, znodes: Folder) -> str:
    """The misconception of who gives the holder something else than a whole number."""
    if token is not None:
        return "not-a-number"
    if fence.returns_nothing():
        return "no-return"
    return "alone-is-first" if len(znodes) == 1 else "nothing-for-the-first"


def expect_order(fence: Answer, story: str) -> None:
    """Each holder's token is above the one before, and a holder keeps its own."""
    holders = [mine for _, mine in turns(story)]
    for (one, had), (next, has) in pairwise(zip(holders, tokens(fence, story), strict=True)):
        if one == next and has != had:
            said = f"{one} had {had}, and then, still holding the lock, {has}."
        elif one != next and has <= had:
            said = f"{one} had {had}, and {next}, which had the lock after it, has {has}."
        else:
            continue
        raise Wrong(reason(fence), said, f"[{fence.name}(*turn) for turn in turns({story!r})]")


FIELDS: list[tuple[str, Callable[[Folder, str], int]]] = [
    ("the-sequence", lambda znodes, mine: int(mine[-10:])),
    ("changes-meanwhile", lambda znodes, mine: znodes[mine]["mzxid"]),
    ("the-version", lambda znodes, mine: znodes[mine]["version"]),
    ("the-session", lambda znodes, mine: znodes[mine]["ephemeralOwner"]),
    ("the-clock", lambda znodes, mine: znodes[mine]["ctime"]),
    ("the-clock", lambda znodes, mine: znodes[mine]["mtime"]),
    ("counts-children", lambda znodes, mine: znodes[mine]["cversion"]),
    ("counts-children", lambda znodes, mine: znodes[mine]["numChildren"]),
    ("counts-the-queue", lambda znodes, mine: len(znodes)),
    ("counts-the-queue", lambda znodes, mine: znodes[mine]["czxid"] + len(znodes)),
]


def reason(fence: Answer) -> str:
    """The field whose numbers these are, or differ from by always the same."""
    found = [tokens(fence, story) for story in STORIES]
    for name, field in FIELDS:
        numbers = [[field(*turn) for turn in turns(story)] for story in STORIES]
        is_constant = {number for story in numbers for number in story} == {numbers[0][0]}
        shift = 0 if is_constant else found[0][0] - numbers[0][0]
        if found == [[number + shift for number in story] for story in numbers]:
            return name
    return "another-number"


def rung(story: str) -> None:
    @QUESTION.rung(story)
    def _(fence: Answer) -> None:
        expect_order(fence, story)


for story in STORIES:
    rung(story)


@QUESTION.rung("without the lock")
def _(fence: Answer) -> None:
    for number, (znodes, holder) in enumerate(turns("one after the other")):
        folder = f"turns('one after the other')[{number}][0]"
        for mine in sorted({*znodes, "eve-0000000001"} - {holder}):
            expect_none(fence, znodes, mine, folder)
            expect_none(fence, {}, mine, "{}")


def expect_none(fence: Answer, znodes: Folder, mine: str, source: str) -> None:
    token = fence(znodes, mine)
    if token is not None:
        there = ", ".join(sorted(znodes, key=lambda name: name[-10:])) or "nobody"
        said = f"{mine} got {short(token)}, and in the queue was {there}; it had to get None."
        raise Wrong("without-the-lock", said, f"{fence.name}({source}, {mine!r})")
