"""The two functions of 06.invariant as they should be, and as learners write them by mistake."""

from __future__ import annotations

from collections.abc import Callable, Container
from itertools import pairwise
from typing import Any

from course_lib.checks.two_phase_commit.systems import Nodes

Verdict = bool | str
DECIDED = ("committed", "aborted")


def states(nodes: Nodes, txn: str) -> dict[str, str]:
    """Of one transaction, by the participants that know of it."""
    return {name: node["disk"][txn] for name, node in nodes.items() if txn in node["disk"]}


def known(nodes: Nodes) -> list[str]:
    return sorted({txn for node in nodes.values() for txn in node["disk"]})


def agree(nodes: Nodes) -> Verdict:
    """No participant commits what another aborts."""
    for txn in known(nodes):
        if {"committed", "aborted"}.issubset(states(nodes, txn).values()):
            return f"{txn} is committed and aborted"
    return True


def stays(before: Nodes, after: Nodes) -> Verdict:
    """What a participant has decided stays decided."""
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in DECIDED and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


def verdict(function: Callable[..., Any], *case: Nodes) -> str:
    """What an answer comes to: how it says that something is broken is its own matter."""
    result = function(*case)
    if result is True:
        return "holds"
    return "broken" if isinstance(result, str) and result else "neither"


# Mistaken: agree


def those_who_are_up(nodes: Nodes) -> Nodes:
    return {name: node for name, node in nodes.items() if node["up"]}


def of_those_who_are_up(nodes: Nodes) -> Verdict:
    return agree(those_who_are_up(nodes))


def when_all_have_decided(nodes: Nodes) -> Verdict:
    """Compared only when nobody is in doubt any more."""
    for txn in known(nodes):
        found = states(nodes, txn)
        if len(found) == len(nodes) and set(found.values()) == {"committed", "aborted"}:
            return f"{txn} is committed and aborted"
    return True


def when_none_is_prepared(nodes: Nodes) -> Verdict:
    for txn in known(nodes):
        found = set(states(nodes, txn).values())
        if found == {"committed", "aborted"}:
            return f"{txn} is committed and aborted"
    return True


def when_nothing_is_open(nodes: Nodes) -> Verdict:
    """One transaction in doubt, and no other is looked at."""
    is_open = any("prepared" in node["disk"].values() for node in nodes.values())
    return True if is_open else agree(nodes)


def all_alike(nodes: Nodes) -> Verdict:
    """Whoever says something else than another breaks it, also who is in doubt."""
    for txn in known(nodes):
        if len(set(states(nodes, txn).values())) > 1:
            return f"{txn} is not the same everywhere"
    return True


def all_the_same(nodes: Nodes) -> Verdict:
    """And whoever has not heard of it, too."""
    for txn in known(nodes):
        if len({node["disk"].get(txn) for node in nodes.values()}) > 1:
            return f"{txn} is not the same everywhere"
    return True


def committed_by_all(nodes: Nodes) -> Verdict:
    """What one has committed all have to have committed, at once."""
    for txn in known(nodes):
        found = [node["disk"].get(txn) for node in nodes.values()]
        if "committed" in found and set(found) != {"committed"}:
            return f"{txn} is not committed everywhere"
    return True


def first_two(nodes: Nodes) -> Verdict:
    return agree({name: nodes[name] for name in list(nodes)[:2]})


def neighbours(nodes: Nodes) -> Verdict:
    """Each is compared with the next only."""
    names = list(nodes)
    pairs = pairwise(names)
    broken = [
        said for one, other in pairs if (said := agree({one: nodes[one], other: nodes[other]})) is not True
    ]
    return broken[0] if broken else True


def of_all_transactions(nodes: Nodes) -> Verdict:
    said = {state for node in nodes.values() for state in node["disk"].values()}
    return "committed and aborted" if {"committed", "aborted"} <= said else True


def only(nodes: Nodes, names: Container[str], txns: Container[str]) -> Nodes:
    """What those who count on these names and ids look at."""
    return {
        name: {**node, "disk": {txn: state for txn, state in node["disk"].items() if txn in txns}}
        for name, node in nodes.items()
        if name in names
    }


def of_names(function: Callable[..., Verdict], most: int) -> Callable[..., Verdict]:
    """Of p1, p2, and so on."""
    names = [f"p{number}" for number in range(1, most + 1)]
    return lambda *nodes: function(*(only(each, names, known(each)) for each in nodes))


def of_ids(function: Callable[..., Verdict], most: int) -> Callable[..., Verdict]:
    """Of t1, t2, and so on."""
    ids = [f"t{number}" for number in range(1, most + 1)]
    return lambda *nodes: function(*(only(each, each, ids) for each in nodes))


