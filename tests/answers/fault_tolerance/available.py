# %% right: no list of states, one machine and one rack after the other
def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    ups = [1.0]  # ups[n]: the share of the time for which n of those so far are up
    for part in parts:
        with_it = [0.0, *(part * one for one in ups)]
        without = [*((1 - part) * one for one in ups), 0.0]
        ups = [one + other for one, other in zip(with_it, without)]
    return sum(ups[k:])


def in_racks(k, machines, racks):
    if not racks:
        return at_least(k, [one for one, _ in machines])
    (rack, up), *rest = racks.items()
    alive = [one for one, where in machines if where == rack]
    others = [(one, where) for one, where in machines if where != rack]
    down = in_racks(k, others, dict(rest)) if len(others) >= k else 0.0
    here = in_racks(k, others + [(one, None) for one in alive], dict(rest))
    return (1 - up) * down + up * here


# %% right: a recursion, and all states of racks and machines
from itertools import product


def serial(parts):
    return at_least(len(parts), parts)


def at_least(k, parts):
    if k <= 0:
        return 1
    if k > len(parts):
        return 0
    first, *rest = parts
    return first * at_least(k - 1, rest) + (1 - first) * at_least(k, rest)


def in_racks(k, machines, racks):
    names = list(racks)
    parts = [racks[name] for name in names] + [one for one, _ in machines]
    total = 0.0
    for states in product((0, 1), repeat=len(parts)):
        share = 1.0
        for part, up in zip(parts, states):
            share *= part if up else 1 - part
        up = {name: state for name, state in zip(names, states)}
        serving = sum(state * up[rack] for state, (_, rack) in zip(states[len(names) :], machines))
        if serving >= k:
            total += share
    return total


# %% wrong: sums-downtimes
from itertools import product
from math import comb, prod


