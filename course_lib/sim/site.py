"""Where a node stands: its name, its disk, its clock and chance, and the effects that a handler has asked for.

A world gives each node a site and runs its handlers through `run`. Which world it is, the node cannot tell.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from course_lib.sim.errors import NodeError
from course_lib.sim.plain import ATOMS, NotPlain, freeze, settled

if TYPE_CHECKING:
    from course_lib.sim.node import Node

SEND, SET_TIMER, CANCEL, REPORT, WRITE = "send", "set timer", "cancel timer", "report", "write"
Effect = tuple[str, Any, Any]
"""(SEND, to, message), (SET_TIMER, name, delay), (CANCEL, name, None), (REPORT, value, None) or (WRITE, disk, None)."""

DURABLE = (SEND, REPORT, WRITE)
"""The effects that outlive a crash of the node: between two of these it matters where the crash strikes."""

MANY = 10_000
"""So many effects of one handler, or in one second of virtual time, are no protocol but a mistake."""


class Site:
    """A node's place in a world. `node` is None while it is down.

    With `watched` the writes to the disk are effects too, in order with the others: needed wherever a crash may strike
    between two of them.
    """

    watched = False

    def __init__(
        self, name: str, factory: Callable[[], Node], links: Mapping[str, Any], others: tuple[str, ...]
    ) -> None:
        self.name, self.factory, self.links, self.peers = name, factory, links, others
        self.node: Node | None = None
        self.memory: dict[str, Any] = {}
        self.disk: dict[Any, Any] = {}
        self.effects: list[Effect] = []

    def start(self, kind: type[Node]) -> None:
        """Puts a new node here; its memory is what its `__init__` makes, its disk what was left."""
        node = self.factory()
        if not isinstance(node, kind):
            raise NodeError(f"the factory of {self.name} made {node!r}; it has to make a Node")
        node._site = self
        self.node, self.memory = node, vars(node)

    def now(self) -> float:
        """The node's clock, in seconds."""
        raise NotImplementedError

    def random(self) -> random.Random:
        """The node's source of chance."""
        raise NotImplementedError

    def delay(self, after: float) -> int:
        """A timer's delay in microseconds of virtual time. Raises ValueError where it is none."""
        if not after >= 0 or after == float("inf"):
            raise ValueError("a delay is a number of seconds, 0 or more")
        return round(after * 1_000_000)

    def watch(self) -> None:
        """From now on, writes to the disk are effects."""
        self.watched = True
        if not isinstance(self.disk, Disk):
            self.disk = Disk(self.disk, self)

    def overwrite(self, contents: dict[Any, Any]) -> None:
        """Writes the whole disk anew, at once."""
        if self.watched:
            self.disk.sync()  # type: ignore[attr-defined]
        dict.clear(self.disk)
        dict.update(self.disk, contents)
        if self.watched:
            self.disk.sync()  # type: ignore[attr-defined]

    def unknown(self, to: Any) -> str:
        """Why nothing can be sent to `to`."""
        everybody = [self.name, *self.peers]
        if to in everybody:
            return (
                f"the network has no link from {self.name} to {to}; it has links to {', '.join(self.links)}"
            )
        return f"there is no node {to!r} to send to; there are {', '.join(sorted(everybody))}"

    def run(self, handler: Callable[..., object], arguments: tuple[Any, ...]) -> list[Effect]:
        """Runs a handler to its end and returns what it asked for; the node's state is in canonical form after it."""
        effects = self.effects = Watched(self) if self.watched else []
        returned = handler(*arguments)
        if returned is not None:
            self._check_returned(handler, returned)
        for value in self.memory.values():
            if type(value) not in ATOMS:
                self._settle_memory()
                break
        if self.disk or self.watched:
            self._settle_disk()
        return effects

    def _settle_memory(self) -> None:
        for name, value in self.memory.items():
            if type(value) not in ATOMS:
                self.memory[name] = self._settled(name, value)

    def _settle_disk(self) -> None:
        if self.watched:
            self.disk.sync()  # type: ignore[attr-defined]
        for key, value in dict.items(self.disk):
            if type(value) not in ATOMS:
                dict.__setitem__(self.disk, key, self._settled(f"disk[{key!r}]", value))

    def _settled(self, name: str, value: Any) -> Any:
        try:
            return settled(value)
        except RecursionError:
            problem = NotPlain("it contains itself; a state is a tree of plain values")
        except NotPlain as error:
            problem = error
        raise NotPlain(f"{type(self.node).__name__}.{name} of node {self.name}: {problem}") from None

    def _check_returned(self, handler: Callable[..., object], returned: Any) -> None:
        """Any value is ignored; a coroutine or a generator is a handler that has not even begun."""
        if not (inspect.iscoroutine(returned) or inspect.isgenerator(returned)):
            return
        returned.close()  # or Python warns that it was never awaited
        way = "is async" if inspect.iscoroutine(returned) else "has a yield in it"
        name, line = returned.__name__, handler.__code__.co_firstlineno
        raise NodeError(
            f"{type(self.node).__name__}.{name} (line {line}) {way}: a handler runs to its end and never waits; "
            "set a timer, and go on in on_timer"
        )


class Disk(dict[Any, Any]):
    """A disk that is looked at before and after each access, so that each write becomes an effect of its own.

    A change inside what it holds (`self.disk["log"].append(x)`) is seen at the next access or effect.
    """

    def __init__(self, contents: Mapping[Any, Any], site: Site) -> None:
        super().__init__(contents)
        self.site, self.seen = site, self._frozen()

    def _frozen(self) -> Hashable:
        return freeze(dict(dict.items(self)))

    def sync(self) -> None:
        """Makes an effect of what has changed since the last look."""
        now = self._frozen()
        if now != self.seen:
            self.seen = now
            list.append(self.site.effects, (WRITE, now, None))


class Watched(list[Effect]):
    """Effects of a site whose disk is watched: a write comes before what was asked for after it."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site

    def append(self, effect: Effect) -> None:
        self.site.disk.sync()  # type: ignore[attr-defined]
        super().append(effect)


def _looked_at(name: str) -> Callable[..., Any]:
    method = getattr(dict, name)

    def access(self: Disk, *arguments: Any, **keywords: Any) -> Any:
        self.sync()
        try:
            return method(self, *arguments, **keywords)
        finally:
            self.sync()

    access.__name__ = name
    return access


for _name in (
    "__getitem__", "__setitem__", "__delitem__", "__contains__", "__ior__", "__iter__",
    "get", "setdefault", "update", "pop", "popitem", "clear", "items", "values", "keys",
):  # fmt: skip
    setattr(Disk, _name, _looked_at(_name))
