"""From a key to a number of 64 bits that is the same in every process and on every machine.

Python's own `hash()` will not do: for strings it is salted afresh in each process, so two
clients would disagree about every key. XXH3 is fast, and its outputs pass the usual tests of
spread. It is no defence against someone who *chooses* keys; nothing unkeyed is.
"""

from collections.abc import Callable, Collection, Iterable

import numpy as np
from xxhash import xxh3_64_intdigest

from course_lib.hashing.arguments import is_whole

Key = str | bytes | int
Hasher = Callable[[Key], int]

SPACE = 2**64


def key_bytes(key: Key) -> bytes:
    """The bytes that stand for `key`: of a str its UTF-8, of an int its decimal digits.

    Raises TypeError for anything else; True and 1.0 would silently share the place of 1.
    """
    if isinstance(key, str):
        return key.encode("utf-8", "surrogatepass")  # a file name may hold lone surrogates
    if isinstance(key, bytes):
        return key
    if is_whole(key):
        return b"%d" % int(key)
    raise TypeError(f"a key is a str, bytes or an int, not {type(key).__name__}: {key!r}")


def position(key: Key) -> int:
    """The place of `key` on the ring, from 0 up to `SPACE` - 1."""
    try:
        return xxh3_64_intdigest(key.encode())  # type: ignore[union-attr]  # nearly every key is a str
    except (AttributeError, UnicodeEncodeError):
        return xxh3_64_intdigest(key_bytes(key))


def positions(keys: Iterable[Key], hasher: Hasher = position) -> np.ndarray:
    """`hasher(key)` for each of `keys`, as a uint64 array of the same length."""
    keys = as_collection(keys)
    if hasher is position:
        try:
            return np.fromiter(map(xxh3_64_intdigest, map(str.encode, keys)), np.uint64, len(keys))  # type: ignore[arg-type]
        except (TypeError, UnicodeEncodeError):
            pass  # not all of them are plain str: one by one, then
    return np.fromiter(map(hasher, keys), np.uint64, len(keys))


def as_collection(keys: Iterable[Key]) -> Collection[Key]:
    """`keys` as something with a length; a single key in their place is an error."""
    if isinstance(keys, np.ndarray):
        keys = keys.tolist()  # of an array without dimensions this is a single key
    if isinstance(keys, str | bytes) or not isinstance(keys, Iterable):
        raise TypeError(
            f"lookup_many takes a list of keys, not the one key {keys!r}: use lookup, or [{keys!r}]"
        )
    return keys if isinstance(keys, Collection) else list(keys)
