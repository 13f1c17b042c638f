"""The two functions of 06.deadlock as they should be, and as learners write them by mistake."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Edge = tuple[str, str]
"""Who waits, and for whom."""
Waits = Mapping[str, Sequence[Edge]]
"""What each node knows: the edges of its own wait-for graph."""
Tries = Mapping[str, Sequence[float]]
"""When each transaction began, and began again after it was aborted."""


def together(waits: Waits) -> list[Edge]:
    return [edge for edges in waits.values() for edge in edges]


def cycle_in(edges: Iterable[Edge]) -> list[str] | None:
    """The transactions of a cycle, each waiting for the next and the last for the first; None: there is none."""
    after: dict[str, list[str]] = {}
    for waiter, holder in edges:
        after.setdefault(waiter, []).append(holder)
    done: set[str] = set()

    def walk(txn: str, path: list[str]) -> list[str] | None:
        if txn in path:
            return path[path.index(txn) :]
        if txn in done:
            return None
        for holder in after.get(txn, ()):
            if found := walk(holder, [*path, txn]):
                return found
        done.add(txn)
        return None

    return next(filter(None, (walk(txn, []) for txn in after)), None)


def deadlock(waits: Waits) -> list[str] | None:
    return cycle_in(together(waits))


def is_cycle(found: Any, waits: Waits) -> bool:
    """Whether each in the list waits for the next, the last for the first, and nobody is there twice."""
    if not isinstance(found, list | tuple) or not found or not all(isinstance(txn, str) for txn in found):
        return False
    edges = set(map(tuple, together(waits)))
    steps = zip(found, [*found[1:], found[0]], strict=True)
    return len(set(found)) == len(found) and edges.issuperset(steps)


# Mistaken


def of_each_node(waits: Waits) -> list[str] | None:
    return next(filter(None, map(cycle_in, waits.values())), None)


def met_again(waits: Waits) -> list[str] | None:
    """Whoever is met a second time closes a cycle, it thinks, on whatever way it is met."""
    edges = together(waits)
    for start in dict.fromkeys(waiter for waiter, _ in edges):
        seen: list[str] = []
        stack = [start]
        while stack:
            txn = stack.pop()
            if txn in seen:
                return cycle_in(edges) or seen
            seen.append(txn)
            stack += [holder for waiter, holder in edges if waiter == txn]
    return None


def pairs(waits: Waits) -> list[str] | None:
    edges = together(waits)
    return next(([one, other] for one, other in edges if (other, one) in edges), None)


def backwards(waits: Waits) -> list[str] | None:
    found = deadlock(waits)
    return found[::-1] if found else None


def closed(waits: Waits) -> list[str] | None:
    found = deadlock(waits)
    return [*found, found[0]] if found else None


def with_the_way(waits: Waits) -> list[str] | None:
    """The way that led into the cycle is in the list, too."""
    edges = together(waits)
    found = deadlock(waits)
    if not found:
        return None
    way = [edges[0][0]]
    while way[-1] not in found:
        onward = [holder for waiter, holder in edges if waiter == way[-1] and holder not in way]
        if not onward:
            return found
        way.append(onward[0])
    turn = found.index(way[-1])
    return [*way, *found[turn + 1 :], *found[:turn]]


def all_who_wait(waits: Waits) -> list[str] | None:
    return sorted({waiter for waiter, _ in together(waits)}) if deadlock(waits) else None


def from_the_first(waits: Waits) -> list[str] | None:
    """Only what the first that waits leads to is looked at."""
    edges = together(waits)
    reached = {edges[0][0]} if edges else set()
    for _ in edges:
        reached |= {holder for waiter, holder in edges if waiter in reached}
    return cycle_in(edge for edge in edges if edge[0] in reached)


def back_to_the_start(waits: Waits) -> list[str] | None:
    """A cycle counts only if it leads back to the first that waits."""
    edges = together(waits)
    found = from_the_first(waits)
    return found if found and edges[0][0] in found else None


def one_holder_each(waits: Waits) -> list[str] | None:
    """A dict from each that waits to one that it waits for: a second holder replaces the first."""
    return cycle_in(dict(together(waits)).items())


def first_holder_each(waits: Waits) -> list[str] | None:
    return cycle_in(dict(reversed(together(waits))).items())


def nothing(waits: Waits) -> None:
    """A `return` was forgotten."""


def yes_or_no(waits: Waits) -> Any:
    return deadlock(waits) is not None


CYCLE_MISTAKES: list[tuple[str, Callable[[Waits], Any]]] = [
    ("no-return", nothing),
    ("each-node-alone", of_each_node),
    ("diamond", met_again),
    ("only-pairs", pairs),
    ("backwards", backwards),
    ("first-twice", closed),
    ("bystanders", with_the_way),
    ("bystanders", all_who_wait),
    ("one-start", from_the_first),
    ("one-start", back_to_the_start),
    ("one-holder", one_holder_each),
    ("one-holder", first_holder_each),
    ("not-a-list", yes_or_no),
]


# Wound-wait


def wound_wait(
    asker: str,
    holder: str,
    tries: Tries,
    *,
    age: Callable[[Sequence[float]], float] = min,
    old_waits: bool = False,
) -> Any:
    """The older one takes the lock, the younger one waits; old is what began first of all."""
    is_older = age(tries[asker]) < age(tries[holder])
    return "wound" if is_older != old_waits else "wait"


def mistaken(**change: Any) -> Callable[..., Any]:
    return lambda *case: wound_wait(*case, **change)


def last(tries: Sequence[float]) -> float:
    return tries[-1]


def by_name(asker: str, holder: str, tries: Tries) -> str:
    return "wound" if asker < holder else "wait"


def by_tries(asker: str, holder: str, tries: Tries) -> str:
    """Who has been aborted more often goes first."""
    return "wound" if len(tries[asker]) > len(tries[holder]) else "wait"


def always(word: Any) -> Callable[..., Any]:
    return lambda asker, holder, tries: word


def in_words(wound: Any, wait: Any) -> Callable[..., Any]:
    return lambda *case: wound if wound_wait(*case) == "wound" else wait


WOUND_MISTAKES = [
    ("young-wounds-old", mistaken(old_waits=True)),
    ("new-age", mistaken(age=last)),
    ("young-wounds-old", mistaken(age=last, old_waits=True)),
    ("not-by-age", by_name),
    ("not-by-age", by_tries),
    ("not-by-age", always("wait")),
    ("not-by-age", always("wound")),
    ("not-a-word", in_words(True, False)),
    ("not-a-word", in_words("abort", "wait")),
]
