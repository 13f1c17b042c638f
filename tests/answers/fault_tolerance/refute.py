# %% right: rule by rule, and the dict that was given is changed
def accuse(known, member):
    return [member, "suspect", known[member][1]]


def hear(me, known, news):
    member, status, number = news
    own = known[me][1]
    if member == me and status == "suspect":
        if number >= own:
            own = number + 1
        known[me] = ("alive", own)
        return known, (me, "alive", own)
    if member == me:
        if status == "dead":
            known[me] = ["dead", number]
        return known, None
    was, before = known[member]
    if was == "dead":
        is_newer = False
    elif status == "dead":
        is_newer = True
    elif status == "suspect" and was == "alive":
        is_newer = number >= before
    else:
        is_newer = number > before
    if is_newer:
        known[member] = [status, number]
        return known, news
    return known, None


# %% right: by the overrides of the library
def accuse(known, member):
    return (member, "suspect", known[member][1])


from course_lib.replication.swim_member import News, overrides


def hear(me, known, news):
    if news[0] == me:
        if news[1] == "alive":
            return known, None
        if news[1] == "dead":
            return known | {me: ("dead", news[2])}, None
        number = max(known[me][1], news[2] + 1)
        return known | {me: ("alive", number)}, (me, "alive", number)
    if not overrides(News(*news), News(news[0], *known[news[0]])):
        return known, None
    return known | {news[0]: news[1:]}, news


# %% wrong: raises-others
def accuse(known, member):
    return member, "suspect", known[member][1] + 1


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: first-number
def accuse(known, member):
    return member, "suspect", 0


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: buries-at-once
def accuse(known, member):
    return member, "dead", known[member][1]


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: whole-record
def accuse(known, member):
    return member, *known[member]


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: accuse-changes-known
def accuse(known, member):
    number = known[member][1]
    known[member] = ("suspect", number)
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: accuse-changes-known (takes the member out)
def accuse(known, member):
    status, number = known.pop(member)
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: equal-clears
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and number < held_number:
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: equal-clears (and a suspicion needs more)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "alive") <= (held_number, held == "alive"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: equal-clears (either way)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead" or (status, number) == (held, held_number):
        return known, None
    if status != "dead" and number < held_number:
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: suspicion-needs-more
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and number <= held_number:
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: suspicion-always-wins
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and not (status == "suspect" and held == "alive") and number <= held_number:
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: takes-everything
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if (status, number) == (held, held_number):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: takes-everything (the same too)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    known = dict(known)
    return {**known, member: (status, number)}, news


# %% wrong: dead-comes-back
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead" and number <= held_number:
        return known, None
    if (
        status != "dead"
        and held != "dead"
        and (number, status == "suspect") <= (held_number, held == "suspect")
    ):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: dead-comes-back (at the same number)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        if status != "alive" or number < held_number:
            return known, None
    elif status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: death-has-no-number
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    order = ["alive", "suspect", "dead"]
    if held == "dead" or (number, order.index(status)) <= (held_number, order.index(held)):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: death-has-no-number (and may be overridden)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    order = ["alive", "suspect", "dead"]
    if (number, order.index(status)) <= (held_number, order.index(held)):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: refutes-its-death
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status != "alive":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: ignores-its-death
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: ignores-its-death (one of long ago)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        if status == "dead":
            return (known if number < held_number - 1 else {**known, me: ("dead", number)}), None
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: alive-by-others
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        return {**known, me: ("alive", max(held_number, number))}, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: tells-its-death
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        if status == "dead":
            return {**known, me: ("dead", number)}, news
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: tells-for-ever (that it lives)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        return known, news
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: believes-it
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        pass
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: ignores-suspicion
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: too-low
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: too-low (its own)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            return known, (me, "alive", held_number)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: falls-back
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            return {**known, me: ("alive", number + 1)}, (me, "alive", number + 1)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: raises-for-nothing
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number) + 1
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: from-its-own
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = held_number + 1
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: silent-on-the-old
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            if number < held_number:
                return known, None
            return {**known, me: ("alive", number + 1)}, (me, "alive", number + 1)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: silent-on-the-old (one that is very old)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            if number < held_number - 10:
                return known, None
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: ignores-suspicion (one that is far ahead)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            if number > held_number + 5:
                return known, None
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: keeps-it-to-itself
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            return {**known, me: ("alive", max(held_number, number + 1))}, None
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: not-told-on
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, None


# %% wrong: tells-for-ever
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, news
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, news
    return {**known, member: (status, number)}, news


# %% wrong: wrong-type (only what is known)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    known[member] = (status, number)
    return known


# %% wrong: not-a-pair (a list of news)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, [news]


# %% wrong: not-a-pair (accuse tells two things)
def accuse(known, member):
    return member, known[member][1]


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: another-belief (the number of the entry stays)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, max(number, held_number))}, news


# %% wrong: tells-for-ever (the same again)
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member]
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") < (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news


# %% wrong: no-return
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    known[member] = (status, number)


# %% wrong: unwritten
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    raise NotImplementedError


# %% error: raised
def accuse(known, member):
    status, number = known[member]
    return member, "suspect", number


def hear(me, known, news):
    member, status, number = news
    held, held_number = known[member].values()
    if member == me:
        if status == "dead":
            return {**known, me: ("dead", number)}, None
        if status == "suspect":
            mine = max(held_number, number + 1)
            return {**known, me: ("alive", mine)}, (me, "alive", mine)
        return known, None
    if held == "dead":
        return known, None
    if status != "dead" and (number, status == "suspect") <= (held_number, held == "suspect"):
        return known, None
    return {**known, member: (status, number)}, news
