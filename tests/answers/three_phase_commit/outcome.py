# %% right: by loops
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% right: with Counter and sorted
from collections import Counter


def propose(managers, acceptors, promises):
    if 2 * len(promises) > len(acceptors):
        return {manager: vote_of(manager, promises) for manager in managers}
    return None


def vote_of(manager, promises):
    pairs = [slots[manager] for slots in promises.values()]
    pairs = sorted((pair for pair in pairs if pair), key=lambda pair: pair[0])
    return pairs[-1][1] if pairs else "aborted"


def outcome(managers, acceptors, accepted):
    count = Counter((name, vote) for votes in accepted.values() for name, vote in votes.items())
    chosen = {pair for pair in count if count[pair] >= len(acceptors) // 2 + 1}
    if {(name, "prepared") for name in managers} <= chosen:
        return "commit"
    return "abort" if {(name, "aborted") for name in managers} & chosen else None


# %% wrong: starts-anew
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        votes[manager] = "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: starts-anew (only what is chosen for certain)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager][1] for told in promises.values() if told[manager]]
        votes[manager] = "prepared" if known.count("prepared") > len(acceptors) / 2 else "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: prepared-for-others
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "prepared"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: not-the-highest
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager] for told in promises.values() if told[manager] is not None]
        votes[manager] = known[0][1] if known else "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: not-the-highest (what most of them have)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager][1] for told in promises.values() if told[manager]]
        votes[manager] = max(known, key=known.count) if known else "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: not-the-highest (any that is prepared)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager][1] for told in promises.values() if told[manager]]
        votes[manager] = "prepared" if "prepared" in known else "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: ballot-zero
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = 0, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: one-for-all
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    pairs = [pair for told in promises.values() for pair in told.values() if pair]
    vote = max(pairs)[1] if pairs else "aborted"
    return {manager: vote for manager in managers}


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: one-for-all (one that aborts)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    if "aborted" in votes.values():
        return dict.fromkeys(managers, "aborted")
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: no-majority
def propose(managers, acceptors, promises):
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: half
def propose(managers, acceptors, promises):
    if len(promises) < len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: half (of the acceptors)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count >= len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: all-acceptors
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count == len(acceptors):
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: all-acceptors (all must promise)
def propose(managers, acceptors, promises):
    if len(promises) < len(acceptors):
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: majority-of-managers
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) > len(managers) / 2:
        return "commit"
    return None


# %% wrong: majority-of-managers (not the acceptors)
def outcome(managers, acceptors, accepted):
    def chosen(vote):
        return [
            manager
            for manager in managers
            if 2 * sum(votes.get(manager) == vote for votes in accepted.values()) > len(acceptors)
        ]

    if 2 * len(chosen("prepared")) > len(managers):
        return "commit"
    if 2 * len(chosen("aborted")) > len(managers):
        return "abort"
    return None


def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


# %% wrong: one-acceptor
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: one-acceptor (to abort)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    if any("aborted" in votes.values() for votes in accepted.values()):
        return "abort"
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: of-those-who-answered
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(accepted) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: same-majority
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    full = 0
    against = 0
    for votes in accepted.values():
        if "aborted" in votes.values():
            against += 1
        elif len(votes) == len(managers):
            full += 1
    if full > len(acceptors) / 2:
        return "commit"
    if against > len(acceptors) / 2:
        return "abort"
    return None


# %% wrong: silence-aborts
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return "abort"


# %% wrong: silence-commits
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    return "commit"


# %% wrong: silence-commits (of those who voted)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    voted = {name for votes in accepted.values() for name in votes}
    enough = len(acceptors) // 2 + 1
    if all(sum(votes.get(name) == "prepared" for votes in accepted.values()) >= enough for name in voted):
        return "commit"
    if any(sum(votes.get(name) == "aborted" for votes in accepted.values()) >= enough for name in voted):
        return "abort"
    return None


# %% wrong: all-abort
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    votes = [chosen.get(manager) for manager in managers]
    if all(vote == "aborted" for vote in votes):
        return "abort"
    if all(vote == "prepared" for vote in votes):
        return "commit"
    return None


# %% wrong: not-a-word
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return False
    if len(chosen) == len(managers):
        return True
    return None


# %% wrong: not-a-word (the votes alone)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager] for told in promises.values() if told[manager] is not None]
        votes[manager] = max(known) if known else (0, "aborted")
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: no-return
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: another-proposal
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return dict.fromkeys(votes, "prepared" if len(promises) == 3 else "aborted")


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: another-outcome
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        highest, votes[manager] = -1, "aborted"
        for told in promises.values():
            if told[manager] is not None and told[manager][0] > highest:
                highest, votes[manager] = told[manager]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "commit"
    if len(chosen) == len(managers):
        return "abort"
    return None


# %% error: raised (nobody knows of a vote)
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager] for told in promises.values() if told[manager] is not None]
        votes[manager] = max(known)[1]
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None


# %% wrong: ballots-as-text
def propose(managers, acceptors, promises):
    if len(promises) <= len(acceptors) / 2:
        return None
    votes = {}
    for manager in managers:
        known = [told[manager] for told in promises.values() if told[manager] is not None]
        votes[manager] = max(known, key=lambda one: str(one[0]))[1] if known else "aborted"
    return votes


def outcome(managers, acceptors, accepted):
    chosen = {}
    for manager in managers:
        for vote in ("prepared", "aborted"):
            count = 0
            for votes in accepted.values():
                if votes.get(manager) == vote:
                    count += 1
            if count > len(acceptors) / 2:
                chosen[manager] = vote
    if "aborted" in chosen.values():
        return "abort"
    if len(chosen) == len(managers):
        return "commit"
    return None
