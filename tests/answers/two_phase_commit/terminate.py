# %% right: the first who knows, or can refuse
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "wait"


# %% right: any
def terminate(answers):
    states = list(answers.values())
    if any(state == "aborted" or state == "not voted" for state in states):
        return "abort"
    if any(state == "committed" for state in states):
        return "commit"
    return "wait"


# %% wrong: all-prepared
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    if all(state == "prepared" for state in answers.values()):
        return "commit"
    return "wait"


# %% wrong: all-prepared (nobody has refused)
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "commit"


# %% wrong: majority
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    if list(answers.values()).count("prepared") > len(answers) / 2:
        return "commit"
    return "wait"


# %% wrong: majority (of all answers)
def terminate(answers):
    states = list(answers.values())
    if 2 * states.count("committed") > len(states):
        return "commit"
    if 2 * (states.count("aborted") + states.count("not voted")) > len(states):
        return "abort"
    return "wait"


# %% wrong: majority (five are enough)
def terminate(answers):
    said = list(answers.values())
    if "committed" in said:
        return "commit"
    if "aborted" in said or "not voted" in said:
        return "abort"
    return "commit" if said.count("prepared") >= 5 else "wait"


# %% wrong: all-prepared (of more than four)
def terminate(answers):
    said = list(answers.values())
    if "committed" in said:
        return "commit"
    if "aborted" in said or "not voted" in said:
        return "abort"
    return "commit" if len(said) > 4 and None not in said else "wait"


# %% wrong: prepared-aborts
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "abort"


# %% wrong: prepared-aborts (if all have answered)
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "wait" if None in answers.values() or not answers else "abort"


# %% wrong: silence-is-no
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "abort" if None in answers.values() else "wait"


# %% wrong: silence-is-no (before anything else)
def terminate(answers):
    said = set(answers.values())
    if None in said or "aborted" in said or "not voted" in said:
        return "abort"
    return "commit" if "committed" in said else "wait"


# %% wrong: one-silent-stops-it
def terminate(answers):
    said = set(answers.values())
    if None in said:
        return "wait"
    if "committed" in said:
        return "commit"
    return "abort" if said & {"aborted", "not voted"} else "wait"


# %% wrong: waits-in-vain
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] == "aborted":
            return "abort"
    return "wait"


# %% wrong: unvoted-commits
def terminate(answers):
    said = set(answers.values())
    if "aborted" in said:
        return "abort"
    return "commit" if said & {"committed", "not voted"} else "wait"


# %% wrong: first-answer
def terminate(answers):
    for state in answers.values():
        if state == "committed":
            return "commit"
        elif state in ("aborted", "not voted"):
            return "abort"
        else:
            return "wait"
    return "wait"


# %% wrong: first-answer (the last one)
def terminate(answers):
    result = "wait"
    for state in answers.values():
        result = {"committed": "commit", "aborted": "abort", "not voted": "abort"}.get(state, "wait")
    return result


# %% wrong: only-if-all
def terminate(answers):
    said = set(answers.values())
    if said == {"committed"}:
        return "commit"
    if said and said <= {"aborted", "not voted"}:
        return "abort"
    return "wait"


# %% wrong: not-a-word
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "committed"
        if answers[name] in ("aborted", "not voted"):
            return "aborted"
    return "wait"


# %% wrong: not-a-word (True, False, None)
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return True
        if answers[name] in ("aborted", "not voted"):
            return False
    return None


# %% wrong: no-return
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            "commit"
        if answers[name] in ("aborted", "not voted"):
            "abort"
    "wait"


# %% wrong: another-outcome
def terminate(answers):
    for name in answers:
        if answers[name] == "committed":
            return "abort"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "wait"


# %% error: raised (nobody to ask)
def terminate(answers):
    if answers[next(iter(answers))] == "committed":
        return "commit"
    for name in answers:
        if answers[name] == "committed":
            return "commit"
        if answers[name] in ("aborted", "not voted"):
            return "abort"
    return "wait"
