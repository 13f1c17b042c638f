"""Primary-backup replication: one replica takes what clients ask for, the others have a copy, and one of them follows.

P. Alsberg and J. Day, "A principle for resilient sharing of distributed resources", ICSE 1976; the name and its costs:
N. Budhiraja, K. Marzullo, F. Schneider and S. Toueg, "The Primary-Backup Approach", in S. Mullender (ed.), "Distributed
Systems", 2nd edition, 1993.

How many backups must have an entry before its client is answered tells three kinds apart: all of them (synchronous),
one (semi-synchronous), none (asynchronous). What each promises of an answered entry while disks last:

- synchronous: any backup may take over. When one dies, all wait until it is left out of the view.
- semi-synchronous: some backup has it, and only by asking them all can one tell which. So a backup may die and nobody
  waits. When the primary and a backup are gone at once, all wait for one of them: the other may lack what they have.
- asynchronous: nothing. What the primary had not passed on is lost when another takes over.
"""

from __future__ import annotations

from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import AGAIN, Append, Have, Member
from course_lib.replication.views import View
from course_lib.sim import Reply

LATE = 3  # after so many copies in a row that were for nothing a primary complains of its backup
LONGEST = round(AGAIN * LATE / 2, 3)  # seconds of lag; from here on it complains of one that is only far away


class Replica(Member):
    """A primary, or a backup, or neither: that is what the view says.

    Reads go the way of writes: the backups are asked before a client is answered. A primary that has been replaced and
    does not know it gets no answer from those who do, and so has none to give.

    Args:
        first: the view that all begin with.
        acks: how many backups must have an entry before its client is answered; None is all of the view.
    """

    def __init__(self, first: View, acks: int | None = None) -> None:
        super().__init__(first)
        self.acks = acks

    def followers(self) -> tuple[str, ...]:
        return self.view.members[1:] if self.name == self.view.leader else ()

    def ask(self, entry: Entry) -> None:
        if not self.leads():
            return  # the client will try another
        position = self.place(entry) or self.add(entry)
        self.waiting |= {position}
        self.answer()

    def add(self, entry: Entry) -> int:
        self.store((*self.log, entry))
        self.pass_on(Append(self.view.number, len(self.log), entry))
        return len(self.log)

    def answer(self) -> None:
        """Answers those whose entries are where they have to be."""
        for position in sorted(self.waiting):
            if position <= self.acknowledged():
                self.reply(position)

    def reply(self, position: int) -> None:
        self.waiting -= {position}
        entry = self.log[position - 1]
        self.send(entry.client, Reply(entry.id, result_of(self.log, position)))

    def acknowledged(self) -> int:
        """How many entries are at as many backups as they have to be."""
        needed = self.needed()
        lengths = sorted((self.have.get(name, 0) for name in self.followers()), reverse=True)
        return lengths[needed - 1] if needed else len(self.log)

    def needed(self) -> int:
        backups = len(self.followers())
        return backups if self.acks is None else min(self.acks, backups)

    def begin(self) -> None:
        super().begin()
        self.answer()  # where no backup is left, nobody says more

    def has(self, follower: str, length: int) -> None:
        super().has(follower, length)
        self.answer()

    # As a backup

    def append(self, position: int, entry: Entry) -> None:
        super().append(position, entry)
        self.acknowledge()

    def take(self, log: tuple[Entry, ...]) -> None:
        super().take(log)
        self.acknowledge()

    def acknowledge(self) -> None:
        self.send(self.view.leader, Have(self.view.number, len(self.log)))

    def missing(self) -> tuple[str, ...]:
        return tuple(sorted(name for name, times in self.late.items() if times >= LATE))
