"""Plain data: what a node may hold and a message may carry, so that a state can be copied, compared, shown and sent.

State: None, bool, int, float, str, tuple, list, dict, set, frozenset and frozen dataclasses of those. A message holds
the same without lists, dicts and sets, which could change while it flies.

A set of strings iterates in another order in another process (PYTHONHASHSEED). So the sets that a node keeps, or is
sent, are `SortedSet` and `SortedFrozenSet`: equal to the plain ones, and iterating in one order everywhere.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

ATOMS = frozenset({str, int, float, bool, type(None)})
DICTS: set[type] = {dict}
"""What counts as a dict: a watched disk is one too."""
RECORDS: dict[type, tuple[str, ...]] = {}
"""Every frozen dataclass met so far, with the names of its fields."""


class NotPlain(TypeError):
    """A value that no world can copy; the text says what it is and what to use in its place."""


def in_order(values: Iterable[Any]) -> list[Any]:
    """The elements of a set in an order that is the same in every process."""
    values = list(values)
    kinds = set(map(type, values))
    return sorted(values) if kinds == {str} or kinds == {int} else sorted(values, key=_rank)


def _rank(value: Any) -> tuple[Any, ...]:
    """A sort key for hashable plain values of mixed kinds."""
    match value:
        case None:
            return (0,)
        case bool() | int() | float():
            is_number = value == value  # nan is neither above nor below another
            return (1, value) if is_number else (1, float("inf"), "nan")
        case str():
            return (2, value)
        case tuple():
            return (3, [_rank(item) for item in value])
        case frozenset():
            return (4, sorted(map(_rank, value)))
    names = (
        fields_of(type(value)) or ()
    )  # of what is no plain data, in no order: it is refused a moment later
    return (5, type(value).__qualname__, [_rank(getattr(value, name)) for name in names])


class _InOrder:
    """What the two sorted sets share: iteration in order, and operators that give a sorted set again."""

    def __iter__(self) -> Iterator[Any]:
        return iter(in_order(super().__iter__()))  # type: ignore[misc]

    def __repr__(self) -> str:
        inside = ", ".join(map(repr, self))
        if isinstance(self, frozenset):
            return f"frozenset({{{inside}}})" if inside else "frozenset()"
        return f"{{{inside}}}" if inside else "set()"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self),)


def _sorted_again(name: str) -> Callable[..., Any]:
    def operator(self: Any, *others: Any) -> Any:
        base: Any = frozenset if isinstance(self, frozenset) else set
        result = getattr(base, name)(self, *others)
        return result if result is NotImplemented else type(self)(result)

    operator.__name__ = name
    return operator


for _name in ("and", "or", "sub", "xor"):
    for _operator in (f"__{_name}__", f"__r{_name}__"):
        setattr(_InOrder, _operator, _sorted_again(_operator))
for _name in ("copy", "difference", "intersection", "symmetric_difference", "union"):
    setattr(_InOrder, _name, _sorted_again(_name))


class SortedSet(_InOrder, set):
    """A set that iterates in one order everywhere, and of which `pop` takes the first."""

    def pop(self) -> Any:
        if not self:
            raise KeyError("pop from an empty set")
        first = next(iter(self))
        self.remove(first)
        return first


class SortedFrozenSet(_InOrder, frozenset):
    """A frozenset that iterates in one order everywhere."""


SETS: dict[type, type] = {
    set: SortedSet, SortedSet: SortedSet, frozenset: SortedFrozenSet, SortedFrozenSet: SortedFrozenSet,
}  # fmt: skip


def fields_of(kind: type) -> tuple[str, ...] | None:
    """The field names of a frozen dataclass, or None for any other type."""
    names = RECORDS.get(kind)
    if names is None and is_dataclass(kind) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        names = RECORDS[kind] = tuple(field.name for field in fields(kind))
    return names


def record(kind: type, values: Iterable[Any]) -> Any:
    """A frozen dataclass with these values, as they are: its `__init__` is not asked again."""
    made: Any = object.__new__(kind)
    for name, value in zip(RECORDS[kind], values, strict=True):
        object.__setattr__(made, name, value)
    return made


def settled(value: Any) -> Any:
    """A copy of a state's value in canonical form: nothing shared, sets sorted. Raises NotPlain.

    Equal to `thaw(freeze(value))`, and cheaper.
    """
    kind = type(value)
    if kind in ATOMS:
        return value
    if kind is list or kind is tuple:
        if ATOMS.issuperset(map(type, value)):
            return value[:]
        return kind(map(settled, value))
    if kind in DICTS:
        return {settled(key): settled(item) for key, item in dict.items(value)}
    if kind in SETS:
        return SETS[kind](map(settled, set.__iter__(value) if kind is SortedSet else value))
    names = fields_of(kind)
    if names is None:
        raise NotPlain(_remedy(value))
    return record(kind, [settled(getattr(value, name)) for name in names])


def message(value: Any) -> Any:
    """A message in canonical form. Raises NotPlain for what could change while it flies, or cannot be sent at all."""
    kind = type(value)
    if kind in ATOMS:
        return value
    names = fields_of(kind)
    if names is not None:
        for name in names:
            if type(getattr(value, name)) not in ATOMS:
                return record(kind, [message(getattr(value, name)) for name in names])
        return value
    if kind is tuple:
        return value if ATOMS.issuperset(map(type, value)) else tuple(map(message, value))
    if kind is frozenset or kind is SortedFrozenSet:
        return SortedFrozenSet(map(message, value))
    if kind is list or kind in DICTS or kind in SETS:
        name, safe = ("set", "frozenset") if kind in SETS else ("list" if kind is list else "dict", "tuple")
        raise NotPlain(f"{value!r} is a {name}, which could change while it flies; send a {safe}")
    raise NotPlain(_remedy(value))


def freeze(value: Any) -> Hashable:
    """A hashable key of a plain value that keeps types apart (1, True, 1.0) and the order of dicts. Raises NotPlain."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is bool:
        return (bool, value)
    if kind is float:
        return (float, repr(value))
    if kind is list or kind is tuple:
        return (kind, *map(freeze, value))
    if kind in DICTS:
        return (dict, *(freeze(part) for pair in dict.items(value) for part in pair))
    if kind in SETS:
        return (SETS[kind], *map(freeze, in_order(value)))
    names = fields_of(kind)
    if names is None:
        raise NotPlain(_remedy(value))
    return (kind, *(freeze(getattr(value, name)) for name in names))


