"""Functions that yield requests to ZooKeeper, as chapter 05 asks for them, and how to run one on a client.

    name = yield ("create", "/lock/ann-")              # ephemeral and sequential: "ann-0000000007"
    names = yield ("children", "/lock")                # in an order that means nothing
    there = yield ("exists", "/lock/ann-0000000007")   # True or False
    yield ("delete", "/lock/ann-0000000007")
    woken = yield ("wait", 2.5)                        # until an event comes: True; False when the seconds are over

With "watch" as a third word, "exists" and "children" leave a watch, which sends one event. ("wait",) has no end.
"""

from collections.abc import Generator
from math import inf
from typing import Any

Requests = Generator[tuple[Any, ...], Any, Any]
SHAPES = {
    "create": "('create', path)",
    "children": "('children', path) or ('children', path, 'watch')",
    "exists": "('exists', path) or ('exists', path, 'watch')",
    "delete": "('delete', path)",
    "wait": "('wait',) or ('wait', seconds)",
}


class ConnectionLoss(Exception):
    """The connection broke: the request was carried out, or it was not."""


class NoNode(Exception):
    """There is no znode of that path."""


ERRORS: dict[str, type[Exception]] = {"ConnectionLoss": ConnectionLoss, "NoNode": NoNode}


def read(request: Any) -> tuple[Any, ...]:
    """The request, if it is one; of `("wait",)` its long form. Raises ValueError that says what is wrong with it."""
    words = tuple(request) if isinstance(request, tuple | list) else ()
    name = words[0] if words and isinstance(words[0], str) else None
    if name not in SHAPES:
        raise ValueError(f"the requests are {', '.join(SHAPES)}, each in a tuple")
    if name == "wait":
        seconds = words[1] if len(words) == 2 else None
        if len(words) < 3 and (seconds is None or _is_time(seconds)):
            return "wait", seconds
    elif len(words) > 1 and isinstance(words[1], str):
        rest = words[2:]
        if not rest or (rest == ("watch",) and name in ("exists", "children")):
            if words[1].startswith("/"):
                return words
            raise ValueError(f"a path is whole, from the first '/' on, as '/lock/{words[1]}'")
    raise ValueError(f"it is {SHAPES[name]}")


def _is_time(seconds: Any) -> bool:
    return isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds < inf


def run(client: Any, steps: Requests) -> Any:
    """What `steps` returns. Each request that it yields goes to `client`, a `ZNodeClient` or kazoo's `KazooClient`."""
    from kazoo import exceptions

    if not hasattr(steps, "send"):
        raise TypeError(f"{steps!r} is no generator: yield the requests, `names = yield ('children', path)`")
    woken = client.handler.event_object()
    go_on: Any = steps.send
    reply: Any = None
    while True:
        try:
            request = read(go_on(reply))
        except StopIteration as end:
            return end.value
        try:
            go_on, reply = steps.send, _carried_out(client, request, woken)
        except exceptions.NoNodeError as error:
            go_on, reply = steps.throw, NoNode(*error.args)
        except exceptions.ConnectionLoss as error:
            go_on, reply = steps.throw, ConnectionLoss(*error.args)


def _carried_out(client: Any, request: tuple[Any, ...], woken: Any) -> Any:
    """The reply of a client, in the form that the exercise promises."""
    watch = {"watch": lambda event: woken.set()} if request[2:] else {}
    match request:
        case ("create", path):
            return client.create(path, ephemeral=True, sequence=True).rpartition("/")[2]
        case ("children", path, *_):
            return client.get_children(path, **watch)
        case ("exists", path, *_):
            return client.exists(path, **watch) is not None
        case ("delete", path):
            client.delete(path)
            return None
        case (_, seconds):
            came = woken.wait(seconds)
            woken.clear()
            return came
