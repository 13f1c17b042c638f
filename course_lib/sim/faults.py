"""Faults as data: a list that a run takes, a lab edits, a check saves, a picture shows and a reader copies as Python.

    [Partition({"a"}, {"b", "c"}, at=5, until=9), Crash("b", at=7, until=12), Drop("a>b#3")]

Times are seconds of virtual time; `until=None` is for ever. A message is named by its link and its number there:
"a>b#3" is the third that a sent to b. The `repr` of a fault is the Python that makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from typing import Any, NamedTuple

FOR_EVER = None


class MessageName(NamedTuple):
    """The parts of "a>b#3"."""

    sender: str
    to: str
    number: int


def parse(message: str) -> MessageName:
    """The parts of a message's name. Raises ValueError for anything else."""
    found = re.fullmatch(r"([^>#]+)>([^>#]+)#([1-9]\d*)", message) if isinstance(message, str) else None
    if not found:
        raise ValueError(f"{message!r} names no message; the third that a sent to b is 'a>b#3'")
    return MessageName(found[1], found[2], int(found[3]))


class Fault:
    """What all faults share: a `repr` that leaves out what is as usual."""

    def __repr__(self) -> str:
        shown: list[str] = []
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if value != field.default:
                shown.append(f"{field.name}={value!r}" if shown else repr(value))
        return f"{type(self).__name__}({', '.join(shown)})"

    @property
    def nodes(self) -> tuple[str, ...]:
        """The names of the nodes that it speaks of."""
        return ()

    @property
    def message(self) -> str | None:
        """The name of the message that it waits for, if any."""
        return None


@dataclass(frozen=True, init=False, repr=False)
class Partition(Fault):
    """Nodes of different groups cannot reach each other from `at` to `until`.

    A message is lost when its link is cut as it is sent, or as it would arrive. Nodes in no group reach everybody.
    With `oneway` the first group does not reach the others, and hears them still.
    """

    groups: tuple[frozenset[str], ...]
    at: float
    until: float | None = FOR_EVER
    oneway: bool = False

    def __init__(
        self, *groups: Iterable[str], at: float, until: float | None = FOR_EVER, oneway: bool = False
    ) -> None:
        if any(isinstance(group, str) for group in groups):
            raise ValueError(f"a group is a set of names, {{'a'}}, not a str: {groups!r}")
        sets = tuple(frozenset(group) for group in groups)
        if len(sets) < 2 or not all(sets):
            raise ValueError(f"a partition has two groups or more, none of them empty, not {groups!r}")
        twice = [name for i, one in enumerate(sets) for other in sets[:i] for name in sorted(one & other)]
        if twice:
            raise ValueError(f"{twice[0]} stands in two groups of one partition")
        for name, value in {"groups": sets, "at": at, "until": until, "oneway": oneway}.items():
            object.__setattr__(self, name, value)
        _check_times(self, at, until)

    def __repr__(self) -> str:
        groups = ["{" + ", ".join(map(repr, sorted(group))) + "}" for group in self.groups]
        until = f", until={self.until!r}" if self.until is not None else ""
        return (
            f"Partition({', '.join(groups)}, at={self.at!r}{until}{', oneway=True' if self.oneway else ''})"
        )

    @property
    def nodes(self) -> tuple[str, ...]:
        return tuple(sorted(name for group in self.groups for name in group))

    def cuts(self, sender: str, to: str) -> bool:
        """Whether it lies between the two."""
        of = {name: number for number, group in enumerate(self.groups) for name in group}
        one, other = of.get(sender), of.get(to)
        if one is None or other is None or one == other:
            return False
        return one == 0 if self.oneway else True


@dataclass(frozen=True, repr=False)
class Crash(Fault):
    """The node loses its memory and its timers and hears nothing, until it starts again at `until` with its disk.

    Either `at` a time, or right `after` it has sent a message, in the middle of the handler: what that handler asked
    for before the message happens, what it asked for after it does not.
    """

    node: str
    at: float | None = None
    after: str | None = None
    until: float | None = FOR_EVER

    def __post_init__(self) -> None:
        if (self.at is None) == (self.after is None):
            raise ValueError(f"{self!r}: say when, either at=2.5 or after='{self.node}>c#1'")
        if self.after is not None and parse(self.after).sender != self.node:
            raise ValueError(f"{self!r}: {self.after} is not sent by {self.node}")
        _check_times(self, self.at or 0.0, self.until)

    def __repr__(self) -> str:
        named = {"at": self.at, "after": self.after, "until": self.until}
        words = [f"{name}={value!r}" for name, value in named.items() if value is not None]
        return f"Crash({', '.join([repr(self.node), *words])})"

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.node,)

    @property
    def message(self) -> str | None:
        return self.after


