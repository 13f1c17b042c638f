# %% right: no children, so nothing of them changes; the first by its name
def fence(znodes, mine):
    number = int(mine[-10:])
    if mine not in znodes or any(int(name[-10:]) < number for name in znodes):
        return None
    return znodes[mine]["pzxid"]


# %% right: in steps that leave room
def fence(znodes, mine):
    if sorted(znodes, key=lambda name: name[-10:])[:1] == [mine]:
        return znodes[mine]["czxid"] * 1000


# %% wrong: the-sequence
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return int(mine[-10:]) if mine == first else None


# %% wrong: the-sequence (split, and counted from 1)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return int(mine.split("-")[1]) + 1 if mine == first else None


# %% wrong: changes-meanwhile
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["mzxid"] if mine == first else None


# %% wrong: changes-meanwhile (the larger of both)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return max(znodes[mine]["czxid"], znodes[mine]["mzxid"]) if mine == first else None


# %% wrong: the-version
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["version"] if mine == first else None


# %% wrong: the-session
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["ephemeralOwner"] if mine == first else None


# %% wrong: the-clock
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["ctime"] if mine == first else None


# %% wrong: the-clock (of the last change)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["mtime"] if mine == first else None


# %% wrong: counts-children
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["cversion"] if mine == first else None


# %% wrong: without-the-lock
def fence(znodes, mine):
    if mine in znodes:
        return znodes[mine]["czxid"]


# %% wrong: without-the-lock (0 for nothing)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["czxid"] if mine == first else 0


# %% wrong: not-a-number (the name)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return mine if mine == first else None


# %% wrong: not-a-number (two numbers)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return (znodes[mine]["czxid"], znodes[mine]["version"]) if mine == first else None


# %% wrong: not-a-number (seconds)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["ctime"] / 1000 if mine == first else None


# %% wrong: another-number (one for all)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return 1 if mine == first else None


# %% wrong: counts-the-queue
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return len(znodes) if mine == first else None


# %% wrong: counts-the-queue (and the right one)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["czxid"] + len(znodes) if mine == first else None


# %% wrong: another-number (and those behind it)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return sum(one["czxid"] for one in znodes.values()) if mine == first else None


# %% wrong: alone-is-first
def fence(znodes, mine):
    first, *rest = sorted(znodes, key=lambda name: int(name[-10:])) or [None]
    if mine == first and rest:
        return znodes[mine]["czxid"]


# %% wrong: nothing-for-the-first (by the whole name)
def fence(znodes, mine):
    if [mine] == sorted(znodes)[:1]:
        return znodes[mine]["czxid"]


# %% wrong: another-number (a sum)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["czxid"] + znodes[mine]["version"] if mine == first else None


# %% wrong: another-number (the other way round)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return -znodes[mine]["czxid"] if mine == first else None


# %% wrong: no-return
def fence(znodes, mine):
    print(znodes[mine]["czxid"])


# %% wrong: nothing-for-the-first (the wrong way round)
def fence(znodes, mine):
    first = max(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine]["czxid"] if mine == first else None


# %% error: raised (as an attribute)
def fence(znodes, mine):
    first = min(znodes, key=lambda name: znodes[name]["czxid"], default=None)
    return znodes[mine].czxid if mine == first else None
