"""Which safeguards of a protocol a scenario is to do without."""

from collections.abc import Collection, Iterable, Mapping


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
