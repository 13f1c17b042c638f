"""The world of 01.in_order: senders whose items overtake each other and come twice, but are never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from course_lib.sim import Network, Node, Scenario

Letters = Mapping[str, Sequence[str]]
"""The texts that each sender sends, in order."""


@dataclass(frozen=True)
class Item:
    """A sender's item; each sender numbers its own from 1."""

    number: int
    text: str


class Sender(Node):
    """Sends all its items at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def on_start(self) -> None:
        for number, text in enumerate(self.texts, start=1):
            self.send("desk", Item(number, text))


def posts(receiver: Callable[[], Node], letters: Letters, network: Network | None = None) -> Scenario:
    """The node "desk", which is `receiver()`, and a sender for each name in `letters`: {"ann": ("a1", "a2")}."""

    def handed_over_in_order(world: Any) -> bool | str:
        """Of each sender, a beginning of what it sent; anything else is told by its kind."""
        return _first_wrong(world, letters, again=False)

    def handed_over_once(world: Any) -> bool | str:
        return _first_wrong(world, letters, again=True)

    nodes: dict[str, Callable[[], Node]] = {
        name: partial(Sender, tuple(texts)) for name, texts in letters.items()
    }
    return Scenario(
        {**nodes, "desk": receiver}, network=network, invariants=[handed_over_once, handed_over_in_order]
    )


def _first_wrong(world: Any, letters: Letters, again: bool) -> bool | str:
    """The first report that is not what was due; `again`: only one that was there before."""
    done = dict.fromkeys(letters, 0)
    seen: list[Any] = []
    for node, value in world.reports:
        if node != "desk":
            continue
        if type(value) is not tuple or list(map(type, value)) != [str, str] or value[0] not in letters:
            return again or f"the desk reported {value!r}; a report is (sender, text)"
        if value in seen and again:
            return f"the desk reported {value!r} a second time"
        seen.append(value)
        name, text = value
        due = letters[name][done[name]] if done[name] < len(letters[name]) else None
        if text != due and not again:
            return f"the desk reported {value!r}; of {name} it was {due!r} that had to come next"
        done[name] += 1
    return True
