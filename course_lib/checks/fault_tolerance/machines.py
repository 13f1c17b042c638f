"""10.available: how often enough machines are up, summed over all states, and the mistakes that are made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, product
from math import comb, prod

Machines = Sequence[tuple[float, str]]
Racks = dict[str, float]


def over_all_states(parts: Sequence[float], works: Callable[[tuple[bool, ...]], bool]) -> float:
    """The share of the time in which `works(states)` is true, of independent parts that are up or down.

    No formula: each of the 2 ** n states has its probability, and those that are good are summed up.
    """
    return sum(
        prod(part if up else 1 - part for part, up in zip(parts, states, strict=True))
        for states in product((True, False), repeat=len(parts))
        if works(states)
    )


def serial(parts: Sequence[float]) -> float:
    return over_all_states(parts, all)


def at_least(k: int, parts: Sequence[float]) -> float:
    return over_all_states(parts, lambda states: sum(states) >= k)


def in_racks(k: int, machines: Machines, racks: Racks) -> float:
    """The racks are parts like the machines; a machine serves if both are up."""
    names = list(racks)

    def works(states: tuple[bool, ...]) -> bool:
        up = dict(zip(names, states, strict=False))
        rest = states[len(names) :]
        return sum(one and up[rack] for one, (_, rack) in zip(rest, machines, strict=True)) >= k

    return over_all_states([*racks.values(), *(one for one, _ in machines)], works)


# The mistakes


def up_if_zero(part: float) -> float:
    """0 is false, and taken for no number at all."""
    return part or 1.0


def alone(machines: Machines) -> list[float]:
    return [one for one, _ in machines]


def within(machines: Machines, racks: Racks) -> list[float]:
    """Of each machine how often it and its rack are up."""
    return [one * racks[rack] for one, rack in machines]


def racks_up_if_zero(k: int, machines: Machines, racks: Racks) -> float:
    return in_racks(k, machines, {rack: up_if_zero(up) for rack, up in racks.items()})


def machines_up_if_zero(k: int, machines: Machines, racks: Racks) -> float:
    return in_racks(k, [(up_if_zero(one), rack) for one, rack in machines], racks)


def all_racks_needed(k: int, machines: Machines, racks: Racks) -> float:
    return prod(racks.values()) * at_least(k, alone(machines))


def used_racks_needed(k: int, machines: Machines, racks: Racks) -> float:
    used = {rack for _, rack in machines}
    return prod(racks[rack] for rack in used) * at_least(k, alone(machines))


def worst_rack(k: int, machines: Machines, racks: Racks) -> float:
    return min(racks.values()) * at_least(k, alone(machines))


def rack_by_rack(k: int, machines: Machines, racks: Racks) -> float:
    """Looks for a rack that has enough by itself."""
    downs = [
        1 - up * at_least(k, [one for one, place in machines if place == rack]) for rack, up in racks.items()
    ]
    return 1 - prod(downs)


def counts_racks(k: int, machines: Machines, racks: Racks) -> float:
    """A rack is up if one of its machines is; so many racks have to be."""
    ups = [up * at_least(1, [one for one, place in machines if place == rack]) for rack, up in racks.items()]
    return at_least(k, ups)


def exactly(k: int, parts: Sequence[float]) -> float:
    return over_all_states(parts, lambda states: sum(states) == k)


def more_than(k: int, parts: Sequence[float]) -> float:
    return over_all_states(parts, lambda states: sum(states) > k)


def without_orders(k: int, parts: Sequence[float]) -> float:
    """For each number of machines that are up only one of the ways in which it can be so many."""
    return sum(
        prod(parts[:number]) * prod(1 - part for part in parts[number:])
        for number in range(k, len(parts) + 1)
    )


def only_the_up(k: int, parts: Sequence[float]) -> float:
    """Forgets that the others are down then, and so counts a state several times."""
    return sum(prod(some) for number in range(k, len(parts) + 1) for some in combinations(parts, number))


def of_each_k(k: int, parts: Sequence[float]) -> float:
    """As if the groups of k were independent of each other."""
    return 1 - prod(1 - prod(some) for some in combinations(parts, k))


def all_alike(chosen: Callable[[Sequence[float]], float]) -> Callable[[int, Sequence[float]], float]:
    def formula(k: int, parts: Sequence[float]) -> float:
        n, one = len(parts), chosen(parts)
        return sum(comb(n, up) * one**up * (1 - one) ** (n - up) for up in range(k, n + 1))

    return formula


def mean(parts: Sequence[float]) -> float:
    return sum(parts) / len(parts)


SERIAL_MISTAKES: list[tuple[str, Callable[..., float]]] = [
    ("sums-downtimes", lambda parts: 1 - sum(1 - part for part in parts)),
    ("sums-downtimes", lambda parts: max(0.0, 1 - sum(1 - part for part in parts))),
    ("parallel-for-serial", lambda parts: 1 - prod(1 - part for part in parts)),
    ("multiplies-downtimes", lambda parts: prod(1 - part for part in parts)),
    ("weakest-part", min),
    ("never-is-always", lambda parts: serial([up_if_zero(part) for part in parts])),
    ("average", mean),
]
AT_LEAST_MISTAKES: list[tuple[str, Callable[..., float]]] = [
    ("one-is-enough", lambda k, parts: 1 - prod(1 - part for part in parts)),
    ("all-are-needed", lambda k, parts: prod(parts)),
    ("exactly-k", exactly),
    ("more-than-k", more_than),
    ("one-way-only", without_orders),
    ("one-way-only", lambda k, parts: prod(parts[:k])),
    ("one-way-only", lambda k, parts: prod(sorted(parts)[-k:])),
    ("counted-twice", only_the_up),
    ("counted-twice", lambda k, parts: sum(prod(some) for some in combinations(parts, k))),
    ("groups-overlap", of_each_k),
    ("all-alike", all_alike(mean)),
    ("all-alike", all_alike(min)),
    ("all-alike", all_alike(lambda parts: parts[0])),
    ("is-the-downtime", lambda k, parts: 1 - at_least(k, parts)),
    ("more-than-there-are", lambda k, parts: at_least(min(k, len(parts)), parts)),
    ("more-than-there-are", lambda k, parts: at_least(k, parts) if k <= len(parts) else 1.0),
    ("more-than-there-are", lambda k, parts: at_least(k, parts) if parts else 1.0),
    ("never-is-always", lambda k, parts: at_least(k, [up_if_zero(part) for part in parts])),
]
IN_RACKS_MISTAKES: list[tuple[str, Callable[..., float]]] = [
    ("independent", lambda k, machines, racks: at_least(k, within(machines, racks))),
    ("no-racks", lambda k, machines, racks: at_least(k, alone(machines))),
    ("all-racks-needed", all_racks_needed),
    ("all-racks-needed", used_racks_needed),
    ("all-racks-needed", worst_rack),
    ("rack-by-rack", rack_by_rack),
    ("more-than-there-are", lambda k, machines, racks: in_racks(min(k, len(machines)), machines, racks)),
    ("more-than-there-are", lambda k, machines, racks: in_racks(k, machines, racks) if machines else 1.0),
    ("never-is-always", racks_up_if_zero),
    ("never-is-always", machines_up_if_zero),
    ("counts-racks", counts_racks),
    ("counts-racks", lambda k, machines, racks: at_least(k, list(racks.values()))),
]
