"""Chain replication: writes enter at the head, go from one to the next, and are answered by the tail, as are reads.

R. van Renesse and F. Schneider, "Chain Replication for Supporting High Throughput and Availability", OSDI 2004. What is
at the tail is everywhere; that is why its answer can be relied on, and why one node may answer all reads.

The paper assumes fail-stop: who is left out of the chain is dead, and everybody knows. Here one may be left out that
is slow or cut off. So messages have the number of a view, and a tail asks the view service whether it still is the tail
before it answers a read. (A lease is this answer, given for a time: then it takes clocks that run about as fast.)

Two things are simpler than in the paper. After a change the head's whole log goes down the chain; there, only what the
next may lack does. And who joins is the tail at once, so that all wait until it has the log; there, the old tail goes
on until then. A client who is not answered asks again, as there.

What it does not mend: a link that fails while both its ends are well. Nobody complains of a neighbour here; a head that
hears nothing from the tail cannot tell where the chain is broken.
"""

from __future__ import annotations

from typing import Any

from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Append, Copy, Have, Member
from course_lib.replication.views import VIEWS, Newest, Which
from course_lib.sim import Reply


class ChainReplica(Member):
    """One of a chain: the head, the tail, between them, both, or neither. That is what the view says."""

    def on_start(self) -> None:
        self.reads: dict[tuple[str, int], Any] = {}  # what they want, by client and id
        super().on_start()

    def position(self) -> int | None:
        """Its place in the chain, from 0 on."""
        members = self.view.members
        return members.index(self.name) if self.name in members else None

    def followers(self) -> tuple[str, ...]:
        """The next, if there is one."""
        place = self.position()
        return () if place is None else self.view.members[place + 1 : place + 2]

    def is_tail(self) -> bool:
        return self.name == self.view.members[-1] and self.admits(self.view.number)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Newest(number, client, id):
                if self.is_tail() and number == self.view.number and (client, id) in self.reads:
                    self.answer_read(client, id)
            case _:
                super().on_message(sender, message)

    # Reads

    def ask(self, entry: Entry) -> None:
        if entry.operation[0] != "read":
            self.write(entry)
        elif self.is_tail():
            self.reads = {**self.reads, (entry.client, entry.id): entry.operation}
            self.read(entry.client, entry.id)

    def read(self, client: str, id: int) -> None:
        self.send(VIEWS, Which(self.view.number, client, id))

    def answer_read(self, client: str, id: int) -> None:
        operation = self.reads.pop((client, id))
        self.send(client, Reply(id, self.value(operation)))

    def value(self, operation: Any) -> Any:
        """What a read finds in the log as it is now."""
        return result_of((*self.log, Entry("", 0, operation)), len(self.log) + 1)

    # Writes

    def write(self, entry: Entry) -> None:
        if not self.leads():
            return  # the client will try another
        position = self.place(entry)
        if not position:
            self.store((*self.log, entry))
            position = len(self.log)
        self.go_on(position)

    def append(self, position: int, entry: Entry) -> None:
        super().append(position, entry)
        if position <= len(self.log):
            self.go_on(position)

    def go_on(self, position: int) -> None:
        """The entry is on the disk here. It goes to the next; at the tail, word of it goes to the client, and back."""
        if self.followers():
            self.pass_on(Append(self.view.number, position, self.log[position - 1]))
        else:
            self.answer(position)
            self.go_back(len(self.log))

    def answer(self, position: int) -> None:
        entry = self.log[position - 1]
        self.send(entry.client, Reply(entry.id, result_of(self.log, position)))

    def take(self, log: tuple[Entry, ...]) -> None:
        known = len(self.log)
        super().take(log)
        if self.followers():
            self.pass_on(Copy(self.view, self.log))
        else:
            for position in range(known + 1, len(self.log) + 1):
                self.answer(position)
            self.go_back(len(self.log))

    def has(self, follower: str, length: int) -> None:
        super().has(follower, length)
        if follower in self.followers():
            self.go_back(length)

    def go_back(self, length: int) -> None:
        """Tells the one before how many entries are here and at all that follow."""
        place = self.position()
        if place:
            self.send(self.view.members[place - 1], Have(self.view.number, length))
