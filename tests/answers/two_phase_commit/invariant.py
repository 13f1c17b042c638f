# %% right: the states of each transaction
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% right: every pair of participants
def agree(nodes):
    for one in nodes:
        for other in nodes:
            for txn, state in nodes[one]["disk"].items():
                if state == "committed" and nodes[other]["disk"].get(txn) == "aborted":
                    return f"{one} has committed {txn}, and {other} has aborted it"
    return True


def stays(before, after):
    for name in before:
        decided = {txn: state for txn, state in before[name]["disk"].items() if state != "prepared"}
        if not decided.items() <= after[name]["disk"].items():
            return f"{name} has changed its mind"
    return True


# %% wrong: not-the-dead (in agree)
def agree(nodes):
    states = {}
    for node in nodes.values():
        if not node["up"]:
            continue
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-the-dead (in stays)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        if not after[name]["up"]:
            continue
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: only-at-the-end (when all have decided)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = [node["disk"].get(txn) for node in nodes.values()]
        if all(state in ("committed", "aborted") for state in states) and len(set(states)) > 1:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: only-at-the-end (when nobody is in doubt)
def agree(nodes):
    if any("prepared" in node["disk"].values() for node in nodes.values()):
        return True
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {node["disk"].get(txn) for node in nodes.values()}
        if "committed" in states and "aborted" in states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: doubt-is-no-dissent (all states equal)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        if len({node["disk"].get(txn) for node in nodes.values()}) > 1:
            return f"{txn} is not the same everywhere"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: doubt-is-no-dissent (all records equal)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {node["disk"][txn] for node in nodes.values() if txn in node["disk"]}
        if len(states) > 1:
            return f"{txn} is {' and '.join(states)}"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-all-pairs (p1 and p2)
def agree(nodes):
    one, other = nodes.get("p1"), nodes.get("p2")
    if one is None or other is None:
        return True
    for txn, state in one["disk"].items():
        if {state, other["disk"].get(txn)} == {"committed", "aborted"}:
            return f"p1 and p2 disagree about {txn}"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: all-in-one
def agree(nodes):
    states = [state for node in nodes.values() for state in node["disk"].values()]
    if "committed" in states and "aborted" in states:
        return "one has committed and one has aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: one-transaction
def agree(nodes):
    states = [node["disk"].get("t1") for node in nodes.values()]
    if "committed" in states and "aborted" in states:
        return "one has committed and one has aborted t1"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-all-pairs (p1 to p4)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {
            node["disk"].get(txn)
            for node in [nodes[name] for name in ("p1", "p2", "p3", "p4") if name in nodes]
        }
        if {"committed", "aborted"} <= states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-all-pairs (the first two, in stays)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {node["disk"].get(txn) for node in nodes.values()}
        if {"committed", "aborted"} <= states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in list(before.items())[:2]:
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-all-pairs (p1 and p2, in stays)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {node["disk"].get(txn) for node in nodes.values()}
        if {"committed", "aborted"} <= states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name in ("p1", "p2"):
        node = before.get(name, {"disk": {}})
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: one-transaction (t1 and t2)
def agree(nodes):
    for txn in ("t1", "t2"):
        states = {node["disk"].get(txn) for node in nodes.values()}
        if {"committed", "aborted"} <= states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: one-transaction (t1 and t2, in stays)
def agree(nodes):
    for txn in {txn for node in nodes.values() for txn in node["disk"]}:
        states = {node["disk"].get(txn) for node in nodes.values()}
        if {"committed", "aborted"} <= states:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn in ("t1", "t2"):
            state = node["disk"].get(txn)
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: never-broken
def agree(nodes):
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-a-verdict (False)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return False
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: not-a-verdict (nothing where it holds)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: no-return (of stays)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                print(f"{name} had {state} {txn}")


# %% wrong: doubt-may-end
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name in before:
        for txn in before[name]["disk"]:
            if after[name]["disk"].get(txn) != before[name]["disk"][txn]:
                return f"{name} has changed {txn}"
    return True


# %% wrong: one-of-the-two
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state == "committed" and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: gone-is-changed
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name in before:
        for txn, state in before[name]["disk"].items():
            if state != "prepared" and txn in after[name]["disk"] and after[name]["disk"][txn] != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: gone-is-changed (from one decision to the other)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name in before:
        for txn, state in before[name]["disk"].items():
            if {state, after[name]["disk"].get(txn)} == {"committed", "aborted"}:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: only-after
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    return agree(after)


# %% wrong: sees-too-much (who is down has lost something)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if not after[name]["up"] or state != "prepared" and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% wrong: sees-too-little (of the first that decided)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if len(states[txn]) > 1:
            return f"{txn} is {states[txn]}" if "prepared" not in states[txn] and txn != "t2" else True
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"].get(txn) != state:
                return f"{name} had {state} {txn}"
    return True


# %% error: raised (no record)
def agree(nodes):
    states = {}
    for node in nodes.values():
        for txn, state in node["disk"].items():
            states.setdefault(txn, set()).add(state)
    for txn in states:
        if {"committed", "aborted"} <= states[txn]:
            return f"{txn} is committed and aborted"
    return True


def stays(before, after):
    for name, node in before.items():
        for txn, state in node["disk"].items():
            if state in ("committed", "aborted") and after[name]["disk"][txn] != state:
                return f"{name} had {state} {txn}"
    return True
