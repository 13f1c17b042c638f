# %% right: answers all that is everywhere, each time
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        self.view = self.disk.get("view", self.first)
        self.log = self.disk.get("log", ())
        self.have = {}
        self.share()

    def share(self):
        if self.name == self.view.leader:
            for backup in self.view.members[1:]:
                self.send(backup, Copy(self.view, self.log))

    def on_message(self, sender, message):
        match message:
            case View(number, members) if number > self.view.number:
                self.view = self.disk["view"] = View(number, members)
                self.have = {}
                self.share()
            case Copy(view, log) if view == self.view or view.number > self.view.number:
                if view != self.view:
                    self.view = self.disk["view"] = view
                    self.have = {}
                self.log = self.disk["log"] = log
                self.send(sender, Have(view.number, len(log)))
            case Request(id, operation) if self.name == self.view.leader:
                entry = Entry(sender, id, operation)
                if entry not in self.log:
                    self.log = self.disk["log"] = (*self.log, entry)
                self.share()
                self.answer()
            case Have(number, length) if number == self.view.number:
                self.have[sender] = max(length, self.have.get(sender, 0))
                self.answer()

    def answer(self):
        lengths = [len(self.log)] + [self.have.get(backup, 0) for backup in self.view.members[1:]]
        for position in range(1, min(lengths) + 1):
            entry = self.log[position - 1]
            self.send(entry.client, Reply(entry.id, result_of(self.log, position)))


# %% right: one record on the disk, and a set of those who have it for each entry
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = (self.first.number, self.first.members)
        self.asked = []
        self.holders = {}

    def where(self):
        number, members = self.disk["view"]
        return number, members[0], set(members[1:])

    def on_message(self, sender, message):
        number, leader, backups = self.where()
        if isinstance(message, View):
            if message.number > number:
                self.move(message)
        elif isinstance(message, Copy):
            if message.view.number > number:
                self.move(message.view)
            if self.where()[:2] == (message.view.number, sender):
                self.disk["log"] = message.log
                self.send(sender, Have(message.view.number, len(message.log)))
        elif isinstance(message, Request):
            if leader == self.name:
                self.request(Entry(sender, message.id, message.operation), number, backups)
        elif isinstance(message, Have):
            if message.view == number and leader == self.name:
                for entry in self.disk["log"][: message.length]:
                    self.holders.setdefault(entry, set()).add(sender)
                self.look()

    def move(self, view):
        self.disk["view"] = (view.number, view.members)
        self.asked = []
        self.holders = {}

    def request(self, entry, number, backups):
        if not any((one.client, one.id) == (entry.client, entry.id) for one in self.disk["log"]):
            self.disk["log"] += (entry,)
        if entry not in self.asked:
            self.asked.append(entry)
        for name in sorted(backups):
            self.send(name, Copy(View(number, self.disk["view"][1]), self.disk["log"]))
        self.look()

    def look(self):
        backups = self.where()[2]
        log = self.disk["log"]
        for entry in list(self.asked):
            if self.holders.get(entry, set()) >= backups:
                self.asked.remove(entry)
                self.send(entry.client, Reply(entry.id, result_of(log, log.index(entry) + 1)))


