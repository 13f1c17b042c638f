"""In a node's process: the node's site. It runs the handlers and carries out what they ask for, in order, for real.

The process talks with the one that started it over two pipes. In: first a `Boot`, then commands, a line of JSON each.
Out: events, states and errors, a line of JSON each. Everything that others see of the node, a message, a report, is
written out before it happens; so when the process is killed, what it did is known to the last message.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from course_lib.sim import wire
from course_lib.sim.network import SECOND, Link
from course_lib.sim.node import Node
from course_lib.sim.plain import thaw
from course_lib.sim.serve import disk, tcp, udp
from course_lib.sim.serve.boot import Boot, Control, described
from course_lib.sim.serve.parcel import Parcel, Refused, brief, pack, unpack
from course_lib.sim.site import CANCEL, REPORT, SEND, SET_TIMER, WRITE, Disk, Effect, Site

TRANSPORTS: dict[str, Callable[..., Any]] = {"tcp": tcp.Transport, "udp": udp.Transport}
REFUSALS = 100  # so many are written down, so that a flood of garbage does not fill the disk


class Host(Site):
    """A node's site in a process of its own."""

    watched = True  # writes to the disk are effects, in order with the others
    by_line = False  # of several without a message between them, only the last is written

    def __init__(self, boot: Boot, commands: BinaryIO, control: Control) -> None:
        links = {}
        for to, options in boot.links.items():
            links[to] = link = Link(boot.name, to, options, boot.seed)
            link.sent = boot.sent[to]
            for _ in range(link.sent):
                link.flight()  # chance goes on where the life before this one left it
        super().__init__(boot.name, boot.factory, links, boot.peers)
        self.boot, self.commands, self.control = boot, commands, control
        self.find, control.folder = wire.among(boot.kinds), boot.folder
        contents = disk.read(Path(boot.disk), self.find)
        self.disk, self.written = Disk(contents, self), wire.encode(contents)
        self.chance = random.Random(f"{boot.seed}/{boot.name}/{boot.life}")
        self.addresses: dict[str, tcp.Address] = {}
        self.transport = TRANSPORTS[boot.transport](self.receive, self.refuse, self.addresses)
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.cut: frozenset[tuple[str, str]] = frozenset()  # (sender, to) of each link across a partition
        self.origin, self.last = time.monotonic(), -1
        self.early: list[Parcel] | None = []  # what came before `on_start`
        self.newest: dict[str, float] = {}  # of links that keep the order: when the last message is due
        self.refused = 0
        self.told = ""  # the state that was told last
        self.doing: tuple[str, tuple[Any, ...]] = "", ()

    # The site

    def now(self) -> float:
        return time.monotonic() - self.origin

    def random(self) -> random.Random:
        return self.chance

    # The process

    async def run_for_ever(self) -> None:
        self.loop = asyncio.get_running_loop()
        try:
            port = await self.transport.listen(self.boot.port)
        except OSError:  # somebody took the port while the node was down
            port = await self.transport.listen(0)
        threading.Thread(target=self._obey, daemon=True).start()
        self.control.tell(port=port)
        await asyncio.Event().wait()  # until the process is killed

    def _obey(self) -> None:
        """Follows commands, in a thread, so that a handler which never ends can neither delay nor survive their end."""
        for line in self.commands:
            command = json.loads(line)
            if "addresses" in command:
                self.addresses.update({name: tuple(at) for name, at in command["addresses"].items()})
            if "cut" in command:
                self.cut = frozenset(map(tuple, command["cut"]))
            if "origin" in command:
                self.origin = command["origin"]
                self.loop.call_soon_threadsafe(self.begin)
            if "halt" in command:
                self.loop.call_soon_threadsafe(self.halt, command["ticket"])
            else:
                self.control.tell(done=command["ticket"])
        self.control.leave()

    def begin(self) -> None:
        self.event("start" if self.boot.life == 1 else "restart")
        self.doing = "__init__", ()
        try:
            self.start(Node)
        except (Exception, SystemExit) as error:
            self.fail(error)
        assert self.node
        self.handle(self.node.on_start)
        self.control.tell(started=True)
        early, self.early = self.early or [], None
        for parcel in early:
            self.hold(parcel)

    def halt(self, ticket: int) -> None:
        """Between two handlers: stands still, and keeps its connections, until the process is killed."""
        self.control.tell(done=ticket)
        threading.Event().wait()

    # Events

    def receive(self, data: bytes) -> None:
        """Bytes from another process, or from anybody."""
        try:
            parcel = unpack(data, self.find, self.boot.senders)
        except Refused as error:
            return self.refuse(str(error))
        if self.early is None:
            self.hold(parcel)
        else:
            self.early.append(parcel)

    def refuse(self, why: str) -> None:
        """A line in the log; the trace tells of nodes, and strangers are none."""
        self.refused += 1
        if self.refused <= REFUSALS:
            # A stranger chose some of the words.
            line = why.encode("ascii", "backslashreplace").decode()[:200]
            print(f"refused: {line}{'; no more are written down' if self.refused == REFUSALS else ''}")
            self.control.tell(refused=True)  # whoever waits looks at the log again

    def hold(self, parcel: Parcel) -> None:
        """Waits for as long as the scenario's network would have taken."""
        due = self.loop.time() + parcel.wait / SECOND
        if self.boot.senders[parcel.sender] and not parcel.again:
            due = max(due, self.newest.get(parcel.sender, 0.0) + 1 / SECOND)
            self.newest[parcel.sender] = due
        if due <= self.loop.time():
            self.arrive(parcel)
        else:
            self.loop.call_at(due, self.arrive, parcel)

    def arrive(self, parcel: Parcel) -> None:
        sender, number, _, again, message = parcel
        if (sender, self.name) in self.cut:
            self.lost(sender, self.name, message, number, "cut")
        else:
            self.event("deliver", sender, message, number, "again" if again else "")
            assert self.node
            self.handle(self.node.on_message, sender, message)

    def fire(self, timer: str) -> None:
        del self.timers[timer]
        self.event("timer", id=timer)
        assert self.node
        self.handle(self.node.on_timer, timer)

    def handle(self, handler: Callable[..., object], *arguments: Any) -> None:
        self.doing = handler.__name__, arguments
        try:
            self.carry_out(self.run(handler, arguments))
        except (Exception, SystemExit) as error:
            self.fail(error)

    # Effects

    def carry_out(self, effects: Sequence[Effect]) -> None:
        """Each effect is done when the next begins: what a node wrote before it sent is on the disk when it sends."""
        told = False
        for kind, subject, value in disk.without_overwritten(effects):
            if kind in (SEND, REPORT):
                if not told:
                    self.tell_state()  # nobody hears of a state's consequences before the state
                    told = True
                if kind == SEND:
                    self.emit(subject, value)
                else:
                    self.event("report", message=subject)
                continue
            told = False
            if kind == WRITE:
                contents = thaw(subject)
                disk.write(Path(self.boot.disk), contents)
                self.written = wire.encode(contents)
            elif kind in (SET_TIMER, CANCEL):
                if subject in self.timers:
                    self.timers.pop(subject).cancel()
                if kind == SET_TIMER:
                    self.timers[subject] = self.loop.call_later(value / SECOND, self.fire, subject)
        self.tell_state()

    def emit(self, to: str, message: Any) -> None:
        """A message sets off. What the scenario's network does to it is decided here."""
        link = self.links[to]
        arrives, again = link.flight()
        number = link.sent + 1
        waits = [(wait, copy) for wait, copy in ((arrives, False), (again, True)) if wait is not None]
        copies = [
            pack(Parcel(self.name, number, wait, copy, message), self.find, self.transport.largest)
            for wait, copy in waits
        ]
        link.sent = number
        self.event("send", to, message, number)
        if (self.name, to) in self.cut:
            copies = []
            self.lost(self.name, to, message, number, "cut")
        elif arrives is None:
            self.lost(self.name, to, message, number, "lost")
        for data in copies:
            self.transport.send(to, data, lambda why: self.lost(self.name, to, message, number, why))

    # What the process that started this one hears

    def event(
        self,
        kind: str,
        peer: str | None = None,
        message: Any = None,
        id: int | str | None = None,
        note: str = "",
    ) -> None:
        self.control.tell(event=[self._time(), kind, self.name, peer, wire.encode(message), id, note])

    def lost(self, sender: str, to: str, message: Any, number: int, why: str) -> None:
        """A message is lost: in the trace an event of its sender, wherever it was noticed."""
        self.control.tell(event=[self._time(), "drop", sender, to, wire.encode(message), number, why])

    def tell_state(self) -> None:
        """The memory, and what is really on the disk, where they changed."""
        state = [wire.encode(self.memory), self.written, sorted(self.timers)]
        told = json.dumps(state)
        if told != self.told:
            self.told = told
            self.control.tell(state=state, time=self._time())

    def _time(self) -> int:
        """Microseconds since the start; no two events of a node have the same."""
        self.last = max(self.last + 1, round(self.now() * SECOND))
        return self.last

    def fail(self, error: BaseException) -> NoReturn:
        """A handler failed: the node says why, and is dead."""
        name, arguments = self.doing
        self.control.tell(error=described(error, f"{name}({', '.join(map(brief, arguments))})"))
        os._exit(1)
