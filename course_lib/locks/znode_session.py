"""What can happen to the process of a ZooKeeper client and to its connection, and what the client learns of it.

`pause` stops the process, `disconnect` cuts the connection. The server sees the same in both: no more heartbeats. The
client sees in one case nothing at all, and in the other that it does not know.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kazoo import exceptions
from kazoo.protocol.states import EventType, KazooState, KeeperState, WatchedEvent

if TYPE_CHECKING:
    from course_lib.locks.znodes import ZNodeServer

Listener = Callable[[str], Any]


class ZNodeSession:
    """One process with one connection: the half of `ZNodeClient` that is not about znodes."""

    def __init__(self, server: ZNodeServer, timeout: int) -> None:
        self.server, self.timeout = server, timeout  # microseconds
        self.handler = Handler(server)
        self.state = KazooState.LOST
        self.session = 0
        self._listeners: dict[Listener, None] = {}
        self._closed = self._paused = self._cut = False
        self._behind = False  # was paused, and has not read yet what came meanwhile
        self._missed: list[tuple[Callable[[Any], Any], Any]] = []
        self._silent_since: int | None = None
        self._loses: str | None = None
        with server.lock:
            server.clients.append(self)
            self._connect()
            server.deliver()

    # As in kazoo

    @property
    def connected(self) -> bool:
        return self.state == KazooState.CONNECTED

    @property
    def client_id(self) -> tuple[int, bytes] | None:
        """The session's number, and a password that is empty here. None while it is not connected."""
        return (self.session, b"") if self.connected else None

    def add_listener(self, listener: Listener) -> None:
        """`listener` is called with "SUSPENDED", "LOST" or "CONNECTED" at each change. Adding it twice adds it once."""
        self._listeners[listener] = None

    def remove_listener(self, listener: Listener) -> None:
        self._listeners.pop(listener, None)

    def stop(self) -> None:
        """Ends the session, and with it its ephemeral znodes, at once. Stopping twice is harmless."""
        with self.server.lock:
            self._must_run()
            if self._closed:
                return
            self.server.unwatch(self)
            self._become(KazooState.LOST)
            self._closed = True
            if not self._cut and self.session in self.server.sessions:
                self.server.end_session(self)
            self._note_silence()
            self.server.deliver()

    close = stop

    # What a lesson does to it

    def pause(self) -> None:
        """The process stops, as by SIGSTOP or in a long garbage collection. Never resumed, it has crashed."""
        with self.server.lock:
            self._paused = self._behind = True
            self._note_silence()

    def resume(self) -> None:
        """The process goes on, and believes what it believed.

        What it missed it reads a moment later: as soon as time goes on (`server.advance`), or at its next call here.
        """
        with self.server.lock:
            self._paused = False
            self._note_silence()

    def disconnect(self) -> None:
        """The network between client and server is cut. The client is SUSPENDED."""
        with self.server.lock:
            if not self._cut:
                self._cut = True
                self._note_silence()
                self.lose_connection()
                self.server.deliver()

    def reconnect(self) -> None:
        """The network is back: CONNECTED if the session still lives, else LOST and then CONNECTED with a new one."""
        with self.server.lock:
            if self._cut:
                self._cut = False
                self._note_silence()
                self._connect()
                self.server.deliver()

    def lose_reply(self) -> None:
        """The next `create`, `set` or `delete` is carried out, but the connection breaks before its reply is here."""
        self._loses = "reply"

    def lose_request(self) -> None:
        """The connection breaks before the next one of these reaches the server. The caller sees just the same."""
        self._loses = "request"

    # What the server calls

    def deadline(self) -> float:
        """When the session ends if nothing is heard, in microseconds of virtual time."""
        return math.inf if self._silent_since is None else self._silent_since + self.timeout

    def lose_connection(self) -> None:
        """Watches end with their connection. Each hears so, as in kazoo, by an event of the type NONE."""
        self.server.tell(self, self._become, KazooState.SUSPENDED)
        for watch in self.server.unwatch(self):
            self.server.tell(self, watch, WatchedEvent(EventType.NONE, KeeperState.CONNECTING, None))

    def receive(self, function: Callable[[Any], Any], news: object) -> None:
        """Hears something, unless the process is stopped."""
        if self._behind:
            self._missed.append((function, news))
        elif not self._closed:
            _call(function, news)

    def catch_up(self) -> None:
        """After a pause: reads what came meanwhile, and connects again if the session has ended."""
        if self._behind and not self._paused:
            self._behind = False
            for function, news in self._missed:
                self.server.tell(self, function, news)
            self._missed.clear()
            if not self._cut and self.session not in self.server.sessions:
                self._connect()

    # Inside

    def _connect(self) -> None:
        if self.session not in self.server.sessions:
            self.server.tell(self, self._become, KazooState.LOST)
            self.session = self.server.open_session(self)
        self.server.tell(self, self._become, KazooState.CONNECTED)

    def _become(self, state: str) -> None:
        if state != self.state:
            self.state = state
            for listener in list(self._listeners):
                if _call(listener, state) is True:  # kazoo's way to say: no more
                    self.remove_listener(listener)

    def _note_silence(self) -> None:
        silent = self._paused or self._cut or self._closed
        if not silent:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = self.server.clock

    def _must_run(self) -> None:
        if self._paused:
            raise RuntimeError(
                "this client is paused, and a stopped process calls nothing: resume() it first"
            )

    @contextmanager
    def _request(self) -> Iterator[ZNodeServer]:
        """Around each call: one at a time, only when connected, and all news delivered before it returns."""
        with self.server.lock:
            self._must_run()
            session = self.session
            self.catch_up()
            try:
                if self._closed:
                    raise exceptions.ConnectionClosedError("this client was stopped: make a new one")
                if self._cut:
                    raise exceptions.ConnectionLoss("no connection to the server: try again when it is back")
                if self.session != session:
                    raise exceptions.SessionExpiredError(f"session {session} has ended, its znodes are gone")
                yield self.server
            finally:
                self.server.deliver()

    @contextmanager
    def _write(self) -> Iterator[ZNodeServer]:
        """Around a call that changes something, whose request or reply may be lost."""
        with self._request() as server:
            self._break_if("request")
            yield server
            self._break_if("reply")

    def _break_if(self, loses: str) -> None:
        if self._loses == loses:
            self._loses = None
            self.lose_connection()
            self._connect()
            raise exceptions.ConnectionLoss("the connection broke: it was carried out, or it was not")


def _call(function: Callable[[Any], Any], news: object) -> Any:
    try:
        return function(news)
    except Exception:  # as in kazoo: told in the log, so that one bad watch does not stop the others
        logging.exception("Error in a watch or a listener")


class Handler:
    """Kazoo's way to let a recipe wait without knowing how."""

    def __init__(self, server: ZNodeServer) -> None:
        self.server = server

    def event_object(self) -> VirtualEvent:
        return VirtualEvent(self.server)

    def monotonic(self) -> float:
        return self.server.now


class VirtualEvent(threading.Event):
    """Waiting with a time-out takes virtual time; without, it waits for another thread to set it."""

    def __init__(self, server: ZNodeServer) -> None:
        super().__init__()
        self.server = server

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is None:
            return super().wait()
        self.server.advance(max(timeout, 0), until=self.is_set)
        return self.is_set()