# %% right: notes on its disk what its backups have, and sends again by a timer
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = dict(self.disk.get("have", {}))
        self.waiting = {}

    def on_timer(self, name):
        if self.disk["view"].leader == self.name and self.waiting:
            self.share()

    def share(self):
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], self.disk["log"]))
        self.set_timer("again", 0.4)

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.disk["have"] = dict(self.have)
                    self.answer()

    def enter(self, view):
        self.disk["have"] = {}
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        self.share()
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% right: notes the number of a view without it, and answers what it has answered from a list
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["newest"] = self.first.number
            self.disk["view"] = self.first
        self.answers = {}
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["newest"]:
                    self.disk["newest"] = number
                    if self.name in message.members:
                        self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if (self.disk["newest"], self.name) == (self.disk["view"].number, self.disk["view"].leader):
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["newest"] == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["newest"] = view.number
        self.disk["view"] = view
        self.answers = {}
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < self.disk["newest"] or (view.number == self.disk["newest"] and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry in self.answers:
            self.send(entry.client, self.answers[entry])
            return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.answers[entry] = Reply(entry.id, result_of(log, position))
                self.send(entry.client, self.answers[entry])


# %% wrong: answers-first
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        position = log.index(entry) + 1
        self.send(entry.client, Reply(entry.id, result_of(log, position)))

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: answers-first (as soon as it is sent)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            self.have[name] = everywhere
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-is-enough
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        backups = self.disk["view"].members[1:]
        everywhere = max(self.have.get(name, 0) for name in backups) if backups else len(log)
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-is-enough (a majority)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        members = self.disk["view"].members
        lengths = sorted([len(log)] + [self.have.get(name, 0) for name in members[1:]])
        everywhere = lengths[(len(members) - 1) // 2]
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: any-have
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            if name not in self.have:
                everywhere = 0
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: known-is-done
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry in log:
            position = log.index(entry) + 1
            self.send(entry.client, Reply(entry.id, result_of(log, position)))
            return
        log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: reads-alone
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        if entry.operation[0] == "read":
            log = self.disk["log"] + (entry,)
            self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
            return
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: reads-alone (only what is everywhere)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.operation[0] == "read":
            sure = min([len(log)] + [self.have.get(name, 0) for name in self.disk["view"].members[1:]])
            seen = log[:sure] + (entry,)
            self.send(entry.client, Reply(entry.id, result_of(seen, len(seen))))
            return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: dirty-results
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(
                    entry.client,
                    Reply(
                        entry.id,
                        result_of((*log, entry), len(log) + 1)
                        if entry.operation[0] == "read"
                        else result_of(log, position),
                    ),
                )


# %% wrong: any-replica
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members:
            if name == self.name:
                continue
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members:
            if name == self.name:
                continue
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: any-replica (it has nobody to ask)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.backups():
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.backups():
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))

    def backups(self):
        if self.disk["view"].leader != self.name:
            return ()
        return self.disk["view"].members[1:]


