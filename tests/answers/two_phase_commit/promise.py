# %% right: the participant of the lesson
from course_lib.transactions import committing


class Participant(committing.Participant):
    pass


# %% right: one method a message, and it asks the other as well
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.on_timer("doubt")

    def on_message(self, sender, message):
        match message:
            case Prepare(txn, writes, others):
                self.prepare(txn, writes, others)
            case Decision(txn, commit):
                self.decided(txn, commit)
            case Ask(txn):
                self.asked(sender, txn)
            case _:
                self.unexpected(sender, message)

    def known(self, txn):
        return self.disk.get(txn, Record("unknown"))

    def prepare(self, txn, writes, others):
        if self.known(txn).state == "unknown":
            self.disk[txn] = Record("prepared", writes, others) if self.willing else Record("aborted")
        self.send("coordinator", Vote(txn, self.known(txn).state in ("prepared", "committed")))
        if self.known(txn).state == "prepared":
            self.set_timer("doubt", 1)

    def decided(self, txn, commit):
        record = self.known(txn)
        if commit and record.state == "prepared":
            values = {**self.disk.get("values", {}), **dict(record.writes)}
            # One write for both.
            self.disk.update({"values": values, txn: Record("committed", record.writes)})
        elif not commit and record.state in ("prepared", "unknown"):
            self.disk[txn] = Record("aborted")
        if commit:
            self.send("coordinator", Done(txn))

    def asked(self, sender, txn):
        if self.known(txn).state == "unknown":
            self.disk[txn] = Record("aborted")
        if self.known(txn).state != "prepared":
            self.send(sender, Decision(txn, self.known(txn).state == "committed"))

    def on_timer(self, name):
        for txn, record in self.disk.items():
            if txn != "values" and record.state == "prepared":
                for other in ("coordinator", *record.others):
                    self.send(other, Ask(txn))
                self.set_timer("doubt", 1)


