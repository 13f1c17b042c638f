"""03.build_ring: a ring that nodes join and leave."""

import random
from collections.abc import Callable

from course_lib.checks.answer import Answer, Failed, Instance, short
from course_lib.checks.question import Question, Wrong
from course_lib.hashing import HashRing, position
from course_lib.hashing.keys import Key

QUESTION = Question(
    "03.build_ring",
    title="Let nodes join and leave",
    names=("Ring",),
    signature="class Ring: __init__(nodes, vnodes, size); lookup(key) -> str; add(node); remove(node)",
    points=4,
    minutes=25,
    hints=(
        "Keep one sorted list of (place, node) pairs. Build it from every node's points, then reuse your lookup of the question before.",
        "A node's points depend on its own name alone: place(f'{node}#{i}', size) for i from 0 up. Adding puts in only the new node's points; removing takes out only pairs that hold that node.",
        "Two nodes can share a place. Pairs (place, node) sort by place, then by name, and that is the rule asked for. A dict from place to node would lose one of the two.",
    ),
    misconceptions={
        "salted-hash": "Python's hash() of a str is salted: another process, and tomorrow's, puts every key elsewhere. Use place().",
        "sorts-nodes-not-points": "Places and nodes were sorted apart from each other. Sort the pairs, so that each point keeps its node.",
        "forgets-virtual-nodes": "Each node has vnodes points, i from 0 to vnodes - 1; here it has one.",
        "name-clash": "Without the '#' the 11th point of 'n1' and the first of 'n11' have one name, hence one place.",
        "counts-from-one": "Points are numbered from 0: place('a#0', size) is the first.",
        "strictly-after": "`>` where `>=` is due: a key exactly on a point belongs to it (bisect_left, not bisect_right).",
        "no-wrap-around": "Past the last point the circle begins again: take the index modulo the number of points.",
        "moves-keys-between-old-nodes": "A newcomer may only take keys for itself. Old nodes' points must not change: they depend on the name alone, not on how many nodes there are.",
        "newcomer-gets-nothing": "The new node's points must go into the sorted list, each at its place.",
        "moves-keys-of-others": "Only the keys of the node that left may move.",
        "gone-node-still-owns": "All the points of the node that left must go, not only the first.",
        "loses-a-shared-place": "Two points in one place: both must be kept. The smaller name owns the place, and the other takes over when it leaves.",
        "larger-name-wins": "Of two points in one place the smaller name owns it, whichever came first; else two clients that learnt of the nodes in another order disagree.",
        "lists-out-of-step": "After some joins and leaves the ring differs from the same ring built afresh. Are two lists changed in step? One list of pairs is safer.",
        "another-node": "The owner is the first point at or after place(key, size), going round.",
        "never-ends": "Look at the loop that searches for the next point: it must stop after one round.",
    },
    right=(
        "Every node's points depend on its own name alone, so joining and leaving touch only its own keys, and the history is forgotten. "
        "Think of next: two clients that have not heard of the same nodes; how many keys do they place differently?"
    ),
)

NODES = ["cat", "dog", "eel", "fox"]
KEYS = [f"user:{i}" for i in range(150)]
BIG = 10**6


def ring(nodes: list[str], vnodes: int, size: int, place: Callable[[Key], int] | None = None) -> HashRing:
    """The right placement on a circle of `size` places."""
    return HashRing(nodes, vnodes, hasher=place or (lambda name: position(name) % size))


def agree(mine: Instance, right: HashRing, otherwise: str) -> None:
    """Every key where it belongs, or Wrong."""
    for key in KEYS:
        got, due = mine.lookup(key), right.lookup(key)
        if got != due:
            raise wrong(mine, key, got, due, otherwise, right)


def wrong(mine: Instance, key: str, got: object, due: str, reason: str, right: HashRing) -> Wrong:
    place = right._hash(key)
    said = f"After {short(mine.history)}: lookup({key!r}) gave {got!r}; its place is {place}, and it had to be {due!r}."
    return Wrong(reason, said, f"{mine.history}; ring.lookup({key!r})")


def mistaken(nodes: list[str], vnodes: int, size: int) -> list[tuple[str, list[str]]]:
    """Where each known mistake would put the keys."""
    due = ring(nodes, vnodes, size)
    places, owners = zip(*due.points(), strict=True)

    def put(own_points: list[tuple[int, str]], after: int = 0) -> list[str]:
        def find(key: str) -> str:
            spot = position(key) % size + after
            return next((node for place, node in own_points if place >= spot), own_points[0][1])

        return [find(key) for key in KEYS]

    return [
        (
            "salted-hash",
            ring(nodes, vnodes, size, lambda name: hash(name) % size).lookup_many(KEYS).tolist(),
        ),
        ("sorts-nodes-not-points", put(list(zip(places, sorted(owners), strict=True)))),
        ("forgets-virtual-nodes", put(ring(nodes, 1, size).points())),
        (
            "forgets-virtual-nodes",
            put(sorted((position(node) % size, node) for node in nodes)),
        ),
        (
            "name-clash",
            put(sorted((position(f"{n}{i}") % size, n) for n in nodes for i in range(vnodes))),
        ),
        (
            "counts-from-one",
            put(sorted((position(f"{n}#{i + 1}") % size, n) for n in nodes for i in range(vnodes))),
        ),
        ("strictly-after", put(due.points(), after=1)),
    ]


