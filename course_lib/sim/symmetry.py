"""Symmetric nodes, folded: states that differ only by who of them is who count as one.

It is up to the caller that the nodes are interchangeable: the same class, and nobody treats one otherwise than another.
(A loop over `self.peers` in which a crash may strike does.) C. N. Ip and D. Dill, Better Verification Through Symmetry,
Formal Methods in System Design, 1996.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, permutations, product
from typing import Any

from course_lib.sim.local import Local
from course_lib.sim.plain import RECORDS, fields_of, freeze, record, thaw
from course_lib.sim.space import Numbered, Space, State

Renaming = tuple[tuple[str, str], ...]
"""Pairs (old name, new name), sorted."""


class Symmetry:
    """Folds the states of a space under all renamings of one group of nodes."""

    def __init__(self, space: Space, names: Sequence[str]) -> None:
        for name in names:
            if name not in space.names:
                raise ValueError(f"symmetric names {name!r}; the nodes are {', '.join(space.names)}")
        self.space, self.names = space, sorted(names)
        self.places = [space.place[name] for name in self.names]
        self.renamings: list[Renaming] = [
            tuple(zip(self.names, order, strict=True)) for order in permutations(self.names)
        ]
        self.orbits: Numbered[frozenset[Any]] = Numbered()
        self._orbit: dict[int, int] = {}
        self._image: dict[tuple[Renaming, str, int], int] = {}

    def fold(self, state: State) -> State:
        """The one that stands for all states that are the same up to names."""
        return min(self._renamed(state, renaming) for renaming in self._candidates(state))

    def _candidates(self, state: State) -> Iterator[Renaming]:
        """Renamings that sort the nodes by what they are up to names; where some are alike, in every order of these."""
        ranked = sorted(
            (self.orbit(state[place]), name) for place, name in zip(self.places, self.names, strict=True)
        )
        alike = [[name for _, name in same] for _, same in groupby(ranked, key=lambda pair: pair[0])]
        for order in product(*map(permutations, alike)):
            old = [name for part in order for name in part]
            yield tuple(sorted(zip(old, self.names, strict=True)))

    def orbit(self, local: int) -> int:
        """The same number for local states that are equal up to names."""
        if local not in self._orbit:
            _, state = self.space.locals[local]
            alike = frozenset(self._local(state, dict(renaming)) for renaming in self.renamings)
            self._orbit[local] = self.orbits.number(alike)
        return self._orbit[local]

    def _renamed(self, state: State, renaming: Renaming) -> State:
        n = self.space.n
        following = [self._number(renaming, "local", number) for number in state[:n]]
        for old, new in renaming:
            place = self.space.place
            following[place[new]] = self._number(renaming, "local", state[place[old]])
        bag, past, left = state[n:]
        return (*following, self._number(renaming, "bag", bag), self._number(renaming, "past", past), left)

    def _number(self, renaming: Renaming, kind: str, number: int) -> int:
        key = (renaming, kind, number)
        if key not in self._image:
            self._image[key] = getattr(self, f"_new_{kind}")(dict(renaming), number)
        return self._image[key]

    def _new_local(self, names: Mapping[str, str], number: int) -> int:
        place, local = self.space.locals[number]
        name = self.space.names[place]
        return self.space.locals.number((self.space.place[names.get(name, name)], self._local(local, names)))

    def _local(self, local: Local, names: Mapping[str, str]) -> Local:
        memory = None if local.memory is None else _frozen(local.memory, names)
        timers = tuple(sorted(_rename(timer, names) for timer in local.timers))
        return Local(memory, _frozen(local.disk, names), timers, local.reading)

    def _new_bag(self, names: Mapping[str, str], number: int) -> int:
        parcels = []
        for parcel in self.space.bags[number]:
            sender, to, message = self.space.parcels[parcel]
            renamed = (names.get(sender, sender), names.get(to, to), _frozen(message, names))
            parcels.append(self.space.parcels.number(renamed))
        return self.space.bags.number(tuple(sorted(parcels, key=self.space._in_bag)))

    def _new_past(self, names: Mapping[str, str], number: int) -> int:
        past = self.space.pasts[number]
        reports = tuple((names.get(node, node), _frozen(value, names)) for node, value in past.reports)
        cut_off = frozenset(names.get(name, name) for name in past.cut_off)
        return self.space.pasts.number(past._replace(reports=reports, cut_off=cut_off))


def _frozen(key: Any, names: Mapping[str, str]) -> Any:
    return freeze(_rename(thaw(key), names))


def _rename(value: Any, names: Mapping[str, str]) -> Any:
    """The value with other names wherever a whole str is one of them. ValueError where one is part of a longer str."""
    if isinstance(value, str):
        if value not in names:
            _check_text(value, names)
        return names.get(value, value)
    if isinstance(value, dict):
        return {_rename(key, names): _rename(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_renamed_all(value, names))
    if fields_of(type(value)) is not None:
        return record(
            type(value), _renamed_all((getattr(value, name) for name in RECORDS[type(value)]), names)
        )
    return value


def _check_text(text: str, names: Mapping[str, str]) -> None:
    for name in names:
        if name in text and re.search(rf"\b{re.escape(name)}\b", text):
            raise ValueError(
                f"{text!r} holds the name of a symmetric node, {name}, which cannot be renamed inside a text: keep the "
                "name by itself, in a tuple, or leave symmetric away"
            )


def _renamed_all(values: Iterable[Any], names: Mapping[str, str]) -> list[Any]:
    return [_rename(value, names) for value in values]
