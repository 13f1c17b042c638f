"""A protocol without one of its safeguards: which are off, which class lacks them, and what broke."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from course_lib.sim.explore import Exploration

T = TypeVar("T")


def switched_off(known: Mapping[str, str], on: Iterable[str], at_most: int = 1) -> Collection[str]:
    """Those of `known` that are not `on`. Raises ValueError for one that is not known, and for more than `at_most`."""
    on = set(on)
    if unknown := sorted(on - set(known)):
        raise ValueError(f"the safeguards are {', '.join(known)}; not {', '.join(map(repr, unknown))}")
    off = [name for name in known if name not in on]
    if len(off) > at_most:
        number = "one" if at_most == 1 else str(at_most)
        raise ValueError(f"switch off {number} safeguard at most, not {len(off)}: {', '.join(off)}")
    return off


def of_safeguard(table: Mapping[str, T], safeguard: str) -> T:
    """What a table has for that safeguard. Raises KeyError, with those that there are, for an unknown one."""
    if safeguard not in table:
        raise KeyError(f"there is no safeguard {safeguard!r}; there are: {', '.join(table)}")
    return table[safeguard]


def variant(kind: type, without: Mapping[str, type], off: Collection[str]) -> Any:
    """The variant of a node's class that lacks what is `off`; the class itself, where nothing of it is.

    Args:
        without: of each safeguard the class that lacks it.

    Raises ValueError where two of one class are off: there is no variant that lacks both.
    """
    weak = [name for name in without if name in off and issubclass(without[name], kind)]
    if len(weak) > 1:
        raise ValueError(f"switch off one safeguard of the {kind.__name__} at most, not {' and '.join(weak)}")
    return without[weak[0]] if weak else kind


def what_broke(found: Exploration) -> str:
    """The invariant that an exploration saw break, as a sentence; empty where none did."""
    trace = found.counterexample
    return "" if trace is None else f"{found.violated}: {trace.reason} ({trace.in_steps})"