@dataclass(frozen=True, repr=False)
class Pause(Fault):
    """The node stands still, and wakes up unaware: what came meanwhile is handled, in order, at `until`."""

    node: str
    at: float
    until: float

    def __post_init__(self) -> None:
        _check_times(self, self.at, self.until)

    def __repr__(self) -> str:
        return f"Pause({self.node!r}, at={self.at!r}, until={self.until!r})"

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.node,)


@dataclass(frozen=True, repr=False)
class ClockSkew(Fault):
    """The node's clock is `offset` seconds ahead and runs `rate` times as fast, from `at` to `until`; then it is right.

    Timers set meanwhile are measured by the skewed rate: at rate 2 a timer of 1 s fires after 0.5 s.
    """

    node: str
    offset: float = 0.0
    rate: float = 1.0
    at: float = 0.0
    until: float | None = FOR_EVER

    def __post_init__(self) -> None:
        _check_number(self, "offset", self.offset)
        _check_number(self, "rate", self.rate)
        if not self.rate > 0:
            raise ValueError(f"{self!r}: a clock's rate is above 0")
        _check_times(self, self.at, self.until)

    def __repr__(self) -> str:
        usual = {"offset": 0.0, "rate": 1.0, "at": 0.0, "until": None}
        words = [
            f"{name}={getattr(self, name)!r}" for name, value in usual.items() if getattr(self, name) != value
        ]
        return f"ClockSkew({', '.join([repr(self.node), *words])})"

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.node,)


class _OfMessage(Fault):
    """A fault of one message."""

    id: str

    def __post_init__(self) -> None:
        parse(self.id)

    @property
    def nodes(self) -> tuple[str, ...]:
        name = parse(self.id)
        return (name.sender, name.to)

    @property
    def message(self) -> str | None:
        return self.id


@dataclass(frozen=True, repr=False)
class Drop(_OfMessage):
    """The message is lost."""

    id: str


@dataclass(frozen=True, repr=False)
class Delay(_OfMessage):
    """The message takes `by` seconds longer."""

    id: str
    by: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_seconds(self, "by", self.by)

    def __repr__(self) -> str:
        return f"Delay({self.id!r}, by={self.by!r})"


@dataclass(frozen=True, repr=False)
class Duplicate(_OfMessage):
    """The message arrives twice, the second time `after` seconds later."""

    id: str
    after: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_seconds(self, "after", self.after)


KINDS: dict[str, type[Fault]] = {
    kind.__name__: kind for kind in (Partition, Crash, Pause, ClockSkew, Drop, Delay, Duplicate)
}


def check(faults: Iterable[Fault], nodes: Sequence[str]) -> tuple[Fault, ...]:
    """The faults as a tuple. Raises TypeError for what is none, ValueError for a node that is not there."""
    if isinstance(faults, Fault):
        raise TypeError(f"a script is a list of faults: [{faults!r}]")
    faults = tuple(faults)
    for fault in faults:
        if not isinstance(fault, Fault):
            raise TypeError(f"{fault!r} is no fault; there are {', '.join(KINDS)}")
        for name in fault.nodes:
            if name not in nodes:
                raise ValueError(f"{fault!r} names {name!r}; the nodes are {', '.join(nodes)}")
    return faults


def to_json(fault: Fault) -> dict[str, Any]:
    """A fault as JSON's values."""
    values = {field.name: getattr(fault, field.name) for field in fields(fault)}  # type: ignore[arg-type]
    if isinstance(fault, Partition):
        values["groups"] = [sorted(group) for group in fault.groups]
    return {"fault": type(fault).__name__, **values}


def from_json(values: dict[str, Any]) -> Fault:
    """The fault back. Raises ValueError for what is none."""
    values = dict(values)
    kind = KINDS.get(values.pop("fault", None))
    if kind is None:
        raise ValueError(f"{values!r} is no fault; there are {', '.join(KINDS)}")
    groups = values.pop("groups", ())
    return kind(*groups, **values)


def _check_times(fault: Fault, at: float, until: float | None) -> None:
    _check_seconds(fault, "at", at)
    if until is not None:
        _check_seconds(fault, "until", until)
        if until <= at:
            raise ValueError(f"{fault!r}: it ends at {until!r}, before it began at {at!r}")


def _check_seconds(fault: Fault, name: str, value: float) -> None:
    _check_number(fault, name, value)
    if value < 0:
        raise ValueError(f"{fault!r}: {name} is a number of seconds, 0 or more, not {value!r}")


def _check_number(fault: Fault, name: str, value: float) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        raise ValueError(f"{fault!r}: {name} is a number, not {value!r}")
