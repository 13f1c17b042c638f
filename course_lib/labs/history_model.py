"""What the history lab knows: the operations, which one is selected, and what the judges say. No browser is needed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from re import fullmatch
from typing import Any

from course_lib.consistency import History, KeyValue, NotTested, Operation, Register, Specification, judge
from course_lib.labs.guard import Refused
from course_lib.labs.history_examples import EXAMPLES
from course_lib.labs.history_limits import MOST, WIDTH, checked, moved, units
from course_lib.labs.lab import perform
from course_lib.pictures import Picture
from course_lib.pictures.bars import Canvas
from course_lib.pictures.history import history_picture

PATIENCE = 20_000  # states that a judge may look at before it says "unknown": a reader does not wait for more


class HistoryModel:
    """A history and the reader's acts on it. An act that cannot be done raises Refused, and nothing changes."""

    ACTS = frozenset(
        (
            "select",
            "move",
            "resize",
            "drag",
            "drop",
            "set_value",
            "set_kind",
            "set_known",
            "set_key",
            "add",
            "remove",
            "load",
            "climb",
            "undo",
        )
    )
    EXAMPLES = EXAMPLES

    def __init__(self, history: Iterable[Operation] | None = None, spec: Specification | None = None) -> None:
        given = EXAMPLES["stale read"] if history is None else history
        self.given_spec = spec
        self.past: list[tuple[History, Specification | None]] = []
        self.dragging = False  # whether the last act was a drag that has moved something
        self.level, self.example = "linearizable", "" if history is not None else "stale read"
        self._show(checked(given), None)
        self.until = self._end_of_axis()

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("move", index=0, by=2)`."""
        if do != "drag":
            self.dragging = False
        perform(self, do, arguments)
        if do != "drag":  # or the bar would leave the hand
            self.until = self._end_of_axis()

    def select(self, index: int | None) -> None:
        """The operation that the small inputs are about."""
        if index is not None:
            self._at(index)
        self.chosen = index
        self.status = self._summary() if index is None else f"{self.history[index]} is selected."

    def move(self, index: int, by: int) -> None:
        """Later, or earlier where `by` is below 0, in whole units."""
        self._change(self._at(index), **moved(self._at(index), "whole", by))

    def resize(self, index: int, end: str, by: int) -> None:
        """Moves the "start" or the "end" alone."""
        if end not in ("start", "end"):
            raise Refused(f"An operation has a start and an end, not {end!r}.")
        self._change(self._at(index), **moved(self._at(index), end, by))

    def drag(self, index: int, part: str, by: int) -> None:
        """Moves the "start", the "end" or the "whole" as far towards `by` as there is room, within what is shown.

        All drags until the next other act are one change to undo.
        """
        one = self._at(index)
        for far in range(abs(units(by)), 0, -1):
            fields = moved(one, part, far if by > 0 else -far)
            if max(time for time in fields.values() if time is not None) > self.until:
                continue
            try:
                self._change(one, **fields)
            except Refused:
                continue
            if self.dragging:
                self.past.pop()  # the last drag is not one of its own
            self.dragging = True
            return

    def drop(self) -> None:
        """The end of a drag."""
        self.status = self._summary()

    def set_value(self, index: int, value: Any) -> None:
        """What a write writes, or what a read returned."""
        one = self._at(index)
        if one.kind == "read" and not one.known:
            raise Refused(f"{one} has returned nothing: tick Answered first.")
        if isinstance(value, str):
            value = int(value) if fullmatch(r"-?[0-9]{1,12}", value.strip()) else value.strip()[:12]
        if value == "" or not isinstance(value, int | str):
            raise Refused(f"A value is a number or a short text, not {value!r}.")
        self._change(one, **{"value" if one.kind == "write" else "result": value})

    def set_key(self, index: int, key: str) -> None:
        """Which of the registers it is on, where there are several."""
        one = self._at(index)
        if one.key is None:
            raise Refused("Here is only one register: the history Dekker has two.")
        if not isinstance(key, str) or not key.strip():
            raise Refused(f"A key is a short text, not {key!r}.")
        keys = {str(known): known for known in self.history.keys}
        self._change(one, key=keys.get(key.strip(), key.strip()[:12]))

    def set_kind(self, index: int, kind: str) -> None:
        """A read becomes a write of what it read, and the other way round."""
        one = self._at(index)
        if kind not in ("read", "write"):
            raise Refused(f"An operation here is a read or a write, not {kind!r}.")
        seen = one.value if one.kind == "write" else one.result
        value, result = (seen, None) if kind == "write" else (None, seen if one.known else None)
        value = 0 if kind == "write" and value is None else value  # a read that returned nothing
        self._change(one, kind=kind, value=value, result=result)

    def set_known(self, index: int, known: bool) -> None:
        """Whether its client got an answer."""
        one = self._at(index)
        if known == one.known:
            return
        end = min(one.begun + 2, self._free_until(one)) if known else None
        result = None if not known or one.kind == "write" else 0
        self._change(one, end=end, result=result)

    def add(self, process: str | None = None) -> None:
        """A read at the end, by a process that is there or by a new one."""
        if len(self.history) >= MOST:
            raise Refused(f"{MOST} operations are what the lab can show: remove one first.")
        names: dict[str, Hashable] = {str(name): name for name in self.history.processes}
        name = process or next(name for name in NAMES if name not in names)
        who = names.get(name, name)  # processes may be numbers, and the browser knows texts
        start = max((int(-(-one.ended // 1)) for one in self.history.of(who) if one.known), default=-1) + 1
        start = max([start, *(int(one.begun) + 1 for one in self.history.of(who))])
        key = self.history.keys[0] if len(self.history) else None
        new = Operation(who, "read", result=0, start=start, end=start + 2, key=key)
        self._replace([*self.history, new], new, self.given_spec)

    def remove(self, index: int) -> None:
        """Takes an operation away; the last one stays."""
        one = self._at(index)
        if len(self.history) == 1:
            raise Refused("This is the last operation: add another before you remove it.")
        self._replace([other for other in self.history if other != one], None, self.given_spec)

    def load(self, name: str) -> None:
        """One of the ready-made histories."""
        if name not in EXAMPLES:
            raise Refused(f"There is no history {name!r}, only {', '.join(EXAMPLES)}.")
        self._replace(EXAMPLES[name], None, None)
        self.example = name

    def climb(self, level: str) -> None:
        """The model whose verdict is shown."""
        if level not in self.ladder:
            raise Refused(f"There is no model {level!r}, only {', '.join(self.ladder)}.")
        self.level = level
        self.status = self._summary()

    def undo(self) -> None:
        """The history before the last change."""
        if not self.past:
            raise Refused("There is nothing to undo.")
        history, self.given_spec = self.past.pop()
        self._show(history, None)
        self.example = ""

    @property
    def spec(self) -> Specification:
        keyed = any(one.key is not None for one in self.history)
        return self.given_spec or (KeyValue(0) if keyed else Register(0))

    def picture(self) -> Picture:
        """The history, and what the chosen model says of it."""
        verdict = self.ladder[self.level]
        return history_picture(
            self.history,
            verdict=None if isinstance(verdict, NotTested) else verdict,
            width=WIDTH,
            until=self.until,
            chosen=None if self.chosen is None else self.history[self.chosen],
        )

    def canvas(self) -> Canvas:
        """Where the picture has what."""
        return Canvas(self.history, None, WIDTH, self.until)

    def _end_of_axis(self) -> float:
        """It moves only in steps, so that a picture keeps still while its operations move."""
        last = max(one.begun if one.end is None else one.ended for one in self.history)
        return -(-(last + 1) // 6) * 6

    def fields(self) -> dict[str, Any] | None:
        """The selected operation, as values of JSON."""
        if self.chosen is None:
            return None
        one = self.history[self.chosen]
        value = one.value if one.kind == "write" else one.result
        key = None if one.key is None else str(one.key)
        names = {"kind": one.kind, "process": str(one.process), "known": one.known, "key": key}
        return names | {"value": "" if value is None else str(value), "start": one.begun, "end": one.end}

    def code(self) -> str:
        """Python that makes this history."""
        return "History([\n" + "".join(f"    {one!r},\n" for one in self.history) + "])"

    def _at(self, index: int) -> Operation:
        if not isinstance(index, int) or not 0 <= index < len(self.history):
            raise Refused(f"There is no operation {index!r}: they are numbered 0 to {len(self.history) - 1}.")
        return self.history[index]

    def _free_until(self, one: Operation) -> float:
        later = [other.begun for other in self.history.of(one.process) if other.begun > one.begun]
        return min(later, default=float("inf"))

    def _change(self, old: Operation, **fields: Any) -> None:
        try:
            new = replace(old, **fields)
        except ValueError as error:
            raise Refused(f"{error}.") from error
        self._replace([new if one == old else one for one in self.history], new, self.given_spec)

    def _replace(
        self, operations: Iterable[Operation], chosen: Operation | None, spec: Specification | None
    ) -> None:
        before = self.history, self.given_spec
        self.given_spec = spec
        try:
            self._show(checked(operations), chosen)
        except Refused:
            self.given_spec = before[1]
            raise
        self.past.append(before)
        self.example = ""

    def _show(self, history: History, chosen: Operation | None) -> None:
        before = getattr(self, "history", None)
        self.history = history
        try:
            self.ladder = judge(history, self.spec, PATIENCE)
        except ValueError as error:
            self.history = before or history
            raise Refused(str(error)) from error
        self.chosen = history.operations.index(chosen) if chosen in history.operations else None
        self.status = self._summary()

    def _summary(self) -> str:
        words = {"yes": "holds", "no": "is broken", "unknown": "is unknown", "not tested": "is not tested"}
        _, holds, why = next(row for row in self.ladder.rows() if row[0] == self.level)
        return f"{self.level} {words[holds]}" + (f": {why}" if holds == "not tested" else ".")


NAMES = ("ann", "bob", "cem", "dan", "eve", "fay", "gus", "hal", *(f"p{number}" for number in range(MOST)))