def never(*nodes: Nodes) -> Verdict:
    return True


def nothing(*nodes: Nodes) -> None:
    """A `return` was forgotten."""


def in_bools(function: Callable[..., Verdict]) -> Callable[..., Any]:
    return lambda *nodes: function(*nodes) is True


def none_where_it_holds(function: Callable[..., Verdict]) -> Callable[..., Any]:
    return lambda *nodes: None if function(*nodes) is True else function(*nodes)


AGREE_MISTAKES: list[tuple[str, Callable[[Nodes], Any]]] = [
    ("no-return", nothing),
    ("not-the-dead", of_those_who_are_up),
    ("only-at-the-end", when_all_have_decided),
    ("only-at-the-end", when_none_is_prepared),
    ("only-at-the-end", when_nothing_is_open),
    ("doubt-is-no-dissent", all_alike),
    ("doubt-is-no-dissent", all_the_same),
    ("doubt-is-no-dissent", committed_by_all),
    ("not-all-pairs", first_two),
    ("not-all-pairs", neighbours),
    ("all-in-one", of_all_transactions),
    *(("not-all-pairs", of_names(agree, most)) for most in (2, 3, 4, 5, 9)),
    *(("one-transaction", of_ids(agree, most)) for most in (1, 2, 3, 9)),
    ("never-broken", never),
    ("not-a-verdict", in_bools(agree)),
    ("not-a-verdict", none_where_it_holds(agree)),
]


# Mistaken: stays


def no_change(before: Nodes, after: Nodes) -> Verdict:
    """Whatever changes breaks it, also what was in doubt."""
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


def of_state(state: str) -> Callable[[Nodes, Nodes], Verdict]:
    """Only one of the two decisions is watched."""

    def mistaken(before: Nodes, after: Nodes) -> Verdict:
        for name, node in before.items():
            for txn, old in node["disk"].items():
                if old == state and after[name]["disk"].get(txn) != state:
                    return f"{name} had {state} {txn}"
        return True

    return mistaken


def of_what_is_there(before: Nodes, after: Nodes) -> Verdict:
    """What is gone is not compared."""
    for name, node in after.items():
        for txn, state in node["disk"].items():
            if (
                before[name]["disk"].get(txn, state) in DECIDED
                and before[name]["disk"].get(txn, state) != state
            ):
                return f"{name} had {before[name]['disk'][txn]} {txn}"
    return True


def from_one_to_the_other(before: Nodes, after: Nodes) -> Verdict:
    """From commit to abort, or back; not back into doubt."""
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if {state, after[name]["disk"].get(txn)} == set(DECIDED):
                return f"{name} had {state} {txn}"
    return True


def of_those_up_before(before: Nodes, after: Nodes) -> Verdict:
    return stays(those_who_are_up(before), after)


def of_those_up_after(before: Nodes, after: Nodes) -> Verdict:
    return stays({name: before[name] for name in those_who_are_up(after)}, after)


def of_those_up(before: Nodes, after: Nodes) -> Verdict:
    return of_those_up_after(
        those_who_are_up(before), {name: after[name] for name in those_who_are_up(before)}
    )


def of_first_two(before: Nodes, after: Nodes) -> Verdict:
    return stays({name: before[name] for name in list(before)[:2]}, after)


def of_the_first(before: Nodes, after: Nodes) -> Verdict:
    return stays({name: before[name] for name in list(before)[:1]}, after)


def only_after(before: Nodes, after: Nodes) -> Verdict:
    """`before` is not looked at."""
    return agree(after)


STAYS_MISTAKES: list[tuple[str, Callable[[Nodes, Nodes], Any]]] = [
    ("no-return", nothing),
    ("doubt-may-end", no_change),
    ("one-of-the-two", of_state("committed")),
    ("one-of-the-two", of_state("aborted")),
    ("gone-is-changed", of_what_is_there),
    ("gone-is-changed", from_one_to_the_other),
    ("not-the-dead", of_those_up_before),
    ("not-the-dead", of_those_up_after),
    ("not-the-dead", of_those_up),
    ("not-all-pairs", of_the_first),
    ("not-all-pairs", of_first_two),
    *(("not-all-pairs", of_names(stays, most)) for most in (1, 2, 3, 4, 5, 9)),
    *(("one-transaction", of_ids(stays, most)) for most in (1, 2, 3, 9)),
    ("only-after", only_after),
    ("never-broken", never),
    ("not-a-verdict", in_bools(stays)),
    ("not-a-verdict", none_where_it_holds(stays)),
]
