# %% right: a majority by whole numbers
def validity(ttl, asked_at, answers, answered_at):
    votes = sum(1 for answer in answers if answer is True)
    if votes < len(answers) // 2 + 1:
        return None
    drift = 0.01 * ttl + 0.002
    rest = asked_at + ttl - drift - answered_at
    return rest if rest > 0 else None


# %% right: time first
def validity(ttl, asked_at, answers, answered_at):
    left = 0.99 * ttl - 0.002 - (answered_at - asked_at)
    enough = len([a for a in answers if a]) > len(answers) / 2
    if left <= 0 or not enough:
        return
    return left


# %% wrong: half-is-enough
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if answers.count(True) >= len(answers) / 2 and left > 0 else None


# %% wrong: half-is-enough (rounded down)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if answers.count(True) >= len(answers) // 2 and left > 0 else None


# %% wrong: majority-of-those-who-answered
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    yes, no = answers.count(True), answers.count(False)
    return left if yes > no and left > 0 else None


# %% wrong: silence-is-a-vote
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    refused = answers.count(False)
    return left if refused < len(answers) / 2 and left > 0 else None


# %% wrong: counts-answers
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    answered = [a for a in answers if a is not None]
    return left if 2 * len(answered) > len(answers) and left > 0 else None


# %% wrong: counts-answers (not at all)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if left > 0 else None


# %% wrong: wants-all
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if all(answers) and left > 0 else None


# %% wrong: asking-took-time
def validity(ttl, asked_at, answers, answered_at):
    if 2 * answers.count(True) > len(answers):
        return ttl - ttl * 0.01 - 0.002


# %% wrong: asking-took-time (and no drift)
def validity(ttl, asked_at, answers, answered_at):
    return ttl if answers.count(True) > len(answers) // 2 else None


# %% wrong: forgets-the-drift
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at)
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: forgets-the-drift (the two milliseconds)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl / 100
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: drift-of-the-rest
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at)
    left -= left * 0.01 + 0.002
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: over-already (less than nothing)
def validity(ttl, asked_at, answers, answered_at):
    if 2 * answers.count(True) > len(answers):
        return ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return None


# %% wrong: over-already (nothing)
def validity(ttl, asked_at, answers, answered_at):
    if 2 * answers.count(True) > len(answers):
        return max(0, ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002)
    return None


# %% wrong: a-moment
def validity(ttl, asked_at, answers, answered_at):
    until = asked_at + ttl - ttl * 0.01 - 0.002
    return until if 2 * answers.count(True) > len(answers) and until > answered_at else None


# %% wrong: another-time (two drifts)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.02 - 0.002
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: no-return
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    if 2 * answers.count(True) > len(answers) and left > 0:
        print(left)


# %% error: raised (adds what is None)
def validity(ttl, asked_at, answers, answered_at):
    votes = 0
    for answer in answers:
        votes += answer
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if 2 * votes > len(answers) and left > 0 else None


# %% wrong: counts-from-zero
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - answered_at - (ttl * 0.01 + 0.002)
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: counts-from-zero (and no drift)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - answered_at
    return left if 2 * answers.count(True) > len(answers) and left > 0 else None


# %% wrong: always-three
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if answers.count(True) >= 3 and left > 0 else None


# %% wrong: no-lock-seen (from zero, and three)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - answered_at - ttl * 0.01 - 0.002
    return left if answers.count(True) >= 3 and left > 0 else None


# %% wrong: sees-a-lock (two are enough)
def validity(ttl, asked_at, answers, answered_at):
    left = ttl - (answered_at - asked_at) - ttl * 0.01 - 0.002
    return left if answers.count(True) >= min(2, len(answers)) and left > 0 else None
