# %% right: the acceptor of the lesson
from course_lib.transactions import paxos


class Acceptor(paxos.Acceptor):
    pass


# %% right: two keys on the disk
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% right: three keys, and copies are answered
from course_lib.sim import Node
from course_lib.transactions.paxos import Accept, Accepted, Prepare, Promise, Slot


class Acceptor(Node):
    def on_start(self):
        self.disk.setdefault("promised", 0)

    def on_message(self, sender, message):
        if message.ballot < self.disk["promised"]:
            return
        if message.ballot > self.disk["promised"]:
            self.disk["promised"] = message.ballot
        if isinstance(message, Prepare):
            if "ballot" in self.disk:
                slot = Slot(0, self.disk["ballot"][0], self.disk["ballot"][1])
            else:
                slot = Slot()
            self.send(sender, Promise(message.ballot, slot))
        elif isinstance(message, Accept):
            self.disk["ballot"] = (message.ballot, message.value)
            self.send(sender, Accepted(message.ballot))


# %% right: all may know what it has accepted
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    for name in self.peers:
                        self.send(name, paxos.Accepted(number))


# %% wrong: accepts-lower
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                self.disk["promised"] = max(number, promised)
                self.disk["accepted"] = (number, new)
                self.send(sender, paxos.Accepted(number))


# %% wrong: accepts-lower (compares with what it accepted)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= ballot:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: promises-lower
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                self.disk["promised"] = number
                self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: promises-lower (and stays with the highest)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                self.disk["promised"] = max(number, promised)
                self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: accept-is-a-promise
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: too-strict
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number == promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: too-strict (not even what it promised)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number > promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: only-once
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised and "accepted" not in self.disk:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: keeps-the-first
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk.setdefault("accepted", (number, new))
                    self.send(sender, paxos.Accepted(number))


# %% wrong: tells-nothing
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: tells-nothing (a new slot)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        slot = self.disk.get("slot", paxos.Slot())
        match message:
            case paxos.Prepare(ballot) if ballot > slot.promised:
                self.disk["slot"] = paxos.Slot(promised=ballot)
                self.send(sender, paxos.Promise(ballot, slot))
            case paxos.Accept(ballot, value) if ballot >= slot.promised:
                self.disk["slot"] = paxos.Slot(ballot, ballot, value)
                self.send(sender, paxos.Accepted(ballot))


# %% wrong: another-ballot
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(
                        sender, paxos.Promise(number, paxos.Slot(number, number if value else -1, value))
                    )
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: another-ballot (what was promised)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(
                        sender, paxos.Promise(number, paxos.Slot(number, promised if value else -1, value))
                    )
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: promise-in-memory
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_start(self):
        self.promised = 0

    def on_message(self, sender, message):
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number) if number > self.promised:
                self.promised = number
                self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new) if number >= self.promised:
                self.promised = number
                self.disk["accepted"] = (number, new)
                self.send(sender, paxos.Accepted(number))


# %% wrong: value-in-memory
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_start(self):
        self.accepted = (-1, "")

    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        match message:
            case paxos.Prepare(number) if number > promised:
                self.disk["promised"] = number
                self.send(sender, paxos.Promise(number, paxos.Slot(number, *self.accepted)))
            case paxos.Accept(number, new) if number >= promised:
                self.disk["promised"] = number
                self.accepted = (number, new)
                self.send(sender, paxos.Accepted(number))


# %% wrong: value-in-memory (all of it)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_start(self):
        self.slot = paxos.Slot()

    def on_message(self, sender, message):
        match message:
            case paxos.Prepare(ballot) if ballot > self.slot.promised:
                self.send(sender, paxos.Promise(ballot, self.slot))
                self.slot = replace(self.slot, promised=ballot)
            case paxos.Accept(ballot, value) if ballot >= self.slot.promised:
                self.slot = paxos.Slot(ballot, ballot, value)
                self.send(sender, paxos.Accepted(ballot))


# %% wrong: tells-first
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
                    self.disk["promised"] = number
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: tells-first (Accepted)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.send(sender, paxos.Accepted(number))
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)


# %% wrong: not-a-slot
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, (ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: silent
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)


