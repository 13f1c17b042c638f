"""Ready-made histories for the history lab, each of which separates models from one another."""

from __future__ import annotations

from course_lib.consistency import Operation


def _write(process: str, value: int, start: int, end: int | None, key: str | None = None) -> Operation:
    return Operation(process, "write", value, start=start, end=end, key=key)


def _read(process: str, result: int, start: int, end: int, key: str | None = None) -> Operation:
    return Operation(process, "read", result=result, start=start, end=end, key=key)


EXAMPLES = {
    "stale read": [_write("ann", 1, 0, 4), _read("bob", 0, 6, 8)],
    "new, then old": [_write("ann", 1, 0, 9), _read("bob", 1, 2, 4), _read("cem", 0, 6, 8)],
    "lost update": [  # each adds 1 or 2 to what it has read: yet a register did what registers do
        _read("ann", 0, 0, 2),
        _read("bob", 0, 1, 3),
        _write("ann", 1, 4, 6),
        _write("bob", 2, 5, 8),
        _read("cem", 2, 9, 10),
    ],
    "Dekker": [
        _write("ann", 1, 0, 2, "x"),
        _read("ann", 0, 4, 6, "y"),
        _write("bob", 1, 0, 2, "y"),
        _read("bob", 0, 4, 6, "x"),
    ],
    "own write not seen": [_write("ann", 1, 0, 2), _read("ann", 0, 4, 6), _read("bob", 1, 4, 6)],
    "effect before cause": [
        _write("ann", 1, 0, 2, "x"),
        _read("bob", 1, 3, 4, "x"),
        _write("bob", 1, 5, 6, "y"),
        _read("cem", 1, 7, 8, "y"),
        _read("cem", 0, 9, 10, "x"),
    ],
    "two orders": [
        _write("ann", 1, 0, 2),
        _write("bob", 2, 0, 2),
        _read("cem", 1, 3, 4),
        _read("cem", 2, 5, 6),
        _read("dan", 2, 3, 4),
        _read("dan", 1, 5, 6),
    ],
    "perhaps": [_write("ann", 1, 0, None), _read("bob", 0, 2, 3), _read("bob", 1, 6, 7)],
}
