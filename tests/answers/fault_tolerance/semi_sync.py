# %% right: counted entry by entry
def acknowledged(length, acks, backups, replies, waited):
    done = 0
    while done < length:
        holders = {name for name, word, number in replies if word == "on disk" and number > done}
        if len(holders & set(backups)) < acks:
            break
        done += 1
    return done


def promote(acks, backups, closed):
    may_lack = len(backups) - acks
    if len(closed) > may_lack:
        longest = max(closed.values())
        return next(name for name in backups if closed.get(name) == longest)


# %% right: with a sort
def acknowledged(length, acks, backups, replies, waited):
    best = []
    for backup in backups:
        best.append(max([n for name, word, n in replies if (name, word) == (backup, "on disk")], default=0))
    best.sort()
    return best[len(best) - acks]


def promote(acks, backups, closed):
    silent = len(backups) - len(closed)
    if silent >= acks:
        return None
    return sorted(closed, key=lambda name: (-closed[name], backups.index(name)))[0]


# %% wrong: receipt-counts
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: receipt-counts (received only)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "received" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: falls-back
def acknowledged(length, acks, backups, replies, waited):
    if waited > 10:
        return length  # as in MySQL
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: falls-back (after a second)
def acknowledged(length, acks, backups, replies, waited):
    if waited >= 1:
        return length
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: falls-back (after a day)
def acknowledged(length, acks, backups, replies, waited):
    if waited > 24 * 3600:
        return length
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: counts-twice
def acknowledged(length, acks, backups, replies, waited):
    on_disk = [number for name, word, number in replies if word == "on disk" and name in backups]
    for entries in range(length, 0, -1):
        if sum(number >= entries for number in on_disk) >= acks:
            return entries
    return 0


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: waits-for-all
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return min(have.values())


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: not-that-many (any)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return max(have.values())


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: not-that-many (with the primary)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted([length, *have.values()])[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: not-that-many (one more)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted([0, *have.values()])[-acks - 1]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: not-that-many (a majority)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted([length, *have.values()], reverse=True)[len(backups) // 2 + len(backups) % 2]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: last-reply
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = number
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: strangers-count
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk":
            have[name] = max(have.get(name, 0), number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: only-that-number
def acknowledged(length, acks, backups, replies, waited):
    for entries in range(length, 0, -1):
        names = {name for name, word, number in replies if (word, number) == ("on disk", entries)}
        if len(names & set(backups)) >= acks:
            return entries
    return 0


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: all-or-nothing
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return length if sorted(have.values())[-acks] == length else 0


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: not-a-number
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks] >= length


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: another-count (the longest but two)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return max(0, sorted(have.values())[-acks] - 2)


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: another-count (the only backup need not have it)
def acknowledged(length, acks, backups, replies, waited):
    if len(backups) == 1:
        return length
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return max([name for name in backups if name in closed], key=closed.get)


# %% wrong: promotes-any
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return [name for name in backups if name in closed][0]


# %% wrong: promotes-any (the first to answer)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    for name in closed:
        return name
    return None


# %% wrong: asks-too-few
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if not closed:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: asks-too-few (as many as acks)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < acks:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: asks-too-few (one too few)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if not closed or len(closed) < len(backups) - acks:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: majority
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) <= len(backups) / 2:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: promotes-the-unheard (the only one)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(backups) == 1:
        return backups[0]
    if len(closed) < len(backups) - acks + 1:
        return None
    return max([name for name in backups if name in closed], key=closed.get)


# %% wrong: promotes-the-unheard (where all have all of it)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if acks == len(backups) and not closed:
        return backups[0]
    if len(closed) < len(backups) - acks + 1:
        return None
    return max([name for name in backups if name in closed], key=closed.get)


# %% wrong: promotes-the-unheard (silence is an empty log)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return max(backups, key=lambda name: closed.get(name, 0))


# %% wrong: waits-for-all-backups
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups):
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best


# %% wrong: promotes-the-shortest
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] < closed[best]):
            best = name
    return best


# %% wrong: ties
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] >= closed[best]):
            best = name
    return best


# %% wrong: ties (in the order of the answers)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return max(closed, key=closed.get)


# %% wrong: not-a-name
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return max(closed.values())


# %% wrong: ties (by name, whatever the logs are)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    return max(closed)


# %% wrong: ties (the larger pair)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    length, name = max((length, name) for name, length in closed.items())
    return name


# %% wrong: promotes-any (the longest but one)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    in_order = sorted(closed, key=closed.get)
    return in_order[max(0, len(in_order) - 2)]


# %% wrong: another-choice (nobody where all logs are empty)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1 or not any(closed.values()):
        return None
    return max([name for name in backups if name in closed], key=closed.get)


# %% wrong: no-return (of the second)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk" and name in have:
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    print(closed)


# %% error: raised (a name that is not there)
def acknowledged(length, acks, backups, replies, waited):
    have = {name: 0 for name in backups}
    for name, word, number in replies:
        if word == "on disk":
            have[name] = max(have[name], number)
    return sorted(have.values())[-acks]


def promote(acks, backups, closed):
    if len(closed) < len(backups) - acks + 1:
        return None
    best = None
    for name in backups:
        if name in closed and (best is None or closed[name] > closed[best]):
            best = name
    return best