# %% wrong: silent (no Promise)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: another-failure
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    for name in self.peers:
                        if promised and name != sender:
                            self.send(name, paxos.Accepted(promised))
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% error: raised (the fields of a slot)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised = self.disk.get("promised", 0)
        ballot, value = self.disk.get("accepted", (-1, ""))
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    self.send(sender, paxos.Promise(number, paxos.Slot(number, ballot, value, sender)))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: implied-in-memory
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_start(self):
        self.p = self.disk.get("promised", 0)

    def on_message(self, sender, message):
        match message:
            case paxos.Prepare(number):
                if number > self.p:
                    self.disk["promised"] = self.p = number
                    slot = paxos.Slot(number, *self.disk.get("accepted", (-1, "")))
                    self.send(sender, paxos.Promise(number, slot))
            case paxos.Accept(number, new):
                if number >= self.p:
                    self.p = number
                    self.disk["accepted"] = (number, new)
                    self.send(sender, paxos.Accepted(number))


# %% wrong: torn
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised, ballot = self.disk.get("promised", 0), self.disk.get("ballot", -1)
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    slot = paxos.Slot(number, ballot, self.disk.get("value", ""))
                    self.send(sender, paxos.Promise(number, slot))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["value"] = new
                    self.disk["ballot"] = number
                    self.send(sender, paxos.Accepted(number))


# %% wrong: torn (ballot first)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised, ballot = self.disk.get("promised", 0), self.disk.get("ballot", -1)
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    slot = paxos.Slot(number, ballot, self.disk.get("value", ""))
                    self.send(sender, paxos.Promise(number, slot))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["promised"] = number
                    self.disk["ballot"] = number
                    self.disk["value"] = new
                    self.send(sender, paxos.Accepted(number))


# %% wrong: torn (the promise last)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        promised, ballot = self.disk.get("promised", 0), self.disk.get("ballot", -1)
        match message:
            case paxos.Prepare(number):
                if number > promised:
                    self.disk["promised"] = number
                    slot = paxos.Slot(number, ballot, self.disk.get("value", ""))
                    self.send(sender, paxos.Promise(number, slot))
            case paxos.Accept(number, new):
                if number >= promised:
                    self.disk["ballot"] = number
                    self.disk["value"] = new
                    self.disk["promised"] = number
                    self.send(sender, paxos.Accepted(number))


# %% wrong: answers-the-refused
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        slot = self.disk.get("slot", paxos.Slot())
        match message:
            case paxos.Prepare(ballot):
                if ballot > slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, slot.ballot, slot.value)
                    self.send(sender, paxos.Promise(ballot, slot))
            case paxos.Accept(ballot, value):
                if ballot >= slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, ballot, value)
                    self.send(sender, paxos.Accepted(ballot))
                else:
                    self.send(sender, paxos.Accepted(-ballot))


# %% wrong: answers-the-refused (with a Promise)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        slot = self.disk.get("slot", paxos.Slot())
        match message:
            case paxos.Prepare(ballot):
                if ballot > slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, slot.ballot, slot.value)
                    self.send(sender, paxos.Promise(ballot, slot))
            case paxos.Accept(ballot, value):
                if ballot >= slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, ballot, value)
                    self.send(sender, paxos.Accepted(ballot))
                else:
                    self.send(sender, paxos.Promise(slot.promised, slot))


# %% wrong: answers-the-refused (a Prepare, too)
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        slot = self.disk.get("slot", paxos.Slot())
        match message:
            case paxos.Prepare(ballot):
                if ballot > slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, slot.ballot, slot.value)
                    self.send(sender, paxos.Promise(ballot, slot))
                elif ballot < slot.promised:
                    self.send(sender, paxos.Promise(slot.promised, slot))
            case paxos.Accept(ballot, value):
                if ballot >= slot.promised:
                    self.disk["slot"] = paxos.Slot(ballot, ballot, value)
                    self.send(sender, paxos.Accepted(ballot))
                else:
                    self.send(sender, paxos.Accepted(-ballot))


# %% wrong: ballot-without-value
from course_lib.sim import Node
from course_lib.transactions import paxos


class Acceptor(Node):
    def on_message(self, sender, message):
        slot = self.disk.get("slot", paxos.Slot())
        match message:
            case paxos.Prepare(ballot) if ballot > slot.promised:
                new = paxos.Slot(ballot, ballot, slot.value)
                self.disk["slot"] = new
                self.send(sender, paxos.Promise(ballot, new))
            case paxos.Accept(ballot, value) if ballot >= slot.promised:
                self.disk["slot"] = paxos.Slot(ballot, ballot, value)
                self.send(sender, paxos.Accepted(ballot))