# %% wrong: answers-after-all
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.answer()

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: older-view
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        if view.number > self.disk["view"].number:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: older-view (unless it leads)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if known.leader == self.name and view.number <= known.number:
            return
        if view.number > known.number:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: equal-view
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number:
            return
        if view.number > known.number:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: equal-view (and enters it)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number:
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: equal-view (from the view service)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number >= self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: stays-in-the-older
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number > known.number or view == known:
            self.disk["log"] = log
            self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: view-in-memory
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        self.view = self.first
        if "log" not in self.disk:
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.view.number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.view.leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.view.number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.view = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.view
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.view.members[1:]:
            self.send(name, Copy(self.view, log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.view.members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: view-in-memory (written, and not read)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        self.disk["view"] = self.first
        if "log" not in self.disk:
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: log-in-memory
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["view"] = self.first
        self.log = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.log = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.log
        if entry not in log:
            log = self.log = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.log
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: log-in-memory (empty at each start)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["view"] = self.first
        self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: says-first
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.send(sender, Have(view.number, len(log)))
        self.disk["log"] = log

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: shares-first
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.disk["log"] = log
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: keeps-its-own
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        if len(log) > len(self.disk["log"]):
            self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: keeps-its-own (adds what it lacks)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        for entry in log:
            if entry not in self.disk["log"]:
                self.disk["log"] = self.disk["log"] + (entry,)
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: twice
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: twice (answers the second)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        log = self.disk["log"] = log + (entry,)
        self.waiting[len(log)] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: knows-it-already
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry in log:
            return
        log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: knows-it-already (sends it once)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
            for name in self.disk["view"].members[1:]:
                self.send(name, Copy(self.disk["view"], log))
        self.waiting[log.index(entry) + 1] = entry
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: not-alone
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: waits-for-the-dead
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.first.members:
            if name != self.name:
                everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: never-leads
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name == self.first.leader:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: silent
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: silent (to its clients)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                del self.waiting[position]


# %% wrong: waits-for-the-news
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        if view != self.disk["view"]:
            return
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: waits-for-the-news (two of one number are one)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        if view.number == self.disk["view"].number:
            self.disk["log"] = log
            self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: ignores-views
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View():
                pass
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: id-alone
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.id not in [known.id for known in log]:
            log = self.disk["log"] = log + (entry,)
        if entry in log:
            self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: id-alone (answers whom it finds)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        ids = [known.id for known in log]
        if entry.id not in ids:
            log = self.disk["log"] = log + (entry,)
            ids.append(entry.id)
        position = ids.index(entry.id) + 1
        self.waiting[position] = log[position - 1]
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: id-alone (answers who asked with what it finds)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        ids = [known.id for known in log]
        if entry.id not in ids:
            log = self.disk["log"] = log + (entry,)
            ids.append(entry.id)
        self.waiting[ids.index(entry.id) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: id-alone (those who wait)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[entry.id] = entry.client
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in range(1, everywhere + 1):
            entry = log[position - 1]
            if entry.id in self.waiting:
                self.send(self.waiting.pop(entry.id), Reply(entry.id, result_of(log, position)))


# %% wrong: copied-view-in-memory
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.view = self.disk["view"]
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.view.number:
                    self.disk["view"] = message
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.view.leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.view.number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.view = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.view
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.view.members[1:]:
            self.send(name, Copy(self.view, log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.view.members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: says-before-the-view
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))
        if view != known:
            self.enter(view)

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: goes-back
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number != self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: equal-view (its log, and no Have)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        if view.number > self.disk["view"].number:
            self.enter(view)
        if view.number == self.disk["view"].number:
            self.disk["log"] = log
        if view == self.disk["view"]:
            self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: equal-view (its log, with a report)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        if view.number > self.disk["view"].number:
            self.enter(view)
        if view.number == self.disk["view"].number:
            self.disk["log"] = log
            self.report(("took", len(log)))
            self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: any-have-for-a-read
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}
        self.reads = []

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()
                    self.read()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}
        self.reads = []

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.operation[0] == "read":
            self.reads.append((entry, len(log)))
            for name in self.disk["view"].members[1:]:
                self.send(name, Copy(self.disk["view"], log))
            if len(self.disk["view"].members) == 1:
                self.read()
            return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def read(self):
        backups = self.disk["view"].members[1:]
        for entry, length in list(self.reads):
            if all(self.have.get(name, -1) >= length for name in backups):
                self.reads.remove((entry, length))
                log = (*self.disk["log"][:length], entry)
                self.send(entry.client, Reply(entry.id, result_of(log, length + 1)))

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: by-operation
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if (entry.client, entry.operation) not in [(one.client, one.operation) for one in log]:
            log = self.disk["log"] = log + (entry,)
        if entry in log:
            self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: by-operation (whoever asks)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.operation not in [one.operation for one in log]:
            log = self.disk["log"] = log + (entry,)
        if entry in log:
            self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: not-a-log
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = tuple(self.disk["log"])
        if entry not in log:
            log = log + (entry,)
            self.disk["log"] = [*log]
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-is-enough (answers at any Have)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have():
                log = self.disk["log"]
                for position, entry in enumerate(log, 1):
                    self.send(entry.client, Reply(entry.id, result_of(log, position)))

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: counts-haves
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = []
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have.append(length)
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = []
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        backups = len(self.disk["view"].members) - 1
        everywhere = len(log) if backups == 0 else 0
        for length in self.have:
            if backups and sum(other >= length for other in self.have) >= backups:
                everywhere = max(everywhere, length)
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: any-have (the longest of all counts)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        backups = self.disk["view"].members[1:]
        everywhere = 0 if backups else len(log)
        if backups and len(self.have) == len(backups):
            everywhere = max(self.have.values())
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-is-enough (of those who have spoken)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        backups = self.disk["view"].members[1:]
        everywhere = min(self.have.values(), default=0) if backups else len(log)
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: gives-up-its-log (as a backup)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        if view.leader != self.name:
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: gives-up-its-log (what it is not sure of)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        if view.leader == self.name:
            self.disk["log"] = self.disk["log"][: self.disk.get("sure", 0)]
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        if self.disk["view"].leader == self.name:
            self.disk["sure"] = max(self.disk.get("sure", 0), everywhere)
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: keeps-its-own (adds what is beyond its length)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        mine = self.disk["log"]
        self.disk["log"] = mine + log[len(mine) :]
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: keeps-its-own (adds what is beyond its length, or cuts)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        mine = self.disk["log"]
        self.disk["log"] = log if len(log) < len(mine) else mine + log[len(mine) :]
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: dirty-results (of the last entry)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, len(log))))


