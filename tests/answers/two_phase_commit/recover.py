# %% right: one dict for all commits, kept for ever
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def on_start(self):
        life, log = self.disk.get("book", (0, {}))
        self.disk["book"] = (life + 1, log)
        self.votes = {}
        self.open = None
        self.tell()
        if life < len(self.plans):
            self.open = f"life {life + 1}"
            for name in self.peers:
                self.send(name, Prepare(self.open, self.plans[life], frozenset(self.peers)))
            self.set_timer("votes", 1)

    def decide(self, commit):
        txn, self.open = self.open, None
        self.cancel_timer("votes")
        if commit:
            life, log = self.disk["book"]
            self.disk["book"] = (life, {**log, txn: ()})
            self.tell()
        else:
            for name in self.peers:
                self.send(name, Decision(txn, False))

    def tell(self):
        for txn, done in self.disk["book"][1].items():
            for name in self.peers:
                if name not in done:
                    self.send(name, Decision(txn, True))
                    self.set_timer("tell", 1)

    def on_message(self, sender, message):
        life, log = self.disk["book"]
        match message:
            case Vote(txn, yes) if txn == self.open:
                self.votes[sender] = yes
                if not yes:
                    self.decide(False)
                elif all(self.votes.get(name) for name in self.peers):
                    self.decide(True)
            case Vote(txn) | Ask(txn) if txn != self.open:
                self.send(sender, Decision(txn, txn in log))
            case Done(txn) if txn in log and sender not in log[txn]:
                self.disk["book"] = (life, {**log, txn: (*log[txn], sender)})

    def on_timer(self, name):
        if name == "tell":
            self.tell()
        elif self.open:
            self.decide(False)


# %% right: a mark that the vote is open
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.disk["open"] = None
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.disk["open"] = f"life {self.disk['lives']}"
            self.begin(self.disk["open"], self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn not in ("lives", "open")]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()
        self.disk["open"] = None

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None
        self.disk["open"] = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% right: R*'s rule, and a late vote gets no answer
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort(sender)
                elif self.votes == set(self.peers):
                    self.commit()
            case Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self, refused=None):
        for name in self.peers:
            if name != refused:
                self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% right: a list of what each is to be told
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.disk.setdefault("due", ())
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in {txn for txn, _ in self.disk["due"]}))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk["due"] += tuple((self.txn, name) for name in self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn, name in self.disk["due"]:
            self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        self.disk["due"] = tuple(pair for pair in self.disk["due"] if pair != (txn, sender))


# %% right: a frozenset of those who voted yes is on the disk, and what is decided elsewhere
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.disk[txn] = frozenset()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        for txn in [txn for txn in self.disk if type(self.disk[txn]) is frozenset]:
            del self.disk[txn]  # it was open when the last life ended
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if type(self.disk[txn]) is list]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.disk[txn] |= {sender}
                if not yes:
                    self.abort()
                elif self.disk[txn] == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.commits()))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = list(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        del self.disk[self.txn]
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.commits():
            self.disk[txn] = [name for name in self.disk[txn] if name != sender]
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: tell-first
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, True))
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.set_timer("again", 1)

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: decision-in-memory
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.kept = {}
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return list(self.kept)

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.kept))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.kept[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.kept[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.kept:
            self.kept[txn] = self.kept[txn] - {sender}
            if not self.kept[txn]:
                del self.kept[txn]


# %% wrong: same-ids (one for all)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin("t1", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: same-ids (counted in memory)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.lives = 1
        self.tell_again()
        if self.lives <= len(self.plans):
            self.begin(f"t{self.lives}", self.plans[self.lives - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: same-ids (as many as there are records)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{len(self.disk)}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: same-ids (counted when it is used already)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.tell_again()
        life = self.disk.get("lives", 0) + 1
        if life <= len(self.plans):
            self.begin(f"t{life}", self.plans[life - 1])
        self.disk["lives"] = life

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: aborts-after-restart
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        for txn in self.commits():
            del self.disk[txn]
            for name in self.peers:
                self.send(name, Decision(txn, False))
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: not-told-again (who wants to know will ask)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: not-told-again (no timer)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: presumes-commit
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, True))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: says-nothing (of what it does not know)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn in self.disk:
                    self.send(sender, Decision(txn, True))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: says-nothing
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: votes-again
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn in self.disk:
                    self.send(sender, Decision(txn, True))
                elif self.txn is None and self.disk["lives"] <= len(self.plans):
                    self.begin(txn, self.plans[self.disk["lives"] - 1])
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: answers-while-voting
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: forgets-too-soon (at the first Done)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        self.disk.pop(txn, None)


# %% wrong: forgets-too-soon (when all are told)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            del self.disk[txn]

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: counts-done
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        self.number = getattr(self, "number", 0) + 1
        if txn in self.disk and self.number == 2:
            del self.disk[txn]


# %% wrong: counts-done (on the disk)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = 2
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.peers:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] -= 1
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: remembers-aborts
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn not in ("lives", "aborted")]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        self.disk["aborted"] = self.disk.get("aborted", ()) + (self.txn,)
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: waits-for-done-of-aborts
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "abort":
            self.tell_abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        self.aborted = self.txn
        self.txn = None
        self.tell_abort()

    def tell_abort(self):
        for name in self.peers:
            self.send(name, Decision(self.aborted, False))
        self.set_timer("abort", 1)

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: tells-for-ever
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                pass

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: counts-votes
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.count = 0
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if not yes:
                    self.abort()
                    return
                self.count += 1
                if self.count == len(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: any-vote
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: ignores-no
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, _) if txn == self.txn:
                self.votes.add(sender)
                if self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: decides-twice
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes":
            txn = f"t{self.disk['lives']}"
            for peer in self.peers:
                self.send(peer, Decision(txn, False))
            self.txn = None
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: decides-twice (of nothing)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes":
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: never-gives-up
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: commits-what-is-missing
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.commit()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: another-plan (nothing in a second life)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] == 1:
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: another-plan (always the first)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[0])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: aborts-silently
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: commits-what-is-missing (at the first yes)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                else:
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: another-failure (a late vote is answered with abort)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _):
                self.send(sender, Decision(txn, False))
            case Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: forgets-too-soon (when it has told six times)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.told = {}
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            self.told[txn] = self.told.get(txn, 0) + 1
            if self.told[txn] > 6:
                del self.disk[txn]
                continue
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: not-told-again (not after the third time)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.told = {}
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            self.told[txn] = self.told.get(txn, 0) + 1
            if self.told[txn] > 3:
                continue
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: not-told-again (each 4 s)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 4)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: any-done
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        for txn in self.commits():
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: one-slot
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        self.disk.setdefault("commit", (None, set()))
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        txn, waits = self.disk.get("commit", (None, set()))
        return [txn] if waits else []

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.commits()))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk["commit"] = (self.txn, set(self.peers))
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk["commit"][1]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.commits():
            self.disk["commit"] = (txn, self.disk["commit"][1] - {sender})


