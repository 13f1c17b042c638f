"""Judges of small histories, written from the definitions alone: every order is tried. Nothing here is the library's,
not even what a register does. And how the tests draw histories.
"""

from dataclasses import replace
from itertools import chain, combinations

from hypothesis import HealthCheck, reject, settings
from hypothesis import strategies as st

from course_lib.consistency import History, Operation

REAL_TIME, EACH_PROCESS, NOTHING = "real time", "each process", "nothing"
"""What an order keeps to: linearizable, sequential, serializable."""


# What one copy returns, and its state after that. None is the result of what says nothing.


def register(state, one):
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


EMPTY = {register: None, key_value: frozenset(), queue: (), lock: None, transactions: frozenset()}


# Linearizable, sequential, serializable.


def precedence(operations, keeps):
    """Of each operation the places of those that must come before it. Nothing has to wait for an operation of unknown
    outcome. At one moment the operations of a process come as the history has them; those of several overlap."""

    def precedes(i, j):
        first, then = operations[i], operations[j]
        if first.end is None:
            return False
        mine = first.process == then.process and i < j and first.end <= then.start
        return (mine and keeps != NOTHING) or (keeps == REAL_TIME and first.end < then.start)

    places = range(len(operations))
    return [{i for i in places if precedes(i, j)} for j in places]


def exists(history, model, keeps):
    """Whether there is an order of all known operations, and of any of the others, that one copy would accept."""
    operations = list(history)
    before = precedence(operations, keeps)

    def goes_on(left, state):
        if all(operations[i].end is None for i in left):
            return True
        for i in left:
            result, after = model(state, operations[i])
            fits = operations[i].end is None or result == operations[i].result
            if fits and not before[i] & left and goes_on(left - {i}, after):
                return True
        return False

    return goes_on(frozenset(range(len(operations))), EMPTY[model])


def is_witness(order, history, model, keeps):
    """Whether an order is one of the history: all that is known, no operation twice, kept to, accepted."""
    operations, places = list(history), []
    for one in order:
        places.append(next(i for i, other in enumerate(operations) if other == one and i not in places))
    before = precedence(operations, keeps)
    if any(i not in places and one.end is not None for i, one in enumerate(operations)):
        return False
    if any(then in before[first] for first, then in combinations(places, 2)):
        return False
    state = EMPTY[model]
    for one in order:
        result, state = model(state, one)
        if one.end is not None and result != one.result:
            return False
    return True


# Causal, and the session guarantees. Each value is written once; None is the initial value.


def caused(operations):
    """Of each operation, those that are its causes: what its process had done before, what it read, and their
    causes."""
    before = precedence(operations, EACH_PROCESS)
    for j, read in enumerate(operations):
        for i, write in enumerate(operations):
            if (
                read.kind == "read"
                and write.kind == "write"
                and (read.key, read.result) == (write.key, write.value)
            ):
                before[j].add(i)
    changed = True
    while changed:
        changed = False
        for causes in before:
            more = set(chain.from_iterable(before[i] for i in causes)) - causes
            causes |= more
            changed |= bool(more)
    return before


def is_causal(history):
    """Whether some choice among the writes of unknown outcome gives each process its order of all writes and its own
    reads."""
    operations = [one for one in history if one.end is not None or one.kind == "write"]
    unknown = [one for one in operations if one.end is None]
    choices = chain.from_iterable(combinations(unknown, n) for n in range(len(unknown) + 1))
    return any(
        _each_sees([one for one in operations if one.end is not None or one in some]) for some in choices
    )


def _each_sees(operations):
    before = caused(operations)
    if any(i in causes for i, causes in enumerate(before)):
        return False
    return all(
        _sees(
            operations,
            before,
            frozenset(i for i, one in enumerate(operations) if one.kind == "write" or one.process == process),
            {},
        )
        for process in {one.process for one in operations}
    )


def _sees(operations, before, left, values):
    if not left:
        return True
    for i in left:
        one = operations[i]
        if before[i] & left or (one.kind == "read" and values.get(one.key) != one.result):
            continue
        after = {**values, one.key: one.value} if one.kind == "write" else values
        if _sees(operations, before, left - {i}, after):
            return True
    return False


