"""A message as it travels between two processes: one JSON object, never pickle.

    {"from": "a", "number": 3, "wait": 10000, "again": false, "message": {"kind": "record", ...}}

Whatever else arrives is refused. Nothing that a stranger sends is evaluated, imported, or given to a node unless it is
plain data made of the messages that this scenario knows.
"""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any, NamedTuple

from course_lib.sim import wire
from course_lib.sim.errors import NodeError
from course_lib.sim.plain import NotPlain
from course_lib.sim.plain import message as canonical

LARGEST = 1 << 20  # bytes of one message over TCP
LONGEST = 3_600_000_000  # microseconds that a message may be held back
FIELDS = ("from", "number", "wait", "again", "message")


class Refused(ValueError):
    """Bytes that are no message of this scenario; the text says why."""


class Parcel(NamedTuple):
    """A message with what is written on it."""

    sender: str
    number: int
    """The how-many-th of its link it is: 3 of "a>b#3"."""
    wait: int
    """The latency that the scenario's network adds, in microseconds: the receiver holds it for so long."""
    again: bool
    """Whether it is the second copy."""
    message: Any


def pack(parcel: Parcel, find: wire.Find, largest: int) -> bytes:
    """A parcel as bytes. Raises NodeError for a message that no receiver would take."""
    try:
        message = wire.encode(parcel.message)
        wire.decode(message, find)
        values = (*parcel[:4], message)
        data = json.dumps(dict(zip(FIELDS, values, strict=True)), separators=(",", ":")).encode("ascii")
    except ValueError as error:  # Malformed is one; an int of thousands of digits gives another
        raise NodeError(f"{brief(parcel.message)} cannot be sent to another process: {error}") from None
    if len(data) > largest:
        raise NodeError(
            f"{brief(parcel.message)} takes {len(data):,} bytes; one message may take {largest:,}"
        )
    return data


def unpack(data: bytes, find: wire.Find, senders: Container[str]) -> Parcel:
    """The parcel back. Raises Refused."""
    try:
        match json.loads(data):
            case {
                "from": str(sender), "number": int(number), "wait": int(wait), "again": bool(again), **rest
            } if set(rest) == {"message"}:  # fmt: skip
                parcel = Parcel(sender, number, wait, again, canonical(wire.decode(rest["message"], find)))
            case _:
                raise Refused(f"it has not the fields {', '.join(FIELDS)}")
    except Refused:
        raise
    except (ValueError, RecursionError, NotPlain) as error:
        raise Refused(f"{type(error).__name__}: {error}") from None
    if parcel.sender not in senders:
        raise Refused(f"no link leads here from {parcel.sender[:40]!r}")
    if not (0 < parcel.number < 2**53 and 0 <= parcel.wait <= LONGEST):
        raise Refused("its number or its wait is out of range")
    return parcel


def brief(value: Any, begin: int = 80, end: int = 0) -> str:
    """A message, or what else there is, for people: of a long one so many characters, of its begin and its end."""
    text = repr(value)
    return text if len(text) <= begin + end else f"{text[:begin]}...{text[len(text) - end :]}"
