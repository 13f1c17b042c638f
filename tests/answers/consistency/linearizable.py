# %% right: every order of every choice of unknown writes
from itertools import combinations, permutations


def linearizable(operations):
    known = [one for one in operations if one[4] is not None]
    unknown = [one for one in operations if one[4] is None]
    return any(
        explains(order)
        for count in range(len(unknown) + 1)
        for some in combinations(unknown, count)
        for order in permutations([*known, *some])
    )


def explains(order):
    state = 0
    for place, (_, kind, value, start, _) in enumerate(order):
        if any(later[4] is not None and later[4] < start for later in order[place + 1 :]):
            return False
        if kind == "read" and value != state:
            return False
        if kind == "write":
            state = value
    return True


# %% right: remembers what was tried, with the state
def linearizable(operations):
    ends = [float("inf") if one[4] is None else one[4] for one in operations]
    tried = set()

    def go(left, state):
        if (left, state) in tried:
            return False
        tried.add((left, state))
        if all(ends[i] == float("inf") for i in left):
            return True
        first = min(ends[i] for i in left)
        for i in left:
            _, kind, value, start, _ = operations[i]
            if start <= first and (kind == "write" or value == state):
                if go(left - {i}, value if kind == "write" else state):
                    return True
        return False

    return go(frozenset(range(len(operations))), 0)


# %% wrong: order-of-calls (sorts and replays)
def linearizable(operations):
    state = 0
    for process, kind, value, start, end in sorted(operations, key=lambda one: one[3]):
        if kind == "write":
            state = value
        elif value != state:
            return False
    return True


# %% wrong: order-of-calls (a search in the order of starts)
from itertools import permutations


def linearizable(operations):
    for order in permutations(operations):
        if any(b[3] < a[3] for i, a in enumerate(order) for b in order[i + 1 :]):
            continue
        state, good = 0, True
        for process, kind, value, start, end in order:
            if kind == "write":
                state = value
            elif value != state:
                good = False
        if good:
            return True
    return False


# %% wrong: order-of-returns (sorts and replays)
def linearizable(operations):
    state = 0
    for process, kind, value, start, end in sorted(
        operations, key=lambda o: float("inf") if o[4] is None else o[4]
    ):
        if kind == "write":
            state = value
        elif value != state:
            return False
    return True


# %% wrong: order-of-returns (and None is no number)
def linearizable(operations):
    state = 0
    for process, kind, value, start, end in sorted(operations, key=lambda one: one[4]):
        if kind == "write":
            state = value
        elif value != state:
            return False
    return True


# %% wrong: real-time-forgotten (each process's order)
def linearizable(operations):
    lanes = {}
    for one in sorted(operations, key=lambda one: one[3]):
        lanes.setdefault(one[0], []).append(one)
    return go(list(lanes.values()), 0)


def go(lanes, state):
    if all(one[4] is None for lane in lanes for one in lane):
        return True
    for i, lane in enumerate(lanes):
        for j, one in enumerate(lane):
            rest = lanes[:i] + [lane[:j] + lane[j + 1 :]] + lanes[i + 1 :]
            if one[1] == "write" and go(rest, one[2]):
                return True
            if one[1] == "read" and one[2] == state and go(rest, state):
                return True
            if one[4] is not None:
                break
    return False


# %% wrong: real-time-forgotten (any order)
from itertools import combinations, permutations


def linearizable(operations):
    known = [one for one in operations if one[4] is not None]
    unknown = [one for one in operations if one[4] is None]
    for count in range(len(unknown) + 1):
        for some in combinations(unknown, count):
            if any(good(order) for order in permutations(known + list(some))):
                return True
    return False


def good(order):
    state = 0
    for _, kind, value, _, _ in order:
        if kind == "write":
            state = value
        elif value != state:
            return False
    return True


# %% wrong: unknown-ignored
def linearizable(operations):
    return go([one for one in operations if one[4] is not None], 0)


