# %% right: the largest of the smaller ones, in one walk
def predecessor(children, mine):
    if mine not in children:
        raise ValueError(f"{mine} is gone")
    best = None
    for name in children:
        if name[-10:] < mine[-10:] and (best is None or name[-10:] > best[-10:]):
            best = name
    return best


# %% right: split at the underscores, with an error of its own
class Gone(ValueError):
    pass


def predecessor(children, mine):
    numbered = {int(name.split("_")[-1]): name for name in children}
    own = int(mine.split("_")[-1])
    if numbered.get(own) != mine:
        raise Gone(mine)
    before = [number for number in numbered if number < own]
    return numbered[max(before)] if before else None


# %% wrong: sorts-by-name
def predecessor(children, mine):
    queue = sorted(children)
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else None


# %% wrong: as-they-come
def predecessor(children, mine):
    queue = list(children)
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else None


# %% wrong: the-first (a herd)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[0] if place > 0 else None


# %% wrong: the-first (the smallest, and None for itself)
def predecessor(children, mine):
    if mine not in children:
        raise ValueError
    first = min(children, key=lambda name: name[-10:])
    return None if first == mine else first


# %% wrong: the-one-after
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place + 1] if place > 0 else None


# %% wrong: the-one-after (sorted the other way round)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]), reverse=True)
    place = queue.index(mine)
    if place == len(queue) - 1:
        return None
    return queue[place - 1] if place > 0 else None


# %% wrong: oneself
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place] if place > 0 else None


# %% wrong: the-last
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[-1] if place > 0 else None


# %% wrong: round-the-corner
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    return queue[queue.index(mine) - 1]


# %% wrong: one-less
def predecessor(children, mine):
    if mine not in children:
        raise ValueError(mine)
    for name in children:
        if int(name[-10:]) == int(mine[-10:]) - 1:
            return name
    return None


# %% wrong: one-too-far
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[max(place - 2, 0)] if place > 0 else None


# %% wrong: one-too-far (may be behind the corner)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 2] if place > 0 else None


# %% wrong: gone-means-first
def predecessor(children, mine):
    before = [name for name in children if int(name[-10:]) < int(mine[-10:])]
    return max(before, key=lambda name: int(name[-10:]), default=None)


# %% wrong: gone-means-first (no list, no predecessor)
def predecessor(children, mine):
    if mine not in children:
        return None
    before = [name for name in children if int(name[-10:]) < int(mine[-10:])]
    return max(before, key=lambda name: int(name[-10:]), default=None)


# %% wrong: says-nobody (one place too late)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 1] if place > 1 else None


# %% wrong: says-nobody (the list sorts itself, and gives None)
def predecessor(children, mine):
    if mine not in children:
        raise ValueError(mine)
    return children.sort(key=lambda name: name[-10:])


# %% wrong: not-none (an empty text)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else ""


# %% wrong: not-none (False)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else False


# %% wrong: not-none (its own name)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else mine


# %% wrong: not-none (the number)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return int(queue[place - 1][-10:]) if place > 0 else None


# %% wrong: not-none (each waits for itself)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    return queue[queue.index(mine)]


# %% wrong: no-return
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    print(queue[place - 1] if place > 0 else None)


# %% wrong: another-one (the middle of the queue)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place // 2] if place > 0 else None


# %% wrong: gone-means-first (two mistakes)
def predecessor(children, mine):
    if len(children) < 2 or mine not in children:
        return None
    queue = sorted(children, key=lambda name: int(name[-10:]))
    place = queue.index(mine)
    return queue[place - 1] if place else None


# %% error: raised (text and number)
def predecessor(children, mine):
    queue = sorted(children, key=lambda name: int(name))
    place = queue.index(mine)
    return queue[place - 1] if place > 0 else None
