"""The ZooKeeper that the checks of chapter 05 use: one node of a simulated world, with one folder and its znodes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

from course_lib.sim import Node

DIGITS = 10  # of the number that a name ends in


@dataclass(frozen=True, repr=False)
class Ask:
    """A request: `number` tells which of the sender's it is."""

    number: int
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, repr=False)
class Reply:
    number: int
    value: Any

    def __repr__(self) -> str:
        return ", ".join(self.value) or "nobody" if isinstance(self.value, tuple) else str(self.value)


@dataclass(frozen=True, repr=False)
class Refusal:
    """There is no such znode."""

    number: int
    path: str

    def __repr__(self) -> str:
        return f"no node {self.path}"


@dataclass(frozen=True, repr=False)
class Event:
    """What you watch has changed."""

    path: str

    def __repr__(self) -> str:
        return f"event: {self.path}"


@dataclass(frozen=True, repr=False)
class Ends:
    """The sender's session ends. Really that is noticed by its silence."""

    def __repr__(self) -> str:
        return "(session ends)"


class Service(Node):
    """Carries out one request after the other. Watches send one event each; znodes go with their session.

    Those in `before` were in the queue from the beginning, in this order, and go after so many seconds.
    """

    def __init__(self, folder: str, before: tuple[tuple[str, float], ...] = ()) -> None:
        self.folder, self.before = folder, before

    def on_start(self) -> None:
        # The name and the owner of each znode, in the order of their making.
        self.queue: tuple[tuple[str, str], ...] = ()
        self.made = 0
        # What is watched, its path, and by whom; in order. (A tuple, since a world looks through a set at every step.)
        self.watches: tuple[tuple[str, str, str], ...] = ()
        self.robbed: str | None = None  # whose znode another has deleted first
        for name, seconds in self.before:
            self.create(name, self.path(f"{name}-"))
            self.set_timer(name, seconds)

    def on_timer(self, name: str) -> None:
        self.end_session(name)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Ask(number, words) if words[0] != "create" and not self.knows(words):
                self.send(sender, Refusal(number, words[1]))
            case Ask(number, ("create", path)):
                if path.rpartition("/")[0] != self.folder:
                    self.send(sender, Refusal(number, path.rpartition("/")[0] or "/"))
                else:
                    self.send(sender, Reply(number, self.create(sender, path)))
            case Ask(number, ("children", path, *watch)):
                self.watch("children", path, sender, watch)
                names = [name for name, _ in self.queue] if path == self.folder else []
                order = sorted(names, key=lambda name: zlib.crc32(name.encode()))
                self.send(sender, Reply(number, tuple(order)))
            case Ask(number, ("exists", path, *watch)):
                self.watch("znode", path, sender, watch)
                self.send(sender, Reply(number, self.is_there(path)))
            case Ask(number, ("delete", path)):
                self.robbed = self.robbed or self.robbed_by(sender, path)
                self.remove([path])
                self.send(sender, Reply(number, None))
            case Ends():
                self.end_session(sender)
            case _:
                self.unexpected(sender, message)

    def knows(self, words: tuple[str, ...]) -> bool:
        """Whether a request has what it needs: only `exists` may ask for what is not there."""
        folder = words[0] == "children" and words[1] == self.folder
        return folder or words[0] == "exists" or self.is_there(words[1])

    def path(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def is_there(self, path: str) -> bool:
        return any(self.path(name) == path for name, _ in self.queue)

    def robbed_by(self, sender: str, path: str) -> str | None:
        owners = [owner for name, owner in self.queue if self.path(name) == path]
        return next((owner for owner in owners if owner != sender), None)

    def watch(self, kind: str, path: str, client: str, asked: list[str]) -> None:
        if asked:
            self.watches = tuple(sorted({*self.watches, (kind, path, client)}))

    def create(self, owner: str, path: str) -> str:
        name = f"{path.rpartition('/')[2]}{self.made:0{DIGITS}d}"
        self.made += 1
        self.queue += ((name, owner),)
        self.fire("znode", self.path(name))
        self.fire("children", self.folder)
        return name

    def end_session(self, client: str) -> None:
        self.remove([self.path(name) for name, owner in self.queue if owner == client])

    def remove(self, paths: list[str]) -> None:
        self.queue = tuple(one for one in self.queue if self.path(one[0]) not in paths)
        for path in paths:
            self.fire("znode", path)
            self.fire("children", self.folder)

    def fire(self, kind: str, path: str) -> None:
        fired = [watch for watch in self.watches if watch[:2] == (kind, path)]
        self.watches = tuple(watch for watch in self.watches if watch not in fired)
        for _, _, client in fired:
            self.send(client, Event(path))


def number_of(name: str) -> int:
    """The number that a name ends in."""
    return int(name[-DIGITS:])
