"""The node: what a learner subclasses. All of a protocol is in its handlers, and all of its state in plain attributes.

    class Echo(Node):
        def on_message(self, sender, message):
            self.send(sender, message)

A handler runs to its end and never waits. It only *asks*: what it sends, the timers it sets and what it reports are
effects, which the world carries out in order. Attributes are memory, lost in a crash; `self.disk` survives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from course_lib.sim.errors import NodeError, RunAway, blamed, unplaced
from course_lib.sim.plain import ATOMS, NotPlain, settled
from course_lib.sim.plain import message as canonical
from course_lib.sim.site import CANCEL, MANY, REPORT, SEND, SET_TIMER, Effect, Site


class Node:
    """One process of a distributed system. Override the `on_...` methods; call the others from them.

    Everything here is usable from `on_start` on, not in `__init__`, which need not call ours.
    """

    __slots__ = ("__dict__", "__weakref__", "_site")
    _site: Site

    def on_start(self) -> None:
        """Called at time 0, and after each restart with an empty memory and the disk as it was left."""

    def on_message(self, sender: str, message: Any) -> None:
        """Called when a message has arrived."""
        self.unexpected(sender, message)

    def on_timer(self, name: str) -> None:
        """Called when the timer of that name fires; it is no longer set then."""
        raise NodeError(f"{type(self).__name__} sets the timer {name!r} and has no on_timer(self, name)")

    def send(self, to: str, message: Any) -> None:
        """Sends a message to the node named `to`. It may be lost, late, repeated, or overtaken by a later one.

        Raises NodeError for a destination that does not exist, NotPlain for what is no plain data.
        """
        try:
            site = self._site
        except AttributeError:
            site = self._here("send")
        if type(message) not in ATOMS:
            message = self._canonical(f"send({to!r}, ...)", message)
        if type(to) is not str or to not in site.links:
            self._refuse(site.unknown(to))
        site.effects.append((SEND, to, message))
        if len(site.effects) > MANY:
            self._stop(f"{message!r} to {to}")

    def set_timer(self, name: str, after: float) -> None:
        """Has `on_timer(name)` called `after` seconds from now, in place of a timer of that name that is set."""
        site = self._here("set_timer")
        try:
            delay = site.delay(after)
        except (TypeError, ValueError):
            self._refuse(f"timer {name!r} is set to {after!r}; a delay is a number of seconds, 0 or more")
        self._ask(site, (SET_TIMER, self._timer(name), delay))

    def cancel_timer(self, name: str) -> None:
        """Takes a timer back. One that is not set, or has fired, is no error."""
        self._ask(self._here("cancel_timer"), (CANCEL, self._timer(name), None))

    def report(self, value: Any) -> None:
        """Shows a value to the outside world: a line of the trace, and an item of `world.reports`.

        Any plain value; it is copied, so a list may change afterwards.
        """
        site = self._here("report")
        self._ask(site, (REPORT, self._canonical("report(...)", value, settled), None))

    def unexpected(self, sender: str, message: Any) -> NoReturn:
        """For the last `case _:` of a `match`: an error that names node, sender and message, in place of silence."""
        raise NodeError(
            f"{self.name} ({type(self).__name__}) got {message!r} from {sender} and has no case for it"
        )

    @property
    def name(self) -> str:
        """This node's name."""
        return self._here("name").name

    @name.setter
    def name(self, value: Any) -> None:
        self._taken("name")

    @property
    def peers(self) -> tuple[str, ...]:
        """The names of all other nodes, sorted."""
        return self._here("peers").peers

    @peers.setter
    def peers(self, value: Any) -> None:
        self._taken("peers")

    @property
    def now(self) -> float:
        """This node's own clock, in seconds; it may be skewed."""
        return self._here("now").now()

    @now.setter
    def now(self, value: Any) -> None:
        self._taken("now")

    @property
    def random(self) -> Any:
        """This node's own source of chance, with the methods of `random.Random`."""
        return self._here("random").random()

    @random.setter
    def random(self, value: Any) -> None:
        self._taken("random")

    @property
    def disk(self) -> dict[Any, Any]:
        """What survives a crash. A write is durable at once, and so is a change of what it holds.

        One assignment to a key is one write, one call of `update` too, and so is `self.disk = {...}`. What a line
        changes inside a list or dict of the disk is a write of its own. Between two writes a crash may strike.
        """
        return self._here("disk").disk

    @disk.setter
    def disk(self, contents: Mapping[Any, Any]) -> None:
        if contents is self.disk:  # `self.disk |= {...}` comes here with the disk itself
            return
        if not isinstance(contents, Mapping):
            self._refuse(f"self.disk is a dict, and cannot become {contents!r}")
        self._here("disk").overwrite(dict(contents))

    def _taken(self, what: str) -> NoReturn:
        raise NodeError(
            unplaced(f"self.{what} belongs to the world, which sets it; take another name for this", self)
        )

    def _here(self, what: str) -> Site:
        try:
            return self._site
        except AttributeError:
            call = f"self.{what}" + (
                "(...)" if what in ("send", "set_timer", "cancel_timer", "report") else ""
            )
            raise NodeError(
                unplaced(
                    f"{type(self).__name__} uses {call} before it stands in a world: move it from __init__ to on_start",
                    self,
                )
            ) from None

    def _ask(self, site: Site, effect: Effect) -> None:
        site.effects.append(effect)
        if len(site.effects) > MANY:
            self._stop(" ".join(map(repr, effect[:2])))

    def _stop(self, last: str) -> NoReturn:
        self._refuse(f"one handler asked for more than {MANY:,} things; the last: {last}", RunAway)

    def _timer(self, name: Any) -> str:
        if type(name) is not str:
            self._refuse(f"a timer's name is a str, not {name!r}")
        return name

    def _canonical(self, call: str, message: Any, copied: Callable[[Any], Any] = canonical) -> Any:
        try:
            return copied(message)
        except NotPlain as error:
            self._refuse(f"{call}: {error}", NotPlain)
        except RecursionError:
            self._refuse(f"{call}: it contains itself", NotPlain)

    def _refuse(self, sentence: str, kind: type[Exception] = NodeError) -> NoReturn:
        raise kind(blamed(sentence, self._site)) from None
