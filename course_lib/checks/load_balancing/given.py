"""What a policy is handed in the questions of chapter 09: servers and requests as plain values, only to be read."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from course_lib.checks.plain import HANDED


class Short:
    """Written as it was made, without what nobody gave."""

    def __repr__(self) -> str:
        parts = [(part, getattr(self, part.name)) for part in fields(self)]  # type: ignore[arg-type]
        given = [f"{part.name}={value!r}" for part, value in parts if value != part.default]
        return f"{type(self).__name__}({', '.join(given)})"


@dataclass(frozen=True, repr=False)
class Server(Short):
    """A server as a policy sees it.

    Args:
        index: tells it apart, wherever it stands in the list.
        outstanding: how many requests were sent to it and are not answered yet.
        weight: how much it is meant to get.
    """

    index: int
    outstanding: int = 0
    weight: float = 1


@dataclass(frozen=True, repr=False)
class Request(Short):
    """When it came, and its key."""

    time: float = 0.0
    key: Any = None


HANDED.update((Server, Request))


def weighing(*weights: float) -> list[Server]:
    """Servers of these weights; the first has the index 0."""
    return [Server(index, weight=weight) for index, weight in enumerate(weights)]


def busy(*outstanding: int) -> list[Server]:
    """Servers that have so many requests; the first has the index 0."""
    return [Server(index, number) for index, number in enumerate(outstanding)]


def indices(servers: Sequence[Server]) -> list[int]:
    return [server.index for server in servers]


def written(servers: Sequence[Server]) -> str:
    """A list of servers as source text, as short as it can be."""
    if servers == (same := busy(*(server.outstanding for server in servers))):
        return f"busy({', '.join(str(server.outstanding) for server in same)})"
    if servers == (same := weighing(*(server.weight for server in servers))):
        return f"weighing({', '.join(repr(server.weight) for server in same)})"
    return repr(servers)