def breaches(history):
    """The session guarantees that a history shows a breach of."""
    operations = [one for one in history if one.end is not None or one.kind == "write"]
    read_values = {(one.key, one.result) for one in operations if one.kind == "read"}
    operations = [one for one in operations if one.end is not None or (one.key, one.value) in read_values]
    before, mine = caused(operations), precedence(operations, EACH_PROCESS)
    reads = [i for i, one in enumerate(operations) if one.kind == "read"]
    writes = [i for i, one in enumerate(operations) if one.kind == "write"]

    def write_of(read):
        one = operations[read]
        return next(
            (w for w in writes if (operations[w].key, operations[w].value) == (one.key, one.result)), None
        )

    def older(read, than):
        """Whether a read returned the initial value, or what is a cause of the write `than`; all on one key."""
        if operations[read].key != operations[than].key:
            return False
        saw = write_of(read)
        return operations[read].result is None if saw is None else saw != than and saw in before[than]

    def later(one, read):
        """Whether the same process did `one` first, on the same key."""
        return one in mine[read] and operations[one].key == operations[read].key

    found = set()
    for read in reads:
        if any(w in mine[read] and older(read, w) for w in writes):
            found.add("read your writes")
        for first in reads:
            if later(first, read) and write_of(first) is not None and older(read, write_of(first)):
                found.add("monotonic reads")
            for oldest in reads:  # it saw a value, another, and the first again
                values = [operations[i].result for i in (oldest, first, read)]
                if later(oldest, first) and later(first, read) and values[0] == values[2] != values[1]:
                    found.add("monotonic reads")
        for seen in reads:
            second = write_of(seen)
            if seen not in mine[read] or second is None:
                continue
            if operations[second].process == operations[seen].process:
                continue
            for done in mine[second]:
                is_write = operations[done].kind == "write"
                first = done if is_write else write_of(done)
                if first is None or operations[first].key != operations[read].key:
                    continue
                newest = second if operations[second].key == operations[first].key else first
                if older(read, newest):
                    found.add("monotonic writes" if is_write else "writes follow reads")
    return found


# Histories at random: mostly of processes that call again at once, of operations that take no time, of times that tie.

SOME = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NOTHING_OR = st.sampled_from([None, 0, 1])
BIT = st.integers(0, 1)
READ = st.tuples(st.just("read"), st.none(), NOTHING_OR)
WRITE = st.tuples(st.just("write"), BIT, st.none())
CAS = st.tuples(st.just("cas"), st.tuples(NOTHING_OR, BIT), st.booleans())
ENQUEUE = st.tuples(st.just("enqueue"), BIT, st.none())
DEQUEUE = st.tuples(st.just("dequeue"), st.none(), NOTHING_OR)
LOCK = st.tuples(st.sampled_from(["acquire", "release"]), st.none(), st.booleans())
STEP = st.one_of(
    st.tuples(st.just("read"), st.sampled_from("xy")),
    st.tuples(st.just("write"), st.sampled_from("xy"), BIT),
)


@st.composite
def txn(draw):
    steps = draw(st.lists(STEP, min_size=1, max_size=3))
    return "txn", tuple(steps), tuple(draw(NOTHING_OR) for step in steps if step[0] == "read")


@st.composite
def histories(draw, call, keys=(None,), pause=0, most=6, unknown=True):
    """Up to `most` operations of three processes. `call` gives kind, value and result of one."""
    now = dict.fromkeys("abc", 0)
    operations = []
    for _ in range(draw(st.integers(1, most))):
        process, key = draw(st.sampled_from("abc")), draw(st.sampled_from(keys))
        kind, value, result = draw(call)
        start = now[process] + pause + draw(st.integers(0, 2))
        end = now[process] = start + draw(st.integers(0, 4))
        if unknown and draw(st.integers(0, 4)) == 4:
            result = end = None
        operations.append(Operation(process, kind, value, result, start, end, key))
    return _or_reject(operations)


@st.composite
def versioned(draw, keys=(None,), most=6):
    """Reads and writes; each value is written once to a key, and some values nobody wrote are read."""
    written = dict.fromkeys(keys, 0)
    drawn = list(draw(histories(READ | WRITE, keys, most=most)))
    operations = []
    for one in drawn:
        if one.kind == "write":
            written[one.key] += 1
            operations.append(replace(one, value=written[one.key]))
        else:
            seen = draw(st.integers(0, written[one.key] + 1)) or None
            operations.append(replace(one, result=seen if one.known else None))
    return _or_reject(operations)


def _or_reject(operations):
    try:
        return History(operations)
    except ValueError:  # one process did the same thing twice, at one moment and in no time
        reject()


def opened(one):
    """As it is seen before it returns."""
    return replace(one, result=None, end=None)


def prefix(history, time):
    """What had begun before a moment, and returned before it."""
    begun = [one for one in history if one.start < time]
    return History(one if one.end is not None and one.end < time else opened(one) for one in begun)
