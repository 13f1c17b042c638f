"""What clients saw: operations, each with the moment it began, the moment it ended, and what it returned.

After M. Herlihy and J. Wing, "Linearizability: A Correctness Condition for Concurrent Objects", ACM TOPLAS 12(3), 1990.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from math import inf
from pathlib import Path
from sys import float_info
from typing import Any, overload

from course_lib.sim import Trace


@dataclass(frozen=True)
class Operation:
    """One call of one process (a client), as that process saw it.

    Args:
        process: whose call it is.
        kind: "read", "write", "cas", or whatever the specification knows.
        value: the argument: what is written; (expected, new) of a compare-and-set.
        result: what it returned.
        start: when it was called, in seconds or any other unit.
        end: when it returned. None: its outcome is unknown, so it may have taken effect at any time after `start`,
            later than everything else too, or never.
        key: which of many registers, or None where there is only one.

    Raises TypeError for a kind that is no text or a value that cannot be hashed, ValueError for times that make no
    sense.
    """

    process: Hashable
    kind: str
    value: Any = None
    result: Any = None
    start: float | None = None
    end: float | None = None
    key: Hashable = None

    def __post_init__(self) -> None:
        for name in ("process", "value", "result", "key"):
            given = getattr(self, name)
            plain = _tuples(given)
            if plain is not given:
                object.__setattr__(self, name, plain)
        if not isinstance(self.kind, str):
            raise TypeError(f"kind is a name, such as 'read', not {self.kind!r}")
        if self.start is None or not _is_time(self.start):
            raise ValueError(f"start is a number, the moment of the call; not {self.start!r}")
        if self.end is not None and not _is_time(self.end):
            raise ValueError(f"end is a number, or None where the outcome is unknown; not {self.end!r}")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"{self} ends before it starts: {self.end:g} < {self.start:g}")
        if self.end is None and self.result is not None:
            raise ValueError(
                f"{self} has the result {self.result!r} and no end: give it the time of its return"
            )
        fields = (self.process, self.kind, self.value, self.result, self.start, self.end, self.key)
        object.__setattr__(self, "_hash", hash(fields))  # judges look operations up all the time

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined]

    @property
    def known(self) -> bool:
        """Whether its outcome is known: it returned."""
        return self.end is not None

    @property
    def begun(self) -> float:
        """`start`, as a number."""
        assert self.start is not None
        return self.start

    @property
    def ended(self) -> float:
        """`end`; infinity where the outcome is unknown: nothing is after it."""
        return inf if self.end is None else self.end

    def before(self, other: Operation) -> bool:
        """Whether it had returned when the other began. Equal times overlap."""
        return self.ended < other.begun

    def __str__(self) -> str:
        """`write(x, 1) by a`, `read(x) by b -> 0`."""
        given = self.value if self.kind == "cas" and isinstance(self.value, tuple) else (self.value,)
        shown = [str(self.key)] if self.key is not None else []
        shown += [repr(one) for one in given] if self.value is not None or self.kind == "write" else []
        told = self.result is not None or self.kind in ("read", "dequeue")
        result = (f" -> {self.result!r}" if told else "") if self.known else " -> ?"
        return f"{self.kind}({', '.join(shown)}) by {self.process}{result}"


class History:
    """Operations of several processes, in the order of their starts. A process does one thing at a time.

    It is a sequence: `len(history)`, `history[0]`, `for operation in history`. Histories of the same operations are
    equal. What is or is not linearizable is the history, never an operation.

    Raises ValueError where operations of one process overlap, or are the same in everything: give them two names.
    (After an operation whose outcome is unknown a process may go on.)
    """

    def __init__(self, operations: Iterable[Operation] = ()) -> None:
        given = list(operations)
        for one in given:
            if not isinstance(one, Operation):
                raise TypeError(f"a history is made of Operations; {one!r} is a {type(one).__name__}")
        self.operations = tuple(sorted(given, key=_by_time))
        for process in self.processes:
            for one, following in pairwise(self.of(process)):
                if one.known and following.begun < one.ended:
                    raise ValueError(
                        f"{following} began at {following.begun:g}, when {one} had not returned "
                        f"({one.ended:g}): a process does one thing at a time; give them two names"
                    )
        known = [one for one in given if one.known]
        if len(set(known)) < len(known):  # possible only for what took no time
            twice = next(one for one in known if known.count(one) > 1)
            raise ValueError(
                f"{twice} at {twice.begun:g} is there twice: give one another process or another time"
            )

    @property
    def processes(self) -> tuple[Hashable, ...]:
        """Who took part, in the order of their names."""
        return tuple(sorted({one.process for one in self.operations}, key=_name))

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The keys, in the order of their names; (None,) where there is only one register."""
        return tuple(sorted({one.key for one in self.operations}, key=_name))

    def of(self, process: Hashable) -> tuple[Operation, ...]:
        """The operations of one process, in its order."""
        return tuple(one for one in self.operations if one.process == process)

    def on(self, key: Hashable) -> History:
        """What happened to one key."""
        return History(one for one in self.operations if one.key == key)

    @staticmethod
    def from_trace(trace: Trace) -> History:
        """What the `Client`s of a run saw; times in seconds.

        A client's operation is a tuple: ("read", key), ("write", key, value), ("cas", key, expected, new), or the same
        without the key where there is one register. ValueError where no client reported an operation.
        """
        return _readers().from_trace(trace)

    @staticmethod
    def from_json(text: str) -> History:
        """A list of objects with the fields of `Operation`. ValueError for anything else."""
        return _readers().from_json(text)

    def to_json(self) -> str:
        """JSON that `from_json` reads: a line an operation. TypeError for values that JSON does not have."""
        return _readers().to_json(self)

    @staticmethod
    def from_jepsen_log(path: str | Path) -> History:
        """A log of Jepsen's etcd tests (reads, writes and compare-and-sets of one register); times are its line
        numbers. ValueError names a line that it cannot read."""
        return _readers().from_jepsen_log(path)

    def __len__(self) -> int:
        return len(self.operations)

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations)

    @overload
    def __getitem__(self, index: int) -> Operation: ...
    @overload
    def __getitem__(self, index: slice) -> History: ...
    def __getitem__(self, index: int | slice) -> Operation | History:
        return History(self.operations[index]) if isinstance(index, slice) else self.operations[index]

    def __eq__(self, other: object) -> bool:
        return self.operations == other.operations if isinstance(other, History) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.operations)

    def __repr__(self) -> str:
        """A line an operation: `   0 ..    9  write(1) by a`."""
        if not self.operations:
            return "<History of no operations>"
        times = [(f"{one.begun:g}", "?" if one.end is None else f"{one.ended:g}") for one in self.operations]
        left, right = (max(map(len, side)) for side in zip(*times, strict=True))
        return "\n".join(
            f"{start:>{left}} to {end:>{right}}  {one}"
            for (start, end), one in zip(times, self.operations, strict=True)
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Bars, drawn by a floor above this one."""
        return import_module(DRAWN_BY).history_picture(self)._repr_mimebundle_()


DRAWN_BY = "course_lib.pictures.history"
"""Who draws histories, by name: nothing here needs it, and it is loaded when a notebook first shows one."""


def _readers() -> Any:
    return import_module(
        "course_lib.consistency.reading"
    )  # which makes histories, and so imports this module


def _by_time(one: Operation) -> tuple[float, bool, bool, float]:
    """By their starts. Of those that start together: first what took no time, then what never returned."""
    return one.begun, one.ended > one.begun, one.known, one.ended


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= float_info.max


def _tuples(value: Any) -> Any:
    """Lists as tuples: a state has to be hashed. TypeError for what cannot be."""
    if isinstance(value, list | tuple):
        return tuple(_tuples(one) for one in value)
    if isinstance(value, float) and value != value:
        raise ValueError("a value that is not-a-number is equal to nothing, so no read could have seen it")
    try:
        hash(value)
    except TypeError:
        raise TypeError(
            f"values of operations must be hashable, which {value!r} is not: use numbers, texts or tuples"
        ) from None
    return value


def _name(value: Hashable) -> tuple[str, Any]:
    """Sorts numbers by size and texts by letters, "c2" before "c10", and both among each other."""
    if isinstance(value, int | float):
        return ("", value)
    parts = re.split(r"(\d+)", str(value))  # letters and digits by turns
    return (type(value).__name__, [int(part) if at % 2 else part for at, part in enumerate(parts)])
