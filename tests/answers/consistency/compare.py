# %% right: by two times all
def compare(one, other):
    nodes = sorted(set(one) | set(other))
    mine = [one.get(node, 0) for node in nodes]
    theirs = [other.get(node, 0) for node in nodes]
    if mine == theirs:
        return "equal"
    if all(a <= b for a, b in zip(mine, theirs)):
        return "before"
    if all(a >= b for a, b in zip(mine, theirs)):
        return "after"
    return "concurrent"


# %% right: with the library
from course_lib import clocks


def compare(one, other):
    return clocks.compare(clocks.VectorClock(one), clocks.VectorClock(other))


# %% wrong: lexicographic (lists in the order of names)
def compare(one, other):
    nodes = sorted({*one, *other})
    a, b = [one.get(n, 0) for n in nodes], [other.get(n, 0) for n in nodes]
    return "equal" if a == b else "before" if a < b else "after"


# %% wrong: lexicographic (the values as they are)
def compare(one, other):
    a, b = tuple(one.values()), tuple(other.values())
    return "before" if a < b else "after" if a > b else "equal"


# %% wrong: all-strictly
def compare(one, other):
    pairs = [(one.get(n, 0), other.get(n, 0)) for n in {*one, *other}]
    if all(a == b for a, b in pairs):
        return "equal"
    if all(a < b for a, b in pairs):
        return "before"
    if all(a > b for a, b in pairs):
        return "after"
    return "concurrent"


# %% wrong: one-is-enough
def compare(one, other):
    pairs = [(one.get(n, 0), other.get(n, 0)) for n in {*one, *other}]
    if any(a < b for a, b in pairs):
        return "before"
    if any(a > b for a, b in pairs):
        return "after"
    return "equal"


# %% wrong: missing-is-zero (an error)
def compare(one, other):
    nodes = {*one, *other}
    less = any(one[n] < other[n] for n in nodes)
    more = any(one[n] > other[n] for n in nodes)
    return "concurrent" if less and more else "before" if less else "after" if more else "equal"


# %% wrong: missing-is-zero (only common nodes)
def compare(one, other):
    nodes = one.keys() & other.keys()
    less = any(one[n] < other[n] for n in nodes)
    more = any(one[n] > other[n] for n in nodes)
    return "concurrent" if less and more else "before" if less else "after" if more else "equal"


# %% wrong: missing-is-zero (the first clock's nodes)
def compare(one, other):
    less = any(one[n] < other.get(n, 0) for n in one)
    more = any(one[n] > other.get(n, 0) for n in one)
    return "concurrent" if less and more else "before" if less else "after" if more else "equal"


# %% wrong: missing-is-zero (a named 0)
def compare(one, other):
    if one == other:
        return "equal"
    nodes = {*one, *other}
    if all(one.get(n, 0) <= other.get(n, 0) for n in nodes):
        return "before"
    if all(one.get(n, 0) >= other.get(n, 0) for n in nodes):
        return "after"
    return "concurrent"


# %% wrong: sums
def compare(one, other):
    a, b = sum(one.values()), sum(other.values())
    return "before" if a < b else "after" if a > b else "equal"


# %% wrong: sums (equal ones are concurrent)
def compare(one, other):
    a, b = sum(one.values()), sum(other.values())
    return "before" if a < b else "after" if a > b else "concurrent"


# %% wrong: equal-not-concurrent
def compare(one, other):
    nodes = {*one, *other}
    less = any(one.get(n, 0) < other.get(n, 0) for n in nodes)
    more = any(one.get(n, 0) > other.get(n, 0) for n in nodes)
    if less != more:
        return "before" if less else "after"
    return "concurrent"


# %% wrong: equal-not-before
def compare(one, other):
    nodes = {*one, *other}
    if all(one.get(n, 0) <= other.get(n, 0) for n in nodes):
        return "before"
    if all(one.get(n, 0) >= other.get(n, 0) for n in nodes):
        return "after"
    return "concurrent"


# %% wrong: turned-round
def compare(one, other):
    nodes = {*one, *other}
    less = any(one.get(n, 0) < other.get(n, 0) for n in nodes)
    more = any(one.get(n, 0) > other.get(n, 0) for n in nodes)
    return "concurrent" if less and more else "after" if less else "before" if more else "equal"


# %% wrong: another-word
def compare(one, other):
    nodes = {*one, *other}
    less = any(one.get(n, 0) < other.get(n, 0) for n in nodes)
    more = any(one.get(n, 0) > other.get(n, 0) for n in nodes)
    return "concurrent" if less and more else "<" if less else ">" if more else "="


# %% wrong: another-order (the largest counts)
def compare(one, other):
    a, b = max(one.values(), default=0), max(other.values(), default=0)
    return "before" if a < b else "after" if a > b else "equal"


# %% wrong: wrong-type (a number)
def compare(one, other):
    nodes = {*one, *other}
    return sum(one.get(n, 0) - other.get(n, 0) for n in nodes)