def thaw(key: Any) -> Any:
    """A fresh value from its key."""
    if type(key) is not tuple:
        return key
    kind, *parts = key
    if kind is bool:
        return parts[0]
    if kind is float:
        return float(parts[0])
    values = map(thaw, parts)
    if kind is dict:
        return dict(zip(values, values, strict=True))
    return record(kind, values) if kind in RECORDS else kind(values)


def _remedy(value: Any) -> str:
    kind = type(value)
    name = kind.__name__
    if hasattr(kind, "not_plain"):
        return str(kind.not_plain)
    if is_dataclass(kind):
        return f"{name} is a dataclass that can change; declare it with @dataclass(frozen=True)"
    for base, use in (
        (dict, "a dict"),
        (tuple, "a tuple or a frozen dataclass"),
        (int, "an int"),
        (float, "a float"),
    ):
        if isinstance(value, base):
            return f"{value!r} is of type {name}; use {use}"
    if kind.__module__ == "numpy" and hasattr(value, "item"):
        return f"{value!r} is of a numpy type; use value.item() or value.tolist()"
    if hasattr(value, "__await__") or hasattr(value, "__next__"):
        return f"a {name} runs on by itself; a world cannot copy it: use a list"
    return (
        f"a world cannot copy {'an' if name[:1].lower() in 'aeiou' else 'a'} {name}; use numbers, strings, tuples, "
        "lists, dicts, sets and frozen dataclasses"
    )
