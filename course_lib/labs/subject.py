"""What a ring lab drives: any class that places keys on nodes, the course's own or a learner's.

Learner's code may raise or answer nonsense; here either becomes one sentence that names the call.
"""

from __future__ import annotations

import copy
import inspect
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
TURN = 2**64


class Refused(ValueError):
    """Why an act could not be done, as a sentence for the reader."""


class Subject:
    """A placement's class, or a function that takes `nodes` and returns a placement, and what it can do."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make
        self.name = getattr(make, "__name__", "the placement")
        try:
            parameters = inspect.signature(make).parameters.values()
        except (TypeError, ValueError):
            raise TypeError(f"RingLab drives a class with lookup(key), not {make!r}") from None
        takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
        self.options = {o for o in ("vnodes", "weights") if takes_all or o in {p.name for p in parameters}}
        self.files = {
            member.__code__.co_filename
            for kind in (inspect.getmro(make) if isinstance(make, type) else ())
            for member in (*vars(kind).values(), make)
            if inspect.isfunction(member) and not member.__module__.startswith("course_lib")
        }

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
        return [self.owner(placement, key, nodes) for key in keys]

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
        """Where the nodes stand on the ring; empty for a placement that has no points()."""
        if not callable(getattr(placement, "points", None)):
            return []
        points = self._call(f"{self.name}.points()", lambda: list(placement.points()))
        for point in points:
            match point:
                case (int(position), str(node)) if 0 <= position < TURN and node in nodes:
                    continue
            raise Refused(f"{self.name}.points() holds {point!r}: a (position below 2**64, node) is needed.")
        return sorted(points)

    def _known(self, call: str, node: Any, nodes: Iterable[str]) -> str:
        if isinstance(node, str) and node in nodes:
            return str(node)
        raise Refused(f"{call} returned {node!r}, which is none of the nodes {', '.join(nodes)}.")

    def _call(self, words: str, function: Callable[..., T], *args: Any, **options: Any) -> T:
        """The one place where learner's code runs. An interrupted kernel ends an endless loop here too."""
        try:
            return function(*args, **options)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            said = error.args[0] if isinstance(error, KeyError) and error.args else error
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self.files]
            line = f" (line {frames[-1].lineno})" if frames else ""
            raise Refused(f"{words} raised {type(error).__name__}: {said}{line}") from error
