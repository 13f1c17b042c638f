"""Which write each read saw: what the models below linearizability are judged by.

It can be told only where each value is written once, so that a value names its write.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from course_lib.consistency.history import History, Operation
from course_lib.consistency.specs import KeyValue, Register, Specification
from course_lib.consistency.verdict import NotTested


@dataclass
class Versions:
    """The operations that took effect, and the write that each read saw."""

    operations: tuple[Operation, ...]
    """All whose outcome is known, and the writes of unknown outcome that somebody read."""
    initial: Hashable
    writer: dict[tuple[Hashable, Hashable], Operation] = field(repr=False)
    """(key, value) to the write."""

    def __post_init__(self) -> None:
        self.place = {one: index for index, one in enumerate(self.operations)}

    def in_turn(self, one: Operation, other: Operation) -> bool:
        """Whether a process did the one and then the other. What took no time has only the history to tell."""
        return (
            one.process == other.process and one.ended <= other.begun and self.place[one] < self.place[other]
        )

    def seen_by(self, read: Operation) -> Operation | None:
        """The write whose value a read returned. None: the initial value, or one that nobody wrote."""
        return self.writer.get((read.key, read.result))

    def out_of_thin_air(self, read: Operation) -> bool:
        """Whether nobody wrote what it returned."""
        return self.seen_by(read) is None and read.result != self.initial

    @property
    def reads(self) -> list[Operation]:
        return [one for one in self.operations if one.kind == "read"]

    @property
    def writes(self) -> list[Operation]:
        return [one for one in self.operations if one.kind == "write"]


def versions(history: History, spec: Specification) -> Versions | NotTested:
    """What read what, or why that cannot be told."""
    if not isinstance(spec, Register | KeyValue):
        return NotTested(f"it is defined for reads and writes of registers, not for {type(spec).__name__}")
    others = [one for one in history if one.kind not in ("read", "write")]
    if others:
        return NotTested(f"it is defined for reads and writes; {others[0]} is neither")
    initial = spec.register.initial if isinstance(spec, KeyValue) else spec.initial
    writer: dict[tuple[Hashable, Hashable], Operation] = {}
    for one in history:
        if one.kind != "write":
            continue
        if one.value == initial or (one.key, one.value) in writer:
            return NotTested(
                f"it can be told only where each value is written once; {one.value!r} is there twice"
            )
        writer[one.key, one.value] = one
    read = {(one.key, one.result) for one in history if one.kind == "read" and one.known}
    effective = [
        one for one in history if one.known or (one.kind == "write" and (one.key, one.value) in read)
    ]
    return Versions(tuple(effective), initial, writer)
