"""03.hot_keys, the one that breaks it: overload one node of a ring with keys of your own choice."""

from typing import Any

from course_lib.checks.answer import Answer
from course_lib.checks.plain import short
from course_lib.checks.question import Question, Wrong
from course_lib.hashing import HashRing

QUESTION = Question(
    "03.hot_keys",
    title="Break it: aim at one node",
    names=("hot_keys",),
    signature="hot_keys(nodes: list[str], vnodes: int, victim: str, count: int) -> list[str]",
    points=3,
    minutes=10,
    hints=(
        "You may build the same ring as everyone: HashRing(nodes, vnodes). An attacker who knows the nodes can, too.",
        "Try keys, any keys, and keep those that live on the victim. How many must you try for one?",
        "A loop over f'key:{i}' for i = 0, 1, 2, ... that keeps a key when ring.lookup(key) == victim, until there are count.",
    ),
    misconceptions={
        "same-key-again": "One key given many times is one key: the store holds it once. Find different ones.",
        "key-named-like-the-node": "A key's name has nothing to do with its place: the hash scatters names that look alike. (Only the names of the victim's own points, 'victim#0' to 'victim#vnodes-1', lie on it.)",
        "salted-hash": "Python's hash() is not the ring's hash. Ask the ring: HashRing(nodes, vnodes).lookup(key).",
        "other-ring": "These keys live on the victim of a ring with another number of virtual nodes: build it with the vnodes given.",
        "not-on-the-victim": "Some keys live on other nodes. Ask ring.lookup(key) before you keep one.",
        "wrong-number": "Exactly count keys are wanted.",
        "not-strings": "Keys are wanted as a list of str.",
        "never-ends": "Does the search ever reach the victim? About one key in len(nodes) does.",
    },
    right=(
        "One try in every N hits the victim, so an attacker needs about N * count hashes. A public, unkeyed hash spreads what "
        "chance brings, not what an enemy chooses. Think of next: a keyed hash (SipHash) helps against whom, and against which hot key not?"
    ),
)


def expect_hot(hot_keys: Answer, nodes: list[str], vnodes: int, victim: str, count: int) -> None:
    call = f"hot_keys({nodes!r}, {vnodes}, {victim!r}, {count})"
    keys = hot_keys(nodes, vnodes, victim, count)
    if not isinstance(keys, list | tuple) or not all(isinstance(key, str) for key in keys):
        raise Wrong(
            "not-strings",
            f"{call} gave {short(keys)}; it had to be a list of {count} str.",
            call,
        )
    if len(set(keys)) < len(keys):
        raise Wrong(
            "same-key-again",
            f"{call} gave {len(keys)} keys, of which {len(set(keys))} differ.",
            call,
        )
    if len(keys) != count:
        raise Wrong("wrong-number", f"{call} gave {len(keys)} keys; it had to be {count}.", call)
    keys, ring = list(keys), HashRing(nodes, vnodes)
    astray = [key for key in keys if ring.lookup(key) != victim]
    if astray:
        example = f"{astray[0]!r} lives on {ring.lookup(astray[0])!r}"
        said = f"{call}: {len(astray)} of {count} keys miss {victim!r}; {example}."
        raise Wrong(reason(keys, nodes, vnodes, victim), said, call)


def reason(keys: list[str], nodes: list[str], vnodes: int, victim: str) -> str:
    """The mistake that explains where the keys ended."""
    if all(hash(key) % len(nodes) == nodes.index(victim) for key in keys):
        return "salted-hash"
    if all(victim in key for key in keys):
        return "key-named-like-the-node"
    if any(
        HashRing(nodes, other).lookup_many(keys).tolist() == [victim] * len(keys)
        for other in (1, 100)
        if other != vnodes
    ):
        return "other-ring"
    return "not-on-the-victim"


def ladder(name: str, *case: Any) -> None:
    @QUESTION.rung(name)
    def _(hot_keys: Answer) -> None:
        expect_hot(hot_keys, *case)


FIVE = ["ant", "bee", "cow", "dog", "eel"]
ladder("twenty keys on one node", FIVE, 100, "cow", 20)
ladder("another ring, another victim", [*FIVE, "fox", "gnu"], 10, "gnu", 50)
ladder("as many as you like", ["left", "right"], 1, "left", 300)
