# %% right: one after the other
def terminate(own, answers, earlier):
    states = [own]
    for name in answers:
        if answers[name] is not None:
            states.append(answers[name])
    if "aborted" in states:
        return "abort"
    if "committed" in states:
        return "commit"
    if any(state == "precommitted" for state in states):
        return "move all"
    return "abort"


# %% right: commits where nobody is left to be moved
def terminate(own, answers, earlier):
    living = {own, *answers.values()} - {None}
    if "committed" in living or living == {"precommitted"}:
        return "commit"
    return "move all" if "precommitted" in living else "abort"


# %% wrong: own-state
def terminate(own, answers, earlier):
    if own == "precommitted":
        return "commit"
    return "abort"


# %% wrong: own-state (unless somebody has decided)
def terminate(own, answers, earlier):
    if "committed" in answers.values():
        return "commit"
    if "aborted" in answers.values():
        return "abort"
    if own == "precommitted":
        return "move all"
    return "abort"


# %% wrong: forgets-itself
def terminate(own, answers, earlier):
    told = list(answers.values())
    if "committed" in told:
        return "commit"
    if "precommitted" in told:
        return "move all"
    return "abort"


# %% wrong: majority
def terminate(own, answers, earlier):
    states = [own] + [state for state in answers.values() if state]
    if "committed" in states:
        return "commit"
    if "aborted" in states:
        return "abort"
    if states.count("precommitted") > len(states) / 2:
        return "move all"
    return "abort"


# %% wrong: majority (of all, and commits at once)
def terminate(own, answers, earlier):
    states = [own, *answers.values()]
    if "committed" in states:
        return "commit"
    if 2 * states.count("precommitted") > len(states):
        return "commit"
    return "abort"


# %% wrong: commits-at-once
def terminate(own, answers, earlier):
    living = {own, *answers.values()}
    if "committed" in living or "precommitted" in living:
        return "commit"
    return "abort"


# %% wrong: aborts-the-precommitted
def terminate(own, answers, earlier):
    living = {own} | {state for state in answers.values() if state}
    if "committed" in living:
        return "commit"
    if living == {"precommitted"}:
        return "move all"
    return "abort"


# %% wrong: aborts-the-precommitted (all are to be aborted)
def terminate(own, answers, earlier):
    if "committed" in answers.values():
        return "commit"
    return "abort"


# %% wrong: prepared-commits
def terminate(own, answers, earlier):
    living = {own, *answers.values()}
    if "committed" in living:
        return "commit"
    if "aborted" in living:
        return "abort"
    return "move all"


# %% wrong: counts-the-dead
def terminate(own, answers, earlier):
    states = {own}
    for name, answer in answers.items():
        states.add(answer or earlier.get(name))
    if "committed" in states:
        return "commit"
    if "aborted" in states:
        return "abort"
    return "move all" if "precommitted" in states else "abort"


# %% wrong: counts-the-dead (all that was ever heard)
def terminate(own, answers, earlier):
    states = [own, *answers.values(), *earlier.values()]
    if "committed" in states:
        return "commit"
    if "aborted" in states:
        return "abort"
    return "move all" if "precommitted" in states else "abort"


# %% wrong: silence-is-no
def terminate(own, answers, earlier):
    states = [own, *answers.values()]
    if "committed" in states:
        return "commit"
    if "aborted" in states or None in states:
        return "abort"
    return "move all" if "precommitted" in states else "abort"


# %% wrong: waits
def terminate(own, answers, earlier):
    states = [own, *answers.values()]
    if "committed" in states:
        return "commit"
    if "aborted" in states:
        return "abort"
    if "precommitted" in states:
        return "move all"
    return "wait"


# %% wrong: waits (for the dead)
def terminate(own, answers, earlier):
    states = [own, *answers.values()]
    if "committed" in states:
        return "commit"
    if "aborted" in states:
        return "abort"
    if None in states:
        return "wait"
    return "move all" if "precommitted" in states else "abort"


# %% wrong: against-the-decision
def terminate(own, answers, earlier):
    states = [own, *answers.values()]
    living = [state for state in states if state is not None]
    if all(state == "precommitted" for state in living):
        return "move all"
    return "abort"


# %% wrong: decides-again
def terminate(own, answers, earlier):
    for state in (own, *answers.values()):
        if state == "precommitted":
            return "move all"
    return "abort"


# %% wrong: not-a-word
def terminate(own, answers, earlier):
    living = {own, *answers.values()}
    if "committed" in living:
        return "commit"
    return "move all, then commit" if "precommitted" in living else "abort"


# %% wrong: not-a-word (the states)
def terminate(own, answers, earlier):
    living = {own, *answers.values()}
    if "committed" in living:
        return "committed"
    return "precommitted" if "precommitted" in living else "aborted"


# %% wrong: no-return
def terminate(own, answers, earlier):
    living = {own, *answers.values()}
    if "committed" in living:
        "commit"
    elif "precommitted" in living:
        "move all"
    else:
        "abort"


# %% wrong: another-outcome
def terminate(own, answers, earlier):
    if len(answers) % 2 == 1:
        return "commit"
    return "abort"


# %% error: raised (what was heard of each)
def terminate(own, answers, earlier):
    for name in answers:
        if earlier[name] == "committed":
            return "commit"
    return "abort"
