"""A small zoo of protocols that are known to be wrong, and of the good twins of some.

Each module has `scenario()` and `EXPECT`; with a twin also `twin()` and `TWIN`. `tests/test_zoo.py` runs them all.
"""

from typing import Any, NamedTuple


class Expect(NamedTuple):
    """What exploration finds."""

    options: dict[str, Any]
    """Of `explore`."""
    breaks: str | None = None
    """The invariant, or what is no longer possible; None: nothing breaks, and the space is exhausted."""
    steps: int | None = None
    """Of the shortest run that shows it."""
    states: int | None = None
    """In all, where the space was exhausted."""
