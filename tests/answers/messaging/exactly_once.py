# %% right: one dict for all, replaced as a whole
from course_lib.checks.messaging.adding import Add, Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        book = dict(self.disk.get("book", {"": (0, 0)}))
        last_id, last_total = book.get(sender, (0, 0))
        match message:
            case Add(id, amount) if id > last_id:
                total = book[""][1] + amount
                book[""] = (0, total)
                book[sender] = (id, total)
                self.disk["book"] = book
                self.send(sender, Total(id, total))
            case Add(id, _) if id == last_id:
                self.send(sender, Total(id, last_total))


# %% right: the total is the largest that was ever replied
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        last = self.disk.get(sender, Total(0, 0))
        if message.id > last.id:
            total = max([reply.total for reply in self.disk.values()], default=0)
            last = Total(message.id, total + message.amount)
            self.disk[sender] = last
        if message.id == last.id:
            self.send(sender, last)


# %% right: the whole disk is written at once
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        seen = self.disk.get(sender, Total(0, 0))
        if message.id > seen.id:
            seen = Total(message.id, self.disk.get("total", 0) + message.amount)
            self.disk = {**self.disk, "total": seen.total, sender: seen}
        if message.id == seen.id:
            self.send(sender, seen)


# %% right: it keeps the time of each request as well
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        id, reply, at = last.get(sender, (0, 0, 0))
        if message.id > id:
            id, reply, at = message.id, total + message.amount, self.now
            self.disk["bank"] = (reply, {**last, sender: (id, reply, at)})
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% right: an old copy gets the last reply
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        seen = last.get(sender, Total(0, 0))
        if message.id > seen.id:
            seen = Total(message.id, total + message.amount)
            self.disk["bank"] = (seen.total, last | {sender: seen})
        self.send(sender, seen)


# %% wrong: runs-twice
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.disk.setdefault("total", 0)

    def on_message(self, sender, message):
        self.disk["total"] += message.amount
        self.send(sender, Total(message.id, self.disk["total"]))


# %% wrong: record-first
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.disk.setdefault("total", 0)

    def on_message(self, sender, message):
        last = self.disk.get(sender, (0, 0))
        if message.id > last[0]:
            last = (message.id, self.disk["total"] + message.amount)
            self.disk[sender] = last
            self.disk["total"] = last[1]
        if message.id == last[0]:
            self.send(sender, Total(*last))


# %% wrong: record-first (a change inside what the disk holds)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if "bank" not in self.disk:
            self.disk["bank"] = (0, {})

    def on_message(self, sender, message):
        total, last = self.disk["bank"]
        id, reply = last.get(sender, (0, 0))
        if message.id > id:
            total += message.amount
            last[sender] = (message.id, total)
            self.disk["bank"] = (total, last)
            self.send(sender, Total(message.id, total))
        elif message.id == id:
            self.send(sender, Total(id, reply))


# %% wrong: record-first (the customer's entry, then the sum beside it)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if "book" not in self.disk:
            self.disk["book"] = {"total": 0, "last": {}}

    def on_message(self, sender, message):
        book = self.disk["book"]
        id, reply = book["last"].get(sender, (0, 0))
        if message.id > id:
            id, reply = message.id, book["total"] + message.amount
            book["last"][sender] = (id, reply)
            book["total"] = reply
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% wrong: effect-first
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if "total" not in self.disk:
            self.disk["total"] = 0

    def on_message(self, sender, message):
        last = self.disk.get(sender, (0, 0))
        if message.id > last[0]:
            self.disk["total"] += message.amount
            self.disk[sender] = (message.id, self.disk["total"])
            self.send(sender, Total(message.id, self.disk["total"]))
        elif message.id == last[0]:
            self.send(sender, Total(*last))


# %% right: two keys, in one update of the disk
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if not self.disk:
            self.disk["total"] = 0

    def on_message(self, sender, message):
        seen = self.disk.get(sender)
        if seen is None or message.id > seen.id:
            seen = Total(message.id, self.disk["total"] + message.amount)
            self.disk.update({"total": seen.total, sender: seen})
        self.send(sender, seen)


# %% wrong: effect-first (two lines inside a dict that the disk holds)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if "book" not in self.disk:
            self.disk["book"] = {"total": 0, "last": {}}

    def on_message(self, sender, message):
        book = self.disk["book"]
        id, reply = book["last"].get(sender, (0, 0))
        if message.id > id:
            book["total"] += message.amount
            id, reply = message.id, book["total"]
            book["last"][sender] = (id, reply)
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% wrong: effect-first (two lines inside a list that the disk holds)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        if "book" not in self.disk:
            self.disk["book"] = [0, {}]

    def on_message(self, sender, message):
        book = self.disk["book"]
        id, reply = book[1].get(sender, (0, 0))
        if message.id > id:
            book[0] += message.amount
            id, reply = message.id, book[0]
            book[1][sender] = (id, reply)
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% right: one update, with a dict changed before it is written
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("total", 0), dict(self.disk.get("last", {}))
        id, reply = last.get(sender, (0, 0))
        if message.id > id:
            id, reply = message.id, total + message.amount
            last[sender] = (id, reply)
            self.disk |= {"total": reply, "last": last}
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% wrong: table-in-memory
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.last = {}
        if "total" not in self.disk:
            self.disk["total"] = 0

    def on_message(self, sender, message):
        last = self.last.get(sender)
        if last is None or message.id > last.id:
            self.disk["total"] += message.amount
            last = self.last[sender] = Total(message.id, self.disk["total"])
        if last.id == message.id:
            self.send(sender, last)


