# %% right: a heap for each sender
from heapq import heappop, heappush

from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.heaps, self.done = {}, {}

    def on_message(self, sender, item):
        heap = self.heaps.setdefault(sender, [])
        heappush(heap, (item.number, item.text))
        while heap and heap[0][0] <= self.done.get(sender, 0) + 1:
            number, text = heappop(heap)
            if number == self.done.get(sender, 0) + 1:
                self.done[sender] = number
                self.report((sender, text))


# %% right: one list of all that waits, searched again and again
from course_lib.checks.messaging.posts import Item
from course_lib.sim import Node


class InOrder(Node):
    def __init__(self):
        self.count = {}
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Item(number, text) if number > self.count.setdefault(sender, 0):
                if (sender, number, text) not in self.waiting:
                    self.waiting.append((sender, number, text))
            case Item():
                return
        found = True
        while found:
            found = False
            for entry in list(self.waiting):
                if entry[0] == sender and entry[1] == self.count[sender] + 1:
                    self.waiting.remove(entry)
                    self.count[sender] += 1
                    self.report((sender, entry[2]))
                    found = True


# %% right: counts and buffers on the disk
from course_lib.sim import Node


class InOrder(Node):
    def on_message(self, sender, message):
        due, early = self.disk.get(sender, (1, {}))
        if message.number >= due:
            early = {**early, message.number: message.text}
        while due in early:
            self.report((sender, early.pop(due)))
            due += 1
        self.disk[sender] = (due, early)


# %% wrong: by-arrival
from course_lib.sim import Node


class InOrder(Node):
    def on_message(self, sender, message):
        self.report((sender, message.text))


# %% wrong: by-arrival (each once)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.seen = set()

    def on_message(self, sender, message):
        if (sender, message.number) not in self.seen:
            self.seen.add((sender, message.number))
            self.report((sender, message.text))


# %% wrong: if-for-while
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.buffer = {}, {}

    def on_message(self, sender, message):
        due = self.next.setdefault(sender, 1)
        if message.number < due:
            return
        self.buffer[sender, message.number] = message.text
        if (sender, due) in self.buffer:
            self.report((sender, self.buffer.pop((sender, due))))
            self.next[sender] += 1


# %% wrong: if-for-while (one more is let go)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.buffer = {}, {}

    def on_message(self, sender, message):
        due = self.next.setdefault(sender, 1)
        if message.number == due:
            self.report((sender, message.text))
            self.next[sender] += 1
        elif message.number > due:
            self.buffer[sender, message.number] = message.text
        if (sender, self.next[sender]) in self.buffer:
            self.report((sender, self.buffer.pop((sender, self.next[sender]))))
            self.next[sender] += 1


# %% wrong: one-count-for-all
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.expected, self.buffer = 1, {}

    def on_message(self, sender, message):
        if message.number >= self.expected:
            self.buffer[message.number] = (sender, message.text)
        while self.expected in self.buffer:
            self.report(self.buffer.pop(self.expected))
            self.expected += 1


# %% wrong: one-count-for-all (with a buffer for each)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.expected, self.buffers = 1, {}

    def on_message(self, sender, message):
        buffer = self.buffers.setdefault(sender, {})
        if message.number >= self.expected:
            buffer[message.number] = message.text
        while self.expected in buffer:
            self.report((sender, buffer.pop(self.expected)))
            self.expected += 1


# %% wrong: hands-over-repeats (what is not early is handed over)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.early = {}, {}

    def on_message(self, sender, message):
        self.next.setdefault(sender, 1)
        if message.number > self.next[sender]:
            self.early[sender, message.number] = message.text
            return
        self.report((sender, message.text))
        if message.number == self.next[sender]:
            self.next[sender] += 1
        while (sender, self.next[sender]) in self.early:
            self.report((sender, self.early.pop((sender, self.next[sender]))))
            self.next[sender] += 1


# %% wrong: hands-over-repeats (of what waited in a list)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.waiting = {}, []

    def on_message(self, sender, message):
        self.next.setdefault(sender, 1)
        self.waiting.append((message.number, sender, message.text))
        self.waiting.sort()
        for number, who, text in list(self.waiting):
            if who == sender and number <= self.next[sender]:
                self.waiting.remove((number, who, text))
                self.report((sender, text))
                self.next[sender] = number + 1


# %% wrong: drops-the-early
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next = {}

    def on_message(self, sender, message):
        if message.number == self.next.get(sender, 1):
            self.report((sender, message.text))
            self.next[sender] = message.number + 1


# %% wrong: skips
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.newest = {}

    def on_message(self, sender, message):
        if message.number > self.newest.get(sender, 0):
            self.newest[sender] = message.number
            self.report((sender, message.text))


# %% wrong: keeps-what-is-done
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.items, self.done = {}, {}

    def on_message(self, sender, message):
        self.items[sender, message.number] = message.text
        n = self.done.get(sender, 0)
        while (sender, n + 1) in self.items:
            n += 1
            self.report((sender, self.items[sender, n]))
        self.done[sender] = n


# %% wrong: keeps-what-is-done (repeats are put in again)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.items, self.done = {}, {}

    def on_message(self, sender, message):
        self.items[sender, message.number] = message.text
        n = self.done.get(sender, 0)
        while (sender, n + 1) in self.items:
            n += 1
            self.report((sender, self.items.pop((sender, n))))
        self.done[sender] = n


# %% wrong: keeps-what-is-done (on the disk)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.done = {}

    def on_message(self, sender, message):
        self.disk[sender, message.number] = message.text
        n = self.done.get(sender, 0)
        while (sender, n + 1) in self.disk:
            n += 1
            self.report((sender, self.disk[sender, n]))
        self.done[sender] = n


# %% wrong: keeps-what-is-done (a log on the disk)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.early = {}, {}
        self.disk["log"] = []

    def on_message(self, sender, message):
        due = self.next.get(sender, 1)
        if message.number >= due:
            self.early[sender, message.number] = message.text
        while (sender, due) in self.early:
            text = self.early.pop((sender, due))
            self.disk["log"].append((sender, text))
            self.report((sender, text))
            due += 1
        self.next[sender] = due


# %% wrong: another-report (the text alone)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.items, self.done = {}, {}

    def on_message(self, sender, message):
        n = self.done.get(sender, 0)
        if message.number > n:
            self.items[sender, message.number] = message.text
        while (sender, n + 1) in self.items:
            n += 1
            self.report(self.items.pop((sender, n)))
        self.done[sender] = n


# %% wrong: something-missing (waits for a fourth)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.items = {}

    def on_message(self, sender, message):
        mine = self.items.setdefault(sender, {})
        mine[message.number] = message.text
        if sorted(mine) == [1, 2, 3, 4]:
            for number in sorted(mine):
                self.report((sender, mine[number]))
            self.items[sender] = {}


# %% error: raised (the first item that is not the first)
from course_lib.sim import Node


class InOrder(Node):
    def on_start(self):
        self.next, self.early = {}, {}

    def on_message(self, sender, message):
        if message.number == 1:
            self.next[sender] = 1
        if message.number >= self.next[sender]:
            self.early[sender, message.number] = message.text
        while (sender, self.next[sender]) in self.early:
            self.report((sender, self.early.pop((sender, self.next[sender]))))
            self.next[sender] += 1