# %% right: a timer for each transaction
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer(txn, 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer(txn, 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% right: it looks once after a start, and finds nothing
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.set_timer("again", 1)
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% right: it refuses a key that is promised already
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def locked(self):
        records = [record for txn, record in self.disk.items() if txn != "values"]
        return {key for record in records if record.state == "prepared" for key, _ in record.writes}

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing and not self.locked() & dict(writes).keys():
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: vote-first
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.send(sender, Vote(txn, True))
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                        return
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: vote-first (the record at the end of the handler)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    record = Record("prepared", writes) if self.willing else Record("aborted")
                    self.send(sender, Vote(txn, self.willing))
                    self.set_timer("again", 1)
                    self.disk[txn] = record
                else:
                    self.send(sender, Vote(txn, record.state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: promise-in-memory
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.promised = {}

    def on_timer(self, name):
        for txn in self.promised:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None and self.willing:
                    self.promised[txn] = writes
                    self.set_timer("again", 1)
                elif record is None:
                    self.disk[txn] = Record("aborted")
                is_yes = txn in self.promised or self.disk[txn].state == "committed"
                self.send(sender, Vote(txn, is_yes))
            case Decision(txn, True):
                if txn in self.promised:
                    writes = self.promised.pop(txn)
                    self.disk["values"] = {**self.disk.get("values", {}), **dict(writes)}
                    self.disk[txn] = Record("committed", writes)
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None:
                    self.promised.pop(txn, None)
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if txn not in self.promised and record is None:
                    record = self.disk[txn] = Record("aborted")
                if txn not in self.promised:
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: without-the-writes
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.writes = {}
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared")
                        self.writes[txn] = writes
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(self.writes.get(txn, ()))
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: aborts-after-restart
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        for txn in self.disk:
            if txn != "values" and self.disk[txn].state == "prepared":
                self.disk[txn] = Record("aborted")

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (aborts after a second)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        for txn in self.disk:
            if txn != "values" and self.disk[txn].state == "prepared":
                self.disk[txn] = Record("aborted")

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (commits after a second: it has promised)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        for txn, record in list(self.disk.items()):
            if txn != "values" and record.state == "prepared":
                self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (asks five times)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.asked = getattr(self, "asked", 0) + 1
        if self.asked <= 5:
            self.ask()
        else:
            for txn in self.disk:
                if txn != "values" and self.disk[txn].state == "prepared":
                    self.disk[txn] = Record("aborted")

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-tombstone (the record goes)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record and record.state == "prepared":
                    del self.disk[txn]
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-tombstone (never heard of it)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record and record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: helps-and-forgets
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None or record.state != "prepared":
                    self.send(sender, Decision(txn, bool(record) and record.state == "committed"))


# %% wrong: helps-and-forgets (writes it when it has told)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None or record.state != "prepared":
                    self.send(sender, Decision(txn, bool(record) and record.state == "committed"))
                if record is None:
                    self.disk[txn] = Record("aborted")


# %% wrong: undoes-a-commit
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: prepares-again
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None or record.state != "aborted":
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: prepares-again (also what was aborted)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if self.willing:
                    self.disk[txn] = Record("prepared", writes)
                    self.set_timer("again", 1)
                else:
                    self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: another-vote
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.willing and record is None))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: silent-on-copies
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is not None:
                    return
                self.disk[txn] = Record("prepared", writes) if self.willing else Record("aborted")
                self.set_timer("again", 1)
                self.send(sender, Vote(txn, self.willing))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: guesses (not committed is aborted)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: guesses (not aborted is committed)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                self.send(sender, Decision(txn, record.state != "aborted"))


# %% wrong: helps-nobody
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")


# %% wrong: helps-nobody (where it has not voted)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record and record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: never-asks
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: never-asks (no timer after a restart)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: never-asks (only after a restart)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-once
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-for-ever
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
        self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-done (of a copy)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                    self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-done
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: done-first
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                self.send("coordinator", Done(txn))
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: record-before-effect
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk[txn] = replace(record, state="committed")
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: overwrites-values
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-effect
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: no-effect (into an attribute)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.values = {**getattr(self, "values", {}), **dict(record.writes)}
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: writes-at-once
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk["values"] = self.disk.get("values", {}) | dict(writes)
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: promises-anyway
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    self.disk[txn] = Record("prepared", writes)
                    self.set_timer("again", 1)
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: not-a-record
from course_lib.sim import Node
from course_lib.transactions.committing import Decision, Prepare, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_message(self, sender, message):
        match message:
            case Prepare(txn, writes, _):
                self.disk[txn] = ("prepared", writes) if self.willing else ("aborted", ())
                self.send(sender, Vote(txn, self.willing))
            case Decision(txn, commit):
                self.disk[txn] = ("committed" if commit else "aborted", ())


# %% wrong: not-a-record (another word)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "promised"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("promised", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "promised":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "promised":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "promised":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: another-failure (a copy of its decision is undone by a restart)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        for txn in self.disk:
            if txn != "values" and self.disk[txn].state == "aborted":
                self.disk[txn] = Record("prepared")
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (gives up after twelve questions)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.asked = getattr(self, "asked", 0) + 1
            if self.asked > 12:
                self.disk[txn] = Record("aborted")
                continue
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (commits after a minute, and asks the others too)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.asked = getattr(self, "asked", 0) + 1
            if self.asked > 60:
                self.on_message("coordinator", Decision(txn, True))
                continue
            for name in ("coordinator", *self.disk[txn].others):
                self.send(name, Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, others):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes, others)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-too-rarely (each 3 s)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 3)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 3)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-too-rarely (a second after a restart)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.set_timer("again", 1)

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-too-rarely (half as often each time)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing
        self.pause = 1

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.pause *= 2
            self.set_timer("again", self.pause)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: asks-for-one (t1)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        if "t1" in self.disk and self.disk["t1"].state == "prepared":
            self.send("coordinator", Ask("t1"))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: done-of-an-abort
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
                self.send("coordinator", Done(txn))
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: writes-again
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state != "aborted":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: refuses
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing is None:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: refuses (the wrong way round)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if not self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: without-the-writes (of the commit)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = Record("committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% wrong: decides-alone (a timer of its own, 12 s)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        if name == "give up":
            for txn in list(self.disk):
                if txn != "values" and self.disk[txn].state == "prepared":
                    self.disk[txn] = Record("aborted")
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                        self.set_timer("give up", 12)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record is None or record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))


# %% error: raised (a Decision of what it never heard of)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Done, Prepare, Record, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def ask(self):
        doubt = [txn for txn in self.disk if txn != "values" and self.disk[txn].state == "prepared"]
        for txn in doubt:
            self.send("coordinator", Ask(txn))
            self.set_timer("again", 1)

    def on_message(self, sender, message):
        record = self.disk.get(message.txn)
        match message:
            case Prepare(txn, writes, _):
                if record is None:
                    if self.willing:
                        self.disk[txn] = Record("prepared", writes)
                        self.set_timer("again", 1)
                    else:
                        self.disk[txn] = Record("aborted")
                self.send(sender, Vote(txn, self.disk[txn].state != "aborted"))
            case Decision(txn, True):
                if record.state == "prepared":
                    self.disk["values"] = self.disk.get("values", {}) | dict(record.writes)
                    self.disk[txn] = replace(record, state="committed")
                self.send("coordinator", Done(txn))
            case Decision(txn, False):
                if record.state == "prepared":
                    self.disk[txn] = Record("aborted")
            case Ask(txn):
                if record is None:
                    record = self.disk[txn] = Record("aborted")
                if record.state != "prepared":
                    self.send(sender, Decision(txn, record.state == "committed"))
