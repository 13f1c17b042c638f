"""05.fence: which of a znode's numbers is a fencing token?"""

from collections.abc import Callable, Mapping, Sequence

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Question, Wrong

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
        "without-the-lock": "Who is not the first does not have the lock, and who has no lock gets no token: None.",
        "not-a-number": "A whole number is wanted, which a resource can compare.",
        "another-number": "The holder that took the lock later has to have the higher number, and one holder the same for as long as it has the lock.",
    },
    right=(
        "One counter for all writes, and a field that nobody can change: the order of the queue, in numbers that only grow. "
        "Think of next: the resource has to compare. What does it have to remember, and what if it forgets?"
    ),
)


Znode = Mapping[str, int]
Story = Sequence[tuple[str, Znode]]
"""Those who had the lock, one after the other, by the names of their znodes; one twice where it was looked at twice."""


def znode(czxid: int, session: int, ctime: int, *, mzxid: int = 0, version: int = 0, mtime: int = 0) -> Znode:
    """What ZooKeeper tells of an ephemeral znode."""
    return {
        "czxid": czxid,
        "mzxid": mzxid or czxid,
        "pzxid": czxid,
        "ctime": ctime,
        "mtime": mtime or ctime,
        "version": version,
        "cversion": 0,
        "ephemeralOwner": session,
        "numChildren": 0,
    }


PLAIN: Story = [
    ("ann-0000000004", znode(21, 1001, 70_000)),
    ("bob-0000000005", znode(24, 1002, 71_000)),
    ("cem-0000000006", znode(30, 1003, 74_000)),
]
OLD_SESSION: Story = [
    ("ann-0000000004", znode(21, 1009, 70_000)),
    ("bob-0000000005", znode(24, 1002, 71_000)),
]
CLOCKS: Story = [
    ("cem-0000000004", znode(21, 1001, 70_000)),
    ("bob-0000000005", znode(22, 1002, 70_000)),
    ("ann-0000000006", znode(40, 1003, 69_200)),
]
MADE_AGAIN: Story = [
    ("ann-0000000041", znode(90, 1001, 70_000)),
    ("bob-0000000000", znode(96, 1002, 71_000)),
]
WRITTEN_TO: Story = [
    ("ann-0000000004", znode(21, 1001, 70_000)),
    ("ann-0000000004", znode(21, 1001, 70_000, mzxid=35, version=2, mtime=75_000)),
    ("bob-0000000005", znode(24, 1002, 71_000)),
]
STORIES = (PLAIN, OLD_SESSION, CLOCKS, MADE_AGAIN, WRITTEN_TO)


def behind(name: str, one: Znode) -> dict[str, Znode]:
    """The folder while that znode is the first, and others wait behind it."""
    number = int(name[-10:])
    return {
        f"zoe-{number + 2:010d}": znode(one["czxid"] + 9, 1000, one["ctime"] - 1),
        name: one,
        f"abe-{number + 1:010d}": znode(one["czxid"] + 8, 1044, one["ctime"] + 9),
    }


def tokens(fence: Answer, story: Story) -> list[int]:
    """The token of each holder. Raises Wrong for what is no whole number."""
    found = []
    for name, one in story:
        args = behind(name, one), name
        token = fence(*args)
        if not isinstance(token, int) or isinstance(token, bool):
            reason = "no-return" if token is None else "not-a-number"
            raise Wrong(reason, f"{fence.call(args)} gave {short(token)}.", fence.call(args, repr))
        found.append(token)
    return found


def expect_order(fence: Answer, story: Story) -> None:
    """Each holder's token is above the one before, and a holder keeps its own."""
    found = tokens(fence, story)
    for (one, _), (next, last), had, has in zip(story, story[1:], found, found[1:], strict=False):
        if one == next and has != had:
            said = f"{one} had {had}, and then, still holding the lock, {has}."
        elif one != next and has <= had:
            said = f"{one} had {had}, and {next}, which had the lock after it, has {has}."
        else:
            continue
        raise Wrong(reason(fence), said, fence.call((behind(next, last), next), repr))


FIELDS: list[tuple[str, Callable[[str, Znode], int]]] = [
    ("the-sequence", lambda name, one: int(name[-10:])),
    ("changes-meanwhile", lambda name, one: one["mzxid"]),
    ("the-version", lambda name, one: one["version"]),
    ("the-session", lambda name, one: one["ephemeralOwner"]),
    ("the-clock", lambda name, one: one["ctime"]),
    ("the-clock", lambda name, one: one["mtime"]),
    ("counts-children", lambda name, one: one["cversion"]),
    ("counts-children", lambda name, one: one["numChildren"]),
]


def reason(fence: Answer) -> str:
    """The field whose numbers these are, or differ from by always the same."""
    found = [tokens(fence, story) for story in STORIES]
    for name, field in FIELDS:
        numbers = [[field(*one) for one in story] for story in STORIES]
        is_constant = {number for story in numbers for number in story} == {numbers[0][0]}
        shift = 0 if is_constant else found[0][0] - numbers[0][0]
        if found == [[number + shift for number in story] for story in numbers]:
            return name
    return "another-number"


def rung(name: str, *stories: Story) -> None:
    @QUESTION.rung(name)
    def _(fence: Answer) -> None:
        for story in stories:
            expect_order(fence, story)


rung("one after the other", PLAIN)
rung("an old session comes late", OLD_SESSION)
rung("in one millisecond, and a clock that goes back", CLOCKS)
rung("the folder is made again", MADE_AGAIN)
rung("the holder writes into its znode", WRITTEN_TO)


@QUESTION.rung("without the lock")
def _(fence: Answer) -> None:
    for name, one in PLAIN:
        folder = behind(name, one)
        for mine in sorted({*folder, "eve-0000000001"} - {name}):
            for znodes in (folder, {}):
                token = fence(znodes, mine)
                if token is not None:
                    said = f"{fence.call((znodes, mine))} gave {short(token)}; it had to give None."
                    raise Wrong("without-the-lock", said, fence.call((znodes, mine), repr))
