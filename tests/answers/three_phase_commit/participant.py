# %% right: the successor of the lesson
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    pass


# %% right: one method a message
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: moves-when-back
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% right: remembers on the disk that it was down, and a list of those it does not heed
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.over = []
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender not in self.over:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.over = ["coordinator", "p1"][: 2 if sender == "p3" else 1]
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: vote-first
from course_lib.transactions.committing import Vote
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def vote(self, sender, record):
        if "t1" not in self.disk:
            self.send(sender, Vote("t1", self.willing))
            self.disk["t1"] = record
            self.wait()
        else:
            super().vote(sender, record)


# %% wrong: acknowledges-first
from course_lib.transactions.precommitting import Acknowledge
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def precommit(self, sender):
        if self.follows(sender):
            self.send(sender, Acknowledge("t1"))
            self.move()
            self.wait()


# %% wrong: moves-in-memory
from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        self.state = "prepared"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.state = "precommitted"
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: moves-in-memory (not at all)
from course_lib.transactions.precommitting import Acknowledge
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def precommit(self, sender):
        if self.follows(sender):
            self.send(sender, Acknowledge("t1"))


# %% wrong: no-acknowledgement
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def precommit(self, sender):
        if self.follows(sender):
            self.move()
            self.wait()


# %% wrong: no-acknowledgement (it waits for the decision)
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def precommit(self, sender):
        self.follows(sender)


# %% wrong: commits-at-precommit
from dataclasses import replace

from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def move(self):
        self.disk["t1"] = replace(self.disk["t1"], state="committed")


# %% wrong: late-precommit
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if "t1" in self.disk and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: late-precommit (whatever it is)
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def on_message(self, sender, message):
        if isinstance(message, PreCommit):
            self.move()
            self.send(sender, Acknowledge("t1"))
        else:
            super().on_message(sender, message)


# %% wrong: heeds-the-dead
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def follows(self, sender):
        self.leader = max(self.leader, sender)
        return True


# %% wrong: aborts-the-precommitted
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        state = self.disk["t1"].state if "t1" in self.disk else ""
        if state == "precommitted" and not self.back:
            self.decide(False)
        elif self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: aborts-the-precommitted (and the prepared)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        state = self.disk["t1"].state if "t1" in self.disk else ""
        if state == "precommitted" and not self.back:
            self.decide(False)
        elif state == "prepared" and not self.back:
            self.decide(False)
        elif self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: commits-the-prepared
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        state = self.disk["t1"].state if "t1" in self.disk else ""
        if state == "prepared" and not self.back:
            self.decide(True)
        elif self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: decides-alone
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        state = self.disk["t1"].state if "t1" in self.disk else ""
        if state == "prepared" and not self.back:
            self.decide(False)
        elif state == "precommitted" and not self.back:
            self.decide(True)
        elif self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: decides-alone (the participant with timeouts of the lesson)
from course_lib.transactions import precommitting
from course_lib.transactions.committing import Ask, Decision, state_of
from course_lib.transactions.succeeding import InState, Lead, WhichState


class Participant(precommitting.Participant):
    def on_message(self, sender, message):
        match message:
            case WhichState() if self.recovered or self.has_decided():
                super().on_message(sender, Ask("t1"))
            case WhichState() if state_of(self, "t1") is None:
                self.refuse(sender)
            case WhichState():
                self.send(sender, InState("t1", state_of(self, "t1")))
            case Decision(_, commit):
                self.decide(commit)
            case Lead():
                pass
            case _:
                super().on_message(sender, message)


# %% wrong: decides-when-back
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.decide(self.disk["t1"].state == "precommitted")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: decides-when-back (aborts)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.decide(False)

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: decides-when-back (if nobody says anything)
from course_lib.transactions.committing import state_of
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def on_timer(self, name):
        if self.recovered:
            self.decide(state_of(self, "t1") == "precommitted")
        else:
            super().on_timer(name)


# %% wrong: tells-when-back
from course_lib.transactions.succeeding import Successor, WhichState


class Participant(Successor):
    def on_message(self, sender, message):
        if isinstance(message, WhichState) and self.recovered and not self.has_decided():
            self.tell(sender)
        else:
            super().on_message(sender, message)


# %% wrong: tells-when-back (does not know that it was down)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = False
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: silent-to-successors
from course_lib.transactions.succeeding import Successor, WhichState


class Participant(Successor):
    def on_message(self, sender, message):
        if not isinstance(message, WhichState):
            super().on_message(sender, message)


