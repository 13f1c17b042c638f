# %% right: creates first, looks after a loss, and waits a moment
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            mine = yield from find(path, me)
            if mine:
                return mine


def find(path, me):
    while True:
        try:
            names = yield ("children", path)
        except ConnectionLoss:
            yield ("wait", 0.5)
            continue
        for name in names:
            who, _, number = name.rpartition("-")
            if who == me:
                return name
        return None


# %% right: requests as lists, and ten digits by a pattern
import re

from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    mine = None
    while mine is None:
        try:
            names = yield ["children", path]
            mine = next((name for name in names if re.fullmatch(me + r"-\d{10}", name)), None)
            if mine is None:
                mine = yield ["create", path + "/" + me + "-"]
        except ConnectionLoss:
            continue
    return mine


# %% right: waits twice as long after each loss
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    pause = 1
    while True:
        try:
            names = yield ("children", path)
            mine = [name for name in names if name[:-11] == me]
            return mine[0] if mine else (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            yield ("wait", pause)
            pause *= 2


# %% wrong: creates-again
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: creates-again (looks for a name without digits)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            if (yield ("exists", f"{path}/{me}-")):
                return me


# %% wrong: creates-again (does not look again when the look is lost)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            try:
                names = yield ("children", path)
            except ConnectionLoss:
                continue
            for name in names:
                if name.startswith(f"{me}-"):
                    return name


# %% wrong: lets-the-loss-out
def enter(path, me):
    return (yield ("create", f"{path}/{me}-"))


# %% wrong: lets-the-loss-out (careful once)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        names = yield ("children", path)
        mine = [n for n in names if n.startswith(me + "-")]
        if mine:
            return mine[0]
        return (yield ("create", f"{path}/{me}-"))


# %% wrong: assumes-it-was-made (looks on and on)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        while True:
            for name in (yield ("children", path)):
                if name.startswith(me + "-"):
                    return name


# %% wrong: assumes-it-was-made (guesses its name)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        names = yield ("children", path)
        return f"{me}-{len(names):010d}"


# %% wrong: assumes-it-was-made (looks on, with a wait between)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        pass
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
        except ConnectionLoss:
            pass
        yield ("wait", 1)


# %% wrong: takes-the-latest
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            names = yield ("children", path)
            if names:
                return max(names, key=lambda name: name[-10:])


# %% wrong: names-alike (begins with)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            while True:
                try:
                    names = yield ("children", path)
                    break
                except ConnectionLoss:
                    yield ("wait", 1)
            for name in names:
                if name.startswith(me):
                    return name


# %% wrong: names-alike (contains)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            while True:
                try:
                    names = yield ("children", path)
                    break
                except ConnectionLoss:
                    yield ("wait", 1)
            for name in names:
                if f"{me}-" in name:
                    return name


# %% wrong: deletes-a-strangers
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            names = yield ("children", path)
            if names:
                yield ("delete", path + "/" + max(names, key=lambda n: n[-10:]))


# %% wrong: loses-its-place
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            for name in (yield ("children", path)):
                if name.startswith(me + "-"):
                    yield ("delete", path + "/" + name)


# %% wrong: loses-its-place (after the second look)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name.startswith(me + "-"):
                    yield ("delete", f"{path}/{name}")
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: gives-up
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        return None


# %% wrong: gives-up (after three tries)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    for _ in range(2):
        try:
            for name in (yield ("children", path)):
                if name.startswith(me + "-"):
                    return name
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: gives-up (after four tries)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    for _ in range(4):
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: gives-up (after nine tries)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    for attempt in range(9):
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            yield ("wait", attempt)
    return None


# %% wrong: no-return
def enter(path, me):
    print((yield ("create", f"{path}/{me}-")))


# %% wrong: another-name (the path)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return f"{path}/{name}"
            return path + "/" + (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: another-name (whether it worked)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return True
            yield ("create", f"{path}/{me}-")
            return True
        except ConnectionLoss:
            pass


# %% wrong: another-name (me)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return me
            yield ("create", f"{path}/{me}-")
            return me
        except ConnectionLoss:
            pass


# %% wrong: another-name (a list)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            names = yield ("children", path)
            mine = [name for name in names if name[:-10] == f"{me}-"]
            if mine:
                return mine
            yield ("create", f"{path}/{me}-")
        except ConnectionLoss:
            pass


# %% wrong: another-name (nothing, where it was made)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
            yield ("create", f"{path}/{me}-")
            return None
        except ConnectionLoss:
            pass


# %% wrong: waits-for-ever (a second, and a second, and a second)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        while not (yield ("wait", 1)):
            pass


# %% wrong: waits-for-ever (longer than anybody does)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            yield ("wait", 86_400)
            if [name for name in (yield ("children", path)) if name[:-10] == f"{me}-"]:
                return me


# %% wrong: waits-for-ever
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            yield ("wait",)


# %% wrong: waits-for-ever (an event without a watch)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        yield ("exists", f"{path}/{me}-0000000000")
        yield ("wait", None)
        return me


# %% wrong: lets-no-node-out
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path + "/" + me)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: lets-no-node-out (creates in another folder)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: not-a-request (as kazoo has it)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("get_children", path)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"{path}/{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: not-a-request (a name for a path)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    while True:
        try:
            for name in (yield ("children", path)):
                if name[:-10] == f"{me}-":
                    return name
            return (yield ("create", f"{me}-"))
        except ConnectionLoss:
            pass


# %% wrong: not-a-request (no brackets)
def enter(path, me):
    name = yield "create", f"{path}/{me}-", "ephemeral"
    return name


# %% error: raised (takes for sure that it was made)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        return [n for n in (yield ("children", path)) if n.startswith(me + "-")][0]


# %% error: raised (the latest of nobody)
from course_lib.checks.zookeeper_lock.requests import ConnectionLoss


def enter(path, me):
    try:
        return (yield ("create", f"{path}/{me}-"))
    except ConnectionLoss:
        names = yield ("children", path)
        return max(names, key=lambda n: n[-10:])