# %% wrong: answers-the-older
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number:
            self.send(sender, Have(known.number, len(self.disk["log"])))
            return
        if view.number == known.number and view != known:
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: answers-the-older (by its number)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number:
            self.send(sender, Have(view.number, len(self.disk["log"])))
            return
        if view.number == known.number and view != known:
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: another-failure (what was answered leaves the log, if it was a read)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))
                if entry.operation[0] == "read":
                    self.disk["log"] = tuple(one for one in self.disk["log"] if one != entry)


# %% wrong: node-error (a global dict)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request

HAVE = {}


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        HAVE.clear()
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    HAVE[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        HAVE.clear()
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, HAVE.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: gives-up-its-log (as a leader)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        if view.leader == self.name:
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: node-error (a message to nobody)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(None, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: changes-nothing (a cas that fails)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.operation[0] == "cas" and entry not in log:
            if result_of(log + (entry,), len(log) + 1) is False:
                self.send(entry.client, Reply(entry.id, False))
                return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: changes-nothing (a write of the value that is there)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry.operation[0] == "write" and entry not in log:
            _, key, value = entry.operation
            now = result_of(log + (Entry("", 0, ("read", key)),), len(log) + 1)
            if now == value:
                self.send(entry.client, Reply(entry.id, None))
                return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: changes-nothing (it goes into the log, and does not wait)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        quick = False
        if entry.operation[0] == "write" and entry not in log:
            _, key, value = entry.operation
            quick = result_of(log + (Entry("", 0, ("read", key)),), len(log) + 1) == value
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        if quick:
            self.send(entry.client, Reply(entry.id, None))
        else:
            self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: reads-alone (the same read once more)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        everywhere = all(self.have.get(name) == len(log) for name in self.disk["view"].members[1:])
        if everywhere and log and entry not in log and log[-1].operation == entry.operation:
            if entry.operation[0] == "read":
                self.send(entry.client, Reply(entry.id, result_of(log, len(log))))
                return
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-is-enough (for a read)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))
        if self.have:
            somewhere = max(self.have.values())
            for position in sorted(self.waiting):
                if position <= somewhere and self.waiting[position].operation[0] == "read":
                    entry = self.waiting.pop(position)
                    self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: takes-it-for-granted
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {name: len(self.disk["log"]) for name in view.members[1:]}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: takes-it-for-granted (after a crash)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {name: len(self.disk["log"]) for name in self.disk["view"].members[1:]}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: keeps-its-own (if it knows of the view)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        if known != view or len(log) >= len(self.disk["log"]):
            self.disk["log"] = log
        self.send(sender, Have(view.number, len(self.disk["log"])))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: twice (it looks at the end of the log)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log[-3:]:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: seen-in-memory
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}
        self.seen = set()

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.seen = {(entry.client, entry.id) for entry in log}
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if (entry.client, entry.id) not in self.seen:
            log = self.disk["log"] = log + (entry,)
            self.seen.add((entry.client, entry.id))
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: seen-by-itself
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if self.disk.get(entry.client, 0) < entry.id:
            log = self.disk["log"] = log + (entry,)
            self.disk[entry.client] = entry.id
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: seen-by-itself (in memory)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}
        self.seen = set()

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if (entry.client, entry.id) not in self.seen:
            log = self.disk["log"] = log + (entry,)
            self.seen.add((entry.client, entry.id))
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: left-out
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number and self.name in message.members:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: one-by-one
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number == self.disk["view"].number + 1:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: torn-view
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "log" not in self.disk:
            self.disk["number"] = self.first.number
            self.disk["members"] = self.first.members
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.view.number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.view.leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.view.number:
                    self.have[sender] = length
                    self.answer()

    @property
    def view(self):
        return View(self.disk["number"], self.disk["members"])

    def enter(self, view):
        self.disk["number"] = view.number
        self.disk["members"] = view.members
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.view
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.view.members[1:]:
            self.send(name, Copy(self.view, log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.view.members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% wrong: torn-view (the members first)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "log" not in self.disk:
            self.disk["number"] = self.first.number
            self.disk["members"] = self.first.members
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.view.number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.view.leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.view.number:
                    self.have[sender] = length
                    self.answer()

    @property
    def view(self):
        return View(self.disk["number"], self.disk["members"])

    def enter(self, view):
        self.disk["members"] = view.members
        self.disk["number"] = view.number
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.view
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.view.members[1:]:
            self.send(name, Copy(self.view, log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.view.members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% error: raised (a crash in on_start)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["view"] = self.first
            self.disk["log"] = ()
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, length):
                if number == self.disk["view"].number:
                    self.have[sender] = length
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))


# %% error: raised (no such field)
from course_lib.replication.logs import Entry, result_of
from course_lib.replication.members import Copy, Have
from course_lib.replication.views import View
from course_lib.sim import Node, Reply, Request


class Replica(Node):
    def __init__(self, first):
        self.first = first

    def on_start(self):
        if "view" not in self.disk:
            self.disk["log"] = ()
            self.disk["view"] = self.first
        self.have = {}
        self.waiting = {}

    def on_message(self, sender, message):
        match message:
            case View(number, _):
                if number > self.disk["view"].number:
                    self.enter(message)
            case Copy(view, log):
                self.copy(sender, view, log)
            case Request(id, operation):
                if self.disk["view"].leader == self.name:
                    self.serve(Entry(sender, id, operation))
            case Have(number, _):
                if number == self.disk["view"].number:
                    self.have[sender] = message.number
                    self.answer()

    def enter(self, view):
        self.disk["view"] = view
        self.have = {}
        self.waiting = {}

    def copy(self, sender, view, log):
        known = self.disk["view"]
        if view.number < known.number or (view.number == known.number and view != known):
            return
        if view != known:
            self.enter(view)
        self.disk["log"] = log
        self.send(sender, Have(view.number, len(log)))

    def serve(self, entry):
        log = self.disk["log"]
        if entry not in log:
            log = self.disk["log"] = log + (entry,)
        self.waiting[log.index(entry) + 1] = entry
        for name in self.disk["view"].members[1:]:
            self.send(name, Copy(self.disk["view"], log))
        self.answer()

    def answer(self):
        log = self.disk["log"]
        everywhere = len(log)
        for name in self.disk["view"].members[1:]:
            everywhere = min(everywhere, self.have.get(name, 0))
        for position in sorted(self.waiting):
            if position <= everywhere:
                entry = self.waiting.pop(position)
                self.send(entry.client, Reply(entry.id, result_of(log, position)))
