"""03.build_ring: a ring that nodes join and leave."""

import random
from collections.abc import Sequence
from typing import Any

from course_lib.checks.answer import Answer, Instance
from course_lib.checks.comparison import Case, Comparison
from course_lib.checks.hashing.rings import MISTAKES, Model
from course_lib.checks.plain import Failed, short
from course_lib.checks.question import Question

QUESTION = Question(
    "03.build_ring",
    title="Let nodes join and leave",
    names=("Ring",),
    signature="class Ring: __init__(nodes, vnodes, size); lookup(key) -> str; add(node); remove(node)",
    points=4,
    minutes=25,
    hints=(
        "Keep one sorted list of (place, node) pairs. Build it from every node's points, then reuse your lookup of the question before.",
        "A node's points depend on its own name alone: place_of(f'{node}#{i}', size) for i from 0 up. Adding puts in only the new node's points; removing takes out only pairs that hold that node.",
        "Two nodes can share a place. Pairs (place, node) sort by place, then by name, and that is the rule asked for. A dict from place to node would lose one of the two.",
    ),
    misconceptions={
        "salted-hash": "Python's hash() of a str is salted: another process, and tomorrow's, puts every key elsewhere. Use place_of().",
        "sorts-nodes-not-points": "Places and nodes were sorted apart from each other. Sort the pairs, so that each point keeps its node.",
        "forgets-virtual-nodes": "Each node has vnodes points, i from 0 to vnodes - 1; here it has one.",
        "name-clash": "Without the '#' the point 10 of 'n1' and the point 0 of 'n11' have names that run together.",
        "counts-from-one": "Points are numbered from 0: place_of('a#0', size) is the first.",
        "strictly-after": "`>` where `>=` is due: a key exactly on a point belongs to it (bisect_left, not bisect_right).",
        "counter-clockwise": "That is the point before the key; a key belongs to the next one clockwise.",
        "no-wrap-around": "Off by one at the wrap-around: past the last point the circle begins again, and the first point owns the key.",
        "not-sorted": "bisect needs a sorted list. Is it sorted when it is built, and again after every add?",
        "off-the-circle": "A key's place is place_of(key, size). Without the modulo it lies beyond every point.",
        "another-circle": "HashRing's circle has 2**64 places, and yours has `size`: keys and points lie elsewhere.",
        "moves-keys-between-old-nodes": "A newcomer may only take keys for itself. Old nodes' points must not change: they depend on the name alone, not on how many nodes there are.",
        "newcomer-gets-nothing": "The new node's points must go into the sorted list, each at its place.",
        "moves-keys-of-others": "Only the keys of the node that left may move.",
        "gone-node-still-owns": "All the points of the node that left must go, not only the first. (A list that is changed while a loop runs over it skips some.)",
        "loses-a-shared-place": "Two points in one place: both must be kept. The smaller name owns the place, and the other takes over when it leaves.",
        "larger-name-wins": "Of two points in one place the smaller name owns it, whichever came first; else two clients that learnt of the nodes in another order disagree.",
        "one-ring-for-all": "A second ring disturbed the first: what belongs to one ring must hang on `self`, not on the class.",
        "lists-out-of-step": "After some joins and leaves the ring differs from the same ring built afresh. Does anything remember the past? Two lists, perhaps, that are not changed in step?",
        "another-node": "The owner is the first point at or after place_of(key, size), going round.",
        "never-ends": "Look at the loop that searches for the next point: it must stop after one round.",
    },
    right=(
        "Every node's points depend on its own name alone, so joining and leaving touch only its own keys, and the history is forgotten. "
        "Think of next: two clients that have not heard of the same nodes; how many keys do they place differently?"
    ),
)

NODES = ["cat", "dog", "eel", "fox"]
KEYS = [f"user:{i}" for i in range(100)]
SIZE = 10**6  # so large that no two of our points share a place
CROWDED = 60  # so small that many of 40 do

Acts = Sequence[tuple[str, str]]


