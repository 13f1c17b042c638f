# %% right: with the rest in functions of its own
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    before = yield from one_before(path, mine)
    while before is not None:
        is_there = yield ("exists", f"{path}/{before}", "watch")
        if is_there and not (yield ("wait", patience)):
            yield from release(path, mine)
            return None
        before = yield from one_before(path, mine)
    return mine


def one_before(path, mine):
    names = yield ("children", path)
    before = [name for name in names if int(name[-10:]) < int(mine[-10:])]
    return max(before, key=lambda name: int(name[-10:]), default=None)


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% right: looks once more before it gives up
from course_lib.checks.zookeeper_lock.requests import NoNode


def acquire(path, me, patience):
    name = yield ("create", path + "/" + me + "-")
    late = False
    while True:
        names = yield ("children", path)
        number = {one: int(one.split("-")[-1]) for one in names}
        ahead = sorted((one for one in names if number[one] < number[name]), key=number.get)
        if not ahead:
            return name
        if late:
            yield ("delete", path + "/" + name)
            return None
        if (yield ("exists", path + "/" + ahead[-1], "watch")):
            late = not (yield ("wait", patience))


def release(path, mine):
    try:
        yield ("delete", path + "/" + mine)
    except NoNode:
        pass


# %% right: a znode without a name of one's own
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/lock-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% right: one list, and then one after the other of those before it; leaves in a `finally`
def acquire(path, me, patience):
    mine, got = (yield ("create", f"{path}/{me}-")), None
    try:
        names = yield ("children", path)
        before = sorted((name for name in names if name[-10:] < mine[-10:]), key=lambda name: name[-10:])
        while before:
            if not (yield ("exists", f"{path}/{before[-1]}", "watch")):
                before.pop()
            elif not (yield ("wait", patience)):
                return None
        got = mine
    finally:
        if got is None:
            yield ("delete", f"{path}/{mine}")
    return got


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% right: looks whether there is something to release
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if not (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            continue
        if not (yield ("wait", patience)):
            yield from release(path, mine)
            return None


def release(path, mine):
    if (yield ("exists", f"{path}/{mine}")):
        yield ("delete", f"{path}/{mine}")


# %% wrong: not-by-number (by the name)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)))
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: not-by-number (as they come)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = yield ("children", path)
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: never-looks
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    return mine
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: not-first (the second may come in too)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place <= 1:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: not-first (it looked, and forgot)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("children", path)):
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: gone-is-not-mine (woken)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None
            return mine


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: gone-is-not-mine (woken, or gone already)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
    place = queue.index(mine)
    if place > 0 and (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
        if not (yield ("wait", patience)):
            yield ("delete", f"{path}/{mine}")
            return None
    return mine


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: gone-is-not-mine (gone already)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None
        else:
            return mine


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: herd
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[0]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: watches-the-folder
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path, "watch")), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if True:
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: waits-for-nobody
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")) or True:
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: waits-for-nobody (the watch, and a wait whatever it says)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        yield ("exists", f"{path}/{queue[place - 1]}", "watch")
        if not (yield ("wait", patience)):
            yield ("delete", f"{path}/{mine}")
            return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: no-watch
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: watches-once
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    yield ("children", path, "watch")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if True:
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: watches-itself
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{mine}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: watches-another (the one behind)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place + 1 if place + 1 < len(queue) else place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: watches-another (the last but one)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[-2]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: leaves-a-ghost
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: keeps-it
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("exists", f"{path}/{mine}")


# %% wrong: deletes-anothers (the latest)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    names = yield ("children", path)
    yield ("delete", f"{path}/{max(names)}")


# %% wrong: deletes-anothers (the first, when it gives up)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{queue[0]}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: deletes-anothers (the first, when it releases)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        before = f"{path}/{queue[place - 1]}"
        if (yield ("exists", before, "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
    yield ("delete", f"{path}/{queue[0]}")


# %% wrong: queues-twice
def acquire(path, me, patience):
    while True:
        mine = yield ("create", f"{path}/{me}-")
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: waits-again
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            yield ("wait", patience)
            if False:
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: waits-again (until it is there)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            while not (yield ("wait", patience)):
                pass


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: another-patience (without end)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            yield ("wait",)


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: another-patience (a second)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", 1)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: waits-for-nobody (looks first, and then leaves the watch)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}")):
            yield ("exists", f"{path}/{queue[place - 1]}", "watch")
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: gives-up
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        return None
        if False:
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: asks-on
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if False:
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: no-return
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: another-name (nothing, for who is first)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place > 0:
            before = f"{path}/{queue[place - 1]}"
            if (yield ("exists", before, "watch")):
                if not (yield ("wait", patience)):
                    yield ("delete", f"{path}/{mine}")
                    return None
                return mine
        return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: another-name (True)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return True
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: another-name (the path)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return f"{path}/{mine}"
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: lets-no-node-out (deletes the folder)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", path)
                return None


def release(path, mine):
    yield ("delete", path)


# %% wrong: lets-no-node-out (always one folder)
def acquire(path, me, patience):
    path = "/lock"
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: not-a-request (a name for a path)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", queue[place - 1], "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% wrong: not-a-request (no brackets)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = yield sorted(["children", path], key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% error: raised (no digits at the end)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: int(name))
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine):
    yield ("delete", f"{path}/{mine}")


# %% error: raised (release is missing)
def acquire(path, me, patience):
    mine = yield ("create", f"{path}/{me}-")
    while True:
        queue = sorted((yield ("children", path)), key=lambda name: name[-10:])
        place = queue.index(mine)
        if place == 0:
            return mine
        if (yield ("exists", f"{path}/{queue[place - 1]}", "watch")):
            if not (yield ("wait", patience)):
                yield ("delete", f"{path}/{mine}")
                return None


def release(path, mine): ...
