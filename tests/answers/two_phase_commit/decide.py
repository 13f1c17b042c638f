# %% right: a dict of votes, and a decision once
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% right: who is still missing
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = list(participants)
        self.missing = list(participants)
        self.aborted = False

    def vote(self, sender, txn, yes):
        if txn != self.txn or self.outcome() or sender not in self.participants:
            return
        if yes and sender in self.missing:
            self.missing.remove(sender)
        if not yes:
            self.aborted = True

    def time_is_up(self):
        if self.missing:
            self.aborted = True

    def outcome(self):
        if self.aborted:
            return "abort"
        return None if self.missing else "commit"


# %% wrong: counts-votes
class Ballot:
    def __init__(self, txn, participants):
        self.txn, self.participants = txn, participants
        self.yes = 0
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn != self.txn or sender not in self.participants or self.decided:
            return
        if not yes:
            self.decided = "abort"
        else:
            self.yes += 1
            if self.yes == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        self.decided = self.decided or "abort"

    def outcome(self):
        return self.decided


# %% wrong: counts-votes (a list of messages)
class Ballot:
    def __init__(self, txn, participants):
        self.txn, self.participants = txn, participants
        self.messages = []
        self.over = False

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants and self.outcome() is None:
            self.messages.append((sender, yes))

    def time_is_up(self):
        if self.outcome() is None:
            self.over = True

    def outcome(self):
        if self.over or any(not yes for _, yes in self.messages):
            return "abort"
        return "commit" if len(self.messages) >= len(self.participants) else None


# %% wrong: all-so-far
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif all(self.votes.values()):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: all-so-far (nobody has voted yet)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        if self.decided is None and all(self.votes.values()):
            return "commit"
        return self.decided


# %% wrong: ignores-no
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: majority
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            no = list(self.votes.values()).count(False)
            yes = list(self.votes.values()).count(True)
            if 2 * no >= len(self.participants):
                self.decided = "abort"
            elif 2 * yes > len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: waits-for-all
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if len(self.votes) == len(self.participants):
                self.decided = "commit" if all(self.votes.values()) else "abort"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: any-transaction
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: strangers
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: decides-twice (the time is up)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: decides-twice (the last vote comes late)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if True:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: silence-is-yes
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "commit"

    def outcome(self):
        return self.decided


# %% wrong: silence-is-yes (if anybody has voted)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "commit" if self.votes else "abort"

    def outcome(self):
        return self.decided


# %% wrong: waits-on
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        pass

    def outcome(self):
        return self.decided


# %% wrong: not-a-word (True and False)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return None if self.decided is None else self.decided == "commit"


# %% wrong: not-a-word (other words)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "aborted"
            elif len(self.votes) == len(self.participants):
                self.decided = "committed"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "aborted"

    def outcome(self):
        return self.decided


# %% wrong: no-return
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        self.decided


# %% wrong: another-outcome
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) + 1 == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided


# %% wrong: decides-when-asked
class Ballot:
    def __init__(self, txn, participants):
        self.txn, self.participants = txn, set(participants)
        self.votes = {}
        self.over = False
        self.decided = None

    def vote(self, sender, txn, yes):
        if txn == self.txn and sender in self.participants:
            self.votes.setdefault(sender, yes)

    def time_is_up(self):
        self.over = True

    def outcome(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif set(self.votes) == self.participants:
                self.decided = "commit"
            elif self.over:
                self.decided = "abort"
        return self.decided


# %% wrong: decides-when-asked (whether the time is up, first of all)
class Ballot:
    def __init__(self, txn, participants):
        self.txn, self.participants = txn, set(participants)
        self.yes, self.refused, self.over, self.decided = set(), False, False, None

    def vote(self, sender, txn, yes):
        if txn != self.txn or sender not in self.participants:
            return
        if yes:
            self.yes.add(sender)
        else:
            self.refused = True

    def time_is_up(self):
        self.over = True

    def outcome(self):
        if not self.decided:
            if self.over or self.refused:
                self.decided = "abort"
            elif self.yes == self.participants:
                self.decided = "commit"
        return self.decided


# %% wrong: another-outcome (the second question aborts)
class Ballot:
    def __init__(self, txn, participants):
        self.txn, self.participants = txn, set(participants)
        self.yes, self.decided, self.asked = set(), None, 0

    def vote(self, sender, txn, yes):
        if txn != self.txn or sender not in self.participants or self.decided:
            return
        if not yes:
            self.decided = "abort"
        self.yes.add(sender)
        if self.yes == self.participants:
            self.decided = self.decided or "commit"

    def time_is_up(self):
        self.decided = self.decided or "abort"

    def outcome(self):
        self.asked += 1
        if self.asked > 3:
            self.time_is_up()
        return self.decided


# %% error: raised (a vote of nobody known)
class Ballot:
    def __init__(self, txn, participants):
        self.txn = txn
        self.participants = participants
        self.votes = {}
        self.seen = {name: False for name in participants}
        self.decided = None

    def vote(self, sender, txn, yes):
        if self.seen[sender] is False and txn == self.txn and sender in self.participants:
            self.votes[sender] = yes
            self.decide()

    def decide(self):
        if self.decided is None:
            if False in self.votes.values():
                self.decided = "abort"
            elif len(self.votes) == len(self.participants):
                self.decided = "commit"

    def time_is_up(self):
        if self.decided is None:
            self.decided = "abort"

    def outcome(self):
        return self.decided
