# %% right: lists of counts
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% right: on the disk, and the reply first
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_message(self, sender, message):
        data = self.disk.get("data", {})
        count = self.disk.get("count", (0,) * len(self.replicas))
        waiting = self.disk.get("waiting", ())
        own = self.replicas.index(self.name)
        if isinstance(message, Update):
            waiting += ((self.replicas.index(sender), message),)
        elif message.operation[0] == "read":
            self.send(sender, Reply(message.id, data.get(message.operation[1])))
        else:
            _, key, value = message.operation
            self.send(sender, Reply(message.id, None))
            data = {**data, key: value}
            count = count[:own] + (count[own] + 1,) + count[own + 1 :]
            for other in self.replicas:
                if other != self.name:
                    self.send(other, Update(key, value, count))
        while free := [one for one in waiting if self.free(count, *one)]:
            w, update = free[0]
            waiting = tuple(one for one in waiting if one != free[0])
            data = {**data, update.key: update.value}
            count = count[:w] + (count[w] + 1,) + count[w + 1 :]
        self.disk["data"], self.disk["count"], self.disk["waiting"] = data, count, waiting

    def free(self, count, w, update):
        return all(due <= done + (i == w) for i, (due, done) in enumerate(zip(update.clock, count)))


# %% right: a clock of the library
from course_lib.checks.consistency.causal import Update
from course_lib.clocks import VectorClock
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data, self.seen, self.early = {}, VectorClock(), []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.seen = self.seen.tick(self.name)
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, self.seen))
                self.send(sender, Reply(id, None))
            case Update():
                self.early.append((sender, message))
                self.apply()

    def apply(self):
        for writer, update in self.early:
            if update.clock <= self.seen.tick(writer):
                self.early.remove((writer, update))
                self.data[update.key] = update.value
                self.seen = self.seen.tick(writer)
                return self.apply()


# %% wrong: as-it-comes
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.data[message.key] = message.value
                self.count[self.replicas.index(sender)] += 1


# %% wrong: sender-only
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        return update.clock[w] == self.count[w] + 1

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: not-in-the-writers-order
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: forgets-what-was-read
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, self.own()))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def own(self):
        return tuple(n if name == self.name else 0 for name, n in zip(self.replicas, self.count))

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: looks-once (only at what has come)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                w = self.replicas.index(sender)
                if self.ready(w, message):
                    self.data[message.key] = message.value
                    self.count[w] += 1
                else:
                    self.waiting.append((w, message))

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)


# %% wrong: looks-once (one at a time)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        for w, update in self.waiting:
            if self.ready(w, update):
                self.waiting.remove((w, update))
                self.data[update.key] = update.value
                self.count[w] += 1
                break


# %% wrong: looks-once (once through the list)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        for w, update in list(self.waiting):
            if self.ready(w, update):
                self.waiting.remove((w, update))
                self.data[update.key] = update.value
                self.count[w] += 1


# %% wrong: counts-on-receipt (before it is asked)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.count = [max(a, b) for a, b in zip(self.count, message.clock)]
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: counts-on-receipt (after it was asked)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                w = self.replicas.index(sender)
                if self.ready(w, message):
                    self.data[message.key] = message.value
                else:
                    self.waiting.append((w, message))
                self.count = [max(a, b) for a, b in zip(self.count, message.clock)]
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: drops-the-early
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                w = self.replicas.index(sender)
                if self.ready(w, message):
                    self.data[message.key] = message.value
                    self.count[w] += 1

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)


# %% wrong: own-write-twice
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        return all(due <= done + (i == w) for i, (due, done) in enumerate(zip(update.clock, self.count)))

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: own-write-twice (counted once)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        return all(due <= done + (i == w) for i, (due, done) in enumerate(zip(update.clock, self.count)))

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += w != self.replicas.index(self.name)
                    found = True


# %% wrong: tells-nobody
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: no-answer (to a write)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: no-answer (when the others have it)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.set_timer(f"{sender} {id}", 0.5)
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def on_timer(self, name):
        client, id = name.split()
        self.send(client, Reply(int(id), None))

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: leaves-itself-out
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.count[self.replicas.index(self.name)] += 1
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: same-clocks
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] == self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: never-applied (a bound that is none)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1 or update.clock[w] > len(self.replicas):
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: looks-once (only at what the same writer sent)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look(self.replicas.index(sender))

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self, sender):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if w == sender and self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: not-causal (a key that was never written is 0)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key, 0)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% wrong: not-causal (the newest first)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.replicas.index(self.name)] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.insert(0, (self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        return sum(update.clock) <= sum(self.count) + 1

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True


# %% error: raised (a name for a place)
from course_lib.checks.consistency.causal import Update
from course_lib.sim import Node, Reply, Request


class CausalReplica(Node):
    def __init__(self, replicas):
        self.replicas = replicas

    def on_start(self):
        self.data = {}
        self.count = [0] * len(self.replicas)
        self.waiting = []

    def on_message(self, sender, message):
        match message:
            case Request(id, ("read", key)):
                self.send(sender, Reply(id, self.data.get(key)))
            case Request(id, ("write", key, value)):
                self.data[key] = value
                self.count[self.name] += 1
                for other in self.replicas:
                    if other != self.name:
                        self.send(other, Update(key, value, tuple(self.count)))
                self.send(sender, Reply(id, None))
            case Update():
                self.waiting.append((self.replicas.index(sender), message))
                self.look()

    def ready(self, w, update):
        if update.clock[w] != self.count[w] + 1:
            return False
        return all(update.clock[i] <= self.count[i] for i in range(len(self.count)) if i != w)

    def look(self):
        found = True
        while found:
            found = False
            for w, update in list(self.waiting):
                if self.ready(w, update):
                    self.waiting.remove((w, update))
                    self.data[update.key] = update.value
                    self.count[w] += 1
                    found = True
