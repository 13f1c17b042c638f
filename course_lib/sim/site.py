"""Where a node stands: its name, its disk, its clock and chance, and the effects that a handler has asked for.

A world gives each node a site and runs its handlers through `run`. Which world it is, the node cannot tell.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Hashable, Mapping
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any

from course_lib.sim import lines
from course_lib.sim.errors import NodeError
from course_lib.sim.network import SECOND
from course_lib.sim.plain import ATOMS, DICTS, NotPlain, freeze, settled

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
    by_line = True
    """Whether changes inside what a watched disk holds are told apart line by line."""

    def __init__(
        self, name: str, factory: Callable[[], Node], links: Mapping[str, Any], others: tuple[str, ...]
    ) -> None:
        self.name, self.factory, self.links, self.peers = name, factory, links, others
        self.node: Node | None = None
        self.memory: dict[str, Any] = {}
        self.constants: dict[str, Any] = {}
        """Attributes that are in canonical form and cannot change: long tuples."""
        self.disk: dict[Any, Any] = {}
        self.effects: list[Effect] = []
        self.shared: dict[str, Hashable] | None = None
        """What the node's class held when the first of it started."""

    def start(self, kind: type[Node]) -> None:
        """Puts a new node here; its memory is what its `__init__` makes, its disk what was left."""
        node = self.factory()
        if not isinstance(node, kind):
            raise NodeError(f"the factory of {self.name} made {node!r}; it has to make a Node")
        if hasattr(node, "_site"):
            raise NodeError(
                f"the factory of {self.name} gives the same node again; a restart makes a new one: "
                f"lambda: {type(node).__name__}(...)"
            )
        if self.shared is None:
            self.shared = _shared(type(node))
        object.__setattr__(node, "_site", self)  # a frozen dataclass may be a node too
        self.node, self.memory = node, vars(node)
        self._settle_memory()  # nothing shared with the factory, and the sets in order

    def check_shared(self) -> None:
        """Raises NodeError where a list, dict or set of the class has changed: no state of a node may stand there."""
        now = _shared(type(self.node)) if self.node is not None else {}
        for name, value in now.items():
            if self.shared is not None and value != self.shared.get(name, value):
                raise NodeError(
                    f"{name} belongs to the class, so its nodes share it and no crash loses it; and it has changed: "
                    "make it an attribute of each node, in __init__ or on_start"
                )

    def now(self) -> float:
        """The node's clock, in seconds."""
        raise NodeError(f"a state of {self.name} that is only looked at has no clock")

    def random(self) -> random.Random:
        """The node's source of chance."""
        raise NodeError(f"a state of {self.name} that is only looked at has no chance")

    def delay(self, after: float) -> int:
        """A timer's delay in microseconds of virtual time. Raises ValueError where it is none."""
        if not after >= 0 or after == float("inf"):
            raise ValueError("a delay is a number of seconds, 0 or more")
        return round(after * SECOND)

    def watch(self) -> None:
        """From now on, writes to the disk are effects."""
        self.watched = True
        if not isinstance(self.disk, Disk):
            self.disk = Disk(self.disk, self)

    def unwatch(self) -> None:
        """From now on they are not."""
        self.watched = False
        self.disk = dict(dict.items(self.disk))

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
        if type(to) is not str:
            return f"a message is sent to a node's name, a str, not to {to!r}"
        everybody = [self.name, *self.peers]
        if to in everybody:
            return (
                f"the network has no link from {self.name} to {to}; it has links to {', '.join(self.links)}"
            )
        return f"there is no node {to!r} to send to; there are {', '.join(sorted(everybody))}"

    def run(self, handler: Callable[..., object], arguments: tuple[Any, ...]) -> list[Effect]:
        """Runs a handler to its end and returns what it asked for; the node's state is in canonical form after it."""
        if self.watched:
            return self._run_watched(handler, arguments)
        effects = self.effects = []
        returned = handler(*arguments)
        if returned is not None:
            self._check_returned(handler, returned)
        for value in self.memory.values():
            if type(value) not in ATOMS:
                self._settle_memory()
                break
        if self.disk:
            self._settle_items()
        return effects

    def _run_watched(self, handler: Callable[..., object], arguments: tuple[Any, ...]) -> list[Effect]:
        effects = self.effects = Watched(self)
        disk: Any = self.disk
        with lines.looked_at(disk.sync) if self.by_line else nullcontext():
            returned = handler(*arguments)
        if returned is not None:
            self._check_returned(handler, returned)
        self._settle_memory()
        disk.sync()
        self._settle_items()
        return effects

    def _settle_memory(self) -> None:
        for name, value in self.memory.items():
            if type(value) not in ATOMS and value is not self.constants.get(name):
                kept = self.memory[name] = self._settled(name, value)
                if kept is value:
                    self.constants[name] = value

    def _settle_items(self) -> None:
        if not ATOMS.issuperset(map(type, dict.keys(self.disk))):
            keys = [self._settled("disk, a key", key) for key in dict.keys(self.disk)]
            items = list(zip(keys, dict.values(self.disk), strict=True))
            dict.clear(self.disk)
            dict.update(self.disk, items)
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
        if inspect.iscoroutine(returned):
            way, code = "is async", returned.cr_code
        elif inspect.isasyncgen(returned):
            way, code = "is async", returned.ag_code
        elif inspect.isgenerator(returned):
            way, code = "has a yield in it", returned.gi_code
        else:
            return
        if not inspect.isasyncgen(returned):
            returned.close()  # or Python warns that it was never awaited
        raise NodeError(
            f"{type(self.node).__name__}.{code.co_name} (line {code.co_firstlineno}) {way}: a handler runs to its end "
            "and never waits; set a timer, and go on in on_timer"
        )


class Disk(dict[Any, Any]):
    """A disk that is looked at before and after each access, so that each write becomes an effect of its own.

    A change inside what it holds (`self.disk["log"].append(x)`) is a write too; one line makes one such write.
    """

    def __init__(self, contents: Mapping[Any, Any], site: Site) -> None:
        super().__init__(contents)
        self.site, self.seen = site, self._frozen()

    def _frozen(self) -> Hashable:
        try:
            return freeze(self)
        except (NotPlain, RecursionError):
            self.site._settle_items()  # which names the key
            raise

    def sync(self) -> None:
        """Makes an effect of what has changed since the last look."""
        now = self._frozen()
        if now != self.seen:
            self.seen = now
            list.append(self.site.effects, (WRITE, now, None))


DICTS.add(Disk)


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


def _shared(kind: type) -> dict[str, Hashable]:
    """The lists, dicts and sets of a node's class, frozen. Raises NodeError for slots, which `vars(node)` lacks."""
    found: dict[str, Hashable] = {}
    for base in kind.__mro__:
        if base.__module__ == "course_lib.sim.node":
            break
        if base.__dict__.get("__slots__"):
            raise NodeError(f"{base.__name__} has __slots__; a node keeps its state in ordinary attributes")
        for name, value in vars(base).items():
            if type(value) in (list, dict, set):
                with suppress(NotPlain, RecursionError):
                    found[f"{base.__name__}.{name}"] = freeze(value)
    return found


def still(kind: type[Node], site: Site, memory: Mapping[str, Any], disk: dict[Any, Any]) -> Node:
    """A node that does nothing and is only looked at, with its properties and methods: what an invariant sees."""
    node = object.__new__(kind)
    here = Site(site.name, site.factory, site.links, site.peers)
    here.disk = disk
    object.__setattr__(node, "_site", here)
    node.__dict__.update(memory)
    return node
