"""What the locks have Redis do in one step, in Lua: while a script runs, no other command does."""

from __future__ import annotations

from typing import Any

from redis.commands.core import Script


def script(text: str) -> Any:
    """Lua, to be called with `keys`, `args` and `client`. A server is sent it once; after that its hash will do."""
    return Script(None, text.encode())  # type: ignore[arg-type]  # each call says for which client


RELEASE = script("""
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[1], KEYS[2])
redis.call('rpush', KEYS[2], 'released')
redis.call('pexpire', KEYS[2], ARGV[2])
return 1
""")
EXTEND = script("""
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
local left = redis.call('pttl', KEYS[1])
if left < 0 then return 0 end
redis.call('pexpire', KEYS[1], ARGV[3] == '1' and ARGV[2] or left + ARGV[2])
return 1
""")
REACQUIRE = script("""
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('pexpire', KEYS[1], ARGV[2]) end
return 1
""")


def beside(name: str | bytes, what: str) -> bytes:
    """A key that a Cluster keeps in the same slot as `name`: by its part in braces, or by all of it."""
    name, end = name if isinstance(name, bytes) else str(name).encode(), what.encode()
    tag, closed, _ = name.partition(b"{")[2].partition(b"}")
    return name + b":" + end if tag and closed else end + b":{" + name + b"}"