def explained(mine: Instance, nodes: list[str], vnodes: int, size: int) -> None:
    """Every key where it belongs; a miss is told by the mistake that explains all answers."""
    right = ring(nodes, vnodes, size)
    try:
        got = [mine.lookup(key) for key in KEYS]
    except Failed as failed:
        last = right.points()[-1][0]
        beyond = next(
            (key for key in KEYS if failed.call.find(repr(key)) >= 0 and position(key) % size > last),
            None,
        )
        if failed.kind in ("IndexError", "KeyError", "StopIteration") and beyond:
            said = f"{failed}. The place of {beyond!r} is past the last point."
            raise Wrong("no-wrap-around", said, failed.call) from failed
        raise
    due = right.lookup_many(KEYS).tolist()
    if got != due:
        guesses = mistaken(nodes, vnodes, size)
        reason = next((name for name, places in guesses if places == got), "another-node")
        i = next(i for i in range(len(KEYS)) if got[i] != due[i])
        if got[i] is None:
            reason = "no-wrap-around" if position(KEYS[i]) % size > right.points()[-1][0] else reason
        raise wrong(mine, KEYS[i], got[i], due[i], reason, right)


@QUESTION.rung("one point a node")
def _(Ring: Answer) -> None:
    explained(Ring(NODES, 1, BIG), NODES, 1, BIG)


@QUESTION.rung("virtual nodes")
def _(Ring: Answer) -> None:
    nodes = ["n1", "n11", "n2", "n3"]
    explained(Ring(nodes, 12, BIG), nodes, 12, BIG)


@QUESTION.rung("a circle of 360, keys on points")
def _(Ring: Answer) -> None:
    nodes, size = on_points()
    explained(Ring(nodes, 3, size), nodes, 3, size)


def on_points() -> tuple[list[str], int]:
    """Nodes without a shared place, and a circle on which some keys fall exactly on points."""
    return ["ant", "bee", "cow"], 360


@QUESTION.rung("a node joins")
def _(Ring: Answer) -> None:
    mine, right = Ring(NODES, 10, BIG), ring(NODES, 10, BIG)
    before = {key: mine.lookup(key) for key in KEYS}
    mine.add("gnu")
    right.add("gnu")
    after = {key: mine.lookup(key) for key in KEYS}
    for key in KEYS:
        if after[key] not in (before[key], "gnu"):
            said = f"After add('gnu') key {key!r} went from {before[key]!r} to {after[key]!r}."
            raise Wrong("moves-keys-between-old-nodes", said, f"{mine.history}; ring.lookup({key!r})")
    if "gnu" not in after.values():
        due = sum(right.lookup(key) == "gnu" for key in KEYS)
        said = f"After add('gnu') no key lives on 'gnu'; {due} of {len(KEYS)} had to."
        raise Wrong("newcomer-gets-nothing", said, mine.history)
    agree(mine, right, "another-node")


@QUESTION.rung("a node leaves")
def _(Ring: Answer) -> None:
    mine, right = Ring(NODES, 10, BIG), ring(NODES, 10, BIG)
    before = {key: mine.lookup(key) for key in KEYS}
    mine.remove("dog")
    right.remove("dog")
    for key in KEYS:
        now = mine.lookup(key)
        if now == "dog":
            said = f"After remove('dog') key {key!r} still lives on 'dog'."
            raise Wrong("gone-node-still-owns", said, f"{mine.history}; ring.lookup({key!r})")
        if before[key] not in (now, "dog"):
            said = f"After remove('dog') key {key!r} went from {before[key]!r} to {now!r}."
            raise Wrong("moves-keys-of-others", said, f"{mine.history}; ring.lookup({key!r})")
    agree(mine, right, "another-node")


@QUESTION.rung("60 joins and leaves")
def _(Ring: Answer) -> None:
    seed = 11
    chance = random.Random(seed)
    mine, right = Ring(NODES, 5, BIG), ring(NODES, 5, BIG)
    for step in range(60):
        node = chance.choice("uvwxyz")
        act = "remove" if node in right else "add"
        getattr(mine, act)(node)
        getattr(right, act)(node)
        for key in KEYS[step % 10 :: 10]:
            got, due = mine.lookup(key), right.lookup(key)
            if got != due:
                miss = wrong(mine, key, got, due, "lists-out-of-step", right)
                miss.seed = seed
                raise miss


@QUESTION.rung("two points in one place")
def _(Ring: Answer) -> None:
    nodes, vnodes, size = ["owl", "pig", "ram", "yak"], 10, 60  # 40 points on 60 places: many are shared
    for order in (nodes, nodes[::-1]):
        mine, right = Ring(order, vnodes, size), ring(order, vnodes, size)
        agree_on_shared(mine, right)
        for node in nodes:
            for act in ("remove", "add"):
                getattr(mine, act)(node)
                getattr(right, act)(node)
                agree_on_shared(mine, right)


def agree_on_shared(mine: Instance, right: HashRing) -> None:
    """As `agree`; a place given to the larger of two names is told as such."""
    shared: dict[int, list[str]] = {}
    for spot, node in right.points():
        shared.setdefault(spot, []).append(node)
    for key in KEYS:
        got, due = mine.lookup(key), right.lookup(key)
        if got != due:
            rivals = next(
                (owners for owners in shared.values() if due == owners[0] and got in owners[1:]),
                None,
            )
            raise wrong(
                mine,
                key,
                got,
                due,
                "larger-name-wins" if rivals else "loses-a-shared-place",
                right,
            )
