# %% right: visited are not walked again
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% right: by networkx
import networkx as nx


def deadlock(waits):
    graph = nx.DiGraph(edge for edges in waits.values() for edge in edges)
    try:
        return [waiter for waiter, _ in nx.find_cycle(graph)]
    except nx.NetworkXNoCycle:
        return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% right: take away who waits for nobody
def deadlock(waits):
    edges = {edge for node in waits.values() for edge in node}
    while True:
        waiters = {waiter for waiter, _ in edges}
        rest = {edge for edge in edges if edge[1] in waiters}
        if rest == edges:
            break
        edges = rest
    if not edges:
        return []
    after = dict(sorted(edges))
    way = [min(after)]
    while after[way[-1]] not in way:
        way.append(after[way[-1]])
    return way[way.index(after[way[-1]]) :]


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% right: every way, as long as it leads nowhere twice
def deadlock(waits):
    edges = [edge for edges in waits.values() for edge in edges]

    def walk(way):
        for waiter, holder in edges:
            if waiter == way[-1]:
                if holder in way:
                    return way[way.index(holder) :]
                if cycle := walk([*way, holder]):
                    return cycle
        return None

    for waiter, _ in edges:
        if cycle := walk([waiter]):
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: each-node-alone
def of_one(edges):
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def deadlock(waits):
    for edges in waits.values():
        if cycle := of_one(edges):
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: diamond
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, []).append(holder)
    for start in waiting:
        seen, stack, way = set(), [start], []
        while stack:
            txn = stack.pop()
            if txn in seen:
                return way[way.index(txn) :]
            seen.add(txn)
            way.append(txn)
            stack += waiting.get(txn, [])
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: only-pairs
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    for waiter, holder in edges:
        if (holder, waiter) in edges:
            return [waiter, holder]
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: backwards
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :][::-1]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: first-twice
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :] + [txn]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: bystanders (the way into it)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: bystanders (all who wait)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return sorted(waiting)
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: one-start
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    return visit(edges[0][0], []) if edges else None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: one-start (back to the first alone)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    if not edges:
        return None
    start = edges[0][0]
    ways = [[start]]
    while ways:
        way = ways.pop()
        for waiter, holder in edges:
            if waiter == way[-1]:
                if holder == start:
                    return way
                if holder not in way:
                    ways.append(way + [holder])
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: one-holder
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting[waiter] = {holder}
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: not-a-list (yes or no)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return True
    return False


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: not-a-list (a set)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return set(cycle)
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: no-such-cycle (sorted)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return [txn for txn in sorted(waiting) if txn not in cycle] or cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: cycle-missed (of four or more)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle and len(cycle) < 4:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: cycle-missed (of seven or more)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle and len(cycle) < 7:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: no-return
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            print(cycle)


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: never-ends (follows the edges for ever)
def deadlock(waits):
    after = {waiter: holder for edges in waits.values() for waiter, holder in edges}
    for start in after:
        way = [start]
        while way[-1] in after and after[way[-1]] != start:
            way.append(after[way[-1]])
            del way[:-50]
        if way[-1] in after:
            return way
    return None


def wound_wait(asker, holder, tries):
    return "wound" if min(tries[asker]) < min(tries[holder]) else "wait"


# %% wrong: young-wounds-old
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wait" if min(tries[asker]) < min(tries[holder]) else "wound"


# %% wrong: young-wounds-old (and a new age)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if tries[asker][-1] > tries[holder][-1] else "wait"


# %% wrong: new-age
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if tries[asker][-1] < tries[holder][-1] else "wait"


# %% wrong: not-by-age (who has been aborted more often)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if len(tries[asker]) > len(tries[holder]) else "wait"


# %% wrong: not-by-age (by name)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if asker < holder else "wait"


# %% wrong: not-by-age (nobody is ever aborted)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wait"


# %% wrong: not-a-word (the asker is aborted)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return "wound" if tries[asker][0] < tries[holder][0] else "die"


# %% wrong: not-a-word (yes or no)
def deadlock(waits):
    edges = [edge for node in waits for edge in waits[node]]
    waiting = {}
    for waiter, holder in edges:
        waiting.setdefault(waiter, set()).add(holder)
    done = set()

    def visit(txn, way):
        if txn in way:
            return way[way.index(txn) :]
        if txn in done:
            return None
        for holder in sorted(waiting.get(txn, ())):
            cycle = visit(holder, way + [txn])
            if cycle:
                return cycle
        done.add(txn)
        return None

    for txn in sorted(waiting):
        cycle = visit(txn, [])
        if cycle:
            return cycle
    return None


def wound_wait(asker, holder, tries):
    return tries[asker][0] < tries[holder][0]