# %% wrong: forgets-in-a-crash (all in memory)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.total, self.last = 0, {}

    def on_message(self, sender, message):
        last = self.last.get(sender, Total(0, 0))
        if message.id > last.id:
            self.total += message.amount
            last = self.last[sender] = Total(message.id, self.total)
        if last.id == message.id:
            self.send(sender, last)


# %% wrong: forgets-in-a-crash (the total in memory)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.total = 0

    def on_message(self, sender, message):
        last = self.disk.get(sender, Total(0, 0))
        if message.id > last.id:
            self.total += message.amount
            last = self.disk[sender] = Total(message.id, self.total)
        if last.id == message.id:
            self.send(sender, last)


# %% wrong: forgets-in-a-crash (on_start wipes the disk)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.disk["bank"] = (0, {})

    def on_message(self, sender, message):
        total, last = self.disk["bank"]
        id, reply = last.get(sender, (0, 0))
        if message.id > id:
            id, reply = message.id, total + message.amount
            self.disk["bank"] = (reply, {**last, sender: (id, reply)})
        if message.id == id:
            self.send(sender, Total(id, reply))


# %% wrong: not-larger
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        id, reply = last.get(sender, (0, 0))
        if message.id != id:
            reply = total + message.amount
            self.disk["bank"] = (reply, {**last, sender: (message.id, reply)})
        self.send(sender, Total(message.id, reply))


# %% wrong: remembers-all
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, replies = self.disk.get("bank", (0, {}))
        key = f"{sender}/{message.id}"
        if key not in replies:
            total += message.amount
            replies = replies | {key: Total(message.id, total)}
            self.disk["bank"] = (total, replies)
        self.send(sender, replies[key])


# %% wrong: remembers-a-few (the last three requests)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, recent = self.disk.get("bank", (0, ()))
        for who, reply in recent:
            if who == sender and reply.id == message.id:
                self.send(sender, reply)
                return
        reply = Total(message.id, total + message.amount)
        self.disk["bank"] = (reply.total, (*recent, (sender, reply))[-3:])
        self.send(sender, reply)


# %% wrong: remembers-a-few (the last eight)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, recent = self.disk.get("bank", (0, ()))
        known = {key: reply for key, reply in recent}
        key = (sender, message.id)
        if key not in known:
            total += message.amount
            known[key] = Total(message.id, total)
            self.disk["bank"] = (total, tuple(known.items())[-8:])
        self.send(sender, known[key])


# %% wrong: reply-before-write
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        seen = last.get(sender, Total(0, 0))
        if message.id < seen.id:
            return
        if message.id > seen.id:
            seen = Total(message.id, total + message.amount)
        self.send(sender, seen)
        if seen.total > total:
            self.disk["bank"] = (seen.total, {**last, sender: seen})


# %% wrong: dropped-silently
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        if message.id > last.get(sender, 0):
            total += message.amount
            self.disk["bank"] = (total, {**last, sender: message.id})
            self.send(sender, Total(message.id, total))


# %% wrong: present-total
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        if message.id > last.get(sender, 0):
            total += message.amount
            self.disk["bank"] = (total, {**last, sender: message.id})
        if message.id >= last.get(sender, 0):
            self.send(sender, Total(message.id, total))


# %% wrong: present-total (old copies get it too)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        if message.id > last.get(sender, 0):
            total += message.amount
            self.disk["bank"] = (total, {**last, sender: message.id})
        self.send(sender, Total(message.id, total))


# %% wrong: present-total (old copies alone get it)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        total, last = self.disk.get("bank", (0, {}))
        id, reply = last.get(sender, (0, 0))
        if message.id > id:
            id, reply = message.id, total + message.amount
            self.disk["bank"] = (reply, {**last, sender: (id, reply)})
        self.send(sender, Total(message.id, reply if message.id == id else total))


# %% wrong: present-total (the replies are in memory, the ids on the disk)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_start(self):
        self.replies = {}

    def on_message(self, sender, message):
        total, ids = self.disk.get("bank", (0, {}))
        if message.id > ids.get(sender, 0):
            total += message.amount
            self.disk["bank"] = (total, {**ids, sender: message.id})
            self.replies[sender] = Total(message.id, total)
            self.send(sender, self.replies[sender])
        elif message.id == ids[sender]:
            self.send(sender, self.replies.get(sender, Total(message.id, total)))


# %% wrong: ids-of-all-customers
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        id, total = self.disk.get("last", (0, 0))
        if message.id > id:
            id, total = message.id, total + message.amount
            self.disk["last"] = (id, total)
        if message.id == id:
            self.send(sender, Total(id, total))


# %% wrong: another-failure (the first amount again and again)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        last = self.disk.get(sender, (0, 0))
        if message.id > last[0]:
            self.disk[sender] = (message.id, message.amount)
        self.send(sender, Total(message.id, self.disk[sender][1]))


# %% wrong: not-plain (a list of its own class on the disk)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Book:
    def __init__(self):
        self.total, self.last = 0, {}


class Bank(Node):
    def on_start(self):
        self.disk.setdefault("book", Book())

    def on_message(self, sender, message):
        book = self.disk["book"]
        if message.id > book.last.get(sender, 0):
            book.total += message.amount
            book.last[sender] = message.id
        self.send(sender, Total(message.id, book.total))


# %% error: raised (the disk is empty at first)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Bank(Node):
    def on_message(self, sender, message):
        self.disk["total"] += message.amount
        self.send(sender, Total(message.id, self.disk["total"]))
