# %% right: by cases
def step(state, kind, value):
    match kind, value:
        case "read", _:
            return [state, state]
        case "write", new:
            return None, new
        case "cas", (expected, new) if expected == state:
            return True, new
    return False, state


# %% right: a compare-and-set in one line
def step(state, kind, value):
    if kind == "cas":
        return state == value[0], value[1] if state == value[0] else state
    return (state, state) if kind == "read" else (None, value)


# %% wrong: failed-cas-writes
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return state == expected, new


# %% wrong: cas-without-comparing
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    return True, value[1]


# %% wrong: none-for-false
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    if state == expected:
        return True, new
    return None, state


# %% wrong: failed-cas-is-legal
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    if state != expected:
        raise ValueError(f"expected {expected}, found {state}")
    return True, new


# %% wrong: cas-returns-the-value (the old one)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return state, new if state == expected else state


# %% wrong: cas-returns-the-value (the one that is left)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    if state == value[0]:
        state = value[1]
    return state, state


# %% wrong: write-returns-something (the value)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return value, value
    expected, new = value
    return (True, new) if state == expected else (False, state)


# %% wrong: write-returns-something (that it worked)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return True, value
    expected, new = value
    return (True, new) if state == expected else (False, state)


# %% wrong: compares-with-is
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return (True, new) if state is expected else (False, state)


# %% wrong: initial-zero
def step(state, kind, value):
    if state is None:
        state = 0
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return (True, new) if state == expected else (False, state)


# %% wrong: empty-is-a-value
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    if state and state == expected:
        return True, new
    return False, state


# %% wrong: empty-is-a-value (whoever comes first gets it)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    expected, new = value
    return (True, new) if not state or state == expected else (False, state)


# %% wrong: state-first
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return value, None
    expected, new = value
    return (new, True) if state == expected else (state, False)


# %% wrong: another-step (expected and new change places)
def step(state, kind, value):
    if kind == "read":
        return state, state
    if kind == "write":
        return None, value
    new, expected = value
    return (True, new) if state == expected else (False, state)


# %% wrong: wrong-type (the result alone)
def step(state, kind, value):
    if kind == "read":
        return state
    if kind == "write":
        return "done"
    return state == value[0]


# %% wrong: no-return
def step(state, kind, value):
    if kind == "write":
        state = value
    print(state)


# %% error: raised (cas is not written)
def step(state, kind, value):
    return {"read": (state, state), "write": (None, value)}[kind]
