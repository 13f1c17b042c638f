"""How the benchmarks take times and print them."""

from collections.abc import Callable, Iterable
from time import perf_counter


def best(function: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the fastest of `repeats` runs: the others were disturbed, not slower."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


def report(rows: Iterable[tuple[str, float, str]], header: str) -> None:
    """Prints (what, seconds, ratio in words) under a header."""
    print(f"  {header}")
    for what, seconds, ratio in rows:
        shown = f"{seconds * 1e9:8.0f} ns" if seconds < 1e-5 else f"{seconds * 1e3:8.2f} ms"
        print(f"    {what:<44} {shown}   {ratio}")