# %% wrong: silent-to-successors (says nothing when it has decided)
from course_lib.transactions.succeeding import Successor, WhichState


class Participant(Successor):
    def on_message(self, sender, message):
        if not isinstance(message, WhichState) or not self.has_decided():
            super().on_message(sender, message)


# %% wrong: never-asks
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: never-asks (not when it is back)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: asks-once
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: asks-for-ever
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        for other in self.peers:
            self.send(other, Ask("t1"))
        self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: asks-one
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            self.send("coordinator", Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: helps-nobody
from course_lib.transactions.committing import Ask
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def on_message(self, sender, message):
        if not isinstance(message, Ask):
            super().on_message(sender, message)


# %% wrong: helps-nobody (without a record)
from course_lib.transactions.committing import Ask
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def on_message(self, sender, message):
        if not isinstance(message, Ask) or "t1" in self.disk:
            super().on_message(sender, message)


# %% wrong: helps-and-forgets
from course_lib.transactions.committing import Decision
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def refuse(self, sender):
        self.send(sender, Decision("t1", False))


# %% wrong: guesses
from course_lib.transactions.committing import Ask, Decision
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def on_message(self, sender, message):
        if isinstance(message, Ask) and "t1" in self.disk:
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))
        else:
            super().on_message(sender, message)


# %% wrong: promises-anyway
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def __init__(self, willing):
        super().__init__(True)


# %% wrong: not-a-record
from course_lib.sim import Node
from course_lib.transactions.committing import Prepare, Vote


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_message(self, sender, message):
        if isinstance(message, Prepare):
            self.disk["t1"] = "prepared" if self.willing else "aborted"
            self.send(sender, Vote("t1", self.willing))


# %% wrong: another-failure
from course_lib.transactions.succeeding import Successor


class Participant(Successor):
    def decide(self, commit):
        super().decide(False)


# %% wrong: node-error
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)
            case _:
                self.unexpected(sender, message)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% error: raised (a misspelt field)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], status="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: heeds-the-dead (all but the coordinator)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if (
                    self.doubtful()
                    and not self.back
                    and (sender != "coordinator" or self.newest == "coordinator")
                ):
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: asks-once (when it is back)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
        self.send(sender, Vote("t1", self.disk["t1"].state != "aborted"))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: another-vote
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
            self.send(sender, Vote("t1", self.willing))
        else:
            self.send(sender, Vote("t1", False))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")


# %% wrong: another-vote (none)
from dataclasses import replace

from course_lib.sim import Node
from course_lib.transactions.committing import Ask, Decision, Prepare, Record, Vote
from course_lib.transactions.precommitting import Acknowledge, PreCommit
from course_lib.transactions.succeeding import InState, WhichState


class Participant(Node):
    def __init__(self, willing):
        self.willing = willing

    def on_start(self):
        self.back = "t1" in self.disk
        self.newest = "coordinator"
        if self.doubtful():
            self.on_timer("doubt")

    def doubtful(self):
        return "t1" in self.disk and self.disk["t1"].state in ("prepared", "precommitted")

    def on_timer(self, name):
        if self.doubtful():
            for other in self.peers:
                self.send(other, Ask("t1"))
            self.set_timer("doubt", 1)

    def on_message(self, sender, message):
        match message:
            case Prepare(_, writes, _):
                self.vote(sender, writes)
            case PreCommit():
                if self.doubtful() and not self.back and sender >= self.newest:
                    self.move(sender)
            case WhichState():
                self.tell(sender)
            case Ask():
                self.help(sender)
            case Decision(_, commit):
                if "t1" not in self.disk or self.doubtful():
                    self.decide(commit)

    def vote(self, sender, writes):
        if "t1" not in self.disk:
            if not self.willing:
                self.disk["t1"] = Record("aborted")
            else:
                self.disk["t1"] = Record("prepared", writes)
                self.set_timer("doubt", 1)
            self.send(sender, Vote("t1", self.willing))

    def move(self, sender):
        self.disk["t1"] = replace(self.disk["t1"], state="precommitted")
        self.send(sender, Acknowledge("t1"))

    def tell(self, sender):
        if self.doubtful() and not self.back:
            self.newest = sender
            self.send(sender, InState("t1", self.disk["t1"].state))
        else:
            self.help(sender)

    def help(self, sender):
        if "t1" not in self.disk:
            self.disk["t1"] = Record("aborted")
        if not self.doubtful():
            self.send(sender, Decision("t1", self.disk["t1"].state == "committed"))

    def decide(self, commit):
        self.disk["t1"] = Record("committed" if commit else "aborted")