# %% wrong: any-vote (and commits what it names)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if self.txn:
                self.txn = txn
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: any-vote (the last vote names what is committed)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit(txn)
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self, txn):
        self.disk[txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: another-patience (0.3 s)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 0.3)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: another-patience (6 s)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 6)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: never-gives-up (within a minute)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 60)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% wrong: forgets-too-soon (when it has told again after a restart)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        for txn in self.commits():
            del self.disk[txn]
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        if txn in self.disk:
            self.disk[txn] = self.disk[txn] - {sender}
            if not self.disk[txn]:
                del self.disk[txn]


# %% error: raised (a Done that comes twice)
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Vote


class Coordinator(Node):
    def __init__(self, plans):
        self.plans = tuple(plans)

    def begin(self, txn, writes):
        self.txn = txn
        self.votes = set()
        for name in self.peers:
            self.send(name, Prepare(txn, writes, frozenset(self.peers) - {name}))
        self.set_timer("votes", 1)

    def on_start(self):
        self.txn = None
        self.disk["lives"] = self.disk.get("lives", 0) + 1
        self.tell_again()
        if self.disk["lives"] <= len(self.plans):
            self.begin(f"t{self.disk['lives']}", self.plans[self.disk["lives"] - 1])

    def commits(self):
        return [txn for txn in self.disk if txn != "lives"]

    def on_message(self, sender, message):
        match message:
            case Vote(txn, yes) if txn == self.txn:
                if yes:
                    self.votes.add(sender)
                if not yes:
                    self.abort()
                elif self.votes == set(self.peers):
                    self.commit()
            case Vote(txn, _) | Ask(txn):
                if txn != self.txn:
                    self.send(sender, Decision(txn, txn in self.disk))
            case Done(txn):
                self.done(sender, txn)

    def on_timer(self, name):
        if name == "votes" and self.txn:
            self.abort()
        elif name == "again":
            self.tell_again()

    def commit(self):
        self.disk[self.txn] = set(self.peers)
        self.txn = None
        self.tell_again()

    def abort(self):
        for name in self.peers:
            self.send(name, Decision(self.txn, False))
        self.txn = None

    def tell_again(self):
        for txn in self.commits():
            for name in self.disk[txn]:
                self.send(name, Decision(txn, True))
            self.set_timer("again", 1)

    def done(self, sender, txn):
        self.disk[txn] = self.disk[txn] - {sender}
        if not self.disk[txn]:
            del self.disk[txn]