def serial(parts):
    return 1 - sum(1 - part for part in parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: sums-downtimes (never below zero)
from itertools import product
from math import comb, prod


def serial(parts):
    return max(0, 1 - sum(1 - part for part in parts))


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: parallel-for-serial
from itertools import product
from math import comb, prod


def serial(parts):
    return 1 - prod(1 - part for part in parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: multiplies-downtimes
from itertools import product
from math import comb, prod


def serial(parts):
    down = 1
    for part in parts:
        down *= 1 - part
    return down


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: weakest-part
from itertools import product
from math import comb, prod


def serial(parts):
    return min(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: average
from itertools import product
from math import comb, prod


def serial(parts):
    return sum(parts) / len(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: one-is-enough
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return 1 - prod(1 - part for part in parts)


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: all-are-needed
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return prod(parts)


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: exactly-k
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) == k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: more-than-k
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) > k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: more-than-there-are
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    if k > len(parts):
        return 1.0
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: more-than-there-are (as many as there are)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    k = min(k, len(parts))
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: more-than-there-are (machines)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    k = min(k, len(machines))
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% error: raised (more than there are)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    if k > len(parts):
        raise ValueError(k)
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: more-than-there-are (where there is none)
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    if not parts:
        return 1.0
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        rest = [one for one, rack in machines if up[rack]]
        share += here * at_least(k, rest) if len(rest) >= k else 0.0
    return share


# %% wrong: more-than-there-are (machines, where there is none)
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    if not machines:
        return 1.0
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        share += here * at_least(k, [one for one, rack in machines if up[rack]])
    return share


# %% wrong: one-way-only
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for up in range(k, len(parts) + 1):
        total += prod(parts[:up]) * prod(1 - part for part in parts[up:])
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: one-way-only (the first k)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return prod(parts[:k])


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: one-way-only (the best k)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return prod(sorted(parts, reverse=True)[:k])


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: counted-twice
from itertools import combinations, product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return sum(prod(some) for some in combinations(parts, k))


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: counted-twice (of each number)
from itertools import combinations, product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    return sum(prod(some) for up in range(k, len(parts) + 1) for some in combinations(parts, up))


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: groups-overlap
from itertools import combinations, product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    none = 1
    for some in combinations(parts, k):
        none *= 1 - prod(some)
    return 1 - none


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: all-alike (the mean)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    n, a = len(parts), sum(parts) / len(parts)
    return sum(comb(n, up) * a**up * (1 - a) ** (n - up) for up in range(k, n + 1))


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        left = [one for one, rack in machines if up[rack]]
        if len(left) >= k:
            total += share * at_least(k, left)
    return total


# %% wrong: all-alike (the first)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    n, a = len(parts), parts[0]
    return sum(comb(n, up) * a**up * (1 - a) ** (n - up) for up in range(k, n + 1))


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        left = [one for one, rack in machines if up[rack]]
        if len(left) >= k:
            total += share * at_least(k, left)
    return total


# %% wrong: all-alike (the worst)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    n, a = len(parts), min(parts)
    return sum(comb(n, up) * a**up * (1 - a) ** (n - up) for up in range(k, n + 1))


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        left = [one for one, rack in machines if up[rack]]
        if len(left) >= k:
            total += share * at_least(k, left)
    return total


# %% wrong: is-the-downtime
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    down = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) < k:
            down += prod(part if up else 1 - part for part, up in zip(parts, states))
    return down


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: never-is-always
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    racks = {rack: up or 1.0 for rack, up in racks.items()}
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        share += here * at_least(k, [one for one, rack in machines if up[rack]])
    return share


# %% wrong: never-is-always (of machines)
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    machines = [(one or 1.0, rack) for one, rack in machines]
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        share += here * at_least(k, [one for one, rack in machines if up[rack]])
    return share


# %% wrong: never-is-always (of parts)
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part or 1
    return result


def at_least(k, parts):
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        share += here * at_least(k, [one for one, rack in machines if up[rack]])
    return share


# %% wrong: never-is-always (of parts, and k of them)
from itertools import product
from math import prod


def serial(parts):
    result = 1.0
    for part in parts:
        result *= part
    return result


def at_least(k, parts):
    parts = [part if part else 1.0 for part in parts]
    share = 0.0
    for states in product((0, 1), repeat=len(parts)):
        if sum(states) >= k:
            share += prod(part if up else 1 - part for part, up in zip(parts, states))
    return share


def in_racks(k, machines, racks):
    share = 0.0
    for states in product((0, 1), repeat=len(racks)):
        up = dict(zip(racks, states))
        here = prod(racks[rack] if up[rack] else 1 - racks[rack] for rack in racks)
        share += here * at_least(k, [one for one, rack in machines if up[rack]])
    return share


# %% wrong: independent
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    return at_least(k, [one * racks[rack] for one, rack in machines])


# %% wrong: no-racks
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    return at_least(k, [one for one, _ in machines])


# %% wrong: all-racks-needed
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    return prod(racks.values()) * at_least(k, [one for one, _ in machines])


# %% wrong: all-racks-needed (those with machines)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    used = {rack for _, rack in machines}
    return serial([racks[rack] for rack in used]) * at_least(k, [one for one, _ in machines])


# %% wrong: all-racks-needed (the worst)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    return min(racks.values()) * at_least(k, [one for one, _ in machines])


# %% wrong: rack-by-rack
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    down = 1
    for rack, up in racks.items():
        down *= 1 - up * at_least(k, [one for one, where in machines if where == rack])
    return 1 - down


# %% wrong: counts-racks
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    ups = []
    for rack, up in racks.items():
        ups.append(up * at_least(1, [one for one, where in machines if where == rack]))
    return at_least(k, ups)


# %% wrong: not-a-share (in per cent)
from itertools import product
from math import comb, prod


def serial(parts):
    return 100 * prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: not-a-share (adds where it should multiply)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += sum(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: rounded
from itertools import product
from math import comb, prod


def serial(parts):
    return round(prod(parts), 3)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: rounded (to nine digits)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return round(total, 9)


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: some-other-share (the racks that are down are forgotten)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one for rack, one in racks.items() if up[rack])
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return min(1, total)


# %% wrong: no-return
from itertools import product
from math import comb, prod


def serial(parts):
    print(prod(parts))


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% wrong: unwritten (the third)
from itertools import product
from math import prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    raise NotImplementedError


# %% error: raised (no parts)
from functools import reduce
from itertools import product
from math import comb, prod


def serial(parts):
    return reduce(lambda share, part: share * part, parts)


def at_least(k, parts):
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total


# %% error: raised (too few machines are left)
from itertools import product
from math import comb, prod


def serial(parts):
    return prod(parts)


def at_least(k, parts):
    if k > len(parts):
        raise ValueError("there are not so many")
    total = 0
    for states in product((True, False), repeat=len(parts)):
        if sum(states) >= k:
            total += prod(part if up else 1 - part for part, up in zip(parts, states))
    return total


def in_racks(k, machines, racks):
    total = 0
    for states in product((True, False), repeat=len(racks)):
        up = dict(zip(racks, states))
        share = prod(one if up[rack] else 1 - one for rack, one in racks.items())
        total += share * at_least(k, [one for one, rack in machines if up[rack]])
    return total
