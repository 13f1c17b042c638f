# %% right: whole milliseconds, and a comparison with None
def acquire(key, token, seconds):
    milliseconds = int(seconds * 1000 + 0.5)
    return (yield "SET", key, token, "PX", milliseconds, "NX") is not None


# %% right: a script
def acquire(key, token, seconds):
    script = """
    if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
    """
    reply = yield ("EVAL", script, 1, key, token, round(seconds * 1000))
    return reply == 1


# %% right: WATCH, MULTI, EXEC
def acquire(key, token, seconds):
    yield ("WATCH", key)
    if (yield ("GET", key)) is not None:
        yield ("UNWATCH",)
        return False
    yield ("MULTI",)
    yield ("SET", key, token, "PX", round(seconds * 1000))
    replies = yield ("EXEC",)
    return replies is not None


# %% right: SETNX and PEXPIRE in one transaction would prolong a stranger's, so a script by its digest
from hashlib import sha1

from redis.exceptions import NoScriptError

SCRIPT = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0"


def acquire(key, token, seconds):
    rest = (1, key, token, str(round(seconds * 1000)))
    try:
        reply = yield ("EVALSHA", sha1(SCRIPT.encode()).hexdigest(), *rest)
    except NoScriptError:
        reply = yield ("EVAL", SCRIPT, *rest)
    return bool(reply)


# %% wrong: no-nx (the article's)
def acquire(key, token, seconds):
    reply = yield ("SET", key, token, "PX", round(seconds * 1000))
    return bool(reply)


# %% wrong: looks-first (EXISTS, then SET)
def acquire(key, token, seconds):
    if (yield ("EXISTS", key)):
        return False
    yield ("SET", key, token, "PX", round(seconds * 1000))
    return True


# %% wrong: looks-first (GET, then SET, then another look)
def acquire(key, token, seconds):
    if (yield ("GET", key)) is None:
        yield ("SET", key, token, "PX", round(seconds * 1000))
        return (yield ("GET", key)) == token.encode()
    return False


# %% wrong: crash-leaves-it (SETNX, then EXPIRE)
def acquire(key, token, seconds):
    if not (yield ("SETNX", key, token)):
        return False
    yield ("PEXPIRE", key, round(seconds * 1000))
    return True


# %% wrong: crash-leaves-it (SET NX, then EXPIRE)
def acquire(key, token, seconds):
    got = yield ("SET", key, token, "NX")
    if got:
        yield ("PEXPIRE", key, round(seconds * 1000))
    return bool(got)


# %% wrong: no-expiry
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX")))


# %% wrong: milliseconds-for-seconds
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", round(seconds * 1000))))


# %% wrong: seconds-for-milliseconds
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "PX", round(seconds))))


# %% wrong: cuts-off-the-fraction
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", int(seconds) or 1)))


# %% wrong: cuts-off-the-fraction (rounds up)
from math import ceil


def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", ceil(seconds))))


# %% wrong: redis-refuses (EX with a fraction)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", seconds)))


# %% wrong: cuts-off-the-fraction (and asks for 0 seconds)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", int(seconds))))


# %% wrong: redis-refuses (keyword arguments, as redis-py's set has them)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "nx=True", f"ex={seconds}")))


# %% wrong: redis-refuses (True for NX)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, True, seconds)))


# %% wrong: another-expiry (the article's 30)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "NX", "EX", 30)))


# %% wrong: prolongs-a-strangers
def acquire(key, token, seconds):
    got = yield ("SETNX", key, token)
    yield ("PEXPIRE", key, round(seconds * 1000))
    return bool(got)


# %% wrong: prolongs-a-strangers (in one transaction)
def acquire(key, token, seconds):
    yield ("MULTI",)
    yield ("SETNX", key, token)
    yield ("PEXPIRE", key, round(seconds * 1000))
    return bool((yield ("EXEC",))[0])


# %% wrong: another-token
def acquire(key, token, seconds):
    return bool((yield ("SET", key, "lock", "NX", "PX", round(seconds * 1000))))


# %% wrong: another-token (one of its own)
import uuid


def acquire(key, token, seconds):
    return bool((yield ("SET", key, str(uuid.uuid4()), "NX", "PX", round(seconds * 1000))))


# %% wrong: another-key
def acquire(key, token, seconds):
    return bool((yield ("SET", f"lock:{key}", token, "NX", "PX", round(seconds * 1000))))


# %% wrong: says-yes
def acquire(key, token, seconds):
    yield ("SET", key, token, "NX", "PX", round(seconds * 1000))
    return True


# %% wrong: has-it-and-says-no (b"OK")
def acquire(key, token, seconds):
    reply = yield ("SET", key, token, "NX", "PX", round(seconds * 1000))
    return reply == b"OK"


