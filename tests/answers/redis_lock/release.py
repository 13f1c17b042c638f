# %% right: what the script says is turned into a bool
def release(key, token):
    deleted = yield (
        "EVAL",
        "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0",
        "1",
        key,
        token,
    )
    return bool(deleted)


# %% right: a script that is loaded first
def release(key, token):
    sha = yield (
        "SCRIPT",
        "LOAD",
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end",
    )
    return (yield ("EVALSHA", sha, 1, key, token)) == 1


# %% right: WATCH, MULTI, EXEC
def release(key, token):
    yield ("WATCH", key)
    if (yield ("GET", key)) != token.encode():
        yield ("UNWATCH",)
        return False
    yield ("MULTI",)
    yield ("DEL", key)
    replies = yield ("EXEC",)
    return replies == [1]


# %% right: WATCH, and again after a conflict
def release(key, token):
    while True:
        yield ("WATCH", key)
        owner = yield ("GET", key)
        if owner is None or owner.decode() != token:
            yield ("UNWATCH",)
            return False
        yield ("MULTI",)
        yield ("DEL", key)
        if (yield ("EXEC",)) is not None:
            return True


# %% right: a script that lets it expire at once
def release(key, token):
    script = (
        "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('PEXPIRE', KEYS[1], 0)"
    )
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: deletes-anybodys (the article's)
def release(key, token):
    return bool((yield ("DEL", key)))


# %% wrong: deletes-anybodys (a script that compares nothing)
def release(key, token):
    return (yield ("EVAL", "return redis.call('DEL', KEYS[1])", 1, key, token)) == 1


# %% wrong: look-then-delete
def release(key, token):
    if (yield ("GET", key)) == token.encode():
        return (yield ("DEL", key)) == 1
    return False


# %% wrong: look-then-delete (two scripts)
def release(key, token):
    mine = yield ("EVAL", "return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0", 1, key, token)
    if mine:
        return (yield ("EVAL", "return redis.call('DEL', KEYS[1])", 1, key)) == 1
    return False


# %% wrong: look-then-delete (a look at how much time is left)
def release(key, token):
    if (yield ("GET", key)) != token.encode() or (yield ("PTTL", key)) < 100:
        return False
    return (yield ("DEL", key)) == 1


# %% wrong: multi-cannot-decide
def release(key, token):
    yield ("MULTI",)
    yield ("GET", key)
    yield ("DEL", key)
    replies = yield ("EXEC",)
    return replies == [token.encode(), 1]


# %% wrong: multi-cannot-decide (with WATCH, and no look)
def release(key, token):
    yield ("WATCH", key)
    yield ("MULTI",)
    yield ("DEL", key)
    return (yield ("EXEC",)) == [1]


# %% wrong: look-then-delete (WATCH without MULTI)
def release(key, token):
    yield ("WATCH", key)
    if (yield ("GET", key)) != token.encode():
        return False
    return (yield ("DEL", key)) == 1


# %% wrong: watches-too-late
def release(key, token):
    if (yield ("GET", key)) != token.encode():
        return False
    yield ("WATCH", key)
    yield ("MULTI",)
    yield ("DEL", key)
    return (yield ("EXEC",)) == [1]


# %% wrong: takes-it-away-first
def release(key, token):
    return (yield ("GETDEL", key)) == token.encode()


# %% wrong: takes-it-away-first (and puts it back)
def release(key, token):
    left = yield ("PTTL", key)
    owner = yield ("GETDEL", key)
    if owner is not None and owner != token.encode():
        yield ("SET", key, owner, "NX", "PX", left)
    return owner == token.encode()


# %% wrong: bytes-and-text
def release(key, token):
    if (yield ("GET", key)) == token:
        return (yield ("DEL", key)) == 1
    return False


# %% wrong: bytes-and-text (with WATCH)
def release(key, token):
    yield ("WATCH", key)
    if (yield ("GET", key)) == token:
        yield ("MULTI",)
        yield ("DEL", key)
        return (yield ("EXEC",)) == [1]
    yield ("UNWATCH",)
    return False


# %% wrong: keys-and-arguments
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVAL", script, 1, token, key)) == 1


# %% wrong: keys-and-arguments (two keys)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVAL", script, 2, key, token)) == 1


# %% wrong: never-releases
def release(key, token):
    return (
        yield (
            "EVAL",
            "if redis.call('GET', KEYS[1]) == ARGV[0] then return redis.call('DEL', KEYS[1]) end return 0",
            1,
            key,
            token,
        )
    ) == 1


# %% wrong: ignores-the-conflict
def release(key, token):
    yield ("WATCH", key)
    if (yield ("GET", key)) != token.encode():
        return False
    yield ("MULTI",)
    yield ("DEL", key)
    yield ("EXEC",)
    return True


# %% wrong: says-yes
def release(key, token):
    script = (
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"
    )
    yield ("EVAL", script, 1, key, token)
    return True


# %% wrong: says-yes (0 is not None)
def release(key, token):
    script = (
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"
    )
    return (yield ("EVAL", script, 1, key, token)) is not None


# %% wrong: says-no (the script returns nothing)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
    return bool((yield ("EVAL", script, 1, key, token)))


# %% wrong: says-no (True is not 1)
def release(key, token):
    script = (
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"
    )
    return (yield ("EVAL", script, 1, key, token)) is True


# %% wrong: returns-the-reply
def release(key, token):
    script = (
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"
    )
    return (yield ("EVAL", script, 1, key, token))


# %% wrong: makes-a-lock
def release(key, token):
    yield ("SETNX", key, token)
    script = (
        "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"
    )
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: waits (until it has deleted it)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    while (yield ("EVAL", script, 1, key, token)) == 0:
        pass
    return True


# %% wrong: not-a-command (brackets that end too early)
def release(key, token):
    if (yield ("GET", key) == token.encode()):
        return (yield ("DEL", key)) == 1
    return False


# %% wrong: redis-refuses (the number of keys is missing)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVAL", script, key, token)) == 1


# %% wrong: script-fails (not Lua)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1]: return redis.call('DEL', KEYS[1])"
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: redis-refuses (a command of Redis 8.4)
def release(key, token):
    return (yield ("DELEX", key, "IFEQ", token)) == 1


# %% wrong: redis-refuses (a script that was never loaded)
from hashlib import sha1


def release(key, token):
    script = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVALSHA", sha1(script.encode()).hexdigest(), 1, key, token)) == 1


# %% wrong: no-return
def release(key, token):
    if (yield ("GET", key)) == token.encode():
        yield ("DEL", key)


# %% right: key and token are written into the script as Lua writes them
def release(key, token):
    script = f"if redis.call('GET', {key!r}) == {token!r} then return redis.call('DEL', {key!r}) end return 0"
    return (yield ("EVAL", script, 0)) == 1


# %% wrong: script-fails (Python's names)
def release(key, token):
    script = "if redis.call('GET', key) == token then return redis.call('DEL', key) end return 0"
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: script-fails (=)
def release(key, token):
    script = "if redis.call('GET', KEYS[1]) = ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: pasted-in (between quotes)
def release(key, token):
    script = f"if redis.call('GET', '{key}') == '{token}' then return redis.call('DEL', '{key}') end return 0"
    return (yield ("EVAL", script, 0)) == 1


# %% wrong: pasted-in (without quotes)
def release(key, token):
    script = f"if redis.call('GET', KEYS[1]) == {token} then return redis.call('DEL', KEYS[1]) end return 0"
    return (yield ("EVAL", script, 1, key)) == 1


# %% wrong: queued
def release(key, token):
    yield ("WATCH", key)
    yield ("MULTI",)
    if (yield ("GET", key)) == token.encode():
        yield ("DEL", key)
        return (yield ("EXEC",)) is not None
    yield ("DISCARD",)
    return False


# %% wrong: nearly-mine (capitals)
def release(key, token):
    script = """
    local holder = redis.call('GET', KEYS[1])
    if holder and string.lower(holder) == string.lower(ARGV[1]) then return redis.call('DEL', KEYS[1]) end
    return 0
    """
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: nearly-mine (a part)
def release(key, token):
    script = """
    local holder = redis.call('GET', KEYS[1])
    if holder and string.find(ARGV[1], holder, 1, true) then return redis.call('DEL', KEYS[1]) end
    return 0
    """
    return (yield ("EVAL", script, 1, key, token)) == 1


# %% wrong: nearly-mine (begins like it)
def release(key, token):
    yield ("WATCH", key)
    if not ((yield ("GET", key)) or b"").startswith(token.encode()):
        yield ("UNWATCH",)
        return False
    yield ("MULTI",)
    yield ("DEL", key)
    return (yield ("EXEC",)) == [1]


# %% wrong: left-open (WATCH)
def release(key, token):
    yield ("WATCH", key)
    if (yield ("GET", key)) != token.encode():
        return False
    yield ("MULTI",)
    yield ("DEL", key)
    return (yield ("EXEC",)) == [1]


# %% wrong: left-open (MULTI)
def release(key, token):
    yield ("WATCH", key)
    owner = yield ("GET", key)
    yield ("MULTI",)
    if owner != token.encode():
        return False
    yield ("DEL", key)
    return (yield ("EXEC",)) == [1]
