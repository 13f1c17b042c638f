"""Plain data as JSON and back, types kept apart: what arrives equals what was sent.

JSON has no tuples, sets or dataclasses, so each is an object with its kind:

    (1, "a")   {"kind": "tuple", "items": [1, "a"]}
    Ping(n=1)  {"kind": "record", "name": "Ping", "fields": {"n": 1}}

Nothing is evaluated or imported: a record becomes one of the dataclasses that the reader knows by name, or is refused.
"""

from __future__ import annotations

import builtins
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import field, make_dataclass
from functools import cache
from inspect import getclosurevars, isfunction, ismodule
from types import ModuleType
from typing import Any

from course_lib.sim.plain import RECORDS, SortedFrozenSet, SortedSet, fields_of, in_order, record

DEEPEST = 50  # levels of nesting that are read


class Malformed(ValueError):
    """A text that is not what `encode` writes, or names a dataclass that nobody here knows."""


Find = Callable[[str, tuple[str, ...]], type]
"""From a record's name and fields to its class. Raises Malformed where there is none."""


def encode(value: Any) -> Any:
    """A plain value as JSON's own values."""
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        return value if math.isfinite(value) else {"kind": "float", "value": repr(value)}
    if kind is list:
        return [encode(item) for item in value]
    if kind is tuple:
        return {"kind": "tuple", "items": [encode(item) for item in value]}
    if kind is dict:
        return {"kind": "dict", "items": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, set | frozenset):
        name = "frozenset" if isinstance(value, frozenset) else "set"
        return {"kind": name, "items": [encode(item) for item in in_order(value)]}
    names = fields_of(kind)
    if names is None:
        raise TypeError(f"{value!r} is no plain data")
    return {
        "kind": "record",
        "name": name_of(kind),
        "fields": {name: encode(getattr(value, name)) for name in names},
    }


def decode(value: Any, find: Find, depth: int = 0) -> Any:
    """The plain value back; `find` says which records are known. Raises Malformed."""
    if depth > DEEPEST:
        raise Malformed(f"it is nested more than {DEEPEST} levels deep")
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, list):
        return [decode(item, find, depth + 1) for item in value]
    match value:
        case {"kind": "float", "value": "nan" | "inf" | "-inf" as text}:
            return float(text)
        case {"kind": "tuple" | "set" | "frozenset" as kind, "items": list(items)}:
            make = {"tuple": tuple, "set": SortedSet, "frozenset": SortedFrozenSet}[kind]
            return _built(make, [decode(item, find, depth + 1) for item in items])
        case {"kind": "dict", "items": list(items)} if all(
            isinstance(i, list) and len(i) == 2 for i in items
        ):
            return _built(dict, [[decode(part, find, depth + 1) for part in item] for item in items])
        case {"kind": "record", "name": str(name), "fields": dict(given)}:
            kind = find(name, tuple(given))
            if tuple(given) != fields_of(kind):
                raise Malformed(f"{name} has the fields {fields_of(kind)}, not {tuple(given)}")
            return record(kind, [decode(item, find, depth + 1) for item in given.values()])
    raise Malformed(f"{str(value)[:80]} is no plain data")


def _built(make: Callable[[list[Any]], Any], items: list[Any]) -> Any:
    try:
        return make(items)
    except TypeError as error:  # a list as an element of a set
        raise Malformed(str(error)) from None


def dumps(value: Any) -> str:
    """A plain value as one line of JSON, in ASCII."""
    return json.dumps(encode(value), separators=(",", ":"))


def loads(text: str | bytes, find: Find) -> Any:
    """The value of `dumps` back. Raises Malformed."""
    try:
        return decode(json.loads(text), find)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed(f"no JSON: {error}") from None


def name_of(kind: type) -> str:
    """What a record is called in JSON."""
    return f"{kind.__module__}:{kind.__qualname__}"


def among(kinds: Mapping[str, type]) -> Find:
    """Finds only these dataclasses; all others are refused."""

    def find(name: str, names: tuple[str, ...]) -> type:
        if name not in kinds:
            raise Malformed(f"no message of this scenario is called {name!r}")
        return kinds[name]

    return find


def remembered(name: str, names: tuple[str, ...]) -> type:
    """Finds the dataclasses that this process has met; any other becomes a look-alike, to be looked at only."""
    for kind in reversed(RECORDS):  # the newest, where a notebook's cell has defined it again
        if name_of(kind) == name and RECORDS[kind] == names:
            return kind
    return _look_alike(name, names)


@cache
def _look_alike(name: str, names: tuple[str, ...]) -> type:
    module, _, path = name.rpartition(":")
    try:
        kind = make_dataclass(path.rpartition(".")[2], [(n, Any, field()) for n in names], frozen=True)
    except (TypeError, ValueError) as error:
        raise Malformed(f"{name!r} is no dataclass: {error}") from None
    kind.__module__, kind.__qualname__ = module, path
    fields_of(kind)
    return kind


def vocabulary(classes: list[type]) -> dict[str, type]:
    """The frozen dataclasses that the modules of these node classes, and their methods, name."""
    named: list[Any] = []
    for kind in classes:
        for base in kind.__mro__[:-1]:
            module = _module(base)
            named += vars(module).values() if module else []
            for method in vars(base).values():
                if isfunction(method):
                    found = getclosurevars(method)
                    used = [*found.nonlocals.values(), *found.globals.values()]
                    named += used
                    for module in filter(ismodule, used):  # `protocol.Ping`
                        named += vars(module).values()
    kinds = [item for item in named if isinstance(item, type) and fields_of(item) is not None]
    return {name_of(kind): kind for kind in kinds}


def _module(kind: type) -> ModuleType | None:
    import sys

    module = sys.modules.get(kind.__module__)
    return None if module is builtins else module
