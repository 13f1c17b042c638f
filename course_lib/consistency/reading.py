"""Histories from elsewhere: the clients of a run, JSON, a log of Jepsen's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from course_lib.consistency.history import History, Operation
from course_lib.sim import Call, Trace, calls

FIELDS = frozenset(field.name for field in fields(Operation))


def from_trace(trace: Trace) -> History:
    """See `History.from_trace`."""
    seen = calls(trace)
    if not seen:
        raise ValueError(
            "no client of this run reported an operation: let a course_lib.sim.Client ask the servers"
        )
    return History(_operation(call) for call in seen)


def _operation(call: Call) -> Operation:
    match call.operation:
        case ("read",) | ("read", _):
            kind, value, key = "read", None, (*call.operation, None)[1]
        case ("cas", expected, new):
            kind, value, key = "cas", (expected, new), None
        case ("cas", key, expected, new):
            kind, value = "cas", (expected, new)
        case (str() as kind,):
            value = key = None
        case (str() as kind, value):
            key = None
        case (str() as kind, key, value):
            pass
        case _:
            raise ValueError(
                f"{call.client} did {call.operation!r}; an operation is a tuple: (kind,), (kind, value) or "
                f"(kind, key, value), such as ('write', 'x', 1)"
            )
    end = call.ended if call.answered else None
    return Operation(call.client, kind, value, call.result, call.begun, end, key)


def from_json(text: str) -> History:
    """See `History.from_json`."""
    try:
        saved = json.loads(text)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"this is no JSON: {error}") from error
    if not isinstance(saved, list):
        raise ValueError(f"a history is a JSON list of operations, not {type(saved).__name__}")
    return History(_from_object(number, one) for number, one in enumerate(saved, 1))


def _from_object(number: int, saved: Any) -> Operation:
    if not isinstance(saved, dict) or not saved.keys() <= FIELDS:
        raise ValueError(
            f"operation {number}, {saved!r}, is no object with the fields {', '.join(sorted(FIELDS))}"
        )
    try:
        return Operation(**saved)
    except RecursionError:
        raise ValueError(f"operation {number} holds lists within lists, too deep to read") from None
    except (TypeError, ValueError) as error:
        raise ValueError(f"operation {number}, {saved!r}: {error}") from error


def to_json(history: History) -> str:
    """See `History.to_json`."""
    lines = [json.dumps(asdict(one)) for one in history]
    return "[" + ",\n ".join(lines) + "]\n"


LINE = re.compile(r"INFO +jepsen\.util - (\S+)\s+:(invoke|ok|fail|info)\s+:(read|write|cas)\s+(.*?)\s*")


def from_jepsen_log(path: str | Path) -> History:
    """See `History.from_jepsen_log`."""
    open_calls: dict[str, tuple[int, str, Any]] = {}
    found = []
    for number, process, what, kind, value in _entries(Path(path)):
        if what == "invoke":
            if process in open_calls:
                raise ValueError(f"{path}, line {number}: process {process} calls before it has returned")
            open_calls[process] = number, kind, value
            continue
        if open_calls.get(process, (0, ""))[1] != kind:
            raise ValueError(f"{path}, line {number}: process {process} ends a {kind} that it has not begun")
        start, _, given = open_calls.pop(process)
        end = None if what == "info" else number
        if what != "fail":
            result = {"read": value, "write": None, "cas": True}[kind]
            found.append(
                Operation(process, kind, _argument(kind, given), result if end else None, start, end)
            )
        elif kind == "cas":
            found.append(Operation(process, kind, given, False, start, end))
        # A read or a write that failed did not take place.
    for process, (start, kind, given) in open_calls.items():
        found.append(Operation(process, kind, _argument(kind, given), None, start))
    return History(found)


def _argument(kind: str, given: Any) -> Any:
    return None if kind == "read" else given


def _entries(path: Path) -> Iterator[tuple[int, str, str, str, Any]]:
    """(line number, process, what, kind, value) of each line that is about an operation."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if not (found := LINE.fullmatch(line)):
            raise ValueError(f"{path}, line {number} is no line of such a log: {line!r}")
        process, what, kind, value = found.groups()
        yield number, process, what, kind, _value(value)


def _value(text: str) -> Any:
    """`nil`, `4`, `[3 0]`; of `:timed-out` and the like nothing is needed."""
    if text.startswith("["):
        return tuple(_value(one) for one in text.strip("[]").split())
    return int(text) if re.fullmatch(r"-?\d+", text) else None
