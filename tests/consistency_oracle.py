"""Judges of small histories, written from the definitions alone: every order is tried. Nothing here is the library's,
not even what a register does.
"""

from itertools import combinations

LINEARIZABLE, SEQUENTIAL, SERIALIZABLE = "real time", "each process", "no order"


def register(state, one):
    """(result, state after it) of one value. None is the result of what says nothing."""
    if one.kind == "read":
        return state, state
    if one.kind == "write":
        return None, one.value
    expected, new = one.value
    return state == expected, new if state == expected else state


def key_value(state, one):
    """The state holds (key, value) pairs; a key that was never written holds None."""
    result, value = register(dict(state).get(one.key), one)
    return result, frozenset({**dict(state), one.key: value}.items())


def queue(state, one):
    if one.kind == "enqueue":
        return None, (*state, one.value)
    return (state[0], state[1:]) if state else (None, ())


def lock(holder, one):
    """The state is who holds it."""
    if one.kind == "acquire":
        return holder is None, one.process if holder is None else holder
    return holder == one.process, None if holder == one.process else holder


def transactions(state, one):
    values, seen = dict(state), []
    for step in one.value:
        if step[0] == "read":
            seen.append(values.get(step[1]))
        else:
            values[step[1]] = step[2]
    return tuple(seen), frozenset(values.items())


def must_precede(first, then, keeps):
    """Whether an order that keeps to real time, or to each process, has the one before the other."""
    if first.end is None:
        return False
    if keeps != SERIALIZABLE and first.process == then.process and first.end <= then.start:
        return first != then
    return keeps == LINEARIZABLE and first.end < then.start


def accepted(order, model, initial):
    """Whether a single copy returns all this, one operation after the other."""
    state = initial
    for one in order:
        result, state = model(state, one)
        if one.end is not None and result != one.result:
            return False
    return True


def keeps_to(order, keeps, history):
    """Whether no operation comes before one that must precede it. At one moment, a process' operations come in the
    order that the history has them in."""
    place = {one: number for number, one in enumerate(history)}
    return not any(
        must_precede(then, first, keeps) and place[then] < place[first] for first, then in combinations(order, 2)
    )


def exists(history, model, initial, keeps):
    """Whether some order of all known operations, and of any of the others, is accepted."""
    operations = list(history)
    before = [
        {i for i, other in enumerate(operations[:at]) if must_precede(other, one, keeps)}
        | {i for i, other in enumerate(operations) if i > at and other.start < one.start and must_precede(other, one, keeps)}
        for at, one in enumerate(operations)
    ]
    return _extends(operations, before, frozenset(range(len(operations))), model, initial)


def _extends(operations, before, left, model, state):
    if all(operations[i].end is None for i in left):
        return True
    for i in left:
        one = operations[i]
        if before[i] & left:
            continue
        result, after = model(state, one)
        if one.end is not None and result != one.result:
            continue
        if _extends(operations, before, left - {i}, model, after):
            return True
    # An operation of unknown outcome that is left out bars no other: it must precede nothing.
    return False