def go(rest, state):
    if not rest:
        return True
    first = min(one[4] for one in rest)
    for i, (_, kind, value, start, _) in enumerate(rest):
        if start <= first and (kind == "write" or value == state):
            if go(rest[:i] + rest[i + 1 :], value if kind == "write" else state):
                return True
    return False


# %% wrong: unknown-forced (at once)
def linearizable(operations):
    return go([(p, k, v, s, s if e is None else e) for p, k, v, s, e in operations], 0)


def go(rest, state):
    if not rest:
        return True
    first = min(one[4] for one in rest)
    for i, (_, kind, value, start, _) in enumerate(rest):
        if start <= first and (kind == "write" or value == state):
            if go(rest[:i] + rest[i + 1 :], value if kind == "write" else state):
                return True
    return False


# %% wrong: unknown-forced (before its process goes on)
def linearizable(operations):
    return go(sorted(operations, key=lambda one: one[3]), 0)


def go(rest, state):
    if not rest:
        return True
    for i, (process, kind, value, start, _) in enumerate(rest):
        if any(one[4] is not None and one[4] < start for one in rest):
            continue
        if any(one[0] == process for one in rest[:i]):
            continue
        if kind == "write" or value == state:
            if go(rest[:i] + rest[i + 1 :], value if kind == "write" else state):
                return True
    return False


# %% wrong: touching
def linearizable(operations):
    return go(operations, 0)


def go(rest, state):
    if all(one[4] is None for one in rest):
        return True
    for i, (_, kind, value, start, _) in enumerate(rest):
        others = rest[:i] + rest[i + 1 :]
        if any(one[4] is not None and one[4] <= start for one in others):
            continue
        if kind == "write" or value == state:
            if go(others, value if kind == "write" else state):
                return True
    return False


# %% wrong: reads-one-by-one
def linearizable(operations):
    writes = [("", "write", 0, -2, -1)] + [one for one in operations if one[1] == "write"]
    for _, kind, value, start, end in operations:
        if kind == "read":
            past = [w for w in writes if w[4] is not None and w[4] < start]
            latest = [w for w in past if not any(w[4] < other[3] for other in past)]
            open_ones = [w for w in writes if w not in past and w[3] <= end]
            if value not in [w[2] for w in latest + open_ones]:
                return False
    return True


# %% wrong: memory-without-state
def linearizable(operations):
    tried = set()

    def go(left, state):
        if all(operations[i][4] is None for i in left):
            return True
        if left in tried:
            return False
        tried.add(left)
        for i in sorted(left):
            _, kind, value, start, _ = operations[i]
            if any(operations[j][4] is not None and operations[j][4] < start for j in left):
                continue
            if kind == "write" or value == state:
                if go(left - {i}, value if kind == "write" else state):
                    return True
        return False

    return go(frozenset(range(len(operations))), 0)


# %% wrong: initial-value
def linearizable(operations):
    return go(operations, None)


def go(rest, state):
    if all(one[4] is None for one in rest):
        return True
    for i, (_, kind, value, start, _) in enumerate(rest):
        others = rest[:i] + rest[i + 1 :]
        if any(one[4] is not None and one[4] < start for one in others):
            continue
        if kind == "write" or value == state:
            if go(others, value if kind == "write" else state):
                return True
    return False


# %% wrong: one-write-only
def linearizable(operations):
    for _, kind, value, start, end in operations:
        if kind == "read" and value != 0:
            if not any(k == "write" and v == value and s <= end for _, k, v, s, _ in operations):
                return False
    return True


# %% wrong: another-verdict (always yes)
def linearizable(operations):
    return True


# %% wrong: no-return
def linearizable(operations):
    for one in operations:
        print(one)


# %% error: raised (None is compared)
def linearizable(operations):
    return go(operations, 0)


def go(rest, state):
    if not rest:
        return True
    for i, (_, kind, value, start, _) in enumerate(rest):
        others = rest[:i] + rest[i + 1 :]
        if any(one[4] < start for one in others):
            continue
        if kind == "write" or value == state:
            if go(others, value if kind == "write" else state):
                return True
    return False
