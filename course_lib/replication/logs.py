"""All state is a log: operations in one order. Who has the same log has the same values: to replicate is to copy a log.

A real system keeps the values too, and of the log no more than its end. Here the log is all there is, and one can see
at a glance who has what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """What a client asked for; client and id together are unique."""

    client: str
    id: int
    operation: Any

    def __str__(self) -> str:
        """In short, as a lab shows it."""
        match self.operation:
            case ("read", key):
                return f"read {key}"
            case ("write", key, value):
                return f"{key}={value}"
            case ("cas", key, expected, new):
                return f"{key}={new} if {expected}"
        return repr(self.operation)


def result_of(log: tuple[Entry, ...], position: int) -> Any:
    """What the operation at that position, counted from 1, returns: those before it are carried out first."""
    values: dict[str, Any] = {}
    result = None
    for entry in log[:position]:
        result = perform(values, entry.operation)
    return result


def perform(values: dict[str, Any], operation: tuple[Any, ...]) -> Any:
    """Carries out ("read", key), ("write", key, value) or ("cas", key, expected, new). ValueError for another."""
    match operation:
        case ("read", key):
            return values.get(key)
        case ("write", key, value):
            values[key] = value
            return None
        case ("cas", key, expected, new):
            if values.get(key) != expected:
                return False
            values[key] = new
            return True
    raise ValueError(f"a store knows read, write and cas, not {operation!r}")
