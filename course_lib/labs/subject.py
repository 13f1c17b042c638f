"""What a ring lab drives: any class that places keys on nodes, the course's own or a learner's.

Learner's code may raise or answer nonsense; here either becomes one sentence that names the call.
"""

from __future__ import annotations

import copy
import inspect
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from course_lib.hashing import position
from course_lib.labs.guard import Refused, files_of, guarded

T = TypeVar("T")
TURN = 2**64  # so many places has the ring of the lab, whatever that of the placement has
SECONDS = 3  # for a call of learner's code


class Subject:
    """A placement's class, or a function that takes `nodes` and returns a placement, and what it can do."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self._name_after(make)
        try:
            parameters = inspect.signature(make).parameters.values()
        except (TypeError, ValueError):
            raise TypeError(f"RingLab drives a class with lookup(key), not {make!r}") from None
        takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
        self.options = {o for o in ("vnodes", "weights") if takes_all or o in {p.name for p in parameters}}

    def _name_after(self, kind: Any) -> None:
        """Takes the name of a class or a function, and the learner's files, whose lines errors name."""
        self.name = getattr(kind, "__name__", "the placement")
        self.files = files_of(kind)

    def missing(self, placement: Any) -> dict[str, str]:
        """The controls that make no sense for this placement, each with the reason."""
        words = {
            "vnodes": f"{self.name} takes no vnodes.",
            "weights": f"{self.name} takes no weights.",
            "replicas": f"{self.name} has no preference_list.",
        }
        able = self.options | ({"replicas"} if hasattr(placement, "preference_list") else set())
        return {control: reason for control, reason in words.items() if control not in able}

    def build(self, nodes: Sequence[str], vnodes: int, weights: Mapping[str, float]) -> Any:
        """The placement made anew, with those of vnodes and weights that it takes."""
        given = {"vnodes": vnodes, "weights": {node: weights.get(node, 1) for node in nodes}}
        options = {option: given[option] for option in self.options}
        made = self._call(f"{self.name}({list(nodes)!r})", self.make, list(nodes), **options)
        self._name_after(type(made))  # of a lambda, what it made has the better name
        if not callable(getattr(made, "lookup", None)):
            raise Refused(f"{self.name} has no method lookup(key): the lab needs one.")
        return made

    def changed(self, placement: Any, method: str, node: str) -> Any | None:
        """A copy on which `add` or `remove` was called; None where the class has no such method."""
        if not callable(getattr(placement, method, None)):
            return None
        twin = self._call(f"Copying {self.name}", copy.deepcopy, placement)
        self._call(f"{self.name}.{method}({node!r})", getattr(twin, method), node)
        return twin

    def owners(self, placement: Any, keys: Sequence[str], nodes: Sequence[str]) -> list[str]:
        """The node of each key, by lookup_many where there is one."""
        if callable(getattr(placement, "lookup_many", None)):
            call = f"{self.name}.lookup_many"
            owners = self._call(f"{call}({len(keys)} keys)", lambda: list(placement.lookup_many(list(keys))))
            if len(owners) != len(keys):
                raise Refused(f"{call} returned {len(owners)} nodes for {len(keys)} keys.")
            for key, owner in zip(keys, owners, strict=True):
                if not isinstance(owner, str) or owner not in nodes:
                    self._known(f"{call} for {key!r}", owner, nodes)
            return owners
        owners = self._each(placement, "lookup", keys)
        for key, owner in zip(keys, owners, strict=True):
            self._known(f"{self.name}.lookup({key!r})", owner, nodes)
        return owners

    def owner(self, placement: Any, key: str, nodes: Sequence[str]) -> str:
        """The node of one key."""
        call = f"{self.name}.lookup({key!r})"
        return self._known(call, self._call(call, placement.lookup, key), nodes)

    def stops(self, placement: Any, key: str, n: int, nodes: Sequence[str]) -> tuple[str, ...]:
        """The owner and, where the class has a preference_list, its replicas: at most `n` different nodes."""
        owner = self.owner(placement, key, nodes)
        n = min(n, len(nodes))
        if n == 1 or "replicas" in self.missing(placement):
            return (owner,)
        call = f"{self.name}.preference_list({key!r}, {n})"
        found = self._call(call, lambda: list(placement.preference_list(key, n)))
        stops = tuple(self._known(call, stop, nodes) for stop in found)
        if len(stops) != n or len(set(stops)) < n:
            raise Refused(f"{call} returned {found!r}: {n} different nodes are needed.")
        if stops[0] != owner:
            raise Refused(f"{call} begins with {stops[0]!r}, but lookup says {owner!r}.")
        return stops

    def points(self, placement: Any, nodes: Sequence[str]) -> list[tuple[int, str]]:
        """Where the nodes stand on the ring, in places below 2**64; empty for a placement that does not say.

        `points` may be a method, or an attribute that holds pairs. A learner's attribute of that name with
        anything else in it is none of the lab's business.
        """
        call = f"{self.name}.points"
        found = self._call(call, getattr, placement, "points", None)
        if callable(found):
            call += "()"
            found = self._call(call, lambda: list(placement.points()))
        elif not isinstance(found, list | tuple) or not all(map(_is_pair, found)):
            return []
        size = self._size(placement)
        return sorted(self._point(call, point, size, nodes) for point in found)

    def _point(self, call: str, point: Any, size: int, nodes: Sequence[str]) -> tuple[int, str]:
        place, node = point if _is_pair(point) else (None, None)
        at = _scaled(place, size)
        if at is None or not isinstance(node, str) or node not in nodes:
            raise Refused(f"{call} holds {point!r}: a (place below {_in_words(size)}, node) is needed.")
        return at, str(node)

    def places(self, placement: Any, keys: Sequence[str]) -> list[int]:
        """Where keys lie on the ring of `points`: by `place(key)` where there is one, else by the course's hash."""
        size = self._size(placement)
        if not callable(getattr(placement, "place", None)):
            return [position(key) % size * TURN // size for key in keys]
        places = []
        for key, place in zip(keys, self._each(placement, "place", keys), strict=True):
            at = _scaled(place, size)
            if at is None:
                call = f"{self.name}.place({key!r})"
                raise Refused(f"{call} returned {place!r}: a place below {_in_words(size)} is needed.")
            places.append(at)
        return places

    def _size(self, placement: Any) -> int:
        """How many places the placement's own circle has: its `size`, or 2 to the power of its `bits`."""
        size, bits = (
            _whole(self._call(f"{self.name}.{name}", getattr, placement, name, None))
            for name in ("size", "bits")
        )
        return size if size and size > 0 else 2**bits if bits and 0 < bits <= 512 else TURN

    def _known(self, call: str, node: Any, nodes: Iterable[str]) -> str:
        if isinstance(node, str) and node in nodes:
            return str(node)
        raise Refused(f"{call} returned {node!r}, which is none of the nodes {', '.join(nodes)}.")

    def _each(self, placement: Any, method: str, keys: Sequence[str]) -> list[Any]:
        """What a method says of each key, under one time limit: one for each key would cost more than the calls."""
        asked = keys[0]

        def ask() -> Iterator[Any]:
            nonlocal asked
            for asked in keys:
                yield getattr(placement, method)(asked)

        return self._call(lambda: f"{self.name}.{method}({asked!r})", lambda: list(ask()))

    def _call(
        self, words: str | Callable[[], str], function: Callable[..., T], *args: Any, **options: Any
    ) -> T:
        """The one place where learner's code runs; `words` name the call. The stop button ends it here too."""
        return guarded(words, lambda: function(*args, **options), self.files, SECONDS)


def _is_pair(point: Any) -> bool:
    return isinstance(point, list | tuple) and len(point) == 2


def _whole(value: Any) -> int | None:
    """A whole number of Python's or of NumPy's as an int; None for anything else."""
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _scaled(place: Any, size: int) -> int | None:
    """A place on a circle of `size` places as one on the lab's; None for what is no place there."""
    at = _whole(place)
    return None if at is None or not 0 <= at < size else at * TURN // size


def _in_words(size: int) -> str:
    return "2**64" if size == TURN else f"{size:,}"
