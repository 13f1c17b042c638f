# %% right: a dict of dicts, and a match
from course_lib.checks.messaging.adding import Add, Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.known = 0, {}

    def on_message(self, sender, message):
        match message:
            case Add(id, amount):
                mine = self.known.setdefault(sender, {})
                if id not in mine:
                    self.total += amount
                    mine[id] = self.total
                self.send(sender, Total(id, mine[id]))
            case _:
                self.unexpected(sender, message)


# %% right: keeps whole messages in two lists
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def __init__(self):
        self.asked = []
        self.answered = []

    def on_message(self, sender, message):
        if (sender, message) in self.asked:
            i = self.asked.index((sender, message))
        else:
            i = len(self.asked)
            total = (self.answered[-1].total if self.answered else 0) + message.amount
            self.asked.append((sender, message))
            self.answered.append(Total(message.id, total))
        self.send(sender, self.answered[i])


# %% right: a string as the key, with a mark in between
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = f"{sender}/{message.id}"
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = Total(message.id, self.total)
        self.send(sender, self.replies[key])


# %% right: it keeps the time as well
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = sender, message.id
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = (self.now, Total(message.id, self.total))
        self.send(sender, self.replies[key][1])


# %% wrong: adds-again
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total = 0

    def on_message(self, sender, message):
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))


# %% wrong: by-payload
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total = 0
        self.seen = {}

    def on_message(self, sender, message):
        if (sender, message.amount) not in self.seen:
            self.total += message.amount
            self.seen[sender, message.amount] = self.total
        self.send(sender, Total(message.id, self.seen[sender, message.amount]))


# %% wrong: by-payload (of all customers)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total = 0
        self.seen = {}

    def on_message(self, sender, message):
        if message.amount in self.seen:
            self.send(sender, Total(message.id, self.seen[message.amount]))
            return
        self.total += message.amount
        self.seen[message.amount] = self.total
        self.send(sender, Total(message.id, self.total))


# %% wrong: ids-of-all-customers
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        if message.id not in self.replies:
            self.total += message.amount
            self.replies[message.id] = Total(message.id, self.total)
        self.send(sender, self.replies[message.id])


# %% wrong: ids-of-all-customers (and drops repeats)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.ids = 0, set()

    def on_message(self, sender, message):
        if message.id in self.ids:
            return
        self.ids.add(message.id)
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))


# %% wrong: dropped-silently
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.seen = 0, set()

    def on_message(self, sender, message):
        if (sender, message.id) in self.seen:
            return
        self.seen.add((sender, message.id))
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))


# %% wrong: present-total
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.seen = 0, set()

    def on_message(self, sender, message):
        if (sender, message.id) not in self.seen:
            self.seen.add((sender, message.id))
            self.total += message.amount
        self.send(sender, Total(message.id, self.total))


# %% wrong: remembers-and-adds-again
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        self.total += message.amount
        reply = self.replies.setdefault((sender, message.id), Total(message.id, self.total))
        self.send(sender, reply)


# %% wrong: only-the-last
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.last = 0, {}

    def on_message(self, sender, message):
        id, reply = self.last.get(sender, (0, None))
        if message.id > id:
            self.total += message.amount
            reply = Total(message.id, self.total)
            self.last[sender] = (message.id, reply)
            self.send(sender, reply)
        elif message.id == id:
            self.send(sender, reply)


# %% wrong: only-the-last (and whatever differs from it is new)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.last = 0, {}

    def on_message(self, sender, message):
        if self.last.get(sender) != message.id:
            self.last[sender] = message.id
            self.total += message.amount
            self.last[sender, "reply"] = Total(message.id, self.total)
        self.send(sender, self.last[sender, "reply"])


# %% wrong: remembers-a-few (three of each customer)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        mine = self.replies.setdefault(sender, {})
        if message.id not in mine:
            self.total += message.amount
            mine[message.id] = Total(message.id, self.total)
            if len(mine) > 3:
                del mine[min(mine)]
        self.send(sender, mine.get(message.id, Total(message.id, self.total)))


# %% wrong: remembers-a-few (the last ten of all)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.recent = 0, []

    def on_message(self, sender, message):
        for who, reply in self.recent:
            if (who, reply.id) == (sender, message.id):
                self.send(sender, reply)
                return
        self.total += message.amount
        self.recent = [*self.recent, (sender, Total(message.id, self.total))][-10:]
        self.send(sender, Total(message.id, self.total))


# %% wrong: glued-key
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = f"{sender}{message.id}"
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = Total(message.id, self.total)
        self.send(sender, self.replies[key])


# %% wrong: glued-key (with its own id)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = sender + str(message.id)
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = self.total
        self.send(sender, Total(message.id, self.replies[key]))


# %% wrong: glued-key (the id in front)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = f"{message.id}{sender}"
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = Total(message.id, self.total)
        self.send(sender, self.replies[key])


# %% wrong: replies-twice
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = sender, message.id
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = Total(message.id, self.total)
            self.send(sender, self.replies[key])
        self.send(sender, self.replies[key])


# %% wrong: replies-twice (a repeat too)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.replies = 0, {}

    def on_message(self, sender, message):
        key = sender, message.id
        if key not in self.replies:
            self.total += message.amount
            self.replies[key] = Total(message.id, self.total)
        self.send(sender, self.replies[key])
        self.send(sender, self.replies[key])


# %% wrong: another-failure (the reply has the amount, not the total)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_start(self):
        self.total, self.seen = 0, set()

    def on_message(self, sender, message):
        if (sender, message.id) not in self.seen:
            self.seen.add((sender, message.id))
            self.total += message.amount
        self.send(sender, Total(message.id, message.amount))


# %% wrong: node-error (what is kept belongs to the class)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    replies = {}
    total = 0

    def on_message(self, sender, message):
        if (sender, message.id) not in self.replies:
            self.total += message.amount
            self.replies[sender, message.id] = Total(message.id, self.total)
        self.send(sender, self.replies[sender, message.id])


# %% wrong: not-plain (an object of its own as the record)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Record:
    def __init__(self, reply):
        self.reply = reply


class Counter(Node):
    def on_start(self):
        self.total, self.records = 0, {}

    def on_message(self, sender, message):
        key = sender, message.id
        if key not in self.records:
            self.total += message.amount
            self.records[key] = Record(Total(message.id, self.total))
        self.send(sender, self.records[key].reply)


# %% error: raised (reads a total that nobody has set)
from course_lib.checks.messaging.adding import Total
from course_lib.sim import Node


class Counter(Node):
    def on_message(self, sender, message):
        self.total += message.amount
        self.send(sender, Total(message.id, self.total))