# %% wrong: has-it-and-says-no ("OK")
def acquire(key, token, seconds):
    return (yield ("SET", key, token, "NX", "PX", round(seconds * 1000))) == "OK"


# %% wrong: never-takes
def acquire(key, token, seconds):
    owner = yield ("GET", key)
    return owner == token.encode()


# %% wrong: never-takes (only where it is there)
def acquire(key, token, seconds):
    return bool((yield ("SET", key, token, "XX", "PX", round(seconds * 1000))))


# %% wrong: returns-the-reply
def acquire(key, token, seconds):
    return (yield ("SET", key, token, "NX", "PX", round(seconds * 1000)))


# %% wrong: returns-the-reply (a script's)
def acquire(key, token, seconds):
    script = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])"
    return (yield ("EVAL", script, 1, key, token, round(seconds * 1000)))


# %% wrong: waits (asks until it has it)
def acquire(key, token, seconds):
    while not (yield ("SET", key, token, "NX", "PX", round(seconds * 1000))):
        pass
    return True


# %% wrong: waits (for a list)
def acquire(key, token, seconds):
    while not (yield ("SET", key, token, "NX", "PX", round(seconds * 1000))):
        yield ("BLPOP", f"{key}:free", 1)
    return True


# %% wrong: not-a-command (one text)
def acquire(key, token, seconds):
    return bool((yield f"SET {key} {token} NX PX {round(seconds * 1000)}"))


# %% wrong: not-a-command (the brackets)
def acquire(key, token, seconds):
    if (yield ("GET", key) is None):
        return bool((yield ("SET", key, token, "NX", "PX", round(seconds * 1000))))
    return False


# %% wrong: no-return
def acquire(key, token, seconds):
    reply = yield ("SET", key, token, "NX", "PX", round(seconds * 1000))
    print(bool(reply))


# %% error: raised (no yield)
def acquire(key, token, seconds):
    return ("SET", key, token, "NX", "PX", round(seconds * 1000)) is not None


# %% wrong: not-a-command (a client of its own)
from fakeredis import FakeRedis

client = FakeRedis()


def acquire(key, token, seconds):
    reply = yield client.set(key, token, nx=True, px=round(seconds * 1000))
    return bool(reply)


# %% right: until a moment by Redis' own clock
def acquire(key, token, seconds):
    whole, millionths = yield ("TIME",)
    end = whole * 1000 + millionths // 1000 + round(seconds * 1000)
    return bool((yield ("SET", key, token, "NX", "PXAT", end)))


# %% wrong: crash-leaves-it (SETNX, then EXPIRE, in whole seconds)
def acquire(key, token, seconds):
    got = yield ("SETNX", key, token)
    if got:
        yield ("EXPIRE", key, int(seconds))
    return bool(got)


# %% wrong: clients-clock
import time


def acquire(key, token, seconds):
    end = round((time.time() + seconds) * 1000)
    return bool((yield ("SET", key, token, "NX", "PXAT", end)))


# %% wrong: same-token
def acquire(key, token, seconds):
    if (yield ("SET", key, token, "NX", "PX", round(seconds * 1000))):
        return True
    return (yield ("GET", key)) == token.encode()


# %% wrong: same-token (and lets it last longer)
def acquire(key, token, seconds):
    script = """
    local holder = redis.call('GET', KEYS[1])
    if holder and holder ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
    """
    return (yield ("EVAL", script, 1, key, token, round(seconds * 1000))) == 1


# %% wrong: endless-is-held (takes it)
def acquire(key, token, seconds):
    milliseconds = round(seconds * 1000)
    if (yield ("SET", key, token, "NX", "PX", milliseconds)):
        return True
    if (yield ("PTTL", key)) == -1:
        return bool((yield ("SET", key, token, "PX", milliseconds)))
    return False


# %% wrong: endless-is-held (gives it an end)
def acquire(key, token, seconds):
    milliseconds = round(seconds * 1000)
    if (yield ("SET", key, token, "NX", "PX", milliseconds)):
        return True
    if (yield ("PTTL", key)) == -1:
        yield ("PEXPIRE", key, milliseconds)
    return False


# %% wrong: waits (five tries)
def acquire(key, token, seconds):
    for _ in range(5):
        if (yield ("SET", key, token, "NX", "PX", round(seconds * 1000))):
            return True
    return False


# %% wrong: script-fails
def acquire(key, token, seconds):
    script = "return redis.call('SET', key, token, 'NX', 'PX', milliseconds) and 1 or 0"
    return (yield ("EVAL", script, 1, key, token, round(seconds * 1000))) == 1


# %% wrong: pasted-in
def acquire(key, token, seconds):
    script = f"return redis.call('SET', KEYS[1], '{token}', 'NX', 'PX', ARGV[1]) and 1 or 0"
    return (yield ("EVAL", script, 1, key, round(seconds * 1000))) == 1