def play(Ring: Any, nodes: list[str], vnodes: int, size: int, acts: Acts) -> list[str]:
    """Builds a ring, lets nodes join and leave, and tells where every key lives."""
    ring = Ring(nodes, vnodes, size)
    for act, node in acts:
        if act == "beside":
            Ring([node], vnodes, size)  # a second ring must not disturb the first
        elif isinstance(ring, Instance):
            ring.do(act, node)
        else:
            getattr(ring, act)(node)
    return [ring.lookup(key) for key in KEYS]


def tell(answer: Answer, case: Case, expected: Any, got: Any) -> tuple[str, str]:
    """The first key that lives elsewhere, and how it came to that."""
    nodes, vnodes, size, acts = case
    history = "; ".join([f"ring = Ring({nodes!r}, {vnodes}, {size})", *map(line, acts)])
    if isinstance(got, Failed):
        return f"{short(got.call)} raised {got.error}.", got.call
    i = next(i for i in range(len(KEYS)) if got[i] != expected[i])
    place = Model([], vnodes, size).place(KEYS[i])
    sentence = (
        f"After {short(history)}, lookup({KEYS[i]!r}) gave {got[i]!r}; its place is {place:,}, "
        f"and it had to be {expected[i]!r}."
    )
    return sentence, f"{history}; ring.lookup({KEYS[i]!r})"


def line(act: tuple[str, str]) -> str:
    """An act as source text."""
    return f"another = Ring([{act[1]!r}], ...)" if act[0] == "beside" else f"ring.{act[0]}({act[1]!r})"


def otherwise(case: Case, expected: list[str], got: list[str]) -> str:
    """What went wrong, seen from the last join or leave."""
    nodes, vnodes, size, acts = case
    if size == CROWDED:
        return "loses-a-shared-place"
    if ("beside", "gnu") in acts:
        return "one-ring-for-all"
    if len(acts) > 1:
        return "lists-out-of-step"
    before = play(Model, nodes, vnodes, size, ())
    for act, node in acts:
        pairs = list(zip(before, got, strict=True))
        if act == "add" and any(now not in (was, node) for was, now in pairs):
            return "moves-keys-between-old-nodes"
        if act == "add" and node not in got:
            return "newcomer-gets-nothing"
        if act == "remove" and node in got:
            return "gone-node-still-owns"
        if act == "remove" and any(was not in (now, node) for was, now in pairs):
            return "moves-keys-of-others"
    return "another-node"


def wanderings() -> list[Case]:
    """The same long history, watched at three moments."""
    chance, acts = random.Random(11), []
    on: set[str] = set()
    for _ in range(60):
        node = chance.choice("uvwxyz")
        acts.append(("remove" if node in on else "add", node))
        on ^= {node}
    return [(NODES, 5, SIZE, acts[:moment]) for moment in (12, 36, 60)]


def crowds() -> list[Case]:
    """40 points on 60 places: many are shared. Nodes come in either order, and each leaves and returns."""
    nodes = ["owl", "pig", "ram", "yak"]
    visits = [[("remove", node)] for node in nodes] + [[("remove", node), ("add", node)] for node in nodes]
    return [(order, 10, CROWDED, acts) for order in (nodes, nodes[::-1]) for acts in ([], *visits)]


Comparison(Model, MISTAKES, otherwise, run=play, tell=tell).add_rungs(
    QUESTION,
    {
        "one point a node": [(NODES, 1, SIZE, [])],
        "virtual nodes": [(["n1", "n11", "n2", "n3"], 12, SIZE, [])],
        "keys exactly on points": [(["ant", "bee", "cow"], 3, 360, [])],
        "a node joins": [(NODES, 10, SIZE, [("add", "gnu")])],
        "a node leaves": [
            (NODES, 10, SIZE, [("remove", "dog")]),
            (["n1", "n10", "n2"], 10, SIZE, [("remove", "n1")]),
        ],
        "60 joins and leaves": wanderings(),
        "two points in one place": crowds(),
        "a second ring beside it": [(NODES, 10, SIZE, [("beside", "gnu")])],
    },
)
